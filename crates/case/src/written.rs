//! The contents of a case file before its names are looked up in a guide.

use sarcoguide_model::OwnQuestion;

use crate::error::{Kind, Place};

/// The name of the part with the facts. Every case file must have it.
pub(crate) const FACTS: &str = "facts";
/// The name of the part with the person's preferences.
pub(crate) const WHAT_MATTERS: &str = "what_matters";
/// The name of the part with the person's own questions for a visit.
pub(crate) const QUESTIONS: &str = "my_questions";
/// The name of the part with a guide's verdicts at the time the case was saved.
pub(crate) const ANSWERED: &str = "answered";
/// The name of the nested object in `answered` that maps treatments to verdicts.
pub(crate) const VERDICTS: &str = "verdicts";
/// The name of the nested object in `answered` that maps treatments to standings.
pub(crate) const STANDINGS: &str = "standings";
/// The names of the optional text parts. They're for people who read the file, and have no effect on the answer.
pub(crate) const TEXTS: [&str; 2] = ["name", "story"];
/// All parts that a case file may have.
pub(crate) const PARTS: [&str; 6] = [FACTS, WHAT_MATTERS, QUESTIONS, ANSWERED, TEXTS[0], TEXTS[1]];
/// The value in a case that states that a list of facts is complete.
pub const COMPLETE: &str = "complete";
/// The value that explicitly states a fact as unknown.
pub(crate) const UNKNOWN: &str = "unknown";

/// A value in a case file, before it's checked against the guide.
#[derive(Debug)]
pub(crate) enum Raw {
    Null,
    Bool(bool),
    /// A number, exactly as written.
    Number(String),
    Text(String),
    /// A value of a kind that no fact can have.
    Other(Kind),
}

/// A name in a case file, with its value and its place in the file.
#[derive(Debug)]
pub(crate) struct Entry {
    pub name: String,
    pub raw: Raw,
    pub place: Place,
}

/// The parts of a case file.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub facts: Vec<Entry>,
    pub preferences: Vec<Entry>,
    pub questions: Vec<OwnQuestion>,
    pub answered: Option<Answered>,
}

/// A guide's verdicts and standings at the time the case was saved.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    pub entries: Vec<Entry>,
    pub verdicts: Vec<Entry>,
    pub standings: Vec<Entry>,
}

/// Whether these can be a person's own questions: not too many, each with a valid text.
pub(crate) fn are_valid(questions: &[OwnQuestion]) -> bool {
    questions.len() <= OwnQuestion::MAX_COUNT && questions.iter().all(|question| OwnQuestion::is_valid_text(&question.text))
}
