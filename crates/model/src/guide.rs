use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Truth;
use crate::{
    Condition, Constraint, DerivedFact, EffectId, Fact, FactId, Figure, Interview, PartialDate, PassageId, Phase, Policy, Rule,
    SourceId, SymptomCheck, TermId, TreatmentId, ValuesExercise,
};

/// One sentence or short paragraph shown to a person, with the passages behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// The passages that it rests on; at least one.
    pub from: Vec<PassageId>,
}

/// How a time lies to the others on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Course {
    /// One after the other, in the order of the guide.
    #[default]
    Way,
    /// Branches off where the way begins.
    Branch,
    /// Runs alongside all others.
    Alongside,
}

/// A word in which treatments are placed: a timing, intent or strength.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// What it means.
    pub help: String,
    /// For a timing, how it lies to the others.
    pub course: Course,
}

/// A kind of treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modality {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Whether it is not treatment of the cancer but what goes around it.
    pub around: bool,
    /// When a person declines every treatment of this kind.
    pub declined: Option<Rule>,
}

/// Something that the guide does not cover, and where to look instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfScope {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// When a case is of this kind.
    pub rule: Rule,
    /// Why it is not covered.
    pub statement: Statement,
    /// Where to look instead.
    pub where_to_look: String,
}

/// Why, in some cases, no treatment of the disease is held out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NothingDue {
    /// Its name in files and output.
    pub id: String,
    /// For whom.
    pub rule: Rule,
    /// Why, and what to do.
    pub statement: Statement,
}

/// A source of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in citations.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Which edition was read.
    pub edition: Option<String>,
    /// The date of revision that it bears.
    pub revised: Option<PartialDate>,
    /// The date of the copy that was read.
    pub read: Option<PartialDate>,
    /// Under what terms it may be used.
    pub licence: Option<String>,
    /// Where it is found.
    pub address: Option<String>,
    /// 1 for the source that the guide makes executable; higher numbers fill gaps.
    pub rank: u8,
    /// Whether every passage must be cited or excepted.
    pub complete: bool,
    /// The source that has taken its place.
    pub superseded_by: Option<SourceId>,
}

/// Something about the guide itself. It rests on no passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What it is about.
    pub title: String,
    /// What is said.
    pub text: String,
}

/// A passage of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The source that it stands in.
    pub source: SourceId,
    /// Its name within the source, for instance `surgery.03`.
    pub id: String,
    /// Where in the source it stands.
    pub locator: String,
    /// The SHA-256 of its text, in hexadecimal, where the text is stable.
    pub sha256: Option<String>,
    /// Its date of revision where it differs from the source's.
    pub revised: Option<PartialDate>,
    /// Our paraphrase.
    pub summary: String,
    /// Where it is found, where that differs from the source's.
    pub address: Option<String>,
    /// The work that the source quotes here.
    pub quoted_from: Option<String>,
    /// What kind of text it is, for instance `statement`, `heading`.
    pub kind: Option<String>,
    /// How well it is preserved, for instance `whole`, `cut`, `garbled`.
    pub state: Option<String>,
    /// Why nothing in the guide rests on it.
    pub not_encoded: Option<String>,
}

/// A reason to give a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indication {
    /// For whom, without the guide's scope.
    pub rule: Rule,
    /// When on the way: a place in [`Guide::timings`].
    pub timing: TermId,
    /// What for: a place in [`Guide::intents`].
    pub intent: TermId,
    /// How strongly the source holds it out: a place in [`Guide::strengths`].
    pub strength: TermId,
    /// Why, with the source's hedges.
    pub text: String,
    /// Whom it leaves out, where the text does not say so. Who it holds for is none of them.
    pub left_out: Option<String>,
}

