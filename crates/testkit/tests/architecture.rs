//! Checks the architecture in `ARCHITECTURE.md`: which crates depend on which, and what must not be in their source.

#![allow(clippy::disallowed_methods, reason = "tests read files and run cargo")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sarcoguide_testkit::imports::cycles;
use sarcoguide_testkit::words::ForeignWords;

/// For each crate, the crates of the workspace that it may depend on. The test fails for a crate that is missing here.
const ALLOWED_DEPENDENCIES: [(&str, &[&str]); 15] = [
    ("sarcoguide-model", &[]),
    ("sarcoguide-text", &[]),
    ("sarcoguide-document", &[]),
    ("sarcoguide-compiler", &["sarcoguide-model", "sarcoguide-case", "sarcoguide-text"]),
    ("sarcoguide-case", &["sarcoguide-model", "sarcoguide-text"]),
    ("sarcoguide-advise", &["sarcoguide-model"]),
    ("sarcoguide-search", &["sarcoguide-model", "sarcoguide-text"]),
    ("sarcoguide-verify", &["sarcoguide-model", "sarcoguide-advise"]),
    ("sarcoguide-views", &["sarcoguide-model", "sarcoguide-case", "sarcoguide-document", "sarcoguide-search", "sarcoguide-text"]),
    ("sarcoguide-bundled", &["sarcoguide-model", "sarcoguide-compiler"]),
    ("sarcoguide-testkit", &["sarcoguide-model"]),
    (
        "sarcoguide-server",
        &[
            "sarcoguide-model",
            "sarcoguide-advise",
            "sarcoguide-case",
            "sarcoguide-document",
            "sarcoguide-search",
            "sarcoguide-text",
            "sarcoguide-views",
        ],
    ),
    (
        "sarcoguide",
        &[
            "sarcoguide-model",
            "sarcoguide-compiler",
            "sarcoguide-case",
            "sarcoguide-advise",
            "sarcoguide-document",
            "sarcoguide-search",
            "sarcoguide-text",
            "sarcoguide-views",
            "sarcoguide-bundled",
            "sarcoguide-verify",
        ],
    ),
    (
        "sarcoguide-fuzz",
        &[
            "sarcoguide-model",
            "sarcoguide-compiler",
            "sarcoguide-case",
            "sarcoguide-advise",
            "sarcoguide-search",
            "sarcoguide-text",
            "sarcoguide-bundled",
            "sarcoguide-server",
        ],
    ),
    (
        "sarcoguide-cli",
        &[
            "sarcoguide-model",
            "sarcoguide-compiler",
            "sarcoguide-case",
            "sarcoguide-advise",
            "sarcoguide-document",
            "sarcoguide-search",
            "sarcoguide-text",
            "sarcoguide-views",
            "sarcoguide-bundled",
            "sarcoguide-verify",
            "sarcoguide-server",
        ],
    ),
];

/// The source files that may use `#[allow]`, for themselves or for their whole crate, to permit what `clippy.toml` disallows: access to files,
/// clock, network, environment and terminal.
const ENTRY_POINTS: [&str; 6] = [
    "crates/cli/src/lib.rs",
    "crates/cli/src/main.rs",
    "crates/server/src/lib.rs",
    "crates/bundled/src/folder.rs",
    "crates/testkit/src/lib.rs",
    "crates/testkit/src/words.rs",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the files in a folder and its subfolders whose names have this extension, sorted by path.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("the folder entry should be readable").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn each_crate_has_only_allowed_dependencies() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata should run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("valid JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed = ALLOWED_DEPENDENCIES.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed);
        let allowed =
            allowed.unwrap_or_else(|| panic!("`{name}` is a new crate: add it to ALLOWED_DEPENDENCIES and to ARCHITECTURE.md"));
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let target = dependency["name"].as_str().expect("a name");
            let for_tests = dependency["kind"].as_str() == Some("dev");
            assert!(!ours.contains(target) || for_tests || allowed.contains(&target), "`{name}` must not depend on `{target}`");
        }
    }
}

/// `clippy.toml` disallows access to files, clock, network, environment and terminal. Only [`ENTRY_POINTS`] may allow it again.
#[test]
fn only_entry_points_access_files_clock_and_network() {
    for path in
        files(&root().join("crates"), "rs").into_iter().filter(|path| path.components().any(|part| part.as_os_str() == "src"))
    {
        let name = path.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).expect("the file should be readable");
        let is_entry_point = ENTRY_POINTS.iter().any(|entry_point| name.ends_with(entry_point));
        assert!(
            is_entry_point || !source.contains("clippy::disallowed"),
            "{name} isn't an entry point: pass in a reader, a writer or the time instead"
        );
    }
    let rules = fs::read_to_string(root().join("clippy.toml")).expect("clippy.toml should be readable");
    let rules = rules.lines().filter(|line| line.trim_start().starts_with("{ path"));
    for rule in rules {
        assert!(rule.contains("reason = "), "`{rule}` has no reason");
    }
}

/// Returns the lines of a Rust file with their numbers, without comments and without the tests at the end of the file. Tests may contain any word.
fn code(path: &Path) -> Vec<(usize, String)> {
    let source = fs::read_to_string(path).expect("the file should be readable");
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let line = |line: &str| {
        if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or_default() }.to_owned()
    };
    source.lines().map(line).enumerate().map(|(index, line)| (index + 1, line)).collect()
}

