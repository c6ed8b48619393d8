//! What the search finds, in words.

use sarcoguide_search::search::Kind;
use sarcoguide_text::t;

use crate::Edition;

/// What something that was found is, for instance `effect`.
#[must_use]
pub fn kind_name(guide: Edition<'_>, kind: Kind) -> String {
    t!(guide.text, search_kind, kind = kind.id())
}

/// The heading over what was found of a kind.
#[must_use]
pub fn kind_heading(guide: Edition<'_>, kind: Kind) -> String {
    t!(guide.text, search_heading, kind = kind.id())
}
