use num_bigint::BigUint;
use sarcoguide_model::{Guide, TreatmentId, Verdict};

use crate::compiled::Compiled;
use crate::kleene::Open;

/// In how many cases a treatment has each verdict.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VerdictCounts {
    /// It is held out.
    pub indicated: BigUint,
    /// Open facts decide.
    pub possible: BigUint,
    /// It would be held out, and something speaks against it.
    pub contraindicated: BigUint,
    /// It would be held out, and is off the market.
    pub unavailable: BigUint,
    /// It is not held out.
    pub not_indicated: BigUint,
}

/// In how many cases one treatment has each verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentCounts {
    /// The treatment.
    pub treatment: TreatmentId,
    /// Among the cases of which every fact is stated.
    pub stated: VerdictCounts,
    /// Among the cases that may leave facts open, every way of leaving facts open counted as a case of its own.
    pub open: VerdictCounts,
}

/// Exact numbers of cases. A range of numbers between two cut points of the guide counts as one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Possible cases of which every fact is stated.
    pub stated: BigUint,
    /// Those that the guide covers.
    pub in_scope: BigUint,
    /// Possible cases that may leave facts open.
    pub open: BigUint,
    /// For every treatment.
    pub treatments: Vec<TreatmentCounts>,
}

impl Counts {
    pub(crate) fn of(guide: &Guide, compiled: &Compiled, open: &Open) -> Self {
        let treatment = |(index, treatment)| {
            let id = TreatmentId::new(index);
            let count = |verdict| compiled.verdict(id, verdict).exact_cardinality();
            TreatmentCounts {
                treatment: id,
                stated: VerdictCounts {
                    indicated: count(Verdict::Indicated),
                    possible: BigUint::default(),
                    contraindicated: count(Verdict::Contraindicated),
                    unavailable: count(Verdict::Unavailable),
                    not_indicated: count(Verdict::NotIndicated),
                },
                open: open.counts(treatment),
            }
        };
        Self {
            stated: compiled.cases.exact_cardinality(),
            in_scope: compiled.scope.exact_cardinality(),
            open: open.count_all(),
            treatments: guide.treatments.iter().enumerate().map(treatment).collect(),
        }
    }
}
