//! Why something is not a case of a guide: where, what is wrong, what to do. The sentences are messages of the catalog.

use std::fmt;

use sarcoguide_model::{Decimal, Domain, Fact};
use sarcoguide_text::{Text, suggestion, t};

use crate::format::Format;

/// How many letters of what was written a message repeats.
const MAX_SHOWN_CHARS: usize = 60;
/// How many values of a fact a message lists.
const MAX_LISTED_VALUES: usize = 12;

/// Why something is not a case of a guide. `Display` is in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseError {
    /// Where it is wrong; none for the whole.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: Box<Problem>,
}

/// A place in a case file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: Option<usize>,
    /// From 1.
    pub column: Option<usize>,
    /// What stands there, for instance `facts.size`.
    pub part: Option<String>,
}

/// What is wrong with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It has more than [`MAX_BYTES`](crate::MAX_BYTES).
    TooLarge,
    /// It is no UTF-8.
    NotUtf8,
    /// There is nothing in it.
    Empty,
    /// It doesn't have the syntax of its format; `why` are the words of the library that read it.
    NotWellFormed { format: Format, why: String },
    /// A name has an escape that stands for no character.
    NameEscape,
    /// A text has an escape that stands for no character.
    TextEscape,
    /// It is JSON, but no object.
    NoCase,
    /// It has no part `facts`.
    NoFacts(Format),
    /// It has a part that no case has; `meant` is the nearest right name.
    UnknownPart { part: String, meant: Option<String>, format: Format },
    /// A part is there twice.
    PartTwice(String),
    /// A part holds something other than names with values.
    NotATable { part: String, format: Format },
    /// A part is something other than a text.
    NotText(String),
    /// A fact, or what matters, is stated twice.
    StatedTwice(String),
    /// It says what matters to a person, and the guide doesn't ask that.
    NoPreferences,
    /// The guide doesn't ask how much this matters; `meant` is the nearest right name.
    UnknownPreference { name: String, meant: Option<String> },
    /// This is not said of how much something matters; the `weights` are.
    NoWeight { name: String, weights: Vec<String> },
    /// What a guide answered when the case was saved is not written as the program writes it.
    WrongAnswered,
    /// The guide has no such fact; `meant` is the nearest right name.
    UnknownFact { name: String, meant: Option<String> },
    /// The fact follows from others.
    DerivedFact(String),
    /// A fact cannot be a value of this kind.
    WrongKind { called: Called, found: Kind, choices: Choices },
    /// A fact has no such value; `meant` is the nearest right one.
    NoValue { called: Called, value: String, meant: Option<String>, choices: Choices },
    /// This is no number, or none that can be kept exactly.
    NoNumber { called: Called, written: String, choices: Choices },
    /// A number has a unit that cannot be turned into the fact's own.
    WrongUnit { called: Called, written: String, choices: Choices },
    /// A number is too small or too large for the fact.
    OutOfRange { called: Called, number: Decimal, choices: Choices },
}

/// What messages call a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// By its name.
    Name(String),
    /// `this`: the question stands above the answer that was typed.
    This,
}

/// A kind of value in a case file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A date or time.
    Date,
    /// A list.
    List,
    /// An object of JSON.
    Object,
    /// A table of TOML.
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

/// What can be said of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choices {
    /// A number of a unit.
    Number { unit: String, min: Decimal, max: Decimal },
    /// One of these.
    Values(Vec<String>),
    /// One of more values than a message lists.
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

    fn in_words(&self, text: &Text) -> String {
        match self {
            Self::Number { unit, min, max } => {
                t!(text, case_write_number, min = min.to_string(), max = max.to_string(), unit = unit)
            }
            Self::Values(values) => t!(text, case_write_value, values = quoted(values)),
            Self::ManyValues => t!(text, case_list_values),
        }
    }
}

impl Problem {
    pub(crate) fn at(self, place: Place) -> CaseError {
        CaseError { place: Some(place), problem: Box::new(self) }
    }

