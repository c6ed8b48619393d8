//! Treatments, with their indications, contraindications, adverse effects, outcomes and administration.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{
    Condition, EffectId, FactId, Figure, IntentId, MeasureId, ModalityId, PartialDate, PassageId, Phase, RouteId, Rule,
    SettingId, Statement, StrengthId, Timing, TimingId, TreatmentId, Truth,
};

/// A reason to give a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indication {
    /// Holds for the people to whom this reason applies. The guide's scope is checked in addition to this rule.
    pub rule: Rule,
    /// When the treatment is given.
    pub timing: TimingId,
    /// What the treatment is given for.
    pub intent: IntentId,
    /// How strongly the source recommends the treatment.
    pub strength: StrengthId,
    /// Why the treatment is given. The text is as cautious as the source.
    pub text: String,
    /// A sentence about the people for whom the rule doesn't hold, if `text` doesn't mention them.
    pub exclusions: Option<String>,
}

impl Indication {
    /// Returns the text, followed by the exclusions if `truth`, the rule's result for the case, is false or unknown.
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
    /// Holds for the people who must not get the treatment.
    pub rule: Rule,
    /// Why these people must not get the treatment.
    pub text: String,
    /// What to do instead.
    pub instead: Option<String>,
}

/// A reason for special care with a treatment. It doesn't change the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precaution {
    /// Holds for the people who need the special care.
    pub rule: Rule,
    /// What to pay attention to.
    pub text: String,
    /// Whether it's part of the strongest warning on the official label.
    pub warning: bool,
}

impl Precaution {
    /// Returns whether the precaution applies to everyone. Such precautions are shown only on the treatment's page, not in answers.
    #[must_use]
    pub fn is_for_everyone(&self) -> bool {
        self.rule.when == Condition::Always
    }
}

closed_set! {
    /// Whether a treatment is approved and available. Answers list treatments of the same strength in this order.
    pub enum AvailabilityStatus {
        /// Approved for this use.
        Approved = "approved",
        /// Approved for this use on the condition that its benefit is confirmed later.
        Accelerated = "accelerated",
        /// Approved, but not for this use.
        OffLabel = "off_label",
        /// Not approved, and used only in trials.
        Investigational = "investigational",
        /// Taken off the market.
        Withdrawn = "withdrawn",
    }
}

/// A regulatory status, with its date and its country or region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Availability {
    pub status: AvailabilityStatus,
    /// The date from which the status applies.
    pub since: Option<PartialDate>,
    /// The country or region where the status applies, for example `US`.
    pub jurisdiction: Option<String>,
    pub statement: Statement,
}

/// The name and meaning of a frequency in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrequencyTerm {
    pub frequency: Frequency,
    /// The name in a few words, for example `Very common`.
    pub name: String,
    /// The meaning, in a sentence.
    pub help: String,
    /// The smallest number of people in 100 who must have an effect for this frequency to apply. For the rarest frequency, this is 0.
    pub at_least: u32,
}

closed_set! {
    /// How often an adverse effect occurs. Each guide defines the numbers in its [`FrequencyTerm`]s.
    pub enum Frequency {
        /// The most frequent.
        VeryCommon = "very_common",
        /// Less often than `VeryCommon`.
        Common = "common",
        /// Less often than `Common`.
        LessCommon = "less_common",
        /// The least frequent.
        Rare = "rare",
        /// The source doesn't say.
        NotStated = "not_stated",
    }
}

closed_set! {
    /// How long an adverse effect lasts.
    pub enum EffectDuration {
        /// The effect goes away.
        Passing = "passing",
        LongLasting = "long_lasting",
        /// The effect is permanent, or can be.
        Permanent = "permanent",
        /// The source doesn't say.
        NotStated = "not_stated",
    }
}

closed_set! {
    /// When an adverse effect begins.
    pub enum Onset {
        /// It begins during treatment or soon after.
        Early = "early",
        /// It begins months or years later.
        Late = "late",
    }
}

/// An adverse effect that a treatment can cause, with what the sources say about it for this treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectUse {
    pub effect: EffectId,
    pub frequency: Frequency,
    /// Whether the source calls it serious.
    pub serious: bool,
    /// Whether it's part of the strongest warning on the treatment's official label.
    pub warning: bool,
    pub duration: EffectDuration,
    pub onset: Option<Onset>,
    /// Holds for the people who can get the effect. `None` means everyone.
    pub rule: Option<Rule>,
    /// How many of the people who got the treatment had the effect.
    pub value: Option<Figure>,
    /// What the treatment was compared with, for example `placebo`.
    pub comparator: Option<String>,
    /// How many of the people who got the comparator had the effect.
    pub comparator_value: Option<Figure>,
    /// The severity grades that the figures include, for example `3 or worse`. The grades are those of CTCAE, the standard list of adverse
    /// events.
    pub grade: Option<String>,
    /// Further information from the source.
    pub text: Option<String>,
    /// The passages that this entry is based on.
    pub from: Vec<PassageId>,
}

