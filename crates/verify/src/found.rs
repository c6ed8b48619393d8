//! Collects findings, each with a case that shows it.

use sarcoguide_advise::{State, indication_truths};
use sarcoguide_model::{Guide, Standing, Treatment, Truth};

use crate::compiled::Compiled;
use crate::describe::which;
use crate::finding::{Finding, Subject};
use crate::set::{Bounded, Set, TooLarge};
use crate::unproved::Notes;
use crate::witness::witness;

/// The findings about a guide so far, and what couldn't be proved.
pub(crate) struct Found<'f, 'g> {
    pub compiled: &'f Compiled<'g>,
    pub findings: Vec<Finding>,
    pub unproved: &'f mut Notes,
}

impl Found<'_, '_> {
    /// Adds a finding about `cases`, unless the set is empty. `shows` gets what the reference evaluator derives from a case, and
    /// returns whether the case shows the finding.
    pub fn add(&mut self, finding: Finding, cases: Bounded<Set>, shows: impl Fn(&State) -> bool) {
        self.add_inexact(finding, cases, None, shows);
    }

    /// Like [`add`](Self::add), but if `left` is set, `cases` can contain too many cases, because something was too large to
    /// remove from the set. In that situation, and also if a constraint was left out, the finding is added only if the reference
    /// evaluator confirms one of the cases.
    pub fn add_inexact(&mut self, finding: Finding, cases: Bounded<Set>, left: Option<TooLarge>, shows: impl Fn(&State) -> bool) {
        let cases = match cases {
            Ok(cases) if cases.is_empty() => return,
            Ok(cases) => cases,
            Err(why) => return self.unproved.add(why, finding.code, finding.subject),
        };
        let Compiled { guide, left_out, .. } = self.compiled;
        let space = self.compiled.space();
        let witness = witness(guide, space, &cases, |_, state| shows(state));
        let left = left.or_else(|| left_out.first().map(|place| TooLarge::Below(Subject::Constraint(*place))));
        match (left, &witness) {
            (None, _) => {
                let which = which(guide, space, &cases, &self.compiled.cases);
                let count = cases.count().ok();
                self.findings.push(Finding { cases: count, ..finding.witnessed(witness).which(which) });
            }
            (Some(_), Some(_)) => self.findings.push(finding.witnessed(witness)),
            (Some(why), None) => self.unproved.add(why, finding.code, finding.subject),
        }
    }
}

/// Whether at least one indication of a treatment outside of clinical trials holds, according to the reference evaluator. Always false
/// for a withdrawn treatment.
pub(crate) fn offered(guide: &Guide, treatment: &Treatment, state: &State) -> Truth {
    let truths = treatment.indications.iter().zip(indication_truths(guide, treatment, state));
    let beyond_trials = truths.filter(|(entry, _)| guide.standing(entry) != Standing::TrialOnly);
    beyond_trials.filter(|_| !treatment.is_withdrawn()).fold(Truth::False, |any, (_, truth)| any.or(truth))
}
