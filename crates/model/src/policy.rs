use serde::{Deserialize, Serialize};

use crate::{EffectId, Rule, TreatmentId};

/// What a policy asks of treatments, in every possible case in which its condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Must {
    /// Each has the verdict `indicated`.
    BeIndicated,
    /// No indication of any of them holds, nor, of what is withdrawn, one that it had.
    NotBeIndicated,
    /// None has the verdict `indicated`.
    NotBeOffered,
    /// Each that has an indication and can be had has a precaution or contraindication that rests on a fact of the policy's condition.
    CarryAPrecaution,
    /// At least one has the verdict `indicated`, and not only in clinical trials.
    OneBeIndicated,
    /// Where a treatment that can be had has an indication, its precautions and contraindications that rest on nothing but facts of the policy's condition
    /// speak exactly where that condition holds.
    WarnExactly,
    /// Where a treatment has an indication, the policy's effect concerns exactly those for whom its condition holds. Treatments that do
    /// not name the effect, or name it for everyone, are not meant.
    TellExactly,
}

impl Must {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::BeIndicated,
        Self::NotBeIndicated,
        Self::NotBeOffered,
        Self::CarryAPrecaution,
        Self::OneBeIndicated,
        Self::WarnExactly,
        Self::TellExactly,
    ];

    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::BeIndicated => "be_indicated",
            Self::NotBeIndicated => "not_be_indicated",
            Self::NotBeOffered => "not_be_offered",
            Self::CarryAPrecaution => "carry_a_precaution",
            Self::OneBeIndicated => "one_be_indicated",
            Self::WarnExactly => "warn_exactly",
            Self::TellExactly => "tell_exactly",
        }
    }
}

/// Something that must hold whatever the rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its name in files and output.
    pub id: String,
    pub text: String,
    /// In which cases.
    pub rule: Rule,
    /// Of which treatments.
    pub over: Vec<TreatmentId>,
    pub must: Must,
    /// The effect of which [`Must::TellExactly`] speaks.
    pub effect: Option<EffectId>,
}
