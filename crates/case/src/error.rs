//! Errors in a case or in a typed answer: where they are, what is wrong, and how to fix them. `guide/text/en.ftl` contains the English messages.

use std::fmt;

use sarcoguide_model::{Decimal, Domain, Fact, OwnQuestion};
use sarcoguide_text::{Text, suggestion, t};

use crate::format::Format;

/// The maximum number of characters of the input that a message quotes in one place.
const MAX_SHOWN_CHARS: usize = 60;
/// The maximum number of a fact's values that a message lists.
const MAX_LISTED_VALUES: usize = 12;

/// The reason why a case or a typed answer isn't valid for a guide. Its `Display` form is in English, for people who use the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseError {
    /// The place of the error, or `None` if the error concerns the whole case or a typed answer.
    pub place: Option<Place>,
    /// The kind of error, with its details.
    pub problem: Box<Problem>,
}

/// A place in a case file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The line number, from 1.
    pub line: Option<usize>,
    /// The column number, from 1.
    pub column: Option<usize>,
    /// The name of the part, or the path of the entry, such as `facts.size`.
    pub part: Option<String>,
}

/// What is wrong with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The case is larger than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// The case isn't valid UTF-8.
    NotUtf8,
    /// The case is empty.
    Empty,
    /// The case isn't well-formed in its format. `why` is the message from the parser.
    NotWellFormed { format: Format, why: String },
    /// A name contains an escape sequence that doesn't represent a character.
    NameEscape,
    /// A string contains an escape sequence that doesn't represent a character.
    TextEscape,
    /// The case is valid JSON, but not an object.
    NoCase,
    /// The case has no `facts` part.
    NoFacts(Format),
    /// The case has an unknown part. `meant` is the nearest valid name, if any.
    UnknownPart { part: String, meant: Option<String>, format: Format },
    /// A part appears twice.
    PartTwice(String),
    /// A part isn't an object (JSON) or a table (TOML).
    NotATable { part: String, format: Format },
    /// A part that must be a string isn't one.
    NotText(String),
    /// A fact or a preference is stated twice.
    StatedTwice(String),
    /// The case states preferences, but the guide doesn't ask for any.
    NoPreferences,
    /// The guide doesn't ask for this preference. `meant` is the nearest valid name, if any.
    UnknownPreference { name: String, meant: Option<String> },
    /// A preference has an unknown weight (how much it matters). `weights` lists the valid ones.
    NoWeight { name: String, weights: Vec<String> },
    /// A question on the person's own list isn't in the form that the program writes, or there are too many.
    InvalidQuestion,
    /// The `answered` part isn't in the form that the program writes.
    InvalidAnswered,
    /// The guide has no such fact. `meant` is the nearest valid name, if any.
    UnknownFact { name: String, meant: Option<String> },
    /// The fact is derived from `facts`, so a case can't state it. `reported` is the fact for the value that a report gives, if there is one.
    DerivedFact { name: String, facts: Vec<String>, reported: Option<String> },
    /// The fact can't have a value of this kind.
    WrongKind { fact: FactName, found: Kind, choices: Choices },
    /// The fact has no such value. `meant` lists the values that are probably meant, if any. It has several if a name stands for several values.
    NoValue { fact: FactName, value: String, meant: Vec<String>, choices: Choices },
    /// The value isn't a number, or the number can't be stored exactly.
    InvalidNumber { fact: FactName, written: String, choices: Choices },
    /// The number has a unit that can't be converted exactly to the fact's unit.
    WrongUnit { fact: FactName, written: String, choices: Choices },
    /// No number is in the range.
    EmptyRange { fact: FactName, written: String, choices: Choices },
    /// The number is too small or too large for the fact.
    OutOfRange { fact: FactName, number: Decimal, choices: Choices },
}

/// How a message refers to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactName {
    /// By the ID of the fact.
    Id(String),
    /// As "this", because the person has just read the question.
    This,
}

