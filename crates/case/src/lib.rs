//! Reads cases from JSON, TOML or individual typed answers. A case consists of facts about one person, with their values.
//!
//! A fact that a case leaves out is unknown. A fact or value that the guide doesn't have is an error. The error says where the problem is and, if
//! possible, which name was probably meant. This crate never replaces a value with a guess, and never rounds or drops a value.
//!
//! ```
//! # use sarcoguide_model::{Decimal, Domain, Fact, FactKind};
//! use sarcoguide_case::{Format, read};
//! use sarcoguide_model::{FactId, FactValue};
//!
//! # let number = |n| Decimal::from_whole(n).expect("a small number");
//! # let age = Fact {
//! #     id: "age".to_owned(),
//! #     name: "Age".to_owned(),
//! #     area: "person".to_owned(),
//! #     kind: FactKind::Number,
//! #     domain: Domain::Number { unit: "years".to_owned(), min: number(0), max: number(120) },
//! #     question: "How old are you?".to_owned(),
//! #     why: None,
//! #     where_to_find: None,
//! #     phrases: Vec::new(),
//! #     limit_excludes_min: false,
//! #     takes_largest: false,
//! #     accepts_synonyms: false,
//! #     codes: Default::default(),
//! #     from: Vec::new(),
//! # };
//! # let guide = sarcoguide_testkit::empty_guide(vec![age]);
//! // This guide has one fact, `age`.
//! let file = read(&guide, br#"{"facts": {"age": 54}}"#, Format::Json).expect("a case");
//! assert_eq!(file.case.get(FactId::new(0)), FactValue::Number(Decimal::from_whole(54).expect("a small number")));
//!
//! let error = read(&guide, br#"{"facts": {"agee": 54}}"#, Format::Json).expect_err("an unknown fact");
//! assert!(error.to_string().contains("did you mean `age`?"));
//! ```

mod answer;
mod error;
mod format;
mod json;
mod list;
mod number;
mod schema;
mod toml;
mod unit;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::{
    Case, ClosedSet, EarlierAnswer, FactId, FactValue, Guide, OwnQuestion, PartialDate, Standing, Verdict, WeighedValue, is_id,
};
use serde::Serialize;
use serde_json::value::RawValue;

use error::meant;
use format::BYTE_ORDER_MARK;
use written::{ANSWERED, Answered, Entry, FACTS, Parts, Raw, STANDINGS, UNKNOWN, VERDICTS, WHAT_MATTERS};

pub use answer::{parse_answer, parse_number, toml_value, value_misspelled, values_meant};
pub use error::{CaseError, Choices, FactName, Kind, Place, Problem, is_bidi_control, shown};
pub use format::Format;
pub use list::{complete, list_is_complete};
pub use number::written_interval;
pub use schema::schema;
pub use unit::convert;
pub use written::COMPLETE;

/// The maximum size of a case in bytes (64 kB). A case that states every fact has about a tenth of this size.
pub const MAX_BYTES: usize = 64 << 10;

/// The contents of a case file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The facts.
    pub case: Case,
    /// The facts that the file explicitly states as unknown, in the order of [`Guide::facts`]. For verdicts, they're the same as facts that the file
    /// leaves out.
    pub unknown: Vec<FactId>,
    /// The person's preferences, in the order of the guide's values exercise. They don't affect any verdict.
    pub preferences: Vec<WeighedValue>,
    /// The person's own list of questions for a visit: at most [`OwnQuestion::MAX_COUNT`]. They don't affect any verdict.
    pub questions: Vec<OwnQuestion>,
    /// The verdicts at the time the case was saved, and the guide that gave them.
    pub earlier: Option<EarlierAnswer>,
    /// The entries that this guide can't read, because the case was saved with another guide.
    pub unreadable: Vec<Unreadable>,
}

/// An entry that this guide can't read, in a case that was saved with another guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The part that contains the entry: `facts` or `what_matters`.
    pub part: &'static str,
    /// The name of the fact or preference.
    pub name: String,
    /// The value as written.
    pub value: serde_json::Value,
    /// The reason why the entry can't be read.
    pub error: CaseError,
}

impl Unreadable {
    /// Whether this entry states a known value of a fact. Only such an entry can have affected a verdict.
    #[must_use]
    pub fn is_known_fact(&self) -> bool {
        self.part == FACTS && !self.value.is_null() && self.value != UNKNOWN
    }
}

impl CaseFile {
    /// Creates a case file that contains only the facts of `case`.
    #[must_use]
    pub fn of(case: Case) -> Self {
        Self { case, unknown: Vec::new(), preferences: Vec::new(), questions: Vec::new(), earlier: None, unreadable: Vec::new() }
    }

