//! A treatment guide that answers cases: which treatments it recommends, why, why not, and what is still unknown, with citations.
//!
//! # A case answered, explained and printed
//!
//! ```
//! use sarcoguide::{advise::Advisor, bundled, case, document::markdown::markdown, model::Verdict, views};
//!
//! let advisor = Advisor::new(bundled::guide());
//! let guide = advisor.guide();
//! let case = case::from_json(guide, r#"{"facts": {"age": 54, "site": "extremity", "distant_metastasis": "no"}}"#)?.case;
//! let advice = advisor.advise(&case)?;
//! for decided in advice.treatments.iter().filter(|treatment| treatment.verdict == Verdict::NotIndicated) {
//!     let reasons: Vec<String> = decided.reason.iter().map(|fact| views::words::stated(guide.into(), &case, *fact)).collect();
//!     println!("not {}, because: {}", guide[decided.treatment].name, reasons.join("; "));
//! }
//! let answered = views::Answered { case: &case, advice: &advice, preferences: &[] };
//! println!("{}", markdown(&views::answer::answer(guide.into(), answered)));
//! # let open = advice.treatments.iter().find(|treatment| treatment.verdict == Verdict::Possible).expect("an open treatment");
//! # assert!(!open.missing.is_empty(), "what is open names the facts that would settle it");
//! # let decided = advice.treatments.iter().find(|treatment| treatment.verdict == Verdict::NotIndicated).expect("a decided treatment");
//! # assert!(!decided.reason.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A guide from a folder
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
//! Each is a crate of its own, so that a program that needs one of them can take it alone.

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
