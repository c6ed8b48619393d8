//! Suggests the name that a misspelled word was meant to be.

/// The maximum number of letters to compare. The rest of a longer word is ignored.
const MAX_LETTERS: usize = 100;

/// The minimum number of letters of words that may have been one word. Shorter ones can be codes: `I-II` isn't `III`.
const MIN_SPLIT_LETTERS: usize = 4;

/// Returns the candidate that `word` was most likely meant to be, ignoring case: the one with the fewest edits.
///
/// An edit adds, removes or changes a letter, or swaps two neighboring letters. Returns `None` if typing slips explain no candidate. They leave most
/// letters in place:
///
/// - At most a third of the letters are edited, or one. Where there are several edits, at most two thirds of the letters from the first to the last
///   edit: `softwood` isn't `hardwood`, and `incomplete` isn't `complete`.
/// - The first letter is the same, swapped with the second one, replaced or left out. An `a` isn't left out, because it's often a negation.
/// - The candidate has as many words, unless all words in `word` have at least four letters.
#[must_use]
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |word: &str| word.to_lowercase().chars().take(MAX_LETTERS).collect::<Vec<char>>();
    let word = letters(word);
    if word.iter().filter(|letter| letter.is_alphanumeric()).count() < 2 {
        return None;
    }
    let max_edits = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (letters(candidate), candidate))
        // The difference in length is the least possible number of edits.
        .filter(|(letters, _)| letters.len().abs_diff(word.len()) <= max_edits)
        .filter(|(letters, _)| can_begin(&word, letters) && !joins_codes(&word, letters))
        .filter_map(|(letters, candidate)| Some((edits(&word, &letters).filter(|edits| *edits <= max_edits)?, candidate)))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Returns the number of edits from `candidate` to `word`. `None` if they change too much of the part that differs.
fn edits(word: &[char], candidate: &[char]) -> Option<usize> {
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let start = word.iter().zip(candidate).take_while(same).count();
    let (word, candidate) = (&word[start..], &candidate[start..]);
    let end = word.iter().rev().zip(candidate.iter().rev()).take_while(same).count();
    let (word, candidate) = (&word[..word.len() - end], &candidate[..candidate.len() - end]);
    let edits = strsim::osa_distance(&word.iter().collect::<String>(), &candidate.iter().collect::<String>());
    (edits <= 1 || 3 * edits <= 2 * word.len().max(candidate.len())).then_some(edits)
}

/// Whether a slip can turn the first letters of `candidate` into those of `word`. Other characters in front make no difference.
fn can_begin(word: &[char], candidate: &[char]) -> bool {
    fn letters(text: &[char]) -> &[char] {
        let start = text.iter().position(|letter| letter.is_alphanumeric());
        &text[start.unwrap_or_default()..]
    }
    match (letters(word), letters(candidate)) {
        ([first, ..], [other, ..]) if first == other => true,
        ([first, second, ..], [other, next, ..]) => {
            let is_left_out = *other != 'a' && first == next;
            second == next || is_left_out || (first == next && second == other)
        }
        _ => false,
    }
}

/// Whether `candidate` has fewer words than `word`, which has a word that can be a code.
fn joins_codes(word: &[char], candidate: &[char]) -> bool {
    let words = |letters: &[char]| -> Vec<usize> {
        letters.split(|letter| !letter.is_alphanumeric()).map(<[char]>::len).filter(|length| *length > 0).collect()
    };
    let written = words(word);
    written.len() > words(candidate).len() && written.iter().any(|length| *length < MIN_SPLIT_LETTERS)
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

    #[test]
    fn a_slip_in_the_first_letters_is_recognized_but_not_another_beginning() {
        let names = ["complete", "hardwood", "typical", "asymptomatic"];
        for (word, meant) in [("ocmplete", 0), ("omplete", 0), ("vomplete", 0), ("ccomplete", 0), ("hadrwodo", 1)] {
            assert_eq!(suggestion(word, names), Some(names[meant]), "{word}");
        }
        for word in ["incomplete", "softwood", "atypical", "symptomatic", "completeness"] {
            assert_eq!(suggestion(word, names), None, "{word}");
        }
    }

    #[test]
    fn one_letter_and_joined_codes_lead_to_no_suggestion() {
        let names = ["III", "IV", "no", "T2b", "young_bark", "pinewood"];
        for word in ["N", "v", "I", "I-II", "I II", "I/II", "I, II", "I–II", "I–V", " "] {
            assert_eq!(suggestion(word, names), None, "{word}");
        }
        for (word, meant) in [("pine wood", "pinewood"), ("young brk", "young_bark"), ("IIII", "III")] {
            assert_eq!(suggestion(word, names), Some(meant), "{word}");
        }
    }
}
