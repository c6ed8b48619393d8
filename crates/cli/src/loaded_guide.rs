//! The guide that a command answers with.

use std::ops::Deref;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_search::search::Index;
use sarcoguide_text::Text;
use sarcoguide_views::{Edition, languages, own_text};

use crate::output::Failure;

/// A guide with the sentences that it brings. `(&guide).into()` is its edition.
pub(crate) struct LoadedGuide {
    guide: Arc<Guide>,
    own_text: Option<Text>,
}

impl LoadedGuide {
    /// The guide with the sentences in `language`; without one, in the guide's own.
    pub fn new(guide: Guide, language: Option<&str>) -> Result<Self, Failure> {
        let known = languages(&guide);
        if let Some(language) = language.filter(|language| !known.contains(language)) {
            let known = known.join(", ");
            return Err(Failure::Input(format!(
                "the guide has no sentences in the language `{language}`; choose one of {known}, or add `text/{language}.ftl` to its folder"
            )));
        }
        Ok(Self { own_text: own_text(&guide, language.unwrap_or(&guide.language)), guide: Arc::new(guide) })
    }

    /// What finds words in the guide, in its own language.
    pub fn index(&self) -> Index {
        Index::of(&self.guide, own_text(&self.guide, &self.guide.language).as_ref().unwrap_or(Text::english()))
    }

    /// The sentences around the guide, its own where it brings some.
    pub fn text(&self) -> &Text {
        self.own_text.as_ref().unwrap_or(Text::english())
    }

    /// Whether it is the guide that is part of this program, wherever it was read from.
    pub fn is_bundled(&self) -> bool {
        is_bundled(&self.guide)
    }

    /// The guide for something that keeps it.
    pub fn shared(&self) -> Arc<Guide> {
        Arc::clone(&self.guide)
    }
}

/// A guide with the program's own sentences, for what people who write guides read.
pub(crate) fn edition(guide: &Guide) -> Edition<'_> {
    Edition::from(guide).bundled(is_bundled(guide))
}

/// Whether a guide is the one that is part of this program.
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
