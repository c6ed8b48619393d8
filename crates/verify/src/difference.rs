//! Finds the cases in which two guides give different verdicts.

use num_bigint::BigUint;
use sarcoguide_advise::{State, verdict};
use sarcoguide_model::{Case, Fact, Guide, Verdict};

use crate::compiled::Compiled;
use crate::describe::which;
use crate::set::{Bounded, Limits, Set, TooLarge};
use crate::space::Space;
use crate::statements::{Changes, changes};
use crate::translate::{translated, union};
use crate::witness::witness;

/// The differences between two guides.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The facts of both guides. Witnesses are cases over these facts.
    pub facts: Vec<Fact>,
    /// The statements that differ.
    pub statements: Changes,
    /// The number of complete cases that are possible in both guides. `None` if it's too large to compute.
    pub cases: Option<BigUint>,
    /// The verdicts that change. If only one guide has a treatment, its verdict in the other guide is `NotIndicated`.
    pub verdicts: Vec<VerdictChange>,
    /// The IDs of treatments whose rules are too large to compare.
    pub unproved: Vec<String>,
}

/// The cases in which a treatment has one verdict in the old guide and another in the new one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct VerdictChange {
    /// The ID of the treatment.
    pub treatment: String,
    pub from: Verdict,
    pub to: Verdict,
    /// The number of cases. `None` if it's too large to compute.
    pub cases: Option<BigUint>,
    /// The cases, written as conditions in the language of the guide. Each line is a group of cases, and covers some cases
    /// that no other line covers.
    pub which: Vec<String>,
    /// Whether `which` covers all of the cases.
    pub complete: bool,
    /// A case that shows the change, confirmed by the reference evaluator with both guides. None of its facts can be left out.
    pub witness: Option<Case>,
}

/// Compares the statements of two guides, and their verdicts over all cases that are possible in both.
#[must_use]
pub fn difference(old: &Guide, new: &Guide) -> Difference {
    let facts = union(old, new);
    let (before, after) = (translated(old, &facts), translated(new, &facts));
    let rules = |guide| Compiled::within(guide, Space::of(&[&before, &after], Limits::default())?);
    let compared = rules(&before).and_then(|old| Compared::of(old, rules(&after)?)).ok().filter(Compared::is_whole);
    let removed = old.treatments.iter().filter(|treatment| new.treatment(&treatment.id).is_none());
    let treatments = new.treatments.iter().chain(removed).map(|treatment| treatment.id.as_str());
    let (mut verdicts, mut unproved) = (Vec::new(), Vec::new());
    for treatment in treatments {
        match compared.as_ref().ok_or(TooLarge::Itself).and_then(|compared| compared.changes(treatment)) {
            Ok(changes) => verdicts.extend(changes),
            Err(_) => unproved.push(treatment.to_owned()),
        }
    }
    let cases = compared.and_then(|compared| compared.both.count().ok());
    Difference { facts, statements: changes(old, new), cases, verdicts, unproved }
}

/// Two guides with the same facts, whose rules are compiled.
struct Compared<'g> {
    old: Compiled<'g>,
    new: Compiled<'g>,
    /// The cases that are possible in both guides.
    both: Set,
}

impl<'g> Compared<'g> {
    fn of(old: Compiled<'g>, new: Compiled<'g>) -> Bounded<Self> {
        let both = old.cases.and(&new.cases)?;
        Ok(Self { old, new, both })
    }

    /// Whether no constraint was left out, so that the sets of possible cases are exact.
    fn is_whole(&self) -> bool {
        self.old.left_out.is_empty() && self.new.left_out.is_empty()
    }

    /// Among the cases that are possible in both guides, returns those in which a treatment has `verdict` in the guide of `rules`. If
    /// that guide doesn't have the treatment, the verdict is `NotIndicated`.
    fn cases_with(&self, rules: &Compiled, treatment: &str, verdict: Verdict) -> Bounded<Set> {
        match rules.guide.treatment(treatment) {
            Some(id) => rules.verdict(id, verdict)?.and(&self.both),
            None if verdict == Verdict::NotIndicated => Ok(self.both.clone()),
            None => Ok(rules.space().none()),
        }
    }

    /// Returns the changes of the verdict on a treatment, one for each pair of an old verdict and a different new one.
    fn changes(&self, treatment: &str) -> Bounded<Vec<VerdictChange>> {
        let Self { old, new, both } = self;
        let mut changes = Vec::new();
        for from in Verdict::ALL {
            let had = self.cases_with(old, treatment, from)?;
            for to in Verdict::ALL.into_iter().filter(|to| *to != from) {
                let changed = had.and(&self.cases_with(new, treatment, to)?)?;
                if changed.is_empty() {
                    continue;
                }
                let (which, complete) = which(new.guide, new.space(), &changed, both);
                let witness = witness(new.guide, new.space(), &changed, |case, state| {
                    let was = State::without_soft_constraints(old.guide, case).map(|state| answer(old.guide, treatment, &state));
                    was == Ok(from) && answer(new.guide, treatment, state) == to
                });
                changes.push(VerdictChange {
                    treatment: treatment.to_owned(),
                    from,
                    to,
                    cases: changed.count().ok(),
                    which,
                    complete,
                    witness,
                });
            }
        }
        Ok(changes)
    }
}

/// Returns the verdict of the reference evaluator on a treatment.
fn answer(guide: &Guide, treatment: &str, state: &State) -> Verdict {
    guide.treatment(treatment).map_or(Verdict::NotIndicated, |id| verdict(guide, &guide[id], state))
}
