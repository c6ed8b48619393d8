//! Converts two guides to a common list of facts, so that both can evaluate the same cases.

use sarcoguide_model::{Condition, Constraint, Domain, Fact, FactId, Guide, Value, ValueSet};

/// Returns the facts of both guides, each with the values of both. If the kind or unit of a fact changed, the old and the new
/// fact are separate.
pub(crate) fn union(old: &Guide, new: &Guide) -> Vec<Fact> {
    let mut facts = new.facts.clone();
    for fact in &old.facts {
        match facts.iter_mut().find(|other| other.id == fact.id) {
            Some(other) if same_kind(fact, other) => *other = merged(fact, other),
            Some(_) => facts.push(Fact { id: old_id(&fact.id), ..fact.clone() }),
            None => facts.push(fact.clone()),
        }
    }
    facts
}

/// Returns the ID for the old version of a fact that changed its kind or unit.
fn old_id(id: &str) -> String {
    format!("{id} (old guide)")
}

fn same_kind(old: &Fact, new: &Fact) -> bool {
    match (&old.domain, &new.domain) {
        (Domain::Values(_), Domain::Values(_)) => old.kind == new.kind,
        (Domain::Number { unit: old, .. }, Domain::Number { unit: new, .. }) => old == new,
        _ => false,
    }
}

/// Returns the new fact plus the values that only the old one has. For a numeric fact, the range covers both ranges.
fn merged(old: &Fact, new: &Fact) -> Fact {
    let domain = match (&old.domain, &new.domain) {
        (Domain::Values(old), Domain::Values(new)) => {
            let mut values = new.clone();
            values.extend(old.iter().filter(|value| !new.iter().any(|other| other.id == value.id)).cloned());
            let place = |id: &str| values.iter().position(|value| value.id == id);
            let covers = |value: &Value, of: &[Value]| -> ValueSet {
                value.covers.iter().filter_map(|kind| place(&of[kind].id)).collect()
            };
            let both = |value: &Value| {
                let here = |of: &[Value]| of.iter().find(|other| other.id == value.id).map(|found| covers(found, of));
                here(new).unwrap_or_default().union(here(old).unwrap_or_default())
            };
            let all: Vec<ValueSet> = values.iter().map(both).collect();
            Domain::Values(values.into_iter().zip(all).map(|(value, covers)| Value { covers, parent: None, ..value }).collect())
        }
        (Domain::Number { min: low, max: high, .. }, Domain::Number { unit, min, max }) => {
            Domain::Number { unit: unit.clone(), min: *low.min(min), max: *high.max(max) }
        }
        _ => new.domain.clone(),
    };
    Fact { domain, ..new.clone() }
}

/// Converts a guide so that it uses `facts`, the facts of both guides. Adds constraints that exclude the values that this guide
/// doesn't have.
pub(crate) fn translated(guide: &Guide, facts: &[Fact]) -> Guide {
    let indexes: Vec<usize> = (guide.facts.iter())
        .map(|fact| {
            let same = facts.iter().position(|other| other.id == fact.id && same_kind(fact, other));
            same.or_else(|| facts.iter().position(|other| other.id == old_id(&fact.id))).unwrap_or_default()
        })
        .collect();
    let translation = Translation { guide, facts, indexes };
    let mut new = guide.clone();
    facts.clone_into(&mut new.facts);
    // The cases in these entries use the guide's own facts. Comparing guides doesn't need the entries, so remove them.
    new.accepted.clear();
    for place in guide.rule_places() {
        if let Some(rule) = new.rule_mut(place) {
            rule.when = translation.condition(&rule.when);
        }
    }
    for constraint in &mut new.constraints {
        constraint.mutually_exclusive = constraint.mutually_exclusive.iter().map(|part| translation.condition(part)).collect();
    }
    new.constraints.extend(translation.absent_values());
    new
}

struct Translation<'a> {
    guide: &'a Guide,
    facts: &'a [Fact],
    /// For each fact of the guide, its index in `facts`.
    indexes: Vec<usize>,
}

impl Translation<'_> {
    fn values(&self, fact: FactId, values: ValueSet) -> ValueSet {
        let old = self.guide[fact].domain.values();
        let new = self.facts[self.indexes[fact.index()]].domain.values();
        values.iter().filter_map(|value| new.iter().position(|other| other.id == old[value].id)).collect()
    }

    fn condition(&self, condition: &Condition) -> Condition {
        let fact = |fact: &FactId| FactId::new(self.indexes[fact.index()]);
        match condition {
            Condition::Always | Condition::Derived { .. } => condition.clone(),
            Condition::Is { fact: of, values } => Condition::Is { fact: fact(of), values: self.values(*of, *values) },
            Condition::Compare { fact: of, comparison, threshold } => {
                Condition::Compare { fact: fact(of), comparison: *comparison, threshold: *threshold }
            }
            Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner))),
            Condition::All(parts) => Condition::All(parts.iter().map(|part| self.condition(part)).collect()),
            Condition::Any(parts) => Condition::Any(parts.iter().map(|part| self.condition(part)).collect()),
        }
    }

    /// Returns constraints that exclude the values that the guide doesn't have.
    fn absent_values(&self) -> Vec<Constraint> {
        let absent = |(index, new): (usize, &usize)| {
            let known = self.values(FactId::new(index), self.guide.facts[index].domain.all());
            let others = self.facts[*new].domain.all().difference(known);
            (!others.is_empty()).then(|| Constraint {
                mutually_exclusive: vec![Condition::Is { fact: FactId::new(*new), values: others }],
                text: "one of the two guides doesn't have this value".to_owned(),
                area: self.facts[*new].area.clone(),
                line: 0,
                doubt: None,
            })
        };
        self.indexes.iter().enumerate().filter_map(absent).collect()
    }
}
