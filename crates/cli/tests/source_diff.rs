//! Runs `check --against` and `check --older-than`, and checks their results and errors.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const GUIDE: &str = "crates/compiler/tests/minimal";

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(["check", "--guide"])
        .args(arguments)
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let _ = child.stdin.take().expect("standard input").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn refused(arguments: &[&str], input: &[u8], expected: &str) {
    fails(2, arguments, input, expected);
}

fn fails(code: i32, arguments: &[&str], input: &[u8], expected: &str) {
    let output = run(arguments, input);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    assert!(message.contains(expected), "{arguments:?}: `{expected}` is not in: {message}");
}

#[test]
fn invalid_texts_and_arguments_are_refused() {
    refused(&["guide", "--against", "-"], b"", "the text is empty");
    refused(&["guide", "--against", "-"], b"abc\xff", "isn't UTF-8 text (byte 3)");
    fails(3, &["guide", "--against", "nowhere.txt"], b"", "there is no such file");
    refused(&["guide", "--against", "guide"], b"", "this is a folder");
    refused(&["guide", "--against", "-", "--source", "acx"], b"a", "did you mean `acs`?");
    refused(&["guide", "--against", "-", "--format", "sarif"], b"a", "text or JSON");
    refused(&[GUIDE, "--against", "-"], b"a", "no passage of `");
    refused(&["guide", "--source", "acs"], b"", "--against");
    refused(&[GUIDE, "--older-than", "5", "--as-of", "2026-13-01"], b"", "write a date in the years 1 to 9999");
    refused(&[GUIDE, "--older-than", "5", "--as-of", "2026-01"], b"", "write a date in the years 1 to 9999");
}

/// The new text contains one heading of the built-in guide's main source and one new piece. All other passages have vanished, unless the
/// new piece counts as the changed text of one of them.
#[test]
fn vanished_passages_are_listed_with_everything_that_depends_on_them() {
    let output = run(&["guide", "--against", "-", "--format", "json"], b"\nTreating Soft Tissue\n  Sarcomas\n\nSomething new.\n");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["unchanged"], 1);
    let touched = document["touched"].as_array().expect("passages");
    let count_of = |fate: &str| touched.iter().filter(|passage| passage["fate"] == fate).count();
    assert_eq!(count_of("changed") + document["new"].as_array().expect("pieces").len(), 1);
    assert!(count_of("vanished") > 200);
    for part in ["statements", "derived", "rules", "treatments", "cases"] {
        assert!(touched.iter().any(|passage| !passage[part].as_array().expect("a list").is_empty()), "no passage has {part}");
    }
}

#[test]
fn source_ages_are_reported_for_the_given_date() {
    let output = run(&[GUIDE, "--older-than", "5", "--as-of", "2026-01-01", "--format", "json"], b"");
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["ages"]["as_of"], "2026-01-01");
    assert!(!document["ages"]["undated"].as_array().expect("a list").is_empty());
    assert_eq!(document["superseded"].as_array().expect("a list").len(), 0);
    let output = run(&[GUIDE, "--older-than", "5"], b"");
    assert!(String::from_utf8_lossy(&output.stdout).contains(" have no dated source"));
}
