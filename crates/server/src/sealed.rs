//! The case in a cookie that only this server can open.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sarcoguide_advise::{FactSet, Questions};
use sarcoguide_case::CaseFile;
use sarcoguide_model::{Case, FactId, FactValue, Guide, TreatmentId, WeighedValue};
use sarcoguide_views::timeline::plan::Step;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::guide_change::{FileChange, GuideChange, Unplaced};
use crate::keys::{Key, Keys};

const NONCE: usize = 24;
/// For how many seconds after it was sealed a cookie can be opened: a day. A browser that opens its last pages again keeps it longer.
const OPENS_FOR: i64 = 24 * 60 * 60;
/// The most bytes of a cookie's value: a browser keeps none above 4096, its name and attributes included.
const MAX_SEALED_BYTES: usize = 4000;
/// The most bytes that a cookie may hold when it is opened.
const MOST: u64 = 64 * 1024;

/// Why a case was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SealError {
    /// The system gave no random bytes.
    NoRandomBytes,
    /// It is longer than a browser keeps.
    TooLong,
}

/// What is known of a person while they use the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
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
    pub preferences: Vec<WeighedValue>,
    /// Whether pages are shown for the team.
    pub team: bool,
    /// That the guide has changed since this was sealed, until the person confirms.
    pub change: Option<GuideChange>,
}

/// How it is written down: by names, so that a newer guide can still read it.
#[derive(Serialize, Deserialize)]
struct Written {
    /// The content hash of the guide with which it was sealed first, or whose change the person has confirmed.
    #[serde(default)]
    guide: String,
    /// A case file, as JSON.
    file: String,
    /// When it was sealed, in seconds since 1970.
    at: i64,
    trail: Vec<Vec<String>>,
    compared: Vec<String>,
    #[serde(default)]
    planned: Vec<String>,
    team: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    change: Option<FileChange>,
}

/// How a text is packed: the first byte says it.
const AS_IT_IS: u8 = 0;
const DEFLATED: u8 = 1;
/// The most bytes that are packed as they are: nearly every case has fewer, and to deflate and inflate it takes longer than to read it.
const SHORT: usize = 2000;

/// A browser keeps no cookie above 4096 bytes, and a case with every fact would be longer as it is.
fn packed(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() <= SHORT {
        return Some([&[AS_IT_IS], text].concat());
    }
    let mut writer = flate2::write::DeflateEncoder::new(vec![DEFLATED], flate2::Compression::default());
    writer.write_all(text).ok()?;
    writer.finish().ok()
}

fn unpacked(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    match bytes.split_first()? {
        (&AS_IT_IS, text) => Some(text.into()),
        (&DEFLATED, text) => {
            let mut out = Vec::new();
            flate2::read::DeflateDecoder::new(text).take(MOST).read_to_end(&mut out).ok()?;
            Some(out.into())
        }
        _ => None,
    }
}

/// Bytes as the value of a cookie that only `key` opens; nothing if the system gives no random bytes.
pub(crate) fn encrypted(key: &Key, bytes: &[u8]) -> Option<String> {
    let mut sealed = vec![0; NONCE];
    getrandom::fill(&mut sealed).ok()?;
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    let body = cipher.encrypt(XNonce::from_slice(&sealed), bytes).ok()?;
    sealed.extend(body);
    Some(URL_SAFE_NO_PAD.encode(sealed))
}

impl Session {
    pub fn nothing(guide: &Guide) -> Self {
        Self {
            case: Case::unknown(guide.facts.len()),
            unknown: Vec::new(),
            trail: Vec::new(),
            compared: Vec::new(),
            planned: Vec::new(),
            preferences: Vec::new(),
            team: false,
            change: None,
        }
    }

    /// Whether nothing has been said or chosen yet. In which words pages are shown tells nothing of a person.
    pub fn is_empty(&self, guide: &Guide) -> bool {
        *self == Self { team: self.team, ..Self::nothing(guide) }
    }

    /// How many facts are known, not known, and could still matter.
    pub fn counts(&self, questions: &Questions) -> (usize, usize, usize) {
        let asked = self.asked();
        let open = questions.open.iter().filter(|fact| !asked.contains(*fact)).count();
        (self.case.stated().count(), self.unknown.len(), open)
    }

    /// The facts that were asked: those that are known, and those of which it is said that they are not.
    pub fn asked(&self) -> FactSet {
        self.case.stated().chain(self.unknown.iter().copied()).collect()
    }

