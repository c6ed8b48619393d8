//! Lays out a document as lines of text on pages. All lengths are in points.

use super::font::Faces;
use crate::block::{Block, Document, Emphasis, Line, Piece};

/// The width and height of a page in points. It's as wide as A4 and as high as Letter, so it prints on both without scaling.
pub(crate) const PAGE: (f32, f32) = (595.0, 792.0);
/// The left, right and top margins.
pub(crate) const MARGIN: f32 = 45.0;
/// The bottom margin, with room for the page number.
const BOTTOM: f32 = 48.0;
/// The font size of normal text.
const BODY: f32 = 9.25;
/// The font size of paragraphs and outermost list items in which all text is faint.
const SMALL: f32 = 7.5;
/// The line height, as a multiple of the font size.
const LEADING: f32 = 1.3;
/// The distance between lines to write on.
const WRITING: f32 = 19.0;
/// The indentation of each list level.
pub(crate) const INDENT: f32 = 13.0;

/// The role of a part of the document. Screen readers announce it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A heading, with its level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list item, with its depth from 0.
    Point(u8),
}

/// A heading, paragraph or list item.
pub(crate) struct Part {
    /// The role of the part.
    pub role: Role,
    /// The text of all its lines.
    pub text: String,
}

/// A piece of text with one font face and color.
pub(crate) struct Run {
    pub bold: bool,
    pub faint: bool,
    pub text: String,
}

/// A line of text at its position on a page.
pub(crate) struct PlacedLine {
    /// The index of its part in [`Pages::parts`].
    pub part: usize,
    /// Whether this is the first line of the part.
    pub begins: bool,
    /// The distance of its start from the left edge of the page.
    pub x: f32,
    /// The distance of its baseline from the top edge of the page.
    pub y: f32,
    /// The font size.
    pub size: f32,
    pub runs: Vec<Run>,
}

/// The pages of a document.
pub(crate) struct Pages {
    /// The parts of the document, in order.
    pub parts: Vec<Part>,
    /// The lines of each page.
    pub pages: Vec<Vec<PlacedLine>>,
    /// What is drawn on each page besides text.
    pub shapes: Vec<Vec<Shape>>,
}

/// A shape for people to fill in on paper, at its position on a page.
pub(crate) enum Shape {
    /// A square to tick, with its top left corner and the length of its sides.
    Square { x: f32, y: f32, side: f32, ticked: bool },
    /// A line to write on, with its left end and its length.
    Rule { x: f32, y: f32, length: f32 },
}

/// Lays out a document, with all text `scale` times as large as usual. The result has at least one page.
pub(crate) fn lay_out(document: &Document, faces: &Faces, scale: f32) -> Pages {
    let pages = Pages { parts: Vec::new(), pages: vec![Vec::new()], shapes: vec![Vec::new()] };
    let mut typesetter = Typesetter { faces, scale, pages, y: MARGIN };
    typesetter.blocks(document);
    typesetter.pages
}

struct Typesetter<'a> {
    faces: &'a Faces,
    /// The size of text and of the space between parts, as a multiple of the usual size.
    scale: f32,
    pages: Pages,
    /// The distance of the next line from the top edge of the page.
    y: f32,
}

