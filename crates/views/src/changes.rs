//! Compares the advice that was saved with a case to the advice of the current guide, if the case was saved with another guide. Reports the answers
//! that the current guide can't read, and the verdicts and standings that changed.

use sarcoguide_case::{CaseFile, Unreadable, shown};
use sarcoguide_document::{Block, Document, Emphasis, Line};
use sarcoguide_model::{Advice, Case, EarlierAnswer, FactId, Standing, TreatmentId, Verdict};
use sarcoguide_text::t;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Edition;
use crate::line::line;
use crate::provenance::short_hash;
use crate::words::{humanize, stated};

/// The maximum number of facts named for an open verdict.
const MAX_MISSING: usize = 3;

/// The differences between the advice saved with a case and this guide's advice.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'a> {
    pub(crate) file: &'a CaseFile,
    pub(crate) earlier: &'a EarlierAnswer,
    advice: &'a Advice,
}

/// A treatment whose verdict or standing has changed since the case was saved. Facts are serialized as indexes, so only the same guide can read
/// a serialized change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictChange {
    /// The treatment's ID.
    pub treatment: String,
    /// The verdict when the case was saved.
    pub before: Verdict,
    /// The verdict now, or `None` if the guide has no such treatment.
    pub now: Option<Verdict>,
    /// The standing when the case was saved. `None` if the verdict had none, or if the case was saved without standings.
    pub before_standing: Option<Standing>,
    /// The standing now. `None` if the verdict has none.
    pub now_standing: Option<Standing>,
    /// Why the verdict or the standing changed.
    pub cause: Cause,
    /// The facts that force the new verdict. If the new verdict is open, the unknown facts that would settle it.
    pub facts: Vec<FactId>,
}

/// Why a verdict or a standing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The guide can't read some of the answers. One of those answers may have decided the earlier verdict or standing, or the rules have changed.
    AnswersNotRead,
    /// The guide's rules have changed.
    RulesChanged,
    /// The guide no longer has a treatment with this ID.
    TreatmentGone,
}

impl VerdictChange {
    /// Returns the standings before and now, if both are known and differ.
    fn standings(&self) -> Option<(Standing, Standing)> {
        self.before_standing.zip(self.now_standing).filter(|(before, now)| before != now)
    }
}

impl<'a> Changes<'a> {
    /// Compares a saved case with the advice of this guide. Returns `None` if the case was saved with this guide, or without advice.
    #[must_use]
    pub fn of(guide: Edition<'_>, file: &'a CaseFile, advice: &'a Advice) -> Option<Self> {
        let earlier = file.earlier.as_ref().filter(|earlier| earlier.is_from_another(guide.guide))?;
        Some(Self { file, earlier, advice })
    }

    /// Returns the treatments whose verdict or standing changed. Treatments that are or were indicated come first. Within both groups, treatments
    /// are in the order of the guide, followed by those that it no longer has.
    #[must_use]
    pub fn verdicts(&self, guide: Edition<'_>) -> Vec<VerdictChange> {
        let mut changes: Vec<VerdictChange> =
            self.advice.treatments.iter().filter_map(|entry| self.change(guide, entry)).collect();
        let gone = self.earlier.verdicts.iter().filter(|(treatment, _)| guide.treatment(treatment).is_none());
        changes.extend(gone.map(|(treatment, before)| VerdictChange {
            treatment: treatment.clone(),
            before: *before,
            now: None,
            before_standing: self.earlier.standings.get(treatment).copied(),
            now_standing: None,
            cause: Cause::TreatmentGone,
            facts: Vec::new(),
        }));
        changes.sort_by_key(|change| change.before != Verdict::Indicated && change.now != Some(Verdict::Indicated));
        changes
    }

    fn change(&self, guide: Edition<'_>, entry: &sarcoguide_model::TreatmentAdvice) -> Option<VerdictChange> {
        let (treatment, now) = (&guide[entry.treatment].id, entry.verdict);
        let before = self.earlier.verdict(treatment);
        let (before_standing, now_standing) = (self.earlier.standings.get(treatment).copied(), entry.standing);
        // More answers never change a decided verdict. So unreadable answers can explain only a verdict that is now open, or a changed standing.
        let is_unread = (now == Verdict::Possible || before == now) && self.file.unreadable.iter().any(Unreadable::is_known_fact);
        let facts = match now {
            Verdict::Possible => entry.missing.iter().map(|missing| missing.fact).collect(),
            _ => entry.reason.clone(),
        };
        let change = VerdictChange {
            treatment: treatment.clone(),
            before,
            now: Some(now),
            before_standing,
            now_standing,
            cause: if is_unread { Cause::AnswersNotRead } else { Cause::RulesChanged },
            facts,
        };
        (before != now || change.standings().is_some()).then_some(change)
    }