impl Indication {
    /// Why, in general or for a case where the rule comes to `truth`: whom it leaves out is told unless it holds.
    #[must_use]
    pub fn told(&self, truth: Truth) -> String {
        match &self.left_out {
            Some(left_out) if !truth.is_true() => format!("{} {left_out}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// A reason not to give an indicated treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contraindication {
    /// For whom.
    pub rule: Rule,
    /// Why.
    pub text: String,
    /// What to do instead.
    pub instead: Option<String>,
}

/// Something to take care of; it does not change the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precaution {
    /// For whom.
    pub rule: Rule,
    /// What to take care of.
    pub text: String,
}

/// Whether a treatment may be had, in the order in which treatments that are held out alike are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AvailabilityStatus {
    /// Approved for this use.
    Approved,
    /// Approved for this use while its benefit is still to be confirmed.
    Accelerated,
    /// Approved, but not for this use.
    OffLabel,
    /// Not approved; known from trials.
    Investigational,
    /// Taken off the market.
    Withdrawn,
}

impl AvailabilityStatus {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Accelerated => "accelerated",
            Self::OffLabel => "off_label",
            Self::Investigational => "investigational",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A regulatory status, since when and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    /// The status.
    pub status: AvailabilityStatus,
    /// Since when.
    pub since: Option<PartialDate>,
    /// Where, for instance `US`.
    pub area: Option<String>,
    /// In words.
    pub statement: Statement,
}

/// What a word for how often an adverse effect occurs means in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrequencyWords {
    /// The frequency.
    pub frequency: Frequency,
    /// In a few words, for instance `Very common`.
    pub name: String,
    /// What it means, in a sentence.
    pub help: String,
    /// In how many of 100 people at least the effect occurs; 0 for the rarest.
    pub at_least: u32,
}

/// How often an adverse effect occurs. The guide says what each word means: [`FrequencyWords`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Frequency {
    /// In half of people or more, or in most.
    VeryCommon,
    /// Less often than that, and still in many.
    Common,
    /// In a few people of 100.
    LessCommon,
    /// More seldom than that.
    Rare,
    /// The source does not say.
    NotStated,
}

impl Frequency {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::VeryCommon => "very_common",
            Self::Common => "common",
            Self::LessCommon => "less_common",
            Self::Rare => "rare",
            Self::NotStated => "not_stated",
        }
    }
}

/// How long an adverse effect lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lasting {
    /// It goes away.
    Passing,
    /// Months or years.
    LongLasting,
    /// For good, or it can be.
    Permanent,
    /// The source does not say.
    NotStated,
}

impl Lasting {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Passing => "passing",
            Self::LongLasting => "long_lasting",
            Self::Permanent => "permanent",
            Self::NotStated => "not_stated",
        }
    }
}

/// When an adverse effect begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Onset {
    /// During treatment or soon after.
    Early,
    /// Months or years later.
    Late,
}

impl Onset {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Late => "late",
        }
    }
}

/// An adverse effect of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectUse {
    /// The effect.
    pub effect: EffectId,
    /// How often.
    pub how_often: Frequency,
    /// Whether the source calls it serious.
    pub serious: bool,
    /// How long it lasts.
    pub lasting: Lasting,
    /// When it begins.
    pub onset: Option<Onset>,
    /// Whom it concerns; everyone where there is none.
    pub rule: Option<Rule>,
    /// How many had it.
    pub value: Option<Figure>,
    /// With what that is compared.
    pub comparator: Option<String>,
    /// How many had it there.
    pub comparator_value: Option<Figure>,
    /// The CTCAE grade that the figures count.
    pub grade: Option<String>,
    /// What the source adds.
    pub text: Option<String>,
    /// The passages behind it.
    pub from: Vec<PassageId>,
}

/// What a comparison showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Conclusion {
    /// Better than the comparator.
    Better,
    /// No difference was shown.
    NoDifferenceShown,
    /// Worse than the comparator.
    Worse,
    /// Nothing to compare with.
    NotCompared,
}

impl Conclusion {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::NoDifferenceShown => "no_difference_shown",
            Self::Worse => "worse",
            Self::NotCompared => "not_compared",
        }
    }
}

