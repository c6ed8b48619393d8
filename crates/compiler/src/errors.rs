//! The diagnostics of one load.

use std::cell::{Cell, RefCell};

use crate::code::{Code, Severity};
use crate::diagnostic::Diagnostic;

/// The most errors that are gathered. Nobody reads more, and one file can hold a hundred thousand.
const MAX_ERRORS: usize = 1_000;

/// Where diagnostics are gathered.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    found: RefCell<Vec<Diagnostic>>,
    /// How many errors there were, with those that were not gathered any more.
    errors: Cell<usize>,
}

impl Errors {
    /// Adds a diagnostic. Of errors there may be enough already.
    pub fn push(&self, diagnostic: Diagnostic) {
        if diagnostic.severity() == Severity::Error {
            self.errors.set(self.errors.get() + 1);
            if self.is_full() {
                return;
            }
        }
        self.found.borrow_mut().push(diagnostic);
    }

    pub fn extend(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Whether no further error is gathered, so that none need be looked for.
    pub fn is_full(&self) -> bool {
        self.errors.get() > MAX_ERRORS
    }

    /// What was gathered, and whether that is all.
    pub fn into_inner(self) -> Vec<Diagnostic> {
        let is_full = self.is_full();
        let mut found = self.found.into_inner();
        if is_full {
            let error = Diagnostic::whole(Code::TooMany, format!("the guide has more than {MAX_ERRORS} errors"));
            found.push(error.help("fix these first; the others are shown then"));
        }
        found
    }
}
