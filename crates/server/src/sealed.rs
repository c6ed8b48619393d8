//! The case in a cookie that only this server can open.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sarcoguide_advise::FactSet;
use sarcoguide_case::CaseFile;
use sarcoguide_model::{Case, FactId, Guide, Known, TreatmentId, WeighedValue};
use sarcoguide_report::timeline::plan::Step;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The cookie's name.
pub(crate) const COOKIE: &str = "case";
const NONCE: usize = 24;
/// The most bytes that a cookie may hold when it is opened.
const MOST: u64 = 64 * 1024;

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
    /// The questions of each page that they have answered, in order, so that they can go back.
    pub trail: Vec<Vec<FactId>>,
    /// The treatments that they compare.
    pub compared: Vec<TreatmentId>,
    /// The parts of the plan that they look at.
    pub planned: Vec<Step>,
    /// What matters to them.
    pub what_matters: Vec<WeighedValue>,
    /// Whether pages are shown for the team.
    pub team: bool,
}

/// How it is written down: by names, so that a newer guide can still read it.
#[derive(Serialize, Deserialize)]
struct Written {
    /// A case file.
    file: BTreeMap<String, BTreeMap<String, Value>>,
    trail: Vec<Vec<String>>,
    compared: Vec<String>,
    #[serde(default)]
    planned: Vec<String>,
    team: bool,
}

/// A browser keeps no cookie above 4096 bytes, and a case with every fact would be longer as it is.
fn deflated(text: &[u8]) -> Option<Vec<u8>> {
    let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(text).ok()?;
    writer.finish().ok()
}

fn inflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    flate2::read::DeflateDecoder::new(bytes).take(MOST).read_to_end(&mut text).ok()?;
    Some(text)
}

impl Held {
    pub fn nothing(guide: &Guide) -> Self {
        Self {
            case: Case::unknown(guide.facts.len()),
            unknown: Vec::new(),
            trail: Vec::new(),
            compared: Vec::new(),
            planned: Vec::new(),
            what_matters: Vec::new(),
            team: false,
        }
    }

    /// Whether nothing has been said yet.
    pub fn is_empty(&self) -> bool {
        self.case.stated().next().is_none() && self.unknown.is_empty() && self.what_matters.is_empty()
    }

    /// The facts that were asked: those that are known, and those of which it is said that they are not.
    pub fn asked(&self) -> FactSet {
        self.case.stated().chain(self.unknown.iter().copied()).collect()
    }

    /// Keeps an answer, or that there is none.
    pub fn answer(&mut self, fact: FactId, known: Known) {
        self.case.set(fact, known);
        self.unknown.retain(|other| *other != fact);
        if known == Known::Unknown {
            self.unknown.push(fact);
            self.unknown.sort_unstable();
        }
    }

    /// What is saved of it.
    pub fn file(&self) -> CaseFile {
        CaseFile { case: self.case.clone(), unknown: self.unknown.clone(), what_matters: self.what_matters.clone() }
    }

    /// Takes in what was saved.
    pub fn add(&mut self, file: CaseFile) {
        for fact in file.case.stated() {
            self.answer(fact, file.case.get(fact));
        }
        for fact in file.unknown {
            self.answer(fact, Known::Unknown);
        }
        self.what_matters.extend(file.what_matters);
        self.what_matters.sort_unstable();
    }

    /// The cookie's value. None if the system gives no random bytes.
    pub fn seal(&self, guide: &Guide, key: &Key) -> Option<String> {
        let written = Written {
            file: serde_json::from_str(&self.file().to_json(guide)).ok()?,
            trail: self.trail.iter().map(|page| page.iter().map(|fact| guide.facts[fact.index()].id.clone()).collect()).collect(),
            compared: self.compared.iter().map(|id| guide.treatments[id.index()].id.clone()).collect(),
            planned: self.planned.iter().map(|step| step.name(guide)).collect(),
            team: self.team,
        };
        let text = deflated(&serde_json::to_vec(&written).ok()?)?;
        let mut sealed = vec![0; NONCE];
        getrandom::fill(&mut sealed).ok()?;
        let cipher = XChaCha20Poly1305::new((&key.0).into());
        let body = cipher.encrypt(XNonce::from_slice(&sealed), text.as_slice()).ok()?;
        sealed.extend(body);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// What a cookie holds; nothing if it was not sealed by this key. What the guide no longer knows is left out one by one.
    pub fn open(guide: &Guide, key: &Key, value: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, body) = sealed.split_at_checked(NONCE)?;
        let cipher = XChaCha20Poly1305::new((&key.0).into());
        let text = inflated(&cipher.decrypt(XNonce::from_slice(nonce), body).ok()?)?;
        let written: Written = serde_json::from_slice(&text).ok()?;
        let mut held = Self::nothing(guide);
        for (part, entries) in &written.file {
            for (name, value) in entries {
                let mut alone = json!({ "facts": {} });
                alone[part][name] = value.clone();
                if let Ok(file) = sarcoguide_case::from_json(guide, &alone.to_string()) {
                    held.add(file);
                }
            }
        }
        let facts = |page: &Vec<String>| page.iter().filter_map(|name| guide.fact(name)).collect::<Vec<FactId>>();
        held.trail = written.trail.iter().map(facts).filter(|page| !page.is_empty()).collect();
        held.compared = written.compared.iter().filter_map(|name| guide.treatment(name)).collect();
        held.planned = written.planned.iter().filter_map(|name| Step::named(guide, name)).collect();
        held.team = written.team;
        Some(held)
    }
}

#[cfg(test)]
mod tests {
    use sarcoguide_model::{Domain, TermId};

    use super::*;

    #[test]
    fn a_case_with_every_fact_fits_into_a_cookie_and_comes_back() {
        let guide = sarcoguide_builtin::guide();
        let mut held = Held::nothing(&guide);
        for (place, fact) in guide.facts.iter().enumerate() {
            let known = match &fact.domain {
                Domain::Values(values) => Known::Value((values.len() - 1).try_into().expect("few values")),
                Domain::Number { max, .. } => Known::Number(*max),
            };
            held.answer(FactId::new(place), known);
        }
        let values = guide.exercise.as_ref().map_or(0, |exercise| exercise.values.len());
        held.what_matters = (0..values).map(|value| WeighedValue { value, weight: 0 }).collect();
        held.trail = guide.facts.iter().enumerate().map(|(place, _)| vec![FactId::new(place)]).collect();
        held.compared = (0..3).map(TreatmentId::new).collect();
        held.planned =
            (0..12).map(|place| Step { timing: TermId::new(place % 4), treatment: TreatmentId::new(place * 5) }).collect();
        held.team = true;
        let key = Key::new([1; 32]);
        let sealed = held.seal(&guide, &key).expect("sealed");
        assert!(sealed.len() < 3500, "a browser drops a cookie of {} bytes and its attributes", sealed.len());
        assert_eq!(Held::open(&guide, &key, &sealed), Some(held));
    }
}