/// A measured result of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was measured, for instance `overall_survival`.
    pub measure: String,
    /// How it is summed up: `median`, `rate`, `hazard_ratio`, `absolute_difference`.
    pub statistic: Option<String>,
    /// The time that a rate refers to.
    pub at: Option<String>,
    /// The figure.
    pub value: Figure,
    /// Its confidence interval.
    pub interval: Option<String>,
    /// The level of the interval where it is not 95 %.
    pub interval_level: Option<String>,
    /// How many people.
    pub n: Option<u32>,
    /// With what it is compared.
    pub comparator: Option<String>,
    /// The figure there.
    pub comparator_value: Option<Figure>,
    /// Its confidence interval.
    pub comparator_interval: Option<String>,
    /// How many people there.
    pub comparator_n: Option<u32>,
    /// The difference, for instance `hazard ratio 0.31 (0.24 to 0.40)`.
    pub difference: Option<String>,
    /// The p value as the source prints it.
    pub p: Option<String>,
    /// What it showed.
    pub conclusion: Conclusion,
    /// The study.
    pub trial: Option<String>,
    /// Who was in it.
    pub population: Option<String>,
    /// Whom it concerns; everyone where there is none.
    pub rule: Option<Rule>,
    /// The same in a plain sentence.
    pub text: String,
    /// The passages behind it.
    pub from: Vec<PassageId>,
}

/// How a treatment is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// The way in, for instance `oral`, `intravenous`.
    pub route: String,
    /// Where, for instance `home`, `hospital`.
    pub setting: Option<String>,
    /// In what form, for instance `pills`.
    pub form: Option<String>,
    /// How often.
    pub schedule: Option<String>,
    /// For how long.
    pub duration: Option<String>,
    /// Whom it concerns; everyone where there is none.
    pub rule: Option<Rule>,
    /// In words.
    pub statement: Statement,
}

/// A test needed before a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestFirst {
    /// The fact that it settles.
    pub fact: Option<FactId>,
    /// In words.
    pub statement: Statement,
}

/// A point on which sources differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// What each says, and which rules.
    pub statement: Statement,
}

/// A treatment: surgery, a radiation technique, a drug or combination, care, or the choice to have less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Other words by which people look for it.
    pub also: Vec<String>,
    /// Its kind: a place in [`Guide::modalities`].
    pub modality: TermId,
    /// Codes by system.
    pub codes: BTreeMap<String, String>,
    /// One sentence: what it is.
    pub summary: String,
    /// Whether it is for people outside of the guide's scope too.
    pub any_scope: bool,
    /// Combinations that it is part of.
    pub part_of: Vec<TreatmentId>,
    /// What it is and how it works.
    pub what: Vec<Statement>,
    /// Reasons to give it.
    pub indications: Vec<Indication>,
    /// Reasons not to.
    pub contraindications: Vec<Contraindication>,
    /// What to take care of.
    pub precautions: Vec<Precaution>,
    /// When a person declines it, beside the modality's own rule.
    pub declined: Option<Rule>,
    /// Regulatory status, oldest first; the last one rules.
    pub availability: Vec<Availability>,
    /// Adverse effects.
    pub effects: Vec<EffectUse>,
    /// Measured results.
    pub outcomes: Vec<Outcome>,
    /// What is not known about its benefit or harm.
    pub unknowns: Vec<Statement>,
    /// How it is given.
    pub administrations: Vec<Administration>,
    /// The day from which times are counted, for instance the day of the operation.
    pub day_0: Option<String>,
    /// The parts that follow one another.
    pub phases: Vec<Phase>,
    /// Tests needed before.
    pub tests_first: Vec<TestFirst>,
    /// What is watched during and after.
    pub monitoring: Vec<Statement>,
    /// Where sources differ.
    pub disagreements: Vec<Disagreement>,
    /// Questions to ask the team.
    pub questions: Vec<Statement>,
}

