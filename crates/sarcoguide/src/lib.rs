//! Applies a treatment guide to a person's case. The answer says which treatments the guide recommends and which it doesn't, the reasons,
//! the facts that are still missing, and the sources.
//!
//! # Answer a case
//!
//! ```
//! use sarcoguide::{advise::Advisor, bundled, case, document::markdown::markdown, model::Verdict, views};
//!
//! let advisor = Advisor::new(bundled::guide());
//! let guide = advisor.guide();
//! let case = case::from_json(guide, r#"{"facts": {"age": 54, "site": "extremity", "distant_metastasis": "no"}}"#)?.case;
//! let advice = advisor.advise(&case)?;
//! for unsuitable in advice.treatments.iter().filter(|treatment| treatment.verdict == Verdict::NotIndicated) {
//!     let reasons: Vec<String> = unsuitable.reason.iter().map(|fact| views::words::stated(guide.into(), &case, *fact)).collect();
//!     println!("not {}, because: {}", guide[unsuitable.treatment].name, reasons.join("; "));
//! }
//! let answered = views::Answered { case: &case, advice: &advice, preferences: &[] };
//! println!("{}", markdown(&views::answer::answer(guide.into(), answered)));
//! # let undecided = advice.treatments.iter().find(|treatment| treatment.verdict == Verdict::Possible).expect("an undecided treatment");
//! # assert!(!undecided.missing.is_empty(), "an undecided treatment lists the facts that can settle it");
//! # let decided = advice.treatments.iter().find(|treatment| treatment.verdict == Verdict::NotIndicated).expect("a decided treatment");
//! # assert!(!decided.reason.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Load a guide from a folder
//!
//! ```no_run
//! use sarcoguide::{bundled::read_folder, compiler::{load, render}};
//!
//! let files = read_folder("guide".as_ref())?;
//! let outcome = load(&files);
//! let Some(loaded) = outcome.loaded else { return Err(render(&outcome.diagnostics, &files, false).into()) };
//! println!("{}: {} treatments", loaded.guide.name, loaded.guide.treatments.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! Each module is also a separate crate. A program that needs only one of them can depend on that crate alone.

pub use sarcoguide_advise as advise;
pub use sarcoguide_bundled as bundled;
pub use sarcoguide_case as case;
pub use sarcoguide_compiler as compiler;
pub use sarcoguide_document as document;
pub use sarcoguide_model as model;
pub use sarcoguide_search as search;
pub use sarcoguide_text as text;
pub use sarcoguide_verify as verify;
pub use sarcoguide_views as views;
