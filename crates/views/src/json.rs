//! Converts advice to JSON, and generates the JSON Schema that describes this JSON.
//!
//! Each JSON object is declared once, with the `object!` macro. Both the schema and the value come from that declaration.

mod changes;
mod declare;
mod scenarios;
mod timing;
mod treatment;
mod triage;

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::{
    Advice, Case, DerivedAdvice, Domain, DoubtAdvice, Fact, FactId, FactValue, Figure, Guide, Indication, NextQuestion,
    NoTreatmentIndicated, OutOfScope, PassageId, Reading, ScopeAdvice, Source, Statement, StatementList, Treatment, Truth,
    UnusedFact, UnusedReason,
};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::Edition;
use crate::changes::Changes;
use crate::provenance::{GuideVersion, Program};
use crate::words;

pub use changes::*;
pub use declare::*;
pub use scenarios::*;
pub use timing::*;
pub use treatment::*;
pub use triage::*;

/// Returns the advice for a case, ready to be written as JSON. The JSON matches [`advice_schema`].
#[must_use]
pub fn advice(guide: Edition<'_>, case: &Case, advice: &Advice, changes: Option<&Changes<'_>>) -> AdviceDocument {
    AdviceDocument::new(Writer { guide }, case, advice, changes)
}

/// Returns the JSON Schema of [`AdviceDocument`] for this guide. If a value must be one of the guide's IDs, the schema lists the allowed IDs.
#[must_use]
pub fn advice_schema(guide: &Guide) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<AdviceDocument>().to_value();
    schema["title"] = "sarcoguide advice".into();
    list_ids(&mut schema, guide);
    let facts: Map<String, Value> = guide.facts.iter().map(|fact| (fact.id.clone(), stated_value(fact))).collect();
    schema["$defs"]["StatedFacts"]["properties"] = facts.into();
    schema["$defs"]["StatedFacts"]["additionalProperties"] = false.into();
    schema
}

/// Lists the guide's IDs in a schema, for each kind of ID that the schema uses.
fn list_ids(schema: &mut Value, guide: &Guide) {
    for (name, ids) in guide_ids(guide) {
        if !schema["$defs"][name].is_null() {
            schema["$defs"][name]["enum"] = ids.into();
        }
    }
}

/// Returns the schema for the values that a case can state for a fact.
fn stated_value(fact: &Fact) -> Value {
    match &fact.domain {
        Domain::Number { min, max, .. } => {
            let exact = json!({ "type": "number", "minimum": number(&min.to_string()), "maximum": number(&max.to_string()) });
            let limit = r"^((<|<=|>|>=) -?[0-9.]+|-?[0-9.]+--?[0-9.]+)( .*)?$";
            json!({ "anyOf": [exact, { "type": "string", "pattern": limit }] })
        }
        Domain::Values(values) => {
            let ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
            json!({ "type": "string", "enum": ids })
        }
    }
}

/// Returns a JSON number with exactly these digits.
fn number(digits: &str) -> Value {
    serde_json::from_str(digits).unwrap_or(Value::Null)
}

