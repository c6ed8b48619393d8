//! What `sarcoguide ask` understands of what people type, and what it says when it doesn't.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests run the command")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What `ask` prints for this input.
fn asked(input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(["ask", "--width", "400"])
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the input is read");
    let output = child.wait_with_output().expect("the command ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What is said to an answer that follows others: everything up to the next question.
fn said(before: &str, answer: &str) -> String {
    let text = asked(&format!("{before}{answer}\nq\n"));
    let said = text.split("\n> ").nth(before.matches('\n').count() + 1).expect("a reply");
    said.split("\nQuestion ").next().expect("a part").trim().to_owned()
}

/// Leaves all questions before the one about the type, or the place, open.
const TO_TYPE: &str = "\n\n";
const TO_SITE: &str = "\n\n\n";

const NO_NAME: &str = "No answer has this name.";
const NO_NUMBER: &str = "Type a number from 0 to 120, in years, for example 54, or Enter if you don't know.";
const UNKNOWN: &str = "You don't know.";
const WHICH: &str = "Which one do you mean?";

#[test]
fn an_answer_means_what_it_says_or_nothing() {
    for (before, answer, expected) in [
        // A stray digit or two letters name no type.
        (TO_TYPE, "1", NO_NAME),
        (TO_TYPE, "4", NO_NAME),
        (TO_TYPE, "34", NO_NAME),
        (TO_TYPE, "cd", NO_NAME),
        (TO_TYPE, "cd3", NO_NAME),
        (TO_TYPE, "arcoma", NO_NAME),
        (TO_TYPE, "cd34", "Your answer: Type of sarcoma (histology): Superficial CD34-positive fibroblastic tumor"),
        (TO_TYPE, "Lms", "Your answer: Type of sarcoma (histology): Leiomyosarcoma"),
        (TO_TYPE, "liposarcoma", "Your answer: Type of sarcoma (histology): Liposarcoma"),
        (TO_TYPE, "aggressive fibromatosis", "Your answer: Type of sarcoma (histology): Desmoid"),
        (TO_TYPE, "leiomyosarcmoa", WHICH),
        (TO_TYPE, "lipo", WHICH),
        // The guide's own names come before the words for keys.
        (TO_SITE, "back", "Your answer: Where the tumor started: back"),
        (TO_SITE, "leg", "Your answer: Where the tumor started: leg, thigh, knee, foot, hip or buttock"),
        (TO_SITE, "thigh", "Your answer: Where the tumor started: leg, thigh"),
        (TO_SITE, "99", "Type a number from 1 to 12, the name of an answer, or Enter if you don't know."),
        (TO_SITE, "nowhere", "Type a number from 1 to 12, the name of an answer, or Enter if you don't know."),
        ("\n", "back", "Back to the question before."),
        ("\n", "old", NO_NUMBER),
        ("\n", "200", NO_NUMBER),
        ("\n", "54", "Your answer: Age: 54 years."),
        ("\n", "help", "This guide is for adults."),
        ("\n", "?", "This guide is for adults."),
    ] {
        let said = said(before, answer);
        assert!(said.starts_with(expected), "{answer}: {said}");
        assert!(!said.contains("schema") && !said.contains('`') && !said.contains('_'), "{answer}: {said}");
    }
    for unknown in ["", "u", "unknown", "I don't know", "i don’t know.", "dont know", "Don't know", "not sure"] {
        for before in ["", "\n", TO_TYPE, TO_SITE] {
            let said = said(before, unknown);
            assert!(said.starts_with(UNKNOWN), "{unknown}: {said}");
        }
    }
}

#[test]
fn an_answer_that_fits_several_is_chosen_from_a_list_of_these() {
    let text = asked(&format!("{TO_SITE}arm\n2\nq\n"));
    let list = text.split(WHICH).nth(1).and_then(|rest| rest.split("\n> ").next()).expect("a list");
    assert!(list.contains("1  arm or leg") && list.contains("2  arm, elbow") && !list.contains("3  "), "{list}");
    assert!(text.contains("Your answer: Where the tumor started: arm, elbow, hand or shoulder."), "{text}");
    let mistyped = asked(&format!("{TO_TYPE}leiomyosarcmoa\n1\nq\n"));
    assert!(mistyped.contains("Your answer: Type of sarcoma (histology): Leiomyosarcoma."), "{mistyped}");
}