impl Treatment {
    /// Whether it has been taken off the market.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.availability.last().is_some_and(|availability| availability.status == AvailabilityStatus::Withdrawn)
    }

    /// The days that only the team can name and from which the others are counted: the treatment's own day 0 first, where it has one, then those
    /// of its parts.
    #[must_use]
    pub fn named_days(&self) -> Vec<&str> {
        let of_parts = self.phases.iter().filter_map(|phase| phase.time.as_ref()).flat_map(|time| [&time.day_0, &time.until]);
        let mut days: Vec<&str> = Vec::new();
        for day in std::iter::once(&self.day_0).chain(of_parts).flatten() {
            if !days.contains(&day.as_str()) {
                days.push(day);
            }
        }
        days
    }
}

/// How soon an adverse effect needs help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Urgency {
    /// Call an ambulance.
    Emergency,
    /// Call the team today.
    SameDay,
    /// Tell them at the next visit.
    NextVisit,
}

impl Urgency {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::SameDay => "same_day",
            Self::NextVisit => "next_visit",
        }
    }
}

/// When to call for an adverse effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallAdvice {
    /// How soon.
    pub urgency: Urgency,
    /// What to look out for and whom to call.
    pub statement: Statement,
}

/// An adverse effect, whatever causes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its name in files and output.
    pub id: String,
    /// Its plain name.
    pub name: String,
    /// The CTCAE term.
    pub term: Option<String>,
    /// Other words for it.
    pub also: Vec<String>,
    /// How soon it needs help as a rule.
    pub urgency: Urgency,
    /// The passages behind the urgency.
    pub urgency_from: Vec<PassageId>,
    /// Why the urgency was set so where no source says.
    pub urgency_reason: Option<String>,
    /// Whether a test finds it, and nobody feels it.
    pub found_by_test: bool,
    /// The part of the body, in plain words.
    pub group: Option<String>,
    /// Measures of outcomes that count it: their figures stand with the harms.
    pub measures: Vec<String>,
    /// What it is.
    pub what: Vec<Statement>,
    /// What it feels like.
    pub feels_like: Vec<Statement>,
    /// When to call whom.
    pub calls: Vec<CallAdvice>,
    /// What helps.
    pub helps: Vec<Statement>,
}

/// How a tumor type stands to the guide's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScopeKind {
    /// Covered.
    In,
    /// Covered, though not fully malignant.
    Intermediate,
    /// Not covered.
    Out,
}

impl ScopeKind {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Intermediate => "intermediate",
            Self::Out => "out",
        }
    }
}

/// A tumor type. It is at the same time a value of a fact of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histology {
    /// Its name in conditions, cases and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// Other names.
    pub also: Vec<String>,
    /// The type of which it is a kind.
    pub parent: Option<String>,
    /// Whether the guide covers it.
    pub scope: ScopeKind,
    /// Its family.
    pub group: Option<String>,
    /// Codes by system.
    pub codes: BTreeMap<String, String>,
    /// What is special about it.
    pub special: Vec<Statement>,
}

/// A member of the treatment team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Its name in files and output.
    pub id: String,
    /// The profession.
    pub name: String,
    /// What they do.
    pub statement: Statement,
    /// For whom; everyone where there is none.
    pub rule: Option<Rule>,
}

/// A help line or place to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
    /// A web address.
    pub address: Option<String>,
    /// A phone number.
    pub phone: Option<String>,
    /// What is found there.
    pub statement: Statement,
}

