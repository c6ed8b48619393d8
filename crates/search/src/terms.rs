//! Finds glossary terms in text, so that pages can explain them.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use sarcoguide_model::Guide;

/// The position of a glossary term in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The byte offset of the start.
    pub start: usize,
    /// The byte offset of the end (exclusive).
    pub end: usize,
    /// The index of the term in [`Guide::glossary`].
    pub term: usize,
}

/// Finds the terms of a guide's glossary in text.
#[derive(Clone, Debug)]
pub struct Terms {
    forms: Vec<Form>,
    /// Finds all forms at once. Its patterns have the same indexes as `forms`. `None` if there are too many forms for the search.
    searcher: Option<AhoCorasick>,
}

/// A form of a term: its name or one of its synonyms.
#[derive(Clone, Debug)]
struct Form {
    /// The form, with spaces instead of hyphens.
    text: String,
    /// Whether uppercase and lowercase letters must match. True for forms without lowercase letters, such as `CT`.
    as_written: bool,
    /// The index of the term in the glossary.
    term: usize,
}

impl Form {
    fn new(text: &str, term: usize) -> Self {
        Self { text: text.replace('-', " "), as_written: text.chars().all(|letter| !letter.is_lowercase()), term }
    }
}

impl Terms {
    /// Prepares the glossary terms of `guide`.
    #[must_use]
    pub fn of(guide: &Guide) -> Self {
        let mut forms = Vec::new();
        for (term, entry) in guide.glossary.iter().enumerate() {
            for text in std::iter::once(&entry.name).chain(&entry.synonyms) {
                // In sentences, `Cytokine release syndrome (CRS)` appears without the part in parentheses.
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

    /// Returns the terms in `text`, in order. Plurals also match, and a hyphen matches a space: `high-grade` is `high grade`.
    ///
    /// Mentions don't overlap. If several terms begin at the same position, only the longest counts, even if it's part of a longer word: `CT`
    /// isn't found in `CT scanner` if `CT scan` is a term too.
    pub fn mentions(&self, text: &str) -> impl Iterator<Item = Mention> + use<> {
        let folded = text.replace('-', " ");
        let found = self.searcher.iter().flat_map(|searcher| searcher.find_overlapping_iter(&folded));
        let found = found.map(|found| (found.range(), &self.forms[found.pattern()]));
        // Skip a match that isn't at the start of a word or compound: `margin` isn't a term in `non-margin`. Also skip a match whose uppercase and
        // lowercase letters must match but don't.
        let found = found.filter(|(range, form)| {
            !in_word(text[..range.start].chars().next_back()) && (!form.as_written || folded[range.clone()] == form.text)
        });
        let mut found: Vec<(Range<usize>, &Form)> = found.collect();
        // Of the matches that begin at the same position, keep the longest.
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

/// Whether a character directly before or after a match shows that the match is only part of a longer word.
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
        for (index, entry) in guide.glossary.iter().enumerate() {
            for name in std::iter::once(&entry.name).chain(&entry.synonyms) {
                let text = format!("With {name}, or not.");
                let found: Vec<Mention> = terms.mentions(&text).collect();
                assert!(found.iter().any(|mention| mention.term == index), "{name}: {found:?}");
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
