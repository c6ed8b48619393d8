//! Compiles a guide's text to the core form.
//!
//! [`load`] reads the files of a guide (TOML, with conditions in a small language of their own, and sentences in Fluent), checks names, types, units, citations
//! and coverage of the sources, and lowers them to [`sarcoguide_model::Guide`]. Everything that is wrong is reported in one run, each
//! with a stable code, its place, and what to do. This crate reads no disk: whoever calls it brings the text.

mod accepted;
mod cases;
mod codes;
mod content_hash;
mod coverage;
mod dead;
mod derived;
mod diagnostic;
mod frequency;
mod ids;
mod load;
mod names;
mod parts;
mod person;
mod renamed;
mod review;
mod size;
mod syntax;
mod table;
mod terms;
mod texts;
mod thresholds;
mod treatment;
mod unit;
mod vocabulary;
mod wording;

use sarcoguide_model::{
    Case, Condition, DerivedId, FactId, Guide, PassageId, SourceId, Standing, TimingId, TreatmentId, Truth, Verdict,
};

pub use codes::codes;
pub use diagnostic::{Diagnostic, Mark, Severity, render};
pub use load::load;
pub use size::Extent;

/// Reads one condition against the facts and derived facts of a guide, as the guide's own conditions are read.
///
/// # Errors
///
/// Everything that is wrong with it. The marks are places in `text`: [`render`] shows them with one file that holds it.
pub fn parse_condition(text: &str, guide: &Guide) -> Result<Condition, Vec<Diagnostic>> {
    let names = names::Names { facts: guide.facts.clone(), derived: guide.derived.clone() };
    let (expression, mut problems) = syntax::parse(text, 0, 0);
    let condition = names.lower_and_check(&expression, 0, 0..text.len(), &mut problems);
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() { Ok(condition) } else { Err(problems) }
}

/// A file of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path within the guide's folder, with `/` between the parts.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What came of loading a guide.
#[derive(Debug)]
pub struct Outcome {
    /// The guide, unless an error was found.
    pub loaded: Option<Loaded>,
    /// Errors and warnings, errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A guide without errors.
#[derive(Debug)]
pub struct Loaded {
    /// The core form.
    pub guide: Guide,
    /// The cases that stand in the guide, whole patients and those of single treatments.
    pub cases: Vec<GuideCase>,
    /// How much of each source is encoded.
    pub coverage: Vec<Coverage>,
}

/// How much of a source is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The source.
    pub source: SourceId,
    /// Whether every passage must be cited or excepted.
    pub complete: bool,
    /// How many passages the guide knows of it.
    pub total: usize,
    /// How many are cited.
    pub cited: usize,
    /// How many are not encoded, with a reason.
    pub excepted: usize,
    /// Those that are neither.
    pub open: Vec<PassageId>,
}

/// A case that stands in the guide, with what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideCase {
    /// The file that it stands in.
    pub file: String,
    /// Its name.
    pub name: String,
    /// The person in a sentence or two.
    pub story: Option<String>,
    /// The facts.
    pub case: Case,
    /// `in`, `unknown`, or the name of what it is outside of.
    pub scope: Option<String>,
    /// The reasons why nothing is due that hold, by name.
    pub no_treatment_indicated: Option<Vec<String>>,
    /// Derived facts and the value, by place, that each should have.
    pub derived: Vec<(DerivedId, usize)>,
    /// What is expected of treatments.
    pub expect: Vec<Expectation>,
}

/// What is expected of one treatment in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The treatment.
    pub treatment: TreatmentId,
    /// The verdict.
    pub verdict: Verdict,
    /// The best standing.
    pub standing: Option<Standing>,
    /// For what is withdrawn, whether its former indication holds.
    pub former_indication: Option<Truth>,
    /// The timings of the indications that hold.
    pub timing: Option<Vec<TimingId>>,
    /// The facts that force the verdict, in the order of the vocabulary.
    pub reason: Option<Vec<FactId>>,
    /// The facts that would settle it, in the order of the vocabulary.
    pub missing: Option<Vec<FactId>>,
    /// How many precautions apply.
    pub precautions: Option<usize>,
    /// Facts of the case that precautions which apply are about, where that is asserted.
    pub precautions_for: Vec<FactId>,
    /// How many of its results concern the person.
    pub outcomes: Option<usize>,
    /// Whether the person declines it.
    pub declined: Option<bool>,
}
