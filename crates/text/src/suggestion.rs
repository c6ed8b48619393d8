//! Suggests the name that a misspelled word was meant to be.

/// The maximum number of letters to compare. The rest of a longer word is ignored.
const MAX_LETTERS: usize = 100;

/// Returns the candidate that `word` was most likely meant to be, ignoring case: the one with the fewest edits.
///
/// An edit adds, removes or changes a letter, or swaps two neighboring letters. Returns `None` if every candidate differs from `word`
/// by more edits than a third of its letters (but one edit is always allowed).
#[must_use]
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| word.to_lowercase().chars().take(MAX_LETTERS).collect::<String>();
    let word = letters(word);
    let length = word.chars().count();
    let max_edits = (length / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (letters(candidate), candidate))
        // The difference in length is the least possible number of edits.
        .filter(|(letters, _)| letters.chars().count().abs_diff(length) <= max_edits)
        .map(|(letters, candidate)| (strsim::osa_distance(&word, &letters), candidate))
        .filter(|(edits, _)| *edits <= max_edits)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn typos_are_recognized_and_unrelated_words_are_not() {
        let names = ["histology", "size", "site", "stage"];
        for (word, meant) in [("histolgy", "histology"), ("SIZE", "size"), ("sit", "site"), ("satge", "stage")] {
            assert_eq!(suggestion(word, names), Some(meant));
        }
        assert_eq!(suggestion("resectability", names), None);
        assert_eq!(suggestion("", names), None);
    }
}
