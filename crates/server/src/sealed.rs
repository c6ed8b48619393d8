//! Stores a person's session in a cookie that only this server can open.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sarcoguide_advise::{FactSet, Questions};
use sarcoguide_case::CaseFile;
use sarcoguide_model::{Case, DoubtAdvice, FactId, FactValue, Guide, OwnQuestion, TreatmentId, WeighedValue};
use sarcoguide_views::timeline::plan::Step;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::guide_change::{FileChange, GuideChange, Unreadable};
use crate::keys::{Key, Keys};

/// The length of a nonce, in bytes.
const NONCE: usize = 24;
/// How long a cookie or a link can be opened after it was sealed, in seconds: one day. A browser that restores its last pages may keep the
/// cookie for longer.
pub(crate) const OPENS_FOR: i64 = 24 * 60 * 60;
/// The maximum length of a cookie's value, in bytes. Browsers don't keep cookies above 4096 bytes, including the name and the attributes.
const MAX_SEALED_BYTES: usize = 4000;
/// The maximum size of a cookie's content after decompression, in bytes.
const MAX_UNPACKED_BYTES: u64 = 64 * 1024;

/// The reason why a session can't be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SealError {
    /// The system provided no random bytes.
    NoRandomBytes,
    /// The cookie would be longer than browsers keep.
    TooLong,
}

/// A person's answers and choices while they use the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// The facts that the person has stated.
    pub case: Case,
    /// The facts that the person said they don't know.
    pub unknown: Vec<FactId>,
    /// Those of the unknown facts that the person left blank without choosing "I don't know".
    pub blank: Vec<FactId>,
    /// The questions on each page that the person has answered, in order, so that the person can go back.
    pub trail: Vec<Vec<FactId>>,
    /// The treatments chosen for comparison.
    pub compared: Vec<TreatmentId>,
    /// The steps chosen for the plan.
    pub planned: Vec<Step>,
    /// The doubts about which the person was asked, and whose facts they kept. Once one of the facts changes, its doubt is removed.
    pub kept: Vec<DoubtAdvice>,
    /// The person's own list of questions for a visit. Empty until they change what is proposed.
    pub questions: Vec<OwnQuestion>,
    /// What matters to the person, and how much.
    pub preferences: Vec<WeighedValue>,
    /// Whether pages are shown in the team view.
    pub team: bool,
    /// Whether the person asks for someone else.
    pub for_someone_else: bool,
    /// How the guide changed since the session was sealed or its file was saved. `None` if it hasn't changed, or if the person has confirmed the
    /// notice about it.
    pub change: Option<GuideChange>,
}

/// A session as stored in the cookie. It has names, not indexes, so that a newer guide can still read it.
#[derive(Serialize, Deserialize)]
struct StoredSession {
    /// The content hash of the guide that the session was sealed with. After the guide changes, this stays the hash of the earlier guide until the
    /// person confirms the notice about the change. For a session from a file, the earlier guide is the one that the file was saved with.
    #[serde(default)]
    guide: String,
    /// A case file, as JSON.
    file: String,
    /// When the session was sealed, as Unix time in seconds.
    at: i64,
    trail: Vec<Vec<String>>,
    /// The facts that the person left blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blank: Vec<String>,
    compared: Vec<String>,
    #[serde(default)]
    planned: Vec<String>,
    /// The doubts whose facts the person kept, each with its facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kept: Vec<(String, Vec<String>)>,
    team: bool,
    #[serde(default, rename = "other", skip_serializing_if = "std::ops::Not::not")]
    for_someone_else: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_change: Option<FileChange>,
}

/// The first byte of packed text that isn't compressed.
const UNCOMPRESSED: u8 = 0;
/// The first byte of packed text that is compressed with DEFLATE.
const DEFLATED: u8 = 1;
/// The maximum length of text that isn't compressed, in bytes. Nearly every case is shorter, and compressing it would take longer than
/// parsing it.
const MAX_UNCOMPRESSED_BYTES: usize = 2000;

/// Packs text for a cookie. Long text is compressed, because a case with every fact would exceed the 4096 bytes that browsers keep.
fn pack(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() <= MAX_UNCOMPRESSED_BYTES {
        return Some([&[UNCOMPRESSED], text].concat());
    }
    let mut writer = flate2::write::DeflateEncoder::new(vec![DEFLATED], flate2::Compression::default());
    writer.write_all(text).ok()?;
    writer.finish().ok()
}

