//! Parts of a treatment, and when they are, counted from a day that the team sets.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Statement;

/// A part of a treatment's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    pub name: String,
    /// When it starts.
    pub starts: Option<String>,
    pub lasts: Option<String>,
    /// Both in numbers, where the sources allow that.
    pub time: Option<Time>,
    /// How often in that time.
    pub schedule: Option<String>,
    pub statement: Statement,
}

/// In what a time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl TimeUnit {
    /// All, from the shortest.
    pub const ALL: [Self; 4] = [Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// The name in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// How exact a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Precision {
    /// As it is written.
    Exact,
    /// Roughly.
    About,
    /// Somewhere in it, not all of it.
    Within,
    /// It may go on for longer.
    AtLeast,
    /// It may end sooner.
    AtMost,
}

impl Precision {
    /// Those that are written.
    const WRITTEN: [Self; 4] = [Self::About, Self::Within, Self::AtLeast, Self::AtMost];

    /// As it is written before a time; nothing for what is exact.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::About => "about",
            Self::Within => "within",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
        }
    }
}

/// From when to when a part of a treatment is. Day 0 is the day from which it is counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// In what it is counted.
    pub unit: TimeUnit,
    /// How exact it is.
    pub precision: Precision,
    /// When it starts; below 0 before the index date.
    pub first: i16,
    /// When it ends; none where that is not said.
    pub last: Option<i16>,
    /// The index date of this part, where it is not the treatment's.
    pub index_date: Option<String>,
    /// The day on which it ends, where only the team can say when that is.
    pub until: Option<String>,
}

impl Time {
    /// No part is further away, in its unit.
    const FURTHEST: u16 = 1000;

    /// Reads `0`, `-7 to -1` and `from 1`, each perhaps behind `about`, `within`, `at least` or `at most`.
    #[must_use]
    pub fn parse(unit: TimeUnit, text: &str) -> Option<Self> {
        let hedged = Precision::WRITTEN
            .iter()
            .find_map(|precision| Some((*precision, text.strip_prefix(precision.words())?.strip_prefix(' ')?)));
        let (precision, text) = hedged.unwrap_or((Precision::Exact, text));
        let number = |text: &str| text.parse().ok().filter(|number: &i16| number.unsigned_abs() <= Self::FURTHEST);
        let (first, last) = match (text.strip_prefix("from "), text.split_once(" to ")) {
            (Some(first), _) => (number(first)?, None),
            (None, Some((first, last))) => (number(first)?, Some(number(last)?)),
            (None, None) => (number(text)?, Some(number(text)?)),
        };
        let forward = last.is_none_or(|last| first <= last);
        forward.then_some(Self { unit, precision, first, last, index_date: None, until: None })
    }
}

/// As it is written in the guide, with its unit.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.unit.id())?;
        if self.precision != Precision::Exact {
            write!(f, "{} ", self.precision.words())?;
        }
        match self.last {
            None => write!(f, "from {}", self.first),
            Some(last) if last == self.first => write!(f, "{last}"),
            Some(last) => write!(f, "{} to {last}", self.first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_it_is_read() {
        for text in
            ["0", "-6", "-7 to -1", "from 1", "about -42", "about from 1", "within 3 to 6", "at least 1 to 7", "at most 0 to 18"]
        {
            let time = Time::parse(TimeUnit::Days, text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(time.to_string(), format!("days {text}"));
        }
        for text in ["", "6 to 3", "a week", "3 to 6 weeks", "about", "from", "1.5", "32768", "2000", "from 1 to 2", "About 1"] {
            assert_eq!(Time::parse(TimeUnit::Days, text), None, "{text}");
        }
    }
}
