//! Conditions that can never hold or always do, and parts that change nothing, found by trying every answer.

use std::ops::Range;

use sarcoguide_model::{Condition, Decimal, DerivedId, Domain, FactId, ValueSet};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::syntax::Expression;

/// Above so many combinations of answers a condition is not tried.
const MOST: usize = 20_000;

/// Reports a condition, or a part of one, that no answers make true or that all do.
///
/// Derived facts are taken as if they were independent of all others: what is reported holds for them too, though something may
/// be missed.
pub(crate) fn check(
    names: &Names,
    expression: &Expression,
    condition: &Condition,
    file: usize,
    span: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) {
    let before = problems.len();
    part(names, expression, condition, file, problems);
    // The whole is underlined in full, with its parentheses.
    let whole = expression.span();
    for problem in problems.iter_mut().skip(before).filter(|problem| problem.code == Code::ConstantCondition) {
        if let Some(mark) = problem.marks.first_mut().filter(|mark| Some(&mark.span) == whole.as_ref()) {
            mark.span = span.clone();
        }
    }
}

/// The innermost parts that are dead by themselves. Whether one was found.
fn part(names: &Names, expression: &Expression, condition: &Condition, file: usize, problems: &mut Vec<Diagnostic>) -> bool {
    let mut found = false;
    match (expression, condition) {
        (Expression::All(parts), Condition::All(lowered)) | (Expression::Any(parts), Condition::Any(lowered)) => {
            for (inner, lowered) in parts.iter().zip(lowered) {
                found |= part(names, inner, lowered, file, problems);
            }
        }
        (Expression::Not(inner), Condition::Not(lowered)) => return part(names, inner, lowered, file, problems),
        // A single comparison is looked at where it is lowered.
        _ => return false,
    }
    let (Some(span), false) = (expression.span(), found) else { return found };
    let Some(table) = Table::of(names, condition) else { return false };
    let (mut ever, mut ever_not) = (false, false);
    table.each(|atoms| match holds(condition, &mut 0, &|atom| atoms[atom]) {
        true => ever = true,
        false => ever_not = true,
    });
    if !ever {
        let error =
            Diagnostic::new(Code::ConstantCondition, "this condition can never hold", file, span, "no answers make it true");
        problems.push(error.help("its parts exclude one another; is an `and` meant to be an `or`?"));
    } else if !ever_not {
        let error =
            Diagnostic::new(Code::ConstantCondition, "this condition always holds", file, span, "every answer makes it true");
        problems.push(error.help("write `always`, or check its parts"));
    }
    !ever || !ever_not
}

/// Reports the first comparison that is decided already by what it is joined to with `and`.
pub(crate) fn idle(names: &Names, expression: &Expression, condition: &Condition, file: usize, problems: &mut Vec<Diagnostic>) {
    let mut places: Vec<Option<Range<usize>>> = Vec::new();
    atoms_of(expression, &mut |atom| places.push(atom.span()));
    let Some(table) = Table::of(names, condition) else { return };
    if places.len() != table.atoms || places.len() < 2 {
        return;
    }
    // For each comparison: whether it is ever false, ever true, where it matters.
    let mut seen = vec![[false, false]; table.atoms];
    table.each(|atoms| where_it_matters(condition, &mut 0, (true, false), atoms, &mut seen));
    for (place, [ever_false, ever_true]) in places.iter().zip(seen) {
        let label = match (ever_false, ever_true) {
            (false, true) => "the rest says it already",
            (true, false) => "the rest excludes it",
            _ => continue,
        };
        let Some(span) = place.clone() else { continue };
        let warning = Diagnostic::new(Code::IdleCondition, "this part of a condition changes nothing", file, span, label);
        problems.push(warning.help("leave it out, or check what it should say"));
        return;
    }
}

/// Notes the truth of each comparison whose neighbors, joined with `and`, all hold. Under a negation `or` joins so.
fn where_it_matters(
    condition: &Condition,
    next: &mut usize,
    (matters, negated): (bool, bool),
    atoms: &[bool],
    seen: &mut [[bool; 2]],
) {
    match condition {
        Condition::Always => {}
        Condition::Is { .. } | Condition::Compare { .. } | Condition::Derived { .. } => {
            if matters {
                seen[*next][usize::from(atoms[*next])] = true;
            }
            *next += 1;
        }
        Condition::Not(inner) => where_it_matters(inner, next, (matters, !negated), atoms, seen),
        Condition::All(parts) | Condition::Any(parts) => {
            let joined = matches!(condition, Condition::All(_)) != negated;
            let mut ahead = *next;
            let truths: Vec<bool> = parts.iter().map(|part| holds(part, &mut ahead, &|atom| atoms[atom]) != negated).collect();
            let wrong = truths.iter().filter(|truth| !**truth).count();
            for (part, truth) in parts.iter().zip(truths) {
                let others_hold = wrong == usize::from(!truth);
                where_it_matters(part, next, (matters && (!joined || others_hold), negated), atoms, seen);
            }
        }
    }
}

