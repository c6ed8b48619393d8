//! Checks whether facts of a case are a reason for a verdict. A verdict can have several reasons; [`Advisor::advise`] gives one of them.

use sarcoguide_model::{Case, FactId, TreatmentId, Verdict};

use crate::advisor::Advisor;
use crate::evaluate::{State, verdict};
use crate::fact_set::{FactSet, only};

/// Why facts aren't a reason for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonFault {
    /// The case doesn't state this fact.
    NotStated(FactId),
    /// The facts alone give this other verdict.
    NotSufficient(Verdict),
    /// The facts force the verdict without this one.
    NotMinimal(FactId),
}

impl Advisor {
    /// The verdict on `treatment` if of `case` only `facts` are stated. Facts that contradict one another settle nothing: `Possible`.
    #[must_use]
    pub fn verdict_from(&self, case: &Case, facts: FactSet, treatment: TreatmentId) -> Verdict {
        let guide = self.guide();
        let state = State::of(guide, &only(case, facts));
        state.map_or(Verdict::Possible, |state| verdict(guide, &guide[treatment], &state))
    }

    /// Whether `facts` of `case` alone force the verdict `decided` on `treatment`.
    #[must_use]
    pub fn forces(&self, case: &Case, facts: FactSet, treatment: TreatmentId, decided: Verdict) -> bool {
        decided.is_decided() && self.verdict_from(case, facts, treatment) == decided
    }

    /// Checks that `facts` are a reason for the verdict `decided`: `case` states them, they force it, and none can be left out.
    ///
    /// # Errors
    ///
    /// The first requirement that fails.
    pub fn check_reason(&self, case: &Case, facts: FactSet, treatment: TreatmentId, decided: Verdict) -> Result<(), ReasonFault> {
        let stated: FactSet = case.stated().collect();
        if let Some(fact) = facts.iter().find(|fact| !stated.contains(*fact)) {
            return Err(ReasonFault::NotStated(fact));
        }
        if !self.forces(case, facts, treatment, decided) {
            return Err(ReasonFault::NotSufficient(self.verdict_from(case, facts, treatment)));
        }
        // More facts never undo a decided verdict, so if several facts could be left out, each of them alone could.
        match facts.iter().find(|fact| self.forces(case, facts.without(*fact), treatment, decided)) {
            Some(fact) => Err(ReasonFault::NotMinimal(fact)),
            None => Ok(()),
        }
    }
}
