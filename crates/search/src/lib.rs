//! Searches a guide, finds glossary terms and symptoms in text, and measures how difficult the guide's sentences are to read.
//!
//! ```
//! use sarcoguide_search::Index;
//! use sarcoguide_text::Text;
//!
//! let guide = sarcoguide_bundled::guide();
//! let index = Index::of(&guide, Text::english());
//!
//! let name = &guide.treatments[0].name;
//! let hits = index.search(name, 3);
//! assert!(hits.iter().any(|hit| hit.title == *name));
//! ```

pub mod readability;
pub mod search;
pub mod symptom;
pub mod terms;

pub use search::Index;
