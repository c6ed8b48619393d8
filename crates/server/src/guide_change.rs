//! What a change of the guide did to a case that was sealed before: nothing of it is dropped until the person has read what.

use std::collections::BTreeMap;

use sarcoguide_text::t;
use sarcoguide_views::Edition;
use sarcoguide_views::words::humanize;
use serde_json::{Map, Value};

/// A case was sealed with another guide than the one that opens it, and the person has not yet confirmed that they know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GuideChange {
    /// The content hash of the guide that it was sealed with.
    pub sealed_with: String,
    /// What this guide can't place. It stays in the cookie until the person confirms: a guide that knows it again takes it in again.
    pub unplaced: Unplaced,
}

/// Answers and choices whose names or values a guide doesn't have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unplaced {
    /// Entries of a case file, by its parts (`facts`, `what_matters`).
    pub entries: BTreeMap<String, BTreeMap<String, Value>>,
    /// Treatments that were compared.
    pub compared: Vec<String>,
    /// Parts of a plan.
    pub planned: Vec<String>,
}

impl Unplaced {
    pub fn is_empty(&self) -> bool {
        self.entries.values().all(BTreeMap::is_empty) && self.compared.is_empty() && self.planned.is_empty()
    }

    /// Adds the entries to the parts of a case file. What the file says itself rules: the person has answered anew.
    pub fn add_to(&self, file: &mut Map<String, Value>) {
        for (part, entries) in self.entries.iter().filter(|(_, entries)| !entries.is_empty()) {
            let into = file.entry(part.as_str()).or_insert_with(|| Map::new().into());
            let Value::Object(into) = into else { continue };
            for (name, value) in entries {
                into.entry(name.as_str()).or_insert_with(|| value.clone());
            }
        }
    }

    /// Each answer or choice in words, as well as a guide that doesn't know it can say it.
    pub fn in_words(&self, guide: Edition<'_>) -> Vec<String> {
        let text = guide.text;
        let question = |id: &str| guide.fact(id).map_or_else(|| humanize(id), |fact| guide[fact].name.clone());
        let answer = |value: &Value| match value {
            Value::Null => t!(text, situation_unknown),
            Value::String(text) => humanize(text),
            other => other.to_string(),
        };
        let entries = self.entries.values().flatten();
        let entries = entries.map(|(id, value)| t!(text, guide_change_answer, question = question(id), answer = answer(value)));
        let compared = self.compared.iter().map(|id| t!(text, guide_change_compared, treatment = humanize(id)));
        let planned = self.planned.iter().map(|step| {
            let (time, treatment) = step.split_once('/').unwrap_or(("", step));
            t!(text, guide_change_planned, time = humanize(time), treatment = humanize(treatment))
        });
        entries.chain(compared).chain(planned).collect()
    }
}
