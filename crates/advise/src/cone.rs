use std::collections::BTreeMap;

use sarcoguide_model::{Case, Condition, Decimal, Domain, FactId, Guide, Known, ValueSet};

use crate::evaluate::{State, possible_of, possible_values, propagate};
use crate::fact_set::FactSet;

/// The part of a guide that some conditions can see: the facts that can change their truth, and what to evaluate on the way.
///
/// Asking "what if this fact were not stated" or "were so" is done within it, not over the whole guide.
#[derive(Debug)]
pub(crate) struct Cone {
    /// Facts that the conditions or their derived facts name, or that a constraint ties to those.
    pub facts: FactSet,
    /// The derived facts that the conditions rest on, each after those it rests on itself.
    pub derived: Vec<usize>,
    /// The constraints that touch its facts.
    pub constraints: Vec<usize>,
    /// Answers to try for each fact that the conditions name.
    answers: BTreeMap<FactId, Vec<Answer>>,
}

/// Answers to one fact that no condition of the cone tells apart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    /// One of them.
    pub known: Representative,
    /// How many values it stands for, as bits; 1 for a range of a number.
    pub values: ValueSet,
}

/// A value or number that stands for others like it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Representative {
    Value,
    Number(Decimal),
}

impl Cone {
    pub fn of<'a>(guide: &'a Guide, conditions: impl Iterator<Item = &'a Condition>) -> Self {
        let mut seen = Seen::default();
        for condition in conditions {
            seen.visit(guide, condition);
        }
        let mut facts: FactSet = seen.atoms.keys().copied().collect();
        let touched =
            |constraint: &sarcoguide_model::Constraint| -> FactSet { constraint.never.iter().filter_map(fact_of).collect() };
        let mut constraints = Vec::new();
        loop {
            let before = constraints.len();
            for (index, constraint) in guide.constraints.iter().enumerate() {
                if !constraints.contains(&index) && !touched(constraint).intersection(facts).is_empty() {
                    constraints.push(index);
                    facts = facts.union(touched(constraint));
                }
            }
            if constraints.len() == before {
                break;
            }
        }
        constraints.sort_unstable();
        let answers = seen.atoms.iter().map(|(fact, atoms)| (*fact, answers(guide, *fact, atoms))).collect();
        Self { facts, derived: seen.derived, constraints, answers }
    }

    /// The state of what `case` says about the facts in `stated`, as far as the cone sees it.
    ///
    /// # Errors
    ///
    /// The place of a broken constraint.
    pub fn state(&self, guide: &Guide, case: &Case, stated: FactSet, blank: &State) -> Result<State, usize> {
        let mut state = blank.clone();
        for fact in stated.intersection(self.facts).iter() {
            match case.get(fact) {
                Known::Number(number) => state.numbers[fact.index()] = Some(number),
                known => state.possible[fact.index()] = possible_of(&guide.facts[fact.index()], known),
            }
        }
        self.complete(guide, &mut state)?;
        Ok(state)
    }

    /// Draws the consequences in a state whose facts were changed.
    pub fn complete(&self, guide: &Guide, state: &mut State) -> Result<(), usize> {
        propagate(state, self.constraints.iter().map(|index| (*index, &guide.constraints[*index])), |_, _| ())?;
        for index in &self.derived {
            state.derived[*index] = possible_values(&guide.derived[*index], state);
        }
        Ok(())
    }

    /// The share, 0 to 1, of the possible answers to `fact` for which `settled` holds.
    pub fn share(&self, guide: &Guide, state: &State, fact: FactId, settled: impl Fn(&State) -> bool) -> f64 {
        let (mut all, mut settling) = (0_usize, 0_usize);
        for answer in self.answers.get(&fact).into_iter().flatten() {
            let mut what_if = state.clone();
            let weight = match answer.known {
                Representative::Number(number) => {
                    what_if.numbers[fact.index()] = Some(number);
                    1
                }
                Representative::Value => {
                    let values = answer.values.intersection(state.possible[fact.index()]);
                    let Some(first) = values.iter().next() else { continue };
                    what_if.possible[fact.index()] = ValueSet::only(first);
                    values.len()
                }
            };
            if self.complete(guide, &mut what_if).is_err() {
                continue;
            }
            all += weight;
            if settled(&what_if) {
                settling += weight;
            }
        }
        if all == 0 { 0.0 } else { settling as f64 / all as f64 }
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
struct Seen<'a> {
    atoms: BTreeMap<FactId, Vec<&'a Condition>>,
    derived: Vec<usize>,
}

impl<'a> Seen<'a> {
    fn visit(&mut self, guide: &'a Guide, condition: &'a Condition) {
        condition.walk(&mut |part| {
            if let Some(fact) = fact_of(part) {
                self.atoms.entry(fact).or_default().push(part);
            }
            if let Condition::Derived { derived, .. } = part {
                let index = derived.index();
                if !self.derived.contains(&index) {
                    for row in &guide.derived[index].rows {
                        self.visit(guide, &row.rule.when);
                    }
                    self.derived.push(index);
                }
            }
        });
    }
}

/// Answers to `fact`, one for each class that the atoms tell apart.
fn answers(guide: &Guide, fact: FactId, atoms: &[&Condition]) -> Vec<Answer> {
    match &guide.facts[fact.index()].domain {
        Domain::Values(values) => {
            let mut classes = vec![ValueSet::first(values.len())];
            for atom in atoms {
                if let Condition::Is { values, .. } = atom {
                    classes = classes
                        .into_iter()
                        .flat_map(|class| [class.intersection(*values), class.difference(*values)])
                        .filter(|class| !class.is_empty())
                        .collect();
                }
            }
            classes.into_iter().map(|values| Answer { known: Representative::Value, values }).collect()
        }
        Domain::Number { min, max, .. } => {
            let step = |decimal: Decimal, by: i64| Decimal::from_thousandths(decimal.thousandths() + by);
            let mut points: Vec<Decimal> = atoms
                .iter()
                .filter_map(|atom| match atom {
                    Condition::Compare { threshold, .. } => Some(*threshold),
                    _ => None,
                })
                .flat_map(|threshold| [step(threshold, -1), threshold, step(threshold, 1)])
                .filter(|point| point >= min && point <= max)
                .collect();
            points.sort_unstable();
            points.dedup();
            // Numbers between two thresholds are told apart by no condition: one of them is enough.
            let signature = |number: Decimal| -> Vec<bool> {
                atoms.iter().map(|atom| matches!(atom, Condition::Compare { comparison, threshold, .. } if comparison.holds(number, *threshold))).collect()
            };
            points.dedup_by_key(|point| signature(*point));
            points.into_iter().map(|number| Answer { known: Representative::Number(number), values: ValueSet::EMPTY }).collect()
        }
    }
}
