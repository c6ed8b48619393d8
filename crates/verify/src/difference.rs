//! Which cases two guides answer differently.

use num_bigint::BigUint;
use sarcoguide_advise::{State, verdict};
use sarcoguide_model::{Case, Fact, Guide, TreatmentId, Verdict};

use crate::compiled::Compiled;
use crate::describe::which;
use crate::space::Space;
use crate::statements::{Changes, changes};
use crate::translate::{translated, union};
use crate::witness::witness;

/// How two guides differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The facts of both, over which witnesses are cases.
    pub facts: Vec<Fact>,
    /// What is said otherwise.
    pub statements: Changes,
    /// Cases that are possible in both guides, every fact stated.
    pub cases: BigUint,
    /// The verdicts that change. A treatment that a guide does not have is not indicated there.
    pub verdicts: Vec<VerdictChange>,
}

/// The cases in which a treatment has one verdict in the old guide and another in the new one.
#[derive(Clone, Debug)]
pub struct VerdictChange {
    /// The treatment's id.
    pub treatment: String,
    /// The old verdict.
    pub from: Verdict,
    /// The new one.
    pub to: Verdict,
    /// In how many cases.
    pub cases: BigUint,
    /// Which these are, in the language of the guide's conditions: each line is a group of them, none can be left out.
    pub which: Vec<String>,
    /// Whether those lines are all of them.
    pub complete: bool,
    /// One of them from which no fact can be left out, tried on both guides by the reference evaluator.
    pub witness: Option<Case>,
}

/// How `new` differs from `old`, in words and by proof over all cases.
#[must_use]
pub fn difference(old: &Guide, new: &Guide) -> Difference {
    let facts = union(old, new);
    let (before, after) = (translated(old, &facts), translated(new, &facts));
    let of = |guide| Compiled::within(guide, Space::of(&[&before, &after]));
    let (old_rules, new_rules) = (of(&before), of(&after));
    let both = old_rules.cases.and(&new_rules.cases);
    // A treatment that a guide does not have is not indicated there.
    let cases_with = |rules: &Compiled, id: Option<TreatmentId>, verdict: Verdict| match id {
        Some(id) => rules.verdict(id, verdict).and(&both),
        None if verdict == Verdict::NotIndicated => both.clone(),
        None => rules.space.none(),
    };
    let answer = |guide: &Guide, id: Option<TreatmentId>, state: &State| match id {
        Some(id) => verdict(guide, &guide.treatments[id.index()], state),
        None => Verdict::NotIndicated,
    };
    let removed = old.treatments.iter().filter(|treatment| new.treatment(&treatment.id).is_none());
    let mut verdicts = Vec::new();
    for treatment in new.treatments.iter().chain(removed) {
        let (old_id, new_id) = (old.treatment(&treatment.id), new.treatment(&treatment.id));
        for from in Verdict::ALL {
            let had = cases_with(&old_rules, old_id, from);
            for to in Verdict::ALL.into_iter().filter(|to| *to != from) {
                let changed = had.and(&cases_with(&new_rules, new_id, to));
                if changed.is_false() {
                    continue;
                }
                let (which, complete) = which(&after, &new_rules.space, &changed, &both);
                let witness = witness(&after, &new_rules.space, &changed, |case, state| {
                    let was = State::of(&before, case).map(|state| answer(&before, old_id, &state));
                    was == Ok(from) && answer(&after, new_id, state) == to
                });
                verdicts.push(VerdictChange {
                    treatment: treatment.id.clone(),
                    from,
                    to,
                    cases: changed.exact_cardinality(),
                    which,
                    complete,
                    witness,
                });
            }
        }
    }
    Difference { facts, statements: changes(old, new), cases: both.exact_cardinality(), verdicts }
}
