//! Renders documents as HTML, for the body of a page. All text is escaped.

mod comparison;
mod figures;
mod line;
mod row;

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::block::{Block, Document, Emphasis, Line, Section, Target};
use crate::svg::Drawing;

/// Texts that the renderer itself adds to a page.
#[derive(Clone, Debug)]
pub struct Labels {
    /// The label of the table of contents, for example `On this page`.
    pub contents: String,
    /// The heading above the explanations of glossary terms, for example `Words explained`.
    pub terms: String,
    /// The label that screen readers announce for a table that can be scrolled.
    pub table: String,
}

/// The position of a glossary term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The byte range of the term.
    pub range: Range<usize>,
    /// The number of the term, for [`Context::explanation`].
    pub term: usize,
}

/// What the renderer needs to know about a page, in addition to its documents: the addresses of link targets, the explanations of glossary terms, and
/// the controls of options.
pub trait Context {
    /// Returns the texts that the renderer itself adds to a page.
    fn labels(&self) -> &Labels;

    /// Returns the address of a link target, or `None` if this page can't link to it.
    fn address(&self, target: &Target) -> Option<String>;

    /// Returns the phone numbers that become links wherever they appear in text, each with the address of its link.
    fn phones(&self) -> &[(String, String)] {
        &[]
    }

    /// Returns the positions of glossary terms in a text, in order. They must not overlap.
    fn mentions(&self, _text: &str) -> Vec<Mention> {
        Vec::new()
    }

    /// Returns the ID of a term, which becomes part of its anchors, and its explanation.
    fn explanation(&self, _term: usize) -> Option<(&str, Markup)> {
        None
    }

    /// Returns the control to show directly below the heading of an option, for example a checkbox to select it.
    fn control(&self, _option: &str) -> Option<Markup> {
        None
    }
}

/// Renders one or more documents as the body of a page.
///
/// Even if the page has several documents, its anchors are unique, and it explains each glossary term only once.
pub struct Writer<'a> {
    context: &'a dyn Context,
    /// The glossary terms used so far, in the order of their first use.
    explained: Vec<usize>,
    /// The anchors used so far.
    anchors: BTreeSet<String>,
    /// The anchor and text of each level 2 heading, for the table of contents.
    headings: Vec<(String, String)>,
    /// The byte offset in `body` where the table of contents belongs.
    contents_at: Option<usize>,
    with_contents: bool,
    /// Whether glossary terms in the current part are links to their explanations.
    explains: bool,
    body: String,
}

impl<'a> Writer<'a> {
    /// Creates an empty page without a table of contents.
    #[must_use]
    pub fn new(context: &'a dyn Context) -> Self {
        Self {
            context,
            explained: Vec::new(),
            anchors: BTreeSet::new(),
            headings: Vec::new(),
            contents_at: None,
            with_contents: false,
            explains: true,
            body: String::new(),
        }
    }

    /// Adds a table of contents with the level 2 headings, below the title.
    #[must_use]
    pub fn with_contents(self) -> Self {
        Self { with_contents: true, ..self }
    }

    /// Adds HTML unchanged.
    pub fn html(&mut self, html: &Markup) {
        self.body.push_str(&html.0);
    }

    /// Adds a document.
    pub fn document(&mut self, document: &Document) {
        self.blocks(&document.blocks);
    }

    /// Returns the body of the page. Explanations of its glossary terms are at the end.
    #[must_use]
    pub fn finish(mut self) -> Markup {
        if !self.explained.is_empty() {
            let explanations = self.explained.iter().filter_map(|term| self.context.explanation(*term));
            let section = html! {
                section class="words" aria-labelledby="words-explained" {
                    h2 id="words-explained" { (self.context.labels().terms) }
                    @for (id, explanation) in explanations {
                        div class="word" id={ "word-" (id) } { (explanation) }
                    }
                }
            };
            self.body.push_str(&section.0);
        }
        if let Some(at) = self.contents_at {
            let label = &self.context.labels().contents;
            let contents = html! {
                nav class="contents" aria-label=(label) {
                    details { summary { (label) } ul { @for (id, words) in &self.headings { li { a href={ "#" (id) } { (words) } } } } }
                }
            };
            self.body.insert_str(at, &contents.0);
        }
        PreEscaped(self.body)
    }

