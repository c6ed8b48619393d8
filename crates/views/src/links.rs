//! What names lead to: the pages and sections of a guide's things.

use sarcoguide_document::{Section, Target};
use sarcoguide_model::{EffectId, FactId, TreatmentId};

use crate::Edition;

/// The page of a treatment.
pub(crate) fn treatment(guide: Edition<'_>, id: TreatmentId) -> Target {
    Target::Treatment(guide[id].id.clone())
}

/// Where a treatment is an option in the same document.
pub(crate) fn option(guide: Edition<'_>, id: TreatmentId) -> Target {
    Target::Option(guide[id].id.clone())
}

/// The section of a treatment as an option.
pub(crate) fn option_section(guide: Edition<'_>, id: TreatmentId) -> Section {
    Section::Option(guide[id].id.clone())
}

/// The page of an adverse effect.
pub(crate) fn effect(guide: Edition<'_>, id: EffectId) -> Target {
    Target::Effect(guide[id].id.clone())
}

/// The page of a type, by its place in the guide.
pub(crate) fn subtype(guide: Edition<'_>, place: usize) -> Target {
    Target::Subtype(guide.types[place].id.clone())
}

/// The question about a fact.
pub(crate) fn fact(guide: Edition<'_>, id: FactId) -> Target {
    Target::Fact(guide[id].id.clone())
}
