//! Parts of a treatment and when they are, counted from a day that the team sets.
//!
//! A [`Timing`] has the fields of `Timing.repeat` of FHIR R4. It differs where a guide can't know a date: `bounds_period` counts from a
//! named day, and [`Precision`] says how exact the bounds are. The days of a cycle are those of FHIR's extension `timing-daysOfCycle`.
//! A timing says when, never how much.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Statement;
use crate::closed_set::closed_set;

/// A part of a treatment's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    pub name: String,
    /// When it starts, in words.
    pub starts: Option<String>,
    pub lasts: Option<String>,
    /// How often within that time, in words.
    pub schedule: Option<String>,
    /// The same in numbers, if the sources give them. It always has a [`Bounds::Period`].
    pub timing: Option<Timing>,
    pub statement: Statement,
}

closed_set! {
    /// A unit of time, with its UCUM code as ID.
    pub enum TimeUnit {
        Hours = "h",
        Days = "d",
        Weeks = "wk",
        Months = "mo",
        Years = "a",
    }
}

closed_set! {
    /// How precise the bounds of a timing are.
    pub enum Precision {
        /// Exactly as written.
        Exact = "exact",
        /// Roughly.
        About = "about",
        /// At some time in it, not all of it.
        Within = "within",
        /// It can last longer.
        AtLeast = "at_least",
        /// It can end sooner.
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

/// A number, or a range of numbers. None is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub least: u16,
    /// The end of a range, more than `least`.
    pub most: Option<u16>,
}

impl Count {
    /// The number, or the end of the range.
    #[must_use]
    pub fn most(self) -> u16 {
        self.most.unwrap_or(self.least)
    }

    /// The number; `None` for a range.
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

/// The time in which something is or repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bounds {
    /// From one day to another, both included, as in a FHIR `Period`; counted from the index date, and negative before it.
    Period {
        start: i16,
        /// `None` if the source doesn't say.
        end: Option<i16>,
        unit: TimeUnit,
    },
    /// For so long, from the index date: FHIR's `boundsDuration`, or its `boundsRange` if the length is a range.
    Duration(Length),
}

/// When something is, and how it repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timing {
    pub bounds: Option<Bounds>,
    /// The precision of the bounds, or of the count if there are none.
    pub precision: Precision,
    /// The index date, if it isn't the treatment's.
    pub index_date: Option<String>,
    /// The day when it ends, if only the team can name it.
    pub until: Option<String>,
    /// How many times in each period; once if `None`.
    pub frequency: Option<Count>,
    /// After what time it repeats; it doesn't if `None`.
    pub period: Option<Length>,
    /// How long it lasts each time.
    pub duration: Option<Length>,
    /// How many periods there are; without a period, how many times it happens.
    pub count: Option<Count>,
    /// On which days of each period it starts, ascending from 1.
    pub days_of_cycle: Vec<u16>,
    /// On which days of the week it is, ascending.
    pub day_of_week: Vec<Weekday>,
}

/// The keys and values of the guide, in one line.
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
