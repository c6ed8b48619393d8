use serde::{Deserialize, Serialize};

use crate::closed_set::closed_set;
use crate::{EffectId, Rule, TreatmentId};

closed_set! {
    /// What a policy requires of its treatments. Unless a variant says something else, the requirement applies to every possible case in which
    /// the policy's condition holds.
    pub enum Must {
        /// Each treatment has the verdict `indicated`.
        BeIndicated = "be_indicated",
        /// No indication of any treatment holds. This includes the former indications of withdrawn treatments.
        NotBeIndicated = "not_be_indicated",
        /// No treatment has the verdict `indicated`.
        NotBeOffered = "not_be_offered",
        /// If an indication of a treatment holds, so does a precaution or contraindication that uses a fact of the policy's condition.
        /// Withdrawn treatments are ignored.
        CarryAPrecaution = "carry_a_precaution",
        /// At least one treatment has the verdict `indicated` with a standing other than `trial_only`.
        IndicateOne = "one_be_indicated",
        /// In every possible case where an indication of a treatment holds, the policy's condition holds if and only if a warning does. A
        /// warning here is a precaution or contraindication that uses only facts of the policy's condition, and doesn't hold for everyone.
        /// Withdrawn treatments are ignored.
        WarnExactly = "warn_exactly",
        /// In every possible case where an indication of a treatment holds, the policy's condition holds if and only if the treatment lists
        /// the policy's adverse effect for this case. Treatments that don't list the effect, or list it only for everyone, are ignored.
        ListEffectExactly = "tell_exactly",
    }
}

/// A requirement on the guide's rules. The proofs check it for every possible case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// The ID in guide files and in output.
    pub id: String,
    /// The requirement in words.
    pub text: String,
    /// Holds for the cases that the policy applies to.
    pub rule: Rule,
    /// The treatments that the policy applies to.
    pub over: Vec<TreatmentId>,
    pub must: Must,
    /// The adverse effect for [`Must::ListEffectExactly`]. `None` for other requirements.
    pub effect: Option<EffectId>,
}
