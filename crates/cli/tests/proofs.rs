//! Tests how the command reports what `check` proves and what `diff` compares.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sarcoguide_testkit::copy_folder;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sarcoguide")).args(arguments).current_dir(root()).output().expect("it runs")
}

fn stdout_of(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// A copy of a folder. It's deleted when dropped.
struct FolderCopy(PathBuf);

impl FolderCopy {
    fn of(folder: &str, name: &str) -> Self {
        let target = std::env::temp_dir().join(format!("sarcoguide-{name}-{}", std::process::id()));
        copy_folder(&root().join(folder), &target);
        Self(target)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }

    /// Replaces the first occurrence of `from`, which must exist. Also removes the file's review, because it would no longer match.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).expect("readable");
        let text = text.split("\n[review]").next().unwrap_or_default();
        assert!(text.contains(from), "{file} has no {from:?}");
        fs::write(path, text.replacen(from, to, 1)).expect("written");
    }
}

impl Drop for FolderCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A policy that the only treatment of the minimal guide breaks.
const BROKEN_POLICY: &str =
    "[[policy]]\nid = \"never\"\ntext = \"It is never indicated.\"\nwhen = 'always'\nmust = \"not_be_indicated\"\n";

#[test]
fn sarif_output_is_valid_and_points_to_the_line() {
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sarif-2.1.0-rtm.5.json")).expect("readable");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::options().with_draft(jsonschema::Draft::Draft4).build(&schema).expect("a schema");
    let policy = FolderCopy::of("crates/compiler/tests/minimal", "sarif");
    fs::write(policy.0.join("policy.toml"), BROKEN_POLICY).expect("written");
    for guide in [policy.path(), "crates/compiler/tests/broken/E014_not_a_choice", "crates/compiler/tests/minimal"] {
        let output = run(&["check", "--guide", guide, "--format", "sarif"]);
        let document: Value = serde_json::from_str(&stdout_of(&output)).expect("JSON");
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{guide}: {errors:?}");
        let results = document["runs"][0]["results"].as_array().expect("results");
        let rules = document["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
        for result in results {
            assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        }
        if guide == policy.path() {
            assert_eq!(output.status.code(), Some(1));
            let broken = results.iter().find(|result| result["ruleId"] == "V006").expect("a result for the broken policy");
            let place = &broken["locations"][0]["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().expect("a file").ends_with("policy.toml"), "{place}");
            assert_eq!(place["region"]["startLine"], 4);
        }
    }
}

#[test]
fn a_broken_policy_is_reported_with_a_case_that_advise_can_answer() {
    let guide = FolderCopy::of("crates/compiler/tests/minimal", "policy");
    fs::write(guide.0.join("policy.toml"), BROKEN_POLICY).expect("written");
    let cases = guide.0.join("found");
    let output = run(&["check", "--guide", guide.path(), "--write-cases", cases.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout_of(&output);
    assert!(text.contains("error[V006]: the policy `never` is broken by"), "{text}");
    assert!(text.contains("for instance:"), "{text}");
    let written: Vec<PathBuf> = fs::read_dir(&cases).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let case = written.iter().find(|path| path.to_string_lossy().contains("V006")).expect("a case of the finding");
    let copied = FolderCopy::of("crates/compiler/tests/minimal", "asked");
    let answer = run(&["advise", case.to_str().expect("UTF-8"), "--guide", copied.path(), "--format", "json"]);
    let answer: Value = serde_json::from_str(&stdout_of(&answer)).expect("JSON");
    assert_eq!(answer["treatments"][0]["verdict"], "indicated");
}

#[test]
fn counts_are_printed_for_every_treatment_and_add_up() {
    let output = run(&["check", "--counts", "--format", "json"]);
    assert!(output.status.success(), "{}", stdout_of(&output));
    let found: Value = serde_json::from_str(&stdout_of(&output)).expect("JSON");
    let counts = &found["proof"]["counts"];
    let number = |value: &Value| value.as_str().expect("digits").parse::<num_bigint::BigUint>().expect("a number");
    let treatments = counts["treatments"].as_array().expect("treatments");
    assert!(treatments.len() > 60);
    for treatment in treatments {
        for (kind, all) in [("stated", &counts["stated"]), ("open", &counts["open"])] {
            let verdicts = treatment[kind].as_object().expect("verdicts");
            assert_eq!(verdicts.values().map(number).sum::<num_bigint::BigUint>(), number(all), "{treatment}");
        }
        assert_eq!(treatment["stated"]["possible"], "0");
    }
    assert!(number(&counts["in_scope"]) < number(&counts["stated"]));
    assert!(counts["gaps"]["conditions"].as_u64().expect("a number") > 0);
    assert!(number(&counts["gaps"]["open"]) < number(&counts["open"]));
}

#[test]
fn diff_reports_changed_text_without_verdicts_and_a_changed_condition_with_its_cases() {
    let old = FolderCopy::of("guide", "old");
    let new = FolderCopy::of("guide", "new");
    let same = stdout_of(&run(&["diff", old.path(), new.path()]));
    assert!(same.contains("0 statements changed") && same.contains("No verdict changes"), "{same}");
    let file = "treatments/targeted_therapy/pazopanib.toml";
    new.edit(file, "A pill that", "A tablet that");
    let reworded = stdout_of(&run(&["diff", old.path(), new.path()]));
    assert!(reworded.contains("1 statement changed") && reworded.contains("No verdict changes"), "{reworded}");
    new.edit(
        file,
        "prior_chemotherapy is yes and histology not in [liposarcoma, desmoid_tumor]",
        "histology not in [liposarcoma, desmoid_tumor]",
    );
    let output = run(&["diff", old.path(), new.path(), "--format", "json"]);
    let changed: Value = serde_json::from_str(&stdout_of(&output)).expect("JSON");
    let verdicts = changed["verdicts"].as_array().expect("verdicts");
    assert!(
        verdicts.iter().all(|change| change["treatment"] == "pazopanib" && change["from"] == "not_indicated"),
        "{verdicts:?}"
    );
    let offered = verdicts.iter().find(|change| change["to"] == "indicated").expect("a change to `indicated`");
    assert!(
        offered["which"]
            .as_array()
            .expect("groups")
            .iter()
            .all(|group| group.as_str().expect("text").contains("prior_chemotherapy is no"))
    );
    assert_eq!(offered["witness"]["facts"]["prior_chemotherapy"], "no");
}

#[test]
fn diff_refuses_a_name_that_is_neither_a_folder_nor_a_revision() {
    let output = run(&["diff", "no-such-revision"]);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("neither a folder nor a git revision"), "{error}");
    assert!(error.ends_with("the repository has no such revision\n"), "{error}");
    let output = run(&["diff", "--", "--output=/tmp/no"]);
    assert_eq!(output.status.code(), Some(2));
    let output = run(&["diff", "no\nsuch: revision"]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(error.contains("`no\u{fffd}such: revision` is neither a folder"), "{error}");
}

/// Two indications that cause warnings. The first holds only in cases where an indication of the minimal guide holds too (V101). Because of the
/// second, a case with grade G1 or G2 has an indication in every stage. Even so, the verdict is `possible` while the stage is unknown (V103).
const SECOND_INDICATIONS: &str = "[[indication]]
when = 'grade is G1 and stage is I'
timing = \"advanced\"
intent = \"cure\"
strength = \"option\"
text = \"It may be cut out.\"
from = [\"book:page.1\"]

[[indication]]
when = 'stage is II and grade in G1..G2'
timing = \"advanced\"
intent = \"cure\"
strength = \"option\"
text = \"It may be cut out.\"
from = [\"book:page.1\"]

[[availability]]";

#[test]
fn printed_entries_accept_warnings_and_become_errors_when_the_warnings_are_gone() {
    let guide = FolderCopy::of("crates/compiler/tests/minimal", "accepted");
    let file = "treatments/surgery/excision.toml";
    guide.edit(file, "[[availability]]", SECOND_INDICATIONS);
    guide.edit(
        "guide.toml",
        "[[out_of_scope]]",
        "[[no_treatment_indicated]]\nid = \"none\"\nwhen = 'grade is G3'\ntext = \"Nothing.\"\nfrom = [\"book:page.1\"]\n\n[[out_of_scope]]",
    );
    guide.edit("cases/one.toml", "verdict = \"not_indicated\"\nreason = [\"size\"]", "verdict = \"indicated\"");
    let check = || run(&["check", "--guide", guide.path(), "--warnings"]);
    let before = check();
    let text = stdout_of(&before);
    assert_eq!(before.status.code(), Some(0), "{text}");
    assert!(text.contains("warning[V101]") && text.contains("warning[V103]"), "{text}");
    let (_, entries) = text.split_once("each with a reason:\n\n").expect("entries to paste");
    let (entries, _) = entries.rsplit_once("\n\n").expect("the last line");
    assert!(
        entries.contains("where  = [\"treatment excision: indications\"]\nfacts  = [\"grade\"]\ncase   = { grade = \"G1\" }\n"),
        "{entries}"
    );
    fs::write(guide.0.join("accepted.toml"), entries.replace("reason = \"\"", "reason = \"It is meant.\"")).expect("written");
    let after = check();
    let text = stdout_of(&after);
    assert_eq!(after.status.code(), Some(0), "{text}");
    assert!(!text.contains("warning[") && !text.contains("To accept") && text.contains("; 2 accepted warnings\n"), "{text}");

    // Once V103 no longer occurs, the entry that accepts it is an error, which is reported at the entry's place.
    guide.edit(file, "'stage is II and grade in G1..G2'", "'stage is II and grade is G3'");
    guide.edit("guide.toml", "'grade is G3'", "'always'");
    let stale = check();
    let text = stdout_of(&stale);
    assert_eq!(stale.status.code(), Some(1), "{text}");
    assert!(
        text.contains("error[V009]: there is no V103 to accept at `treatment excision: indications`\n --> accepted.toml:"),
        "{text}"
    );
}
