//! Finds the doubts that a case raises: stated facts that probably contain a mistake.

use sarcoguide_model::{Case, Condition, Constraint, DoubtAdvice, FactId, Guide, RulePlace};

use crate::dependencies::fact_of;
use crate::evaluate::{Facts, constraints, propagate, truth};
use crate::evaluation::Evaluation;
use crate::fact_set::{FactSet, only};
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
        let facts = evaluation.minimal(enough, truth(when, evaluation.blank).is_true(), holds).iter().collect();
        found.push(DoubtAdvice { doubt, facts });
    }
    if !evaluation.state.applies_soft_constraints() {
        // A conflict between several soft constraints needn't make the condition of any one doubt true, so look for the conflicts themselves.
        for (broken, facts) in conflicts(guide, case) {
            let raised = broken.iter().filter_map(|index| guide.constraints[*index].doubt);
            for doubt in raised {
                if found.iter().all(|other| other.doubt != doubt) {
                    found.push(DoubtAdvice { doubt, facts: facts.clone() });
                }
            }
        }
    }
    found.sort_by_key(|entry| entry.doubt);
    found
}

/// Returns the stated facts from which something usually follows, but nothing does in this case, because it breaks a soft constraint. Leaves out facts
/// that another rule uses too.
pub(crate) fn unused(evaluation: &Evaluation, case: &Case) -> Vec<FactId> {
    if evaluation.state.applies_soft_constraints() {
        return Vec::new();
    }
    let guide = evaluation.guide;
    let soft = || guide.constraints.iter().filter(|constraint| constraint.doubt.is_some());
    let facts = |parts: &[Condition]| parts.iter().filter_map(fact_of).collect::<FactSet>();
    // The last condition of a soft constraint is what usually follows from the others.
    let split = || soft().filter_map(|constraint| constraint.mutually_exclusive.split_last());
    let given = split().map(|(_, given)| facts(given)).fold(FactSet::EMPTY, FactSet::union);
    let concluded: FactSet = split().filter_map(|(last, _)| fact_of(last)).collect();
    let places = guide.rule_places().into_iter().filter(|place| !matches!(place, RulePlace::Doubt(_)));
    let used: FactSet = places.filter_map(|place| guide.rule(place)).flat_map(|rule| guide.facts_used_by(&rule.when)).collect();
    case.stated().filter(|fact| given.contains(*fact) && !concluded.contains(*fact) && !used.contains(*fact)).collect()
}

/// Returns the conflicts between a case and the guide's soft constraints. Each conflict is a minimal set of soft constraints, by index, with a minimal
/// set of stated facts. No soft constraint is in two conflicts.
fn conflicts(guide: &Guide, case: &Case) -> Vec<(Vec<usize>, Vec<FactId>)> {
    let hard: Vec<(usize, &Constraint)> = constraints(guide, false).collect();
    let breaks = |soft: &[usize], facts: FactSet| {
        let mut values = Facts::stated(guide, &only(case, facts));
        let soft = soft.iter().map(|index| (*index, &guide.constraints[*index]));
        propagate(&mut values, hard.iter().copied().chain(soft), |_, _| ()).is_err()
    };
    let all: FactSet = case.stated().collect();
    let mut left: Vec<usize> =
        constraints(guide, true).filter(|(_, constraint)| constraint.doubt.is_some()).map(|(index, _)| index).collect();
    let mut found = Vec::new();
    while breaks(&left, all) {
        let mut kept = left.clone();
        for index in &left {
            let fewer: Vec<usize> = kept.iter().copied().filter(|other| other != index).collect();
            if breaks(&fewer, all) {
                kept = fewer;
            }
        }
        let facts =
            all.iter().fold(all, |facts, fact| if breaks(&kept, facts.without(fact)) { facts.without(fact) } else { facts });
        left.retain(|index| !kept.contains(index));
        found.push((kept, facts.iter().collect()));
    }
    found
}
