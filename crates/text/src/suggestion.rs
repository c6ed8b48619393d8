//! The word that was meant.

/// Of a long word so many letters count.
const MAX_LETTERS: usize = 100;

/// The candidate that `word` was most likely meant to be: the fewest edits (a letter missing, added, changed, or two swapped), case
/// aside, and not more than a third of the word. `None` when nothing is near.
#[must_use]
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| word.to_lowercase().chars().take(MAX_LETTERS).collect::<String>();
    let word = letters(word);
    let length = word.chars().count();
    let most = (length / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (letters(candidate), candidate))
        // Each letter more or less is an edit.
        .filter(|(letters, _)| letters.chars().count().abs_diff(length) <= most)
        .map(|(letters, candidate)| (strsim::osa_distance(&word, &letters), candidate))
        .filter(|(edits, _)| *edits <= most)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn slips_of_the_hand_are_recognized_and_strangers_are_not() {
        let names = ["histology", "size", "site", "stage"];
        for (word, meant) in [("histolgy", "histology"), ("SIZE", "size"), ("sit", "site"), ("satge", "stage")] {
            assert_eq!(suggestion(word, names), Some(meant));
        }
        assert_eq!(suggestion("resectability", names), None);
        assert_eq!(suggestion("", names), None);
    }
}
