//! Finds what a guide says: search over its words, the terms of its glossary in a text, the symptoms that a text names, and how hard its
//! sentences are to read.

pub mod readability;
pub mod search;
pub mod symptom;
pub mod terms;

pub use search::Index;
