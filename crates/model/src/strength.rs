use serde::{Deserialize, Serialize};

/// What the sources say about a treatment in a situation, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// The sources recommend it, or call it usual.
    Recommended,
    /// The sources name it as one option.
    Option,
    /// The sources doubt its value, or disagree on it.
    NotProven,
    /// It's available only in clinical trials. It never counts among what fits.
    TrialOnly,
}

impl Standing {
    /// Every standing, best first.
    pub const ALL: [Self; 4] = [Self::Recommended, Self::Option, Self::NotProven, Self::TrialOnly];

    /// The ID in files and output, for instance `not_proven`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Option => "option",
            Self::NotProven => "not_proven",
            Self::TrialOnly => "trial_only",
        }
    }
}

/// How strongly the sources recommend a treatment, in their own terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// Its ID in files and output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// The standing that it means, independent of the source's terms.
    pub standing: Standing,
    /// Whether it marks main treatments. V004 reports a main treatment that is contraindicated with nothing to replace it.
    pub main: bool,
}