/// Converts parts of the guide and the advice to JSON.
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

    /// Returns sorted citations without duplicates.
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

    /// Returns one property of all indications that hold or, if none holds, of those that may hold. `part` reads the property, and `key` converts
    /// it. The values are in the order of the guide, without duplicates.
    fn shown<I: Ord, K>(
        self,
        treatment: &Treatment,
        indications: &[Truth],
        part: fn(&Indication) -> I,
        key: impl Fn(I) -> K,
    ) -> Vec<K> {
        let holding = if indications.iter().any(|truth| truth.is_true()) { Truth::True } else { Truth::Unknown };
        let pairs = treatment.indications.iter().zip(indications);
        let parts: BTreeSet<I> = pairs.filter(|(_, truth)| **truth == holding).map(|(indication, _)| part(indication)).collect();
        parts.into_iter().map(key).collect()
    }

    /// Returns the facts that a case states, with their values.
    fn stated(self, case: &Case) -> BTreeMap<FactKey, Value> {
        case.stated().map(|fact| (self.fact(fact), self.value(fact, case.get(fact)))).collect()
    }

    /// Returns the facts that have another value if a reading of doubtful facts is right, with that value.
    fn changed(self, case: &Case, reading: &Reading) -> BTreeMap<FactKey, Value> {
        reading.change(case).into_iter().map(|(fact, value)| (self.fact(fact), self.value(fact, value))).collect()
    }

    fn value(self, fact: FactId, known: FactValue) -> Value {
        match known {
            FactValue::Unknown => Value::Null,
            FactValue::Value(index) => self.guide[fact].domain.values()[usize::from(index)].id.clone().into(),
            FactValue::Number(decimal) => number(&decimal.to_string()),
            FactValue::Between(interval) => sarcoguide_case::written_interval(&self.guide[fact], interval).into(),
        }
    }

    /// Returns the values that are still possible for a derived fact.
    fn possible(self, entry: &DerivedAdvice) -> Vec<DerivedValue> {
        let fact = &self.guide[entry.derived];
        entry.possible.iter().map(|index| DerivedValue(fact.values[index].id.clone())).collect()
    }

    /// Returns how a decided value was worked out: the text of the table row that gives the value or, if the row has no text, its condition.
    /// Returns `None` if the value isn't decided.
    fn how(self, entry: &DerivedAdvice) -> Option<String> {
        let row = &self.guide[entry.derived].rows[entry.row?];
        Some(row.text.clone().unwrap_or_else(|| words::condition(self.guide, &row.rule.when)))
    }

    /// Returns the passages that support a derived fact: those of the deciding row, or those of the whole table if the fact isn't decided.
    fn behind(self, entry: &DerivedAdvice) -> &'g [PassageId] {
        let fact = &self.guide.guide[entry.derived];
        entry.row.map_or(&fact.from, |row| &fact.rows[row].rule.from)
    }

    /// Returns the out-of-scope kinds of case that this case belongs to.
    fn outside(self, scope: &ScopeAdvice) -> impl Iterator<Item = &'g OutOfScope> {
        scope.outside.iter().map(move |index| &self.guide.guide.out_of_scope[*index])
    }

    /// Returns the guide's reasons why no treatment is indicated, limited to those that hold for this case.
    fn nothing_due(self, advice: &Advice) -> impl Iterator<Item = &'g NoTreatmentIndicated> {
        let all = self.guide.guide.no_treatment_indicated.iter().zip(&advice.no_treatment_indicated);
        all.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| entry)
    }

    fn source(self, passage: PassageId) -> &'g Source {
        let guide = self.guide.guide;
        &guide[guide[passage].source]
    }

    /// Returns every passage that the document cites.
    fn sources(self, advice: &Advice) -> BTreeMap<Citation, SourcePassage> {
        let guide = self.guide.guide;
        let statements = self.outside(&advice.scope).map(|outside| &outside.statement);
        let statements = statements.chain(self.nothing_due(advice).map(|entry| &entry.statement)).chain([&guide.disclaimer]);
        let statements = statements.chain(advice.doubts.iter().map(|entry| &guide.doubts[entry.doubt].statement));
        let assumed = advice.scenarios.iter().flat_map(|scenario| &scenario.assumptions);
        let statements = statements.chain(assumed.map(|assumption| &guide.usual_values[assumption.entry].statement));
        let derived = advice.derived.iter().flat_map(|entry| self.behind(entry).iter().copied());
        let cited = guide.treatments.iter().flat_map(Treatment::citations).chain(derived);
        let cited: BTreeSet<PassageId> = cited.chain(statements.flat_map(|statement| statement.from.iter().copied())).collect();
        cited.into_iter().map(|id| (Citation(guide.citation(id)), SourcePassage::new(self, id))).collect()
    }
}

