//! Serves a guide as a website. Pages are rendered on the server and work without JavaScript.
//!
//! A person's answers are stored only in an encrypted cookie in their browser. The server neither stores nor logs them, and never puts them in
//! a URL. [`router`] builds the whole site, and [`serve`] runs the server until it is asked to stop.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the server is an entry point")]

mod bits;
mod board;
mod buffers;
mod carry;
mod choices;
mod clock;
mod compare;
mod connections;
mod doubt;
mod downloads;
mod form;
mod guide_change;
mod health;
mod html;
mod keys;
mod link;
mod list;
mod listen;
mod options;
mod pages;
mod plan;
mod preferences;
mod progress;
mod public_address;
mod qr_code;
mod question;
mod reading;
mod review;
mod routes;
mod sealed;
mod secure;
mod sheet;
mod site;
mod situation;
mod start;
mod symptom;
mod triage;
mod visit;
mod work;

use std::future::Future;
use std::io;
use std::net::SocketAddr;

pub use keys::{Key, Keys, ZeroKey};
pub use public_address::{PublicAddress, PublicAddressError};
pub use routes::router;
pub use site::{Settings, Site};

/// Functions that only the fuzz targets use.
#[doc(hidden)]
pub mod fuzzing {
    use crate::{Key, sealed};

    /// Encrypts `bytes` as the value of a cookie. Returns `None` if the system provides no random bytes.
    #[must_use]
    pub fn sealed(key: &Key, bytes: &[u8]) -> Option<String> {
        sealed::encrypted(key, bytes, sealed::COOKIE)
    }
}

/// Serves `site` at `address` until `stop` completes, then gives open requests up to 10 seconds to finish. Calls `listening` once with the address
/// that the server listens on.
///
/// # Errors
///
/// If the async runtime can't be started, or the server can't listen on `address`.
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

/// Completes when the process is asked to stop: by Ctrl+C or, on Unix, by `SIGTERM`.
pub async fn interrupted() {
    // If a signal handler can't be installed, the server runs until it is killed.
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
