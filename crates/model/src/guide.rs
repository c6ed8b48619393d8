use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Accepted, Condition, Constraint, DerivedFact, EffectId, Fact, FactId, FrequencyWords, Indication, Interview, MeasureId,
    PartialDate, PassageId, Policy, RouteId, Rule, SourceId, Standing, Statement, Strength, SymptomCheck, TimingId, Treatment,
    TreatmentId, Urgency, UrgencyFloor, ValuesExercise,
};

/// How a time lies to the others on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Course {
    /// After the timing before it, in the order of the guide.
    #[default]
    Main,
    /// Branches off at the start.
    Branch,
    /// Runs alongside all others.
    Alongside,
}

/// A timing or an intent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// For a timing, how it relates to the others.
    pub course: Course,
}

/// A measure of outcomes, a route or a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its ID in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
}

/// A kind of treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modality {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    /// Whether it goes around the treatment proper and is none itself.
    pub supportive: bool,
    /// When a person declines every treatment of this kind.
    pub declined: Option<Rule>,
}

/// Something that the guide doesn't cover, and where to look instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfScope {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    /// When a case is one of these.
    pub rule: Rule,
    /// Why it isn't covered.
    pub statement: Statement,
    /// Where to look instead.
    pub where_to_look: String,
}

/// Why, in some cases, no treatment is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoTreatmentIndicated {
    /// Its ID in files and output.
    pub id: String,
    pub rule: Rule,
    /// Why, and what to do.
    pub statement: Statement,
}

/// A source of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its ID in citations.
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub edition: Option<String>,
    /// Its own revision date.
    pub revised: Option<PartialDate>,
    /// The date of the copy that was read.
    pub read: Option<PartialDate>,
    /// The terms of use.
    pub licence: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// 1 for the main source of the guide; higher numbers fill gaps.
    pub rank: u8,
    /// Whether every passage must be cited, or excepted with a reason.
    pub complete: bool,
    /// The source that replaces it.
    pub superseded_by: Option<SourceId>,
}

/// Text about the guide itself. It cites nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    pub text: String,
}

/// Who to report mistakes in a guide to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Their name, within a sentence: `Write to .. .`
    pub name: String,
    /// A web or mail address to write to, for instance `mailto:guide@example.org`.
    pub address: String,
}

/// A passage of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its source.
    pub source: SourceId,
    /// Its ID within the source, for instance `surgery.03`.
    pub id: String,
    /// Its place in the source.
    pub locator: String,
    /// The SHA-256 of its text in hexadecimal, if the text is stable.
    pub sha256: Option<String>,
    /// Its revision date, if it differs from the source's.
    pub revised: Option<PartialDate>,
    /// Our paraphrase.
    pub summary: String,
    /// Its address, if it differs from the source's.
    pub address: Option<String>,
    /// The work that the source quotes here.
    pub quoted_from: Option<String>,
    /// What kind of text it is, for instance `statement`, `heading`.
    pub kind: Option<String>,
    /// How well it is preserved, for instance `whole`, `cut`, `garbled`.
    pub state: Option<String>,
    /// Why nothing in the guide cites it.
    pub not_encoded: Option<String>,
}

/// When to call for an adverse effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallAdvice {
    pub urgency: Urgency,
    /// What to look for and whom to call.
    pub statement: Statement,
    /// Why it has this urgency, if no source says.
    pub reason: Option<String>,
}

/// An adverse effect, whatever causes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    /// The CTCAE term.
    pub term: Option<String>,
    pub synonyms: Vec<String>,
    /// How soon it usually needs help. Some treatments make it sooner; see [`Guide::urgency_on`](crate::Guide::urgency_on).
    pub urgency: Urgency,
    /// The passages that give the urgency.
    pub urgency_from: Vec<PassageId>,
    /// Why it has this urgency, if no source says.
    pub urgency_reason: Option<String>,
    /// Whether only a test finds it, because nobody feels it.
    pub found_by_test: bool,
    /// Whether it's only for the symptom check, so that no treatment has to name it.
    pub symptom_only: bool,
    /// The part of the body, in plain words.
    pub group: Option<String>,
    /// Measures of outcomes that count it. Their figures are shown with the harms.
    pub measures: Vec<MeasureId>,
    pub what: Vec<Statement>,
    pub feels_like: Vec<Statement>,
    pub calls: Vec<CallAdvice>,
    pub helps: Vec<Statement>,
}