    /// Renders blocks. A heading with a special section is rendered together with all blocks of its section.
    fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks;
        while let Some((block, after)) = rest.split_first() {
            rest = after;
            match block {
                Block::Heading { level, line, section: Section::Plain } => self.heading(*level, line, None),
                Block::Heading { level, line, section } => {
                    let end = if *section == Section::Warning { points_end(rest) } else { section_end(rest, *level) };
                    let (inner, after) = rest.split_at(end);
                    rest = after;
                    self.section(*level, line, section, inner);
                }
                Block::Paragraph(line) => {
                    let markup = html! { p { (self.line(line, true)) } };
                    self.html(&markup);
                }
                Block::Points { .. } => {
                    let count = 1 + points_end(rest);
                    let lists = &blocks[blocks.len() - rest.len() - 1..][..count];
                    let points: Vec<(u8, &Line)> = lists.iter().flat_map(points).collect();
                    let markup = self.list(&points, 0);
                    self.html(&markup);
                    rest = &rest[count - 1..];
                }
                Block::Table { heads, rows } => {
                    let markup = table(&self.context.labels().table, heads, rows);
                    self.html(&markup);
                }
                Block::Facts(facts) => {
                    let facts: Vec<(&String, Markup)> = facts.iter().map(|(name, fact)| (name, self.line(fact, true))).collect();
                    self.html(&html! { dl class="facts" { @for (name, fact) in facts { dt { (name) } dd { (fact) } } } });
                }
                Block::People { title, groups, array } => self.people(title, groups, array),
                Block::ToFill { line, ticked, lines } => {
                    let box_ = ticked.map(|ticked| if ticked { "\u{2611}" } else { "\u{2610}" });
                    let markup = html! {
                        div class="to-fill" {
                            p { @if let Some(box_) = box_ { (box_) " " } (self.line(line, true)) }
                            @for _ in 0..*lines { div class="rule" {} }
                        }
                    };
                    self.html(&markup);
                }
                Block::Picture { drawing: drawing @ Drawing::Path(_), words } => {
                    // What follows says the same, so only people who can't see the picture need its words.
                    let words = self.captured(|writer| writer.blocks(words));
                    let picture = self.captured(|writer| writer.picture(drawing));
                    self.html(&html! { div class="full" aria-hidden="true" { (picture) } div class="unseen" { (words) } });
                }
                Block::Picture { drawing, words } => {
                    self.picture(drawing);
                    self.blocks(words);
                }
                Block::Comparison(compared) => self.comparison(compared),
                Block::Lead(line) => {
                    let line = self.line(line, false);
                    self.html(&html! { p class="lead" { (line) } });
                }
                Block::Card(parts) => self.card(parts),
                Block::Row(row) => self.row(row),
                Block::Fold { name, inside } => self.fold(name, inside),
                Block::Sources { passages, heading, works } => self.sources(passages, heading, works),
            }
        }
    }

    /// Returns the HTML that `write` produces, without adding it to the page.
    fn captured(&mut self, write: impl FnOnce(&mut Self)) -> Markup {
        let page = std::mem::take(&mut self.body);
        write(self);
        PreEscaped(std::mem::replace(&mut self.body, page))
    }

    /// Renders a section that isn't [`Section::Plain`]: its heading, and its other blocks (`inner`).
    fn section(&mut self, level: u8, line: &Line, section: &Section, inner: &[Block]) {
        let name = match section {
            Section::RedFlags => Some("red-flags"),
            Section::Crisis => Some("crisis"),
            Section::Call => Some("call"),
            Section::Warning => Some("warning"),
            Section::Plain | Section::Folded | Section::FoldedExtra | Section::Treatment(_) | Section::Stop { .. } => None,
        };
        let heading = self.captured(|writer| writer.heading(level, line, name));
        let inner = self.captured(|writer| writer.blocks(inner));
        self.html(&match section {
            Section::Folded => html! { details { summary { (heading) } (inner) } },
            Section::FoldedExtra => html! { details class="extra" { summary { (heading) } (inner) } },
            Section::Treatment(id) => {
                let unsettled = line.0.iter().any(|piece| piece.emphasis == Emphasis::Open);
                let control = self.context.control(id);
                html! {
                    section.option.unsettled[unsettled] id={ "option-" (id) } { (heading) @if let Some(control) = control { (control) } (inner) }
                }
            }
            Section::Stop { is_main } => html! { section.time.main[*is_main] { (heading) (inner) } },
            _ => html! { section class=[name] { (heading) (inner) } },
        });
    }

    /// Renders a heading with the anchor `id`. If `id` is `None`, the anchor is made from the heading's words.
    fn heading(&mut self, level: u8, line: &Line, id: Option<&str>) {
        let mut anchor = id.map_or_else(|| anchor(&line.bare()), str::to_owned);
        while !self.anchors.insert(anchor.clone()) {
            anchor.push_str("-again");
        }
        let words = self.line(line, false);
        let heading = match level {
            0 | 1 => html! { h1 id=(anchor) { (words) } },
            2 => html! { h2 id=(anchor) { (words) } },
            3 => html! { h3 id=(anchor) { (words) } },
            4 => html! { h4 id=(anchor) { (words) } },
            5 => html! { h5 id=(anchor) { (words) } },
            _ => html! { h6 id=(anchor) { (words) } },
        };
        self.html(&heading);
        match level {
            1 if self.with_contents => self.contents_at = Some(self.body.len()),
            2 => self.headings.push((anchor, line.bare())),
            _ => {}
        }
    }

    /// Renders list items of the given depth, each with the deeper items that follow it.
    fn list(&mut self, points: &[(u8, &Line)], depth: u8) -> Markup {
        let mut rest = points;
        let mut items: Vec<Markup> = Vec::new();
        while let Some(((at, line), after)) = rest.split_first() {
            let own = *at <= depth;
            let inner = if own { after } else { rest };
            let (deeper, after) = inner.split_at(inner.iter().take_while(|(at, _)| *at > depth).count());
            rest = after;
            let words = if own { self.line(line, true) } else { PreEscaped(String::new()) };
            let deeper = if deeper.is_empty() { PreEscaped(String::new()) } else { self.list(deeper, depth + 1) };
            items.push(html! { li { (words) (deeper) } });
        }
        html! { ul { @for item in items { (item) } } }
    }

    fn sources(&mut self, passages: &[String], heading: &str, works: &[Line]) {
        let list = html! {
            ul class="sources" {
                @for (index, passage) in passages.iter().enumerate() {
                    li id={ "source-" (index + 1) } { small { "[" (index + 1) "] " (self.linked(passage)) } }
                }
            }
        };
        self.html(&list);
        self.heading(3, &heading.into(), None);
        let works: Vec<(u8, &Line)> = works.iter().map(|line| (0, line)).collect();
        let works = self.list(&works, 0);
        self.html(&works);
    }
}

