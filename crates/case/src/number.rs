//! Parses numbers as they're written in reports and doctors' letters, for example `5.2 cm`, `> 5 cm`, `5 to 6 cm` or `less than 1 mm`.

use sarcoguide_model::{Decimal, Fact, FactValue, Interval, NumberWords};

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
    /// No possible number is in the range.
    Empty,
}

/// A limit on a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    Below,
    AtMost,
    Above,
    AtLeast,
}

/// The symbols for limits that are the same in every language. A longer symbol comes before one that it starts with.
const SYMBOLS: [(&str, Limit); 8] = [
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
const DASHES: [&str; 4] = ["..", "–", "—", "-"];

/// The symbols between the dimensions of an object, as in `5 x 3 x 2 cm`.
const TIMES: [char; 2] = ['x', '×'];

/// Parses what `text` says about a numeric fact: a number, the lower or upper limit of one, a range, or one of the fact's phrases. A number can be
/// followed by a unit. Two limits, ranges or phrases can be joined, as in `present, < 50 %` and `more than 5 but less than 10`.
///
/// A range includes both of its numbers. An upper limit allows all smaller numbers that the fact can have. If [`Fact::limit_excludes_min`] is set,
/// `< 5` doesn't allow the smallest one, but `<= 5` does.
pub(crate) fn parse(fact: &Fact, words: &NumberWords, text: &str) -> Result<FactValue, Fault> {
    let text = text.to_lowercase();
    let text = text.trim().trim_end_matches(['.', ';']).trim_end();
    let reader = Reader { fact, words };
    let whole = reader.single(text);
    let Err(fault @ (Fault::NotANumber | Fault::WrongUnit)) = whole else { return whole.map(FactValue::from) };
    let joined = words.joins.iter().map(|word| format!(" {word} ")).chain([", ".to_owned()]);
    let both = joined.filter_map(|separator| text.split_once(separator.as_str())).find_map(|(one, other)| {
        let limit = |part: &str| reader.single(part.trim().trim_end_matches(',')).ok();
        // A unit after the second number applies to both. A unit after the first one only may be meant for both or not.
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let unit = |text: &'_ str| text.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default().trim().to_owned();
        let (first_unit, last_unit) = (unit(one.trim_end_matches(',')), unit(other));
        let one = match has_digit(one) && has_digit(other) {
            true if first_unit.is_empty() => format!("{} {last_unit}", one.trim_end_matches(',')),
            true if last_unit.is_empty() => return None,
            _ => one.to_owned(),
        };
        // Only a lower and an upper limit, or a limit and a phrase, are about one number. Two upper limits may be two measurements.
        let possible = fact.domain.interval();
        let is_lower = |interval: &Interval| interval.high() == possible.high() && interval.single().is_none();
        let is_upper = |interval: &Interval| interval.low() <= possible.low().next() && interval.single().is_none();
        let (one, other) = (limit(&one)?, limit(other)?);
        let fits = (is_lower(&one) && is_upper(&other)) || (is_upper(&one) && is_lower(&other));
        fits.then_some((one, other))
    });
    match both {
        Some((one, other)) => one.intersection(other).map(FactValue::from).ok_or(Fault::Empty),
        None => Err(fault),
    }
}

/// Reads the numbers of one fact.
#[derive(Clone, Copy)]
struct Reader<'a> {
    fact: &'a Fact,
    words: &'a NumberWords,
}