    /// Returns the changes as text for people, without a heading. Show the text before the answer.
    #[must_use]
    pub fn document(&self, guide: Edition<'_>) -> Document {
        let mut document = Document::default();
        document.paragraph(intro(guide, &self.earlier.guide, self.earlier.revised.map(|date| date.to_string())));
        if !self.file.unreadable.is_empty() {
            document.paragraph(Line::default().strong(t!(guide.text, changes_unplaced)));
            document.points(self.file.unreadable.iter().map(|entry| not_read(guide, entry)).collect());
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

    /// Inserts the changes into an answer, after its title.
    #[must_use]
    pub fn insert_into(&self, guide: Edition<'_>, mut answer: Document) -> Document {
        let index = usize::from(matches!(answer.blocks.first(), Some(Block::Heading { level: 1, .. })));
        let mut section = Document::default();
        section.heading(2, t!(guide.text, changes_heading));
        section.blocks.extend(self.document(guide).blocks);
        answer.blocks.splice(index..index, section.blocks);
        answer
    }
}

/// Returns a sentence that says that a case was saved with another guide. It includes the short content hash of that guide and, if known, its date.
#[must_use]
pub fn intro(guide: Edition<'_>, hash: &str, revised: Option<String>) -> String {
    let hash = short_hash(hash);
    match revised {
        Some(date) => t!(guide.text, changes_intro_dated, date = date, hash = hash),
        None => t!(guide.text, changes_intro_undated, hash = hash),
    }
}

/// Returns a line about a changed verdict or standing and the reason.
#[must_use]
pub fn verdict_line(guide: Edition<'_>, case: &Case, change: &VerdictChange) -> Line {
    let treatment: Option<TreatmentId> = guide.treatment(&change.treatment);
    let name = treatment.map_or_else(|| humanize(&change.treatment), |id| guide[id].name.clone());
    let now = change.now.map_or("none", Verdict::id);
    let what = match change.standings() {
        Some((before, now)) if change.now == Some(change.before) => {
            line!(guide => Emphasis::Strong, changes_standing, treatment = name, before = before.id(), now = now.id())
        }
        standings => {
            let what =
                line!(guide => Emphasis::Strong, changes_verdict, treatment = name, before = change.before.id(), now = now);
            match standings {
                Some((before, now)) => {
                    what.plain(" ").plain(t!(guide.text, changes_standing_too, before = before.id(), now = now.id()))
                }
                None => what,
            }
        }
    };
    what.plain(" ").plain(why(guide, case, change))
}

/// Returns the question and the answer of an entry that the guide can't read, in words. The question is the name of the fact or, if the guide has no
/// such fact, a readable form of `name`. The answer is a readable form of `value`.
#[must_use]
pub fn entry_words(guide: Edition<'_>, name: &str, value: &Value) -> (String, String) {
    let question = guide.fact(name).map_or_else(|| humanize(&shown(name)), |fact| guide[fact].name.clone());
    let answer = match value {
        Value::Null => t!(guide.text, words_not_known),
        Value::String(text) => humanize(&shown(text)),
        other => other.to_string(),
    };
    (question, answer)
}

fn not_read(guide: Edition<'_>, entry: &Unreadable) -> Line {
    let (question, answer) = entry_words(guide, &entry.name, &entry.value);
    line!(guide, changes_not_read, question = question, answer = answer, why = entry.error.in_words(guide.text))
}

fn why(guide: Edition<'_>, case: &Case, change: &VerdictChange) -> String {
    let text = guide.text;
    let is_open = change.now == Some(Verdict::Possible);
    let facts: Vec<String> = if change.now == Some(change.before) {
        // Only the standing changed, and the facts explain only the verdict.
        Vec::new()
    } else if is_open {
        change.facts.iter().take(MAX_MISSING).map(|fact| guide[*fact].name.clone()).collect()
    } else {
        change.facts.iter().map(|fact| stated(guide, case, *fact)).collect()
    };
    let facts = facts.join("; ");
    match change.cause {
        Cause::AnswersNotRead if facts.is_empty() => t!(text, changes_answers_not_read),
        Cause::AnswersNotRead => t!(text, changes_answers_not_read_open, facts = facts),
        Cause::TreatmentGone => t!(text, changes_treatment_gone),
        Cause::RulesChanged if facts.is_empty() => t!(text, changes_rules),
        Cause::RulesChanged if is_open => t!(text, changes_rules_open, facts = facts),
        Cause::RulesChanged => t!(text, changes_rules_reason, facts = facts),
    }
}
