//! The `sarcoguide` command.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the command is an entry point")]

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use sarcoguide_cli::args::Arguments;
use sarcoguide_cli::commands::{refuse, run};

/// A page is made of thousands of short texts: an allocator that is quick with those gives a good part more pages a second.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => run(&arguments),
        Err(error) => refuse(&error),
    }
}
