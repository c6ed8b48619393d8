use crate::closed_set::closed_set;

closed_set! {
    /// Truth in Kleene's strong three-valued logic, the same as SQL's `TRUE`, `FALSE` and `NULL`.
    ///
    /// `Unknown` means that the stated facts don't decide. It never means "no".
    ///
    /// The order is false, unknown, true: a conjunction is the minimum of its parts, and a disjunction the maximum.
    pub enum Truth {
        /// Decided: it doesn't hold.
        False = "false",
        /// Not decided by the facts stated so far.
        Unknown = "unknown",
        /// Decided: it holds.
        True = "true",
    }
}

impl Truth {
    /// Conjunction: false if one is false, true if both are true, and unknown in all other cases.
    ///
    /// | and | F | U | T |
    /// |---|---|---|---|
    /// | **F** | F | F | F |
    /// | **U** | F | U | U |
    /// | **T** | F | U | T |
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Disjunction: true if one is true, false if both are false, and unknown in all other cases.
    ///
    /// | or | F | U | T |
    /// |---|---|---|---|
    /// | **F** | F | U | T |
    /// | **U** | U | U | T |
    /// | **T** | T | T | T |
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it's true or false.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Unknown
    }

    /// Whether it's decided and holds.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Whether it's decided and doesn't hold.
    #[must_use]
    pub fn is_false(self) -> bool {
        self == Self::False
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// Negation: swaps true and false, and keeps unknown.
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};

    const ALL: [super::Truth; 3] = [False, Unknown, True];

    #[test]
    fn and_and_or_are_those_of_the_tables() {
        let and = [[False, False, False], [False, Unknown, Unknown], [False, Unknown, True]];
        let or = [[False, Unknown, True], [Unknown, Unknown, True], [True, True, True]];
        for (row, a) in ALL.into_iter().enumerate() {
            for (column, b) in ALL.into_iter().enumerate() {
                assert_eq!(a.and(b), and[row][column]);
                assert_eq!(a.or(b), or[row][column]);
                assert_eq!(!a.and(b), (!a).or(!b), "De Morgan");
            }
        }
    }
}