    fn message(&self, text: &Text) -> String {
        let called = |called: &Called| match called {
            Called::Name(name) => format!("`{}`", shown(name)),
            Called::This => t!(text, case_this),
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
            Self::WrongAnswered => t!(text, case_wrong_answered),
            Self::UnknownFact { name, .. } | Self::DerivedFact(name) => t!(text, case_unknown_fact, name = shown(name)),
            Self::WrongKind { called: fact, found, choices } => {
                let found = t!(text, case_kind, kind = found.id());
                match choices {
                    Choices::Number { unit, .. } => {
                        t!(text, case_wants_number, fact = called(fact), unit = unit, found = found)
                    }
                    Choices::Values(_) | Choices::ManyValues => t!(text, case_wants_text, fact = called(fact), found = found),
                }
            }
            Self::NoValue { called: fact, value, .. } => t!(text, case_no_value, fact = called(fact), value = shown(value)),
            Self::NoNumber { called: Called::This, choices: Choices::Number { unit, min, max }, .. } => {
                t!(text, case_this_number, min = min.to_string(), max = max.to_string(), unit = unit)
            }
            Self::NoNumber { called: fact, written, .. } => {
                t!(text, case_no_number, fact = called(fact), number = shown(written))
            }
            Self::WrongUnit { called: fact, written, choices } => {
                t!(text, case_wrong_unit, fact = called(fact), unit = choices.unit(), number = shown(written))
            }
            Self::OutOfRange { called: fact, number, choices } => {
                t!(text, case_out_of_range, fact = called(fact), number = number.to_string(), unit = choices.unit())
            }
        }
    }

    fn help(&self, text: &Text) -> Option<String> {
        let meant = |meant: &Option<String>| meant.as_ref().map(|name| t!(text, case_meant, name = name));
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
            Self::UnknownPreference { meant: name, .. } => meant(name).unwrap_or_else(|| t!(text, case_list_preferences)),
            Self::NoWeight { weights, .. } => t!(text, case_write_weight, weights = quoted(weights)),
            Self::WrongAnswered => t!(text, case_wrong_answered_help),
            Self::UnknownFact { meant: name, .. } => meant(name).unwrap_or_else(|| t!(text, case_list_facts)),
            Self::DerivedFact(_) => t!(text, case_derived_fact_help),
            Self::NoValue { meant: name, choices, .. } => meant(name).unwrap_or_else(|| choices.in_words(text)),
            Self::NoNumber { called: Called::This, choices: Choices::Number { .. }, .. } => return None,
            Self::NoNumber { written, .. } if written.contains(',') => t!(text, case_decimal_point),
            Self::NoNumber { written, choices, .. } if written.contains(['.', 'e', 'E']) => {
                t!(text, case_decimals, choices = choices.in_words(text))
            }
            Self::WrongKind { choices, .. }
            | Self::NoNumber { choices, .. }
            | Self::WrongUnit { choices, .. }
            | Self::OutOfRange { choices, .. } => choices.in_words(text),
        })
    }
}

impl From<Problem> for CaseError {
    fn from(problem: Problem) -> Self {
        Self { place: None, problem: Box::new(problem) }
    }
}

impl CaseError {
    /// The same elsewhere.
    pub(crate) fn placed(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self, text: &Text) -> String {
        self.problem.message(text)
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self, text: &Text) -> Option<String> {
        self.problem.help(text)
    }

    /// Where it is wrong, what is wrong, and what to do, in one line.
    #[must_use]
    pub fn in_words(&self, text: &Text) -> String {
        let message = match &self.place {
            Some(place) => t!(text, case_at, place = place.in_words(text), message = self.message(text)),
            None => self.message(text),
        };
        match self.help(text) {
            Some(help) => t!(text, case_help, message = message, help = help),
            None => message,
        }
    }
}

impl fmt::Display for CaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.in_words(Text::english()))
    }
}

impl std::error::Error for CaseError {}

impl Place {
    /// A part, for instance `facts.size`.
    pub(crate) fn part(part: impl Into<String>) -> Self {
        Self { part: Some(part.into()), ..Self::default() }
    }

    /// A line, from 1.
    pub(crate) fn line(line: usize) -> Self {
        Self { line: Some(line), ..Self::default() }
    }

    fn in_words(&self, text: &Text) -> String {
        // Lines are counted, not measured: their numbers are written without separators.
        let line = self.line.map(|line| match self.column {
            Some(column) => t!(text, case_line_column, line = line.to_string(), column = column.to_string()),
            None => t!(text, case_line, line = line.to_string()),
        });
        line.into_iter().chain(self.part.clone()).collect::<Vec<_>>().join(", ")
    }
}

/// The nearest right name, where one is near.
pub(crate) fn meant<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggestion(word, candidates).map(str::to_owned)
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// User text for a message: one line, not too long, nothing that a terminal would act on.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut clean: String = text.chars().take(MAX_SHOWN_CHARS).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().count() > MAX_SHOWN_CHARS {
        clean.push('…');
    }
    clean
}
