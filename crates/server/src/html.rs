//! HTML from documents and text. Whatever is text stays text.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use sarcoguide_model::{Guide, PassageId, TreatmentId};
use sarcoguide_report::document::{Block, Document, Line, Look, People, Piece, Section, Target};
use sarcoguide_report::terms::Mention;
use sarcoguide_report::words::{capital, works};

use crate::outside;
use crate::ready::Ready;

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

fn escape(out: &mut String, text: &str) {
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    // Most text has none: looked at as a whole, that is told many bytes at a time.
    if !text.bytes().fold(false, |found, byte| found | special(byte)) {
        out.push_str(text);
        return;
    }
    let mut rest = text;
    while let Some(place) = rest.bytes().position(special) {
        out.push_str(&rest[..place]);
        out.push_str(match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[place + 1..];
    }
    out.push_str(rest);
}

/// Texts one after the other.
pub(crate) fn put(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

fn leading_out(out: &mut String, text: &str, href: &str) {
    out.push_str("<a href=\"");
    escape(out, href);
    out.push_str("\" rel=\"external noreferrer\">");
    escape(out, text);
    out.push_str("</a>");
}

/// Text as HTML, with its addresses and telephone numbers as links.
pub(crate) fn linked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (part, href) in outside::parts(text) {
        match href {
            Some(href) => leading_out(&mut out, part, &href),
            None => escape(&mut out, part),
        }
    }
    out
}

/// A name for a heading, so that it can be linked to: `how-it-is-given`.
pub(crate) fn anchor(text: &str) -> String {
    anchor_of(std::iter::once(text))
}

/// The same for a heading in several pieces.
fn anchor_of<'t>(pieces: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::with_capacity(64);
    let mut between = false;
    for byte in pieces.flat_map(str::bytes) {
        if byte.is_ascii_alphanumeric() {
            out.push_str(if between && !out.is_empty() { "-" } else { "" });
            out.push(char::from(byte.to_ascii_lowercase()));
        }
        between = !byte.is_ascii_alphanumeric();
    }
    out
}

/// Where something has its page: the address in two parts.
fn address(guide: &Guide, target: Target) -> (&'static str, Cow<'_, str>) {
    match target {
        Target::Treatment(id) => ("/treatment/", Cow::Borrowed(&guide.treatments[id.index()].id)),
        Target::Option(id) => ("#option-", Cow::Borrowed(&guide.treatments[id.index()].id)),
        Target::Effect(id) => ("/effect/", Cow::Borrowed(&guide.effects[id.index()].id)),
        Target::Type(place) => ("/type/", Cow::Borrowed(&guide.histologies[place].id)),
        Target::Fact(id) => ("/question/", Cow::Borrowed(&guide.facts[id.index()].id)),
        Target::Source(number) => ("#source-", Cow::Owned(number.to_string())),
        Target::Phone(place) => ("tel:", Cow::Borrowed(guide.links[place].phone.as_deref().unwrap_or_default())),
        Target::Message(place) => ("sms:", Cow::Borrowed(guide.links[place].message.as_deref().unwrap_or_default())),
    }
}

/// More bytes than most pages have, so that a page is written without being copied as it grows.
const MOST_PAGES: usize = 128 << 10;

/// What stands on a page.
#[derive(Default)]
struct Contents {
    /// Where it is told.
    at: usize,
    /// The anchors and words of the headings.
    headings: Vec<(String, String)>,
}

impl Contents {
    fn html(&self) -> String {
        let mut out = String::with_capacity(2 << 10);
        out.push_str("<nav class=\"contents\" aria-label=\"On this page\"><details><summary>On this page</summary><ul>");
        for (id, words) in &self.headings {
            put(&mut out, &["<li><a href=\"#", id, "\">"]);
            escape(&mut out, words);
            out.push_str("</a></li>");
        }
        out.push_str("</ul></details></nav>");
        out
    }
}

/// Writes documents as the body of a page.
pub(crate) struct Writer<'a> {
    guide: &'a Guide,
    /// The glossary's terms, to be explained at the end of the page, and what else is ready.
    ready: &'a Ready,
    /// The treatments that are chosen to be compared, where they can be chosen.
    chosen: Option<&'a [TreatmentId]>,
    /// How many could be chosen so far.
    choices: usize,
    explained: Vec<usize>,
    /// For each term whether it is among those.
    is_explained: Vec<bool>,
    anchors: BTreeSet<String>,
    /// The headings of the second level so far, where they are to be listed, and where the list goes.
    contents: Option<Contents>,
    /// What is open, with the level of its heading and how it is closed.
    open: Vec<(u8, &'static str)>,
    /// How deep the list is that is open.
    depth: u8,
    out: String,
}

