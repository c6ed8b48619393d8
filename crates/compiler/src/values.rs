//! Reads the values of a fact.

use std::ops::Range;

use sarcoguide_model::{Value, ValueSet};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::ids::Ids;
use crate::table::{Table, Text};

/// The beginning of the ID of a value that stands for all other kinds of its parent, as in `other_trunk`.
const OTHER: &str = "other_";

/// What a guide says about the kinds of a value: `complete` or `other`.
pub(crate) struct KindsNote {
    /// Whether the listed kinds are all kinds.
    complete: bool,
    /// The name of all kinds that aren't listed.
    other: Option<Text>,
    file: usize,
    /// Where to report an error.
    span: Range<usize>,
}

impl KindsNote {
    pub fn read(table: &Table, span: Range<usize>) -> Self {
        Self { complete: table.flag("complete"), other: table.optional("other"), file: table.file, span }
    }
}

/// Returns the values of a yes/no fact: `no` and `yes`, in that order.
pub(crate) fn yes_no() -> Vec<Value> {
    let value = |(index, id): (usize, &str)| Value {
        id: id.to_owned(),
        name: id.to_owned(),
        help: None,
        says: None,
        synonyms: Vec::new(),
        parent: None,
        covers: ValueSet::only(index),
    };
    ["no", "yes"].into_iter().enumerate().map(value).collect()
}

/// Reads the list of values under `key`.
pub(crate) fn values(table: &Table, key: &'static str) -> Vec<Value> {
    let mut parents = Vec::new();
    let mut notes = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut ids = Ids::of_values();
    for entry in table.tables(key, "a value") {
        let id = ids.read(&entry);
        parents.push(entry.optional("parent"));
        notes.push(KindsNote::read(&entry, id.span.clone()));
        values.push(Value {
            id: id.text,
            name: entry.text("name"),
            help: entry.optional_text("help"),
            says: entry.optional_text("says"),
            synonyms: entry.texts("synonyms").into_iter().map(|synonym| synonym.text).collect(),
            parent: None,
            covers: ValueSet::EMPTY,
        });
        entry.finish();
    }
    limit(&mut values, table);
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
    if let Some(cycle) = first_cycle(&values) {
        let place = parents[cycle].as_ref().map_or(table.span.clone(), |parent| parent.span.clone());
        let message = format!("`{}` is its own parent, directly or indirectly", values[cycle].id);
        let error = Diagnostic::new(Code::CircularParent, message, table.file, place, "its parents lead back to it");
        table.report(error.help("remove one of the parents"));
    } else {
        add_other_kinds(&mut values, &notes, table.errors);
    }
    // The added values count too.
    limit(&mut values, table);
    set_covers(&mut values);
    values
}

/// Reports values beyond the maximum number, and removes them.
fn limit(values: &mut Vec<Value>, table: &Table) {
    if values.len() > ValueSet::CAPACITY {
        let message = format!("a fact has {} values; the maximum is {}", values.len(), ValueSet::CAPACITY);
        table.report(Diagnostic::new(Code::TooMany, message, table.file, table.span.clone(), "too many"));
        values.truncate(ValueSet::CAPACITY);
        for value in values {
            value.parent = value.parent.filter(|parent| *parent < ValueSet::CAPACITY);
        }
    }
}

/// Adds a value for the other kinds of each value whose kinds aren't complete, after the last of its kinds. Reports each value with kinds that
/// isn't marked with either `complete` or `other`, and each value without kinds that is.
///
/// `notes` has an entry for each value. No value can be its own parent, directly or indirectly.
pub(crate) fn add_other_kinds<'n>(values: &mut Vec<Value>, notes: impl IntoIterator<Item = &'n KindsNote>, errors: &Errors) {
    let listed: Vec<String> = values.iter().map(|value| value.id.clone()).collect();
    for (id, note) in listed.iter().zip(notes) {
        let Some(parent) = values.iter().position(|value| value.id == *id) else { continue };
        let has_kinds = values.iter().any(|value| value.parent == Some(parent));
        let report = |message: String, span: &Range<usize>, label: &str, help: &str| {
            errors.push(Diagnostic::new(Code::KindsNote, message, note.file, span.clone(), label).help(help));
        };
        match (has_kinds, note.complete, &note.other) {
            (false, false, None) | (true, true, None) => {}
            (false, ..) => {
                let key = if note.complete { "complete" } else { "other" };
                report(format!("`{id}` has `{key}`, but no kinds"), &note.span, "no value has it as its `parent`", "remove it");
            }
            (true, true, Some(other)) => {
                let message = format!("`{id}` has both `complete` and `other`");
                report(
                    message,
                    &other.span,
                    "the name of its other kinds",
                    "remove `complete` if it has other kinds, else `other`",
                );
            }
            (true, false, None) => {
                let help = "write `complete = true` if there are no other kinds, else `other = \"NAME\"` with a name for all other kinds";
                report(format!("`{id}` doesn't say whether it has other kinds"), &note.span, "a value with kinds", help);
            }
            (true, false, Some(other)) => {
                let other_id = format!("{OTHER}{id}");
                if listed.contains(&other_id) {
                    let message = format!("two values are called `{other_id}`");
                    let error =
                        Diagnostic::new(Code::DuplicateName, message, note.file, other.span.clone(), "the ID of this value");
                    errors.push(error.help(format!("rename the value `{other_id}`, or remove it")));
                    continue;
                }
                insert_after_kinds(values, parent, other_id, other.text.clone());
            }
        }
    }
}

/// Inserts a kind of the value at `parent`, after its last kind.
fn insert_after_kinds(values: &mut Vec<Value>, parent: usize, id: String, name: String) {
    let is_below =
        |index: usize| std::iter::successors(Some(index), |at| values[*at].parent).take(values.len()).any(|at| at == parent);
    let place = (0..values.len()).rfind(|index| is_below(*index)).map_or(values.len(), |last| last + 1);
    for value in values.iter_mut() {
        value.parent = value.parent.map(|parent| if parent >= place { parent + 1 } else { parent });
    }
    let covers = ValueSet::EMPTY;
    values.insert(place, Value { id, name, help: None, says: None, synonyms: Vec::new(), parent: Some(parent), covers });
}

/// Returns the index of a value whose parents lead back to it, if there is one.
pub(crate) fn first_cycle(values: &[Value]) -> Option<usize> {
    let parent = |index: usize| values[index].parent;
    (0..values.len())
        .find(|index| std::iter::successors(parent(*index), |at| parent(*at)).take(values.len()).any(|at| at == *index))
}

/// Sets `covers` of each value.
pub(crate) fn set_covers(values: &mut [Value]) {
    let parents: Vec<Option<usize>> = values.iter().map(|value| value.parent).collect();
    for index in (0..parents.len()).filter(|index| !parents.contains(&Some(*index))) {
        for place in std::iter::successors(Some(index), |at| parents[*at]).take(parents.len()) {
            values[place].covers = values[place].covers.union(ValueSet::only(index));
        }
    }
    // A value whose parents lead back to it covers at least itself, so that conditions on it cause no further errors.
    for (index, value) in values.iter_mut().enumerate().filter(|(_, value)| value.covers.is_empty()) {
        value.covers = ValueSet::only(index);
    }
}
