//! The keys that seal (encrypt and authenticate) cases.

use std::fmt;

/// A key that seals cases. Anyone who has the key can read this server's cookies.
#[derive(Clone)]
pub struct Key(pub(crate) [u8; 32]);

/// The error for a key of 32 zero bytes, such as a placeholder or a file that was never filled. Such a key isn't secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZeroKey;

impl fmt::Display for ZeroKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the key is 32 zero bytes, which isn't secret")
    }
}

impl std::error::Error for ZeroKey {}

impl Key {
    /// Creates a key from 32 bytes.
    ///
    /// # Errors
    ///
    /// If all bytes are zero.
    pub fn new(bytes: [u8; 32]) -> Result<Self, ZeroKey> {
        if bytes == [0; 32] { Err(ZeroKey) } else { Ok(Self(bytes)) }
    }

    /// Creates a random key. Cookies sealed with it can't be opened after this server stops.
    ///
    /// # Errors
    ///
    /// If the system provides no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }
}

/// The keys of a server, newest first. The newest key seals cases, and every key can open them. A key can therefore be replaced while
/// people use the site: put the new key first, and remove the old one a day later, when the server no longer accepts anything sealed with
/// it.
#[derive(Clone)]
pub struct Keys {
    newest: Key,
    older: Vec<Key>,
}

impl Keys {
    /// Creates a set of keys. New cases are sealed with `newest`.
    #[must_use]
    pub fn new(newest: Key, older: Vec<Key>) -> Self {
        Self { newest, older }
    }

    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }
}

impl From<Key> for Keys {
    fn from(key: Key) -> Self {
        Self::new(key, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_key_is_refused() {
        assert!(Key::new([0; 32]).is_err());
        let mut bytes = [0; 32];
        bytes[31] = 1;
        assert!(Key::new(bytes).is_ok());
    }
}