/// The whole knowledge in its core form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language of its sentences, for instance `en`.
    pub language: String,
    /// What it is not.
    pub disclaimer: Statement,
    /// Who has reviewed and signed it.
    pub reviewers: Vec<String>,
    /// The same in words, for a person.
    pub review: String,
    /// When it was last changed.
    pub revised: Option<PartialDate>,
    /// What a reader may want to know of the guide itself, by title: who made it, how it is kept true, what was not done.
    pub about: Vec<About>,
    /// Which source rules where they disagree.
    pub source_rules: Vec<Statement>,
    /// When the guide covers a case.
    pub scope: Rule,
    /// What it does not cover.
    pub out_of_scope: Vec<OutOfScope>,
    /// Why, in some cases, no treatment of the disease is held out.
    pub nothing_due: Vec<NothingDue>,
    /// What must hold whatever the rules say. It is proved, and changes no answer.
    pub policies: Vec<Policy>,
    /// Kinds of treatment, in the order in which they are shown.
    pub modalities: Vec<Modality>,
    /// Times on the way, in order.
    pub timings: Vec<Term>,
    /// Aims.
    pub intents: Vec<Term>,
    /// Strengths, the strongest first.
    pub strengths: Vec<Term>,
    /// What the words for how often adverse effects occur mean, from the most frequent on.
    pub frequencies: Vec<FrequencyWords>,
    /// The vocabulary.
    pub facts: Vec<Fact>,
    /// Facts that cannot hold together.
    pub constraints: Vec<Constraint>,
    /// Derived facts, each after those that it rests on.
    pub derived: Vec<DerivedFact>,
    /// Treatments.
    pub treatments: Vec<Treatment>,
    /// Adverse effects.
    pub effects: Vec<Effect>,
    /// Tumor types.
    pub histologies: Vec<Histology>,
    /// Terms explained: id, name, other names, text.
    pub glossary: Vec<GlossaryTerm>,
    /// The treatment team.
    pub team: Vec<TeamMember>,
    /// Help lines and places to read on.
    pub links: Vec<Link>,
    /// How a person is asked.
    pub interview: Interview,
    /// The exercise about what matters to a person.
    pub exercise: Option<ValuesExercise>,
    /// Words for who has a symptom while on a treatment.
    pub symptom_check: Option<SymptomCheck>,
    /// Sources.
    pub sources: Vec<Source>,
    /// Passages of the sources.
    pub passages: Vec<Passage>,
}

/// A term explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// Its name in files and output.
    pub id: String,
    /// The term.
    pub name: String,
    /// Other forms of it.
    pub also: Vec<String>,
    /// What it means.
    pub statement: Statement,
}

impl Guide {
    /// The fact called `id`.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<FactId> {
        self.facts.iter().position(|fact| fact.id == id).map(FactId::new)
    }

    /// The derived fact called `id`.
    #[must_use]
    pub fn derived_fact(&self, id: &str) -> Option<crate::DerivedId> {
        self.derived.iter().position(|fact| fact.id == id).map(crate::DerivedId::new)
    }

    /// The treatment called `id`.
    #[must_use]
    pub fn treatment(&self, id: &str) -> Option<TreatmentId> {
        self.treatments.iter().position(|treatment| treatment.id == id).map(TreatmentId::new)
    }

    /// The effect called `id`.
    #[must_use]
    pub fn effect(&self, id: &str) -> Option<EffectId> {
        self.effects.iter().position(|effect| effect.id == id).map(EffectId::new)
    }

    /// How a passage is cited, for instance `acs:surgery.03`.
    #[must_use]
    pub fn citation(&self, passage: PassageId) -> String {
        let passage = &self.passages[passage.index()];
        format!("{}:{}", self.sources[passage.source.index()].id, passage.id)
    }

    /// The passage cited so.
    #[must_use]
    pub fn passage(&self, citation: &str) -> Option<PassageId> {
        let (source, id) = citation.split_once(':')?;
        self.passages
            .iter()
            .position(|passage| passage.id == id && self.sources[passage.source.index()].id == source)
            .map(PassageId::new)
    }

    /// The conditions that must all hold for an indication: the guide's scope, unless the treatment is for everyone, and its rule.
    pub fn scoped<'a>(&'a self, treatment: &Treatment, indication: &'a Indication) -> impl Iterator<Item = &'a Condition> {
        let scope = if treatment.any_scope { None } else { Some(&self.scope.when) };
        scope.into_iter().chain(std::iter::once(&indication.rule.when))
    }
}
