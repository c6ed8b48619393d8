//! Where the documents of a guide lead on this site, and what is explained and can be chosen on its pages.

use maud::{Markup, PreEscaped, Render, html};
use sarcoguide_document::Target;
use sarcoguide_document::html::{Context, Labels, Mention, anchor};
use sarcoguide_model::{Guide, TreatmentId};
use sarcoguide_views::glossary::Glossary;

pub(crate) use sarcoguide_document::html::Writer;

/// Text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.render().0
}

/// Texts one after the other.
pub(crate) fn put(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

/// Adds HTML that is made here.
pub(crate) trait Raw {
    fn raw(&mut self, html: &str);
}

impl Raw for Writer<'_> {
    fn raw(&mut self, html: &str) {
        self.html(&PreEscaped(html.to_owned()));
    }
}

/// What surrounds documents on a page.
pub(crate) struct PageContext<'a> {
    guide: &'a Guide,
    glossary: &'a Glossary,
    /// The treatments that are chosen to be compared, where they can be chosen.
    chosen: Option<&'a [TreatmentId]>,
}

impl<'a> PageContext<'a> {
    pub fn new(guide: &'a Guide, glossary: &'a Glossary) -> Self {
        Self { guide, glossary, chosen: None }
    }

    /// Lets options be chosen to be compared.
    pub fn choosing(self, chosen: &'a [TreatmentId]) -> Self {
        Self { chosen: Some(chosen), ..self }
    }
}

impl Context for PageContext<'_> {
    fn labels(&self) -> &Labels {
        self.glossary.labels()
    }

    fn address(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::Treatment(id) => format!("/treatment/{id}"),
            Target::Option(id) => format!("#option-{id}"),
            Target::Effect(id) => format!("/effect/{id}"),
            Target::Subtype(id) => format!("/type/{id}"),
            Target::Fact(id) => format!("/question/{id}"),
            Target::Source(number) => format!("#source-{number}"),
            Target::Phone(number) => format!("tel:{number}"),
            Target::Message(number) => format!("sms:{number}"),
        })
    }

    fn phones(&self) -> &[(String, String)] {
        self.glossary.phones()
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        self.glossary.mentions(text)
    }

    fn explanation(&self, term: usize) -> Option<(&str, Markup)> {
        let term = self.guide.glossary.get(term)?;
        let (id, name) = (&term.id, &term.name);
        let explanation = html! {
            p {
                strong { (name) } ": " (term.statement.text) " " a href={ "#at-" (id) } { "Back to the text" } " "
                a href={ "/guide/glossary#" (anchor(name)) } aria-label={ "Sources: " (name) } { "Sources" }
            }
        };
        Some((id, explanation))
    }

    fn control(&self, option: &str) -> Option<Markup> {
        let chosen = self.chosen?;
        let id = self.guide.treatment(option)?;
        let name = &self.guide[id].name;
        Some(html! {
            label class="pick" {
                input type="checkbox" form="compare" name="compare" value=(option) checked[chosen.contains(&id)];
                " Compare" span class="unseen" { " " (name) }
            }
        })
    }
}
