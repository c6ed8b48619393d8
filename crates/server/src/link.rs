//! Seals a session as the text of a link that carries it to another device. The server doesn't keep the text: a link has it in the fragment,
//! the part after `#`, which browsers don't send.
//!
//! The text is short, because it is also drawn as a QR code: it has indexes of the guide's facts and values instead of their names. Only a guide with
//! the same names in the same order can read it. The cookie has names, so the device that made the link keeps its answers when the guide changes.

use sarcoguide_model::{Decimal, Domain, DoubtAdvice, FactId, FactValue, Guide, Interval, TimingId, TreatmentId, WeighedValue};
use sarcoguide_views::timeline::plan::Step;
use sha2::{Digest, Sha256};

use crate::bits::{BitReader, BitWriter, width};
use crate::guide_change::{GuideChange, Unreadable};
use crate::keys::Keys;
use crate::sealed::{OPENS_FOR, SealError, Session, decrypted, encrypted};

/// What the text is for. It's authenticated, so a link can't be used as a cookie, nor a cookie as a link.
const PURPOSE: &[u8] = b"link 1";
/// The maximum length of a link, in characters. Longer links are hard to scan, and some mail programs break them.
pub(crate) const MAX_LINK_CHARS: usize = 800;
/// The maximum length of what a person pastes, in bytes.
pub(crate) const MAX_PASTED_BYTES: usize = 2000;
/// The length of the shortest text, in characters: a nonce, an authentication tag and at least one byte of content.
const MIN_TEXT_CHARS: usize = 55;

/// The reason why a link can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkError {
    /// Nothing was pasted.
    Empty,
    /// What was pasted is longer than a link.
    TooLong,
    /// What was pasted has no text of a link, or only a part of it.
    NotALink,
    /// None of this server's keys sealed the text, and its link leads to another site.
    OtherSite,
    /// None of this server's keys sealed the text, or it was changed.
    NotOpened,
    /// The link is more than a day old.
    Expired,
    /// The guide's facts or treatments have changed since the link was made.
    GuideChanged,
}

/// Seals a session as the text of a link. `now` is the Unix time in seconds. The trail, the team view and what a changed guide can't read aren't in it.
///
/// # Errors
///
/// If the system provides no random bytes, or if the text is longer than a link can be.
pub(crate) fn seal(session: &Session, guide: &Guide, keys: &Keys, now: i64) -> Result<String, SealError> {
    let text = encrypted(keys.newest(), &written(session, guide, now), PURPOSE).ok_or(SealError::NoRandomBytes)?;
    if text.len() > MAX_LINK_CHARS { Err(SealError::TooLong) } else { Ok(text) }
}

/// Opens what a person pasted: a link or its text. `address` is the address of this site, without a path.
pub(crate) fn open(guide: &Guide, keys: &Keys, pasted: &str, address: &str, now: i64) -> Result<Session, LinkError> {
    if pasted.len() > MAX_PASTED_BYTES {
        return Err(LinkError::TooLong);
    }
    // Mail programs break long lines.
    let pasted: String = pasted.chars().filter(|c| !c.is_whitespace()).collect();
    if pasted.is_empty() {
        return Err(LinkError::Empty);
    }
    let (link, text) = pasted.rsplit_once('#').unwrap_or(("", &pasted));
    let is_of_text = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    // A link in a sentence may have a full stop or a bracket after it.
    let text = text.trim_matches(|c| !is_of_text(c));
    if text.len() < MIN_TEXT_CHARS || !text.chars().all(is_of_text) {
        return Err(LinkError::NotALink);
    }
    if text.len() > MAX_LINK_CHARS {
        return Err(LinkError::TooLong);
    }
    // The same site may have several addresses, so the address matters only if no key fits.
    let is_elsewhere = link.contains("://") && link.strip_prefix(address).is_none_or(|path| !path.starts_with('/'));
    let error = if is_elsewhere { LinkError::OtherSite } else { LinkError::NotOpened };
    let bytes = decrypted(keys, text.as_bytes(), PURPOSE).ok_or(error)?;
    read(guide, &bytes, now)
}

