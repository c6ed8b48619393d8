//! What is wrong in a file of messages.

use std::fmt;
use std::ops::Range;

/// Something wrong in a file of messages, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The name of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The bytes of the file; empty for the file as a whole.
    pub span: Range<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong in a file of messages.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file is named after no language.
    Language(String),
    /// This is not Fluent.
    Syntax(String),
    /// Braces are nested too deeply to be read.
    TooDeep,
    /// An id is not lower case words joined by `-`, or is a word of Rust.
    BadName(String),
    /// An id is used twice.
    DuplicateId {
        /// The id; that of a term begins with `-`.
        id: String,
        /// The line of the first.
        first: usize,
    },
    /// A message has no text.
    NoText(String),
    /// A message has an attribute.
    Attribute(String),
    /// The program has no such message.
    UnknownMessage {
        /// The id.
        id: String,
        /// The id that was probably meant.
        suggestion: Option<String>,
    },
    /// A text refers to a message or a term that does not exist.
    UnknownReference {
        /// What it names; a term begins with `-`.
        name: String,
        /// The name that was probably meant.
        suggestion: Option<String>,
    },
    /// A message refers to itself, at once or through others.
    Circle(String),
    /// A message has more placeables, with those of what it refers to, than are formatted.
    TooManyParts(String),
    /// A message has no such variable.
    UnknownVariable {
        /// The variable.
        variable: String,
        /// Those that the program gives.
        known: Vec<String>,
    },
    /// A message leaves out a variable that the English one has.
    VariableLeftOut(String),
    /// A term has a variable or refers to a message.
    DependentTerm,
    /// A function other than `NUMBER` of a selector.
    Function(String),
    /// A selector or a placeable of a kind that is not used here.
    Expression,
    /// A tag other than `<strong>` and `<small>`.
    UnknownTag(String),
    /// A tag is not closed in its text.
    NotClosed(String),
    /// A tag is closed that is not open.
    NotOpen(String),
    /// A tag stands in another.
    NestedTag(String),
    /// A character that stands for markup within the program.
    ReservedCharacter,
    /// Messages that a complete language has are missing.
    MissingMessages(Vec<String>),
}

impl TextError {
    /// Whether the file can be used all the same.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        matches!(self.problem, Problem::VariableLeftOut(_) | Problem::MissingMessages(_))
    }

    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        self.problem.help()
    }
}

impl Problem {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        let suggestion = |suggestion: &Option<String>, otherwise: &str| match suggestion {
            Some(name) => format!("did you mean `{name}`?"),
            None => otherwise.to_owned(),
        };
        match self {
            Self::Language(_) => "name the file after the language, for instance `en.ftl` or `de.ftl`".to_owned(),
            Self::Syntax(_) => {
                "a message is `id = text`; lines that belong to it are indented; a brace in a text is written {\"{\"}".to_owned()
            }
            Self::TooDeep => "write several messages".to_owned(),
            Self::BadName(_) => "use lower case words joined by `-`, and no word of Rust alone".to_owned(),
            Self::DuplicateId { .. } => "rename or delete one of the two".to_owned(),
            Self::NoText(_) => "write a text after `=`".to_owned(),
            Self::Attribute(_) => "make it a message of its own".to_owned(),
            Self::UnknownMessage { suggestion: name, .. } => {
                suggestion(name, "delete it, or use an id of the program's English, guide/text/en.ftl")
            }
            Self::UnknownReference { suggestion: name, .. } => suggestion(name, "add it to the file, or write the text itself"),
            Self::Circle(_) => "write the text itself in one of the messages".to_owned(),
            Self::TooManyParts(_) => "write several messages".to_owned(),
            Self::UnknownVariable { known, .. } => match known.as_slice() {
                [] => "the message has no variables".to_owned(),
                known => {
                    let known: Vec<String> = known.iter().map(|name| format!("`{{ ${name} }}`")).collect();
                    format!("the message has {}", known.join(", "))
                }
            },
            Self::VariableLeftOut(variable) => format!("add `{{ ${variable} }}`, unless the sentence is right without it"),
            Self::DependentTerm => {
                "a term is the same everywhere: use a message, or a select on a variable that each use gives".to_owned()
            }
            Self::Function(_) => "only `{ NUMBER($count, type: \"ordinal\") -> ... }` is possible".to_owned(),
            Self::Expression => "select on a variable, and write what stands in the inner braces itself".to_owned(),
            Self::UnknownTag(_) => "use `<strong>` or `<small>`; a bare `<` is written {\"<\"}".to_owned(),
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
            Self::Language(language) => write!(formatter, "`{language}` is not the tag of a language"),
            Self::Syntax(why) => write!(formatter, "this is not Fluent: {why}"),
            Self::TooDeep => write!(formatter, "braces are nested too deeply"),
            Self::BadName(name) => write!(formatter, "`{name}` cannot be the name of a message or a variable"),
            Self::DuplicateId { id, first } => write!(formatter, "there is already a `{id}` on line {first}"),
            Self::NoText(id) => write!(formatter, "the message `{id}` has no text"),
            Self::Attribute(id) => write!(formatter, "the message `{id}` has an attribute"),
            Self::UnknownMessage { id, .. } => write!(formatter, "the program has no message `{id}`"),
            Self::UnknownReference { name, .. } if name.starts_with('-') => write!(formatter, "there is no term `{name}`"),
            Self::UnknownReference { name, .. } => write!(formatter, "there is no message `{name}`"),
            Self::Circle(id) => write!(formatter, "`{id}` refers to itself"),
            Self::TooManyParts(id) => write!(formatter, "`{id}` has too many parts in braces"),
            Self::UnknownVariable { variable, .. } => write!(formatter, "the message has no variable `{variable}`"),
            Self::VariableLeftOut(variable) => write!(formatter, "the message leaves out `{variable}`"),
            Self::DependentTerm => write!(formatter, "a term shows a variable or a message"),
            Self::Function(name) => write!(formatter, "the function `{name}` cannot be used like this"),
            Self::Expression => write!(formatter, "this cannot stand in braces here"),
            Self::UnknownTag(tag) => write!(formatter, "there is no markup `{tag}`"),
            Self::NotClosed(tag) => write!(formatter, "`<{tag}>` is not closed"),
            Self::NotOpen(tag) => write!(formatter, "`</{tag}>` closes nothing"),
            Self::NestedTag(tag) => write!(formatter, "`<{tag}>` stands within other markup"),
            Self::ReservedCharacter => write!(formatter, "a text has a private-use character"),
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
