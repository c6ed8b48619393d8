//! Advice as JSON, and the JSON Schemas of advice and case.

use std::collections::BTreeMap;

use sarcoguide_model::{
    Advice, Case, Domain, FactId, FactKind, Figure, Guide, Known, PassageId, Statement, Treatment, TreatmentAdvice, Truth,
    ValueSet,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::words;

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
    /// The case as it was understood.
    pub case: CaseFacts,
    /// Facts worked out from the case.
    pub derived: Vec<Derived>,
    /// Whether the guide covers the case.
    pub scope: Scope,
    /// Every treatment of the guide, whatever its verdict.
    pub treatments: Vec<TreatmentAnswer>,
    /// What to ask next, what settles most first.
    pub next_questions: Vec<Question>,
    /// The passages cited anywhere in this document.
    pub sources: BTreeMap<String, SourcePassage>,
    /// What this is not.
    pub disclaimer: CitedText,
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
    /// `indicated`, `possible`, `contraindicated`, `unavailable` or `not_indicated`.
    pub verdict: String,
    /// The timings of the indications that hold, or, if none does, of those that may hold.
    pub timing: Vec<String>,
    /// Their intents.
    pub intent: Vec<String>,
    /// Their strengths, the strongest first.
    pub strength: Vec<String>,
    /// The facts that force the verdict; empty for `possible`.
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
    /// Every passage cited for it.
    pub sources: Vec<String>,
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
    /// How strongly the source holds it out.
    pub strength: String,
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
    /// How soon it needs help: `emergency`, `same_day` or `next_visit`.
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

/// Advice as a document of [`AdviceDocument`]'s schema.
#[must_use]
pub fn advice(guide: &Guide, case: &Case, advice: &Advice) -> AdviceDocument {
    let writer = Writer { guide };
    let treatments: Vec<TreatmentAnswer> =
        guide.treatments.iter().zip(&advice.treatments).map(|(treatment, entry)| writer.treatment(treatment, entry)).collect();
    let derived: Vec<Derived> = advice.derived.iter().map(|entry| writer.derived(entry)).collect();
    let outside = advice.scope.outside.iter().map(|index| {
        let entry = &guide.out_of_scope[*index];
        Outside {
            id: entry.id.clone(),
            name: entry.name.clone(),
            statement: writer.cited(&entry.statement),
            where_to_look: entry.where_to_look.clone(),
        }
    });
    let scope = Scope {
        covered: advice.scope.covered.into(),
        outside: outside.collect(),
        reason: writer.facts(&advice.scope.reason),
        missing: writer.facts(&advice.scope.missing),
    };
    let disclaimer = writer.cited(&guide.disclaimer);
    let cited = treatments.iter().flat_map(|treatment| &treatment.sources);
    let cited = cited.chain(derived.iter().flat_map(|derived| &derived.sources));
    let cited = cited.chain(scope.outside.iter().flat_map(|outside| &outside.statement.sources)).chain(&disclaimer.sources);
    let sources = cited.filter_map(|citation| Some((citation.clone(), writer.passage(guide.passage(citation)?)))).collect();
    AdviceDocument {
        guide: GuideHead {
            name: guide.name.clone(),
            version: guide.version.clone(),
            language: guide.language.clone(),
            reviewers: guide.reviewers.clone(),
            review: guide.review.clone(),
        },
        case: CaseFacts {
            facts: case.stated().map(|fact| (guide.facts[fact.index()].id.clone(), writer.value(case, fact))).collect(),
        },
        derived,
        scope,
        treatments,
        next_questions: advice.next_questions.iter().map(|question| writer.question(question)).collect(),
        sources,
        disclaimer,
    }
}

struct Writer<'g> {
    guide: &'g Guide,
}

