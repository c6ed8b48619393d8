//! Generates guides and cases to test the laws in `ARCHITECTURE.md` that every evaluator must obey.
//!
//! [`small_guide`] generates guides with only a few facts, so that a test can try every completion of a case. A completion is a complete case that
//! agrees with everything that the case states. [`case_of`] generates cases with known and unknown facts for any guide. [`refined`] adds facts to a
//! case.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

pub mod imports;
pub mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use sarcoguide_model::{
    AssumptionKind, Case, Comparison, Condition, Constraint, Contraindication, Decimal, DerivedFact, DerivedId, Domain, Doubt,
    Fact, FactId, FactKind, FactValue, Guide, Indication, IntentId, Interval, Interview, Modality, ModalityId, NumberWords,
    Precision, Reading, Row, Rule, Standing, Statement, Strength, StrengthId, Term, Timing, TimingId, Treatment, UnusualValue,
    UsualValue, Value, ValueSet,
};

/// Copies a folder and its contents, so that a test can change the copy.
///
/// # Panics
///
/// If a file or folder can't be read or written.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder should be accessible");
    for entry in fs::read_dir(from).expect("the folder should be accessible") {
        let entry = entry.expect("the folder entry should be readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the file should be copied");
        }
    }
}

/// The proptest configuration for a law: `short` cases, or 20 times as many if the environment variable `LONG_FORMS` is set. `.ci/long` sets it.
#[must_use]
pub fn law_cases(short: u32) -> ProptestConfig {
    let long = std::env::var_os("LONG_FORMS").is_some();
    ProptestConfig::with_cases(if long { short.saturating_mul(20) } else { short })
}

/// Generates a guide with three to five facts, up to two derived facts, up to two constraints, up to
/// three doubts, of which up to two have soft constraints, and one to three treatments.
pub fn small_guide() -> impl Strategy<Value = Guide> {
    vec(generated_fact(), 3..=5).prop_flat_map(|facts| {
        let named = |(index, fact)| Fact { id: format!("fact{index}"), ..fact };
        let base = empty_guide(facts.into_iter().enumerate().map(named).collect());
        let tables = vec((vec(atom_tree(&base), 2), any::<bool>()), 0..=2);
        tables.prop_flat_map(move |tables| {
            let mut guide = base.clone();
            for (conditions, yes_no) in tables {
                let name = format!("derived{}", guide.derived.len());
                guide.derived.push(if yes_no { yes_no_table(name, &conditions[0]) } else { three_row_table(name, &conditions) });
            }
            let indication = (condition(&guide), 0..Standing::ALL.len());
            let treatment = (vec(indication, 1..=2), vec(condition(&guide), 0..=1), any::<bool>(), any::<bool>());
            let constraint = vec(single(&guide), 2);
            let doubts = (vec(vec(single(&guide), 2..=3), 0..=2), vec(condition(&guide), 0..=1));
            let guide = guide.clone();
            (vec(treatment, 1..=3), vec(constraint, 0..=2), condition(&guide), doubts).prop_map(
                move |(treatments, constraints, scope, (soft, doubts))| {
                    let mut guide = guide.clone();
                    guide.scope = rule(scope);
                    guide.constraints = constraints
                        .into_iter()
                        .map(|mutually_exclusive| Constraint {
                            mutually_exclusive,
                            text: "these cannot hold together".to_owned(),
                            area: "facts".to_owned(),
                            line: 1,
                            doubt: None,
                        })
                        .collect();
                    soft.into_iter().for_each(|parts| add_soft_constraint(&mut guide, parts));
                    doubts.into_iter().for_each(|when| guide.doubts.push(doubt(guide.doubts.len(), when)));
                    guide.treatments = treatments.into_iter().enumerate().map(treatment_of).collect();
                    guide
                },
            )
        })
    })
}

/// Adds a soft constraint with these parts, and the doubt that it raises.
fn add_soft_constraint(guide: &mut Guide, mutually_exclusive: Vec<Condition>) {
    let index = guide.doubts.len();
    guide.doubts.push(doubt(index, Condition::All(mutually_exclusive.clone())));
    let (text, area) = ("these usually don't hold together".to_owned(), "facts".to_owned());
    guide.constraints.push(Constraint { mutually_exclusive, text, area, line: 1, doubt: Some(index) });
}

