//! Search over the guide's words that forgives spelling.

use std::collections::BTreeMap;

use sarcoguide_model::{Guide, PassageId, Statement};

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A treatment.
    Treatment,
    /// An adverse effect.
    Effect,
    /// A tumor type.
    Type,
    /// A term of the glossary.
    Term,
    /// A member of the team.
    Team,
    /// A link.
    Link,
    /// A fact of the vocabulary.
    Fact,
    /// A derived fact.
    Derived,
    /// The guide itself.
    Guide,
}

impl Kind {
    /// Its name for a person.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Effect => "effect",
            Self::Type => "type",
            Self::Term => "term",
            Self::Team => "team",
            Self::Link => "link",
            Self::Fact => "fact",
            Self::Derived => "derived fact",
            Self::Guide => "guide",
        }
    }
}

/// A piece of the guide that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it belongs to.
    pub kind: Kind,
    /// The name in files of what it belongs to.
    pub id: String,
    /// The name for a person of what it belongs to.
    pub title: String,
    /// What it says; the title itself for a name.
    pub text: String,
    /// How much a word in it counts: 1 for a sentence, more for names.
    pub weight: u32,
    /// The passages behind it.
    pub from: Vec<PassageId>,
}

/// A result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its name in files.
    pub id: String,
    /// Its name for a person.
    pub title: String,
    /// Where the words stand.
    pub snippet: String,
    /// How well it fits; the best first.
    pub score: u32,
}

