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
    let width = terminal.width.max(40);
    let mut out = String::new();
    let mut after_points = false;
    for block in &document.blocks {
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
                wrap(&mut out, &strong, width, "", "", terminal.color);
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
                wrap(&mut out, line, width, "", "", terminal.color);
                out.push('\n');
            }
            Block::Points { depth, lines } => {
                let first = format!("{}- ", "  ".repeat(usize::from(*depth) + 1));
                let next = " ".repeat(first.len());
                lines.iter().for_each(|line| wrap(&mut out, line, width, &first, &next, terminal.color));
            }
            Block::Table { heads, rows } => table(&mut out, heads, rows, width, terminal.color),
            rich => out.push_str(&rich.in_words().map(|document| text(&document, terminal)).unwrap_or_default()),
        }
        after_points = matches!(block, Block::Points { .. });
    }
    out
}

/// Adds a line to `out`, and wraps it at spaces. The first row begins with `first`, and all other rows with `next`.
fn wrap(out: &mut String, line: &Line, width: usize, first: &str, next: &str, color: bool) {
    let mut column = first.chars().count();
    let mut fresh = true;
    // Whether there is a space before the next word. It becomes a line break if the word doesn't fit on the row.
    let mut blank = false;
    out.push_str(first);
    for piece in &line.0 {
        let style = if color { code(piece.emphasis) } else { "" };
        let mut open = false;
        blank |= piece.text.starts_with(' ');
        for word in piece.text.split_whitespace() {
            let length = word.chars().count();
            if !fresh && blank && column + 1 + length > width {
                out.push_str(if open { RESET } else { "" });
                out.push('\n');
                out.push_str(next);
                column = next.chars().count();
                open = false;
            } else if !fresh && blank {
                out.push(' ');
                column += 1;
            }
            if !open && !style.is_empty() {
                out.push_str(style);
                open = true;
            }
            out.push_str(word);
            column += length;
            fresh = false;
            blank = true;
        }
        out.push_str(if open { RESET } else { "" });
        blank = piece.text.ends_with(' ') || (blank && piece.text.trim().is_empty());
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
}

fn table(out: &mut String, heads: &[String], rows: &[Vec<String>], width: usize, color: bool) {
    let count = heads.len();
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).chain(heads.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    // Each column except the last is as wide as its longest cell, up to an equal share of the width. The last column gets the rest.
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
        let columns: Vec<Vec<String>> = cells.iter().zip(&widths).map(|(cell, width)| broken(cell, *width)).collect();
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

/// Wraps a text at spaces.
fn broken(text: &str, width: usize) -> Vec<String> {
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
}
