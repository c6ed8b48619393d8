//! Precomputes what can change in an evaluation when a fact is stated.

use std::collections::BTreeMap;

use sarcoguide_model::{Condition, FactId, Guide};

use crate::fact_set::FactSet;

/// For each fact of a guide, the other facts, constraints and derived facts that can change when the fact is stated.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// For each fact, the fact itself and all facts that constraints connect to it, directly or through other facts.
    pub groups: Vec<FactSet>,
    /// For each constraint, the facts in its conditions.
    pub touched: Vec<FactSet>,
    /// The indexes of all constraints.
    pub all: Vec<usize>,
    /// For each fact, the indexes of the derived facts that use a fact in its group.
    pub derived: Vec<Vec<usize>>,
}

impl Dependencies {
    pub fn of(guide: &Guide) -> Self {
        let mut groups: Vec<FactSet> = (0..guide.facts.len()).map(|index| FactSet::only(FactId::new(index))).collect();
        let touched: Vec<FactSet> = guide
            .constraints
            .iter()
            .map(|constraint| constraint.mutually_exclusive.iter().filter_map(fact_of).collect())
            .collect();
        for facts in &touched {
            let group = facts.iter().map(|fact| groups[fact.index()]).fold(FactSet::EMPTY, FactSet::union);
            group.iter().for_each(|fact| groups[fact.index()] = group);
        }
        let used: Vec<FactSet> = guide
            .derived
            .iter()
            .map(|derived| {
                let mut seen = Seen::default();
                derived.rows.iter().for_each(|row| seen.visit(guide, &row.rule.when));
                seen.atoms.keys().copied().collect()
            })
            .collect();
        let derived = |group: &FactSet| (0..used.len()).filter(|index| used[*index].meets(*group)).collect();
        Self { derived: groups.iter().map(derived).collect(), groups, all: (0..touched.len()).collect(), touched }
    }
}

/// Returns the fact of an `Is` or `Compare` condition, or `None` for any other condition.
pub(crate) fn fact_of(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } => Some(*fact),
        _ => None,
    }
}

/// Collects the conditions on single facts that some conditions contain, including those in the tables of derived facts that they
/// use.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    /// The conditions that test a single fact, by fact.
    pub atoms: BTreeMap<FactId, Vec<&'a Condition>>,
    derived: Vec<usize>,
}

impl<'a> Seen<'a> {
    pub fn visit(&mut self, guide: &'a Guide, condition: &'a Condition) {
        condition.walk(&mut |part| {
            if let Some(fact) = fact_of(part) {
                self.atoms.entry(fact).or_default().push(part);
            }
            if let Condition::Derived { derived, .. } = part {
                let index = derived.index();
                if !self.derived.contains(&index) {
                    self.derived.push(index);
                    guide.derived[index].rows.iter().for_each(|row| self.visit(guide, &row.rule.when));
                }
            }
        });
    }
}
