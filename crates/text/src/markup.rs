//! Emphasis and slots in messages. In files, emphasis is written as tags. While a message is formatted, private-use characters
//! represent the tags and slots.
//!
//! The build script includes this file too.

use std::ops::Range;

/// For each tag: the character for its start, the character for its end, and its name.
pub const MARKS: [(char, char, &str); 2] = [('\u{f0000}', '\u{f0001}', "strong"), ('\u{f0002}', '\u{f0003}', "small")];

/// The character code that represents slot 0.
pub const FIRST_SLOT: u32 = 0xF_0010;

/// The character code that represents the last possible slot.
pub const LAST_SLOT: u32 = 0xF_FFFD;

/// Whether the character is reserved for markup and slots. Texts can't contain such characters.
pub fn is_reserved(character: char) -> bool {
    ('\u{f0000}'..='\u{fffff}').contains(&character)
}

/// A tag in a text.
pub struct Tag {
    /// The byte range of the tag in the text.
    pub span: Range<usize>,
    /// The name of the tag, or `None` if it isn't in [`MARKS`].
    pub known: Option<&'static str>,
    /// Whether this is an end tag, such as `</strong>`.
    pub closes: bool,
}

/// An iterator over the tags of a text, in order. Everything that begins with `<` and an ASCII letter, or with `</`, is a tag.
pub struct Tags<'a> {
    text: &'a str,
    from: usize,
}

impl<'a> Tags<'a> {
    /// Creates an iterator over the tags of `text`.
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
