use std::collections::BTreeMap;

use sarcoguide_model::{Condition, Decimal, Domain, FactId, Guide, ValueSet};

use crate::advisor::Sitting;
use crate::evaluate::{State, possible_values, propagate};
use crate::fact_set::FactSet;

/// The part of a guide that some conditions can see: the facts that can change their truth, and what to evaluate on the way.
///
/// Asking "what if this fact were not stated" or "were so" is done within it, not over the whole guide.
#[derive(Debug)]
pub(crate) struct Cone {
    /// Facts that the conditions or their derived facts name, or that a constraint ties to those.
    pub facts: FactSet,
    /// The derived facts that the conditions rest on, each after those it rests on itself, with the facts that can change it.
    derived: Vec<(usize, FactSet)>,
    /// The constraints that touch its facts, with the facts that they touch.
    constraints: Vec<(usize, FactSet)>,
    /// Answers to try for each fact that the conditions name.
    answers: BTreeMap<FactId, Vec<Answer>>,
}

/// Answers to one fact that no condition of the cone tells apart.
#[derive(Clone, Copy, Debug)]
enum Answer {
    /// These values.
    Values(ValueSet),
    /// A number that stands for a range.
    Number(Decimal),
}

impl Cone {
    pub fn of<'a>(guide: &'a Guide, conditions: impl Iterator<Item = &'a Condition>) -> Self {
        let mut seen = Seen::default();
        for condition in conditions {
            seen.visit(guide, condition);
        }
        let (facts, constraints) = tied(guide, seen.atoms.keys().copied().collect());
        let derived = seen.derived.iter().map(|index| {
            let mut own = Seen::default();
            guide.derived[*index].rows.iter().for_each(|row| own.visit(guide, &row.rule.when));
            (*index, tied(guide, own.atoms.keys().copied().collect()).0)
        });
        let derived = derived.collect();
        let answers = seen.atoms.iter().map(|(fact, atoms)| (*fact, answers(guide, *fact, atoms))).collect();
        Self { facts, derived, constraints, answers }
    }

    /// Makes `state` that of a case that states only the facts in `kept`, as far as the cone sees it.
    ///
    /// # Errors
    ///
    /// The place of a broken constraint.
    pub fn state(&self, guide: &Guide, sitting: &Sitting, kept: FactSet, state: &mut State) -> Result<(), usize> {
        self.facts_of(sitting, kept, state);
        self.narrow(guide, kept, state)?;
        for (index, _) in &self.derived {
            state.derived[*index] = possible_values(&guide.derived[*index], state);
        }
        Ok(())
    }

    /// As [`Self::state`], where `before` is the state with `changed` stated too: only what rests on it is worked out anew.
    pub fn state_without(
        &self,
        guide: &Guide,
        sitting: &Sitting,
        kept: FactSet,
        changed: FactId,
        before: &State,
        state: &mut State,
    ) -> Result<(), usize> {
        self.facts_of(sitting, kept, state);
        self.narrow(guide, kept, state)?;
        self.derived_after(guide, changed, before, state);
        Ok(())
    }

    fn facts_of(&self, sitting: &Sitting, kept: FactSet, state: &mut State) {
        for fact in self.facts.iter() {
            let from = if kept.contains(fact) { &sitting.stated } else { sitting.blank };
            state.possible[fact.index()] = from.possible[fact.index()];
            state.numbers[fact.index()] = from.numbers[fact.index()];
        }
    }

    /// The derived facts after a change of one fact.
    fn derived_after(&self, guide: &Guide, changed: FactId, before: &State, state: &mut State) {
        for (index, facts) in &self.derived {
            state.derived[*index] =
                if facts.contains(changed) { possible_values(&guide.derived[*index], state) } else { before.derived[*index] };
        }
    }

    /// As [`propagate`], but looks only at constraints all of whose facts but one are known.
    fn narrow(&self, guide: &Guide, mut known: FactSet, state: &mut State) -> Result<(), usize> {
        loop {
            let ready = self.constraints.iter().filter(|(_, touched)| touched.is_all_but_one_of(known));
            let constraints = ready.map(|(index, _)| (*index, &guide.constraints[*index]));
            let mut more = known;
            propagate(state, constraints, |_, fact| more = more.union(FactSet::only(fact)))?;
            if more == known {
                return Ok(());
            }
            known = more;
        }
    }

    /// The share, 0 to 1, of the possible answers to `fact` for which `settled` holds.
    pub fn share(
        &self,
        guide: &Guide,
        sitting: &Sitting,
        fact: FactId,
        scratch: &mut State,
        settled: impl Fn(&State) -> bool,
    ) -> f64 {
        let (mut all, mut settling) = (0_usize, 0_usize);
        let possible = sitting.state.possible[fact.index()];
        let known = sitting.known.union(FactSet::only(fact));
        for answer in self.answers.get(&fact).into_iter().flatten() {
            for other in self.facts.iter() {
                scratch.possible[other.index()] = sitting.state.possible[other.index()];
                scratch.numbers[other.index()] = sitting.state.numbers[other.index()];
            }
            let weight = match answer {
                Answer::Number(number) => {
                    scratch.numbers[fact.index()] = Some(*number);
                    1
                }
                Answer::Values(values) => {
                    let values = values.intersection(possible);
                    let Some(first) = values.iter().next() else { continue };
                    scratch.possible[fact.index()] = ValueSet::only(first);
                    values.len()
                }
            };
            if self.narrow(guide, known, scratch).is_err() {
                continue;
            }
            self.derived_after(guide, fact, &sitting.state, scratch);
            all += weight;
            if settled(scratch) {
                settling += weight;
            }
        }
        if all == 0 { 0.0 } else { settling as f64 / all as f64 }
    }
}

/// These facts and all that constraints tie to them, with those constraints and what each touches.
fn tied(guide: &Guide, mut facts: FactSet) -> (FactSet, Vec<(usize, FactSet)>) {
    let mut constraints: Vec<(usize, FactSet)> = Vec::new();
    loop {
        let before = constraints.len();
        for (index, constraint) in guide.constraints.iter().enumerate() {
            let touched: FactSet = constraint.never.iter().filter_map(fact_of).collect();
            if !constraints.iter().any(|(known, _)| *known == index) && !touched.intersection(facts).is_empty() {
                constraints.push((index, touched));
                facts = facts.union(touched);
            }
        }
        if constraints.len() == before {
            constraints.sort_unstable_by_key(|(index, _)| *index);
            return (facts, constraints);
        }
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
            classes.into_iter().map(Answer::Values).collect()
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
            points.into_iter().map(Answer::Number).collect()
        }
    }
}