impl Writer<'_> {
    fn facts(&self, facts: &[FactId]) -> Vec<String> {
        facts.iter().map(|fact| self.guide.facts[fact.index()].id.clone()).collect()
    }

    fn citations(&self, from: &[PassageId]) -> Vec<String> {
        from.iter().map(|passage| self.guide.citation(*passage)).collect()
    }

    fn cited(&self, statement: &Statement) -> CitedText {
        CitedText { text: statement.text.clone(), sources: self.citations(&statement.from) }
    }

    fn all(&self, statements: &[Statement]) -> Vec<CitedText> {
        statements.iter().map(|statement| self.cited(statement)).collect()
    }

    fn value(&self, case: &Case, fact: FactId) -> Value {
        match case.get(fact) {
            Known::Unknown => Value::Null,
            Known::Value(index) => self.guide.facts[fact.index()].domain.values()[usize::from(index)].id.clone().into(),
            Known::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Value::Null),
        }
    }

    fn question(&self, question: &sarcoguide_model::NextQuestion) -> Question {
        let fact = &self.guide.facts[question.fact.index()];
        Question {
            fact: fact.id.clone(),
            question: fact.question.clone(),
            why: fact.why.clone(),
            found: fact.found.clone(),
            settles: question.settles,
            open: question.open,
        }
    }

    fn passage(&self, id: PassageId) -> SourcePassage {
        let passage = &self.guide.passages[id.index()];
        let source = &self.guide.sources[passage.source.index()];
        SourcePassage {
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            locator: passage.locator.clone(),
            quoted_from: passage.quoted_from.clone(),
            revised: passage.revised.or(source.revised).map(|date| date.to_string()),
            read: source.read.map(|date| date.to_string()),
            address: passage.address.clone().or_else(|| source.address.clone()),
            summary: passage.summary.clone(),
        }
    }

    fn derived(&self, entry: &sarcoguide_model::DerivedAdvice) -> Derived {
        let fact = &self.guide.derived[entry.derived.index()];
        let possible: Vec<String> = entry.possible.iter().map(|index| fact.values[index].id.clone()).collect();
        let row = entry.row.map(|row| &fact.rows[row]);
        Derived {
            id: fact.id.clone(),
            name: fact.name.clone(),
            value: if let [value] = possible.as_slice() { Some(value.clone()) } else { None },
            possible,
            how: row.map(|row| row.text.clone().unwrap_or_else(|| words::condition(self.guide, &row.rule.when))),
            reason: self.facts(&entry.reason),
            missing: self.facts(&entry.missing),
            sources: self.citations(row.map_or(&fact.from, |row| &row.rule.from)),
        }
    }

    fn treatment(&self, treatment: &Treatment, entry: &TreatmentAdvice) -> TreatmentAnswer {
        let guide = self.guide;
        let modality = &guide.modalities[treatment.modality.index()];
        let holding = if entry.indications.iter().any(|truth| truth.is_true()) { Truth::True } else { Truth::Unknown };
        let shown = || {
            treatment
                .indications
                .iter()
                .zip(&entry.indications)
                .filter(move |(_, truth)| **truth == holding)
                .map(|(indication, _)| indication)
        };
        let terms =
            |places: ValueSet, list: &[sarcoguide_model::Term]| places.iter().map(|place| list[place].id.clone()).collect();
        let outcomes = treatment.outcomes.iter().zip(&entry.outcomes).map(|(outcome, truth)| self.outcome(outcome, *truth));
        let effects = treatment.effects.iter().zip(&entry.effects).map(|(effect, truth)| self.effect(effect, *truth));
        let mut answer = TreatmentAnswer {
            id: treatment.id.clone(),
            name: treatment.name.clone(),
            brands: treatment.brands.clone(),
            modality: modality.id.clone(),
            around: modality.around,
            summary: treatment.summary.clone(),
            codes: treatment.codes.clone(),
            verdict: entry.verdict.id().to_owned(),
            timing: terms(shown().map(|indication| indication.timing.index()).collect(), &guide.timings),
            intent: terms(shown().map(|indication| indication.intent.index()).collect(), &guide.intents),
            strength: terms(shown().map(|indication| indication.strength.index()).collect(), &guide.strengths),
            reason: self.facts(&entry.reason),
            missing: entry
                .missing
                .iter()
                .map(|missing| MissingFact { fact: guide.facts[missing.fact.index()].id.clone(), settles: missing.settles })
                .collect(),
            declined: entry.declined.into(),
            indications: self.indications(treatment, entry),
            contraindications: self.contraindications(treatment, entry),
            precautions: self.precautions(treatment, entry),
            availability: treatment.availability.iter().map(|availability| self.availability(availability)).collect(),
            statements: self.all(&treatment.what),
            outcomes: outcomes.collect(),
            unknowns: self.all(&treatment.unknowns),
            effects: effects.collect(),
            administration: self.administrations(treatment, entry),
            phases: treatment.phases.iter().map(|phase| self.phase(phase)).collect(),
            tests_first: treatment.tests_first.iter().map(|test| self.test(test)).collect(),
            monitoring: self.all(&treatment.monitoring),
            disagreements: treatment.disagreements.iter().map(|entry| self.cited(&entry.statement)).collect(),
            questions: self.all(&treatment.questions),
            sources: Vec::new(),
        };
        answer.sources = sources_of(&answer);
        answer
    }

    fn indications(&self, treatment: &Treatment, entry: &TreatmentAdvice) -> Vec<IndicationAnswer> {
        let guide = self.guide;
        let pairs = treatment.indications.iter().zip(&entry.indications);
        pairs
            .map(|(indication, truth)| IndicationAnswer {
                holds: (*truth).into(),
                timing: guide.timings[indication.timing.index()].id.clone(),
                intent: guide.intents[indication.intent.index()].id.clone(),
                strength: guide.strengths[indication.strength.index()].id.clone(),
                when: indication.rule.written.clone(),
                text: indication.text.clone(),
                sources: self.citations(&indication.rule.from),
            })
            .collect()
    }

    fn contraindications(&self, treatment: &Treatment, entry: &TreatmentAdvice) -> Vec<RuleAnswer> {
        let pairs = treatment.contraindications.iter().zip(&entry.contraindications);
        pairs
            .map(|(rule, truth)| RuleAnswer {
                holds: (*truth).into(),
                when: rule.rule.written.clone(),
                text: rule.text.clone(),
                instead: rule.instead.clone(),
                sources: self.citations(&rule.rule.from),
            })
            .collect()
    }

    fn precautions(&self, treatment: &Treatment, entry: &TreatmentAdvice) -> Vec<RuleAnswer> {
        let pairs = treatment.precautions.iter().zip(&entry.precautions);
        pairs
            .map(|(rule, truth)| RuleAnswer {
                holds: (*truth).into(),
                when: rule.rule.written.clone(),
                text: rule.text.clone(),
                instead: None,
                sources: self.citations(&rule.rule.from),
            })
            .collect()
    }

    fn availability(&self, availability: &sarcoguide_model::Availability) -> AvailabilityAnswer {
        AvailabilityAnswer {
            status: availability.status.id().to_owned(),
            since: availability.since.map(|date| date.to_string()),
            area: availability.area.clone(),
            statement: self.cited(&availability.statement),
        }
    }

    fn outcome(&self, outcome: &sarcoguide_model::Outcome, truth: Truth) -> OutcomeAnswer {
        OutcomeAnswer {
            measure: outcome.measure.clone(),
            statistic: outcome.statistic.clone(),
            at: outcome.at.clone(),
            value: (&outcome.value).into(),
            interval: outcome.interval.clone(),
            interval_level: outcome.interval_level.clone(),
            n: outcome.n,
            comparator: outcome.comparator.clone(),
            comparator_value: outcome.comparator_value.as_ref().map(Into::into),
            comparator_interval: outcome.comparator_interval.clone(),
            comparator_n: outcome.comparator_n,
            difference: outcome.difference.clone(),
            p: outcome.p.clone(),
            conclusion: outcome.conclusion.id().to_owned(),
            trial: outcome.trial.clone(),
            population: outcome.population.clone(),
            concerns: truth.into(),
            text: outcome.text.clone(),
            sources: self.citations(&outcome.from),
        }
    }

    fn effect(&self, effect: &sarcoguide_model::EffectUse, truth: Truth) -> EffectAnswer {
        let about = &self.guide.effects[effect.effect.index()];
        EffectAnswer {
            effect: about.id.clone(),
            name: about.name.clone(),
            term: about.term.clone(),
            urgency: about.urgency.id().to_owned(),
            how_often: effect.how_often.id().to_owned(),
            serious: effect.serious,
            lasting: effect.lasting.id().to_owned(),
            onset: effect.onset.map(|onset| onset.id().to_owned()),
            value: effect.value.as_ref().map(Into::into),
            comparator: effect.comparator.clone(),
            comparator_value: effect.comparator_value.as_ref().map(Into::into),
            grade: effect.grade.clone(),
            concerns: truth.into(),
            text: effect.text.clone(),
            sources: self.citations(&effect.from),
        }
    }

    fn administrations(&self, treatment: &Treatment, entry: &TreatmentAdvice) -> Vec<AdministrationAnswer> {
        let pairs = treatment.administrations.iter().zip(&entry.administrations);
        pairs
            .map(|(way, truth)| AdministrationAnswer {
                route: way.route.clone(),
                setting: way.setting.clone(),
                form: way.form.clone(),
                schedule: way.schedule.clone(),
                duration: way.duration.clone(),
                concerns: (*truth).into(),
                statement: self.cited(&way.statement),
            })
            .collect()
    }

    fn phase(&self, phase: &sarcoguide_model::Phase) -> PhaseAnswer {
        PhaseAnswer {
            name: phase.name.clone(),
            starts: phase.starts.clone(),
            lasts: phase.lasts.clone(),
            statement: self.cited(&phase.statement),
        }
    }

    fn test(&self, test: &sarcoguide_model::TestFirst) -> TestAnswer {
        TestAnswer {
            fact: test.fact.map(|fact| self.guide.facts[fact.index()].id.clone()),
            statement: self.cited(&test.statement),
        }
    }
}

