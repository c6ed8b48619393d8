//! Renders documents as text for a terminal.

use crate::block::{Block, Document, Emphasis, Line};

/// The settings for terminal text.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The width in columns. A value below 40 counts as 40.
    pub width: usize,
    /// Whether to use colors and bold text, with ANSI escape sequences.
    pub color: bool,
}

const RESET: &str = "\u{1b}[0m";

/// Returns the ANSI escape sequence that begins an emphasis.
fn code(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Plain => "",
        Emphasis::Strong => "\u{1b}[1m",
        Emphasis::Faint => "\u{1b}[2m",
        Emphasis::Good => "\u{1b}[1;32m",
        Emphasis::Open => "\u{1b}[1;33m",
        Emphasis::Bad => "\u{1b}[1;31m",
    }
}

/// Renders a document as text.
#[must_use]
pub fn text(document: &Document, terminal: Terminal) -> String {
    let mut out = String::new();
    blocks(&mut out, &document.blocks, terminal, false);
    out
}

/// Adds blocks to `out`. `after_points` says whether a list comes directly before them. Returns whether they end with a list.
fn blocks(out: &mut String, list: &[Block], terminal: Terminal, mut after_points: bool) -> bool {
    let width = terminal.width.max(40);
    for block in list {
        match block {
            Block::Heading { level, line, .. } => {
                let bare = line.bare();
                out.push_str(if out.is_empty() || out.ends_with("\n\n") { "" } else { "\n" });
                let strong = Line(
                    line.0
                        .iter()
                        .cloned()
                        .map(|mut piece| {
                            if piece.emphasis == Emphasis::Plain {
                                piece.emphasis = Emphasis::Strong;
                            }
                            piece
                        })
                        .collect(),
                );
                wrap(out, &strong, width, "", "", terminal.color);
                let rule = match level {
                    1 => "=",
                    2 => "-",
                    _ => "",
                };
                if !rule.is_empty() {
                    out.push_str(&rule.repeat(bare.chars().count().min(width)));
                    out.push_str("\n\n");
                }
            }
            Block::Paragraph(line) => {
                out.push_str(if after_points { "\n" } else { "" });
                wrap(out, line, width, "", "", terminal.color);
                out.push('\n');
            }
            Block::Points { depth, lines } => {
                let first = format!("{}- ", "  ".repeat(usize::from(*depth) + 1));
                let next = " ".repeat(first.len());
                lines.iter().for_each(|line| wrap(out, line, width, &first, &next, terminal.color));
            }
            Block::Table { heads, rows } => {
                out.push_str(if after_points { "\n" } else { "" });
                table(out, heads, rows, width, terminal.color);
            }
            rich => {
                let plain = rich.in_words().unwrap_or_default();
                after_points = blocks(out, &plain.blocks, terminal, after_points);
                continue;
            }
        }
        after_points = matches!(block, Block::Points { .. });
    }
    after_points
}

/// Adds a line to `out`, and wraps it at spaces. The first row begins with `first`, and all other rows with `next`.
fn wrap(out: &mut String, line: &Line, width: usize, first: &str, next: &str, color: bool) {
    let mut column = first.chars().count();
    let mut fresh = true;
    out.push_str(first);
    // The emphasis that is in effect.
    let mut open = "";
    for word in words(line) {
        let length: usize = word.iter().map(|(_, text)| text.chars().count()).sum();
        let breaks = !fresh && column + 1 + length > width;
        // If two words have the same emphasis, the space between them has it too.
        let continues = word.first().is_some_and(|(piece, _)| *piece == open);
        if !open.is_empty() && (breaks || !continues) {
            out.push_str(RESET);
            open = "";
        }
        if breaks {
            out.push('\n');
            out.push_str(next);
            column = next.chars().count();
        } else if !fresh {
            out.push(' ');
            column += 1;
        }
        for (style, text) in word {
            let style = if color { style } else { "" };
            if style != open {
                out.push_str(if open.is_empty() { "" } else { RESET });
                out.push_str(style);
                open = style;
            }
            out.push_str(text);
        }
        column += length;
        fresh = false;
    }
    out.push_str(if open.is_empty() { "" } else { RESET });
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
}