impl Typesetter<'_> {
    fn blocks(&mut self, document: &Document) {
        for block in &document.blocks {
            match block {
                Block::Heading { level, line, .. } => self.part(Role::Heading(*level), line),
                Block::Paragraph(line) => self.part(Role::Paragraph, line),
                Block::Points { depth, lines } => lines.iter().for_each(|line| self.part(Role::Point(*depth), line)),
                // Each row becomes a list item in which each cell follows its column header, because wide tables don't fit on paper.
                Block::Table { heads, rows } => {
                    for row in rows {
                        let cells: Vec<String> = heads.iter().zip(row).map(|(head, cell)| format!("{head}: {cell}")).collect();
                        self.part(Role::Point(0), &Line::from(cells.join("; ")));
                    }
                }
                Block::ToFill { line, ticked, lines } => self.blank(line, *ticked, *lines),
                rich => rich.in_words().iter().for_each(|document| self.blocks(document)),
            }
        }
    }

    fn part(&mut self, role: Role, line: &Line) {
        let small = !matches!(role, Role::Heading(_)) && line.0.iter().all(|piece| piece.emphasis == Emphasis::Faint);
        let (size, before) = match role {
            Role::Heading(1) => (17.0, 0.0),
            Role::Heading(2) => (12.5, 9.0),
            Role::Heading(_) => (10.5, 6.0),
            Role::Paragraph => (if small { SMALL } else { BODY }, 3.0),
            Role::Point(0) => (if small { SMALL } else { BODY }, 2.5),
            Role::Point(_) => (BODY, 1.0),
        };
        let (size, before) = (size * self.scale, before * self.scale);
        let x = match role {
            Role::Point(depth) => MARGIN + INDENT * (f32::from(depth.min(6)) + 1.0),
            _ => MARGIN,
        };
        self.place(role, line, (x, size, before));
    }

    /// Adds a text to fill in: a square to tick before it, and lines to write on below it.
    fn blank(&mut self, line: &Line, ticked: Option<bool>, lines: u8) {
        let size = BODY * self.scale;
        let (x, before) = (if ticked.is_some() { MARGIN + 1.8 * size } else { MARGIN }, 0.7 * size);
        let spacing = WRITING * self.scale;
        let written = wrap(&line.0, self.faces, PAGE.0 - MARGIN - x, size, false).len() as f32 * size * LEADING;
        // The lines stay with their text.
        if self.y + before + written + spacing * f32::from(lines) > PAGE.1 - BOTTOM && !self.page_is_empty() {
            self.begin_page();
        }
        let (page, top) = (self.pages.pages.len(), self.y + before);
        self.place(Role::Paragraph, line, (x, size, before));
        let begins_page = self.pages.pages.len() > page;
        if let (Some(ticked), Some(shapes)) = (ticked, self.pages.shapes.last_mut()) {
            let y = if begins_page { MARGIN } else { top };
            shapes.push(Shape::Square { x: MARGIN, y: y + 0.05 * size, side: 1.1 * size, ticked });
        }
        for _ in 0..lines {
            self.y += spacing;
            let rule = Shape::Rule { x, y: self.y, length: PAGE.0 - MARGIN - x };
            if let Some(shapes) = self.pages.shapes.last_mut() {
                shapes.push(rule);
            }
        }
    }

    /// Places a text at `x`, with `before` above it.
    fn place(&mut self, role: Role, line: &Line, (x, size, before): (f32, f32, f32)) {
        let bold = matches!(role, Role::Heading(_));
        let lines = wrap(&line.0, self.faces, PAGE.0 - MARGIN - x, size, bold);
        if lines.is_empty() {
            return;
        }
        let height = size * LEADING;
        // After a heading, there must be room for three more lines on the page.
        let wanted = if bold { height * lines.len() as f32 + 3.0 * BODY * self.scale * LEADING } else { height };
        if self.y + before + wanted > PAGE.1 - BOTTOM && !self.page_is_empty() {
            self.begin_page();
        } else {
            self.y += before;
        }
        let part = self.pages.parts.len();
        let text = lines.iter().flatten().map(|run| run.text.as_str()).collect::<String>().trim().to_owned();
        self.pages.parts.push(Part { role, text });
        for (index, runs) in lines.into_iter().enumerate() {
            if self.y + height > PAGE.1 - BOTTOM {
                self.begin_page();
            }
            let line = PlacedLine { part, begins: index == 0, x, y: self.y + size, size, runs };
            if let Some(page) = self.pages.pages.last_mut() {
                page.push(line);
            }
            self.y += height;
        }
    }

    fn page_is_empty(&self) -> bool {
        self.pages.pages.last().is_none_or(Vec::is_empty)
    }

    fn begin_page(&mut self) {
        self.pages.pages.push(Vec::new());
        self.pages.shapes.push(Vec::new());
        self.y = MARGIN;
    }
}

/// Wraps pieces into lines that are at most `width` wide. A line ends after a space, or inside a word that is too long for one line.
fn wrap(pieces: &[Piece], faces: &Faces, width: f32, size: f32, all_bold: bool) -> Vec<Vec<Run>> {
    let letters: Vec<(char, bool, bool)> = pieces
        .iter()
        .flat_map(|piece| {
            let bold = all_bold || !matches!(piece.emphasis, Emphasis::Plain | Emphasis::Faint);
            let faint = piece.emphasis == Emphasis::Faint;
            piece.text.chars().filter_map(move |letter| faces.drawable(letter).map(|letter| (letter, bold, faint)))
        })
        .collect();
    let mut lines = Vec::new();
    let mut rest = letters.as_slice();
    while let Some(first) = rest.iter().position(|(letter, ..)| *letter != ' ') {
        rest = &rest[first..];
        let (mut used, mut end, mut after_space) = (0.0, 0, None);
        for (index, (letter, bold, _)) in rest.iter().enumerate() {
            used += faces.face(*bold).advance(*letter) * size;
            // A space at the end of a line can exceed the width. It's invisible, and it separates the words when the text is copied.
            if *letter == ' ' {
                after_space = Some(index + 1);
            } else if used > width && index > 0 {
                break;
            }
            end = index + 1;
        }
        if end < rest.len() {
            end = after_space.unwrap_or(end);
        }
        let (line, next) = rest.split_at(end);
        lines.push(runs(line));
        rest = next;
    }
    lines
}

fn runs(letters: &[(char, bool, bool)]) -> Vec<Run> {
    letters
        .chunk_by(|one, other| (one.1, one.2) == (other.1, other.2))
        .map(|same| Run { bold: same[0].1, faint: same[0].2, text: same.iter().map(|(letter, ..)| *letter).collect() })
        .collect()
}
