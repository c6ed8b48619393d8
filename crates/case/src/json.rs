use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{CaseError, shown};
use crate::written::{Entry, PARTS, Parts, Raw};

const LIKE: &str = r#"a case looks like {"facts": {"age": 54}}"#;

/// An object's members in order and with their duplicates, so that no statement is lost in silence. Their values stay as they are written:
/// a number read as floating point would already be another one.
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

/// The members of a value that is well-formed JSON; none if it is no object.
///
/// # Errors
///
/// If a name has an escape that stands for no character.
fn members<'j>(value: &'j RawValue, place: &str) -> Result<Option<Vec<(String, &'j RawValue)>>, CaseError> {
    if !value.get().starts_with('{') {
        return Ok(None);
    }
    let read = serde_json::from_str(value.get()).map(|Members(members)| Some(members));
    read.map_err(|_| CaseError::whole("a name in it has an escape that stands for no character").placed_if(place))
}

pub(crate) fn parts(text: &str) -> Result<Parts, CaseError> {
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        CaseError::at(
            format!("line {}, column {}", error.line(), error.column()),
            format!("this is not JSON: {}", shown(message)),
        )
    })?;
    let pairs = members(whole, "")?.ok_or_else(|| CaseError::whole("this is not a case").help(LIKE))?;
    let (mut facts, mut preferences) = (None, None);
    for (name, part) in pairs {
        let slot = match name.as_str() {
            "facts" => &mut facts,
            "what_matters" => &mut preferences,
            // Beside the facts, for the person and not for the guide.
            "name" | "story" => continue,
            other => {
                let error = CaseError::at(shown(other), format!("a case has no part `{}`", shown(other)));
                return Err(error.suggest(other, PARTS).or_help(LIKE));
            }
        };
        if slot.is_some() {
            return Err(CaseError::at(&name, format!("`{name}` is there twice")).help("keep one of the two"));
        }
        *slot = Some(entries(&name, part)?);
    }
    let facts = facts.ok_or_else(|| CaseError::whole("the case has no `facts`").help(LIKE))?;
    Ok(Parts { facts, preferences: preferences.unwrap_or_default() })
}

fn entries(part: &str, value: &RawValue) -> Result<Vec<Entry>, CaseError> {
    let Some(pairs) = members(value, part)? else {
        return Err(CaseError::at(part, format!("`{part}` is not an object")).help(LIKE));
    };
    let entry = |(name, value): (String, &RawValue)| {
        let place = format!("{part}.{}", shown(&name));
        let raw = raw(value).ok_or_else(|| CaseError::at(&place, "this text has an escape that stands for no character"))?;
        Ok(Entry { place, raw, name })
    };
    pairs.into_iter().map(entry).collect()
}

/// What a value that is well-formed JSON says; none for text with an escape that stands for no character.
fn raw(value: &RawValue) -> Option<Raw> {
    let written = value.get();
    Some(match written.as_bytes().first() {
        Some(b'"') => Raw::Text(serde_json::from_str(written).ok()?),
        Some(b'{') => Raw::Other("an object"),
        Some(b'[') => Raw::Other("a list"),
        Some(b't') => Raw::Bool(true),
        Some(b'f') => Raw::Bool(false),
        Some(b'n') => Raw::Null,
        _ => Raw::Number(written.to_owned()),
    })
}
