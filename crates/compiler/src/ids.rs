//! Names: how they are spelled, and that none is used twice.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::source::Parsed;
use crate::syntax::is_keyword;
use crate::table::{Table, Text};

/// Lower case words joined by `_`, none of which means something in conditions.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !is_keyword(name)
        && name != "always"
}

/// Values may begin with a digit and carry upper case, as stages and grades do.
fn is_value_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !is_keyword(name)
}

const HELP: &str = "use lower case words joined by `_`, and no word of the conditions alone";

/// The names of one kind that were met so far.
pub(crate) struct Ids {
    what: &'static str,
    spelled: fn(&str) -> bool,
    help: &'static str,
    seen: BTreeMap<String, (usize, Range<usize>)>,
}

impl Ids {
    /// Names of facts, terms and the like; `what` is their kind in the plural.
    pub fn new(what: &'static str) -> Self {
        Self { what, spelled: is_name, help: HELP, seen: BTreeMap::new() }
    }

    /// Names of values.
    pub fn of_values() -> Self {
        let help = "use letters, digits and `_`, and no word of the conditions";
        Self { what: "values", spelled: is_value_name, help, seen: BTreeMap::new() }
    }

    /// The `id` of an entry, checked.
    pub fn read(&mut self, entry: &Table) -> Text {
        let id = entry.required("id");
        if id.text.is_empty() {
            return id;
        }
        if !(self.spelled)(&id.text) {
            let message = format!("`{}` is not a name", id.text);
            entry.report(Diagnostic::new(Code::BadName, message, entry.file, id.span.clone(), "here").help(self.help));
        }
        let place = (entry.file, id.span.clone());
        match self.seen.get(&id.text).cloned() {
            Some((file, span)) => {
                let message = format!("two {} are called `{}`", self.what, id.text);
                let error = Diagnostic::new(Code::DuplicateName, message, entry.file, id.span.clone(), "the second");
                entry.report(error.also(file, span, "the first").help("names are never used twice"));
            }
            None => {
                self.seen.insert(id.text.clone(), place);
            }
        }
        id
    }
}

/// Where the file's name is the name: it must be spelled as one, and be there once.
pub(crate) fn check_files<'a, 'p: 'a>(files: impl Iterator<Item = &'a Parsed<'p>>, errors: &Errors) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let name = file.stem();
        if !is_name(name) {
            let error = Diagnostic::new(Code::BadName, format!("`{name}` is not a name"), file.index, 0..0, "this file");
            errors.push(error.help(HELP));
        }
        if let Some(other) = seen.insert(name.to_owned(), file.index) {
            let error =
                Diagnostic::new(Code::DuplicateName, format!("two files are called `{name}`"), file.index, 0..0, "the second");
            errors.push(error.also(other, 0..0, "the first").help("names are never used twice"));
        }
    }
}
