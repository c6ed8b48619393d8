//! Where terms of the glossary stand in a sentence, so that they can be explained there.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sarcoguide_model::Guide;

/// A term of the glossary within a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Which term: its place in [`Guide::glossary`].
    pub term: usize,
}

/// The terms of a guide's glossary, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Terms {
    forms: Vec<Form>,
    /// For each number of a beginning, which group of forms begins so; most words belong to the first, in which there are none.
    begins: Vec<u16>,
    /// Groups of forms, by their places in `forms`; in each the longest stands first.
    groups: Vec<Vec<usize>>,
}

/// A form of a term: its name, or another word for it.
#[derive(Clone, Debug)]
struct Form {
    /// With spaces for hyphens.
    text: String,
    /// Abbreviations such as `CT` are meant only as they are written; other words may begin a sentence.
    as_written: bool,
    term: usize,
}

impl Form {
    fn new(text: &str, term: usize) -> Self {
        Self { text: text.replace('-', " "), as_written: text.chars().all(|letter| !letter.is_lowercase()), term }
    }

    /// Whether a text begins with it.
    fn begins(&self, text: &[u8]) -> bool {
        let form = self.text.as_bytes();
        let mut pairs = text.iter().map(|byte| folded(*byte)).zip(form);
        let same = |(here, form): (u8, &u8)| here == *form || !self.as_written && here.eq_ignore_ascii_case(form);
        text.len() >= form.len() && pairs.all(same)
    }
}

impl Terms {
    /// The terms of `guide`.
    #[must_use]
    pub fn of(guide: &Guide) -> Self {
        let mut forms = Vec::new();
        for (term, entry) in guide.glossary.iter().enumerate() {
            for text in std::iter::once(&entry.name).chain(&entry.synonyms) {
                // `Cytokine release syndrome (CRS)` stands in sentences without what is in brackets.
                let text = text.split(" (").next().unwrap_or(text);
                forms.push(Form::new(text, term));
            }
        }
        Self::of_forms(forms)
    }

    fn of_forms(forms: Vec<Form>) -> Self {
        let mut all = BTreeMap::<usize, Vec<usize>>::new();
        for (place, form) in forms.iter().enumerate() {
            let text = form.text.as_bytes();
            let first = beginning(text);
            // After a form of two letters anything may stand.
            let last = if text.len() < 3 { first | 31 } else { first };
            (first..=last).for_each(|number| all.entry(number).or_default().push(place));
        }
        let mut begins = vec![0; 1 << 15];
        let mut groups = vec![Vec::new()];
        for (number, mut group) in all {
            group.sort_by_key(|place| Reverse(forms[*place].text.len()));
            // There are no more groups than numbers, and those have 15 bits.
            begins[number] = groups.len().try_into().unwrap_or_default();
            groups.push(group);
        }
        Self { forms, begins, groups }
    }

    /// The terms in `text`, in the order in which they stand. A term may be in the plural; `high-grade` is `high grade`.
    pub fn mentions<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Mention> + 't {
        let mut from = 0;
        WordStarts::of(text.as_bytes()).filter_map(move |start| {
            let group = self.begins[beginning(&text.as_bytes()[start..])];
            // Most words begin no form.
            if group == 0 || start < from {
                return None;
            }
            let mention = self.mention(&self.groups[usize::from(group)], text, start)?;
            from = mention.end;
            Some(mention)
        })
    }

    /// The longest form of a group that stands at the beginning of a word, if it stands there as a word.
    fn mention(&self, group: &[usize], text: &str, start: usize) -> Option<Mention> {
        // A part of a compound such as `recurrence-free` is no word of its own.
        let letter = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric() || character == '-');
        if letter(text[..start].chars().next_back()) {
            return None;
        }
        let form = group.iter().map(|place| &self.forms[*place]).find(|form| form.begins(&text.as_bytes()[start..]))?;
        let after = &text[start + form.text.len()..];
        let whole = |ending: &&str| after.strip_prefix(*ending).is_some_and(|after| !letter(after.chars().next()));
        let plural = ["", "s", "es"].into_iter().find(whole)?;
        Some(Mention { start, end: start + form.text.len() + plural.len(), term: form.term })
    }
}

/// Where the words of a text begin: at each letter or digit of ASCII that follows none. Eight bytes are looked at in one step, as this is done for
/// every sentence of a page.
struct WordStarts<'t> {
    text: &'t [u8],
    /// How many bytes have been looked at.
    seen: usize,
    /// Of the last eight of them, those at which a word begins that has not been told yet: the highest bit of each.
    starts: u64,
    /// Whether the last of them is within a word, as the highest bit of a byte.
    within: u64,
}

impl<'t> WordStarts<'t> {
    fn of(text: &'t [u8]) -> Self {
        Self { text, seen: 0, starts: 0, within: 0 }
    }
}

