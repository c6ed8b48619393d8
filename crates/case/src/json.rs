use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::error::{CaseError, shown};
use crate::{Entry, PARTS, Parts, Raw};

const LIKE: &str = r#"a case looks like {"facts": {"age": 54}}"#;

/// What a JSON text says, with the keys of objects in order and with their duplicates, so that no statement is lost in silence.
enum Tree {
    Leaf(Raw),
    Object(Vec<(String, Tree)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Tree;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a JSON value")
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Null))
            }

            fn visit_bool<E>(self, yes: bool) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Bool(yes)))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Number(number.to_string())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Number(number.to_string())))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Number(number.to_string())))
            }

            fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
                Ok(Tree::Leaf(Raw::Text(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Tree::Leaf(Raw::Other("a list")))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Tree::Object(pairs))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

pub(crate) fn parts(text: &str) -> Result<Parts, CaseError> {
    let tree: Tree = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        CaseError::at(
            format!("line {}, column {}", error.line(), error.column()),
            format!("this is not JSON: {}", shown(message)),
        )
    })?;
    let Tree::Object(pairs) = tree else { return Err(CaseError::whole("this is not a case").help(LIKE)) };
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

fn entries(part: &str, tree: Tree) -> Result<Vec<Entry>, CaseError> {
    let Tree::Object(pairs) = tree else {
        return Err(CaseError::at(part, format!("`{part}` is not an object")).help(LIKE));
    };
    let entry = |(name, tree): (String, Tree)| {
        let raw = match tree {
            Tree::Leaf(raw) => raw,
            Tree::Object(_) => Raw::Other("an object"),
        };
        Entry { place: format!("{part}.{}", shown(&name)), raw, name }
    };
    Ok(pairs.into_iter().map(entry).collect())
}
