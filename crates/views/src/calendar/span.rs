//! The guide's words on time, read strictly: what is hedged or relative is not placed.

use jiff::Span;
use jiff::civil::Date;
use sarcoguide_model::TimeUnit;

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
        /// The first and last of days in a row in it, ascending.
        on: Vec<(u16, u16)>,
    },
}

/// The rhythm that a schedule states in so many words; none for anything else.
pub(crate) fn rhythm(words: &str) -> Option<Rhythm> {
    let words = words.trim();
    // For how many hours something runs does not say how often, and in what study it ran so is told beside it.
    let words = words.strip_prefix("over ").and_then(|rest| Some(rest.split_once(" hours, ")?.1)).unwrap_or(words);
    let words = words.strip_suffix(" in trials").unwrap_or(words);
    match words {
        "once" | "one dose" => return Some(Rhythm::Once),
        "every day" | "once a day" | "twice a day" => return Some(Rhythm::Cycle { days: 1, on: vec![(1, 1)] }),
        "once a week" | "every week" => return Some(Rhythm::Cycle { days: 7, on: vec![(1, 1)] }),
        _ => {}
    }
    if matches!(words.strip_prefix("once a day, ").unwrap_or(words), "Monday through Friday" | "5 days a week") {
        return Some(Rhythm::Weekdays);
    }
    if let Some((often, off)) = words.strip_suffix(" off").and_then(|rest| rest.split_once(", then ")) {
        let (often, length) = often.split_once(" for ")?;
        let Some(Rhythm::Cycle { days: step @ (1 | 7), .. }) = rhythm(often) else { return None };
        let length = whole_days(length)?;
        let days = length.checked_add(whole_days(off)?)?;
        let each = (1..=length).step_by(step.into()).map(|day| (day, day));
        let on = if step == 1 { vec![(1, length)] } else { each.collect() };
        return Some(Rhythm::Cycle { days, on });
    }
    if let Some(round) = words.strip_prefix("every ") {
        return Some(Rhythm::Cycle { days: whole_days(round)?, on: vec![(1, 1)] });
    }
    let (on, round) = words.strip_prefix("days ").or(words.strip_prefix("day "))?.split_once(" of every ")?;
    let days = whole_days(round)?;
    let row = |days: &str| -> Option<(u16, u16)> {
        let (first, last) = days.split_once(" to ").unwrap_or((days, days));
        Some((first.parse().ok()?, last.parse().ok()?)).filter(|(first, last)| first <= last)
    };
    let on: Vec<(u16, u16)> = on.replace(" and ", ", ").split(", ").map(row).collect::<Option<_>>()?;
    let ascending = on.windows(2).all(|pair| pair[0].1 < pair[1].0);
    (ascending && on.first()?.0 >= 1 && on.last()?.1 <= days).then_some(Rhythm::Cycle { days, on })
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

/// How often a rhythm comes back where that is counted: `3 cycles`, `up to 6 cycles in trials`; and whether it may be less often.
pub(crate) fn rounds(words: &str) -> Option<(u16, bool)> {
    let (words, at_most) = words.strip_prefix("up to ").map_or((words, false), |rest| (rest, true));
    let (number, _) = words.split_once(" cycles").filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '))?;
    Some((number.parse().ok()?, at_most))
}

/// A number above 0 with its unit in the singular.
fn number_and_unit(words: &str) -> Option<(u16, &str)> {
    let (number, unit) = words.trim().split_once(' ')?;
    let all_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u16 = number.parse().ok().filter(|number| all_digits && *number > 0)?;
    Some((number, unit.strip_suffix('s').unwrap_or(unit)))
}

/// The day so many units away from another; none before the year 1 or after 9999, which a calendar file cannot hold.
pub(crate) fn away(from: Date, unit: TimeUnit, number: i16) -> Option<Date> {
    let number = i64::from(number);
    let span = match unit {
        TimeUnit::Days => Span::new().try_days(number),
        TimeUnit::Weeks => Span::new().try_weeks(number),
        TimeUnit::Months => Span::new().try_months(number),
        TimeUnit::Years => Span::new().try_years(number),
    };
    from.checked_add(span.ok()?).ok().filter(|day| day.year() >= 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_is_said_exactly_is_placed() {
        let single = |days: u16, on: &[u16]| Some(Rhythm::Cycle { days, on: on.iter().map(|day| (*day, *day)).collect() });
        assert_eq!(rhythm("every 3 weeks"), single(21, &[1]));
        assert_eq!(rhythm("over 24 hours, every 3 weeks"), single(21, &[1]));
        assert_eq!(rhythm("every 3 weeks in trials"), single(21, &[1]));
        assert_eq!(rhythm("days 1 and 8 of every 21 days"), single(21, &[1, 8]));
        assert_eq!(rhythm("days 1, 8 and 15 of every 4 weeks"), single(28, &[1, 8, 15]));
        assert_eq!(rhythm("days 1 to 21 of every 28 days"), Some(Rhythm::Cycle { days: 28, on: vec![(1, 21)] }));
        assert_eq!(rhythm("every day for 3 weeks, then 1 week off"), Some(Rhythm::Cycle { days: 28, on: vec![(1, 21)] }));
        assert_eq!(rhythm("once a week for 3 weeks, then 1 week off"), single(28, &[1, 8, 15]));
        assert_eq!(rhythm("once a day, Monday through Friday"), Some(Rhythm::Weekdays));
        assert_eq!(rhythm("5 days a week"), Some(Rhythm::Weekdays));
        assert_eq!(rhythm("once"), Some(Rhythm::Once));
        assert_eq!(away(date(2027, 1, 30), TimeUnit::Days, 4), Some(date(2027, 2, 3)));
        assert_eq!(away(date(2027, 1, 30), TimeUnit::Weeks, -6), Some(date(2026, 12, 19)));
        assert_eq!(away(date(2024, 2, 29), TimeUnit::Years, 5), Some(date(2029, 2, 28)));
        assert_eq!(away(date(9999, 12, 31), TimeUnit::Years, 1), None);
        assert_eq!(away(date(1, 1, 3), TimeUnit::Days, -3), None);
        assert_eq!(away(date(1, 1, 3), TimeUnit::Days, -2), Some(date(1, 1, 1)));
        assert_eq!(rounds("3 cycles"), Some((3, false)));
        assert_eq!(rounds("up to 6 cycles in trials"), Some((6, true)));
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
            "days 1 to 8 and 8 to 9 of every 21 days",
            "in cycles: treatment, then rest",
            "once a day for two weeks, then twice a day",
            "every 3 weeks for 3 weeks, then 1 week off",
        ] {
            assert_eq!(rhythm(words), None, "{words}");
        }
        for words in
            ["", "usually several weeks", "about 5 days", "3 to 6 weeks", "up to 6 cycles of 3 weeks", "+3 weeks", "weeks"]
        {
            assert_eq!(length(words).map(|span| span.to_string()), None, "{words}");
        }
        for words in ["", "cycles", "-1 cycles", "6 times", "up to 6 cyclestwo"] {
            assert_eq!(rounds(words), None, "{words}");
        }
    }
}
