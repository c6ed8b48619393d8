//! Reads a case: facts with values, from JSON, TOML, or answers typed one at a time.
//!
//! A fact that a case leaves out is unknown. A fact or value that the guide doesn't know is an error with its place and the nearest name. Nothing is guessed, rounded or
//! dropped.
//!
//! ```
//! # use sarcoguide_model::{Decimal, Domain, Fact, FactKind};
//! use sarcoguide_case::{Format, read};
//! use sarcoguide_model::{FactId, FactValue};
//!
//! # let number = |n| Decimal::from_whole(n).expect("a small number");
//! # let age = Fact {
//! #     id: "age".to_owned(),
//! #     name: "Age".to_owned(),
//! #     area: "person".to_owned(),
//! #     kind: FactKind::Number,
//! #     domain: Domain::Number { unit: "years".to_owned(), min: number(0), max: number(120) },
//! #     question: "How old are you?".to_owned(),
//! #     why: None,
//! #     where_to_find: None,
//! #     codes: Default::default(),
//! #     from: Vec::new(),
//! # };
//! # let guide = sarcoguide_testkit::empty_guide(vec![age]);
//! // This guide has one fact, `age`.
//! let file = read(&guide, br#"{"facts": {"age": 54}}"#, Format::Json).expect("a case");
//! assert_eq!(file.case.get(FactId::new(0)), FactValue::Number(Decimal::from_whole(54).expect("a small number")));
//!
//! let error = read(&guide, br#"{"facts": {"agee": 54}}"#, Format::Json).expect_err("an unknown fact");
//! assert!(error.to_string().contains("did you mean `age`?"));
//! ```

mod answer;
mod error;
mod format;
mod json;
mod schema;
mod toml;
mod unit;
mod written;

use std::collections::BTreeMap;

use sarcoguide_model::{Case, FactId, FactValue, Guide, WeighedValue};
use serde::Serialize;
use serde_json::value::RawValue;

use error::meant;
use format::BYTE_ORDER_MARK;
use written::{Entry, Parts, Raw};

pub use answer::{parse_answer, toml_value};
pub use error::{Called, CaseError, Choices, Kind, Place, Problem};
pub use format::Format;
pub use schema::schema;
pub use unit::convert;

/// The most bytes that a case may have: 64 kB. One that states every fact has about a tenth of that.
pub const MAX_BYTES: usize = 64 << 10;

/// What a case file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The facts.
    pub case: Case,
    /// Facts of which it is said that they are not known, in the order of the vocabulary. For the answer they are as those of which
    /// nothing is said.
    pub unknown: Vec<FactId>,
    /// What matters to the person, in the order of the exercise. It changes no answer.
    pub preferences: Vec<WeighedValue>,
}

impl CaseFile {
    /// A case of which no more is said than its facts.
    #[must_use]
    pub fn of(case: Case) -> Self {
        Self { case, unknown: Vec::new(), preferences: Vec::new() }
    }

    /// Writes it as JSON, so that [`from_json`] reads the same back.
    #[must_use]
    pub fn to_json(&self, guide: &Guide) -> String {
        let mut document = BTreeMap::from([("facts", self.facts(guide))]);
        if !self.preferences.is_empty() {
            document.insert("what_matters", self.values(guide));
        }
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    fn facts<'g>(&self, guide: &'g Guide) -> BTreeMap<&'g str, Written<'g>> {
        let value = |id: FactId| {
            let fact = &guide[id];
            let written = match self.case.get(id) {
                FactValue::Unknown => Written::Null,
                FactValue::Value(index) => Written::Text(&fact.domain.values()[usize::from(index)].id),
                // Its digits: a floating-point number might not keep them.
                FactValue::Number(number) => RawValue::from_string(number.to_string()).map_or(Written::Null, Written::Number),
            };
            (fact.id.as_str(), written)
        };
        self.case.stated().chain(self.unknown.iter().copied()).map(value).collect()
    }

