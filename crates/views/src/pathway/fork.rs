//! Finds the facts that decide between the branches of a pathway. A branch is a step from the start to another time, with the treatments at that
//! time.
//!
//! For each branch and each fact, this module works out from the conditions which values the fact can have if at least one treatment on the
//! branch is recommended. The result never misses a value but can include too many. If two branches have no value of a fact in common, that fact
//! decides between them. A branch without such a fact is labeled with a fact that limits it: a fact that must have certain values before
//! any treatment on the branch is recommended.

use std::collections::BTreeSet;

use crate::Edition;
use sarcoguide_model::{Advice, Case, Condition, Domain, Fact, FactId, FactValue, TreatmentId, Value, ValueSet, covered};
use sarcoguide_text::t;

/// The maximum length of a label on a step, in characters.
const MAX_CHARS: usize = 80;

/// The possible values of each fact and derived fact. Facts whose values are numbers are ignored: their sets are empty.
#[derive(Clone)]
struct Possible {
    facts: Vec<ValueSet>,
    derived: Vec<ValueSet>,
}

impl Possible {
    /// Adds the values that are possible in `other`.
    fn join(&mut self, other: &Self) {
        let pairs = self.facts.iter_mut().zip(&other.facts).chain(self.derived.iter_mut().zip(&other.derived));
        pairs.for_each(|(mine, theirs)| *mine = mine.union(*theirs));
    }
}

/// The index of a fact or derived fact that can decide between branches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decider {
    Fact(usize),
    Derived(usize),
}

impl Decider {
    fn of(self, possible: &Possible) -> ValueSet {
        match self {
            Self::Fact(index) => possible.facts[index],
            Self::Derived(index) => possible.derived[index],
        }
    }
}

/// For each branch, the labels that say when to take it: facts with the values that they need to have.
///
/// A branch is a list of indications, each a treatment and an index in its list of indications. A branch is labeled with the facts that exclude other
/// branches. If there are no such facts, the branch is labeled with the limiting fact whose answer settles the most verdicts, or not at all if there
/// is no limiting fact.
pub(super) fn labels(
    guide: Edition<'_>,
    case: &Case,
    advice: &Advice,
    branches: &[Vec<(TreatmentId, usize)>],
) -> Vec<Vec<String>> {
    let start = Possible {
        facts: guide.facts.iter().enumerate().map(|(index, fact)| possible_in_case(fact, case.get(FactId::new(index)))).collect(),
        derived: advice.derived.iter().map(|derived| derived.possible).collect(),
    };
    let all_possible: Vec<Option<Possible>> = branches.iter().map(|branch| possible_on(guide, &start, branch)).collect();
    // The values that the guide's scope allows. Other parts of the page explain the scope, so its limits need no label.
    let scope = narrow(guide, start.clone(), &guide.scope.when, true).unwrap_or_else(|| start.clone());
    let candidates = candidates(guide, advice, branches);
    let words_for = |decider: Decider, branch: usize| {
        all_possible[branch].as_ref().and_then(|possible| in_words(guide, decider, decider.of(possible)))
    };
    let apart = |decider: &Decider, a: usize, b: usize| match (&all_possible[a], &all_possible[b]) {
        (Some(a), Some(b)) => {
            let (a, b) = (decider.of(a), decider.of(b));
            // Both sets are empty for numbers, which are ignored.
            !a.is_empty() && a.intersection(b).is_empty()
        }
        _ => false,
    };
    let mut labels: Vec<Vec<String>> = vec![Vec::new(); branches.len()];
    let mut used: Vec<(usize, Decider)> = Vec::new();
    for a in 0..branches.len() {
        for b in a + 1..branches.len() {
            // To keep the number of labels small, choose the fact that decides between the most pairs of branches. If there are several such facts,
            // choose the first.
            let mut best: Option<(usize, Decider)> = None;
            for decider in candidates.iter().filter(|decider| apart(decider, a, b)) {
                if words_for(*decider, a).is_none() || words_for(*decider, b).is_none() {
                    continue;
                }
                let pairs = (0..branches.len()).flat_map(|x| (x + 1..branches.len()).map(move |y| (x, y)));
                let count = pairs.filter(|(x, y)| apart(decider, *x, *y)).count();
                if best.is_none_or(|(most, _)| count > most) {
                    best = Some((count, *decider));
                }
            }
            let Some((_, decider)) = best else { continue };
            for branch in [a, b] {
                if !used.contains(&(branch, decider)) {
                    used.push((branch, decider));
                    labels[branch].extend(words_for(decider, branch));
                }
            }
        }
    }
    for (branch, label) in labels.iter_mut().enumerate().filter(|(_, label)| label.is_empty()) {
        let Some(possible) = &all_possible[branch] else { continue };
        let needed = |decider: &&Decider| {
            let values = decider.of(possible);
            // A limit that all branches share doesn't distinguish any of them.
            values.len() < decider.of(&scope).len()
                && all_possible.iter().flatten().any(|other| !decider.of(other).is_subset(values))
        };
        let mut best: Option<(f64, String)> = None;
        for decider in candidates.iter().filter(needed) {
            let settles = settled(advice, &branches[branch], *decider);
            if best.as_ref().is_none_or(|(most, _)| settles > *most) {
                best = words_for(*decider, branch).map(|words| (settles, words)).or(best);
            }
        }
        label.extend(best.map(|(_, words)| words));
    }
    labels
}

