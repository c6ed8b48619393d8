//! Tests which reasons are accepted as correct in a guide's case, and how the others are reported.

use sarcoguide_cli::cases;
use sarcoguide_compiler::{Loaded, SourceFile, load, render};
use sarcoguide_verify::cases::run;

/// A treatment and the start of its only case. The treatment is indicated if the tumor is small or its grade is low, unless it has spread. The
/// verdict also depends on the age, because the guide is for adults.
const TREATMENT: &str = r#"
name = "Excision"
modality = "surgery"
summary = "It is cut out."

[[what]]
text = "The tumor is cut out."
from = ["book:page.1"]

[[indication]]
when = 'size <= 5 cm or grade is G1'
timing = "advanced"
intent = "cure"
strength = "option"
text = "It may be cut out."
from = ["book:page.1"]

[[contraindication]]
when = 'spread is yes'
text = "It has spread."
from = ["book:page.1"]

[[effect]]
effect = "pain"
frequency = "common"
from = ["book:page.1"]

[[outcome]]
measure = "overall_survival"
value = "50 %"
conclusion = "not_compared"
text = "Half lived on."
from = ["paper:table.1"]

[[case]]
name = "small and low"
facts = { age = 40, size = "3 cm", grade = "G1", spread = "no" }
"#;

/// Returns the minimal guide with [`TREATMENT`]. `expected` is the rest of the case: the expected verdict and reason.
fn guide(expected: &str) -> Loaded {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal");
    let mut files = sarcoguide_bundled::read_folder(&root).expect("readable");
    files.retain(|file| !file.path.starts_with("cases/"));
    for file in files.iter_mut().filter(|file| file.path == "treatments/surgery/excision.toml") {
        *file = SourceFile { text: format!("{TREATMENT}{expected}\n"), ..file.clone() };
    }
    let outcome = load(&files);
    outcome.loaded.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, &files, false)))
}

fn failures(expected: &str) -> Vec<String> {
    let loaded = guide(expected);
    let failures = run(&loaded.guide, &loaded.cases[..1]);
    failures
        .iter()
        .flat_map(|failure| &failure.differences)
        .map(|difference| cases::describe(&loaded.guide, difference))
        .collect()
}

#[test]
fn every_sufficient_and_minimal_reason_is_accepted() {
    for reason in [r#"["age", "size", "spread"]"#, r#"["spread", "grade", "age"]"#] {
        let expected = format!("verdict = \"indicated\"\nreason = {reason}");
        assert_eq!(failures(&expected), Vec::<String>::new(), "{reason}");
    }
}

#[test]
fn a_wrong_reason_is_reported_with_the_fault_and_a_correct_one() {
    let right = "a correct one is [age, size, spread]";
    let messages = [
        (
            r#"["age", "size"]"#,
            format!("reason: [age, size] is not sufficient: with these facts alone the verdict is `possible`; {right}"),
        ),
        (
            r#"["age", "size", "grade", "spread"]"#,
            format!(
                "reason: [age, size, grade, spread] is not minimal: the other facts force the verdict without `size`; {right}"
            ),
        ),
        (
            r#"["age", "histology", "spread"]"#,
            format!("reason: [age, histology, spread] names `histology`, which the case does not state; {right}"),
        ),
    ];
    for (reason, message) in messages {
        let expected = format!("verdict = \"indicated\"\nreason = {reason}");
        assert_eq!(failures(&expected), [format!("excision: {message}")]);
    }
}

#[test]
fn an_unexpected_verdict_is_reported_with_its_reason() {
    let found = failures("verdict = \"contraindicated\"\nreason = [\"spread\"]");
    assert_eq!(found, ["excision: verdict: expected `contraindicated`, got `indicated` because of [age, size, spread]"]);
}
