//! The guide that a command answers with.

use std::ops::Deref;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_text::Text;
use sarcoguide_views::{Edition, own_text};

/// A guide with the sentences that it brings. `(&guide).into()` is its edition.
pub(crate) struct LoadedGuide {
    guide: Arc<Guide>,
    own_text: Option<Text>,
}

impl LoadedGuide {
    /// The sentences around the guide, its own where it brings some.
    pub fn text(&self) -> &Text {
        self.own_text.as_ref().unwrap_or(Text::english())
    }

    /// The guide for something that keeps it.
    pub fn shared(&self) -> Arc<Guide> {
        Arc::clone(&self.guide)
    }
}

impl From<Guide> for LoadedGuide {
    fn from(guide: Guide) -> Self {
        Self { own_text: own_text(&guide), guide: Arc::new(guide) }
    }
}

impl Deref for LoadedGuide {
    type Target = Guide;

    fn deref(&self) -> &Guide {
        &self.guide
    }
}

impl<'a> From<&'a LoadedGuide> for Edition<'a> {
    fn from(loaded: &'a LoadedGuide) -> Self {
        Edition::new(&loaded.guide, loaded.text())
    }
}
