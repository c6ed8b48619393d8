//! Provides the guide that is embedded in the program, and reads other guides from a folder.
//!
//! The build script compiles and embeds the guide. If the guide has an error, the build fails. At run time, [`guide`] only decodes it.
//!
//! ```
//! let guide = sarcoguide_bundled::guide();
//! assert!(!guide.treatments.is_empty());
//! ```

mod folder;

use sarcoguide_model::Guide;

pub use folder::{read_folder, reason, shown_path};

/// The built-in guide in compiled form, encoded with `postcard`.
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/guide.postcard"));

/// The content hash of the built-in guide. It changes with every change to the guide's files. See
/// [`Guide::content_hash`].
pub const CONTENT_HASH: &str = env!("SARCOGUIDE_CONTENT_HASH");

/// The name, version and revision date of the built-in guide on one line, for the output of `--version`.
pub const VERSION: &str = env!("SARCOGUIDE_GUIDE_VERSION");

/// Returns the built-in guide. Each call decodes it again.
///
/// # Panics
///
/// If the embedded bytes can't be decoded. This never happens, because the same build wrote them from the same types.
#[must_use]
pub fn guide() -> Guide {
    postcard::from_bytes(BYTES).expect("this build encoded the embedded guide")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_content_hash_is_known_without_decoding_the_guide() {
        assert_eq!(super::guide().content_hash, super::CONTENT_HASH);
    }

    /// The guide's English interface text is already part of the program, so it isn't embedded a second time.
    #[test]
    fn the_built_in_guide_has_no_texts_of_its_own() {
        assert_eq!(super::guide().texts, []);
    }
}
