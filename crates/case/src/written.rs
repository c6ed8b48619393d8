//! A case file as it is written, before its names are looked up.

use crate::error::{Kind, Place};

/// The part with the facts. It must be there.
pub(crate) const FACTS: &str = "facts";
/// The part that says what matters to the person.
pub(crate) const WHAT_MATTERS: &str = "what_matters";
/// The part that says what a guide answered when the case was saved.
pub(crate) const ANSWERED: &str = "answered";
/// The part of `answered` that has parts of its own.
pub(crate) const VERDICTS: &str = "verdicts";
/// Texts beside the facts, for people and not for the guide.
pub(crate) const TEXTS: [&str; 2] = ["name", "story"];
/// The parts that a case file may have.
pub(crate) const PARTS: [&str; 5] = [FACTS, WHAT_MATTERS, ANSWERED, TEXTS[0], TEXTS[1]];
/// What is written for a fact that is not known.
pub(crate) const UNKNOWN: &str = "unknown";

/// What stands behind a fact's name in a file.
#[derive(Debug)]
pub(crate) enum Raw {
    Null,
    Bool(bool),
    /// A number, as its digits.
    Number(String),
    Text(String),
    /// Something that no fact can be.
    Other(Kind),
}

/// A name, what stands behind it, and where.
#[derive(Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub raw: Raw,
    pub place: Place,
}

/// A case file by its parts.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub facts: Vec<Entry>,
    pub preferences: Vec<Entry>,
    pub answered: Option<Answered>,
}

/// What a guide answered when the case was saved.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub entries: Vec<Entry>,
    pub verdicts: Vec<Entry>,
}
