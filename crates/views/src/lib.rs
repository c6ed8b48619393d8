//! What is shown: advice and guide pages as documents, as text, Markdown and JSON, and the search over the guide's words.
//!
//! Pure functions from the core form to text. Every medical word comes from the guide; only the frame stands here.

pub mod answer;
pub mod calendar;
pub mod derivation;
mod edition;
pub mod fit;
pub mod glossary;
pub mod json;
mod line;
mod lines;
mod links;
pub mod pages;
pub mod pathway;
pub mod scope;
pub mod search;
pub mod symptom;
pub mod timeline;
pub mod treatment;
mod urgency;
pub mod values;
pub mod visit_summary;
pub mod words;

pub use edition::{Edition, own_text};
use sarcoguide_model::{Advice, Case, WeighedValue};

/// A case with the guide's answer.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The case.
    pub case: &'a Case,
    /// The answer.
    pub advice: &'a Advice,
    /// What matters to the person, as far as they have said. It changes nothing of the answer and stands beside it.
    pub preferences: &'a [WeighedValue],
}
