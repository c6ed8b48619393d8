//! How large a guide may be.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// The most entries of a kind; see [`sarcoguide_model::PassageId`] and its like.
pub(crate) const MAX_PER_KIND: usize = 65_535;

/// The most bytes of one file. The largest file of the built-in guide has a thirteenth of it.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The most bytes of all files. The built-in guide has an eighth of it; reading takes some forty times as much memory.
const MAX_TOTAL_BYTES: u64 = 16 << 20;

/// The most files. The built-in guide has a twentieth of it.
const MAX_FILES: usize = 10_000;

/// The most characters that begin or divide something in TOML. The built-in guide has an eighth of it; each costs up to half a kilobyte to read.
const MAX_MARKS: usize = 1_000_000;

/// The first file with which a guide has more parts than can be read in bounded memory, if there is one.
pub(crate) fn too_dense(files: &[SourceFile]) -> Option<Diagnostic> {
    let mut marks = 0;
    for (index, file) in files.iter().enumerate() {
        marks += file.text.bytes().filter(|byte| matches!(byte, b'=' | b',' | b'.' | b'{' | b'[')).count();
        if marks > MAX_MARKS {
            let message = "with this file the guide has too many keys and values".to_owned();
            let error = Diagnostic::new(Code::TooMany, message, index, 0..0, "not read");
            return Some(error.help(format!("a guide has at most {MAX_MARKS} of the characters `=`, `,`, `.`, `{{` and `[`")));
        }
    }
    None
}

/// How much of a guide has been read, so that no more is read than a guide may have.
#[derive(Debug, Default)]
pub struct Extent {
    files: usize,
    bytes: u64,
}

impl Extent {
    /// How many bytes of the next file are read at most: one more than it may have, by which too large a file is told from others.
    #[must_use]
    pub fn next_limit(&self) -> u64 {
        MAX_FILE_BYTES + 1
    }

    /// Counts a file of so many bytes.
    ///
    /// # Errors
    ///
    /// If the file is too large, or the guide has become so with it; in words, without the file's name.
    pub fn add(&mut self, bytes: u64) -> Result<(), String> {
        if bytes > MAX_FILE_BYTES {
            return Err(format!("a file of a guide has at most {} kB; divide it", MAX_FILE_BYTES >> 10));
        }
        self.files += 1;
        self.bytes += bytes;
        if self.bytes > MAX_TOTAL_BYTES {
            return Err(format!(
                "with this file the guide has more than {} MB, the most that a guide may have",
                MAX_TOTAL_BYTES >> 20
            ));
        }
        if self.files > MAX_FILES {
            return Err(format!("with this file the guide has more than {MAX_FILES} files, the most that a guide may have"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_may_be_so_large_and_no_larger() {
        assert!(Extent::default().add(MAX_FILE_BYTES).is_ok());
        assert!(Extent::default().add(MAX_FILE_BYTES + 1).is_err_and(|error| error.contains("1024 kB")));
        let mut large = Extent::default();
        assert!((0..MAX_TOTAL_BYTES / MAX_FILE_BYTES).all(|_| large.add(MAX_FILE_BYTES).is_ok()));
        assert!(large.add(1).is_err_and(|error| error.contains("16 MB")));
        let mut many = Extent::default();
        assert!((0..MAX_FILES).all(|_| many.add(0).is_ok()));
        assert!(many.add(0).is_err_and(|error| error.contains("10000 files")));
    }
}
