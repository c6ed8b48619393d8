//! Converts conditions to sets of cases.

use sarcoguide_model::{Condition, DerivedFact, DerivedId, Guide};

use crate::finding::Subject;
use crate::set::{Bounded, Set};
use crate::space::Space;

/// Converts the conditions of a guide to sets of cases in a [`Space`].
#[derive(Debug)]
pub(crate) struct Rules {
    pub space: Space,
    /// For each derived fact and each of its values, the cases in which a row gives the value.
    derived: Vec<Bounded<Vec<Set>>>,
}

impl Rules {
    pub fn new(guide: &Guide, space: Space) -> Self {
        let mut rules = Self { space, derived: Vec::new() };
        for (index, derived) in guide.derived.iter().enumerate() {
            let values = rules.table(derived).map_err(|why| why.below(Subject::Derived(DerivedId::new(index))));
            rules.derived.push(values);
        }
        rules
    }

    /// For each value of a derived fact, returns the cases in which a row gives the value.
    fn table(&self, derived: &DerivedFact) -> Bounded<Vec<Set>> {
        let mut values = vec![self.space.none(); derived.values.len()];
        for row in &derived.rows {
            values[row.value] = values[row.value].or(&self.condition(&row.rule.when)?)?;
        }
        values.into_iter().map(Set::kept).collect()
    }

    /// Returns the cases, possible or not, in which a condition holds.
    pub fn condition(&self, condition: &Condition) -> Bounded<Set> {
        match condition {
            Condition::Always => Ok(self.space.all()),
            Condition::Is { .. } | Condition::Compare { .. } => self.space.atom(condition),
            Condition::Derived { derived, values } => {
                let tables = self.derived[derived.index()].as_ref().map_err(|why| *why)?.iter().enumerate();
                self.space.any(tables.filter(|(value, _)| values.contains(*value)).map(|(_, set)| set))
            }
            Condition::Not(inner) => Ok(self.condition(inner)?.not()),
            Condition::All(parts) => parts.iter().try_fold(self.space.all(), |all, part| all.and(&self.condition(part)?)),
            Condition::Any(parts) => parts.iter().try_fold(self.space.none(), |any, part| any.or(&self.condition(part)?)),
        }
    }
}
