//! Searches a guide's names and sentences. The search tolerates misspelled and incomplete words.

mod index;
mod listed;

pub use index::Index;
pub use listed::{Found, ListIndex, treatment_of};
use sarcoguide_model::{Guide, PassageId, Statement, Truth, Urgency};

/// The kind of thing that an [`Entry`] belongs to, or that a search found (see [`Hit`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A treatment.
    Treatment,
    /// An adverse effect.
    Effect,
    /// A type of the disease.
    Type,
    /// A term of the glossary.
    Term,
    /// A member of the treatment team.
    Team,
    /// A link to a website, or a phone number.
    Link,
    /// A fact of the vocabulary.
    Fact,
    /// A derived fact.
    Derived,
    /// The guide itself.
    Guide,
}

impl Kind {
    /// Returns the ID of the kind, as used in files and messages.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Effect => "effect",
            Self::Type => "type",
            Self::Term => "term",
            Self::Team => "team",
            Self::Link => "link",
            Self::Fact => "fact",
            Self::Derived => "derived",
            Self::Guide => "guide",
        }
    }
}

/// A name or text of the guide, and the thing that it belongs to, such as a treatment. The search index and the readability grades are
/// computed from these entries.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The kind of thing that the text belongs to.
    pub kind: Kind,
    /// The ID of the thing.
    pub id: String,
    /// The name of the thing, as shown to people.
    pub title: String,
    /// The text. An entry for the name of the thing repeats the title here.
    pub text: EntryText,
    /// The weight of each word in the search: 6 or 8 in names, 1 or 2 in other text, and 0 in text that isn't searched. Entries of
    /// [`Kind::Guide`] aren't searched either, whatever their weight.
    pub weight: u32,
    /// The passages that support the text.
    pub from: Vec<PassageId>,
}

/// The text of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryText {
    /// A name, or text of the guide.
    Text(String),
    /// How soon to call about an adverse effect.
    Urgency(Urgency),
    /// The scope of the guide: which cases it covers.
    Scope,
}

/// A result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// The kind of thing that was found.
    pub kind: Kind,
    /// The ID of the thing.
    pub id: String,
    /// The name of the thing, as shown to people.
    pub title: String,
    /// The sentence that matches the search best, or the title if there are no sentences.
    pub snippet: String,
    /// How well the hit matches the search; higher is better.
    pub score: u32,
}

/// The ID of entries that belong to the guide itself.
const GUIDE: &str = "guide";

