//! `sarcoguide check`: the guide's text, its sources, its cases.

use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_language::{Coverage, Diagnostic, GuideCase, Loaded, Mark, Outcome, Severity, SourceFile, load, render};
use sarcoguide_model::Guide;
use sarcoguide_report::text::Terminal;
use serde_json::{Value, json};

use crate::args::{Arguments, CheckFormat};
use crate::cases;
use crate::output::{Failure, print, terminal};

/// The files of a guide's folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    if !folder.is_dir() {
        return Err(Failure::Input(format!("{}: this is not a folder", folder.display())));
    }
    let files = sarcoguide_builtin::read_folder(folder).map_err(|error| Failure::Input(error.to_string()))?;
    if files.is_empty() {
        return Err(Failure::Input(format!("{}: no TOML file is in this folder", folder.display())));
    }
    Ok(files)
}

/// A case of the guide that is answered otherwise than it expects.
struct Wrong<'a> {
    case: &'a GuideCase,
    failures: Vec<String>,
}

/// Checks the guide of `--guide`, or the folder `guide` here.
pub(crate) fn check(arguments: &Arguments, warnings: bool, format: CheckFormat) -> Result<(), Failure> {
    let folder = arguments.guide.clone().unwrap_or_else(|| PathBuf::from("guide"));
    if arguments.guide.is_none() && !folder.is_dir() {
        return Err(Failure::Input("there is no folder `guide` here; name one: sarcoguide check --guide DIR".to_owned()));
    }
    let files = files(&folder)?;
    let outcome = load(&files);
    let wrong = outcome.loaded.as_ref().map(wrong).unwrap_or_default();
    match format {
        CheckFormat::Text => told(&outcome, &wrong, &files, warnings, terminal(arguments))?,
        CheckFormat::Json => print(&format!("{:#}\n", document(&outcome, &wrong, &files)))?,
    }
    if outcome.loaded.is_none() || !wrong.is_empty() { Err(Failure::Found) } else { Ok(()) }
}

fn wrong(loaded: &Loaded) -> Vec<Wrong<'_>> {
    let advisor = Advisor::new(&loaded.guide);
    let run = |case| Wrong { case, failures: cases::run(&advisor, case) };
    loaded.cases.iter().map(run).filter(|wrong| !wrong.failures.is_empty()).collect()
}

/// Prints what was found, for a person.
fn told(outcome: &Outcome, wrong: &[Wrong], files: &[SourceFile], warnings: bool, terminal: Terminal) -> Result<(), Failure> {
    let shown = |diagnostic: &&Diagnostic| warnings || diagnostic.severity == Severity::Error;
    let diagnostics: Vec<Diagnostic> = outcome.diagnostics.iter().filter(shown).cloned().collect();
    print(&render(&diagnostics, files, terminal.color))?;
    let Some(loaded) = &outcome.loaded else { return Ok(()) };
    let guide = &loaded.guide;
    print(&format!(
        "{}: {} treatments, {} side effects, {} types, {} facts, {} derived facts\n\n",
        guide.name,
        guide.treatments.len(),
        guide.effects.len(),
        guide.histologies.len(),
        guide.facts.len(),
        guide.derived.len()
    ))?;
    print("source          passages  cited  not encoded  open\n")?;
    for coverage in &loaded.coverage {
        let source = &guide.sources[coverage.source.index()].id;
        print(&format!(
            "{source:<15} {:>8} {:>6} {:>12} {:>5}\n",
            coverage.total,
            coverage.cited,
            coverage.excepted,
            coverage.open.len()
        ))?;
    }
    for Wrong { case, failures } in wrong {
        print(&format!("\n{}: {}\n  {}\n", case.file, case.name, failures.join("\n  ")))?;
    }
    let quiet = outcome.diagnostics.len() - diagnostics.len();
    let hidden = if quiet > 0 { format!("; {quiet} warnings, shown with --warnings") } else { String::new() };
    print(&format!("\n{} cases, {} of them answered otherwise than they expect{hidden}\n", loaded.cases.len(), wrong.len()))
}

/// What was found, for another program.
fn document(outcome: &Outcome, wrong: &[Wrong], files: &[SourceFile]) -> Value {
    let place = |mark: &Mark| {
        let file = &files[mark.file];
        let before = &file.text[..file.text.floor_char_boundary(mark.span.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |text| text.chars().count()) + 1;
        json!({ "file": file.path, "line": line, "column": column, "label": mark.label })
    };
    let diagnostic = |diagnostic: &Diagnostic| {
        json!({
            "code": diagnostic.code,
            "severity": if diagnostic.severity == Severity::Error { "error" } else { "warning" },
            "message": diagnostic.message,
            "places": diagnostic.marks.iter().map(place).collect::<Vec<_>>(),
            "help": diagnostic.help,
        })
    };
    let coverage = |guide: &Guide, coverage: &Coverage| {
        json!({
            "source": guide.sources[coverage.source.index()].id,
            "complete": coverage.complete,
            "passages": coverage.total,
            "cited": coverage.cited,
            "not_encoded": coverage.excepted,
            "open": coverage.open.iter().map(|passage| guide.citation(*passage)).collect::<Vec<_>>(),
        })
    };
    let loaded = outcome.loaded.as_ref();
    json!({
        "ok": loaded.is_some() && wrong.is_empty(),
        "diagnostics": outcome.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
        "coverage": loaded.map(|loaded| loaded.coverage.iter().map(|entry| coverage(&loaded.guide, entry)).collect::<Vec<_>>()),
        "cases": loaded.map(|loaded| loaded.cases.len()),
        "wrong_cases": wrong
            .iter()
            .map(|wrong| json!({ "file": wrong.case.file, "name": wrong.case.name, "failures": wrong.failures }))
            .collect::<Vec<_>>(),
    })
}
