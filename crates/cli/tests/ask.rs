//! Tests how `sarcoguide ask` interprets what people type, and what it replies to input that it doesn't understand.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests run the command")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Returns what `ask` prints for this input.
fn run_ask(input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(["ask", "--width", "400"])
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command should start");
    child.stdin.take().expect("standard input").write_all(input.as_bytes()).expect("the command should read its input");
    let output = child.wait_with_output().expect("the command should finish");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("valid UTF-8")
}

/// Returns the reply to `answer`, up to the next question. `before` contains the earlier answers, one on each line.
fn reply(before: &str, answer: &str) -> String {
    let text = run_ask(&format!("{before}{answer}\nq\n"));
    let reply = text.split("\n> ").nth(before.matches('\n').count() + 1).expect("a reply");
    reply.split("\nQuestion ").next().expect("a part").trim().to_owned()
}

/// Skips to the question about the tumor type.
const TO_TYPE: &str = "\n\n\n";
/// Skips to the question about the site.
const TO_SITE: &str = "\n\n\n\n";

const NO_SUCH_NAME: &str = "No answer has this name.";
const AGE_EXPECTED: &str = "Type a number from 0 to 120, in years, for example 54, or Enter if you don't know.";
const UNKNOWN: &str = "Left open, because you don't know.";
const WHICH: &str = "Which one do you mean?";

#[test]
fn an_answer_is_understood_or_gets_an_explanation() {
    for (before, answer, expected) in [
        // A number or a part of a word isn't mistaken for a type.
        (TO_TYPE, "1", NO_SUCH_NAME),
        (TO_TYPE, "4", NO_SUCH_NAME),
        (TO_TYPE, "34", NO_SUCH_NAME),
        (TO_TYPE, "cd", NO_SUCH_NAME),
        (TO_TYPE, "cd3", NO_SUCH_NAME),
        (TO_TYPE, "arcoma", NO_SUCH_NAME),
        (TO_TYPE, "cd34", "Your answer: Type of sarcoma (histology): Superficial CD34-positive fibroblastic tumor"),
        (TO_TYPE, "Lms", "Your answer: Type of sarcoma (histology): Leiomyosarcoma"),
        (TO_TYPE, "liposarcoma", "Your answer: Type of sarcoma (histology): Liposarcoma"),
        (TO_TYPE, "aggressive fibromatosis", "Your answer: Type of sarcoma (histology): Desmoid"),
        (TO_TYPE, "leiomyosarcmoa", WHICH),
        (TO_TYPE, "lipo", WHICH),
        // At this question, `back` is an answer, so it doesn't go back.
        (TO_SITE, "back", "Your answer: Where the tumor started: back"),
        (TO_SITE, "leg", "Your answer: Where the tumor started: leg, thigh, knee, foot, hip or buttock"),
        (TO_SITE, "thigh", "Your answer: Where the tumor started: leg, thigh"),
        (TO_SITE, "99", "Type a number from 1 to 25, the name of an answer, or Enter if you don't know."),
        (TO_SITE, "nowhere", "Type a number from 1 to 25, the name of an answer, or Enter if you don't know."),
        ("\n", "back", "Back to the previous question."),
        ("\n", "old", AGE_EXPECTED),
        ("\n", "200", AGE_EXPECTED),
        ("\n", "54", "Your answer: Age: 54 years."),
        ("\n", "help", "This guide is for adults."),
        ("\n", "?", "This guide is for adults."),
    ] {
        let reply = reply(before, answer);
        assert!(reply.starts_with(expected), "{answer}: {reply}");
        assert!(!reply.contains("schema") && !reply.contains('`') && !reply.contains('_'), "{answer}: {reply}");
    }
    for unknown in ["", "u", "unknown", "I don't know", "i don’t know.", "dont know", "Don't know", "not sure"] {
        for before in ["", "\n", TO_TYPE, TO_SITE] {
            let reply = reply(before, unknown);
            assert!(reply.starts_with(UNKNOWN), "{unknown}: {reply}");
        }
    }
}

#[test]
fn an_ambiguous_answer_leads_to_a_list_of_choices() {
    let text = run_ask(&format!("{TO_SITE}wall\n2\nq\n"));
    let list = text.split(WHICH).nth(1).and_then(|rest| rest.split("\n> ").next()).expect("a list");
    assert!(list.contains("1  trunk") && list.contains("2  chest wall") && list.contains("3  belly wall"), "{list}");
    assert!(!list.contains("4  "), "{list}");
    assert!(text.contains("Your answer: Where the tumor started: chest wall"), "{text}");
    // A synonym of one value isn't ambiguous, even if the name of another contains it.
    let arm = run_ask(&format!("{TO_SITE}arm\nq\n"));
    assert!(arm.contains("Your answer: Where the tumor started: arm, elbow, hand or shoulder."), "{arm}");
    let mistyped = run_ask(&format!("{TO_TYPE}leiomyosarcmoa\n1\nq\n"));
    assert!(mistyped.contains("Your answer: Type of sarcoma (histology): Leiomyosarcoma."), "{mistyped}");
    // A general answer comes before its more specific kinds.
    let parts = run_ask(&format!("{TO_TYPE}leiomyo\n1\nq\n"));
    assert!(parts.contains("Your answer: Type of sarcoma (histology): Leiomyosarcoma."), "{parts}");
    // After input that isn't understood, the same choices are offered again.
    for unclear in ["7", "xyzq", "?"] {
        let again = run_ask(&format!("{TO_SITE}wall\n{unclear}\n2\nq\n"));
        assert!(again.contains("Your answer: Where the tumor started: chest wall"), "{unclear}: {again}");
    }
}

