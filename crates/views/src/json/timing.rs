//! Converts timings to JSON, with the same field names as in guide files.

use sarcoguide_model::{Bounds, Count, Length, Precision, TimeUnit, Timing, Weekday};
use schemars::JsonSchema;
use serde::Serialize;

use super::declare::OneOf;

/// When something happens, and how it repeats. Times are counted from the index date, the day that the treatment's `day_0` names. Most fields follow
/// FHIR's `Timing.repeat`. Fields without a value are left out.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct TimingAnswer {
    /// The start and end, counted from the index date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_period: Option<PeriodAnswer>,
    /// How long it goes on from the index date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_duration: Option<DurationAnswer>,
    /// How long it goes on from the index date, as a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds_range: Option<RangeAnswer>,
    /// The precision of the bounds, or of the count if there are no bounds: `exact`, `about`, `within` (at some time between the bounds), `at_least`
    /// or `at_most`.
    pub precision: OneOf<Precision>,
    /// The name of the index date, if it isn't the treatment's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index_date: Option<String>,
    /// The name of the day on which it ends, if only the team can set the date of that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// How many times it happens in each period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<u16>,
    /// The maximum, if `frequency` is the minimum of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_max: Option<u16>,
    /// The time after which it repeats, in `period_unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<u16>,
    /// The maximum, if `period` is the minimum of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_max: Option<u16>,
    /// The unit of `period`: `h`, `d`, `wk`, `mo` or `a` (years).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_unit: Option<OneOf<TimeUnit>>,
    /// How long it lasts each time, in `duration_unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u16>,
    /// The maximum, if `duration` is the minimum of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_max: Option<u16>,
    /// The unit of `duration`: `h`, `d`, `wk`, `mo` or `a` (years).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_unit: Option<OneOf<TimeUnit>>,
    /// The number of periods. Without a period, how many times it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u16>,
    /// The maximum, if `count` is the minimum of a range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count_max: Option<u16>,
    /// The days of each period on which it starts, counted from 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub days_of_cycle: Vec<u16>,
    /// The days of the week on which it happens: `mon` to `sun`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub day_of_week: Vec<OneOf<Weekday>>,
}

/// A start and an end, both inclusive.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct PeriodAnswer {
    /// The start in units from the index date. Less than 0 means before that date.
    pub start: i16,
    /// The end in units from the index date. Left out if the source doesn't say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<i16>,
    /// The unit: `h`, `d`, `wk`, `mo` or `a` (years).
    pub unit: OneOf<TimeUnit>,
}

/// A length of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct DurationAnswer {
    /// The number of units.
    pub value: u16,
    /// The unit: `h`, `d`, `wk`, `mo` or `a` (years).
    pub unit: OneOf<TimeUnit>,
}

/// A range of lengths of time.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RangeAnswer {
    /// The minimum number of units.
    pub low: u16,
    /// The maximum number of units.
    pub high: u16,
    /// The unit: `h`, `d`, `wk`, `mo` or `a` (years).
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

/// Returns the bounds as text for the JSON field `time`, for instance `days about 7 to 14`. The field is older than `timing` and keeps
/// its own notation.
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
