//! Timings in JSON, with the keys of the guide.

use sarcoguide_model::{Bounds, Count, Length, Precision, TimeUnit, Timing, Weekday};
use schemars::JsonSchema;
use serde::Serialize;

use super::declare::OneOf;

/// When something is and how it repeats: the fields of FHIR's `Timing.repeat`, without those that the guide leaves open.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimingAnswer {
    /// From when to when, counted from the index date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_period: Option<PeriodAnswer>,
    /// For how long, from the index date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_duration: Option<DurationAnswer>,
    /// For how long at least and at most, from the index date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_range: Option<RangeAnswer>,
    /// How precise the bounds are, or the count if there are none: `exact`, `about`, `within` (at some time in it), `at_least` or `at_most`.
    pub precision: OneOf<Precision>,
    /// The index date, if it isn't the treatment's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_date: Option<String>,
    /// The day on which it ends, if only the team can name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// How many times in each period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<u16>,
    /// The end of a range that starts with `frequency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_max: Option<u16>,
    /// After how many units it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<u16>,
    /// The end of a range that starts with `period`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_max: Option<u16>,
    /// The unit of `period`: `h`, `d`, `wk`, `mo` or `a` (years).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_unit: Option<OneOf<TimeUnit>>,
    /// How many units it lasts each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u16>,
    /// The end of a range that starts with `duration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_max: Option<u16>,
    /// The unit of `duration`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_unit: Option<OneOf<TimeUnit>>,
    /// How many periods there are; without a period, how many times it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    /// The end of a range that starts with `count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count_max: Option<u16>,
    /// On which days of each period it starts, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days_of_cycle: Vec<u16>,
    /// On which days of the week it is: `mon` to `sun`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub day_of_week: Vec<OneOf<Weekday>>,
}

/// The first and the last day, both included.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodAnswer {
    /// Less than 0 before the index date.
    pub start: i16,
    /// Left out if the source doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<i16>,
    /// `h`, `d`, `wk`, `mo` or `a` (years).
    pub unit: OneOf<TimeUnit>,
}

/// A length of time.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DurationAnswer {
    /// How many units.
    pub value: u16,
    /// `h`, `d`, `wk`, `mo` or `a` (years).
    pub unit: OneOf<TimeUnit>,
}

/// A range of lengths of time.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeAnswer {
    /// At least so many units.
    pub low: u16,
    /// At most so many.
    pub high: u16,
    /// `h`, `d`, `wk`, `mo` or `a` (years).
    pub unit: OneOf<TimeUnit>,
}

impl From<&Timing> for TimingAnswer {
    fn from(timing: &Timing) -> Self {
        let unit = |length: Option<Length>| length.map(|length| OneOf(length.unit));
        let least = |count: Option<Count>| count.map(|count| count.least);
        let most = |count: Option<Count>| count.and_then(|count| count.most);
        let count = |length: Option<Length>| length.map(|length| length.count);
        let mut answer = Self {
            bounds_period: None,
            bounds_duration: None,
            bounds_range: None,
            precision: OneOf(timing.precision),
            index_date: timing.index_date.clone(),
            until: timing.until.clone(),
            frequency: least(timing.frequency),
            frequency_max: most(timing.frequency),
            period: least(count(timing.period)),
            period_max: most(count(timing.period)),
            period_unit: unit(timing.period),
            duration: least(count(timing.duration)),
            duration_max: most(count(timing.duration)),
            duration_unit: unit(timing.duration),
            count: least(timing.count),
            count_max: most(timing.count),
            days_of_cycle: timing.days_of_cycle.clone(),
            day_of_week: timing.day_of_week.iter().copied().map(OneOf).collect(),
        };
        match timing.bounds {
            Some(Bounds::Period { start, end, unit }) => {
                answer.bounds_period = Some(PeriodAnswer { start, end, unit: OneOf(unit) });
            }
            Some(Bounds::Duration(Length { count: Count { least, most: None }, unit })) => {
                answer.bounds_duration = Some(DurationAnswer { value: least, unit: OneOf(unit) });
            }
            Some(Bounds::Duration(Length { count: Count { least, most: Some(most) }, unit })) => {
                answer.bounds_range = Some(RangeAnswer { low: least, high: most, unit: OneOf(unit) });
            }
            None => {}
        }
        answer
    }
}

/// The bounds in the notation that `time` has had since before there was `timing`: a unit, a precision, numbers.
pub(super) fn time(timing: &Timing) -> Option<String> {
    let Some(Bounds::Period { start, end, unit }) = timing.bounds else { return None };
    let unit = match unit {
        TimeUnit::Hours => "hours",
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks",
        TimeUnit::Months => "months",
        TimeUnit::Years => "years",
    };
    let precision = match timing.precision {
        Precision::Exact => String::new(),
        precision => format!("{} ", precision.id().replace('_', " ")),
    };
    Some(match end {
        None => format!("{unit} {precision}from {start}"),
        Some(end) if end == start => format!("{unit} {precision}{end}"),
        Some(end) => format!("{unit} {precision}{start} to {end}"),
    })
}
