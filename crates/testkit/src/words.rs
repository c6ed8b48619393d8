//! Finds words that are specific to a guide's subject. The program must not contain them, because it must work with any guide.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// The files and folders of a guide whose IDs and names are words of its subject.
const SUBJECT: [&str; 8] =
    ["treatments", "types", "effects", "vocabulary", "derived", "terms.toml", "team.toml", "glossary.toml"];

/// The minimum length of a word in letters. Shorter words are ignored, because they aren't specific to a subject.
const MIN_LETTERS: usize = 3;

/// Returns the lines of a text that are neither empty nor comments.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the words of a text in lowercase. Names in `snake_case` and `CamelCase` are split into words.
pub fn words(text: &str) -> BTreeSet<String> {
    let mut parted = String::with_capacity(text.len());
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            parted.push(' ');
        }
        parted.extend(letter.to_lowercase());
        before = letter;
    }
    let words = parted.split(|letter: char| !letter.is_ascii_alphabetic());
    words.filter(|word| word.len() >= MIN_LETTERS).map(str::to_owned).collect()
}

/// Removes a plural `s`, so that the singular and the plural count as one word.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|rest| rest.len() >= MIN_LETTERS).unwrap_or(word)
}

/// Returns the TOML files in a folder and its subfolders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        for entry in fs::read_dir(&folder).expect("the folder should be accessible") {
            let path = entry.expect("the folder entry should be readable").path();
            if path.is_dir() {
                pending.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                found.push(path);
            }
        }
    }
    found
}

/// Collects the words in the IDs, names and brands of a TOML value.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Table(table) => {
            for (key, value) in table {
                match (key.as_str(), value) {
                    // A case describes a person, not the subject.
                    ("case" | "facts", _) => {}
                    ("id" | "name", Value::String(text)) => found.extend(words(text)),
                    ("brands", Value::Array(brands)) => found.extend(brands.iter().filter_map(Value::as_str).flat_map(words)),
                    (_, value) => names(value, found),
                }
            }
        }
        _ => {}
    }
}

/// Returns the words in the IDs, names and brands of a guide's treatments, types, effects, facts, derived facts, values, terms, team and
/// glossary.
///
/// # Panics
///
/// If a file can't be read or isn't valid TOML.
#[must_use]
pub fn subject_words(guide: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files(guide) {
        let part = path.strip_prefix(guide).ok().and_then(|path| path.iter().next()).unwrap_or_default();
        if SUBJECT.iter().any(|subject| part == *subject) {
            // Most file names are IDs.
            found.extend(path.file_stem().map(|stem| words(&stem.to_string_lossy())).unwrap_or_default());
            let text = fs::read_to_string(&path).expect("the file should be readable");
            let table: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            names(&Value::Table(table), &mut found);
        }
    }
    found
}

/// Returns every word in a guide's TOML files, including the keys and the paths of the files.
///
/// # Panics
///
/// If a file can't be read.
#[must_use]
pub fn all_words(guide: &Path) -> BTreeSet<String> {
    let text = |path: &PathBuf| fs::read_to_string(path).expect("the file should be readable") + " " + &path.to_string_lossy();
    files(guide).iter().flat_map(|path| words(&text(path))).collect()
}

/// The words of a guide's subject that are neither in a second guide about another subject nor in `ordinary_words.txt`. They're
/// foreign to the program, which must work with any guide.
pub struct ForeignWords(BTreeSet<String>);

impl ForeignWords {
    /// Returns the subject words of the guide in `folder`, without ordinary words and words of the guide in `other`.
    #[must_use]
    pub fn of(folder: &Path, other: &Path) -> Self {
        let mut foreign = subject_words(folder);
        let ordinary = entries(include_str!("ordinary_words.txt")).flat_map(words);
        let usual: BTreeSet<String> = all_words(other).into_iter().chain(ordinary).collect();
        let is_usual = |word: &str| usual.contains(word) || usual.contains(singular(word)) || usual.contains(&format!("{word}s"));
        foreign.retain(|word| !is_usual(word));
        Self(foreign.iter().map(|word| singular(word).to_owned()).collect())
    }

    /// Returns the number of words.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns the foreign words that `text` contains.
    #[must_use]
    pub fn within(&self, text: &str) -> BTreeSet<String> {
        words(text).into_iter().filter(|word| self.0.contains(singular(word))).collect()
    }
}
