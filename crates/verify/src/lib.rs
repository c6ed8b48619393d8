//! Proves things about a guide over all possible cases, with a case as witness for whatever it finds.
//!
//! The rules of a guide become decision diagrams over its facts: sets of cases that can be joined, compared and counted exactly,
//! however many there are. [`prove`] looks for what should not be and counts verdicts; [`difference`] finds the cases that two guides answer differently. Every witness has been tried on the reference
//! evaluator, which knows nothing of diagrams.

mod against;
mod ages;
mod checks;
mod compiled;
mod counts;
mod describe;
mod difference;
mod finding;
mod kleene;
mod pieces;
mod policies;
mod space;
mod statements;
mod translate;
mod witness;

use sarcoguide_model::Guide;

pub use against::{Asked, Comparison, Fate, Piece, Touched, against};
pub use ages::{Aged, Ages, ages, superseded};
pub use counts::{Counts, TreatmentCounts, VerdictCounts};
pub use difference::{Difference, VerdictChange, difference};
pub use finding::{Code, Finding, Subject};
pub use statements::{Change, Changes, Said, statements};

/// What was proved of a guide.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What should not be, errors first.
    pub findings: Vec<Finding>,
    /// In how many cases each treatment has each verdict.
    pub counts: Counts,
}

/// Proves what can be proved of `guide`.
#[must_use]
pub fn prove(guide: &Guide) -> Proof {
    let compiled = compiled::Compiled::of(guide);
    let open = kleene::Open::of(guide);
    let mut findings = checks::findings(&compiled);
    findings.extend(kleene::findings(&open));
    findings.sort_by_key(|finding| (!finding.code.is_error(), finding.code, finding.subject));
    Proof { findings, counts: counts::Counts::of(guide, &compiled, &open) }
}

/// What is wrong with a guide as far as its fully stated cases go; quicker than [`prove`], and without counts.
#[must_use]
pub fn errors(guide: &Guide) -> Vec<Finding> {
    let findings = checks::findings(&compiled::Compiled::of(guide));
    findings.into_iter().filter(|finding| finding.code.is_error()).collect()
}
