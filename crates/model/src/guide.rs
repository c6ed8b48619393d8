use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{
    Accepted, Case, Condition, Constraint, DerivedFact, Doubt, EffectId, Fact, FactId, FactList, FrequencyTerm, Indication,
    Interview, MeasureId, NumberWords, PartialDate, PassageId, Policy, RouteId, Rule, SourceId, Standing, Statement, Strength,
    SymptomCheck, TeamQuestion, TimingId, Treatment, TreatmentId, Triage, Urgency, UrgencyFloor, UsualValue, ValuesExercise,
};

/// How a timing, such as "before surgery", relates to the other timings of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Course {
    /// The timing follows the previous `Main` timing in the guide's list.
    #[default]
    Main,
    /// The timing is a separate branch that begins at the start of the treatment course.
    Branch,
    /// The timing runs alongside all others.
    Alongside,
}

/// A timing (when a treatment is given) or an intent (what a treatment is given for).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// How a timing relates to the others. Unused for intents.
    pub course: Course,
}

/// An outcome measure: what studies count or time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// The ID in guide files and in output.
    pub id: String,
    /// The name that pages show.
    pub name: String,
    /// What happened to the people that a share counts, in everyday words, for example `The tree fell over`.
    pub event: Option<String>,
    /// Whether more or fewer people are better. `None` if the guide doesn't say.
    pub better: Option<BetterIf>,
    /// Whether pages show it only to people who choose to see it, because it can be hard to read.
    pub by_choice: bool,
}

closed_set! {
    /// Whether more or fewer people with a measured result are better.
    pub enum BetterIf {
        More = "more",
        Fewer = "fewer",
    }
}

/// A route or a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The ID in guide files and in output.
    pub id: String,
    /// The name that pages show.
    pub name: String,
}

/// A kind of treatment, such as surgery or chemotherapy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modality {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    /// Whether treatments of this kind support people during the main treatments, and aren't main treatments themselves.
    pub supportive: bool,
    /// Whether treatments of this kind mean less treatment, or none. Comparisons offer them as a column.
    pub less_treatment: bool,
    /// Holds if a person declines every treatment of this kind.
    pub declined: Option<Rule>,
}

/// Something that the guide doesn't cover, with advice on where to look instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutOfScope {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    /// Holds for the cases that this entry is about.
    pub rule: Rule,
    /// Why the guide doesn't cover it.
    pub statement: Statement,
    /// Where to find a guide that covers it.
    pub where_to_look: String,
}

/// An explanation for cases in which the guide recommends no treatment except supportive ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoTreatmentIndicated {
    /// The ID in guide files and in output.
    pub id: String,
    /// Holds for the cases that this entry explains.
    pub rule: Rule,
    /// Why no treatment is recommended, and what to do.
    pub statement: Statement,
}

/// A text that the guide is based on, such as a web page or a drug label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The ID in citations, for example `acs` in `acs:surgery.03`.
    pub id: String,
    pub title: String,
    pub publisher: String,
    pub edition: Option<String>,
    /// The revision date that the source gives.
    pub revised: Option<PartialDate>,
    /// The date of the copy that the guide's authors read.
    pub read: Option<PartialDate>,
    /// The license or terms of use.
    pub licence: Option<String>,
    /// The web address.
    pub address: Option<String>,
    /// 1 for the guide's main source, or a higher number for a source that fills gaps in the main source.
    pub rank: u8,
    /// Whether the guide must account for every passage of the source: cite it, or give a reason in [`Passage::not_encoded`].
    pub complete: bool,
    /// The source that replaces this one.
    pub superseded_by: Option<SourceId>,
}

/// A text about the guide itself, without citations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub title: String,
    pub text: String,
}

/// The people who accept reports of mistakes in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Their name as part of the sentence "Write to NAME", for example `the makers of this guide`.
    pub name: String,
    /// The address of a web page or a `mailto:` link, for example `mailto:guide@example.org`.
    pub address: String,
}

/// A passage of a source that the guide can cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The source that contains the passage.
    pub source: SourceId,
    /// The ID within the source, for example `surgery.03`.
    pub id: String,
    /// The location in the source, for example `Surgery > (introduction)`.
    pub locator: String,
    /// The SHA-256 hash of the passage's text in hexadecimal, if the source's wording is stable.
    pub sha256: Option<String>,
    /// The revision date, if it differs from the source's.
    pub revised: Option<PartialDate>,
    /// A short paraphrase by the guide's authors.
    pub summary: String,
    /// The web address, if it differs from the source's.
    pub address: Option<String>,
    /// The work that the source quotes in this passage, if it quotes one.
    pub quoted_from: Option<String>,
    /// The kind of text, for example `statement` or `heading`.
    pub kind: Option<String>,
    /// The state of the text in the authors' copy, for example `whole`, `cut` or `garbled`.
    pub state: Option<String>,
    /// The reason why nothing in the guide cites the passage.
    pub not_encoded: Option<String>,
}

