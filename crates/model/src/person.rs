//! The parts of a guide that a person interacts with: the exercise about what matters to them, and the symptom check. The interview is in
//! [`Interview`](crate::Interview).

use serde::{Deserialize, Serialize};

use crate::{Decimal, EffectId, FactId, MeasureId, ModalityId, Rule, SettingId, Statement, TreatmentId, Urgency};

/// A question for a person to take to the treatment team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamQuestion {
    /// The ID in guide files.
    pub id: String,
    /// The question, in the person's words.
    pub statement: Statement,
    /// Holds in the usual scenario of the people who should ask. `None` means everyone.
    pub rule: Option<Rule>,
    /// The facts that the answer makes known. If there are any, the question comes up only while one of them is open.
    pub decides: Vec<FactId>,
    /// If there are any, the question comes up only if a scenario indicates all of these treatments.
    pub treatments: Vec<TreatmentId>,
}

/// A possible answer in the [`ValuesExercise`], for example `Matters a lot to me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    pub id: String,
    pub name: String,
}

/// Something that can matter to a person who compares treatments, with the entries of the guide that relate to it. The program never
/// turns a person's answers into a score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalValue {
    pub id: String,
    pub name: String,
    pub question: String,
    /// Why this can matter.
    pub statement: Statement,
    /// A question for the person to ask the treatment team.
    pub ask: String,
    /// A fact whose question is similar. The person's answer to that question is shown with this value.
    pub fact: Option<FactId>,
    /// The adverse effects that relate to this value.
    pub effects: Vec<EffectId>,
    /// The outcome measures that relate to this value.
    pub measures: Vec<MeasureId>,
    /// The settings that relate to this value.
    pub settings: Vec<SettingId>,
    /// The kinds of treatment that relate to this value.
    pub modalities: Vec<ModalityId>,
    /// Whether every serious adverse effect relates to this value.
    pub serious: bool,
    /// Whether every adverse effect that can be long-lasting or permanent relates to this value.
    pub lasting: bool,
}

/// The exercise that asks what matters to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValuesExercise {
    /// The purpose of the exercise.
    pub statement: Statement,
    /// The possible answers, starting with the one for what matters most.
    pub weights: Vec<Weight>,
    /// The things that can matter. The exercise asks about each of them.
    pub values: Vec<PersonalValue>,
}

/// A person's answer in the [`ValuesExercise`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WeighedValue {
    /// The index in [`ValuesExercise::values`].
    pub value: usize,
    /// The index in [`ValuesExercise::weights`].
    pub weight: usize,
}

/// A question on a person's own list for a visit: one that the program proposed, changed or not, or one of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnQuestion {
    /// The question: at most [`MAX_CHARS`](Self::MAX_CHARS) characters, on one line.
    pub text: String,
    /// Whether the person has ticked it.
    pub ticked: bool,
}

impl OwnQuestion {
    /// The maximum number of characters of a question.
    pub const MAX_CHARS: usize = 200;
    /// The maximum number of questions on a list, so that they fit on a sheet of one page.
    pub const MAX_COUNT: usize = 8;

    /// Whether `text` can be the text of a question: not only spaces, not too long, and without control characters.
    #[must_use]
    pub fn is_valid_text(text: &str) -> bool {
        let is_plain = |letter: char| !letter.is_control();
        text.chars().any(|letter| letter != ' ') && text.chars().count() <= Self::MAX_CHARS && text.chars().all(is_plain)
    }
}

/// The texts for an urgency: what to do, and how soon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyText {
    pub urgency: Urgency,
    /// What to do in a few words, for example `Call your team today`.
    pub name: String,
    /// The time in a word or two, for example `Today`.
    pub short: String,
    /// What to do in one or two sentences.
    pub statement: Statement,
    /// The phone number to call, as an index in [`Guide::links`](crate::Guide::links).
    pub link: Option<usize>,
}

/// A pattern that matches words in a person's description of a symptom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wording {
    /// A word. Longer words that begin with it match too. If it has at least five letters, so do misspellings of it.
    Word(String),
    /// A number in this range, including both ends.
    Number(Decimal, Decimal),
    /// All of these patterns, in any order.
    All(Vec<Wording>),
    /// Several patterns, in this order.
    Then {
        /// The patterns, in order.
        parts: Vec<Wording>,
        /// The maximum number of other words between two consecutive patterns.
        between: usize,
    },
    /// At least one of several patterns.
    Any {
        /// The patterns.
        of: Vec<Wording>,
        /// Exceptions: phrases that contain the words but mean something else. For example, `blood test` doesn't mean bleeding.
        but: Vec<Wording>,
    },
}