object! {
    /// Everything that the guide says about a case.
    AdviceDocument(writer, case: &Case, advice: &Advice, changes: Option<&Changes<'_>>) {
        /// The guide that gave this answer.
        guide: GuideHead = GuideHead::new(writer, GuideVersion::new(writer.guide.guide, writer.guide.is_bundled)),
        /// The program that gave this answer.
        program: Program = Program::this(),
        /// The differences from the advice that was saved with the case. Left out unless the case was saved with another guide.
        #[serde(skip_serializing_if = "Option::is_none")]
        changes: Option<ChangesDocument> = changes.map(|changes| ChangesDocument::new(writer, changes)),
        /// Whether the guide covers the case. If it doesn't, show this before anything else.
        scope: Scope = Scope::new(writer, &advice.scope),
        /// What the case states but is probably a mistake, with each way to read it. Show this near the start. Verdicts follow what the case states.
        doubts: Vec<DoubtAnswer> = advice.doubts.iter().map(|entry| DoubtAnswer::new(writer, case, entry)).collect(),
        /// The stated facts that don't affect this answer. Something usually follows from facts like them, such as a range from a value that was copied
        /// from a letter.
        unused: Vec<UnusedAnswer> = advice.unused.iter().map(|entry| UnusedAnswer::new(writer, entry)).collect(),
        /// At most four scenarios: the case with a few assumptions about its open facts, the most usual first. The first one is the answer to show for a
        /// partly known case, always together with what it assumes. Empty if the guide doesn't cover the case.
        #[schemars(length(max = 4))]
        scenarios: Vec<ScenarioAnswer> = advice.scenarios.iter().map(|scenario| ScenarioAnswer::new(writer, scenario)).collect(),
        /// The treatments that are possible in the case, but that no scenario indicates.
        rare: Vec<RareAnswer> = advice.rare.iter().map(|entry| RareAnswer::new(writer, entry)).collect(),
        /// The facts that the case states.
        case: CaseFacts = CaseFacts::new(writer, case),
        /// The facts that the guide worked out from the case.
        derived: Vec<Derived> = advice.derived.iter().map(|entry| Derived::new(writer, entry)).collect(),
        /// The reasons why no treatment is indicated, if the guide gives any for this case.
        nothing_due: Vec<NothingDue> = writer.nothing_due(advice).map(|entry| NothingDue::new(writer, entry)).collect(),
        /// Every treatment of the guide, whatever its verdict.
        treatments: Vec<TreatmentAnswer> = writer
            .guide
            .treatments
            .iter()
            .zip(&advice.treatments)
            .map(|(treatment, entry)| TreatmentAnswer::new(writer, treatment, entry))
            .collect(),
        /// The questions to ask next, the most decisive first.
        next_questions: Vec<Question> = advice.next_questions.iter().map(|question| Question::new(writer, question)).collect(),
        /// The passages cited anywhere in this document.
        #[schemars(extend("propertyNames" = json!({ "$ref": "#/$defs/Citation" })))]
        sources: BTreeMap<Citation, SourcePassage> = writer.sources(advice),
        /// The guide's disclaimer.
        disclaimer: CitedText = CitedText::new(writer, &writer.guide.disclaimer),
    }
}

object! {
    /// Stated facts that don't fit together, so that one of them is probably a mistake.
    DoubtAnswer(writer, case: &Case, entry: &DoubtAdvice) {
        /// Its ID.
        id: DoubtKey = DoubtKey(writer.guide.doubts[entry.doubt].id.clone()),
        /// What doesn't fit.
        text: String = writer.guide.doubts[entry.doubt].statement.text.clone(),
        /// Why the guide's authors doubt it, if no source says so.
        judgment: Option<String> = writer.guide.doubts[entry.doubt].reason.clone(),
        /// Each way to read the facts.
        #[schemars(length(min = 2))]
        readings: Vec<ReadingAnswer> = writer
            .guide
            .guide
            .doubts[entry.doubt]
            .readings
            .iter()
            .map(|reading| ReadingAnswer::new(writer, case, reading))
            .collect(),
        /// What to check, or whom to ask.
        question: String = writer.guide.doubts[entry.doubt].question.clone(),
        /// The stated facts that don't fit together.
        facts: Vec<FactKey> = writer.facts(&entry.facts),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&writer.guide.doubts[entry.doubt].statement.from),
    }
}

