use serde::{Deserialize, Serialize};

/// What the sources make of a treatment in a situation, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// They recommend it, or call it usual.
    Recommended,
    /// They name it as one option.
    Option,
    /// They doubt its value, or disagree on it.
    NotProven,
    /// They know it from trials only. It is never counted among what fits.
    TrialOnly,
}

impl Standing {
    /// Every standing, best first.
    pub const ALL: [Self; 4] = [Self::Recommended, Self::Option, Self::NotProven, Self::TrialOnly];

    /// The name in files and output, for instance `not_proven`.
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
    /// Its name in files and output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// What it comes to, whatever the terms of the source.
    pub standing: Standing,
    /// Whether it is that of a main treatment, which must not be advised against with nothing in its place.
    pub main: bool,
}
