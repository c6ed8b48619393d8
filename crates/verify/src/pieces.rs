//! Splits a text into pieces, such as lines and sentences, and finds runs of pieces whose words have a known hash.
//!
//! The hash of a passage is the SHA-256 hash of its words as UTF-8. The text that is hashed has a single space wherever the
//! passage has white space, and no list marker at the start. (This was checked by recomputing the hashes of all 219 passages
//! of the built-in guide's first source.)
//!
//! A passage can span several lines and blank lines. It can begin at the start of a line, after a list marker or a colon, or after a
//! sentence, even if there is no space between that sentence and the passage. So the search tries the runs of pieces from every such
//! position to every later one within [`MAX_PIECES`].

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// The SHA-256 hash of a passage's words.
pub(crate) type Hash = [u8; 32];

/// The maximum number of consecutive pieces that are tried as one passage.
const MAX_PIECES: usize = 128;

/// The markers of list items.
const MARKS: [&str; 7] = ["-", "*", "\u{2022}", "\u{2013}", "\u{2014}", "\u{b7}", "\u{25aa}"];

/// A part of a text: a passage with a known hash, or a paragraph of the text between such passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextPart {
    /// The hash of the passage, or `None` if this isn't a known passage.
    pub known: Option<Hash>,
    pub text: String,
    /// The line where the part starts, from 1.
    pub line: usize,
}

struct Word<'t> {
    text: &'t str,
    line: usize,
    /// Whether there is no space between the previous word and this one.
    glued: bool,
    /// Whether a passage can start with this word.
    begins: bool,
    /// Whether the word starts a paragraph, a list item, or a sentence without a space before it. The text between passages is split
    /// at such words.
    opens: bool,
}

/// Parses a hash that is written in hexadecimal.
pub(crate) fn hash(written: &str) -> Option<Hash> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = written.as_bytes();
    let mut hash = Hash::default();
    if bytes.len() != 2 * hash.len() {
        return None;
    }
    for (place, pair) in hash.iter_mut().zip(bytes.chunks_exact(2)) {
        *place = digit(pair[0])? * 16 + digit(pair[1])?;
    }
    Some(hash)
}

/// Splits a text into known passages and, between them, paragraphs. `known` tests whether a hash is that of a known passage. If
/// several known passages start at the same word, the longest one is used.
pub(crate) fn text_parts(text: &str, known: impl Fn(&Hash) -> bool) -> Vec<TextPart> {
    let words = words(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut begins: Vec<usize> = (0..words.len()).filter(|place| words[*place].begins).collect();
    begins.push(words.len());
    let mut found = Vec::new();
    let mut open = 0;
    let mut piece = 0;
    while piece + 1 < begins.len() {
        let from = begins[piece];
        let mut hasher = Sha256::new();
        let mut longest = None;
        for end in piece + 1..begins.len().min(piece + 1 + MAX_PIECES) {
            for (place, word) in words.iter().enumerate().take(begins[end]).skip(begins[end - 1]) {
                if place > from && !word.glued {
                    hasher.update(b" ");
                }
                hasher.update(word.text.as_bytes());
            }
            let hash = Hash::from(hasher.clone().finalize());
            if known(&hash) {
                longest = Some((end, hash));
            }
        }
        match longest {
            Some((end, hash)) => {
                add_unknown(&words[open..from], &mut found);
                let inside = &words[from..begins[end]];
                found.push(TextPart { known: Some(hash), text: joined(inside), line: words[from].line });
                piece = end;
                open = begins[end];
            }
            None => piece += 1,
        }
    }
    add_unknown(&words[open..], &mut found);
    found
}

/// Adds words that aren't in a known passage, one paragraph at a time.
fn add_unknown(words: &[Word], found: &mut Vec<TextPart>) {
    let mut from = 0;
    for end in 1..=words.len() {
        if end == words.len() || words[end].opens {
            let mut inside = &words[from..end];
            while let [first, rest @ ..] = inside
                && MARKS.contains(&first.text)
            {
                inside = rest;
            }
            if let [first, ..] = inside {
                found.push(TextPart { known: None, text: joined(inside), line: first.line });
            }
            from = end;
        }
    }
}

fn joined(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() && !word.glued {
            text.push(' ');
        }
        text.push_str(word.text);
    }
    text
}

fn words(text: &str) -> Vec<Word<'_>> {
    let width = text.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    let mut words: Vec<Word> = Vec::new();
    // The width of the previous line, or `None` at the start of the text and after a blank line.
    let mut before: Option<usize> = None;
    for (number, line) in text.lines().enumerate() {
        let mut ends = true;
        let mut marked = false;
        for (place, written) in line.split_whitespace().enumerate() {
            let opens = place == 0 && {
                let indented = line.starts_with(char::is_whitespace);
                // If the first word of this line would have fit on the previous line, then the previous line ended a paragraph.
                let room = |used: usize| !indented && used + 1 + written.chars().count() <= width;
                MARKS.contains(&written) || before.is_none_or(room)
            };
            for (part, text) in parts(written).into_iter().enumerate() {
                words.push(Word {
                    text,
                    line: number + 1,
                    glued: part > 0,
                    begins: part > 0 || place == 0 || marked || ends,
                    opens: part > 0 || opens,
                });
            }
            marked = place == 0 && MARKS.contains(&written);
            ends = written.ends_with(['.', '?', '!', ':']);
        }
        let used = line.trim_end().chars().count();
        before = (used > 0).then_some(used);
    }
    words
}

/// Splits a word in which one sentence ends and another begins without a space, such as `2018.Helman`.
fn parts(word: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for around in letters.windows(4) {
        let [(_, last), (_, stop), (at, first), (_, second)] = around else { continue };
        let ends = (last.is_ascii_digit() || last.is_lowercase()) && matches!(stop, '.' | '?' | '!');
        if ends && first.is_uppercase() && second.is_lowercase() {
            parts.push(&word[from..*at]);
            from = *at;
        }
    }
    parts.push(&word[from..]);
    parts
}

/// Returns the longest sequence of pairs in which both numbers increase. `pairs` maps each first number to its second numbers.
pub(crate) fn longest_run(pairs: &BTreeMap<usize, Vec<usize>>) -> Vec<(usize, usize)> {
    // `links` has all pairs so far, each with the index of the pair before it in its run. `ends[n]` is the index in `links` of the
    // last pair of a run of `n + 1` pairs: of all such runs, the one whose last pair has the lowest second number.
    let mut ends: Vec<usize> = Vec::new();
    let mut links: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (first, seconds) in pairs {
        // From high to low, so that a run never has two pairs with the same first number.
        for second in seconds.iter().rev() {
            let length = ends.partition_point(|end| links[*end].1 < *second);
            let before = length.checked_sub(1).map(|place| ends[place]);
            links.push((*first, *second, before));
            if length == ends.len() { ends.push(links.len() - 1) } else { ends[length] = links.len() - 1 }
        }
    }
    let mut run = Vec::new();
    let mut next = ends.last().copied();
    while let Some(place) = next {
        let (first, second, before) = links[place];
        run.push((first, second));
        next = before;
    }
    run.reverse();
    run
}
