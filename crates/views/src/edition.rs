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
}

impl<'a> Edition<'a> {
    /// The guide with these sentences.
    #[must_use]
    pub fn new(guide: &'a Guide, text: &'a Text) -> Self {
        Self { guide, text }
    }
}

/// With the program's own English sentences.
impl<'a> From<&'a Guide> for Edition<'a> {
    fn from(guide: &'a Guide) -> Self {
        Self { guide, text: Text::english() }
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

/// The sentences that a guide brings in its own language, over the program's. None where it is in English and brings none: the program's own
/// serve then.
#[must_use]
pub fn own_text(guide: &Guide) -> Option<Text> {
    let brought: Vec<_> = guide.texts.iter().filter(|text| text.language == guide.language).collect();
    if brought.is_empty() && guide.language == "en" {
        return None;
    }
    let name = format!("text/{}.ftl", guide.language);
    let sources: Vec<(&str, &str)> = brought.iter().map(|text| (name.as_str(), text.source.as_str())).collect();
    Text::new(&guide.language, &sources).ok()
}
