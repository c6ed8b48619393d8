//! Collects the diagnostics of one load.

use std::cell::{Cell, RefCell};

use crate::code::{Code, Severity};
use crate::diagnostic::Diagnostic;

/// The maximum number of errors to keep. Nobody reads more, and a single file can cause a hundred thousand.
const MAX_ERRORS: usize = 1_000;

/// The diagnostics found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    found: RefCell<Vec<Diagnostic>>,
    /// The number of errors found, including those that weren't kept.
    errors: Cell<usize>,
}

impl Errors {
    /// Adds a diagnostic. Errors beyond [`MAX_ERRORS`] are only counted.
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

    /// Whether any errors have been found so far.
    pub fn has_errors(&self) -> bool {
        self.errors.get() > 0
    }

    /// Whether there are already too many errors, so that looking for more is pointless.
    pub fn is_full(&self) -> bool {
        self.errors.get() > MAX_ERRORS
    }

    /// Returns the diagnostics. If some errors weren't kept, the last diagnostic says so.
    pub fn into_inner(self) -> Vec<Diagnostic> {
        let is_full = self.is_full();
        let mut found = self.found.into_inner();
        if is_full {
            let error = Diagnostic::whole(Code::TooMany, format!("the guide has more than {MAX_ERRORS} errors"));
            found.push(error.help("fix these first to see the others"));
        }
        found
    }
}
