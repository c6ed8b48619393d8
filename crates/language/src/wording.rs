//! Ways in which people may write a symptom: `{no} urine`, `temperature 38..43`.

use sarcoguide_model::{Decimal, GroupKind, WordGroup, Wording};

use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::load::Context;
use crate::table::{Table, Text};

const KINDS: [(&str, GroupKind); 4] =
    [("same", GroupKind::Same), ("sort", GroupKind::Sort), ("place", GroupKind::Place), ("degree", GroupKind::Degree)];

/// The groups of words; each may use those before it, so that no two can rest on one another.
pub(crate) fn groups(context: &Context, entries: &[Table]) -> Vec<WordGroup> {
    let mut ids = Ids::new("groups of words");
    let mut groups = Vec::new();
    for entry in entries {
        let id = ids.read(entry).text;
        let words = wordings(context, entry, &groups);
        groups.push(WordGroup { id, kind: entry.required_one_of("kind", &KINDS, GroupKind::Sort), words });
    }
    groups
}

/// The `words` of an entry.
pub(crate) fn wordings(context: &Context, entry: &Table, groups: &[WordGroup]) -> Vec<Wording> {
    entry.texts("words").iter().filter_map(|text| wording(context, text, groups, entry.file)).collect()
}

fn wording(context: &Context, text: &Text, groups: &[WordGroup], file: usize) -> Option<Wording> {
    let mut parts = Vec::new();
    for word in text.text.split_whitespace() {
        let part = if word.contains(['{', '}']) {
            let name = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(word);
            let names: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
            let name = Text { text: name.to_owned(), span: text.span.clone() };
            Wording::Any(groups[context.lookup(&name, &names, "earlier group of words", file)?].words.clone())
        } else if let Some((least, most)) = word.split_once("..") {
            number(context, text, least, most, file)?
        } else {
            Wording::Word(word.to_lowercase())
        };
        parts.push(part);
    }
    Some(if parts.len() == 1 { parts.swap_remove(0) } else { Wording::All(parts) })
}

fn number(context: &Context, text: &Text, least: &str, most: &str, file: usize) -> Option<Wording> {
    let (Some(first), Some(last)) = (Decimal::parse(least), Decimal::parse(most)) else {
        let message = format!("`{least}..{most}` is not a range of numbers");
        let error = Diagnostic::new("E036", message, file, text.span.clone(), "here");
        context.report(error.help("write for instance `38..43`"));
        return None;
    };
    if first > last {
        let error = Diagnostic::new("E035", "a range runs backward", file, text.span.clone(), "from high to low");
        context.report(error.help("write the lower number first"));
    }
    Some(Wording::Number(first, last))
}
