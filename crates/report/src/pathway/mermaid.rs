//! A pathway as a Mermaid flowchart, for Markdown that draws it.

use super::text::small;
use sarcoguide_model::Course;

use super::{Pathway, Placed, class_of};
use crate::fit::Fit;

/// A pathway as Mermaid's `flowchart LR`.
#[must_use]
pub fn mermaid(pathway: &Pathway) -> String {
    let mut out = String::from("flowchart LR\n");
    let mut line = |depth: usize, text: String| {
        out.push_str(&"  ".repeat(depth));
        out.push_str(&text);
        out.push('\n');
    };
    line(1, format!("accTitle: {}", one_line(&pathway.title())));
    line(1, format!("accDescr: {}", one_line(&pathway.about())));
    if let Some(told) = &pathway.not_covered {
        line(1, format!("outside[{}]", label(&[told])));
    }
    if pathway.columns.is_empty() {
        line(1, format!("nothing[{}]", label(&["The guide has nothing to show here."])));
    }
    let begins = pathway.edges.iter().any(|edge| edge.from.is_none());
    if begins {
        let group = if pathway.group.is_empty() { pathway.guide.clone() } else { pathway.group.join("; ") };
        line(1, format!("begin(({}))", label(&[&group])));
    }
    for (index, column) in pathway.columns.iter().enumerate() {
        line(1, format!("subgraph time{index}[{}]", label(&[&column.name])));
        line(2, "direction TB".to_owned());
        for (place, kind) in column.kinds.iter().enumerate() {
            line(2, format!("subgraph time{index}kind{place}[{}]", label(&[&kind.name])));
            for (number, placed) in kind.placed.iter().enumerate() {
                line(3, node(&format!("time{index}kind{place}box{number}"), placed));
            }
            line(2, "end".to_owned());
        }
        line(1, "end".to_owned());
    }
    for edge in &pathway.edges {
        let from = edge.from.map_or_else(|| "begin".to_owned(), |from| format!("time{from}"));
        let told = if edge.only_if.is_empty() {
            String::new()
        } else {
            format!("|{}|", label(&[&format!("only if {}", edge.only_if.join("; "))]))
        };
        let arrow = if pathway.columns[edge.to].course == Course::Branch { "-.->" } else { "-->" };
        line(1, format!("{from} {arrow}{told} time{}", edge.to));
    }
    for fit in pathway.fits() {
        line(1, format!("classDef {} {}", class(fit), style(fit)));
    }
    out
}

/// A treatment in the shape of how it fits.
fn node(id: &str, placed: &Placed) -> String {
    let (open, close) = match placed.fit {
        Fit::Fits => ("[", "]"),
        Fit::FitsOnceRuledOut | Fit::MayFit => ("(", ")"),
        Fit::TrialOnly => ("([", "])"),
        Fit::AdvisedAgainst => ("{{", "}}"),
        Fit::Unavailable | Fit::DoesNotFit => ("[/", "/]"),
    };
    let strength = small(&placed.strength_name);
    let told = label(&[&placed.name, &strength, &placed.words()]);
    format!("{id}{open}{told}{close}:::{}", class(placed.fit))
}

fn class(fit: Fit) -> String {
    class_of(fit).replace('-', "_")
}

fn style(fit: Fit) -> &'static str {
    match fit {
        Fit::Fits => "stroke:#2e8b57,stroke-width:3px",
        Fit::FitsOnceRuledOut | Fit::MayFit => "stroke:#a8720c,stroke-width:2px,stroke-dasharray:6 4",
        Fit::TrialOnly => "stroke:#6a5acd,stroke-width:2px,stroke-dasharray:10 3 2 3",
        Fit::AdvisedAgainst => "stroke:#cc4437,stroke-width:3px",
        Fit::Unavailable | Fit::DoesNotFit => "stroke:#7a7a7a,stroke-width:2px,stroke-dasharray:2 3",
    }
}

/// Lines as one quoted label. Everything that Mermaid, Markdown or HTML would read as its own is written as a code.
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
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text that ends with its line: Mermaid takes it as it is but for what begins a comment or another statement.
fn one_line(text: &str) -> String {
    let text = text.replace(';', ",");
    let word = |c: char| if c.is_control() || matches!(c, '#' | '%' | '{' | '}' | '<' | '>') { ' ' } else { c };
    text.chars().map(word).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