/// Every sentence and name of the guide, with what it belongs to.
#[must_use]
pub fn entries(guide: &Guide) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut add = |kind: Kind, id: &str, title: &str, texts: Vec<(String, u32, Vec<PassageId>)>| {
        let entry = |(text, weight, from)| Entry { kind, id: id.to_owned(), title: title.to_owned(), text, weight, from };
        all.extend(texts.into_iter().map(entry));
    };
    let name = |text: &str| (text.to_owned(), 8, Vec::new());
    let also = |texts: &[String]| texts.iter().map(|text| (text.clone(), 6, Vec::new())).collect::<Vec<_>>();
    let said = |statement: &Statement| (statement.text.clone(), 1, statement.from.clone());
    for treatment in &guide.treatments {
        let mut texts = vec![name(&treatment.name), (treatment.summary.clone(), 2, Vec::new())];
        texts.extend(also(&treatment.brands));
        for list in [&treatment.what, &treatment.unknowns, &treatment.monitoring, &treatment.questions] {
            texts.extend(list.iter().map(said));
        }
        texts.extend(treatment.indications.iter().map(|entry| (entry.text.clone(), 1, entry.rule.from.clone())));
        texts.extend(treatment.contraindications.iter().map(|entry| (entry.text.clone(), 1, entry.rule.from.clone())));
        let instead =
            treatment.contraindications.iter().filter_map(|entry| Some((entry.instead.clone()?, 1, entry.rule.from.clone())));
        texts.extend(instead);
        texts.extend(treatment.precautions.iter().map(|entry| (entry.text.clone(), 1, entry.rule.from.clone())));
        texts.extend(treatment.availability.iter().map(|entry| said(&entry.statement)));
        texts.extend(treatment.outcomes.iter().map(|entry| (entry.text.clone(), 1, entry.from.clone())));
        texts.extend(treatment.effects.iter().map(|entry| {
            let effect = &guide.effects[entry.effect.index()].name;
            let text = entry.text.as_ref().map_or_else(|| effect.clone(), |text| format!("{effect}: {text}"));
            (text, 1, entry.from.clone())
        }));
        texts.extend(treatment.administrations.iter().map(|entry| said(&entry.statement)));
        texts.extend(treatment.phases.iter().map(|entry| said(&entry.statement)));
        texts.extend(treatment.tests_first.iter().map(|entry| said(&entry.statement)));
        texts.extend(treatment.disagreements.iter().map(|entry| said(&entry.statement)));
        add(Kind::Treatment, &treatment.id, &treatment.name, texts);
    }
    for effect in &guide.effects {
        let mut texts = vec![name(&effect.name)];
        texts.extend(effect.term.as_ref().map(|term| (term.clone(), 6, Vec::new())));
        texts.extend(also(&effect.also));
        for list in [&effect.what, &effect.feels_like, &effect.helps] {
            texts.extend(list.iter().map(said));
        }
        texts.extend(effect.calls.iter().map(|call| said(&call.statement)));
        let urgency = format!("how urgent: {}", effect.urgency.id());
        texts.push((urgency, 0, effect.urgency_from.clone()));
        add(Kind::Effect, &effect.id, &effect.name, texts);
    }
    for histology in &guide.histologies {
        let mut texts = vec![name(&histology.name)];
        texts.extend(also(&histology.also));
        texts.extend(histology.codes.values().map(|code| (code.clone(), 6, Vec::new())));
        texts.extend(histology.special.iter().map(said));
        add(Kind::Type, &histology.id, &histology.name, texts);
    }
    for term in &guide.glossary {
        let mut texts = vec![name(&term.name), said(&term.statement)];
        texts.extend(also(&term.also));
        add(Kind::Term, &term.id, &term.name, texts);
    }
    for member in &guide.team {
        add(Kind::Team, &member.id, &member.name, vec![name(&member.name), said(&member.statement)]);
    }
    for link in &guide.links {
        add(Kind::Link, &link.id, &link.name, vec![name(&link.name), said(&link.statement)]);
    }
    for fact in &guide.facts {
        let question = (fact.question.clone(), 1, Vec::new());
        let why = fact.why.clone().map(|why| (why, 1, fact.from.clone()));
        let found = fact.found.clone().map(|found| (found, 1, Vec::new()));
        let help = fact.domain.values().iter().filter_map(|value| Some((value.help.clone()?, 1, Vec::new())));
        add(
            Kind::Fact,
            &fact.id,
            &fact.name,
            [name(&fact.name), question].into_iter().chain(why).chain(found).chain(help).collect(),
        );
    }
    for derived in &guide.derived {
        let mut texts = vec![name(&derived.name), (derived.explain.clone(), 1, derived.from.clone())];
        texts.extend(derived.rows.iter().filter_map(|row| Some((row.text.clone()?, 0, row.rule.from.clone()))));
        add(Kind::Derived, &derived.id, &derived.name, texts);
    }
    let mut texts = vec![said(&guide.disclaimer), ("the guide's scope".to_owned(), 0, guide.scope.from.clone())];
    texts.extend(guide.source_rules.iter().map(said));
    texts.extend(guide.out_of_scope.iter().map(|entry| said(&entry.statement)));
    texts.extend(guide.out_of_scope.iter().map(|entry| (entry.where_to_look.clone(), 1, entry.statement.from.clone())));
    texts.extend(guide.nothing_due.iter().map(|entry| said(&entry.statement)));
    texts.push((guide.review.clone(), 1, Vec::new()));
    let terms = [&guide.timings, &guide.intents, &guide.strengths].into_iter().flatten().map(|term| &term.help);
    let frequencies = guide.frequencies.iter().map(|words| &words.help);
    let constraints = guide.constraints.iter().map(|constraint| &constraint.text);
    let plain = terms.chain(frequencies).chain(constraints).chain(guide.about.iter().map(|about| &about.text));
    texts.extend(plain.map(|text| (text.clone(), 1, Vec::new())));
    if let Some(exercise) = &guide.exercise {
        texts.push(said(&exercise.statement));
        texts.extend(exercise.values.iter().map(|value| said(&value.statement)));
        texts.extend(
            exercise.values.iter().flat_map(|value| [&value.question, &value.ask]).map(|text| (text.clone(), 1, Vec::new())),
        );
    }
    if let Some(check) = &guide.symptom_check {
        let urgencies = check.urgencies.iter().map(|words| &words.statement);
        let signs = check.signs.iter().map(|sign| &sign.statement);
        let at_least = check.at_least.iter().map(|entry| &entry.statement);
        let calls = check.calls.iter().map(|call| &call.statement);
        let statements = signs.chain(urgencies).chain(calls).chain(at_least).chain([&check.unsure.statement]).chain(&check.know);
        texts.extend(statements.map(said));
    }
    add(Kind::Guide, "guide", &guide.name, texts);
    all
}

/// The words of a guide, ready to be searched.
#[derive(Clone, Debug)]
pub struct Index {
    /// Every word once.
    words: Vec<String>,
    /// What can be found, each with the places of its words.
    entries: Vec<(Entry, Vec<usize>)>,
}

