//! Tests that a comparison says everything that the pages of its treatments say about what the rows ask, and that its short texts don't say more.

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_document::{Block, Comparison, Document, Line, Target};
use sarcoguide_model::{Case, Conclusion, Guide, TreatmentId, WeighedValue};
use sarcoguide_text::{Text, t};
use sarcoguide_views::treatment::{Reader, compare, page};
use sarcoguide_views::{Answered, Edition};

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// The words of a line, without its citation marks.
fn words(line: &Line) -> String {
    let cites = |target: &Option<Target>| matches!(target, Some(Target::Source(_)));
    line.0.iter().filter(|piece| !cites(&piece.to)).map(|piece| piece.text.as_str()).collect()
}

/// The words of all lines of these blocks, except headings.
fn lines(blocks: &[Block], found: &mut BTreeSet<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(line) | Block::Lead(line) | Block::ToFill { line, .. } => drop(found.insert(words(line))),
            Block::Points { lines, .. } => found.extend(lines.iter().map(words)),
            Block::People { title, groups, .. } => {
                found.insert(title.clone());
                found.extend(groups.iter().map(|group| group.words.clone()));
            }
            Block::Facts(facts) => found.extend(facts.iter().map(|(_, line)| words(line))),
            Block::Picture { words, .. } => lines(words, found),
            Block::Comparison(Comparison { rows, .. }) => {
                rows.iter().flat_map(|row| &row.details).for_each(|details| lines(&details.blocks, found));
            }
            Block::Card(_) | Block::Row(_) | Block::Fold { .. } => panic!("not on these pages"),
            Block::Heading { .. } | Block::Table { .. } | Block::Sources { .. } => {}
        }
    }
}

/// The comparison in a document.
fn comparison(document: &Document) -> &Comparison {
    let found = document.blocks.iter().find_map(|block| match block {
        Block::Comparison(comparison) => Some(comparison),
        _ => None,
    });
    found.expect("a comparison")
}

/// The lines of a treatment's page about its fit, its course, its benefits and harms, its tests and lists, and what matters to the person. A comparison
/// doesn't show the others: for whom the treatment is in general, when to be careful in general, its availability, and who reviewed the text.
fn compared_lines(guide: &Guide, id: TreatmentId, answered: Option<Answered<'_>>) -> BTreeSet<String> {
    let document = page(guide.into(), id, answered, Reader::Person);
    let english = Text::english();
    let left_out = [
        t!(english, treatment_for_whom_heading),
        t!(english, treatment_for_whom_in_general_heading),
        t!(english, treatment_was_for_heading),
        t!(english, treatment_was_for_in_general_heading),
        t!(english, treatment_care_heading),
        t!(english, treatment_warning_heading),
        t!(english, treatment_first_result_heading),
        t!(english, treatment_side_effects_heading),
        t!(english, effects_call_heading),
        t!(english, treatment_availability_heading),
        t!(english, words_sources),
    ];
    let mut found = BTreeSet::new();
    // Before the first section, the page has the summary and who reviewed the text.
    let (mut part, mut section) = (String::new(), String::new());
    for block in &document.blocks {
        match block {
            Block::Heading { level: 2, line, .. } => (part, section) = (line.bare(), String::new()),
            Block::Heading { level: 3, line, .. } => section = line.bare(),
            _ if part.is_empty() || left_out.contains(&part) || left_out.contains(&section) => {}
            block => lines(std::slice::from_ref(block), &mut found),
        }
    }
    found.insert(guide[id].summary.clone());
    // The site says at the foot of a comparison who reviewed the guide, and the comparison says once that a treatment has no figures.
    found.remove(&guide.review);
    found.remove(&t!(english, treatment_no_figures));
    found
}

