use sarcoguide_model::{Case, Condition, Guide, Truth};

use crate::evaluate::{Facts, State, constraints, propagate, truth};
use crate::fact_set::FactSet;

/// Explains the evaluation of a case. For a decided condition, it finds stated facts that decide it. For an undecided condition,
/// it finds the open facts, that is, the facts whose values could still decide it.
///
/// It's built in one pass over the derived facts, which is enough because the guide lists each one after those that it uses.
#[derive(Debug)]
pub(crate) struct Justification {
    /// For each fact, the stated facts that determine its possible values.
    facts: Vec<FactSet>,
    /// For each row in the table of each derived fact, stated facts that are enough to rule the row out. Empty if the row isn't
    /// ruled out.
    ruled_out: Vec<Vec<FactSet>>,
    /// For each derived fact, the open facts in the undecided conditions of its table.
    open: Vec<FactSet>,
}

impl Justification {
    /// Explains the evaluation of `case`. `stated` holds the possible values before the guide's constraints and the tables of its
    /// derived facts are applied. `state` holds those after.
    pub fn of(guide: &Guide, case: &Case, stated: &Facts, state: &State) -> Self {
        let mut facts = vec![FactSet::EMPTY; guide.facts.len()];
        for fact in case.stated() {
            facts[fact.index()] = FactSet::only(fact);
        }
        // This can't fail, because callers reject a case that breaks a constraint.
        let acting = constraints(guide, state.ignored_constraints());
        let _ = propagate(&mut stated.clone(), acting, |index, narrowed| {
            let others = guide.constraints[index].mutually_exclusive.iter().filter_map(Condition::fact);
            let because = others.fold(FactSet::EMPTY, |set, fact| set.union(facts[fact.index()]));
            facts[narrowed.index()] = facts[narrowed.index()].union(because);
        });
        let mut justification = Self { facts, ruled_out: Vec::new(), open: Vec::new() };
        for derived in &guide.derived {
            let rules = || derived.rows.iter().map(|row| &row.rule.when);
            let ruled_out = rules().map(|when| {
                if truth(when, state).is_false() { justification.of_condition(guide, when, state) } else { FactSet::EMPTY }
            });
            let ruled_out = ruled_out.collect();
            let open = rules().map(|when| justification.open_facts(when, state)).fold(FactSet::EMPTY, FactSet::union);
            justification.ruled_out.push(ruled_out);
            justification.open.push(open);
        }
        justification
    }

    /// Returns stated facts that are enough to decide `condition`, which must be decided in `state`. The set isn't always
    /// minimal.
    pub fn of_condition(&self, guide: &Guide, condition: &Condition, state: &State) -> FactSet {
        let holds = truth(condition, state);
        let part_of = |part: &Condition| self.of_condition(guide, part, state);
        // `one` is for conditions that a single part can decide. If several parts do, it uses the part with the smallest set. `all` is
        // for conditions that need every part.
        let one = |parts: &[Condition]| {
            parts.iter().filter(|part| truth(part, state) == holds).map(part_of).min_by_key(|set| set.len()).unwrap_or_default()
        };
        let all = |parts: &[Condition]| parts.iter().map(part_of).fold(FactSet::EMPTY, FactSet::union);
        match condition {
            Condition::Always => FactSet::EMPTY,
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => self.facts[fact.index()],
            Condition::Not(inner) => part_of(inner),
            Condition::All(parts) if holds.is_false() => one(parts),
            Condition::Any(parts) if holds.is_true() => one(parts),
            Condition::All(parts) | Condition::Any(parts) => all(parts),
            Condition::Derived { derived, values } => {
                // The condition holds because all rows with other values are ruled out, or it fails because all rows with its own
                // values are ruled out.
                let ruled_out = |value: usize| values.contains(value) != holds.is_true();
                let rows = guide[*derived].rows.iter().zip(&self.ruled_out[derived.index()]);
                rows.filter(|(row, _)| ruled_out(row.value))
                    .map(|(_, justification)| *justification)
                    .fold(FactSet::EMPTY, FactSet::union)
            }
        }
    }

    /// Returns the open facts in the undecided conditions of a derived fact's table.
    pub fn open_of_derived(&self, index: usize) -> FactSet {
        self.open[index]
    }

    /// Returns the open facts in the undecided parts of `condition`. Once all of them are stated, the condition is decided.
    pub fn open_facts(&self, condition: &Condition, state: &State) -> FactSet {
        if truth(condition, state) != Truth::Unknown {
            return FactSet::EMPTY;
        }
        match condition {
            Condition::Always => FactSet::EMPTY,
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => FactSet::only(*fact),
            Condition::Not(inner) => self.open_facts(inner, state),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().map(|part| self.open_facts(part, state)).fold(FactSet::EMPTY, FactSet::union)
            }
            Condition::Derived { derived, .. } => self.open[derived.index()],
        }
    }
}
