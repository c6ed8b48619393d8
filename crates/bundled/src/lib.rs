//! Where a guide comes from: the guide that is embedded in the program, or a folder.
//!
//! The build compiles the embedded guide, and stops if it has an error. At run time, [`guide`] only decodes it.
//!
//! ```
//! let guide = sarcoguide_bundled::guide();
//! assert!(!guide.treatments.is_empty());
//! ```

mod folder;

use sarcoguide_model::Guide;

pub use folder::read_folder;

/// The built-in guide in its encoded core form.
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guide.postcard"));

/// The content hash of the built-in guide. Another guide has another one.
pub const CONTENT_HASH: &str = env!("SARCOGUIDE_CONTENT_HASH");

/// The name, version and revision date of the built-in guide in a line, for `--version`.
pub const VERSION: &str = env!("SARCOGUIDE_GUIDE_VERSION");

/// The built-in guide.
///
/// # Panics
///
/// Never in a program that was built: the bytes were written by the same build from the same types.
#[must_use]
pub fn guide() -> Guide {
    postcard::from_bytes(BYTES).expect("the embedded guide was written by this build")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_content_hash_is_known_without_decoding_the_guide() {
        assert_eq!(super::guide().content_hash, super::CONTENT_HASH);
    }

    /// The guide's English is the program's own, which the program has already.
    #[test]
    fn the_built_in_guide_carries_no_sentences_twice() {
        assert_eq!(super::guide().texts, []);
    }
}
