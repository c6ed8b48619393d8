use std::ops::Deref;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_text::Text;

/// A guide with the sentences around it in one language. Whatever the guide has is at hand directly: `edition.treatments`.
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// The sentences.
    pub text: &'a Text,
    /// Whether the guide is the one that is part of the program. If not, every output says so.
    pub is_bundled: bool,
}

impl<'a> Edition<'a> {
    /// The guide with these sentences, as the one that is part of the program.
    #[must_use]
    pub fn new(guide: &'a Guide, text: &'a Text) -> Self {
        Self { guide, text, is_bundled: true }
    }

    /// The same, and whether the guide is the one that is part of the program.
    #[must_use]
    pub fn bundled(self, is_bundled: bool) -> Self {
        Self { is_bundled, ..self }
    }
}

/// With the program's own English sentences.
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

/// The sentences in `language`: the program's, and over them those that the guide brings in `text/<language>.ftl`. None where these are the
/// program's own English. What a language lacks is in English.
#[must_use]
pub fn own_text(guide: &Guide, language: &str) -> Option<Text> {
    let brought: Vec<_> = guide.texts.iter().filter(|text| text.language == language).collect();
    if brought.is_empty() && language == "en" {
        return None;
    }
    let name = format!("text/{language}.ftl");
    let sources: Vec<(&str, &str)> = brought.iter().map(|text| (name.as_str(), text.source.as_str())).collect();
    Text::new(language, &sources).ok()
}

/// The languages in which a guide can be shown, each once: its own, those of its `text/<language>.ftl`, and English.
#[must_use]
pub fn languages(guide: &Guide) -> Vec<&str> {
    let brought = guide.texts.iter().map(|text| text.language.as_str());
    let mut all: Vec<&str> = brought.chain([guide.language.as_str(), "en"]).collect();
    all.sort_unstable();
    all.dedup();
    all
}
