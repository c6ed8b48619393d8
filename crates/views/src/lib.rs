//! Shows a guide and its advice as documents, JSON and calendar files.
//!
//! An [`Edition`] joins a guide with the sentences of one language. The functions here are pure: from the core form to a `sarcoguide_document::Document`, which
//! a renderer of that crate prints. Medical words come from the guide, and all other sentences from the catalog of `sarcoguide_text`.
//!
//! ```
//! use sarcoguide_document::markdown::markdown;
//! use sarcoguide_model::Case;
//! use sarcoguide_views::{Answered, Edition, answer};
//!
//! let guide = sarcoguide_bundled::guide();
//! let case = Case::unknown(guide.facts.len());
//! let advice = sarcoguide_advise::advise(guide.clone(), &case).expect("no contradiction");
//!
//! let answered = Answered { case: &case, advice: &advice, preferences: &[] };
//! let page = answer::answer(Edition::from(&guide), answered);
//! assert!(markdown(&page).starts_with(&format!("# {}", guide.name)));
//! ```

pub mod answer;
pub mod calendar;
pub mod changes;
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
pub mod provenance;
pub mod scope;
pub mod search;
pub mod symptom;
pub mod timeline;
pub mod treatment;
mod urgency;
pub mod values;
pub mod visit_summary;
pub mod words;

pub use edition::{Edition, languages, own_text};
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
