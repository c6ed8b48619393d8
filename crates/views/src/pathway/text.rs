//! Puts a pathway into words: for a terminal, for Markdown, and for people who can't see the picture.

use sarcoguide_model::Course;

use super::{Pathway, TimedTreatment};
use crate::Edition;
use crate::line::line;
use sarcoguide_document::{Block, Document, Line};
use sarcoguide_text::t;

/// A pathway as a document.
#[must_use]
pub fn document(guide: Edition<'_>, pathway: &Pathway) -> Document {
    let mut document = Document::default();
    document.heading(1, pathway.title(guide));
    document.paragraph(format!("{}: {}", pathway.guide, pathway.about(guide)));
    document.paragraph(pathway.not_covered.clone().unwrap_or_default());
    document.blocks.extend(pathway.doubts.blocks.iter().cloned());
    if pathway.columns.is_empty() {
        document.paragraph(t!(guide.text, pathway_nothing));
    }
    for (index, column) in pathway.columns.iter().enumerate() {
        document.heading(2, column.name.clone());
        let from = |from: Option<usize>| from.map(|from| pathway.columns[from].name.as_str());
        let step = pathway.step_to(index);
        let course = match (column.course, step.and_then(|step| from(step.from))) {
            (Course::Main, Some(from)) => Some(line!(guide, pathway_follows_on, time = from)),
            (Course::Branch, Some(from)) => Some(line!(guide, pathway_branches_off, time = from)),
            (Course::Branch, None) => Some(line!(guide, pathway_way_of_its_own)),
            (Course::Main, None) => None,
            (Course::Alongside, _) => Some(line!(guide, pathway_alongside)),
        };
        let only_if = step.filter(|step| !step.only_if.is_empty());
        let only_if = only_if.map(|step| line!(guide, pathway_only_if, facts = step.only_if.join("; ")));
        document.paragraph(Line::joined(course.into_iter().chain(only_if), " "));
        for kind in &column.kinds {
            document.points(vec![Line::default().strong(kind.name.clone())]);
            document.points_at(1, kind.treatments.iter().map(|entry| placed(guide, entry)).collect());
        }
    }
    document.paragraph(Line::default().faint(pathway.disclaimer.clone()));
    document
}

fn placed(guide: Edition<'_>, placed: &TimedTreatment) -> Line {
    let line = Line::default().add(placed.fit.emphasis(), placed.name.clone()).plain(format!(
        " ({}): {}",
        small(&placed.strength_name),
        placed.words(guide)
    ));
    let depends = depends(guide, placed);
    if depends.is_empty() { line } else { line.faint(format!(" ({depends})")) }
}

/// The first few missing facts that a treatment depends on, in words. Empty if no facts are missing.
pub(super) fn depends(guide: Edition<'_>, placed: &TimedTreatment) -> String {
    let max = 3;
    let names = &placed.missing;
    match names.len().saturating_sub(max) {
        0 if names.is_empty() => String::new(),
        0 | 1 => t!(guide.text, pathway_depends_on, facts = names.join("; ")),
        more => t!(guide.text, pathway_depends_on_more, facts = names[..max].join("; "), more = more),
    }
}

/// Returns a term for use inside a sentence, with its first letter in lowercase.
pub(super) fn small(term: &str) -> String {
    let mut letters = term.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

/// A document as plain text for the description of a picture, with one line for each block. The line of a block that isn't text, such as a picture,
/// is empty.
#[must_use]
pub(crate) fn plain(document: &Document) -> String {
    let block = |block: &Block| match block {
        Block::Heading { line, .. } => format!("{}.", line.bare().trim_end_matches('.')),
        Block::Paragraph(line) | Block::Lead(line) => line.bare(),
        Block::Points { lines, .. } => lines.iter().map(Line::bare).collect::<Vec<_>>().join("; "),
        Block::Table { rows, .. } => rows.iter().map(|row| row.join(", ")).collect::<Vec<_>>().join("; "),
        Block::Facts(_)
        | Block::People { .. }
        | Block::Picture { .. }
        | Block::Comparison(_)
        | Block::ToFill { .. }
        | Block::Card(_)
        | Block::Row(_)
        | Block::Fold { .. }
        | Block::Sources { .. } => String::new(),
    };
    document.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}
