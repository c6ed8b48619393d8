//! The case in a cookie that only this server can open.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sarcoguide_model::{Case, FactId, Guide, Known};
use serde::{Deserialize, Serialize};

/// The cookie's name.
pub(crate) const COOKIE: &str = "case";
const NONCE: usize = 24;

/// The key that seals cases. Who has it can read the cookies of this server.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
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

/// What is known of a person while they use the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// What they have said.
    pub case: Case,
    /// The facts of which they have said that they do not know them.
    pub unknown: Vec<FactId>,
}

/// How it is written down: by names, so that a newer guide can still read it.
#[derive(Serialize, Deserialize)]
struct Written {
    facts: serde_json::Value,
    unknown: Vec<String>,
}

impl Held {
    pub fn nothing(guide: &Guide) -> Self {
        Self { case: Case::unknown(guide.facts.len()), unknown: Vec::new() }
    }

    /// Whether nothing has been said yet.
    pub fn is_empty(&self) -> bool {
        self.case.stated().next().is_none() && self.unknown.is_empty()
    }

    /// Keeps an answer, or that there is none.
    pub fn answer(&mut self, fact: FactId, known: Known) {
        self.case.set(fact, known);
        self.unknown.retain(|other| *other != fact);
        if known == Known::Unknown {
            self.unknown.push(fact);
        }
    }

    /// The cookie's value. None if the system gives no random bytes.
    pub fn seal(&self, guide: &Guide, key: &Key) -> Option<String> {
        let case: serde_json::Value = serde_json::from_str(&sarcoguide_case::to_json(guide, &self.case)).ok()?;
        let unknown = self.unknown.iter().map(|fact| guide.facts[fact.index()].id.clone()).collect();
        let text = serde_json::to_vec(&Written { facts: case["facts"].clone(), unknown }).ok()?;
        let mut sealed = vec![0; NONCE];
        getrandom::fill(&mut sealed).ok()?;
        let cipher = XChaCha20Poly1305::new((&key.0).into());
        let body = cipher.encrypt(XNonce::from_slice(&sealed), text.as_slice()).ok()?;
        sealed.extend(body);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// What a cookie holds; nothing if it was not sealed by this key. Facts that the guide no longer knows are left out one by one.
    pub fn open(guide: &Guide, key: &Key, value: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, body) = sealed.split_at_checked(NONCE)?;
        let cipher = XChaCha20Poly1305::new((&key.0).into());
        let text = cipher.decrypt(XNonce::from_slice(nonce), body).ok()?;
        let written: Written = serde_json::from_slice(&text).ok()?;
        let mut held = Self::nothing(guide);
        for (name, value) in written.facts.as_object()? {
            let alone = serde_json::json!({ "facts": { name.as_str(): value } }).to_string();
            if let (Some(fact), Ok(case)) = (guide.fact(name), sarcoguide_case::from_json(guide, &alone)) {
                held.case.set(fact, case.get(fact));
            }
        }
        held.unknown = written.unknown.iter().filter_map(|name| guide.fact(name)).collect();
        Some(held)
    }
}
