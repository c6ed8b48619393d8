//! Triage: closed questions about how a person feels, and what the answers say about how soon to call.

use serde::{Deserialize, Serialize};

use crate::{EffectId, Fact, FactId, FactValue, Rule, Statement, TreatmentId, Truth, Urgency, closed_set::closed_set};

/// The questions of the triage, in groups that a person recognizes.
///
/// The triage has facts of its own. Their [`FactId`]s are indexes in [`Triage::facts`], so they mean nothing in a case, and nothing that a person
/// answers here becomes part of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// The facts that conditions of the triage use: what the person is treated with, how long ago, and the questions.
    pub facts: Vec<Fact>,
    /// The facts about what the person is treated with.
    pub treatment_groups: Vec<TreatmentGroup>,
    /// The fact for the time since the last treatment. `None` if the guide's conditions don't use it.
    pub time: Option<FactId>,
    /// The groups, in the order in which they are shown.
    pub groups: Vec<TriageGroup>,
}

/// A yes-or-no fact about treatments: whether the person has, or recently had, one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentGroup {
    /// The fact.
    pub fact: FactId,
    /// The treatments, in the order of [`Guide::treatments`](crate::Guide::treatments).
    pub treatments: Vec<TreatmentId>,
}

/// A group of questions, such as those about breathing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageGroup {
    /// The name of the group's file, without `.toml`.
    pub id: String,
    pub name: String,
    /// A line below the name.
    pub help: Option<String>,
    /// The questions, the most urgent first.
    pub questions: Vec<TriageQuestion>,
}

/// A closed question. The answers are yes, no and not sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageQuestion {
    /// The fact that the answer states. Its `question` is the text of the question, and its `where_to_find` says how to tell.
    pub fact: FactId,
    /// If this condition is false, the question isn't asked, and its answer counts as no. It uses only treatments, the time, and earlier questions of
    /// the group.
    pub when: Option<Rule>,
    /// What a yes means, alone or together with other answers. Not empty.
    pub rules: Vec<TriageRule>,
}

/// What an answer, or a combination of answers, means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageRule {
    /// The condition. It contains no negation, so another yes can only make it hold.
    pub rule: Rule,
    /// How soon to call.
    pub urgency: Urgency,
    /// Whether the person may harm themselves.
    pub crisis: bool,
    /// What the answer may mean.
    pub statement: Statement,
    /// Why the guide's authors chose the urgency, if no source gives it.
    pub reason: Option<String>,
    /// The effects that it may be.
    pub effects: Vec<EffectId>,
}

impl Triage {
    /// Returns the fact with this ID.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<FactId> {
        self.facts.iter().position(|fact| fact.id == id).map(FactId::new)
    }

    /// Returns the index of the group with this ID.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.id == id)
    }

    /// Returns every question with its group.
    pub fn questions(&self) -> impl Iterator<Item = (&TriageGroup, &TriageQuestion)> {
        self.groups.iter().flat_map(|group| group.questions.iter().map(move |question| (group, question)))
    }

    /// Returns the question that a finding is about.
    #[must_use]
    pub fn question(&self, finding: TriageFinding) -> &TriageQuestion {
        &self.groups[finding.group].questions[finding.question]
    }

    /// Returns the rule of a finding.
    #[must_use]
    pub fn rule(&self, finding: TriageFinding) -> &TriageRule {
        &self.question(finding).rules[finding.rule]
    }

    /// Returns the index of the group that asks about this fact. `None` if no group does.
    #[must_use]
    pub fn group_of(&self, fact: FactId) -> Option<usize> {
        self.groups.iter().position(|group| group.questions.iter().any(|question| question.fact == fact))
    }
}

closed_set! {
    /// An answer to a question of the triage.
    pub enum TriageAnswer {
        No = "no",
        /// Counts like `Yes`.
        NotSure = "not_sure",
        Yes = "yes",
    }
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
    /// The index of the entry in [`SymptomCheck::floors`](crate::SymptomCheck::floors) that raises the urgency of anything that people on
    /// some treatments feel. `None` if no entry raises it.
    pub floor: Option<usize>,
}

/// What the triage asks and says next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriageAdvice {
    /// The indexes of the groups that fit what the person feels, the most fitting first.
    pub groups: Vec<usize>,
    /// For each of these groups, the questions that are still open, in the order in which they should be asked.
    pub open: Vec<Vec<FactId>>,
    /// How soon to call by the answers so far. Open questions count as no. `None` if nothing has been answered.
    pub outcome: Option<TriageOutcome>,
    /// The most urgent outcome that the open questions can still lead to.
    pub at_most: Urgency,
}
