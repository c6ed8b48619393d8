use num_bigint::BigUint;
use sarcoguide_model::{Condition, Guide, Treatment, TreatmentId, Verdict};

use crate::compiled::Compiled;
use crate::open_cases::OpenCases;
use crate::set::{Bounded, Set};

/// The number of cases with each verdict.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct VerdictCounts {
    /// The number of cases with the verdict `Indicated`.
    pub indicated: BigUint,
    /// The number of cases with the verdict `Possible`.
    pub possible: BigUint,
    /// The number of cases with the verdict `Contraindicated`.
    pub contraindicated: BigUint,
    /// The number of cases with the verdict `Unavailable`.
    pub unavailable: BigUint,
    /// The number of cases with the verdict `NotIndicated`.
    pub not_indicated: BigUint,
}

/// The number of cases with each verdict, for one treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TreatmentCounts {
    pub treatment: TreatmentId,
    /// The counts among complete cases. `None` if they are too large to compute.
    pub complete: Option<VerdictCounts>,
    /// The counts among all cases, including those that leave facts unknown. `None` if they are too large to compute.
    pub all: Option<VerdictCounts>,
}

/// How often the three-valued evaluation leaves a result unknown although it's the same in every completion of the case. Gaps that the guide accepts
/// count too.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GapCounts {
    /// The number of conditions of rules, of derived facts, and of treatments whose indications together have a gap.
    pub conditions: usize,
    /// The number of possible cases in which at least one of them has a gap.
    pub cases: BigUint,
}

/// The exact numbers of cases. If no condition of the guide distinguishes two numbers of a numeric fact, they count as the same
/// answer. A count is `None` if it's too large to compute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// The number of possible complete cases.
    pub complete: Option<BigUint>,
    /// The number of possible complete cases that the guide covers.
    pub in_scope: Option<BigUint>,
    /// The number of all possible cases, including those that leave facts unknown.
    pub all: Option<BigUint>,
    /// What the three-valued evaluation misses. `None` if it's too large to compute for a part of the guide.
    pub gaps: Option<GapCounts>,
    /// The counts for each treatment.
    pub treatments: Vec<TreatmentCounts>,
}

impl Counts {
    pub(crate) fn of(guide: &Guide, compiled: Option<&Compiled>, open: Option<&OpenCases>, gaps: Option<&[Set]>) -> Self {
        // If a constraint was left out, the set contains impossible cases, so don't count it.
        let compiled = compiled.filter(|compiled| compiled.left_out.is_empty());
        let open = open.and_then(|open| Some((open, open.consistent().ok()?)));
        let treatment = |index: usize| {
            let id = TreatmentId::new(index);
            TreatmentCounts {
                treatment: id,
                complete: compiled.and_then(|compiled| among_complete_cases(compiled, id).ok()),
                all: open.as_ref().and_then(|(open, all)| among_all_cases(open, all, &guide.treatments[index]).ok()),
            }
        };
        Self {
            complete: compiled.and_then(|compiled| compiled.cases.count().ok()),
            in_scope: compiled.and_then(|compiled| compiled.scope().and_then(Set::count).ok()),
            all: open.as_ref().and_then(|(open, all)| open.count(all).ok()),
            gaps: open.as_ref().zip(gaps).and_then(|((open, all), gaps)| count_gaps(open, all, gaps).ok()),
            treatments: (0..guide.treatments.len()).map(treatment).collect(),
        }
    }
}

/// Counts the `consistent` cases with a gap.
fn count_gaps(open: &OpenCases, consistent: &Set, gaps: &[Set]) -> Bounded<GapCounts> {
    let cases = open.space().any(gaps)?.and(consistent)?;
    Ok(GapCounts { conditions: gaps.len(), cases: open.count(&cases)? })
}

/// Counts the complete cases with each verdict on a treatment.
fn among_complete_cases(compiled: &Compiled, treatment: TreatmentId) -> Bounded<VerdictCounts> {
    let count = |verdict| compiled.verdict(treatment, verdict)?.count();
    Ok(VerdictCounts {
        indicated: count(Verdict::Indicated)?,
        possible: BigUint::default(),
        contraindicated: count(Verdict::Contraindicated)?,
        unavailable: count(Verdict::Unavailable)?,
        not_indicated: count(Verdict::NotIndicated)?,
    })
}

/// Counts the `consistent` cases with each verdict on a treatment.
fn among_all_cases(open: &OpenCases, consistent: &Set, treatment: &Treatment) -> Bounded<VerdictCounts> {
    let guide = open.guide;
    if treatment.is_withdrawn() {
        return Ok(VerdictCounts { unavailable: open.count(consistent)?, ..VerdictCounts::default() });
    }
    let scoped = |entry| Condition::All(guide.scoped(treatment, entry).cloned().collect());
    let indicated = open.truths(&Condition::Any(treatment.indications.iter().map(scoped).collect()))?;
    let contraindicated = treatment.contraindications.iter().map(|entry| entry.rule.when.clone());
    let contraindicated = open.truths(&Condition::Any(contraindicated.collect()))?;
    let undecided_indication = indicated.fails.or(&indicated.holds)?.not();
    let undecided_contraindication = indicated.holds.and_not(&contraindicated.holds)?.and_not(&contraindicated.fails)?;
    let count = |cases: Bounded<Set>| open.count(&cases?.and(consistent)?);
    Ok(VerdictCounts {
        indicated: count(indicated.holds.and(&contraindicated.fails))?,
        contraindicated: count(indicated.holds.and(&contraindicated.holds))?,
        possible: count(undecided_indication.or(&undecided_contraindication))?,
        unavailable: BigUint::default(),
        not_indicated: count(Ok(indicated.fails))?,
    })
}
