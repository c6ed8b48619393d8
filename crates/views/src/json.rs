//! Advice as JSON, and its JSON Schema.
//!
//! [`object!`](declare::object) declares each object once: from the declaration come the schema and the value.

mod declare;
mod timing;
mod treatment;

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::{
    Advice, Case, DerivedAdvice, Domain, Fact, FactId, FactValue, Figure, Guide, Indication, NextQuestion, NoTreatmentIndicated,
    OutOfScope, PassageId, ScopeAdvice, Source, Statement, StatementList, Treatment, TreatmentAdvice, Truth,
};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::Edition;
use crate::changes::ChangesDocument;
use crate::provenance::Program;
use crate::words;

pub use declare::*;
pub use timing::*;
pub use treatment::*;

/// Advice as a document of [`advice_schema`].
#[must_use]
pub fn advice(guide: Edition<'_>, case: &Case, advice: &Advice) -> AdviceDocument {
    AdviceDocument::new(Writer { guide }, case, advice)
}

/// The JSON Schema of [`AdviceDocument`] as this guide fills it: with the IDs of the guide wherever it can only be one of them.
#[must_use]
pub fn advice_schema(guide: &Guide) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<AdviceDocument>().to_value();
    schema["title"] = "sarcoguide advice".into();
    for (name, ids) in guide_ids(guide) {
        schema["$defs"][name]["enum"] = ids.into();
    }
    let facts: Map<String, Value> = guide.facts.iter().map(|fact| (fact.id.clone(), stated_value(fact))).collect();
    schema["$defs"]["StatedFacts"]["properties"] = facts.into();
    schema["$defs"]["StatedFacts"]["additionalProperties"] = false.into();
    schema
}

/// The schema of what a case can state of a fact.
fn stated_value(fact: &Fact) -> Value {
    match &fact.domain {
        Domain::Number { min, max, .. } => {
            json!({ "type": "number", "minimum": number(&min.to_string()), "maximum": number(&max.to_string()) })
        }
        Domain::Values(values) => {
            let ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
            json!({ "type": "string", "enum": ids })
        }
    }
}

/// A number with the digits that it is written with.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or(Value::Null)
}

/// What the JSON is written from.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'g> {
    guide: Edition<'g>,
}

impl<'g> Writer<'g> {
    fn fact(self, fact: FactId) -> FactKey {
        FactKey(self.guide[fact].id.clone())
    }

    fn facts(self, facts: &[FactId]) -> Vec<FactKey> {
        facts.iter().map(|fact| self.fact(*fact)).collect()
    }

    fn citations(self, from: &[PassageId]) -> Vec<Citation> {
        from.iter().map(|passage| Citation(self.guide.citation(*passage))).collect()
    }

    /// Citations in order, each once.
    fn sorted(self, from: impl Iterator<Item = PassageId>) -> Vec<Citation> {
        let once: BTreeSet<PassageId> = from.collect();
        let mut citations: Vec<Citation> = self.citations(&once.into_iter().collect::<Vec<_>>());
        citations.sort();
        citations
    }

    fn list(self, treatment: &Treatment, list: StatementList) -> Vec<CitedText> {
        treatment.list(list).iter().map(|statement| CitedText::new(self, statement)).collect()
    }

    fn figure(self, figure: Option<&Figure>) -> Option<FigureAnswer> {
        figure.map(|figure| FigureAnswer::new(self, figure))
    }

    /// What the indications that hold have, or, if none does, those that may hold: each once, in the order of the guide.
    fn shown<I: Ord, K>(
        self,
        treatment: &Treatment,
        entry: &TreatmentAdvice,
        part: fn(&Indication) -> I,
        key: impl Fn(I) -> K,
    ) -> Vec<K> {
        let holding = if entry.indications.iter().any(|truth| truth.is_true()) { Truth::True } else { Truth::Unknown };
        let pairs = treatment.indications.iter().zip(&entry.indications);
        let parts: BTreeSet<I> = pairs.filter(|(_, truth)| **truth == holding).map(|(indication, _)| part(indication)).collect();
        parts.into_iter().map(key).collect()
    }

    fn stated(self, case: &Case) -> BTreeMap<FactKey, Value> {
        case.stated().map(|fact| (self.fact(fact), self.value(case, fact))).collect()
    }

    fn value(self, case: &Case, fact: FactId) -> Value {
        match case.get(fact) {
            FactValue::Unknown => Value::Null,
            FactValue::Value(index) => self.guide[fact].domain.values()[usize::from(index)].id.clone().into(),
            FactValue::Number(decimal) => number(&decimal.to_string()),
        }
    }

    /// The values that a derived fact may still have.
    fn possible(self, entry: &DerivedAdvice) -> Vec<DerivedValue> {
        let fact = &self.guide[entry.derived];
        entry.possible.iter().map(|index| DerivedValue(fact.values[index].id.clone())).collect()
    }

