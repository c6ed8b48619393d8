use sarcoguide_model::{Decimal, Domain, Fact, FactId, FactKind, FactValue, Guide, NumberWords};

use crate::error::{CaseError, Choices, FactName, Kind, Problem, meant};
use crate::number::{Fault, within};
use crate::written::{Raw, UNKNOWN};

/// Parses an answer that a person typed: the ID or name of a value, a number, limit or range (with or without a unit), or `unknown`.
///
/// # Errors
///
/// If the text isn't a valid answer for this fact. The error says what a valid answer looks like.
pub fn parse_answer(guide: &Guide, fact: FactId, text: &str) -> Result<FactValue, CaseError> {
    let wanted = text.trim();
    let values = guide[fact].domain.values();
    let same = |name: &str| name.to_lowercase() == wanted.to_lowercase();
    match values.iter().position(|value| same(&value.id) || same(&value.name)) {
        Some(index) => Ok(value(index)),
        None => fact_value(&guide[fact], &guide.number_words, &FactName::This, &Raw::Text(wanted.to_owned())),
    }
}

/// The minimum number of letters and digits in a typed answer that's treated as the beginning of a name, or as a misspelled name.
const MIN_CHARS: usize = 3;

/// Returns the indexes of the values that a typed answer can mean, in ascending order. If there is exactly one index, the answer is clear.
///
/// The first of these rules that matches at least one value applies:
/// 1. The answer is the ID or the name of the value.
/// 2. The answer is the part of the name inside or outside parentheses. The answer can also be a synonym.
/// 3. The name begins with the answer, followed by a comma, a semicolon, an opening parenthesis or the word `or`: `leg` means
///    `leg, thigh, knee or foot`.
/// 4. The name or a synonym contains the answer, starting at the beginning of a word.
///
/// Upper and lower case make no difference. Rules 3 and 4 apply only to an answer with at least three letters or digits, including at least one
/// letter. Rule 4 doesn't match the first digits of a longer number: `grade 1` doesn't mean `grade 10`.
#[must_use]
pub fn values_meant(guide: &Guide, fact: FactId, text: &str) -> Vec<usize> {
    let wanted = text.trim().to_lowercase();
    let values = guide[fact].domain.values();
    let index_of = |id: &str| values.iter().position(|value| value.id == id);
    let with = |rule: &dyn Fn(&sarcoguide_model::Value) -> bool| -> Vec<usize> {
        values.iter().enumerate().filter(|(_, value)| rule(value)).map(|(index, _)| index).collect()
    };
    let exact = with(&|value| value.id.to_lowercase() == wanted || value.name.to_lowercase() == wanted);
    if !exact.is_empty() {
        return exact;
    }
    let named: Vec<usize> = values_named(&guide[fact], text).filter_map(index_of).collect();
    let letters = wanted.chars().filter(|letter| letter.is_alphanumeric()).count();
    if !named.is_empty() || letters < MIN_CHARS || !wanted.chars().any(char::is_alphabetic) {
        return named;
    }
    let first = with(&|value| {
        let name = value.name.to_lowercase();
        let rest = name.strip_prefix(&wanted);
        rest.is_some_and(|rest| rest.starts_with(" or ") || rest.trim_start().starts_with([',', '(', ';']))
    });
    if !first.is_empty() {
        return first;
    }
    with(&|value| value.synonyms.iter().chain([&value.name]).any(|name| has_word_beginning(&name.to_lowercase(), &wanted)))
}

/// Returns the index of the value whose name is nearest to a misspelled answer, if a name is similar enough and contains the same digits.
#[must_use]
pub fn value_misspelled(guide: &Guide, fact: FactId, text: &str) -> Option<usize> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
    let values = guide[fact].domain.values();
    let names = values.iter().map(|value| value.name.as_str()).filter(|name| digits(name) == digits(text));
    let name = meant(text, names.filter(|_| letters >= MIN_CHARS))?;
    values.iter().position(|value| value.name == name)
}

/// Whether `beginning` occurs in `text` at the start of a word and doesn't end inside a number.
fn has_word_beginning(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + beginning.len()..]);
        let is_digit = |letter: char| letter.is_ascii_digit();
        let splits_number = beginning.ends_with(is_digit) && after.starts_with(is_digit);
        !before.ends_with(char::is_alphanumeric) && !splits_number
    })
}

