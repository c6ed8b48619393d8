//! Tests the comparison of a revised text with the passages of a source, and the age of statements.

use proptest::prelude::*;
use sarcoguide_model::{Guide, PartialDate, Passage, PassageId, Rule, Source, SourceId, Statement, TeamMember};
use sarcoguide_testkit::empty_guide;
use sarcoguide_verify::{PassageChange, SourceComparison, difference, source_diff, staleness, superseded};
use sha2::{Digest, Sha256};

const SOURCE: SourceId = SourceId(0);

/// The passages of the source: paragraphs, a heading that occurs twice, a list item, and two references that a test joins without a space.
const WORDS: [&str; 10] = [
    "Side effects",
    "Surgery takes the tumor out with a margin of healthy tissue around it, as far as that can be done without harm.",
    "Radiation uses high-energy rays to kill cells. It may be given before or after an operation, daily for some weeks.",
    "Redness of the skin where the rays went through",
    "Tiredness that comes and goes, mostly in the second half of the weeks of treatment, and for a month or two after",
    "Side effects",
    "Drugs reach all parts of the body. Which ones are given depends on the type, on the stage and on the heart.",
    "Smith J, Miller K. A paper on tumors. Annals. 2017;24(2):425-433.",
    "Young L. Another paper on tumors that says more about weeks. Journal. 2014.",
    "Last Revised: April 6, 2018",
];

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn source(id: &str) -> Source {
    Source {
        id: id.to_owned(),
        title: "A book".to_owned(),
        publisher: "A house".to_owned(),
        edition: None,
        revised: None,
        read: None,
        licence: None,
        address: None,
        rank: 1,
        complete: false,
        superseded_by: None,
    }
}

/// Adds a source with these passages to the guide. The summary of each passage contains its words in capital letters.
fn with_passages(mut guide: Guide, words: &[&str]) -> Guide {
    guide.sources = vec![source("book")];
    guide.passages = words
        .iter()
        .enumerate()
        .map(|(place, words)| Passage {
            source: SOURCE,
            id: format!("p.{place}"),
            locator: "somewhere".to_owned(),
            sha256: Some(hash(words)),
            revised: None,
            summary: format!("It says: {}", words.to_uppercase()),
            address: None,
            quoted_from: None,
            kind: None,
            state: None,
            not_encoded: None,
        })
        .collect();
    guide
}

/// Returns a guide whose only source has the passages [`WORDS`].
fn book() -> Guide {
    with_passages(empty_guide(Vec::new()), &WORDS)
}

/// Returns the passages as the text of a source: with blank lines between them, and a list marker before one of them.
fn printed(words: &[&str]) -> String {
    let marked = |words: &&str| if words.ends_with("through") { format!("- {words}") } else { (*words).to_owned() };
    words.iter().map(marked).collect::<Vec<_>>().join("\n\n")
}

/// Wraps each line at spaces so that it has at most `columns` characters, unless a single word is longer.
fn wrapped(text: &str, columns: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut used = 0;
        for word in line.split_whitespace() {
            if used > 0 && used + 1 + word.len() > columns {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += word.len();
        }
        out.push('\n');
    }
    out
}

/// Returns the index of each affected passage, what happened to the passage, and the text of its piece.
fn changes(comparison: &SourceComparison) -> Vec<(usize, &str, &str)> {
    let rows = comparison.affected.iter().map(|affected| {
        let (change, text) = match &affected.change {
            PassageChange::Moved(piece) => ("moved", piece.text.as_str()),
            PassageChange::Changed(piece) => ("changed", piece.text.as_str()),
            PassageChange::Vanished => ("vanished", ""),
        };
        (affected.passage.index(), change, text)
    });
    rows.collect()
}

fn assert_same(comparison: &SourceComparison) {
    assert_eq!(changes(comparison), []);
    assert_eq!(comparison.new, []);
    assert_eq!(comparison.unchanged, WORDS.len());
    assert!(!comparison.needs_review());
}

#[test]
fn the_same_text_has_no_changes_however_its_lines_are_wrapped() {
    let guide = book();
    let text = printed(&WORDS);
    assert_same(&source_diff(&guide, SOURCE, &text));
    assert_same(&source_diff(&guide, SOURCE, &text.replace('\n', "\r\n")));
    assert_same(&source_diff(&guide, SOURCE, &format!("\u{feff}{}", text.replace(' ', "\t \u{a0}"))));
    assert_same(&source_diff(&guide, SOURCE, &WORDS.join("\n")));
    // Two sentences without a space between them, and a passage that spans a blank line.
    assert_same(&source_diff(&guide, SOURCE, &text.replace("433.\n\nYoung", "433.Young").replace("takes the", "takes\n\nthe")));
    for columns in [20, 40, 80, 100] {
        assert_same(&source_diff(&guide, SOURCE, &wrapped(&text, columns)));
    }
}

