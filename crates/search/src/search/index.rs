//! The words of a guide, ready to be searched.
//!
//! What is found is weighed: a word in a name tells more than one in a sentence, a rare word more than a common one, words that stand together more
//! than words apart, and a name that is met whole more than one of which only a part is. Questions and what follows from them come last.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use sarcoguide_model::{Guide, WordGroup};
use sarcoguide_text::{Text, t};
use strsim::osa_distance;

use super::{Entry, EntryText, Hit, Kind, entries};
use crate::symptom::text::others;

/// From which weight an entry is a name of what it belongs to.
const NAME: u32 = 6;
/// Below this share of what the words tell, nothing is a result where something tells more.
const LEAST: f64 = 0.5;
/// From which part of the best share another is about as good.
const NEARLY: f64 = 0.9;
/// What fits less well than this share of the best is left out.
const WEAK: f64 = 0.15;

/// A word of the guide.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    stem: String,
}

/// What can be found: a treatment, an effect and so on.
#[derive(Clone, Debug)]
struct Thing {
    kind: Kind,
    id: String,
    title: String,
    /// What stands there.
    texts: Vec<Words>,
}

/// A text with its words.
#[derive(Clone, Debug)]
struct Words {
    weight: u32,
    text: String,
    /// The places of its words that tell something.
    words: Vec<usize>,
}

/// The words of a guide, ready to be searched.
#[derive(Clone, Debug)]
pub struct Index {
    /// Every word once.
    words: Vec<Word>,
    things: Vec<Thing>,
    /// Words that do for one another.
    groups: Vec<WordGroup>,
    /// Words that are never taken for misspellings.
    own: Vec<String>,
    /// Words that join others and tell nothing of what is looked for.
    stop_words: BTreeSet<String>,
    algorithm: Option<Algorithm>,
}

impl Index {
    /// The words of `guide`, which is written in the language of `text`.
    #[must_use]
    pub fn of(guide: &Guide, text: &Text) -> Self {
        let stop_words: BTreeSet<String> = words(&t!(text, search_stop_words)).collect();
        let algorithm = algorithm(&text.language());
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut things: Vec<Thing> = Vec::new();
        // What the guide says of itself and of symptoms in general has no page of its own to be found.
        for Entry { kind, id, title, text, weight, .. } in entries(guide).into_iter().filter(|entry| entry.kind != Kind::Guide) {
            let EntryText::Text(text) = text else { continue };
            let telling = words(&text).filter(|word| !stop_words.contains(word));
            let word = |word| {
                let next = places.len();
                *places.entry(word).or_insert(next)
            };
            let words = telling.map(word).collect();
            if things.last().is_none_or(|thing| thing.kind != kind || thing.id != id) {
                things.push(Thing { kind, id, title, texts: Vec::new() });
            }
            // What has no weight stands on pages only.
            if let Some(thing) = things.last_mut().filter(|_| weight > 0) {
                thing.texts.push(Words { weight, text, words });
            }
        }
        let mut places: Vec<(String, usize)> = places.into_iter().collect();
        places.sort_unstable_by_key(|(_, place)| *place);
        let words = places.into_iter().map(|(text, _)| Word { stem: stem(algorithm, &text), text }).collect();
        let groups = guide.symptom_check.as_ref().map(|check| check.groups.clone()).unwrap_or_default();
        let own = guide.symptom_check.as_ref().map(|check| check.exact_words.clone()).unwrap_or_default();
        Self { words, things, groups, own, stop_words, algorithm }
    }

