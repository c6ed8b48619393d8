//! Asking "what if less were stated" or "what if this were so" without working everything out anew.

use std::cell::Cell;

use sarcoguide_model::{Decimal, DerivedId, FactId, Guide, ValueSet};

use crate::advisor::Sitting;
use crate::answers::Answer;
use crate::evaluate::{Knowledge, State, narrow_once, possible_values};
use crate::fact_set::FactSet;
use crate::ties::Ties;

/// A state to try things on. It works out a derived fact when asked for it, and knows how to go back one step.
#[derive(Debug)]
pub(crate) struct Trial<'a> {
    guide: &'a Guide,
    ties: &'a Ties,
    /// Of its derived facts nothing is used.
    state: State,
    /// For each derived fact what it is, where that has been asked.
    derived: Vec<Cell<Option<ValueSet>>>,
    saved_facts: Vec<(FactId, ValueSet, Option<Decimal>)>,
    saved_derived: Vec<(usize, Option<ValueSet>)>,
}

impl Knowledge for Trial<'_> {
    fn possible(&self, fact: FactId) -> ValueSet {
        self.state.possible(fact)
    }

    fn number(&self, fact: FactId) -> Option<Decimal> {
        self.state.number(fact)
    }

    fn derived(&self, derived: DerivedId) -> ValueSet {
        let cell = &self.derived[derived.index()];
        cell.get().unwrap_or_else(|| {
            let values = possible_values(&self.guide.derived[derived.index()], self);
            cell.set(Some(values));
            values
        })
    }
}

impl<'a> Trial<'a> {
    /// Starts from `state`.
    pub fn new(guide: &'a Guide, ties: &'a Ties, state: &State) -> Self {
        let derived = state.derived.iter().map(|values| Cell::new(Some(*values))).collect();
        Self { guide, ties, state: state.clone(), derived, saved_facts: Vec::new(), saved_derived: Vec::new() }
    }

    /// Starts from a case that states only the facts in `kept` of what that of `sitting` states.
    pub fn keep(&mut self, sitting: &Sitting, kept: FactSet) {
        self.state.possible.copy_from_slice(&sitting.blank.possible);
        self.state.numbers.copy_from_slice(&sitting.blank.numbers);
        kept.iter().for_each(|fact| self.set(fact, &sitting.stated));
        self.derived.iter().for_each(|cell| cell.set(None));
        self.narrow(kept, Some(sitting));
    }

    /// Takes `fact` from what is stated, leaving `kept`.
    pub fn take(&mut self, sitting: &Sitting, kept: FactSet, fact: FactId) {
        self.save(fact);
        let group = self.ties.groups[fact.index()];
        for other in group.iter() {
            self.set(other, if kept.contains(other) { &sitting.stated } else { sitting.blank });
        }
        self.narrow(kept.intersection(group), Some(sitting));
    }

    /// Makes `fact` so. False if a constraint speaks against it.
    pub fn suppose(&mut self, fact: FactId, answer: Answer) -> bool {
        self.save(fact);
        match answer {
            Answer::Number(number) => self.state.numbers[fact.index()] = Some(number),
            Answer::Values(values) => self.state.possible[fact.index()] = values,
        }
        self.narrow(FactSet::only(fact), None)
    }

    /// Goes back to where the last step began.
    pub fn undo(&mut self) {
        for (fact, possible, number) in self.saved_facts.drain(..) {
            self.state.possible[fact.index()] = possible;
            self.state.numbers[fact.index()] = number;
        }
        for (index, values) in self.saved_derived.drain(..) {
            self.derived[index].set(values);
        }
    }

    /// Lets the constraints act, where these facts are what is new. False if one is broken.
    ///
    /// On a part of the case of a sitting only those constraints can act that could act on the whole of it.
    fn narrow(&mut self, mut news: FactSet, part_of: Option<&Sitting>) -> bool {
        let can_act = part_of.map_or(self.ties.all.as_slice(), |sitting| &sitting.live);
        while !news.is_empty() {
            let acting = can_act.iter().filter(|index| self.ties.touched[**index].meets(news));
            let constraints = acting.map(|index| (*index, &self.guide.constraints[*index]));
            let mut more = FactSet::EMPTY;
            if narrow_once(&mut self.state, constraints, |_, fact| more = more.union(FactSet::only(fact))).is_err() {
                return false;
            }
            news = more;
        }
        true
    }

    fn set(&mut self, fact: FactId, from: &State) {
        self.state.possible[fact.index()] = from.possible[fact.index()];
        self.state.numbers[fact.index()] = from.numbers[fact.index()];
    }

    /// Begins a step that changes `fact`.
    fn save(&mut self, fact: FactId) {
        let Self { state, derived, ties, saved_facts, saved_derived, .. } = self;
        saved_facts.clear();
        saved_facts.extend(ties.groups[fact.index()].iter().map(|fact| (fact, state.possible(fact), state.number(fact))));
        saved_derived.clear();
        saved_derived.extend(ties.derived[fact.index()].iter().map(|index| (*index, derived[*index].take())));
    }
}
