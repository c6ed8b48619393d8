//! What is said to a person, and how urgent it is.

use serde::{Deserialize, Serialize};

use crate::PassageId;

/// One sentence or short paragraph shown to a person, with the passages behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub text: String,
    /// The passages that it rests on; at least one.
    pub from: Vec<PassageId>,
}

/// How soon an adverse effect needs help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Urgency {
    /// Call the emergency number now.
    Emergency,
    /// Call the cancer team now, day or night.
    Now,
    /// Call the team today.
    SameDay,
    /// Tell them at the next visit.
    NextVisit,
}

impl Urgency {
    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Now => "now",
            Self::SameDay => "same_day",
            Self::NextVisit => "next_visit",
        }
    }
}
