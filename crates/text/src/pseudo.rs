//! A pseudo-language for tests.

use crate::catalog::Catalog;
use crate::markup::Tags;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED: &str = "áƀćđéƒğħíĵķłṁńóþɋŕśŧúṽŵẋýžÁɃĆĐÉƑĞĦÍĴĶŁṀŃÓÞɊŔŚŦÚṼŴẊÝŽ";

/// Returns the catalog with an accent on every letter of its texts, so that a test can find text that doesn't come from the catalog.
///
/// IDs, variables, references, selectors, string literals and tags don't change.
#[must_use]
pub fn pseudo(ftl: &str) -> String {
    let catalog = Catalog::read("", ftl);
    let mut spans: Vec<_> = catalog.entries.iter().flat_map(|entry| &entry.texts).collect();
    spans.sort_by_key(|span| span.start);
    let mut result = String::with_capacity(ftl.len() * 2);
    let mut from = 0;
    for span in spans {
        result.push_str(&ftl[from..span.start]);
        let text = &ftl[span.clone()];
        let mut plain = 0;
        for tag in Tags::of(text) {
            result.extend(text[plain..tag.span.start].chars().map(accented));
            result.push_str(&text[tag.span.clone()]);
            plain = tag.span.end;
        }
        result.extend(text[plain..].chars().map(accented));
        from = span.end;
    }
    result.push_str(&ftl[from..]);
    result
}

fn accented(letter: char) -> char {
    PLAIN.find(letter).and_then(|index| ACCENTED.chars().nth(index)).unwrap_or(letter)
}
