//! Reads patterns for the words that people use for a symptom, such as `{no}~{urine}`, `pass_out` and `temperature 38..43`.
//!
//! In a pattern, a word of four or more letters also matches longer words that begin with it. `{no}` matches any pattern of the word group `no`, and
//! `38..43` matches any number in this range. `_` joins words that directly follow each other, and `~` joins words that can have a few other words
//! between them. Parts separated by spaces can occur in any order.

use sarcoguide_model::{Decimal, GroupKind, WordGroup, Wording};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::table::{Table, Text};

/// The possible values of `kind`. The words of a `sort` group name different things of one sort, such as `drip` and `needle`.
const KINDS: [(&str, GroupKind); 2] = [("same", GroupKind::Same), ("sort", GroupKind::Interchangeable)];

/// Reads the word groups. A group can use only groups before it, so groups can't depend on one another in a cycle.
pub(crate) fn groups(context: &Context, entries: &[Table]) -> Vec<WordGroup> {
    let mut ids = Ids::new("word groups");
    let mut groups = Vec::new();
    for entry in entries {
        let id = ids.read(entry).text;
        let words = wordings(context, entry, "words", &groups);
        let but = wordings(context, entry, "but", &groups);
        groups.push(WordGroup { id, kind: entry.required_one_of("kind", &KINDS, GroupKind::Interchangeable), words, but });
    }
    groups
}

/// Reads the list of patterns under `key`.
pub(crate) fn wordings(context: &Context, entry: &Table, key: &'static str, groups: &[WordGroup]) -> Vec<Wording> {
    entry.texts(key).iter().filter_map(|text| wording(context, text, groups, entry.file)).collect()
}

fn wording(context: &Context, text: &Text, groups: &[WordGroup], file: usize) -> Option<Wording> {
    let parts = text.text.split_whitespace().map(|part| words_in_order(context, part, text, groups, file));
    Some(single_or(parts.collect::<Option<_>>()?, Wording::All))
}

/// The maximum number of words between the parts of `a~b`.
const MAX_WORDS_BETWEEN: usize = 2;

/// Reads a pattern for words in order. In `a_b`, the words directly follow each other. In `a~b`, up to [`MAX_WORDS_BETWEEN`] words can be between
/// them.
fn words_in_order(context: &Context, written: &str, text: &Text, groups: &[WordGroup], file: usize) -> Option<Wording> {
    let next = |written: &str| {
        let parts = parts(written, '_').into_iter().map(|part| word(context, part, text, groups, file));
        Some(single_or(parts.collect::<Option<_>>()?, |parts| Wording::Then { parts, between: 0 }))
    };
    let parts = parts(written, '~').into_iter().map(next).collect::<Option<_>>()?;
    Some(single_or(parts, |parts| Wording::Then { parts, between: MAX_WORDS_BETWEEN }))
}

/// Splits `text` at each `mark`, except inside `{...}`.
fn parts(text: &str, mark: char) -> Vec<&str> {
    let mut within = false;
    let at_mark = |c: char| {
        within = c == '{' || within && c != '}';
        c == mark && !within
    };
    text.split(at_mark).collect()
}

fn single_or(mut parts: Vec<Wording>, several: impl Fn(Vec<Wording>) -> Wording) -> Wording {
    if parts.len() == 1 { parts.swap_remove(0) } else { several(parts) }
}

fn word(context: &Context, word: &str, text: &Text, groups: &[WordGroup], file: usize) -> Option<Wording> {
    if word.contains(['{', '}']) {
        let name = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(word);
        let names: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
        let name = Text { text: name.to_owned(), span: text.span.clone() };
        let group = &groups[context.lookup(&name, &names, "earlier word group", file)?];
        Some(Wording::Any { of: group.words.clone(), but: group.but.clone() })
    } else if let Some((least, most)) = word.split_once("..") {
        number(context, text, least, most, file)
    } else {
        Some(Wording::Word(word.to_lowercase()))
    }
}

fn number(context: &Context, text: &Text, least: &str, most: &str, file: usize) -> Option<Wording> {
    let (Some(first), Some(last)) = (Decimal::parse(least), Decimal::parse(most)) else {
        let message = format!("`{least}..{most}` isn't a range of numbers");
        let error = Diagnostic::new(Code::UnreadableNumber, message, file, text.span.clone(), "here");
        context.report(error.help("write, for example, `38..43`"));
        return None;
    };
    if first > last {
        let error = Diagnostic::new(Code::BackwardRange, "a range runs backward", file, text.span.clone(), "from high to low");
        context.report(error.help("write the lower number first"));
    }
    Some(Wording::Number(first, last))
}