/// The kind of a value in a case file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A date or time.
    Date,
    /// A list.
    List,
    /// A JSON object.
    Object,
    /// A TOML table.
    Table,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Date => "date",
            Self::List => "list",
            Self::Object => "object",
            Self::Table => "table",
        }
    }
}

/// The values that a fact can have, in the form that a message shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choices {
    /// A number from `min` to `max`, in `unit`.
    Number { unit: String, min: Decimal, max: Decimal },
    /// One of these values.
    Values(Vec<String>),
    /// One of the fact's values. There are too many to list in a message.
    ManyValues,
}

impl Choices {
    pub(crate) fn of(fact: &Fact) -> Self {
        match &fact.domain {
            Domain::Number { unit, min, max } => Self::Number { unit: unit.clone(), min: *min, max: *max },
            Domain::Values(values) if values.len() <= MAX_LISTED_VALUES => {
                Self::Values(values.iter().map(|value| value.id.clone()).collect())
            }
            Domain::Values(_) => Self::ManyValues,
        }
    }

    fn unit(&self) -> &str {
        if let Self::Number { unit, .. } = self { unit } else { "" }
    }

    /// What a person can write. `None` if there are too many values to list.
    fn in_words(&self, text: &Text) -> Option<String> {
        match self {
            Self::Number { unit, min, max } => {
                Some(t!(text, case_write_number, min = min.to_string(), max = max.to_string(), unit = unit))
            }
            Self::Values(values) => Some(t!(text, case_write_value, values = quoted(values))),
            Self::ManyValues => None,
        }
    }
}

impl Problem {
    pub(crate) fn at(self, place: Place) -> CaseError {
        CaseError { place: Some(place), problem: Box::new(self) }
    }

    fn message(&self, text: &Text) -> String {
        let name_of = |fact: &FactName| match fact {
            FactName::Id(name) => format!("`{}`", shown(name)),
            FactName::This => t!(text, case_this),
        };
        match self {
            Self::TooLarge => t!(text, case_too_large),
            Self::NotUtf8 => t!(text, case_not_utf8),
            Self::Empty => t!(text, case_empty),
            Self::NotWellFormed { format: Format::Json, why } => t!(text, case_not_json, why = shown(why)),
            Self::NotWellFormed { format: Format::Toml, why } => t!(text, case_not_toml, why = shown(why)),
            Self::NameEscape => t!(text, case_name_escape),
            Self::TextEscape => t!(text, case_text_escape),
            Self::NoCase => t!(text, case_no_case),
            Self::NoFacts(_) => t!(text, case_no_facts),
            Self::UnknownPart { part, .. } => t!(text, case_unknown_part, part = shown(part)),
            Self::PartTwice(part) => t!(text, case_part_twice, part = shown(part)),
            Self::NotATable { part, format: Format::Json } => t!(text, case_not_an_object, part = shown(part)),
            Self::NotATable { part, format: Format::Toml } => t!(text, case_not_a_table, part = shown(part)),
            Self::NotText(part) => t!(text, case_not_text, part = shown(part)),
            Self::StatedTwice(name) => t!(text, case_stated_twice, name = shown(name)),
            Self::NoPreferences => t!(text, case_no_preferences),
            Self::UnknownPreference { name, .. } => t!(text, case_unknown_preference, name = shown(name)),
            Self::NoWeight { name, .. } => t!(text, case_no_weight, name = shown(name)),
            Self::InvalidQuestion => t!(text, case_wrong_question),
            Self::InvalidAnswered => t!(text, case_wrong_answered),
            Self::UnknownFact { name, .. } => t!(text, case_unknown_fact, name = shown(name)),
            Self::DerivedFact { name, .. } => t!(text, case_derived_fact, name = shown(name)),
            Self::WrongKind { fact, found, choices } => {
                let found = t!(text, case_kind, kind = found.id());
                match choices {
                    Choices::Number { unit, .. } => {
                        t!(text, case_wants_number, fact = name_of(fact), unit = unit, found = found)
                    }
                    Choices::Values(_) | Choices::ManyValues => t!(text, case_wants_text, fact = name_of(fact), found = found),
                }
            }
            Self::NoValue { fact, value, .. } => t!(text, case_no_value, fact = name_of(fact), value = shown(value)),
            Self::InvalidNumber { fact: FactName::This, choices: Choices::Number { unit, min, max }, .. } => {
                t!(text, case_this_number, min = min.to_string(), max = max.to_string(), unit = unit)
            }
            Self::InvalidNumber { fact, written, .. } => {
                t!(text, case_no_number, fact = name_of(fact), number = shown(written))
            }
            Self::WrongUnit { fact, written, choices } => {
                t!(text, case_wrong_unit, fact = name_of(fact), unit = choices.unit(), number = shown(written))
            }
            Self::EmptyRange { fact, written, .. } => {
                t!(text, case_empty_range, fact = name_of(fact), number = shown(written))
            }
            Self::OutOfRange { fact, number, choices } => {
                t!(text, case_out_of_range, fact = name_of(fact), number = number.to_string(), unit = choices.unit())
            }
        }
    }

