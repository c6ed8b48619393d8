//! The shape of advice as JSON; the schema is made from these types.

use std::collections::BTreeMap;

use sarcoguide_model::{Figure, Truth};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// A cited sentence.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CitedText {
    /// The sentence.
    pub text: String,
    /// The passages that it rests on, as keys of `sources`.
    pub sources: Vec<String>,
}

/// Everything that the guide says about a case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AdviceDocument {
    /// The guide that answered.
    pub guide: GuideHead,
    /// Whether the guide covers the case. Where it does not, say this before anything else.
    pub scope: Scope,
    /// The case as it was understood.
    pub case: CaseFacts,
    /// Facts worked out from the case.
    pub derived: Vec<Derived>,
    /// Why no treatment of the disease is due, where the guide says so.
    pub nothing_due: Vec<NothingDue>,
    /// Every treatment of the guide, whatever its verdict.
    pub treatments: Vec<TreatmentAnswer>,
    /// What to ask next, what settles most first.
    pub next_questions: Vec<Question>,
    /// The passages cited anywhere in this document.
    pub sources: BTreeMap<String, SourcePassage>,
    /// What this is not.
    pub disclaimer: CitedText,
}

/// A reason why no treatment of the disease is due.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NothingDue {
    /// Its name.
    pub id: String,
    /// Why, and what to do.
    pub statement: CitedText,
}

/// The guide that answered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GuideHead {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language of its sentences.
    pub language: String,
    /// Who has reviewed and signed it.
    pub reviewers: Vec<String>,
    /// The same in words.
    pub review: String,
}

/// Stated facts; every other fact is unknown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CaseFacts {
    /// By the fact's name: a value's name, or a number in the fact's unit.
    pub facts: BTreeMap<String, Value>,
}

/// True, false, or not decided by what is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Unknown facts decide.
    Unknown,
}

impl From<Truth> for Decided {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::True,
            Truth::False => Self::False,
            Truth::Unknown => Self::Unknown,
        }
    }
}

/// What the sources make of a treatment, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They recommend it, or call it usual.
    Recommended,
    /// They name it as one option.
    Option,
    /// They doubt its value, or disagree on it.
    NotProven,
    /// They know it from trials only. Do not count it among what fits, whatever its verdict.
    TrialOnly,
}

impl From<sarcoguide_model::Standing> for Standing {
    fn from(standing: sarcoguide_model::Standing) -> Self {
        match standing {
            sarcoguide_model::Standing::Recommended => Self::Recommended,
            sarcoguide_model::Standing::Option => Self::Option,
            sarcoguide_model::Standing::NotProven => Self::NotProven,
            sarcoguide_model::Standing::TrialOnly => Self::TrialOnly,
        }
    }
}

/// A fact worked out from others.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Derived {
    /// Its name in conditions.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Its value, if it is decided.
    pub value: Option<String>,
    /// The values still possible.
    pub possible: Vec<String>,
    /// How a decided value was reached.
    pub how: Option<String>,
    /// The stated facts that force it.
    pub reason: Vec<String>,
    /// The facts that would settle it.
    pub missing: Vec<String>,
    /// The passages behind it.
    pub sources: Vec<String>,
}

/// Whether the guide covers the case.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Scope {
    /// Whether it does.
    pub covered: Decided,
    /// What the case is instead, and where to look.
    pub outside: Vec<Outside>,
    /// The kinds of case that the guide does not cover and that this one may still be.
    pub open: Vec<String>,
    /// The facts that force a decided answer.
    pub reason: Vec<String>,
    /// The facts that would settle it.
    pub missing: Vec<String>,
}

/// Something that the guide does not cover.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Outside {
    /// Its name in files.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Why it is not covered.
    pub statement: CitedText,
    /// Where to look instead.
    pub where_to_look: String,
}

/// A fact that would help to settle a verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MissingFact {
    /// The fact.
    pub fact: String,
    /// The share of its possible answers, 0 to 1, that would settle the verdict at once.
    pub settles: f64,
}

