use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;

closed_set! {
    /// What the sources say about a treatment in a situation, best first.
    pub enum Standing {
        /// The sources recommend it, or call it usual.
        Recommended = "recommended",
        /// The sources name it as one option.
        Option = "option",
        /// The sources doubt its value, or disagree on it.
        NotProven = "not_proven",
        /// It's available only in clinical trials. It never counts among what fits.
        TrialOnly = "trial_only",
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
