//! `sarcoguide serve`: the guide in a browser.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use sarcoguide_model::Guide;
use sarcoguide_server::{Key, Site, interrupted};

use crate::output::{Failure, print};

/// Serves the guide until the process is asked to stop.
pub(crate) fn serve(guide: Guide, address: SocketAddr, key_file: Option<&Path>, encrypted: bool) -> Result<(), Failure> {
    let key = match key_file {
        Some(path) => key(path)?,
        None => Key::random().map_err(|error| Failure::Io(format!("no random bytes for a key: {error}")))?,
    };
    let told = |address: SocketAddr| {
        let mut text = format!("The guide is at http://{address}/ (Ctrl+C ends it).\n");
        if !address.ip().is_loopback() {
            text.push_str(
                "This address can be reached from other machines. Without a proxy that encrypts in front of it, who listens on the way can read\n\
                 what people enter. Put one there and pass --encrypted, or listen at 127.0.0.1.\n",
            );
        }
        // Whoever closed standard output does not want to hear it.
        let _ = print(&text);
    };
    sarcoguide_server::serve(Site::new(guide, key, encrypted), address, told, interrupted())
        .map_err(|error| Failure::Io(format!("{address}: {error}")))
}

fn key(path: &Path) -> Result<Key, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Io(format!("{}: {error}", path.display())))?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|bytes: Vec<u8>| {
        Failure::Input(format!("{}: a key is 32 bytes, and this file has {}", path.display(), bytes.len()))
    })?;
    Ok(Key::new(bytes))
}