fn value(index: usize) -> FactValue {
    // The guide compiler rejects a fact with more than 128 values.
    FactValue::Value(u8::try_from(index).unwrap_or(u8::MAX))
}

/// Reads a fact's value from TOML. `words` are the guide's words for limits and ranges of numbers.
///
/// # Errors
///
/// If the fact can't have this value. The error says which values are possible.
pub fn toml_value(fact: &Fact, words: &NumberWords, value: &::toml::de::DeValue<'_>) -> Result<FactValue, CaseError> {
    fact_value(fact, words, &FactName::Id(fact.id.clone()), &crate::toml::raw(value))
}

/// Reads `raw` as a value of `fact`. Error messages refer to the fact by `name`.
pub(crate) fn fact_value(fact: &Fact, words: &NumberWords, name: &FactName, raw: &Raw) -> Result<FactValue, CaseError> {
    let wrong_kind = |found: Kind| CaseError::from(Problem::WrongKind { fact: name.clone(), found, choices: Choices::of(fact) });
    match (&fact.domain, raw) {
        (_, Raw::Null) => Ok(FactValue::Unknown),
        (_, Raw::Other(found)) => Err(wrong_kind(*found)),
        (Domain::Values(_), Raw::Bool(yes)) if fact.kind == FactKind::YesNo => Ok(value(usize::from(*yes))),
        (_, Raw::Bool(_)) => Err(wrong_kind(Kind::Boolean)),
        (Domain::Values(_), Raw::Number(written)) if fact.kind == FactKind::Scale => {
            let plain = exact(written).map_or_else(|| written.clone(), |number| number.to_string());
            fact.value(&plain).map(value).ok_or_else(|| no_value(fact, name, written))
        }
        (Domain::Values(_), Raw::Number(_)) => Err(wrong_kind(Kind::Number)),
        (Domain::Values(_), Raw::Text(text)) => match fact.value(text) {
            Some(index) => Ok(value(index)),
            None if text == UNKNOWN => Ok(FactValue::Unknown),
            None => only_value_named(fact, text).map(value).ok_or_else(|| no_value(fact, name, text)),
        },
        (Domain::Number { .. }, Raw::Text(text)) if text == UNKNOWN => Ok(FactValue::Unknown),
        (Domain::Number { .. }, Raw::Number(written)) => {
            let number = exact(written).ok_or_else(|| no_number(fact, name, written))?;
            within(fact, number).map(FactValue::Number).map_err(|fault| fault_in(fact, name, written, fault))
        }
        (Domain::Number { .. }, Raw::Text(text)) => number(fact, words, name, text),
    }
}

/// The maximum absolute value of the exponent of a number. No fact needs a larger exponent.
const MAX_EXPONENT: i32 = 30;

/// Parses a number in JSON or TOML notation, with or without an exponent. Returns `None` if the number would have to be rounded, if its exponent
/// exceeds [`MAX_EXPONENT`], or if it's infinite or NaN.
fn exact(written: &str) -> Option<Decimal> {
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= MAX_EXPONENT)?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    // Pad the digits with enough zeros that the decimal point can move by the exponent.
    let digits = format!("{}{whole}{decimals}{}", zeros(-exponent), zeros(exponent));
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent.max(0))?;
    let (whole, decimals) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    Decimal::parse(&format!("{sign}{whole}{point}{decimals}"))
}

/// The error for a value that the fact doesn't have. A value with different digits is never suggested as the correction of a typo: `5` doesn't
/// mean `0`, and `G4` doesn't mean `G1`.
fn no_value(fact: &Fact, name: &FactName, text: &str) -> CaseError {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let ids = fact.domain.values().iter().map(|value| value.id.as_str());
    let named: Vec<String> = values_named(fact, text).map(str::to_owned).collect();
    let nearest = || meant(text, ids.filter(|id| digits(id) == digits(text))).into_iter().collect();
    let meant = if named.is_empty() { nearest() } else { named };
    Problem::NoValue { fact: name.clone(), value: text.to_owned(), meant, choices: Choices::of(fact) }.into()
}

