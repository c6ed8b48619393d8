//! The only place that prints.

use std::io::{self, IsTerminal, Write};

use sarcoguide_document::Document;
use sarcoguide_document::terminal::{Terminal, text};

use crate::args::{Arguments, Color};

/// Why a command ends otherwise than well. The message goes to standard error.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The check found something; what, has been printed.
    Found,
    /// Something is too large to be proved, and nothing else is wrong; what, has been printed.
    Unproved,
    /// The input or the command cannot be used.
    Input(String),
    /// Something could not be read or written.
    Io(String),
}

impl Failure {
    pub fn code(&self) -> u8 {
        match self {
            Self::Found => 1,
            Self::Input(_) => 2,
            Self::Io(_) => 3,
            Self::Unproved => 4,
        }
    }
}

/// Prints to standard output. A reader that has gone away (`| head`) is no failure.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Io(format!("standard output: {error}"))),
        _ => Ok(()),
    }
}

/// How text is printed here.
pub(crate) fn terminal(arguments: &Arguments) -> Terminal {
    let color = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        // Asks for a terminal and keeps NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    };
    let width = arguments.width.map(usize::from).or_else(columns).unwrap_or(100);
    Terminal { width, color }
}

/// The width that the environment tells, on a terminal.
fn columns() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok()?.parse().ok()?;
    io::stdout().is_terminal().then_some(usize::clamp(columns, 40, 160))
}

/// Prints a document as text.
pub(crate) fn show(document: &Document, arguments: &Arguments) -> Result<(), Failure> {
    print(&text(document, terminal(arguments)))
}
