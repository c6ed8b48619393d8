//! Renders documents as Markdown.

use crate::block::{Block, Document, Emphasis, Line, Piece};

/// Renders a document as Markdown.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, line, .. } => {
                out.push_str(&format!(
                    "{}{} {}\n\n",
                    if out.is_empty() { "" } else { "\n" },
                    "#".repeat(usize::from(*level)),
                    escaped(&line.bare())
                ));
            }
            Block::Paragraph(line) => out.push_str(&format!("{}\n\n", inline(line))),
            Block::Points { depth, lines } => {
                lines.iter().for_each(|line| out.push_str(&format!("{}- {}\n", "  ".repeat(usize::from(*depth)), inline(line))));
                out.push('\n');
            }
            Block::Table { heads, rows } => {
                let row = |cells: &[String]| {
                    format!(
                        "| {} |\n",
                        cells.iter().map(|cell| escaped(cell).replace('|', "\\|")).collect::<Vec<_>>().join(" | ")
                    )
                };
                out.push_str(&row(heads));
                out.push_str(&format!("|{}\n", "---|".repeat(heads.len())));
                rows.iter().for_each(|cells| out.push_str(&row(cells)));
                out.push('\n');
            }
            rich => out.push_str(&rich.in_words().map(|document| markdown(&document)).unwrap_or_default()),
        }
    }
    out
}

fn inline(line: &Line) -> String {
    let piece = |piece: &Piece| {
        let text = escaped(&piece.text);
        match piece.emphasis {
            Emphasis::Plain | Emphasis::Faint => text,
            _ => {
                let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
                format!("{}**{}**{}", &text[..start], &text[start..end], &text[end..])
            }
        }
    };
    line.0.iter().map(piece).collect()
}

/// Escapes the characters that Markdown would read as emphasis, code, HTML or escapes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '>' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        let mut document = Document::default();
        document.paragraph(Line::default().strong("HLA-A*02").plain(" <5 cm"));
        assert_eq!(markdown(&document), "**HLA-A\\*02** \\<5 cm\n\n");
    }
}
