//! The interview: the questions that a person is asked, and their order.

use serde::{Deserialize, Serialize};

use crate::{Condition, FactId};

/// A group of questions on one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPart {
    /// The subject, as a heading.
    pub title: String,
    /// Whether the questions come before those of all parts without this flag.
    pub first: bool,
    /// The index of the step that the part belongs to, in [`Interview::steps`].
    pub step: usize,
    /// The facts that the questions ask for, in order.
    pub facts: Vec<FactId>,
}

/// Questions that are really one decision, such as the places that something has reached. An interview asks those of them that are due on one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionGroup {
    /// The heading of the page.
    pub title: String,
    pub facts: Vec<FactId>,
}

/// Questions that an interview asks only if a condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionCondition {
    pub facts: Vec<FactId>,
    /// While it's false or unknown, an interview doesn't ask the questions. They can still be answered.
    pub when: Condition,
}

/// A page on which a person can answer several questions at once, for example with what a letter says. Each question also comes in the interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPage {
    /// The ID in guide files and in addresses. No fact or list has the same ID.
    pub id: String,
    pub title: String,
    /// The words of links to the page.
    pub link: String,
    /// How to answer, below the title.
    pub text: String,
    /// The facts that the questions ask for, in order. None of them is in a [`FactList`](crate::FactList).
    pub facts: Vec<FactId>,
}

/// The order in which a person is asked the questions, and the text before them.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interview {
    /// A short name of the guide, for the top of each page. `None` if the guide's name is short enough.
    pub name: Option<String>,
    /// The heading of the start page. `None` for the guide's name.
    pub heading: Option<String>,
    /// A text before the first question. It explains what people get if they answer.
    pub welcome: Option<String>,
    /// The names of the steps that people see themselves go through, in order. Each has at least one part.
    pub steps: Vec<String>,
    /// The parts, in order. Each fact is in exactly one of them. No part belongs to an earlier step than the part before it.
    pub parts: Vec<QuestionPart>,
    /// The facts that an interview always asks for, even if nothing depends on them yet.
    pub always: Vec<FactId>,
    pub conditions: Vec<QuestionCondition>,
    /// The questions that are asked together. No fact is in two of them, or in a [`FactList`](crate::FactList).
    pub groups: Vec<QuestionGroup>,
    /// The pages on which several questions can be answered at once.
    pub pages: Vec<QuestionPage>,
}

impl Interview {
    /// Returns the index of the step in which a fact is asked for. 0 for a fact in no part.
    #[must_use]
    pub fn step_of(&self, fact: FactId) -> usize {
        self.parts.iter().find(|part| part.facts.contains(&fact)).map_or(0, |part| part.step)
    }

    /// Returns the questions that are asked together with the one about a fact.
    #[must_use]
    pub fn group_of(&self, fact: FactId) -> Option<&QuestionGroup> {
        self.groups.iter().find(|group| group.facts.contains(&fact))
    }
}
