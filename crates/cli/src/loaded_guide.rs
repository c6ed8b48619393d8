//! The guide that a subcommand uses, with its interface text.

use std::ops::Deref;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_search::search::Index;
use sarcoguide_text::Text;
use sarcoguide_views::{Edition, languages, non_default_text};

use crate::output::Failure;

/// A guide and the interface text in the chosen language. Convert it to an [`Edition`] with `(&guide).into()`.
pub(crate) struct LoadedGuide {
    guide: Arc<Guide>,
    /// The interface text, or `None` if the program's own English text is used unchanged.
    non_default_text: Option<Text>,
}

impl LoadedGuide {
    /// Combines a guide with its interface text in `language`, or in the guide's own language if `language` is `None`. Fails if the guide
    /// can't be shown in `language`.
    pub fn new(guide: Guide, language: Option<&str>) -> Result<Self, Failure> {
        let known = languages(&guide);
        if let Some(language) = language.filter(|language| !known.contains(language)) {
            let known = known.join(", ");
            return Err(Failure::Input(format!(
                "the guide has no text in the language `{language}`; choose one of {known}, or add `text/{language}.ftl` to its folder"
            )));
        }
        Ok(Self { non_default_text: non_default_text(&guide, language.unwrap_or(&guide.language)), guide: Arc::new(guide) })
    }

    /// Builds the search index, in the guide's own language.
    pub fn index(&self) -> Index {
        Index::of(&self.guide, non_default_text(&self.guide, &self.guide.language).as_ref().unwrap_or(Text::english()))
    }

    /// The interface text in the chosen language. Messages that the guide doesn't translate are in English.
    pub fn text(&self) -> &Text {
        self.non_default_text.as_ref().unwrap_or(Text::english())
    }

    /// Whether this is the built-in guide. A guide with the same content that was read from a folder also counts.
    pub fn is_bundled(&self) -> bool {
        is_bundled(&self.guide)
    }

    /// Returns the guide in a shared pointer.
    pub fn shared(&self) -> Arc<Guide> {
        Arc::clone(&self.guide)
    }
}

/// A guide with the program's own English text, for output that guide authors read.
pub(crate) fn edition(guide: &Guide) -> Edition<'_> {
    Edition::from(guide).bundled(is_bundled(guide))
}

/// Whether a guide is the built-in one.
pub(crate) fn is_bundled(guide: &Guide) -> bool {
    guide.content_hash == sarcoguide_bundled::CONTENT_HASH
}

impl Deref for LoadedGuide {
    type Target = Guide;

    fn deref(&self) -> &Guide {
        &self.guide
    }
}

impl<'a> From<&'a LoadedGuide> for Edition<'a> {
    fn from(loaded: &'a LoadedGuide) -> Self {
        Edition::new(&loaded.guide, loaded.text()).bundled(loaded.is_bundled())
    }
}
