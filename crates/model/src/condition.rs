use serde::{Deserialize, Serialize};

use crate::{Decimal, DerivedId, FactId, PassageId, ValueSet};

/// How a number is compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    Greater,
}

impl Comparison {
    /// Whether `number` stands in this relation to `threshold`.
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

/// A boolean expression over facts, evaluated in three values.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    Always,
    /// The fact has one of the values.
    Is {
        fact: FactId,
        values: ValueSet,
    },
    /// The number compares so with the threshold.
    Compare {
        /// The fact, a number.
        fact: FactId,
        comparison: Comparison,
        /// With what, in the fact's unit.
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
    /// Calls `visit` for this condition and every one inside it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Not(inner) => inner.walk(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Always | Self::Is { .. } | Self::Compare { .. } | Self::Derived { .. } => {}
        }
    }
}

/// A condition of the guide, as lowered and as written, with the passages behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The lowered condition.
    pub when: Condition,
    /// The condition as it stands in the guide.
    pub written: String,
    /// The passages behind it.
    pub from: Vec<PassageId>,
    /// The line on which it stands in its file, from 1.
    pub line: u32,
}