fn doubt(index: usize, when: Condition) -> Doubt {
    let reading = |text: &str| Reading { text: text.to_owned(), changes: None };
    Doubt {
        id: format!("doubt{index}"),
        rule: rule(when),
        statement: Statement { text: "these don't fit together".to_owned(), from: Vec::new() },
        reason: None,
        readings: vec![reading("one is right"), reading("the other is right")],
        question: "Which one is right?".to_owned(),
        asks: false,
        area: "facts".to_owned(),
    }
}

/// The index of a treatment, and a tuple with its indications (each with the index of its strength), its contraindications, whether it's also for
/// people outside the guide's scope, and whether it was withdrawn.
type TreatmentParts = (usize, (Vec<(Condition, usize)>, Vec<Condition>, bool, bool));

fn treatment_of((index, (indications, contraindications, any_scope, withdrawn)): TreatmentParts) -> Treatment {
    use sarcoguide_model::{Availability, AvailabilityStatus};
    let statement = || Statement { text: "text".to_owned(), from: Vec::new() };
    let availability =
        Availability { status: AvailabilityStatus::Withdrawn, since: None, jurisdiction: None, statement: statement() };
    let availability = if withdrawn { vec![availability] } else { Vec::new() };
    Treatment { any_scope, availability, ..treatment(&format!("treatment{index}"), indications, contraindications) }
}

/// Returns a treatment with these indications and contraindications. The number beside each indication is the index of its strength.
#[must_use]
pub fn treatment(id: &str, indications: Vec<(Condition, usize)>, contraindications: Vec<Condition>) -> Treatment {
    Treatment {
        indications: indications
            .into_iter()
            .map(|(when, strength)| Indication {
                rule: rule(when),
                timing: TimingId::new(0),
                intent: IntentId::new(0),
                strength: StrengthId::new(strength),
                text: String::new(),
                exclusions: None,
            })
            .collect(),
        contraindications: contraindications
            .into_iter()
            .map(|when| Contraindication { rule: rule(when), text: String::new(), instead: None })
            .collect(),
        ..Treatment::new(id, id, ModalityId::new(0))
    }
}

/// Returns a fact with an ID, which is also its name, and nothing else except its kind and its domain.
#[must_use]
pub fn fact(id: &str, kind: FactKind, domain: Domain) -> Fact {
    Fact {
        id: id.to_owned(),
        name: id.to_owned(),
        area: "small".to_owned(),
        kind,
        domain,
        question: String::new(),
        why: None,
        where_to_find: None,
        phrases: Vec::new(),
        limit_excludes_min: false,
        takes_largest: false,
        accepts_synonyms: false,
        codes: Default::default(),
        from: Vec::new(),
    }
}

/// Returns a fact with the values `no` and `yes`, which have the indexes 0 and 1.
#[must_use]
pub fn yes_no_fact(id: &str) -> Fact {
    fact(id, FactKind::YesNo, Domain::Values(values(&["no", "yes"])))
}

/// Returns an exact timing without bounds, repetitions or days.
#[must_use]
pub fn empty_timing() -> Timing {
    Timing {
        bounds: None,
        precision: Precision::Exact,
        index_date: None,
        until: None,
        frequency: None,
        period: None,
        duration: None,
        count: None,
        days_of_cycle: Vec::new(),
        day_of_week: Vec::new(),
    }
}

