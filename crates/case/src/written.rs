//! A case file as it is written, before its names are looked up.

use crate::error::{Kind, Place};

/// The parts that a case file may have.
pub(crate) const PARTS: [&str; 4] = ["facts", "what_matters", "name", "story"];

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
}