/// Every citation of an answer, once, in order.
fn sources_of(answer: &TreatmentAnswer) -> Vec<String> {
    let texts = [&answer.statements, &answer.unknowns, &answer.monitoring, &answer.disagreements, &answer.questions];
    let mut sources: Vec<String> = texts.into_iter().flatten().flat_map(|text| text.sources.clone()).collect();
    sources.extend(answer.indications.iter().flat_map(|entry| entry.sources.clone()));
    sources.extend(answer.contraindications.iter().chain(&answer.precautions).flat_map(|entry| entry.sources.clone()));
    sources.extend(answer.availability.iter().flat_map(|entry| entry.statement.sources.clone()));
    sources.extend(answer.outcomes.iter().flat_map(|entry| entry.sources.clone()));
    sources.extend(answer.effects.iter().flat_map(|entry| entry.sources.clone()));
    sources.extend(answer.administration.iter().flat_map(|entry| entry.statement.sources.clone()));
    sources.extend(answer.phases.iter().flat_map(|entry| entry.statement.sources.clone()));
    sources.extend(answer.tests_first.iter().flat_map(|entry| entry.statement.sources.clone()));
    sources.sort();
    sources.dedup();
    sources
}

/// The JSON Schema of [`AdviceDocument`].
#[must_use]
pub fn advice_schema() -> Value {
    let mut schema = schemars::schema_for!(AdviceDocument).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), "sarcoguide advice".into());
    }
    schema
}

