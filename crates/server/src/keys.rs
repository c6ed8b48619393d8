//! The keys that seal cases.

use std::fmt;

/// A key that seals cases. Who has it can read the cookies of this server.
#[derive(Clone)]
pub struct Key(pub(crate) [u8; 32]);

/// A key of zeros: a placeholder, or a disk that was never written. It keeps nothing secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZeroKey;

impl fmt::Display for ZeroKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key of 32 zero bytes keeps nothing secret")
    }
}

impl std::error::Error for ZeroKey {}

impl Key {
    /// A key of these bytes.
    ///
    /// # Errors
    ///
    /// If all of them are zero.
    pub fn new(bytes: [u8; 32]) -> Result<Self, ZeroKey> {
        if bytes == [0; 32] { Err(ZeroKey) } else { Ok(Self(bytes)) }
    }

    /// A key that nobody has had before. Cookies sealed with it can be read until this server stops.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }
}

/// The keys of a server, the newest first. Cases are sealed with the newest and opened with any, so that a key can be replaced while people
/// are at work: put the new one first, and take the old one away a day later, when nothing that it sealed can be opened any more.
#[derive(Clone)]
pub struct Keys {
    newest: Key,
    older: Vec<Key>,
}

impl Keys {
    /// Keys, of which `newest` seals.
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
    fn a_key_of_zeros_is_refused() {
        assert!(Key::new([0; 32]).is_err());
        let mut bytes = [0; 32];
        bytes[31] = 1;
        assert!(Key::new(bytes).is_ok());
    }
}
