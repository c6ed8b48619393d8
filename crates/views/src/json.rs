//! Advice as JSON, and the JSON Schemas of advice and case.

mod shape;

use sarcoguide_model::{
    Advice, Case, Domain, FactId, FactKind, FactValue, PassageId, Statement, Treatment, TreatmentAdvice, TreatmentId, Truth,
    ValueSet,
};
use sarcoguide_text::t;
use serde_json::{Value, json};

use crate::Edition;
use crate::words;

pub use shape::*;

/// Advice as a document of [`AdviceDocument`]'s schema.
#[must_use]
pub fn advice(guide: Edition<'_>, case: &Case, advice: &Advice) -> AdviceDocument {
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
        open: advice.scope.open.iter().map(|index| guide.out_of_scope[*index].id.clone()).collect(),
        reason: writer.facts(&advice.scope.reason),
        missing: writer.facts(&advice.scope.missing),
    };
    let due = guide.no_treatment_indicated.iter().zip(&advice.no_treatment_indicated).filter(|(_, truth)| truth.is_true());
    let nothing_due: Vec<NothingDue> =
        due.map(|(entry, _)| NothingDue { id: entry.id.clone(), statement: writer.cited(&entry.statement) }).collect();
    let disclaimer = writer.cited(&guide.disclaimer);
    let cited = treatments.iter().flat_map(|treatment| &treatment.sources);
    let cited = cited.chain(derived.iter().flat_map(|derived| &derived.sources));
    let cited = cited.chain(scope.outside.iter().flat_map(|outside| &outside.statement.sources)).chain(&disclaimer.sources);
    let cited = cited.chain(nothing_due.iter().flat_map(|due| &due.statement.sources));
    let sources = cited.filter_map(|citation| Some((citation.clone(), writer.passage(guide.passage(citation)?)))).collect();
    AdviceDocument {
        guide: GuideHead {
            name: guide.name.clone(),
            version: guide.version.clone(),
            language: guide.language.clone(),
            reviewers: guide.reviewers.clone(),
            review: guide.review.clone(),
        },
        case: CaseFacts { facts: case.stated().map(|fact| (guide[fact].id.clone(), writer.value(case, fact))).collect() },
        derived,
        scope,
        nothing_due,
        treatments,
        next_questions: advice.next_questions.iter().map(|question| writer.question(question)).collect(),
        sources,
        disclaimer,
    }
}

struct Writer<'g> {
    guide: Edition<'g>,
}

