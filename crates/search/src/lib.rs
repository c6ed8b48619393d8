//! Searches a guide, finds its glossary terms and symptoms in a text, and measures how hard its sentences are to read.
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