/// Returns the number of blocks after a heading of the given level that belong to its section.
///
/// The section ends before the next heading of the same or a higher level, or after the list of sources.
fn section_end(blocks: &[Block], level: u8) -> usize {
    let end = |block: &Block| matches!(block, Block::Heading { level: next, .. } if *next <= level);
    let heading = blocks.iter().position(end).unwrap_or(blocks.len());
    let sources = blocks.iter().position(|block| matches!(block, Block::Sources { .. })).map_or(blocks.len(), |index| index + 1);
    heading.min(sources)
}

/// Returns the number of blocks that are lists before the first other block.
fn points_end(blocks: &[Block]) -> usize {
    blocks.iter().take_while(|block| matches!(block, Block::Points { .. })).count()
}

fn points(block: &Block) -> impl Iterator<Item = (u8, &Line)> {
    let (depth, lines) = match block {
        Block::Points { depth, lines } => (*depth, lines.as_slice()),
        _ => (0, &[][..]),
    };
    lines.iter().map(move |line| (depth, line))
}

/// Renders a table. On a narrow screen, the style sheet shows the column header before each cell.
fn table(label: &str, heads: &[String], rows: &[Vec<String>]) -> Markup {
    html! {
        div class="wide" role="group" aria-label=(label) tabindex="0" {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for (head, cell) in heads.iter().zip(row) { td data-head=(head) { (cell) } } } } }
            }
        }
    }
}

/// The style sheet for rendered documents.
pub const STYLE: &str = concat!(
    include_str!("html/style/base.css"),
    include_str!("html/style/questions.css"),
    include_str!("html/style/options.css"),
    include_str!("html/style/treatment.css"),
    include_str!("html/style/compare.css"),
    include_str!("html/style/symptoms.css"),
    include_str!("html/style/words.css"),
    include_str!("html/style/figures.css"),
    include_str!("html/style/tables.css"),
    include_str!("html/style/sheet.css"),
    include_str!("html/style/carry.css"),
    include_str!("html/style/small_and_print.css"),
);

