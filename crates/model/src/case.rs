use serde::{Deserialize, Serialize};

use crate::{Decimal, FactId};

/// What a case says about one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum FactValue {
    /// Nothing. It is never replaced by a default.
    #[default]
    Unknown,
    /// The value at this place. A value with kinds of its own says only that it is one of those.
    Value(u8),
    /// The number, in the fact's unit.
    Number(Decimal),
}

/// Facts with values; every other fact is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    values: Vec<FactValue>,
}

impl Case {
    /// A case of which nothing is known, for a guide with `facts` facts.
    #[must_use]
    pub fn unknown(facts: usize) -> Self {
        Self { values: vec![FactValue::Unknown; facts] }
    }

    /// What it says about `fact`.
    #[must_use]
    pub fn get(&self, fact: FactId) -> FactValue {
        self.values.get(fact.index()).copied().unwrap_or_default()
    }

    /// States `fact`, or takes the statement back with [`FactValue::Unknown`].
    ///
    /// # Panics
    ///
    /// If the fact is not of the guide that the case was made for.
    pub fn set(&mut self, fact: FactId, known: FactValue) {
        self.values[fact.index()] = known;
    }

    /// The same case with `fact` stated so.
    #[must_use]
    pub fn with(&self, fact: FactId, known: FactValue) -> Self {
        let mut case = self.clone();
        case.set(fact, known);
        case
    }

    /// The facts that are stated, in the order of the vocabulary.
    pub fn stated(&self) -> impl Iterator<Item = FactId> {
        self.values.iter().enumerate().filter(|(_, known)| **known != FactValue::Unknown).map(|(index, _)| FactId::new(index))
    }

    /// How many facts the guide that it was made for has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether that guide has no facts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
