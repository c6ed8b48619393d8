//! An index of a guide's words, for searches.
//!
//! Hits are ranked by a score. A match counts more in a name than in a sentence, and more for a rare word than for a common one. Several
//! matches count more if they're in the same text, and matching a whole name counts more than matching a part of it. Facts and
//! derived facts come after all other hits.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use sarcoguide_model::{Guide, WordGroup};
use sarcoguide_text::{Text, t};
use strsim::osa_distance;

use super::{Entry, EntryText, Hit, Kind, entries};
use crate::symptom::text::words_with_same_meaning;

/// The minimum weight of an entry that is a name.
const NAME_WEIGHT: u32 = 6;
/// An item must match at least this share of the search words' weight, or at least [`NEARLY_BEST`] of the best item's share. The lower of
/// the two limits applies.
const MIN_SHARE: f64 = 0.5;
/// The limit for an item's share, as a part of the best item's share; see [`MIN_SHARE`].
const NEARLY_BEST: f64 = 0.9;
/// The minimum score of a hit, as a part of the best hit's score.
const MIN_SCORE: f64 = 0.15;

/// A word of the guide.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// The part of the word that all of its forms share.
    stem: String,
}

/// An item that can be found: a treatment, an adverse effect, a term and so on.
#[derive(Clone, Debug)]
struct Item {
    kind: Kind,
    id: String,
    title: String,
    /// The names and sentences of the item.
    texts: Vec<Words>,
}

/// A name or sentence, with its words.
#[derive(Clone, Debug)]
struct Words {
    weight: u32,
    text: String,
    /// The text's words, without stop words, as indexes into [`Index::words`].
    words: Vec<usize>,
}

/// An index of a guide's words, for searches.
#[derive(Clone, Debug)]
pub struct Index {
    /// The words of all items, without stop words, each once.
    words: Vec<Word>,
    items: Vec<Item>,
    /// The guide's word groups. The search uses only those whose words mean the same.
    groups: Vec<WordGroup>,
    /// Words that never count as misspellings of other words.
    exact_words: Vec<String>,
    /// Common words that searches ignore, such as `the`.
    stop_words: BTreeSet<String>,
    /// The stemming algorithm of the guide's language, if there is one.
    algorithm: Option<Algorithm>,
}

impl Index {
    /// Creates the index of `guide`, which is written in the language of `text`.
    #[must_use]
    pub fn of(guide: &Guide, text: &Text) -> Self {
        // Skip texts about the guide itself and about symptoms in general, because they have no page that a hit could lead to.
        Self::of_entries(guide, entries(guide).into_iter().filter(|entry| entry.kind != Kind::Guide).collect(), text)
    }

    /// Creates an index of these entries. The entries of an item must be next to each other.
    pub(super) fn of_entries(guide: &Guide, entries: Vec<Entry>, text: &Text) -> Self {
        let stop_words: BTreeSet<String> = words(&t!(text, search_stop_words)).collect();
        let algorithm = algorithm(&text.language());
        let mut indexes: BTreeMap<String, usize> = BTreeMap::new();
        let mut items: Vec<Item> = Vec::new();
        for Entry { kind, id, title, text, weight, .. } in entries {
            let EntryText::Text(text) = text else { continue };
            let significant = words(&text).filter(|word| !stop_words.contains(word));
            let word = |word| {
                let next = indexes.len();
                *indexes.entry(word).or_insert(next)
            };
            let words = significant.map(word).collect();
            if items.last().is_none_or(|item| item.kind != kind || item.id != id) {
                items.push(Item { kind, id, title, texts: Vec::new() });
            }
            // Texts with weight 0 appear on pages, but aren't searched.
            if let Some(item) = items.last_mut().filter(|_| weight > 0) {
                item.texts.push(Words { weight, text, words });
            }
        }
        let mut indexes: Vec<(String, usize)> = indexes.into_iter().collect();
        indexes.sort_unstable_by_key(|(_, index)| *index);
        let words = indexes.into_iter().map(|(text, _)| Word { stem: stem(algorithm, &text), text }).collect();
        let groups = guide.symptom_check.as_ref().map(|check| check.groups.clone()).unwrap_or_default();
        let exact_words = guide.symptom_check.as_ref().map(|check| check.exact_words.clone()).unwrap_or_default();
        Self { words, items, groups, exact_words, stop_words, algorithm }
    }

