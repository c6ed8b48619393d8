//! Tests the page "My options": it begins with the answer, shows what it assumes, and its folds lose nothing that the full answer says.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_case::{Format, read};
use sarcoguide_compiler::Loaded;
use sarcoguide_document::html::{Context, Labels, Writer};
use sarcoguide_document::{Block, Document, Line, Section, Target};
use sarcoguide_model::{Advice, AssumptionKind, Case, FactId, Guide, Standing};
use sarcoguide_text::{Text, t};
use sarcoguide_views::{Answered, answer};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Calls `check` with each example, and with every `step`th of the guide's cases.
fn for_every_case(step: usize, mut check: impl FnMut(&Guide, &Case, &Advice, &str)) {
    let files = sarcoguide_bundled::read_folder(&root().join("guide")).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    let mut examples: Vec<PathBuf> =
        fs::read_dir(root().join("examples")).expect("examples").map(|entry| entry.expect("an entry").path()).collect();
    examples.retain(|path| path.is_file());
    examples.sort();
    assert!(examples.len() >= 11);
    for path in examples {
        let bytes = fs::read(&path).expect("readable");
        let case = read(&guide, &bytes, Format::guess(&bytes)).expect("a case").case;
        let advice = advisor.answer(&case).expect("a case without contradictions");
        check(&guide, &case, &advice, &path.display().to_string());
    }
    for entry in cases.iter().filter(|entry| entry.case.stated().next().is_some()).step_by(step) {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        check(&guide, &entry.case, &advice, &entry.file);
    }
}

/// The words around a page of HTML.
struct Page(Labels);

impl Context for Page {
    fn labels(&self) -> &Labels {
        &self.0
    }

    fn address(&self, _target: &Target) -> Option<String> {
        None
    }
}

/// Returns the text of a document as HTML, without tags.
fn html_text(document: &Document) -> String {
    let labels = Labels { contents: String::new(), terms: String::new(), table: String::new() };
    let page = Page(labels);
    let mut writer = Writer::new(&page);
    writer.document(document);
    let html = writer.finish().into_string();
    let mut text = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').expect("a complete tag");
        // Parts of a sentence aren't separated.
        if !["small", "strong", "a "].iter().any(|inline| tag.trim_start_matches('/').starts_with(inline)) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

/// Returns the text in lowercase, with single spaces.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns the lines of a document without citation marks.
fn lines(document: &Document) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for block in document.in_words().blocks {
        match block {
            Block::Heading { line, .. } | Block::Paragraph(line) => lines.push(line),
            Block::Points { lines: points, .. } => lines.extend(points),
            _ => {}
        }
    }
    for line in &mut lines {
        line.0.retain(|piece| !matches!(piece.to, Some(Target::Source(_))));
        // The numbers of the sources differ.
        if let Some(piece) = line.0.first_mut().filter(|piece| piece.text.starts_with('['))
            && let Some((_, passage)) = piece.text.split_once("] ")
        {
            piece.text = passage.to_owned();
        }
    }
    lines
}

/// Splits a line into what it states: sentences, items of lists, and facts.
fn statements(line: &str) -> Vec<String> {
    let parts = line.split(&['.', ';', ':', '(', ')', '?'][..]).flat_map(|part| part.split(", "));
    parts.map(normal).filter(|part| part.chars().any(char::is_alphabetic)).collect()
}