/// Returns the names and texts of a guide, each with the thing that it belongs to.
#[must_use]
pub fn entries(guide: &Guide) -> Vec<Entry> {
    let mut all = Vec::new();
    let name = |text: &str| (text.to_owned(), 8, Vec::new());
    let other_names = |texts: &[String]| texts.iter().map(|text| (text.clone(), 6, Vec::new())).collect::<Vec<_>>();
    let with_sources = |statement: &Statement| (statement.text.clone(), 1, statement.from.clone());
    for treatment in &guide.treatments {
        let mut texts = vec![name(&treatment.name), (treatment.summary.clone(), 2, Vec::new())];
        texts.extend(other_names(&treatment.brands));
        texts.extend(other_names(&treatment.synonyms));
        texts.extend(treatment.statement_lists().flat_map(|(_, statements)| statements).map(with_sources));
        texts.extend(treatment.indications.iter().map(|entry| (entry.sentence(Truth::Unknown), 1, entry.rule.from.clone())));
        texts.extend(treatment.contraindications.iter().map(|entry| (entry.text.clone(), 1, entry.rule.from.clone())));
        let instead =
            treatment.contraindications.iter().filter_map(|entry| Some((entry.instead.clone()?, 1, entry.rule.from.clone())));
        texts.extend(instead);
        texts.extend(treatment.precautions.iter().map(|entry| (entry.text.clone(), 1, entry.rule.from.clone())));
        texts.extend(treatment.availability.iter().map(|entry| with_sources(&entry.statement)));
        texts.extend(treatment.outcomes.iter().map(|entry| (entry.text.clone(), 1, entry.from.clone())));
        texts.extend(treatment.effects.iter().map(|entry| {
            let effect = &guide[entry.effect].name;
            let text = entry.text.as_ref().map_or_else(|| effect.clone(), |text| format!("{effect}: {text}"));
            (text, 1, entry.from.clone())
        }));
        texts.extend(treatment.administrations.iter().map(|entry| with_sources(&entry.statement)));
        texts.extend(treatment.phases.iter().map(|entry| with_sources(&entry.statement)));
        texts.extend(treatment.required_tests.iter().map(|entry| with_sources(&entry.statement)));
        add(&mut all, Kind::Treatment, &treatment.id, &treatment.name, texts);
    }
    for effect in &guide.effects {
        let mut texts = vec![name(&effect.name)];
        texts.extend(effect.term.as_ref().map(|term| (term.clone(), 6, Vec::new())));
        texts.extend(other_names(&effect.synonyms));
        for list in [&effect.what, &effect.feels_like, &effect.helps] {
            texts.extend(list.iter().map(with_sources));
        }
        texts.extend(effect.calls.iter().map(|call| with_sources(&call.statement)));
        add(&mut all, Kind::Effect, &effect.id, &effect.name, texts);
        all.push(Entry {
            kind: Kind::Effect,
            id: effect.id.clone(),
            title: effect.name.clone(),
            text: EntryText::Urgency(effect.urgency),
            weight: 0,
            from: effect.urgency_from.clone(),
        });
    }
    for subtype in &guide.types {
        let mut texts = vec![name(&subtype.name)];
        texts.extend(other_names(&subtype.synonyms));
        texts.extend(subtype.codes.values().map(|code| (code.clone(), 6, Vec::new())));
        texts.extend(subtype.special.iter().map(with_sources));
        add(&mut all, Kind::Type, &subtype.id, &subtype.name, texts);
    }
    for term in &guide.glossary {
        let mut texts = vec![name(&term.name), with_sources(&term.statement)];
        texts.extend(other_names(&term.synonyms));
        add(&mut all, Kind::Term, &term.id, &term.name, texts);
    }
    for member in &guide.team {
        add(&mut all, Kind::Team, &member.id, &member.name, vec![name(&member.name), with_sources(&member.statement)]);
    }
    for link in &guide.links {
        add(&mut all, Kind::Link, &link.id, &link.name, vec![name(&link.name), with_sources(&link.statement)]);
    }
    for fact in &guide.facts {
        let question = (fact.question.clone(), 1, Vec::new());
        let why = fact.why.clone().map(|why| (why, 1, fact.from.clone()));
        let found = fact.where_to_find.clone().map(|found| (found, 1, Vec::new()));
        let help = fact.domain.values().iter().filter_map(|value| Some((value.help.clone()?, 1, Vec::new())));
        add(
            &mut all,
            Kind::Fact,
            &fact.id,
            &fact.name,
            [name(&fact.name), question].into_iter().chain(why).chain(found).chain(help).collect(),
        );
    }
    for derived in &guide.derived {
        let mut texts = vec![name(&derived.name), (derived.explain.clone(), 1, derived.from.clone())];
        texts.extend(derived.rows.iter().filter_map(|row| Some((row.text.clone()?, 0, row.rule.from.clone()))));
        add(&mut all, Kind::Derived, &derived.id, &derived.name, texts);
    }
    all.push(Entry {
        kind: Kind::Guide,
        id: GUIDE.to_owned(),
        title: guide.name.clone(),
        text: EntryText::Scope,
        weight: 0,
        from: guide.scope.from.clone(),
    });
    let mut texts = vec![with_sources(&guide.disclaimer)];
    texts.extend(guide.source_rules.iter().map(with_sources));
    texts.extend(guide.out_of_scope.iter().map(|entry| with_sources(&entry.statement)));
    texts.extend(guide.out_of_scope.iter().map(|entry| (entry.where_to_look.clone(), 1, entry.statement.from.clone())));
    texts.extend(guide.no_treatment_indicated.iter().map(|entry| with_sources(&entry.statement)));
    texts.extend(guide.team_questions.iter().map(|question| with_sources(&question.statement)));
    texts.push((guide.review.clone(), 1, Vec::new()));
    let terms = [&guide.timings, &guide.intents].into_iter().flatten().map(|term| &term.help);
    let terms = terms.chain(guide.strengths.iter().map(|strength| &strength.help));
    let frequencies = guide.frequencies.iter().map(|words| &words.help);
    let constraints = guide.hard_constraints().map(|(_, constraint)| &constraint.text);
    let plain = terms.chain(frequencies).chain(constraints).chain(guide.about.iter().map(|about| &about.text));
    texts.extend(plain.map(|text| (text.clone(), 1, Vec::new())));
    if let Some(exercise) = &guide.exercise {
        texts.push(with_sources(&exercise.statement));
        texts.extend(exercise.values.iter().map(|value| with_sources(&value.statement)));
        texts.extend(
            exercise.values.iter().flat_map(|value| [&value.question, &value.ask]).map(|text| (text.clone(), 1, Vec::new())),
        );
    }
    if let Some(check) = &guide.symptom_check {
        let urgencies = check.urgencies.iter().map(|words| &words.statement);
        let signs = check.recognized_signs.iter().map(|sign| &sign.statement);
        let flags = check.red_flags.iter().map(|flag| &flag.statement);
        let floors = check.floors.iter().map(|floor| &floor.statement);
        let calls = check.calls.iter().map(|call| &call.statement);
        let crisis = check.crisis.iter().flat_map(|crisis| std::iter::once(&crisis.always).chain(&crisis.statements));
        let others = [&check.unsure, &check.not_recognized].into_iter().chain(&check.know);
        let statements = flags.chain(signs).chain(urgencies).chain(calls).chain(floors).chain(crisis).chain(others);
        texts.extend(statements.map(with_sources));
    }
    add(&mut all, Kind::Guide, GUIDE, &guide.name, texts);
    all
}

fn add(all: &mut Vec<Entry>, kind: Kind, id: &str, title: &str, texts: Vec<(String, u32, Vec<PassageId>)>) {
    let entry = |(text, weight, from)| Entry {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        text: EntryText::Text(text),
        weight,
        from,
    };
    all.extend(texts.into_iter().map(entry));
}

/// Splits a text into words, in lowercase.
pub(crate) fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
