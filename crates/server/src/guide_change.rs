//! Handles a guide that changed after a case was sealed (encrypted in the cookie). Answers that the new guide can't read are kept until the person
//! confirms the notice about them.

use std::collections::BTreeMap;

use sarcoguide_case::{CaseFile, shown};
use sarcoguide_model::{Advice, Case};
use sarcoguide_text::t;
use sarcoguide_views::Edition;
use sarcoguide_views::changes::{Changes, VerdictChange, entry_words, intro, verdict_line};
use sarcoguide_views::provenance::short_hash;
use sarcoguide_views::words::humanize;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How the guide changed since a case was sealed, or saved as a file. The session keeps this until the person confirms the notice about the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GuideChange {
    /// The content hash of the guide that the case was sealed or saved with.
    pub sealed_with: String,
    /// The entries that the current guide can't read. They stay in the cookie until the person confirms the notice, so that they aren't lost if the
    /// server goes back to a guide that can read them.
    pub unreadable: Unreadable,
    /// The verdicts that changed since the case was saved as a file. `None` if the answers don't come from a file, contradict each
    /// other, or have been changed since.
    pub file: Option<FileChange>,
}

/// The maximum number of changed verdicts that are kept in the cookie. The others are only counted.
const MAX_LISTED: usize = 12;

/// The verdicts that changed since a file was saved. If the cookie is later opened with another guide, they are dropped, because they may be wrong
/// for that guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileChange {
    /// The revision date of the guide that the file was saved with.
    revised: Option<String>,
    /// The first characters of the content hash of the guide with which the file was opened.
    opened_with: String,
    verdicts: Vec<VerdictChange>,
    /// The number of changed verdicts that aren't in the list.
    more: usize,
}

/// The notice that a person sees about a changed guide.
#[derive(Debug)]
pub(crate) struct Notice {
    /// The answers and choices that the guide can't read, in words.
    pub unreadable: Vec<String>,
    /// What changed since the file was saved.
    pub file: Option<FileNotice>,
}

/// The part of a notice that is about a saved file.
#[derive(Debug)]
pub(crate) struct FileNotice {
    pub intro: String,
    /// Each changed verdict, with its reason.
    pub verdicts: Vec<String>,
    /// The number of changed verdicts that aren't in the list.
    pub more: usize,
}

impl GuideChange {
    /// Compares a saved file with this guide. Returns `None` if the file was saved with the same guide, or has no verdicts. `advice` is `None` if the
    /// answers contradict each other. In that case, verdicts aren't compared.
    pub fn of_file(guide: Edition<'_>, opened: &CaseFile, advice: Option<&Advice>) -> Option<Self> {
        let earlier = opened.earlier.as_ref().filter(|earlier| earlier.is_from_another(guide.guide))?;
        let unreadable = opened.unreadable.as_slice().into();
        let changes = advice.and_then(|advice| Changes::of(guide, opened, advice));
        let file =
            changes.map(|changes| FileChange::new(guide, earlier.revised.map(|date| date.to_string()), changes.verdicts(guide)));
        Some(Self { sealed_with: earlier.guide.clone(), unreadable, file })
    }

    /// Returns the notice about the change.
    pub fn notice(&self, guide: Edition<'_>, case: &Case) -> Notice {
        let file = self.file.as_ref().map(|file| FileNotice {
            intro: intro(guide, &self.sealed_with, file.revised.clone()),
            verdicts: file.verdicts.iter().map(|change| verdict_line(guide, case, change).bare()).collect(),
            more: file.more,
        });
        Notice { unreadable: self.unreadable.in_words(guide), file }
    }
}

impl FileChange {
    fn new(guide: Edition<'_>, revised: Option<String>, mut verdicts: Vec<VerdictChange>) -> Self {
        let more = verdicts.len().saturating_sub(MAX_LISTED);
        verdicts.truncate(MAX_LISTED);
        Self { revised, opened_with: short_hash(&guide.content_hash).to_owned(), verdicts, more }
    }

    /// Whether the file was opened with the guide that has this content hash. Another guide may give different verdicts.
    pub fn is_of(&self, content_hash: &str) -> bool {
        self.opened_with == short_hash(content_hash)
    }

    /// Whether no verdict or standing has changed.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.more == 0
    }

    /// Replaces the list of changed verdicts with their number, for a list that doesn't fit into a cookie.
    pub fn count_only(&mut self) {
        self.more += self.verdicts.len();
        self.verdicts.clear();
    }
}

/// Answers and choices with names or values that the guide doesn't have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The entries of a case file, by section (`facts`, `what_matters`).
    pub entries: BTreeMap<String, BTreeMap<String, Value>>,
    /// The treatments that were chosen for comparison.
    pub compared: Vec<String>,
    /// The steps of a plan.
    pub planned: Vec<String>,
}

impl From<&[sarcoguide_case::Unreadable]> for Unreadable {
    fn from(entries: &[sarcoguide_case::Unreadable]) -> Self {
        let mut unreadable = Self::default();
        for entry in entries {
            unreadable.entries.entry(entry.part.to_owned()).or_default().insert(entry.name.clone(), entry.value.clone());
        }
        unreadable
    }
}

impl Unreadable {
    pub fn is_empty(&self) -> bool {
        self.entries.values().all(BTreeMap::is_empty) && self.compared.is_empty() && self.planned.is_empty()
    }

    /// Adds the entries to the sections of a case file. If the file already has an entry with the same name, that entry stays, because the person
    /// has answered the question again.
    pub fn add_to(&self, file: &mut Map<String, Value>) {
        for (part, entries) in self.entries.iter().filter(|(_, entries)| !entries.is_empty()) {
            let into = file.entry(part.as_str()).or_insert_with(|| Map::new().into());
            let Value::Object(into) = into else { continue };
            for (name, value) in entries {
                into.entry(name.as_str()).or_insert_with(|| value.clone());
            }
        }
    }

    /// Describes each answer or choice in words. Where the guide has no name for an ID, the words are derived from the ID.
    pub fn in_words(&self, guide: Edition<'_>) -> Vec<String> {
        let text = guide.text;
        let named = |name: &str| humanize(&shown(name));
        let entries = self.entries.values().flatten().map(|(name, value)| {
            let (question, answer) = entry_words(guide, name, value);
            t!(text, guide_change_answer, question = question, answer = answer)
        });
        let compared = self.compared.iter().map(|id| t!(text, guide_change_compared, treatment = named(id)));
        let planned = self.planned.iter().map(|step| {
            let (time, treatment) = step.split_once('/').unwrap_or(("", step));
            t!(text, guide_change_planned, time = named(time), treatment = named(treatment))
        });
        entries.chain(compared).chain(planned).collect()
    }
}
