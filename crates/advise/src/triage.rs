//! Triage: how soon to call, by the answers to the guide's questions about how a person feels.
//!
//! The evaluation is three-valued like that of cases, but errs to the safe side: a rule counts unless it's false, so "not sure" counts like "yes".

use sarcoguide_model::{
    DerivedId, Domain, FactId, Guide, Interval, TreatmentId, Triage, TriageAdvice, TriageAnswer, TriageAnswers, TriageFinding,
    TriageGroup, TriageOutcome, TriageQuestion, TriageRule, Urgency, UrgencyFloor, ValueSet,
};

use crate::evaluate::{Knowledge, numbers_of, truth};

/// The index of `yes` among the values of a yes-or-no fact.
const YES: usize = 1;
/// The number of questions with the urgency [`Urgency::SameDay`] that together have the urgency [`Urgency::Now`].
const SAME_DAY_TOGETHER: usize = 2;

/// Where the questions that haven't been answered are taken to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unanswered {
    /// They count as no. The result is what the answers so far say.
    No,
    /// They count as not sure. The result is the most urgent one that can still come out.
    NotSure,
}

/// What is known of the facts of the triage.
struct Known<'a> {
    triage: &'a Triage,
    /// The possible values of each yes-or-no fact.
    possible: Vec<ValueSet>,
    time: Interval,
}

impl Knowledge for Known<'_> {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.possible[fact.index()]
    }

    fn numbers(&self, fact: FactId) -> Interval {
        if self.triage.time == Some(fact) { self.time } else { self.triage.facts[fact.index()].domain.interval() }
    }

    fn derived(&self, _: DerivedId) -> ValueSet {
        ValueSet::EMPTY
    }
}

impl<'a> Known<'a> {
    fn of(triage: &'a Triage, answers: &TriageAnswers, unanswered: Unanswered) -> Self {
        let both = ValueSet::only(0).union(ValueSet::only(YES));
        let time = triage
            .time
            .map_or_else(|| Domain::Values(Vec::new()).interval(), |fact| numbers_of(&triage.facts[fact.index()], answers.time));
        let mut known = Self { triage, possible: vec![both; triage.facts.len()], time };
        for group in &triage.treatment_groups {
            if let Some(treatments) = &answers.treatments {
                let has = group.treatments.iter().any(|treatment| treatments.contains(treatment));
                known.possible[group.fact.index()] = ValueSet::only(usize::from(has));
            }
        }
        for question in triage.groups.iter().flat_map(|group| &group.questions) {
            // An answer counts even if the question wouldn't be asked, so that changing another answer can't take it back.
            known.possible[question.fact.index()] = match (answers.get(question.fact), unanswered) {
                (Some(TriageAnswer::Yes), _) => ValueSet::only(YES),
                (Some(TriageAnswer::NotSure), _) => both,
                (None, Unanswered::NotSure) if known.asks(question) => both,
                (None, _) | (Some(TriageAnswer::No), _) => ValueSet::only(0),
            };
        }
        known
    }

    /// Whether a question is asked. Its condition must use only facts that are already known.
    fn asks(&self, question: &TriageQuestion) -> bool {
        question.when.as_ref().is_none_or(|rule| !truth(&rule.when, self).is_false())
    }
}

/// Returns the open questions of the groups with the given indexes, and how soon to call.
#[must_use]
pub fn advise(guide: &Guide, triage: &Triage, answers: &TriageAnswers, groups: &[usize]) -> TriageAdvice {
    let open = groups.iter().map(|group| open_questions(triage, answers, &triage.groups[*group]));
    let open = open.map(|questions| questions.into_iter().map(|question| question.fact).collect()).collect();
    let has_answers = triage.questions().any(|(_, question)| answers.get(question.fact).is_some());
    TriageAdvice {
        groups: groups.to_vec(),
        open,
        outcome: has_answers.then(|| outcome(guide, triage, answers)),
        at_most: most_urgent(guide, triage, answers, groups).urgency,
    }
}

/// Returns the questions of a group that are still to be asked, in order.
#[must_use]
pub fn open_questions<'t>(triage: &'t Triage, answers: &TriageAnswers, group: &'t TriageGroup) -> Vec<&'t TriageQuestion> {
    let known = Known::of(triage, answers, Unanswered::NotSure);
    group.questions.iter().filter(|question| answers.get(question.fact).is_none() && known.asks(question)).collect()
}

/// Returns how soon to call by the answers so far. Questions that haven't been answered count as no.
#[must_use]
pub fn outcome(guide: &Guide, triage: &Triage, answers: &TriageAnswers) -> TriageOutcome {
    let known = Known::of(triage, answers, Unanswered::No);
    let mut findings = Vec::new();
    let mut same_day = 0;
    let mut crisis = false;
    for (group, entry) in triage.groups.iter().enumerate() {
        for (question, asked) in entry.questions.iter().enumerate() {
            let counts = |(rule, entry): (usize, &TriageRule)| {
                let truth = truth(&entry.rule.when, &known);
                (!truth.is_false()).then_some(TriageFinding { group, question, rule, truth })
            };
            let found: Vec<TriageFinding> = asked.rules.iter().enumerate().filter_map(counts).collect();
            same_day += usize::from(found.iter().any(|finding| asked.rules[finding.rule].urgency <= Urgency::SameDay));
            crisis |= found.iter().any(|finding| asked.rules[finding.rule].crisis);
            findings.extend(found);
        }
    }
    findings.sort_by_key(|finding: &TriageFinding| triage.rule(*finding).urgency);
    let single = findings.first().map_or(Urgency::NextVisit, |finding| triage.rule(*finding).urgency);
    let together = single == Urgency::SameDay && same_day >= SAME_DAY_TOGETHER;
    let urgency = if together { Urgency::Now } else { single };
    let floor = floor(guide, answers).filter(|(_, floor)| floor.urgency < urgency);
    TriageOutcome {
        urgency: floor.map_or(urgency, |(_, floor)| floor.urgency),
        crisis,
        findings,
        together,
        floor: floor.map(|(place, _)| place),
    }
}

/// Returns the most urgent outcome that the open questions of the groups with the given indexes can still lead to.
#[must_use]
pub fn most_urgent(guide: &Guide, triage: &Triage, answers: &TriageAnswers, groups: &[usize]) -> TriageOutcome {
    let mut filled = answers.clone();
    for group in groups {
        for question in open_questions(triage, answers, &triage.groups[*group]) {
            filled.set(question.fact, Some(TriageAnswer::NotSure));
        }
    }
    outcome(guide, triage, &filled)
}

/// Returns the most urgent floor for anything that a person on these treatments feels. If the person didn't say what they're treated with, there is no
/// floor.
fn floor<'g>(guide: &'g Guide, answers: &TriageAnswers) -> Option<(usize, &'g UrgencyFloor)> {
    let treatments = answers.treatments.as_ref()?;
    let floors = guide.symptom_check.iter().flat_map(|check| check.floors.iter().enumerate());
    let concerns = |(_, floor): &(usize, &UrgencyFloor)| {
        let named = |id: &TreatmentId| floor.treatments.contains(id) || floor.modalities.contains(&guide[*id].modality);
        floor.effects.is_empty() && treatments.iter().any(named)
    };
    floors.filter(concerns).min_by_key(|(_, floor)| floor.urgency)
}
