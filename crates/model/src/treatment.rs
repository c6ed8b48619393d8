//! A treatment: for whom, what it brings and what it costs, and how it is given.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Condition, EffectId, FactId, Figure, IntentId, MeasureId, ModalityId, PartialDate, PassageId, Phase, RouteId, Rule,
    SettingId, Statement, StrengthId, TimingId, TreatmentId, Truth,
};

/// A reason to give a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indication {
    /// For whom, without the guide's scope.
    pub rule: Rule,
    /// When on the way: a place in [`crate::Guide::timings`].
    pub timing: TimingId,
    /// What for: a place in [`crate::Guide::intents`].
    pub intent: IntentId,
    /// How strongly the source holds it out: a place in [`crate::Guide::strengths`].
    pub strength: StrengthId,
    /// Why, with the source's hedges.
    pub text: String,
    /// Whom it leaves out, where the text does not say so. Who it holds for is none of them.
    pub exclusions: Option<String>,
}

impl Indication {
    /// Why, in general or for a case where the rule comes to `truth`: whom it leaves out is told unless it holds.
    #[must_use]
    pub fn sentence(&self, truth: Truth) -> String {
        match &self.exclusions {
            Some(exclusions) if !truth.is_true() => format!("{} {exclusions}", self.text),
            _ => self.text.clone(),
        }
    }
}

/// A reason not to give an indicated treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contraindication {
    pub rule: Rule,
    pub text: String,
    pub instead: Option<String>,
}

/// Something to take care of; it does not change the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precaution {
    pub rule: Rule,
    /// What to take care of.
    pub text: String,
}

impl Precaution {
    /// Whether everyone is told it, whatever the case says. It belongs to the treatment rather than to an answer.
    #[must_use]
    pub fn is_for_everyone(&self) -> bool {
        self.rule.when == Condition::Always
    }
}

/// Whether a treatment may be had, in the order in which treatments with equal strength are listed.
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
    pub status: AvailabilityStatus,
    pub since: Option<PartialDate>,
    /// Where, for instance `US`.
    pub jurisdiction: Option<String>,
    pub statement: Statement,
}

/// What a word for how often an adverse effect occurs means in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrequencyWords {
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
pub enum EffectDuration {
    /// It goes away.
    Passing,
    LongLasting,
    /// For good, or it can be.
    Permanent,
    NotStated,
}

impl EffectDuration {
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
    pub effect: EffectId,
    pub frequency: Frequency,
    /// Whether the source calls it serious.
    pub serious: bool,
    pub duration: EffectDuration,
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
    Better,
    NoDifferenceShown,
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
    /// What was measured: a place in [`crate::Guide::measures`].
    pub measure: MeasureId,
    /// How it is summed up: `median`, `rate`, `hazard_ratio`, `absolute_difference`.
    pub statistic: Option<String>,
    /// The time that a rate refers to.
    pub at: Option<String>,
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
    pub conclusion: Conclusion,
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
    /// The way in: a place in [`crate::Guide::routes`]. What has none is named by its setting.
    pub route: Option<RouteId>,
    /// Where: a place in [`crate::Guide::settings`].
    pub setting: Option<SettingId>,
    /// In what form, for instance `pills`.
    pub form: Option<String>,
    pub schedule: Option<String>,
    /// For how long.
    pub duration: Option<String>,
    /// Whom it concerns; everyone where there is none.
    pub rule: Option<Rule>,
    pub statement: Statement,
}

/// A test needed before a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredTest {
    /// The fact that it settles.
    pub fact: Option<FactId>,
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
    pub name: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Other words by which people look for it.
    pub synonyms: Vec<String>,
    /// Its kind: a place in [`crate::Guide::modalities`].
    pub modality: ModalityId,
    pub codes: BTreeMap<String, String>,
    /// One sentence: what it is.
    pub summary: String,
    /// Whether it is for people outside of the guide's scope too.
    pub any_scope: bool,
    /// Combinations that it is part of.
    pub part_of: Vec<TreatmentId>,
    /// Treatments that can be given in this way: where one of them is recommended, it is listed there.
    pub technique_of: Vec<TreatmentId>,
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
    pub effects: Vec<EffectUse>,
    /// Measured results.
    pub outcomes: Vec<Outcome>,
    /// What is not known about its benefit or harm.
    pub unknowns: Vec<Statement>,
    /// How it is given.
    pub administrations: Vec<Administration>,
    /// The day from which times are counted, for instance the day of the operation.
    pub index_date: Option<String>,
    /// The parts that follow one another.
    pub phases: Vec<Phase>,
    /// Tests needed before.
    pub required_tests: Vec<RequiredTest>,
    /// What is watched during and after.
    pub monitoring: Vec<Statement>,
    /// Where sources differ.
    pub disagreements: Vec<Disagreement>,
    /// Questions to ask the team.
    pub questions: Vec<Statement>,
    /// Who has reviewed it as it is now. An edit of its file clears it.
    pub review: Option<Review>,
}

/// The signature of a person who has read a treatment's whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Name and role, for instance `Jane Roe, sarcoma surgeon`.
    pub by: String,
    /// The day on which it was signed.
    pub on: PartialDate,
}

impl Treatment {
    /// Whether it has been taken off the market.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.availability.last().is_some_and(|availability| availability.status == AvailabilityStatus::Withdrawn)
    }

    /// The days that only the team can name and from which the others are counted: the treatment's own index date first, where it has one, then those
    /// of its parts.
    #[must_use]
    pub fn named_days(&self) -> Vec<&str> {
        let of_parts =
            self.phases.iter().filter_map(|phase| phase.time.as_ref()).flat_map(|time| [&time.index_date, &time.until]);
        let mut days: Vec<&str> = Vec::new();
        for day in std::iter::once(&self.index_date).chain(of_parts).flatten() {
            if !days.contains(&day.as_str()) {
                days.push(day);
            }
        }
        days
    }
}
