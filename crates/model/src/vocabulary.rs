use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Case, Condition, Decimal, FactId, FactValue, Interval, PassageId, Rule, ValueSet};

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactKind {
    /// Either `no` or `yes`. Their indexes are 0 and 1.
    YesNo,
    /// One of several values that have no order.
    Choice,
    /// One of several ordered values.
    Scale,
    /// A number with a unit.
    Number,
}

/// One value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The ID in conditions and cases.
    pub id: String,
    pub name: String,
    /// An explanation of the value.
    pub help: Option<String>,
    /// A sentence to the person that says the same, for the first line of their options.
    pub says: Option<String>,
    /// Other names and codes of the value in reports and letters, such as `N0`.
    pub synonyms: Vec<String>,
    /// The index of the more general value that this one is a kind of.
    pub parent: Option<usize>,
    /// The values that are still possible if a case states this one: its kinds, direct or indirect, that have no kinds themselves. If this value has
    /// no kinds, only the value itself.
    ///
    /// The kinds of a value are always complete: unless the guide lists all of them, one kind stands for all others.
    pub covers: ValueSet,
}

/// The possible values of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// One of these values.
    Values(Vec<Value>),
    /// A number from `min` to `max`, both included, in `unit`.
    Number {
        /// The unit in which cases store the number, for example `cm`.
        unit: String,
        /// The smallest number allowed.
        min: Decimal,
        /// The largest number allowed.
        max: Decimal,
    },
}

/// Returns all values that `values` cover.
#[must_use]
pub fn covered(values: &[Value]) -> ValueSet {
    values.iter().fold(ValueSet::EMPTY, |all, value| all.union(value.covers))
}

impl Domain {
    /// Returns the values, or an empty slice for a number.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        match self {
            Self::Values(values) => values,
            Self::Number { .. } => &[],
        }
    }

    /// Returns the unit of a number, which can be empty. Returns an empty string for values.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self {
            Self::Values(_) => "",
            Self::Number { unit, .. } => unit,
        }
    }

    /// Returns all possible numbers. For values, the result is meaningless.
    #[must_use]
    pub fn interval(&self) -> Interval {
        match self {
            Self::Values(_) => Interval::only(Decimal::from_thousandths(0)),
            Self::Number { min, max, .. } => Interval::new(*min, *max).unwrap_or_else(|| Interval::only(*min)),
        }
    }

    /// Returns all values that have no more specific kinds, or an empty set for a number.
    #[must_use]
    pub fn all(&self) -> ValueSet {
        covered(self.values())
    }
}

/// A fact that a case can state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The ID in conditions and cases. An ID is never reused for a different fact.
    pub id: String,
    pub name: String,
    /// The name of the file in `vocabulary/` that defines the fact, without `.toml`, for example `person`.
    pub area: String,
    /// The type of the fact.
    pub kind: FactKind,
    /// The possible values.
    pub domain: Domain,
    /// The question that asks a person for the fact, in plain words.
    pub question: String,
    /// Why the question is asked.
    pub why: Option<String>,
    /// Where to find the answer in a report or letter.
    pub where_to_find: Option<String>,
    /// Words that reports use instead of a number, such as `present`. Empty if the fact isn't a number.
    pub phrases: Vec<Phrase>,
    /// Whether a report that gives only an excluded upper limit means that the number is larger than the smallest possible one. For example, a report
    /// of "less than 50 %" means some, not none. A report of "up to 50 %" can mean none.
    pub limit_excludes_min: bool,
    /// Whether a case can state several numbers with `x` between them, as in `5 x 3 x 2 cm`. If so, the largest counts.
    pub takes_largest: bool,
    /// Whether a case can also state a value by one of its synonyms, if no other value has it. Otherwise, a synonym only leads to a suggestion.
    pub accepts_synonyms: bool,
    /// Codes by the name of the code system.
    pub codes: BTreeMap<String, String>,
    /// The passages that `why` is based on.
    pub from: Vec<PassageId>,
}

/// Words that stand for a number or for an interval of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The words.
    pub text: String,
    /// The numbers that they can mean, in the fact's unit.
    pub numbers: Interval,
}

/// The words for limits and ranges of numbers in the guide's language, in lowercase. The words for a limit can come before or after the number,
/// as in `up to 5` and `5 or less`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberWords {
    /// Words for `<`, such as `less than`.
    pub less_than: Vec<String>,
    /// Words for `<=`, such as `up to` and `or less`.
    pub at_most: Vec<String>,
    /// Words for `>`, such as `more than`.
    pub more_than: Vec<String>,
    /// Words for `>=`, such as `at least`.
    pub at_least: Vec<String>,
    /// Words between the two numbers of a range, such as `to`.
    pub to: Vec<String>,
    /// Optional words at the start of a range that uses a word of `to`, such as `from` in `from 3 to 5`.
    pub from: Vec<String>,
    /// Required words at the start of a range that uses a word of `and`, such as `between` in `between 3 and 5`.
    pub between: Vec<String>,
    /// Words between the two numbers of a range that starts with a word of `between`, such as `and`.
    pub and: Vec<String>,
    /// Words between two limits, such as `but` in `more than 5 but less than 10`.
    pub joins: Vec<String>,
    /// Other words for units, each with the unit that it stands for.
    pub units: BTreeMap<String, String>,
    /// The words for numbers, in lowercase, with the numbers. Tens and ones are joined, as in `twenty-five`.
    pub numerals: BTreeMap<String, u32>,
}

impl Fact {
    /// Returns the index of the value with this ID.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<usize> {
        self.domain.values().iter().position(|value| value.id == id)
    }
}

/// A row of a derived fact's table. If the condition holds, the derived fact has the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The index of the value in [`DerivedFact::values`].
    pub value: usize,
    /// The condition.
    pub rule: Rule,
    /// The row in words.
    pub text: Option<String>,
}

