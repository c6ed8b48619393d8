//! Renders comparisons as tables. The style sheet keeps the names of the columns in view, and lets people swipe the columns on a narrow screen.

use maud::{Markup, html};

use super::Writer;
use crate::block::{CellLine, Comparison, ComparisonRow, Document, Line};

impl Writer<'_> {
    /// Renders a comparison. Each row has a heading, a cell for each column, a sentence about all of them, and the folded details.
    pub(super) fn comparison(&mut self, Comparison { label, heads, rows }: &Comparison) {
        let names: Vec<Markup> = heads.iter().map(|head| self.line(head, false)).collect();
        let rows: Vec<Markup> = rows.iter().map(|row| self.comparison_row(heads, row)).collect();
        // The table scrolls, so it must be reachable with the keyboard.
        self.html(&html! {
            div.comparison role="region" aria-label=(label) tabindex="0" {
                table {
                    thead { tr { @for name in names { th scope="col" { (name) } } } }
                    @for row in rows { (row) }
                }
            }
        });
    }

    fn comparison_row(&mut self, heads: &[Line], row: &ComparisonRow) -> Markup {
        let columns = heads.len();
        let cells: Vec<Markup> = row.cells.iter().map(|cell| self.cell(cell)).collect();
        let note = self.line(&row.note, true);
        html! {
            tbody {
                @if !row.title.is_empty() { tr.asked { th scope="rowgroup" colspan=(columns) { span { (row.title) } } } }
                @if !cells.is_empty() { tr.short { @for cell in cells { td { (cell) } } } }
                @if !row.note.0.is_empty() { tr.noted { td colspan=(columns) { p { (note) } } } }
                @if !row.details.is_empty() { tr.folded { td colspan=(columns) { (self.details(heads, &row.more, &row.details)) } } }
            }
        }
    }

    fn cell(&mut self, lines: &[CellLine]) -> Markup {
        html! {
            @for CellLine { line, people } in lines {
                p { (self.line(line, true)) @if let Some((low, high)) = people { (bar(*low, *high)) } }
            }
        }
    }

    /// Renders the full text of a row, with the name of each column above its text.
    fn details(&mut self, heads: &[Line], more: &str, details: &[Document]) -> Markup {
        let heading = self.captured(|writer| writer.heading(2, &more.into(), None));
        let columns: Vec<Markup> = heads
            .iter()
            .zip(details)
            .filter(|(_, document)| !document.blocks.is_empty())
            .map(|(head, document)| {
                self.captured(|writer| {
                    writer.heading(3, &head.bare().into(), None);
                    writer.document(document);
                })
            })
            .collect();
        html! {
            details { summary { (heading) } div.columns { @for column in columns { div { (column) } } } }
        }
    }
}

/// Draws how many people out of 100 the words beside it count: a filled bar to the lowest number, and a lighter one to the highest.
fn bar(low: u8, high: u8) -> Markup {
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.whole width="100" height="8" {}
            rect.most width=(high) height="8" {}
            rect.least width=(low) height="8" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Target;
    use crate::block::{Block, CellLine, Comparison, ComparisonRow, Document, Line};
    use crate::html::{Context, Labels, Writer};
    use crate::markdown::markdown;

    struct Page(Labels);

    impl Context for Page {
        fn labels(&self) -> &Labels {
            &self.0
        }

        fn address(&self, _target: &Target) -> Option<String> {
            None
        }
    }

    fn document() -> Document {
        let text = |words: &str| {
            let mut document = Document::default();
            document.paragraph(words);
            document
        };
        let cell = |words: &str, people| vec![CellLine { line: words.into(), people }];
        let rows = vec![
            ComparisonRow {
                title: "Does it help?".to_owned(),
                cells: vec![cell("In <41> of 100", Some((41, 41))), Vec::new()],
                note: "No figure for the second.".into(),
                more: "More on help".to_owned(),
                details: vec![text("All about the first."), text("All about the second.")],
            },
            ComparisonRow { more: "To ask".to_owned(), details: vec![text("Why?"), Document::default()], ..Default::default() },
        ];
        let heads = vec![Line::from("First"), Line::from("Second")];
        let block = Block::Comparison(Comparison { label: "Two compared".to_owned(), heads, rows });
        Document { blocks: vec![block] }
    }

    #[test]
    fn a_table_has_a_short_row_and_folded_details_for_each_question() {
        let page = Page(Labels { contents: String::new(), terms: String::new(), table: String::new() });
        let mut writer = Writer::new(&page);
        writer.document(&document());
        let html = writer.finish().0;
        for part in [
            "<th scope=\"col\">First</th><th scope=\"col\">Second</th>",
            "<th scope=\"rowgroup\" colspan=\"2\"><span>Does it help?</span></th>",
            "<td><p>In &lt;41&gt; of 100<svg class=\"bar\"",
            "<td colspan=\"2\"><p>No figure for the second.</p></td>",
            "<details><summary><h2 id=\"more-on-help\">More on help</h2></summary>",
            "<h3 id=\"second\">Second</h3><p>All about the second.</p>",
        ] {
            assert!(html.contains(part), "{part} isn't in {html}");
        }
        assert_eq!(html.matches("<tr class=\"short\">").count(), 1, "a row without cells has only details");
        assert_eq!(html.matches("Second</h3>").count(), 1, "a column without details isn't named in them");
    }

    #[test]
    fn other_renderers_show_short_texts_notes_and_details() {
        let text = markdown(&document());
        let mut rest = text.as_str();
        for part in
            ["Does it help?", "First", "<41", "All about the first.", "Second", "second.", "No figure", "To ask", "First", "Why?"]
        {
            let at = rest.find(part).unwrap_or_else(|| panic!("{part} isn't in order in {text}"));
            rest = &rest[at + part.len()..];
        }
    }
}
