use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{Case, FactId, FactValue, Guide, Rule, Standing, Statement, TreatmentId, Truth, Verdict};

closed_set! {
    /// What kind of value a scenario assumes for an open fact.
    pub enum AssumptionKind {
        /// The team checks it for everyone before treatment, and the result is usually fine. The usual value never makes an indication hold.
        RoutineCheck = "routine_check",
        /// One value is much more usual than all others.
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

/// A value that a scenario assumes for an open fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    pub fact: FactId,
    pub value: FactValue,
    /// The index of the entry in [`Guide::usual_values`] that the value comes from.
    pub entry: usize,
    /// The index of the alternative of the entry that the value comes from. `None` if it's the usual value.
    pub alternative: Option<usize>,
}

impl Assumption {
    /// Whether the value is the usual one.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.alternative.is_none()
    }

    /// Returns what is assumed, as a clause after "we assume that" or "if". For a routine check, returns what the team looks at.
    #[must_use]
    pub fn says<'g>(&self, guide: &'g Guide) -> &'g str {
        let usual = &guide.usual_values[self.entry];
        self.alternative.map_or(&usual.says, |index| &usual.alternatives[index].says)
    }
}

/// A case with a few assumptions, and the verdicts on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// The assumptions on which the indicated treatments depend, in the order of [`Guide::usual_values`].
    pub assumptions: Vec<Assumption>,
    /// The case with the assumptions stated.
    pub case: Case,
    /// The verdict on every treatment in [`Self::case`], in the order of the guide.
    pub treatments: Vec<ScenarioTreatment>,
}

/// The verdict on a treatment in a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioTreatment {
    pub treatment: TreatmentId,
    pub verdict: Verdict,
    /// As in [`TreatmentAdvice`](crate::TreatmentAdvice::standing).
    pub standing: Option<Standing>,
    /// The truth of each indication.
    pub indications: Vec<Truth>,
    /// A minimal set of stated and assumed facts that forces the verdict. Empty unless the treatment is indicated.
    pub reason: Vec<FactId>,
}

impl Scenario {
    /// Whether the scenario assumes a value for `fact`.
    #[must_use]
    pub fn assumes(&self, fact: FactId) -> bool {
        self.assumptions.iter().any(|assumption| assumption.fact == fact)
    }

    /// Returns the treatments that are indicated, and not only for trials.
    pub fn indicated(&self) -> impl Iterator<Item = &ScenarioTreatment> {
        let fits =
            |entry: &&ScenarioTreatment| entry.verdict == Verdict::Indicated && entry.standing != Some(Standing::TrialOnly);
        self.treatments.iter().filter(fits)
    }
}

/// A treatment that is possible in a case, but that no scenario of the case indicates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RareTreatment {
    pub treatment: TreatmentId,
    /// The facts that must have other values than usual, mostly as few as possible. If no circumstances were found in which the treatment is indicated,
    /// the open facts of its rules.
    pub facts: Vec<FactId>,
    /// A case that states everything that the open case states, and in which the treatment is indicated. `None` if none was found.
    pub witness: Option<Case>,
}