/// Sentences of the full answer that organize it and state nothing about the case. The page has others.
fn of_the_full_answer(guide: &Guide) -> BTreeSet<String> {
    let text = Text::english();
    let sentences = [
        guide.name.clone(),
        t!(text, scenarios_heading),
        t!(text, scenarios_first),
        t!(text, scenarios_usual),
        t!(text, scenarios_option),
        t!(text, scenarios_not_proven),
        t!(text, scenarios_around),
        t!(text, scenarios_assumed),
        t!(text, scenarios_questions),
        t!(text, scenarios_with_care, treatment = ""),
        t!(text, scenarios_checked, treatment = "", checks = ""),
        t!(text, answer_in_short),
        t!(text, answer_fits),
        t!(text, answer_order),
        t!(text, answer_open),
        t!(text, answer_open_many),
        t!(text, answer_nothing_settled),
        t!(text, answer_find_out_first),
        t!(text, answer_ways_follow),
        t!(text, answer_why, indication = ""),
        t!(text, answer_would_fit, indication = ""),
        t!(text, answer_option_if_ruled_out, treatment = "", strength = ""),
        t!(text, answer_named_if_ruled_out, treatment = ""),
        t!(text, answer_ways, treatment = "", ways = ""),
        t!(text, answer_all_decided_by, facts = ""),
        t!(text, answer_all_to_check, facts = ""),
    ];
    let mut all: BTreeSet<String> = sentences.iter().flat_map(|sentence| statements(sentence)).collect();
    all.extend(statements(&t!(text, answer_nothing_new)));
    for count in 1..100 {
        all.extend(statements(&t!(text, answer_open_count, count = count)));
        all.extend(statements(&t!(text, answer_open_at, time = "", treatments = "", more = count)));
        all.extend(statements(&t!(text, answer_open_time, time = "", count = count)));
    }
    for which in ["all", "all-more", "new", "new-more"] {
        all.extend(statements(&t!(text, answer_these_decided_by, which = which, facts = "")));
        all.extend(statements(&t!(text, answer_these_to_check, which = which, facts = "")));
    }
    for which in ["all", "more"] {
        all.extend(statements(&t!(text, answer_decided_by, which = which, facts = "")));
        all.extend(statements(&t!(text, answer_to_check, which = which, facts = "")));
    }
    all
}

#[test]
fn the_folds_lose_no_statement_and_no_source_of_the_full_answer() {
    let mut compared = 0;
    for_every_case(24, |guide, case, advice, place| {
        let answered = Answered { case, advice, preferences: &[] };
        let page = html_text(&answer::options(guide.into(), answered));
        let page = normal(&page);
        let own = of_the_full_answer(guide);
        let full = answer::answer(guide.into(), answered);
        let mut lost: BTreeSet<String> = BTreeSet::new();
        for line in lines(&full) {
            for statement in statements(&line.bare()) {
                compared += 1;
                if !page.contains(&statement) && !own.contains(&statement) {
                    lost.insert(statement);
                }
            }
        }
        assert!(lost.is_empty(), "{place}: {lost:#?}");
    });
    assert!(compared > 20_000, "{compared}");
}

#[test]
fn the_page_begins_with_the_situation_and_the_answer_in_short() {
    for_every_case(8, |guide, case, advice, place| {
        if advice.scope.covered.is_false() || !advice.doubts.is_empty() {
            return;
        }
        let document = answer::options(guide.into(), Answered { case, advice, preferences: &[] });
        let card = document.blocks.iter().position(|block| matches!(block, Block::Card(_))).expect("an answer in short");
        assert!(card <= 3, "{place}: something comes before the answer in short");
        let Block::Card(parts) = &document.blocks[card] else { unreachable!("the block is a card") };
        let heads: Vec<String> = parts.iter().map(|part| part.head.bare()).collect();
        assert!(heads.contains(&t!(Text::english(), options_usual)), "{place}: {heads:?}");
        let said: String = parts.iter().flat_map(|part| lines(&part.document)).map(|line| line.bare() + "\n").collect();
        let scenario = advice.scenarios.first().expect("a scenario");
        // The main treatments, unless the person is having them now.
        for entry in scenario.indicated().filter(|entry| !advice[entry.treatment].is_ongoing()) {
            let treatment = &guide[entry.treatment];
            let mut holding = treatment.indications.iter().zip(&entry.indications).filter(|(_, truth)| truth.is_true());
            let is_main = holding.any(|(indication, _)| guide[indication.strength].main);
            let is_technique =
                treatment.technique_of.iter().any(|whole| scenario.indicated().any(|other| other.treatment == *whole));
            let name = treatment.name.split(" (").next().expect("a name");
            assert!(!is_main || is_technique || said.contains(name), "{place}: {name} isn't in {said}");
        }
        // Everything that is assumed, and that isn't a routine check.
        for assumption in &scenario.assumptions {
            let says = assumption.says(guide);
            let is_check = guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck;
            assert!(is_check || said.contains(says), "{place}: `{says}` isn't in {said}");
        }
    });
}

/// Facts that most people know.
const KNOWN: [&str; 4] = ["situation", "histology", "age", "site"];