/// Checks the comparison of these treatments, for a case or in general.
type Check<'c> = &'c mut dyn FnMut(&Guide, &[TreatmentId], Option<Answered<'_>>, &Document);

/// Compares all treatments, three at a time, for each of these cases and without a case.
fn for_each_comparison(check: Check<'_>) {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let values = guide.exercise.as_ref().map_or(0, |exercise| exercise.values.len());
    let preferences: Vec<WeighedValue> = (0..values).map(|value| WeighedValue { value, weight: value % 2 }).collect();
    let nothing = Case::unknown(guide.facts.len());
    let some = cases.iter().filter(|entry| entry.file.starts_with("cases/")).map(|entry| &entry.case).step_by(110);
    let all: Vec<TreatmentId> = (0..guide.treatments.len()).map(TreatmentId::new).collect();
    for case in some.chain([&nothing]) {
        let Ok(advice) = advisor.advise(case) else { continue };
        let answered = Answered { case, advice: &advice, preferences: &preferences };
        for three in all.chunks(3) {
            check(&guide, three, Some(answered), &compare((&guide).into(), three, Some(answered)));
        }
    }
    for three in all.chunks(3) {
        check(&guide, three, None, &compare((&guide).into(), three, None));
    }
}

#[test]
fn the_details_say_everything_that_the_pages_of_the_treatments_say() {
    let mut checked = 0;
    for_each_comparison(&mut |guide, three, answered, document| {
        let mut said = BTreeSet::new();
        lines(&document.blocks, &mut said);
        let whole: String = said.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        for id in three {
            for line in compared_lines(guide, *id, answered) {
                checked += 1;
                assert!(said.contains(&line) || whole.contains(&line), "{}: {line:?} is lost", guide[*id].id);
            }
        }
    });
    assert!(checked > 10_000, "{checked} lines");
}

/// Only HTML folds the details: the other formats show the short texts and the details.
#[test]
fn text_and_markdown_have_all_lines_of_a_comparison() {
    let guide = loaded().guide;
    let id = |name: &str| guide.treatment(name).expect("a treatment");
    let three = [id("radiation_before_surgery"), id("pazopanib"), id("no_cancer_treatment")];
    let document = compare((&guide).into(), &three, None);
    let in_one_line = |text: &str| text.replace(['\\', '*'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    let formats = [in_one_line(&text(&document, Terminal { width: 100, color: false })), in_one_line(&markdown(&document))];
    let table = comparison(&document);
    let short = table.rows.iter().flat_map(|row| &row.cells).flatten().map(|line| line.line.bare());
    let notes = table.rows.iter().map(|row| row.note.bare());
    let mut all = BTreeSet::new();
    lines(&document.blocks, &mut all);
    let all: Vec<String> =
        all.into_iter().chain(short).chain(notes).chain(table.rows.iter().map(|row| row.title.clone())).collect();
    assert!(all.len() > 150, "{} lines", all.len());
    for format in &formats {
        // Without citation marks, because a mark can be in the middle of a line.
        let format: String = format.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
        for line in &all {
            let line: String = line.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect();
            assert!(in_one_line(&format).contains(&in_one_line(&line)), "{line:?} is missing");
        }
    }
}

#[test]
fn a_comparison_has_six_to_eight_questions_and_short_answers_for_each_treatment() {
    /// The maximum number of characters of a cell.
    const LONG: usize = 330;
    for_each_comparison(&mut |guide, three, _, document| {
        let table = comparison(document);
        let rows: Vec<_> = table.rows.iter().filter(|row| !row.cells.is_empty()).collect();
        assert!(rows.len() <= 8, "{} rows", rows.len());
        for row in &rows {
            assert_eq!(row.cells.len(), three.len(), "{}", row.title);
            for (cell, id) in row.cells.iter().zip(three) {
                let length: usize = cell.iter().map(|line| words(&line.line).chars().count()).sum();
                assert!((1..=LONG).contains(&length), "{}, {}: {length} characters: {cell:?}", guide[*id].id, row.title);
            }
        }
    });
}

/// A short text must not connect a result with what another study showed, and must not show figures that a person chooses to see.
#[test]
fn short_results_have_their_own_conclusion_and_no_figures_of_the_outlook() {
    let english = Text::english();
    let better = t!(english, lines_conclusion_better);
    let mut results = 0;
    for_each_comparison(&mut |guide, three, _, document| {
        let title = t!(english, compare_benefit);
        let Some(row) = comparison(document).rows.iter().find(|row| row.title == title) else { return };
        for (cell, id) in row.cells.iter().zip(three) {
            let treatment = &guide[*id];
            for line in cell.iter().map(|line| words(&line.line)) {
                let start = line.trim_end_matches('…').trim();
                let outcome = treatment.outcomes.iter().find(|outcome| {
                    let name = format!("{}: ", guide[outcome.measure].name);
                    start.strip_prefix(&name).is_some_and(|rest| {
                        let sentence = rest.split(['…', '(']).next().unwrap_or(rest).trim();
                        !sentence.is_empty() && outcome.text.starts_with(sentence)
                    })
                });
                let Some(outcome) = outcome else { continue };
                results += 1;
                assert!(!guide[outcome.measure].by_choice, "{}: {line}", treatment.id);
                assert_eq!(
                    line.contains(&format!("({better})")),
                    outcome.conclusion == Conclusion::Better,
                    "{}: {line}",
                    treatment.id
                );
            }
        }
    });
    assert!(results > 100, "{results} results");
}

#[test]
fn what_the_guide_does_not_say_is_explained_once() {
    let guide = loaded().guide;
    let edition: Edition<'_> = (&guide).into();
    let gap = t!(edition.text, compare_gap);
    let watching =
        guide.treatments.iter().position(|treatment| guide[treatment.modality].less_treatment).expect("less treatment");
    let radiation = guide.treatment("radiation_before_surgery").expect("a treatment");
    let document = compare(edition, &[radiation, TreatmentId::new(watching)], None);
    let gaps =
        comparison(&document).rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.len() == 1 && cell[0].line.bare() == gap);
    assert!(gaps.count() >= 1, "the guide lists no common side effects of {}", guide.treatments[watching].id);
    let explained = t!(edition.text, compare_gaps, gap = &gap);
    let notes = document.blocks.iter().filter(|block| matches!(block, Block::Paragraph(line) if line.bare() == explained));
    assert_eq!(notes.count(), 1);
    let full = compare(edition, &[radiation, guide.treatment("radiation_after_surgery").expect("a treatment")], None);
    assert!(!full.blocks.iter().any(|block| matches!(block, Block::Paragraph(line) if line.bare() == explained)));
}