object! {
    /// A stated fact that doesn't affect this answer.
    UnusedAnswer(writer, entry: &UnusedFact) {
        /// Its ID.
        fact: FactKey = writer.fact(entry.fact),
        /// Why nothing follows from it: it's part of a doubt, what follows depends on unknown facts, or nothing follows from this value.
        reason: OneOf<UnusedReason> = OneOf(entry.reason),
        /// The unknown facts on which it depends what follows. Empty unless the reason is `missing`.
        missing: Vec<FactKey> = writer.facts(&entry.missing),
    }
}

object! {
    /// A way to read facts that don't fit together.
    ReadingAnswer(writer, case: &Case, reading: &Reading) {
        /// The reading.
        text: String = reading.text.clone(),
        /// The facts that have another value if the reading is right, by their IDs. Empty if the guide can't name any.
        changes: StatedFacts = StatedFacts(writer.changed(case, reading)),
    }
}

object! {
    /// A cited sentence.
    CitedText(writer, statement: &Statement) {
        /// The sentence.
        text: String = statement.text.clone(),
        /// The passages that support it, as keys of `sources`.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(&statement.from),
    }
}

object! {
    /// A reason why no treatment is indicated.
    NothingDue(writer, entry: &NoTreatmentIndicated) {
        /// Its ID.
        id: NothingDueKey = NothingDueKey(entry.id.clone()),
        /// The reason, and what to do.
        statement: CitedText = CitedText::new(writer, &entry.statement),
    }
}

object! {
    /// The guide that gave this answer.
    GuideHead(writer, version: GuideVersion) {
        /// The name of the guide.
        name: String = version.name,
        /// The version of the guide.
        version: String = version.version,
        /// The SHA-256 hash of the guide's files. Guides with the same hash have the same content.
        content_hash: String = version.content_hash,
        /// The day, month or year of the last change; null if the guide has no date.
        revised: Option<String> = version.revised,
        /// Whether the guide is built into the program. The authors of the program haven't checked any other guide.
        bundled: bool = version.bundled,
        /// The language of the guide, such as `en`.
        language: String = writer.guide.language.clone(),
        /// The people who reviewed the guide and signed off on it.
        reviewers: Vec<String> = writer.guide.reviewers.clone(),
        /// A sentence that says whether the guide was reviewed, and by whom.
        review: String = writer.guide.review.clone(),
    }
}

/// Stated facts by their IDs. A value is one of the fact's value IDs, a number in the fact's unit, or a range as text, for instance `> 5 cm`.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
pub struct StatedFacts(pub BTreeMap<FactKey, Value>);

object! {
    /// The facts of the case. Every fact that isn't listed is unknown.
    CaseFacts(writer, case: &Case) {
        /// The stated facts by their IDs. A value is one of the fact's value IDs, a number in the fact's unit, or a range as text, for instance
        /// `> 5 cm`.
        facts: StatedFacts = StatedFacts(writer.stated(case)),
    }
}

