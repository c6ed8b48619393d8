//! The `sarcoguide` command.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the command is an entry point")]

use std::process::ExitCode;

use clap::Parser;
use sarcoguide_cli::args::Arguments;
use sarcoguide_cli::commands::{print_usage, run};

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => run(&arguments),
        Err(error) => print_usage(&error),
    }
}
