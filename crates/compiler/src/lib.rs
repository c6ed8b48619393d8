//! Compiles a guide's text to the core form.
//!
//! [`load`] reads the files of a guide (TOML, with conditions in a small language of their own, and sentences in Fluent), checks names, types, units, citations
//! and coverage of the sources, and lowers them to [`sarcoguide_model::Guide`]. Everything that is wrong is reported in one run, each
//! with a stable code, its place, and what to do. This crate reads no disk: whoever calls it brings the text.

mod accepted;
mod cases;
mod code;
mod condition;
mod content_hash;
mod context;
mod coverage;
mod dead;
mod derived;
mod diagnostic;
mod errors;
mod frequency;
mod ids;
mod load;
mod names;
mod parts;
mod person;
mod renamed;
mod review;
mod size;
mod source;
mod syntax;
mod table;
mod terms;
mod texts;
mod thresholds;
mod treatment;
mod values;
mod vocabulary;
mod wording;

pub use code::{Code, DiagnosticCode, Severity, codes_page};
pub use condition::parse_condition;
pub use coverage::Coverage;
pub use diagnostic::{Diagnostic, Mark, render};
pub use load::{Loaded, Outcome, load};
pub use size::Extent;
pub use source::SourceFile;
