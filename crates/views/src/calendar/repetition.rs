//! Works out the days of a timing: its first and last day, and how it repeats.

use jiff::Span;
use jiff::civil::Date;
use sarcoguide_model::{Bounds, Count, Length, Precision, TimeUnit, Timing, Weekday};

/// The number of weeks from the first day to the horizon. Repetitions without an end are shown up to the day before the horizon. Something continuous
/// that ends by the horizon, such as "week 0 to week 12", is shown whole. If it lasts longer, only its first day is shown.
pub(crate) const HORIZON_WEEKS: i64 = 12;

/// The days on which something happens, counted from a first day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Repetition {
    /// On the first day only.
    Once,
    /// On certain days of each week.
    Weekly(Vec<Weekday>),
    /// On certain days of each cycle.
    Cycle {
        /// The length of a cycle in days.
        days: u16,
        /// The first and last day of each run of consecutive days. The days of a cycle are counted from 1.
        on: Vec<(u16, u16)>,
    },
}

impl Repetition {
    /// Returns how a timing repeats. Returns `None` if the timing doesn't fix the days, as in "every 2 to 3 weeks" or "twice a week", or if it has
    /// neither a period nor a count of 1. A count of 1 isn't enough if the bounds have an end, because any day within them could be meant.
    pub fn of(timing: &Timing) -> Option<Self> {
        let Some(period) = timing.period else {
            let once = timing.count.and_then(Count::exactly) == Some(1);
            let open = matches!(timing.bounds, None | Some(Bounds::Period { end: None, .. }));
            return (once && open).then_some(Self::Once);
        };
        let days = whole_days(period.count.exactly()?, period.unit)?;
        if !timing.day_of_week.is_empty() {
            return matches!(days, 1 | 7).then(|| Self::Weekly(timing.day_of_week.clone()));
        }
        // How many times something happens on the same day doesn't matter. Several times in a longer period leave the days open.
        let several = timing.frequency.is_some_and(|frequency| frequency.most() > 1);
        if several && days > 1 && timing.days_of_cycle.is_empty() {
            return None;
        }
        let length = match timing.duration {
            None => 1,
            Some(Length { count, unit: TimeUnit::Hours }) => count.most().div_ceil(HOURS_PER_DAY),
            Some(Length { count, unit }) => whole_days(count.exactly()?, unit)?,
        };
        if length > days {
            return None;
        }
        let starts = if timing.days_of_cycle.is_empty() { &[1][..] } else { &timing.days_of_cycle };
        let run = |start: &u16| start.checked_add(length - 1).map(|last| (*start, last));
        Some(Self::Cycle { days, on: starts.iter().map(run).collect::<Option<_>>()? })
    }

    /// Returns the events to create from `start` to `last`. No event or repetition has a day outside this range.
    ///
    /// A weekly repetition needs one event, on the first matching day from `start` on. A cycle needs one event for each run of consecutive days. If
    /// the last repetition of a run would end after `last`, it gets its own event, which ends on `last`. There are no events if nothing happens from
    /// `start` to `last`. Returns `None` if a date is out of range.
    pub fn events(&self, start: Date, last: Date) -> Option<Vec<NewEvent>> {
        match self {
            Self::Once => Some(vec![NewEvent { first: start, last: start, rule: None }]),
            Self::Weekly(days) => {
                let is_one =
                    |day: &Date| days.contains(&Weekday::ALL[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())]);
                let week = std::iter::successors(Some(start), |day| day.tomorrow().ok()).take(7);
                let ids: Vec<String> = days.iter().map(|day| day.id()[..2].to_uppercase()).collect();
                let rule = format!("FREQ=WEEKLY;BYDAY={};UNTIL={}", ids.join(","), last.strftime("%Y%m%d"));
                let first = week.take_while(|day| *day <= last).find(is_one);
                Some(first.map(|first| NewEvent { first, last: first, rule: Some(rule) }).into_iter().collect())
            }
            Self::Cycle { days, on } => {
                let rule = |until: Date| Some(format!("FREQ=DAILY;INTERVAL={days};UNTIL={}", until.strftime("%Y%m%d")));
                let after = |day, number: i32| date_after(day, TimeUnit::Days, number.into());
                let (mut events, mut cut_off) = (Vec::new(), Vec::new());
                for (run_start, run_end) in on {
                    let Some(first) = after(start, i32::from(*run_start) - 1).filter(|first| *first <= last) else { continue };
                    let length = i32::from(run_end - run_start);
                    let past = (last - first).get_days().rem_euclid(i32::from(*days));
                    let last_start = after(last, -past)?;
                    if past >= length {
                        events.push(NewEvent { first, last: after(first, length)?, rule: rule(last) });
                        continue;
                    }
                    cut_off.push(NewEvent { first: last_start, last, rule: None });
                    if first < last_start {
                        events.push(NewEvent { first, last: after(first, length)?, rule: rule(last_start.yesterday().ok()?) });
                    }
                }
                events.append(&mut cut_off);
                Some(events)
            }
        }
    }
}

