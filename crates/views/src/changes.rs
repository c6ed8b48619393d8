//! What another guide changes of a saved case: answers that it can't read, and verdicts that differ from those when the case was saved.

use sarcoguide_case::{CaseFile, Unplaced, shown};
use sarcoguide_document::{Block, Document, Emphasis, Line};
use sarcoguide_model::{Advice, Case, EarlierAnswer, FactId, TreatmentId, Verdict};
use sarcoguide_text::t;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Edition;
use crate::line::line;
use crate::provenance::short_hash;
use crate::words::{humanize, stated};

/// How many of the facts that decide an open verdict are named.
const MAX_MISSING: usize = 3;

/// What another guide changes of a saved case.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'a> {
    file: &'a CaseFile,
    earlier: &'a EarlierAnswer,
    advice: &'a Advice,
}

/// A verdict that isn't what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictChange {
    /// The treatment's id.
    pub treatment: String,
    /// The verdict when the case was saved.
    pub before: Verdict,
    /// The verdict now; none if the guide has no such treatment.
    pub now: Option<Verdict>,
    /// What it comes from.
    pub cause: Cause,
    /// The facts that force the new verdict; of an open one, those that decide it.
    pub facts: Vec<FactId>,
}

/// What a changed verdict comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The verdict is open, and the guide can't read some of the answers: one of them may have decided it.
    AnswersNotRead,
    /// The guide's rules are other ones.
    RulesChanged,
    /// The guide has no treatment of this name.
    TreatmentGone,
}

impl<'a> Changes<'a> {
    /// What this guide changes; none for a case that it has answered itself, or that no guide had answered when it was saved.
    #[must_use]
    pub fn of(guide: Edition<'_>, file: &'a CaseFile, advice: &'a Advice) -> Option<Self> {
        let earlier = file.earlier.as_ref().filter(|earlier| earlier.guide != guide.content_hash)?;
        Some(Self { file, earlier, advice })
    }

    /// The verdicts that differ: first those of treatments that are or were indicated, then in the order of the guide, then those that it
    /// no longer has.
    #[must_use]
    pub fn verdicts(&self, guide: Edition<'_>) -> Vec<VerdictChange> {
        let mut changes: Vec<VerdictChange> =
            self.advice.treatments.iter().filter_map(|entry| self.change(guide, entry)).collect();
        let gone = self.earlier.verdicts.iter().filter(|(treatment, _)| guide.treatment(treatment).is_none());
        changes.extend(gone.map(|(treatment, before)| VerdictChange {
            treatment: treatment.clone(),
            before: *before,
            now: None,
            cause: Cause::TreatmentGone,
            facts: Vec::new(),
        }));
        changes.sort_by_key(|change| change.before != Verdict::Indicated && change.now != Some(Verdict::Indicated));
        changes
    }

    fn change(&self, guide: Edition<'_>, entry: &sarcoguide_model::TreatmentAdvice) -> Option<VerdictChange> {
        let (treatment, now) = (&guide[entry.treatment].id, entry.verdict);
        let before = self.earlier.verdict(treatment);
        // More answers never change a decided verdict, so that only an open one can come from answers that aren't read.
        let is_unread = now == Verdict::Possible && self.file.unplaced.iter().any(|entry| entry.part == "facts");
        let facts = match now {
            Verdict::Possible => entry.missing.iter().map(|missing| missing.fact).collect(),
            _ => entry.reason.clone(),
        };
        (before != now).then(|| VerdictChange {
            treatment: treatment.clone(),
            before,
            now: Some(now),
            cause: if is_unread { Cause::AnswersNotRead } else { Cause::RulesChanged },
            facts,
        })
    }

    /// What a person is told before the answer, without a heading of its own.
    #[must_use]
    pub fn document(&self, guide: Edition<'_>) -> Document {
        let mut document = Document::default();
        document.paragraph(intro(guide, &self.earlier.guide, self.earlier.revised.map(|date| date.to_string())));
        if !self.file.unplaced.is_empty() {
            document.paragraph(Line::default().strong(t!(guide.text, changes_unplaced)));
            document.points(self.file.unplaced.iter().map(|entry| not_read(guide, entry)).collect());
        }
        let changes = self.verdicts(guide);
        if changes.is_empty() {
            document.paragraph(t!(guide.text, changes_no_verdict));
        } else {
            document.paragraph(Line::default().strong(t!(guide.text, changes_verdicts)));
            document.points(changes.iter().map(|change| verdict_line(guide, &self.file.case, change)).collect());
            document.paragraph(t!(guide.text, changes_edited));
        }
        document
    }

    /// The document of an answer with these changes after its title.
    #[must_use]
    pub fn insert_into(&self, guide: Edition<'_>, mut answer: Document) -> Document {
        let place = usize::from(matches!(answer.blocks.first(), Some(Block::Heading { level: 1, .. })));
        let mut told = Document::default();
        told.heading(2, t!(guide.text, changes_heading));
        told.blocks.extend(self.document(guide).blocks);
        answer.blocks.splice(place..place, told.blocks);
        answer
    }

