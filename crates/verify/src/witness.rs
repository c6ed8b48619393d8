//! Finds a small case that shows a finding, and confirms it with the reference evaluator.

use sarcoguide_advise::State;
use sarcoguide_model::{Case, FactId, FactValue, Guide};

use crate::set::Set;
use crate::space::Space;

/// Returns a case that shows a finding: a case of `set`, reduced until no more facts can be left out. `shows` gets a case and what the
/// reference evaluator derives from it, and returns whether the case shows the finding.
///
/// Returns `None` if the set is empty, or if the reference evaluator disagrees with the diagrams.
pub(crate) fn witness(guide: &Guide, space: &Space, set: &Set, shows: impl Fn(&Case, &State) -> bool) -> Option<Case> {
    let clause = set.widest()?;
    let full = space.case(&space.completed(&clause), |_| true);
    let is_witness = |case: &Case| State::without_soft_constraints(guide, case).is_ok_and(|state| shows(case, &state));
    if !is_witness(&full) {
        return None;
    }
    // First try to remove the facts that the diagram doesn't restrict.
    let fixed = |fact: FactId| space.bits(fact).iter().any(|bit| clause.has_value(*bit));
    let (first, last): (Vec<FactId>, Vec<FactId>) = (0..guide.facts.len()).map(FactId::new).partition(|fact| !fixed(*fact));
    let free = without(&full, &first);
    let mut case = if is_witness(&free) { free } else { full };
    for fact in first.iter().chain(&last).rev() {
        let fewer = without(&case, &[*fact]);
        if case.get(*fact) != FactValue::Unknown && is_witness(&fewer) {
            case = fewer;
        }
    }
    Some(case)
}

fn without(case: &Case, facts: &[FactId]) -> Case {
    facts.iter().fold(case.clone(), |case, fact| case.with(*fact, FactValue::Unknown))
}