object! {
    /// A derived fact: a fact that the guide works out from other facts.
    Derived(writer, entry: &DerivedAdvice) {
        /// Its ID.
        id: DerivedKey = DerivedKey(writer.guide[entry.derived].id.clone()),
        /// Its name, for display.
        name: String = writer.guide[entry.derived].name.clone(),
        /// Its value; null if more than one value is still possible.
        value: Option<DerivedValue> = writer.possible(entry).pop().filter(|_| entry.possible.iter().count() == 1),
        /// The values that are still possible.
        #[schemars(length(min = 1))]
        possible: Vec<DerivedValue> = writer.possible(entry),
        /// How the value was worked out; null if it isn't decided.
        how: Option<String> = writer.how(entry),
        /// The stated facts that force a decided value.
        reason: Vec<FactKey> = writer.facts(&entry.reason),
        /// The unknown facts that would settle the value.
        missing: Vec<FactKey> = writer.facts(&entry.missing),
        /// The passages that support it.
        #[schemars(length(min = 1))]
        sources: Vec<Citation> = writer.citations(writer.behind(entry)),
    }
}

object! {
    /// Whether the guide covers the case.
    Scope(writer, scope: &ScopeAdvice) {
        /// Whether the guide covers the case; `unknown` if that depends on missing facts.
        covered: OneOf<Truth> = OneOf(scope.covered),
        /// The out-of-scope kinds of case that this case belongs to.
        outside: Vec<Outside> = writer.outside(scope).map(|entry| Outside::new(writer, entry)).collect(),
        /// The out-of-scope kinds of case that this case may belong to, depending on missing facts.
        open: Vec<OutOfScopeKey> = scope.open.iter().map(|index| OutOfScopeKey(writer.guide.out_of_scope[*index].id.clone())).collect(),
        /// The stated facts that decide whether the guide covers the case.
        reason: Vec<FactKey> = writer.facts(&scope.reason),
        /// The unknown facts that would settle whether the guide covers the case.
        missing: Vec<FactKey> = writer.facts(&scope.missing),
    }
}

object! {
    /// A kind of case that the guide doesn't cover.
    Outside(writer, entry: &OutOfScope) {
        /// Its ID.
        id: OutOfScopeKey = OutOfScopeKey(entry.id.clone()),
        /// Its name, for display.
        name: String = entry.name.clone(),
        /// Why the guide doesn't cover it.
        statement: CitedText = CitedText::new(writer, &entry.statement),
        /// Where to find information instead.
        where_to_look: String = entry.where_to_look.clone(),
    }
}

object! {
    /// A question to ask next.
    Question(writer, question: &NextQuestion) {
        /// The fact that the question asks for.
        fact: FactKey = writer.fact(question.fact),
        /// The question in plain words.
        question: String = writer.guide[question.fact].question.clone(),
        /// Why the question is asked.
        why: Option<String> = writer.guide[question.fact].why.clone(),
        /// Where to find the answer, for instance in which report.
        found: Option<String> = writer.guide[question.fact].where_to_find.clone(),
        /// The number of open verdicts that an answer settles on average, if every possible answer is equally likely.
        #[schemars(range(min = 0))]
        settles: f64 = question.settles,
        /// The number of open verdicts that depend on the fact.
        open: usize = question.open,
    }
}

object! {
    /// A passage of a source.
    SourcePassage(writer, id: PassageId) {
        /// The title of the source.
        title: String = writer.source(id).title.clone(),
        /// The publisher of the source.
        publisher: String = writer.source(id).publisher.clone(),
        /// Where the passage is in the source.
        locator: String = writer.guide[id].locator.clone(),
        /// The work that the source quotes in this passage.
        quoted_from: Option<String> = writer.guide[id].quoted_from.clone(),
        /// The revision date of the passage or, if it has none, of the source.
        revised: Option<String> = writer.guide[id].revised.or(writer.source(id).revised).map(|date| date.to_string()),
        /// The date of the copy of the source that the guide's authors read.
        read: Option<String> = writer.source(id).read.map(|date| date.to_string()),
        /// The address of the passage or, if it has none, of the source.
        address: Option<String> = writer.guide[id].address.clone().or_else(|| writer.source(id).address.clone()),
        /// A paraphrase of the passage by the guide's authors.
        summary: String = writer.guide[id].summary.clone(),
    }
}
