//! What the diagnostics of a check are about: the guide's text, what is proved of it, and its cases.

use std::fmt;

use sarcoguide_compiler::{DiagnosticCode, Severity};

/// A code of anything that a check finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CheckCode {
    /// The guide's text.
    Text(sarcoguide_compiler::Code),
    /// A finding of the proofs.
    Proof(sarcoguide_verify::Code),
    /// A case whose advice is not what it expects.
    WrongCase,
}

impl CheckCode {
    /// Every code, in the order in which they are listed.
    pub fn all() -> impl Iterator<Item = Self> {
        let text = sarcoguide_compiler::Code::ALL.iter().copied().map(Self::Text);
        text.chain(sarcoguide_verify::Code::ALL.into_iter().map(Self::Proof)).chain([Self::WrongCase])
    }

    /// What it means, in one line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Text(code) => code.meaning(),
            Self::Proof(code) => code.meaning(),
            Self::WrongCase => "A case of the guide is answered otherwise than it expects.",
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
