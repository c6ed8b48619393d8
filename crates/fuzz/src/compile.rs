//! Fuzz targets for the text of a guide and for single conditions.

use std::collections::BTreeMap;
use std::hint::black_box;

use sarcoguide_advise::{Advisor, State, truth};
use sarcoguide_compiler::{SourceFile, load, parse_condition, render};
use sarcoguide_model::Case;

use crate::guide::GUIDE;

/// The marker before the path of a file in an input of [`guide`].
const FILE_START: &str = "=== ";

/// The files of the smallest valid guide, in the format that [`guide`] reads.
const MINIMAL: &str = include_str!(concat!(env!("OUT_DIR"), "/minimal"));

/// Splits text into files by path. Each file starts with a line `=== path`. Text before the first such line belongs to `guide.toml`.
fn files(text: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut path = "guide.toml";
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(FILE_START) {
            Some(rest) => path = rest.trim_end(),
            None => files.entry(path.to_owned()).or_default().push_str(line),
        }
    }
    files
}

/// Compiles the smallest valid guide after replacing some of its files or adding others. The result must be a guide that can answer cases,
/// or errors that point to places within the files.
pub(crate) fn guide(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut all = files(MINIMAL);
    all.extend(files(text));
    let files: Vec<SourceFile> = all.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    let outcome = load(&files);
    for mark in outcome.diagnostics.iter().flat_map(|diagnostic| &diagnostic.marks) {
        assert!(files[mark.file].text.get(mark.span.clone()).is_some(), "{mark:?} isn't inside its file");
    }
    black_box(render(&outcome.diagnostics, &files, false));
    match outcome.loaded {
        Some(loaded) => {
            let advisor = Advisor::new(loaded.guide.clone());
            let cases = loaded.cases.iter().map(|entry| entry.case.clone());
            for case in cases.chain([Case::unknown(loaded.guide.facts.len())]) {
                // If the facts contradict each other, there is no advice.
                let _ = black_box(advisor.advise(&case));
            }
        }
        None => assert!(!outcome.diagnostics.is_empty(), "the guide was rejected without an error"),
    }
}

/// Parses a condition on the facts of the built-in guide. The result must be a condition that can be evaluated, or errors that
/// point to places within its text.
pub(crate) fn condition(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match parse_condition(text, &GUIDE) {
        Ok(condition) => {
            if let Ok(state) = State::of(&GUIDE, &Case::unknown(GUIDE.facts.len())) {
                black_box(truth(&condition, &state));
            }
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "the condition was rejected without an error");
            let file = SourceFile { path: "condition".to_owned(), text: text.to_owned() };
            for mark in problems.iter().flat_map(|problem| &problem.marks) {
                assert!(text.get(mark.span.clone()).is_some(), "{mark:?} isn't inside {text:?}");
            }
            black_box(render(&problems, &[file], false));
        }
    }
}