/// How the words of a group are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// The words mean the same thing, such as `pee` and `urine`. A search for one of them also finds the others.
    Same,
    /// The words mean different things, such as `drip` and `needle`, but are interchangeable in the patterns of signs.
    Interchangeable,
}

/// A group of words that are interchangeable in the patterns of signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordGroup {
    pub id: String,
    /// How the words are related.
    pub kind: GroupKind,
    pub words: Vec<Wording>,
    /// Exceptions: phrases that contain the words but mean something else.
    pub but: Vec<Wording>,
}

/// Advice on whom to call first for a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstCall {
    pub id: String,
    pub urgency: Urgency,
    /// What to do in a few words, for example `Call your team now, day or night`.
    pub name: String,
    /// What to do in one or two sentences.
    pub statement: Statement,
}

/// A sign of a possible problem that the symptom check recognizes in a person's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognizedSign {
    pub statement: Statement,
    /// The authors' reason for this urgency, if no source gives one.
    pub reason: Option<String>,
    /// Whom to call first, as an index in [`SymptomCheck::calls`].
    pub call: usize,
    /// Patterns for the sign itself. The text must match at least one of them.
    pub words: Vec<Wording>,
    /// Exceptions: phrases that contain the words but mean something else.
    pub but: Vec<Wording>,
    /// Patterns for the names of treatments. If the text matches one of them, the sign applies whatever treatment the person chose.
    pub on: Vec<Wording>,
    /// If not empty, the sign applies only to treatments that can cause one of these adverse effects.
    pub effects: Vec<EffectId>,
    /// Whether the sign also applies if the treatment is unknown. Without `effects`, it applies to everyone anyway.
    pub treatment_unknown: bool,
}

/// The minimum urgency of symptoms during some treatments. Other rules can make a symptom more urgent, but not less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgencyFloor {
    pub urgency: Urgency,
    /// The kinds of treatment that the floor applies to.
    pub modalities: Vec<ModalityId>,
    /// Further treatments that the floor applies to.
    pub treatments: Vec<TreatmentId>,
    /// The adverse effects that the floor applies to. If empty, it applies to any symptom.
    pub effects: Vec<EffectId>,
    pub statement: Statement,
    /// The authors' reason for this urgency, if no source gives one.
    pub reason: Option<String>,
}

/// A group of emergency signs. Every answer of the symptom check starts with all of these groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedFlag {
    /// The signs to look for, in plain words.
    pub statement: Statement,
    /// The authors' reason why this is an emergency, if no source gives one. It's listed in `docs/judgments.md`, not in answers.
    pub reason: Option<String>,
}

/// Help for a person in danger, such as one who may harm themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crisis {
    pub name: String,
    /// The sentence that every answer shows at its start.
    pub always: Statement,
    /// What the answer says if the text matches one of `words`.
    pub statements: Vec<Statement>,
    /// The help line to call, as an index in [`Guide::links`](crate::Guide::links).
    pub link: usize,
    /// Patterns for what people in danger write.
    pub words: Vec<Wording>,
}

/// The data of the symptom check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SymptomCheck {
    /// Words in the names of adverse effects, such as `have`, that a person's text doesn't need to contain. If at most one word of a name
    /// isn't a stop word, the text must contain the whole name.
    pub stop_words: Vec<String>,
    /// Words that are never treated as misspellings or forms of other words. For example, `child` isn't a misspelling of `chills`.
    pub exact_words: Vec<String>,
    /// Words that negate the next word, such as `no` and `without`.
    pub negations: Vec<String>,
    /// The groups of interchangeable words.
    pub groups: Vec<WordGroup>,
    /// The emergency signs that every answer starts with.
    pub red_flags: Vec<RedFlag>,
    /// What to do if the person isn't sure. This statement is also at the start of every answer.
    pub unsure: Statement,
    /// Help for a person in danger. `None` if the guide's subject doesn't need this.
    pub crisis: Option<Crisis>,
    /// The advice on whom to call first, the most urgent first.
    pub calls: Vec<FirstCall>,
    /// The signs that the symptom check recognizes in text.
    pub recognized_signs: Vec<RecognizedSign>,
    /// What to do for each urgency. Each urgency has exactly one entry.
    pub urgencies: Vec<UrgencyText>,
    /// The minimum urgencies during some treatments.
    pub floors: Vec<UrgencyFloor>,
    /// What the answer says if nothing in the text is recognized.
    pub not_recognized: Statement,
    /// Further statements that are part of every answer.
    pub know: Vec<Statement>,
}