    /// The same for another program.
    #[must_use]
    pub fn json(&self, guide: Edition<'_>) -> ChangesDocument {
        let fact = |fact: &FactId| guide[*fact].id.clone();
        let verdict = |change: VerdictChange| VerdictChangeAnswer {
            treatment: change.treatment,
            before: change.before.id().to_owned(),
            now: change.now.map(|verdict| verdict.id().to_owned()),
            cause: change.cause,
            facts: change.facts.iter().map(fact).collect(),
        };
        ChangesDocument {
            guide: self.earlier.guide.clone(),
            revised: self.earlier.revised.map(|date| date.to_string()),
            not_read: self
                .file
                .unplaced
                .iter()
                .map(|entry| NotRead {
                    part: entry.part.to_owned(),
                    name: entry.name.clone(),
                    value: entry.value.clone(),
                    why: entry.error.in_words(guide.text),
                })
                .collect(),
            verdicts: self.verdicts(guide).into_iter().map(verdict).collect(),
        }
    }
}

/// That a case was saved with another guide.
#[must_use]
pub fn intro(guide: Edition<'_>, hash: &str, revised: Option<String>) -> String {
    let hash = short_hash(hash);
    match revised {
        Some(date) => t!(guide.text, changes_intro_dated, date = date, hash = hash),
        None => t!(guide.text, changes_intro_undated, hash = hash),
    }
}

/// A changed verdict and what it comes from.
#[must_use]
pub fn verdict_line(guide: Edition<'_>, case: &Case, change: &VerdictChange) -> Line {
    let treatment: Option<TreatmentId> = guide.treatment(&change.treatment);
    let name = treatment.map_or_else(|| humanize(&change.treatment), |id| guide[id].name.clone());
    let now = change.now.map_or("none", Verdict::id);
    let what = line!(guide => Emphasis::Strong, changes_verdict, treatment = name, before = change.before.id(), now = now);
    what.plain(" ").plain(why(guide, case, change))
}

fn not_read(guide: Edition<'_>, entry: &Unplaced) -> Line {
    let question = guide.fact(&entry.name).map_or_else(|| humanize(&shown(&entry.name)), |fact| guide[fact].name.clone());
    let answer = match &entry.value {
        Value::Null => t!(guide.text, words_not_known),
        Value::String(text) => humanize(&shown(text)),
        other => other.to_string(),
    };
    line!(guide, changes_not_read, question = question, answer = answer, why = entry.error.in_words(guide.text))
}

fn why(guide: Edition<'_>, case: &Case, change: &VerdictChange) -> String {
    let text = guide.text;
    let is_open = change.now == Some(Verdict::Possible);
    let facts: Vec<String> = if is_open {
        change.facts.iter().take(MAX_MISSING).map(|fact| guide[*fact].name.clone()).collect()
    } else {
        change.facts.iter().map(|fact| stated(guide, case, *fact)).collect()
    };
    let facts = facts.join("; ");
    match change.cause {
        Cause::AnswersNotRead => t!(text, changes_answers_not_read, facts = facts),
        Cause::TreatmentGone => t!(text, changes_treatment_gone),
        Cause::RulesChanged if facts.is_empty() => t!(text, changes_rules),
        Cause::RulesChanged if is_open => t!(text, changes_rules_open, facts = facts),
        Cause::RulesChanged => t!(text, changes_rules_reason, facts = facts),
    }
}

/// What this guide changes of a case that was saved with another one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChangesDocument {
    /// The content hash of the guide that answered when the case was saved.
    pub guide: String,
    /// When that guide was last changed.
    pub revised: Option<String>,
    /// Entries of the case that this guide can't read. The answer doesn't count them in.
    pub not_read: Vec<NotRead>,
    /// Treatments whose verdict differs.
    pub verdicts: Vec<VerdictChangeAnswer>,
}

/// An entry of a case that the guide can't read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct NotRead {
    /// `facts` or `what_matters`.
    pub part: String,
    /// Its name.
    pub name: String,
    /// What it says.
    pub value: Value,
    /// Why it can't be read, in words.
    pub why: String,
}

/// A treatment whose verdict differs from the one when the case was saved.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct VerdictChangeAnswer {
    /// The treatment.
    pub treatment: String,
    /// The verdict then. `not_indicated` also where the guide then did not have the treatment.
    pub before: String,
    /// The verdict now; null if the guide no longer has the treatment.
    pub now: Option<String>,
    /// What the change comes from.
    pub cause: Cause,
    /// The stated facts that force the new verdict; of `possible`, the facts that would settle it.
    pub facts: Vec<String>,
}