    /// The best `most` hits for some words. Words may be cut short or misspelled.
    #[must_use]
    pub fn search(&self, asked: &str, most: usize) -> Vec<Hit> {
        let all: Vec<String> = words(asked).collect();
        let telling: Vec<String> =
            all.iter().filter(|word| word.chars().count() > 1 && !self.stop_words.contains(*word)).cloned().collect();
        let mut wanted = if telling.is_empty() { all } else { telling };
        wanted.sort_unstable();
        wanted.dedup();
        let Some(asked) = Asked::of(self, &wanted) else { return Vec::new() };
        let share =
            |thing: &Thing| asked.matched_weight(&asked.met(thing.texts.iter().flat_map(|text| &text.words))) / asked.whole;
        let shares: Vec<(f64, &Thing)> = self.things.iter().map(|thing| (share(thing), thing)).collect();
        // Where nothing answers as much, what answers most is better than nothing.
        let least = shares.iter().map(|(share, _)| *share * NEARLY).fold(0.0, f64::max).min(LEAST);
        let kept = shares.into_iter().filter(|(share, _)| *share >= least);
        let mut ranked: Vec<(f64, &Thing)> = kept.map(|(share, thing)| (share * thing.score(&asked), thing)).collect();
        let best = ranked.iter().map(|(score, _)| *score).fold(0.0, f64::max);
        ranked.retain(|(score, _)| *score >= WEAK * best);
        ranked.sort_by(|(a, one), (b, other)| {
            one.is_aside().cmp(&other.is_aside()).then(b.total_cmp(a)).then_with(|| one.title.cmp(&other.title))
        });
        ranked.truncate(most);
        ranked.into_iter().map(|(score, thing)| thing.hit(score, &asked)).collect()
    }

    /// How well each word of the guide answers `wanted`, 0 to 1: slips are forgiven only where nothing answers without, and no more of them than
    /// the nearest word needs.
    fn likenesses(&self, wanted: &str) -> Vec<f64> {
        let (root, length) = (stem(self.algorithm, wanted), wanted.chars().count());
        let same = others(&self.groups, wanted, &self.own);
        let like = |word: &Word| {
            if word.text == wanted {
                1.0
            } else if word.stem == root {
                0.9
            } else if same.iter().any(|same| begins(&word.text, same)) {
                0.8
            } else if begins(&word.text, wanted) || begins(&word.stem, &root) {
                0.6
            } else {
                0.0
            }
        };
        let mut likenesses: Vec<f64> = self.words.iter().map(like).collect();
        let known = likenesses.iter().any(|like| *like >= 0.6);
        if length < 5 || known {
            return likenesses;
        }
        let most = if length < 8 { 1 } else { 2 };
        let away = |word: &Word| {
            let other = word.text.chars().count();
            (other >= 4 && other.abs_diff(length) <= most)
                .then(|| osa_distance(wanted, &word.text))
                .filter(|distance| *distance <= most)
        };
        let slipped: Vec<Option<usize>> = self.words.iter().map(away).collect();
        let Some(least) = slipped.iter().flatten().min().copied() else { return likenesses };
        // Other forms of the word that was meant are meant as well.
        let meant: BTreeSet<&str> = self
            .words
            .iter()
            .zip(&slipped)
            .filter(|(_, distance)| **distance == Some(least))
            .map(|(word, _)| word.stem.as_str())
            .collect();
        for (likeness, word) in likenesses.iter_mut().zip(&self.words) {
            let starts = meant.iter().any(|stem| begins(&word.stem, stem));
            *likeness = if meant.contains(word.stem.as_str()) {
                0.7
            } else if starts {
                0.4
            } else {
                0.0
            };
        }
        likenesses
    }
}

/// The words that are looked for.
struct Asked {
    /// How well each word of the guide answers each of them.
    likenesses: Vec<Vec<f64>>,
    /// Whether a word of the guide answers any.
    any: Vec<bool>,
    /// How telling each is: a word that stands with few things tells more.
    telling: Vec<f64>,
    /// What all of them tell.
    whole: f64,
}

