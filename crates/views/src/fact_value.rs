//! Puts the values of facts into words.

use std::borrow::Cow;

use sarcoguide_model::{Decimal, Domain, FactId, FactValue, Interval};
use sarcoguide_text::{Arg, t};

use crate::Edition;

/// The value of a fact in words, for instance `12 cm`. If `value` is unknown, the text says so.
#[must_use]
pub fn fact_value(guide: Edition<'_>, fact: FactId, value: FactValue) -> Cow<'_, str> {
    let fact = &guide[fact];
    match (&fact.domain, value) {
        (Domain::Values(values), FactValue::Value(index)) => values[usize::from(index)].name.as_str().into(),
        (Domain::Number { unit, .. }, FactValue::Number(number)) => {
            t!(guide.text, words_number, number = Arg::number(number), unit = unit).into()
        }
        (domain @ Domain::Number { .. }, FactValue::Between(interval)) => interval_words(guide, domain, interval).into(),
        _ => t!(guide.text, words_not_known).into(),
    }
}

/// An interval of numbers in words, for instance `more than 5 cm`. A limit that excludes none of the fact's possible numbers is left out.
fn interval_words(guide: Edition<'_>, domain: &Domain, interval: Interval) -> String {
    let (text, unit, possible) = (guide.text, domain.unit(), domain.interval());
    // "More than 5" is stored as "at least 5.001". The form with the shorter number is the one that a person would write.
    let shorter = |beyond: Decimal, limit: Decimal| {
        if beyond.to_string().len() < limit.to_string().len() { (beyond, true) } else { (limit, false) }
    };
    let (low, is_above) = shorter(interval.low().previous(), interval.low());
    let (high, is_below) = shorter(interval.high().next(), interval.high());
    let has_low = interval.low() > possible.low();
    let has_high = interval.high() < possible.high();
    let (low, high) = (Arg::number(low), Arg::number(high));
    match (has_low.then_some(is_above), has_high.then_some(is_below)) {
        (None, None) => t!(text, words_not_known),
        (Some(true), None) => t!(text, words_more_than, low = low, unit = unit),
        (Some(false), None) => t!(text, words_at_least, low = low, unit = unit),
        (None, Some(true)) => t!(text, words_less_than, high = high, unit = unit),
        (None, Some(false)) => t!(text, words_at_most, high = high, unit = unit),
        (Some(true), Some(true)) => t!(text, words_between_both_excluded, low = low, high = high, unit = unit),
        (Some(true), Some(false)) => t!(text, words_between_low_excluded, low = low, high = high, unit = unit),
        (Some(false), Some(true)) => t!(text, words_between_high_excluded, low = low, high = high, unit = unit),
        (Some(false), Some(false)) => t!(text, words_between, low = low, high = high, unit = unit),
    }
}
