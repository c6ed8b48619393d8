//! HTML from documents and text. Whatever is text stays text.

use sarcoguide_report::document::{Block, Document, Line, Look};

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn inline(line: &Line) -> String {
    let piece = |piece: &sarcoguide_report::document::Piece| {
        let text = escaped(&piece.text);
        match piece.look {
            Look::Plain => text,
            Look::Strong => format!("<strong>{text}</strong>"),
            Look::Faint => format!("<small>{text}</small>"),
            Look::Good => format!("<strong class=\"good\">{text}</strong>"),
            Look::Open => format!("<strong class=\"open\">{text}</strong>"),
            Look::Bad => format!("<strong class=\"bad\">{text}</strong>"),
        }
    };
    line.0.iter().map(piece).collect()
}

/// A name for a heading, so that it can be linked to.
pub(crate) fn anchor(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    letters.collect::<String>().split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// A document as the body of a page.
pub(crate) fn body(document: &Document) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let close = |out: &mut String, depth: &mut u8| {
        for _ in 0..*depth {
            out.push_str("</li></ul>");
        }
        *depth = 0;
    };
    for block in &document.blocks {
        match block {
            Block::Points { depth: wanted, lines } => {
                let wanted = wanted + 1;
                // Points stand within the point before them.
                while depth > wanted {
                    out.push_str("</li></ul>");
                    depth -= 1;
                }
                if depth == wanted {
                    out.push_str("</li>");
                }
                while depth < wanted {
                    out.push_str("<ul>");
                    depth += 1;
                    if depth < wanted {
                        out.push_str("<li>");
                    }
                }
                let items: Vec<String> = lines.iter().map(|line| format!("<li>{}", inline(line))).collect();
                out.push_str(&items.join("</li>"));
            }
            other => {
                close(&mut out, &mut depth);
                match other {
                    Block::Heading { level, line } => {
                        let id = anchor(&line.bare());
                        out.push_str(&format!("<h{level} id=\"{id}\">{}</h{level}>", inline(line)));
                    }
                    Block::Paragraph(line) => out.push_str(&format!("<p>{}</p>", inline(line))),
                    Block::Table { heads, rows } => out.push_str(&table(heads, rows)),
                    Block::Points { .. } => {}
                }
            }
        }
    }
    close(&mut out, &mut depth);
    out
}

fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let cells = |cells: &[String], tag: &str| -> String {
        cells.iter().map(|cell| format!("<{tag}>{}</{}>", escaped(cell), &tag[..2])).collect()
    };
    let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells(row, "td"))).collect();
    let heads = cells(heads, "th scope=\"col\"");
    format!("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_within_the_point_before_them() {
        let mut document = Document::default();
        document.heading(2, "To ask");
        document.points(vec!["one".into(), "two".into()]);
        document.points_at(1, vec!["inner".into()]);
        document.points(vec!["three".into()]);
        document.paragraph("end");
        assert_eq!(
            body(&document),
            "<h2 id=\"to-ask\">To ask</h2><ul><li>one</li><li>two<ul><li>inner</li></ul></li><li>three</li></ul><p>end</p>"
        );
    }

    #[test]
    fn text_stays_text() {
        let mut document = Document::default();
        document.paragraph("<script>alert('&')</script>");
        assert_eq!(body(&document), "<p>&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>");
    }
}
