//! Tests that every command about a case shows its doubts, in every format.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{CommandFactory, ValueEnum};
use sarcoguide_cli::args::{Arguments, Format, PageFormat};

const CASE: &str = r#"{"facts": {"site": "upper_extremity", "size": "45 cm", "grade": "G1", "distant_metastasis": "no"}}"#;
const DOUBT: &str = "very_large_for_an_arm";
/// What each output says: the doubt, what was stated, one of its readings, and what to check.
const PARTS: [&str; 5] = [
    "This size would be very large for an arm, hand or shoulder.",
    "Size (greatest diameter): 45 cm",
    "The report gives millimeters (size (greatest diameter): 4.5 cm)",
    "Look for the unit after the number in the report: mm or cm.",
    "Until you change something, what you see here follows what you stated.",
];

fn run(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
    let output = command.args(arguments).env("NO_COLOR", "1").output().expect("the command should run");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("valid UTF-8")
}

fn name(format: &impl ValueEnum) -> String {
    format.to_possible_value().expect("a name").get_name().to_owned()
}

/// A folder with the case, in which PDFs are saved.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("doubts-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a new folder");
    fs::write(folder.join("case.json"), CASE).expect("the case should be written");
    folder
}

/// The text between the tags of a page or a picture.
fn without_tags(html: &str) -> String {
    let text: Vec<&str> = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.join(" ").replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

fn check(command: &str, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Tags can separate a word from the punctuation after it.
    let text = text.replace(" .", ".").replace(" ,", ",");
    for part in PARTS {
        assert!(text.contains(part), "`{command}` doesn't say `{part}`: {text}");
    }
}

#[test]
fn advise_shows_doubts_in_every_format() {
    let folder = folder("advise");
    let case = folder.join("case.json").to_string_lossy().into_owned();
    for format in Format::value_variants() {
        for why in [&[][..], &["--why", "wide_excision"]] {
            let format_name = name(format);
            let file = folder.join(format!("{}.pdf", why.len())).to_string_lossy().into_owned();
            let mut arguments = vec!["advise", case.as_str(), "--format", format_name.as_str()];
            arguments.extend(why);
            if *format == Format::Pdf {
                arguments.extend(["--output", file.as_str()]);
            }
            let printed = run(&arguments);
            let shown = arguments.join(" ");
            match format {
                Format::Text | Format::Board => check(&shown, &printed),
                Format::Markdown => check(&shown, &printed.replace('\\', "")),
                Format::Html => check(&shown, &without_tags(&printed)),
                Format::Pdf => check(&shown, &pdf_extract::extract_text(&file).expect("the text of the PDF")),
                Format::Json => {
                    let answer: serde_json::Value = serde_json::from_str(&printed).expect("valid JSON");
                    assert_eq!(answer["doubts"][0]["id"], DOUBT, "{shown}");
                }
            }
        }
    }
}

#[test]
fn a_pathway_shows_doubts_in_every_format() {
    let folder = folder("pathway");
    let case = folder.join("case.json").to_string_lossy().into_owned();
    for format in PageFormat::value_variants() {
        let format_name = name(format);
        let arguments = ["show", "pathway", &case, "--format", &format_name];
        let (printed, shown) = (run(&arguments), arguments.join(" "));
        match format {
            PageFormat::Text => check(&shown, &printed),
            PageFormat::Markdown => check(&shown, &printed.replace('\\', "")),
            PageFormat::Html => check(&shown, &without_tags(&printed)),
            PageFormat::Svg => {
                // The description is for people who can't see the picture.
                let (description, picture) = printed.split_once("</desc>").expect("a description");
                check(&shown, &without_tags(description));
                check(&shown, &without_tags(picture));
            }
            PageFormat::Mermaid => check(&shown, &printed.replace("<br/>", " ").replace("#59;", ";")),
        }
    }
    // The whole guide has no case, so it has no doubts.
    assert!(!run(&["show", "pathway"]).contains("Please check this first"));
}

#[test]
fn letters_can_be_written_as_reports_write_them() {
    let folder = folder("letters");
    let file = folder.join("letters.json");
    for (fact, written, value) in [
        ("written_n", "N+", "N1"),
        ("written_n", "N\u{2081}", "N1"),
        ("written_n", "NO", "N0"),
        ("written_n", "ypN0", "after_treatment"),
        ("written_n", "ycN0", "after_treatment"),
        ("written_t", "yT2", "after_treatment"),
        ("written_t", "ypT0", "after_treatment"),
        ("written_t", "pTx", "TX"),
        ("written_m", "Mx", "MX"),
        ("written_margins", "Rx", "RX"),
        ("written_stage", "\u{2163}", "IV"),
        ("written_stage", "stage \u{2162}A", "IIIA"),
    ] {
        fs::write(&file, serde_json::json!({ "facts": { fact: written } }).to_string()).expect("the case should be written");
        let answer = run(&["advise", &file.to_string_lossy(), "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("valid JSON");
        assert_eq!(answer["case"]["facts"][fact], value, "{fact}: {written}");
    }
    // Nothing follows from what couldn't be assessed, or was found after treatment.
    let facts = serde_json::json!({
        "situation": "after_surgery", "histology": "leiomyosarcoma", "site": "lower_extremity", "written_edition": "ajcc_8",
        "written_t": "TX", "written_n": "ypN0", "written_m": "MX", "written_margins": "RX",
    });
    fs::write(&file, serde_json::json!({ "facts": facts }).to_string()).expect("the case should be written");
    let answer = run(&["advise", &file.to_string_lossy(), "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("valid JSON");
    for fact in ["written_t", "written_n", "written_m", "written_margins"] {
        let unused = serde_json::json!({ "fact": fact, "reason": "nothing_follows", "missing": [] });
        assert!(answer["unused"].as_array().is_some_and(|entries| entries.contains(&unused)), "{fact}: {}", answer["unused"]);
    }
}

/// `ask` shows each doubt after the answer that raises it, which `ask.rs` tests.
#[test]
fn no_other_command_takes_a_case() {
    let commands = Arguments::command();
    let with_case = commands.get_subcommands().filter(|command| {
        command.get_arguments().any(|argument| {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            argument.get_id() == "case" || help.contains("case file") || help.contains("The case,")
        })
    });
    let names: Vec<&str> = with_case.map(clap::Command::get_name).collect();
    assert_eq!(names, ["advise", "show"]);
}
