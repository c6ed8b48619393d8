//! The guide's words on time, read strictly: what is hedged or relative is not placed.

use jiff::Span;
use jiff::civil::Date;

/// On which days something happens, counted from a first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rhythm {
    /// On the first day only.
    Once,
    /// Monday to Friday.
    Weekdays,
    /// On these days (from 1) of every so many.
    Cycle {
        /// The days of one round.
        days: u16,
        /// The days in it, ascending.
        on: Vec<u16>,
    },
}

/// The rhythm that a schedule states in so many words; none for anything else.
pub(crate) fn rhythm(words: &str) -> Option<Rhythm> {
    let words = words.trim();
    match words {
        "once" | "one dose" => return Some(Rhythm::Once),
        "every day" | "once a day" | "twice a day" => return Some(Rhythm::Cycle { days: 1, on: vec![1] }),
        "once a week" | "every week" => return Some(Rhythm::Cycle { days: 7, on: vec![1] }),
        _ => {}
    }
    if matches!(words.strip_prefix("once a day, ").unwrap_or(words), "Monday through Friday" | "5 days a week") {
        return Some(Rhythm::Weekdays);
    }
    if let Some(round) = words.strip_prefix("every ") {
        return Some(Rhythm::Cycle { days: whole_days(round)?, on: vec![1] });
    }
    let (on, round) = words.strip_prefix("days ").or(words.strip_prefix("day "))?.split_once(" of every ")?;
    let days = whole_days(round)?;
    let on: Vec<u16> = on.replace(" and ", ", ").split(", ").map(|day| day.parse().ok()).collect::<Option<_>>()?;
    let ascending = on.windows(2).all(|pair| pair[0] < pair[1]);
    (ascending && on.first()? >= &1 && on.last()? <= &days).then_some(Rhythm::Cycle { days, on })
}

/// `3 weeks` or `21 days` as days.
fn whole_days(words: &str) -> Option<u16> {
    let (number, unit) = number_and_unit(words)?;
    let days = match unit {
        "day" => number,
        "week" => number.checked_mul(7)?,
        _ => return None,
    };
    (1..=366).contains(&days).then_some(days)
}

/// The length that `5 weeks`, `10 days`, `6 months` or `2 years` state; none for anything hedged.
pub(crate) fn length(words: &str) -> Option<Span> {
    let (number, unit) = number_and_unit(words)?;
    let number = i64::from(number);
    match unit {
        "day" => Span::new().try_days(number),
        "week" => Span::new().try_weeks(number),
        "month" => Span::new().try_months(number),
        "year" => Span::new().try_years(number),
        _ => return None,
    }
    .ok()
}

/// A number above 0 with its unit in the singular.
fn number_and_unit(words: &str) -> Option<(u16, &str)> {
    let (number, unit) = words.trim().split_once(' ')?;
    let all_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u16 = number.parse().ok().filter(|number| all_digits && *number > 0)?;
    Some((number, unit.strip_suffix('s').unwrap_or(unit)))
}

/// The day that `day 0` or `after 5 years` name, counted from the first day of treatment; none for what depends on other events.
pub(crate) fn day(words: &str, start: Date) -> Option<Date> {
    let words = words.trim();
    if let Some(number) = words.strip_prefix("day ") {
        let number: u16 = number.parse().ok()?;
        return start.checked_add(Span::new().try_days(i64::from(number)).ok()?).ok();
    }
    start.checked_add(length(words.strip_prefix("after ")?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_said_exactly_is_placed() {
        assert_eq!(rhythm("every 3 weeks"), Some(Rhythm::Cycle { days: 21, on: vec![1] }));
        assert_eq!(rhythm("days 1 and 8 of every 21 days"), Some(Rhythm::Cycle { days: 21, on: vec![1, 8] }));
        assert_eq!(rhythm("days 1, 8 and 15 of every 4 weeks"), Some(Rhythm::Cycle { days: 28, on: vec![1, 8, 15] }));
        assert_eq!(rhythm("once a day, Monday through Friday"), Some(Rhythm::Weekdays));
        assert_eq!(rhythm("5 days a week"), Some(Rhythm::Weekdays));
        assert_eq!(rhythm("once"), Some(Rhythm::Once));
        assert_eq!(day("day 4", date(2027, 1, 30)), Some(date(2027, 2, 3)));
        assert_eq!(day("after 5 years", date(2024, 2, 29)), Some(date(2029, 2, 28)));
        assert_eq!(length("6 months").map(|span| date(2026, 8, 31) + span), Some(date(2027, 2, 28)));
    }

    #[test]
    fn what_is_hedged_or_hangs_on_something_else_is_not() {
        for words in [
            "",
            "about every 3 weeks",
            "often once a day, 5 days a week",
            "every 3 or 6 weeks",
            "every 0 weeks",
            "every -3 weeks",
            "every 65535 weeks",
            "days 8 and 1 of every 21 days",
            "days 1 and 22 of every 21 days",
            "in cycles: treatment, then rest",
        ] {
            assert_eq!(rhythm(words), None, "{words}");
        }
        for words in
            ["", "usually several weeks", "about 5 days", "3 to 6 weeks", "up to 6 cycles of 3 weeks", "+3 weeks", "weeks"]
        {
            assert_eq!(length(words).map(|span| span.to_string()), None, "{words}");
        }
        for words in
            ["before the operation", "after 6 cycles", "after the operation", "about 6 weeks before the infusion", "day 70000"]
        {
            assert_eq!(day(words, date(2027, 1, 1)), None, "{words}");
        }
        assert_eq!(day("after 9000 years", date(2027, 1, 1)), None);
    }
}
