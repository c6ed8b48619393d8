//! Evaluates a case against a guide: verdicts, reasons, missing facts and the next questions.
//!
//! [`evaluate`] is the reference evaluator. It's small and simple, and every other evaluator, such as the proofs in
//! `sarcoguide_verify`, must agree with it. [`Advisor`] also returns, for each verdict, the facts that force it or the missing facts
//! that could settle it. This crate doesn't read the clock, files or the network, and it contains no medical knowledge.
//!
//! ```
//! use sarcoguide_advise::advise;
//! use sarcoguide_model::{Case, Verdict};
//!
//! let guide = sarcoguide_bundled::guide();
//! let nothing_is_known = Case::unknown(guide.facts.len());
//!
//! let advice = advise(guide.clone(), &nothing_is_known).expect("no contradiction");
//! assert_eq!(advice.treatments.len(), guide.treatments.len());
//! assert!(advice.treatments.iter().any(|entry| entry.verdict == Verdict::Possible));
//! ```

mod advisor;
mod answers;
mod conflicts;
mod dependencies;
mod doubts;
mod draft;
pub mod evaluate;
mod evaluation;
mod explain;
mod fact_set;
mod hypothetical;
mod interview;
mod questions;
mod rare;
mod reason;
mod scenarios;
pub mod triage;

pub use advisor::Advisor;
pub use evaluate::{Knowledge, State, indication_truths, standing, truth, verdict};
pub use fact_set::FactSet;
pub use questions::Questions;
pub use reason::ReasonFault;
pub use scenarios::MAX_SCENARIOS;

use std::sync::Arc;

use sarcoguide_model::{Advice, Case, Contradiction, Guide};

/// Returns everything that `guide` says about `case`.
///
/// To evaluate many cases, create one [`Advisor`] and call [`Advisor::advise`] for each of them.
///
/// # Errors
///
/// If facts of the case contradict each other, that is, if the case breaks a constraint of the guide.
pub fn advise(guide: impl Into<Arc<Guide>>, case: &Case) -> Result<Advice, Contradiction> {
    Advisor::new(guide).advise(case)
}
