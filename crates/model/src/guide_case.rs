//! Test cases in a guide, with the results that the guide's authors expect.

use crate::{Case, DerivedId, FactId, Standing, TimingId, TreatmentId, Truth, Verdict};

/// A test case in the guide, with the expected results.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideCase {
    /// The path of the file that contains the case.
    pub file: String,
    pub name: String,
    /// A description of the person in one or two sentences.
    pub story: Option<String>,
    /// The facts that the case states.
    pub case: Case,
    /// Whether the guide should cover the case: `in`, `unknown`, or the ID of the out-of-scope entry that the case should match.
    pub scope: Option<String>,
    /// The IDs of the [`NoTreatmentIndicated`](crate::NoTreatmentIndicated) entries that should apply.
    pub no_treatment_indicated: Option<Vec<String>>,
    /// The IDs of the [`Doubt`](crate::Doubt) entries that the case should raise, in the order of the guide. Always checked.
    pub doubts: Vec<String>,
    /// Derived facts, each with the index of the value that it should have.
    pub derived: Vec<(DerivedId, usize)>,
    /// The expected advice on treatments.
    pub expect: Vec<Expectation>,
    /// Lists of treatments. The first scenario should indicate at least one treatment of each list.
    pub first_scenario: Vec<Vec<TreatmentId>>,
}

/// The expected advice on one treatment. The verdict is always checked. Any other field isn't checked if it's `None` or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    pub treatment: TreatmentId,
    pub verdict: Verdict,
    /// The standing; see [`TreatmentAdvice::standing`](crate::TreatmentAdvice::standing).
    pub standing: Option<Standing>,
    /// For a withdrawn treatment, whether a former indication holds.
    pub former_indication: Option<Truth>,
    /// The timings of the indications that hold.
    pub timing: Option<Vec<TimingId>>,
    /// Facts that should be a reason for the verdict (a minimal set of stated facts that forces it), in the order of
    /// [`Guide::facts`](crate::Guide::facts).
    pub reason: Option<Vec<FactId>>,
    /// The facts that can settle the verdict, in the order of [`Guide::facts`](crate::Guide::facts).
    pub missing: Option<Vec<FactId>>,
    /// The number of precautions that apply.
    pub precautions: Option<usize>,
    /// Facts of the case. For each of them, at least one precaution about it should apply.
    pub precautions_for: Vec<FactId>,
    /// The number of outcomes that apply to the person.
    pub outcomes: Option<usize>,
    /// Whether the person declines the treatment.
    pub declined: Option<bool>,
}
