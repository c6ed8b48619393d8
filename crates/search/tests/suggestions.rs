//! Measures how well a misspelled name leads to the right suggestion, and whether a word that means something else leads to none.

use std::collections::BTreeSet;

use sarcoguide_model::Guide;
use sarcoguide_text::suggestion;

/// Words that are spelled like names and mean something else, one on each line. Lines that begin with `#` are comments.
const SIMILAR_WORDS: &str = include_str!("data/similar_words.txt");

/// All names of the built-in guide that a person can misspell, in lowercase.
fn names(guide: &Guide) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |name: &str| names.insert(name.to_lowercase());
    for fact in &guide.facts {
        add(&fact.id);
        add(&fact.name);
        for value in fact.domain.values() {
            std::iter::once(&value.id).chain([&value.name]).chain(&value.synonyms).for_each(|name| {
                add(name);
            });
        }
    }
    for treatment in &guide.treatments {
        [&treatment.id, &treatment.name].into_iter().chain(&treatment.brands).chain(&treatment.synonyms).for_each(|name| {
            add(name);
        });
    }
    for effect in &guide.effects {
        std::iter::once(&effect.name).chain(&effect.synonyms).for_each(|name| {
            add(name);
        });
    }
    for subtype in &guide.types {
        std::iter::once(&subtype.name).chain(&subtype.synonyms).for_each(|name| {
            add(name);
        });
    }
    names.retain(|name| name.chars().filter(|letter| letter.is_alphabetic()).count() >= 4 && name.chars().count() <= 60);
    names
}

/// A source of random numbers that gives the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("small")
    }
}

const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// Returns `name` with one slip: two neighboring letters swapped, a letter left out or doubled, or the next key of the keyboard instead of a letter.
fn slip(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let place = random.below(letters.len());
    match random.below(4) {
        0 => {
            let place = place.min(letters.len() - 2);
            letters.swap(place, place + 1);
        }
        1 => {
            letters.remove(place);
        }
        2 => letters.insert(place, letters[place]),
        _ => {
            let row = KEYBOARD.iter().find(|row| row.contains(letters[place]));
            let near = row.map(|row| {
                let keys: Vec<char> = row.chars().collect();
                let key = keys.iter().position(|key| *key == letters[place]).expect("a key");
                keys[if key == 0 || (key + 1 < keys.len() && random.below(2) == 0) { key + 1 } else { key - 1 }]
            });
            letters[place] = near.unwrap_or(letters[place]);
        }
    }
    letters.into_iter().collect()
}

#[test]
fn a_name_with_a_typing_slip_is_suggested() {
    let guide = sarcoguide_bundled::guide();
    let names = names(&guide);
    let mut random = Random(1);
    let (mut right, mut all) = (0, 0);
    for name in names.iter().step_by(3) {
        for word in (0..3).map(|_| slip(name, &mut random)).filter(|word| !names.contains(word)) {
            all += 1;
            right += usize::from(suggestion(&word, names.iter().map(String::as_str)) == Some(name.as_str()));
        }
    }
    assert!(all > 1_000 && right * 100 >= all * 98, "{right} of {all}");
}

#[test]
fn a_word_that_only_looks_like_a_name_leads_to_no_suggestion() {
    let guide = sarcoguide_bundled::guide();
    let names = names(&guide);
    let words: Vec<&str> = SIMILAR_WORDS.lines().filter(|line| !line.starts_with('#')).collect();
    let wrong: Vec<_> = words
        .iter()
        .filter(|word| !names.contains(**word))
        .filter_map(|word| Some((*word, suggestion(word, names.iter().map(String::as_str))?)))
        .collect();
    // This one has as many edits as are allowed.
    assert_eq!(wrong, [("hypercalcemia", "hypokalemia")], "of {} words", words.len());
}
