//! Statements for a person to read, and the urgency of adverse effects.

use serde::{Deserialize, Serialize};

use crate::PassageId;
use crate::closed_set::closed_set;

/// A sentence or short paragraph that a person reads, with the passages that it's based on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub text: String,
    /// The passages that the text is based on. Empty only if the authors give a reason instead, for example in
    /// [`RecognizedSign::reason`](crate::RecognizedSign::reason).
    pub from: Vec<PassageId>,
}

closed_set! {
    /// How soon a person with an adverse effect needs help, the most urgent first.
    pub enum Urgency {
        /// The person should call the emergency number now.
        Emergency = "emergency",
        /// The person should call the treatment team now, day or night.
        Now = "now",
        /// The person should call the team today.
        SameDay = "same_day",
        /// The person should mention it at the next visit.
        NextVisit = "next_visit",
    }
}
