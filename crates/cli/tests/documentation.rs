//! `docs/command-line.md` says what the command says.

use std::fs;
use std::path::PathBuf;

use clap::CommandFactory;
use sarcoguide::args::Arguments;

/// What follows this line is generated.
const MARK: &str = "<!-- generated: BLESS=1 cargo test -p sarcoguide --test documentation -->";

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
        assert!(page == wanted, "docs/command-line.md is not fresh; run BLESS=1 cargo test -p sarcoguide --test documentation");
    }
}