impl<'a> Writer<'a> {
    pub fn new(guide: &'a Guide, ready: &'a Ready) -> Self {
        let (explained, anchors, open) = (Vec::new(), BTreeSet::new(), Vec::new());
        let out = String::with_capacity(MOST_PAGES);
        let is_explained = vec![false; guide.glossary.len()];
        Self { guide, ready, chosen: None, choices: 0, explained, is_explained, anchors, contents: None, open, depth: 0, out }
    }

    /// Lets options be chosen to be compared.
    pub fn choosing(self, chosen: &'a [TreatmentId]) -> Self {
        Self { chosen: Some(chosen), ..self }
    }

    /// Lists the headings of the second level below the title.
    pub fn listing(self) -> Self {
        Self { contents: Some(Contents::default()), ..self }
    }

    /// How many treatments could be chosen so far.
    pub fn choices(&self) -> usize {
        self.choices
    }

    /// Adds HTML as it is, below all that was written before.
    pub fn html(&mut self, html: &str) {
        self.close(0);
        self.out.push_str(html);
    }

    /// The page's body, with the terms that it used explained.
    pub fn finish(mut self) -> String {
        self.close(0);
        if !self.explained.is_empty() {
            self.out.push_str(
                "<section class=\"words\" aria-labelledby=\"words-explained\"><h2 id=\"words-explained\">Words explained</h2>",
            );
            for term in &self.explained {
                self.out.push_str(&self.ready.explanations[*term]);
            }
            self.out.push_str("</section>");
        }
        if let Some(contents) = self.contents.take() {
            self.out.insert_str(contents.at, &contents.html());
        }
        self.out
    }

    /// Adds a document.
    pub fn document(&mut self, document: &Document) {
        for block in &document.blocks {
            match block {
                Block::Heading { level, line, section } => self.heading(*level, line, *section),
                Block::Points { depth, lines } => self.points(depth + 1, lines),
                Block::Paragraph(line) => {
                    self.close_list(0);
                    self.out.push_str("<p>");
                    self.line(line, true);
                    self.out.push_str("</p>");
                }
                Block::Table { heads, rows } => {
                    self.close_list(0);
                    self.table(heads, rows);
                }
                Block::People { title, groups } => {
                    self.close_list(0);
                    people(&mut self.out, title, groups);
                }
                Block::Timeline(timeline) => self.picture(|width| timeline.picture(width), timeline.blocks()),
                Block::Plan(plan) => self.picture(|width| plan.picture(width), plan.blocks()),
                Block::Columns(columns) => {
                    self.close_list(0);
                    self.out.push_str("<div class=\"columns\">");
                    for column in columns {
                        self.out.push_str("<div><p class=\"whose\">");
                        self.line(&column.head, false);
                        self.out.push_str("</p>");
                        self.document(&column.document);
                        self.close_list(0);
                        self.out.push_str("</div>");
                    }
                    self.out.push_str("</div>");
                }
                Block::Sources(passages) => self.sources(passages),
            }
        }
        self.close_list(0);
    }

    /// A picture with the same in words below it. Which of its two widths is seen depends on the width of the screen.
    fn picture(&mut self, drawn: impl Fn(u16) -> String, words: Vec<Block>) {
        self.close_list(0);
        let (narrow, wide) = (drawn(330), drawn(700));
        let _ = write!(self.out, "<div class=\"narrow\">{narrow}</div><div class=\"wide-enough\">{wide}</div>");
        self.document(&Document { blocks: words });
    }

    /// Closes what stands below headings of this level and deeper ones.
    fn close(&mut self, level: u8) {
        self.close_list(0);
        while let Some((_, end)) = self.open.pop_if(|(open, _)| *open >= level) {
            self.out.push_str(end);
        }
    }

    fn close_list(&mut self, depth: u8) {
        while self.depth > depth {
            self.out.push_str("</li></ul>");
            self.depth -= 1;
        }
    }

