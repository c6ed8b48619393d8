use std::ops::Deref;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_text::Text;

/// A guide, and the program's text in one language. An edition dereferences to the guide, so `edition.treatments` works.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// The program's own text: headings, labels and the sentences around the guide's content.
    pub text: &'a Text,
    /// Whether the guide is the one built into the program. If not, every output says so.
    pub is_bundled: bool,
}

impl<'a> Edition<'a> {
    /// Combines a guide with text, and marks the guide as the one built into the program.
    #[must_use]
    pub fn new(guide: &'a Guide, text: &'a Text) -> Self {
        Self { guide, text, is_bundled: true }
    }

    /// Sets whether the guide is built into the program.
    #[must_use]
    pub fn bundled(self, is_bundled: bool) -> Self {
        Self { is_bundled, ..self }
    }
}

/// Uses the program's own English text.
impl<'a> From<&'a Guide> for Edition<'a> {
    fn from(guide: &'a Guide) -> Self {
        Self::new(guide, Text::english())
    }
}

impl<'a> From<&'a Arc<Guide>> for Edition<'a> {
    fn from(guide: &'a Arc<Guide>) -> Self {
        guide.as_ref().into()
    }
}

impl<'a> Deref for Edition<'a> {
    type Target = &'a Guide;

    fn deref(&self) -> &Self::Target {
        &self.guide
    }
}

/// Returns the program's text in `language`, with the messages that the guide overrides or adds in `text/<language>.ftl`. Missing messages are in
/// English.
///
/// Returns `None` if the program's own English applies: the language is English and the guide overrides nothing, or `language` isn't a valid language
/// tag.
#[must_use]
pub fn non_default_text(guide: &Guide, language: &str) -> Option<Text> {
    let overrides: Vec<_> = guide.texts.iter().filter(|text| text.language == language).collect();
    if overrides.is_empty() && language == "en" {
        return None;
    }
    let name = format!("text/{language}.ftl");
    let sources: Vec<(&str, &str)> = overrides.iter().map(|text| (name.as_str(), text.source.as_str())).collect();
    Text::new(language, &sources).ok()
}

/// Returns the languages in which a guide can be shown: its own, those of its `text/<language>.ftl` files, and English. The list is sorted and has no
/// duplicates.
#[must_use]
pub fn languages(guide: &Guide) -> Vec<&str> {
    let from_files = guide.texts.iter().map(|text| text.language.as_str());
    let mut all: Vec<&str> = from_files.chain([guide.language.as_str(), "en"]).collect();
    all.sort_unstable();
    all.dedup();
    all
}
