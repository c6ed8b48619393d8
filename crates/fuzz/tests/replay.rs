//! Runs every fuzz target on the inputs in `fuzz/corpus/`, without a fuzzer.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and print")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sarcoguide_fuzz::TARGETS;

fn fuzz_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

/// The paths in a folder, sorted.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// The names in a subfolder of `fuzz/`, without extensions.
fn names(folder: &str) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    entries(&fuzz_folder().join(folder)).into_iter().filter_map(stem).collect()
}

#[test]
fn every_target_accepts_every_input_in_the_corpus() {
    for target in TARGETS {
        let inputs = entries(&fuzz_folder().join("corpus").join(target.name));
        assert!(!inputs.is_empty(), "{} has no inputs", target.name);
        for input in inputs {
            // The test runner shows this line only if the test fails.
            println!("{}", input.display());
            (target.run)(&fs::read(&input).expect("readable"));
        }
    }
}

#[test]
fn every_target_has_a_binary_and_inputs() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(targets, names("fuzz_targets"));
    assert_eq!(targets, names("corpus"));
}
