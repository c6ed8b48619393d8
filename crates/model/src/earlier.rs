use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Advice, Guide, PartialDate, Standing, TreatmentAdvice, Verdict};

/// The verdicts and standings that a guide gave when a case was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAnswer {
    /// The content hash of the guide at that time.
    pub guide: String,
    /// The revision date of the guide at that time.
    pub revised: Option<PartialDate>,
    /// The verdicts by treatment ID. A treatment that is missing here was `not_indicated`, or wasn't in the guide.
    pub verdicts: BTreeMap<String, Verdict>,
    /// The standings by treatment ID. A treatment that is missing here had no standing, or the standing wasn't saved.
    pub standings: BTreeMap<String, Standing>,
}

impl EarlierAnswer {
    /// Creates the record to save with a case, from the guide's current advice on it.
    #[must_use]
    pub fn new(guide: &Guide, advice: &Advice) -> Self {
        let entries = || advice.treatments.iter().filter(|entry| entry.verdict != Verdict::NotIndicated);
        let id = |entry: &TreatmentAdvice| guide[entry.treatment].id.clone();
        let verdicts = entries().map(|entry| (id(entry), entry.verdict)).collect();
        let standings = entries().filter_map(|entry| Some((id(entry), entry.standing?))).collect();
        Self { guide: guide.content_hash.clone(), revised: guide.revised, verdicts, standings }
    }

    /// Returns whether the answer came from a guide with different content than `guide`, such as an older version.
    #[must_use]
    pub fn is_from_another(&self, guide: &Guide) -> bool {
        self.guide != guide.content_hash
    }

    /// Returns the verdict on the treatment with the ID `treatment`, or `NotIndicated` if it has no entry.
    #[must_use]
    pub fn verdict(&self, treatment: &str) -> Verdict {
        self.verdicts.get(treatment).copied().unwrap_or(Verdict::NotIndicated)
    }
}
