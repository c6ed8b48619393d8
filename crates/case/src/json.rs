use std::collections::BTreeSet;
use std::fmt;

use sarcoguide_model::OwnQuestion;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{CaseError, Kind, Place, Problem, meant, shown};
use crate::format::Format;
use crate::written::{
    ANSWERED, Answered, Entry, FACTS, PARTS, Parts, QUESTIONS, Raw, STANDINGS, VERDICTS, WHAT_MATTERS, are_valid,
};

/// The members of a JSON object in order, including duplicates, so that duplicates can be reported. The values aren't parsed yet, because parsing a
/// number as floating point could change it.
struct Members<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Returns the members of a well-formed JSON value, or `None` if the value isn't an object.
///
/// # Errors
///
/// If a name contains an escape sequence that doesn't represent a character, such as a lone surrogate.
fn members(value: &RawValue) -> Result<Option<Vec<(String, &RawValue)>>, Problem> {
    if !value.get().starts_with('{') {
        return Ok(None);
    }
    let read = serde_json::from_str(value.get()).map(|Members(members)| Some(members));
    read.map_err(|_| Problem::NameEscape)
}

pub(crate) fn parts(text: &str) -> Result<Parts, CaseError> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let why = message.split(" at line ").next().unwrap_or_default().to_owned();
        let place = Place { line: Some(error.line()), column: Some(error.column()), part: None };
        Problem::NotWellFormed { format: Format::Json, why }.at(place)
    })?;
    let pairs = members(whole)?.ok_or(Problem::NoCase)?;
    let (mut facts, mut preferences, mut questions, mut earlier) = (None, None, None, None);
    let mut seen = BTreeSet::new();
    for (name, part) in pairs {
        if !PARTS.contains(&name.as_str()) {
            let (part, meant) = (name.clone(), meant(&name, PARTS));
            return Err(Problem::UnknownPart { part, meant, format: Format::Json }.at(Place::part(shown(&name))));
        }
        if !seen.insert(name.clone()) {
            return Err(Problem::PartTwice(name.clone()).at(Place::part(name)));
        }
        match name.as_str() {
            FACTS => facts = Some(entries(&name, part)?),
            WHAT_MATTERS => preferences = Some(entries(&name, part)?),
            QUESTIONS => {
                let read = serde_json::from_str(part.get()).ok().filter(|questions: &Vec<OwnQuestion>| are_valid(questions));
                questions = Some(read.ok_or_else(|| Problem::InvalidQuestion.at(Place::part(name)))?);
            }
            ANSWERED => earlier = Some(answered(&name, part)?),
            _ if raw(part).is_some_and(|raw| !matches!(raw, Raw::Text(_))) => {
                return Err(Problem::NotText(name.clone()).at(Place::part(name)));
            }
            _ => {}
        }
    }
    let facts = facts.ok_or(Problem::NoFacts(Format::Json))?;
    let (preferences, questions) = (preferences.unwrap_or_default(), questions.unwrap_or_default());
    Ok(Parts { facts, preferences, questions, answered: earlier })
}

fn entries(part: &str, value: &RawValue) -> Result<Vec<Entry>, CaseError> {
    let at = |problem: Problem| problem.at(Place::part(part));
    let no_table = || Problem::NotATable { part: part.to_owned(), format: Format::Json };
    let pairs = members(value).map_err(at)?.ok_or_else(|| at(no_table()))?;
    let entry = |(name, value): (String, &RawValue)| {
        let place = Place::part(format!("{part}.{}", shown(&name)));
        let raw = raw(value).ok_or_else(|| Problem::TextEscape.at(place.clone()))?;
        Ok(Entry { place, raw, name })
    };
    pairs.into_iter().map(entry).collect()
}

/// Reads the `answered` part: its entries, and the entries of `verdicts` and `standings` inside it.
fn answered(part: &str, value: &RawValue) -> Result<Answered, CaseError> {
    let mut answered = Answered { entries: entries(part, value)?, ..Answered::default() };
    for (name, value) in members(value).map_err(|problem| problem.at(Place::part(part)))?.unwrap_or_default() {
        let into = match name.as_str() {
            VERDICTS => &mut answered.verdicts,
            STANDINGS => &mut answered.standings,
            _ => continue,
        };
        if value.get().starts_with('{') {
            into.extend(entries(&format!("{part}.{name}"), value)?);
        }
    }
    Ok(answered)
}

/// Reads a well-formed JSON value. Returns `None` for a string with an escape sequence that doesn't represent a character.
fn raw(value: &RawValue) -> Option<Raw> {
    let written = value.get();
    Some(match written.as_bytes().first() {
        Some(b'"') => Raw::Text(serde_json::from_str(written).ok()?),
        Some(b'{') => Raw::Other(Kind::Object),
        Some(b'[') => Raw::Other(Kind::List),
        Some(b't') => Raw::Bool(true),
        Some(b'f') => Raw::Bool(false),
        Some(b'n') => Raw::Null,
        _ => Raw::Number(written.to_owned()),
    })
}