    /// How a decided value was reached.
    fn how(self, entry: &DerivedAdvice) -> Option<String> {
        let row = &self.guide[entry.derived].rows[entry.row?];
        Some(row.text.clone().unwrap_or_else(|| words::condition(self.guide, &row.rule.when)))
    }

    /// The passages behind a derived fact: those of the row that decides, or of the whole table.
    fn behind(self, entry: &DerivedAdvice) -> &'g [PassageId] {
        let fact = &self.guide.guide[entry.derived];
        entry.row.map_or(&fact.from, |row| &fact.rows[row].rule.from)
    }

    /// What the guide says instead of treatment where the case is not covered.
    fn outside(self, scope: &ScopeAdvice) -> impl Iterator<Item = &'g OutOfScope> {
        scope.outside.iter().map(move |index| &self.guide.guide.out_of_scope[*index])
    }

    /// The reasons why no treatment is due that hold.
    fn due(self, advice: &Advice) -> impl Iterator<Item = &'g NoTreatmentIndicated> {
        let all = self.guide.guide.no_treatment_indicated.iter().zip(&advice.no_treatment_indicated);
        all.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| entry)
    }

    fn source(self, passage: PassageId) -> &'g Source {
        let guide = self.guide.guide;
        &guide[guide[passage].source]
    }

    /// Every passage that the document cites.
    fn sources(self, advice: &Advice) -> BTreeMap<Citation, SourcePassage> {
        let guide = self.guide.guide;
        let statements = self.outside(&advice.scope).map(|outside| &outside.statement);
        let statements = statements.chain(self.due(advice).map(|due| &due.statement)).chain([&guide.disclaimer]);
        let derived = advice.derived.iter().flat_map(|entry| self.behind(entry).iter().copied());
        let cited = guide.treatments.iter().flat_map(Treatment::citations).chain(derived);
        let cited: BTreeSet<PassageId> = cited.chain(statements.flat_map(|statement| statement.from.iter().copied())).collect();
        cited.into_iter().map(|id| (Citation(guide.citation(id)), SourcePassage::new(self, id))).collect()
    }
}

object! {
    /// Everything that the guide says about a case.
    AdviceDocument(writer, case: &Case, advice: &Advice) {
        /// The guide that answered.
        guide: GuideHead = GuideHead::new(writer),
        /// The program that answered.
        program: Program = Program::this(),
        /// What this guide changes of the case; only where the case was saved with another guide.
        #[serde(skip_serializing_if = "Option::is_none")]
        changes: Option<ChangesDocument> = None,
        /// Whether the guide covers the case. Where it does not, say this before anything else.
        scope: Scope = Scope::new(writer, &advice.scope),
        /// The case as it was understood.
        case: CaseFacts = CaseFacts::new(writer, case),
        /// Facts worked out from the case.
        derived: Vec<Derived> = advice.derived.iter().map(|entry| Derived::new(writer, entry)).collect(),
        /// Why no treatment is due, where the guide says so.
        nothing_due: Vec<NothingDue> = writer.due(advice).map(|entry| NothingDue::new(writer, entry)).collect(),
        /// Every treatment of the guide, whatever its verdict.
        treatments: Vec<TreatmentAnswer> = writer
            .guide
            .treatments
            .iter()
            .zip(&advice.treatments)
            .map(|(treatment, entry)| TreatmentAnswer::new(writer, treatment, entry))
            .collect(),
        /// What to ask next, what settles most first.
        next_questions: Vec<Question> = advice.next_questions.iter().map(|question| Question::new(writer, question)).collect(),
        /// The passages cited anywhere in this document.
        #[schemars(extend("propertyNames" = json!({ "$ref": "#/$defs/Citation" })))]
        sources: BTreeMap<Citation, SourcePassage> = writer.sources(advice),
        /// What this is not.
        disclaimer: CitedText = CitedText::new(writer, &writer.guide.disclaimer),
    }
}

object! {
    /// A cited sentence.
    CitedText(writer, statement: &Statement) {
        /// The sentence.
        text: String = statement.text.clone(),
        /// The passages that it rests on, as keys of `sources`.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&statement.from),
    }
}

object! {
    /// A reason why no treatment is due.
    NothingDue(writer, entry: &NoTreatmentIndicated) {
        /// Its name.
        id: NothingDueKey = NothingDueKey(entry.id.clone()),
        /// Why, and what to do.
        statement: CitedText = CitedText::new(writer, &entry.statement),
    }
}

