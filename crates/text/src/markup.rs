//! Emphasis and slots in a text: tags as they are written, and the private-use characters that stand for them while a message is formatted.
//!
//! The build script includes this file too.

use std::ops::Range;

/// The start and the end of strong text, and of small text.
pub const MARKS: [(char, char, &str); 2] = [('\u{f0000}', '\u{f0001}', "strong"), ('\u{f0002}', '\u{f0003}', "small")];

/// The character of slot 0.
pub const FIRST_SLOT: u32 = 0xF_0010;

/// The character of the last possible slot.
pub const LAST_SLOT: u32 = 0xF_FFFD;

/// Whether the character has a meaning of its own here; no text has it.
pub fn is_reserved(character: char) -> bool {
    ('\u{f0000}'..='\u{fffff}').contains(&character)
}

/// A tag in a text.
pub struct Tag {
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// Its name, if it is one of those that are used.
    pub known: Option<&'static str>,
    /// Whether it is an end tag.
    pub closes: bool,
}

/// The tags of a text, in order: whatever begins with `<` and a letter, or with `</`.
pub struct Tags<'a> {
    text: &'a str,
    from: usize,
}

impl<'a> Tags<'a> {
    /// The tags of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, from: 0 }
    }
}

impl Iterator for Tags<'_> {
    type Item = Tag;

    fn next(&mut self) -> Option<Tag> {
        loop {
            let start = self.from + self.text[self.from..].find('<')?;
            self.from = start + 1;
            let after = &self.text[start + 1..];
            let (closes, inner) = match after.strip_prefix('/') {
                Some(inner) => (true, inner),
                None => (false, after),
            };
            if !closes && !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let known = MARKS
                .iter()
                .map(|(_, _, name)| *name)
                .find(|name| inner.strip_prefix(name).is_some_and(|rest| rest.starts_with('>')));
            let length = match known {
                Some(name) => name.len() + 1,
                None => inner
                    .find(|c: char| !c.is_alphanumeric())
                    .map_or(inner.len(), |at| at + usize::from(inner[at..].starts_with('>'))),
            };
            let end = start + 1 + usize::from(closes) + length;
            self.from = end;
            return Some(Tag { span: start..end, known, closes });
        }
    }
}
