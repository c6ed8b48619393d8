use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Advice, Guide, PartialDate, Verdict};

/// What a guide answered when a case was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAnswer {
    /// The content hash of that guide.
    pub guide: String,
    /// When that guide was last changed.
    pub revised: Option<PartialDate>,
    /// The verdicts by the ids of treatments. A treatment that isn't here was `not_indicated`, or not in that guide.
    pub verdicts: BTreeMap<String, Verdict>,
}

impl EarlierAnswer {
    /// The answer that a guide gives now, to be saved.
    #[must_use]
    pub fn new(guide: &Guide, advice: &Advice) -> Self {
        let entries = advice.treatments.iter().filter(|entry| entry.verdict != Verdict::NotIndicated);
        let verdicts = entries.map(|entry| (guide[entry.treatment].id.clone(), entry.verdict)).collect();
        Self { guide: guide.content_hash.clone(), revised: guide.revised, verdicts }
    }

    /// The verdict on a treatment.
    #[must_use]
    pub fn verdict(&self, treatment: &str) -> Verdict {
        self.verdicts.get(treatment).copied().unwrap_or(Verdict::NotIndicated)
    }
}
