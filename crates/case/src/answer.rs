use sarcoguide_model::{Decimal, Domain, Fact, FactId, FactKind, FactValue, Guide, Subtype};

use crate::error::{Called, CaseError, Choices, Kind, Problem, meant};
use crate::unit::convert;
use crate::written::{Raw, UNKNOWN};

/// Reads one answer typed by a person: a value's id or name, a number with or without its unit, `unknown`.
///
/// # Errors
///
/// If it is no answer to this fact, with what would be.
pub fn parse_answer(guide: &Guide, fact: FactId, text: &str) -> Result<FactValue, CaseError> {
    let wanted = text.trim();
    let values = guide[fact].domain.values();
    let same = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    match values.iter().position(|value| same(&value.id) || same(&value.name)) {
        Some(index) => Ok(value(index)),
        None => fact_value(&guide[fact], &guide.types, &Called::This, &Raw::Text(wanted.to_owned())),
    }
}

fn value(index: usize) -> FactValue {
    // The compiler refuses a fact with more than 128 values.
    FactValue::Value(u8::try_from(index).unwrap_or(u8::MAX))
}

/// Reads what a TOML value says about a fact of a guide that has these `types`.
///
/// # Errors
///
/// If the fact cannot be this, with what it can be.
pub fn toml_value(fact: &Fact, types: &[Subtype], value: &::toml::de::DeValue<'_>) -> Result<FactValue, CaseError> {
    fact_value(fact, types, &Called::Name(fact.id.clone()), &crate::toml::raw(value))
}

/// What `raw` says about `fact`, which messages call `called`.
pub(crate) fn fact_value(fact: &Fact, types: &[Subtype], called: &Called, raw: &Raw) -> Result<FactValue, CaseError> {
    let wrong_kind =
        |found: Kind| CaseError::from(Problem::WrongKind { called: called.clone(), found, choices: Choices::of(fact) });
    match (&fact.domain, raw) {
        (_, Raw::Null) => Ok(FactValue::Unknown),
        (_, Raw::Other(found)) => Err(wrong_kind(*found)),
        (Domain::Values(_), Raw::Bool(yes)) if fact.kind == FactKind::YesNo => Ok(value(usize::from(*yes))),
        (_, Raw::Bool(_)) => Err(wrong_kind(Kind::Boolean)),
        (Domain::Values(_), Raw::Number(written)) if fact.kind == FactKind::Scale => {
            let plain = exact(written).map_or_else(|| written.clone(), |number| number.to_string());
            fact.value(&plain).map(value).ok_or_else(|| no_value(types, fact, called, written))
        }
        (Domain::Values(_), Raw::Number(_)) => Err(wrong_kind(Kind::Number)),
        (Domain::Values(_), Raw::Text(text)) => match fact.value(text) {
            Some(index) => Ok(value(index)),
            None if text == UNKNOWN => Ok(FactValue::Unknown),
            None => Err(no_value(types, fact, called, text)),
        },
        (Domain::Number { .. }, Raw::Text(text)) if text == UNKNOWN => Ok(FactValue::Unknown),
        (Domain::Number { .. }, Raw::Number(written)) => {
            let number = exact(written).ok_or_else(|| no_number(fact, called, written))?;
            within(fact, called, number).map(FactValue::Number)
        }
        (Domain::Number { .. }, Raw::Text(text)) => number(fact, called, text).map(FactValue::Number),
    }
}

/// The largest exponent that is read. No fact has numbers that need a larger one.
const MAX_EXPONENT: i32 = 30;

/// The number that is written so in JSON or TOML, perhaps with an exponent; `None` where it can't be kept without rounding.
fn exact(written: &str) -> Option<Decimal> {
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= MAX_EXPONENT)?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    // The digits with the point moved by the exponent, between zeros that it may be moved past.
    let digits = format!("{}{whole}{decimals}{}", zeros(-exponent), zeros(exponent));
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent.max(0))?;
    let (whole, decimals) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    Decimal::parse(&format!("{sign}{whole}{point}{decimals}"))
}

/// That a fact has no such value. Another digit is another value and no slip: `5` is not meant to be `0`, nor `G4` to be `G1`.
fn no_value(types: &[Subtype], fact: &Fact, called: &Called, text: &str) -> CaseError {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let ids = fact.domain.values().iter().map(|value| value.id.as_str());
    let named: Vec<&str> = called_so(types, fact, text).collect();
    let meant = match named.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => meant(text, ids.filter(|id| digits(id) == digits(text))),
    };
    Problem::NoValue { called: called.clone(), value: text.to_owned(), meant, choices: Choices::of(fact) }.into()
}

/// The values of a fact that a person calls so: by their name, what its brackets hold, or another name of a type.
fn called_so<'g>(types: &'g [Subtype], fact: &'g Fact, text: &str) -> impl Iterator<Item = &'g str> {
    let wanted = text.trim().to_lowercase();
    fact.domain.values().iter().map(|value| (value.id.as_str(), value.name.as_str())).filter_map(move |(id, name)| {
        let subtype = types.iter().find(|subtype| subtype.id == id);
        let others = subtype.into_iter().flat_map(|subtype| subtype.synonyms.iter().map(String::as_str));
        let mut names = others.chain([name]).flat_map(|name| name.split(['(', ')']).chain([name]));
        names.any(|name| name.trim().to_lowercase() == wanted).then_some(id)
    })
}

/// A number typed as text, perhaps with a unit.
fn number(fact: &Fact, called: &Called, text: &str) -> Result<Decimal, CaseError> {
    let Domain::Number { unit, .. } = &fact.domain else { return Err(no_number(fact, called, text)) };
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | ','))).unwrap_or(text.len());
    let (digits, written_unit) = (text[..split].trim(), text[split..].trim());
    let number = Decimal::parse(&with_a_point(digits)).ok_or_else(|| no_number(fact, called, text))?;
    let number = convert(number, written_unit, unit).ok_or_else(|| Problem::WrongUnit {
        called: called.clone(),
        written: text.to_owned(),
        choices: Choices::of(fact),
    })?;
    within(fact, called, number)
}

/// That something is not a number, or not one that can be kept exactly.
fn no_number(fact: &Fact, called: &Called, text: &str) -> CaseError {
    Problem::NoNumber { called: called.clone(), written: text.to_owned(), choices: Choices::of(fact) }.into()
}

/// The number, if the fact can have it.
fn within(fact: &Fact, called: &Called, number: Decimal) -> Result<Decimal, CaseError> {
    match &fact.domain {
        Domain::Number { min, max, .. } if number < *min || number > *max => {
            Err(Problem::OutOfRange { called: called.clone(), number, choices: Choices::of(fact) }.into())
        }
        _ => Ok(number),
    }
}

/// A decimal comma as a point, where it can be nothing else: one comma with one or two digits behind it. `1,000` may mean a thousand.
fn with_a_point(digits: &str) -> String {
    match digits.split_once(',') {
        Some((whole, decimals)) if (1..=2).contains(&decimals.len()) && !whole.contains('.') => format!("{whole}.{decimals}"),
        _ => digits.to_owned(),
    }
}
