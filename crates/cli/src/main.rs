//! The `sarcoguide` command.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    sarcoguide::commands::run(&sarcoguide::args::Arguments::parse())
}
