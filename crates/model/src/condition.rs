use serde::{Deserialize, Serialize};

use crate::{Decimal, DerivedId, FactId, PassageId, ValueSet};

/// An operator that compares a number with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    Greater,
}

impl Comparison {
    /// Returns whether the comparison is true for `number` (on the left) and `threshold` (on the right).
    #[must_use]
    pub fn holds(self, number: Decimal, threshold: Decimal) -> bool {
        match self {
            Self::Less => number < threshold,
            Self::AtMost => number <= threshold,
            Self::Equal => number == threshold,
            Self::AtLeast => number >= threshold,
            Self::Greater => number > threshold,
        }
    }
}

/// A boolean expression over facts. Its result is a [`Truth`](crate::Truth), because facts can be unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    /// True for every case.
    Always,
    /// The fact has one of the values.
    Is {
        fact: FactId,
        values: ValueSet,
    },
    /// The comparison is true for the fact's number (on the left) and the threshold (on the right).
    Compare {
        /// A fact whose value is a number.
        fact: FactId,
        comparison: Comparison,
        /// The threshold, in the fact's unit.
        threshold: Decimal,
    },
    /// The derived fact has one of the values.
    Derived {
        derived: DerivedId,
        values: ValueSet,
    },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

impl Condition {
    /// Returns the fact of an `Is` or `Compare` condition, or `None` for any other condition.
    #[must_use]
    pub fn fact(&self) -> Option<FactId> {
        match self {
            Self::Is { fact, .. } | Self::Compare { fact, .. } => Some(*fact),
            _ => None,
        }
    }

    /// Calls `visit` for this condition and every condition nested in it. A condition is visited before those that it contains.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Not(inner) => inner.walk(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Always | Self::Is { .. } | Self::Compare { .. } | Self::Derived { .. } => {}
        }
    }
}

/// A condition of the guide, with its original text and the passages that it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The compiled condition.
    pub when: Condition,
    /// The text of the condition in the guide's file, for example `size > 5 cm`.
    pub written: String,
    /// The passages that the condition is based on.
    pub from: Vec<PassageId>,
    /// The line of the condition in its file, counted from 1.
    pub line: u32,
    /// Whether the guide compiler wrote the condition, for a [`FactList`](crate::FactList). It can be one that never holds.
    pub generated: bool,
}
