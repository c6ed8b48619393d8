//! Tests that the guide doesn't copy sentences from the American Cancer Society's text: no eight words in a row may be the same.
//!
//! This repository isn't allowed to include that text. Instead, `data/eight_words.txt` contains a hash of every run of eight words in the text: the
//! first six bytes of its SHA-256. The hashes can show that words are the same, but the text can't be restored from them. To generate the file again,
//! run `SOURCE="text.txt passages.tsv" BLESS=1 cargo test -p sarcoguide-cli --test own_words`, where `SOURCE` lists the files with the text.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The number of words in a row that are compared.
const RUN: usize = 8;

/// The IDs of passages that are names instead of sentences, such as headings and works that the source cites. They may be copied.
const NAMES: [&str; 6] = ["general.23", "surgery.ref.01", "surgery.ref.05", "radiation.ref.02", "chemo.ref.03", "chemo.ref.07"];

/// The fields that contain addresses and titles, which may be copied.
const TITLES: [&str; 4] = ["address", "locator", "quoted_from", "title"];

fn words(text: &str) -> Vec<String> {
    let letters = text.to_lowercase().replace('\u{2019}', "'");
    letters.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns every run of eight words in a text, each with its hash.
fn runs(text: &str) -> impl Iterator<Item = (String, String)> {
    let words = words(text);
    let runs: Vec<String> = words.windows(RUN).map(|run| run.join(" ")).collect();
    runs.into_iter().map(|run| (Sha256::digest(&run)[..6].iter().map(|byte| format!("{byte:02x}")).collect(), run))
}

/// Collects the strings of a TOML value, except those that may be copied.
fn texts(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        // Leave out addresses.
        toml::Value::String(text) => {
            texts.push(text.split_whitespace().filter(|word| !word.contains("://")).collect::<Vec<_>>().join(" "));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| self::texts(value, texts)),
        toml::Value::Table(table) if table.get("id").and_then(|id| id.as_str()).is_some_and(|id| NAMES.contains(&id)) => {}
        toml::Value::Table(table) => {
            let shown = table.iter().filter(|(key, _)| !TITLES.contains(&key.as_str()));
            shown.for_each(|(_, value)| self::texts(value, texts));
        }
        _ => {}
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            found.push(path);
        }
    }
}

#[test]
fn no_sentence_of_the_guide_is_copied_from_its_main_source() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let list = root.join("tests/data/eight_words.txt");
    if std::env::var_os("BLESS").is_some() {
        let sources = std::env::var("SOURCE").expect("SOURCE names the text's files");
        let mut known = BTreeSet::new();
        for file in sources.split_whitespace() {
            let text = fs::read_to_string(file).expect("the text");
            // Hash the whole text, the whole text without line breaks after hyphens, and each line or passage by itself.
            let whole = [text.clone(), text.replace("-\n", "-")];
            let lines = text.lines().map(|line| line.rsplit('\t').next().unwrap_or(line).to_owned());
            known.extend(
                whole.into_iter().chain(lines).flat_map(|part| runs(&part).collect::<Vec<_>>()).map(|(digest, _)| digest),
            );
        }
        fs::write(&list, known.into_iter().collect::<Vec<_>>().join("\n") + "\n").expect("written");
    }
    let known = fs::read_to_string(&list).expect("the list");
    let known: BTreeSet<&str> = known.lines().collect();
    assert!(known.len() > 3000, "{} runs of words are known", known.len());
    let (mut found, mut copied, mut read) = (Vec::new(), Vec::new(), 0);
    files(&root.join("../../guide"), &mut found);
    for file in found {
        let value: toml::Value = toml::from_str(&fs::read_to_string(&file).expect("a file")).expect("TOML");
        let mut all = Vec::new();
        texts(&value, &mut all);
        read += all.len();
        for text in all {
            copied.extend(
                runs(&text)
                    .filter(|(digest, _)| known.contains(digest.as_str()))
                    .map(|(_, run)| format!("{}: {run}", file.display())),
            );
        }
    }
    assert!(read > 5000, "{read} texts were read");
    assert!(copied.is_empty(), "the guide has these words in common with its source; reword them:\n{}", copied.join("\n"));
}
