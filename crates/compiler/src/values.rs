//! Reads the values of a fact.

use sarcoguide_model::{Value, ValueSet};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::table::Table;

/// Returns the values of a yes/no fact: `no` and `yes`, in that order.
pub(crate) fn yes_no() -> Vec<Value> {
    let value = |(index, id): (usize, &str)| Value {
        id: id.to_owned(),
        name: id.to_owned(),
        help: None,
        synonyms: Vec::new(),
        parent: None,
        covers: ValueSet::only(index),
    };
    ["no", "yes"].into_iter().enumerate().map(value).collect()
}

/// Reads the list of values under `key`.
pub(crate) fn values(table: &Table, key: &'static str) -> Vec<Value> {
    let mut parents = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut ids = Ids::of_values();
    for entry in table.tables(key, "a value") {
        let id = ids.read(&entry);
        parents.push(entry.optional("parent"));
        values.push(Value {
            id: id.text,
            name: entry.text("name"),
            help: entry.optional_text("help"),
            synonyms: entry.texts("synonyms").into_iter().map(|synonym| synonym.text).collect(),
            parent: None,
            covers: ValueSet::EMPTY,
        });
        entry.finish();
    }
    if values.len() > ValueSet::CAPACITY {
        let message = format!("a fact has {} values; the maximum is {}", values.len(), ValueSet::CAPACITY);
        table.report(Diagnostic::new(Code::TooMany, message, table.file, table.span.clone(), "too many"));
        values.truncate(ValueSet::CAPACITY);
    }
    for (index, parent) in parents.iter().enumerate().take(values.len()) {
        let Some(parent) = parent else { continue };
        match values.iter().position(|value| value.id == parent.text) {
            Some(place) => values[index].parent = Some(place),
            None => {
                let error = Diagnostic::new(
                    Code::UnknownValue,
                    format!("there is no value `{}`", parent.text),
                    table.file,
                    parent.span.clone(),
                    "unknown value",
                );
                table.report(error.suggest(&parent.text, values.iter().map(|value| value.id.as_str())));
            }
        }
    }
    if values.is_empty() && !table.has(key) {
        let error = Diagnostic::new(Code::MissingPart, format!("a fact has no `{key}`"), table.file, table.span.clone(), "here");
        table.report(error.help("list its values, each with `id` and `name`"));
    }
    if let Some(cycle) = set_covers(&mut values) {
        let place = parents[cycle].as_ref().map_or(table.span.clone(), |parent| parent.span.clone());
        let message = format!("`{}` is its own parent, directly or indirectly", values[cycle].id);
        let error = Diagnostic::new(Code::CircularParent, message, table.file, place, "its parents lead back to it");
        table.report(error.help("remove one of the parents"));
    }
    values
}

/// Sets `covers` of each value. Returns the index of a value whose parents lead back to it, if there is one.
pub(crate) fn set_covers(values: &mut [Value]) -> Option<usize> {
    let parents: Vec<Option<usize>> = values.iter().map(|value| value.parent).collect();
    let is_parent: Vec<bool> = (0..parents.len()).map(|index| parents.contains(&Some(index))).collect();
    let mut cycle = None;
    for (index, is_parent) in is_parent.into_iter().enumerate() {
        let mut at = Some(index);
        for step in 0..=parents.len() {
            let Some(place) = at else { break };
            if step > 0 && place == index {
                cycle = cycle.or(Some(index));
                break;
            }
            if !is_parent {
                values[place].covers = values[place].covers.union(ValueSet::only(index));
            }
            at = parents[place];
        }
    }
    // A value whose parents lead back to it covers at least itself, so that conditions on it cause no further errors.
    for (index, value) in values.iter_mut().enumerate().filter(|(_, value)| value.covers.is_empty()) {
        value.covers = ValueSet::only(index);
    }
    cycle
}
