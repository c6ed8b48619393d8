//! The kinds of cautions, and which of them stand first on a treatment's page.

use sarcoguide_model::{Precaution, Truth};

/// What a caution is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caution {
    Contraindication,
    Precaution,
    /// A precaution for everyone.
    ForEveryone,
    /// A precaution that is part of the strongest warning on the treatment's label.
    OnLabel,
}

impl Caution {
    /// Whether the caution stands first on the treatment's page. `truth` says whether it applies to the case.
    pub(super) fn comes_first(self, truth: Truth) -> bool {
        match self {
            Self::Contraindication | Self::Precaution => truth.is_true(),
            Self::ForEveryone => false,
            Self::OnLabel => true,
        }
    }

    pub(super) fn of(precaution: &Precaution) -> Self {
        if precaution.warning {
            Self::OnLabel
        } else if precaution.is_for_everyone() {
            Self::ForEveryone
        } else {
            Self::Precaution
        }
    }
}