    fn help(&self, text: &Text) -> Option<String> {
        Some(match self {
            Self::TooLarge => t!(text, case_too_large_help),
            Self::NotUtf8 => t!(text, case_not_utf8_help),
            Self::Empty => t!(text, case_empty_help),
            Self::NotWellFormed { .. } | Self::NameEscape | Self::TextEscape => return None,
            Self::NoCase | Self::NoFacts(Format::Json) | Self::NotATable { format: Format::Json, .. } => t!(text, case_like),
            Self::NoFacts(Format::Toml) => t!(text, case_no_facts_help),
            Self::UnknownPart { meant: Some(name), .. } => t!(text, case_meant, name = name),
            Self::UnknownPart { format: Format::Json, .. } => t!(text, case_like),
            Self::UnknownPart { format: Format::Toml, .. } => t!(text, case_facts_table),
            Self::PartTwice(_) | Self::StatedTwice(_) => t!(text, case_keep_one),
            Self::NotATable { part, .. } => t!(text, case_write_table, part = shown(part)),
            Self::NotText(_) => t!(text, case_not_text_help),
            Self::NoPreferences => t!(text, case_no_preferences_help),
            Self::UnknownPreference { meant, .. } | Self::UnknownFact { meant, .. } => {
                t!(text, case_meant, name = meant.as_ref()?)
            }
            Self::NoWeight { weights, .. } => t!(text, case_write_weight, weights = quoted(weights)),
            Self::InvalidQuestion => {
                t!(text, case_wrong_question_help, count = OwnQuestion::MAX_COUNT, characters = OwnQuestion::MAX_CHARS)
            }
            Self::InvalidAnswered => t!(text, case_wrong_answered_help),
            Self::DerivedFact { facts, reported: Some(name), .. } => {
                t!(text, case_derived_fact_reported, name = shown(name), facts = quoted(facts))
            }
            Self::DerivedFact { facts, .. } => t!(text, case_derived_fact_help, facts = quoted(facts)),
            Self::NoValue { meant, choices, .. } => match meant.as_slice() {
                [] => return choices.in_words(text),
                [name] => t!(text, case_meant, name = name),
                names => t!(text, case_meant_several, names = quoted(names)),
            },
            Self::InvalidNumber { fact: FactName::This, choices: Choices::Number { .. }, .. } => return None,
            Self::InvalidNumber { written, .. } if written.contains(',') => t!(text, case_decimal_point),
            Self::InvalidNumber { written, choices, .. } if written.contains(['.', 'e', 'E']) => {
                t!(text, case_decimals, choices = choices.in_words(text)?)
            }
            Self::WrongKind { choices, .. }
            | Self::InvalidNumber { choices, .. }
            | Self::WrongUnit { choices, .. }
            | Self::EmptyRange { choices, .. }
            | Self::OutOfRange { choices, .. } => return choices.in_words(text),
        })
    }