/// Returns a complete page that doesn't load any other file, for saving, sending or printing.
#[must_use]
pub fn standalone(language: &str, title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.0
}

/// Returns the anchor for a heading, for example `how-it-is-given` for `How it is given`.
#[must_use]
pub fn anchor(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    /// A page with one glossary term, and links to treatments only.
    struct Page(Labels);

    impl Context for Page {
        fn labels(&self) -> &Labels {
            &self.0
        }

        fn address(&self, target: &Target) -> Option<String> {
            match target {
                Target::Treatment(id) => Some(format!("/treatment/{id}")),
                _ => None,
            }
        }

        fn mentions(&self, text: &str) -> Vec<Mention> {
            text.match_indices("amputation").map(|(at, word)| Mention { range: at..at + word.len(), term: 0 }).collect()
        }

        fn explanation(&self, _term: usize) -> Option<(&str, Markup)> {
            Some(("amputation", html! { "Removal of a limb." }))
        }
    }

    fn rendered(document: &Document) -> String {
        let labels = Labels { contents: "On this page".into(), terms: "Words explained".into(), table: "Table".into() };
        let page = Page(labels);
        let mut writer = Writer::new(&page);
        writer.document(document);
        writer.finish().0
    }

    #[test]
    fn deeper_points_are_nested_in_the_point_before_them() {
        let mut document = Document::default();
        document.heading(2, "To ask");
        document.points(vec!["one".into(), "two".into()]);
        document.points_at(1, vec!["inner".into()]);
        document.points(vec!["three".into()]);
        document.paragraph("end");
        assert_eq!(
            rendered(&document),
            "<h2 id=\"to-ask\">To ask</h2><ul><li>one</li><li>two<ul><li>inner</li></ul></li><li>three</li></ul><p>end</p>"
        );
    }

    #[test]
    fn deeper_points_without_a_point_before_them_get_their_own_list() {
        let mut document = Document::default();
        document.points_at(1, vec!["inner".into()]);
        document.points(vec!["outer".into()]);
        assert_eq!(rendered(&document), "<ul><li><ul><li>inner</li></ul></li><li>outer</li></ul>");
    }

    #[test]
    fn text_is_escaped() {
        let mut document = Document::default();
        let evil = "<script>alert('&\"')</script>";
        document.paragraph(evil);
        document.table(&[evil], vec![vec![evil.to_owned()]]);
        document.paragraph(Line::default().link(Emphasis::Bad, evil, Target::Treatment(evil.to_owned())));
        document.section(2, evil, Section::Treatment("\"><b>".to_owned()));
        let html = rendered(&document);
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.starts_with("<p>&lt;script&gt;alert("), "{html}");
    }

    #[test]
    fn a_folded_section_ends_at_the_next_heading_of_its_level() {
        let mut document = Document::default();
        document.section(2, "More", Section::Folded);
        document.heading(3, "Within");
        document.points(vec!["one".into()]);
        document.heading(2, "More");
        assert_eq!(
            rendered(&document),
            "<details><summary><h2 id=\"more\">More</h2></summary><h3 id=\"within\">Within</h3><ul><li>one</li></ul></details>\
             <h2 id=\"more-again\">More</h2>"
        );
    }

    #[test]
    fn blocks_after_the_sources_are_outside_their_section() {
        let mut document = Document::default();
        document.section(2, "Sources", Section::Folded);
        let passages = vec!["A book, https://example.org/a.".to_owned()];
        document.blocks.push(Block::Sources { passages, heading: "Works".to_owned(), works: vec!["A book".into()] });
        document.paragraph("end");
        let html = rendered(&document);
        assert!(html.ends_with("<li>A book</li></ul></details><p>end</p>"), "{html}");
        assert!(html.contains("id=\"source-1\"") && html.contains("<a href=\"https://example.org/a\""), "{html}");
    }

    #[test]
    fn a_term_is_explained_once_at_the_end_of_the_page() {
        let mut document = Document::default();
        document.paragraph("An amputation. Another amputation.");
        let html = rendered(&document);
        assert_eq!(html.matches("href=\"#word-amputation\"").count(), 1, "{html}");
        assert_eq!(html.matches("id=\"word-amputation\"").count(), 1, "{html}");
        assert!(html.contains("An <a class=\"term\""), "{html}");
    }
}