    fn heading(&mut self, level: u8, line: &Line, section: Section) {
        self.close(level);
        let mut id = anchor_of(line.0.iter().map(|piece| piece.text.as_str()));
        while !self.anchors.insert(id.clone()) {
            id.push_str("-again");
        }
        let folded = section == Section::Folded;
        if folded {
            self.out.push_str("<details><summary>");
        } else if let Section::Option(id) = section {
            let open = if line.0.iter().any(|piece| piece.look == Look::Open) { " unsettled" } else { "" };
            let id = &self.guide.treatments[id.index()].id;
            put(&mut self.out, &["<section class=\"option", open, "\" id=\"option-", id, "\">"]);
        }
        let block = match section {
            Section::RedFlags => Some("red-flags"),
            Section::Crisis => Some("crisis"),
            Section::Call => Some("call"),
            Section::Plain | Section::Folded | Section::Option(_) => None,
        };
        if let Some(class) = block {
            put(&mut self.out, &["<section class=\"", class, "\">"]);
        }
        let id = block.unwrap_or(&id);
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1];
        put(&mut self.out, &["<", tag, " id=\"", id, "\">"]);
        self.line(line, false);
        put(&mut self.out, &["</", tag, ">"]);
        if let Some(contents) = &mut self.contents {
            match level {
                1 => contents.at = self.out.len(),
                2 => contents.headings.push((id.to_owned(), line.bare())),
                _ => {}
            }
        }
        if folded {
            self.out.push_str("</summary>");
            self.open.push((level, "</details>"));
        } else if let Section::Option(treatment) = section {
            self.choice(treatment);
            self.open.push((level, "</section>"));
        } else if block.is_some() {
            self.open.push((level, "</section>"));
        }
    }

    fn choice(&mut self, treatment: TreatmentId) {
        let Some(chosen) = self.chosen else { return };
        self.choices += 1;
        let entry = &self.guide.treatments[treatment.index()];
        let checked = if chosen.contains(&treatment) { " checked" } else { "" };
        let input = "<label class=\"pick\"><input type=\"checkbox\" form=\"compare\" name=\"compare\" value=\"";
        put(&mut self.out, &[input, &entry.id, "\"", checked, "> Compare<span class=\"unseen\"> "]);
        escape(&mut self.out, &entry.name);
        self.out.push_str("</span></label>");
    }

    /// Points stand within the point before them.
    fn points(&mut self, depth: u8, lines: &[Line]) {
        self.close_list(depth);
        if self.depth == depth {
            self.out.push_str("</li>");
        }
        while self.depth < depth {
            self.out.push_str("<ul>");
            self.depth += 1;
            if self.depth < depth {
                self.out.push_str("<li>");
            }
        }
        for (place, line) in lines.iter().enumerate() {
            self.out.push_str(if place == 0 { "<li>" } else { "</li><li>" });
            self.line(line, true);
        }
    }

    /// What stands below the sources is no part of them.
    fn sources(&mut self, passages: &[PassageId]) {
        self.close_list(0);
        self.out.push_str("<ul class=\"sources\">");
        for (place, passage) in passages.iter().enumerate() {
            let (number, source) = ((place + 1).to_string(), &self.ready.sources[passage.index()]);
            put(&mut self.out, &["<li id=\"source-", &number, "\"><small>[", &number, "] ", source, "</small></li>"]);
        }
        self.out.push_str("</ul>");
        self.document(&works(self.guide, passages));
        self.close(2);
    }

    fn line(&mut self, line: &Line, explain: bool) {
        for piece in &line.0 {
            let (start, end) = match piece.look {
                Look::Plain => ("", ""),
                Look::Strong => ("<strong>", "</strong>"),
                Look::Faint => ("<small>", "</small>"),
                Look::Good => ("<strong class=\"good\">", "</strong>"),
                Look::Open => ("<strong class=\"open\">", "</strong>"),
                Look::Bad => ("<strong class=\"bad\">", "</strong>"),
            };
            self.out.push_str(start);
            self.piece(piece, explain);
            self.out.push_str(end);
        }
    }

    fn piece(&mut self, piece: &Piece, explain: bool) {
        if let Some(target) = piece.to {
            let text = piece.text.trim_start();
            self.out.push_str(if text.len() < piece.text.len() { " " } else { "" });
            let (place, name) = address(self.guide, target);
            for part in ["<a href=\"", place, &name, "\">"] {
                self.out.push_str(part);
            }
            escape(&mut self.out, text);
            self.out.push_str("</a>");
            return;
        }
        let (ready, explain) = (self.ready, explain && matches!(piece.look, Look::Plain | Look::Strong));
        if let Some(sentence) = ready.sentence(&piece.text) {
            let mentions = if explain { &sentence.mentions[..] } else { &[] };
            self.words(&piece.text, mentions.iter().copied(), sentence.is_html);
            return;
        }
        for (part, href) in outside::parts(&piece.text) {
            match href {
                Some(href) => leading_out(&mut self.out, part, &href),
                None if explain => self.words(part, ready.terms.mentions(part), false),
                None => escape(&mut self.out, part),
            }
        }
    }

    /// Text, with the terms of the glossary that are mentioned in it explained where they first stand on the page.
    fn words(&mut self, text: &str, mentions: impl Iterator<Item = Mention>, is_html: bool) {
        let as_html = if is_html { String::push_str } else { escape };
        let mut from = 0;
        for mention in mentions {
            if std::mem::replace(&mut self.is_explained[mention.term], true) {
                continue;
            }
            self.explained.push(mention.term);
            as_html(&mut self.out, &text[from..mention.start]);
            let id = &self.guide.glossary[mention.term].id;
            put(&mut self.out, &["<a class=\"term\" id=\"at-", id, "\" href=\"#word-", id, "\">"]);
            as_html(&mut self.out, &text[mention.start..mention.end]);
            self.out.push_str("</a>");
            from = mention.end;
        }
        as_html(&mut self.out, &text[from..]);
    }

    fn table(&mut self, heads: &[String], rows: &[Vec<String>]) {
        // On a narrow screen each cell stands below its head.
        let cell = |(head, cell): (&String, &String)| format!("<td data-head=\"{}\">{}</td>", escaped(head), escaped(cell));
        let row = |row: &Vec<String>| format!("<tr>{}</tr>", heads.iter().zip(row).map(cell).collect::<String>());
        let rows: String = rows.iter().map(row).collect();
        let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
        let _ = write!(
            self.out,
            "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        );
    }
}

