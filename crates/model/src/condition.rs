use serde::{Deserialize, Serialize};

use crate::{Decimal, DerivedId, FactId, PassageId, ValueSet};

/// A comparison of a number with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    Greater,
}

impl Comparison {
    /// Whether `number` compares like this with `threshold`.
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
    /// A comparison of a number with a threshold.
    Compare {
        /// The fact, a number.
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
    /// Calls `visit` for this condition and every condition in it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        match self {
            Self::Not(inner) => inner.walk(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Always | Self::Is { .. } | Self::Compare { .. } | Self::Derived { .. } => {}
        }
    }
}

/// A condition of the guide, in its core form and as written, with the passages that it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The condition in its core form.
    pub when: Condition,
    /// The condition as written in the guide.
    pub written: String,
    /// The passages that it cites.
    pub from: Vec<PassageId>,
    /// The line on which it stands in its file, from 1.
    pub line: u32,
}
