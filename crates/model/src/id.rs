use serde::{Deserialize, Serialize};

macro_rules! index_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u16);

        impl $name {
            /// Returns the index in the guide's list.
            #[must_use]
            pub fn index(self) -> usize {
                usize::from(self.0)
            }

            /// Creates the ID of the entry at `index`.
            ///
            /// # Panics
            ///
            /// If `index` is greater than 65,535. The guide compiler rejects a guide with more than 65,535 entries in a list.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u16::try_from(index).expect("a list in a guide has at most 65,535 entries"))
            }
        }
    };
}

index_type!(
    /// Identifies a fact by its index in [`Guide::facts`](crate::Guide::facts).
    FactId
);
index_type!(
    /// Identifies a derived fact by its index in [`Guide::derived`](crate::Guide::derived).
    DerivedId
);
index_type!(
    /// Identifies a treatment by its index in [`Guide::treatments`](crate::Guide::treatments).
    TreatmentId
);
index_type!(
    /// Identifies an adverse effect by its index in [`Guide::effects`](crate::Guide::effects).
    EffectId
);
index_type!(
    /// Identifies a source by its index in [`Guide::sources`](crate::Guide::sources).
    SourceId
);
index_type!(
    /// Identifies a passage of a source by its index in [`Guide::passages`](crate::Guide::passages).
    PassageId
);
index_type!(
    /// Identifies a kind of treatment by its index in [`Guide::modalities`](crate::Guide::modalities).
    ModalityId
);
index_type!(
    /// Identifies a timing (when a treatment is given) by its index in [`Guide::timings`](crate::Guide::timings).
    TimingId
);
index_type!(
    /// Identifies an intent (what a treatment is given for) by its index in [`Guide::intents`](crate::Guide::intents).
    IntentId
);
index_type!(
    /// Identifies a strength (how strongly the sources recommend a treatment) by its index in [`Guide::strengths`](crate::Guide::strengths).
    StrengthId
);
index_type!(
    /// Identifies a measure (what an outcome measures) by its index in [`Guide::measures`](crate::Guide::measures).
    MeasureId
);
index_type!(
    /// Identifies a route (how a treatment is given, such as by mouth) by its index in [`Guide::routes`](crate::Guide::routes).
    RouteId
);
index_type!(
    /// Identifies a setting (where a treatment is given, such as a hospital) by its index in [`Guide::settings`](crate::Guide::settings).
    SettingId
);

/// A set of values of one fact, stored as bits. Bit `i` is set if the set contains the value with index `i`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ValueSet(pub u128);

impl ValueSet {
    /// The maximum number of values that a fact can have.
    pub const CAPACITY: usize = 128;
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// Creates a set with only the value at `index`, which must be less than [`CAPACITY`](Self::CAPACITY).
    #[must_use]
    pub fn only(index: usize) -> Self {
        debug_assert!(index < Self::CAPACITY);
        Self(1 << index)
    }

    /// Creates a set with the first `count` values. A `count` above [`CAPACITY`](Self::CAPACITY) is treated as `CAPACITY`.
    #[must_use]
    pub fn first(count: usize) -> Self {
        if count >= Self::CAPACITY { Self(u128::MAX) } else { Self((1 << count) - 1) }
    }

    /// Returns whether the set contains the value at `index`.
    #[must_use]
    pub fn contains(self, index: usize) -> bool {
        index < Self::CAPACITY && self.0 >> index & 1 == 1
    }

    /// Returns the values in either set or both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the values in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the values in this set that aren't in `other`.
    #[must_use]
    pub fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns whether `other` contains every value of this set.
    #[must_use]
    pub fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the number of values in the set.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns the indexes of the values in ascending order.
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

/// A regular expression that matches exactly the texts for which [`is_id`] returns `true`.
pub const ID_PATTERN: &str = "^[a-z][a-z0-9_]*$";

/// Returns whether `text` has the form of an ID in guide files and in output, such as `not_indicated`: a lowercase letter, followed by any
/// number of lowercase letters, digits and underscores. All of them must be ASCII.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_part)
}
