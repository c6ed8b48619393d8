//! The file formats of a case.

/// The byte order mark (BOM) that some editors put at the start of a text file.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The file format of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON, such as `{"facts": {"age": 54}}`.
    Json,
    /// TOML: a table `[facts]` with lines such as `age = 54`.
    Toml,
}

impl Format {
    /// Guesses the format from the content: JSON if the first character other than white space is an opening brace, TOML otherwise.
    #[must_use]
    pub fn guess(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(bytes);
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Json,
            _ => Self::Toml,
        }
    }
}
