//! Prints to standard output and writes files. All subcommands use this module for both.

use std::borrow::Cow;
use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use sarcoguide_bundled::{reason, shown_path};
use sarcoguide_case::is_bidi_control;
use sarcoguide_document::Document;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_views::Edition;
use sarcoguide_views::provenance::with_note;
use serde::Serialize;

use crate::args::{Arguments, Color};
use crate::html;

/// The reason why a command fails or ends early. The message, if there is one, goes to standard error.
#[derive(Debug)]
pub(crate) enum Failure {
    /// `check` found something to fix or review, and has printed it.
    Found,
    /// Part of the guide is too large to prove or compare, and nothing else is wrong. The details have been printed.
    Unproved,
    /// The input or an argument is invalid.
    Input(String),
    /// A file couldn't be read or written, or another system operation failed, such as listening at an address.
    Io(String),
    /// Standard output was closed during `ask`. This ends the interview and isn't an error.
    Closed,
}

impl Failure {
    pub fn code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Found => 1,
            Self::Input(_) => 2,
            Self::Io(_) => 3,
            Self::Unproved => 4,
        }
    }

    /// The message for standard error, if there is one.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Input(message) | Self::Io(message) => Some(message),
            Self::Found | Self::Unproved | Self::Closed => None,
        }
    }
}

/// Prints text for a person to standard output. A closed output (as with `| head`) isn't an error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    emit(printable(text, false).as_bytes())
}

/// Prints text like [`print`], but returns [`Failure::Closed`] if the output is closed, so that `ask` stops asking questions.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    say_styled(text, false)
}

/// Prints text like [`say`]. With `color`, color sequences in the text are kept.
pub(crate) fn say_styled(text: &str, color: bool) -> Result<(), Failure> {
    match write_bytes(printable(text, color).as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Closed),
        outcome => outcome.map_err(|error| Failure::Io(format!("standard output: {}", reason(&error)))),
    }
}

/// Prints bytes unchanged, for a program to read.
pub(crate) fn emit(bytes: impl AsRef<[u8]>) -> Result<(), Failure> {
    unless_closed(write_bytes(bytes.as_ref()))
}

/// Prints a value as indented JSON, without holding all of it in memory.
pub(crate) fn emit_json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from);
    unless_closed(outcome.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()))
}

/// Converts an error to a [`Failure`]. A closed output isn't an error.
fn unless_closed(outcome: io::Result<()>) -> Result<(), Failure> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Io(format!("standard output: {}", reason(&error))))
        }
        _ => Ok(()),
    }
}

fn write_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush())
}

/// Prints text like [`print`]. With `color`, color sequences in the text are kept.
pub(crate) fn print_styled(text: &str, color: bool) -> Result<(), Failure> {
    emit(printable(text, color).as_bytes())
}

/// Escapes everything in a text that could control a terminal: control characters, and characters that change the writing direction.
/// For example, U+202E becomes `\u{202e}`. Newlines and tabs are kept. With `color`, sequences that set colors and weight are kept as well.
pub(crate) fn printable(text: &str, color: bool) -> Cow<'_, str> {
    let needs_escape = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi_control(c);
    if !text.contains(needs_escape) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = color_sequence(rest).filter(|_| color) {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            if needs_escape(c) {
                out.extend(c.escape_unicode())
            } else {
                out.push(c)
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    Cow::Owned(out)
}

/// Returns the length of the color sequence at the start of a text, if there is one. A color sequence is an escape sequence that sets colors or
/// weight. Sequences that make text blink or hide it don't count.
fn color_sequence(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let (parameters, _) = inner.split_once('m')?;
    let plain = parameters.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
    // The parameters 5 and 6 make text blink, and 8 hides it. But after 38 or 48, they are part of a color.
    let is_color = parameters.starts_with("38;5;") || parameters.starts_with("48;5;");
    let hides = !is_color && parameters.split(';').any(|parameter| matches!(parameter, "5" | "6" | "8"));
    (plain && !hides).then_some("\u{1b}[".len() + parameters.len() + 1)
}

/// Returns the width of printed text, and whether to use colors.
pub(crate) fn terminal(arguments: &Arguments) -> Terminal {
    let color = match arguments.color {
        Color::Always => true,
        Color::Never => false,
        // Checks whether standard output is a terminal, and respects NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
        Color::Auto => anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
    };
    let width = arguments.width.map(usize::from).or_else(columns).unwrap_or(100);
    Terminal { width, color }
}

/// Returns the width in the environment variable `COLUMNS`, clamped to 40 to 160. Returns `None` if the variable isn't set to a number, or if
/// standard output isn't a terminal.
fn columns() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok()?.parse().ok()?;
    io::stdout().is_terminal().then_some(usize::clamp(columns, 40, 160))
}

