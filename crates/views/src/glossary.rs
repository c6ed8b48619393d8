//! What every page of a guide explains and links, whatever it shows.

use sarcoguide_document::html::{Labels, Mention};
use sarcoguide_model::Link;
use sarcoguide_search::terms::Terms;
use sarcoguide_text::t;

use crate::Edition;

/// A guide's glossary and phone numbers, ready to be found in texts.
#[derive(Clone, Debug)]
pub struct Glossary {
    labels: Labels,
    terms: Terms,
    phones: Vec<(String, String)>,
}

/// The numbers of a link as people dial them, each with what it leads to. Short ones could be anything.
fn phones(link: &Link) -> impl Iterator<Item = (String, String)> {
    let other = |letter: char| !letter.is_ascii_digit() && !matches!(letter, '-' | '+' | ' ');
    let numbers = link.phone.iter().flat_map(move |phone| phone.split(other)).map(str::trim);
    let whole = |number: &&str| number.len() > 6 && !number.starts_with('-') && !number.ends_with('-');
    numbers
        .filter(whole)
        .map(|number| (number.to_owned(), format!("tel:{}", link.dial.as_deref().unwrap_or(number).replace(' ', "-"))))
}

impl Glossary {
    /// The glossary of `guide`.
    #[must_use]
    pub fn new<'g>(guide: impl Into<Edition<'g>>) -> Self {
        let guide = guide.into();
        let labels = Labels {
            contents: t!(guide.text, glossary_contents),
            terms: t!(guide.text, glossary_terms),
            table: t!(guide.text, glossary_table),
        };
        Self { labels, terms: Terms::of(&guide), phones: guide.links.iter().flat_map(phones).collect() }
    }

    /// Words of the page around the documents.
    #[must_use]
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Phone numbers that are links wherever they are written, each with what it leads to.
    #[must_use]
    pub fn phones(&self) -> &[(String, String)] {
        &self.phones
    }

    /// The terms in a text, by their places in the guide's glossary.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mentions = self.terms.mentions(text);
        mentions.map(|mention| Mention { range: mention.start..mention.end, term: mention.term }).collect()
    }
}
