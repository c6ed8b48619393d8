//! What a change of the guide did to a case that was sealed before: nothing of it is dropped until the person has read what.

use std::collections::BTreeMap;

use sarcoguide_case::CaseFile;
use sarcoguide_model::{Advice, Case, FactId, Verdict};
use sarcoguide_text::t;
use sarcoguide_views::Edition;
use sarcoguide_views::changes::{Cause, Changes, VerdictChange, intro, verdict_line};
use sarcoguide_views::provenance::short_hash;
use sarcoguide_views::words::humanize;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A case was sealed with another guide than the one that opens it, and the person has not yet confirmed that they know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GuideChange {
    /// The content hash of the guide that it was sealed with.
    pub sealed_with: String,
    /// What this guide can't place. It stays in the cookie until the person confirms: a guide that knows it again takes it in again.
    pub unplaced: Unplaced,
    /// What changed since a file was saved, if the answers come from one and none was given since.
    pub file: Option<FileChange>,
}

/// How many changed verdicts are kept in the cookie; the number of the others is.
const MAX_LISTED: usize = 12;

/// The verdicts that changed since a file was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileChange {
    /// When the guide was last changed with which the file was saved.
    revised: Option<String>,
    /// The beginning of the content hash of the guide that opened the file.
    opened_with: String,
    verdicts: Vec<KeptVerdict>,
    /// How many more there are.
    more: usize,
}

/// A changed verdict as it is kept in the cookie: by names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct KeptVerdict(String, String, Option<String>, Cause, Vec<String>);

/// What a person is told of a change.
#[derive(Debug)]
pub(crate) struct Notice {
    /// Answers and choices that the guide can't read.
    pub unplaced: Vec<String>,
    /// What changed since the file was saved.
    pub file: Option<FileNotice>,
}

/// What a person is told of a file.
#[derive(Debug)]
pub(crate) struct FileNotice {
    pub intro: String,
    /// Each changed verdict, and why.
    pub verdicts: Vec<String>,
    /// How many more changed.
    pub more: usize,
}

impl GuideChange {
    /// What this guide changes of a file; none for one that it has answered itself, or that was not answered. There is no advice on answers
    /// that contradict one another.
    pub fn of_file(guide: Edition<'_>, opened: &CaseFile, advice: Option<&Advice>) -> Option<Self> {
        let earlier = opened.earlier.as_ref().filter(|earlier| earlier.guide != guide.content_hash)?;
        let unplaced = opened.unplaced.as_slice().into();
        let changes = advice.and_then(|advice| Changes::of(guide, opened, advice));
        let file =
            changes.map(|changes| FileChange::new(guide, earlier.revised.map(|date| date.to_string()), changes.verdicts(guide)));
        Some(Self { sealed_with: earlier.guide.clone(), unplaced, file })
    }

    /// What a person is told.
    pub fn notice(&self, guide: Edition<'_>, case: &Case) -> Notice {
        let file = self.file.as_ref().map(|file| FileNotice {
            intro: intro(guide, &self.sealed_with, file.revised.clone()),
            verdicts: file
                .verdicts
                .iter()
                .filter_map(|kept| kept.read(guide))
                .map(|change| verdict_line(guide, case, &change).bare())
                .collect(),
            more: file.more,
        });
        Notice { unplaced: self.unplaced.in_words(guide), file }
    }
}

impl FileChange {
    fn new(guide: Edition<'_>, revised: Option<String>, changes: Vec<VerdictChange>) -> Self {
        let more = changes.len().saturating_sub(MAX_LISTED);
        let verdicts = changes.into_iter().take(MAX_LISTED).map(|change| KeptVerdict::new(guide, change)).collect();
        Self { revised, opened_with: short_hash(&guide.content_hash).to_owned(), verdicts, more }
    }

    /// Whether the guide is the one that opened the file. Another one may have other verdicts.
    pub fn is_of(&self, content_hash: &str) -> bool {
        self.opened_with == short_hash(content_hash)
    }

    /// Keeps only how many verdicts changed, where the list doesn't fit into a cookie.
    pub fn count_only(&mut self) {
        self.more += self.verdicts.len();
        self.verdicts.clear();
    }
}

impl KeptVerdict {
    fn new(guide: Edition<'_>, change: VerdictChange) -> Self {
        let facts = change.facts.iter().map(|fact| guide[*fact].id.clone()).collect();
        Self(change.treatment, change.before.id().to_owned(), change.now.map(|now| now.id().to_owned()), change.cause, facts)
    }

    fn read(&self, guide: Edition<'_>) -> Option<VerdictChange> {
        let Self(treatment, before, now, cause, facts) = self;
        let facts: Vec<FactId> = facts.iter().filter_map(|fact| guide.fact(fact)).collect();
        let (before, now) = (Verdict::from_id(before)?, now.as_deref().and_then(Verdict::from_id));
        Some(VerdictChange { treatment: treatment.clone(), before, now, cause: *cause, facts })
    }
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

impl From<&[sarcoguide_case::Unplaced]> for Unplaced {
    fn from(entries: &[sarcoguide_case::Unplaced]) -> Self {
        let mut unplaced = Self::default();
        for entry in entries {
            unplaced.entries.entry(entry.part.to_owned()).or_default().insert(entry.name.clone(), entry.value.clone());
        }
        unplaced
    }
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