    /// Keeps an answer, or that there is none.
    pub fn answer(&mut self, fact: FactId, known: FactValue) {
        // What was compared with the file no longer holds for other answers.
        self.change.iter_mut().filter(|_| self.case.get(fact) != known).for_each(|change| change.file = None);
        self.case.set(fact, known);
        self.unknown.retain(|other| *other != fact);
        if known == FactValue::Unknown {
            self.unknown.push(fact);
            self.unknown.sort_unstable();
        }
    }

    /// Keeps which treatments are compared, in place of those that were.
    pub fn compare(&mut self, chosen: Vec<TreatmentId>) {
        self.compared = chosen;
        self.change.iter_mut().for_each(|change| change.unplaced.compared.clear());
    }

    /// Keeps which parts the plan has, in place of those that it had.
    pub fn plan(&mut self, chosen: Vec<Step>) {
        self.planned = chosen;
        self.change.iter_mut().for_each(|change| change.unplaced.planned.clear());
    }

    /// What is saved of it.
    pub fn file(&self) -> CaseFile {
        let (unknown, preferences) = (self.unknown.clone(), self.preferences.clone());
        CaseFile { unknown, preferences, ..CaseFile::of(self.case.clone()) }
    }

    /// Takes in what was saved.
    pub fn add(&mut self, file: CaseFile) {
        for fact in file.case.stated() {
            self.answer(fact, file.case.get(fact));
        }
        for fact in file.unknown {
            self.answer(fact, FactValue::Unknown);
        }
        self.preferences.extend(file.preferences);
        self.preferences.sort_unstable();
    }

    /// What a guide that has changed can't place, as long as the person has not confirmed.
    pub fn unplaced(&self) -> Option<&Unplaced> {
        self.change.as_ref().map(|change| &change.unplaced).filter(|unplaced| !unplaced.is_empty())
    }

