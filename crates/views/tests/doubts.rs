//! Tests that every document about a case shows its doubts near the start, in every format.

use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::pdf::pdf;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_document::{Block, Document};
use sarcoguide_model::TreatmentId;
use sarcoguide_views::pathway::{self, Pathway};
use sarcoguide_views::timeline::plan;
use sarcoguide_views::treatment::{Reader, compare, page};
use sarcoguide_views::{Answered, answer, doubts, json, visit_summary};

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_document_shows_the_doubts_of_a_case_first() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let doubtful: Vec<_> = cases.iter().filter(|case| !case.doubts.is_empty()).collect();
    assert!(doubtful.len() >= 3, "the guide needs cases with doubts");
    for entry in doubtful {
        let advice = advisor.advise(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let shared = &guide;
        let some = [TreatmentId::new(0), TreatmentId::new(1)];
        let documents: [(&str, Document); 7] = [
            ("answer", answer::answer(shared.into(), answered)),
            ("options", answer::options(shared.into(), answered)),
            ("visit summary", visit_summary::visit_summary(shared.into(), answered, None)),
            ("treatment", page(shared.into(), some[0], Some(answered), Reader::Person)),
            ("comparison", compare(shared.into(), &some, Some(answered))),
            ("plan", plan::page(shared.into(), answered, &[])),
            ("pathway", pathway::text::document(shared.into(), &Pathway::of(shared.into(), &entry.case, &advice, &[]))),
        ];
        for (name, document) in &documents {
            // Whether the guide covers the case may come before the doubts, but nothing else.
            let first = document.blocks.iter().position(|block| matches!(block, Block::Heading { level: 2, .. }));
            let heading = &document.blocks[first.expect("a section")];
            let Block::Heading { line, .. } = heading else { unreachable!("a heading was looked for") };
            assert!(line.bare().starts_with("Please check this first"), "{}, {name}: {}", entry.file, line.bare());
            let plain = in_one_line(&text(document, Terminal { width: 100, color: false }));
            let markdown = in_one_line(&markdown(document).replace('\\', ""));
            let bytes = pdf(document, &guide.language).expect("a valid PDF");
            let printed = in_one_line(&pdf_extract::extract_text_from_mem(&bytes).expect("the text of the PDF"));
            for doubt in &advice.doubts {
                let doubt = &guide.doubts[doubt.doubt];
                let parts = doubt.readings.iter().map(|reading| &reading.text).chain([&doubt.statement.text, &doubt.question]);
                for part in parts {
                    for (format, shown) in [("text", &plain), ("Markdown", &markdown), ("PDF", &printed)] {
                        assert!(shown.contains(part.as_str()), "{}, {name}, {format}: no `{part}` in {shown}", entry.file);
                    }
                }
            }
        }
        let written = json::advice(shared.into(), &entry.case, &advice, None);
        let written = serde_json::to_value(&written).expect("valid JSON");
        let ids: Vec<&str> =
            written["doubts"].as_array().expect("a list").iter().filter_map(|doubt| doubt["id"].as_str()).collect();
        assert_eq!(ids, entry.doubts);
    }
}

#[test]
fn a_reading_names_the_value_that_it_would_mean() {
    let Loaded { guide, cases, .. } = loaded();
    let case = cases.iter().find(|case| case.file.ends_with("doubt_millimeters_in_an_arm.toml")).expect("the case");
    let advice = Advisor::new(guide.clone()).advise(&case.case).expect("a case without contradictions");
    let document = doubts::doubt((&guide).into(), &case.case, &advice.doubts[0]);
    let shown = in_one_line(&text(&document, Terminal { width: 100, color: false }));
    assert!(shown.contains("The report gives millimeters (size (greatest diameter): 4.5 cm)"), "{shown}");
}

#[test]
fn a_case_without_doubts_has_no_section_for_them() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    for entry in cases.iter().filter(|case| case.doubts.is_empty()).take(20) {
        let advice = advisor.advise(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        assert!(!markdown(&answer::options((&guide).into(), answered)).contains("Please check this first"), "{}", entry.file);
    }
}

#[test]
fn an_answer_says_which_facts_it_does_not_use_because_of_a_conflict() {
    let Loaded { guide, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let unused = |extra: &str| {
        let facts = format!(
            r#"{{"facts": {{"situation": "before_treatment", "site": "lower_extremity", "written_m": "M1", "written_n": "NX"{extra}}}}}"#
        );
        let case = sarcoguide_case::from_json(&guide, &facts).expect("a case").case;
        let advice = advisor.advise(&case).expect("a case without contradictions");
        let answered = Answered { case: &case, advice: &advice, preferences: &[] };
        let shown = in_one_line(&markdown(&answer::options((&guide).into(), answered)).replace('\\', ""));
        let written = serde_json::to_value(json::advice((&guide).into(), &case, &advice, None)).expect("valid JSON");
        (shown, written["unused"].clone())
    };
    // NX usually means that nodes weren't assessed. If they were, nothing follows from NX, but M1 still counts.
    let (shown, ids) = unused(r#", "lymph_nodes": "not_involved""#);
    assert_eq!(ids, serde_json::json!([{"fact": "written_n", "reason": "doubt", "missing": []}]));
    assert!(shown.contains("we conclude nothing from these answers: N in the report: NX. What"), "{shown}");
    assert!(shown.contains("has spread"), "{shown}");
    let (shown, ids) = unused("");
    assert!(ids == serde_json::json!([]) && !shown.contains("we conclude nothing from these answers"), "{ids} {shown}");
    // A stage of a place without a table, a stage without its system, and one of a system without a table here.
    let (shown, ids) = unused(r#", "written_stage": "IIIA""#);
    assert_eq!(ids[0]["fact"], "written_stage");
    assert_eq!(ids[0]["reason"], "missing");
    assert!(ids[0]["missing"].as_array().is_some_and(|missing| missing.contains(&"written_edition".into())), "{ids}");
    assert!(shown.contains("Nothing follows yet from: Stage in the report: IIIA."), "{shown}");
    assert!(shown.contains("staging system"), "{shown}");
    let (shown, ids) = unused(r#", "written_stage": "IIIA", "written_edition": "ajcc_7", "histology": "synovial_sarcoma""#);
    assert_eq!(ids[0], serde_json::json!({"fact": "written_stage", "reason": "nothing_follows", "missing": []}));
    assert!(shown.contains("This guide concludes nothing from: Stage in the report: IIIA; Staging"), "{shown}");
}

/// A fact that is only known partly is never told to be missing for itself.
#[test]
fn a_number_that_is_not_precise_enough_is_not_missing() {
    let Loaded { guide, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let unused = |facts: &str| {
        let case = sarcoguide_case::from_json(&guide, &format!(r#"{{"facts": {{{facts}}}}}"#)).expect("a case").case;
        let advice = advisor.advise(&case).expect("a case without contradictions");
        serde_json::to_value(json::advice((&guide).into(), &case, &advice, None)).expect("valid JSON")["unused"].clone()
    };
    let size = r#""size_on_scan": "4 to 6 cm""#;
    let other = serde_json::json!([{"fact": "size_on_scan", "reason": "missing", "missing": ["situation"]}]);
    assert_eq!(unused(size), other);
    assert_eq!(unused(&format!(r#"{size}, "situation": "before_treatment""#)), serde_json::json!([]));
}
