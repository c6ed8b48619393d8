use serde::{Deserialize, Serialize};

use crate::Case;
use crate::closed_set::closed_set;

closed_set! {
    /// A kind of warning from the proofs (`sarcoguide_verify`) that a guide can accept.
    pub enum Acceptable {
        /// In every case where the indication holds, another indication of the same treatment also holds, with the same strength, timing
        /// and intent.
        Shadow = "V101",
        /// Like [`Shadow`](Self::Shadow), but the other indication has a different timing or intent.
        ShadowOtherTiming = "V102",
        /// In a case with unknown facts, a condition is unknown although it has the same result for all possible values of these facts.
        KleeneGap = "V103",
    }
}

/// A warning from the proofs that the guide accepts. Accepting it doesn't change any answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub warning: Acceptable,
    /// Why the guide accepts the warning.
    pub reason: String,
    /// The places in the guide where the warning is accepted, with example cases. Never empty.
    pub occurrences: Vec<Occurrence>,
}

/// Places in the guide with the same warning, and one case that triggers it at each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The names of the places, as returned by [`Guide::place_name`](crate::Guide::place_name),
    /// [`Guide::derived_name`](crate::Guide::derived_name) or [`Guide::indications_name`](crate::Guide::indications_name).
    pub places: Vec<String>,
    /// A case that triggers the warning, with only the facts that are needed to trigger it.
    pub case: Case,
    /// The line in `accepted.toml` where the entry starts, counted from 1.
    pub line: u32,
}
