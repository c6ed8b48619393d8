use sarcoguide_model::FactId;

/// A set of facts, as bits. A guide has at most 128 facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FactSet(u128);

impl FactSet {
    /// No fact.
    pub const EMPTY: Self = Self(0);

    /// Only `fact`.
    #[must_use]
    pub fn only(fact: FactId) -> Self {
        Self(1 << fact.index())
    }

    /// Facts in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Facts in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a fact is in both.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// This set without `fact`.
    #[must_use]
    pub fn without(self, fact: FactId) -> Self {
        Self(self.0 & !(1 << fact.index()))
    }

    /// Whether `fact` is in it.
    #[must_use]
    pub fn contains(self, fact: FactId) -> bool {
        self.0 >> fact.index() & 1 == 1
    }

    /// Whether it holds no fact.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many facts it holds.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Its facts, in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = FactId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            (index < 128).then(|| FactId::new(index))
        })
    }
}

impl FromIterator<FactId> for FactSet {
    fn from_iter<I: IntoIterator<Item = FactId>>(facts: I) -> Self {
        facts.into_iter().fold(Self::EMPTY, |set, fact| set.union(Self::only(fact)))
    }
}
