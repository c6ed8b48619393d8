//! Evaluates variants of a case, with fewer facts or one more answer, without evaluating everything again.

use std::cell::Cell;

use sarcoguide_model::{DerivedId, FactId, Guide, Interval, ValueSet};

use crate::answers::AnswerClass;
use crate::dependencies::Dependencies;
use crate::evaluate::{FactState, Facts, Knowledge, State, narrow_once, possible_values};
use crate::fact_set::FactSet;

/// The state of a hypothetical case, which has fewer facts than the real case or one more answer. It evaluates derived facts only
/// when they're needed, and can undo the last [`suppose`](Self::suppose).
#[derive(Clone, Debug)]
pub(crate) struct Hypothetical<'a> {
    guide: &'a Guide,
    dependencies: &'a Dependencies,
    facts: Facts,
    /// The indexes of the soft constraints that aren't applied.
    ignored: Vec<usize>,
    /// The possible values of each derived fact, or `None` if they haven't been needed yet.
    derived: Vec<Cell<Option<ValueSet>>>,
    /// The facts that the last `suppose` could change, with their states before it.
    saved_facts: Vec<(FactId, FactState)>,
    /// The indexes of the derived facts that the last `suppose` could change, with their values before it.
    saved_derived: Vec<(usize, Option<ValueSet>)>,
}

impl Knowledge for Hypothetical<'_> {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.facts.possible(fact)
    }

    fn numbers(&self, fact: FactId) -> Interval {
        self.facts.numbers(fact)
    }

    fn derived(&self, derived: DerivedId) -> ValueSet {
        let cell = &self.derived[derived.index()];
        cell.get().unwrap_or_else(|| {
            let values = possible_values(&self.guide[derived], self);
            cell.set(Some(values));
            values
        })
    }
}

impl<'a> Hypothetical<'a> {
    /// Starts from `state`.
    pub fn new(guide: &'a Guide, dependencies: &'a Dependencies, state: &State) -> Self {
        let derived = state.derived.iter().map(|values| Cell::new(Some(*values))).collect();
        let (facts, ignored) = (state.facts.clone(), state.ignored_constraints().to_vec());
        Self { guide, dependencies, facts, ignored, derived, saved_facts: Vec::new(), saved_derived: Vec::new() }
    }

    /// Starts from `blank`, the state of a case that states nothing, and adds the facts in `kept` with their values in `stated`.
    /// Applies only the constraints with the indexes in `can_act`. The caller must make sure that no other constraint can remove
    /// possible values of a fact.
    pub fn with(
        guide: &'a Guide,
        dependencies: &'a Dependencies,
        blank: &State,
        (kept, stated): (FactSet, &Facts),
        can_act: &[usize],
    ) -> Self {
        let derived = vec![Cell::new(None); blank.derived.len()];
        let facts = blank.facts.clone();
        let ignored = blank.ignored_constraints().to_vec();
        let mut hypothetical =
            Self { guide, dependencies, facts, ignored, derived, saved_facts: Vec::new(), saved_derived: Vec::new() };
        for fact in kept.iter() {
            hypothetical.facts[fact] = stated[fact];
        }
        let facts = &dependencies.constraint_facts;
        hypothetical.narrow(kept, |changed| can_act.iter().copied().filter(|index| facts[*index].meets(changed)).collect());
        hypothetical
    }

    /// Sets `fact` to `answer` and applies the constraints. Returns `false` if this breaks a constraint.
    pub fn suppose(&mut self, fact: FactId, answer: AnswerClass) -> bool {
        self.save(fact);
        match answer {
            AnswerClass::Numbers(numbers) => self.facts[fact].numbers = numbers,
            AnswerClass::Values(values) => self.facts[fact].possible = values,
        }
        let (constraints, ignored) = (&self.dependencies.constraints, std::mem::take(&mut self.ignored));
        let possible = self.narrow(FactSet::only(fact), |changed| {
            let mut acting: Vec<usize> = changed.iter().flat_map(|fact| &constraints[fact.index()]).copied().collect();
            acting.sort_unstable();
            acting.dedup();
            acting.retain(|index| !ignored.contains(index));
            acting
        });
        self.ignored = ignored;
        possible
    }

    /// Undoes the last call of `suppose`.
    pub fn undo(&mut self) {
        for (fact, state) in self.saved_facts.drain(..) {
            self.facts[fact] = state;
        }
        for (index, values) in self.saved_derived.drain(..) {
            self.derived[index].set(values);
        }
    }

    /// Applies constraints until nothing changes. `changed` is the set of facts that have just changed, and `acting` returns the indexes of the
    /// constraints to apply after such a change, in order. Returns `false` if a constraint is broken.
    fn narrow(&mut self, mut changed: FactSet, acting: impl Fn(FactSet) -> Vec<usize>) -> bool {
        while !changed.is_empty() {
            let constraints = acting(changed).into_iter().map(|index| (index, &self.guide.constraints[index]));
            let mut more = FactSet::EMPTY;
            if narrow_once(&mut self.facts, constraints, |_, fact| more = more.union(FactSet::only(fact))).is_err() {
                return false;
            }
            changed = more;
        }
        true
    }

    /// Saves everything that a change of `fact` can affect, so that the change can be undone.
    fn save(&mut self, fact: FactId) {
        let Self { facts, derived, dependencies, saved_facts, saved_derived, .. } = self;
        saved_facts.clear();
        saved_facts.extend(dependencies.groups[fact.index()].iter().map(|fact| (fact, facts[fact])));
        saved_derived.clear();
        saved_derived.extend(dependencies.derived[fact.index()].iter().map(|index| (*index, derived[*index].take())));
    }
}
