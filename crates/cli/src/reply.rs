//! Interprets what a person types in `sarcoguide ask`.

use sarcoguide_case::{parse_answer, value_misspelled, values_meant};
use sarcoguide_model::{Case, Domain, Fact, FactId, FactKind, FactValue, Guide};
use sarcoguide_text::{Text, t};
use sarcoguide_views::Edition;

/// The maximum number of answers in a numbered list. If there are more, people type a name.
pub(crate) const MAX_LISTED: usize = 30;

/// What the person typed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    Unknown,
    Why,
    Back,
    Finish,
    Answer(String),
}

impl Reply {
    /// Interprets a reply to a question whose answers have these names. The keys `u`, `?`, `b` and `q` are the same in every language. The words
    /// with the same meaning come from the interface text. A word that is also the name of an answer means that answer: `back` is a part of the
    /// body in the question about the site.
    pub fn of(text: &Text, typed: &str, names: &[&str]) -> Self {
        let words = plain(typed);
        let is_in = |list: String| is_word(typed, &list);
        match typed {
            "" | "u" | "U" => Self::Unknown,
            "?" => Self::Why,
            "b" | "B" => Self::Back,
            "q" | "Q" => Self::Finish,
            _ if names.iter().any(|name| plain(name) == words) => Self::Answer(typed.to_owned()),
            _ if is_in(t!(text, ask_words_unknown)) => Self::Unknown,
            _ if is_in(t!(text, ask_words_why)) => Self::Why,
            _ if is_in(t!(text, ask_words_back)) => Self::Back,
            _ if is_in(t!(text, ask_words_finish)) => Self::Finish,
            _ => Self::Answer(typed.to_owned()),
        }
    }
}

/// Whether the person typed one of the words in `list`, which are separated by semicolons.
pub(crate) fn is_word(typed: &str, list: &str) -> bool {
    let words = plain(typed);
    !words.is_empty() && list.split(';').any(|entry| plain(entry) == words)
}

/// The letters and digits of a text in lowercase, with one space between words. Apostrophes are left out: `don't` becomes `dont`.
fn plain(text: &str) -> String {
    let text: String = text.to_lowercase().chars().filter(|letter| !matches!(letter, '\'' | '’' | '`')).collect();
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What an answer means.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Clear(FactValue),
    /// One of the values with these indexes. The person has to choose one, or to confirm it if there is only one.
    OneOf(Vec<u8>),
    /// Not understood. The message says what the person can type.
    Unclear(String),
}

/// Returns the indexes of the values that the person can choose from, in the order of the guide. If the case already states a value, these are
/// that value and its more specific kinds.
pub(crate) fn possible_values(fact: &Fact, known: FactValue) -> Vec<u8> {
    let all = fact.domain.values();
    let possible = match known {
        FactValue::Value(index) => all[usize::from(index)].covers,
        _ => fact.domain.all(),
    };
    (0..=u8::MAX).zip(all).filter(|(_, value)| value.covers.is_subset(possible)).map(|(index, _)| index).collect()
}

/// Finds out what an answer means: a place in the numbered list, the name of a value, or a number with or without a unit. `listed` are the
/// indexes of the values that the person chooses from.
pub(crate) fn meaning(guide: Edition<'_>, id: FactId, case: &Case, listed: &[u8], typed: &str) -> Meaning {
    let fact = &guide[id];
    if let Domain::Number { unit, min, max } = &fact.domain {
        return match parse_answer(&guide, id, typed) {
            Ok(known) => Meaning::Clear(known),
            Err(_) => Meaning::Unclear(t!(
                guide.text,
                ask_no_such_number,
                min = min.to_string(),
                max = max.to_string(),
                unit = unit,
                example = example(&guide, guide.text, id)
            )),
        };
    }
    let is_numbered = listed.len() <= MAX_LISTED;
    let unclear = || match is_numbered {
        true => Meaning::Unclear(t!(guide.text, ask_no_such_answer, last = listed.len())),
        false => Meaning::Unclear(t!(guide.text, ask_no_such_name)),
    };
    if typed.chars().all(|digit| digit.is_ascii_digit()) {
        let place = typed.parse::<usize>().ok().filter(|_| is_numbered).and_then(|number| number.checked_sub(1));
        let index = place.and_then(|place| listed.get(place));
        return index.map_or_else(unclear, |index| Meaning::Clear(FactValue::Value(*index)));
    }
    let can_be = possible_values(fact, case.get(id));
    let named = named(&guide, id, typed);
    // The nearest value to a misspelled name may not be the one that the person meant, so the person has to confirm it.
    let misspelled = if named.is_empty() { value_misspelled(&guide, id, typed) } else { None };
    let of =
        |wanted: &dyn Fn(usize) -> bool| can_be.iter().copied().filter(|index| wanted(usize::from(*index))).collect::<Vec<u8>>();
    match of(&|index| named.contains(&index)).as_slice() {
        [] if named.is_empty() => match of(&|index| misspelled == Some(index)) {
            none if none.is_empty() => unclear(),
            one => Meaning::OneOf(one),
        },
        [] => Meaning::Unclear(t!(guide.text, ask_known_otherwise)),
        [index] => Meaning::Clear(FactValue::Value(*index)),
        many if many.len() > MAX_LISTED => Meaning::Unclear(t!(guide.text, ask_too_many, count = many.len())),
        many => {
            let mut many = many.to_vec();
            many.sort_by_cached_key(|index| line_of_parents(fact, usize::from(*index)));
            Meaning::OneOf(many)
        }
    }
}

/// The indexes of a value and the values above it, the most general first. In this order, each value comes before its more specific kinds.
fn line_of_parents(fact: &Fact, index: usize) -> Vec<usize> {
    let mut line = vec![index];
    while let Some(parent) = line.last().and_then(|last| fact.domain.values()[*last].parent) {
        line.push(parent);
    }
    line.reverse();
    line
}

/// The values that an answer names. For a yes-or-no question, one letter is enough.
fn named(guide: &Guide, id: FactId, typed: &str) -> Vec<usize> {
    let fact = &guide[id];
    if fact.kind != FactKind::YesNo {
        return values_meant(guide, id, typed);
    }
    let begins = |name: &str| name.to_lowercase().starts_with(&typed.to_lowercase());
    let values = fact.domain.values().iter().enumerate().filter(|(_, value)| begins(&value.name) || begins(&value.id));
    values.map(|(index, _)| index).collect()
}

/// Returns an example of an answer to a question about a number.
pub(crate) fn example(guide: &Guide, text: &Text, id: FactId) -> String {
    let Domain::Number { unit, min, .. } = &guide[id].domain else { return String::new() };
    let example = t!(text, ask_number_example, unit = unit);
    if parse_answer(guide, id, &example).is_ok() { example } else { min.to_string() }
}
