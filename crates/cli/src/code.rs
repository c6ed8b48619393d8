//! The codes of all diagnostics that a check can report.

use std::fmt;

use sarcoguide_compiler::{DiagnosticCode, Severity};

/// The code of a diagnostic that `check` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckCode {
    /// A problem in the text of the guide.
    Text(sarcoguide_compiler::Code),
    /// A finding from a proof.
    Proof(sarcoguide_verify::Code),
    /// A case in the guide whose answer differs from the expected one.
    WrongCase,
}

impl CheckCode {
    /// Returns every code: first those for the guide's text, then those for proofs, then the one for cases.
    pub fn all() -> impl Iterator<Item = Self> {
        let text = sarcoguide_compiler::Code::ALL.iter().copied().map(Self::Text);
        text.chain(sarcoguide_verify::Code::ALL.into_iter().map(Self::Proof)).chain([Self::WrongCase])
    }

    /// Describes the code in one line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Text(code) => code.meaning(),
            Self::Proof(code) => code.meaning(),
            Self::WrongCase => "The answer to one of the guide's cases differs from the expected answer.",
        }
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(code) => code.fmt(formatter),
            Self::Proof(code) => formatter.write_str(code.id()),
            Self::WrongCase => formatter.write_str("C001"),
        }
    }
}

impl DiagnosticCode for CheckCode {
    fn severity(&self) -> Severity {
        match self {
            Self::Text(code) => code.severity(),
            Self::Proof(code) if !code.is_error() => Severity::Warning,
            Self::Proof(_) | Self::WrongCase => Severity::Error,
        }
    }
}