/// An event to create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewEvent {
    pub first: Date,
    /// The last day, which is included.
    pub last: Date,
    /// The iCalendar recurrence rule, if the event repeats.
    pub rule: Option<String>,
}

const HOURS_PER_DAY: u16 = 24;

/// Converts a period to days. A multiple of 24 hours is a number of whole days. A number of hours that divides a day evenly counts as one day.
/// Returns `None` for other hours, and for months and years, which vary in length.
fn whole_days(number: u16, unit: TimeUnit) -> Option<u16> {
    match unit {
        TimeUnit::Hours if number.is_multiple_of(HOURS_PER_DAY) => Some(number / HOURS_PER_DAY),
        TimeUnit::Hours => HOURS_PER_DAY.is_multiple_of(number).then_some(1),
        TimeUnit::Days => Some(number),
        TimeUnit::Weeks => number.checked_mul(7),
        TimeUnit::Months | TimeUnit::Years => None,
    }
}

/// The first and the last day of a timing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub first: Date,
    /// The last day, or `None` if the guide doesn't say.
    pub last: Option<Date>,
    pub precision: Precision,
}

impl Days {
    /// Counts the days of a timing from an index date. Returns `None` if a day is before the year 1 or after 9999, because calendar files can't
    /// represent it, if the timing has neither bounds nor a repetition, or if a count of weeks leaves the last day open.
    pub fn of(timing: &Timing, repetition: Option<&Repetition>, index_date: Date) -> Option<Self> {
        // A range is shown up to its maximum, so the last day is marked as the latest possible.
        let at_most = |count: Count| match timing.precision {
            Precision::Exact if count.most.is_some() => Precision::AtMost,
            precision => precision,
        };
        let length = |count: Count, unit| match unit {
            // Hours beyond the last whole day count as one more day.
            TimeUnit::Hours => date_after(index_date, TimeUnit::Days, i64::from(count.most().div_ceil(HOURS_PER_DAY))),
            unit => date_after(index_date, unit, i64::from(count.most())),
        };
        match (&timing.bounds, timing.count, repetition) {
            (Some(Bounds::Period { start, end: Some(end), unit }), ..) => {
                let first = date_after(index_date, *unit, i64::from(*start))?;
                let last = date_after(index_date, *unit, i64::from(*end))?;
                (first <= last).then_some(Self { first, last: Some(last), precision: timing.precision })
            }
            (Some(Bounds::Duration(Length { count, unit })), ..) => {
                let last = length(*count, *unit)?.yesterday().ok()?;
                Some(Self { first: index_date, last: Some(last), precision: at_most(*count) })
            }
            (bounds, count, repetition) => {
                let first = match bounds {
                    Some(Bounds::Period { start, unit, .. }) => date_after(index_date, *unit, i64::from(*start))?,
                    _ => index_date,
                };
                match (count, repetition) {
                    (Some(count), Some(Repetition::Cycle { days, .. })) => {
                        let end = date_after(first, TimeUnit::Days, i64::from(count.most()) * i64::from(*days))?;
                        Some(Self { first, last: Some(end.yesterday().ok()?), precision: at_most(count) })
                    }
                    // A count of weeks doesn't fix the last day: if the first day isn't a Monday, the days before the next Monday may or may not
                    // count as a week.
                    (Some(_), Some(Repetition::Weekly(_))) => None,
                    (_, None) if bounds.is_none() => None,
                    _ => Some(Self { first, last: None, precision: timing.precision }),
                }
            }
        }
    }
}

