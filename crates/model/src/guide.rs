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
    /// One after the other, in the order of the guide.
    #[default]
    Main,
    /// Branches off where the way begins.
    Branch,
    /// Runs alongside all others.
    Alongside,
}

/// A word in which treatments are placed: a timing or intent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// For a timing, how it lies to the others.
    pub course: Course,
}

/// A word that the guide gives a name: a measure of outcomes, a route, a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Its name in files and output.
    pub id: String,
    /// Its name for a person.
    pub name: String,
}

/// A kind of treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modality {
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    /// Whether it is not treatment of the cancer but what goes around it.
    pub supportive: bool,
    /// When a person declines every treatment of this kind.
    pub declined: Option<Rule>,
}

/// Something that the guide does not cover, and where to look instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfScope {
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    /// When a case is of this kind.
    pub rule: Rule,
    /// Why it is not covered.
    pub statement: Statement,
    /// Where to look instead.
    pub where_to_look: String,
}

/// Why, in some cases, no treatment of the disease is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoTreatmentIndicated {
    /// Its name in files and output.
    pub id: String,
    pub rule: Rule,
    /// Why, and what to do.
    pub statement: Statement,
}

/// A source of the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name in citations.
    pub id: String,
    pub title: String,
    pub publisher: String,
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
    pub title: String,
    pub text: String,
}

/// Who is told of errors in a guide.
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

/// When to call for an adverse effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallAdvice {
    pub urgency: Urgency,
    /// What to look out for and whom to call.
    pub statement: Statement,
    /// Why it is so urgent where no source says.
    pub reason: Option<String>,
}

/// An adverse effect, whatever causes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    /// The CTCAE term.
    pub term: Option<String>,
    pub synonyms: Vec<String>,
    /// How soon it needs help as a rule. On some treatments it is sooner: see [`Guide::urgency_on`](crate::Guide::urgency_on).
    pub urgency: Urgency,
    /// The passages behind the urgency.
    pub urgency_from: Vec<PassageId>,
    /// Why the urgency was set so where no source says.
    pub urgency_reason: Option<String>,
    /// Whether a test finds it, and nobody feels it.
    pub found_by_test: bool,
    /// Whether no treatment has to name it: it serves the symptom check.
    pub symptom_only: bool,
    /// The part of the body, in plain words.
    pub group: Option<String>,
    /// Measures of outcomes that count it: their figures stand with the harms.
    pub measures: Vec<MeasureId>,
    pub what: Vec<Statement>,
    pub feels_like: Vec<Statement>,
    pub calls: Vec<CallAdvice>,
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
pub struct Subtype {
    /// Its name in conditions, cases and output.
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
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    pub statement: Statement,
    /// For whom; everyone where there is none.
    pub rule: Option<Rule>,
}

/// A help line or place to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    /// A number that takes text messages.
    pub message: Option<String>,
    /// What is found there.
    pub statement: Statement,
}

/// The whole knowledge in its core form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    pub name: String,
    pub version: String,
    /// The SHA-256 of its files, 64 lower-case hexadecimal digits: two guides with the same hash say the same. `docs/guide-format.md` says how to
    /// compute it.
    pub content_hash: String,
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
    /// Who is told of errors in it, where that is not simply whoever shows it.
    pub feedback: Option<Feedback>,
    /// Which source rules where they disagree.
    pub source_rules: Vec<Statement>,
    /// When the guide covers a case.
    pub scope: Rule,
    /// What it does not cover.
    pub out_of_scope: Vec<OutOfScope>,
    /// Why, in some cases, no treatment of the disease is recommended.
    pub no_treatment_indicated: Vec<NoTreatmentIndicated>,
    /// What must hold whatever the rules say. It is proved, and changes no answer.
    pub policies: Vec<Policy>,
    /// Warnings of the proofs that are accepted.
    pub accepted: Vec<Accepted>,
    /// Kinds of treatment, in the order in which they are shown.
    pub modalities: Vec<Modality>,
    /// Times on the way, in order.
    pub timings: Vec<Term>,
    /// The timing where every way begins. It is the first one, where there is any.
    pub start: Option<TimingId>,
    /// The timing where every way ends. It is the last one, where there is any.
    pub end: Option<TimingId>,
    pub intents: Vec<Term>,
    /// Strengths, the strongest first.
    pub strengths: Vec<Strength>,
    /// What the words for how often adverse effects occur mean, from the most frequent on.
    pub frequencies: Vec<FrequencyWords>,
    /// What outcomes measure.
    pub measures: Vec<Label>,
    /// Ways in which treatments are given.
    pub routes: Vec<Label>,
    /// Places where treatments are given.
    pub settings: Vec<Label>,
    /// Syllables of words that the rule for readability counts wrongly.
    pub syllables: BTreeMap<String, u32>,
    pub facts: Vec<Fact>,
    /// Facts that cannot hold together.
    pub constraints: Vec<Constraint>,
    /// Derived facts, each after those that it rests on.
    pub derived: Vec<DerivedFact>,
    pub treatments: Vec<Treatment>,
    pub effects: Vec<Effect>,
    pub types: Vec<Subtype>,
    /// Terms explained: id, name, other names, text.
    pub glossary: Vec<GlossaryTerm>,
    pub team: Vec<TeamMember>,
    /// Help lines and places to read on.
    pub links: Vec<Link>,
    /// How a person is asked.
    pub interview: Interview,
    /// The exercise about what matters to a person.
    pub exercise: Option<ValuesExercise>,
    /// Words for who has a symptom while on a treatment.
    pub symptom_check: Option<SymptomCheck>,
    pub sources: Vec<Source>,
    pub passages: Vec<Passage>,
    /// Sentences of the interface that the guide brings, each file once. The program's own English is not among them.
    pub texts: Vec<GuideText>,
}

