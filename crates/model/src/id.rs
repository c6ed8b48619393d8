use serde::{Deserialize, Serialize};

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            /// The index in the guide's list.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// The ID of the entry at `index`.
            ///
            /// # Panics
            ///
            /// If `index` is above 65,535. The compiler refuses a guide with that many entries.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u16::try_from(index).expect("a guide has fewer than 65,536 entries of a kind"))
            }
        }
    };
}

index_type!(
    /// A fact of the vocabulary, by its place in [`Guide::facts`](crate::Guide::facts).
    FactId
);
index_type!(
    /// A derived fact, by its place in [`Guide::derived`](crate::Guide::derived).
    DerivedId
);
index_type!(
    /// A treatment, by its place in [`Guide::treatments`](crate::Guide::treatments).
    TreatmentId
);
index_type!(
    /// An adverse effect, by its place in [`Guide::effects`](crate::Guide::effects).
    EffectId
);
index_type!(
    /// A source, by its place in [`Guide::sources`](crate::Guide::sources).
    SourceId
);
index_type!(
    /// A passage of a source, by its place in [`Guide::passages`](crate::Guide::passages).
    PassageId
);
index_type!(
    /// A kind of treatment, by its place in [`Guide::modalities`](crate::Guide::modalities).
    ModalityId
);
index_type!(
    /// When a treatment is given, by its place in [`Guide::timings`](crate::Guide::timings).
    TimingId
);
index_type!(
    /// What a treatment is given for, by its place in [`Guide::intents`](crate::Guide::intents).
    IntentId
);
index_type!(
    /// How strongly the sources recommend, by its place in [`Guide::strengths`](crate::Guide::strengths).
    StrengthId
);
index_type!(
    /// What an outcome measures, by its place in [`Guide::measures`](crate::Guide::measures).
    MeasureId
);
index_type!(
    /// How a treatment is given, by its place in [`Guide::routes`](crate::Guide::routes).
    RouteId
);
index_type!(
    /// Where a treatment is given, by its place in [`Guide::settings`](crate::Guide::settings).
    SettingId
);

/// A set of values of one fact, as bits: bit `i` stands for the `i`-th value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ValueSet(pub u128);

impl ValueSet {
    /// The maximum number of values of one fact.
    pub const CAPACITY: usize = 128;
    /// No value.
    pub const EMPTY: Self = Self(0);

    /// Only the `index`-th value.
    #[must_use]
    pub fn only(index: usize) -> Self {
        debug_assert!(index < Self::CAPACITY);
        Self(1 << index)
    }

    /// The first `count` values.
    #[must_use]
    pub fn first(count: usize) -> Self {
        if count >= Self::CAPACITY { Self(u128::MAX) } else { Self((1 << count) - 1) }
    }

    /// Whether the `index`-th value is in it.
    #[must_use]
    pub fn contains(self, index: usize) -> bool {
        index < Self::CAPACITY && self.0 >> index & 1 == 1
    }

    /// Values in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Values in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Values in this one and not in the other.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every value of this one is in the other.
    #[must_use]
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it's empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number of values in it.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The indexes of its values, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let index = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            (index < Self::CAPACITY).then_some(index)
        })
    }
}

impl FromIterator<usize> for ValueSet {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        indices.into_iter().fold(Self::EMPTY, |set, index| set.union(Self::only(index)))
    }
}
