//! Checks that the tests named in the hazard log (`docs/safety.md`) and the threat model (`docs/threat-model.md`) exist, and that every hazard has
//! all of its fields.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the text of a page in `docs/`.
fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap_or_else(|error| panic!("docs/{name}: {error}"))
}

/// Returns the names of all test functions in the workspace.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![root().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).expect("readable");
                let mut marked = false;
                for line in text.lines().map(str::trim) {
                    if line == "#[test]" || line.starts_with("#[tokio::test") {
                        marked = true;
                    } else if let Some((_, rest)) = line.split_once("fn ") {
                        if marked && let Some((name, _)) = rest.split_once('(') {
                            names.insert(name.to_owned());
                        }
                        marked = false;
                    }
                }
            }
        }
    }
    names
}

/// Returns the texts between backticks in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether `name` is a test, or a file or folder that exists.
fn exists(name: &str, tests: &BTreeSet<String>) -> bool {
    let is_path = name.contains(['/', '.']);
    if is_path { root().join(name).exists() } else { tests.contains(name) }
}

#[test]
fn every_hazard_has_its_fields_and_its_tests_exist() {
    let tests = tests();
    assert!(tests.len() > 200, "the workspace's tests should be found");
    let page = page("safety.md");
    let (summary, sections) = page.split_once("\n## Hazards\n").expect("a section of hazards");
    let sections = sections.split("\n## ").next().unwrap_or_default();
    let mut wrong = Vec::new();
    let mut numbers = BTreeSet::new();
    for section in sections.split("\n### ").skip(1) {
        let title = section.lines().next().unwrap_or_default();
        let field = |name: &str| section.lines().find_map(|line| line.strip_prefix(&format!("- {name}: "))).unwrap_or_default();
        if !numbers.insert(title.split('.').next().unwrap_or_default()) {
            wrong.push(format!("{title}: another hazard has the same number"));
        }
        for (name, allowed) in [
            ("Severity", &["high", "medium", "low"][..]),
            ("Likelihood", &["likely", "possible", "unlikely"]),
            ("Residual risk", &["high", "medium", "low"]),
            ("Status", &["controlled", "partly controlled", "open"]),
        ] {
            let value = field(name);
            let (word, why) = value.split_once(": ").unwrap_or((value, ""));
            if !allowed.contains(&word) {
                wrong.push(format!("{title}: {name} is `{value}`, not one of {allowed:?}"));
            }
            if name == "Status" && word != "controlled" && why.is_empty() {
                wrong.push(format!("{title}: the status doesn't say what is missing"));
            }
        }
        for name in ["Control", "Remains"] {
            if field(name).is_empty() {
                wrong.push(format!("{title}: {name} is empty"));
            }
        }
        let named: Vec<&str> = quoted(field("Test")).collect();
        if named.is_empty() {
            wrong.push(format!("{title}: no test is named"));
        }
        for name in named.iter().filter(|name| !exists(name, &tests)) {
            wrong.push(format!("{title}: there is no test or file `{name}`"));
        }
        let status = field("Status").split(':').next().unwrap_or_default();
        let ratings = [field("Severity"), field("Likelihood"), field("Residual risk"), status].join(" | ");
        if !summary.lines().any(|row| row.contains(&format!("[{title}]")) && row.contains(&ratings)) {
            wrong.push(format!("{title}: the summary table has no row for this hazard with `{ratings}`"));
        }
    }
    assert!(numbers.len() >= 37, "hazards are missing: only {} were found", numbers.len());
    assert!(wrong.is_empty(), "docs/safety.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_test_named_in_the_threat_model_exists() {
    let tests = tests();
    let page = page("threat-model.md");
    let mut named = 0;
    let cells = |row: &str| -> Vec<String> { row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    for table in page.split("\n\n").filter(|part| part.starts_with('|')) {
        let mut rows = table.lines().map(cells);
        // If a table has a column of tests, it's the last column.
        if rows.next().is_some_and(|head| head.last().is_some_and(|name| name == "test")) {
            for name in rows
                .skip(1)
                .filter_map(|row| row.last().cloned())
                .flat_map(|cell| quoted(&cell).map(str::to_owned).collect::<Vec<_>>())
            {
                named += 1;
                assert!(exists(&name, &tests), "docs/threat-model.md: there is no test or file `{name}`");
            }
        }
    }
    assert!(named > 20, "only {named} tests are named");
}