/// Advice on when to call for help because of an adverse effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallAdvice {
    pub urgency: Urgency,
    /// What to look for and whom to call.
    pub statement: Statement,
    /// The authors' reason for this urgency, if no source gives one.
    pub reason: Option<String>,
}

/// An adverse effect, described independently of the treatments that can cause it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    /// The term in CTCAE, the standard list of adverse events.
    pub term: Option<String>,
    pub synonyms: Vec<String>,
    /// How soon a person with the effect usually needs help. With some treatments, it's more urgent; see [`Guide::effect_urgency`].
    pub urgency: Urgency,
    /// The passages that give this urgency.
    pub urgency_from: Vec<PassageId>,
    /// The authors' reason for this urgency, if no source gives one.
    pub urgency_reason: Option<String>,
    /// Whether only a test can find the effect, because people don't feel it.
    pub found_by_test: bool,
    /// Whether only the symptom check uses the effect. If `false`, the guide compiler warns if no treatment lists the effect.
    pub symptom_only: bool,
    /// The affected part of the body, in plain words.
    pub group: Option<String>,
    /// Outcome measures that count this effect. Pages show the outcomes with these measures among the harms.
    pub measures: Vec<MeasureId>,
    /// What the effect is.
    pub what: Vec<Statement>,
    pub feels_like: Vec<Statement>,
    /// When to call for help.
    pub calls: Vec<CallAdvice>,
    /// What helps against the effect.
    pub helps: Vec<Statement>,
}

closed_set! {
    /// Whether the guide covers a type of disease.
    pub enum ScopeKind {
        /// The guide covers the type.
        In = "in",
        /// The guide covers the type, which isn't fully malignant.
        Intermediate = "intermediate",
        /// The guide doesn't cover the type.
        Out = "out",
    }
}

/// A type of the disease that the guide is about. Each type is also a value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subtype {
    /// The ID in conditions, cases and output.
    pub id: String,
    pub name: String,
    pub synonyms: Vec<String>,
    /// The ID of the more general type, if there is one.
    pub parent: Option<String>,
    /// Whether the guide covers the type.
    pub scope: ScopeKind,
    /// The family of types, for example `adipocytic`.
    pub group: Option<String>,
    pub codes: BTreeMap<String, String>,
    /// What is special about this type.
    pub special: Vec<Statement>,
}

/// A member of the treatment team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    pub statement: Statement,
    /// Holds for the people who need this team member. `None` means everyone.
    pub rule: Option<Rule>,
}

/// A help line or further reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    pub address: Option<String>,
    /// The phone number as people write it, for example `1-800-4-TREES (1-800-487-3370)`.
    pub phone: Option<String>,
    /// The phone number in international format, for example `+1-800-487-3370`. If `None`, links use `phone`.
    pub dial: Option<String>,
    /// A number that accepts text messages.
    pub message: Option<String>,
    /// What people find there.
    pub statement: Statement,
}

