//! Addresses and telephone numbers in text, so that a person can open or call them.

use std::ops::Range;

use memchr::{memchr_iter, memchr2_iter};

/// A part of a text that leads out of the guide.
#[derive(Debug, PartialEq, Eq)]
struct Outside {
    /// Where it stands in the text.
    range: Range<usize>,
    /// What a browser opens: the address itself, or `tel:` and the number.
    href: String,
}

/// A text in its parts: what stands as it is, and what leads out.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = (&str, Option<String>)> {
    let mut rest = text;
    let mut found: Option<Outside> = None;
    std::iter::from_fn(move || {
        if let Some(Outside { range, href }) = found.take() {
            let shown = &rest[range.clone()];
            rest = &rest[range.end..];
            return Some((shown, Some(href)));
        }
        found = first(rest);
        let plain = &rest[..found.as_ref().map_or(rest.len(), |outside| outside.range.start)];
        rest = if found.is_some() { rest } else { "" };
        (found.is_some() || !plain.is_empty()).then_some((plain, None))
    })
}

/// The first address (`https://`, `http://`) or telephone number (`1-800-555-0100`) in a text.
fn first(text: &str) -> Option<Outside> {
    // Most text has neither, and that is told soonest by what stands before a slash or a hyphen.
    let bytes = text.as_bytes();
    let before = |place: usize| place.checked_sub(1).map(|before| bytes[before]);
    memchr2_iter(b'/', b'-', bytes)
        .find(|place| matches!((before(*place), bytes[*place]), (Some(b':'), b'/') | (Some(b'1'), b'-')))?;
    match (address(text), telephone(text)) {
        (Some(address), Some(telephone)) => Some(if address.range.start < telephone.range.start { address } else { telephone }),
        (address, telephone) => address.or(telephone),
    }
}

fn address(text: &str) -> Option<Outside> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = &text[start..];
    let end = rest.find(|c: char| c.is_whitespace() || "\"<>;".contains(c)).unwrap_or(rest.len());
    // What ends the sentence is no part of the address; a parenthesis may be, where it was opened within.
    let mut address = &rest[..end];
    while let Some(shorter) = address.strip_suffix(['.', ',', ':', ')']) {
        if address.ends_with(')') && address.matches(')').count() <= address.matches('(').count() {
            break;
        }
        address = shorter;
    }
    Some(Outside { range: start..start + address.len(), href: address.to_owned() })
}

/// A number as it is written in North America with its country's code: that is how the sources write theirs.
fn telephone(text: &str) -> Option<Outside> {
    const FORM: &[u8] = b"1-000-000-0000";
    let fits = |window: &[u8]| {
        window.iter().zip(FORM).all(|(byte, form)| if *form == b'-' { *byte == b'-' } else { byte.is_ascii_digit() })
    };
    let bytes = text.as_bytes();
    let edge = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_digit() && *byte != b'-');
    let whole =
        |start: usize| edge(start.checked_sub(1).and_then(|before| bytes.get(before))) && edge(bytes.get(start + FORM.len()));
    // Its first digit stands before a hyphen, and there are few of those.
    let mut starts = memchr_iter(b'-', bytes).filter_map(|hyphen| hyphen.checked_sub(1));
    let number = |start: usize| bytes.get(start..start + FORM.len());
    let start = starts.find(|start| bytes[*start] == b'1' && number(*start).is_some_and(fits) && whole(*start))?;
    let range = start..start + FORM.len();
    Some(Outside { href: format!("tel:+{}", &text[range.clone()]), range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, String)> {
        first(text).map(|outside| (&text[outside.range.clone()], outside.href))
    }

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        let address = |text| found(text).map(|(shown, _)| shown);
        assert_eq!(address("See https://example.org/a.html."), Some("https://example.org/a.html"));
        assert_eq!(address("(http://example.org/a), and"), Some("http://example.org/a"));
        assert_eq!(
            address("; https://example.org/S0140-6736(02)09292-9; read"),
            Some("https://example.org/S0140-6736(02)09292-9")
        );
        assert_eq!(address("no address: http is a word"), None);
    }

    #[test]
    fn a_telephone_number_can_be_called() {
        let number = Some(("1-800-555-0100", "tel:+1-800-555-0100".to_owned()));
        assert_eq!(found("Call 1-800-555-0100."), number);
        assert_eq!(found("1-800-5-WORDS (1-800-555-0100)"), number);
        for text in ["1-800-555-01001", "11-800-555-0100", "2-800-555-0100", "1 to 2 of 100", "é1-800"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
