/// The candidate that `word` was most likely meant to be: the fewest edits (a letter missing, added, changed, or two swapped), case
/// aside, and not more than a third of the word. `None` when nothing is near.
#[must_use]
pub fn suggestion<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().take(100).count() / 3).max(1);
    let distance = |candidate: &&str| edit_distance(word, candidate);
    candidates
        .into_iter()
        .map(|candidate| (distance(&candidate), candidate))
        .filter(|(edits, _)| *edits <= most)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// How many edits lie between two words, upper or lower case: letters left out, added, changed, or two side by side exchanged
/// (Damerau's distance in its restricted form, optimal string alignment). Of a long text the first 100 letters count.
#[must_use]
pub fn edit_distance(a: &str, b: &str) -> usize {
    let letters = |word: &str| word.to_lowercase().chars().take(100).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
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
