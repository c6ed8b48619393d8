//! The interview, the exercise about what matters to a person, and the data of the symptom check.

use serde::{Deserialize, Serialize};

use crate::{Decimal, EffectId, FactId, MeasureId, ModalityId, SettingId, Statement, TreatmentId, Urgency};

/// Questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPart {
    /// What they are about, as a heading.
    pub title: String,
    /// Whether they come before all others.
    pub first: bool,
    /// Their facts, in the order of the questions.
    pub facts: Vec<FactId>,
}

/// How to ask a person the questions.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interview {
    /// What a person gets for their answers, shown before the first question.
    pub welcome: Option<String>,
    /// The parts, in order; each fact is in exactly one.
    pub parts: Vec<QuestionPart>,
}

/// An answer of the exercise, for instance `Matters a lot to me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    pub id: String,
    pub name: String,
}

/// Something that can matter to a person who weighs treatments, and what in the guide concerns it. It's never scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalValue {
    pub id: String,
    pub name: String,
    pub question: String,
    /// Why it can matter.
    pub statement: Statement,
    /// A question to take to the team.
    pub ask: String,
    /// A fact with a similar question. Its answer is shown with this one.
    pub fact: Option<FactId>,
    /// Adverse effects that concern it.
    pub effects: Vec<EffectId>,
    /// Measures of outcomes that concern it.
    pub measures: Vec<MeasureId>,
    /// Settings that concern it.
    pub settings: Vec<SettingId>,
    /// Kinds of treatment that concern it.
    pub modalities: Vec<ModalityId>,
    /// Whether every serious adverse effect concerns it.
    pub serious: bool,
    /// Whether every adverse effect that can be long-lasting or permanent concerns it.
    pub lasting: bool,
}

/// The exercise about what matters to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesExercise {
    /// What it is for.
    pub statement: Statement,
    /// The answers; what matters most first.
    pub weights: Vec<Weight>,
    /// What can matter.
    pub values: Vec<PersonalValue>,
}

/// A person's answer: the indexes of a value and of an answer in the guide's exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeighedValue {
    pub value: usize,
    /// The index of the answer.
    pub weight: usize,
}

/// What to do for an urgency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyWords {
    pub urgency: Urgency,
    /// In a few words, for instance `Call your team today`.
    pub name: String,
    /// In a word or two, for instance `Today`.
    pub short: String,
    /// In a sentence or two.
    pub statement: Statement,
    /// The number to call, an index in the guide's links.
    pub link: Option<usize>,
}

/// A pattern for what people write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wording {
    /// A word, or the beginning of one.
    Word(String),
    /// A number from the first to the second, both included.
    Number(Decimal, Decimal),
    /// All of these, in any order.
    All(Vec<Wording>),
    /// These in this order.
    Then {
        /// The parts, in order.
        parts: Vec<Wording>,
        /// The maximum number of words between two of them.
        between: usize,
    },
    /// Any of these.
    Any {
        /// The patterns.
        of: Vec<Wording>,
        /// Exceptions that contain its words but don't mean it: `blood test` isn't bleeding.
        but: Vec<Wording>,
    },
}

/// What the words of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// They mean the same: `pee`, `urine`.
    Same,
    /// They're interchangeable only in signs: `drip`, `needle`.
    Sort,
}

/// Words that are interchangeable in a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGroup {
    pub id: String,
    /// What they have in common.
    pub kind: GroupKind,
    pub words: Vec<Wording>,
    /// Exceptions that contain its words but don't mean it.
    pub but: Vec<Wording>,
}

/// Whom to call first for a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstCall {
    pub id: String,
    pub urgency: Urgency,
    /// In a few words, for instance `Call your team now, day or night`.
    pub name: String,
    /// In a sentence or two.
    pub statement: Statement,
}

/// A sign that is recognized by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognizedSign {
    pub statement: Statement,
    /// Why it has this urgency, if no source says.
    pub reason: Option<String>,
    /// Whom to call first, an index in [`SymptomCheck::calls`].
    pub call: usize,
    /// Patterns for what people write.
    pub words: Vec<Wording>,
    /// Exceptions that contain its words but don't mean it.
    pub but: Vec<Wording>,
    /// Patterns for the treatments that it concerns. If the text has one, the sign counts with any chosen treatment.
    pub on: Vec<Wording>,
    /// If not empty, it counts only on treatments with one of these effects.
    pub effects: Vec<EffectId>,
    /// Whether it also counts if the treatment isn't known. Without `effects`, it always counts.
    pub treatment_unknown: bool,
}

/// The latest time to call on some treatments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyFloor {
    pub urgency: Urgency,
    /// The kinds of treatment.
    pub modalities: Vec<ModalityId>,
    /// Treatments of other kinds.
    pub treatments: Vec<TreatmentId>,
    /// The effects; if empty, any symptom.
    pub effects: Vec<EffectId>,
    pub statement: Statement,
    /// Why it has this urgency, if no source says.
    pub reason: Option<String>,
}

/// Signs of an emergency in plain words, several in a group. Every answer starts with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedFlag {
    /// What to look for.
    pub statement: Statement,
    /// Why it's an emergency, if no source says. The docs list it; answers don't show it.
    pub reason: Option<String>,
}

/// Help for a person who may harm themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crisis {
    pub name: String,
    /// The sentence at the start of every answer.
    pub always: Statement,
    /// What the answer says if the text has its words.
    pub statements: Vec<Statement>,
    /// The line to call, an index in the guide's links.
    pub link: usize,
    /// Patterns for what people write.
    pub words: Vec<Wording>,
}

/// The data of the symptom check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymptomCheck {
    /// Words that carry no meaning of their own, such as `have`.
    pub stop_words: Vec<String>,
    /// Words that never count as misspellings or forms of other words: `child` isn't `chills`.
    pub exact_words: Vec<String>,
    /// Words that negate the word after them: `no`, `without`.
    pub negations: Vec<String>,
    /// Groups of interchangeable words.
    pub groups: Vec<WordGroup>,
    /// The signs of an emergency at the start of every answer.
    pub red_flags: Vec<RedFlag>,
    /// What to do when unsure, at the start of every answer.
    pub unsure: Statement,
    /// Help for a person in danger, such as one who may harm themselves. A guide on another subject may have none.
    pub crisis: Option<Crisis>,
    /// Whom to call first for a sign; the most urgent first.
    pub calls: Vec<FirstCall>,
    /// Signs that are recognized by their words.
    pub recognized_signs: Vec<RecognizedSign>,
    /// What to do for each urgency; each once.
    pub urgencies: Vec<UrgencyWords>,
    /// The latest time to call on some treatments.
    pub floors: Vec<UrgencyFloor>,
    /// What the answer says if it doesn't recognize the words.
    pub not_recognized: Statement,
    /// What every answer also says.
    pub know: Vec<Statement>,
}