impl Writer<'_> {
    fn facts(&self, facts: &[FactId]) -> Vec<String> {
        facts.iter().map(|fact| self.guide[*fact].id.clone()).collect()
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
            FactValue::Unknown => Value::Null,
            FactValue::Value(index) => self.guide[fact].domain.values()[usize::from(index)].id.clone().into(),
            FactValue::Number(number) => serde_json::from_str(&number.to_string()).unwrap_or(Value::Null),
        }
    }

    fn question(&self, question: &sarcoguide_model::NextQuestion) -> Question {
        let fact = &self.guide[question.fact];
        Question {
            fact: fact.id.clone(),
            question: fact.question.clone(),
            why: fact.why.clone(),
            found: fact.where_to_find.clone(),
            settles: question.settles,
            open: question.open,
        }
    }

    fn passage(&self, id: PassageId) -> SourcePassage {
        let passage = &self.guide[id];
        let source = &self.guide[passage.source];
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
        let fact = &self.guide[entry.derived];
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
        let modality = &guide[treatment.modality];
        let holding = if entry.indications.iter().any(|truth| truth.is_true()) { Truth::True } else { Truth::Unknown };
        let shown = || {
            treatment
                .indications
                .iter()
                .zip(&entry.indications)
                .filter(move |(_, truth)| **truth == holding)
                .map(|(indication, _)| indication)
        };
        let places = |place: fn(&sarcoguide_model::Indication) -> usize| shown().map(place).collect::<ValueSet>();
        let outcomes = treatment.outcomes.iter().zip(&entry.outcomes).map(|(outcome, truth)| self.outcome(outcome, *truth));
        let effects =
            treatment.effects.iter().zip(&entry.effects).map(|(effect, truth)| self.effect(entry.treatment, effect, *truth));
        let mut answer = TreatmentAnswer {
            id: treatment.id.clone(),
            name: treatment.name.clone(),
            brands: treatment.brands.clone(),
            modality: modality.id.clone(),
            around: modality.supportive,
            summary: treatment.summary.clone(),
            codes: treatment.codes.clone(),
            verdict: entry.verdict.id().to_owned(),
            timing: places(|indication| indication.timing.index()).iter().map(|place| guide.timings[place].id.clone()).collect(),
            intent: places(|indication| indication.intent.index()).iter().map(|place| guide.intents[place].id.clone()).collect(),
            strength: places(|indication| indication.strength.index())
                .iter()
                .map(|place| guide.strengths[place].id.clone())
                .collect(),
            standing: entry.standing.map(Into::into),
            ruled_out: entry.is_ruled_out(),
            former_indication: entry.former_indication.map(Into::into),
            reason: self.facts(&entry.reason),
            missing: entry
                .missing
                .iter()
                .map(|missing| MissingFact { fact: guide[missing.fact].id.clone(), settles: missing.settles })
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
            day_0: treatment.index_date.clone(),
            phases: treatment.phases.iter().map(|phase| self.phase(phase)).collect(),
            tests_first: treatment.required_tests.iter().map(|test| self.test(test)).collect(),
            monitoring: self.all(&treatment.monitoring),
            disagreements: treatment.disagreements.iter().map(|entry| self.cited(&entry.statement)).collect(),
            questions: self.all(&treatment.questions),
            review: treatment.review.as_ref().map(|review| Review { by: review.by.clone(), on: review.on.to_string() }),
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
                timing: guide[indication.timing].id.clone(),
                intent: guide[indication.intent].id.clone(),
                strength: guide[indication.strength].id.clone(),
                standing: guide.standing(indication).into(),
                when: indication.rule.written.clone(),
                text: indication.sentence(*truth),
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
            area: availability.jurisdiction.clone(),
            statement: self.cited(&availability.statement),
        }
    }

    fn outcome(&self, outcome: &sarcoguide_model::Outcome, truth: Truth) -> OutcomeAnswer {
        OutcomeAnswer {
            measure: self.guide[outcome.measure].id.clone(),
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

    fn effect(&self, treatment: TreatmentId, effect: &sarcoguide_model::EffectUse, truth: Truth) -> EffectAnswer {
        let about = &self.guide[effect.effect];
        EffectAnswer {
            effect: about.id.clone(),
            name: about.name.clone(),
            term: about.term.clone(),
            urgency: self.guide.urgency_on(effect.effect, Some(treatment)).id().to_owned(),
            how_often: effect.frequency.id().to_owned(),
            serious: effect.serious,
            lasting: effect.duration.id().to_owned(),
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
                route: self.guide.route_id(way.route).to_owned(),
                setting: way.setting.map(|setting| self.guide[setting].id.clone()),
                form: way.form.clone(),
                schedule: way.schedule.clone(),
                duration: way.duration.clone(),
                concerns: (*truth).into(),
                statement: self.cited(&way.statement),
            })
            .collect()
    }

    fn phase(&self, phase: &sarcoguide_model::Phase) -> PhaseAnswer {
        let time = phase.time.as_ref();
        PhaseAnswer {
            name: phase.name.clone(),
            starts: phase.starts.clone(),
            lasts: phase.lasts.clone(),
            time: time.map(ToString::to_string),
            day_0: time.and_then(|time| time.index_date.clone()),
            until: time.and_then(|time| time.until.clone()),
            schedule: phase.schedule.clone(),
            statement: self.cited(&phase.statement),
        }
    }

    fn test(&self, test: &sarcoguide_model::RequiredTest) -> TestAnswer {
        TestAnswer { fact: test.fact.map(|fact| self.guide[fact].id.clone()), statement: self.cited(&test.statement) }
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
pub fn case_schema(guide: Edition<'_>) -> Value {
    let fact = |fact: &sarcoguide_model::Fact| {
        let description = [
            Some(fact.question.clone()),
            fact.why.clone(),
            fact.where_to_find.as_ref().map(|place| t!(guide.text, json_where_to_find, place = place)),
        ];
        let description = description.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut schema = match &fact.domain {
            Domain::Number { unit, min, max } => {
                let number = |decimal: &sarcoguide_model::Decimal| {
                    serde_json::from_str::<Value>(&decimal.to_string()).unwrap_or(Value::Null)
                };
                json!({ "anyOf": [
                    { "type": "number", "minimum": number(min), "maximum": number(max), "description": t!(guide.text, json_number, unit = unit) },
                    { "type": "string", "description": t!(guide.text, json_number_text, unit = unit) },
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
    let preferences: serde_json::Map<String, Value> = guide.exercise.as_ref().map_or_else(Default::default, |exercise| {
        let weights: Vec<&str> = exercise.weights.iter().map(|weight| weight.id.as_str()).collect();
        let value = |value: &sarcoguide_model::PersonalValue| {
            (value.id.clone(), json!({ "title": value.name, "description": value.question, "enum": weights }))
        };
        exercise.values.iter().map(value).collect()
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sarcoguide case",
        "description": t!(guide.text, json_case),
        "type": "object",
        "required": ["facts"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string" },
            "story": { "type": "string" },
            "facts": { "type": "object", "additionalProperties": false, "properties": facts },
            "what_matters": { "type": "object", "additionalProperties": false, "properties": preferences },
        },
    })
}