impl Index {
    /// The words of `guide`.
    #[must_use]
    pub fn of(guide: &Guide) -> Self {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut entries: Vec<(Entry, Vec<usize>)> = entries(guide).into_iter().map(|entry| (entry, Vec::new())).collect();
        for (entry, words) in &mut entries {
            for word in split(&entry.text) {
                let next = places.len();
                words.push(*places.entry(word).or_insert(next));
            }
        }
        let mut words = vec![String::new(); places.len()];
        for (word, place) in places {
            words[place] = word;
        }
        Self { words, entries }
    }

    /// The best `most` hits for some words. Words may be cut short or misspelled.
    #[must_use]
    pub fn search(&self, words: &str, most: usize) -> Vec<Hit> {
        // How well each word of the guide answers each word that is looked for.
        let likenesses = |wanted: String| self.words.iter().map(|word| likeness(&wanted, word)).collect();
        let wanted: Vec<Vec<u32>> = split(words).map(likenesses).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut found: Vec<Vec<u32>> = Vec::new();
        let mut places: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
        for (entry, here) in &self.entries {
            let best = |wanted: &Vec<u32>| entry.weight * here.iter().map(|word| wanted[*word]).max().unwrap_or(0);
            let scores: Vec<u32> = wanted.iter().map(best).collect();
            if scores.iter().all(|score| *score == 0) {
                continue;
            }
            let total: u32 = scores.iter().sum();
            match places.get(&(entry.kind, entry.id.as_str())) {
                Some(place) => {
                    let hit = &mut hits[*place];
                    if total > hit.score && entry.weight < 8 {
                        hit.snippet.clone_from(&entry.text);
                    }
                    hit.score = hit.score.max(total);
                    found[*place].iter_mut().zip(scores).for_each(|(best, score)| *best = (*best).max(score));
                }
                None => {
                    places.insert((entry.kind, &entry.id), hits.len());
                    let (id, title, snippet) = (entry.id.clone(), entry.title.clone(), entry.text.clone());
                    hits.push(Hit { kind: entry.kind, id, title, snippet, score: total });
                    found.push(scores);
                }
            }
        }
        // Where every word stands, the sum of the best places of all words counts.
        let order = |hits: &mut Vec<Hit>| hits.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.title.cmp(&b.title)));
        let telling: Vec<f64> = (0..wanted.len())
            .map(|word| (1.0 + hits.len() as f64) / (1.0 + found.iter().filter(|best| best[word] > 0).count() as f64))
            .map(f64::ln)
            .collect();
        let (whole, rest): (Vec<_>, Vec<_>) =
            hits.into_iter().zip(found).partition(|(_, best)| best.iter().all(|score| *score > 0));
        let mut hits: Vec<Hit> = whole.into_iter().map(|(hit, best)| Hit { score: best.iter().sum(), ..hit }).collect();
        order(&mut hits);
        // After them, where words stand that tell at least half of what all would: a rare word tells more than a common one.
        let share =
            |best: &[u32]| -> f64 { best.iter().zip(&telling).filter(|(score, _)| **score > 0).map(|(_, told)| told).sum() };
        let half = telling.iter().sum::<f64>() / 2.0;
        let partly = rest.into_iter().filter(|(_, best)| share(best) >= half && half > 0.0);
        let mut partly: Vec<Hit> = partly
            .map(|(hit, best)| Hit {
                score: (best.iter().zip(&telling).map(|(score, told)| f64::from(*score) * told).sum::<f64>()) as u32,
                ..hit
            })
            .collect();
        order(&mut partly);
        hits.extend(partly);
        hits.truncate(most);
        hits
    }
}

/// The best `most` hits of a guide for some words.
#[must_use]
pub fn search(guide: &Guide, words: &str, most: usize) -> Vec<Hit> {
    Index::of(guide).search(words, most)
}

pub(crate) fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// How well a word of the guide answers a word that is looked for: 0 not at all, 10 the same.
pub(crate) fn likeness(wanted: &str, word: &str) -> u32 {
    let length = wanted.chars().count();
    if wanted == word {
        10
    } else if length >= 3 && word.starts_with(wanted) {
        7
    } else if length >= 5 && length.abs_diff(word.chars().count()) <= 2 && sarcoguide_model::nearest(wanted, [word]).is_some() {
        4
    } else {
        0
    }
}
