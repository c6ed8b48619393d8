//! The data that all requests share: the prepared guide, and the settings of the site.

use std::sync::{Arc, OnceLock};

use sarcoguide_advise::Advisor;
use sarcoguide_model::Guide;
use sarcoguide_search::readability;
use sarcoguide_search::search::{Index, ListIndex};
use sarcoguide_search::symptom::Checker;
use sarcoguide_text::Text;
use sarcoguide_views::glossary::Glossary;
use sarcoguide_views::{Edition, non_default_text};

use crate::buffers::Buffers;
use crate::keys::Keys;
use crate::public_address::PublicAddress;
use crate::work::WorkQueue;

/// A guide that is prepared for serving, with the settings of its site. Clones share both.
#[derive(Clone)]
pub struct Site {
    pub(crate) services: Arc<Services>,
    pub(crate) settings: Arc<Settings>,
}

/// The settings of a site.
#[derive(Clone)]
pub struct Settings {
    pub(crate) keys: Keys,
    pub(crate) served_over_https: bool,
    pub(crate) public_address: Option<PublicAddress>,
    language: Option<String>,
    is_bundled: bool,
}

impl Settings {
    /// Creates settings that seal cases with these keys. By default, the connection isn't encrypted, there is no public address, and the
    /// guide is the built-in one.
    #[must_use]
    pub fn new(keys: impl Into<Keys>) -> Self {
        Self { keys: keys.into(), served_over_https: false, public_address: None, language: None, is_bundled: true }
    }

    /// Sets whether people reach the site over HTTPS. If so, the server tells browsers to open the site and send the cookie only over HTTPS.
    #[must_use]
    pub fn served_over_https(self, served_over_https: bool) -> Self {
        Self { served_over_https, ..self }
    }

    /// Sets whether the guide is the built-in one. If not, every page and file says so.
    #[must_use]
    pub fn bundled(self, is_bundled: bool) -> Self {
        Self { is_bundled, ..self }
    }

    /// Sets the address that people open. It's needed if a proxy sends this server a different `Host` header.
    #[must_use]
    pub fn public_address(self, address: Option<PublicAddress>) -> Self {
        Self { public_address: address, ..self }
    }

    /// Sets the language of the interface text, or `None` for the guide's own language. If the guide has no interface text in that language,
    /// the interface is in English.
    #[must_use]
    pub fn language(self, language: Option<String>) -> Self {
        Self { language, ..self }
    }
}

/// What all requests share: the prepared guide, and the queues and buffers that limit the server's work.
pub(crate) struct Services {
    pub advisor: Advisor,
    /// The interface text, or `None` for the program's own English text.
    text: Option<Text>,
    /// The interface text for a person who asks for someone else.
    text_for_someone_else: Text,
    pub glossary: Glossary,
    pub index: Index,
    /// An index for each of the guide's lists of facts.
    pub lists: Vec<ListIndex>,
    pub checker: Checker,
    /// The number of sentences in the guide and their average reading grade, once they have been measured.
    readability: OnceLock<(usize, f64)>,
    /// The queue for the options page and for opening saved cases, which take a few milliseconds.
    pub pages: WorkQueue,
    /// The queue for downloads with advice, which take longer. Pages don't wait for them.
    pub files: WorkQueue,
    pub buffers: Buffers,
}

impl Site {
    /// Creates a site that serves `guide`.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>, settings: Settings) -> Self {
        let guide = guide.into();
        let text = non_default_text(&guide, settings.language.as_ref().unwrap_or(&guide.language));
        let glossary = Glossary::new(Edition::new(&guide, text.as_ref().unwrap_or_else(|| Text::english())));
        // People search for words that are in the guide, so the index is in the guide's language.
        let own_text = non_default_text(&guide, &guide.language);
        let own_text = own_text.as_ref().unwrap_or_else(|| Text::english());
        let index = Index::of(&guide, own_text);
        let lists = guide.fact_lists.iter().map(|list| ListIndex::of(&guide, list, own_text)).collect();
        let services = Services {
            text_for_someone_else: text.as_ref().unwrap_or_else(|| Text::english()).for_someone_else(),
            text,
            glossary,
            index,
            lists,
            checker: Checker::new(Arc::clone(&guide)),
            advisor: Advisor::new(guide),
            readability: OnceLock::new(),
            pages: WorkQueue::new(),
            files: WorkQueue::new(),
            buffers: Buffers::new(),
        };
        Self { services: Arc::new(services), settings: Arc::new(settings) }
    }

    pub(crate) fn guide(&self) -> &Arc<Guide> {
        self.services.advisor.guide()
    }

    /// The guide with its interface text.
    pub(crate) fn edition(&self) -> Edition<'_> {
        let text = self.services.text.as_ref().unwrap_or_else(|| Text::english());
        Edition::new(self.guide(), text).bundled(self.settings.is_bundled)
    }

    /// The guide with its interface text for a person who asks for someone else.
    pub(crate) fn edition_for_someone_else(&self) -> Edition<'_> {
        Edition::new(self.guide(), &self.services.text_for_someone_else).bundled(self.settings.is_bundled)
    }

    /// Returns the number of sentences in the guide and their average reading grade. Measuring takes a while, so it is done only once.
    pub(crate) fn readability(&self) -> (usize, f64) {
        *self.services.readability.get_or_init(|| {
            let sentences = readability::measure(self.guide());
            (sentences.len(), readability::average(&sentences))
        })
    }
}