/// Returns a guide with these facts, one kind of treatment, one timing, one intent, and one strength for each standing. It covers every case and has
/// no treatments. All other lists are empty.
#[must_use]
pub fn empty_guide(facts: Vec<Fact>) -> Guide {
    Guide {
        name: "small".to_owned(),
        version: "0".to_owned(),
        content_hash: String::new(),
        language: "en".to_owned(),
        disclaimer: Statement { text: String::new(), from: Vec::new() },
        reviewers: Vec::new(),
        review: String::new(),
        revised: None,
        about: Vec::new(),
        feedback: None,
        source_rules: Vec::new(),
        scope: rule(Condition::Always),
        out_of_scope: Vec::new(),
        no_treatment_indicated: Vec::new(),
        policies: Vec::new(),
        accepted: Vec::new(),
        modalities: vec![Modality {
            id: "modality".to_owned(),
            name: "Modality".to_owned(),
            supportive: false,
            less_treatment: false,
            declined: None,
        }],
        timings: vec![term("timing")],
        start: None,
        end: None,
        intents: vec![term("intent")],
        strengths: Standing::ALL.map(strength).to_vec(),
        frequencies: Vec::new(),
        number_words: NumberWords::default(),
        measures: Vec::new(),
        routes: Vec::new(),
        settings: Vec::new(),
        syllables: Default::default(),
        facts,
        fact_lists: Vec::new(),
        constraints: Vec::new(),
        doubts: Vec::new(),
        derived: Vec::new(),
        treatments: Vec::new(),
        effects: Vec::new(),
        types: Vec::new(),
        glossary: Vec::new(),
        interview: Interview::default(),
        exercise: None,
        symptom_check: None,
        triage: None,
        usual_values: Vec::new(),
        team: Vec::new(),
        team_questions: Vec::new(),
        links: Vec::new(),
        sources: Vec::new(),
        passages: Vec::new(),
        texts: Vec::new(),
    }
}

fn term(id: &str) -> Term {
    Term { id: id.to_owned(), name: id.to_owned(), help: String::new(), course: Default::default() }
}

fn strength(standing: Standing) -> Strength {
    Strength {
        id: standing.id().to_owned(),
        name: standing.id().to_owned(),
        help: String::new(),
        standing,
        main: standing == Standing::Recommended,
    }
}

fn rule(when: Condition) -> Rule {
    Rule { when, written: String::new(), from: Vec::new(), line: 0, generated: false }
}

fn values(ids: &[&str]) -> Vec<Value> {
    let value = |(index, id): (usize, &&str)| Value {
        id: (*id).to_owned(),
        name: (*id).to_owned(),
        help: None,
        says: None,
        synonyms: Vec::new(),
        parent: None,
        covers: ValueSet::only(index),
    };
    ids.iter().enumerate().map(value).collect()
}

/// Generates a fact: yes or no, a choice of three values, a choice in which one or two values are kinds of another, or a number.
fn generated_fact() -> impl Strategy<Value = Fact> {
    let make = |kind, domain| fact("", kind, domain);
    let mut family = values(&["parent", "child", "other"]);
    family[0].covers = ValueSet(0b010);
    family[1].parent = Some(0);
    // The kinds of the first value aren't complete, so there is a value for all of its other kinds.
    let mut open_family = values(&["parent", "child", "other_parent", "other"]);
    open_family[0].covers = ValueSet(0b0110);
    open_family[1].parent = Some(0);
    open_family[2].parent = Some(0);
    let number =
        Domain::Number { unit: "cm".to_owned(), min: Decimal::from_thousandths(0), max: Decimal::from_thousandths(9000) };
    prop_oneof![
        3 => Just(make(FactKind::YesNo, Domain::Values(values(&["no", "yes"])))),
        1 => Just(make(FactKind::Choice, Domain::Values(values(&["a", "b", "c"])))),
        1 => Just(make(FactKind::Choice, Domain::Values(family))),
        1 => Just(make(FactKind::Choice, Domain::Values(open_family))),
        1 => Just(make(FactKind::Number, number)),
    ]
}

/// Generates a condition on a single fact.
fn single(guide: &Guide) -> BoxedStrategy<Condition> {
    let facts = guide.facts.clone();
    (0..facts.len(), any::<u128>(), 0..5_usize, 1..9_i64)
        .prop_map(move |(index, bits, comparison, threshold)| {
            let fact = FactId::new(index);
            match &facts[index].domain {
                Domain::Number { .. } => Condition::Compare {
                    fact,
                    comparison: [
                        Comparison::Less,
                        Comparison::AtMost,
                        Comparison::Equal,
                        Comparison::AtLeast,
                        Comparison::Greater,
                    ][comparison],
                    threshold: Decimal::from_thousandths(threshold * 1000),
                },
                Domain::Values(values) => {
                    // As in the text of a guide, a value also covers its more specific kinds.
                    let one = usize::try_from(bits % values.len() as u128).unwrap_or_default();
                    Condition::Is { fact, values: values[one].covers }
                }
            }
        })
        .boxed()
}

