use sarcoguide_model::{Case, Condition, FactId, Guide, Truth};

use crate::cone::Cone;
use crate::evaluate::{State, propagate, truth};
use crate::fact_set::FactSet;

/// For every fact, the stated facts that gave its possible values.
#[derive(Debug)]
pub(crate) struct Grounds(Vec<FactSet>);

impl Grounds {
    /// For a state that states these facts: each fact rests on itself, and on what the constraints made of others.
    pub fn of(guide: &Guide, case: &Case) -> Self {
        let mut grounds = vec![FactSet::EMPTY; guide.facts.len()];
        for fact in case.stated() {
            grounds[fact.index()] = FactSet::only(fact);
        }
        let mut state = State::stated(guide, case);
        // A case that breaks a constraint has been refused before.
        let _ = propagate(&mut state, guide.constraints.iter().enumerate(), |constraint, narrowed| {
            let others = constraint.never.iter().filter_map(crate::cone::fact_of);
            let because = others.fold(FactSet::EMPTY, |set, fact| set.union(grounds[fact.index()]));
            grounds[narrowed.index()] = grounds[narrowed.index()].union(because);
        });
        Self(grounds)
    }

    fn of_fact(&self, fact: FactId) -> FactSet {
        self.0[fact.index()]
    }

    /// Stated facts that suffice to make a decided condition what it is; not always the fewest.
    pub fn of_condition(&self, guide: &Guide, condition: &Condition, state: &State) -> FactSet {
        let holds = truth(condition, state);
        let part_of = |part: &Condition| self.of_condition(guide, part, state);
        // One part decides, or all must.
        let one = |parts: &[Condition]| {
            parts.iter().filter(|part| truth(part, state) == holds).map(part_of).min_by_key(|set| set.len()).unwrap_or_default()
        };
        let all = |parts: &[Condition]| parts.iter().map(part_of).fold(FactSet::EMPTY, FactSet::union);
        match condition {
            Condition::Always => FactSet::EMPTY,
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => self.of_fact(*fact),
            Condition::Not(inner) => part_of(inner),
            Condition::All(parts) if holds.is_false() => one(parts),
            Condition::Any(parts) if holds.is_true() => one(parts),
            Condition::All(parts) | Condition::Any(parts) => all(parts),
            Condition::Derived { derived, values } => {
                // It holds because every row of another value is ruled out; it does not because every row of its values is.
                let ruled_out = |value: usize| values.contains(value) != holds.is_true();
                let rows = &guide.derived[derived.index()].rows;
                rows.iter()
                    .filter(|row| ruled_out(row.value))
                    .map(|row| part_of(&row.rule.when))
                    .fold(FactSet::EMPTY, FactSet::union)
            }
        }
    }
}

/// Facts that are not settled and stand where a condition is undecided. Once all of them are stated, the condition is decided.
pub(crate) fn open_facts(guide: &Guide, condition: &Condition, state: &State) -> FactSet {
    if truth(condition, state) != Truth::Unknown {
        return FactSet::EMPTY;
    }
    let parts_of =
        |parts: &[Condition]| parts.iter().map(|part| open_facts(guide, part, state)).fold(FactSet::EMPTY, FactSet::union);
    match condition {
        Condition::Always => FactSet::EMPTY,
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } => FactSet::only(*fact),
        Condition::Not(inner) => open_facts(guide, inner, state),
        Condition::All(parts) | Condition::Any(parts) => parts_of(parts),
        Condition::Derived { derived, .. } => {
            let rows = &guide.derived[derived.index()].rows;
            rows.iter().map(|row| open_facts(guide, &row.rule.when, state)).fold(FactSet::EMPTY, FactSet::union)
        }
    }
}

/// A subset of `enough` from which no fact can be taken without losing `forced`.
///
/// `enough` itself must force it; if it does not, all stated facts of the cone are taken instead.
pub(crate) fn minimal(
    guide: &Guide,
    cone: &Cone,
    case: &Case,
    blank: &State,
    enough: FactSet,
    forced: impl Fn(&State) -> bool,
) -> FactSet {
    let forces = |facts: FactSet| cone.state(guide, case, facts, blank).is_ok_and(|state| forced(&state));
    let stated: FactSet = case.stated().collect();
    let mut kept = if forces(enough) { enough } else { stated.intersection(cone.facts) };
    for fact in kept.iter() {
        let fewer = kept.without(fact);
        if forces(fewer) {
            kept = fewer;
        }
    }
    kept
}
