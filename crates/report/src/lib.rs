//! What is shown: advice and guide pages as documents, as text, Markdown and JSON, and the search over the guide's words.
//!
//! Pure functions from the core form to text. Every medical word comes from the guide; only the frame stands here.

pub mod answer;
pub mod derivation;
pub mod document;
pub mod json;
mod lines;
pub mod pages;
pub mod pathway;
pub mod readability;
pub mod search;
pub mod symptom;
pub mod take_along;
pub mod terms;
pub mod text;
pub mod timeline;
pub mod treatment;
pub mod values;
pub mod words;
