//! Parts of a treatment and their times, counted from a day that the team sets.

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
    /// `starts` and `lasts` in numbers, if the sources give them.
    pub time: Option<Time>,
    /// How often within that time.
    pub schedule: Option<String>,
    pub statement: Statement,
}

/// The unit of a time.
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
    /// All units, shortest first.
    pub const ALL: [Self; 4] = [Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// The ID in files and output.
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

/// How precise a time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Precision {
    /// Exactly as written.
    Exact,
    /// Roughly.
    About,
    /// At some time in it, not all of it.
    Within,
    /// It can last longer.
    AtLeast,
    /// It can end sooner.
    AtMost,
}

impl Precision {
    /// All that the guide can write.
    const WRITTEN: [Self; 4] = [Self::About, Self::Within, Self::AtLeast, Self::AtMost];

    /// The word before a time in the guide; empty for `Exact`.
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

/// The start and end of a part of a treatment, counted from day 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Time {
    /// The unit.
    pub unit: TimeUnit,
    /// The precision.
    pub precision: Precision,
    /// When it starts; negative before the index date.
    pub first: i16,
    /// When it ends; `None` if the source doesn't say.
    pub last: Option<i16>,
    /// The index date of this part, if it isn't the treatment's.
    pub index_date: Option<String>,
    /// The day when it ends, if only the team can name it.
    pub until: Option<String>,
}

impl Time {
    /// The maximum distance from day 0, in the unit of the part.
    const FURTHEST: u16 = 1000;

    /// Reads `0`, `-7 to -1` or `from 1`, each with an optional `about`, `within`, `at least` or `at most` before it.
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

/// The guide's notation, with the unit.
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