/// Sentences of the interface in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideText {
    /// The tag of the language, for instance `en` or `de`.
    pub language: String,
    /// The messages in the syntax of Fluent. In English those that the guide says differently from the program.
    pub source: String,
}

/// A term explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// Its name in files and output.
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

    /// What the sources make of a treatment where this indication holds.
    #[must_use]
    pub fn standing(&self, indication: &Indication) -> Standing {
        self[indication.strength].standing
    }

    /// Whether it is care around treatment of the cancer.
    #[must_use]
    pub fn is_supportive(&self, treatment: TreatmentId) -> bool {
        self[self[treatment].modality].supportive
    }

    /// Whether one treatment is a way to give the other. What is itself a technique has none, so that each stands with one that stands by itself.
    #[must_use]
    pub fn is_technique_of(&self, technique: TreatmentId, whole: TreatmentId) -> bool {
        self[technique].technique_of.contains(&whole) && self[whole].technique_of.is_empty()
    }

    /// The id of a route; `none` where there is none.
    #[must_use]
    pub fn route_id(&self, route: Option<RouteId>) -> &str {
        route.map_or("none", |route| self[route].id.as_str())
    }

    /// The effect called `id`.
    #[must_use]
    pub fn effect(&self, id: &str) -> Option<EffectId> {
        self.effects.iter().position(|effect| effect.id == id).map(EffectId::new)
    }

    /// How soon to call at the latest on a treatment. Where it is not known, only what holds for any symptom counts, as it may be one of those.
    pub fn floors_on(&self, treatment: Option<TreatmentId>) -> impl Iterator<Item = &UrgencyFloor> {
        let holds = move |floor: &&UrgencyFloor| match treatment {
            Some(id) => floor.treatments.contains(&id) || floor.modalities.contains(&self[id].modality),
            None => floor.effects.is_empty(),
        };
        self.symptom_check.iter().flat_map(|check| &check.floors).filter(holds)
    }

    /// How soon to call for an effect on a treatment: as a rule, or sooner. Every page and the symptom check take it from here.
    #[must_use]
    pub fn urgency_on(&self, effect: EffectId, treatment: Option<TreatmentId>) -> Urgency {
        let floors = self.floors_on(treatment).filter(|floor| floor.effects.is_empty() || floor.effects.contains(&effect));
        floors.map(|floor| floor.urgency).fold(self[effect].urgency, Urgency::min)
    }

    /// How a passage is cited, for instance `acs:surgery.03`.
    #[must_use]
    pub fn citation(&self, passage: PassageId) -> String {
        let passage = &self[passage];
        format!("{}:{}", self[passage.source].id, passage.id)
    }

    /// The passage cited so.
    #[must_use]
    pub fn passage(&self, citation: &str) -> Option<PassageId> {
        let (source, id) = citation.split_once(':')?;
        self.passages.iter().position(|passage| passage.id == id && self[passage.source].id == source).map(PassageId::new)
    }

    /// The conditions that must all hold for an indication: the guide's scope, unless the treatment is for everyone, and its rule.
    pub fn scoped<'a>(&'a self, treatment: &Treatment, indication: &'a Indication) -> impl Iterator<Item = &'a Condition> {
        let scope = if treatment.any_scope { None } else { Some(&self.scope.when) };
        scope.into_iter().chain(std::iter::once(&indication.rule.when))
    }
}
