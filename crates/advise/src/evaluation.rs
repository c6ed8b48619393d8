use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

use sarcoguide_model::{Case, Guide, Verdict};

use crate::dependencies::Dependencies;
use crate::evaluate::{Facts, State, verdict};
use crate::explain::Justification;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// What can be derived about a case that states nothing.
#[derive(Clone, Debug)]
pub(crate) struct Blank {
    pub state: State,
    /// For each treatment, the verdict.
    pub verdicts: Vec<Verdict>,
}

impl Blank {
    pub fn of(guide: &Guide, ignored: &[usize]) -> Self {
        let nothing = Case::unknown(guide.facts.len());
        // If even an empty case breaks a constraint of the guide, then every case does, and `advise` always fails. The fallback is then never used
        // for a verdict.
        let state = State::ignoring(guide, &nothing, ignored)
            .unwrap_or_else(|_| State::with_derived(guide, Facts::stated(guide, &nothing), ignored));
        let verdicts = guide.treatments.iter().map(|treatment| verdict(guide, treatment, &state)).collect();
        Self { state, verdicts }
    }
}

/// The evaluation of one case, with everything needed to find minimal reasons.
pub(crate) struct Evaluation<'a> {
    pub case: &'a Case,
    /// The facts that the case states.
    pub facts: FactSet,
    /// The possible values of each fact, before any constraint is applied.
    pub stated: Facts,
    /// The possible values of each fact and derived fact, after the guide's constraints and the tables of its derived facts are
    /// applied.
    pub state: State,
    /// The indexes of the constraints in which all conditions hold, or all except one. No other constraint can narrow a fact,
    /// either in this case or if fewer of its facts are stated.
    pub active_constraints: Vec<usize>,
    pub guide: &'a Guide,
    pub dependencies: &'a Dependencies,
    /// What can be derived about a case that states nothing.
    pub blank: Cow<'a, Blank>,
    /// A cache of the case's variants in which only some of its facts are stated. It saves work because many treatments depend on
    /// the same few facts.
    pub less: RefCell<BTreeMap<FactSet, Hypothetical<'a>>>,
    pub justification: Justification,
}

impl<'a> Evaluation<'a> {
    /// Returns a minimal subset of `enough` that still forces a result, such as a verdict. `enough` must force the result.
    ///
    /// `forced` tests whether a state forces the result. `from_nothing` is whether the result is forced even if no fact is
    /// stated.
    pub fn minimal(&self, enough: FactSet, from_nothing: bool, forced: impl Fn(&Hypothetical) -> bool) -> FactSet {
        if from_nothing {
            return FactSet::EMPTY;
        }
        if enough.len() < 2 {
            return enough;
        }
        debug_assert!(self.forced_by(enough, &forced));
        let mut kept = enough;
        for fact in enough.iter() {
            let fewer = kept.without(fact);
            // If all other facts of the case together don't force the result, then fewer facts don't force it either. This test
            // comes first because all treatments share its cached states, and because most facts need no further test.
            let forced_without = || self.forced_by(self.facts.without(fact), &forced);
            if !fewer.is_empty() && forced_without() && self.forced_by(fewer, &forced) {
                kept = fewer;
            }
        }
        kept
    }

    /// Whether a result is forced if only the facts in `kept` are stated.
    pub fn forced_by(&self, kept: FactSet, forced: impl Fn(&Hypothetical) -> bool) -> bool {
        let mut less = self.less.borrow_mut();
        forced(less.entry(kept).or_insert_with(|| self.only(kept)))
    }

    /// Returns the variant of the case in which only the facts in `kept` are stated.
    fn only(&self, kept: FactSet) -> Hypothetical<'a> {
        Hypothetical::with(self.guide, self.dependencies, &self.blank.state, (kept, &self.stated), &self.active_constraints)
    }
}