/// A guide in its core form, as the guide compiler (`sarcoguide_compiler`) produces it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    pub name: String,
    pub version: String,
    /// The SHA-256 hash of the guide's files, as 64 lowercase hexadecimal digits. Two guides with the same hash have the same content.
    /// `docs/guide-format.md` explains how to compute it.
    pub content_hash: String,
    /// The language tag of the guide's sentences, for example `en`.
    pub language: String,
    /// The disclaimer that is shown with every answer.
    pub disclaimer: Statement,
    /// The people who reviewed the guide and signed off on it.
    pub reviewers: Vec<String>,
    /// A sentence for readers that says who reviewed the guide, or that nobody did.
    pub review: String,
    /// The date of the last change.
    pub revised: Option<PartialDate>,
    /// Texts about the guide itself, such as who made it and how it's kept up to date.
    pub about: Vec<About>,
    /// The people to report mistakes to. If `None`, pages name the people who run the site.
    pub feedback: Option<Feedback>,
    /// Statements that say which source the guide follows if sources disagree.
    pub source_rules: Vec<Statement>,
    /// Holds for the cases that the guide covers.
    pub scope: Rule,
    /// What the guide doesn't cover.
    pub out_of_scope: Vec<OutOfScope>,
    /// Explanations for cases in which the guide recommends no treatment except supportive ones.
    pub no_treatment_indicated: Vec<NoTreatmentIndicated>,
    /// Requirements that the guide's rules must meet. The proofs in `sarcoguide_verify` check them. They don't change any answer.
    pub policies: Vec<Policy>,
    /// The warnings from the proofs that the guide accepts.
    pub accepted: Vec<Accepted>,
    /// The kinds of treatment, in display order.
    pub modalities: Vec<Modality>,
    /// The timings (when treatments are given), in the order of a course of treatment.
    pub timings: Vec<Term>,
    /// The timing with `start = true`, if there is one. It's always the first one in the list.
    pub start: Option<TimingId>,
    /// The timing with `end = true`, if there is one. It's always the last one in the list.
    pub end: Option<TimingId>,
    /// What treatments are given for, such as cure.
    pub intents: Vec<Term>,
    /// The strengths of recommendations, the strongest first.
    pub strengths: Vec<Strength>,
    /// The words for the frequency of adverse effects, the most frequent first.
    pub frequencies: Vec<FrequencyTerm>,
    /// The words for limits and ranges of numbers.
    pub number_words: NumberWords,
    /// What outcomes can measure, such as overall survival.
    pub measures: Vec<Measure>,
    /// The routes of administration.
    pub routes: Vec<Label>,
    /// The settings where treatments are given, such as a hospital.
    pub settings: Vec<Label>,
    /// Words whose syllables the readability check would miscount, each with its correct number of syllables.
    pub syllables: BTreeMap<String, u32>,
    /// The facts that a case can state.
    pub facts: Vec<Fact>,
    /// The lists of facts that a person answers with a single question.
    pub fact_lists: Vec<FactList>,
    /// Combinations of facts that can't be true together. Soft constraints, which raise a doubt instead, come last.
    pub constraints: Vec<Constraint>,
    /// Combinations of facts that are probably a mistake.
    pub doubts: Vec<Doubt>,
    /// The derived facts, each after those that it depends on.
    pub derived: Vec<DerivedFact>,
    pub treatments: Vec<Treatment>,
    pub effects: Vec<Effect>,
    /// The types of the disease.
    pub types: Vec<Subtype>,
    pub glossary: Vec<GlossaryTerm>,
    pub team: Vec<TeamMember>,
    /// The questions to take to the team, the most important first.
    pub team_questions: Vec<TeamQuestion>,
    /// Help lines and further reading.
    pub links: Vec<Link>,
    /// The order in which a person is asked the questions, and the text before them.
    pub interview: Interview,
    /// The values that scenarios assume for open facts, in the order in which they are tried.
    pub usual_values: Vec<UsualValue>,
    /// The exercise that asks what matters to a person.
    pub exercise: Option<ValuesExercise>,
    /// The data of the symptom check.
    pub symptom_check: Option<SymptomCheck>,
    /// The questions about how a person feels, and what the answers say about how soon to call.
    pub triage: Option<Triage>,
    pub sources: Vec<Source>,
    pub passages: Vec<Passage>,
    /// The interface texts that the guide provides, one entry per language. The program's own English texts aren't included.
    pub texts: Vec<GuideText>,
}

/// The interface texts of a guide in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideText {
    /// The language tag, for example `en` or `de`.
    pub language: String,
    /// The messages in Fluent syntax. The program's English messages replace any that are missing.
    pub source: String,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    /// Other words or spellings for the term.
    pub synonyms: Vec<String>,
    pub statement: Statement,
}

impl Guide {
    /// Returns the constraints that aren't soft, with their indexes.
    pub fn hard_constraints(&self) -> impl Iterator<Item = (usize, &Constraint)> + Clone {
        self.constraints.iter().enumerate().filter(|(_, constraint)| constraint.doubt.is_none())
    }

