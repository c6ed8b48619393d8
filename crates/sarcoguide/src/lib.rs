//! Applies a treatment guide to a person's case. The answer says which treatments the guide recommends and which it doesn't. It also gives
//! the reasons, the facts that are still missing, and the sources.
//!
//! # Answer a case
//!
//! This example prints the treatments that fit a case, with the passages that recommend them. For each treatment that isn't decided yet, it
//! prints the questions whose answers can decide it.
//!
//! ```
//! use sarcoguide::{advise::Advisor, bundled, case, model::Verdict, views::fit::Fit};
//!
//! let advisor = Advisor::new(bundled::guide());
//! let guide = advisor.guide();
//! let facts = r#"{"facts": {
//!     "age": 58, "site": "lower_extremity", "depth": "deep", "size": "12 cm", "grade": "G3", "resectability": "resectable",
//!     "lymph_nodes": "not_involved", "distant_metastasis": "no", "situation": "before_treatment", "fit_for_surgery": "yes"
//! }}"#;
//! let case = case::from_json(guide, facts)?.case;
//! let advice = advisor.advise(&case)?;
//!
//! for entry in &advice.treatments {
//!     let treatment = &guide[entry.treatment];
//!     if Fit::of(guide.into(), entry) == Fit::Fits {
//!         println!("{} fits:", treatment.name);
//!         for (indication, truth) in treatment.indications.iter().zip(&entry.indications) {
//!             if truth.is_true() {
//!                 let citations: Vec<String> = indication.rule.from.iter().map(|passage| guide.citation(*passage)).collect();
//!                 println!("  {} [{}]", indication.text, citations.join(", "));
//!             }
//!         }
//!     } else if entry.verdict == Verdict::Possible {
//!         println!("{} depends on:", treatment.name);
//!         for missing in &entry.missing {
//!             println!("  {}", guide[missing.fact].question);
//!         }
//!     }
//! }
//! # let fits = advice.treatments.iter().find(|entry| Fit::of(guide.into(), entry) == Fit::Fits).expect("a treatment that fits");
//! # let held = guide[fits.treatment].indications.iter().zip(&fits.indications).find(|(_, truth)| truth.is_true());
//! # assert!(!held.expect("an indication that holds").0.rule.from.is_empty());
//! # let undecided = advice.treatments.iter().find(|entry| entry.verdict == Verdict::Possible).expect("an undecided treatment");
//! # assert!(!undecided.missing.is_empty(), "an undecided treatment lists the facts that can settle it");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Print the whole answer
//!
//! This example prints why some treatments aren't recommended, and then the whole answer as Markdown.
//!
//! ```
//! use sarcoguide::{advise::Advisor, bundled, case, document::markdown::markdown, model::Verdict, views};
//!
//! let advisor = Advisor::new(bundled::guide());
//! let guide = advisor.guide();
//! let case = case::from_json(guide, r#"{"facts": {"age": 54, "site": "extremity", "distant_metastasis": "no"}}"#)?.case;
//! let advice = advisor.advise(&case)?;
//! for entry in advice.treatments.iter().filter(|entry| entry.verdict == Verdict::NotIndicated) {
//!     println!("{} isn't recommended: {}", guide[entry.treatment].name, views::words::reasons(guide.into(), &case, &entry.reason));
//! }
//! let answered = views::Answered { case: &case, advice: &advice, preferences: &[] };
//! println!("{}", markdown(&views::answer::answer(guide.into(), answered)));
//! # let decided = advice.treatments.iter().find(|entry| entry.verdict == Verdict::NotIndicated).expect("a decided treatment");
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
//! let color = false;
//! let Some(loaded) = outcome.loaded else { return Err(render(&outcome.diagnostics, &files, color).into()) };
//! println!("{}: {} treatments", loaded.guide.name, loaded.guide.treatments.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! Each module is also a separate crate. A program that needs only one of them can depend on that crate alone.
//!
//! - [`model`]: the data types for guides, cases and advice
//! - [`bundled`]: the guide that is embedded in the program, and a function that reads other guides from a folder
//! - [`compiler`]: checks the text of a guide and compiles it to a [`model::Guide`]
//! - [`case`]: reads a case from JSON, TOML, or answers that a person types, and writes it as JSON
//! - [`advise`]: applies a guide to a case; the result has verdicts, reasons, missing facts and the next questions
//! - [`views`]: turns a guide and its advice into documents, JSON and calendar files
//! - [`document`]: renders documents as terminal text, Markdown, HTML, PDF, SVG and Mermaid
//! - [`search`]: searches a guide, finds glossary terms and symptoms in text, and measures readability
//! - [`text`]: the English text of the user interface, which guides can change and translate
//! - [`verify`]: proves properties of a guide over all possible cases, and compares guides

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
