//! Reads the guides that the tests use.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads the files of a guide in `folder` and its subfolders into a map. The keys are the paths relative to `root`. If a file contains the
/// placeholder comment for English messages, they replace the comment (see [`without_errors_count`]).
pub fn read(root: &Path, folder: &Path, into: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(root, &path, into);
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "ftl") {
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).expect("readable");
            into.insert(
                name,
                text.replace("# (here the test puts the English messages without errors-count)", &without_errors_count()),
            );
        }
    }
}

/// Returns the program's English messages without `errors-count`, so that a test can check that exactly this message is reported as missing.
fn without_errors_count() -> String {
    let (before, rest) = sarcoguide_text::ENGLISH.split_once("\nerrors-count =").expect("the message `errors-count`");
    // The message ends before the next line that isn't indented.
    let lines: Vec<&str> = rest.lines().skip(1).skip_while(|line| line.starts_with(' ')).collect();
    format!("{before}\n{}\n", lines.join("\n"))
}

/// Returns the minimal guide in `tests/minimal/`, which is valid.
pub fn minimal() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/minimal");
    let mut files = BTreeMap::new();
    read(&root, &root, &mut files);
    files
}