    fn values<'g>(&self, guide: &'g Guide) -> BTreeMap<&'g str, Written<'g>> {
        let pair = |weighed: &WeighedValue| {
            let exercise = guide.exercise.as_ref()?;
            let weight = exercise.weights.get(weighed.weight)?;
            Some((exercise.values.get(weighed.value)?.id.as_str(), Written::Text(&weight.id)))
        };
        self.preferences.iter().filter_map(pair).collect()
    }
}

/// A value of a case file as it is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'g> {
    Null,
    Text(&'g str),
    Number(Box<RawValue>),
}

/// Reads a case.
///
/// # Errors
///
/// For anything that is not a case of this guide, with the place and what to do.
pub fn read(guide: &Guide, bytes: &[u8], format: Format) -> Result<CaseFile, CaseError> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge.into());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        Problem::NotUtf8.at(Place::line(line))
    })?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Problem::Empty.into());
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
pub fn from_json(guide: &Guide, text: &str) -> Result<CaseFile, CaseError> {
    build(guide, json::parts(text)?)
}

/// Reads a case from TOML.
///
/// # Errors
///
/// As [`read`].
pub fn from_toml(guide: &Guide, text: &str) -> Result<CaseFile, CaseError> {
    build(guide, toml::parts(text)?)
}

/// Writes a case as JSON, so that [`from_json`] reads the same case back.
#[must_use]
pub fn to_json(guide: &Guide, case: &Case) -> String {
    CaseFile::of(case.clone()).to_json(guide)
}

fn build(guide: &Guide, parts: Parts) -> Result<CaseFile, CaseError> {
    let twice = |entry: Entry| Err(Problem::StatedTwice(entry.name).at(entry.place));
    let mut facts = BTreeMap::new();
    for entry in parts.facts {
        let fact = find(guide, &entry)?;
        if facts.contains_key(&fact) {
            return twice(entry);
        }
        let known = answer::fact_value(&guide[fact], &guide.types, &Called::Name(entry.name), &entry.raw)
            .map_err(|error| error.placed(entry.place))?;
        facts.insert(fact, known);
    }
    let mut weighed = BTreeMap::new();
    for entry in parts.preferences {
        let WeighedValue { value, weight } = weighed_value(guide, &entry)?;
        if weighed.insert(value, weight).is_some() {
            return twice(entry);
        }
    }
    let mut file = CaseFile::of(Case::unknown(guide.facts.len()));
    for (fact, known) in &facts {
        file.case.set(*fact, *known);
    }
    file.unknown = facts.into_iter().filter(|(_, known)| *known == FactValue::Unknown).map(|(fact, _)| fact).collect();
    file.preferences = weighed.into_iter().map(|(value, weight)| WeighedValue { value, weight }).collect();
    Ok(file)
}

fn weighed_value(guide: &Guide, entry: &Entry) -> Result<WeighedValue, CaseError> {
    let Entry { name, raw, place } = entry;
    let Some(exercise) = &guide.exercise else { return Err(Problem::NoPreferences.at(place.clone())) };
    let Some(value) = exercise.values.iter().position(|value| value.id == *name) else {
        let meant = meant(name, exercise.values.iter().map(|value| value.id.as_str()));
        return Err(Problem::UnknownPreference { name: name.clone(), meant }.at(place.clone()));
    };
    let answer = |text: &String| exercise.weights.iter().position(|weight| weight.id == *text);
    let weight = if let Raw::Text(text) = raw { answer(text) } else { None };
    weight.map(|weight| WeighedValue { value, weight }).ok_or_else(|| {
        let weights = exercise.weights.iter().map(|weight| weight.id.clone()).collect();
        Problem::NoWeight { name: name.clone(), weights }.at(place.clone())
    })
}

fn find(guide: &Guide, entry: &Entry) -> Result<FactId, CaseError> {
    let Entry { name, place, .. } = entry;
    guide.fact(name).ok_or_else(|| {
        let problem = if guide.derived_fact(name).is_some() {
            Problem::DerivedFact(name.clone())
        } else {
            let meant = meant(name, guide.facts.iter().map(|fact| fact.id.as_str()));
            Problem::UnknownFact { name: name.clone(), meant }
        };
        problem.at(place.clone())
    })
}