/// A fact that is worked out from other facts with a table of conditions. People aren't asked for it.
///
/// The table gives exactly one value for every possible case in which all facts are known. If facts are unknown, several values can be
/// possible. A condition on the derived fact is decided as soon as it has the same result for all possible values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedFact {
    /// The ID in conditions.
    pub id: String,
    pub name: String,
    /// The name of the file in `derived/` that defines the derived fact, without `.toml`, for example `stage`.
    pub area: String,
    /// The type: `YesNo`, `Choice` or `Scale`, but never `Number`.
    pub kind: FactKind,
    /// Whether answers show the value at their start.
    pub headline: bool,
    /// Values that say that the derived fact doesn't apply. While one of them is possible, answers don't show the derived fact at their start.
    pub not_shown: ValueSet,
    /// Whether an interview asks about the facts that settle the value, even if they settle no verdict.
    pub asks: bool,
    /// The fact that holds the value that a report gives, if a case can state it.
    pub reported_as: Option<FactId>,
    /// Whether answers that know the value, but not the fact `reported_as`, show the value at their start, and ask whether a report gives it.
    pub confirm: bool,
    /// The values. For `YesNo`, these are `no` and `yes`, in this order.
    pub values: Vec<Value>,
    /// The rows of the table. A `YesNo` fact has a row for `yes`, and a row with the negated condition for `no`.
    pub rows: Vec<Row>,
    /// What the derived fact means and how it's worked out.
    pub explain: String,
    /// The passages that the table is based on.
    pub from: Vec<PassageId>,
}

impl DerivedFact {
    /// Returns the index of the value with this ID.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<usize> {
        self.values.iter().position(|value| value.id == id)
    }
}

/// A list of facts with the same values that a person answers with a single question, such as the treatments that they have had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactList {
    /// The ID. A case uses it to say that the list is complete.
    pub id: String,
    pub name: String,
    /// The question that asks a person for the whole list, in plain words.
    pub question: String,
    /// What the list consists of, as a plural within a sentence, such as `supports`.
    pub items: String,
    /// The question that asks whether the list is complete. If it is, each fact of the list that the case doesn't state has the value
    /// [`absent`](Self::absent). Otherwise, it's unknown.
    pub confirmation: String,
    /// The facts, in the order of [`Guide::facts`](crate::Guide::facts). They all have the same values.
    pub facts: Vec<FactId>,
    /// What each fact is about, such as the name of a treatment, in the order of `facts`.
    pub names: Vec<String>,
    /// The index of the value for something that isn't on the person's list.
    pub absent: usize,
    /// The index of the value for a treatment that the person is having now.
    pub ongoing: usize,
    /// The texts of generated rules for which no source is clear enough, each with the reason of the guide's authors.
    pub judgments: Vec<(String, String)>,
}

impl FactList {
    /// Returns what the fact is about, such as the name of a treatment. Empty if the fact isn't in the list.
    #[must_use]
    pub fn name_of(&self, fact: FactId) -> &str {
        let mut named = self.facts.iter().zip(&self.names);
        named.find(|(listed, _)| **listed == fact).map_or("", |(_, name)| name)
    }

    /// Returns the facts that the case states to be on the person's list.
    pub fn present<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = FactId> + 'a {
        let stated = self.facts.iter().copied().filter(|fact| case.get(*fact) != FactValue::Unknown);
        stated.filter(|fact| !self.is_absent(case.get(*fact)))
    }

    /// Returns the facts that the case states not to be on the person's list.
    pub fn absent<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = FactId> + 'a {
        self.facts.iter().copied().filter(|fact| self.is_absent(case.get(*fact)))
    }

    /// Returns the facts about what the person is having now, according to the case.
    pub fn ongoing<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = FactId> + 'a {
        self.facts.iter().copied().filter(|fact| self.is_ongoing(case.get(*fact)))
    }

    /// Whether the value is the one for something that the person is having now.
    #[must_use]
    pub fn is_ongoing(&self, value: FactValue) -> bool {
        matches!(value, FactValue::Value(index) if usize::from(index) == self.ongoing)
    }

    /// Whether the case states every fact of the list.
    #[must_use]
    pub fn is_complete(&self, case: &Case) -> bool {
        self.facts.iter().all(|fact| case.get(*fact) != FactValue::Unknown)
    }

    /// Whether the value is the one for something that isn't on the person's list.
    #[must_use]
    pub fn is_absent(&self, known: FactValue) -> bool {
        matches!(known, FactValue::Value(index) if usize::from(index) == self.absent)
    }
}

/// A combination of facts that is impossible or, if the constraint is soft, that raises a doubt.
///
/// A soft constraint says what usually follows from some facts, for example from a stage in a letter. It narrows only the fact of its last condition,
/// because a mistake in the other facts must not lead to conclusions about them. If a case breaks a soft constraint, the case isn't invalid. Then this
/// constraint narrows nothing, nor do others that use the same words of a report, and the advice has the [`Doubt`](crate::Doubt).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// Conditions that can't all hold at the same time. Each is a [`Condition::Is`] or a [`Condition::Compare`].
    pub mutually_exclusive: Vec<Condition>,
    /// Why the combination is impossible.
    pub text: String,
    /// The name of the file in `vocabulary/` or, for a soft constraint, in `doubts/` that defines it, without `.toml`, for example `person`.
    pub area: String,
    /// The line of the combination in that file, counted from 1.
    pub line: u32,
    /// For a soft constraint, the index in [`Guide::doubts`](crate::Guide::doubts) of the doubt that it raises. `None` if the combination is
    /// impossible.
    pub doubt: Option<usize>,
}
