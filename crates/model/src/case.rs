use serde::{Deserialize, Serialize};

use crate::{Decimal, FactId};

/// What a case says about one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum FactValue {
    /// Nothing. No default replaces it.
    #[default]
    Unknown,
    /// The value at this index. A value with kinds means that it's one of them.
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
    /// A case without stated facts, for a guide with `facts` facts.
    #[must_use]
    pub fn unknown(facts: usize) -> Self {
        Self { values: vec![FactValue::Unknown; facts] }
    }

    /// What it says about `fact`.
    #[must_use]
    pub fn get(&self, fact: FactId) -> FactValue {
        self.values.get(fact.index()).copied().unwrap_or_default()
    }

    /// States `fact`, or makes it unknown with [`FactValue::Unknown`].
    ///
    /// # Panics
    ///
    /// If the fact isn't in the guide that the case was made for.
    pub fn set(&mut self, fact: FactId, known: FactValue) {
        self.values[fact.index()] = known;
    }

    /// A copy of the case with this value for `fact`.
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

    /// The number of facts of its guide, stated or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether its guide has no facts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