closed_set! {
    /// How a treatment compared with its comparator.
    pub enum Conclusion {
        Better = "better",
        /// The study couldn't show a difference.
        NoDifferenceShown = "no_difference_shown",
        Worse = "worse",
        /// The study had no comparator.
        NotCompared = "not_compared",
    }
}

closed_set! {
    /// The kind of number that an outcome gives.
    pub enum Statistic {
        Median = "median",
        /// The share of the people in the study with the measured result, such as those alive after five years.
        Rate = "rate",
        HazardRatio = "hazard_ratio",
        AbsoluteDifference = "absolute_difference",
    }
}

/// A measured result of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was measured.
    pub measure: MeasureId,
    pub statistic: Option<Statistic>,
    /// For a rate, the time after which it was measured, for example `5 years`.
    pub at: Option<String>,
    /// The result with the treatment.
    pub value: Figure,
    /// The confidence interval of `value`, for example `3.7 to 4.8`.
    pub interval: Option<String>,
    /// The level of the confidence intervals. `None` means 95%.
    pub interval_level: Option<String>,
    /// The number of people who got the treatment.
    pub n: Option<u32>,
    /// What the treatment was compared with, for example `placebo`.
    pub comparator: Option<String>,
    /// The result with the comparator.
    pub comparator_value: Option<Figure>,
    /// The confidence interval of `comparator_value`.
    pub comparator_interval: Option<String>,
    /// The number of people who got the comparator.
    pub comparator_n: Option<u32>,
    /// The difference between treatment and comparator, for example `hazard ratio 0.31 (0.24 to 0.40)`.
    pub difference: Option<String>,
    /// The p-value as printed in the source, for example `< 0.0001`.
    pub p: Option<String>,
    pub conclusion: Conclusion,
    /// The name of the trial.
    pub trial: Option<String>,
    /// Who was in the study, in words.
    pub population: Option<String>,
    /// Holds for the people to whom the outcome is shown. `None` means everyone.
    pub rule: Option<Rule>,
    /// The outcome in a plain sentence.
    pub text: String,
    /// The passages that this entry is based on.
    pub from: Vec<PassageId>,
}

/// How a treatment is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// The route, for example by mouth. If `None`, pages show the setting instead.
    pub route: Option<RouteId>,
    /// The setting, for example a hospital.
    pub setting: Option<SettingId>,
    /// The form, for example `pills`.
    pub form: Option<String>,
    /// How often the treatment is given, in words.
    pub schedule: Option<String>,
    /// How long the treatment is given, in words.
    pub duration: Option<String>,
    /// The schedule and duration in numbers, if the sources give exact ones.
    pub timing: Option<Timing>,
    /// Holds for the people who get the treatment in this way. `None` means everyone.
    pub rule: Option<Rule>,
    pub statement: Statement,
}

/// A test that a person needs before a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredTest {
    /// The fact whose value the test determines.
    pub fact: Option<FactId>,
    pub statement: Statement,
}

closed_set! {
    /// One of the lists of statements that a treatment has. The ID is the key in guide files.
    pub enum StatementList {
        /// What the treatment is and how it works. This list is never empty in a guide that the guide compiler accepts.
        What = "what",
        /// What isn't known about the treatment's benefits and harms.
        Unknown = "unknown",
        /// What the team monitors during and after the treatment.
        Monitoring = "monitoring",
        /// How the sources disagree, and which one the guide follows.
        Disagreement = "disagreement",
        /// Questions for the person to ask the team.
        Question = "question",
    }
}

/// A treatment, such as surgery, a radiation technique, a drug, a combination of drugs, or supportive treatment. A decision to have
/// less treatment also counts as a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    /// The brand names, for a drug.
    pub brands: Vec<String>,
    /// Other names that people search for.
    pub synonyms: Vec<String>,
    /// The kind of treatment.
    pub modality: ModalityId,
    /// Codes by the name of the code system, for example `rxnorm` or `ncit`.
    pub codes: BTreeMap<String, String>,
    /// One sentence that says what the treatment is.
    pub summary: String,
    /// Whether the treatment is also for people outside the guide's scope.
    pub any_scope: bool,
    /// The combination treatments that include this treatment.
    pub part_of: Vec<TreatmentId>,
    /// The IDs of what the treatment consists of, such as the parts of a combination. Two treatments with a common component are never given after
    /// one another if the first one stopped working. Empty for a treatment that no [`FactList`](crate::FactList) is about.
    pub components: Vec<String>,
    /// The fact of the guide's [`FactList`](crate::FactList) that says whether the treatment has been given, and how that ended.
    pub given: Option<FactId>,
    /// The treatments that this one is a technique of. If one of them is recommended at the same time, this one is listed with it.
    pub technique_of: Vec<TreatmentId>,
    /// The lists of statements. [`Treatment::list`] returns one of them.
    pub lists: BTreeMap<StatementList, Vec<Statement>>,
    /// The reasons to give the treatment.
    pub indications: Vec<Indication>,
    /// The reasons not to give the treatment.
    pub contraindications: Vec<Contraindication>,
    /// The reasons for special care.
    pub precautions: Vec<Precaution>,
    /// Holds if a person declines the treatment. They also decline it if the rule of its [`Modality`](crate::Modality) holds.
    pub declined: Option<Rule>,
    /// The regulatory statuses over time, the oldest first. The last one applies now.
    pub availability: Vec<Availability>,
    /// The adverse effects.
    pub effects: Vec<EffectUse>,
    /// The measured results.
    pub outcomes: Vec<Outcome>,
    /// The ways in which the treatment is given.
    pub administrations: Vec<Administration>,
    /// The day that the phases are counted from, in words, for example `the day of the operation`.
    pub index_date: Option<String>,
    /// The phases of the treatment, in order.
    pub phases: Vec<Phase>,
    /// The tests that a person needs first.
    pub required_tests: Vec<RequiredTest>,
    /// The review of the treatment's file, if someone has reviewed it. The guide compiler rejects the guide if the file was edited after
    /// the review.
    pub review: Option<Review>,
}

