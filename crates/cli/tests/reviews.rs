//! Tests that a treatment's review is shown on its page, in answers and in JSON, and that `check` reports a review of an earlier version.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};

const FILE: &str = "treatments/surgery/excision.toml";
const NOBODY: &str = "Nobody has reviewed it.";
const REVIEWED: &str = "Reviewed by Jane Roe, sarcoma surgeon, on 2026-11-30.";

/// A copy of the minimal guide. It's deleted when dropped.
struct Guide(PathBuf);

impl Guide {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("sarcoguide-reviews-{name}-{}", std::process::id()));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal");
        for file in sarcoguide_bundled::read_folder(&root).expect("readable") {
            let path = folder.join(file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, file.text).expect("written");
        }
        Self(folder)
    }

    /// Creates a copy whose treatment has a review.
    fn reviewed(name: &str) -> Self {
        let guide = Self::new(name);
        let text = fs::read_to_string(guide.0.join(FILE)).expect("readable");
        let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let review = format!("[review]\nby = \"Jane Roe, sarcoma surgeon\"\non = 2026-11-30\ndigest = \"{digest}\"\n");
        fs::write(guide.0.join(FILE), text + &review).expect("written");
        guide
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let case = self.0.join("case.json");
        fs::write(&case, r#"{"facts": {"age": 40, "size": 3, "grade": "G1"}}"#).expect("written");
        let case = case.to_str().expect("UTF-8");
        let arguments = arguments.iter().map(|argument| if *argument == "CASE" { case } else { *argument });
        let guide = self.0.to_str().expect("UTF-8");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
        command.args(arguments).args(["--guide", guide, "--width", "200"]).env("NO_COLOR", "1").output().expect("it runs")
    }

    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

impl Drop for Guide {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PAGES: [&[&str]; 4] = [
    &["show", "treatment", "excision"],
    &["show", "treatment", "excision", "--format", "markdown"],
    &["advise", "CASE", "--why", "excision"],
    &["advise", "CASE", "--why", "excision", "--format", "markdown"],
];

#[test]
fn a_reviewed_treatment_shows_the_reviewer_and_the_date() {
    let guide = Guide::reviewed("reviewed");
    for page in PAGES {
        let text = guide.printed(page);
        assert_eq!(text.matches(REVIEWED).count(), 1, "{page:?}: {text}");
        assert!(!text.contains(NOBODY), "{page:?}: {text}");
    }
    for answer in [&["advise", "CASE"][..], &["advise", "CASE", "--format", "markdown"]] {
        let text = guide.printed(answer);
        assert_eq!(text.matches(REVIEWED).count(), 1, "{text}");
        assert_eq!(text.matches(NOBODY).count(), 1, "only the guide as a whole should be shown as not reviewed: {text}");
    }
    let answer: Value = serde_json::from_str(&guide.printed(&["advise", "CASE", "--format", "json"])).expect("JSON");
    let review = serde_json::json!({ "by": "Jane Roe, sarcoma surgeon", "on": "2026-11-30" });
    assert_eq!(answer["treatments"][0]["review"], review);
    let schema: Value = serde_json::from_str(&guide.printed(&["schema", "advice"])).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema").validate(&answer).expect("the answer should match the schema");
    assert!(!format!("{:?}", guide.run(&["check", "--warnings"])).contains("E067"));
}

#[test]
fn a_treatment_that_nobody_reviewed_says_so_once() {
    let guide = Guide::new("not-reviewed");
    for page in PAGES {
        let text = guide.printed(page);
        assert_eq!(text.matches(NOBODY).count(), 1, "{page:?}: {text}");
        assert!(!text.contains("Reviewed by"), "{page:?}: {text}");
    }
    let answer: Value = serde_json::from_str(&guide.printed(&["advise", "CASE", "--format", "json"])).expect("JSON");
    assert_eq!(answer["treatments"][0]["review"], Value::Null);
}

#[test]
fn an_edit_is_refused_until_the_review_is_renewed_or_removed() {
    let guide = Guide::reviewed("edited");
    let path = guide.0.join(FILE);
    let text = fs::read_to_string(&path).expect("readable").replacen("It may be cut out.", "It can be cut out.", 1);
    fs::write(&path, &text).expect("written");
    let output = guide.run(&["check"]);
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1), "{stdout}");
    for part in ["error[E067]", FILE, "Jane Roe, sarcoma surgeon"] {
        assert!(stdout.contains(part), "{stdout}");
    }
    assert_eq!(guide.run(&["show", "treatment", "excision"]).status.code(), Some(2), "a stale review should never be shown");
    // The message suggests two fixes: update the digest, or remove the review. Try both.
    let (before, review) = text.split_once("[review]").expect("a review");
    let new = stdout.split("digest = \"").nth(2).and_then(|rest| rest.split('"').next()).expect("the new digest");
    let old = review.split("digest = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("the old digest");
    fs::write(&path, text.replace(old, new)).expect("written");
    assert!(guide.printed(&["show", "treatment", "excision"]).contains(REVIEWED));
    fs::write(&path, before).expect("written");
    assert!(guide.printed(&["show", "treatment", "excision"]).contains(NOBODY));
}
