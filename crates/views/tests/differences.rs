//! Tests the summary at the end of the exercise on what matters to a person: where their options differ.

use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::{Block, Document, Line, Section};
use sarcoguide_model::{TreatmentId, WeighedValue};
use sarcoguide_text::{Text, t};
use sarcoguide_views::Answered;
use sarcoguide_views::values::differences;

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// The lines of a document, each with whether it's a heading.
fn lines(document: &Document) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => found.push((true, line.bare())),
            Block::Paragraph(line) => found.push((false, line.bare())),
            Block::Points { lines, .. } => found.extend(lines.iter().map(|line| (false, line.bare()))),
            _ => {}
        }
    }
    found
}

/// For each case: every marked value is shown exactly once, each option is named once for it, and nothing depends on how much a value matters except
/// the order.
#[test]
fn each_value_is_shown_once_with_all_options_in_the_order_of_the_guide() {
    let Loaded { guide, cases, .. } = loaded();
    let exercise = guide.exercise.clone().expect("an exercise");
    let advisor = Advisor::new(guide.clone());
    let everything: Vec<WeighedValue> =
        (0..exercise.values.len()).map(|value| WeighedValue { value, weight: value % exercise.weights.len() }).collect();
    let mut compared = 0;
    for entry in cases.iter().filter(|entry| entry.file.starts_with("cases/")).step_by(25) {
        let Ok(advice) = advisor.advise(&entry.case) else { continue };
        let document = differences((&guide).into(), Answered { case: &entry.case, advice: &advice, preferences: &everything });
        let lines = lines(&document);
        if lines.iter().any(|(_, line)| *line == t!(Text::english(), differences_few)) {
            continue;
        }
        compared += 1;
        for value in &exercise.values {
            let starts = |line: &str| line.strip_prefix(&value.name).is_some_and(|rest| rest.starts_with([' ', ':']));
            let shown = lines.iter().filter(|(_, line)| starts(line)).count();
            assert_eq!(shown, 1, "{}: {} is shown {shown} times", entry.file, value.id);
        }
        // Below each value, every option is named once, those of which the guide says nothing last.
        let english = Text::english();
        let named = lines.iter().find_map(|(_, line)| {
            let list = line.split_once(": ").filter(|(start, _)| start.starts_with("The options in your answer"))?.1;
            Some(list.trim_end_matches('.').split("; ").map(str::to_owned).collect::<Vec<_>>())
        });
        let options = named.expect("the names of the options");
        let ids: Vec<TreatmentId> = options
            .iter()
            .map(|name| {
                TreatmentId::new(guide.treatments.iter().position(|treatment| treatment.name == *name).expect("a treatment"))
            })
            .collect();
        let by_kind = |id: &TreatmentId| (guide[*id].modality, *id);
        assert!(ids.windows(2).all(|pair| by_kind(&pair[0]) < by_kind(&pair[1])), "{}: {options:?}", entry.file);
        let ask = t!(english, differences_ask, question = "");
        let mut under: Option<Vec<&str>> = None;
        for (is_heading, line) in &lines {
            if *is_heading {
                under = exercise.values.iter().any(|value| line.starts_with(&value.name)).then(Vec::new);
            } else if line.starts_with(ask.trim()) {
                let mut names = under.take().expect("options before a question");
                names.sort_unstable();
                let mut all: Vec<&str> = options.iter().map(String::as_str).collect();
                all.sort_unstable();
                assert_eq!(names, all, "{}: {line}", entry.file);
            } else if let Some(names) = &mut under {
                let names_of = line.split_once(": ").expect("options and what the guide says").0;
                names.extend(names_of.split("; "));
            }
        }
    }
    assert!(compared >= 5, "{compared} cases");
}

#[test]
fn what_matters_less_is_folded_and_an_empty_exercise_says_so() {
    let Loaded { guide, cases, .. } = loaded();
    let exercise = guide.exercise.clone().expect("an exercise");
    let advisor = Advisor::new(guide.clone());
    let english = Text::english();
    let value = exercise.values.iter().position(|value| value.serious).expect("a value");
    let mut compared = 0;
    for entry in cases.iter().filter(|entry| entry.file.starts_with("cases/")).step_by(50) {
        let Ok(advice) = advisor.advise(&entry.case) else { continue };
        let page = |preferences: &[WeighedValue]| {
            differences((&guide).into(), Answered { case: &entry.case, advice: &advice, preferences })
        };
        assert!(lines(&page(&[])).contains(&(false, t!(english, differences_unanswered))));
        let marked = |weight: usize| page(&[WeighedValue { value, weight }]);
        let folded = |document: &Document| {
            let less = |line: &Line| line.bare() == t!(english, differences_less);
            let blocks = document.blocks.iter();
            blocks.filter(|block| matches!(block, Block::Heading { section: Section::Folded, line, .. } if less(line))).count()
        };
        let (most, least) = (marked(0), marked(exercise.weights.len() - 1));
        // Only a value on which the options differ has a question of its own below it.
        let ask = t!(english, differences_ask, question = &exercise.values[value].ask);
        if lines(&most).iter().any(|(_, line)| *line == ask) {
            compared += 1;
            assert_eq!((folded(&most), folded(&least)), (0, 1), "{}", entry.file);
        }
    }
    assert!(compared >= 3, "{compared} cases");
}