/// Returns the first four bytes of a hash.
fn short(hash: Sha256) -> u64 {
    hash.finalize().iter().take(4).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A fingerprint of everything that the indexes in a text refer to.
fn vocabulary(guide: &Guide) -> u64 {
    let mut hash = Sha256::new();
    let mut add = |name: &str| {
        hash.update(name);
        hash.update([0]);
    };
    for fact in &guide.facts {
        add(&fact.id);
        match &fact.domain {
            Domain::Values(values) => values.iter().for_each(|value| add(&value.id)),
            Domain::Number { unit, min, max } => add(&format!("{min} {max} {unit}")),
        }
        add("");
    }
    for names in [
        guide.treatments.iter().map(|treatment| &treatment.id).collect::<Vec<_>>(),
        guide.timings.iter().map(|timing| &timing.id).collect(),
        guide.doubts.iter().map(|doubt| &doubt.id).collect(),
        guide.exercise.iter().flat_map(|exercise| &exercise.values).map(|value| &value.id).collect(),
        guide.exercise.iter().flat_map(|exercise| &exercise.weights).map(|weight| &weight.id).collect(),
    ] {
        names.into_iter().for_each(|name| add(name));
        add("");
    }
    short(hash)
}

/// How many bits hold each index.
struct Widths {
    fact: u32,
    treatment: u32,
    timing: u32,
    doubt: u32,
    weight: u32,
}

impl Widths {
    fn of(guide: &Guide) -> Self {
        Self {
            fact: width(guide.facts.len()),
            treatment: width(guide.treatments.len()),
            timing: width(guide.timings.len()),
            doubt: width(guide.doubts.len()),
            weight: width(guide.exercise.as_ref().map_or(0, |exercise| exercise.weights.len())),
        }
    }
}

/// The codes of an answer that isn't a value. The codes of values follow.
const DONT_KNOW: u64 = 0;
const BLANK: u64 = 1;
/// The code of the first value of a list, or of an exact number.
const FIRST: u64 = 2;
/// The code of a number that is known in part.
const BETWEEN: u64 = 3;

/// The width of the code of an answer.
fn code_width(domain: &Domain) -> u32 {
    match domain {
        Domain::Values(values) => width(values.len() + 2),
        Domain::Number { .. } => 2,
    }
}

fn written(session: &Session, guide: &Guide, now: i64) -> Vec<u8> {
    let widths = Widths::of(guide);
    let mut bits = BitWriter::default();
    bits.number(vocabulary(guide), 32);
    let sealed_with = session.change.as_ref().map_or(&guide.content_hash, |change| &change.sealed_with);
    bits.number(content_mark(sealed_with), 32);
    bits.any(u64::try_from(now).unwrap_or_default());
    bits.bit(session.for_someone_else);
    for (index, fact) in guide.facts.iter().enumerate() {
        let id = FactId::new(index);
        let (known, width) = (session.case.get(id), code_width(&fact.domain));
        let is_asked = known != FactValue::Unknown || session.unknown.contains(&id);
        bits.bit(is_asked);
        match known {
            FactValue::Unknown if !is_asked => {}
            FactValue::Unknown => bits.number(if session.blank.contains(&id) { BLANK } else { DONT_KNOW }, width),
            FactValue::Value(value) => bits.number(FIRST + u64::from(value), width),
            FactValue::Number(number) => {
                bits.number(FIRST, width);
                write_decimal(&mut bits, number);
            }
            FactValue::Between(interval) => {
                bits.number(BETWEEN, width);
                write_decimal(&mut bits, interval.low());
                write_decimal(&mut bits, interval.high());
            }
        }
    }
    for index in 0..guide.exercise.as_ref().map_or(0, |exercise| exercise.values.len()) {
        let weighed = session.preferences.iter().find(|weighed| weighed.value == index);
        bits.bit(weighed.is_some());
        if let Some(weighed) = weighed {
            bits.number(weighed.weight as u64, widths.weight);
        }
    }
    bits.any(session.compared.len() as u64);
    session.compared.iter().for_each(|treatment| bits.number(treatment.index() as u64, widths.treatment));
    bits.any(session.planned.len() as u64);
    for step in &session.planned {
        bits.number(step.timing.index() as u64, widths.timing);
        bits.number(step.treatment.index() as u64, widths.treatment);
    }
    bits.any(session.kept.len() as u64);
    for kept in &session.kept {
        bits.number(kept.doubt as u64, widths.doubt);
        bits.any(kept.facts.len() as u64);
        kept.facts.iter().for_each(|fact| bits.number(fact.index() as u64, widths.fact));
    }
    bits.finish()
}

/// A fingerprint of the guide's content hash.
fn content_mark(content_hash: &str) -> u64 {
    short(Sha256::new_with_prefix(content_hash))
}

/// Writes a number: a bit that says whether it is whole, its sign, and how large it is.
fn write_decimal(bits: &mut BitWriter, number: Decimal) {
    let thousandths = number.thousandths();
    let is_whole = thousandths % 1000 == 0;
    bits.bit(is_whole);
    bits.bit(thousandths < 0);
    bits.any(thousandths.unsigned_abs() / if is_whole { 1000 } else { 1 });
}

fn read_decimal(bits: &mut BitReader) -> Option<Decimal> {
    let (is_whole, is_below_zero) = (bits.bit()?, bits.bit()?);
    let size = i64::try_from(bits.any()?).ok()?.checked_mul(if is_whole { 1000 } else { 1 })?;
    Some(Decimal::from_thousandths(if is_below_zero { -size } else { size }))
}

fn read(guide: &Guide, bytes: &[u8], now: i64) -> Result<Session, LinkError> {
    let mut bits = BitReader::new(bytes);
    let mut heading = || Some((bits.number(32)?, bits.number(32)?, bits.any()?));
    let (vocabulary_mark, guide_mark, made) = heading().ok_or(LinkError::NotOpened)?;
    if now.saturating_sub(i64::try_from(made).unwrap_or_default()) > OPENS_FOR {
        return Err(LinkError::Expired);
    }
    if vocabulary_mark != vocabulary(guide) {
        return Err(LinkError::GuideChanged);
    }
    let mut session = read_session(guide, &mut bits).ok_or(LinkError::NotOpened)?;
    if guide_mark != content_mark(&guide.content_hash) {
        let sealed_with = format!("{guide_mark:08x}");
        session.change = Some(GuideChange { sealed_with, unreadable: Unreadable::default(), file: None });
    }
    Ok(session)
}

/// Reads an index below `count`.
fn read_index(bits: &mut BitReader, count: usize) -> Option<usize> {
    usize::try_from(bits.number(width(count))?).ok().filter(|index| *index < count)
}

/// Reads a list: how many entries it has, then each entry. The end of the bytes limits the length.
fn read_list<T>(bits: &mut BitReader, mut entry: impl FnMut(&mut BitReader) -> Option<T>) -> Option<Vec<T>> {
    let mut entries = Vec::new();
    for _ in 0..bits.any()? {
        entries.push(entry(bits)?);
    }
    Some(entries)
}

fn read_session(guide: &Guide, bits: &mut BitReader) -> Option<Session> {
    let mut session = Session { for_someone_else: bits.bit()?, ..Session::empty(guide) };
    for (index, fact) in guide.facts.iter().enumerate() {
        if !bits.bit()? {
            continue;
        }
        let id = FactId::new(index);
        let known = match (bits.number(code_width(&fact.domain))?, &fact.domain) {
            (DONT_KNOW, _) => FactValue::Unknown,
            (BLANK, _) => {
                session.blank.push(id);
                FactValue::Unknown
            }
            (code, Domain::Values(values)) => {
                let value = usize::try_from(code - FIRST).ok().filter(|value| *value < values.len())?;
                FactValue::Value(value.try_into().ok()?)
            }
            (FIRST, Domain::Number { .. }) => FactValue::Number(read_decimal(bits)?),
            (_, Domain::Number { .. }) => Interval::new(read_decimal(bits)?, read_decimal(bits)?)?.into(),
        };
        match known {
            FactValue::Unknown => session.unknown.push(id),
            known => session.case.set(id, known),
        }
    }
    if let Some(exercise) = &guide.exercise {
        for value in 0..exercise.values.len() {
            if bits.bit()? {
                session.preferences.push(WeighedValue { value, weight: read_index(bits, exercise.weights.len())? });
            }
        }
    }
    let (treatments, timings) = (guide.treatments.len(), guide.timings.len());
    session.compared = read_list(bits, |bits| read_index(bits, treatments).map(TreatmentId::new))?;
    session.planned = read_list(bits, |bits| {
        let timing = TimingId::new(read_index(bits, timings)?);
        Some(Step { timing, treatment: TreatmentId::new(read_index(bits, treatments)?) })
    })?;
    session.kept = read_list(bits, |bits| {
        let doubt = read_index(bits, guide.doubts.len())?;
        Some(DoubtAdvice { doubt, facts: read_list(bits, |bits| read_index(bits, guide.facts.len()).map(FactId::new))? })
    })?;
    Some(session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealed::tests::{everything, keys};

    const ADDRESS: &str = "https://guide.example.org";
    const DAY: i64 = 24 * 60 * 60;

    /// The session as a link carries it.
    fn carried(session: &Session) -> Session {
        Session { trail: Vec::new(), team: false, ..session.clone() }
    }

    /// Seals a session at the time 1,000,000 and opens its link with the same guide.
    fn there(session: &Session, guide: &Guide) -> (usize, Result<Session, LinkError>) {
        let text = seal(session, guide, &keys(1), 1_000_000).expect("sealed");
        let link = format!("{ADDRESS}/carry#{text}");
        (link.chars().count(), open(guide, &keys(1), &link, ADDRESS, 1_000_000))
    }

    #[test]
    fn a_session_with_every_fact_fits_into_800_characters_and_can_be_read_back() {
        let guide = sarcoguide_bundled::guide();
        let mut session = everything(&guide);
        session.kept =
            (0..12).map(|doubt| DoubtAdvice { doubt, facts: (0..5).map(|place| FactId::new(doubt + place)).collect() }).collect();
        let (length, opened) = there(&session, &guide);
        println!("a link with all {} facts has {length} characters", guide.facts.len());
        assert!(length <= MAX_LINK_CHARS, "{length}");
        assert_eq!(opened, Ok(carried(&session)));
    }

    #[test]
    fn every_value_and_every_kind_of_answer_can_be_carried() {
        let guide = sarcoguide_bundled::guide();
        let number = |thousandths| Decimal::from_thousandths(thousandths);
        for (index, fact) in guide.facts.iter().enumerate() {
            let id = FactId::new(index);
            let mut known = vec![FactValue::Unknown];
            match &fact.domain {
                Domain::Values(values) => {
                    known.extend((0..values.len()).map(|value| FactValue::Value(value.try_into().expect("few values"))));
                }
                Domain::Number { min, max, .. } => {
                    known.extend([*min, *max, number(5_200), number(-7), number(0)].map(FactValue::Number));
                    known.push(Interval::new(number(1_001), number(16_000)).expect("an interval").into());
                }
            }
            for known in known {
                for is_blank in [false, true] {
                    let mut session = Session::empty(&guide);
                    session.answer(id, known);
                    if is_blank && known == FactValue::Unknown {
                        session.blank.push(id);
                    }
                    assert_eq!(there(&session, &guide).1, Ok(session), "{} {known:?}", fact.id);
                }
            }
        }
    }

    #[test]
    fn a_link_opens_for_a_day() {
        let guide = sarcoguide_bundled::guide();
        let session = everything(&guide);
        let text = seal(&session, &guide, &keys(1), 1_000_000).expect("sealed");
        let opened = |now| open(&guide, &keys(1), &text, ADDRESS, now).map(|_| ());
        assert_eq!(opened(1_000_000), Ok(()));
        assert_eq!(opened(1_000_000 + DAY), Ok(()));
        assert_eq!(opened(1_000_000 + DAY + 1), Err(LinkError::Expired));
        // If the clock is set back, the link still opens.
        assert_eq!(opened(0), Ok(()));
    }

    #[test]
    fn each_way_to_paste_a_link_works_and_each_other_text_has_its_own_error() {
        let guide = sarcoguide_bundled::guide();
        let text = seal(&everything(&guide), &guide, &keys(1), 0).expect("sealed");
        let opened = |pasted: &str| open(&guide, &keys(1), pasted, ADDRESS, 0).map(|_| ());
        let (start, end) = text.split_at(60);
        for pasted in [
            text.clone(),
            format!("  {ADDRESS}/carry#{text}\n"),
            format!("<{ADDRESS}/carry#{text}>."),
            format!("{ADDRESS}/carry#{start}\r\n {end}"),
            format!("#{text}"),
            // Another address of the same site.
            format!("http://localhost:8080/carry#{text}"),
        ] {
            assert_eq!(opened(&pasted), Ok(()), "{pasted}");
        }
        let changed = |text: &str| text.chars().rev().collect::<String>();
        for (pasted, error) in [
            (String::new(), LinkError::Empty),
            (" \n\t".to_owned(), LinkError::Empty),
            (format!("{ADDRESS}/carry"), LinkError::NotALink),
            (format!("{ADDRESS}/carry#"), LinkError::NotALink),
            (format!("{ADDRESS}/carry#{}", &text[..40]), LinkError::NotALink),
            (format!("{start}<b>{end}"), LinkError::NotALink),
            (format!("{start}%20{end}"), LinkError::NotALink),
            (start.to_owned(), LinkError::NotOpened),
            (format!("{ADDRESS}/carry#{}", &text[..text.len() - 1]), LinkError::NotOpened),
            (format!("{text}A"), LinkError::NotOpened),
            (changed(&text), LinkError::NotOpened),
            (format!("https://elsewhere.example/carry#{}", changed(&text)), LinkError::OtherSite),
            (format!("{ADDRESS}.elsewhere.example/carry#{}", changed(&text)), LinkError::OtherSite),
            ("A".repeat(MAX_LINK_CHARS + 1), LinkError::TooLong),
            ("A".repeat(MAX_PASTED_BYTES + 1), LinkError::TooLong),
            (" ".repeat(MAX_PASTED_BYTES + 1), LinkError::TooLong),
        ] {
            assert_eq!(opened(&pasted), Err(error), "{pasted}");
        }
    }

    #[test]
    fn a_key_that_is_kept_opens_a_link_and_a_new_key_does_not() {
        let guide = sarcoguide_bundled::guide();
        let text = seal(&everything(&guide), &guide, &keys(1), 0).expect("sealed");
        let rotated = Keys::new(keys(2).newest().clone(), vec![keys(1).newest().clone()]);
        assert!(open(&guide, &rotated, &text, ADDRESS, 0).is_ok());
        assert_eq!(open(&guide, &keys(2), &text, ADDRESS, 0), Err(LinkError::NotOpened));
    }

    #[test]
    fn a_link_is_no_cookie_and_a_cookie_is_no_link() {
        let guide = sarcoguide_bundled::guide();
        let session = Session { compared: vec![TreatmentId::new(1)], ..Session::empty(&guide) };
        let text = seal(&session, &guide, &keys(1), 0).expect("sealed");
        assert_eq!(Session::open(&guide, &keys(1), text.as_bytes(), 0), None);
        let cookie = session.seal(&guide, &keys(1), 0).expect("sealed");
        assert_eq!(open(&guide, &keys(1), &cookie, ADDRESS, 0), Err(LinkError::NotOpened));
    }

    #[test]
    fn a_guide_with_other_names_refuses_a_link_and_another_edition_says_that_it_changed() {
        let guide = sarcoguide_bundled::guide();
        let session = everything(&guide);
        let text = seal(&session, &guide, &keys(1), 0).expect("sealed");
        let opened = |guide: &Guide| open(guide, &keys(1), &text, ADDRESS, 0);
        let mut edition = guide.clone();
        edition.content_hash = "another".to_owned();
        let change = opened(&edition).expect("opened").change.expect("a change");
        assert!(change.unreadable.is_empty() && change.file.is_none());
        // The cookie of that device then says so until the person has read it.
        assert_eq!(opened(&guide).expect("opened").change, None);
        let renames: [fn(&mut Guide); 6] = [
            |guide| guide.facts.swap(0, 1),
            |guide| guide.facts[0].id.push('x'),
            |guide| drop(guide.facts.pop()),
            |guide| guide.treatments.swap(3, 4),
            |guide| guide.timings.swap(0, 1),
            |guide| guide.exercise.iter_mut().for_each(|exercise| exercise.weights.swap(0, 1)),
        ];
        for rename in renames {
            let mut other = guide.clone();
            rename(&mut other);
            assert_eq!(opened(&other), Err(LinkError::GuideChanged));
        }
    }

    /// A link that was made while the notice about a changed guide was open carries that notice too.
    #[test]
    fn a_change_that_is_not_confirmed_stays_unconfirmed() {
        let guide = sarcoguide_bundled::guide();
        let change = GuideChange { sealed_with: "earlier".to_owned(), unreadable: Unreadable::default(), file: None };
        let session = Session { change: Some(change), ..everything(&guide) };
        assert!(there(&session, &guide).1.expect("opened").change.is_some());
    }

    #[test]
    fn a_plan_that_is_too_long_for_a_link_is_not_cut() {
        let guide = sarcoguide_bundled::guide();
        let mut session = everything(&guide);
        let step = Step { timing: TimingId::new(0), treatment: TreatmentId::new(0) };
        session.planned = vec![step; 400];
        assert_eq!(seal(&session, &guide, &keys(1), 0), Err(SealError::TooLong));
    }

    #[test]
    fn any_content_is_read_without_a_panic() {
        let guide = sarcoguide_bundled::guide();
        let written = written(&everything(&guide), &guide, 0);
        let mut bytes = [0; 600];
        for _ in 0..2000 {
            getrandom::fill(&mut bytes).expect("random bytes");
            // The heading of a real link, then anything.
            let heading = usize::from(bytes[0]) % written.len();
            let mixed = [&written[..heading], &bytes[..usize::from(bytes[1]) * 2]].concat();
            let _ = read(&guide, &mixed, 0);
        }
        for length in 0..written.len() {
            let _ = read(&guide, &written[..length], 0);
        }
    }
}
