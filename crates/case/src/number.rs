//! Parses numbers as reports and letters write them, for example `5.2 cm`, `> 5 cm`, `5 to 6 cm` or `less than 1 mm`.

use sarcoguide_model::{Decimal, Domain, Fact, FactValue, Interval, NumberWords};

use crate::unit::convert;

/// Why a text isn't a number that a fact can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It isn't a number, or the number can't be stored exactly.
    NotANumber,
    /// Its unit can't be converted exactly to the fact's unit.
    WrongUnit,
    /// This number is too small or too large for the fact.
    OutOfRange(Decimal),
    /// No possible number is larger (or smaller) than this one, but the text says that the value is.
    NothingBeyond(Decimal),
    /// The first number of the range is larger than the second.
    Reversed,
}

/// A limit on a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The symbols for limits that are the same in every language. A longer symbol comes before one that it starts with.
pub(crate) const SYMBOLS: [(&str, Limit); 8] = [
    ("<=", Limit::AtMost),
    ("=<", Limit::AtMost),
    ("≤", Limit::AtMost),
    ("<", Limit::Below),
    (">=", Limit::AtLeast),
    ("=>", Limit::AtLeast),
    ("≥", Limit::AtLeast),
    (">", Limit::Above),
];

/// The symbols between the two numbers of a range that are the same in every language.
pub(crate) const DASHES: [&str; 4] = ["..", "–", "—", "-"];

/// Parses what `text` says about a numeric fact: a number, the lower or upper limit of one, or a range. The number can be followed by a unit.
///
/// A range includes both of its numbers. A value below an upper limit can be any smaller number that the fact can have, except the smallest one if
/// [`Fact::limit_excludes_min`] is set.
pub(crate) fn parse(fact: &Fact, words: &NumberWords, text: &str) -> Result<FactValue, Fault> {
    let Domain::Number { unit, min, max } = &fact.domain else { return Err(Fault::NotANumber) };
    let text = text.trim().to_lowercase();
    if let Some(phrase) = fact.phrases.iter().find(|phrase| phrase.text.to_lowercase() == text) {
        return Ok(phrase.numbers.into());
    }
    if let Some((limit, rest)) = limit(words, &text) {
        let number = within(fact, quantity(rest, "", unit)?)?;
        let first = if fact.limit_excludes_min { min.next() } else { *min };
        let (low, high) = match limit {
            Limit::Below => (first, number.previous()),
            Limit::AtMost => (first.min(number), number),
            Limit::Above => (number.next(), *max),
            Limit::AtLeast => (number, *max),
        };
        return Interval::new(low, high).map(FactValue::from).ok_or(Fault::NothingBeyond(number));
    }
    match quantity(&text, "", unit) {
        Ok(number) => within(fact, number).map(FactValue::Number),
        Err(fault) => match range(words, &text) {
            Some((low, high)) => {
                let high = quantity(high, "", unit).and_then(|number| within(fact, number))?;
                let low = quantity(low, unit_of(&text), unit).and_then(|number| within(fact, number))?;
                Interval::new(low, high).map(FactValue::from).ok_or(Fault::Reversed)
            }
            None => Err(fault),
        },
    }
}

/// Splits a text with a limit into the limit and the rest. Words of the guide can come before the number, as in `less than 5`, or after it, as in
/// `5 or more`.
fn limit<'t>(words: &NumberWords, text: &'t str) -> Option<(Limit, &'t str)> {
    let symbol = SYMBOLS.iter().find_map(|(symbol, limit)| Some((*limit, text.strip_prefix(symbol)?)));
    symbol.or_else(|| {
        let lists = [
            (&words.less_than, Limit::Below),
            (&words.at_most, Limit::AtMost),
            (&words.more_than, Limit::Above),
            (&words.at_least, Limit::AtLeast),
        ];
        let found = lists.into_iter().flat_map(|(phrases, limit)| {
            let rest = |phrase: &String| {
                let before = text.strip_prefix(phrase.as_str()).filter(|rest| !rest.starts_with(char::is_alphabetic));
                let after = || text.strip_suffix(phrase.as_str()).filter(|rest| rest.ends_with(char::is_whitespace));
                before.or_else(after)
            };
            phrases.iter().filter_map(move |phrase| Some((limit, rest(phrase)?)))
        });
        // `no more than` also ends with the words of `more than`, so the phrase that leaves the least text decides.
        found.min_by_key(|(_, rest)| rest.len())
    })
}

