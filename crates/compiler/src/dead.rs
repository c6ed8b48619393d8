//! Finds conditions that are always or never true, and parts of conditions that have no effect, by trying every combination of answers (values of
//! the facts).

use std::ops::Range;

use sarcoguide_model::{Condition, Decimal, DerivedId, Domain, FactId, ValueSet, covered};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::names::Names;
use crate::syntax::Expression;

/// The maximum number of combinations of answers. A condition with more isn't checked as a whole, but its parts can be.
const MAX_COMBINATIONS: usize = 20_000;

/// Reports a condition, or a part of one, that is always or never true.
///
/// This check treats derived facts as independent of all other facts. So every report is correct, but some conditions that are always or never true
/// aren't found.
pub(crate) fn check(
    names: &Names,
    expression: &Expression,
    condition: &Condition,
    file: usize,
    span: Range<usize>,
    problems: &mut Vec<Diagnostic>,
) {
    let before = problems.len();
    check_part(names, expression, condition, file, problems);
    // If the report is about the whole condition, underline all of it, including its parentheses.
    let whole = expression.span();
    for problem in problems.iter_mut().skip(before).filter(|problem| problem.code == Code::ConstantCondition) {
        if let Some(mark) = problem.marks.first_mut().filter(|mark| Some(&mark.span) == whole.as_ref()) {
            mark.span = span.clone();
        }
    }
}

/// Reports the innermost parts that are always or never true. Returns whether there are any.
fn check_part(
    names: &Names,
    expression: &Expression,
    condition: &Condition,
    file: usize,
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let mut found = false;
    match (expression, condition) {
        (Expression::All(parts), Condition::All(lowered)) | (Expression::Any(parts), Condition::Any(lowered)) => {
            for (inner, lowered) in parts.iter().zip(lowered) {
                found |= check_part(names, inner, lowered, file, problems);
            }
        }
        (Expression::Not(inner), Condition::Not(lowered)) => return check_part(names, inner, lowered, file, problems),
        // `Names::lower` has already checked each comparison on its own.
        _ => return false,
    }
    let (Some(span), false) = (expression.span(), found) else { return found };
    let Some(table) = TruthTable::of(names, condition) else { return false };
    let (mut ever, mut ever_not) = (false, false);
    table.each(|atoms| match holds(condition, &mut 0, &|atom| atoms[atom]) {
        true => ever = true,
        false => ever_not = true,
    });
    if !ever {
        let error =
            Diagnostic::new(Code::ConstantCondition, "this condition is never true", file, span, "no answers make it true");
        problems.push(error.help("its parts exclude one another; did you mean `or` instead of `and`?"));
    } else if !ever_not {
        let error =
            Diagnostic::new(Code::ConstantCondition, "this condition is always true", file, span, "every answer makes it true");
        problems.push(error.help("write `always`, or check its parts"));
    }
    !ever || !ever_not
}

/// Reports the first comparison whose result is already determined by the conditions that are joined to it with `and`.
pub(crate) fn report_idle_part(
    names: &Names,
    expression: &Expression,
    condition: &Condition,
    file: usize,
    problems: &mut Vec<Diagnostic>,
) {
    let mut places: Vec<Option<Range<usize>>> = Vec::new();
    atoms_of(expression, &mut |atom| places.push(atom.span()));
    let Some(table) = TruthTable::of(names, condition) else { return };
    if places.len() != table.atoms || places.len() < 2 {
        return;
    }
    // For each comparison: whether it's ever false, and whether it's ever true, among the answers for which its result matters.
    let mut seen = vec![[false, false]; table.atoms];
    table.each(|atoms| record_relevant_results(condition, &mut 0, (true, false), atoms, &mut seen));
    for (place, [ever_false, ever_true]) in places.iter().zip(seen) {
        let label = match (ever_false, ever_true) {
            (false, true) => "already implied by the rest",
            (true, false) => "excluded by the rest",
            _ => continue,
        };
        let Some(span) = place.clone() else { continue };
        let warning = Diagnostic::new(Code::IdleCondition, "this part of a condition has no effect", file, span, label);
        problems.push(warning.help("remove it, or check what it should be"));
        return;
    }
}

/// Adds the result of each comparison to `seen`, but only if everything that is joined to the comparison with `and` is true, because only then does
/// the result matter. Under a negation, `or` counts as `and`. `next` is the number of the first comparison in `condition`.
fn record_relevant_results(
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
        Condition::Not(inner) => record_relevant_results(inner, next, (matters, !negated), atoms, seen),
        Condition::All(parts) | Condition::Any(parts) => {
            let joined = matches!(condition, Condition::All(_)) != negated;
            let mut ahead = *next;
            let truths: Vec<bool> = parts.iter().map(|part| holds(part, &mut ahead, &|atom| atoms[atom]) != negated).collect();
            let wrong = truths.iter().filter(|truth| !**truth).count();
            for (part, truth) in parts.iter().zip(truths) {
                let others_hold = wrong == usize::from(!truth);
                record_relevant_results(part, next, (matters && (!joined || others_hold), negated), atoms, seen);
            }
        }
    }
}

/// Calls `visit` with each atom (comparison) of an expression, from left to right.
fn atoms_of<'a>(expression: &'a Expression, visit: &mut impl FnMut(&'a Expression)) {
    match expression {
        Expression::Is { .. } | Expression::Range { .. } | Expression::Compare { .. } => visit(expression),
        Expression::Not(inner) => atoms_of(inner, visit),
        Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|part| atoms_of(part, visit)),
        Expression::Always | Expression::Broken => {}
    }
}

/// Evaluates a condition. `truth` returns the result of a comparison by its number. The comparisons are numbered from left to right, and `next` is
/// the number of the first one in `condition`.
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
                // Evaluate every part even if the result is already known, so that the numbers of the comparisons stay right.
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

/// The results of a condition's comparisons for every class of answers. A class is a set of answers that no comparison distinguishes.
struct TruthTable {
    /// The number of comparisons.
    atoms: usize,
    /// For each fact and each class of its answers: the numbers of the comparisons that use this fact, with their results.
    facts: Vec<Vec<Vec<(usize, bool)>>>,
}

impl TruthTable {
    /// Creates the table for a condition. Returns `None` if the condition has no comparisons, or too many combinations of answers to try.
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
        (!atoms.is_empty() && combinations > 0 && combinations <= MAX_COMBINATIONS).then_some(Self { atoms: atoms.len(), facts })
    }

    /// Calls `visit` with the results of the comparisons for every combination of answers.
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

/// Returns at least one answer from each class of answers that the comparisons distinguish.
fn answers(names: &Names, named: Named, atoms: &[(usize, &Condition)]) -> Vec<Answer> {
    let values = match named {
        Named::Derived(derived) => covered(&names.derived[derived.index()].values),
        Named::Fact(fact) => match &names.facts[fact.index()].domain {
            Domain::Values(values) => covered(values),
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
    let mut classes = vec![values];
    for (_, atom) in atoms {
        if let Condition::Is { values, .. } | Condition::Derived { values, .. } = atom {
            let split = |class: ValueSet| [class.intersection(*values), class.difference(*values)];
            classes = classes.into_iter().flat_map(split).filter(|class| !class.is_empty()).collect();
        }
    }
    classes.iter().filter_map(|class| class.iter().next()).map(Answer::Value).collect()
}