/// Prints a document as text, with a note at the end about the guide it comes from.
pub(crate) fn show(guide: Edition<'_>, document: Document, arguments: &Arguments) -> Result<(), Failure> {
    let terminal = terminal(arguments);
    print_styled(&text(&with_note(guide, document), terminal), terminal.color)
}

/// Prints a document as Markdown, with a note at the end about the guide it comes from.
pub(crate) fn show_markdown(guide: Edition<'_>, document: Document) -> Result<(), Failure> {
    print(&markdown(&with_note(guide, document)))
}

/// Prints a document as an HTML file, with a note at the end about the guide it comes from.
pub(crate) fn show_html(guide: Edition<'_>, document: Document) -> Result<(), Failure> {
    emit(html::page(guide, &with_note(guide, document)))
}

/// Replaces a leading `~` with the home folder, for paths that a shell hasn't expanded.
pub(crate) fn expanded(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), std::env::home_dir()) {
        (Ok(inner), Some(home)) => home.join(inner),
        _ => path.to_owned(),
    }
}

/// The output file of a command, or standard output if the path is `-`.
///
/// The file can contain health facts, so only its owner can read it. The bytes are written to a temporary file with an unpredictable name in
/// the same folder, and the complete file is moved to its path. An existing file is replaced only with `--force`. A symbolic link is
/// replaced, not followed. A pipe or a device is written to, not replaced.
#[derive(Clone, Debug)]
pub(crate) struct Target<'a> {
    path: &'a Path,
    /// Whether an existing file may be replaced. `None` if the command has no flag for that.
    replace: Option<bool>,
    /// The files that the command reads, and folders whose files it reads. They are never replaced.
    inputs: Vec<PathBuf>,
}

impl<'a> Target<'a> {
    /// Creates a target that never replaces an existing file.
    pub fn new(path: &'a Path) -> Self {
        Self { path, replace: None, inputs: Vec::new() }
    }

    /// Allows replacing an existing file if `force` is true. If it's false, the error about an existing file suggests `--force`.
    pub fn forced(self, force: bool) -> Self {
        Self { replace: Some(force), ..self }
    }

    /// Refuses to write to `input`, or into it if it is a folder.
    pub fn protect_input(mut self, input: Option<&Path>) -> Self {
        self.inputs.extend(input.map(Path::to_owned));
        self
    }

