//! Exact conversions between units.

use sarcoguide_model::Decimal;

/// The units of length, with their sizes in micrometers. No other units are converted.
const LENGTHS: [(&str, i64); 7] =
    [("mm", 1_000), ("cm", 10_000), ("m", 1_000_000), ("in", 25_400), ("inch", 25_400), ("inches", 25_400), ("dm", 100_000)];

/// Converts a number from one unit to another. Returns `None` if there's no conversion between the units, or if the result would have to be rounded.
/// If `from` is empty, or differs from `to` only in a plural `s`, the number is already in the unit `to`. Upper and lower case make no difference.
#[must_use]
pub fn convert(number: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let (from, to) = (from.to_lowercase(), to.to_lowercase());
    if from.is_empty() || singular(&from) == singular(&to) {
        return Some(number);
    }
    let (from, to) = (length(&from)?, length(&to)?);
    let exact = number.thousandths().checked_mul(from)?;
    (exact % to == 0).then(|| Decimal::from_thousandths(exact / to))
}

fn singular(unit: &str) -> &str {
    unit.strip_suffix('s').unwrap_or(unit)
}

fn length(unit: &str) -> Option<i64> {
    LENGTHS.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_converted_only_if_the_result_is_exact() {
        for (number, from, to, thousandths) in [
            ("52", "mm", "cm", Some(5_200)),
            ("5.2", "CM", "cm", Some(5_200)),
            ("0.3", "m", "cm", Some(30_000)),
            ("2", "in", "cm", Some(5_080)),
            ("0.001", "mm", "cm", None),
            ("18", "year", "years", Some(18_000)),
            ("18", "months", "years", None),
        ] {
            let number = Decimal::parse(number).expect("a number");
            assert_eq!(convert(number, from, to).map(Decimal::thousandths), thousandths, "{number} {from}");
        }
    }
}
