//! Limits on the size of a guide.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// The maximum number of entries of one kind, such as treatments. The number in an ID such as [`sarcoguide_model::PassageId`] can't be larger.
pub(crate) const MAX_PER_KIND: usize = 65_535;

/// The maximum size of a file in bytes. The largest file of the built-in guide is about a thirteenth of this size.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The maximum size of all files together in bytes. The built-in guide is about a sixth of this size. Reading a guide takes about 40 times its size
/// in memory.
const MAX_TOTAL_BYTES: u64 = 16 << 20;

/// The maximum number of files. The built-in guide has about a twentieth of this number.
const MAX_FILES: usize = 10_000;

/// The maximum number of characters that start or separate elements in TOML. The built-in guide has about a seventh of this number. Each such
/// character can take up to half a kilobyte of memory.
const MAX_DELIMITERS: usize = 1_000_000;

/// Returns an error at the first file with which the guide exceeds [`MAX_DELIMITERS`]. This limits the memory that parsing the guide takes.
pub(crate) fn check_complexity(files: &[SourceFile]) -> Option<Diagnostic> {
    let mut delimiters = 0;
    for (index, file) in files.iter().enumerate() {
        delimiters += file.text.bytes().filter(|byte| matches!(byte, b'=' | b',' | b'.' | b'{' | b'[')).count();
        if delimiters > MAX_DELIMITERS {
            let message = "with this file, the guide has too many keys and values".to_owned();
            let error = Diagnostic::new(Code::TooMany, message, index, 0..0, "this file isn't read");
            return Some(
                error.help(format!("a guide can have at most {MAX_DELIMITERS} of the characters `=`, `,`, `.`, `{{` and `[`")),
            );
        }
    }
    None
}

/// Counts the files and bytes of a guide while a caller reads them, and enforces the limits.
#[derive(Debug, Default)]
pub struct SizeLimits {
    files: usize,
    bytes: u64,
}

impl SizeLimits {
    /// The maximum number of bytes to read from the next file. This is one more than the limit, so that [`add`](Self::add) can detect a larger file.
    #[must_use]
    pub fn next_limit(&self) -> u64 {
        MAX_FILE_BYTES + 1
    }

    /// Counts a file with this number of bytes.
    ///
    /// # Errors
    ///
    /// If the file is too large, or if the guide exceeds a limit with this file. The message doesn't contain the file's name.
    pub fn add(&mut self, bytes: u64) -> Result<(), String> {
        if bytes > MAX_FILE_BYTES {
            return Err(format!("a guide file can have at most {} kB; split this file", MAX_FILE_BYTES >> 10));
        }
        self.files += 1;
        self.bytes += bytes;
        if self.bytes > MAX_TOTAL_BYTES {
            return Err(format!("with this file, the guide has more than the maximum of {} MB", MAX_TOTAL_BYTES >> 20));
        }
        if self.files > MAX_FILES {
            return Err(format!("with this file, the guide has more than the maximum of {MAX_FILES} files"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_on_the_size_of_a_guide_are_enforced() {
        assert!(SizeLimits::default().add(MAX_FILE_BYTES).is_ok());
        assert!(SizeLimits::default().add(MAX_FILE_BYTES + 1).is_err_and(|error| error.contains("1024 kB")));
        let mut large = SizeLimits::default();
        assert!((0..MAX_TOTAL_BYTES / MAX_FILE_BYTES).all(|_| large.add(MAX_FILE_BYTES).is_ok()));
        assert!(large.add(1).is_err_and(|error| error.contains("16 MB")));
        let mut many = SizeLimits::default();
        assert!((0..MAX_FILES).all(|_| many.add(0).is_ok()));
        assert!(many.add(0).is_err_and(|error| error.contains("10000 files")));
    }
}
