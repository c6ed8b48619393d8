use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;

closed_set! {
    /// How the sources rate a treatment in a situation, the best rating first. Every guide has the same standings, but defines its own
    /// [strengths](Strength).
    pub enum Standing {
        /// The sources recommend the treatment or call it usual.
        Recommended = "recommended",
        /// The sources mention the treatment as one option.
        Option = "option",
        /// The sources doubt that the treatment helps, or disagree about it.
        NotProven = "not_proven",
        /// The treatment is available only in clinical trials. It's never counted among the treatments that fit.
        TrialOnly = "trial_only",
    }
}

/// How strongly the sources recommend a treatment, in their own terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// The ID in guide files and in output.
    pub id: String,
    pub name: String,
    pub help: String,
    /// The standing that corresponds to this strength.
    pub standing: Standing,
    /// Whether treatments with this strength are main treatments. If a main treatment can be contraindicated and nothing replaces it, the
    /// proofs report this (V004 in `docs/verification.md`).
    pub main: bool,
}
