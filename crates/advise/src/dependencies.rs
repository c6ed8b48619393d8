//! Precomputes what can change in an evaluation when a fact is stated.

use std::collections::BTreeMap;

use sarcoguide_model::{Condition, FactId, Guide};

use crate::conflicts::quoted_facts;
use crate::fact_set::FactSet;

/// For each fact of a guide, the other facts and the derived facts whose possible values can change when the fact is stated.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// For each fact, the fact itself and all facts that constraints connect to it, directly or through other facts.
    pub groups: Vec<FactSet>,
    /// For each constraint, the facts in its conditions.
    pub constraint_facts: Vec<FactSet>,
    /// For each fact, the indexes of the constraints with the fact in their conditions.
    pub constraints: Vec<Vec<usize>>,
    /// The facts that only soft constraints use; see [`quoted_facts`].
    pub quoted: FactSet,
    /// For each fact, the indexes of the derived facts that use it or another fact of its group.
    pub derived: Vec<Vec<usize>>,
}

impl Dependencies {
    pub fn of(guide: &Guide) -> Self {
        let mut groups: Vec<FactSet> = (0..guide.facts.len()).map(|index| FactSet::only(FactId::new(index))).collect();
        let constraint_facts: Vec<FactSet> = guide
            .constraints
            .iter()
            .map(|constraint| constraint.mutually_exclusive.iter().filter_map(Condition::fact).collect())
            .collect();
        for facts in &constraint_facts {
            let group = facts.iter().map(|fact| groups[fact.index()]).fold(FactSet::EMPTY, FactSet::union);
            group.iter().for_each(|fact| groups[fact.index()] = group);
        }
        let used: Vec<FactSet> = guide
            .derived
            .iter()
            .map(|derived| {
                let mut collector = AtomCollector::default();
                derived.rows.iter().for_each(|row| collector.visit(guide, &row.rule.when));
                collector.atoms.keys().copied().collect()
            })
            .collect();
        let derived = |group: &FactSet| (0..used.len()).filter(|index| used[*index].meets(*group)).collect();
        let constraints = |index: usize| {
            let names = |constraint: &usize| constraint_facts[*constraint].contains(FactId::new(index));
            (0..constraint_facts.len()).filter(names).collect()
        };
        Self {
            derived: groups.iter().map(derived).collect(),
            groups,
            quoted: quoted_facts(guide),
            constraints: (0..guide.facts.len()).map(constraints).collect(),
            constraint_facts,
        }
    }
}

/// Collects the atoms of conditions. An atom is a condition on a single fact. The atoms of a condition include those in the tables
/// of the derived facts that the condition uses.
#[derive(Default)]
pub(crate) struct AtomCollector<'a> {
    /// The atoms that were found, by fact.
    pub atoms: BTreeMap<FactId, Vec<&'a Condition>>,
    /// The indexes of the derived facts whose tables were visited.
    derived: Vec<usize>,
}

impl<'a> AtomCollector<'a> {
    /// Adds the atoms of `condition`.
    pub fn visit(&mut self, guide: &'a Guide, condition: &'a Condition) {
        condition.walk(&mut |part| {
            if let Some(fact) = part.fact() {
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