/// Generates a condition that combines conditions from `leaf` with "not", "all" and "any".
fn tree(leaf: BoxedStrategy<Condition>) -> BoxedStrategy<Condition> {
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|condition| Condition::Not(Box::new(condition))),
            vec(inner.clone(), 2..=3).prop_map(Condition::All),
            vec(inner, 2..=3).prop_map(Condition::Any),
        ]
    })
    .boxed()
}

/// Generates a condition that doesn't use derived facts.
fn atom_tree(guide: &Guide) -> BoxedStrategy<Condition> {
    tree(single(guide))
}

/// Generates a condition that can use all facts and derived facts of the guide.
fn condition(guide: &Guide) -> BoxedStrategy<Condition> {
    if guide.derived.is_empty() {
        return tree(single(guide));
    }
    let sizes: Vec<usize> = guide.derived.iter().map(|derived| derived.values.len()).collect();
    let derived = (0..sizes.len(), any::<usize>()).prop_map(move |(index, value)| Condition::Derived {
        derived: DerivedId::new(index),
        values: ValueSet::only(value % sizes[index]),
    });
    tree(prop_oneof![2 => single(guide), 1 => derived].boxed())
}

fn yes_no_table(id: String, when: &Condition) -> DerivedFact {
    let row = |value, when| Row { value, rule: rule(when), text: None };
    let rows = vec![row(1, when.clone()), row(0, Condition::Not(Box::new(when.clone())))];
    table(id, FactKind::YesNo, values(&["no", "yes"]), rows)
}

/// Returns a derived fact whose table has three rows, of which exactly one always applies: "A", "not A and B", and "not A and not B".
fn three_row_table(id: String, conditions: &[Condition]) -> DerivedFact {
    let (a, b) = (conditions[0].clone(), conditions[1].clone());
    let not = |condition: &Condition| Condition::Not(Box::new(condition.clone()));
    let row = |value, when| Row { value, rule: rule(when), text: None };
    let rows =
        vec![row(0, a.clone()), row(1, Condition::All(vec![not(&a), b.clone()])), row(2, Condition::All(vec![not(&a), not(&b)]))];
    table(id, FactKind::Choice, values(&["first", "second", "third"]), rows)
}

fn table(id: String, kind: FactKind, values: Vec<Value>, rows: Vec<Row>) -> DerivedFact {
    DerivedFact {
        area: String::new(),
        id,
        name: "a derived fact".to_owned(),
        kind,
        headline: false,
        not_shown: ValueSet::EMPTY,
        asks: false,
        reported_as: None,
        confirm: false,
        values,
        rows,
        explain: String::new(),
        from: Vec::new(),
    }
}

/// Generates a known value of a fact. Numbers are often whole, so that they are often exactly at a threshold.
fn fact_value(fact: &Fact) -> BoxedStrategy<FactValue> {
    match &fact.domain {
        Domain::Values(values) => {
            (0..values.len()).prop_map(|index| FactValue::Value(u8::try_from(index).unwrap_or_default())).boxed()
        }
        Domain::Number { min, max, .. } => {
            let (min, max) = (min.thousandths(), max.thousandths());
            let exact = Decimal::from_thousandths;
            let number = prop_oneof![
                (min..=max).prop_map(exact),
                (min / 1000..=max / 1000).prop_map(move |whole| exact((whole * 1000).clamp(min, max)))
            ];
            let between = |(one, other): (Decimal, Decimal)| Interval::new(one.min(other), one.max(other)).map(FactValue::from);
            prop_oneof![
                2 => number.clone().prop_map(FactValue::Number),
                1 => (number.clone(), number).prop_map(between).prop_map(Option::unwrap_or_default),
            ]
            .boxed()
        }
    }
}

/// Generates a case for `guide`. Each fact is stated with the probability `stated`. The case may contradict itself.
pub fn case_of(guide: &Guide, stated: f64) -> BoxedStrategy<Case> {
    let answer = |fact| match fact_value(fact) {
        certain if stated >= 1.0 => certain.prop_map(Some).boxed(),
        answer => proptest::option::weighted(stated, answer).boxed(),
    };
    let facts: Vec<_> = guide.facts.iter().map(answer).collect();
    facts
        .prop_map(|answers| {
            let mut case = Case::unknown(answers.len());
            for (index, answer) in answers.into_iter().enumerate() {
                case.set(FactId::new(index), answer.unwrap_or_default());
            }
            case
        })
        .boxed()
}