fn unpack(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    match bytes.split_first()? {
        (&UNCOMPRESSED, text) => Some(text.into()),
        (&DEFLATED, text) => {
            let mut out = Vec::new();
            flate2::read::DeflateDecoder::new(text).take(MAX_UNPACKED_BYTES).read_to_end(&mut out).ok()?;
            Some(out.into())
        }
        _ => None,
    }
}

/// The purpose of a cookie's value. Other texts that are sealed with the same keys have another purpose.
pub(crate) const COOKIE: &[u8] = b"";

/// Encrypts bytes as text that only `key` can open, and only for the same `purpose`. Returns `None` if the system provides no random bytes.
pub(crate) fn encrypted(key: &Key, bytes: &[u8], purpose: &[u8]) -> Option<String> {
    let mut sealed = vec![0; NONCE];
    getrandom::fill(&mut sealed).ok()?;
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    let body = cipher.encrypt(XNonce::from_slice(&sealed), Payload { msg: bytes, aad: purpose }).ok()?;
    sealed.extend(body);
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

/// Decrypts text. Returns `None` if none of the keys encrypted it for this purpose.
pub(crate) fn decrypted(keys: &Keys, text: &[u8], purpose: &[u8]) -> Option<Vec<u8>> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (nonce, body) = sealed.split_at_checked(NONCE)?;
    let nonce = XNonce::from_slice(nonce);
    let decrypt = |key: &Key| XChaCha20Poly1305::new((&key.0).into()).decrypt(nonce, Payload { msg: body, aad: purpose }).ok();
    keys.newest_first().find_map(decrypt)
}

impl Session {
    pub fn empty(guide: &Guide) -> Self {
        Self {
            case: Case::unknown(guide.facts.len()),
            unknown: Vec::new(),
            blank: Vec::new(),
            trail: Vec::new(),
            compared: Vec::new(),
            planned: Vec::new(),
            kept: Vec::new(),
            questions: Vec::new(),
            preferences: Vec::new(),
            team: false,
            for_someone_else: false,
            change: None,
        }
    }

    /// Whether the person hasn't answered or chosen anything yet. How pages are shown is ignored, because it says nothing about a person.
    pub fn is_empty(&self, guide: &Guide) -> bool {
        *self == Self { team: self.team, for_someone_else: self.for_someone_else, ..Self::empty(guide) }
    }

    /// Returns how many questions the person has answered, how many they don't know the answer to, and how many unasked ones could still matter. A list
    /// of facts is one question. It counts as answered if anything in it is known.
    pub fn counts(&self, guide: &Guide, questions: &Questions) -> (usize, usize, usize) {
        let asked = self.asked();
        let count = |facts: FactSet| facts.iter().map(|fact| guide.question_of(fact)).collect::<FactSet>();
        let without = |facts: FactSet, others: FactSet| facts.iter().filter(|fact| !others.contains(*fact)).collect::<FactSet>();
        let known = count(self.case.stated().collect());
        let unknown = without(count(self.unknown.iter().copied().collect()), known);
        let open = without(count(without(questions.open, asked)), known);
        (known.len(), unknown.len(), without(open, unknown).len())
    }

    /// The facts that were asked: those that are known, and those that the person doesn't know.
    pub fn asked(&self) -> FactSet {
        self.case.stated().chain(self.unknown.iter().copied()).collect()
    }

    /// Stores an answer. [`FactValue::Unknown`] means that the person doesn't know the fact.
    pub fn answer(&mut self, fact: FactId, known: FactValue) {
        // Once an answer changes, the comparison with the saved file no longer applies.
        self.change.iter_mut().filter(|_| self.case.get(fact) != known).for_each(|change| change.file = None);
        if self.case.get(fact) != known {
            self.kept.retain(|doubt| !doubt.facts.contains(&fact));
        }
        self.case.set(fact, known);
        self.unknown.retain(|other| *other != fact);
        self.blank.retain(|other| *other != fact);
        if known == FactValue::Unknown {
            self.unknown.push(fact);
            self.unknown.sort_unstable();
        }
    }

    /// Whether the person chose "I don't know" for this fact.
    pub fn is_ticked(&self, fact: FactId) -> bool {
        self.unknown.contains(&fact) && !self.blank.contains(&fact)
    }

