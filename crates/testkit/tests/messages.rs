//! Checks that the program uses every message of the English catalog.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Adds the Rust files in a folder and its subfolders to `found`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Returns the names of the messages that a source file uses. In `t!` and `line!`, the name is the second argument. In `message!`, it's the first
/// argument. A name also follows `messages::`.
fn used(source: &str) -> BTreeSet<String> {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let name = |text: &str| {
        let text = text.trim_start();
        text.chars().take_while(|c| in_word(*c)).collect::<String>()
    };
    let mut found = BTreeSet::new();
    for (start, arguments) in [("t!(", 1), ("line!(", 1), ("message!(", 0), ("messages::", 0)] {
        let places = source.match_indices(start).filter(|(at, _)| !source[..*at].ends_with(in_word));
        for (at, _) in places {
            let rest = &source[at + start.len()..];
            let id = if arguments == 0 { Some(name(rest)) } else { after_comma(rest).map(name) };
            found.extend(id.filter(|id| !id.is_empty()));
        }
    }
    found
}

/// Returns the text after the first comma that isn't inside nested brackets, or `None` if the argument list ends first.
fn after_comma(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => return Some(&text[at + 1..]),
            _ => {}
        }
    }
    None
}

/// Finds the messages of `catalog` that aren't in `used`. Returns a line about each of them, for the test's output.
fn unused(catalog: &str, used: &BTreeSet<String>) -> Vec<String> {
    let lines = catalog.lines().enumerate();
    let messages = lines.filter_map(|(index, line)| {
        let (id, _) = line.split_once('=').filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        Some((index + 1, id.trim()))
    });
    let unused = messages.filter(|(_, id)| !used.contains(&id.replace('-', "_")));
    unused.map(|(line, id)| format!("guide/text/en.ftl:{line}: message `{id}` isn't used: delete it, or use it")).collect()
}

#[test]
fn every_message_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let catalog = fs::read_to_string(root.join("guide/text/en.ftl")).expect("the catalog");
    let mut files = Vec::new();
    for entry in fs::read_dir(root.join("crates")).expect("the crates") {
        let folder = entry.expect("an entry").path().join("src");
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
    }
    let mut all = BTreeSet::new();
    for file in files {
        let source = fs::read_to_string(&file).expect("readable");
        // Skip comments, because they can contain messages as examples.
        let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        all.extend(used(&code.join("\n")));
    }
    let unused = unused(&catalog, &all);
    assert!(unused.is_empty(), "{}", unused.join("\n"));
}

#[test]
fn an_unused_message_is_found() {
    let source = "t!(text(a, b), one, x = t!(text, two)); line!(\n    text,\n    three\n); message!(four); messages::five { a }; print!(a, six); first!(t, seven)";
    let catalog = "# nine = x\none = 1\ntwo = 2\nthree =\n    { $x ->\n       *[a] b\n    }\nfour = 4\nfive = 5\nsix = 6\nseven-eight = 7\n";
    let expected = |id: &str, line: usize| format!("guide/text/en.ftl:{line}: message `{id}` isn't used: delete it, or use it");
    assert_eq!(unused(catalog, &used(source)), [expected("six", 10), expected("seven-eight", 11)]);
}
