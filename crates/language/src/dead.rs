//! Conditions that can never hold or always do, and parts that change nothing, found by trying every answer.

use std::ops::Range;

use sarcoguide_model::{Condition, Decimal, Domain, FactId, ValueSet};

use crate::diagnostic::Diagnostic;
use crate::names::Names;

/// Above so many combinations of answers a condition is not tried.
const MOST: usize = 20_000;

/// Reports a condition over facts that no answers make true, or that all answers do.
pub(crate) fn check(names: &Names, condition: &Condition, file: usize, span: Range<usize>, problems: &mut Vec<Diagnostic>) {
    let mut atoms: Vec<&Condition> = Vec::new();
    let mut simple = true;
    condition.walk(&mut |part| match part {
        Condition::Is { .. } | Condition::Compare { .. } => atoms.push(part),
        // What a derived fact may be with others is not looked into here.
        Condition::Derived { .. } => simple = false,
        _ => {}
    });
    if !simple || atoms.is_empty() {
        return;
    }
    let mut facts: Vec<FactId> = atoms.iter().filter_map(|atom| fact_of(atom)).collect();
    facts.sort_unstable();
    facts.dedup();
    let answers: Vec<Vec<Answer>> = facts.iter().map(|fact| answers(names, *fact, &atoms)).collect();
    if answers.iter().try_fold(1_usize, |count, list| count.checked_mul(list.len())).is_none_or(|count| count > MOST) {
        return;
    }
    let (mut ever, mut ever_not) = (false, false);
    let mut chosen = vec![0; facts.len()];
    loop {
        let answer = |fact: FactId| facts.binary_search(&fact).ok().map(|place| answers[place][chosen[place]]);
        if holds(condition, &answer) {
            ever = true;
        } else {
            ever_not = true;
        }
        let Some(place) = (0..chosen.len()).find(|place| chosen[*place] + 1 < answers[*place].len()) else { break };
        chosen[place] += 1;
        chosen[..place].fill(0);
    }
    if !ever {
        let error = Diagnostic::new("E039", "this condition can never hold", file, span, "no answers make it true");
        problems.push(error.help("its parts exclude one another; is an `and` meant to be an `or`?"));
    } else if !ever_not {
        let error = Diagnostic::new("E039", "this condition always holds", file, span, "every answer makes it true");
        problems.push(error.help("write `always`, or check its parts"));
    }
}

#[derive(Clone, Copy)]
enum Answer {
    Value(usize),
    Number(Decimal),
}

fn fact_of(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } => Some(*fact),
        _ => None,
    }
}

/// One answer for each class of answers that the atoms tell apart.
fn answers(names: &Names, fact: FactId, atoms: &[&Condition]) -> Vec<Answer> {
    match &names.facts[fact.index()].domain {
        Domain::Values(values) => {
            let mut classes = vec![ValueSet::first(values.len())];
            for atom in atoms {
                if let Condition::Is { fact: other, values } = atom
                    && *other == fact
                {
                    let split = |class: ValueSet| [class.intersection(*values), class.difference(*values)];
                    classes = classes.into_iter().flat_map(split).filter(|class| !class.is_empty()).collect();
                }
            }
            classes.iter().filter_map(|class| class.iter().next()).map(Answer::Value).collect()
        }
        Domain::Number { min, max, .. } => {
            let mut points = vec![*min, *max];
            for atom in atoms {
                if let Condition::Compare { fact: other, threshold, .. } = atom
                    && *other == fact
                {
                    points.extend([-1, 0, 1].map(|step| Decimal::from_thousandths(threshold.thousandths() + step)));
                }
            }
            points.retain(|point| point >= min && point <= max);
            points.sort_unstable();
            points.dedup();
            points.into_iter().map(Answer::Number).collect()
        }
    }
}

fn holds(condition: &Condition, answer: &impl Fn(FactId) -> Option<Answer>) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Is { fact, values } => matches!(answer(*fact), Some(Answer::Value(value)) if values.contains(value)),
        Condition::Compare { fact, comparison, threshold } => {
            matches!(answer(*fact), Some(Answer::Number(number)) if comparison.holds(number, *threshold))
        }
        Condition::Derived { .. } => false,
        Condition::Not(inner) => !holds(inner, answer),
        Condition::All(parts) => parts.iter().all(|part| holds(part, answer)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, answer)),
    }
}