/// The average number of verdicts on a branch that an answer to the question about a fact settles. A treatment counts once for each of its
/// indications on the branch. Always 0 for a derived fact.
fn settled(advice: &Advice, branch: &[(TreatmentId, usize)], decider: Decider) -> f64 {
    let Decider::Fact(fact) = decider else { return 0.0 };
    let missing = branch.iter().flat_map(|(treatment, _)| &advice[*treatment].missing);
    missing.filter(|missing| missing.fact.index() == fact).map(|missing| missing.settles).sum()
}

/// The facts that can decide between branches: first the facts that are reasons or missing facts of the branches' treatments, then the derived
/// facts that depend on any of them. Among the derived facts, those that depend on the fewest facts come first.
fn candidates(guide: Edition<'_>, advice: &Advice, branches: &[Vec<(TreatmentId, usize)>]) -> Vec<Decider> {
    let mut treatments: Vec<TreatmentId> = branches.iter().flatten().map(|(treatment, _)| *treatment).collect();
    treatments.sort_unstable();
    treatments.dedup();
    let entries = || treatments.iter().map(|treatment| &advice[*treatment]);
    let mut named: BTreeSet<FactId> = entries().flat_map(|entry| entry.reason.iter().copied()).collect();
    named.extend(entries().flat_map(|entry| &entry.missing).map(|missing| missing.fact));
    let under = |index: &usize| -> BTreeSet<FactId> {
        guide.derived[*index].rows.iter().flat_map(|row| guide.facts_used_by(&row.rule.when)).collect()
    };
    let mut derived: Vec<usize> = (0..guide.derived.len()).filter(|index| !under(index).is_disjoint(&named)).collect();
    derived.sort_by_key(|index| under(index).len());
    named.iter().map(|fact| Decider::Fact(fact.index())).chain(derived.into_iter().map(Decider::Derived)).collect()
}

/// The values of a fact that are possible in a case: those that the stated value covers, or all if the case doesn't state the fact.
fn possible_in_case(fact: &Fact, known: FactValue) -> ValueSet {
    match (&fact.domain, known) {
        (Domain::Values(values), FactValue::Value(index)) => {
            values.get(usize::from(index)).map_or_else(|| fact.domain.all(), |value| value.covers)
        }
        _ => fact.domain.all(),
    }
}

/// The possible values if at least one of the branch's indications holds, or `None` if none of them can hold.
fn possible_on(guide: Edition<'_>, start: &Possible, branch: &[(TreatmentId, usize)]) -> Option<Possible> {
    let all_possible = branch.iter().filter_map(|(treatment, index)| {
        let treatment = &guide[*treatment];
        let indication = &treatment.indications[*index];
        guide.scoped(treatment, indication).try_fold(start.clone(), |possible, part| narrow(guide, possible, part, true))
    });
    joined(all_possible)
}

/// The values that are possible in any of these alternatives, or `None` if there are no alternatives.
fn joined(all_possible: impl Iterator<Item = Possible>) -> Option<Possible> {
    all_possible.reduce(|mut all, possible| {
        all.join(&possible);
        all
    })
}

