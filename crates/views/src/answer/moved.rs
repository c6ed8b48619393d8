//! Names that other views still use from here, until they use `fit` and `scope` with the catalog.

use sarcoguide_model::{Advice, Treatment, TreatmentAdvice, Truth, Verdict};

use crate::Edition;
use crate::fit::{Fit, part_of};
use crate::scope::{NOT_JUDGED, is_not_judged};
use sarcoguide_document::Emphasis;

pub(crate) use crate::fit::{part_of_line as part_of_told, trial_strength};

/// Use [`crate::fit::unavailable_since`].
pub(crate) fn gone_since(treatment: &Treatment) -> String {
    let since = treatment.availability.last().and_then(|last| last.since);
    let since = since.map(|date| format!(" since {date}")).unwrap_or_default();
    [Fit::Unavailable.words(), &since].concat()
}

/// Use [`crate::fit::former_fit`].
pub(crate) fn formerly(former_indication: Truth) -> &'static str {
    match former_indication {
        Truth::True => "When it was available, it was used in this situation.",
        Truth::Unknown => {
            "When it was available, it may have been used in this situation. That depends on facts that aren't known yet."
        }
        Truth::False => "When it was available, it did not fit this situation.",
    }
}

/// Use [`crate::fit::verdict_label`].
pub(crate) fn verdict(guide: Edition<'_>, advice: &Advice, entry: &TreatmentAdvice) -> (Emphasis, &'static str) {
    if is_not_judged(guide, advice, entry.treatment) && entry.verdict != Verdict::Unavailable {
        (Emphasis::Open, NOT_JUDGED)
    } else if part_of(guide, advice, entry).is_empty() {
        let fit = Fit::of(guide, entry);
        (fit.emphasis(), fit.words())
    } else {
        (Emphasis::Open, "does not fit by itself")
    }
}
