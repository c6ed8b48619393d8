//! Where terms of the glossary stand in a sentence, so that they can be explained there.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::AhoCorasick;
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
    /// Finds the forms by their places in `forms`; none where there are too many to be searched for.
    searcher: Option<AhoCorasick>,
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

    fn of_forms(mut forms: Vec<Form>) -> Self {
        forms.retain(|form| !form.text.is_empty());
        let searcher = AhoCorasick::builder().ascii_case_insensitive(true).build(forms.iter().map(|form| &form.text)).ok();
        Self { forms, searcher }
    }

    /// The terms in `text`, in the order in which they stand. A term may be in the plural; `high-grade` is `high grade`.
    pub fn mentions(&self, text: &str) -> impl Iterator<Item = Mention> + use<> {
        let folded = text.replace('-', " ");
        let found = self.searcher.iter().flat_map(|searcher| searcher.find_overlapping_iter(&folded));
        let found = found.map(|found| (found.range(), &self.forms[found.pattern()]));
        // A part of a compound such as `recurrence-free` is no word of its own.
        let found = found.filter(|(range, form)| {
            !in_word(text[..range.start].chars().next_back()) && (!form.as_written || folded[range.clone()] == form.text)
        });
        let mut found: Vec<(Range<usize>, &Form)> = found.collect();
        // The longest of those that begin at one place.
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        found.dedup_by_key(|(range, _)| range.start);
        let mut mentions: Vec<Mention> = Vec::new();
        for (range, form) in found {
            let whole =
                |ending: &&str| text[range.end..].strip_prefix(*ending).is_some_and(|after| !in_word(after.chars().next()));
            if let Some(plural) = ["", "s", "es"].into_iter().find(whole)
                && mentions.last().is_none_or(|last| last.end <= range.start)
            {
                mentions.push(Mention { start: range.start, end: range.end + plural.len(), term: form.term });
            }
        }
        mentions.into_iter()
    }
}

/// Whether a character beside a text makes it a part of a longer word.
fn in_word(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_alphanumeric() || character == '-')
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
    fn terms_are_found_as_whole_words_in_any_form() {
        let terms = terms(&[("Biopsy", "core needle biopsy"), ("CT scan", "CT"), ("Grade", "high grade"), ("Margin", "")]);
        assert_eq!(found(&terms, "A core needle biopsy, then CT scans."), [("core needle biopsy", 0), ("CT scans", 1)]);
        assert_eq!(found(&terms, "High-grade steel; margins count."), [("High-grade", 2), ("margins", 3)]);
        assert_eq!(found(&terms, "An upgrade, a marginal act."), []);
        assert_eq!(found(&terms, "CT, but not ct."), [("CT", 1)]);
        assert_eq!(found(&terms, "margin-free; non-margin."), []);
        assert_eq!(found(&terms, "éCT: a \u{201c}biopsy\u{201d}, CT"), [("biopsy", 0), ("CT", 1)]);
        assert_eq!(found(&terms, "core needle, CT scanner, biopsies; a CT"), [("CT", 1)]);
    }
}
