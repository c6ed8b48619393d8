//! Finds web addresses and phone numbers in text, so that pages can link to them.

use linkify::{LinkFinder, LinkKind};

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part<'t> {
    /// Text without a link.
    Text(&'t str),
    /// A web address or phone number.
    Link {
        /// The text of the link.
        text: &'t str,
        /// The address of the link.
        href: String,
    },
}

/// Splits a text into plain text, web addresses (such as `https://example.org`) and phone numbers.
///
/// `phones` lists the phone numbers to look for, each with the address of its link.
pub(crate) fn parts<'t>(text: &'t str, phones: &[(String, String)]) -> Vec<Part<'t>> {
    // A fast path, because most texts have no links.
    if !text.contains("://") && phones.iter().all(|(number, _)| !text.contains(number)) {
        return vec![Part::Text(text)];
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut parts = Vec::new();
    for span in finder.spans(text) {
        match span.kind() {
            Some(_) => parts.push(Part::Link { text: span.as_str(), href: span.as_str().to_owned() }),
            None => numbers(span.as_str(), phones, &mut parts),
        }
    }
    parts
}

/// Splits a text without web addresses into plain text and phone numbers.
fn numbers<'t>(text: &'t str, phones: &[(String, String)], parts: &mut Vec<Part<'t>>) {
    let mut rest = text;
    while let Some((start, number, href)) = first(rest, phones) {
        if start > 0 {
            parts.push(Part::Text(&rest[..start]));
        }
        let end = start + number.len();
        parts.push(Part::Link { text: &rest[start..end], href: href.to_owned() });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
}

/// Returns the byte offset, number and link address of the first phone number in the text. Skips numbers that are part of a longer number.
fn first<'p>(text: &str, phones: &'p [(String, String)]) -> Option<(usize, &'p str, &'p str)> {
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_ascii_digit() && letter != '-');
    let alone =
        |start: usize, number: &str| edge(text[..start].chars().next_back()) && edge(text[start + number.len()..].chars().next());
    let found = phones.iter().filter_map(|(number, href)| {
        let start = text.match_indices(number.as_str()).map(|(start, _)| start).find(|start| alone(*start, number))?;
        Some((start, number.as_str(), href.as_str()))
    });
    found.min_by_key(|(start, ..)| *start)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text and address of each link in a text. Checks that no text is lost.
    fn links(text: &str) -> Vec<(String, String)> {
        let phones = [("1-800-555-0100".to_owned(), "tel:+1-800-555-0100".to_owned())];
        let link = |part| match part {
            Part::Link { text, href } => Some((text.to_owned(), href)),
            Part::Text(_) => None,
        };
        let parts = parts(text, &phones);
        let all: String = parts
            .iter()
            .map(|part| match part {
                Part::Text(text) | Part::Link { text, .. } => *text,
            })
            .collect();
        assert_eq!(all, text);
        parts.into_iter().filter_map(link).collect()
    }

    #[test]
    fn a_web_address_does_not_include_the_punctuation_after_it() {
        let address = |text: &str| links(text).first().map(|(shown, _)| shown.clone());
        assert_eq!(address("See https://example.org/a.html.").as_deref(), Some("https://example.org/a.html"));
        assert_eq!(address("(http://example.org/a), and").as_deref(), Some("http://example.org/a"));
        assert_eq!(
            address("; https://example.org/S0140-6736(02)09292-9; read").as_deref(),
            Some("https://example.org/S0140-6736(02)09292-9")
        );
        assert_eq!(address("no address: http is a word"), None);
    }

    #[test]
    fn only_known_phone_numbers_become_links() {
        let number = vec![("1-800-555-0100".to_owned(), "tel:+1-800-555-0100".to_owned())];
        assert_eq!(links("Call 1-800-555-0100."), number);
        assert_eq!(links("1-800-5-WORDS (1-800-555-0100)"), number);
        for text in ["1-800-555-01001", "11-800-555-0100", "2-800-555-0100", "1 to 2 of 100", "é1-800"] {
            assert!(links(text).is_empty(), "{text}");
        }
    }
}
