//! Finds the doubts that a case raises: stated facts that probably contain a mistake.

use sarcoguide_model::{Case, Condition, DoubtAdvice, UnusedFact, UnusedReason};

use crate::conflicts::{concluded_facts, conflicts, given, given_facts, soft_constraints};
use crate::evaluate::truth;
use crate::evaluation::Evaluation;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// Returns the doubts that `case` raises, in the order of the guide.
pub(crate) fn doubts(evaluation: &Evaluation, case: &Case) -> Vec<DoubtAdvice> {
    let guide = evaluation.guide;
    let mut found: Vec<DoubtAdvice> = Vec::new();
    for (doubt, entry) in
        guide.doubts.iter().enumerate().filter(|(_, entry)| truth(&entry.rule.when, &evaluation.state).is_true())
    {
        let when = &entry.rule.when;
        let enough = evaluation.justification.of_condition(guide, when, &evaluation.state);
        let holds = |hypothetical: &Hypothetical| truth(when, hypothetical).is_true();
        let facts = evaluation.minimal(enough, truth(when, &evaluation.blank.state).is_true(), holds).iter().collect();
        found.push(DoubtAdvice { doubt, facts });
    }
    if !evaluation.state.ignored_constraints().is_empty() {
        // A conflict between several soft constraints needn't make the condition of any one doubt true, so look for the conflicts themselves.
        for conflict in conflicts(guide, case) {
            let raised = conflict.constraints.iter().filter_map(|index| guide.constraints[*index].doubt);
            for doubt in raised {
                if found.iter().all(|other| other.doubt != doubt) {
                    found.push(DoubtAdvice { doubt, facts: conflict.facts.iter().collect() });
                }
            }
        }
    }
    found.sort_by_key(|entry| entry.doubt);
    found
}

/// Returns the stated [quoted facts](crate::conflicts::quoted_facts) from which nothing follows in this case, with the reasons. A fact from which
/// something would follow if it were stated more precisely isn't one of them.
pub(crate) fn unused(evaluation: &Evaluation, case: &Case) -> Vec<UnusedFact> {
    let (guide, state) = (evaluation.guide, &evaluation.state);
    let ignored = state.ignored_constraints();
    let soft = soft_constraints(guide);
    let concluded = concluded_facts(guide);
    let mut unused = Vec::new();
    for fact in case.stated().filter(|fact| evaluation.dependencies.quoted.contains(*fact)) {
        let using = || soft.iter().copied().filter(|index| given_facts(guide, *index).contains(fact));
        let truths = |index: usize| given(guide, index).iter().map(|part| truth(part, state));
        let open = || using().filter(|index| truths(*index).all(|truth| !truth.is_false()));
        let (dropped, applied): (Vec<usize>, Vec<usize>) = open().partition(|index| ignored.contains(index));
        if applied.iter().any(|index| truths(*index).all(|truth| truth.is_true())) {
            continue;
        }
        let unknown = |index: &usize| given(guide, *index).iter().filter(|part| !truth(part, state).is_decided());
        let missing: FactSet = applied.iter().flat_map(unknown).filter_map(Condition::fact).collect();
        // A person who gives a letter's words instead of other facts isn't told to give those facts, as long as something else is missing.
        let not_concluded = missing.iter().filter(|fact| !concluded.contains(*fact)).collect::<FactSet>();
        let missing = if not_concluded.is_empty() { missing } else { not_concluded };
        // A fact that is only known partly can itself be what is missing. If nothing else is, it's just not precise enough.
        let others = missing.without(fact);
        if dropped.is_empty() && others.is_empty() && !missing.is_empty() {
            continue;
        }
        let (reason, missing) = match (dropped.is_empty(), others.is_empty()) {
            (false, _) => (UnusedReason::Doubt, Vec::new()),
            (true, false) => (UnusedReason::Missing, others.iter().collect()),
            (true, true) => (UnusedReason::NothingFollows, Vec::new()),
        };
        unused.push(UnusedFact { fact, reason, missing });
    }
    unused
}