/// Splits the text of a range into its two numbers.
fn range<'t>(words: &NumberWords, text: &'t str) -> Option<(&'t str, &'t str)> {
    let text = words.from.iter().find_map(|word| text.strip_prefix(word.as_str())?.strip_prefix(' ')).unwrap_or(text);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let split = |separator: &str| {
        let (start, _) = text.match_indices(separator).find(|(start, _)| text[..*start].contains(is_digit))?;
        Some((text[..start].trim(), text[start + separator.len()..].trim()))
    };
    let by_word = words.to.iter().find_map(|word| split(&format!(" {word} ")));
    by_word.or_else(|| DASHES.iter().find_map(|dash| split(dash))).filter(|(_, high)| high.contains(is_digit))
}

/// The unit at the end of a text.
fn unit_of(text: &str) -> &str {
    text.rsplit(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default().trim()
}

/// Parses a number with or without a unit. If it has none, `unit` applies. An empty unit means the fact's own, which is `wanted`.
fn quantity(text: &str, unit: &str, wanted: &str) -> Result<Decimal, Fault> {
    let text = text.trim();
    let is_digit = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | ',');
    let split = text.find(|letter| !is_digit(letter)).unwrap_or(text.len());
    let (digits, written) = (text[..split].trim(), text[split..].trim());
    let number = Decimal::parse(&with_decimal_point(digits)).ok_or(Fault::NotANumber)?;
    convert(number, if written.is_empty() { unit } else { written }, wanted).ok_or(Fault::WrongUnit)
}

/// Returns the number if the fact can have it.
pub(crate) fn within(fact: &Fact, number: Decimal) -> Result<Decimal, Fault> {
    let possible = fact.domain.interval();
    if possible.covers(Interval::only(number)) { Ok(number) } else { Err(Fault::OutOfRange(number)) }
}

/// Replaces a comma with a decimal point if the comma is unambiguous, that is, if only one or two characters follow it. `1,000` may mean a thousand,
/// so it isn't changed.
fn with_decimal_point(digits: &str) -> String {
    match digits.split_once(',') {
        Some((whole, decimals)) if (1..=2).contains(&decimals.len()) && !whole.contains('.') => format!("{whole}.{decimals}"),
        _ => digits.to_owned(),
    }
}

/// Writes an interval in a form that [`parse`] reads back exactly, in every language: `> 5 cm`, `<= 5 cm` or `5-6 cm`.
pub(crate) fn written(fact: &Fact, interval: Interval, with_unit: bool) -> String {
    let possible = fact.domain.interval();
    let first = if fact.limit_excludes_min { possible.low().next() } else { possible.low() };
    let (low, high) = (interval.low(), interval.high());
    let number = if high == possible.high() && low > first {
        limited("> ", ">= ", low.previous(), low)
    } else if low == first && high < possible.high() {
        limited("< ", "<= ", high.next(), high)
    } else {
        format!("{low}-{high}")
    };
    let unit = fact.domain.unit();
    if with_unit && !unit.is_empty() { format!("{number} {unit}") } else { number }
}

/// Writes an interval of a fact's numbers, with the unit, in a form that a case can contain, for example `> 5 cm` or `5-6 cm`. It's the same in
/// every language.
#[must_use]
pub fn written_interval(fact: &Fact, interval: Interval) -> String {
    written(fact, interval, true)
}

/// Writes the limit that has the shorter number: `beyond` without the number itself, or `including` it.
fn limited(beyond_symbol: &str, including_symbol: &str, beyond: Decimal, including: Decimal) -> String {
    let (beyond, including) = (beyond.to_string(), including.to_string());
    if beyond.len() < including.len() { format!("{beyond_symbol}{beyond}") } else { format!("{including_symbol}{including}") }
}