#[test]
fn a_changed_word_changes_only_its_passage() {
    let guide = book();
    let text = printed(&WORDS).replace("high-energy rays", "high-energy protons");
    let changed = WORDS[2].replace("rays", "protons");
    for text in [text.clone(), wrapped(&text, 80), wrapped(&text, 40)] {
        let comparison = source_diff(&guide, SOURCE, &text);
        assert_eq!(changes(&comparison), [(2, "changed", changed.as_str())]);
        assert_eq!(comparison.new, []);
        assert_eq!(comparison.unchanged, WORDS.len() - 1);
    }
}

#[test]
fn one_of_two_swapped_paragraphs_counts_as_moved() {
    let mut words = WORDS;
    words.swap(1, 2);
    let comparison = source_diff(&book(), SOURCE, &printed(&words));
    assert_eq!(comparison.new, []);
    assert_eq!(comparison.unchanged, WORDS.len() - 1);
    let changes = changes(&comparison);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].1 == "moved" && [1, 2].contains(&changes[0].0), "{changes:?}");
    assert_eq!(changes[0].2, WORDS[changes[0].0]);
}

#[test]
fn a_removed_passage_has_vanished_and_an_added_piece_is_new() {
    let guide = book();
    let mut words = WORDS.to_vec();
    words.remove(6);
    let comparison = source_diff(&guide, SOURCE, &printed(&words));
    assert_eq!((changes(&comparison), comparison.new.len()), (vec![(6, "vanished", "")], 0));

    let mut words = WORDS.to_vec();
    words.insert(7, "A new drug has been approved.");
    let comparison = source_diff(&guide, SOURCE, &printed(&words));
    assert_eq!(changes(&comparison), []);
    assert_eq!(comparison.new.iter().map(|piece| (piece.text.as_str(), piece.line)).collect::<Vec<_>>(), [(words[7], 15)]);

    // One more copy of a heading is new too, although its words are those of a passage.
    let mut words = WORDS.to_vec();
    words.push("Side effects");
    let comparison = source_diff(&guide, SOURCE, &printed(&words));
    assert_eq!((changes(&comparison).len(), comparison.new.len()), (0, 1));
}

/// If there are two new pieces, the one that shares more words with the passage's summary counts as the changed passage.
#[test]
fn the_most_similar_piece_counts_as_the_changed_passage() {
    let changed = WORDS[6].replace("reach all parts", "reach most parts");
    let mut words = WORDS.to_vec();
    words[6] = "Ask your team about clinical studies near you.";
    words.insert(7, &changed);
    let comparison = source_diff(&book(), SOURCE, &printed(&words));
    assert_eq!(changes(&comparison), [(6, "changed", changed.as_str())]);
    assert_eq!(comparison.new.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(), [words[6]]);
}

#[test]
fn in_an_empty_text_passages_with_a_hash_have_vanished_and_the_others_are_unknown() {
    let mut guide = book();
    guide.passages[3].sha256 = None;
    guide.passages[4].sha256 = Some("not a hash".to_owned());
    let comparison = source_diff(&guide, SOURCE, " \n ");
    assert!(comparison.affected.iter().all(|affected| affected.change == PassageChange::Vanished));
    assert_eq!(comparison.affected.len(), WORDS.len() - 2);
    assert_eq!(comparison.unknown, [PassageId::new(3), PassageId::new(4)]);
}

#[test]
fn the_statements_and_conditions_that_cite_an_affected_passage_are_listed() {
    let mut guide = book();
    guide.disclaimer = Statement { text: "Ask your doctor.".to_owned(), from: vec![PassageId::new(2)] };
    guide.scope.from = vec![PassageId::new(2), PassageId::new(6)];
    let comparison = source_diff(&guide, SOURCE, &printed(&WORDS).replace("daily", "weekly"));
    let [affected] = comparison.affected.as_slice() else { panic!("{comparison:?}") };
    assert!(affected.statements.iter().any(|statement| statement.place == "guide: disclaimer"));
    assert!(affected.rules.iter().any(|rule| rule.place == "guide: scope"));
    let comparison = source_diff(&guide, SOURCE, &printed(&WORDS).replace("Redness", "Reddening"));
    assert!(comparison.affected[0].statements.is_empty() && comparison.affected[0].rules.is_empty());
}

