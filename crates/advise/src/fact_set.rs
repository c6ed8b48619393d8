use sarcoguide_model::{Case, FactId};

/// The number of bits in each word of a set. Each bit represents one fact.
const WORD: usize = 128;

/// A set of facts, stored as bits. It can hold 256 facts, which is the maximum for a guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct FactSet([u128; 2]);

impl FactSet {
    /// The empty set.
    pub const EMPTY: Self = Self([0; 2]);

    /// Creates a set that contains only `fact`.
    #[must_use]
    pub fn only(fact: FactId) -> Self {
        let mut set = Self::EMPTY;
        set.0[fact.index() / WORD] = 1 << (fact.index() % WORD);
        set
    }

    fn combined(self, other: Self, word: impl Fn(u128, u128) -> u128) -> Self {
        Self([word(self.0[0], other.0[0]), word(self.0[1], other.0[1])])
    }

    /// Returns the facts that are in at least one of the two sets.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        self.combined(other, |one, other| one | other)
    }

    /// Returns the facts that are in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        self.combined(other, |one, other| one & other)
    }

    /// Whether the two sets have at least one fact in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Returns this set without `fact`.
    #[must_use]
    pub fn without(self, fact: FactId) -> Self {
        self.combined(Self::only(fact), |one, other| one & !other)
    }

    /// Whether the set contains `fact`.
    #[must_use]
    pub fn contains(self, fact: FactId) -> bool {
        self.0[fact.index() / WORD] >> (fact.index() % WORD) & 1 == 1
    }

    /// Whether the set contains no facts.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 2]
    }

    /// The number of facts in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Iterates over the facts in the order of the guide's vocabulary.
    pub fn iter(self) -> impl Iterator<Item = FactId> {
        let in_word = |(index, word): (usize, u128)| {
            let mut rest = word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest.wrapping_sub(1);
                (bit < WORD).then(|| FactId::new(index * WORD + bit))
            })
        };
        self.0.into_iter().enumerate().flat_map(in_word)
    }
}

impl FromIterator<FactId> for FactSet {
    fn from_iter<I: IntoIterator<Item = FactId>>(facts: I) -> Self {
        facts.into_iter().fold(Self::EMPTY, |set, fact| set.union(Self::only(fact)))
    }
}

/// Returns a copy of `case` that states only the given facts. All other facts are unknown.
pub(crate) fn only(case: &Case, facts: FactSet) -> Case {
    let mut fewer = Case::unknown(case.fact_count());
    facts.iter().for_each(|fact| fewer.set(fact, case.get(fact)));
    fewer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_in_both_words_of_a_set_stay_distinct_and_in_order() {
        let set: FactSet = [200, 3, 128, 127, 255, 0].into_iter().map(FactId::new).collect();
        let places: Vec<usize> = set.iter().map(FactId::index).collect();
        assert_eq!(places, [0, 3, 127, 128, 200, 255]);
        assert_eq!(set.len(), 6);
        let less = set.without(FactId::new(128)).without(FactId::new(3));
        assert!(!less.contains(FactId::new(128)) && less.contains(FactId::new(0)) && less.contains(FactId::new(200)));
        assert!(less.meets(FactSet::only(FactId::new(255))) && !less.meets(FactSet::only(FactId::new(128))));
        assert_eq!(set.intersection(less), less);
        assert!(FactSet::EMPTY.is_empty() && FactSet::EMPTY.iter().next().is_none());
    }
}
