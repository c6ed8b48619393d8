//! The files of a guide.

use toml::Spanned;
use toml::de::DeTable;

/// A file of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path within the guide's folder, with `/` as the separator.
    pub path: String,
    /// The contents of the file.
    pub text: String,
}

/// A file parsed as TOML, with its index in the list of the guide's files.
pub(crate) struct Parsed<'a> {
    pub index: usize,
    pub file: &'a SourceFile,
    pub table: Spanned<DeTable<'a>>,
}

impl Parsed<'_> {
    /// The file's name without the extension `.toml`.
    pub fn stem(&self) -> &str {
        let name = self.file.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }

    pub fn in_folder(&self, folder: &str) -> bool {
        self.file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}