    /// Writes the file as JSON. With the same guide, [`from_json`] returns an equal `CaseFile`. Numbers are written with their units, so that they're
    /// converted or rejected if another guide uses a different unit for the fact.
    #[must_use]
    pub fn to_json(&self, guide: &Guide) -> String {
        self.write(guide, true)
    }

    fn write(&self, guide: &Guide, with_units: bool) -> String {
        let answered = self.earlier.as_ref().map(|earlier| WrittenAnswer {
            guide: &earlier.guide,
            revised: earlier.revised.map(|date| date.to_string()),
            verdicts: earlier.verdicts.iter().map(|(treatment, verdict)| (treatment.as_str(), verdict.id())).collect(),
            standings: earlier.standings.iter().map(|(treatment, standing)| (treatment.as_str(), standing.id())).collect(),
        });
        let (mut facts, mut what_matters) = (self.facts(guide, with_units), self.what_matters(guide));
        for entry in &self.unreadable {
            let into = if entry.part == FACTS { &mut facts } else { &mut what_matters };
            into.insert(&entry.name, Written::Other(&entry.value));
        }
        let document = Document { facts, what_matters, my_questions: &self.questions, answered };
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }

    fn facts<'g>(&'g self, guide: &'g Guide, with_units: bool) -> BTreeMap<&'g str, Written<'g>> {
        let value = |id: FactId| {
            let fact = &guide[id];
            let written = match self.case.get(id) {
                FactValue::Unknown => Written::Null,
                FactValue::Value(index) => Written::Text(&fact.domain.values()[usize::from(index)].id),
                FactValue::Between(interval) => Written::Interval(number::written(fact, interval, with_units)),
                FactValue::Number(number) if with_units && !fact.domain.unit().is_empty() => {
                    Written::NumberWithUnit(format!("{number} {}", fact.domain.unit()))
                }
                // Write the exact digits, which a floating-point number might change.
                FactValue::Number(number) => RawValue::from_string(number.to_string()).map_or(Written::Null, Written::Number),
            };
            (fact.id.as_str(), written)
        };
        let mut facts: BTreeMap<_, _> = self.case.stated().chain(self.unknown.iter().copied()).map(value).collect();
        for list in &guide.fact_lists {
            let is_asked = |fact: &FactId| self.case.get(*fact) != FactValue::Unknown || self.unknown.contains(fact);
            // Write one entry for what isn't on the list or isn't known, instead of many.
            let (entry, left_out): (Written, Vec<FactId>) = if list.is_complete(&self.case) {
                (Written::Text(COMPLETE), list.absent(&self.case).collect())
            } else if list.facts.iter().all(is_asked) && list.absent(&self.case).next().is_none() {
                (Written::Null, list.facts.iter().copied().filter(|fact| self.unknown.contains(fact)).collect())
            } else {
                continue;
            };
            left_out.into_iter().for_each(|fact| drop(facts.remove(guide[fact].id.as_str())));
            facts.insert(&list.id, entry);
        }
        facts
    }

    fn what_matters<'g>(&'g self, guide: &'g Guide) -> BTreeMap<&'g str, Written<'g>> {
        let pair = |weighed: &WeighedValue| {
            let exercise = guide.exercise.as_ref()?;
            let weight = exercise.weights.get(weighed.weight)?;
            Some((exercise.values.get(weighed.value)?.id.as_str(), Written::Text(&weight.id)))
        };
        self.preferences.iter().filter_map(pair).collect()
    }
}

/// The JSON form of a case file.
#[derive(Serialize)]
struct Document<'g> {
    facts: BTreeMap<&'g str, Written<'g>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    what_matters: BTreeMap<&'g str, Written<'g>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    my_questions: &'g [OwnQuestion],
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<WrittenAnswer<'g>>,
}

#[derive(Serialize)]
struct WrittenAnswer<'a> {
    guide: &'a str,
    revised: Option<String>,
    verdicts: BTreeMap<&'a str, &'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    standings: BTreeMap<&'a str, &'static str>,
}

/// A value in the JSON form of a case file.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'g> {
    Null,
    Text(&'g str),
    Number(Box<RawValue>),
    NumberWithUnit(String),
    Interval(String),
    Other(&'g serde_json::Value),
}

/// Reads a case file in the given format.
///
/// # Errors
///
/// If the bytes aren't a valid case for this guide. The error says where the problem is and how to fix it.
pub fn read(guide: &Guide, bytes: &[u8], format: Format) -> Result<CaseFile, CaseError> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge.into());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        Problem::NotUtf8.at(Place::line(line))
    })?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Problem::Empty.into());
    }
    match format {
        Format::Json => from_json(guide, text),
        Format::Toml => from_toml(guide, text),
    }
}

