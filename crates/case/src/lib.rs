//! Reads a case: facts with values, from JSON, TOML, or answers typed one by one.
//!
//! A fact that is not there is unknown. A fact or value that the guide does not know is an error that names the place and the nearest
//! right name; nothing is guessed, rounded or dropped.

mod answer;
mod error;
mod json;
mod toml;

use sarcoguide_model::{Case, FactId, Guide, Known};

pub use answer::parse_answer;
pub use error::CaseError;

/// The most bytes that a case may have: 1 MiB.
pub const MOST_BYTES: usize = 1 << 20;

/// How a case is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{"facts": {"age": 54}}`
    Json,
    /// `[facts]` and `age = 54`
    Toml,
}

impl Format {
    /// The format of a text of which nothing else is known: JSON when it begins with a brace.
    #[must_use]
    pub fn guess(bytes: &[u8]) -> Self {
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Json,
            _ => Self::Toml,
        }
    }
}

/// Reads a case.
///
/// # Errors
///
/// For anything that is not a case of this guide, with the place and what to do.
pub fn read(guide: &Guide, bytes: &[u8], format: Format) -> Result<Case, CaseError> {
    if bytes.len() > MOST_BYTES {
        return Err(
            CaseError::whole("the case is larger than 1 MiB").help("a case states a few dozen facts; is this the right file?")
        );
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        CaseError::at(format!("line {line}"), "this is not UTF-8 text").help("save the file as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(CaseError::whole("the case is empty").help(r#"write at least {"facts": {}}"#));
    }
    match format {
        Format::Json => from_json(guide, text),
        Format::Toml => from_toml(guide, text),
    }
}

/// Reads a case from JSON.
///
/// # Errors
///
/// As [`read`].
pub fn from_json(guide: &Guide, text: &str) -> Result<Case, CaseError> {
    build(guide, json::entries(text)?)
}

/// Reads a case from TOML.
///
/// # Errors
///
/// As [`read`].
pub fn from_toml(guide: &Guide, text: &str) -> Result<Case, CaseError> {
    build(guide, toml::entries(text)?)
}

/// Writes a case as JSON, so that [`from_json`] reads the same case back.
#[must_use]
pub fn to_json(guide: &Guide, case: &Case) -> String {
    let mut facts = serde_json::Map::new();
    for id in case.stated() {
        let fact = &guide.facts[id.index()];
        let value = match case.get(id) {
            Known::Unknown => continue,
            Known::Value(index) => fact.domain.values()[usize::from(index)].id.clone().into(),
            Known::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(serde_json::Value::Null),
        };
        facts.insert(fact.id.clone(), value);
    }
    let document = serde_json::json!({ "facts": facts });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// What stands behind a fact's name in a file.
#[derive(Debug)]
enum Raw {
    /// Stated as unknown.
    Null,
    Bool(bool),
    /// A number, as its digits.
    Number(String),
    Text(String),
    /// Something that no fact can be, by its kind's name.
    Other(&'static str),
}

/// A fact's name, what stands behind it, and where.
#[derive(Debug)]
struct Entry {
    name: String,
    raw: Raw,
    place: String,
}

fn build(guide: &Guide, entries: Vec<Entry>) -> Result<Case, CaseError> {
    let mut case = Case::unknown(guide.facts.len());
    let mut seen: Vec<FactId> = Vec::new();
    for entry in entries {
        let fact = find(guide, &entry)?;
        if seen.contains(&fact) {
            return Err(CaseError::at(entry.place, format!("`{}` is stated twice", entry.name)).help("keep one of the two"));
        }
        seen.push(fact);
        let known = answer::known(guide, fact, &entry.raw).map_err(|error| error.placed(entry.place))?;
        case.set(fact, known);
    }
    Ok(case)
}

fn find(guide: &Guide, entry: &Entry) -> Result<FactId, CaseError> {
    if let Some(fact) = guide.fact(&entry.name) {
        return Ok(fact);
    }
    let error = CaseError::at(&entry.place, format!("the guide knows no fact `{}`", error::shown(&entry.name)));
    if guide.derived_fact(&entry.name).is_some() {
        return Err(error.help("it is worked out from other facts; state those instead"));
    }
    Err(error
        .nearest(&entry.name, guide.facts.iter().map(|fact| fact.id.as_str()))
        .or_help("`sarcoguide schema case` lists the facts"))
}
