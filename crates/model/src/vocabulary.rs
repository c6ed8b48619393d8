use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Condition, Decimal, PassageId, Rule, ValueSet};

/// The type of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactKind {
    /// `no` and `yes`, in this order.
    YesNo,
    /// One of several values without an order.
    Choice,
    /// One of several values in an order.
    Scale,
    /// A number with a unit.
    Number,
}

/// One value of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Its ID in conditions and cases.
    pub id: String,
    pub name: String,
    /// More about it, if there is more to say.
    pub help: Option<String>,
    /// The index of the value that it's a kind of.
    pub parent: Option<usize>,
    /// Itself and all its kinds. A case that states a parent means that the value is one of these.
    pub covers: ValueSet,
}

/// The possible values of a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Domain {
    /// Any of these.
    Values(Vec<Value>),
    /// A number from `min` to `max`, both included, in `unit`.
    Number {
        /// The unit in which the number is kept, for instance `cm`.
        unit: String,
        /// The smallest number that makes sense.
        min: Decimal,
        /// The largest number that makes sense.
        max: Decimal,
    },
}

impl Domain {
    /// The values; empty for a number.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        match self {
            Self::Values(values) => values,
            Self::Number { .. } => &[],
        }
    }

    /// The set of all values, empty for a number.
    #[must_use]
    pub fn all(&self) -> ValueSet {
        ValueSet::first(self.values().len())
    }
}

/// A fact that a case can state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its ID in conditions and cases; never reused.
    pub id: String,
    pub name: String,
    /// The vocabulary file that has it, for instance `person`.
    pub area: String,
    /// How it is asked and read.
    pub kind: FactKind,
    /// Its possible values.
    pub domain: Domain,
    /// The question in plain words.
    pub question: String,
    /// Why it is asked.
    pub why: Option<String>,
    /// Where on a report or letter to find it.
    pub where_to_find: Option<String>,
    pub codes: BTreeMap<String, String>,
    /// The passages behind `why`.
    pub from: Vec<PassageId>,
}

impl Fact {
    /// The index of the value with this ID.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<usize> {
        self.domain.values().iter().position(|value| value.id == id)
    }
}

/// One row of a derived fact's table: the value if the condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The index of the value.
    pub value: usize,
    /// When it holds.
    pub rule: Rule,
    /// The row in words.
    pub text: Option<String>,
}

/// A fact defined by conditions over other facts.
///
/// Its table gives exactly one value for every possible case. While facts are unknown, the values whose rows aren't ruled out are
/// still possible. A condition on it is decided as soon as they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedFact {
    /// Its ID in conditions.
    pub id: String,
    pub name: String,
    /// The file of derived facts that has it, for instance `stage`.
    pub area: String,
    /// `YesNo`, `Choice` or `Scale`.
    pub kind: FactKind,
    /// Whether an answer starts with it, as with a stage.
    pub headline: bool,
    /// Its values; `no`, `yes` for `YesNo`.
    pub values: Vec<Value>,
    /// The table. A yes/no fact has one row for `yes` and its negation for `no`.
    pub rows: Vec<Row>,
    /// What it means and how it's worked out.
    pub explain: String,
    /// The passages that the table cites.
    pub from: Vec<PassageId>,
}

impl DerivedFact {
    /// The index of the value with this ID.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<usize> {
        self.values.iter().position(|value| value.id == id)
    }
}

/// Facts that can't be true together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// Conditions on single facts ([`Condition::Is`] or [`Condition::Compare`]) that never hold all at once.
    pub mutually_exclusive: Vec<Condition>,
    /// Why not, in words.
    pub text: String,
    /// The vocabulary file that has it, for instance `person`.
    pub area: String,
    /// The line of its condition in that file, from 1.
    pub line: u32,
}