#[test]
fn every_row_says_what_the_team_checks_and_the_page_says_what_each_scenario_assumes() {
    let (mut checked, mut assumed) = (0, 0);
    for_every_case(10, |guide, whole, _, place| {
        let mut case = Case::unknown(guide.facts.len());
        let known = |fact: &FactId| KNOWN.contains(&guide[*fact].id.as_str());
        whole.stated().filter(known).for_each(|fact| case.set(fact, whole.get(fact)));
        let Ok(advice) = Advisor::new(guide.clone()).answer(&case) else { return };
        if case.stated().next().is_none() || advice.scenarios.is_empty() {
            return;
        }
        let page = answer::options(guide.into(), Answered { case: &case, advice: &advice, preferences: &[] }).in_words();
        let text = normal(&lines(&page).iter().map(|line| line.bare() + "\n").collect::<String>());
        let mut shown = BTreeSet::new();
        for scenario in &advice.scenarios {
            let new: Vec<_> = scenario
                .indicated()
                .filter(|entry| !guide.is_supportive(entry.treatment) && !advice[entry.treatment].is_ongoing())
                .filter(|entry| shown.insert(entry.treatment))
                .collect();
            if new.is_empty() {
                continue;
            }
            for assumption in &scenario.assumptions {
                let kind = guide.usual_values[assumption.entry].kind;
                assumed += 1;
                let says = normal(assumption.says(guide));
                assert!(kind == AssumptionKind::RoutineCheck || text.contains(&says), "{place}: `{says}`");
            }
            for entry in new {
                let row =
                    row(&page, &guide[entry.treatment].id).unwrap_or_else(|| panic!("{place}: {}", guide[entry.treatment].id));
                for assumption in scenario.assumptions.iter().filter(|one| entry.reason.contains(&one.fact)) {
                    if guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck {
                        checked += 1;
                        let says = assumption.says(guide);
                        assert!(row.contains(says), "{place}: {}: `{says}` isn't in {row}", guide[entry.treatment].id);
                    }
                }
            }
        }
    });
    assert!(checked > 100 && assumed > 200, "{checked} {assumed}");
}

/// Returns the text of the row of a treatment, up to the next row or heading of the same level.
fn row(page: &Document, treatment: &str) -> Option<String> {
    let is_start = |block: &Block| matches!(block, Block::Heading { section: Section::Treatment(id), .. } if id == treatment);
    let start = page.blocks.iter().position(is_start)?;
    let Block::Heading { level, .. } = &page.blocks[start] else { return None };
    let is_end = |block: &&Block| matches!(block, Block::Heading { level: other, .. } if other <= level);
    let count = page.blocks[start + 1..].iter().take_while(|block| !is_end(block)).count();
    let document = Document { blocks: page.blocks[start..start + 1 + count].to_vec() };
    Some(lines(&document).iter().map(|line| line.bare() + "\n").collect())
}

#[test]
fn tags_say_how_strongly_the_sources_support_a_treatment() {
    let mut seen = BTreeSet::new();
    for_every_case(16, |guide, case, advice, place| {
        let document = answer::options(guide.into(), Answered { case, advice, preferences: &[] });
        let Some(scenario) = advice.scenarios.first() else { return };
        let mut rows = Vec::new();
        collect_rows(&document, &mut rows);
        for row in rows {
            let (Some(option), Some(tag)) = (&row.option, &row.tag) else { continue };
            let id = guide.treatment(option).expect("a treatment");
            let entry = &scenario.treatments[id.index()];
            if entry.standing != Some(Standing::TrialOnly) && tag.support == sarcoguide_document::Support::TrialOnly {
                assert!(!scenario.indicated().any(|other| other.treatment == id), "{place}: {option} isn't only for trials");
            }
            seen.insert(tag.words.clone());
        }
    });
    for words in
        ["The main treatment", "Usually part of treatment", "An option", "Only in a clinical trial", "Might be an option"]
    {
        assert!(seen.contains(words), "no row has the tag `{words}`: {seen:?}");
    }
}

fn collect_rows<'d>(document: &'d Document, rows: &mut Vec<&'d sarcoguide_document::Row>) {
    for block in &document.blocks {
        match block {
            Block::Row(row) => {
                rows.push(row);
                collect_rows(&row.inside, rows);
            }
            Block::Fold { inside, .. } => collect_rows(inside, rows),
            _ => {}
        }
    }
}
