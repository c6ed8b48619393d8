//! Treatments: indications, contraindications, effects, outcomes and administration.

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
    /// Who it's for, not counting the guide's scope.
    pub rule: Rule,
    /// When it's given, an index in [`crate::Guide::timings`].
    pub timing: TimingId,
    /// The intent, an index in [`crate::Guide::intents`].
    pub intent: IntentId,
    /// How strongly the source recommends it, an index in [`crate::Guide::strengths`].
    pub strength: StrengthId,
    /// Why, with the source's hedges.
    pub text: String,
    /// Who it doesn't include, if the text doesn't say so.
    pub exclusions: Option<String>,
}

impl Indication {
    /// The text, followed by the exclusions unless the rule is true for the case.
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

/// Something to take care of. It doesn't change the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precaution {
    pub rule: Rule,
    /// What to take care of.
    pub text: String,
}

impl Precaution {
    /// Whether it concerns everyone, in every case. The page of the treatment shows it, not an answer.
    #[must_use]
    pub fn is_for_everyone(&self) -> bool {
        self.rule.when == Condition::Always
    }
}

closed_set! {
    /// Whether a treatment is available. Treatments with equal strength are listed in this order.
    pub enum AvailabilityStatus {
        /// Approved for this use.
        Approved = "approved",
        /// Approved for this use while its benefit is still to be confirmed.
        Accelerated = "accelerated",
        /// Approved, but not for this use.
        OffLabel = "off_label",
        /// Not approved; known from trials.
        Investigational = "investigational",
        /// Taken off the market.
        Withdrawn = "withdrawn",
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

/// The guide's meaning of a word for the frequency of an adverse effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrequencyWords {
    pub frequency: Frequency,
    /// In a few words, for instance `Very common`.
    pub name: String,
    /// What it means, in a sentence.
    pub help: String,
    /// The lowest number of people in 100 who have the effect; 0 for the rarest.
    pub at_least: u32,
}

closed_set! {
    /// How often an adverse effect occurs. [`FrequencyWords`] has the guide's meaning of each.
    pub enum Frequency {
        /// The most frequent.
        VeryCommon = "very_common",
        /// Less often than `VeryCommon`.
        Common = "common",
        /// Less often than `Common`.
        LessCommon = "less_common",
        /// The least frequent.
        Rare = "rare",
        NotStated = "not_stated",
    }
}

closed_set! {
    /// How long an adverse effect lasts.
    pub enum EffectDuration {
        /// It goes away.
        Passing = "passing",
        LongLasting = "long_lasting",
        /// It's permanent, or can be.
        Permanent = "permanent",
        NotStated = "not_stated",
    }
}

closed_set! {
    /// When an adverse effect begins.
    pub enum Onset {
        /// During treatment or soon after.
        Early = "early",
        /// Months or years later.
        Late = "late",
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
    /// Who it concerns; everyone if `None`.
    pub rule: Option<Rule>,
    /// How many had it.
    pub value: Option<Figure>,
    /// The comparator.
    pub comparator: Option<String>,
    /// How many had it with the comparator.
    pub comparator_value: Option<Figure>,
    /// The CTCAE grade that the figures count.
    pub grade: Option<String>,
    /// What the source adds.
    pub text: Option<String>,
    /// The passages that it cites.
    pub from: Vec<PassageId>,
}

closed_set! {
    /// What a comparison showed.
    pub enum Conclusion {
        Better = "better",
        NoDifferenceShown = "no_difference_shown",
        Worse = "worse",
        /// There was no comparator.
        NotCompared = "not_compared",
    }
}

closed_set! {
    /// What kind of figure an outcome has.
    pub enum Statistic {
        Median = "median",
        /// How many of those who were studied.
        Rate = "rate",
        HazardRatio = "hazard_ratio",
        AbsoluteDifference = "absolute_difference",
    }
}

/// A measured result of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was measured, an index in [`crate::Guide::measures`].
    pub measure: MeasureId,
    pub statistic: Option<Statistic>,
    /// The time that a rate refers to.
    pub at: Option<String>,
    pub value: Figure,
    /// Its confidence interval.
    pub interval: Option<String>,
    /// The level of the interval if it isn't 95%.
    pub interval_level: Option<String>,
    /// The number of people.
    pub n: Option<u32>,
    /// The comparator.
    pub comparator: Option<String>,
    /// The figure with the comparator.
    pub comparator_value: Option<Figure>,
    /// Its confidence interval.
    pub comparator_interval: Option<String>,
    /// The number of people with the comparator.
    pub comparator_n: Option<u32>,
    /// The difference, for instance `hazard ratio 0.31 (0.24 to 0.40)`.
    pub difference: Option<String>,
    /// The p value as the source prints it.
    pub p: Option<String>,
    pub conclusion: Conclusion,
    pub trial: Option<String>,
    /// Who was in it.
    pub population: Option<String>,
    /// Who it concerns; everyone if `None`.
    pub rule: Option<Rule>,
    /// The same in a plain sentence.
    pub text: String,
    /// The passages that it cites.
    pub from: Vec<PassageId>,
}

/// How a treatment is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administration {
    /// The route, an index in [`crate::Guide::routes`]. Without one, pages name the setting.
    pub route: Option<RouteId>,
    /// The setting, an index in [`crate::Guide::settings`].
    pub setting: Option<SettingId>,
    /// In what form, for instance `pills`.
    pub form: Option<String>,
    /// How often, in words.
    pub schedule: Option<String>,
    /// For how long, in words.
    pub duration: Option<String>,
    /// Both in numbers, if the sources give them exactly.
    pub timing: Option<Timing>,
    /// Who it concerns; everyone if `None`.
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

closed_set! {
    /// A list of cited statements that a treatment has. Its ID is the key in files.
    pub enum StatementList {
        /// What it is and how it works. It has at least one statement.
        What = "what",
        /// What isn't known about its benefit or harm.
        Unknown = "unknown",
        /// What is watched during and after.
        Monitoring = "monitoring",
        /// Where sources differ: what each says, and which one decides.
        Disagreement = "disagreement",
        /// Questions to ask the team.
        Question = "question",
    }
}

/// A treatment: surgery, a radiation technique, a drug or combination, care, or the choice to have less treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treatment {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    /// Brand names.
    pub brands: Vec<String>,
    /// Other words that people search for.
    pub synonyms: Vec<String>,
    /// Its kind, an index in [`crate::Guide::modalities`].
    pub modality: ModalityId,
    pub codes: BTreeMap<String, String>,
    /// One sentence: what it is.
    pub summary: String,
    /// Whether it's also for people outside the guide's scope.
    pub any_scope: bool,
    /// Combinations that it is part of.
    pub part_of: Vec<TreatmentId>,
    /// Treatments that this is a technique of. If one of them is recommended, this is listed with it.
    pub technique_of: Vec<TreatmentId>,
    /// Its lists of statements; [`Treatment::list`] reads one.
    pub lists: BTreeMap<StatementList, Vec<Statement>>,
    /// Reasons to give it.
    pub indications: Vec<Indication>,
    /// Reasons not to.
    pub contraindications: Vec<Contraindication>,
    /// What to take care of.
    pub precautions: Vec<Precaution>,
    /// When a person declines it, in addition to the rule of its modality.
    pub declined: Option<Rule>,
    /// Regulatory status, oldest first; the last one applies.
    pub availability: Vec<Availability>,
    pub effects: Vec<EffectUse>,
    /// Measured results.
    pub outcomes: Vec<Outcome>,
    /// How it is given.
    pub administrations: Vec<Administration>,
    /// The day from which times are counted, for instance the day of the operation.
    pub index_date: Option<String>,
    /// The parts that follow one another.
    pub phases: Vec<Phase>,
    /// Tests needed before.
    pub required_tests: Vec<RequiredTest>,
    /// Who reviewed the current text. An edit of the file makes it invalid.
    pub review: Option<Review>,
}

/// The signature of a person who read the whole file of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Name and role, for instance `Jane Roe, surgeon`.
    pub by: String,
    /// The day on which it was signed.
    pub on: PartialDate,
}

impl Treatment {
    /// A treatment of which nothing more is known.
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

    /// The statements of a list; empty if it has none.
    #[must_use]
    pub fn list(&self, list: StatementList) -> &[Statement] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Every list with its statements.
    pub fn statement_lists(&self) -> impl Iterator<Item = (StatementList, &[Statement])> {
        StatementList::ALL.into_iter().map(|list| (list, self.list(list)))
    }

    /// The passages that anything about it cites, except for [`declined`](Self::declined). A passage may come more than once.
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

    /// Whether it was withdrawn from the market.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.availability.last().is_some_and(|availability| availability.status == AvailabilityStatus::Withdrawn)
    }

    /// The days that only the team can name and from which the others are counted: the treatment's own index date first, where it has one, then those
    /// of its parts.
    #[must_use]
    pub fn named_days(&self) -> Vec<&str> {
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