/// How a type relates to the guide's scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScopeKind {
    /// Covered.
    In,
    /// Covered, but not fully malignant.
    Intermediate,
    /// Not covered.
    Out,
}

impl ScopeKind {
    /// The ID in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Intermediate => "intermediate",
            Self::Out => "out",
        }
    }
}

/// A type of what the guide treats. It's also a value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subtype {
    /// Its ID in conditions, cases and output.
    pub id: String,
    pub name: String,
    pub synonyms: Vec<String>,
    /// The type of which it is a kind.
    pub parent: Option<String>,
    /// Whether the guide covers it.
    pub scope: ScopeKind,
    /// Its family.
    pub group: Option<String>,
    pub codes: BTreeMap<String, String>,
    /// What is special about it.
    pub special: Vec<Statement>,
}

/// A member of the treatment team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    pub statement: Statement,
    /// Who it's for; everyone if `None`.
    pub rule: Option<Rule>,
}

/// A help line or further reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    pub address: Option<String>,
    /// The number as people write it, for instance `1-800-4-TREES (1-800-487-3370)`.
    pub phone: Option<String>,
    /// What is dialed for it from anywhere, for instance `+1-800-487-3370`; without it, the number as it is written.
    pub dial: Option<String>,
    /// A number that takes text messages.
    pub message: Option<String>,
    /// What you find there.
    pub statement: Statement,
}

/// A guide in its core form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    pub name: String,
    pub version: String,
    /// The SHA-256 of its files, 64 lower-case hexadecimal digits: two guides with the same hash say the same. `docs/guide-format.md` says how to
    /// compute it.
    pub content_hash: String,
    /// The language of its sentences, for instance `en`.
    pub language: String,
    /// The disclaimer.
    pub disclaimer: Statement,
    /// Who reviewed and signed it.
    pub reviewers: Vec<String>,
    /// The same, in a sentence for readers.
    pub review: String,
    /// When it was last changed.
    pub revised: Option<PartialDate>,
    /// About the guide itself: who made it, how it's maintained, what was not done.
    pub about: Vec<About>,
    /// Who to report mistakes to; `None` for the people who run the site.
    pub feedback: Option<Feedback>,
    /// Which source decides when sources disagree.
    pub source_rules: Vec<Statement>,
    /// When the guide covers a case.
    pub scope: Rule,
    /// What it doesn't cover.
    pub out_of_scope: Vec<OutOfScope>,
    /// Why, in some cases, no treatment is recommended.
    pub no_treatment_indicated: Vec<NoTreatmentIndicated>,
    /// Statements that must always hold. They're proved, and change no answer.
    pub policies: Vec<Policy>,
    /// Warnings of the proofs that are accepted.
    pub accepted: Vec<Accepted>,
    /// Kinds of treatment, in display order.
    pub modalities: Vec<Modality>,
    /// Timings, in order.
    pub timings: Vec<Term>,
    /// The timing with `start = true`; if any, it's the first one.
    pub start: Option<TimingId>,
    /// The timing with `end = true`; if any, it's the last one.
    pub end: Option<TimingId>,
    pub intents: Vec<Term>,
    /// Strengths, the strongest first.
    pub strengths: Vec<Strength>,
    /// The words for the frequency of adverse effects, the most frequent first.
    pub frequencies: Vec<FrequencyWords>,
    /// What outcomes measure.
    pub measures: Vec<Label>,
    /// Routes of administration.
    pub routes: Vec<Label>,
    /// Places where treatments are given.
    pub settings: Vec<Label>,
    /// The numbers of syllables of words that the readability measure counts wrongly.
    pub syllables: BTreeMap<String, u32>,
    pub facts: Vec<Fact>,
    /// Facts that can't be true together.
    pub constraints: Vec<Constraint>,
    /// Derived facts, each after the ones that it depends on.
    pub derived: Vec<DerivedFact>,
    pub treatments: Vec<Treatment>,
    pub effects: Vec<Effect>,
    pub types: Vec<Subtype>,
    /// The glossary.
    pub glossary: Vec<GlossaryTerm>,
    pub team: Vec<TeamMember>,
    /// Help lines and further reading.
    pub links: Vec<Link>,
    /// How to ask a person the questions.
    pub interview: Interview,
    /// The exercise about what matters to a person.
    pub exercise: Option<ValuesExercise>,
    /// The data of the symptom check.
    pub symptom_check: Option<SymptomCheck>,
    pub sources: Vec<Source>,
    pub passages: Vec<Passage>,
    /// The guide's own interface sentences, by file, without the English ones of the program.
    pub texts: Vec<GuideText>,
}

