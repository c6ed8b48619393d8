//! The `sarcoguide` command.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// A page is made of thousands of short texts: an allocator that is quick with those gives a good part more pages a second.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    sarcoguide_cli::commands::run(&sarcoguide_cli::args::Arguments::parse())
}
