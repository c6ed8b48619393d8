//! Tests the PDFs that `advise --format pdf` writes, and the calendars that `calendar` writes.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use sarcoguide_model::{Truth, Verdict, WeighedValue};
use sarcoguide_views::Answered;
use sarcoguide_views::visit_summary::visit_summary;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sarcoguide")).args(arguments).current_dir(root()).output().expect("the command runs")
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn the_pdf_of_every_example_has_at_most_three_pages() {
    let folder = folder("summaries");
    let mut examples = 0;
    for entry in fs::read_dir(root().join("examples")).expect("the examples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "json" && ending != "toml") {
            continue;
        }
        let file = folder.join("summary.pdf");
        let named = file.to_string_lossy().into_owned();
        let output = run(&["advise", &path.to_string_lossy(), "--format", "pdf", "--output", &named, "--force"]);
        assert!(output.status.success() && output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let pages = lopdf::Document::load(&file).expect("a PDF").get_pages().len();
        assert!((1..=3).contains(&pages), "{}: {pages} pages", path.display());
        examples += 1;
    }
    assert!(examples > 5, "the examples should be found");
    // The folder contains only the requested file.
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
}

/// In this test, everything in the values exercise matters a lot to the person, which makes each summary longer. Even so, a summary must have at most
/// three pages, and must name each main treatment that fits or might fit, with its reason.
/// The number of facts above which a case counts as a whole chart. People answer fewer questions.
const WHOLE_CHART: usize = 80;

#[test]
fn the_summary_of_every_case_has_few_pages_and_names_the_main_treatments() {
    let files = sarcoguide_bundled::read_folder(&root().join("guide")).expect("the guide's files");
    let loaded = sarcoguide_compiler::load(&files).loaded.expect("the guide");
    let guide = &loaded.guide;
    let advisor = sarcoguide_advise::Advisor::new(guide.clone());
    let values = guide.exercise.as_ref().expect("the exercise").values.len();
    let preferences: Vec<WeighedValue> = (0..values).map(|value| WeighedValue { value, weight: 0 }).collect();
    assert!(loaded.cases.len() > 400, "the cases should be found");
    let mut mains = 0;
    for patient in &loaded.cases {
        let advice = advisor.advise(&patient.case).expect("no contradiction");
        let answered = Answered { case: &patient.case, advice: &advice, preferences: &preferences };
        let document = visit_summary(guide.into(), answered, None);
        let text = sarcoguide_document::markdown::markdown(&document);
        for (treatment, entry) in guide.treatments.iter().zip(&advice.treatments) {
            let reasons = treatment.indications.iter().zip(&entry.indications).filter(|(_, truth)| truth.is_true());
            let fits = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible);
            for (reason, _) in reasons.filter(|_| advice.scope.covered != Truth::False && fits) {
                if guide[reason.strength].id == "main_treatment" && treatment.technique_of.is_empty() {
                    mains += 1;
                    assert!(
                        text.contains(&treatment.name) && text.contains(&reason.text),
                        "{}: {}",
                        patient.name,
                        treatment.name
                    );
                    // A precaution appears exactly once, even if several treatments have it.
                    let precautions = treatment.precautions.iter().zip(&entry.precautions).filter(|(_, truth)| truth.is_true());
                    for (precaution, _) in precautions.filter(|(precaution, _)| !precaution.is_for_everyone()) {
                        assert_eq!(text.matches(&precaution.text).count(), 1, "{}: {}", patient.name, precaution.text);
                    }
                }
            }
        }
        let bytes = sarcoguide_document::pdf::pdf(&document, &guide.language).expect("a PDF");
        let pages = lopdf::Document::load_mem(&bytes).expect("a PDF").get_pages().len();
        // The summary of a whole chart lists all that it states.
        let most = if patient.case.stated().count() > WHOLE_CHART { 4 } else { 3 };
        assert!((1..=most).contains(&pages), "{}: {pages} pages", patient.name);
    }
    assert!(mains > 100, "{mains} main treatments");
}

#[test]
fn a_pdf_needs_an_output_file_and_other_formats_refuse_one() {
    for (arguments, expected) in [
        (["--format", "pdf"].as_slice(), "--output FILE"),
        (&["--format", "markdown", "--output", "never.md"], "--output works only with --format pdf"),
    ] {
        let output = run(&[&["advise", "examples/after_surgery_positive_margins.toml"], arguments].concat());
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(output.stdout.is_empty() && message.contains(expected), "{message}");
    }
    assert!(!root().join("never.md").exists());
    let output =
        run(&["advise", "examples/after_surgery_positive_margins.toml", "--format", "pdf", "--output", "/nowhere/at/all.pdf"]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_treatment_has_a_calendar_unless_it_is_withdrawn() {
    let guide = sarcoguide_bundled::guide();
    let folder = folder("calendars");
    for treatment in &guide.treatments {
        let file = folder.join(format!("{}.ics", treatment.id));
        let output = run(&["calendar", &treatment.id, "--start", "2027-01-04", "--output", &file.to_string_lossy()]);
        if treatment.is_withdrawn() {
            assert_eq!(output.status.code(), Some(2), "{}", treatment.id);
            assert!(!file.exists());
            continue;
        }
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = fs::read_to_string(&file).expect("a calendar");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{}", treatment.id);
        assert!(text.contains("DTSTART;VALUE=DATE:20270104\r\n"), "{}", treatment.id);
    }
}

/// In these calendars, each part of the schedule that has a time has one event. The events are in chronological order, and say how exact their dates
/// are.
#[test]
fn a_calendar_has_each_part_of_the_schedule_once() {
    let titles = |arguments: &[&str]| -> Vec<String> {
        let output = run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).replace("\r\n ", "");
        text.lines().filter_map(|line| Some(line.strip_prefix("SUMMARY:")?.split_once(": ")?.1.to_owned())).collect()
    };
    let cells = titles(&["calendar", "afamitresgene_autoleucel", "--start", "2027-01-04"]);
    let expected = [
        "Collecting the T cells (about these dates)",
        "Making the treatment (about these dates)",
        "Chemotherapy (at some time in these days)",
        "The infusion",
        "Close watch at the center (may last longer)",
        "Further watch (may last longer)",
    ];
    assert_eq!(cells, expected);
    let radiation = ["calendar", "radiation_before_surgery", "--start", "2027-01-04"];
    assert_eq!(titles(&radiation), ["Radiation: begins"]);
    let both = titles(&[&radiation[..], &["--day", "2027-02-05"]].concat());
    assert_eq!(both, ["Radiation", "The operation (at some time in these days)"]);
    assert_eq!(run(&[&radiation[..], &["--day", "2027-01-01"]].concat()).status.code(), Some(2));
    assert_eq!(run(&["calendar", "pazopanib", "--start", "2027-01-04", "--day", "2027-02-05"]).status.code(), Some(2));
}

#[test]
fn invalid_dates_and_unknown_treatments_are_refused() {
    let first = &sarcoguide_bundled::guide().treatments[0].id;
    for arguments in [["calendar", first, "--start", "2027-02-30"], ["calendar", "nothing_like_it", "--start", "2027-02-28"]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}
