//! What is said to a person, and how urgent it is.

use serde::{Deserialize, Serialize};

use crate::PassageId;
use crate::closed_set::closed_set;

/// One sentence or short paragraph shown to a person, with the passages behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub text: String,
    /// The passages that it rests on; at least one.
    pub from: Vec<PassageId>,
}

closed_set! {
    /// How soon an adverse effect needs help.
    pub enum Urgency {
        /// Call the emergency number now.
        Emergency = "emergency",
        /// Call the team now, day or night.
        Now = "now",
        /// Call the team today.
        SameDay = "same_day",
        /// Tell them at the next visit.
        NextVisit = "next_visit",
    }
}
