//! The guide in a browser: pages made on the server from the guide's words, readable without JavaScript.
//!
//! The case lives with the person, in a sealed cookie; the server keeps nothing, logs nothing of it, and puts nothing of it into an
//! address. [`router`] is the whole site; [`serve`] listens with it until it is told to stop.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "the server is an entry point")]

mod buffers;
mod clock;
mod connections;
mod downloads;
mod form;
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
mod site;
mod situation;
mod symptom;
mod visit;
mod work;

use std::future::Future;
use std::io;
use std::net::SocketAddr;

pub use keys::{Key, Keys, ZeroKey};
pub use public_address::{PublicAddress, PublicAddressError};
pub use routes::router;
pub use site::{Settings, Site};

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
