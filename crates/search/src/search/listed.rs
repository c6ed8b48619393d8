//! Finds the entries of a list that a person searches for by name.

use sarcoguide_model::{FactId, FactList, Guide, Treatment};
use sarcoguide_text::{Text, suggestion};

use super::{Entry, EntryText, Index, Kind};

/// The maximum number of entries that a search returns.
const MAX_FOUND: usize = 10;

/// The maximum number of words of a search that count.
const MAX_WORDS: usize = 12;

/// An index of the names of a list's entries.
#[derive(Clone, Debug)]
pub struct ListIndex {
    index: Index,
    /// The names of the entries, each with the entry's fact.
    names: Vec<(String, FactId)>,
}

/// What a search for an entry of a list found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The entries whose names match, best first. A name matches even if it's incomplete or has a typo. Never empty.
    Matches(Vec<FactId>),
    /// No name matches. These are the entries with the nearest names, if any are near.
    Nearest(Vec<FactId>),
}

impl ListIndex {
    /// Creates the index of a list of `guide`, which is written in the language of `text`. An entry can be found by its name. An entry that is a
    /// treatment can also be found by the treatment's brand names and synonyms.
    #[must_use]
    pub fn of(guide: &Guide, list: &FactList, text: &Text) -> Self {
        let names: Vec<(String, FactId)> = list.facts.iter().flat_map(|fact| names(guide, list, *fact)).collect();
        let entry = |(name, fact): &(String, FactId)| Entry {
            kind: Kind::Fact,
            id: guide[*fact].id.clone(),
            title: list.name_of(*fact).to_owned(),
            text: EntryText::Text(name.clone()),
            weight: if name == list.name_of(*fact) { 8 } else { 6 },
            from: Vec::new(),
        };
        Self { index: Index::of_entries(guide, names.iter().map(entry).collect(), text), names }
    }

    /// Returns the entries that match `words`. Those that match the most words come first, so `words` can contain words that no name has.
    #[must_use]
    pub fn find(&self, guide: &Guide, words: &str) -> Found {
        let words = &without_dots(words);
        let hits = |words: &str| -> Vec<FactId> {
            self.index.search(words, MAX_FOUND).iter().filter_map(|hit| guide.fact(&hit.id)).collect()
        };
        let of_each: Vec<Vec<FactId>> = super::split(words).take(MAX_WORDS).map(|word| hits(&word)).collect();
        let mut found = hits(words);
        for fact in of_each.iter().flatten() {
            if !found.contains(fact) {
                found.push(*fact);
            }
        }
        found.sort_by_key(|fact| std::cmp::Reverse(of_each.iter().filter(|facts| facts.contains(fact)).count()));
        found.truncate(MAX_FOUND);
        if !found.is_empty() {
            return Found::Matches(found);
        }
        let nearest = suggestion(words.trim(), self.names.iter().map(|(name, _)| name.as_str()));
        let is_nearest = |name: &str| nearest.is_some_and(|nearest| nearest == name);
        let mut near: Vec<FactId> = self.names.iter().filter(|(name, _)| is_nearest(name)).map(|(_, fact)| *fact).collect();
        near.dedup();
        Found::Nearest(near)
    }

    /// Returns the entry that has exactly this name, ignoring case. `None` if several have it.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<FactId> {
        let wanted = name.trim().to_lowercase();
        let mut facts: Vec<FactId> =
            self.names.iter().filter(|(name, _)| name.to_lowercase() == wanted).map(|(_, fact)| *fact).collect();
        facts.dedup();
        if let [fact] = facts.as_slice() { Some(*fact) } else { None }
    }
}

/// Writes abbreviations with dots without them: `A.B.C.` becomes `ABC`.
fn without_dots(text: &str) -> String {
    let word = |word: &str| {
        let letters = || word.split('.').filter(|part| !part.is_empty());
        let is_abbreviation =
            letters().count() > 1 && letters().all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
        if is_abbreviation { letters().collect() } else { word.to_owned() }
    };
    text.split_whitespace().map(word).collect::<Vec<String>>().join(" ")
}

/// Returns the treatment that an entry of a list is about, if it's about one.
#[must_use]
pub fn treatment_of(guide: &Guide, fact: FactId) -> Option<&Treatment> {
    guide.treatments.iter().find(|treatment| treatment.given == Some(fact))
}

/// The names of an entry, each with the entry's fact: first its own name, then other names of its treatment.
fn names(guide: &Guide, list: &FactList, fact: FactId) -> Vec<(String, FactId)> {
    let treatment = treatment_of(guide, fact);
    let others = treatment.into_iter().flat_map(|treatment| treatment.brands.iter().chain(&treatment.synonyms));
    std::iter::once(list.name_of(fact)).chain(others.map(String::as_str)).map(|name| (name.to_owned(), fact)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Searches the first list of the built-in guide, and returns the IDs of what was found.
    fn find(words: &str) -> (bool, Vec<String>) {
        let guide = sarcoguide_bundled::guide();
        let index = ListIndex::of(&guide, &guide.fact_lists[0], Text::english());
        let ids = |facts: Vec<FactId>| facts.into_iter().map(|fact| guide[fact].id.clone()).collect();
        match index.find(&guide, words) {
            Found::Matches(facts) => (true, ids(facts)),
            Found::Nearest(facts) => (false, ids(facts)),
        }
    }

    #[test]
    fn an_entry_is_found_by_name_brand_part_or_misspelled_name() {
        let guide = sarcoguide_bundled::guide();
        let list = &guide.fact_lists[0];
        for fact in &list.facts {
            let (matches, found) = find(list.name_of(*fact));
            assert!(matches && found.first() == Some(&guide[*fact].id), "{}: {found:?}", list.name_of(*fact));
        }
        let (treatment, brand) =
            guide.treatments.iter().find_map(|one| Some((one.given?, one.brands.first()?))).expect("a brand");
        assert!(find(brand).1.contains(&guide[treatment].id), "{brand}");
        let name = list.name_of(treatment).to_lowercase();
        let misspelled: String = name.chars().enumerate().filter(|(place, _)| *place != 5).map(|(_, letter)| letter).collect();
        assert!(find(&misspelled).1.contains(&guide[treatment].id), "{misspelled}");
        assert!(find(&name[..6]).1.contains(&guide[treatment].id));
    }

    #[test]
    fn words_that_no_name_has_do_not_hide_what_other_words_find() {
        let guide = sarcoguide_bundled::guide();
        let list = &guide.fact_lists[0];
        let long = list.facts.iter().find(|fact| list.name_of(**fact).len() > 10).expect("a long name");
        let name = list.name_of(*long).to_lowercase();
        let first = name.split(' ').next().expect("a word");
        for words in [format!("{first} every 3 weeks x6"), format!("some {first} chemo"), format!("100 mg {first}")] {
            assert!(find(&words).1.contains(&guide[*long].id), "{words}: {:?}", find(&words));
        }
        assert_eq!(without_dots("A.B.C. twice, 5.5 mg"), "ABC twice, 5.5 mg");
    }

    #[test]
    fn an_unknown_name_finds_the_nearest_ones_or_nothing() {
        assert_eq!(find("qqqqqqqq"), (false, Vec::new()));
        assert_eq!(find(""), (false, Vec::new()));
    }
}
