//! What a guide has for a person besides treatments: how they are asked, an exercise about what matters to them, and words for the symptom check.

use serde::{Deserialize, Serialize};

use crate::{Decimal, EffectId, FactId, MeasureId, ModalityId, SettingId, Statement, TreatmentId, Urgency};

/// Questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionPart {
    /// What they are about, as a heading.
    pub title: String,
    /// Whether they come before all others: what a person knows of their situation, and most other questions depend on.
    pub first: bool,
    /// Their facts, in the order in which they are asked.
    pub facts: Vec<FactId>,
}

/// How a person is asked.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Interview {
    /// What a person gets for their answers, told before the first question.
    pub welcome: Option<String>,
    /// The questions, in the order in which they come; every fact stands in one part.
    pub parts: Vec<QuestionPart>,
}

/// An answer of the exercise, for instance `Matters a lot to me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    pub id: String,
    pub name: String,
}

/// Something that may matter to a person who weighs treatments, and what of the guide touches it. It is never scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalValue {
    pub id: String,
    pub name: String,
    pub question: String,
    /// Why one may think about it.
    pub statement: Statement,
    /// A question to take to the team.
    pub ask: String,
    /// A fact whose question is close to this one: what was said to it is shown beside.
    pub fact: Option<FactId>,
    /// Adverse effects that touch it.
    pub effects: Vec<EffectId>,
    /// Measures of outcomes that tell of it.
    pub measures: Vec<MeasureId>,
    /// Settings of administrations that touch it.
    pub settings: Vec<SettingId>,
    /// Kinds of treatment that touch it as such.
    pub modalities: Vec<ModalityId>,
    /// Whether every serious side effect touches it.
    pub serious: bool,
    /// Whether every side effect that may last long or for good touches it.
    pub lasting: bool,
}

/// The exercise about what matters to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesExercise {
    /// What it is for.
    pub statement: Statement,
    /// The answers; what matters most first.
    pub weights: Vec<Weight>,
    /// What may matter.
    pub values: Vec<PersonalValue>,
}

/// What a value weighs for a person: the places of a value and of an answer in the guide's exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeighedValue {
    pub value: usize,
    /// What was answered.
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
    /// A number to call, by its place in the guide's links.
    pub link: Option<usize>,
}

/// A way in which people may write something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wording {
    /// A word, or the beginning of one.
    Word(String),
    /// A number from the first to the second, both included.
    Number(Decimal, Decimal),
    /// Every one of these, in any order.
    All(Vec<Wording>),
    /// These in this order.
    Then {
        /// What follows one another.
        parts: Vec<Wording>,
        /// How many words may stand between two of them at most.
        between: usize,
    },
    /// One of these.
    Any {
        /// The ways to write it.
        of: Vec<Wording>,
        /// What does not mean it though it has its words: `blood test` is no bleeding.
        but: Vec<Wording>,
    },
}

/// What the words of a group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// They mean the same: `pee`, `urine`.
    Same,
    /// They do for one another only in signs: `drip`, `needle`.
    Sort,
}

/// Words that do for one another in a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGroup {
    pub id: String,
    /// What they have in common.
    pub kind: GroupKind,
    pub words: Vec<Wording>,
    /// What does not mean it though it has its words.
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

/// A sign that is known by its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognizedSign {
    pub statement: Statement,
    /// Why it is as urgent where no source says.
    pub reason: Option<String>,
    /// Whom to call first: the place in the guide's list.
    pub call: usize,
    /// What people may write for it.
    pub words: Vec<Wording>,
    /// What does not mean it though it has its words.
    pub but: Vec<Wording>,
    /// What people may write for the treatments that it concerns; then it counts whatever treatment was chosen.
    pub on: Vec<Wording>,
    /// Where there are any, it counts only on treatments that may have one of these effects.
    pub effects: Vec<EffectId>,
    /// Whether it counts also where the treatment is not known. Without `effects` it always does.
    pub treatment_unknown: bool,
}

/// How soon to call at the latest on some treatments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyFloor {
    pub urgency: Urgency,
    /// The kinds of treatment.
    pub modalities: Vec<ModalityId>,
    /// Treatments of other kinds.
    pub treatments: Vec<TreatmentId>,
    /// For which effects; where there are none, for any symptom.
    pub effects: Vec<EffectId>,
    pub statement: Statement,
    /// Why the urgency was set so where no source says.
    pub reason: Option<String>,
}

/// Signs of an emergency in plain words, several in a group. They stand before every answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedFlag {
    /// What to look for.
    pub statement: Statement,
    /// Why it is an emergency where no source says. The docs list it; answers leave it out.
    pub reason: Option<String>,
}

/// Help for a person who may harm themself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crisis {
    pub name: String,
    /// The line that stands before every answer.
    pub always: Statement,
    /// What is said where its words were written.
    pub statements: Vec<Statement>,
    /// The line to call, by its place in the guide's links.
    pub link: usize,
    /// What people may write.
    pub words: Vec<Wording>,
}

/// What is said to a person with a symptom, whatever it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymptomCheck {
    /// Words that carry no meaning of their own, such as `have`.
    pub stop_words: Vec<String>,
    /// Words that are meant as they stand, and are no misspellings or forms of other words: `child` is not `chills`.
    pub exact_words: Vec<String>,
    /// Words that negate the word after them: `no`, `without`.
    pub negations: Vec<String>,
    /// Words that do for one another.
    pub groups: Vec<WordGroup>,
    /// The signs of an emergency that stand before every answer.
    pub red_flags: Vec<RedFlag>,
    /// What to do when unsure; it stands before every answer.
    pub unsure: Statement,
    /// Help for a person who may harm themself.
    pub crisis: Crisis,
    /// Whom to call first for a sign; the strongest first.
    pub calls: Vec<FirstCall>,
    /// Signs that are known by their words.
    pub recognized_signs: Vec<RecognizedSign>,
    /// What to do for each urgency; each once.
    pub urgencies: Vec<UrgencyWords>,
    /// How soon to call at the latest on some treatments.
    pub floors: Vec<UrgencyFloor>,
    /// What is said where the words were not recognized.
    pub not_recognized: Statement,
    /// What else to know.
    pub know: Vec<Statement>,
}
