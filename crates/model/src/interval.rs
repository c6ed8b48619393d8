use serde::{Deserialize, Serialize};

use crate::{Comparison, Decimal, Truth};

/// The smallest difference between two numbers, in thousandths.
const STEP: i64 = 1;

/// All numbers from a lower to an upper bound, both included. A number has at most three decimal places, so "more than 5" is the interval that
/// starts at 5.001.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(Decimal, Decimal)", into = "(Decimal, Decimal)")]
pub struct Interval {
    low: Decimal,
    high: Decimal,
}

impl Interval {
    /// Creates the interval from `low` to `high`, or returns `None` if `low` is larger than `high`.
    #[must_use]
    pub fn new(low: Decimal, high: Decimal) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// Creates the interval that contains only `number`.
    #[must_use]
    pub fn only(number: Decimal) -> Self {
        Self { low: number, high: number }
    }

    /// Returns the smallest number.
    #[must_use]
    pub fn low(self) -> Decimal {
        self.low
    }

    /// Returns the largest number.
    #[must_use]
    pub fn high(self) -> Decimal {
        self.high
    }

    /// Returns the number, if the interval contains only one.
    #[must_use]
    pub fn single(self) -> Option<Decimal> {
        (self.low == self.high).then_some(self.low)
    }

    /// Returns whether the interval contains all numbers of `other`.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.low <= other.low && other.high <= self.high
    }

    /// Returns the numbers that are in both intervals, or `None` if there are none.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.low.max(other.low), self.high.min(other.high))
    }

    /// Returns `True` if the comparison with `threshold` holds for all numbers of the interval, `False` if it holds for none of them, and
    /// `Unknown` if it holds for only some of them.
    #[must_use]
    pub fn compare(self, comparison: Comparison, threshold: Decimal) -> Truth {
        match (comparison.holds(self.low, threshold), comparison.holds(self.high, threshold)) {
            // `Equal` holds for both ends only if the interval contains a single number.
            (true, true) => Truth::True,
            (false, false) if comparison != Comparison::Equal || threshold < self.low || self.high < threshold => Truth::False,
            _ => Truth::Unknown,
        }
    }

    /// Returns the numbers for which the comparison with `threshold` doesn't hold. For [`Comparison::Equal`], returns the whole interval, because
    /// the remaining numbers usually aren't an interval. Also returns the whole interval if no number would remain.
    #[must_use]
    pub fn without(self, comparison: Comparison, threshold: Decimal) -> Self {
        let left = match comparison {
            Comparison::Less => Self::new(self.low.max(threshold), self.high),
            Comparison::AtMost => Self::new(self.low.max(threshold.next()), self.high),
            Comparison::Equal => None,
            Comparison::AtLeast => Self::new(self.low, self.high.min(threshold.previous())),
            Comparison::Greater => Self::new(self.low, self.high.min(threshold)),
        };
        left.unwrap_or(self)
    }
}

impl TryFrom<(Decimal, Decimal)> for Interval {
    type Error = &'static str;

    fn try_from((low, high): (Decimal, Decimal)) -> Result<Self, Self::Error> {
        Self::new(low, high).ok_or("the lower bound is larger than the upper bound")
    }
}

impl From<Interval> for (Decimal, Decimal) {
    fn from(interval: Interval) -> Self {
        (interval.low, interval.high)
    }
}

impl Decimal {
    /// Returns the next larger number.
    #[must_use]
    pub fn next(self) -> Self {
        Self::from_thousandths(self.thousandths().saturating_add(STEP))
    }

    /// Returns the next smaller number.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::from_thousandths(self.thousandths().saturating_sub(STEP))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: i64, high: i64) -> Interval {
        Interval::new(Decimal::from_thousandths(low), Decimal::from_thousandths(high)).expect("not empty")
    }

    /// Compares every result with an enumeration of the numbers.
    #[test]
    fn comparisons_agree_with_all_numbers_of_the_interval() {
        let comparisons = [Comparison::Less, Comparison::AtMost, Comparison::Equal, Comparison::AtLeast, Comparison::Greater];
        for (low, high) in (0..5).flat_map(|low| (low..5).map(move |high| (low, high))) {
            for (comparison, threshold) in comparisons.into_iter().flat_map(|one| (-1..6).map(move |number| (one, number))) {
                let threshold = Decimal::from_thousandths(threshold);
                let holds = |number: &i64| comparison.holds(Decimal::from_thousandths(*number), threshold);
                let holding = (low..=high).filter(holds).count();
                let expected = match holding {
                    0 => Truth::False,
                    all if all == (low..=high).count() => Truth::True,
                    _ => Truth::Unknown,
                };
                assert_eq!(of(low, high).compare(comparison, threshold), expected, "{low} to {high} {comparison:?} {threshold}");
                if expected == Truth::Unknown && comparison != Comparison::Equal {
                    let left: Vec<i64> = (low..=high).filter(|number| !holds(number)).collect();
                    assert_eq!(of(low, high).without(comparison, threshold), of(left[0], left[left.len() - 1]));
                }
            }
        }
    }
}
