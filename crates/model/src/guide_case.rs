//! Cases that stand in a guide, with what is expected of them.

use crate::{Case, DerivedId, FactId, Standing, TimingId, TreatmentId, Truth, Verdict};

/// A case that stands in the guide, with what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideCase {
    /// The file that it stands in.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The person in a sentence or two.
    pub story: Option<String>,
    /// The facts.
    pub case: Case,
    /// `in`, `unknown`, or the name of what it is outside of.
    pub scope: Option<String>,
    /// The reasons why nothing is due that hold, by name.
    pub no_treatment_indicated: Option<Vec<String>>,
    /// Derived facts and the value, by place, that each should have.
    pub derived: Vec<(DerivedId, usize)>,
    /// What is expected of treatments.
    pub expect: Vec<Expectation>,
}

/// What is expected of one treatment in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The treatment.
    pub treatment: TreatmentId,
    /// The verdict.
    pub verdict: Verdict,
    /// The best standing.
    pub standing: Option<Standing>,
    /// For what is withdrawn, whether its former indication holds.
    pub former_indication: Option<Truth>,
    /// The timings of the indications that hold.
    pub timing: Option<Vec<TimingId>>,
    /// The facts that force the verdict, in the order of the vocabulary.
    pub reason: Option<Vec<FactId>>,
    /// The facts that would settle it, in the order of the vocabulary.
    pub missing: Option<Vec<FactId>>,
    /// How many precautions apply.
    pub precautions: Option<usize>,
    /// Facts of the case that precautions which apply are about, where that is asserted.
    pub precautions_for: Vec<FactId>,
    /// How many of its results concern the person.
    pub outcomes: Option<usize>,
    /// Whether the person declines it.
    pub declined: Option<bool>,
}
