//! How a case is written.

/// What some editors write before a text.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How a case is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `{"facts": {"age": 54}}`
    Json,
    /// `[facts]` and `age = 54`
    Toml,
}

impl Format {
    /// The format of a text of which nothing else is known: JSON when it begins with a brace.
    #[must_use]
    pub fn guess(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes);
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Json,
            _ => Self::Toml,
        }
    }
}
