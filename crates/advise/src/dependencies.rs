//! What the statement of one fact can change.

use std::collections::BTreeMap;

use sarcoguide_model::{Condition, FactId, Guide};

use crate::fact_set::FactSet;

/// For every fact of a guide, what stating it can change.
#[derive(Debug)]
pub(crate) struct Dependencies {
    /// For every fact, it and the facts that constraints tie to it.
    pub groups: Vec<FactSet>,
    /// For every constraint, the facts that it names.
    pub touched: Vec<FactSet>,
    /// The places of all constraints.
    pub all: Vec<usize>,
    /// For every fact, the derived facts that rest on its group.
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
        let rests_on: Vec<FactSet> = guide
            .derived
            .iter()
            .map(|derived| {
                let mut seen = Seen::default();
                derived.rows.iter().for_each(|row| seen.visit(guide, &row.rule.when));
                seen.atoms.keys().copied().collect()
            })
            .collect();
        let derived = |group: &FactSet| (0..rests_on.len()).filter(|place| rests_on[*place].meets(*group)).collect();
        Self { derived: groups.iter().map(derived).collect(), groups, all: (0..touched.len()).collect(), touched }
    }
}

/// The fact that a condition on a single fact names.
pub(crate) fn fact_of(condition: &Condition) -> Option<FactId> {
    match condition {
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } => Some(*fact),
        _ => None,
    }
}

/// What conditions name, found by walking them and the tables of their derived facts.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    /// The conditions on single facts, by fact.
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
