//! Errors in files of messages.

use std::fmt;
use std::ops::Range;

/// An error or a warning about a file of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The name of the file, as passed to [`check`](crate::check).
    pub file: String,
    /// The line number, from 1.
    pub line: usize,
    /// The byte range in the file. It's empty if the problem concerns the whole file.
    pub span: Range<usize>,
    /// The problem.
    pub problem: Problem,
}

/// A problem in a file of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The language isn't a language tag, such as `de` or `pt-BR`.
    Language(String),
    /// The syntax isn't valid Fluent. Contains the parser's message.
    Syntax(String),
    /// Braces or parentheses are nested too deeply.
    TooDeep,
    /// The name of a message, term or variable isn't lowercase words joined by `-`, or is a Rust keyword.
    BadName(String),
    /// Two messages or terms have the same ID.
    DuplicateId {
        /// The ID; for a term, it begins with `-`.
        id: String,
        /// The line number of the first one.
        first: usize,
    },
    /// A message has no text.
    NoText(String),
    /// A message has an attribute, or a text refers to one.
    Attribute(String),
    /// The program has no message with this ID.
    UnknownMessage {
        /// The ID.
        id: String,
        /// The ID that was probably meant.
        suggestion: Option<String>,
    },
    /// A text refers to a message or a term that doesn't exist.
    UnknownReference {
        /// The ID of the message or term; for a term, it begins with `-`.
        name: String,
        /// The ID that was probably meant.
        suggestion: Option<String>,
    },
    /// A message or term refers to itself, directly or through others.
    CircularReference(String),
    /// A message has too many placeables (expressions in braces), including those of the messages and terms that it refers to.
    TooManyPlaceables(String),
    /// A message uses a variable that the English message doesn't have.
    UnknownVariable {
        /// The name of the variable.
        variable: String,
        /// The variables of the English message.
        known: Vec<String>,
    },
    /// A message doesn't use a variable that the English message has.
    UnusedVariable(String),
    /// A term contains a variable outside of a selector, or refers to a message.
    TermNotConstant,
    /// A message calls a function, other than `NUMBER` in a selector.
    Function(String),
    /// An expression in braces or a selector is of a kind that isn't allowed.
    Expression,
    /// A text contains a tag other than `<strong>` and `<small>`.
    UnknownTag(String),
    /// A tag isn't closed in the same text.
    NotClosed(String),
    /// An end tag has no start tag.
    NotOpen(String),
    /// A tag is inside another tag.
    NestedTag(String),
    /// The text contains a character that the program reserves for markup and slots.
    ReservedCharacter,
    /// The translation lacks these messages.
    MissingMessages(Vec<String>),
}

impl TextError {
    /// Whether this is only a warning, so that the file can still be used.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self.problem, Problem::UnusedVariable(_) | Problem::MissingMessages(_))
    }

    /// Returns advice on how to fix the problem.
    #[must_use]
    pub fn help(&self) -> String {
        self.problem.help()
    }
}