/// Groups of 100 people as dots: large ones for those of whom it is so, middling for those of whom it may be so, small for the others.
fn people(out: &mut String, title: &str, groups: &[People]) {
    let _ = write!(out, "<figure class=\"people\"><figcaption>{}</figcaption>", escaped(title));
    for group in groups {
        let dots = |from: u8, to: u8| -> String {
            (from..to).map(|place| format!("M{} {}h0", 6 + place % 10 * 12, 6 + place / 10 * 12)).collect()
        };
        let paths = [("yes", dots(0, group.low)), ("maybe", dots(group.low, group.high)), ("no", dots(group.high, 100))];
        let paths = paths.iter().filter(|(_, dots)| !dots.is_empty());
        let paths: String = paths.map(|(class, dots)| format!("<path class=\"{class}\" d=\"{dots}\"/>")).collect();
        // The words beside it tell the same.
        let _ = write!(
            out,
            "<div><svg aria-hidden=\"true\" viewBox=\"0 0 120 120\" width=\"120\" height=\"120\">{paths}</svg><p>{}</p></div>",
            escaped(&capital(&group.in_words()))
        );
    }
    out.push_str("</figure>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(document: &Document) -> String {
        let guide = sarcoguide_bundled::guide();
        let ready = Ready::of(&guide);
        let mut writer = Writer::new(&guide, &ready);
        writer.document(document);
        writer.finish()
    }

    #[test]
    fn points_stand_within_the_point_before_them() {
        let mut document = Document::default();
        document.heading(2, "To ask");
        document.points(vec!["one".into(), "two".into()]);
        document.points_at(1, vec!["inner".into()]);
        document.points(vec!["three".into()]);
        document.paragraph("end");
        assert_eq!(
            written(&document),
            "<h2 id=\"to-ask\">To ask</h2><ul><li>one</li><li>two<ul><li>inner</li></ul></li><li>three</li></ul><p>end</p>"
        );
    }

    #[test]
    fn text_stays_text() {
        let mut document = Document::default();
        document.paragraph("<script>alert('&')</script>");
        assert_eq!(written(&document), "<p>&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>");
    }

    #[test]
    fn what_is_folded_ends_where_the_next_heading_begins() {
        let mut document = Document::default();
        document.section(2, "More", Section::Folded);
        document.heading(3, "Within");
        document.points(vec!["one".into()]);
        document.heading(2, "More");
        assert_eq!(
            written(&document),
            "<details><summary><h2 id=\"more\">More</h2></summary><h3 id=\"within\">Within</h3><ul><li>one</li></ul></details>\
             <h2 id=\"more-again\">More</h2>"
        );
    }

    #[test]
    fn every_group_has_100_dots() {
        let mut out = String::new();
        let group = |low, high| People { name: "with it".to_owned(), low, high };
        people(&mut out, "Alive", &[group(17, 32), group(0, 0), group(100, 100)]);
        assert_eq!(out.matches("h0").count(), 300);
        assert!(out.contains("17 to 32 of 100 people; not so for the other 68 to 83"), "{out}");
    }

    #[test]
    fn a_term_is_explained_once_at_the_end_of_the_page() {
        let guide = sarcoguide_bundled::guide();
        let ready = Ready::of(&guide);
        let mut document = Document::default();
        document.paragraph("An amputation. Another amputation.");
        let mut writer = Writer::new(&guide, &ready);
        writer.document(&document);
        let html = writer.finish();
        assert_eq!(html.matches("href=\"#word-amputation\"").count(), 1, "{html}");
        assert_eq!(html.matches("id=\"word-amputation\"").count(), 1, "{html}");
    }
}
