//! Units that can be turned into one another without loss.

use sarcoguide_model::Decimal;

/// Metric lengths, in millimeters.
const LENGTHS: [(&str, i64); 4] = [("mm", 1), ("cm", 10), ("dm", 100), ("m", 1000)];

/// `number` of one unit in another: only metric lengths, and only where nothing has to be rounded.
pub(crate) fn convert(number: Decimal, from: &str, to: &str) -> Option<Decimal> {
    let length = |unit: &str| LENGTHS.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size);
    if from == to || from.strip_suffix('s').unwrap_or(from) == to.strip_suffix('s').unwrap_or(to) {
        return Some(number);
    }
    let (from, to) = (length(from)?, length(to)?);
    let exact = number.thousandths().checked_mul(from)?;
    (exact % to == 0).then(|| Decimal::from_thousandths(exact / to))
}

/// A number with or without a unit, as it stands in a text, in the unit `to`.
pub(crate) fn read(text: &str, to: &str) -> Option<Decimal> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-'))).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number = Decimal::parse(number)?;
    if unit.trim().is_empty() { Some(number) } else { convert(number, unit.trim(), to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_turned_exactly_or_not_at_all() {
        for (text, to, thousandths) in [
            ("52 mm", "cm", Some(5_200)),
            ("5.2cm", "cm", Some(5_200)),
            ("5.2", "cm", Some(5_200)),
            ("0.3 m", "cm", Some(30_000)),
            ("0.001 mm", "cm", None),
            ("2 in", "cm", None),
            ("18 year", "years", Some(18_000)),
            ("18 months", "years", None),
            ("", "cm", None),
            ("cm", "cm", None),
        ] {
            assert_eq!(read(text, to).map(Decimal::thousandths), thousandths, "{text}");
        }
    }
}
