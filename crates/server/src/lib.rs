//! The guide in a browser: pages made on the server from the guide's words, readable without JavaScript.
//!
//! The case lives with the person, in a sealed cookie; the server keeps nothing, logs nothing of it, and puts nothing of it into an
//! address. [`router`] is the whole site; [`serve`] listens with it until it is told to stop.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the server is an entry point")]

mod buffers;
mod connections;
mod downloads;
mod guide_change;
mod health;
mod html;
mod keys;
mod listen;
mod options;
mod pages;
mod plan;
mod preferences;
mod public_address;
mod reading;
mod review;
mod routes;
mod sealed;
mod secure;
mod situation;
mod symptom;
mod visit;
mod work;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use sarcoguide_advise::Advisor;
use sarcoguide_model::Guide;
use sarcoguide_search::readability;
use sarcoguide_search::search::Index;
use sarcoguide_search::symptom::Checker;
use sarcoguide_text::Text;
use sarcoguide_views::Edition;
use sarcoguide_views::glossary::Glossary;

use crate::buffers::Buffers;
use crate::work::WorkQueue;

pub use keys::{Key, Keys, ZeroKey};
pub use public_address::{PublicAddress, PublicAddressError};
pub use routes::router;

/// What only the fuzz targets need.
#[doc(hidden)]
pub mod fuzzing {
    use crate::{Key, sealed};

    /// Any bytes sealed as the value of a cookie; nothing if the system gives no random bytes.
    #[must_use]
    pub fn sealed(key: &Key, bytes: &[u8]) -> Option<String> {
        sealed::encrypted(key, bytes)
    }
}

/// What every request can see.
#[derive(Clone)]
pub struct Site {
    services: Arc<Services>,
    settings: Arc<Settings>,
}

/// How a site is run.
#[derive(Clone)]
pub struct Settings {
    keys: Keys,
    encrypted: bool,
    public_address: Option<PublicAddress>,
}

impl Settings {
    /// Seals cases with these keys, for people who reach the site at the address that it listens at.
    #[must_use]
    pub fn new(keys: impl Into<Keys>) -> Self {
        Self { keys: keys.into(), encrypted: false, public_address: None }
    }

    /// Whether people reach the site over an encrypted connection: its cookie then never travels otherwise, and browsers are told to open
    /// it no other way.
    #[must_use]
    pub fn encrypted(self, encrypted: bool) -> Self {
        Self { encrypted, ..self }
    }

    /// The address that people open, where a proxy names another host to the site.
    #[must_use]
    pub fn public_address(self, address: Option<PublicAddress>) -> Self {
        Self { public_address: address, ..self }
    }
}

/// The guide, made ready.
struct Services {
    advisor: Advisor,
    /// The sentences of the interface, where the guide brings any of its own.
    text: Option<Text>,
    glossary: Glossary,
    index: Index,
    checker: Checker,
    /// How many sentences the guide has, and their average grade, once it was asked.
    reading: OnceLock<(usize, f64)>,
    /// Pages of advice, which take a few milliseconds.
    pages: WorkQueue,
    /// Files to take along, which take longer; nobody waits behind them for a page.
    files: WorkQueue,
    buffers: Buffers,
}

impl Site {
    /// A site that shows `guide`.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>, settings: Settings) -> Self {
        let guide = guide.into();
        let text = sarcoguide_views::own_text(&guide);
        let edition = Edition::new(&guide, text.as_ref().unwrap_or_else(|| Text::english()));
        let (glossary, index) = (Glossary::new(edition), Index::of(&guide, edition.text));
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

    fn guide(&self) -> &Arc<Guide> {
        self.services.advisor.guide()
    }

    /// The guide with the sentences around it.
    fn edition(&self) -> Edition<'_> {
        Edition::new(self.guide(), self.services.text.as_ref().unwrap_or_else(|| Text::english()))
    }

    /// How many sentences the guide has, and their average grade. To measure them takes a while, so it is done once.
    fn reading(&self) -> (usize, f64) {
        *self.services.reading.get_or_init(|| {
            let sentences = readability::measure(self.guide());
            (sentences.len(), readability::average(&sentences))
        })
    }
}

/// Listens at `address` until `stop` is done, then lets open requests end. Tells the address that was taken.
///
/// # Errors
///
/// If the address cannot be listened at.
pub fn serve(
    site: Site,
    address: SocketAddr,
    listening: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        listening(listener.local_addr()?);
        listen::listen(listener, router(site), listen::Limits::default(), stop).await;
        Ok(())
    })
}

/// Done when the process is asked to stop: from the keyboard, or by a signal to end.
pub async fn interrupted() {
    // If a signal cannot be listened to, the server runs until it is killed.
    let keyboard = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let end = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let end = std::future::pending::<()>();
    tokio::select! {
        () = keyboard => {}
        () = end => {}
    }
}

// touched