impl Iterator for WordStarts<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.starts == 0 {
            let rest = self.text.get(self.seen..).filter(|rest| !rest.is_empty())?;
            let eight = rest.first_chunk().copied().unwrap_or_else(|| {
                let mut eight = [0; 8];
                eight[..rest.len()].copy_from_slice(rest);
                eight
            });
            let words = in_words(u64::from_le_bytes(eight));
            self.starts = words & !(words << 8 | self.within);
            self.within = words >> 56;
            self.seen += 8;
        }
        let place = self.starts.trailing_zeros() as usize / 8;
        self.starts &= self.starts - 1;
        Some(self.seen - 8 + place)
    }
}

/// For eight bytes the highest bit of each that is a letter or digit of ASCII. No sum below reaches the next byte, as each byte holds seven bits.
const fn in_words(bytes: u64) -> u64 {
    const fn each(byte: u8) -> u64 {
        0x0101_0101_0101_0101 * byte as u64
    }
    const fn between(bytes: u64, first: u8, last: u8) -> u64 {
        (bytes + each(0x80 - first)) & !(bytes + each(0x7f - last))
    }
    let ascii = bytes & each(0x7f);
    (between(ascii, b'0', b'9') | between(ascii | each(0x20), b'a', b'z')) & !bytes & each(0x80)
}

/// A number for the first three letters of a text, the same for capitals and small letters; different beginnings may share one.
fn beginning(text: &[u8]) -> usize {
    let number = |letters: [u8; 3]| letters.iter().fold(0, |number, byte| number << 5 | usize::from(folded(*byte) & 31));
    match *text {
        [one, two, three, ..] => number([one, two, three]),
        [one, two] => number([one, two, 0]),
        [one] => number([one, 0, 0]),
        [] => 0,
    }
}

/// Hyphens as spaces.
fn folded(byte: u8) -> u8 {
    if byte == b'-' { b' ' } else { byte }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(entries: &[(&str, &str)]) -> Terms {
        let mut forms: Vec<Form> = Vec::new();
        for (term, (name, synonyms)) in entries.iter().enumerate() {
            forms.push(Form::new(name, term));
            forms.extend((!synonyms.is_empty()).then(|| Form::new(synonyms, term)));
        }
        Terms::of_forms(forms)
    }

    fn found<'t>(terms: &Terms, text: &'t str) -> Vec<(&'t str, usize)> {
        terms.mentions(text).map(|mention| (&text[mention.start..mention.end], mention.term)).collect()
    }

    #[test]
    fn every_term_of_the_guide_is_found_by_each_of_its_names() {
        let guide = sarcoguide_bundled::guide();
        let terms = Terms::of(&guide);
        for (place, entry) in guide.glossary.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
                let text = format!("With {name}, or not.");
                let found: Vec<Mention> = terms.mentions(&text).collect();
                assert!(found.iter().any(|mention| mention.term == place), "{name}: {found:?}");
            }
        }
    }

    #[test]
    fn a_word_begins_at_a_letter_or_digit_that_follows_none() {
        // Every byte after every other, at changing places within the eight that are looked at in one step.
        let pairs = (0..=u8::MAX).flat_map(|one| (0..=u8::MAX).flat_map(move |other| [one, other]));
        let bytes: Vec<u8> = std::iter::once(b' ').chain(pairs).collect();
        for bytes in [&bytes[..], &bytes[1..], &bytes[5..], b"", b"a", b"-ab c"] {
            let first = |place: &usize| {
                bytes[*place].is_ascii_alphanumeric() && (*place == 0 || !bytes[place - 1].is_ascii_alphanumeric())
            };
            let expected: Vec<usize> = (0..bytes.len()).filter(first).collect();
            assert_eq!(WordStarts::of(bytes).collect::<Vec<usize>>(), expected);
        }
    }

    #[test]
    fn terms_are_found_as_whole_words_in_any_form() {
        let terms = terms(&[("Biopsy", "core needle biopsy"), ("CT scan", "CT"), ("Grade", "high grade"), ("Margin", "")]);
        assert_eq!(found(&terms, "A core needle biopsy, then CT scans."), [("core needle biopsy", 0), ("CT scans", 1)]);
        assert_eq!(found(&terms, "High-grade tumors; margins count."), [("High-grade", 2), ("margins", 3)]);
        assert_eq!(found(&terms, "An upgrade, a marginal act."), []);
        assert_eq!(found(&terms, "CT, but not ct."), [("CT", 1)]);
        assert_eq!(found(&terms, "margin-free; non-margin."), []);
        assert_eq!(found(&terms, "éCT: a \u{201c}biopsy\u{201d}, CT"), [("biopsy", 0), ("CT", 1)]);
        assert_eq!(found(&terms, "core needle, CT scanner, biopsies; a CT"), [("CT", 1)]);
    }
}
