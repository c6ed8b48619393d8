//! A pathway in words: for a terminal, as Markdown, and as what a picture says to who cannot see it.

use sarcoguide_model::Course;

use super::{Pathway, Placed};
use sarcoguide_document::{Block, Document, Line};

/// A pathway as a document.
#[must_use]
pub fn document(pathway: &Pathway) -> Document {
    let mut document = Document::default();
    document.heading(1, pathway.title());
    document.paragraph(format!("{}: {}", pathway.guide, pathway.about()));
    document.paragraph(pathway.not_covered.clone().unwrap_or_default());
    if pathway.columns.is_empty() {
        document.paragraph(super::NOTHING);
    }
    for (index, column) in pathway.columns.iter().enumerate() {
        document.heading(2, column.name.clone());
        let from = |from: Option<usize>| from.map(|from| pathway.columns[from].name.as_str());
        let step = pathway.step_to(index);
        let mut line = match (column.course, step.and_then(|step| from(step.from))) {
            (Course::Main, Some(from)) => Line::default().plain(format!("Follows on: {from}.")),
            (Course::Branch, Some(from)) => Line::default().plain(format!("Branches off from: {from}.")),
            (Course::Branch, None) => Line::default().plain("A way of its own."),
            (Course::Main, None) => Line::default(),
            (Course::Alongside, _) => Line::default().plain("Runs alongside the others."),
        };
        if let Some(step) = step.filter(|step| !step.only_if.is_empty()) {
            let blank = if line.0.is_empty() { "" } else { " " };
            line = line.strong(format!("{blank}Only if: ")).plain(format!("{}.", step.only_if.join("; ")));
        }
        document.paragraph(line);
        for kind in &column.kinds {
            document.points(vec![Line::default().strong(kind.name.clone())]);
            document.points_at(1, kind.placed.iter().map(placed).collect());
        }
    }
    document.paragraph(Line::default().faint(pathway.disclaimer.clone()));
    document
}

fn placed(placed: &Placed) -> Line {
    let line = Line::default().add(placed.fit.emphasis(), placed.name.clone()).plain(format!(
        " ({}): {}",
        small(&placed.strength_name),
        placed.words()
    ));
    let depends = depends(placed);
    if depends.is_empty() { line } else { line.faint(format!(" ({depends})")) }
}

/// What an open treatment depends on, the first few facts; empty for the others.
pub(super) fn depends(placed: &Placed) -> String {
    let most = 3;
    let names = &placed.missing;
    match names.len().saturating_sub(most) {
        0 if names.is_empty() => String::new(),
        0 | 1 => format!("depends on: {}", names.join("; ")),
        more => format!("depends on: {}; and {more} more", names[..most].join("; ")),
    }
}

/// A term in the middle of a sentence.
pub(super) fn small(term: &str) -> String {
    let mut letters = term.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + letters.as_str())
}

/// What a picture says as bare sentences, one block a line: there is only text in it.
#[must_use]
pub(crate) fn plain(document: &Document) -> String {
    let block = |block: &Block| match block {
        Block::Heading { line, .. } => format!("{}.", line.bare().trim_end_matches('.')),
        Block::Paragraph(line) => line.bare(),
        Block::Points { lines, .. } => lines.iter().map(Line::bare).collect::<Vec<_>>().join("; "),
        Block::Table { rows, .. } => rows.iter().map(|row| row.join(", ")).collect::<Vec<_>>().join("; "),
        Block::People { .. } | Block::Picture { .. } | Block::Columns(_) | Block::Sources { .. } => String::new(),
    };
    document.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}
