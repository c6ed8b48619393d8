//! Renders the answer in short, and what is folded: rows and other details.

use maud::{Markup, html};

use super::Writer;
use crate::block::{CardPart, Document, Line, Row, Support, Tag};

impl Writer<'_> {
    /// Renders the parts of the answer in short, each with a heading.
    pub(super) fn card(&mut self, parts: &[CardPart]) {
        // The card is short. The rest of the page uses the same terms, and explains them there.
        let explains = std::mem::replace(&mut self.explains, false);
        let parts: Vec<(Markup, Markup)> = parts
            .iter()
            .map(|part| {
                let heading = self.captured(|writer| writer.heading(2, &part.head, None));
                (heading, self.captured(|writer| writer.document(&part.document)))
            })
            .collect();
        self.explains = explains;
        self.html(&html! {
            section class="answer full" { @for (heading, text) in parts { div { (heading) (text) } } }
        });
    }

    /// Renders a row: its name, tag and few words, which a person can open to see the rest.
    pub(super) fn row(&mut self, row: &Row) {
        let heading = self.captured(|writer| writer.row_heading(row));
        let words = self.line(&row.words, false);
        let inside = self.captured(|writer| writer.document(&row.inside));
        let control = row.option.as_deref().and_then(|option| self.context.control(option));
        let sources = self.line(&row.sources, false);
        let id = row.option.as_ref().map(|option| ["option-", option].concat());
        let is_main = row.tag.as_ref().is_some_and(|tag| tag.support == Support::Main);
        self.html(&html! {
            details.treatment.main[is_main] id=[id] {
                summary {
                    (heading) " "
                    span class="about" {
                        @if let Some(tag) = &row.tag { (self::tag(tag)) " " }
                        span class="few" { (words) }
                    }
                }
                div class="in" {
                    (inside)
                    @if let Some(control) = control { (control) }
                    @if !row.sources.0.is_empty() { p class="src" { (sources) } }
                }
            }
        });
    }

    /// Renders details that are folded below a few words.
    pub(super) fn fold(&mut self, name: &Line, inside: &Document) {
        let name = self.line(name, false);
        let inside = self.captured(|writer| writer.document(inside));
        self.html(&html! { details class="fold" { summary { (name) } div { (inside) } } });
    }

    /// Renders the name of a row as a heading. It has no anchor, because the row has one.
    fn row_heading(&mut self, row: &Row) {
        let name = self.line(&row.name, false);
        let heading = match row.level {
            ..=3 => html! { h3 class="name" { (name) } },
            4 => html! { h4 class="name" { (name) } },
            5.. => html! { h5 class="name" { (name) } },
        };
        self.html(&heading);
    }
}

fn tag(tag: &Tag) -> Markup {
    let class = match tag.support {
        Support::Main => "tag main",
        Support::Usual => "tag usual",
        Support::Optional => "tag",
        Support::Unproven => "tag unproven",
        Support::TrialOnly => "tag trial",
    };
    html! { span class=(class) { (tag.words) } }
}
