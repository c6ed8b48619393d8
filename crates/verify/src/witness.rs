//! A case for everything that is found, as small as can be, tried on the reference evaluator before it is shown.

use sarcoguide_advise::State;
use sarcoguide_model::{Case, FactId, FactValue, Guide};

use crate::set::Set;
use crate::space::Space;

/// A case of `set` that states as few facts as needed for the reference evaluator to find that it `shows` what is claimed.
///
/// None if the set is empty, or if the reference evaluator disagrees with the diagrams.
pub(crate) fn witness(guide: &Guide, space: &Space, set: &Set, shows: impl Fn(&Case, &State) -> bool) -> Option<Case> {
    let clause = set.widest()?;
    let full = space.case(&space.completed(&clause), |_| true);
    let seen = |case: &Case| State::of(guide, case).is_ok_and(|state| shows(case, &state));
    if !seen(&full) {
        return None;
    }
    // What the diagram leaves free goes first.
    let fixed = |fact: FactId| space.bits(fact).iter().any(|bit| clause.has_value(*bit));
    let (first, last): (Vec<FactId>, Vec<FactId>) = (0..guide.facts.len()).map(FactId::new).partition(|fact| !fixed(*fact));
    let free = without(&full, &first);
    let mut case = if seen(&free) { free } else { full };
    for fact in first.iter().chain(&last).rev() {
        let fewer = without(&case, &[*fact]);
        if case.get(*fact) != FactValue::Unknown && seen(&fewer) {
            case = fewer;
        }
    }
    Some(case)
}

fn without(case: &Case, facts: &[FactId]) -> Case {
    facts.iter().fold(case.clone(), |case, fact| case.with(*fact, FactValue::Unknown))
}