#[test]
fn a_doubt_is_shown_right_after_the_answer_that_raises_it() {
    // The size is the question after the site.
    let before = format!("{TO_SITE}arm, elbow, hand or shoulder\n");
    let shown = reply(&before, "45");
    for part in [
        "This size would be very large for an arm, hand or shoulder.",
        "The report gives millimeters (size (greatest diameter): 4.5 cm)",
        "If you made a slip, type b to go back to this question.",
    ] {
        assert!(shown.contains(part), "no `{part}` in {shown}");
    }
    assert!(!reply(&before, "4.5").contains("type b to go back to this question"));
}

/// The answers that lead to the question about the list of earlier treatments. The disease has spread and is growing despite treatment.
const TO_LIST: &str = "5\n50\n\nlms\nleg\n8\nG3\n2\n2\n1\n2\n\n\n\n\n\n";

/// Returns the output from the question about the list on, for this input.
fn list(input: &str) -> String {
    let text = run_ask(&format!("{TO_LIST}{input}q\nq\n"));
    let (_, list) = text.split_once("Which cancer drugs have you had").unwrap_or_else(|| panic!("{text}"));
    list.split("\nTreating soft").next().expect("a part").to_owned()
}

#[test]
fn a_list_is_asked_with_one_question_and_stays_open_until_it_is_confirmed() {
    const GIVEN: &str = "Your answer: Doxorubicin: stopped because it didn't work, or no longer worked";
    // A name can be misspelled, a brand, or a number in the list of names that fit.
    let added = list("doxorubcin\n1\n3\nVotrient\nside\n\nyes\n");
    assert!(added.contains("Which one do you mean?\n  1  Doxorubicin\n  2  Doxorubicin with"), "{added}");
    assert!(added.contains("Are these all the cancer drugs"), "{added}");
    assert!(added.contains("Pazopanib: stopped because of side effects; Other cancer drugs: none."), "{added}");
    // After input that isn't understood, the same question is asked again.
    let again = list("doxorubcin\n99\nxyzq\n?\n1\n9\nxyzq\n3\nu\n");
    assert!(again.matches(WHICH).count() == 4 && again.contains(&format!("{GIVEN}.\n")), "{again}");
    // Without a choice, the list asks for a name again.
    let other = list("doxorubcin\n\npazopanib\n3\nu\n");
    assert!(other.contains("Your answer: Pazopanib: stopped because it didn't work"), "{other}");
    // What isn't confirmed stays open.
    let open = list("doxorubicin\n3\nu\n");
    assert!(open.contains(&format!("{GIVEN}.\n")), "{open}");
    let unconfirmed = list("doxorubicin\n3\n\nu\n");
    assert!(unconfirmed.contains(&format!("{GIVEN}.\n")), "{unconfirmed}");
    let none = list("none\n");
    assert!(none.contains("Your answer: Drugs so far: none.") && !none.contains("Have you had chemotherapy"), "{none}");
    let unknown = list("\n");
    assert!(unknown.contains("Left open") && unknown.contains("Have you had chemotherapy"), "{unknown}");
    // `b` takes back the last entry, then leads to the question before.
    let back = list("doxorubicin\n3\nb\nb\n");
    assert!(back.contains("Taken back: Doxorubicin.") && back.contains("Back to the previous question."), "{back}");
    let names = list("?\n");
    assert!(names.contains("You can type: ") && names.contains("; Pazopanib; "), "{names}");
    assert!(list("xyzq\n").contains("We didn't find this name."));
}

#[test]
fn a_saved_case_says_that_the_list_is_complete() {
    let folder = std::env::temp_dir().join(format!("sarcoguide-ask-list-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("case.json");
    run_ask(&format!("{TO_LIST}doxorubicin\n3\n\ny\nq\n{}\n", file.display()));
    let saved = std::fs::read_to_string(&file).expect("a saved case");
    std::fs::remove_dir_all(&folder).expect("removable");
    assert!(
        saved.contains("\"drugs_so_far\": \"complete\"") && saved.contains("\"given_doxorubicin\": \"stopped_working\""),
        "{saved}"
    );
    assert!(!saved.contains("given_pazopanib"), "{saved}");
}

#[test]
fn a_single_letter_is_not_taken_for_the_name_of_a_file() {
    let text = run_ask("5\n50\nq\nu\nb\n\n");
    for letter in ["u", "b"] {
        assert!(text.contains(&format!("One letter can be a slip. For a file with this name, type ./{letter}.")), "{text}");
    }
    assert_eq!(text.matches("Save the case?").count(), 3, "{text}");
    assert!(!text.contains("Saved to"), "{text}");
}
