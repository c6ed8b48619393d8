//! Evaluates a case against a guide: verdicts, reasons, missing facts and the next questions.
//!
//! [`evaluate`] is the reference evaluator. It's small and plain, and every other evaluator must agree with it. [`Advisor`] adds the facts that force each
//! verdict, and the facts that would settle an open one. This crate reads no clock, file or network, and knows no medicine.
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
mod dependencies;
pub mod evaluate;
mod evaluation;
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