/// Generates usual values for every fact of `guide`, some of them decisive, and adds them to it.
pub fn with_usual_values(guide: Guide) -> impl Strategy<Value = Guide> {
    let conditions: Vec<_> = guide.facts.iter().map(|_| condition(&guide)).collect();
    (conditions, case_of(&guide, 1.0), case_of(&guide, 1.0)).prop_map(move |(conditions, usual, other)| {
        let mut guide = guide.clone();
        for (index, when) in conditions.into_iter().enumerate() {
            let fact = FactId::new(index);
            let alternative = UnusualValue { values: vec![other.get(fact)], says: "it is not so".to_owned() };
            let alternatives = if other.get(fact) == usual.get(fact) { Vec::new() } else { vec![alternative] };
            guide.usual_values.push(UsualValue {
                facts: vec![fact],
                values: vec![usual.get(fact)],
                kind: if alternatives.is_empty() { AssumptionKind::Usual } else { AssumptionKind::Decisive },
                says: "it is so".to_owned(),
                alternatives,
                rule: rule(if index % 2 == 0 { Condition::Always } else { when }),
                statement: Statement { text: "It mostly is.".to_owned(), from: Vec::new() },
            });
        }
        guide
    })
}

/// Returns `case` with facts from `answers` added: values for facts that were unknown, and more precise values for facts that were known only in
/// part (a more specific kind, a number or a narrower interval). All other answers are ignored.
#[must_use]
pub fn refined(guide: &Guide, case: &Case, answers: &Case) -> Case {
    let mut more = case.clone();
    for (index, fact) in guide.facts.iter().enumerate() {
        let id = FactId::new(index);
        match (case.get(id), answers.get(id)) {
            (FactValue::Unknown, answer) => more.set(id, answer),
            (FactValue::Value(old), FactValue::Value(new))
                if fact.domain.values()[usize::from(old)].covers.union(fact.domain.values()[usize::from(new)].covers)
                    == fact.domain.values()[usize::from(old)].covers =>
            {
                more.set(id, FactValue::Value(new));
            }
            (FactValue::Between(old), FactValue::Number(new)) if old.covers(Interval::only(new)) => {
                more.set(id, FactValue::Number(new));
            }
            (FactValue::Between(old), FactValue::Between(new)) if old.covers(new) => more.set(id, FactValue::Between(new)),
            _ => {}
        }
    }
    more
}

/// Returns every complete case that agrees with `case`, even if it breaks a constraint. For a number that isn't known exactly, it uses
/// the ends of its interval and the multiples of 0.5 between them, which include every whole number and a number on each side of it.
#[must_use]
pub fn completions(guide: &Guide, case: &Case) -> Vec<Case> {
    let mut cases = vec![case.clone()];
    for (index, fact) in guide.facts.iter().enumerate() {
        let id = FactId::new(index);
        let answers: Vec<FactValue> = match (&fact.domain, case.get(id)) {
            (Domain::Number { .. }, FactValue::Number(number)) => vec![FactValue::Number(number)],
            (domain @ Domain::Number { .. }, known) => {
                let possible = if let FactValue::Between(interval) = known { interval } else { domain.interval() };
                let (low, high) = (possible.low().thousandths(), possible.high().thousandths());
                let halves = (low..=high).filter(|number| number % 500 == 0);
                let numbers: BTreeSet<i64> = halves.chain([low, high]).collect();
                numbers.into_iter().map(|number| FactValue::Number(Decimal::from_thousandths(number))).collect()
            }
            (Domain::Values(values), known) => {
                let possible = match known {
                    FactValue::Value(value) => values[usize::from(value)].covers,
                    _ => fact.domain.all(),
                };
                // In a complete case, no fact has a value with more specific kinds, because such a value is known only in part.
                let is_leaf = |value: &usize| values[*value].covers == ValueSet::only(*value);
                possible.iter().filter(is_leaf).map(|value| FactValue::Value(u8::try_from(value).unwrap_or_default())).collect()
            }
        };
        cases = cases.iter().flat_map(|case| answers.iter().map(|answer| case.with(id, *answer))).collect();
    }
    cases
}