    /// Returns the best hits for the words in `query`, at most `most` of them. The words can be incomplete or misspelled.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit> {
        let all: Vec<String> = words(query).collect();
        let significant: Vec<String> =
            all.iter().filter(|word| word.chars().count() > 1 && !self.stop_words.contains(*word)).cloned().collect();
        let mut wanted = if significant.is_empty() { all } else { significant };
        wanted.sort_unstable();
        wanted.dedup();
        let Some(query) = Query::of(self, &wanted) else { return Vec::new() };
        let share =
            |item: &Item| query.matched_weight(&query.best_matches(item.texts.iter().flat_map(|text| &text.words))) / query.total;
        let shares: Vec<(f64, &Item)> = self.items.iter().map(|item| (share(item), item)).collect();
        // If no item matches enough, the best matches are better than no results.
        let least = shares.iter().map(|(share, _)| *share * NEARLY_BEST).fold(0.0, f64::max).min(MIN_SHARE);
        let kept = shares.into_iter().filter(|(share, _)| *share >= least);
        let mut ranked: Vec<(f64, &Item)> = kept.map(|(share, item)| (share * item.score(&query), item)).collect();
        let best = ranked.iter().map(|(score, _)| *score).fold(0.0, f64::max);
        ranked.retain(|(score, _)| *score >= MIN_SCORE * best);
        ranked.sort_by(|(a, one), (b, other)| {
            one.comes_last().cmp(&other.comes_last()).then(b.total_cmp(a)).then_with(|| one.title.cmp(&other.title))
        });
        ranked.truncate(most);
        ranked.into_iter().map(|(score, item)| item.hit(score, &query)).collect()
    }

    /// Returns how similar each word of the guide is to `wanted`, from 0 to 1.
    ///
    /// Typos are tolerated only if `wanted` has at least five letters and no word matches without them. Then only the words with the fewest typos
    /// match, and words whose stem is, or begins with, the stem of one of them.
    fn likenesses(&self, wanted: &str) -> Vec<f64> {
        let (root, length) = (stem(self.algorithm, wanted), wanted.chars().count());
        let same = words_with_same_meaning(&self.groups, wanted, &self.exact_words);
        let like = |word: &Word| {
            if word.text == wanted {
                1.0
            } else if word.stem == root {
                0.9
            } else if same.iter().any(|same| begins_with(&word.text, same)) {
                0.8
            } else if begins_with(&word.text, wanted) || begins_with(&word.stem, &root) {
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
        let distance_to = |word: &Word| {
            let other = word.text.chars().count();
            (other >= 4 && other.abs_diff(length) <= most)
                .then(|| osa_distance(wanted, &word.text))
                .filter(|distance| *distance <= most)
        };
        let distances: Vec<Option<usize>> = self.words.iter().map(distance_to).collect();
        let Some(least) = distances.iter().flatten().min().copied() else { return likenesses };
        // The stems of the words with the fewest typos. Other words whose stem is, or begins with, one of these match too.
        let meant: BTreeSet<&str> = self
            .words
            .iter()
            .zip(&distances)
            .filter(|(_, distance)| **distance == Some(least))
            .map(|(word, _)| word.stem.as_str())
            .collect();
        for (likeness, word) in likenesses.iter_mut().zip(&self.words) {
            let starts = meant.iter().any(|stem| begins_with(&word.stem, stem));
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

/// The words of a search.
struct Query {
    /// For each search word, its similarity to each word of the guide, from 0 to 1.
    likenesses: Vec<Vec<f64>>,
    /// For each word of the guide, whether it matches any search word.
    any: Vec<bool>,
    /// The weight of each search word. It's higher if fewer items contain the word.
    weights: Vec<f64>,
    /// The sum of `weights`.
    total: f64,
}

impl Query {
    /// Prepares a search for the words `wanted`. Returns `None` if no word of the guide matches.
    fn of(index: &Index, wanted: &[String]) -> Option<Self> {
        let likenesses: Vec<Vec<f64>> = wanted.iter().map(|word| index.likenesses(word)).collect();
        let any: Vec<bool> =
            (0..index.words.len()).map(|word| likenesses.iter().any(|like: &Vec<f64>| like[word] > 0.0)).collect();
        let mut query = Self { likenesses, any, weights: Vec::new(), total: 0.0 };
        let mut matched_items = vec![0.0; wanted.len()];
        for item in &index.items {
            let matches = query.best_matches(item.texts.iter().flat_map(|text| &text.words));
            matched_items.iter_mut().zip(matches).for_each(|(count, matched)| *count += matched);
        }
        // A search word that no item contains has the highest weight.
        query.weights = matched_items.iter().map(|count: &f64| ((1.0 + index.items.len() as f64) / (1.0 + count)).ln()).collect();
        query.total = query.weights.iter().sum();
        (matched_items.iter().any(|count| *count > 0.0) && query.total > 0.0).then_some(query)
    }

    /// For each search word, returns its highest similarity to any of `words`, which are indexes into [`Index::words`].
    fn best_matches<'w>(&self, words: impl Iterator<Item = &'w usize>) -> Vec<f64> {
        let mut matches = vec![0.0; self.likenesses.len()];
        for word in words.filter(|word| self.any[**word]) {
            for (best, like) in matches.iter_mut().zip(&self.likenesses) {
                *best = f64::max(*best, like[*word]);
            }
        }
        matches
    }

    /// Returns how much of the search words' weight is matched. `matches` holds, for each search word, how well it's matched, from 0 to 1.
    fn matched_weight(&self, matches: &[f64]) -> f64 {
        self.weights.iter().zip(matches).map(|(weight, matched)| weight * matched).sum()
    }
}

impl Item {
    /// Whether the item comes after all other items in the results. True for facts and derived facts, because people search for answers, not for what
    /// the guide asks or derives.
    fn comes_last(&self) -> bool {
        matches!(self.kind, Kind::Fact | Kind::Derived | Kind::Guide)
    }

    /// Returns the item's score: twice the score of the text that matches best, plus the score of the best match for each search word, whichever text
    /// it's in.
    fn score(&self, query: &Query) -> f64 {
        let mut together: f64 = 0.0;
        let mut apart: Vec<f64> = vec![0.0; query.weights.len()];
        for text in self.texts.iter().filter(|text| text.words.iter().any(|word| query.any[*word])) {
            let matches = query.best_matches(text.words.iter());
            let weight = f64::from(text.weight) * text.fullness(query);
            let matched = query.matched_weight(&matches);
            together = together.max(weight * matched * matched / query.total);
            for (best, matches) in apart.iter_mut().zip(matches) {
                *best = f64::max(*best, weight * matches);
            }
        }
        2.0 * together + query.matched_weight(&apart)
    }

    fn hit(&self, score: f64, query: &Query) -> Hit {
        // The snippet is the sentence that matches best, or the item's first sentence if none matches.
        let matched = |text: &Words| query.matched_weight(&query.best_matches(text.words.iter()));
        let sentences = self.texts.iter().filter(|text| text.weight < NAME_WEIGHT).map(|text| (matched(text), text));
        let best = sentences.rev().max_by(|(a, _), (b, _)| a.total_cmp(b));
        let snippet = best.map_or_else(|| self.title.clone(), |(_, text)| text.text.clone());
        Hit { kind: self.kind, id: self.id.clone(), title: self.title.clone(), snippet, score: (score * 100.0) as u32 }
    }
}

impl Words {
    /// Returns how completely the search words match a name, from 0.4 to 1. It's always 1 for a sentence, because nobody searches for a
    /// whole sentence.
    fn fullness(&self, query: &Query) -> f64 {
        if self.weight < NAME_WEIGHT || self.words.is_empty() {
            return 1.0;
        }
        let matches = self.words.iter().filter(|word| query.any[**word]).count();
        0.4 + 0.6 * matches as f64 / self.words.len() as f64
    }
}

/// Splits a text into words, in lowercase. Apostrophes are removed and don't split words.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text: String = text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Whether `word` begins with `start`. If `start` has three letters, `word` can have at most one more. A shorter `start` never matches.
fn begins_with(word: &str, start: &str) -> bool {
    let length = start.chars().count();
    word.starts_with(start) && (length >= 4 || length == 3 && word.chars().count() <= 4)
}

/// Returns the stemming algorithm for a language tag, or `None` if there is no algorithm for the language.
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

/// Returns the stem of a word, which its forms share: the stem of `operations`, `operating` and `operated` is `oper`.
fn stem(algorithm: Option<Algorithm>, word: &str) -> String {
    algorithm.map_or_else(|| word.to_owned(), |algorithm| Stemmer::create(algorithm).stem(word).into_owned())
}
