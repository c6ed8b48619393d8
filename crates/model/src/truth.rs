use serde::{Deserialize, Serialize};

/// Truth in Kleene's strong three-valued logic, the same as SQL's `TRUE`, `FALSE` and `NULL`.
///
/// `Unknown` means that the facts stated so far do not decide; it never means "no".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Truth {
    /// Decided: it does not hold.
    False,
    /// Not decided by the facts stated so far.
    Unknown,
    /// Decided: it holds.
    True,
}

impl Truth {
    /// Conjunction: false if one is false, true if both are true, otherwise unknown.
    ///
    /// | and | F | U | T |
    /// |---|---|---|---|
    /// | **F** | F | F | F |
    /// | **U** | F | U | U |
    /// | **T** | F | U | T |
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Disjunction: true if one is true, false if both are false, otherwise unknown.
    ///
    /// | or | F | U | T |
    /// |---|---|---|---|
    /// | **F** | F | U | T |
    /// | **U** | U | U | T |
    /// | **T** | T | T | T |
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        }
    }

    /// True or false, whatever it is; not unknown.
    #[must_use]
    pub fn is_decided(self) -> bool {
        self != Self::Unknown
    }

    /// True only where it is decided and holds.
    #[must_use]
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// True only where it is decided and does not hold.
    #[must_use]
    pub fn is_false(self) -> bool {
        self == Self::False
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// Negation: swaps true and false, leaves unknown.
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
    fn and_is_the_minimum_and_or_the_maximum_of_false_unknown_true() {
        let rank = |truth| ALL.iter().position(|t| *t == truth);
        for a in ALL {
            for b in ALL {
                assert_eq!(rank(a.and(b)), rank(a).min(rank(b)));
                assert_eq!(rank(a.or(b)), rank(a).max(rank(b)));
                assert_eq!(!a.and(b), (!a).or(!b), "De Morgan");
            }
        }
    }
}
