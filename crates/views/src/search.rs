//! Names and headings for kinds of search results.

use sarcoguide_search::search::Kind;
use sarcoguide_text::t;

use crate::Edition;

/// The name of a kind of search result, for instance `effect`.
#[must_use]
pub fn kind_name(guide: Edition<'_>, kind: Kind) -> String {
    t!(guide.text, search_kind, kind = kind.id())
}

/// The heading above the search results of a kind.
#[must_use]
pub fn kind_heading(guide: Edition<'_>, kind: Kind) -> String {
    t!(guide.text, search_heading, kind = kind.id())
}
