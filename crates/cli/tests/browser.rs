//! Tests the web guide in a real browser. Ignored by default, because it needs tools that don't come with Rust.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs node, npm, chromium and pdftotext; `cargo test -p sarcoguide-cli --test browser -- --ignored` runs it"]
fn the_web_guide_works_in_a_browser() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/run.sh");
    let status = Command::new("bash").arg(script).env("SARCOGUIDE", env!("CARGO_BIN_EXE_sarcoguide")).status();
    assert!(status.expect("bash should run").success(), "the browser tests failed; their output is above");
}
