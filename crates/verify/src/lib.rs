//! Proves things about a guide over all possible cases, with a case as witness for whatever it finds.
//!
//! The rules of a guide become decision diagrams over its facts: sets of cases that can be joined, compared and counted exactly,
//! however many there are. [`prove`] looks for what should not be and counts verdicts; [`difference`] finds the cases that two guides answer differently. Every witness has been tried on the reference
//! evaluator, which knows nothing of diagrams.

mod accepted;
pub mod cases;
mod checks;
mod compiled;
mod counts;
mod describe;
mod difference;
mod finding;
mod kleene;
mod open;
mod pieces;
mod policies;
mod rules;
mod set;
mod source_diff;
mod space;
mod staleness;
mod statements;
mod translate;
mod unproved;
mod witness;

use sarcoguide_model::Guide;

use accepted::{Settled, Warning};
use compiled::Compiled;
use open::Open;
use set::Bounded;
use unproved::Notes;

pub use accepted::Proposal;
pub use counts::{Counts, TreatmentCounts, VerdictCounts};
pub use difference::{Difference, VerdictChange, difference};
pub use finding::{Code, Finding, Subject};
pub use set::Limits;
pub use source_diff::{Asked, Comparison, PassageChange, Piece, Touched, source_diff};
pub use staleness::{StaleStatement, Staleness, staleness, superseded};
pub use statements::{Change, Changes, GuideStatement, statements};
pub use unproved::Unproved;

/// What was proved of a guide.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What should not be, errors first.
    pub findings: Vec<Finding>,
    /// What is too large to be proved, and what is not known because of it. Each is one of the findings too.
    pub unproved: Vec<Unproved>,
    /// How many warnings the guide accepts; they are none of the findings.
    pub accepted: usize,
    /// What the guide would have to say to accept the warnings among them.
    pub proposals: Vec<Proposal>,
    /// In how many cases each treatment has each verdict.
    pub counts: Counts,
}

/// Proves what can be proved of `guide`. What is too large to be proved is a finding too, and everything else is proved all the same.
#[must_use]
pub fn prove(guide: &Guide) -> Proof {
    prove_within(guide, Limits::default())
}

/// The same with other limits to what is too large.
#[must_use]
pub fn prove_within(guide: &Guide, limits: Limits) -> Proof {
    let mut unproved = Notes::default();
    let compiled = noted(Compiled::of(guide, limits), &mut unproved);
    let stated = compiled.iter().flat_map(|compiled| checks::findings(compiled, &mut unproved)).collect::<Vec<_>>();
    let open = noted(Open::of(guide, limits), &mut unproved);
    // Where constraints leave no case possible, none shows a gap: the facts behind one rule do not tell that.
    let is_possible = compiled.as_ref().is_none_or(|compiled| !compiled.cases.is_empty());
    let gaps = open.iter().filter(|_| is_possible).flat_map(|open| kleene::gaps(open, &mut unproved)).collect::<Vec<_>>();
    let (mut findings, warnings): (Vec<_>, Vec<_>) = stated.into_iter().partition(|finding| finding.code.is_error());
    let warnings = warnings.into_iter().map(|finding| Warning { finding, cases: None });
    let gaps = gaps.into_iter().map(|gap| Warning { finding: gap.finding, cases: Some(gap.cases) });
    let Settled { findings: rest, accepted, proposals } =
        accepted::settle(guide, open.as_ref(), warnings.chain(gaps).collect(), &unproved);
    findings.extend(rest);
    let unproved = unproved.list();
    findings.extend(unproved.iter().map(|part| part.finding(guide)));
    findings.sort_by_key(|finding| (!finding.code.is_error(), finding.code, finding.subject));
    Proof { findings, unproved, accepted, proposals, counts: Counts::of(guide, compiled.as_ref(), open.as_ref()) }
}

/// What is wrong with a guide as far as its fully stated cases go; quicker than [`prove`], and without counts.
#[must_use]
pub fn errors(guide: &Guide) -> Vec<Finding> {
    let mut unproved = Notes::default();
    let compiled = noted(Compiled::of(guide, Limits::default()), &mut unproved);
    let mut findings = compiled.iter().flat_map(|compiled| checks::findings(compiled, &mut unproved)).collect::<Vec<_>>();
    findings.extend(unproved.list().iter().map(|part| part.finding(guide)));
    findings.retain(|finding| finding.code.is_error());
    findings
}

/// What was worked out of a whole guide, or a note that it could not be.
fn noted<T>(outcome: Bounded<T>, unproved: &mut Notes) -> Option<T> {
    outcome.map_err(|why| unproved.leave_out(why.subject(Subject::Guide))).ok()
}