/// The sign-off by a person who reviewed a treatment's whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The person's name and role, for example `Jane Roe, surgeon`.
    pub by: String,
    /// The date of the sign-off.
    pub on: PartialDate,
}

impl Treatment {
    /// Creates a treatment with this ID, name and kind. All other fields are empty.
    #[must_use]
    pub fn new(id: impl Into<String>, name: impl Into<String>, modality: ModalityId) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            brands: Vec::new(),
            synonyms: Vec::new(),
            modality,
            codes: BTreeMap::new(),
            summary: String::new(),
            any_scope: false,
            part_of: Vec::new(),
            components: Vec::new(),
            given: None,
            technique_of: Vec::new(),
            lists: BTreeMap::new(),
            indications: Vec::new(),
            contraindications: Vec::new(),
            precautions: Vec::new(),
            declined: None,
            availability: Vec::new(),
            effects: Vec::new(),
            outcomes: Vec::new(),
            administrations: Vec::new(),
            index_date: None,
            phases: Vec::new(),
            required_tests: Vec::new(),
            review: None,
        }
    }

    /// Returns the statements of a list, which can be empty.
    #[must_use]
    pub fn list(&self, list: StatementList) -> &[Statement] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Returns every list with its statements, including empty lists.
    pub fn statement_lists(&self) -> impl Iterator<Item = (StatementList, &[Statement])> {
        StatementList::ALL.into_iter().map(|list| (list, self.list(list)))
    }

    /// Returns the passages that any part of the treatment cites, except for [`declined`](Self::declined). A passage can occur more than
    /// once.
    pub fn citations(&self) -> impl Iterator<Item = PassageId> {
        let lists = self.statement_lists().flat_map(|(_, statements)| statements).map(|statement| &statement.from);
        let indications = self.indications.iter().map(|entry| &entry.rule.from);
        let contraindications = self.contraindications.iter().map(|entry| &entry.rule.from);
        let precautions = self.precautions.iter().map(|entry| &entry.rule.from);
        let availability = self.availability.iter().map(|entry| &entry.statement.from);
        let effects = self.effects.iter().map(|entry| &entry.from);
        let outcomes = self.outcomes.iter().map(|entry| &entry.from);
        let administrations = self.administrations.iter().map(|entry| &entry.statement.from);
        let phases = self.phases.iter().map(|entry| &entry.statement.from);
        let tests = self.required_tests.iter().map(|entry| &entry.statement.from);
        let rules = indications.chain(contraindications).chain(precautions);
        let parts = availability.chain(effects).chain(outcomes).chain(administrations).chain(phases).chain(tests);
        lists.chain(rules).chain(parts).flatten().copied()
    }

    /// Returns whether the treatment was withdrawn from the market.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.availability.last().is_some_and(|availability| availability.status == AvailabilityStatus::Withdrawn)
    }

    /// Returns the days that a person must ask the team about, because only the team knows their dates. The days are in words, such as
    /// `the day of the operation`, and without duplicates. The treatment's own index date comes first, if it has one. The index dates and
    /// end days of the phases and administrations follow.
    #[must_use]
    pub fn days_to_ask(&self) -> Vec<&str> {
        let timings = self.phases.iter().map(|phase| &phase.timing).chain(self.administrations.iter().map(|given| &given.timing));
        let of_parts = timings.flatten().flat_map(|timing| [&timing.index_date, &timing.until]);
        let mut days: Vec<&str> = Vec::new();
        for day in std::iter::once(&self.index_date).chain(of_parts).flatten() {
            if !days.contains(&day.as_str()) {
                days.push(day);
            }
        }
        days
    }
}
