use serde::{Deserialize, Serialize};

use crate::{Decimal, FactId, Interval};

/// The value of one fact in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum FactValue {
    /// The case says nothing about the fact. An unknown fact never gets a default value.
    #[default]
    Unknown,
    /// The index of the value in the fact's list of values. If the list also contains more specific kinds of this value (see
    /// [`Value::covers`](crate::Value::covers)), any of them is still possible.
    Value(u8),
    /// The number, in the fact's unit.
    Number(Decimal),
    /// The number isn't known exactly, but it's in this interval, in the fact's unit.
    Between(Interval),
}

impl From<Interval> for FactValue {
    /// Returns the number if the interval contains only one.
    fn from(interval: Interval) -> Self {
        interval.single().map_or(Self::Between(interval), Self::Number)
    }
}

/// The facts that are known about one person, with their values. All other facts are unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    values: Vec<FactValue>,
}

impl Case {
    /// Creates a case that states no facts, for a guide with `facts` facts.
    #[must_use]
    pub fn unknown(facts: usize) -> Self {
        Self { values: vec![FactValue::Unknown; facts] }
    }

    /// Returns the value of `fact`, or [`FactValue::Unknown`] if the case doesn't state it.
    #[must_use]
    pub fn get(&self, fact: FactId) -> FactValue {
        self.values.get(fact.index()).copied().unwrap_or_default()
    }

    /// Sets the value of `fact`. [`FactValue::Unknown`] removes the value.
    ///
    /// # Panics
    ///
    /// If the guide that the case was created for has no such fact.
    pub fn set(&mut self, fact: FactId, value: FactValue) {
        self.values[fact.index()] = value;
    }

    /// Returns a copy of the case with this value for `fact`.
    #[must_use]
    pub fn with(&self, fact: FactId, value: FactValue) -> Self {
        let mut case = self.clone();
        case.set(fact, value);
        case
    }

    /// Returns the facts that the case states, in the order of [`Guide::facts`](crate::Guide::facts).
    pub fn stated(&self) -> impl Iterator<Item = FactId> {
        self.values.iter().enumerate().filter(|(_, value)| **value != FactValue::Unknown).map(|(index, _)| FactId::new(index))
    }

    /// Returns the number of facts in the guide, whether or not the case states them.
    #[must_use]
    pub fn fact_count(&self) -> usize {
        self.values.len()
    }
}