    /// The cookie's value, sealed at `now` (seconds since 1970), or why there is none.
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
        if let Some(GuideChange { unplaced, .. }) = &self.change {
            unplaced.add_to(&mut file);
            (compared, planned) = (unplaced.compared.clone(), unplaced.planned.clone());
        }
        compared.extend(self.compared.iter().map(|id| guide.treatments[id.index()].id.clone()));
        planned.extend(self.planned.iter().map(|step| step.name(guide.into())));
        let written = Written {
            guide: self.change.as_ref().map_or(&guide.content_hash, |change| &change.sealed_with).clone(),
            file: Value::Object(file).to_string(),
            at: now,
            trail: self.trail.iter().map(|page| page.iter().map(|fact| guide[*fact].id.clone()).collect()).collect(),
            compared,
            planned,
            team: self.team,
            change: self.change.as_ref().and_then(|change| change.file.clone()),
        };
        encrypted(key, &packed(&serde_json::to_vec(&written).ok()?)?)
    }

    /// What a cookie holds at `now`; nothing if none of these keys sealed it, or it is more than a day old. What the guide can't place is
    /// kept in [`Session::change`].
    pub fn open(guide: &Guide, keys: &Keys, value: &[u8], now: i64) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, body) = sealed.split_at_checked(NONCE)?;
        let decrypted = |key: &Key| XChaCha20Poly1305::new((&key.0).into()).decrypt(XNonce::from_slice(nonce), body).ok();
        let bytes = keys.newest_first().find_map(decrypted)?;
        let written: Written = serde_json::from_slice(&unpacked(&bytes)?).ok()?;
        if now.saturating_sub(written.at) > OPENS_FOR {
            return None;
        }
        let mut session = Self::nothing(guide);
        let file = sarcoguide_case::from_json_of_any_guide(guide, &written.file).ok()?;
        let mut unplaced = Unplaced::from(file.unplaced.as_slice());
        session.add(file);
        // A fact is asked on one page only, however often it was written.
        let mut asked = BTreeSet::new();
        let mut facts = |page: &Vec<String>| -> Vec<FactId> {
            page.iter().filter_map(|name| guide.fact(name)).filter(|fact| asked.insert(*fact)).collect()
        };
        session.trail = written.trail.iter().map(&mut facts).filter(|page| !page.is_empty()).collect();
        for name in written.compared {
            match guide.treatment(&name) {
                Some(treatment) => session.compared.push(treatment),
                None => unplaced.compared.push(name),
            }
        }
        for name in written.planned {
            match Step::named(guide.into(), &name) {
                Some(step) => session.planned.push(step),
                None => unplaced.planned.push(name),
            }
        }
        // Who has said and chosen nothing has nothing that a change could touch.
        let anything = !session.is_empty(guide) || !unplaced.is_empty();
        if anything && (written.guide != guide.content_hash || !unplaced.is_empty()) {
            let file = written.change.filter(|change| change.is_of(&guide.content_hash));
            session.change = Some(GuideChange { sealed_with: written.guide, unplaced, file });
        }
        session.team = written.team;
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use sarcoguide_model::{Decimal, Domain, EarlierAnswer, TimingId, Verdict};
    use sarcoguide_views::words::humanize;

    use super::*;

    fn keys(byte: u8) -> Keys {
        Key::new([byte; 32]).expect("no zeros").into()
    }

    /// Someone who has answered, chosen and weighed all that can be.
    fn everything(guide: &Guide) -> Session {
        let mut session = Session::nothing(guide);
        for (place, fact) in guide.facts.iter().enumerate() {
            let known = match &fact.domain {
                Domain::Values(values) => FactValue::Value((values.len() - 1).try_into().expect("few values")),
                Domain::Number { max, .. } => FactValue::Number(*max),
            };
            session.answer(FactId::new(place), known);
        }
        let values = guide.exercise.as_ref().map_or(0, |exercise| exercise.values.len());
        session.preferences = (0..values).map(|value| WeighedValue { value, weight: 0 }).collect();
        session.trail = guide.facts.iter().enumerate().map(|(place, _)| vec![FactId::new(place)]).collect();
        session.compared = (0..3).map(TreatmentId::new).collect();
        session.planned =
            (0..12).map(|place| Step { timing: TimingId::new(place % 4), treatment: TreatmentId::new(place * 5) }).collect();
        session.team = true;
        session
    }

    #[test]
    fn a_case_with_every_fact_fits_into_a_cookie_and_comes_back() {
        let guide = sarcoguide_bundled::guide();
        let (session, key) = (everything(&guide), keys(1));
        let sealed = session.seal(&guide, &key, 0).expect("sealed");
        assert!(sealed.len() < 3500, "a browser drops a cookie of {} bytes and its attributes", sealed.len());
        assert_eq!(Session::open(&guide, &key, sealed.as_bytes(), 0), Some(session));
    }

    #[test]
    fn what_a_newer_guide_changes_of_a_file_fits_too_and_is_told_by_that_guide_only() {
        let guide = sarcoguide_bundled::guide();
        let (mut session, key) = (everything(&guide), keys(1));
        // Every verdict was another one.
        let advice = sarcoguide_advise::advise(guide.clone(), &Case::unknown(guide.facts.len())).expect("no contradiction");
        let verdicts = guide.treatments.iter().map(|treatment| (treatment.id.clone(), Verdict::Contraindicated)).collect();
        let hash: String = guide.content_hash.chars().rev().collect();
        let earlier = Some(EarlierAnswer { guide: hash, revised: guide.revised, verdicts });
        let file = CaseFile { earlier, ..session.file() };
        session.change = GuideChange::of_file((&guide).into(), &file, Some(&advice));
        let notice = session.change.as_ref().expect("a change").notice((&guide).into(), &session.case);
        let told = notice.file.expect("a file");
        assert_eq!(told.verdicts.len() + told.more, guide.treatments.len());
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
        let sealed = Session::nothing(&guide).seal(&guide, &key, 1_000_000).expect("sealed");
        let opens = |now| Session::open(&guide, &key, sealed.as_bytes(), now).is_some();
        // A clock that was set back takes nothing away.
        assert!(opens(1_000_000) && opens(1_000_000 + 24 * 60 * 60) && opens(0));
        assert!(!opens(1_000_000 + 24 * 60 * 60 + 1));
    }

    /// A guide and one in which a fact and a treatment have other names.
    fn guides() -> (Guide, Guide) {
        let guide = sarcoguide_bundled::guide();
        let mut other = guide.clone();
        let grade = guide.fact("grade").expect("asked");
        other.facts[grade.index()].id = "another".to_owned();
        other.treatments[0].id = "another".to_owned();
        other.content_hash = "another".to_owned();
        (guide, other)
    }

    /// Someone who has said something, of which a part has another name in the other guide.
    fn person(guide: &Guide) -> Session {
        let mut session = Session::nothing(guide);
        session.answer(guide.fact("age").expect("asked"), FactValue::Number(Decimal::from_thousandths(54_000)));
        session.answer(guide.fact("grade").expect("asked"), FactValue::Value(0));
        session.compared = vec![TreatmentId::new(0), TreatmentId::new(1)];
        session.planned = vec![Step { timing: TimingId::new(0), treatment: TreatmentId::new(0) }];
        session
    }

    #[test]
    fn what_another_guide_cannot_place_is_named_and_kept_until_it_is_confirmed() {
        let (guide, other) = guides();
        let (keys, session) = (keys(1), person(&guide));
        let sealed = session.seal(&guide, &keys, 0).expect("sealed");
        assert_eq!(Session::open(&guide, &keys, sealed.as_bytes(), 0), Some(session.clone()), "the same guide drops nothing");

        let mut opened = Session::open(&other, &keys, sealed.as_bytes(), 0).expect("opened");
        assert_eq!(opened.case.stated().collect::<Vec<_>>(), [other.fact("age").expect("asked")]);
        assert_eq!((opened.compared.as_slice(), opened.planned.len()), (&[TreatmentId::new(1)][..], 0));
        let told = opened.unplaced().expect("something was not placed").in_words((&other).into());
        let first = &guide.treatments[0].id;
        let step = format!("in your plan: {} ({})", humanize(first), humanize(&guide.timings[0].id));
        assert_eq!(told, ["grade: G1".to_owned(), format!("to compare: {}", humanize(first)), step]);

        // An answer in between leaves it there, and the old guide takes it in again.
        opened.answer(other.fact("sex").expect("asked"), FactValue::Value(0));
        let again = opened.seal(&other, &keys, 0).expect("sealed");
        let back = Session::open(&guide, &keys, again.as_bytes(), 0).expect("opened");
        assert_eq!((back.change.as_ref(), back.case.stated().count()), (None, 3));
        assert_eq!((back.compared.len(), back.planned.len()), (2, 1));
        let mut opened = Session::open(&other, &keys, again.as_bytes(), 0).expect("opened");
        assert_eq!(opened.unplaced().map(|unplaced| unplaced.in_words((&other).into()).len()), Some(3));

        // Once it is confirmed, it is gone.
        opened.change = None;
        let confirmed = opened.seal(&other, &keys, 0).expect("sealed");
        assert_eq!(Session::open(&other, &keys, confirmed.as_bytes(), 0), Some(opened));
    }

    #[test]
    fn a_change_that_drops_nothing_is_told_too_but_not_to_who_has_said_nothing() {
        let guide = sarcoguide_bundled::guide();
        let keys = keys(1);
        let mut other = guide.clone();
        other.content_hash = "another".to_owned();
        let opened = |session: &Session| {
            let sealed = session.seal(&guide, &keys, 0).expect("sealed");
            Session::open(&other, &keys, sealed.as_bytes(), 0).expect("opened")
        };
        let person = opened(&person(&guide));
        assert!(person.change.is_some() && person.unplaced().is_none());
        assert_eq!(opened(&Session { team: true, ..Session::nothing(&guide) }).change, None);
    }

    #[test]
    fn any_key_opens_and_the_newest_seals() {
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
    fn what_a_browser_would_not_keep_is_not_sealed_and_a_fact_is_asked_on_one_page() {
        let guide = sarcoguide_bundled::guide();
        let key = keys(1);
        let mut session = Session::nothing(&guide);
        // Without an end, and in an order that does not compress.
        let mut order = [0; 6000];
        getrandom::fill(&mut order).expect("random bytes");
        session.trail = order.iter().map(|place| vec![FactId::new(usize::from(*place) % guide.facts.len())]).collect();
        assert_eq!(session.seal(&guide, &key, 0), Err(SealError::TooLong));
        session.trail = vec![vec![FactId(0); 400], vec![FactId(1), FactId(0)], vec![FactId(1); 9]];
        let sealed = session.seal(&guide, &key, 0).expect("sealed");
        let opened = Session::open(&guide, &key, sealed.as_bytes(), 0).expect("opened");
        assert_eq!(opened.trail, [vec![FactId(0)], vec![FactId(1)]]);
    }

    #[test]
    fn whoever_compares_or_plans_has_something_to_forget() {
        let guide = sarcoguide_bundled::guide();
        let nothing = Session { team: true, ..Session::nothing(&guide) };
        assert!(nothing.is_empty(&guide));
        assert!(!Session { compared: vec![TreatmentId::new(0)], ..nothing.clone() }.is_empty(&guide));
        assert!(!Session { trail: vec![vec![FactId(0)]], ..nothing }.is_empty(&guide));
    }
}