/// Reads a case from JSON, without the limit on the size.
///
/// # Errors
///
/// See [`read`].
pub fn from_json(guide: &Guide, text: &str) -> Result<CaseFile, CaseError> {
    read_parts(guide, json::parts(text)?)
}

/// Reads a case from JSON, even if it was saved with another guide and doesn't say so. Returns the entries that this guide can't read in
/// [`CaseFile::unreadable`].
///
/// # Errors
///
/// If the text can't be a case for any guide.
pub fn from_json_of_any_guide(guide: &Guide, text: &str) -> Result<CaseFile, CaseError> {
    build(guide, json::parts(text)?, |_| true)
}

/// Reads a case from TOML, without the limit on the size.
///
/// # Errors
///
/// See [`read`].
pub fn from_toml(guide: &Guide, text: &str) -> Result<CaseFile, CaseError> {
    read_parts(guide, toml::parts(text)?)
}

/// Writes a case as JSON, with numbers without units. With the same guide, [`from_json`] returns an equal case.
#[must_use]
pub fn to_json(guide: &Guide, case: &Case) -> String {
    CaseFile::of(case.clone()).write(guide, false)
}

/// Reads the parts of a case. An entry that this guide can't read is an error, unless the case was saved with another guide. Such a case can
/// contain unreadable entries, which are returned in [`CaseFile::unreadable`].
fn read_parts(guide: &Guide, parts: Parts) -> Result<CaseFile, CaseError> {
    build(guide, parts, |earlier| earlier.is_some_and(|earlier| earlier.is_from_another(guide)))
}

/// Reads the parts of a case. Calls `is_lenient` with the earlier answer that was saved with the case, if any. If `is_lenient` returns `true`,
/// entries that this guide can't read are returned in [`CaseFile::unreadable`]. Otherwise, they're errors.
fn build(guide: &Guide, parts: Parts, is_lenient: impl Fn(Option<&EarlierAnswer>) -> bool) -> Result<CaseFile, CaseError> {
    let earlier = parts.answered.map(earlier_answer).transpose()?;
    let is_lenient = is_lenient(earlier.as_ref());
    let mut unreadable: Vec<Unreadable> = Vec::new();
    let mut set_aside = |part: &'static str, name: String, raw: &Raw, error: CaseError| {
        let value = if is_lenient { to_json_value(raw) } else { None };
        let Some(value) = value else { return Err(error) };
        unreadable.push(Unreadable { part, name, value, error });
        Ok(())
    };
    for entries in [&parts.facts, &parts.preferences] {
        let mut names = BTreeSet::new();
        if let Some(entry) = entries.iter().find(|entry| !names.insert(&entry.name)) {
            return Err(Problem::StatedTwice(entry.name.clone()).at(entry.place.clone()));
        }
    }
    let mut facts = BTreeMap::new();
    let (mut complete_lists, mut unknown_lists) = (Vec::new(), Vec::new());
    for entry in parts.facts {
        if let Some(list) = guide.fact_lists.iter().find(|list| list.id == entry.name) {
            match list::is_complete(list, &entry.raw) {
                Ok(true) => complete_lists.push(list),
                Ok(false) => unknown_lists.push(list),
                Err(error) => set_aside(FACTS, entry.name, &entry.raw, error.placed(entry.place))?,
            }
            continue;
        }
        let fact = match find(guide, &entry) {
            Ok(fact) => fact,
            Err(error) => {
                set_aside(FACTS, entry.name, &entry.raw, error)?;
                continue;
            }
        };
        match answer::fact_value(&guide[fact], &guide.number_words, &FactName::Id(entry.name.clone()), &entry.raw) {
            Ok(known) => drop(facts.insert(fact, known)),
            Err(error) => set_aside(FACTS, entry.name, &entry.raw, error.placed(entry.place))?,
        }
    }
    let mut weighed = BTreeMap::new();
    for entry in parts.preferences {
        match weighed_value(guide, &entry) {
            Ok(WeighedValue { value, weight }) => drop(weighed.insert(value, weight)),
            Err(error) => set_aside(WHAT_MATTERS, entry.name, &entry.raw, error)?,
        }
    }
    let mut file = CaseFile { earlier, unreadable, questions: parts.questions, ..CaseFile::of(Case::unknown(guide.facts.len())) };
    for (fact, known) in &facts {
        file.case.set(*fact, *known);
    }
    for list in complete_lists {
        complete(&mut file.case, list, |fact| facts.contains_key(&fact));
    }
    for fact in unknown_lists.into_iter().flat_map(|list| &list.facts) {
        facts.entry(*fact).or_default();
    }
    file.unknown = facts.into_iter().filter(|(_, known)| *known == FactValue::Unknown).map(|(fact, _)| fact).collect();
    file.preferences = weighed.into_iter().map(|(value, weight)| WeighedValue { value, weight }).collect();
    Ok(file)
}

