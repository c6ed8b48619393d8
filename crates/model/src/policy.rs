use serde::{Deserialize, Serialize};

use crate::{EffectId, Rule, TreatmentId};

/// What a policy requires of treatments, in every possible case where its condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Must {
    /// Each has the verdict `indicated`.
    BeIndicated,
    /// No indication of any of them holds, including former indications of withdrawn treatments.
    NotBeIndicated,
    /// None has the verdict `indicated`.
    NotBeOffered,
    /// Each that has an indication and isn't withdrawn has a precaution or contraindication about a fact of the policy's condition.
    CarryAPrecaution,
    /// At least one has the verdict `indicated`, and not only in clinical trials.
    OneBeIndicated,
    /// If a treatment has an indication and isn't withdrawn, its precautions and contraindications that use only facts of the policy's condition
    /// apply exactly where that condition holds.
    WarnExactly,
    /// If a treatment has an indication, the policy's effect concerns exactly the people for whom its condition holds. Treatments that don't
    /// name the effect, or that name it for everyone, don't count.
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

    /// The ID in files and output.
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

/// A statement that must always hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its ID in files and output.
    pub id: String,
    pub text: String,
    /// When it applies.
    pub rule: Rule,
    /// The treatments that it's about.
    pub over: Vec<TreatmentId>,
    pub must: Must,
    /// The effect of [`Must::TellExactly`].
    pub effect: Option<EffectId>,
}
