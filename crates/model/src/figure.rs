use std::fmt;

use serde::{Deserialize, Serialize};

/// A decimal number with at most three decimal places. It's stored exactly, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Decimal(i64);

impl Decimal {
    /// Creates a number from thousandths. For example, `5_250` is 5.25.
    #[must_use]
    pub fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Converts a whole number, or returns `None` if it's too large.
    #[must_use]
    pub fn from_whole(whole: i64) -> Option<Self> {
        whole.checked_mul(1000).map(Self)
    }

    /// Returns the number in thousandths.
    #[must_use]
    pub fn thousandths(self) -> i64 {
        self.0
    }

    /// Parses a number such as `-12.345`. Returns `None` if the text isn't in this format or has more than three decimal places, not
    /// counting zeros at the end. A number is never rounded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(decimals) || (decimals.is_empty() && digits.contains('.')) {
            return None;
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > 3 {
            return None;
        }
        let fraction: i64 = format!("{decimals:0<3}").parse().ok()?;
        let whole: i64 = whole.parse().ok()?;
        Some(Self(sign * whole.checked_mul(1000)?.checked_add(fraction)?))
    }

    /// Multiplies the number by `factor`. Returns the exact product, or `None` if it has more than three decimal places or is too large.
    #[must_use]
    pub fn scaled(self, factor: Self) -> Option<Self> {
        let product = self.0.checked_mul(factor.0)?;
        (product % 1000 == 0).then_some(Self(product / 1000))
    }

    /// Returns the nearest whole number. Halves are rounded away from zero.
    #[must_use]
    pub fn rounded(self) -> i64 {
        (self.0 + 500 * self.0.signum()) / 1000
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        if fraction == 0 {
            write!(formatter, "{sign}{whole}")
        } else {
            let digits = format!("{fraction:03}");
            write!(formatter, "{sign}{whole}.{}", digits.trim_end_matches('0'))
        }
    }
}

/// A result of a study, as written in the guide. A number or a range is also split into its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The text in the guide, for example `4.6 months`, `17 to 32 %`, `5 of 7`, `up to 64 %` or `not reached`.
    pub written: String,
    /// The number, or the lower end of the range. `None` for other texts.
    pub low: Option<Decimal>,
    /// The number, or the upper end of the range. `None` for other texts.
    pub high: Option<Decimal>,
    /// The unit, for example `%` or `months`. `None` for a number or range without a unit, and for other texts.
    pub unit: Option<String>,
}

impl Figure {
    /// Parses a figure. If the text isn't a number or a range, with or without a unit, only [`written`](Self::written) is set.
    #[must_use]
    pub fn parse(written: &str) -> Self {
        let words: Vec<&str> = written.split_whitespace().collect();
        let (numbers, unit): (Vec<Option<Decimal>>, Option<&str>) = match words.as_slice() {
            [number] => match number.strip_suffix('%') {
                Some(bare) => (vec![Decimal::parse(bare)], Some("%")),
                None => (vec![Decimal::parse(number)], None),
            },
            [number, unit] => (vec![Decimal::parse(number)], Some(unit)),
            [low, "to", high] => (vec![Decimal::parse(low), Decimal::parse(high)], None),
            [low, "to", high, unit] => (vec![Decimal::parse(low), Decimal::parse(high)], Some(unit)),
            _ => (vec![None], None),
        };
        let low = numbers.first().copied().flatten();
        let high = numbers.last().copied().flatten();
        let whole = low.is_some() && high.is_some();
        Self {
            written: written.to_owned(),
            low: low.filter(|_| whole),
            high: high.filter(|_| whole),
            unit: unit.filter(|_| whole).map(str::to_owned),
        }
    }