/// Narrows `possible` to the values that remain if `condition` is true (for `holds`) or false (for `!holds`). Returns `None` if no value remains.
fn narrow(guide: Edition<'_>, possible: Possible, condition: &Condition, holds: bool) -> Option<Possible> {
    let matching = |values: ValueSet, all: ValueSet| if holds { values } else { all.difference(values) };
    match condition {
        Condition::Always => holds.then_some(possible),
        Condition::Compare { .. } => Some(possible),
        Condition::Not(inner) => narrow(guide, possible, inner, !holds),
        Condition::Is { fact, values } => {
            let index = fact.index();
            let mut possible = possible;
            possible.facts[index] = possible.facts[index].intersection(matching(*values, guide.facts[index].domain.all()));
            if possible.facts[index].is_empty() { None } else { refreshed(guide, possible) }
        }
        Condition::Derived { derived, values } => {
            let table = &guide[*derived];
            let values = possible.derived[derived.index()].intersection(matching(*values, covered(&table.values)));
            let mut possible = possible;
            possible.derived[derived.index()] = values;
            let rows = table.rows.iter().filter(|row| values.contains(row.value));
            joined(rows.filter_map(|row| narrow(guide, possible.clone(), &row.rule.when, true)))
        }
        Condition::All(parts) | Condition::Any(parts) => {
            let together = matches!(condition, Condition::All(_)) == holds;
            if together {
                // Each part can narrow the values for the others, so go through the parts twice. That's enough for most conditions.
                parts.iter().chain(parts).try_fold(possible, |possible, part| narrow(guide, possible, part, holds))
            } else {
                joined(parts.iter().filter_map(|part| narrow(guide, possible.clone(), part, holds)))
            }
        }
    }
}

/// Removes the values of derived facts that no row of their tables can give anymore. Returns `None` if a derived fact has no value left.
fn refreshed(guide: Edition<'_>, mut possible: Possible) -> Option<Possible> {
    for (index, derived) in guide.derived.iter().enumerate() {
        let open = derived.rows.iter().filter(|row| can_be(&possible, &row.rule.when, true));
        let values = open.fold(ValueSet::EMPTY, |values, row| values.union(ValueSet::only(row.value)));
        possible.derived[index] = possible.derived[index].intersection(values);
        if possible.derived[index].is_empty() {
            return None;
        }
    }
    Some(possible)
}

/// Whether a condition can be true (for `holds`) or false (for `!holds`) with these possible values.
fn can_be(possible: &Possible, condition: &Condition, holds: bool) -> bool {
    let one_of = |possible: ValueSet, values: ValueSet| {
        let left = if holds { possible.intersection(values) } else { possible.difference(values) };
        !left.is_empty()
    };
    match condition {
        Condition::Always => holds,
        Condition::Compare { .. } => true,
        Condition::Not(inner) => can_be(possible, inner, !holds),
        Condition::Is { fact, values } => one_of(possible.facts[fact.index()], *values),
        Condition::Derived { derived, values } => one_of(possible.derived[derived.index()], *values),
        Condition::All(parts) if holds => parts.iter().all(|part| can_be(possible, part, true)),
        Condition::Any(parts) if !holds => parts.iter().all(|part| can_be(possible, part, false)),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| can_be(possible, part, holds)),
    }
}

/// A fact with values, for instance `Grade: low or middle`. `None` if no value is named or the text is longer than [`MAX_CHARS`].
fn in_words(guide: Edition<'_>, decider: Decider, set: ValueSet) -> Option<String> {
    let (name, values): (&str, &[Value]) = match decider {
        Decider::Fact(index) => (&guide.facts[index].name, guide.facts[index].domain.values()),
        Decider::Derived(index) => (&guide.derived[index].name, &guide.derived[index].values),
    };
    // A value can be the parent of more specific values, its kinds. Name a parent only if the set includes all its kinds. In that case, don't name
    // the kinds.
    let whole = |value: &Value| value.covers.is_subset(set);
    let is_named = |value: &&Value| whole(value) && value.parent.is_none_or(|parent| !whole(&values[parent]));
    let names = values.iter().filter(is_named).map(|value| value.name.clone());
    let named = names.reduce(|first, second| t!(guide.text, words_values_or, first = first, second = second))?;
    let words = format!("{name}: {named}");
    // A longer label doesn't fit into the picture and doesn't help anyone choose.
    (words.chars().count() <= MAX_CHARS).then_some(words)
}
