//! Tests the sheets for a visit and for a tumor board.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::pdf::sheet;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_model::{AssumptionKind, OwnQuestion};
use sarcoguide_views::Answered;
use sarcoguide_views::board::board;
use sarcoguide_views::visit_sheet::{proposed, visit_sheet};

fn loaded() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&folder).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// The guide's cases that are looked at: one in this many.
const STEP: usize = 12;

#[test]
fn a_sheet_for_a_visit_has_one_page_with_every_question_and_a_place_for_the_team_s_number() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let full: Vec<OwnQuestion> = (0..OwnQuestion::MAX_COUNT)
        .map(|index| OwnQuestion { text: format!("{index} {}", "wide ".repeat(39)), ticked: index == 0 })
        .collect();
    assert!(full.iter().all(|question| question.text.chars().count() > 190 && OwnQuestion::is_valid_text(&question.text)));
    for entry in cases.iter().step_by(STEP) {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        for questions in [proposed((&guide).into(), answered), full.clone()] {
            let document = visit_sheet((&guide).into(), answered, &questions, None);
            let bytes = sheet(&document, "en").expect("a PDF");
            let file = lopdf::Document::load_mem(&bytes).expect("a valid PDF");
            assert_eq!(file.get_pages().len(), 1, "{}: {}", entry.file, entry.name);
            let words = text(&document, Terminal { width: 1000, color: false });
            assert!(questions.iter().all(|question| words.contains(question.text.trim())), "{words}");
            assert!(words.contains("My cancer team's number, day and night") && words.contains("911"), "{words}");
        }
    }
}

#[test]
fn the_text_of_a_sheet_can_be_read_from_its_pdf() {
    let guide = sarcoguide_bundled::guide();
    let case = sarcoguide_model::Case::unknown(guide.facts.len());
    let advice = Advisor::new(guide.clone()).answer(&case).expect("no contradiction");
    let answered = Answered { case: &case, advice: &advice, preferences: &[] };
    let questions = [OwnQuestion { text: "Can my sister come?".to_owned(), ticked: true }];
    let bytes = sheet(&visit_sheet((&guide).into(), answered, &questions, None), "en").expect("a PDF");
    let words = pdf_extract::extract_text_from_mem(&bytes).expect("the text of the PDF");
    assert!(words.contains("Can my sister come?") && words.contains("What we agreed"), "{words}");
}

#[test]
fn a_board_shows_every_option_and_assumption_of_the_usual_scenario() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let (mut options, mut conflicts) = (0, 0);
    for entry in cases.iter().step_by(STEP) {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let board = board((&guide).into(), answered);
        let name = format!("{}: {}", entry.file, entry.name);
        let Some(scenario) = advice.scenarios.first() else {
            assert!(board.scope.is_some() && board.options.is_empty(), "{name}");
            continue;
        };
        for one in scenario.indicated().filter(|one| !guide[guide[one.treatment].modality].supportive) {
            let listed = board.options.iter().any(|option| {
                let whole = guide[one.treatment].technique_of.contains(&option.treatment);
                option.treatment == one.treatment || whole && !option.techniques.is_empty()
            });
            assert!(listed, "{name}: {}", guide[one.treatment].id);
        }
        for assumption in &scenario.assumptions {
            let says = assumption.says(&guide).to_owned();
            let is_check = guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck;
            assert!(if is_check { board.checks.contains(&says) } else { board.assumed.contains(&says) }, "{name}: {says}");
        }
        let words = text(&board.document((&guide).into()), Terminal { width: 1000, color: false });
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(board.options.iter().all(|option| words.contains(&guide[option.treatment].name)), "{name}: {words}");
        assert!(board.open.iter().all(|fact| words.contains(fact)), "{name}");
        options += board.options.len();
        conflicts += board.conflicts.len();
    }
    assert!(options > 50 && conflicts > 20, "{options} options and {conflicts} conflicts");
}
