//! The guide compiler: compiles the text of a guide to its core form, the data that every other part of the program works with.
//!
//! [`load`] takes the files of a guide: TOML files, some with conditions, and Fluent files with interface texts. It checks names, types, units,
//! citations and the coverage of sources, and returns a [`sarcoguide_model::Guide`]. It continues after most errors, so one run can report many of
//! them. Each error has a stable code and, with few exceptions, a place in the text and a hint on how to fix it. This crate opens no files; the
//! caller passes their text.
//!
//! ```
//! use sarcoguide_compiler::{SourceFile, load, render};
//!
//! let files = [SourceFile { path: "guide.toml".to_owned(), text: "name = ".to_owned() }];
//! let outcome = load(&files);
//!
//! assert!(outcome.loaded.is_none());
//! let color = false;
//! assert!(render(&outcome.diagnostics, &files, color).contains("guide.toml:1"));
//! ```

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
mod doubts;
mod errors;
mod fact_list;
mod frequency;
mod ids;
mod interview;
mod load;
mod names;
mod parts;
mod person;
mod read_fact_list;
mod renamed;
mod review;
mod scenarios;
mod size;
mod source;
mod syntax;
mod table;
mod terms;
mod texts;
mod thresholds;
mod timing;
mod treatment;
mod triage;
mod values;
mod vocabulary;
mod wording;

pub use code::{Code, DiagnosticCode, Severity, codes_page};
pub use condition::parse_condition;
pub use coverage::Coverage;
pub use diagnostic::{Diagnostic, Mark, render};
pub use load::{LoadResult, Loaded, load};
pub use size::SizeLimits;
pub use source::SourceFile;