/// Returns the index of the only value that `text` names, if the fact accepts synonyms.
fn only_value_named(fact: &Fact, text: &str) -> Option<usize> {
    let mut named = values_named(fact, text).filter(|_| fact.accepts_synonyms);
    let only = named.next()?;
    if named.next().is_none() { fact.value(only) } else { None }
}

/// Returns the IDs of the values that `text` names. The text can be the name of the value or a synonym, or the part of either that's inside or
/// outside parentheses. Case makes no difference, and [spaces, hyphens and periods](Spelling) make none unless the text separates two words or two
/// numbers with them that the name doesn't separate: `I-II` doesn't name `III`.
fn values_named<'g>(fact: &'g Fact, text: &str) -> impl Iterator<Item = &'g str> {
    let wanted = Spelling::of(text);
    fact.domain.values().iter().filter_map(move |value| {
        let names = value.synonyms.iter().chain([&value.name, &value.id]);
        let mut names = names.flat_map(|name| name.split(['(', ')']).chain([name.as_str()]));
        // A name that ends with a closing parenthesis has an empty last part, which an empty answer must not match.
        names.any(|name| !wanted.0.is_empty() && wanted.spells(&Spelling::of(name))).then_some(value.id.as_str())
    })
}

/// The characters of a text in lowercase, without spaces, hyphens, dashes, periods and underscores. Each has whether one of these separates it from
/// the character before it, if both are letters or both are digits.
struct Spelling(Vec<(char, bool)>);

impl Spelling {
    fn of(text: &str) -> Self {
        let mut spelling = Vec::new();
        let (mut last, mut is_separated) = (None, false);
        for c in text.chars() {
            if matches!(c, ' ' | '-' | '\u{2010}'..='\u{2015}' | '.' | '_') {
                is_separated = true;
                continue;
            }
            let would_join = last
                .is_some_and(|last: char| (last.is_alphabetic() && c.is_alphabetic()) || (last.is_numeric() && c.is_numeric()));
            // Some letters become several characters in lowercase. Only the first one begins a word.
            spelling.extend(c.to_lowercase().enumerate().map(|(place, c)| (c, place == 0 && is_separated && would_join)));
            (last, is_separated) = (Some(c), false);
        }
        Self(spelling)
    }

    /// Whether this is a spelling of `name`. It can leave out separators, but it can't add any.
    fn spells(&self, name: &Self) -> bool {
        let same =
            |((c, is_separated), (other, can_be)): (&(char, bool), &(char, bool))| c == other && (!is_separated || *can_be);
        self.0.len() == name.0.len() && self.0.iter().zip(&name.0).all(same)
    }
}

/// Parses what `text` says about a numeric fact: a number, a limit or a range. `words` are the guide's words for limits and ranges.
///
/// # Errors
///
/// If the text isn't a number, a limit or a range that the fact can have.
pub fn parse_number(fact: &Fact, words: &NumberWords, text: &str) -> Result<FactValue, CaseError> {
    number(fact, words, &FactName::This, text)
}

/// Parses a number in a string. See [`crate::number::parse`].
fn number(fact: &Fact, words: &NumberWords, name: &FactName, text: &str) -> Result<FactValue, CaseError> {
    crate::number::parse(fact, words, text).map_err(|fault| fault_in(fact, name, text, fault))
}

/// The error for a number that is written as `text` and has this fault.
fn fault_in(fact: &Fact, name: &FactName, text: &str, fault: Fault) -> CaseError {
    let (name, choices) = (name.clone(), Choices::of(fact));
    match fault {
        Fault::NotANumber => Problem::InvalidNumber { fact: name, written: text.to_owned(), choices },
        Fault::WrongUnit => Problem::WrongUnit { fact: name, written: text.to_owned(), choices },
        Fault::OutOfRange(number) => Problem::OutOfRange { fact: name, number, choices },
        Fault::Empty => Problem::EmptyRange { fact: name, written: text.to_owned(), choices },
    }
    .into()
}

/// The error for a number that isn't in a string and can't be stored exactly.
fn no_number(fact: &Fact, name: &FactName, text: &str) -> CaseError {
    Problem::InvalidNumber { fact: name.clone(), written: text.to_owned(), choices: Choices::of(fact) }.into()
}