/// What the guide says of one treatment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TreatmentAnswer {
    /// Its name in files.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Its kind.
    pub modality: String,
    /// Whether it is not treatment of the cancer but what goes around it.
    pub around: bool,
    /// One sentence: what it is.
    pub summary: String,
    /// Codes by system.
    pub codes: BTreeMap<String, String>,
    /// `indicated`, `possible`, `contraindicated`, `unavailable` or `not_indicated`. What is withdrawn is `unavailable` in every case.
    pub verdict: String,
    /// The best standing of the indications that hold; for `possible`, of those that may hold. Null for `unavailable` and `not_indicated`.
    pub standing: Option<Standing>,
    /// Whether a contraindication holds. A `possible` that is ruled out is never offered: open facts only decide whether it would have been indicated.
    pub ruled_out: bool,
    /// For `unavailable` only: whether an indication that it had before it was withdrawn holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former_indication: Option<Decided>,
    /// The timings of the indications that hold, or, if none does, of those that may hold.
    pub timing: Vec<String>,
    /// Their intents.
    pub intent: Vec<String>,
    /// Their strengths, the strongest first.
    pub strength: Vec<String>,
    /// The facts that force the verdict; empty for `possible`, and for `unavailable`, which needs none.
    pub reason: Vec<String>,
    /// The facts that would settle a `possible`, those that settle most first.
    pub missing: Vec<MissingFact>,
    /// Whether the person declines it. It does not change the verdict.
    pub declined: Decided,
    /// Every indication with its truth for this case.
    pub indications: Vec<IndicationAnswer>,
    /// Every contraindication with its truth.
    pub contraindications: Vec<RuleAnswer>,
    /// Every precaution with its truth. `unknown` means: to be checked.
    pub precautions: Vec<RuleAnswer>,
    /// Regulatory status, oldest first; the last one rules.
    pub availability: Vec<AvailabilityAnswer>,
    /// What it is and how it works.
    pub statements: Vec<CitedText>,
    /// Measured results.
    pub outcomes: Vec<OutcomeAnswer>,
    /// What is not known about benefit or harm.
    pub unknowns: Vec<CitedText>,
    /// Adverse effects.
    pub effects: Vec<EffectAnswer>,
    /// How it is given.
    pub administration: Vec<AdministrationAnswer>,
    /// The day from which times of its parts are counted.
    pub day_0: Option<String>,
    /// The parts that follow one another.
    pub phases: Vec<PhaseAnswer>,
    /// Tests needed before.
    pub tests_first: Vec<TestAnswer>,
    /// What is watched.
    pub monitoring: Vec<CitedText>,
    /// Where sources differ.
    pub disagreements: Vec<CitedText>,
    /// Questions to ask the team.
    pub questions: Vec<CitedText>,
    /// Who has reviewed this treatment as the guide has it now; null where nobody has.
    pub review: Option<Review>,
    /// Every passage cited for it.
    pub sources: Vec<String>,
}

/// The signature of a person who has read everything that the guide says of a treatment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Review {
    /// Name and role.
    pub by: String,
    /// The day on which it was signed, for instance `2026-11-30`.
    pub on: String,
}

/// An indication with its truth.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IndicationAnswer {
    /// Whether it holds, the guide's scope included.
    pub holds: Decided,
    /// When on the way.
    pub timing: String,
    /// What for.
    pub intent: String,
    /// How strongly the source recommends it, in its own terms.
    pub strength: String,
    /// What that comes to.
    pub standing: Standing,
    /// The condition as written in the guide.
    pub when: String,
    /// Why, in words.
    pub text: String,
    /// The passages behind it.
    pub sources: Vec<String>,
}

/// A contraindication or precaution with its truth.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleAnswer {
    /// Whether it holds.
    pub holds: Decided,
    /// The condition as written in the guide.
    pub when: String,
    /// What to know.
    pub text: String,
    /// What to do instead, for a contraindication.
    pub instead: Option<String>,
    /// The passages behind it.
    pub sources: Vec<String>,
}

/// A regulatory status.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AvailabilityAnswer {
    /// `approved`, `accelerated`, `off_label`, `investigational` or `withdrawn`.
    pub status: String,
    /// Since when: a year, a month or a day.
    pub since: Option<String>,
    /// Where.
    pub area: Option<String>,
    /// In words.
    pub statement: CitedText,
}

/// A figure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureAnswer {
    /// As it stands in the guide.
    pub written: String,
    /// A percentage as people of 100, lower and upper end.
    pub of_100_people: Option<(i64, i64)>,
}

impl From<&Figure> for FigureAnswer {
    fn from(figure: &Figure) -> Self {
        Self { written: figure.written.clone(), of_100_people: figure.of_100_people() }
    }
}

