//! `sarcoguide serve`: the guide in a browser.

use std::fs::File;
use std::io::Read;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use sarcoguide_model::Guide;
use sarcoguide_server::{Key, Site, interrupted};

use crate::output::{Failure, print};

/// Serves the guide until the process is asked to stop.
pub(crate) fn serve(guide: Arc<Guide>, address: SocketAddr, key_file: Option<&Path>, encrypted: bool) -> Result<(), Failure> {
    let key = match key_file {
        Some(path) => key(path)?,
        None => Key::random().map_err(|error| Failure::Io(format!("no random bytes for a key: {error}")))?,
    };
    let announce = |address: SocketAddr| {
        let mut text = format!("The guide is at http://{address}/ (Ctrl+C ends it).\n");
        if !address.ip().is_loopback() {
            text.push_str(
                "This address can be reached from other machines. Without a proxy that encrypts in front of it, who listens on the way can read\n\
                 what people enter. Put one there and pass --encrypted, or listen at 127.0.0.1.\n",
            );
        }
        if let Some(path) = key_file.filter(|path| others_can_read(path)) {
            let path = path.display();
            text.push_str(&format!(
                "Others on this machine can read the key in {path}, and with it what is in cookies. `chmod 600` keeps it.\n"
            ));
        }
        // Whoever closed standard output does not want to hear it.
        let _ = print(&text);
    };
    sarcoguide_server::serve(Site::new(guide, key, encrypted), address, announce, interrupted())
        .map_err(|error| Failure::Io(format!("{address}: {error}")))
}

fn key(path: &Path) -> Result<Key, Failure> {
    let failed = |error: std::io::Error| Failure::Io(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(failed)?;
    // No more is read than tells that it is too much: some files have no end.
    let mut bytes = Vec::new();
    file.take(33).read_to_end(&mut bytes).map_err(failed)?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|bytes: Vec<u8>| {
        let found = if bytes.len() > 32 { "more".to_owned() } else { bytes.len().to_string() };
        Failure::Input(format!("{}: a key is 32 bytes, and this file has {found}", path.display()))
    })?;
    Ok(Key::new(bytes))
}

/// Whether others on this machine can read a file, where that can be told.
#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    path.metadata().is_ok_and(|metadata| metadata.mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_: &Path) -> bool {
    false
}