    /// Returns the fact with this ID.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<FactId> {
        self.facts.iter().position(|fact| fact.id == id).map(FactId::new)
    }

    /// Returns the derived fact with this ID.
    #[must_use]
    pub fn derived_fact(&self, id: &str) -> Option<crate::DerivedId> {
        self.derived.iter().position(|fact| fact.id == id).map(crate::DerivedId::new)
    }

    /// Returns the treatment with this ID.
    #[must_use]
    pub fn treatment(&self, id: &str) -> Option<TreatmentId> {
        self.treatments.iter().position(|treatment| treatment.id == id).map(TreatmentId::new)
    }

    /// Returns the list that the fact belongs to, if it belongs to one.
    #[must_use]
    pub fn list_of(&self, fact: FactId) -> Option<&FactList> {
        self.fact_lists.iter().find(|list| list.facts.contains(&fact))
    }

    /// Returns the fact that stands for the question about this fact: the first fact of its list, or the fact itself if it's in no list.
    #[must_use]
    pub fn question_of(&self, fact: FactId) -> FactId {
        self.list_of(fact).and_then(|list| list.facts.first()).copied().unwrap_or(fact)
    }

    /// Returns the treatment that the case states to be ongoing and that contains all components of this treatment: the treatment itself if it's
    /// ongoing, otherwise the first such combination.
    #[must_use]
    pub fn ongoing_in(&self, treatment: TreatmentId, case: &Case) -> Option<TreatmentId> {
        let components = &self[treatment].components;
        let is_ongoing = |id: &TreatmentId| {
            let fact = self[*id].given;
            fact.is_some_and(|fact| self.list_of(fact).is_some_and(|list| list.is_ongoing(case.get(fact))))
        };
        let contains = |id: &TreatmentId| {
            !components.is_empty() && components.iter().all(|component| self[*id].components.contains(component))
        };
        let all = (0..self.treatments.len()).map(TreatmentId::new);
        std::iter::once(treatment).chain(all.filter(contains)).find(is_ongoing)
    }

    /// Returns the standing that this indication gives its treatment if the indication holds.
    #[must_use]
    pub fn standing(&self, indication: &Indication) -> Standing {
        self[indication.strength].standing
    }

    /// Returns whether the treatment's kind is [supportive](Modality::supportive).
    #[must_use]
    pub fn is_supportive(&self, treatment: TreatmentId) -> bool {
        self[self[treatment].modality].supportive
    }

    /// Returns whether `technique` is a technique of `whole`. Returns `false` if `whole` is itself a technique, because techniques are
    /// listed only with treatments that aren't techniques.
    #[must_use]
    pub fn is_technique_of(&self, technique: TreatmentId, whole: TreatmentId) -> bool {
        self[technique].technique_of.contains(&whole) && self[whole].technique_of.is_empty()
    }

    /// Returns the ID of a route, or the text `none` for `None`.
    #[must_use]
    pub fn route_id(&self, route: Option<RouteId>) -> &str {
        route.map_or("none", |route| self[route].id.as_str())
    }

    /// Returns the adverse effect with this ID.
    #[must_use]
    pub fn effect(&self, id: &str) -> Option<EffectId> {
        self.effects.iter().position(|effect| effect.id == id).map(EffectId::new)
    }

    /// Returns the urgency floors (minimum urgencies) that apply to a treatment. If the treatment is unknown (`None`), returns all floors
    /// that aren't limited to certain adverse effects.
    pub fn urgency_floors(&self, treatment: Option<TreatmentId>) -> impl Iterator<Item = &UrgencyFloor> {
        let holds = move |floor: &&UrgencyFloor| match treatment {
            Some(id) => floor.treatments.contains(&id) || floor.modalities.contains(&self[id].modality),
            None => floor.effects.is_empty(),
        };
        self.symptom_check.iter().flat_map(|check| &check.floors).filter(holds)
    }

    /// Returns how soon to call about an adverse effect during a treatment: the most urgent of the effect's own urgency and the
    /// [floors](Self::urgency_floors) that apply. All pages and the symptom check use this urgency.
    #[must_use]
    pub fn effect_urgency(&self, effect: EffectId, treatment: Option<TreatmentId>) -> Urgency {
        let floors = self.urgency_floors(treatment).filter(|floor| floor.effects.is_empty() || floor.effects.contains(&effect));
        floors.map(|floor| floor.urgency).fold(self[effect].urgency, Urgency::min)
    }

    /// Returns the citation of a passage, for example `acs:surgery.03`.
    #[must_use]
    pub fn citation(&self, passage: PassageId) -> String {
        let passage = &self[passage];
        format!("{}:{}", self[passage.source].id, passage.id)
    }

    /// Returns the passage with this citation.
    #[must_use]
    pub fn passage(&self, citation: &str) -> Option<PassageId> {
        let (source, id) = citation.split_once(':')?;
        self.passages.iter().position(|passage| passage.id == id && self[passage.source].id == source).map(PassageId::new)
    }

    /// Returns the conditions that must all be true for an indication to hold: its rule and, unless the treatment has `any_scope`, the
    /// guide's scope.
    pub fn scoped<'a>(&'a self, treatment: &Treatment, indication: &'a Indication) -> impl Iterator<Item = &'a Condition> {
        let scope = if treatment.any_scope { None } else { Some(&self.scope.when) };
        scope.into_iter().chain(std::iter::once(&indication.rule.when))
    }
}