fn atoms_of<'a>(expression: &'a Expression, visit: &mut impl FnMut(&'a Expression)) {
    match expression {
        Expression::Is { .. } | Expression::Range { .. } | Expression::Compare { .. } => visit(expression),
        Expression::Not(inner) => atoms_of(inner, visit),
        Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|part| atoms_of(part, visit)),
        Expression::Always | Expression::Broken => {}
    }
}

/// Whether a condition holds when the truth of its comparisons, counted from the left, is known.
fn holds(condition: &Condition, next: &mut usize, truth: &impl Fn(usize) -> bool) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Is { .. } | Condition::Compare { .. } | Condition::Derived { .. } => {
            *next += 1;
            truth(*next - 1)
        }
        Condition::Not(inner) => !holds(inner, next, truth),
        Condition::All(parts) | Condition::Any(parts) => {
            let all = matches!(condition, Condition::All(_));
            let mut result = all;
            for part in parts {
                // Every part is walked, so that the count stays right.
                let part = holds(part, next, truth);
                result = if all { result && part } else { result || part };
            }
            result
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Fact(FactId),
    Derived(DerivedId),
}

#[derive(Clone, Copy)]
enum Answer {
    Value(usize),
    Number(Decimal),
}

/// For each fact that a condition names, what each class of its answers makes of the comparisons.
struct Table {
    /// How many comparisons there are.
    atoms: usize,
    /// By fact, by class of answers: the comparisons with their truth.
    facts: Vec<Vec<Vec<(usize, bool)>>>,
}

impl Table {
    /// `None` when there are no comparisons, or too many combinations to try.
    fn of(names: &Names, condition: &Condition) -> Option<Self> {
        let mut atoms: Vec<(Named, &Condition)> = Vec::new();
        condition.walk(&mut |part| match part {
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => atoms.push((Named::Fact(*fact), part)),
            Condition::Derived { derived, .. } => atoms.push((Named::Derived(*derived), part)),
            _ => {}
        });
        let mut named: Vec<Named> = atoms.iter().map(|(named, _)| *named).collect();
        named.sort_unstable();
        named.dedup();
        let mut facts = Vec::new();
        for fact in named {
            let of_fact: Vec<(usize, &Condition)> = atoms
                .iter()
                .enumerate()
                .filter(|(_, (named, _))| *named == fact)
                .map(|(index, (_, atom))| (index, *atom))
                .collect();
            let truths = |answer: Answer| of_fact.iter().map(|(index, atom)| (*index, is_true(atom, answer))).collect();
            facts.push(answers(names, fact, &of_fact).into_iter().map(truths).collect::<Vec<Vec<(usize, bool)>>>());
        }
        let combinations = facts.iter().try_fold(1_usize, |count, classes| count.checked_mul(classes.len()))?;
        (!atoms.is_empty() && combinations > 0 && combinations <= MOST).then_some(Self { atoms: atoms.len(), facts })
    }

    /// Calls `visit` with the truth of the comparisons for each combination of answers.
    fn each(&self, mut visit: impl FnMut(&[bool])) {
        let mut truths = vec![false; self.atoms];
        let mut chosen = vec![0; self.facts.len()];
        loop {
            for (classes, class) in self.facts.iter().zip(&chosen) {
                for (atom, truth) in &classes[*class] {
                    truths[*atom] = *truth;
                }
            }
            visit(&truths);
            let Some(place) = (0..chosen.len()).find(|place| chosen[*place] + 1 < self.facts[*place].len()) else { break };
            chosen[place] += 1;
            chosen[..place].fill(0);
        }
    }
}

fn is_true(atom: &Condition, answer: Answer) -> bool {
    match (atom, answer) {
        (Condition::Is { values, .. } | Condition::Derived { values, .. }, Answer::Value(value)) => values.contains(value),
        (Condition::Compare { comparison, threshold, .. }, Answer::Number(number)) => comparison.holds(number, *threshold),
        _ => false,
    }
}

/// One answer for each class of answers that the comparisons tell apart.
fn answers(names: &Names, named: Named, atoms: &[(usize, &Condition)]) -> Vec<Answer> {
    let values = match named {
        Named::Derived(derived) => names.derived[derived.index()].values.len(),
        Named::Fact(fact) => match &names.facts[fact.index()].domain {
            Domain::Values(values) => values.len(),
            Domain::Number { min, max, .. } => {
                let mut points = vec![*min, *max];
                for (_, atom) in atoms {
                    if let Condition::Compare { threshold, .. } = atom {
                        let near = |step| Decimal::from_thousandths(threshold.thousandths().saturating_add(step));
                        points.extend([-1, 0, 1].map(near));
                    }
                }
                points.retain(|point| point >= min && point <= max);
                points.sort_unstable();
                points.dedup();
                return points.into_iter().map(Answer::Number).collect();
            }
        },
    };
    let mut classes = vec![ValueSet::first(values)];
    for (_, atom) in atoms {
        if let Condition::Is { values, .. } | Condition::Derived { values, .. } = atom {
            let split = |class: ValueSet| [class.intersection(*values), class.difference(*values)];
            classes = classes.into_iter().flat_map(split).filter(|class| !class.is_empty()).collect();
        }
    }
    classes.iter().filter_map(|class| class.iter().next()).map(Answer::Value).collect()
}
