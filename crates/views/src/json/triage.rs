//! Converts the questions of the triage and its outcome to JSON.

use sarcoguide_model::{FactId, Triage, TriageAdvice, TriageFinding, TriageGroup, TriageOutcome, Urgency};
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::declare::{Citation, EffectKey, OneOf, object};
use super::{GuideHead, Writer};
use crate::Edition;
use crate::provenance::{GuideVersion, Program};
use crate::triage::shown_groups;
use crate::urgency::urgency_name;

/// Returns what the triage asks and says, ready to be written as JSON. The JSON matches [`triage_schema`].
#[must_use]
pub fn triage(guide: Edition<'_>, triage: &Triage, advice: &TriageAdvice) -> TriageDocument {
    TriageDocument::new(Writer { guide }, triage, advice)
}

/// Returns the JSON Schema of [`TriageDocument`].
#[must_use]
pub fn triage_schema(guide: &sarcoguide_model::Guide) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<TriageDocument>().to_value();
    schema["title"] = "sarcoguide triage".into();
    super::list_ids(&mut schema, guide);
    schema
}

object! {
    /// What the triage asks and says.
    TriageDocument(writer, triage: &Triage, advice: &TriageAdvice) {
        /// The guide.
        guide: GuideHead = GuideHead::new(writer, GuideVersion::new(writer.guide.guide, writer.guide.is_bundled)),
        /// The program that wrote this.
        program: Program = Program::this(),
        /// The groups of questions that fit, the most fitting first. If none is chosen, all groups in the order of the guide.
        groups: Vec<TriageGroupAnswer> =
            shown_groups(triage, advice).map(|group| TriageGroupAnswer::new(writer, group)).collect(),
        /// The questions of the chosen groups that are still open, in the order in which they should be asked.
        questions: Vec<TriageQuestionAnswer> = advice
            .groups
            .iter()
            .zip(&advice.open)
            .flat_map(|(group, open)| open.iter().map(|fact| (&triage.groups[*group], *fact)))
            .map(|(group, fact)| TriageQuestionAnswer::new(writer, triage, group, fact))
            .collect(),
        /// Whether the person may harm themselves, by their answers. Show the help for this first.
        crisis: bool = advice.outcome.as_ref().is_some_and(|outcome| outcome.crisis),
        /// How soon to call by the answers so far. `null` if no question has been answered.
        outcome: Option<TriageOutcomeAnswer> =
            advice.outcome.as_ref().map(|outcome| TriageOutcomeAnswer::new(writer, triage, advice, outcome)),
    }
}

object! {
    /// A group of questions that a person recognizes.
    TriageGroupAnswer(_writer, group: &TriageGroup) {
        /// The group's ID.
        id: String = group.id.clone(),
        /// The name.
        name: String = group.name.clone(),
        /// A line below the name.
        help: Option<String> = group.help.clone(),
    }
}

object! {
    /// A closed question. It can be answered with `yes`, `no` and `not_sure`.
    TriageQuestionAnswer(_writer, triage: &Triage, group: &TriageGroup, fact: FactId) {
        /// The question's ID.
        id: String = triage.facts[fact.index()].id.clone(),
        /// The ID of its group.
        group: String = group.id.clone(),
        /// The question.
        text: String = triage.facts[fact.index()].question.clone(),
        /// How to tell.
        help: Option<String> = triage.facts[fact.index()].where_to_find.clone(),
    }
}

object! {
    /// How soon to call.
    TriageOutcomeAnswer(writer, triage: &Triage, advice: &TriageAdvice, outcome: &TriageOutcome) {
        /// The highest urgency that an answer gives. Questions that are still open count as no here.
        urgency: OneOf<Urgency> = OneOf(outcome.urgency),
        /// The urgency in words.
        name: String = urgency_name(writer.guide, outcome.urgency),
        /// The highest urgency that the open questions can still lead to.
        at_most: OneOf<Urgency> = OneOf(advice.at_most),
        /// Whether no question of the chosen groups is open.
        complete: bool = advice.open.iter().all(Vec::is_empty),
        /// Whether several reasons to call today together make it more urgent.
        together: bool = outcome.together,
        /// Why anything is this urgent on the person's treatment, if that decides.
        floor: Option<String> = outcome.floor.and_then(|place| {
            let check = writer.guide.symptom_check.as_ref()?;
            Some(check.floors[place].statement.text.clone())
        }),
        /// What the answers mean, the most urgent first.
        findings: Vec<TriageFindingAnswer> =
            outcome.findings.iter().map(|finding| TriageFindingAnswer::new(writer, triage, *finding)).collect(),
    }
}

object! {
    /// What an answer, or a combination of answers, means.
    TriageFindingAnswer(writer, triage: &Triage, finding: TriageFinding) {
        /// The ID of the question.
        question: String = triage.facts[triage.question(finding).fact.index()].id.clone(),
        /// Whether it's certain. It isn't after "not sure", or if the treatment or the time isn't known. It counts all the same.
        certain: bool = finding.truth.is_true(),
        /// How soon to call.
        urgency: OneOf<Urgency> = OneOf(triage.rule(finding).urgency),
        /// What it may be.
        text: String = triage.rule(finding).statement.text.clone(),
        /// The passages that support it. Empty if it's a judgment of the guide's authors.
        sources: Vec<Citation> = writer.citations(&triage.rule(finding).statement.from),
        /// Why the guide's authors chose the urgency, if no source gives it.
        judgment: Option<String> = triage.rule(finding).reason.clone(),
        /// The IDs of the side effects that it may be.
        effects: Vec<EffectKey> =
            triage.rule(finding).effects.iter().map(|effect| EffectKey(writer.guide[*effect].id.clone())).collect(),
    }
}
