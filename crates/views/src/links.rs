//! Link targets and sections for treatments, adverse effects, types of the disease, and facts.

use sarcoguide_document::{Section, Target};
use sarcoguide_model::{EffectId, FactId, TreatmentId};

use crate::Edition;
use crate::listed::question_id;

/// The link to a treatment's page.
pub(crate) fn treatment(guide: Edition<'_>, id: TreatmentId) -> Target {
    Target::Treatment(guide[id].id.clone())
}

/// The link to a treatment's section in the same document. See [`option_section`].
pub(crate) fn option(guide: Edition<'_>, id: TreatmentId) -> Target {
    Target::TreatmentSection(guide[id].id.clone())
}

/// The section that describes a treatment as an option, the target of [`option`].
pub(crate) fn option_section(guide: Edition<'_>, id: TreatmentId) -> Section {
    Section::Treatment(guide[id].id.clone())
}

/// The link to an adverse effect's page.
pub(crate) fn effect(guide: Edition<'_>, id: EffectId) -> Target {
    Target::Effect(guide[id].id.clone())
}

/// Returns a link to an effect's page, for its entry in a list of all effects.
pub(crate) fn effect_of_entry(guide: Edition<'_>, id: EffectId) -> Target {
    Target::EffectOfEntry(guide[id].id.clone())
}

/// Returns a link to an effect's entry in the same document.
pub(crate) fn effect_entry(guide: Edition<'_>, id: EffectId) -> Target {
    Target::EffectEntry(guide[id].id.clone())
}

/// The link to the page about a type of the disease ([`Subtype`](sarcoguide_model::Subtype)), by its index in the guide.
pub(crate) fn subtype(guide: Edition<'_>, index: usize) -> Target {
    Target::Subtype(guide.types[index].id.clone())
}

/// The link to the question about a fact, or about its list.
pub(crate) fn fact(guide: Edition<'_>, id: FactId) -> Target {
    Target::Fact(question_id(guide, id).to_owned())
}
