use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Advice, Guide, PartialDate, Verdict};

/// The verdicts that a guide gave when a case was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAnswer {
    /// The content hash of the guide at that time.
    pub guide: String,
    /// The revision date of the guide at that time.
    pub revised: Option<PartialDate>,
    /// The verdicts by treatment ID. A treatment that is missing here was `not_indicated`, or wasn't in the guide.
    pub verdicts: BTreeMap<String, Verdict>,
}

impl EarlierAnswer {
    /// Creates the record to save with a case, from the guide's current advice on it.
    #[must_use]
    pub fn new(guide: &Guide, advice: &Advice) -> Self {
        let entries = advice.treatments.iter().filter(|entry| entry.verdict != Verdict::NotIndicated);
        let verdicts = entries.map(|entry| (guide[entry.treatment].id.clone(), entry.verdict)).collect();
        Self { guide: guide.content_hash.clone(), revised: guide.revised, verdicts }
    }

    /// Returns the verdict on the treatment with the ID `treatment`, or `NotIndicated` if it has no entry.
    #[must_use]
    pub fn verdict(&self, treatment: &str) -> Verdict {
        self.verdicts.get(treatment).copied().unwrap_or(Verdict::NotIndicated)
    }
}