/// Splits a line into words. A word can have several parts with different emphases, such as a name in bold and the comma after it. Each part
/// comes with the ANSI escape sequence of its emphasis.
fn words(line: &Line) -> Vec<Vec<(&'static str, &str)>> {
    let mut words: Vec<Vec<(&'static str, &str)>> = Vec::new();
    // Whether the next part begins a new word.
    let mut blank = true;
    for piece in &line.0 {
        blank |= piece.text.starts_with(char::is_whitespace);
        for text in piece.text.split_whitespace() {
            let part = (code(piece.emphasis), text);
            match words.last_mut() {
                Some(word) if !blank => word.push(part),
                _ => words.push(vec![part]),
            }
            blank = true;
        }
        blank = piece.text.ends_with(char::is_whitespace) || (blank && piece.text.trim().is_empty());
    }
    words
}

fn table(out: &mut String, heads: &[String], rows: &[Vec<String>], width: usize, color: bool) {
    let count = heads.len();
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(heads.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    // Each column except the last is as wide as its longest cell, up to an equal share of the width or 12, whichever is more. The last column can use
    // the rest.
    let mut widths: Vec<usize> = (0..count).map(longest).collect();
    let most = width / count.max(1);
    for column in widths.iter_mut().take(count.saturating_sub(1)) {
        *column = (*column).min(most.max(12));
    }
    let used: usize = widths.iter().take(count.saturating_sub(1)).map(|column| column + 2).sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last).min(width.saturating_sub(used).max(12));
    }
    let mut line = |cells: &[String], emphasis: Emphasis| {
        let columns: Vec<Vec<String>> = cells.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or_default();
        for row in 0..height {
            let mut text = String::new();
            for (column, width) in columns.iter().zip(&widths) {
                let cell = column.get(row).map_or("", String::as_str);
                text.push_str(cell);
                text.push_str(&" ".repeat(width.saturating_sub(cell.chars().count()) + 2));
            }
            let text = text.trim_end();
            if color && emphasis != Emphasis::Plain {
                out.push_str(&format!("{}{text}{RESET}\n", code(emphasis)));
            } else {
                out.push_str(text);
                out.push('\n');
            }
        }
    };
    line(heads, Emphasis::Strong);
    rows.iter().for_each(|row| line(row, Emphasis::Plain));
    out.push('\n');
}

/// Wraps a text at spaces into lines of at most `width` characters. A longer word has its own line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_at_spaces_and_points_are_indented() {
        let mut document = Document::default();
        document.points(vec![
            Line::default().strong("Guy wires").plain(": it may be used for certain unstable town street conifers ").faint("[1]"),
        ]);
        let text = text(&document, Terminal { width: 40, color: false });
        assert_eq!(text, "  - Guy wires: it may be used for\n    certain unstable town street\n    conifers [1]\n");
    }

    /// Punctuation counts toward the length of the word before it, so it's never alone on the next row.
    #[test]
    fn punctuation_after_an_emphasized_word_stays_with_the_word_and_within_the_width() {
        for color in [false, true] {
            let mut document = Document::default();
            document
                .paragraph(Line::default().plain("Prune the broken branches of the ").strong("linden").plain(", and then wait."));
            document.paragraph(
                Line::default().plain("Prune the broken branches of the ").strong("lindens").plain(", and then wait."),
            );
            let text = text(&document, Terminal { width: 40, color });
            let plain = text.replace(RESET, "").replace(code(Emphasis::Strong), "");
            assert!(plain.lines().all(|line| line.chars().count() <= 40), "{plain}");
            assert!(plain.contains("the linden,\nand") && plain.contains("the\nlindens, and"), "{plain}");
            assert_eq!(text.matches(RESET).count(), if color { 2 } else { 0 }, "{text:?}");
        }
    }

    #[test]
    fn a_blank_line_separates_a_list_from_the_paragraph_after_it() {
        let sources = |passages: Vec<String>| Block::Sources { passages, heading: "Works".into(), works: vec!["Trees".into()] };
        let mut document = Document::default();
        document.points(vec!["A list".into()]);
        document.paragraph("A paragraph.");
        document.blocks.push(sources(vec!["A passage".to_owned()]));
        document.paragraph("The end.");
        let text = text(&document, Terminal { width: 40, color: false });
        assert!(text.contains("- A list\n\nA paragraph."), "{text}");
        assert!(text.ends_with("- Trees\n\nThe end.\n\n"), "{text}");
    }
}