impl Problem {
    /// Returns advice on how to fix the problem.
    #[must_use]
    pub fn help(&self) -> String {
        let suggestion = |suggestion: &Option<String>, other_advice: &str| match suggestion {
            Some(name) => format!("did you mean `{name}`?"),
            None => other_advice.to_owned(),
        };
        match self {
            Self::Language(_) => "name the file after the language, for example `en.ftl` or `de.ftl`".to_owned(),
            Self::Syntax(_) => {
                "write a message as `id = text`, indent its other lines, and write a brace in the text as {\"{\"}".to_owned()
            }
            Self::TooDeep => "split it into several messages".to_owned(),
            Self::BadName(_) => "use lowercase words joined by `-`; a single word can't be a Rust keyword".to_owned(),
            Self::DuplicateId { .. } => "rename or delete one of the two".to_owned(),
            Self::NoText(_) => "write the text after `=`".to_owned(),
            Self::Attribute(_) => "make it a separate message".to_owned(),
            Self::UnknownMessage { suggestion: name, .. } => suggestion(name, "delete it, or use an ID from `guide/text/en.ftl`"),
            Self::UnknownReference { suggestion: name, .. } => suggestion(name, "add it to the file, or write its text here"),
            Self::CircularReference(_) => "replace one of the references with text".to_owned(),
            Self::TooManyPlaceables(_) => "split it into several messages".to_owned(),
            Self::UnknownVariable { known, .. } => match known.as_slice() {
                [] => "write it as text; the English message has no variables".to_owned(),
                known => {
                    let known: Vec<String> = known.iter().map(|name| format!("`{{ ${name} }}`")).collect();
                    format!("use one of the message's variables: {}", known.join(", "))
                }
            },
            Self::UnusedVariable(variable) => format!("add `{{ ${variable} }}`, unless the sentence is correct without it"),
            Self::TermNotConstant => {
                "a term has the same text everywhere; use a message, or select on a variable that each reference to the term sets"
                    .to_owned()
            }
            Self::Function(_) => "the only function call allowed is `{ NUMBER($count, type: \"ordinal\") -> ... }`".to_owned(),
            Self::Expression => "select on a variable; write numbers and the content of nested braces as text".to_owned(),
            Self::UnknownTag(_) => "use `<strong>` or `<small>`, or write `<` as {\"<\"}".to_owned(),
            Self::NotClosed(tag) => format!("add `</{tag}>` to the same text"),
            Self::NotOpen(tag) => format!("add `<{tag}>` before it in the same text, or delete it"),
            Self::NestedTag(_) => "close the other tag first".to_owned(),
            Self::ReservedCharacter => "delete it".to_owned(),
            Self::MissingMessages(_) => "translate them; until then they are shown in English".to_owned(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language(language) => write!(formatter, "`{language}` isn't a language tag"),
            Self::Syntax(why) => write!(formatter, "invalid Fluent syntax: {why}"),
            Self::TooDeep => write!(formatter, "braces or parentheses are nested too deeply"),
            Self::BadName(name) => write!(formatter, "`{name}` can't be the name of a message, term or variable"),
            Self::DuplicateId { id, first } => write!(formatter, "`{id}` is already defined on line {first}"),
            Self::NoText(id) => write!(formatter, "the message `{id}` has no text"),
            Self::Attribute(id) => write!(formatter, "the message `{id}` has an attribute"),
            Self::UnknownMessage { id, .. } => write!(formatter, "the program has no message `{id}`"),
            Self::UnknownReference { name, .. } if name.starts_with('-') => write!(formatter, "there is no term `{name}`"),
            Self::UnknownReference { name, .. } => write!(formatter, "there is no message `{name}`"),
            Self::CircularReference(id) => write!(formatter, "`{id}` refers to itself"),
            Self::TooManyPlaceables(id) => write!(formatter, "`{id}` has too many expressions in braces"),
            Self::UnknownVariable { variable, .. } => write!(formatter, "the message has no variable `{variable}`"),
            Self::UnusedVariable(variable) => write!(formatter, "the message doesn't use the variable `{variable}`"),
            Self::TermNotConstant => write!(formatter, "a term's text can't include a variable or a message"),
            Self::Function(name) => write!(formatter, "the function `{name}` can't be used here"),
            Self::Expression => write!(formatter, "the braces contain an expression that isn't allowed"),
            Self::UnknownTag(tag) => write!(formatter, "unknown tag `{tag}`"),
            Self::NotClosed(tag) => write!(formatter, "`<{tag}>` isn't closed"),
            Self::NotOpen(tag) => write!(formatter, "`</{tag}>` has no start tag"),
            Self::NestedTag(tag) => write!(formatter, "`<{tag}>` is inside another tag"),
            Self::ReservedCharacter => write!(formatter, "the text contains a private-use character"),
            Self::MissingMessages(ids) => {
                const SHOWN: usize = 10;
                let plural = if ids.len() == 1 { "message is" } else { "messages are" };
                let shown: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
                let more = if ids.len() > SHOWN { ", ..." } else { "" };
                write!(formatter, "{} {plural} missing: {}{more}", ids.len(), shown.join(", "))
            }
        }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}: {}", self.file, self.line, self.problem, self.help())
    }
}

impl std::error::Error for TextError {}