impl Asked {
    /// None where nothing answers.
    fn of(index: &Index, wanted: &[String]) -> Option<Self> {
        let likenesses: Vec<Vec<f64>> = wanted.iter().map(|word| index.likenesses(word)).collect();
        let any: Vec<bool> =
            (0..index.words.len()).map(|word| likenesses.iter().any(|like: &Vec<f64>| like[word] > 0.0)).collect();
        let mut asked = Self { likenesses, any, telling: Vec::new(), whole: 0.0 };
        let mut with = vec![0.0; wanted.len()];
        for thing in &index.things {
            let met = asked.met(thing.texts.iter().flat_map(|text| &text.words));
            with.iter_mut().zip(met).for_each(|(with, met)| *with += met);
        }
        // A word that nothing answers counts as much as the rarest.
        asked.telling = with.iter().map(|with: &f64| ((1.0 + index.things.len() as f64) / (1.0 + with)).ln()).collect();
        asked.whole = asked.telling.iter().sum();
        (with.iter().any(|with| *with > 0.0) && asked.whole > 0.0).then_some(asked)
    }

    /// How well some words of the guide answer each.
    fn met<'w>(&self, words: impl Iterator<Item = &'w usize>) -> Vec<f64> {
        let mut met = vec![0.0; self.likenesses.len()];
        for word in words.filter(|word| self.any[**word]) {
            for (best, like) in met.iter_mut().zip(&self.likenesses) {
                *best = f64::max(*best, like[*word]);
            }
        }
        met
    }

    /// What words tell that are met so well.
    fn matched_weight(&self, met: &[f64]) -> f64 {
        self.telling.iter().zip(met).map(|(telling, met)| telling * met).sum()
    }
}

impl Thing {
    /// What is asked of a person comes after what answers.
    fn is_aside(&self) -> bool {
        matches!(self.kind, Kind::Fact | Kind::Derived | Kind::Guide)
    }

    /// How well it answers all words: the best text, and beside it the best place of each word.
    fn score(&self, asked: &Asked) -> f64 {
        let mut together: f64 = 0.0;
        let mut apart: Vec<f64> = vec![0.0; asked.telling.len()];
        for text in self.texts.iter().filter(|text| text.words.iter().any(|word| asked.any[*word])) {
            let met = asked.met(text.words.iter());
            let weight = f64::from(text.weight) * text.fullness(asked);
            let matched = asked.matched_weight(&met);
            together = together.max(weight * matched * matched / asked.whole);
            for (best, met) in apart.iter_mut().zip(met) {
                *best = f64::max(*best, weight * met);
            }
        }
        2.0 * together + asked.matched_weight(&apart)
    }

    fn hit(&self, score: f64, asked: &Asked) -> Hit {
        // The sentence that answers best; where none does, the first tells what it is.
        let matched = |text: &Words| asked.matched_weight(&asked.met(text.words.iter()));
        let sentences = self.texts.iter().filter(|text| text.weight < NAME).map(|text| (matched(text), text));
        let best = sentences.rev().max_by(|(a, _), (b, _)| a.total_cmp(b));
        let snippet = best.map_or_else(|| self.title.clone(), |(_, text)| text.text.clone());
        Hit { kind: self.kind, id: self.id.clone(), title: self.title.clone(), snippet, score: (score * 100.0) as u32 }
    }
}

impl Words {
    /// How much of a name is asked for, from a part to all of it; of a sentence nobody asks for all.
    fn fullness(&self, asked: &Asked) -> f64 {
        if self.weight < NAME || self.words.is_empty() {
            return 1.0;
        }
        let met = self.words.iter().filter(|word| asked.any[**word]).count();
        0.4 + 0.6 * met as f64 / self.words.len() as f64
    }
}

/// The words of a text; an apostrophe parts nothing.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Whether a word was begun: three letters begin only a form of the same word.
fn begins(word: &str, begun: &str) -> bool {
    let length = begun.chars().count();
    word.starts_with(begun) && (length >= 4 || length == 3 && word.chars().count() <= 4)
}

/// How forms of a word are brought to what they have in common, by the tag of a language; none where that is not known.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language.split('-').next()? {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// What forms of a word have in common: `operations`, `operating` and `operated` are all `oper`.
fn stem(algorithm: Option<Algorithm>, word: &str) -> String {
    algorithm.map_or_else(|| word.to_owned(), |algorithm| Stemmer::create(algorithm).stem(word).into_owned())
}
