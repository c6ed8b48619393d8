//! Turns a guide and its advice into documents, JSON and calendar files.
//!
//! An [`Edition`] combines a guide with the program's text in one language. Most functions here take an edition and return a
//! `sarcoguide_document::Document`, which the `sarcoguide_document` crate renders in several formats. No function here has side effects. All
//! statements about treatments come from the guide. Other text comes from the message catalog of `sarcoguide_text`.
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
pub mod board;
pub mod calendar;
pub mod changes;
pub mod derivation;
pub mod doubts;
mod edition;
mod fact_value;
mod figures;
pub mod fit;
pub mod glossary;
pub mod json;
mod line;
mod lines;
mod links;
pub mod listed;
pub mod pages;
pub mod pathway;
pub mod provenance;
pub mod scope;
pub mod search;
pub mod situation;
pub mod symptom;
pub mod take_along;
pub mod timeline;
pub mod treatment;
pub mod triage;
mod urgency;
pub mod values;
pub mod visit_sheet;
pub mod visit_summary;
pub mod words;

pub use edition::{Edition, languages, non_default_text};
use sarcoguide_model::{Advice, Case, WeighedValue};

/// A case, the guide's advice about it, and what matters to the person.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The facts that the person stated.
    pub case: &'a Case,
    /// The guide's advice about the case.
    pub advice: &'a Advice,
    /// What matters to the person; empty if they haven't said. Documents show it alongside the advice. It never changes the advice.
    pub preferences: &'a [WeighedValue],
}
