//! Finds the conflicts between what a case states and what usually follows from it, and the soft constraints that are ignored because of them.

use sarcoguide_model::{Case, Condition, Guide, RulePlace};

use crate::evaluate::{Facts, State, constraints, propagate};
use crate::fact_set::{FactSet, only};

impl State {
    /// Narrows the possible values of the facts of `case` with the guide's constraints, and evaluates the tables of its derived
    /// facts. If soft constraints conflict with the case, ignores them and those that use the same [quoted facts](Self::ignored_constraints).
    ///
    /// # Errors
    ///
    /// If the case breaks a constraint that isn't soft. The error is the index of that constraint.
    pub fn of(guide: &Guide, case: &Case) -> Result<Self, usize> {
        Self::ignoring(guide, case, &[]).or_else(|_| {
            // If a constraint that isn't soft is broken, there is nothing to ignore.
            Self::without_soft_constraints(guide, case)?;
            Self::ignoring(guide, case, &ignored_constraints(guide, &conflicts(guide, case)))
        })
    }

    /// Like [`State::of`], but never applies the soft constraints.
    ///
    /// # Errors
    ///
    /// If the case breaks a constraint that isn't soft. The error is the index of that constraint.
    pub fn without_soft_constraints(guide: &Guide, case: &Case) -> Result<Self, usize> {
        Self::ignoring(guide, case, &soft_constraints(guide))
    }
}

/// A conflict between a case and the guide's soft constraints.
#[derive(Debug)]
pub(crate) struct Conflict {
    /// A minimal set of soft constraints that can't all hold in the case, by index.
    pub constraints: Vec<usize>,
    /// A minimal set of stated facts with which they can't all hold.
    pub facts: FactSet,
}

/// Returns the conflicts between `case`, which breaks no other constraint, and the soft constraints. No constraint is in two conflicts, and without
/// the constraints in them there is no further conflict.
pub(crate) fn conflicts(guide: &Guide, case: &Case) -> Vec<Conflict> {
    // Returns the soft constraints that act until one is broken, and the broken one. `None` if none is broken.
    let broken_by = |soft: &[usize], facts: FactSet| {
        let mut values = Facts::stated(guide, &only(case, facts));
        let applied = constraints(guide, &[]).filter(|(index, constraint)| constraint.doubt.is_none() || soft.contains(index));
        let mut acting = Vec::new();
        let broken = propagate(&mut values, applied, |index, _| acting.push(index)).err()?;
        acting.push(broken);
        acting.sort_unstable();
        acting.dedup();
        acting.retain(|index| soft.contains(index));
        Some(acting)
    };
    let breaks = |soft: &[usize], facts: FactSet| broken_by(soft, facts).is_some();
    let all: FactSet = case.stated().collect();
    let mut left = soft_constraints(guide);
    let mut found = Vec::new();
    while let Some(mut kept) = broken_by(&left, all) {
        for index in kept.clone() {
            let fewer: Vec<usize> = kept.iter().copied().filter(|other| *other != index).collect();
            if breaks(&fewer, all) {
                kept = fewer;
            }
        }
        let facts =
            all.iter().fold(all, |facts, fact| if breaks(&kept, facts.without(fact)) { facts.without(fact) } else { facts });
        left.retain(|index| !kept.contains(index));
        found.push(Conflict { constraints: kept, facts });
    }
    found
}

/// Returns the soft constraints to ignore because of `conflicts`: those in a conflict, the others of the same doubts, and those whose conditions name a
/// [quoted fact](quoted_facts) of a conflict, because that fact can be the mistake.
pub(crate) fn ignored_constraints(guide: &Guide, conflicts: &[Conflict]) -> Vec<usize> {
    let doubt = |index: &usize| guide.constraints[*index].doubt;
    let doubts: Vec<Option<usize>> = conflicts.iter().flat_map(|conflict| &conflict.constraints).map(doubt).collect();
    let quoted = quoted_facts(guide);
    let mistaken: FactSet =
        conflicts.iter().flat_map(|conflict| conflict.facts.iter()).filter(|fact| quoted.contains(*fact)).collect();
    let is_ignored = |index: &usize| doubts.contains(&doubt(index)) || given_facts(guide, *index).meets(mistaken);
    soft_constraints(guide).into_iter().filter(is_ignored).collect()
}

/// Returns the quoted facts: those that only soft constraints use, to conclude something about other facts. What a report says, in its own words, is
/// an example.
pub(crate) fn quoted_facts(guide: &Guide) -> FactSet {
    let soft = soft_constraints(guide);
    let given = soft.iter().map(|index| given_facts(guide, *index)).fold(FactSet::EMPTY, FactSet::union);
    let concluded = concluded_facts(guide);
    // What scenarios assume is not concluded from the case, and a question for the team changes no verdict.
    let counts =
        |place: &RulePlace| !matches!(place, RulePlace::Doubt(_) | RulePlace::UsualValue(_) | RulePlace::TeamQuestion(_));
    let places = guide.rule_places().into_iter().filter(counts);
    let used: FactSet = places.filter_map(|place| guide.rule(place)).flat_map(|rule| guide.facts_used_by(&rule.when)).collect();
    given.iter().filter(|fact| !concluded.contains(*fact) && !used.contains(*fact)).collect()
}

/// Returns the indexes of the soft constraints.
pub(crate) fn soft_constraints(guide: &Guide) -> Vec<usize> {
    constraints(guide, &[]).filter(|(_, constraint)| constraint.doubt.is_some()).map(|(index, _)| index).collect()
}

/// Returns the conditions of a soft constraint from which the negation of its last condition follows.
pub(crate) fn given(guide: &Guide, constraint: usize) -> &[Condition] {
    guide.constraints[constraint].mutually_exclusive.split_last().map_or(&[], |(_, given)| given)
}

pub(crate) fn given_facts(guide: &Guide, constraint: usize) -> FactSet {
    given(guide, constraint).iter().filter_map(Condition::fact).collect()
}

/// Returns the facts about which soft constraints conclude something.
pub(crate) fn concluded_facts(guide: &Guide) -> FactSet {
    let concluded = |index: &usize| guide.constraints[*index].mutually_exclusive.last().and_then(Condition::fact);
    soft_constraints(guide).iter().filter_map(concluded).collect()
}
