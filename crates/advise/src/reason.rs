//! Checks whether some facts of a case are a reason for a verdict. A reason is a minimal set of stated facts that forces the
//! verdict. A verdict can have several reasons. [`Advisor::advise`] returns one of them.

use sarcoguide_model::{Case, FactId, TreatmentId, Verdict};

use crate::advisor::Advisor;
use crate::evaluate::{State, verdict};
use crate::fact_set::{FactSet, only};

/// Why some facts aren't a reason for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonFault {
    /// The case doesn't state this fact.
    NotStated(FactId),
    /// The facts don't force the verdict. If only they are stated, the verdict is the one given here.
    NotSufficient(Verdict),
    /// This fact isn't needed, because the other facts force the verdict without it.
    NotMinimal(FactId),
}

impl Advisor {
    /// Returns the verdict on `treatment` for a case that states only `facts`, with their values from `case`. Returns `Possible` if
    /// these facts contradict each other. Ignores the soft constraints that are ignored for `case`.
    #[must_use]
    pub fn verdict_from(&self, case: &Case, facts: FactSet, treatment: TreatmentId) -> Verdict {
        let ignored = self.ignored_constraints(case);
        ignored.map_or(Verdict::Possible, |ignored| self.verdict_ignoring(case, facts, treatment, &ignored))
    }

    /// Returns the soft constraints that are ignored for `case`, or `None` if its facts contradict each other.
    fn ignored_constraints(&self, case: &Case) -> Option<Vec<usize>> {
        State::of(self.guide(), case).ok().map(|state| state.ignored_constraints().to_vec())
    }

    fn verdict_ignoring(&self, case: &Case, facts: FactSet, treatment: TreatmentId, ignored: &[usize]) -> Verdict {
        let guide = self.guide();
        let state = State::ignoring(guide, &only(case, facts), ignored);
        state.map_or(Verdict::Possible, |state| verdict(guide, &guide[treatment], &state))
    }

    /// Whether `facts` alone, with their values from `case`, force the verdict `decided` on `treatment`. Always false if `decided`
    /// is `Possible`.
    #[must_use]
    pub fn forces(&self, case: &Case, facts: FactSet, treatment: TreatmentId, decided: Verdict) -> bool {
        decided.is_decided() && self.verdict_from(case, facts, treatment) == decided
    }

    /// Checks that `facts` are a reason for the verdict `decided`: `case` states all of them, they force the verdict, and none of
    /// them can be left out.
    ///
    /// # Errors
    ///
    /// If one of these requirements isn't met. The error is about the first one that isn't.
    pub fn check_reason(&self, case: &Case, facts: FactSet, treatment: TreatmentId, decided: Verdict) -> Result<(), ReasonFault> {
        let stated: FactSet = case.stated().collect();
        if let Some(fact) = facts.iter().find(|fact| !stated.contains(*fact)) {
            return Err(ReasonFault::NotStated(fact));
        }
        let ignored = self.ignored_constraints(case);
        let verdict_from = |facts: FactSet| {
            ignored.as_ref().map_or(Verdict::Possible, |ignored| self.verdict_ignoring(case, facts, treatment, ignored))
        };
        let forces = |facts: FactSet| decided.is_decided() && verdict_from(facts) == decided;
        if !forces(facts) {
            return Err(ReasonFault::NotSufficient(verdict_from(facts)));
        }
        // Stating more facts never changes a decided verdict. So if some of the facts can be left out, it's also possible to
        // leave out only one of them, and it's enough to try each fact alone.
        match facts.iter().find(|fact| forces(facts.without(*fact))) {
            Some(fact) => Err(ReasonFault::NotMinimal(fact)),
            None => Ok(()),
        }
    }
}