/// A measured result.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OutcomeAnswer {
    /// What was measured.
    pub measure: String,
    /// Median, rate, ...
    pub statistic: Option<String>,
    /// The time that a rate refers to.
    pub at: Option<String>,
    /// The figure.
    pub value: FigureAnswer,
    /// Its confidence interval.
    pub interval: Option<String>,
    /// The level of the interval; 95 % where it is not said.
    pub interval_level: Option<String>,
    /// How many people.
    pub n: Option<u32>,
    /// With what it is compared.
    pub comparator: Option<String>,
    /// The figure there.
    pub comparator_value: Option<FigureAnswer>,
    /// Its confidence interval.
    pub comparator_interval: Option<String>,
    /// How many people there.
    pub comparator_n: Option<u32>,
    /// The difference.
    pub difference: Option<String>,
    /// The p value as the source prints it.
    pub p: Option<String>,
    /// What it showed.
    pub conclusion: String,
    /// The study.
    pub trial: Option<String>,
    /// Who was in it.
    pub population: Option<String>,
    /// Whether it concerns this person.
    pub concerns: Decided,
    /// The same in a plain sentence.
    pub text: String,
    /// The passages behind it.
    pub sources: Vec<String>,
}

/// An adverse effect.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EffectAnswer {
    /// Its name in files.
    pub effect: String,
    /// Its plain name.
    pub name: String,
    /// The CTCAE term.
    pub term: Option<String>,
    /// How soon it needs help on this treatment: `emergency` (the emergency number), `now` (the cancer team, day or night), `same_day` or `next_visit`.
    pub urgency: String,
    /// How often, in the source's words.
    pub how_often: String,
    /// Whether the source calls it serious.
    pub serious: bool,
    /// How long it lasts.
    pub lasting: String,
    /// When it begins.
    pub onset: Option<String>,
    /// How many had it.
    pub value: Option<FigureAnswer>,
    /// With what that is compared.
    pub comparator: Option<String>,
    /// How many had it there.
    pub comparator_value: Option<FigureAnswer>,
    /// The grade that the figures count.
    pub grade: Option<String>,
    /// Whether it concerns this person.
    pub concerns: Decided,
    /// What the source adds.
    pub text: Option<String>,
    /// The passages behind it.
    pub sources: Vec<String>,
}

/// How a treatment is given.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AdministrationAnswer {
    /// The way in.
    pub route: String,
    /// Where.
    pub setting: Option<String>,
    /// In what form.
    pub form: Option<String>,
    /// How often.
    pub schedule: Option<String>,
    /// For how long.
    pub duration: Option<String>,
    /// Whether it concerns this person.
    pub concerns: Decided,
    /// In words.
    pub statement: CitedText,
}

/// A part of a treatment's timeline.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PhaseAnswer {
    /// Its name.
    pub name: String,
    /// When it starts.
    pub starts: Option<String>,
    /// How long it lasts.
    pub lasts: Option<String>,
    /// Both in numbers counted from a named day, as the guide writes it: `days -7 to -1`.
    pub time: Option<String>,
    /// The day from which it is counted, where it is not the treatment's.
    pub day_0: Option<String>,
    /// The day on which it ends, where only the team can say when that is.
    pub until: Option<String>,
    /// How often in that time.
    pub schedule: Option<String>,
    /// In words.
    pub statement: CitedText,
}

/// A test needed before a treatment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TestAnswer {
    /// The fact that it settles.
    pub fact: Option<String>,
    /// In words.
    pub statement: CitedText,
}

/// A question worth asking next.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Question {
    /// The fact.
    pub fact: String,
    /// The question in plain words.
    pub question: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// Where the answer is found.
    pub found: Option<String>,
    /// How many open verdicts an answer would settle on average.
    pub settles: f64,
    /// For how many open verdicts it is missing.
    pub open: usize,
}

/// A passage of a source.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourcePassage {
    /// The source's title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where in the source it stands.
    pub locator: String,
    /// The work that the source quotes here.
    pub quoted_from: Option<String>,
    /// The date of revision that it bears.
    pub revised: Option<String>,
    /// The date of the copy that was read.
    pub read: Option<String>,
    /// Where it is found.
    pub address: Option<String>,
    /// Our paraphrase.
    pub summary: String,
}
