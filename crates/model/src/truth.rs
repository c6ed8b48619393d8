use crate::closed_set::closed_set;

closed_set! {
    /// A truth value in Kleene's strong three-valued logic. SQL uses the same logic for `TRUE`, `FALSE` and `NULL`.
    ///
    /// `Unknown` means that the stated facts don't decide the result. It never means "no".
    ///
    /// The values are ordered: false is less than unknown, and unknown is less than true. So a conjunction is the minimum of its operands,
    /// and a disjunction is the maximum.
    pub enum Truth {
        /// The condition doesn't hold.
        False = "false",
        /// The stated facts don't decide whether the condition holds.
        Unknown = "unknown",
        /// The condition holds.
        True = "true",
    }
}

impl Truth {
    /// Returns the conjunction: false if at least one value is false, true if both are true, and unknown in all other cases.
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

    /// Returns the disjunction: true if at least one value is true, false if both are false, and unknown in all other cases.
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

    /// Returns whether the value is true or false, not unknown.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Unknown
    }

    /// Returns whether the value is `True`.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// Returns whether the value is `False`.
    #[must_use]
    pub fn is_false(self) -> bool {
        self == Self::False
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// Returns the negation: true becomes false, false becomes true, and unknown stays unknown.
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
    fn conjunction_and_disjunction_match_their_truth_tables() {
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
