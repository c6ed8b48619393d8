//! Tests that the docs match the command: help texts and the output of commands are up to date, and the commands and cases in code blocks work.
//!
//! - A `console` block in `README.md` or `docs/` shows commands with their output. `...` stands for lines that are left out. To replace the output
//!   with the current one, run `TRYCMD=overwrite cargo test -p sarcoguide-cli --test documentation`.
//! - An `sh` block shows commands without output. Each must succeed, or be listed in [`NOT_RUN`].
//! - A `json` or `toml` block with facts is a case that the command can answer.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::CommandFactory;
use sarcoguide_cli::args::Arguments;

/// The rest of the page after this line is generated.
const MARK: &str = "<!-- generated: BLESS=1 cargo test -p sarcoguide-cli --test documentation -->";

/// Commands in `sh` blocks that the tests don't run. Each entry has the start of the line and the reason.
const NOT_RUN: [(&str, &str); 8] = [
    ("cd guide && find", "a test of the compiler compares the content hash with the output of `sha256sum`"),
    ("cargo install", "builds a release"),
    ("cargo test", "CI runs the tests"),
    ("bash tests/browser/run.sh", "a stage of CI runs it"),
    ("sarcoguide serve", "runs until it's stopped"),
    ("sarcoguide diff HEAD~1", "a copy of the repository may have no history"),
    ("sarcoguide check --against new_edition.txt", "the source's new text isn't in the repository"),
    ("pdftotext", "the source's new text isn't in the repository"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn help() -> String {
    let mut root = Arguments::command().term_width(100).color(clap::ColorChoice::Never);
    root.build();
    let names: Vec<String> = root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let mut text = String::new();
    let mut section = |title: &str, help: String| {
        let lines: Vec<&str> = help.trim().lines().map(str::trim_end).collect();
        text.push_str(&format!("\n## `{title}`\n\n```text\n{}\n```\n", lines.join("\n")));
    };
    section("sarcoguide", root.render_long_help().to_string());
    for name in names.iter().filter(|name| *name != "help") {
        let command = root.find_subcommand_mut(name).expect("a subcommand");
        section(&format!("sarcoguide {name}"), command.render_long_help().to_string());
    }
    text
}

#[test]
fn the_help_texts_in_the_docs_are_up_to_date() {
    let path = root().join("docs/command-line.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (written, _) = page.split_once(MARK).expect("the mark in the page");
    let wanted = format!("{written}{MARK}\n{}", help());
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &wanted).expect("written");
    } else {
        assert!(
            page == wanted,
            "docs/command-line.md is out of date; run BLESS=1 cargo test -p sarcoguide-cli --test documentation"
        );
    }
}

#[test]
fn commands_print_what_the_docs_show() {
    // The paths in the docs are relative to the root of the repository. The other tests here use absolute paths, so they work in any current folder.
    std::env::set_current_dir(root()).expect("the root of the repository");
    trycmd::TestCases::new()
        .register_bin("sarcoguide", Path::new(env!("CARGO_BIN_EXE_sarcoguide")))
        .env("NO_COLOR", "1")
        .case("README.md")
        .case("docs/*.md")
        .run();
}

/// A fenced block of a page.
struct Block {
    /// The page and line where it starts.
    place: String,
    language: String,
    text: String,
}

/// The fenced blocks of `README.md` and `docs/`.
fn blocks() -> Vec<Block> {
    let mut pages = vec![root().join("README.md")];
    let docs = fs::read_dir(root().join("docs")).expect("the docs").map(|entry| entry.expect("a page").path());
    pages.extend(docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    let mut blocks: Vec<Block> = Vec::new();
    for path in pages {
        let page = fs::read_to_string(&path).expect("a page");
        let mut open: Option<Block> = None;
        for (number, line) in page.lines().enumerate() {
            match (line.strip_prefix("```"), open.take()) {
                (Some(language), None) => {
                    let place = format!("{}:{}", path.file_name().unwrap_or_default().display(), number + 1);
                    open = Some(Block { place, language: language.to_owned(), text: String::new() });
                }
                (Some(_), Some(block)) => blocks.push(block),
                (None, Some(mut block)) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                    open = Some(block);
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", path.display());
    }
    blocks
}

#[test]
fn commands_that_the_docs_show_without_output_succeed() {
    let folder = tempfile::tempdir().expect("a folder");
    #[cfg(unix)]
    for name in ["examples", "guide"] {
        std::os::unix::fs::symlink(root().join(name).canonicalize().expect(name), folder.path().join(name)).expect("a link");
    }
    let mut unused: Vec<&str> = NOT_RUN.iter().map(|(start, _)| *start).collect();
    for block in blocks().iter().filter(|block| block.language == "sh") {
        for line in block.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((start, _)) = NOT_RUN.iter().find(|(start, _)| line.starts_with(start)) {
                unused.retain(|one| one != start);
                continue;
            }
            let words = shlex::split(line).unwrap_or_else(|| panic!("{}: `{line}` can't be split into words", block.place));
            assert_eq!(words.first().map(String::as_str), Some("sarcoguide"), "{}: add `{line}` to NOT_RUN", block.place);
            let output = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
                .args(&words[1..])
                .stdin(Stdio::null())
                .current_dir(folder.path())
                .output()
                .expect("it runs");
            assert!(output.status.success(), "{}: `{line}`: {}", block.place, String::from_utf8_lossy(&output.stderr));
        }
    }
    assert_eq!(unused, Vec::<&str>::new(), "no block contains these commands; remove them from NOT_RUN");
}

#[test]
fn cases_that_the_docs_show_are_answered() {
    let mut answered = 0;
    for block in blocks() {
        let is_case = block.text.starts_with("{\"facts\"") || block.text.starts_with("[facts]");
        if !is_case || !["json", "toml"].contains(&block.language.as_str()) {
            continue;
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
            .args(["advise", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("an input").write_all(block.text.as_bytes()).expect("written");
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}: {}", block.place, String::from_utf8_lossy(&output.stderr));
        answered += 1;
    }
    assert!(answered >= 3, "only {answered} cases were found in the docs");
}