impl Reader<'_> {
    /// Parses one number, limit, range or phrase, but not two that are joined. The text must be in lowercase.
    fn single(self, text: &str) -> Result<Interval, Fault> {
        let possible = self.fact.domain.interval();
        if let Some(phrase) = self.fact.phrases.iter().find(|phrase| phrase.text.to_lowercase() == text) {
            return Ok(phrase.numbers);
        }
        if let Some((limit, rest)) = self.limit(text) {
            let number = self.quantity(rest, "")?;
            let first = if self.fact.limit_excludes_min { possible.low().next() } else { possible.low() };
            let (low, high) = match limit {
                Limit::Below => (first, number.previous()),
                Limit::AtMost => (possible.low(), number),
                Limit::Above => (number.next(), possible.high()),
                Limit::AtLeast => (number, possible.high()),
            };
            return Interval::new(low, high).ok_or(Fault::Empty);
        }
        match (self.quantity(text, ""), self.range(text)) {
            (Ok(number), _) => Ok(Interval::only(number)),
            (Err(_), None) if self.fact.takes_largest && text.contains(TIMES) => self.largest(text).map(Interval::only),
            (Err(fault), None) => Err(fault),
            (Err(_), Some((low, high))) => {
                // A unit that only one of the numbers has applies to both.
                let unit = |text| self.split(text).map_or("", |(_, unit)| unit);
                let (low, high) = (self.quantity(low, unit(high))?, self.quantity(high, unit(low))?);
                Interval::new(low, high).ok_or(Fault::Empty)
            }
        }
    }

    /// Parses the dimensions of an object, and returns the largest. A unit that only some of them have must be the same, and applies to all.
    fn largest(self, text: &str) -> Result<Decimal, Fault> {
        let units = text.split(TIMES).filter_map(|side| self.split(side)).map(|(_, unit)| unit);
        let mut units: Vec<&str> = units.collect();
        let is_mixed = units.iter().any(|unit| unit.is_empty());
        units.retain(|unit| !unit.is_empty());
        units.sort_unstable();
        units.dedup();
        if is_mixed && units.len() > 1 {
            return Err(Fault::WrongUnit);
        }
        let unit = units.first().copied().unwrap_or_default();
        let sides: Vec<Decimal> = text.split(TIMES).map(|side| self.quantity(side, unit)).collect::<Result<_, _>>()?;
        sides.into_iter().max().ok_or(Fault::NotANumber)
    }

    /// Splits a text with a limit into the limit and the rest. Words of the guide can come before the number, as in `less than 5`, or after it, as
    /// in `5 or more`.
    fn limit(self, text: &str) -> Option<(Limit, &str)> {
        let symbol = SYMBOLS.iter().find_map(|(symbol, limit)| Some((*limit, text.strip_prefix(symbol)?)));
        // A plus sign after the number, as in `65+`.
        let symbol = symbol.or_else(|| Some((Limit::AtLeast, text.strip_suffix('+')?)));
        symbol.or_else(|| {
            let words = self.words;
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
            // Several phrases can match, such as `or less` and `less`. The longest one leaves the least text.
            found.min_by_key(|(_, rest)| rest.len())
        })
    }

    /// Splits the text of a range into its two numbers. Words such as `and` need a word such as `between` before the first number, because
    /// `5 and 7 cm` can be two measurements.
    fn range(self, text: &str) -> Option<(&str, &str)> {
        let words = self.words;
        let after = |list: &[String]| list.iter().find_map(|word| text.strip_prefix(word.as_str())?.strip_prefix(' '));
        let split = |text: &'_ str, separator: &str| -> Option<(usize, usize)> {
            let starts = text.match_indices(separator).map(|(start, _)| start);
            let start = starts.into_iter().find(|start| self.split(&text[..*start]).is_some())?;
            Some((start, start + separator.len()))
        };
        let at = |text, places: Option<(usize, usize)>| {
            let (end, start) = places?;
            let (low, high): (&str, &str) = text_parts(text, end, start);
            self.split(high).map(|_| (low, high))
        };
        let by_words = |text, list: &[String]| list.iter().find_map(|word| at(text, split(text, &format!(" {word} "))));
        if let Some(rest) = after(&words.between) {
            return by_words(rest, &words.and);
        }
        let rest = after(&words.from).unwrap_or(text);
        by_words(rest, &words.to).or_else(|| DASHES.iter().find_map(|dash| at(rest, split(rest, dash))))
    }

    /// Parses a number of the fact, with or without a unit. If it has none, `unit` applies. An empty unit means the fact's own.
    fn quantity(self, text: &str, unit: &str) -> Result<Decimal, Fault> {
        let (number, written) = self.split(text).ok_or(Fault::NotANumber)?;
        let wanted = self.fact.domain.unit();
        let unit = if written.is_empty() { unit } else { written };
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
        let known = self.words.units.iter().find(|(word, _)| plain(word) == plain(unit));
        let unit = known.map_or(unit, |(_, unit)| unit.as_str());
        let number = convert(number, unit, wanted).ok_or(Fault::WrongUnit)?;
        within(self.fact, number)
    }

    /// Splits a text into its number and the unit after it. The number can be written in digits or in words of the guide.
    fn split(self, text: &str) -> Option<(Decimal, &str)> {
        let text = text.trim();
        let is_part =
            |(place, c): (usize, char)| c.is_ascii_digit() || matches!(c, '.' | ',') || (place == 0 && matches!(c, '-' | '+'));
        let end = text.char_indices().find(|part| !is_part(*part)).map_or(text.len(), |(end, _)| end);
        if end > 0 {
            let digits = text[..end].strip_prefix('+').unwrap_or(&text[..end]);
            return Some((Decimal::parse(&with_decimal_point(digits))?, text[end..].trim()));
        }
        let (mut rest, mut sum, mut smallest) = (text, 0, i64::MAX);
        // The numerals get smaller from left to right, as in `twenty-five`.
        while let Some((value, after)) = self.numeral(rest).filter(|(value, _)| *value < smallest && (*value > 0 || sum == 0)) {
            (sum, smallest, rest) = (sum + value, if value >= 20 { 10 } else { 0 }, after);
            rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
        }
        (smallest < i64::MAX).then_some((Decimal::from_whole(sum)?, rest))
    }

    /// Returns the number that a numeral at the beginning of `text` stands for, and the text after it.
    fn numeral(self, text: &str) -> Option<(i64, &str)> {
        self.words.numerals.iter().find_map(|(word, value)| {
            let rest = text.strip_prefix(word.as_str())?;
            (!rest.starts_with(char::is_alphabetic)).then_some((i64::from(*value), rest))
        })
    }
}

/// Returns the trimmed text before `end` and the trimmed text from `start`.
fn text_parts(text: &str, end: usize, start: usize) -> (&str, &str) {
    (text[..end].trim(), text[start..].trim())
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
    let (low, high) = (interval.low(), interval.high());
    let number = if high == possible.high() && low > possible.low() {
        limited("> ", ">= ", low.previous(), low)
    } else if high == possible.high() {
        format!("{low}-{high}")
    } else if !fact.limit_excludes_min && low == possible.low() {
        limited("< ", "<= ", high.next(), high)
    } else if low == possible.low() {
        format!("<= {high}")
    } else if fact.limit_excludes_min && low == possible.low().next() {
        format!("< {}", high.next())
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

/// Writes a limit in the shorter of two equivalent forms: with `beyond`, the first number outside the interval, as in `> 5`, or with `including`, the
/// last number inside it, as in `>= 5.001`.
fn limited(beyond_symbol: &str, including_symbol: &str, beyond: Decimal, including: Decimal) -> String {
    let (beyond, including) = (beyond.to_string(), including.to_string());
    if beyond.len() < including.len() { format!("{beyond_symbol}{beyond}") } else { format!("{including_symbol}{including}") }
}
