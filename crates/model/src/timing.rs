//! The schedule of a treatment, counted from a day that the treatment team sets.
//!
//! A [`Timing`] has the fields of `Timing.repeat` in FHIR R4, with changes because a guide can't know calendar dates: `bounds_period` is
//! counted from a named day, and [`Precision`] says how exact the bounds are. `days_of_cycle` has the meaning of FHIR's extension
//! `timing-daysOfCycle`. A timing never contains a dose.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Statement;
use crate::closed_set::closed_set;

/// A phase of a treatment, such as the weeks of radiation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    pub name: String,
    /// When the phase starts, in words.
    pub starts: Option<String>,
    /// How long the phase lasts, in words.
    pub lasts: Option<String>,
    /// How often treatment is given during the phase, in words.
    pub schedule: Option<String>,
    /// The start, length and schedule in numbers, if the sources give them. The bounds are always a [`Bounds::Period`].
    pub timing: Option<Timing>,
    pub statement: Statement,
}

closed_set! {
    /// A unit of time. Its ID is its code in UCUM, the standard for units.
    pub enum TimeUnit {
        Hours = "h",
        Days = "d",
        Weeks = "wk",
        Months = "mo",
        Years = "a",
    }
}

closed_set! {
    /// How exact the bounds of a timing are.
    pub enum Precision {
        /// The numbers are exact.
        Exact = "exact",
        /// The numbers are approximate.
        About = "about",
        /// The event happens at some time between the bounds, but not during the whole time.
        Within = "within",
        /// The event can last longer.
        AtLeast = "at_least",
        /// The event can end sooner.
        AtMost = "at_most",
    }
}

closed_set! {
    /// A day of the week.
    pub enum Weekday {
        Monday = "mon",
        Tuesday = "tue",
        Wednesday = "wed",
        Thursday = "thu",
        Friday = "fri",
        Saturday = "sat",
        Sunday = "sun",
    }
}

/// A number, or a range of numbers. All numbers are at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number, or the lower end of the range.
    pub least: u16,
    /// The upper end of the range, which is greater than `least`. `None` if this isn't a range.
    pub most: Option<u16>,
}

impl Count {
    /// Returns the number, or the upper end of the range.
    #[must_use]
    pub fn most(self) -> u16 {
        self.most.unwrap_or(self.least)
    }

    /// Returns the number, or `None` for a range.
    #[must_use]
    pub fn exactly(self) -> Option<u16> {
        self.most.is_none().then_some(self.least)
    }
}

/// A length of time, or a range of lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    pub count: Count,
    pub unit: TimeUnit,
}

/// The time span during which an event happens or repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bounds {
    /// A span with a start and an end, both included, as in a FHIR `Period`. Both are counted from the index date (the day that the
    /// timing is counted from), which is 0. They're negative before it.
    Period {
        start: i16,
        /// The end, or `None` if the source doesn't say.
        end: Option<i16>,
        unit: TimeUnit,
    },
    /// A span of this length that starts on the index date. This is FHIR's `boundsDuration`, or `boundsRange` if the length is a range.
    Duration(Length),
}

/// When an event happens, and how it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    /// The time span of the event and its repetitions.
    pub bounds: Option<Bounds>,
    /// The precision of the bounds, or of the count if there are no bounds.
    pub precision: Precision,
    /// The day that this timing is counted from, in words. `None` for the treatment's own index date.
    pub index_date: Option<String>,
    /// The day when the repetition ends, in words, if only the team knows the date.
    pub until: Option<String>,
    /// How many times the event happens in each period. `None` means once.
    pub frequency: Option<Count>,
    /// The time after which the event repeats. `None` means that it doesn't repeat.
    pub period: Option<Length>,
    /// How long the event lasts each time.
    pub duration: Option<Length>,
    /// The number of periods. If there is no period, the number of times that the event happens.
    pub count: Option<Count>,
    /// The days of each period on which the event starts, in ascending order. The first day of a period is 1.
    pub days_of_cycle: Vec<u16>,
    /// The days of the week on which the event happens, in ascending order.
    pub day_of_week: Vec<Weekday>,
}

/// Formats the timing as an inline TOML table with the keys of the guide format.
impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let length = |name: &str, length: &Length| {
            let most = length.count.most.map(|most| format!(", {name}_max = {most}")).unwrap_or_default();
            format!("{name} = {}{most}, {name}_unit = \"{}\"", length.count.least, length.unit.id())
        };
        let count = |name: &str, count: &Count| {
            let most = count.most.map(|most| format!(", {name}_max = {most}")).unwrap_or_default();
            format!("{name} = {}{most}", count.least)
        };
        match &self.bounds {
            Some(Bounds::Period { start, end, unit }) => {
                let end = end.map(|end| format!(", end = {end}")).unwrap_or_default();
                parts.push(format!("bounds_period = {{ start = {start}{end}, unit = \"{}\" }}", unit.id()));
            }
            Some(Bounds::Duration(Length { count: Count { least, most }, unit })) => parts.push(match most {
                None => format!("bounds_duration = {{ value = {least}, unit = \"{}\" }}", unit.id()),
                Some(most) => format!("bounds_range = {{ low = {least}, high = {most}, unit = \"{}\" }}", unit.id()),
            }),
            None => {}
        }
        if self.precision != Precision::Exact {
            parts.push(format!("precision = \"{}\"", self.precision.id()));
        }
        for (name, day) in [("index_date", &self.index_date), ("until", &self.until)] {
            parts.extend(day.as_ref().map(|day| format!("{name} = {day:?}")));
        }
        parts.extend(self.frequency.as_ref().map(|frequency| count("frequency", frequency)));
        parts.extend(self.period.as_ref().map(|period| length("period", period)));
        parts.extend(self.duration.as_ref().map(|duration| length("duration", duration)));
        parts.extend(self.count.as_ref().map(|times| count("count", times)));
        if !self.days_of_cycle.is_empty() {
            parts.push(format!("days_of_cycle = {:?}", self.days_of_cycle));
        }
        if !self.day_of_week.is_empty() {
            let days: Vec<&str> = self.day_of_week.iter().map(|day| day.id()).collect();
            parts.push(format!("day_of_week = {days:?}"));
        }
        write!(f, "{{ {} }}", parts.join(", "))
    }
}
