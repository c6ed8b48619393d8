//! Finds glossary terms and phone numbers in text, so that pages can explain the terms and link the numbers.

use sarcoguide_document::html::{Labels, Mention};
use sarcoguide_model::Link;
use sarcoguide_search::terms::Terms;
use sarcoguide_text::t;

use crate::Edition;

/// The glossary terms and phone numbers of a guide, prepared for searching text.
#[derive(Clone, Debug)]
pub struct Glossary {
    labels: Labels,
    terms: Terms,
    phones: Vec<(String, String)>,
}

/// Returns the phone numbers of an entry in the guide's list of links, each with its `tel:` address. Numbers of up to six characters are skipped,
/// because in running text they could mean something else.
fn phones(link: &Link) -> impl Iterator<Item = (String, String)> {
    let other = |letter: char| !letter.is_ascii_digit() && !matches!(letter, '-' | '+' | ' ');
    let numbers = link.phone.iter().flat_map(move |phone| phone.split(other)).map(str::trim);
    let whole = |number: &&str| number.len() > 6 && !number.starts_with('-') && !number.ends_with('-');
    numbers
        .filter(whole)
        .map(|number| (number.to_owned(), format!("tel:{}", link.dial.as_deref().unwrap_or(number).replace(' ', "-"))))
}

impl Glossary {
    /// Prepares the glossary of `guide`.
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

    /// Returns the texts that the HTML renderer adds to a page.
    #[must_use]
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Returns the phone numbers to link wherever they occur in text, each with its `tel:` address.
    #[must_use]
    pub fn phones(&self) -> &[(String, String)] {
        &self.phones
    }

    /// Finds the glossary terms in a text. Each mention has the index of its term in the guide's glossary.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mentions = self.terms.mentions(text);
        mentions.map(|mention| Mention { range: mention.start..mention.end, term: mention.term }).collect()
    }
}
