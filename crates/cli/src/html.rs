//! Renders a document as a self-contained HTML file.

use maud::{Markup, html};
use sarcoguide_document::html::{Context, Labels, Mention, Writer, standalone};
use sarcoguide_document::{Block, Document, Target};
use sarcoguide_model::Guide;
use sarcoguide_views::Edition;
use sarcoguide_views::glossary::Glossary;

/// Resolves links and terms for a page that isn't part of a website. Links to sections of the page and to phone numbers work. Links to other pages
/// of the guide are shown as plain text.
struct Standalone<'a> {
    guide: &'a Guide,
    glossary: Glossary,
    /// The IDs of the treatments that have a section in the document.
    options: Vec<&'a str>,
}

impl Context for Standalone<'_> {
    fn labels(&self) -> &Labels {
        self.glossary.labels()
    }

    fn address(&self, target: &Target) -> Option<String> {
        match target {
            Target::TreatmentSection(id) | Target::Treatment(id) if self.options.contains(&id.as_str()) => {
                Some(format!("#option-{id}"))
            }
            Target::Source(number) => Some(format!("#source-{number}")),
            Target::Phone(number) => Some(format!("tel:{number}")),
            Target::Message(number) => Some(format!("sms:{number}")),
            Target::TreatmentSection(_) | Target::Treatment(_) | Target::Subtype(_) | Target::Fact(_) => None,
            Target::Effect(_) | Target::EffectOfEntry(_) | Target::EffectEntry(_) | Target::Visit => None,
        }
    }

    fn phones(&self) -> &[(String, String)] {
        self.glossary.phones()
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        self.glossary.mentions(text)
    }

    fn explanation(&self, term: usize) -> Option<(&str, Markup)> {
        let term = self.guide.glossary.get(term)?;
        Some((&term.id, html! { p { strong { (term.name) } ": " (term.statement.text) } }))
    }
}

/// Renders a document as HTML.
pub(crate) fn page(guide: Edition<'_>, document: &Document) -> String {
    let option = |block| match block {
        &Block::Heading { section: sarcoguide_document::Section::Treatment(ref id), .. } => Some(id.as_str()),
        _ => None,
    };
    let context = Standalone {
        guide: guide.guide,
        glossary: Glossary::new(guide),
        options: document.blocks.iter().filter_map(option).collect(),
    };
    let mut writer = Writer::new(&context).with_contents();
    writer.document(document);
    let title = document.blocks.iter().find_map(|block| match block {
        Block::Heading { level: 1, line, .. } => Some(line.bare()),
        _ => None,
    });
    standalone(&guide.text.language(), &title.unwrap_or_else(|| guide.name.clone()), &writer.finish())
}
