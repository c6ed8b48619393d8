use serde::{Deserialize, Serialize};

use crate::Case;

/// A kind of warning that a guide can accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Acceptable {
    /// An indication holds only where another of the same treatment, strength, timing and intent does.
    Shadow,
    /// The same, with another timing or intent.
    ShadowElsewhere,
    /// The evaluation is unknown although every completion of the case gives the same result.
    KleeneGap,
}

impl Acceptable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shadow, Self::ShadowElsewhere, Self::KleeneGap];

    /// The code in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Shadow => "V101",
            Self::ShadowElsewhere => "V102",
            Self::KleeneGap => "V103",
        }
    }
}

/// A warning of a proof that the guide accepts. It changes no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub warning: Acceptable,
    /// Why it is accepted.
    pub reason: String,
    /// The places with the warning, and the cases that show it; at least one.
    pub shown: Vec<Shown>,
}

/// Places with the same warning, and a case that shows it at each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The names of the places: [`Guide::place_name`](crate::Guide::place_name),
    /// [`Guide::derived_name`](crate::Guide::derived_name), [`Guide::indications_name`](crate::Guide::indications_name).
    pub places: Vec<String>,
    /// A case that shows it, without facts that aren't needed.
    pub case: Case,
    /// The line in `accepted.toml` where it starts, from 1.
    pub line: u32,
}
