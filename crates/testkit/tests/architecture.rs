//! The arrows and absences of `ARCHITECTURE.md`, checked from cargo's metadata and from the text of the crates.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sarcoguide_testkit::imports::circles;
use sarcoguide_testkit::words::ForeignWords;

/// For each crate, the crates that it may depend on. One that is not here is an error: say first what it may know.
const ARROWS: [(&str, &[&str]); 15] = [
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

/// The crates that may read disk, environment, time and network.
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

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn each_crate_depends_only_on_what_it_may() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let ours: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed = ARROWS.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("`{name}` is a new crate: add it to ARROWS and to ARCHITECTURE.md"));
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let target = dependency["name"].as_str().expect("a name");
            let for_tests = dependency["kind"].as_str() == Some("dev");
            assert!(!ours.contains(target) || for_tests || allowed.contains(&target), "`{name}` points at `{target}`");
        }
    }
}

/// `clippy.toml` refuses files, clock, network, environment and terminal; only these may allow them again.
#[test]
fn only_entry_points_read_disk_clock_and_network() {
    for path in
        files(&root().join("crates"), "rs").into_iter().filter(|path| path.components().any(|part| part.as_os_str() == "src"))
    {
        let name = path.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).expect("readable");
        let may = ENTRY_POINTS.iter().any(|entry_point| name.ends_with(entry_point));
        assert!(
            may || !source.contains("clippy::disallowed"),
            "{name} is no entry point: take a reader, a writer or the time instead"
        );
    }
    let rules = fs::read_to_string(root().join("clippy.toml")).expect("clippy.toml");
    let rules = rules.lines().filter(|line| line.trim_start().starts_with("{ path"));
    for rule in rules {
        assert!(rule.contains("reason = "), "`{rule}` says no reason");
    }
}

/// What a file of Rust says and does: its text without comments, and without the tests at its end, which may speak of anything.
fn code(path: &Path) -> Vec<(usize, String)> {
    let source = fs::read_to_string(path).expect("readable");
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let line = |line: &str| {
        if line.trim_start().starts_with("//") { "" } else { line.split(" // ").next().unwrap_or_default() }.to_owned()
    };
    source.lines().map(line).enumerate().map(|(place, line)| (place + 1, line)).collect()
}

/// Comments and tests of the program take their examples from any subject but that of the bundled guide, whose words would pass for rules.
#[test]
fn no_comment_speaks_of_the_subject_of_the_bundled_guide() {
    let subject = ["cancer", "tumor", "sarcoma"];
    let mut found = Vec::new();
    for path in files(&root().join("crates"), "rs").into_iter().filter(|path| path.iter().any(|part| part == "src")) {
        let source = fs::read_to_string(&path).expect("readable");
        let speaks = |line: &str| subject.iter().any(|word| line.to_lowercase().contains(word));
        let lines = source.lines().enumerate().filter(|(_, line)| speaks(line));
        found.extend(lines.map(|(place, line)| format!("{}:{}: {}", path.display(), place + 1, line.trim())));
    }
    assert!(found.is_empty(), "speak of the guide's types or of trees instead:\n{}", found.join("\n"));
}

/// Law 6: what a guide is about stands in the guide, never in a program. Words of its ids and names that mean something else in Rust are listed in
/// `ordinary_words.txt`; a word of the guide about trees is no word of medicine.
#[test]
fn no_word_of_the_guide_stands_in_rust() {
    let foreign = ForeignWords::of(&root().join("guide"), &root().join("examples/guides/storm_damaged_tree"));
    assert!(foreign.count() > 500, "the guide's folders were found");
    let mut found = Vec::new();
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        if (text.contains("/src/") && !text.contains("/crates/testkit/src/")) || text.ends_with("/build.rs") {
            let code = code(&path);
            let whole: String = code.iter().map(|(_, line)| format!("{line}\n")).collect();
            if !foreign.within(&whole).is_empty() {
                let lines = code.iter().map(|(place, line)| (place, foreign.within(line)));
                found.extend(
                    lines.filter(|(_, words)| !words.is_empty()).map(|(place, words)| format!("{text}:{place}: {words:?}")),
                );
            }
        }
    }
    let help = "move it to the guide or the catalog of sentences, or add a word that means something else here to testkit/src/ordinary_words.txt";
    assert!(found.is_empty(), "words of the guide stand in Rust: {help}\n{}", found.join("\n"));
}

/// The names of treatments and types stand in no comment either.
#[test]
fn no_name_of_the_guide_stands_in_rust() {
    let stem = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let guide = root().join("guide");
    let mut names: Vec<String> = ["treatments", "types"]
        .iter()
        .flat_map(|folder| files(&guide.join(folder), "toml"))
        .filter_map(|path| stem(&path))
        .collect();
    assert!(names.len() > 80, "the guide's folders were found");
    let plain: Vec<String> = names.iter().map(|name| name.replace('_', " ")).collect();
    names.extend(plain);
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        if text.contains("/src/") {
            let source = fs::read_to_string(&path).expect("readable").to_lowercase();
            // Tests at the end of a file may speak of anything.
            let source = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            for name in &names {
                let stands = source.match_indices(name.as_str()).any(|(at, _)| {
                    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
                    edge(source[..at].chars().next_back()) && edge(source[at + name.len()..].chars().next())
                });
                assert!(!stands, "{text} names `{name}`, which is the guide's");
            }
        }
    }
}

/// Files depend on one another in one direction. With the arrows between crates this also says that no call comes back to a file that it has left,
/// unless through a closure or a trait that was handed down.
#[test]
fn no_files_import_from_one_another_in_a_circle() {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join("crates")).expect("the crates") {
        let folder = entry.expect("an entry").path();
        let source = folder.join("src");
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for circle in source.is_dir().then(|| circles(&source)).into_iter().flatten() {
            let line = |(file, targets): (&String, &BTreeSet<String>)| {
                format!("  {file} -> {}", targets.iter().cloned().collect::<Vec<_>>().join(", "))
            };
            let lines: Vec<String> = circle.iter().map(line).collect();
            let count = circle.len();
            found.push(format!("{count} files of `{name}` import from one another in a circle:\n{}", lines.join("\n")));
        }
    }
    found.sort();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_grows_past_600_lines() {
    for path in files(&root().join("crates"), "rs") {
        let lines = fs::read_to_string(&path).expect("readable").lines().count();
        assert!(lines <= 600, "{} has {lines} lines: split it", path.display());
    }
}

/// Types and functions say what their signature does not. Fields and variants may let their name speak, so no lint of rustc fits.
#[test]
fn public_types_and_functions_are_documented() {
    let mut bare = Vec::new();
    for path in files(&root().join("crates"), "rs") {
        let text = path.to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&path).expect("readable");
        let lines: Vec<&str> = if text.contains("/src/") { source.lines().collect() } else { Vec::new() };
        for (place, line) in lines.iter().enumerate() {
            let item = ["pub struct ", "pub enum ", "pub trait ", "pub type ", "pub fn ", "pub const "];
            if item.iter().any(|item| line.starts_with(item)) {
                let before = lines[..place].iter().rev().take_while(|line| !line.is_empty() && **line != "}");
                if !before.into_iter().any(|line| line.starts_with("///")) {
                    bare.push(format!("{text}:{}", place + 1));
                }
            }
        }
    }
    assert!(bare.is_empty(), "no doc comment: {}", bare.join(", "));
}
