//! What every page of a guide explains and links, whatever it shows.

use sarcoguide_document::html::{Labels, Mention};
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
        // Numbers as people dial them are links wherever they are written; short ones could be anything.
        let other = |letter: char| !letter.is_ascii_digit() && letter != '-';
        let numbers = guide.links.iter().filter_map(|link| link.phone.as_deref()).flat_map(|phone| phone.split(other));
        let phones = numbers.filter(|number| number.len() > 6 && !number.starts_with('-') && !number.ends_with('-'));
        let phones = phones.map(|number| (number.to_owned(), format!("tel:+{number}"))).collect();
        Self { labels, terms: Terms::of(&guide), phones }
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
