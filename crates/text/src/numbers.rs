//! Formats numbers by the rules of a language.

use fluent_bundle::FluentValue;
use intl_memoizer::concurrent::IntlLangMemoizer;

/// The separators in a language's numbers.
#[derive(Clone, Copy)]
struct Marks {
    decimal: char,
    /// The thousands separator, used only if there are at least five digits before the decimal separator.
    group: char,
}

const ENGLISH: Marks = Marks { decimal: '.', group: ',' };
const COMMA_AND_POINT: Marks = Marks { decimal: ',', group: '.' };
const COMMA_AND_SPACE: Marks = Marks { decimal: ',', group: '\u{a0}' };

/// A number formatter for a Fluent bundle. It returns `None` if the value isn't a number.
pub(crate) type Formatter = fn(&FluentValue, &IntlLangMemoizer) -> Option<String>;

/// Returns the number formatter of a language. For example, English writes `12345.5` as `12,345.5`.
///
/// Numbers below 10,000 have no thousands separator in any language, so that years look right.
pub(crate) fn formatter(language: &str) -> Formatter {
    match language {
        "da" | "de" | "el" | "es" | "id" | "is" | "it" | "nl" | "pt" | "ro" | "sl" | "tr" | "vi" => {
            |value, _| number(value, COMMA_AND_POINT)
        }
        "bg" | "cs" | "et" | "fi" | "fr" | "hu" | "lt" | "lv" | "nb" | "no" | "pl" | "ru" | "sk" | "sv" | "uk" => {
            |value, _| number(value, COMMA_AND_SPACE)
        }
        _ => |value, _| number(value, ENGLISH),
    }
}

fn number(value: &FluentValue, marks: Marks) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    Some(write(number.value, number.options.minimum_fraction_digits.unwrap_or_default(), marks))
}

/// Writes a number with all of its decimals. If it has fewer than `decimals`, adds zeros.
fn write(value: f64, decimals: usize, marks: Marks) -> String {
    let written = value.to_string();
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(written.len() + 8);
    text.push_str(sign);
    if whole.len() < 5 {
        text.push_str(whole);
    } else {
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.push(marks.group);
            }
            text.push(digit);
        }
    }
    if fraction.len().max(decimals) > 0 {
        text.push(marks.decimal);
        text.push_str(fraction);
        text.extend(std::iter::repeat_n('0', decimals.saturating_sub(fraction.len())));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_thousands_separator_from_ten_thousand() {
        for (marks, value, decimals, expected) in [
            (ENGLISH, 0.0, 0, "0"),
            (ENGLISH, 2026.0, 0, "2026"),
            (ENGLISH, 9999.0, 0, "9999"),
            (ENGLISH, 10_000.0, 0, "10,000"),
            (ENGLISH, -1_234_567.25, 0, "-1,234,567.25"),
            (ENGLISH, 5.0, 1, "5.0"),
            (ENGLISH, 0.5, 1, "0.5"),
            (COMMA_AND_POINT, 12_345.5, 0, "12.345,5"),
            (COMMA_AND_SPACE, 12_345.5, 2, "12\u{a0}345,50"),
        ] {
            assert_eq!(write(value, decimals, marks), expected, "{value}");
        }
    }
}