    /// Whether the person said that they don't know the answer to the question about this fact, or the rest of the answer if it's about a list.
    pub fn is_unknown(&self, guide: &Guide, fact: FactId) -> bool {
        self.unknown.iter().any(|unknown| guide.question_of(*unknown) == guide.question_of(fact))
    }

    /// Withdraws an answer. The fact then counts as not asked.
    pub fn withdraw(&mut self, fact: FactId) {
        self.answer(fact, FactValue::Unknown);
        self.unknown.retain(|other| *other != fact);
    }

    /// Replaces the treatments chosen for comparison.
    pub fn compare(&mut self, chosen: Vec<TreatmentId>) {
        self.compared = chosen;
        self.change.iter_mut().for_each(|change| change.unreadable.compared.clear());
    }

    /// Replaces the steps of the plan.
    pub fn plan(&mut self, chosen: Vec<Step>) {
        self.planned = chosen;
        self.change.iter_mut().for_each(|change| change.unreadable.planned.clear());
    }

    /// Returns the answers, preferences and questions as a case file.
    pub fn file(&self) -> CaseFile {
        let (unknown, preferences, questions) = (self.unknown.clone(), self.preferences.clone(), self.questions.clone());
        CaseFile { unknown, preferences, questions, ..CaseFile::of(self.case.clone()) }
    }

    /// Adds the answers, preferences and questions of a case file.
    pub fn add(&mut self, file: CaseFile) {
        for fact in file.case.stated() {
            self.answer(fact, file.case.get(fact));
        }
        for fact in file.unknown {
            self.answer(fact, FactValue::Unknown);
        }
        self.questions.extend(file.questions);
        self.preferences.extend(file.preferences);
        self.preferences.sort_unstable();
    }

    /// The entries that the changed guide can't read. `None` if it can read all of them, or if the person has confirmed the notice.
    pub fn unreadable(&self) -> Option<&Unreadable> {
        self.change.as_ref().map(|change| &change.unreadable).filter(|unreadable| !unreadable.is_empty())
    }

    /// Seals the session as the value of a cookie. `now` is the Unix time in seconds.
    pub fn seal(&self, guide: &Guide, keys: &Keys, now: i64) -> Result<String, SealError> {
        let sealed = self.sealed(guide, keys.newest(), now).ok_or(SealError::NoRandomBytes)?;
        if sealed.len() > MAX_SEALED_BYTES {
            return Err(SealError::TooLong);
        }
        Ok(sealed)
    }

    fn sealed(&self, guide: &Guide, key: &Key, now: i64) -> Option<String> {
        let mut file: Map<String, Value> = serde_json::from_str(&self.file().to_json(guide)).ok()?;
        let (mut compared, mut planned) = (Vec::new(), Vec::new());
        if let Some(GuideChange { unreadable, .. }) = &self.change {
            unreadable.add_to(&mut file);
            (compared, planned) = (unreadable.compared.clone(), unreadable.planned.clone());
        }
        compared.extend(self.compared.iter().map(|id| guide.treatments[id.index()].id.clone()));
        planned.extend(self.planned.iter().map(|step| step.name(guide.into())));
        let names = |facts: &[FactId]| facts.iter().map(|fact| guide[*fact].id.clone()).collect();
        let written = StoredSession {
            guide: self.change.as_ref().map_or(&guide.content_hash, |change| &change.sealed_with).clone(),
            file: Value::Object(file).to_string(),
            at: now,
            trail: self.trail.iter().map(|page| names(page)).collect(),
            blank: names(&self.blank),
            compared,
            planned,
            kept: self.kept.iter().map(|doubt| (guide.doubts[doubt.doubt].id.clone(), names(&doubt.facts))).collect(),
            team: self.team,
            for_someone_else: self.for_someone_else,
            file_change: self.change.as_ref().and_then(|change| change.file.clone()),
        };
        encrypted(key, &pack(&serde_json::to_vec(&written).ok()?)?, COOKIE)
    }

