//! Answers a case with a guide: the reference evaluator, reasons, missing facts, next questions.
//!
//! [`evaluate`] is the law: small, plain, never optimised; every other evaluator of a guide must agree with it. [`Advisor`] adds
//! to its verdicts the facts that force them and the facts that would settle them. Nothing here reads the clock, a file or the
//! network, and nothing here knows medicine.

mod advisor;
mod answers;
mod dependencies;
pub mod evaluate;
mod explain;
mod fact_set;
mod hypothetical;
mod questions;
mod reason;

pub use advisor::Advisor;
pub use evaluate::{Knowledge, State, indication_truths, standing, truth, verdict};
pub use fact_set::FactSet;
pub use questions::Questions;
pub use reason::ReasonFault;

use std::sync::Arc;

use sarcoguide_model::{Advice, Case, Contradiction, Guide};

/// Everything that `guide` says about `case`.
///
/// For many cases make one [`Advisor`] and ask it.
///
/// # Errors
///
/// If the case states facts that the guide says cannot hold together.
pub fn advise(guide: impl Into<Arc<Guide>>, case: &Case) -> Result<Advice, Contradiction> {
    Advisor::new(guide).advise(case)
}
