use std::cell::RefCell;
use std::collections::BTreeMap;

use sarcoguide_model::Guide;

use crate::dependencies::Dependencies;
use crate::evaluate::{Facts, State};
use crate::explain::Justification;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// One case with what follows from it.
pub(crate) struct Evaluation<'a> {
    /// The facts that it states.
    pub facts: FactSet,
    /// What it says and nothing more.
    pub stated: Facts,
    /// What it says with what follows from it.
    pub state: State,
    /// The constraints that act on the case, or would if one fact less were stated: on a part of the case no others can act.
    pub live: Vec<usize>,
    pub guide: &'a Guide,
    pub dependencies: &'a Dependencies,
    /// What holds if nothing is stated.
    pub blank: &'a State,
    /// What would be if only these facts were stated, as far as it was asked: many treatments rest on the same few.
    pub less: RefCell<BTreeMap<FactSet, Hypothetical<'a>>>,
    pub justification: Justification,
}

impl<'a> Evaluation<'a> {
    /// A subset of `enough`, which forces something, from which no fact can be taken without losing it.
    ///
    /// `from_nothing` says whether it is forced when nothing is stated at all.
    pub fn minimal(&self, enough: FactSet, from_nothing: bool, forced: impl Fn(&Hypothetical) -> bool) -> FactSet {
        if from_nothing {
            return FactSet::EMPTY;
        }
        if enough.len() < 2 {
            return enough;
        }
        debug_assert!(self.stating(enough, &forced));
        let mut kept = enough;
        for fact in enough.iter() {
            let fewer = kept.without(fact);
            // What is not forced by all other facts is not forced by fewer. Many reasons ask that of the same fact, and few facts get past it.
            let spared = || self.stating(self.facts.without(fact), &forced);
            if !fewer.is_empty() && spared() && self.stating(fewer, &forced) {
                kept = fewer;
            }
        }
        kept
    }

    /// Whether something is forced if of the case only the facts in `kept` are stated.
    pub fn stating(&self, kept: FactSet, forced: impl Fn(&Hypothetical) -> bool) -> bool {
        let mut less = self.less.borrow_mut();
        forced(less.entry(kept).or_insert_with(|| self.only(kept)))
    }

    fn only(&self, kept: FactSet) -> Hypothetical<'a> {
        Hypothetical::with(self.guide, self.dependencies, self.blank, (kept, &self.stated), &self.live)
    }
}
