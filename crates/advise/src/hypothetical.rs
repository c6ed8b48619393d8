//! Asking "what if less were stated" or "what if this were so" without working everything out anew.

use std::cell::Cell;

use sarcoguide_model::{Decimal, DerivedId, FactId, Guide, ValueSet};

use crate::answers::Answer;
use crate::dependencies::Dependencies;
use crate::evaluate::{FactState, Facts, Knowledge, State, narrow_once, possible_values};
use crate::fact_set::FactSet;

/// A state to try things on. It works out a derived fact when asked for it, and knows how to go back one step.
#[derive(Debug)]
pub(crate) struct Hypothetical<'a> {
    guide: &'a Guide,
    dependencies: &'a Dependencies,
    facts: Facts,
    /// For each derived fact what it is, where that has been asked.
    derived: Vec<Cell<Option<ValueSet>>>,
    saved_facts: Vec<(FactId, FactState)>,
    saved_derived: Vec<(usize, Option<ValueSet>)>,
}

impl Knowledge for Hypothetical<'_> {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.facts.possible(fact)
    }

    fn number(&self, fact: FactId) -> Option<Decimal> {
        self.facts.number(fact)
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
        Self { guide, dependencies, facts: state.facts.clone(), derived, saved_facts: Vec::new(), saved_derived: Vec::new() }
    }

    /// Starts from `blank`, where nothing is stated, and adds the facts in `kept` as they are in `stated`; only the constraints at the places in
    /// `can_act` can act on what is known then.
    pub fn with(
        guide: &'a Guide,
        dependencies: &'a Dependencies,
        blank: &State,
        (kept, stated): (FactSet, &Facts),
        can_act: &[usize],
    ) -> Self {
        let derived = vec![Cell::new(None); blank.derived.len()];
        let facts = blank.facts.clone();
        let mut hypothetical = Self { guide, dependencies, facts, derived, saved_facts: Vec::new(), saved_derived: Vec::new() };
        for fact in kept.iter() {
            hypothetical.facts[fact] = stated[fact];
        }
        hypothetical.narrow(kept, can_act);
        hypothetical
    }

    /// Makes `fact` so. False if a constraint speaks against it.
    pub fn suppose(&mut self, fact: FactId, answer: Answer) -> bool {
        self.save(fact);
        match answer {
            Answer::Number(number) => self.facts[fact].number = Some(number),
            Answer::Values(values) => self.facts[fact].possible = values,
        }
        self.narrow(FactSet::only(fact), &self.dependencies.all)
    }

    /// Goes back to where the last step began.
    pub fn undo(&mut self) {
        for (fact, state) in self.saved_facts.drain(..) {
            self.facts[fact] = state;
        }
        for (index, values) in self.saved_derived.drain(..) {
            self.derived[index].set(values);
        }
    }

    /// Lets the constraints at the places in `can_act` act, where `news` are the facts that are new. False if one is broken.
    fn narrow(&mut self, mut news: FactSet, can_act: &[usize]) -> bool {
        while !news.is_empty() {
            let acting = can_act.iter().filter(|index| self.dependencies.touched[**index].meets(news));
            let constraints = acting.map(|index| (*index, &self.guide.constraints[*index]));
            let mut more = FactSet::EMPTY;
            if narrow_once(&mut self.facts, constraints, |_, fact| more = more.union(FactSet::only(fact))).is_err() {
                return false;
            }
            news = more;
        }
        true
    }

    /// Begins a step that changes `fact`.
    fn save(&mut self, fact: FactId) {
        let Self { facts, derived, dependencies, saved_facts, saved_derived, .. } = self;
        saved_facts.clear();
        saved_facts.extend(dependencies.groups[fact.index()].iter().map(|fact| (fact, facts[fact])));
        saved_derived.clear();
        saved_derived.extend(dependencies.derived[fact.index()].iter().map(|index| (*index, derived[*index].take())));
    }
}
