//! Renders a flow as a Mermaid flowchart, for Markdown viewers that can draw it.

use crate::svg::flow::{Flow, FlowBox};
use crate::svg::{Lane, Shape};

/// Returns a comment on a line of its own, to put above the flowchart.
#[must_use]
pub fn comment(text: &str) -> String {
    format!("%% {}\n", one_line(text))
}

/// Renders a flow as a Mermaid flowchart (`flowchart LR`).
#[must_use]
pub fn mermaid(flow: &Flow) -> String {
    let mut out = String::from("flowchart LR\n");
    let mut line = |depth: usize, text: String| {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&text);
        out.push('\n');
    };
    line(1, format!("accTitle: {}", one_line(&flow.title)));
    line(1, format!("accDescr: {}", one_line(&flow.about)));
    // One node keeps the notes in their order.
    if !flow.notes.is_empty() {
        line(1, format!("notes[{}]", label(&flow.notes.iter().map(String::as_str).collect::<Vec<_>>())));
    }
    if flow.edges.iter().any(|edge| edge.from.is_none()) {
        line(1, format!("begin(({}))", label(&[&flow.start])));
    }
    for (index, column) in flow.columns.iter().enumerate() {
        line(1, format!("subgraph time{index}[{}]", label(&[&column.name])));
        line(2, "direction TB".to_owned());
        for (group_index, group) in column.groups.iter().enumerate() {
            line(2, format!("subgraph time{index}kind{group_index}[{}]", label(&[&group.name])));
            for (number, entry) in group.boxes.iter().enumerate() {
                line(3, node(&format!("time{index}kind{group_index}box{number}"), entry));
            }
            line(2, "end".to_owned());
        }
        line(1, "end".to_owned());
    }
    for edge in &flow.edges {
        let from = edge.from.map_or_else(|| "begin".to_owned(), |from| format!("time{from}"));
        let words = if edge.label.is_empty() { String::new() } else { format!("|{}|", label(&[&edge.label])) };
        let arrow = if flow.columns[edge.to].lane == Lane::Branch { "-.->" } else { "-->" };
        line(1, format!("{from} {arrow}{words} time{}", edge.to));
    }
    for (shape, _) in &flow.legend {
        line(1, format!("classDef {} {}", class(*shape), style(*shape)));
    }
    out
}

fn node(id: &str, entry: &FlowBox) -> String {
    let (open, close) = match entry.shape {
        Shape::Fits => ("[", "]"),
        Shape::Open => ("(", ")"),
        Shape::TrialOnly => ("([", "])"),
        Shape::AdvisedAgainst => ("{{", "}}"),
        Shape::Unavailable => ("[/", "/]"),
    };
    let lines: Vec<&str> = std::iter::once(&entry.name).chain(&entry.lines).map(String::as_str).collect();
    format!("{id}{open}{}{close}:::{}", label(&lines), class(entry.shape))
}

fn class(shape: Shape) -> String {
    shape.class().replace('-', "_")
}

fn style(shape: Shape) -> &'static str {
    match shape {
        Shape::Fits => "stroke:#2e8b57,stroke-width:3px",
        Shape::Open => "stroke:#a8720c,stroke-width:2px,stroke-dasharray:6 4",
        Shape::TrialOnly => "stroke:#6a5acd,stroke-width:2px,stroke-dasharray:10 3 2 3",
        Shape::AdvisedAgainst => "stroke:#cc4437,stroke-width:3px",
        Shape::Unavailable => "stroke:#7a7a7a,stroke-width:2px,stroke-dasharray:2 3",
    }
}

/// Joins lines into one quoted label. Escapes all characters with a special meaning in Mermaid, Markdown or HTML.
fn label(lines: &[&str]) -> String {
    format!("\"{}\"", lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>"))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '&' | '<' | '>' | '`' | ';' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '|' | '~' | '$' | '%' | '@' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
            c if ends_line(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Whether a viewer could treat a character as the end of a line. To be safe, this includes all control characters, which a chart never needs.
fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Prepares a text for `accTitle`, `accDescr` or a comment. Mermaid doesn't allow quotes around these texts, so this function puts the text on one
/// line and replaces characters that could begin a comment or another statement.
fn one_line(text: &str) -> String {
    let text = text.replace(';', ",");
    let replaced = |c: char| if ends_line(c) || matches!(c, '#' | '%' | '{' | '}' | '<' | '>') { ' ' } else { c };
    text.chars().map(replaced).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name in a guide can contain any character.
    #[test]
    fn a_name_cannot_end_its_line_or_label() {
        let name = "a \"name\"\nclick node call alert()\r\u{2028}end";
        let text = comment(name);
        assert!(text.starts_with("%% a ") && text.lines().count() == 1, "{text}");
        let text = label(&[name]);
        assert!(!text.trim_matches('"').contains(['"', '\n', '\r', '\u{2028}']), "{text}");
        let text = one_line(name);
        assert!(!text.contains(['\n', '\r', '\u{2028}']), "{text}");
    }
}
