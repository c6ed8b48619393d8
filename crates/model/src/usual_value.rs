use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{FactId, FactValue, Rule, Statement};

closed_set! {
    /// What kind of value a scenario assumes for an open fact.
    pub enum AssumptionKind {
        /// The team checks it for everyone before treatment, and the result is usually fine. The usual value never makes an indication hold.
        RoutineCheck = "routine_check",
        /// One value is much more usual than all others, or was chosen so that an answer can begin somewhere.
        Usual = "usual",
        /// The fact splits the plan, so other scenarios assume its other values.
        Decisive = "decisive",
    }
}

/// The value that scenarios assume for facts that a case leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsualValue {
    /// The facts that get the value.
    pub facts: Vec<FactId>,
    /// The value of each fact, in the order of `facts`.
    pub values: Vec<FactValue>,
    pub kind: AssumptionKind,
    /// What is assumed, as a clause after "we assume that". For a routine check, what the team looks at, such as `the kidneys`.
    pub says: String,
    /// The other values that scenarios can assume, the most usual first. Empty unless the kind is [`AssumptionKind::Decisive`].
    pub alternatives: Vec<UnusualValue>,
    /// When the value is usual.
    pub rule: Rule,
    /// Why the value is usual. It cites no passage if it's a judgment of the guide's authors.
    pub statement: Statement,
}

/// Another value than the usual one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnusualValue {
    /// The value of each fact, in the order of [`UsualValue::facts`].
    pub values: Vec<FactValue>,
    /// What is assumed, as a clause after "if".
    pub says: String,
}
