//! Triage: how soon to call, by the answers to the guide's questions about how a person feels.
//!
//! The evaluation is three-valued like that of cases, but errs to the safe side: a rule counts unless it's false, so "not sure" counts like "yes".

use sarcoguide_model::{
    DerivedId, Domain, FactId, FactValue, Guide, Interval, TreatmentId, Triage, TriageGroup, TriageQuestion, TriageRule, Truth,
    Urgency, UrgencyFloor, ValueSet,
};

use crate::evaluate::{Knowledge, numbers_of, truth};

/// The index of `yes` among the values of a yes-or-no fact.
const YES: usize = 1;
/// The number of questions with the urgency [`Urgency::SameDay`] that together have the urgency [`Urgency::Now`].
const SAME_DAY_TOGETHER: usize = 2;

/// An answer to a question of the triage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriageAnswer {
    No,
    /// Counts like `Yes`.
    NotSure,
    Yes,
}

/// What a person told the triage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageAnswers {
    /// The answers to the questions, by the index of the question's fact. `None` if it hasn't been answered.
    answers: Vec<Option<TriageAnswer>>,
    /// The treatments that the person has or recently had. `None` if they didn't say.
    pub treatments: Option<Vec<TreatmentId>>,
    /// The time since the last treatment.
    pub time: FactValue,
}

impl TriageAnswers {
    /// Returns the answers of a person who hasn't answered anything.
    #[must_use]
    pub fn none(triage: &Triage) -> Self {
        Self { answers: vec![None; triage.facts.len()], treatments: None, time: FactValue::Unknown }
    }

    /// Returns the answer to the question about `fact`, or `None` if it hasn't been answered.
    #[must_use]
    pub fn get(&self, fact: FactId) -> Option<TriageAnswer> {
        self.answers[fact.index()]
    }

    /// Sets the answer to the question about `fact`.
    pub fn set(&mut self, fact: FactId, answer: Option<TriageAnswer>) {
        self.answers[fact.index()] = answer;
    }
}

/// A rule that counts: it holds, or it may hold because of a "not sure" or because the treatments or the time are unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriageFinding {
    /// The index of the group.
    pub group: usize,
    /// The index of the question in the group.
    pub question: usize,
    /// The index of the rule in the question.
    pub rule: usize,
    /// Whether the rule holds. Never [`Truth::False`].
    pub truth: Truth,
}

/// How soon to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageOutcome {
    /// The highest urgency that something gives.
    pub urgency: Urgency,
    /// Whether the person may harm themselves.
    pub crisis: bool,
    /// The rules that count, the most urgent first.
    pub findings: Vec<TriageFinding>,
    /// Whether several reasons to call today together make it [`Urgency::Now`].
    pub together: bool,
    /// The index of the entry in [`SymptomCheck::floors`](sarcoguide_model::SymptomCheck::floors) that raises the urgency of anything that people on
    /// some treatments feel. `None` if no entry raises it.
    pub floor: Option<usize>,
}

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
    findings.sort_by_key(|finding: &TriageFinding| rule(triage, *finding).urgency);
    let single = findings.first().map_or(Urgency::NextVisit, |finding| rule(triage, *finding).urgency);
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

/// Returns the rule of a finding.
#[must_use]
pub fn rule(triage: &Triage, finding: TriageFinding) -> &TriageRule {
    &triage.groups[finding.group].questions[finding.question].rules[finding.rule]
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