    pub fn is_standard_output(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Checks that the file can be written, without leaving a file behind.
    pub fn check(&self) -> Result<(), Failure> {
        if !self.is_standard_output() {
            self.check_allowed()?;
            self.temporary_file()?;
        }
        Ok(())
    }

    /// Writes the whole file. If that fails, no partial file is left.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_standard_output() {
            return emit(bytes);
        }
        self.check_allowed()?;
        // If the path leads to a pipe or a device, write to it directly instead of replacing it with a file. `check_allowed` has made sure that
        // `--force` was given. Links to a pipe or device are followed only in /dev, because a shell passes a pipe as a link such as /dev/fd/63.
        let found = if self.path.starts_with("/dev") { fs::metadata(self.path) } else { fs::symlink_metadata(self.path) };
        if found.is_ok_and(|found| !found.is_file() && !found.is_dir() && !found.is_symlink()) {
            let mut open = OpenOptions::new().write(true).open(self.path).map_err(|error| self.failed(&error))?;
            return open.write_all(bytes).map_err(|error| self.failed(&error));
        }
        let mut file = self.temporary_file()?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| self.failed(&error))?;
        let moved = if self.replace == Some(true) { file.persist(self.path) } else { file.persist_noclobber(self.path) };
        // If the temporary file couldn't be moved, the error owns it. Dropping the error deletes it.
        moved.map(drop).map_err(|error| self.failed(&error.error))
    }

    /// Creates a temporary file in the target's folder. The file is deleted when dropped, unless it has been moved.
    fn temporary_file(&self) -> Result<tempfile::NamedTempFile, Failure> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(".sarcoguide-").suffix(".part").rand_bytes(16).tempfile_in(folder);
        file.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Failure::Io(format!("{}: there is no folder {}", self.name(), shown_path(folder))),
            _ => self.failed(&error),
        })
    }

    /// Returns an error if the file must not be written.
    fn check_allowed(&self) -> Result<(), Failure> {
        let found = match fs::symlink_metadata(self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            found => Some(found.map_err(|error| self.failed(&error))?),
        };
        if self.path.is_dir() {
            return Err(Failure::Input(format!("{}: this is a folder; name a file in it", self.name())));
        }
        if let Some(input) = self.inputs.iter().find(|input| self.is_in(input)) {
            let message = format!("{}: this would overwrite the input {}; name another file", self.name(), shown_path(input));
            return Err(Failure::Input(message));
        }
        if found.is_some() && self.replace != Some(true) {
            return Err(self.failed(&io::ErrorKind::AlreadyExists.into()));
        }
        Ok(())
    }

    /// Whether the target and `input` are the same file, even if their paths differ, or the target is in the folder `input`.
    fn is_in(&self, input: &Path) -> bool {
        let input = if input.as_os_str() == "-" { Path::new("/dev/stdin") } else { input };
        if same_file(self.path, input) {
            return true;
        }
        let name = self.path.file_name().unwrap_or_default();
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let place = folder.canonicalize().map(|folder| folder.join(name));
        place.is_ok_and(|place| input.is_dir() && input.canonicalize().is_ok_and(|input| place.starts_with(input)))
    }

    fn name(&self) -> String {
        shown_path(self.path)
    }

    fn failed(&self, error: &io::Error) -> Failure {
        let why = match error.kind() {
            io::ErrorKind::AlreadyExists if self.replace.is_some() => {
                "this file exists and wasn't replaced; name another one, or replace this one with --force".to_owned()
            }
            io::ErrorKind::AlreadyExists => "this file exists and wasn't replaced; name another one".to_owned(),
            _ => reason(error),
        };
        Failure::Io(format!("{}: {why}", self.name()))
    }
}

/// Creates a folder if it doesn't exist. Its parent folder must exist.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let failed = |why: String| Failure::Io(format!("{}: {why}", shown_path(folder)));
    match fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) => Err(failed(match error.kind() {
            io::ErrorKind::NotFound => match folder.parent() {
                Some(parent) => format!("there is no folder {}", shown_path(parent)),
                None => reason(&error),
            },
            io::ErrorKind::AlreadyExists => "this is a file, not a folder".to_owned(),
            _ => reason(&error),
        })),
    }
}

/// Whether both paths lead to the same file. Follows symbolic links and recognizes hard links.
#[cfg(unix)]
fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let file = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| (found.dev(), found.ino()));
    file(one).is_some_and(|one| Some(one) == file(other))
}

#[cfg(not(unix))]
fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_could_control_a_terminal_are_escaped() {
        for (text, shown) in [
            ("plain ü\n\ttext", "plain ü\n\ttext"),
            ("\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("bell\u{7}\r back\u{8}", "bell\\u{7}\\u{d} back\\u{8}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("case\u{202e}nosj.\u{2066}\u{200f}", "case\\u{202e}nosj.\\u{2066}\\u{200f}"),
        ] {
            assert_eq!(printable(text, false), shown);
        }
        for text in ["\u{1b}[31mred\u{1b}[0m", "\u{1b}[1m\u{1b}[38;5;8mfaint\u{1b}[0m", "\u{1b}[m"] {
            assert_eq!(printable(text, true), text, "color sequences should be kept");
        }
        for text in ["\u{1b}[8mhidden", "\u{1b}[1;8mhidden", "\u{1b}[2J", "\u{1b}]0;title\u{7}", "\u{1b}[31", "\u{1b}c"] {
            assert!(!printable(text, true).contains('\u{1b}'), "{text:?}");
        }
    }
}
