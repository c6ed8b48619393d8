use num_bigint::BigUint;
use sarcoguide_model::{Guide, TreatmentId, Verdict};

use crate::compiled::Compiled;
use crate::open::Open;
use crate::set::{Bounded, Set};

/// In how many cases a treatment has each verdict.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VerdictCounts {
    /// It is recommended.
    pub indicated: BigUint,
    /// Open facts decide.
    pub possible: BigUint,
    /// It would be recommended, but a contraindication holds.
    pub contraindicated: BigUint,
    /// It would be recommended, but is off the market.
    pub unavailable: BigUint,
    /// It is not recommended.
    pub not_indicated: BigUint,
}

/// In how many cases one treatment has each verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentCounts {
    pub treatment: TreatmentId,
    /// Among the cases of which every fact is stated. None where that is too large to be counted.
    pub stated: Option<VerdictCounts>,
    /// Among the cases that may leave facts open, every way of leaving facts open counted as a case of its own. None where that is too
    /// large to be counted.
    pub open: Option<VerdictCounts>,
}

/// Exact numbers of cases. A range of numbers between two cut points of the guide counts as one answer. None of what is too large to be
/// counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Possible cases of which every fact is stated.
    pub stated: Option<BigUint>,
    /// Those that the guide covers.
    pub in_scope: Option<BigUint>,
    /// Possible cases that may leave facts open.
    pub open: Option<BigUint>,
    /// For every treatment.
    pub treatments: Vec<TreatmentCounts>,
}

impl Counts {
    pub(crate) fn of(guide: &Guide, compiled: Option<&Compiled>, open: Option<&Open>) -> Self {
        // Without all constraints there would be too many cases.
        let compiled = compiled.filter(|compiled| compiled.left_out.is_empty());
        let open = open.and_then(|open| Some((open, open.consistent().ok()?)));
        let treatment = |index: usize| {
            let id = TreatmentId::new(index);
            TreatmentCounts {
                treatment: id,
                stated: compiled.and_then(|compiled| stated(compiled, id).ok()),
                open: open.as_ref().and_then(|(open, all)| open.counts(all, &guide.treatments[index]).ok()),
            }
        };
        Self {
            stated: compiled.and_then(|compiled| compiled.cases.count().ok()),
            in_scope: compiled.and_then(|compiled| compiled.scope().and_then(Set::count).ok()),
            open: open.as_ref().and_then(|(open, all)| open.count(all).ok()),
            treatments: (0..guide.treatments.len()).map(treatment).collect(),
        }
    }
}

fn stated(compiled: &Compiled, treatment: TreatmentId) -> Bounded<VerdictCounts> {
    let count = |verdict| compiled.verdict(treatment, verdict)?.count();
    Ok(VerdictCounts {
        indicated: count(Verdict::Indicated)?,
        possible: BigUint::default(),
        contraindicated: count(Verdict::Contraindicated)?,
        unavailable: count(Verdict::Unavailable)?,
        not_indicated: count(Verdict::NotIndicated)?,
    })
}
