//! `docs/command-line.md` says what the command says, and the README shows what it prints.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use clap::CommandFactory;
use sarcoguide_cli::args::Arguments;

/// What follows this line is generated.
const MARK: &str = "<!-- generated: BLESS=1 cargo test -p sarcoguide-cli --test documentation -->";

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
        let command = root.find_subcommand_mut(name).expect("one of its commands");
        section(&format!("sarcoguide {name}"), command.render_long_help().to_string());
    }
    text
}

#[test]
fn the_page_on_the_command_line_is_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (written, _) = page.split_once(MARK).expect("the mark in the page");
    let wanted = format!("{written}{MARK}\n{}", help());
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &wanted).expect("written");
    } else {
        assert!(
            page == wanted,
            "docs/command-line.md is not fresh; run BLESS=1 cargo test -p sarcoguide-cli --test documentation"
        );
    }
}

/// A part of an answer that the README shows.
enum Excerpt {
    /// From the line that begins so, up to the line that begins so.
    UpTo(&'static str, &'static str),
    /// The line that begins so, with the lines that belong to it: those that stand deeper.
    Point(&'static str),
    /// Something is left out.
    Gap(&'static str),
}

/// What the README shows of the answer to its example.
const EXCERPTS: [Excerpt; 16] = [
    Excerpt::Gap("..."),
    Excerpt::UpTo("What follows from it", "  - "),
    Excerpt::Gap("  ..."),
    Excerpt::Point("  - Stage group"),
    Excerpt::Gap(""),
    Excerpt::UpTo("In short", "Planning"),
    Excerpt::Gap("...\n"),
    Excerpt::UpTo("Another operation after positive or close margins: ", "  - To ask"),
    Excerpt::Gap("  ...\n"),
    Excerpt::UpTo("Does not fit this situation, and why", "  - "),
    Excerpt::Gap("  ..."),
    Excerpt::Point("  - Pazopanib (Votrient)"),
    Excerpt::Gap("  ...\n"),
    Excerpt::UpTo("What to find out next", "  - "),
    Excerpt::Point("  - "),
    Excerpt::Gap("  ..."),
];

/// These parts of an answer, in its order.
fn shortened(answer: &str) -> String {
    let mut rest: Vec<&str> = answer.lines().collect();
    let mut shown = Vec::new();
    for excerpt in EXCERPTS {
        let (begin, end) = match excerpt {
            Excerpt::Gap(gap) => {
                shown.extend(gap.split('\n'));
                continue;
            }
            Excerpt::UpTo(begin, end) => (begin, Some(end)),
            Excerpt::Point(begin) => (begin, None),
        };
        let lost = |line: &str| format!("no line of the answer begins with {line:?}: change EXCERPTS in {}", file!());
        let first = rest.iter().position(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{}", lost(begin)));
        rest.drain(..first);
        let depth = |line: &str| line.len() - line.trim_start().len();
        let over = |line: &str| match end {
            Some(end) => line.starts_with(end),
            None => line.is_empty() || depth(line) <= depth(begin),
        };
        let lines =
            1 + rest.iter().skip(1).position(|line| over(line)).unwrap_or_else(|| panic!("{}", lost(end.unwrap_or_default())));
        shown.extend(rest.drain(..lines));
    }
    shown.join("\n") + "\n"
}

#[test]
fn the_readme_shows_what_the_command_prints() {
    const BEFORE: &str = "What the first prints, shortened:\n\n```text\n";
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("README.md")).expect("the README");
    let (before, rest) = page.split_once(BEFORE).expect("where the answer is shown");
    let (_, after) = rest.split_once("```").expect("the end of the answer");
    let case = before.lines().find_map(|line| line.strip_prefix("cargo run --release -- advise ")).expect("the command");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
    let output =
        command.args(["advise", case, "--width", "100"]).env("NO_COLOR", "1").current_dir(&root).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let shown = shortened(&String::from_utf8(output.stdout).expect("UTF-8"));
    let wanted = format!("{before}{BEFORE}{shown}```{after}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(root.join("README.md"), &wanted).expect("written");
    } else {
        assert!(page == wanted, "README.md is not fresh; run BLESS=1 cargo test -p sarcoguide-cli --test documentation");
    }
}