/// The JSON Schema of a case, with every fact of the guide.
#[must_use]
pub fn case_schema(guide: &Guide) -> Value {
    let fact = |fact: &sarcoguide_model::Fact| {
        let description =
            [Some(fact.question.clone()), fact.why.clone(), fact.found.clone().map(|found| format!("Found in: {found}"))];
        let description = description.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut schema = match &fact.domain {
            Domain::Number { unit, min, max } => {
                let number = |decimal: &sarcoguide_model::Decimal| {
                    serde_json::from_str::<Value>(&decimal.to_string()).unwrap_or(Value::Null)
                };
                json!({ "anyOf": [
                    { "type": "number", "minimum": number(min), "maximum": number(max), "description": format!("in {unit}") },
                    { "type": "string", "description": format!("a number with its unit, for instance \"5 {unit}\"; or \"unknown\"") },
                    { "type": "null" },
                ] })
            }
            Domain::Values(values) => {
                let ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).chain(["unknown"]).collect();
                let mut choices = vec![json!({ "enum": ids }), json!({ "type": "null" })];
                match fact.kind {
                    FactKind::YesNo => choices.push(json!({ "type": "boolean" })),
                    FactKind::Scale => choices.push(json!({ "type": "integer" })),
                    FactKind::Choice | FactKind::Number => {}
                }
                json!({ "anyOf": choices })
            }
        };
        if let Some(object) = schema.as_object_mut() {
            object.insert("title".to_owned(), fact.name.clone().into());
            object.insert("description".to_owned(), description.into());
        }
        (fact.id.clone(), schema)
    };
    let facts: serde_json::Map<String, Value> = guide.facts.iter().map(fact).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sarcoguide case",
        "description": "Facts of a case. A fact that is not there, null or \"unknown\" is unknown; it is never replaced by a default.",
        "type": "object",
        "required": ["facts"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string" },
            "story": { "type": "string" },
            "facts": { "type": "object", "additionalProperties": false, "properties": facts },
        },
    })
}