object! {
    /// The guide that answered.
    GuideHead(writer) {
        /// Its name.
        name: String = writer.guide.name.clone(),
        /// Its version.
        version: String = writer.guide.version.clone(),
        /// The SHA-256 of its files. Two guides with the same hash say the same.
        content_hash: String = writer.guide.content_hash.clone(),
        /// The day, month or year of its last change; null where it has no date.
        revised: Option<String> = writer.guide.revised.map(|date| date.to_string()),
        /// Whether it is the guide that is part of the program. The people who make the program have not checked any other.
        bundled: bool = writer.guide.is_bundled,
        /// The language of its sentences.
        language: String = writer.guide.language.clone(),
        /// Who has reviewed and signed it.
        reviewers: Vec<String> = writer.guide.reviewers.clone(),
        /// The same in words.
        review: String = writer.guide.review.clone(),
    }
}

/// By the fact's name: a value's name, or a number in the fact's unit.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
pub struct StatedFacts(pub BTreeMap<FactKey, Value>);

object! {
    /// Stated facts; every other fact is unknown.
    CaseFacts(writer, case: &Case) {
        /// By the fact's name: a value's name, or a number in the fact's unit.
        facts: StatedFacts = StatedFacts(writer.stated(case)),
    }
}

object! {
    /// A fact worked out from others.
    Derived(writer, entry: &DerivedAdvice) {
        /// Its name in conditions.
        id: DerivedKey = DerivedKey(writer.guide[entry.derived].id.clone()),
        /// Its name for a person.
        name: String = writer.guide[entry.derived].name.clone(),
        /// Its value, if it is decided.
        value: Option<DerivedValue> = writer.possible(entry).pop().filter(|_| entry.possible.iter().count() == 1),
        /// The values still possible.
        #[schemars(length(min = 1))]
        possible: Vec<DerivedValue> = writer.possible(entry),
        /// How a decided value was reached.
        how: Option<String> = writer.how(entry),
        /// The stated facts that force it.
        reason: Vec<FactKey> = writer.facts(&entry.reason),
        /// The facts that would settle it.
        missing: Vec<FactKey> = writer.facts(&entry.missing),
        /// The passages behind it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(writer.behind(entry)),
    }
}

object! {
    /// Whether the guide covers the case.
    Scope(writer, scope: &ScopeAdvice) {
        /// Whether it does.
        covered: OneOf<Truth> = OneOf(scope.covered),
        /// What the case is instead, and where to look.
        outside: Vec<Outside> = writer.outside(scope).map(|entry| Outside::new(writer, entry)).collect(),
        /// The kinds of case that the guide does not cover and that this one may still be.
        open: Vec<OutOfScopeKey> = scope.open.iter().map(|index| OutOfScopeKey(writer.guide.out_of_scope[*index].id.clone())).collect(),
        /// The facts that force a decided answer.
        reason: Vec<FactKey> = writer.facts(&scope.reason),
        /// The facts that would settle it.
        missing: Vec<FactKey> = writer.facts(&scope.missing),
    }
}

object! {
    /// Something that the guide does not cover.
    Outside(writer, entry: &OutOfScope) {
        /// Its name in files.
        id: OutOfScopeKey = OutOfScopeKey(entry.id.clone()),
        /// Its name for a person.
        name: String = entry.name.clone(),
        /// Why it is not covered.
        statement: CitedText = CitedText::new(writer, &entry.statement),
        /// Where to look instead.
        where_to_look: String = entry.where_to_look.clone(),
    }
}

object! {
    /// A question worth asking next.
    Question(writer, question: &NextQuestion) {
        /// The fact.
        fact: FactKey = writer.fact(question.fact),
        /// The question in plain words.
        question: String = writer.guide[question.fact].question.clone(),
        /// Why it is asked.
        why: Option<String> = writer.guide[question.fact].why.clone(),
        /// Where the answer is found.
        found: Option<String> = writer.guide[question.fact].where_to_find.clone(),
        /// How many open verdicts an answer would settle on average.
        #[schemars(range(min = 0))]
        settles: f64 = question.settles,
        /// For how many open verdicts it is missing.
        open: usize = question.open,
    }
}

object! {
    /// A passage of a source.
    SourcePassage(writer, id: PassageId) {
        /// The source's title.
        title: String = writer.source(id).title.clone(),
        /// Who publishes it.
        publisher: String = writer.source(id).publisher.clone(),
        /// Where in the source it stands.
        locator: String = writer.guide[id].locator.clone(),
        /// The work that the source quotes here.
        quoted_from: Option<String> = writer.guide[id].quoted_from.clone(),
        /// The date of revision that it bears.
        revised: Option<String> = writer.guide[id].revised.or(writer.source(id).revised).map(|date| date.to_string()),
        /// The date of the copy that was read.
        read: Option<String> = writer.source(id).read.map(|date| date.to_string()),
        /// Where it is found.
        address: Option<String> = writer.guide[id].address.clone().or_else(|| writer.source(id).address.clone()),
        /// Our paraphrase.
        summary: String = writer.guide[id].summary.clone(),
    }
}
