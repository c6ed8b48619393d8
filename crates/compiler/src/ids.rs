//! Checks that names (IDs) are spelled correctly and unique.

use std::collections::BTreeMap;
use std::ops::Range;

use sarcoguide_model::is_id;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::source::Parsed;
use crate::syntax::is_keyword;
use crate::table::{Table, Text};

/// Whether `name` has the form of an ID and isn't a keyword of conditions.
fn is_name(name: &str) -> bool {
    is_id(name) && !is_keyword(name) && name != "always"
}

/// Whether `name` can be the ID of a value. Such an ID can start with a digit and contain upper-case letters, because stages and grades do.
fn is_value_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !is_keyword(name)
}

const HELP: &str = "use lower-case words joined by `_`, but not `and`, `or`, `not`, `is`, `in` or `always`";

/// The names of things of one kind, such as facts, that have been read so far.
pub(crate) struct Ids {
    what: &'static str,
    is_valid: fn(&str) -> bool,
    help: &'static str,
    seen: BTreeMap<String, (usize, Range<usize>)>,
}

impl Ids {
    /// Creates an empty list of names. `what` is the plural noun that messages use for the named things, such as `facts`.
    pub fn new(what: &'static str) -> Self {
        Self { what, is_valid: is_name, help: HELP, seen: BTreeMap::new() }
    }

    /// Creates an empty list of the names of values.
    pub fn of_values() -> Self {
        let help = "use letters, digits and `_`, but not `and`, `or`, `not`, `is` or `in`";
        Self { what: "values", is_valid: is_value_name, help, seen: BTreeMap::new() }
    }

    /// Reads the `id` of an entry. Reports an ID that isn't a valid name, or that's already in the list.
    pub fn read(&mut self, entry: &Table) -> Text {
        let id = entry.required("id");
        if !id.text.is_empty() {
            self.add(entry, &id);
        }
        id
    }

    /// Adds an ID that is written in `entry` or follows from it. Reports an ID that isn't a valid name, or that's already in the list.
    pub fn add(&mut self, entry: &Table, id: &Text) {
        if !(self.is_valid)(&id.text) {
            let message = format!("`{}` isn't a valid name", id.text);
            entry.report(Diagnostic::new(Code::BadName, message, entry.file, id.span.clone(), "here").help(self.help));
        }
        let place = (entry.file, id.span.clone());
        match self.seen.get(&id.text).cloned() {
            Some((file, span)) => {
                let message = format!("two {} are called `{}`", self.what, id.text);
                let error = Diagnostic::new(Code::DuplicateName, message, entry.file, id.span.clone(), "the second");
                entry.report(error.also(file, span, "the first").help("each name must be unique"));
            }
            None => {
                self.seen.insert(id.text.clone(), place);
            }
        }
    }
}

/// Checks files whose names are IDs: each name must be a valid ID and be unique.
pub(crate) fn check_files<'a, 'p: 'a>(files: impl Iterator<Item = &'a Parsed<'p>>, errors: &Errors) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let name = file.stem();
        if !is_name(name) {
            let error = Diagnostic::new(Code::BadName, format!("`{name}` isn't a valid name"), file.index, 0..0, "this file");
            errors.push(error.help(HELP));
        }
        if let Some(other) = seen.insert(name.to_owned(), file.index) {
            let error =
                Diagnostic::new(Code::DuplicateName, format!("two files are called `{name}`"), file.index, 0..0, "the second");
            errors.push(error.also(other, 0..0, "the first").help("each name must be unique"));
        }
    }
}
