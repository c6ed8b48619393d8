//! Measures how difficult the guide's sentences are to read, as Flesch-Kincaid grades. A grade is the number of years of school in the United States
//! that a person needs to understand the text.
//!
//! The grade of a sentence is 0.39 × words + 11.8 × syllables / words − 15.59 (Kincaid and others, 1975). The names of treatments, brands and
//! types of the disease can't be replaced with simpler words, so each counts as one word of one syllable. So does each group of digits: `5.5`
//! counts as two words. Fragments of fewer than four words aren't measured.

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::Guide;

use crate::search::{EntryText, Kind, entries};
use crate::terms::Terms;

/// The maximum average grade of a guide's sentences.
pub const MAX_AVERAGE_GRADE: f64 = 8.0;
/// The maximum grade of a sentence that contains no glossary term.
pub const MAX_GRADE: f64 = 12.0;
/// The minimum number of words in a sentence. Shorter fragments aren't measured.
const MIN_WORDS: usize = 4;

/// A sentence with its grade.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sentence {
    /// The kind of thing that the sentence belongs to.
    pub kind: Kind,
    /// The ID of the thing.
    pub id: String,
    /// The sentence itself.
    pub text: String,
    /// The Flesch-Kincaid grade.
    pub grade: f64,
    /// Whether the sentence contains a glossary term, which pages explain.
    pub explained: bool,
}

impl Sentence {
    /// Whether the sentence is too difficult: its grade is above [`MAX_GRADE`], and it contains no glossary term.
    #[must_use]
    pub fn is_too_hard(&self) -> bool {
        self.grade > MAX_GRADE && !self.explained
    }
}

/// Measures the sentences of a guide, and returns the most difficult first. A repeated sentence is returned only once.
#[must_use]
pub fn measure(guide: &Guide) -> Vec<Sentence> {
    let (names, terms) = (Names::of(guide), Terms::of(guide));
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    // Only sentences have these weights. Names have a higher weight, and the texts of the rows of derived facts have weight 0.
    for entry in entries(guide).into_iter().filter(|entry| matches!(entry.weight, 1 | 2)) {
        let EntryText::Text(text) = &entry.text else { continue };
        // The text of a treatment's effect begins with the effect's name (`Nausea: ...`), which isn't part of the sentence.
        let effect = guide.effects.iter().find_map(|effect| text.strip_prefix(effect.name.as_str()));
        let effect = effect.filter(|rest| entry.kind == Kind::Treatment && (rest.is_empty() || rest.starts_with(": ")));
        let text = effect.map_or(text.as_str(), |rest| rest.trim_start_matches(": "));
        for sentence in sentences(text) {
            let Some(grade) = names.grade(sentence).filter(|_| seen.insert(sentence.to_owned())) else { continue };
            let explained = terms.mentions(sentence).next().is_some();
            all.push(Sentence { kind: entry.kind, id: entry.id.clone(), text: sentence.to_owned(), grade, explained });
        }
    }
    all.sort_by(|a, b| b.grade.total_cmp(&a.grade));
    all
}

/// Returns the average grade of the sentences, or 0 if there are no sentences.
#[must_use]
pub fn average(sentences: &[Sentence]) -> f64 {
    sentences.iter().map(|sentence| sentence.grade).sum::<f64>() / sentences.len().max(1) as f64
}

/// The names that count as one word, and the words with a fixed number of syllables.
struct Names {
    /// Names that count as one short word, in lowercase, the longest first.
    as_one_word: Vec<String>,
    /// The number of syllables of words that [`syllables`] would count wrongly.
    syllables: BTreeMap<String, u32>,
}

impl Names {
    fn of(guide: &Guide) -> Self {
        let treatments = guide.treatments.iter().flat_map(|treatment| std::iter::once(&treatment.name).chain(&treatment.brands));
        let types = guide.types.iter().flat_map(|subtype| std::iter::once(&subtype.name).chain(&subtype.synonyms));
        let mut names: Vec<String> = treatments.chain(types).map(|name| name.to_lowercase()).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Self { as_one_word: names, syllables: guide.syllables.clone() }
    }

    /// Returns the grade of a sentence, or `None` for a fragment.
    fn grade(&self, sentence: &str) -> Option<f64> {
        let mut text = sentence.to_lowercase();
        for name in &self.as_one_word {
            text = with_short_name(&text, name);
        }
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
        if words.len() < MIN_WORDS {
            return None;
        }
        let count = words.len() as f64;
        let known = |word: &str| self.syllables.get(word).map(|count| *count as usize);
        let syllables: usize = words.iter().map(|word| known(word).unwrap_or_else(|| syllables(word))).sum();
        Some(0.39 * count + 11.8 * syllables as f64 / count - 15.59)
    }
}

/// Replaces a name in a text with `x`, unless it's part of a longer word. Plurals with `s` are replaced too.
fn with_short_name(text: &str, name: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(name) {
        let end = start + name.len();
        let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let tail = rest[end..].strip_prefix('s').filter(|tail| !part(tail.chars().next()));
        let whole = !part(rest[..start].chars().next_back()) && (tail.is_some() || !part(rest[end..].chars().next()));
        out.push_str(&rest[..start]);
        out.push_str(if whole { "x" } else { &rest[start..end] });
        rest = tail.filter(|_| whole).unwrap_or(&rest[end..]);
    }
    out + rest
}