    /// Returns whether the figure is a number or a range, with or without a unit.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.low.is_some()
    }

    /// Returns whether the figure has one of the accepted forms: a number or a range, a count (`5 of 7`), a bound (`up to 64 %` or
    /// `at least 3 months`), or words without digits (`not reached`).
    #[must_use]
    pub fn has_accepted_form(&self) -> bool {
        let bounded = || self.written.strip_prefix("up to ").or_else(|| self.written.strip_prefix("at least "));
        let counted = || {
            let (some, all) = self.written.split_once(" of ")?;
            Some(some.parse::<u32>().ok()? <= all.parse::<u32>().ok()?)
        };
        self.is_number()
            || !self.written.contains(|letter: char| letter.is_ascii_digit())
            || bounded().is_some_and(|bound| Self::parse(bound).is_number())
            || counted() == Some(true)
    }

    /// Converts a percentage to a number of people in 100, as the lower and upper end of a range, both rounded to whole numbers. For
    /// example, `41 %` is `(41, 41)`, and `17 to 32 %` is `(17, 32)`. Returns `None` for any other figure.
    #[must_use]
    pub fn of_100_people(&self) -> Option<(i64, i64)> {
        match (self.unit.as_deref(), self.low, self.high) {
            (Some("%"), Some(low), Some(high)) => Some((low.rounded(), high.rounded())),
            _ => None,
        }
    }
}

/// A date that can lack the day, or both the day and the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl PartialDate {
    /// Parses a date such as `2026-03-09`, `2026-03` or `2026`. Returns `None` for other text, and for a day that the month
    /// doesn't have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return None;
        }
        let mut parts = text.split('-');
        let year = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
        let part = |text: Option<&str>, most: u8| match text {
            None => Some(None),
            Some(digits) if digits.len() == 2 => digits.parse().ok().filter(|n| (1..=most).contains(n)).map(Some),
            Some(_) => None,
        };
        let month = part(parts.next(), 12)?;
        let last_day = month.map_or(0, |month| days_in_month(year, month));
        let day = part(parts.next(), last_day)?;
        parts.next().is_none().then_some(Self { year, month, day })
    }
}

/// The number of days in a month of the Gregorian calendar.
fn days_in_month(year: u16, month: u8) -> u8 {
    let is_leap_year = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(formatter, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_read_exactly_or_not_at_all() {
        for (text, thousandths) in [("5", 5000), ("5.25", 5250), ("-0.5", -500), ("0.1", 100), ("12.3450", 12345)] {
            assert_eq!(Decimal::parse(text), Some(Decimal::from_thousandths(thousandths)), "{text}");
        }
        for text in ["", ".5", "5.", "1e3", "5,2", "1.2345", "five", "--1", "99999999999999999999", "NaN"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_percentages_convert_to_people_in_100() {
        assert_eq!(Figure::parse("43.2 %").of_100_people(), Some((43, 43)));
        assert_eq!(Figure::parse("17 to 32 %").of_100_people(), Some((17, 32)));
        assert_eq!(Figure::parse("17%").of_100_people(), Some((17, 17)));
        assert_eq!(Figure::parse("4.6 months").of_100_people(), None);
        assert!(!Figure::parse("not reached").is_number());
    }

    #[test]
    fn a_figure_can_be_a_number_a_range_a_count_a_bound_or_words() {
        for written in
            ["41 %", "17 to 32 %", "4.6 months", "5 of 7", "up to 64 %", "at least 3 months", "not reached", "improved"]
        {
            assert!(Figure::parse(written).has_accepted_form(), "{written}");
        }
        for written in ["41 per cent of all", "7 of 5", "5 of some", "up to 64 % or so", "1,2 %", "about 3 %"] {
            assert!(!Figure::parse(written).has_accepted_form(), "{written}");
        }
        assert!(!Figure::parse("up to 64 %").is_number() && Figure::parse("up to 64 %").of_100_people().is_none());
    }

    #[test]
    fn a_date_can_lack_its_day_but_a_malformed_date_is_rejected() {
        assert_eq!(PartialDate::parse("2012-04").map(|date| date.to_string()), Some("2012-04".to_owned()));
        assert_eq!(PartialDate::parse("2012-13"), None);
        assert_eq!(PartialDate::parse("2012-1"), None);
        assert_eq!(PartialDate::parse("2012-+1"), None);
        assert_eq!(PartialDate::parse("+012"), None);
    }

    #[test]
    fn a_date_must_exist() {
        for text in ["2026-01-31", "2026-04-30", "2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert_eq!(PartialDate::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
        }
        for text in ["2026-02-29", "2026-02-31", "1900-02-29", "2026-04-31", "2026-11-31", "2026-01-32", "2026-01-00"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
