//! `sarcoguide serve`: serves the guide as a website.

use std::fs::File;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use sarcoguide_bundled::{reason, shown_path};
use sarcoguide_server::{Key, Keys, Settings, Site, interrupted};
use sarcoguide_text::t;

use crate::args::{Arguments, ServeFlags};
use crate::config::Config;
use crate::input::{guide_at, read_error};
use crate::output::{Failure, print};

/// Serves the guide until the process is asked to stop, or prints the settings if `--show-config` is set.
pub(crate) fn serve(arguments: &Arguments, flags: &ServeFlags) -> Result<(), Failure> {
    let config = Config::resolve(arguments.guide.as_deref(), arguments.language.as_deref(), flags, std::env::vars_os())?;
    if flags.show_config {
        return print(&config.to_string());
    }
    let Config { guide, language, addr, key_files, encrypted, public_address } = config;
    if let Some(address) = public_address.value.as_ref().filter(|address| encrypted.value && !address.is_encrypted()) {
        let (public, encrypted) = (public_address.origin, encrypted.origin);
        return Err(Failure::Input(format!(
            "the public address {address} ({public}) doesn't start with https://, but `encrypted` is set ({encrypted}): write https://, or remove `encrypted`"
        )));
    }
    let keys = keys(&key_files.value)?;
    let guide = guide_at(guide.value.as_deref(), language.value.as_deref())?;
    let text = guide.text();
    let announce = |listening: SocketAddr| {
        let mut lines = vec![t!(text, serve_address, address = format!("http://{listening}/"))];
        if let Some(address) = &public_address.value {
            lines.push(t!(text, serve_public_address, address = format!("{address}/")));
            if address.is_encrypted() && !encrypted.value {
                lines.push(t!(text, serve_say_encrypted));
            }
        }
        if !listening.ip().is_loopback() {
            lines.push(if encrypted.value { t!(text, serve_only_proxy) } else { t!(text, serve_unencrypted) });
        }
        for path in key_files.value.iter().filter(|path| others_can_read(path)) {
            lines.push(t!(text, serve_key_readable, file = shown_path(path)));
        }
        // If standard output is closed, nobody can see this message, so ignore the error.
        let _ = print(&(lines.join("\n") + "\n"));
    };
    let settings = Settings::new(keys)
        .served_over_https(encrypted.value)
        .public_address(public_address.value.clone())
        .language(language.value)
        .bundled(guide.is_bundled());
    sarcoguide_server::serve(Site::new(guide.shared(), settings), addr.value, announce, interrupted())
        .map_err(|error| Failure::Io(format!("{}: {}", addr.value, reason(&error))))
}

/// Reads the keys from files. Without files, creates a new key.
fn keys(files: &[PathBuf]) -> Result<Keys, Failure> {
    let mut keys = files.iter().map(|path| key(path)).collect::<Result<Vec<Key>, Failure>>()?.into_iter();
    match keys.next() {
        Some(newest) => Ok(Keys::new(newest, keys.collect())),
        None => Key::random()
            .map(Keys::from)
            .map_err(|error| Failure::Io(format!("the system provides no random bytes for a key: {error}"))),
    }
}

fn key(path: &Path) -> Result<Key, Failure> {
    let failed = |error: std::io::Error| read_error(path, &error);
    let file = File::open(path).map_err(failed)?;
    // Read at most one byte more than a key has, because some files, such as /dev/zero, have no end.
    let mut bytes = Vec::new();
    file.take(33).read_to_end(&mut bytes).map_err(failed)?;
    let bytes: [u8; 32] = bytes.try_into().map_err(|bytes: Vec<u8>| {
        let found = if bytes.len() > 32 { "more".to_owned() } else { bytes.len().to_string() };
        Failure::Input(format!("{}: a key is 32 bytes, and this file has {found}", shown_path(path)))
    })?;
    Key::new(bytes)
        .map_err(|error| Failure::Input(format!("{}: {error}; make one with `head -c 32 /dev/urandom > FILE`", shown_path(path))))
}

/// Whether other users of this machine can access a file. Always false where file modes aren't available.
#[cfg(unix)]
fn others_can_read(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    path.metadata().is_ok_and(|metadata| metadata.mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn others_can_read(_: &Path) -> bool {
    false
}