/// Splits a text into sentences. Periods in numbers and at the end of abbreviations don't end a sentence.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, mark) in text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')) {
        let end = index + mark.len_utf8();
        let after: Vec<char> = text[end..].chars().take(2).collect();
        let begins_anew = matches!(after.as_slice(), [' ', c] if c.is_uppercase() || c.is_numeric());
        let abbreviated = ["e.g.", "i.e.", "U.S.", "Dr.", "St.", "vs.", "No."].iter().any(|short| text[..end].ends_with(short));
        if begins_anew && !abbreviated {
            found.push(text[start..end].trim());
            start = end;
        }
    }
    found.push(text[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Common words that [`syllables`] would count wrongly. A guide lists such words from its own subject in `glossary.toml`.
const EXCEPTIONS: [(&str, usize); 15] = [
    ("age", 1),
    ("are", 1),
    ("area", 3),
    ("areas", 3),
    ("eye", 1),
    ("ice", 1),
    ("one", 1),
    ("people", 2),
    ("quality", 4),
    ("serious", 3),
    ("someone", 2),
    ("sometimes", 2),
    ("technique", 2),
    ("tired", 2),
    ("use", 1),
];

/// Estimates the number of syllables of a word in lowercase.
///
/// The estimate is the number of groups of vowels, not counting a silent e. Neighboring vowels that are pronounced separately count separately.
/// Compared with the CMU Pronouncing Dictionary, the estimate is wrong for about 1 in 70 words of the guide.
#[must_use]
pub fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_lowercase).collect();
    let word: String = letters.iter().collect();
    if let Some((_, count)) = EXCEPTIONS.iter().find(|(known, _)| *known == word) {
        return *count;
    }
    let vowel = |index: usize| letters.get(index).is_some_and(|letter| "aeiouy".contains(*letter));
    let length = letters.len();
    let mut count = (0..length).filter(|index| vowel(*index) && (*index == 0 || !vowel(index - 1))).count();
    let ends = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
    // Whether the letter at position `back` from the end isn't a vowel. The last letter is at position 1.
    let consonant = |back: usize| length >= back && !vowel(length - back);
    let mute_e = ends("e") && consonant(2) && !(ends("le") && consonant(3));
    let mute_es = ends("es")
        && consonant(3)
        && !["ses", "xes", "zes", "ches", "shes", "ces", "ges"].iter().any(|ending| ends(ending))
        && !(ends("les") && consonant(4));
    let mute_ed = ends("ed") && consonant(3) && !ends("ted") && !ends("ded");
    let mute_inner_e = ["ely", "eful", "eless", "ement"].iter().any(|ending| ends(ending) && consonant(ending.len() + 1));
    count -= usize::from(count > 1 && (mute_e || mute_es || mute_ed || mute_inner_e));
    for index in 0..length.saturating_sub(1) {
        let after = &letters[index + 2..];
        let apart = match (letters[index], letters[index + 1]) {
            ('i', 'a') => !matches!(after, ['l'] | ['l', 'l', 'y'] | ['n'] | ['n', 's']),
            ('i', 'o') => !matches!(after, ['n', ..] | ['u', 's', ..]),
            ('i', 'u') => true,
            ('e', 'o') => !matches!(after, ['u', ..]),
            ('o' | 'e' | 'u' | 'y', 'i') => matches!(after, ['n', 'g']),
            _ => false,
        };
        count += usize::from(apart);
    }
    count += usize::from(ends("ism") || ends("ier") || ends("iest") || ends("iety"));
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of the guide with their numbers of syllables in the CMU Pronouncing Dictionary, one for each pronunciation.
    const WORDS: &str = include_str!("../tests/data/syllables.txt");

    #[test]
    fn syllables_mostly_agree_with_the_dictionary() {
        let (mut words, mut wrong, mut bias) = (0, Vec::new(), 0);
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split(' ');
            let word = parts.next().expect("a word");
            let counts: Vec<i64> = parts.map(|count| count.parse().expect("a number")).collect();
            let ours = i64::try_from(syllables(word)).expect("a small number");
            let off = counts.iter().map(|count| ours - count).min_by_key(|off| off.abs()).expect("a count");
            words += 1;
            bias += off;
            if off != 0 {
                wrong.push(format!("{word} {off:+}"));
            }
        }
        assert!(words >= 400, "{words} words");
        assert!(wrong.len() * 15 < words, "{} of {words} are wrong: {wrong:?}", wrong.len());
        assert!(bias.abs() * 25 < i64::from(words as u16), "the sum of the errors is {bias}: {wrong:?}");
    }

    #[test]
    fn sentences_end_where_a_new_one_begins() {
        assert_eq!(
            sentences("Take 5.5 cm. Then rest! In the U.S. Army? Yes"),
            ["Take 5.5 cm.", "Then rest!", "In the U.S. Army?", "Yes"]
        );
    }

    #[test]
    fn names_count_as_a_short_word() {
        let names = Names { as_one_word: vec!["silver maple".to_owned()], syllables: BTreeMap::from([("dog".to_owned(), 5)]) };
        assert_eq!(names.grade("It is a Silver maple here."), names.grade("It is a cat here."));
        assert_eq!(names.grade("Silver maples grow."), None);
        assert!(names.grade("It is a dog here.") > names.grade("It is a cat here."));
        assert!(names.grade("Multidisciplinary evaluation facilitates individualized recommendations.") > Some(20.0));
    }
}