/// Interface sentences in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideText {
    /// The tag of the language, for instance `en` or `de`.
    pub language: String,
    /// The messages in Fluent syntax. In English, only those that differ from the program's.
    pub source: String,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    /// Other forms of it.
    pub synonyms: Vec<String>,
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

    /// The standing of a treatment when this indication holds.
    #[must_use]
    pub fn standing(&self, indication: &Indication) -> Standing {
        self[indication.strength].standing
    }

    /// Whether it goes around the treatment proper and is none itself.
    #[must_use]
    pub fn is_supportive(&self, treatment: TreatmentId) -> bool {
        self[self[treatment].modality].supportive
    }

    /// Whether one treatment is a technique of the other. A technique has no techniques of its own, so that each is listed with a treatment that isn't one.
    #[must_use]
    pub fn is_technique_of(&self, technique: TreatmentId, whole: TreatmentId) -> bool {
        self[technique].technique_of.contains(&whole) && self[whole].technique_of.is_empty()
    }

    /// The ID of a route; `none` if there is none.
    #[must_use]
    pub fn route_id(&self, route: Option<RouteId>) -> &str {
        route.map_or("none", |route| self[route].id.as_str())
    }

    /// The effect called `id`.
    #[must_use]
    pub fn effect(&self, id: &str) -> Option<EffectId> {
        self.effects.iter().position(|effect| effect.id == id).map(EffectId::new)
    }

    /// The latest time to call on a treatment. If the effect isn't known, only the floors for any symptom count.
    pub fn floors_on(&self, treatment: Option<TreatmentId>) -> impl Iterator<Item = &UrgencyFloor> {
        let holds = move |floor: &&UrgencyFloor| match treatment {
            Some(id) => floor.treatments.contains(&id) || floor.modalities.contains(&self[id].modality),
            None => floor.effects.is_empty(),
        };
        self.symptom_check.iter().flat_map(|check| &check.floors).filter(holds)
    }

    /// How soon to call for an effect on a treatment: the effect's own urgency, or sooner. All pages and the symptom check use it.
    #[must_use]
    pub fn urgency_on(&self, effect: EffectId, treatment: Option<TreatmentId>) -> Urgency {
        let floors = self.floors_on(treatment).filter(|floor| floor.effects.is_empty() || floor.effects.contains(&effect));
        floors.map(|floor| floor.urgency).fold(self[effect].urgency, Urgency::min)
    }

    /// The citation of a passage, for instance `acs:surgery.03`.
    #[must_use]
    pub fn citation(&self, passage: PassageId) -> String {
        let passage = &self[passage];
        format!("{}:{}", self[passage.source].id, passage.id)
    }

    /// The passage with this citation.
    #[must_use]
    pub fn passage(&self, citation: &str) -> Option<PassageId> {
        let (source, id) = citation.split_once(':')?;
        self.passages.iter().position(|passage| passage.id == id && self[passage.source].id == source).map(PassageId::new)
    }

    /// The conditions that an indication needs: its rule and, unless the treatment has `any_scope`, the guide's scope.
    pub fn scoped<'a>(&'a self, treatment: &Treatment, indication: &'a Indication) -> impl Iterator<Item = &'a Condition> {
        let scope = if treatment.any_scope { None } else { Some(&self.scope.when) };
        scope.into_iter().chain(std::iter::once(&indication.rule.when))
    }
}
