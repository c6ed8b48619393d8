//! Triage: closed questions about how a person feels, and what the answers say about how soon to call.

use serde::{Deserialize, Serialize};

use crate::{EffectId, Fact, FactId, Rule, Statement, TreatmentId, Urgency};

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

    /// Returns the index of the group that asks about this fact. `None` if no group does.
    #[must_use]
    pub fn group_of(&self, fact: FactId) -> Option<usize> {
        self.groups.iter().position(|group| group.questions.iter().any(|question| question.fact == fact))
    }
}
