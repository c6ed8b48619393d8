//! What every request can see: the guide made ready, and how the site is run.

use std::sync::{Arc, OnceLock};

use sarcoguide_advise::Advisor;
use sarcoguide_model::Guide;
use sarcoguide_search::readability;
use sarcoguide_search::search::Index;
use sarcoguide_search::symptom::Checker;
use sarcoguide_text::Text;
use sarcoguide_views::glossary::Glossary;
use sarcoguide_views::{Edition, own_text};

use crate::buffers::Buffers;
use crate::keys::Keys;
use crate::public_address::PublicAddress;
use crate::work::WorkQueue;

/// What every request can see.
#[derive(Clone)]
pub struct Site {
    pub(crate) services: Arc<Services>,
    pub(crate) settings: Arc<Settings>,
}

/// How a site is run.
#[derive(Clone)]
pub struct Settings {
    pub(crate) keys: Keys,
    pub(crate) encrypted: bool,
    pub(crate) public_address: Option<PublicAddress>,
    language: Option<String>,
    is_bundled: bool,
}

impl Settings {
    /// Seals cases with these keys, for people who reach the site at the address that it listens at.
    #[must_use]
    pub fn new(keys: impl Into<Keys>) -> Self {
        Self { keys: keys.into(), encrypted: false, public_address: None, language: None, is_bundled: true }
    }

    /// Whether people reach the site over an encrypted connection: its cookie then never travels otherwise, and browsers are told to open
    /// it no other way.
    #[must_use]
    pub fn encrypted(self, encrypted: bool) -> Self {
        Self { encrypted, ..self }
    }

    /// Whether the guide is the one that is part of the program. If not, every page and file says so.
    #[must_use]
    pub fn bundled(self, is_bundled: bool) -> Self {
        Self { is_bundled, ..self }
    }

    /// The address that people open, where a proxy names another host to the site.
    #[must_use]
    pub fn public_address(self, address: Option<PublicAddress>) -> Self {
        Self { public_address: address, ..self }
    }

    /// The language of the sentences around the guide; none for the guide's own. Where the guide has no sentences in it, they are in English.
    #[must_use]
    pub fn language(self, language: Option<String>) -> Self {
        Self { language, ..self }
    }
}

/// The guide, made ready.
pub(crate) struct Services {
    pub advisor: Advisor,
    /// The sentences of the interface, where the guide brings any of its own.
    text: Option<Text>,
    pub glossary: Glossary,
    pub index: Index,
    pub checker: Checker,
    /// How many sentences the guide has, and their average grade, once it was asked.
    reading: OnceLock<(usize, f64)>,
    /// Pages of advice, which take a few milliseconds.
    pub pages: WorkQueue,
    /// Files to take along, which take longer; nobody waits behind them for a page.
    pub files: WorkQueue,
    pub buffers: Buffers,
}

impl Site {
    /// A site that shows `guide`.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>, settings: Settings) -> Self {
        let guide = guide.into();
        let text = own_text(&guide, settings.language.as_ref().unwrap_or(&guide.language));
        let glossary = Glossary::new(Edition::new(&guide, text.as_ref().unwrap_or_else(|| Text::english())));
        // The words that are searched are the guide's.
        let index = Index::of(&guide, own_text(&guide, &guide.language).as_ref().unwrap_or_else(|| Text::english()));
        let services = Services {
            text,
            glossary,
            index,
            checker: Checker::new(Arc::clone(&guide)),
            advisor: Advisor::new(guide),
            reading: OnceLock::new(),
            pages: WorkQueue::new(),
            files: WorkQueue::new(),
            buffers: Buffers::new(),
        };
        Self { services: Arc::new(services), settings: Arc::new(settings) }
    }

    pub(crate) fn guide(&self) -> &Arc<Guide> {
        self.services.advisor.guide()
    }

    /// The guide with the sentences around it.
    pub(crate) fn edition(&self) -> Edition<'_> {
        let text = self.services.text.as_ref().unwrap_or_else(|| Text::english());
        Edition::new(self.guide(), text).bundled(self.settings.is_bundled)
    }

    /// How many sentences the guide has, and their average grade. To measure them takes a while, so it is done once.
    pub(crate) fn reading(&self) -> (usize, f64) {
        *self.services.reading.get_or_init(|| {
            let sentences = readability::measure(self.guide());
            (sentences.len(), readability::average(&sentences))
        })
    }
}