/// Examples in comments and unit tests must not be about the subject of the built-in guide, so that nobody mistakes them for rules of the program.
#[test]
fn no_source_file_mentions_the_subject_of_the_built_in_guide() {
    let subject = ["cancer", "tumor", "sarcoma"];
    let mut found = Vec::new();
    for path in files(&root().join("crates"), "rs").into_iter().filter(|path| path.iter().any(|part| part == "src")) {
        let source = fs::read_to_string(&path).expect("the file should be readable");
        let mentions = |line: &str| subject.iter().any(|word| line.to_lowercase().contains(word));
        let lines = source.lines().enumerate().filter(|(_, line)| mentions(line));
        found.extend(lines.map(|(index, line)| format!("{}:{}: {}", path.display(), index + 1, line.trim())));
    }
    assert!(found.is_empty(), "use an example about trees, or say `type`, instead:\n{}", found.join("\n"));
}

/// Law 6 in `ARCHITECTURE.md`: knowledge is in the guide, never in Rust. Rust code can contain words of the guide's IDs and names only if the example
/// guide about trees contains them too, or if `ordinary_words.txt` lists them because they also have an ordinary meaning.
#[test]
fn rust_code_contains_no_words_of_the_built_in_guides_subject() {
    let foreign = ForeignWords::of(&root().join("guide"), &root().join("examples/guides/storm_damaged_tree"));
    assert!(foreign.count() > 500, "the guide's folders should be found");
    let mut found = Vec::new();
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        if (text.contains("/src/") && !text.contains("/crates/testkit/src/")) || text.ends_with("/build.rs") {
            let code = code(&path);
            let whole: String = code.iter().map(|(_, line)| format!("{line}\n")).collect();
            if !foreign.within(&whole).is_empty() {
                let lines = code.iter().map(|(number, line)| (number, foreign.within(line)));
                found.extend(
                    lines.filter(|(_, words)| !words.is_empty()).map(|(number, words)| format!("{text}:{number}: {words:?}")),
                );
            }
        }
    }
    let help = "move each word to the guide or its catalog; if it has an ordinary meaning, add it to crates/testkit/src/ordinary_words.txt";
    assert!(found.is_empty(), "words of the guide are in Rust: {help}\n{}", found.join("\n"));
}

/// The IDs of the guide's treatments and types, with underscores or spaces, must not be in comments either.
#[test]
fn rust_code_and_comments_contain_no_treatment_or_type_ids() {
    let stem = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let guide = root().join("guide");
    let mut names: Vec<String> = ["treatments", "types"]
        .iter()
        .flat_map(|folder| files(&guide.join(folder), "toml"))
        .filter_map(|path| stem(&path))
        .collect();
    assert!(names.len() > 80, "the guide's folders should be found");
    let plain: Vec<String> = names.iter().map(|name| name.replace('_', " ")).collect();
    names.extend(plain);
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        if text.contains("/src/") {
            let source = fs::read_to_string(&path).expect("the file should be readable").to_lowercase();
            // Tests at the end of a file may contain any word.
            let source = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            for name in &names {
                let found = source.match_indices(name.as_str()).any(|(at, _)| {
                    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                    edge(source[..at].chars().next_back()) && edge(source[at + name.len()..].chars().next())
                });
                assert!(!found, "{text} contains `{name}`, which is an ID of the guide");
            }
        }
    }
}

/// Imports between the files of a crate must not have cycles. Cargo ensures the same for crates. A called function can therefore call back into the
/// file of its caller only through a closure or a trait.
#[test]
fn no_files_have_circular_imports() {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).expect("the folder `crates` should be readable") {
        let folder = entry.expect("the folder entry should be readable").path();
        let source = folder.join("src");
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for cycle in source.is_dir().then(|| cycles(&source)).into_iter().flatten() {
            let line = |(file, targets): (&String, &BTreeSet<String>)| {
                format!("  {file} -> {}", targets.iter().cloned().collect::<Vec<_>>().join(", "))
            };
            let lines: Vec<String> = cycle.iter().map(line).collect();
            let count = cycle.len();
            found.push(format!("{count} files of `{name}` have circular imports:\n{}", lines.join("\n")));
        }
    }
    found.sort();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_rust_file_has_more_than_600_lines() {
    for path in files(&root().join("crates"), "rs") {
        let lines = fs::read_to_string(&path).expect("the file should be readable").lines().count();
        assert!(lines <= 600, "{} has {lines} lines: split it", path.display());
    }
}

/// Every public type, trait, function and constant outside `impl` blocks must have a doc comment. The `missing_docs` lint of rustc isn't used for
/// this, because it would also require doc comments for fields and variants.
#[test]
fn public_types_and_functions_are_documented() {
    let mut undocumented = Vec::new();
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).expect("the file should be readable");
        let lines: Vec<&str> = if text.contains("/src/") { source.lines().collect() } else { Vec::new() };
        for (index, line) in lines.iter().enumerate() {
            let item = ["pub struct ", "pub enum ", "pub trait ", "pub type ", "pub fn ", "pub const "];
            if item.iter().any(|item| line.starts_with(item)) {
                let before = lines[..index].iter().rev().take_while(|line| !line.is_empty() && **line != "}");
                if !before.into_iter().any(|line| line.starts_with("///")) {
                    undocumented.push(format!("{text}:{}", index + 1));
                }
            }
        }
    }
    assert!(undocumented.is_empty(), "these items have no doc comment: {}", undocumented.join(", "));
}