/// Converts a raw value to JSON. Returns `None` for a kind of value that no fact can have.
fn to_json_value(raw: &Raw) -> Option<serde_json::Value> {
    Some(match raw {
        Raw::Null => serde_json::Value::Null,
        Raw::Bool(yes) => (*yes).into(),
        Raw::Text(text) => text.as_str().into(),
        // Keep the digits as a string if a floating-point number would change them.
        Raw::Number(digits) => match serde_json::from_str::<serde_json::Number>(digits) {
            Ok(number) if number.to_string() == *digits => number.into(),
            _ => digits.as_str().into(),
        },
        Raw::Other(_) => return None,
    })
}

/// Whether `text` has the form of a guide's content hash.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Reads `answered`, which must have the form that [`CaseFile::to_json`] writes.
fn earlier_answer(Answered { entries, verdicts, standings }: Answered) -> Result<EarlierAnswer, CaseError> {
    let (mut guide, mut revised) = (None, None);
    let mut nested = BTreeSet::new();
    for Entry { name, raw, place } in entries {
        match (name.as_str(), raw) {
            ("guide", Raw::Text(hash)) if guide.is_none() && is_hash(&hash) => guide = Some(hash),
            ("revised", Raw::Text(text)) if revised.is_none() => match PartialDate::parse(&text) {
                Some(date) => revised = Some(Some(date)),
                None => return Err(Problem::InvalidAnswered.at(place)),
            },
            ("revised", Raw::Null) if revised.is_none() => revised = Some(None),
            (VERDICTS | STANDINGS, Raw::Other(Kind::Object | Kind::Table)) if nested.insert(name.clone()) => {}
            _ => return Err(Problem::InvalidAnswered.at(place)),
        }
    }
    let (verdicts, standings) = (by_treatment::<Verdict>(verdicts)?, by_treatment::<Standing>(standings)?);
    match guide {
        Some(guide) if nested.contains(VERDICTS) => Ok(EarlierAnswer { guide, revised: revised.flatten(), verdicts, standings }),
        _ => Err(Problem::InvalidAnswered.at(Place::part(ANSWERED))),
    }
}

/// Reads the verdict or the standing of each treatment.
fn by_treatment<T: ClosedSet>(entries: Vec<Entry>) -> Result<BTreeMap<String, T>, CaseError> {
    let mut found = BTreeMap::new();
    for Entry { name, raw, place } in entries {
        let value = if let Raw::Text(text) = raw { T::from_id(&text) } else { None };
        let Some(value) = value else { return Err(Problem::InvalidAnswered.at(place)) };
        if !is_id(&name) || found.insert(name, value).is_some() {
            return Err(Problem::InvalidAnswered.at(place));
        }
    }
    Ok(found)
}

fn weighed_value(guide: &Guide, entry: &Entry) -> Result<WeighedValue, CaseError> {
    let Entry { name, raw, place } = entry;
    let Some(exercise) = &guide.exercise else { return Err(Problem::NoPreferences.at(place.clone())) };
    let Some(value) = exercise.values.iter().position(|value| value.id == *name) else {
        let meant = meant(name, exercise.values.iter().map(|value| value.id.as_str()));
        return Err(Problem::UnknownPreference { name: name.clone(), meant }.at(place.clone()));
    };
    let answer = |text: &String| exercise.weights.iter().position(|weight| weight.id == *text);
    let weight = if let Raw::Text(text) = raw { answer(text) } else { None };
    weight.map(|weight| WeighedValue { value, weight }).ok_or_else(|| {
        let weights = exercise.weights.iter().map(|weight| weight.id.clone()).collect();
        Problem::NoWeight { name: name.clone(), weights }.at(place.clone())
    })
}

fn find(guide: &Guide, entry: &Entry) -> Result<FactId, CaseError> {
    let Entry { name, place, .. } = entry;
    guide.fact(name).ok_or_else(|| {
        let problem = if let Some(derived) = guide.derived_fact(name) {
            let rows = guide[derived].rows.iter();
            let facts: BTreeSet<FactId> = rows.flat_map(|row| guide.facts_used_by(&row.rule.when)).collect();
            let facts = facts.into_iter().map(|fact| guide[fact].id.clone()).collect();
            let reported = guide[derived].reported_as.map(|fact| guide[fact].id.clone());
            Problem::DerivedFact { name: name.clone(), facts, reported }
        } else {
            let lists = guide.fact_lists.iter().map(|list| list.id.as_str());
            let meant = meant(name, guide.facts.iter().map(|fact| fact.id.as_str()).chain(lists));
            Problem::UnknownFact { name: name.clone(), meant }
        };
        problem.at(place.clone())
    })
}