/// Returns the day that is `number` units after `from`, or before it if `number` is negative. Hours are rounded down to whole days. Returns `None`
/// before the year 1 or after 9999.
pub(crate) fn date_after(from: Date, unit: TimeUnit, number: i64) -> Option<Date> {
    let span = match unit {
        TimeUnit::Hours => Span::new().try_days(number.div_euclid(i64::from(HOURS_PER_DAY))),
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

    fn every(period: u16, unit: TimeUnit) -> Timing {
        let exactly = |least| Count { least, most: None };
        Timing {
            bounds: None,
            precision: Precision::Exact,
            index_date: None,
            until: None,
            frequency: Some(exactly(1)),
            period: Some(Length { count: exactly(period), unit }),
            duration: None,
            count: None,
            days_of_cycle: Vec::new(),
            day_of_week: Vec::new(),
        }
    }

    fn length(number: u16, unit: TimeUnit) -> Option<Length> {
        Some(Length { count: Count { least: number, most: None }, unit })
    }

    #[test]
    fn a_timing_that_fixes_its_days_has_a_repetition() {
        use TimeUnit::{Days, Hours, Weeks};
        let single = |days: u16, on: &[u16]| Some(Repetition::Cycle { days, on: on.iter().map(|day| (*day, *day)).collect() });
        let run = |days: u16, last: u16| Some(Repetition::Cycle { days, on: vec![(1, last)] });
        let twice = Some(Count { least: 2, most: None });
        for (timing, expected) in [
            (every(3, Weeks), single(21, &[1])),
            (Timing { duration: length(24, Hours), ..every(3, Weeks) }, single(21, &[1])),
            (Timing { duration: length(72, Hours), ..every(3, Weeks) }, run(21, 3)),
            (Timing { days_of_cycle: vec![1, 8], ..every(21, Days) }, single(21, &[1, 8])),
            (Timing { duration: length(3, Weeks), ..every(4, Weeks) }, run(28, 21)),
            (Timing { frequency: twice, ..every(1, Days) }, single(1, &[1])),
            (every(12, Hours), single(1, &[1])),
            (every(48, Hours), single(2, &[1])),
            (Timing { day_of_week: vec![Weekday::Monday], ..every(1, Days) }, Some(Repetition::Weekly(vec![Weekday::Monday]))),
            (Timing { period: None, count: Some(Count { least: 1, most: None }), ..every(1, Days) }, Some(Repetition::Once)),
        ] {
            assert_eq!(Repetition::of(&timing), expected, "{timing}");
        }
    }

    #[test]
    fn a_timing_that_leaves_its_days_open_has_no_repetition() {
        use TimeUnit::{Days, Hours, Months, Weeks};
        let to = |least, most| Count { least, most: Some(most) };
        for timing in [
            every(3, Months),
            every(5, Hours),
            every(36, Hours),
            every(60_000, Weeks),
            Timing { period: Some(Length { count: to(2, 3), unit: Weeks }), ..every(1, Weeks) },
            Timing { frequency: Some(to(1, 2)), ..every(1, Weeks) },
            Timing { duration: Some(Length { count: to(2, 3), unit: Days }), ..every(3, Weeks) },
            Timing { day_of_week: vec![Weekday::Monday], ..every(2, Weeks) },
            Timing { period: None, ..every(1, Days) },
            Timing {
                bounds: length(5, Days).map(Bounds::Duration),
                period: None,
                count: Some(Count { least: 1, most: None }),
                ..every(1, Days)
            },
        ] {
            assert_eq!(Repetition::of(&timing), None, "{timing}");
        }
    }

    #[test]
    fn date_after_counts_calendar_days_and_rejects_years_outside_1_to_9999() {
        assert_eq!(date_after(date(2027, 1, 30), TimeUnit::Days, 4), Some(date(2027, 2, 3)));
        assert_eq!(date_after(date(2027, 1, 30), TimeUnit::Weeks, -6), Some(date(2026, 12, 19)));
        assert_eq!(date_after(date(2024, 2, 29), TimeUnit::Years, 5), Some(date(2029, 2, 28)));
        assert_eq!(date_after(date(2026, 8, 31), TimeUnit::Months, 6), Some(date(2027, 2, 28)));
        assert_eq!(date_after(date(9999, 12, 31), TimeUnit::Years, 1), None);
        assert_eq!(date_after(date(1, 1, 3), TimeUnit::Days, -3), None);
        assert_eq!(date_after(date(1, 1, 3), TimeUnit::Days, -2), Some(date(1, 1, 1)));
    }
}
