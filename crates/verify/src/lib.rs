//! Proves properties of a guide over all possible cases, and compares guides.
//!
//! The rules of a guide are converted to decision diagrams over the guide's facts. A diagram represents a set of cases without
//! listing them, so the set can be very large. Sets can be combined, compared and counted exactly. [`prove`] looks for
//! contradictions and for cases that the rules don't cover, and counts verdicts. [`difference`] finds the cases in which two guides
//! give different verdicts. Each finding about cases has a witness: a case that shows it. The reference evaluator, which doesn't
//! use diagrams, confirms each witness.
//!
//! ```
//! use sarcoguide_verify::{difference, prove};
//!
//! # let guide = sarcoguide_testkit::empty_guide(Vec::new());
//! // A guide without facts and treatments has one possible case, in which nothing is indicated.
//! let proof = prove(&guide);
//! assert!(proof.unproved.is_empty());
//!
//! let same = difference(&guide, &guide);
//! assert!(same.verdicts.is_empty());
//! ```

mod accepted;
pub mod cases;
mod checks;
mod compiled;
mod counts;
mod describe;
mod difference;
mod finding;
mod found;
mod kleene;
mod open_cases;
mod pieces;
mod policies;
mod rules;
mod set;
mod source_diff;
mod space;
mod staleness;
mod statements;
mod translate;
mod triage;
mod unproved;
mod witness;

use sarcoguide_model::Guide;

use accepted::{AcceptanceResult, Warning};
use compiled::Compiled;
use open_cases::OpenCases;
use set::{Bounded, Set};
use unproved::Notes;

pub use accepted::Proposal;
pub use counts::{Counts, GapCounts, TreatmentCounts, VerdictCounts};
pub use difference::{Difference, VerdictChange, difference};
pub use finding::{Code, Finding, Subject};
pub use set::Limits;
pub use source_diff::{AffectedCondition, AffectedPassage, PassageChange, Piece, SourceComparison, source_diff};
pub use staleness::{StaleStatement, Staleness, staleness, superseded};
pub use statements::{Change, Changes, GuideStatement, statements};
pub use unproved::Unproved;

/// The result of proving a guide.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Proof {
    /// The findings, errors first.
    pub findings: Vec<Finding>,
    /// The parts of the guide that are too large to prove, with the questions that stay open because of them. `findings` also has
    /// an entry for each of these parts.
    pub unproved: Vec<Unproved>,
    /// The number of warnings that the guide accepts. They aren't in `findings`.
    pub accepted: usize,
    /// Entries for the guide's list of accepted warnings that would accept the warnings in `findings`.
    pub proposals: Vec<Proposal>,
    /// The number of cases with each verdict, for each treatment.
    pub counts: Counts,
}

/// Proves the properties of `guide`. If a part of the guide is too large to prove, the result has a finding that says so, and
/// everything else is still proved.
#[must_use]
pub fn prove(guide: &Guide) -> Proof {
    prove_within(guide, Limits::default())
}

/// Like [`prove`], but with custom size limits.
#[must_use]
pub fn prove_within(guide: &Guide, limits: Limits) -> Proof {
    let mut unproved = Notes::default();
    let compiled = noted(Compiled::of(guide, limits), &mut unproved);
    let complete = compiled.iter().flat_map(|compiled| checks::findings(compiled, &mut unproved)).collect::<Vec<_>>();
    let open = noted(OpenCases::of(guide, limits), &mut unproved);
    // If the constraints allow no case at all, the three-valued evaluation can't have gaps (see `kleene`). `kleene::gaps` doesn't
    // notice this, because it looks only at the facts that each rule depends on.
    let is_possible = compiled.as_ref().is_none_or(|compiled| !compiled.cases.is_empty());
    let kleene::Gaps { found: gaps, incomplete } =
        open.as_ref().filter(|_| is_possible).map(|open| kleene::gaps(open, &mut unproved)).unwrap_or_default();
    let gap_cases: Option<Vec<Set>> = (!incomplete).then(|| gaps.iter().map(|gap| gap.cases.clone()).collect());
    let (mut findings, warnings): (Vec<_>, Vec<_>) = complete.into_iter().partition(|finding| finding.code.is_error());
    let warnings = warnings.into_iter().map(|finding| Warning { finding, cases: None });
    let gaps = gaps.into_iter().map(|gap| Warning { finding: gap.finding, cases: Some(gap.cases) });
    let AcceptanceResult { findings: rest, accepted, proposals } =
        accepted::settle(guide, open.as_ref(), warnings.chain(gaps).collect(), &unproved);
    findings.extend(rest);
    let unproved = unproved.list();
    findings.extend(unproved.iter().map(|part| part.finding(guide)));
    findings.extend(triage::findings(guide));
    findings.sort_by_key(|finding| (!finding.code.is_error(), finding.code, finding.subject));
    let counts = Counts::of(guide, compiled.as_ref(), open.as_ref(), gap_cases.as_deref());
    Proof { findings, unproved, accepted, proposals, counts }
}

/// Returns only the errors about complete cases of a guide. This is faster than [`prove`], because it doesn't look at cases with
/// unknown facts and doesn't count cases.
#[must_use]
pub fn errors(guide: &Guide) -> Vec<Finding> {
    let mut unproved = Notes::default();
    let compiled = noted(Compiled::of(guide, Limits::default()), &mut unproved);
    let mut findings = compiled.iter().flat_map(|compiled| checks::findings(compiled, &mut unproved)).collect::<Vec<_>>();
    findings.extend(unproved.list().iter().map(|part| part.finding(guide)));
    findings.retain(|finding| finding.code.is_error());
    findings
}

/// Returns the result of a computation for the whole guide. If the guide is too large for it, adds a note and returns `None`.
fn noted<T>(outcome: Bounded<T>, unproved: &mut Notes) -> Option<T> {
    outcome.map_err(|why| unproved.leave_out(why.subject(Subject::Guide))).ok()
}