    /// The hint that the command gives if there is no other: its command that lists what a case can contain.
    fn command_help(&self, text: &Text) -> Option<String> {
        match self {
            Self::UnknownPreference { .. } => Some(t!(text, case_list_preferences)),
            Self::UnknownFact { .. } => Some(t!(text, case_list_facts)),
            Self::NoValue { choices: Choices::ManyValues, .. } | Self::WrongKind { choices: Choices::ManyValues, .. } => {
                Some(t!(text, case_list_values))
            }
            _ => None,
        }
    }
}

impl From<Problem> for CaseError {
    fn from(problem: Problem) -> Self {
        Self { place: None, problem: Box::new(problem) }
    }
}

impl CaseError {
    /// Sets the place of the error.
    pub(crate) fn placed(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The message, which says what is wrong.
    #[must_use]
    pub fn message(&self, text: &Text) -> String {
        self.problem.message(text)
    }

    /// The hint on how to fix the error, if there is one.
    #[must_use]
    pub fn help(&self, text: &Text) -> Option<String> {
        self.problem.help(text)
    }

    /// The place, the message and the hint in one line, for people who may not use the command.
    #[must_use]
    pub fn in_words(&self, text: &Text) -> String {
        self.with_help(text, self.help(text))
    }

    /// The same as [`in_words`](Self::in_words), for people who use the command. If there is no other hint, it can name another command.
    #[must_use]
    pub fn in_words_for_command(&self, text: &Text) -> String {
        self.with_help(text, self.help(text).or_else(|| self.problem.command_help(text)))
    }

    fn with_help(&self, text: &Text, help: Option<String>) -> String {
        let message = match &self.place {
            Some(place) => t!(text, case_at, place = place.in_words(text), message = self.message(text)),
            None => self.message(text),
        };
        match help {
            Some(help) => t!(text, case_help, message = message, help = help),
            None => message,
        }
    }
}

impl fmt::Display for CaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.in_words_for_command(Text::english()))
    }
}

impl std::error::Error for CaseError {}

impl Place {
    /// The place of a part or entry, such as `facts.size`.
    pub(crate) fn part(part: impl Into<String>) -> Self {
        Self { part: Some(part.into()), ..Self::default() }
    }

    /// The place of the line with this number, from 1.
    pub(crate) fn line(line: usize) -> Self {
        Self { line: Some(line), ..Self::default() }
    }

    fn in_words(&self, text: &Text) -> String {
        // Line numbers are passed as strings so that they're formatted without digit separators.
        let line = self.line.map(|line| match self.column {
            Some(column) => t!(text, case_line_column, line = line.to_string(), column = column.to_string()),
            None => t!(text, case_line, line = line.to_string()),
        });
        line.into_iter().chain(self.part.clone()).collect::<Vec<_>>().join(", ")
    }
}

/// Returns the candidate nearest to `word`, if a candidate is similar enough.
pub(crate) fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggestion(word, candidates).map(str::to_owned)
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Prepares user input for a message: shortens it, replaces control characters, and escapes characters that change the writing direction, such as
/// `\u{202e}`. As a result, the input fits on one line, can't affect a terminal, and can't be displayed in a different order.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(4 * MAX_SHOWN_CHARS));
    for c in text.chars().take(MAX_SHOWN_CHARS) {
        if is_bidi_control(c) {
            clean.extend(c.escape_unicode());
        } else {
            clean.push(if c.is_control() { '\u{fffd}' } else { c });
        }
    }
    if text.chars().count() > MAX_SHOWN_CHARS {
        clean.push('…');
    }
    clean
}

/// Whether a character has the Unicode property Bidi_Control. Such characters can make a name look different from what it is.
#[must_use]
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