    /// Opens the value of a cookie at `now` (Unix time in seconds). Returns `None` if none of the keys sealed it, if it is more than a day
    /// old, or if it can't be parsed. Entries that the guide can't read are kept in [`Session::change`].
    pub fn open(guide: &Guide, keys: &Keys, value: &[u8], now: i64) -> Option<Self> {
        let bytes = decrypted(keys, value, COOKIE)?;
        let written: StoredSession = serde_json::from_slice(&unpack(&bytes)?).ok()?;
        if now.saturating_sub(written.at) > OPENS_FOR {
            return None;
        }
        let mut session = Self::empty(guide);
        let file = sarcoguide_case::from_json_of_any_guide(guide, &written.file).ok()?;
        let mut unreadable = Unreadable::from(file.unreadable.as_slice());
        session.add(file);
        // Keep each fact only on the first page that asks for it.
        let mut asked = BTreeSet::new();
        let mut facts = |page: &Vec<String>| -> Vec<FactId> {
            page.iter().filter_map(|name| guide.fact(name)).filter(|fact| asked.insert(*fact)).collect()
        };
        let blank = written.blank.iter().filter_map(|name| guide.fact(name));
        session.blank = blank.filter(|fact| session.unknown.contains(fact)).collect();
        session.trail = written.trail.iter().map(&mut facts).filter(|page| !page.is_empty()).collect();
        for name in written.compared {
            match guide.treatment(&name) {
                Some(treatment) => session.compared.push(treatment),
                None => unreadable.compared.push(name),
            }
        }
        for name in written.planned {
            match Step::named(guide.into(), &name) {
                Some(step) => session.planned.push(step),
                None => unreadable.planned.push(name),
            }
        }
        // If the guide no longer has a doubt or a fact, the person is asked again if there is still a doubt.
        for (name, facts) in &written.kept {
            let facts: Option<Vec<FactId>> = facts.iter().map(|fact| guide.fact(fact)).collect();
            if let (Some(doubt), Some(facts)) = (guide.doubts.iter().position(|doubt| doubt.id == *name), facts) {
                session.kept.push(DoubtAdvice { doubt, facts });
            }
        }
        // A changed guide matters only if the person has answered or chosen something.
        let anything = !session.is_empty(guide) || !unreadable.is_empty();
        if anything && (written.guide != guide.content_hash || !unreadable.is_empty()) {
            let file = written.file_change.filter(|change| change.is_of(&guide.content_hash));
            session.change = Some(GuideChange { sealed_with: written.guide, unreadable, file });
        }
        session.team = written.team;
        session.for_someone_else = written.for_someone_else;
        Some(session)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use sarcoguide_model::{Decimal, Domain, EarlierAnswer, Standing, TimingId, Verdict};
    use sarcoguide_views::words::humanize;

    use super::*;

    pub(crate) fn keys(byte: u8) -> Keys {
        Key::new([byte; 32]).expect("the key isn't all zeros").into()
    }

    /// A session with an answer for every fact, all preferences, and as many choices as possible.
    pub(crate) fn everything(guide: &Guide) -> Session {
        let mut session = Session::empty(guide);
        for (index, fact) in guide.facts.iter().enumerate() {
            let known = match &fact.domain {
                // Vary the values in lists, because equal ones would compress better than a person's answers.
                Domain::Values(values) if guide.list_of(FactId::new(index)).is_some() => {
                    FactValue::Value((index * index % values.len()).try_into().expect("few values"))
                }
                Domain::Values(values) => FactValue::Value((values.len() - 1).try_into().expect("few values")),
                Domain::Number { max, .. } => FactValue::Number(*max),
            };
            session.answer(FactId::new(index), known);
        }
        let values = guide.exercise.as_ref().map_or(0, |exercise| exercise.values.len());
        session.preferences = (0..values).map(|value| WeighedValue { value, weight: 0 }).collect();
        session.trail = guide.facts.iter().enumerate().map(|(index, _)| vec![FactId::new(index)]).collect();
        session.compared = (0..crate::compare::MAX_TICKED).map(TreatmentId::new).collect();
        session.planned =
            (0..12).map(|index| Step { timing: TimingId::new(index % 4), treatment: TreatmentId::new(index * 5) }).collect();
        session.team = true;
        session.for_someone_else = true;
        session
    }

    #[test]
    fn a_case_with_every_fact_fits_into_a_cookie_and_can_be_read_back() {
        let guide = sarcoguide_bundled::guide();
        let (session, key) = (everything(&guide), keys(1));
        let sealed = session.seal(&guide, &key, 0).expect("sealed");
        assert!(sealed.len() < 3500, "a cookie of {} bytes plus its attributes could be too long for a browser", sealed.len());
        assert_eq!(Session::open(&guide, &key, sealed.as_bytes(), 0), Some(session));
    }

    #[test]
    fn changed_verdicts_fit_into_a_cookie_and_are_dropped_when_the_guide_changes() {
        let guide = sarcoguide_bundled::guide();
        let (mut session, key) = (everything(&guide), keys(1));
        // Every verdict in the file differs from the current one.
        let advice = sarcoguide_advise::advise(guide.clone(), &Case::unknown(guide.facts.len())).expect("no contradiction");
        let verdicts = guide.treatments.iter().map(|treatment| (treatment.id.clone(), Verdict::Contraindicated)).collect();
        let standings = guide.treatments.iter().map(|treatment| (treatment.id.clone(), Standing::NotProven)).collect();
        let hash: String = guide.content_hash.chars().rev().collect();
        let earlier = Some(EarlierAnswer { guide: hash, revised: guide.revised, verdicts, standings });
        let file = CaseFile { earlier, ..session.file() };
        session.change = GuideChange::of_file((&guide).into(), &file, Some(&advice));
        let notice = session.change.as_ref().expect("a change").notice((&guide).into(), &session.case);
        let file_notice = notice.file.expect("a file");
        assert_eq!(file_notice.verdicts.len() + file_notice.more, guide.treatments.len());
        let sealed = session.seal(&guide, &key, 0).expect("sealed");
        assert_eq!(Session::open(&guide, &key, sealed.as_bytes(), 0), Some(session));
        let mut other = guide.clone();
        other.content_hash = "another".to_owned();
        let opened = Session::open(&other, &key, sealed.as_bytes(), 0).expect("opened");
        assert_eq!(opened.change.map(|change| change.file), Some(None));
    }

    #[test]
    fn a_cookie_opens_for_a_day() {
        let guide = sarcoguide_bundled::guide();
        let key = keys(1);
        let sealed = Session::empty(&guide).seal(&guide, &key, 1_000_000).expect("sealed");
        let opens = |now| Session::open(&guide, &key, sealed.as_bytes(), now).is_some();
        // If the clock is set back, the cookie still opens.
        assert!(opens(1_000_000) && opens(1_000_000 + 24 * 60 * 60) && opens(0));
        assert!(!opens(1_000_000 + 24 * 60 * 60 + 1));
    }

    /// A guide, and a copy of it in which some names are different.
    fn guides() -> (Guide, Guide) {
        let guide = sarcoguide_bundled::guide();
        let mut other = guide.clone();
        let grade = guide.fact("grade").expect("a fact of the guide");
        other.facts[grade.index()].id = "another".to_owned();
        other.treatments[0].id = "another".to_owned();
        other.content_hash = "another".to_owned();
        (guide, other)
    }

    /// A session with answers and choices, some of which have a different name in the other guide.
    fn person(guide: &Guide) -> Session {
        let mut session = Session::empty(guide);
        session.answer(guide.fact("age").expect("a fact of the guide"), FactValue::Number(Decimal::from_thousandths(54_000)));
        session.answer(guide.fact("grade").expect("a fact of the guide"), FactValue::Value(0));
        session.compared = vec![TreatmentId::new(0), TreatmentId::new(1)];
        session.planned = vec![Step { timing: TimingId::new(0), treatment: TreatmentId::new(0) }];
        session
    }

    #[test]
    fn entries_that_another_guide_cannot_read_are_listed_and_kept_until_the_notice_is_confirmed() {
        let (guide, other) = guides();
        let (keys, session) = (keys(1), person(&guide));
        let sealed = session.seal(&guide, &keys, 0).expect("sealed");
        assert_eq!(
            Session::open(&guide, &keys, sealed.as_bytes(), 0),
            Some(session.clone()),
            "the same guide can read every entry"
        );

        let mut opened = Session::open(&other, &keys, sealed.as_bytes(), 0).expect("opened");
        assert_eq!(opened.case.stated().collect::<Vec<_>>(), [other.fact("age").expect("a fact of the guide")]);
        assert_eq!((opened.compared.as_slice(), opened.planned.len()), (&[TreatmentId::new(1)][..], 0));
        let descriptions = opened.unreadable().expect("some entries can't be read").in_words((&other).into());
        let first = &guide.treatments[0].id;
        let step = format!("in your plan: {} ({})", humanize(first), humanize(&guide.timings[0].id));
        assert_eq!(descriptions, ["grade: G1".to_owned(), format!("to compare: {}", humanize(first)), step]);

        // If the person answers another question, the unreadable entries stay, and the old guide can read them again.
        opened.answer(other.fact("sex").expect("a fact of the guide"), FactValue::Value(0));
        let again = opened.seal(&other, &keys, 0).expect("sealed");
        let back = Session::open(&guide, &keys, again.as_bytes(), 0).expect("opened");
        assert_eq!((back.change.as_ref(), back.case.stated().count()), (None, 3));
        assert_eq!((back.compared.len(), back.planned.len()), (2, 1));
        let mut opened = Session::open(&other, &keys, again.as_bytes(), 0).expect("opened");
        assert_eq!(opened.unreadable().map(|unreadable| unreadable.in_words((&other).into()).len()), Some(3));

        // Once the person confirms the notice, the entries are gone.
        opened.change = None;
        let confirmed = opened.seal(&other, &keys, 0).expect("sealed");
        assert_eq!(Session::open(&other, &keys, confirmed.as_bytes(), 0), Some(opened));
    }

    #[test]
    fn a_guide_change_without_unreadable_entries_is_reported_unless_the_session_is_empty() {
        let guide = sarcoguide_bundled::guide();
        let keys = keys(1);
        let mut other = guide.clone();
        other.content_hash = "another".to_owned();
        let opened = |session: &Session| {
            let sealed = session.seal(&guide, &keys, 0).expect("sealed");
            Session::open(&other, &keys, sealed.as_bytes(), 0).expect("opened")
        };
        let person = opened(&person(&guide));
        assert!(person.change.is_some() && person.unreadable().is_none());
        assert_eq!(opened(&Session { team: true, ..Session::empty(&guide) }).change, None);
    }

    #[test]
    fn any_key_opens_a_session_and_the_newest_seals_it() {
        let guide = sarcoguide_bundled::guide();
        let (old, new) = (Key::new([1; 32]).expect("a key"), Key::new([2; 32]).expect("a key"));
        let session = person(&guide);
        let both = Keys::new(new.clone(), vec![old.clone()]);
        let before = session.seal(&guide, &old.clone().into(), 0).expect("sealed");
        assert_eq!(Session::open(&guide, &both, before.as_bytes(), 0), Some(session.clone()));
        let after = session.seal(&guide, &both, 0).expect("sealed");
        assert_eq!(Session::open(&guide, &new.into(), after.as_bytes(), 0), Some(session));
        assert_eq!(Session::open(&guide, &old.into(), after.as_bytes(), 0), None);
    }

    #[test]
    fn a_session_that_is_too_long_is_not_sealed_and_a_fact_is_kept_on_its_first_page_only() {
        let guide = sarcoguide_bundled::guide();
        let key = keys(1);
        let mut session = Session::empty(&guide);
        // A very long trail in random order, which doesn't compress well.
        let mut order = [0; 6000];
        getrandom::fill(&mut order).expect("random bytes");
        session.trail = order.iter().map(|index| vec![FactId::new(usize::from(*index) % guide.facts.len())]).collect();
        assert_eq!(session.seal(&guide, &key, 0), Err(SealError::TooLong));
        session.trail = vec![vec![FactId(0); 400], vec![FactId(1), FactId(0)], vec![FactId(1); 9]];
        let sealed = session.seal(&guide, &key, 0).expect("sealed");
        let opened = Session::open(&guide, &key, sealed.as_bytes(), 0).expect("opened");
        assert_eq!(opened.trail, [vec![FactId(0)], vec![FactId(1)]]);
    }

    #[test]
    fn a_session_with_a_comparison_or_a_trail_is_not_empty() {
        let guide = sarcoguide_bundled::guide();
        let nothing = Session { team: true, ..Session::empty(&guide) };
        assert!(nothing.is_empty(&guide));
        assert!(!Session { compared: vec![TreatmentId::new(0)], ..nothing.clone() }.is_empty(&guide));
        assert!(!Session { trail: vec![vec![FactId(0)]], ..nothing }.is_empty(&guide));
    }
}