#[test]
fn citing_conditions_of_team_members_and_of_declined_kinds_of_treatment_are_listed() {
    let mut guide = book();
    let cites = |passage| Some(Rule { from: vec![PassageId::new(passage)], written: "always".to_owned(), ..guide.scope.clone() });
    let (declined, needed) = (cites(2), cites(6));
    guide.modalities[0].declined = declined;
    let statement = Statement { text: "Treats pain.".to_owned(), from: Vec::new() };
    guide.team = vec![TeamMember { id: "nurse".to_owned(), name: "Nurse".to_owned(), statement, rule: needed }];
    for (word, place) in [("daily", "modality modality: declined"), ("heart", "team nurse")] {
        let comparison = source_diff(&guide, SOURCE, &printed(&WORDS).replace(word, "other"));
        let [affected] = comparison.affected.as_slice() else { panic!("{comparison:?}") };
        assert_eq!(affected.rules.iter().map(|rule| rule.place.as_str()).collect::<Vec<_>>(), [place]);
        // A condition that cites the passage is listed with the statements too.
        let listed: Vec<&str> = affected.statements.iter().map(|statement| statement.place.as_str()).collect();
        assert!(listed.iter().any(|listed| listed.starts_with(place)), "{listed:?}");
    }
    // The comparison of two guides lists a changed condition, too.
    let mut other = guide.clone();
    other.team[0].rule = None;
    other.modalities[0].declined = None;
    let changed: Vec<String> = difference(&guide, &other).statements.into_iter().map(|change| change.place).collect();
    assert_eq!(changed, ["modality modality: declined", "team nurse: condition"]);
}

#[test]
fn the_newest_source_of_a_statement_determines_its_age() {
    let mut guide = book();
    let day = |written| PartialDate::parse(written).expect("a date");
    guide.sources[0].revised = Some(day("2018-04-06"));
    guide.passages[1].revised = Some(day("2024"));
    guide.disclaimer = Statement { text: "Old.".to_owned(), from: vec![PassageId::new(0)] };
    let older = |guide: &Guide, years, as_of| staleness(guide, years, day(as_of)).older.len();
    assert_eq!(older(&guide, 5, "2023-04-06"), 0, "exactly five years isn't more than five years");
    assert_eq!(older(&guide, 5, "2023-04-07"), 1);
    guide.disclaimer.from.push(PassageId::new(1));
    assert_eq!(older(&guide, 5, "2023-04-07"), 0, "the statement also cites a newer passage");
    assert_eq!(older(&guide, 5, "2029-01-02"), 1, "a year without a month counts as its first day");
    assert_eq!(staleness(&guide, 5, day("2029-01-02")).older[0].revised, day("2024"));
    guide.sources[0].revised = None;
    guide.disclaimer.from = vec![PassageId::new(0)];
    let found = staleness(&guide, 5, day("2029-01-02"));
    assert_eq!((found.older.len(), found.undated.len()), (0, 1));
}

#[test]
fn a_statement_that_cites_only_superseded_sources_is_reported() {
    let mut guide = book();
    guide.sources.push(source("newer"));
    guide.disclaimer = Statement { text: "Old.".to_owned(), from: vec![PassageId::new(0), PassageId::new(1)] };
    assert_eq!(superseded(&guide), []);
    guide.sources[0].superseded_by = Some(SourceId(1));
    assert_eq!(superseded(&guide).len(), 1);
    guide.passages[1].source = SourceId(1);
    assert_eq!(superseded(&guide), []);
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(64))]

    /// Whatever is removed, inserted or moved, each passage is unchanged, moved, changed or vanished, and each added piece is new or counts as a
    /// changed passage.
    #[test]
    fn every_passage_and_every_piece_is_accounted_for(
        kept in proptest::collection::vec(any::<bool>(), WORDS.len()),
        order in Just((0..WORDS.len()).collect::<Vec<_>>()).prop_shuffle(),
        shuffled in any::<bool>(),
        more in proptest::collection::vec((0..=WORDS.len(), "[a-z]{5,9} [a-z]{5,9}"), 0..4),
        columns in 30..200_usize,
    ) {
        let guide = book();
        let order = if shuffled { order } else { (0..WORDS.len()).collect() };
        let mut words: Vec<&str> = order.iter().filter(|place| kept[**place]).map(|place| WORDS[*place]).collect();
        let left = words.len();
        for (place, new) in &more {
            words.insert((*place).min(words.len()), new);
        }
        let comparison = source_diff(&guide, SOURCE, &wrapped(&printed(&words), columns));
        let changes = changes(&comparison);
        let count = |wanted: &str| changes.iter().filter(|(_, change, _)| *change == wanted).count();
        prop_assert_eq!(comparison.unchanged + changes.len(), WORDS.len());
        prop_assert_eq!(comparison.unchanged + count("moved"), left);
        prop_assert_eq!(comparison.new.len() + count("changed"), more.len());
        if !shuffled {
            prop_assert_eq!(count("moved"), 0);
        }
    }

    /// No text causes a panic.
    #[test]
    fn any_text_can_be_compared(text in "\\PC{0,40}([-. \n*•A-Za-z0-9]{0,12}\n){0,8}") {
        let guide = with_passages(empty_guide(Vec::new()), &["One.", "Two words", "A"]);
        let comparison = source_diff(&guide, SOURCE, &text);
        prop_assert_eq!(comparison.unchanged + comparison.affected.len(), 3);
    }
}
