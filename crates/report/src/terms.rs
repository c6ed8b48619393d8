//! Where terms of the glossary stand in a sentence, so that they can be explained there.

use std::borrow::Cow;
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
    text: String,
    term: usize,
}

impl Form {
    /// Abbreviations such as `CT` are meant only as they are written; other words may begin a sentence.
    fn is_abbreviation(&self) -> bool {
        self.text.chars().all(|letter| !letter.is_lowercase())
    }
}

impl Terms {
    /// The terms of `guide`.
    #[must_use]
    pub fn of(guide: &Guide) -> Self {
        let mut forms = Vec::new();
        for (term, entry) in guide.glossary.iter().enumerate() {
            for text in std::iter::once(&entry.name).chain(&entry.also) {
                // `Cytokine release syndrome (CRS)` stands in sentences without what is in brackets.
                let text = text.split(" (").next().unwrap_or(text);
                forms.push(Form { text: text.replace('-', " "), term });
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
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let spaced = if text.contains('-') { Cow::Owned(text.replace('-', " ")) } else { Cow::Borrowed(text) };
        // A part of a compound such as `recurrence-free` is no word of its own.
        let letter = |character: Option<char>| character.is_some_and(|character| character.is_alphanumeric() || character == '-');
        let mut mentions = Vec::new();
        let mut from = 0;
        while let Some((start, form)) = self.next(spaced.as_bytes(), from) {
            from = start + 1;
            let end = start + form.text.len();
            let rest = &text[end..];
            let plural = ["es", "s", ""]
                .into_iter()
                .find(|ending| rest.strip_prefix(ending).is_some_and(|after| !letter(after.chars().next())));
            let whole = !letter(text[..start].chars().next_back());
            let written = !form.is_abbreviation() || spaced[start..end] == form.text;
            if let (true, true, Some(plural)) = (whole, written, plural) {
                from = end + plural.len();
                mentions.push(Mention { start, end: from, term: form.term });
            }
        }
        mentions
    }

    /// The longest form with which the next word begins that begins with any, and where.
    fn next(&self, text: &[u8], mut from: usize) -> Option<(usize, &Form)> {
        let in_word = |byte: &u8| IN_WORD[usize::from(*byte)];
        let mut within = from > 0 && in_word(&text[from - 1]);
        loop {
            if within {
                from += text[from..].iter().position(|byte| !in_word(byte))?;
            }
            from += text[from..].iter().position(in_word)?;
            let rest = &text[from..];
            let group = &self.groups[usize::from(self.begins[beginning(rest)])];
            let stands =
                |form: &&Form| rest.get(..form.text.len()).is_some_and(|here| here.eq_ignore_ascii_case(form.text.as_bytes()));
            if let Some(form) = group.iter().map(|place| &self.forms[*place]).find(stands) {
                return Some((from, form));
            }
            within = true;
        }
    }
}

/// For each byte whether it is a letter or digit of ASCII. To look it up is quicker than to work it out.
static IN_WORD: [bool; 256] = {
    let mut all = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        all[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    all
};

/// A number for the first three letters of a text, the same for capitals and small letters; different beginnings may share one.
fn beginning(text: &[u8]) -> usize {
    let letter = |place: usize| text.get(place).map_or(0, |byte| usize::from(byte & 31));
    letter(0) << 10 | letter(1) << 5 | letter(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(entries: &[(&str, &str)]) -> Terms {
        let mut forms: Vec<Form> = Vec::new();
        for (term, (name, also)) in entries.iter().enumerate() {
            forms.push(Form { text: (*name).to_owned(), term });
            forms.extend((!also.is_empty()).then(|| Form { text: (*also).to_owned(), term }));
        }
        Terms::of_forms(forms)
    }

    fn found<'t>(terms: &Terms, text: &'t str) -> Vec<(&'t str, usize)> {
        terms.mentions(text).into_iter().map(|mention| (&text[mention.start..mention.end], mention.term)).collect()
    }

    #[test]
    fn every_term_of_the_guide_is_found_by_each_of_its_names() {
        let guide = sarcoguide_builtin::guide();
        let terms = Terms::of(&guide);
        for (place, entry) in guide.glossary.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.also) {
                let found = terms.mentions(&format!("With {name}, or not."));
                assert!(found.iter().any(|mention| mention.term == place), "{name}: {found:?}");
            }
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
