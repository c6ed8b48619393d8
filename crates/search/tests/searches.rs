//! Tests that searches find what people look for, and rank it first.

use sarcoguide_search::search::Index;
use sarcoguide_text::Text;
use serde::Deserialize;

#[derive(Deserialize)]
struct Searches {
    search: Vec<Search>,
}

/// A search and its expected hits. A hit is written as its kind and ID, such as `treatment amputation`.
#[derive(Deserialize)]
struct Search {
    words: String,
    /// One of these hits must come first.
    #[serde(default)]
    first: Vec<String>,
    /// All of these must be among the first three hits.
    #[serde(default)]
    within: Vec<String>,
    /// None of these may be found.
    #[serde(default)]
    absent: Vec<String>,
    /// The maximum number of hits.
    most: Option<usize>,
}

#[test]
fn searches_find_the_expected_items_first() {
    let index = Index::of(&sarcoguide_bundled::guide(), Text::english());
    let searches: Searches = toml::from_str(include_str!("data/searches.toml")).expect("TOML");
    let mut wrong = Vec::new();
    for search in &searches.search {
        let hits = index.search(&search.words, 30);
        let names: Vec<String> = hits.iter().map(|hit| format!("{} {}", hit.kind.id(), hit.id)).collect();
        let first = search.first.is_empty() || names.first().is_some_and(|name| search.first.contains(name));
        let within = search.within.iter().all(|name| names.iter().take(3).any(|found| found == name));
        let absent = search.absent.iter().all(|name| !names.contains(name));
        let few = search.most.is_none_or(|most| names.len() <= most);
        if !(first && within && absent && few) {
            let shown: Vec<String> = hits.iter().zip(&names).take(6).map(|(hit, name)| format!("{name} {}", hit.score)).collect();
            wrong.push(format!("{:?} ({}): {}", search.words, names.len(), shown.join(", ")));
        }
    }
    assert!(searches.search.len() >= 60, "{} searches", searches.search.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), searches.search.len(), wrong.join("\n"));
}

#[test]
fn facts_come_last_and_treatments_effects_and_types_are_found_by_name() {
    let guide = sarcoguide_bundled::guide();
    let index = Index::of(&guide, Text::english());
    for words in ["radation", "chemo", "will I lose my leg", "pregnant", "stage"] {
        let kinds: Vec<&str> = index.search(words, 100).iter().map(|hit| hit.kind.id()).collect();
        let is_last = |kind: &&str| ["fact", "derived", "guide"].contains(kind);
        assert!(kinds.is_sorted_by_key(is_last), "{words}: {kinds:?}");
    }
    let treatments = guide.treatments.iter().map(|entry| (&entry.name, &entry.id));
    let effects = guide.effects.iter().map(|entry| (&entry.name, &entry.id));
    let types = guide.types.iter().map(|entry| (&entry.name, &entry.id));
    let mut wrong = Vec::new();
    for (name, id) in treatments.chain(effects).chain(types) {
        let found = index.search(name, 3);
        if !found.iter().any(|hit| hit.id == *id) {
            wrong.push(format!("{name}: {:?}", found.iter().map(|hit| &hit.title).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn any_text_can_be_searched_for() {
    let index = Index::of(&sarcoguide_bundled::guide(), Text::english());
    for words in ["", " ", "?!", "a", "i", "the", "xylophone", "\u{202e}\u{0}", "schmerzen im bein", &"pain ".repeat(500)] {
        assert!(index.search(words, 20).len() <= 20);
    }
    for words in ["", "?!", "xylophone", "qwertzuiop"] {
        assert!(index.search(words, 20).is_empty(), "{words}: {:?}", index.search(words, 3));
    }
}
