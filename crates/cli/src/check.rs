//! `sarcoguide check`: checks the guide's text, sources and cases, and proves properties of its rules.

use std::path::{Path, PathBuf};

use sarcoguide_bundled::shown_path;
use sarcoguide_compiler::{Coverage, Diagnostic, LoadResult, Loaded, Mark, Severity, SourceFile, load, render};
use sarcoguide_document::terminal::Terminal;
use sarcoguide_model::{Guide, GuideCase};
use sarcoguide_verify::cases::{CaseFailure, run};
use sarcoguide_verify::{Code, Proof, prove};
use sarcoguide_views::provenance::{Program, Provenance, note};
use serde_json::{Value, json};

use crate::args::{Arguments, CheckFormat};
use crate::code::CheckCode;
use crate::guide_folder::files;
use crate::loaded_guide::edition;
use crate::output::{Failure, emit_json, print, print_styled, terminal};
use crate::source_diff::wrapped;
use crate::{cases, proofs, sarif, source_diff, staleness};

/// The command-line options of a check.
#[derive(Debug)]
pub(crate) struct CheckOptions<'a> {
    pub warnings: bool,
    pub counts: bool,
    pub write_cases: Option<&'a Path>,
    /// Whether existing files in the folder `write_cases` may be replaced.
    pub force: bool,
    /// The path of a revised text, and the ID of the source to compare it with. If set, nothing else is checked.
    pub against: Option<(&'a Path, Option<&'a str>)>,
    pub staleness: Option<staleness::AgeLimit>,
    pub format: CheckFormat,
}

/// The results for a guide whose text has no errors.
struct CheckResults {
    proof: Proof,
    /// The guide's cases whose answer isn't the expected one, and the findings of the proofs.
    problems: Vec<Diagnostic<CheckCode>>,
    wrong_cases: usize,
}

/// Returns the `--guide` folder, or the folder `guide` in the current folder.
pub(crate) fn folder(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let folder = arguments.guide.clone().unwrap_or_else(|| PathBuf::from("guide"));
    if arguments.guide.is_none() && !folder.is_dir() {
        return Err(Failure::Input(
            "the current folder has no folder `guide`; name the guide's folder with --guide DIR (the built-in guide has no files to check)".to_owned(),
        ));
    }
    Ok(folder)
}

/// Checks the guide in the `--guide` folder, or in the folder `guide` of the current folder.
pub(crate) fn check(arguments: &Arguments, options: &CheckOptions) -> Result<(), Failure> {
    let folder = folder(arguments)?;
    if let Some((text, source)) = options.against {
        return source_diff::check(arguments, &folder, text, source, options.format);
    }
    let files = files(&folder)?;
    let outcome = load(&files);
    let found = outcome.loaded.as_ref().map(|loaded| run_checks(loaded, &files));
    let text = outcome.diagnostics.iter().cloned();
    let mut diagnostics: Vec<_> = text.map(|diagnostic| diagnostic.map_code(CheckCode::Text)).collect();
    diagnostics.extend(found.iter().flat_map(|found| found.problems.iter().cloned()));
    diagnostics.sort_by_key(|diagnostic| diagnostic.severity());
    let guide = outcome.loaded.as_ref().map(|loaded| Provenance::of(edition(&loaded.guide)).guide);
    match options.format {
        CheckFormat::Text => render_text(&outcome, found.as_ref(), &diagnostics, &files, options, terminal(arguments))?,
        CheckFormat::Json => {
            emit_json(&document(&outcome, found.as_ref(), &diagnostics, &files, options.staleness))?;
        }
        CheckFormat::Sarif => emit_json(&sarif::document(&diagnostics, &files, &folder, guide))?,
    }
    if let (Some(loaded), Some(found), Some(folder)) = (&outcome.loaded, &found, options.write_cases) {
        let written = proofs::write_cases(&loaded.guide, &found.proof.findings, folder, options.force)?;
        if options.format == CheckFormat::Text {
            print(&match written {
                0 => "no finding has a case to write\n".to_owned(),
                1 => format!("1 case written to {}\n", shown_path(folder)),
                _ => format!("{written} cases written to {}\n", shown_path(folder)),
            })?;
        }
    }
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    if errors().any(|error| error.code != CheckCode::Proof(Code::TooLarge)) {
        Err(Failure::Found)
    } else if errors().next().is_some() {
        Err(Failure::Unproved)
    } else {
        Ok(())
    }
}

/// Runs the guide's cases and the proofs.
fn run_checks(loaded: &Loaded, files: &[SourceFile]) -> CheckResults {
    let failures = run(&loaded.guide, &loaded.cases);
    let mut problems: Vec<_> = failures.iter().map(|failure| wrong_case(loaded, failure, files)).collect();
    let wrong_cases = problems.len();
    let proof = prove(&loaded.guide);
    problems.extend(proofs::diagnostics(loaded, &proof.counts, &proof.findings, files));
    CheckResults { proof, problems, wrong_cases }
}

/// The diagnostic for a case with an unexpected answer. It points to the name of the case in its file.
fn wrong_case(loaded: &Loaded, failure: &CaseFailure, files: &[SourceFile]) -> Diagnostic<CheckCode> {
    let case: &GuideCase = &loaded.cases[failure.case];
    let file = files.iter().position(|file| file.path == case.file);
    let mark = file.map(|file| {
        let span = files[file].text.find(&case.name).map_or(0..1, |start| start..start + case.name.len());
        Mark { file, span, label: "this case".to_owned() }
    });
    Diagnostic {
        code: CheckCode::WrongCase,
        message: "the answer to this case differs from what the case expects".to_owned(),
        marks: mark.into_iter().collect(),
        help: failure.differences.iter().map(|difference| cases::describe(&loaded.guide, difference)).collect(),
    }
}

/// Prints the results as text.
fn render_text(
    outcome: &LoadResult,
    found: Option<&CheckResults>,
    diagnostics: &[Diagnostic<CheckCode>],
    files: &[SourceFile],
    options: &CheckOptions,
    terminal: Terminal,
) -> Result<(), Failure> {
    let shown = |diagnostic: &&Diagnostic<CheckCode>| options.warnings || diagnostic.severity() == Severity::Error;
    let shown: Vec<Diagnostic<CheckCode>> = diagnostics.iter().filter(shown).cloned().collect();
    print_styled(&render(&shown, files, terminal.color), terminal.color)?;
    let (Some(loaded), Some(found)) = (&outcome.loaded, found) else { return Ok(()) };
    let guide = &loaded.guide;
    if !shown.is_empty() {
        print("\n")?;
    }
    print(&format!(
        "{}: {} treatments, {} side effects, {} types, {} facts, {} derived facts, {} policies\n\n",
        guide.name,
        guide.treatments.len(),
        guide.effects.len(),
        guide.types.len(),
        guide.facts.len(),
        guide.derived.len(),
        guide.policies.len()
    ))?;
    print("source          passages  cited  not used  open\n")?;
    for coverage in &loaded.coverage {
        let source = &guide[coverage.source].id;
        print(&format!(
            "{source:<15} {:>8} {:>6} {:>9} {:>5}\n",
            coverage.total,
            coverage.cited,
            coverage.excepted,
            coverage.open.len()
        ))?;
    }
    if options.warnings && !found.proof.proposals.is_empty() {
        let entries = proofs::proposals(guide, &found.proof.proposals);
        print(&format!(
            "\nTo accept these warnings from the proofs, add the entries to accepted.toml, each with a reason:\n\n{entries}"
        ))?;
    }
    if options.counts {
        print(&format!("\n{}", proofs::table(guide, &found.proof.counts)))?;
    }
    print(&staleness::render_text(guide, options.staleness, options.warnings, terminal.width))?;
    let quiet = diagnostics.len() - shown.len();
    let hidden = match quiet {
        0 => String::new(),
        1 => "; 1 warning (--warnings shows it)".to_owned(),
        _ => format!("; {quiet} warnings (--warnings shows them)"),
    };
    let (unproved, wrong): (Vec<_>, Vec<_>) =
        found.proof.findings.iter().filter(|finding| finding.code.is_error()).partition(|finding| finding.code == Code::TooLarge);
    let cases = found.proof.counts.complete.as_ref().map_or_else(|| "all".to_owned(), proofs::short);
    let unproved = match unproved.len() {
        0 => String::new(),
        1 => "; 1 part of the guide is too large to prove".to_owned(),
        count => format!("; {count} parts of the guide are too large to prove"),
    };
    let accepted = match found.proof.accepted {
        0 => String::new(),
        1 => "; 1 accepted warning".to_owned(),
        count => format!("; {count} accepted warnings"),
    };
    print(&format!(
        "\n{} case{}, {} with an unexpected answer; proofs over {cases} possible cases found {}{unproved}{accepted}{hidden}\n",
        loaded.cases.len(),
        if loaded.cases.len() == 1 { "" } else { "s" },
        found.wrong_cases,
        match wrong.len() {
            0 => "no errors".to_owned(),
            1 => "1 error".to_owned(),
            count => format!("{count} errors"),
        },
    ))?;
    print(&wrapped(&proofs::gaps(&found.proof.counts), terminal.width))?;
    print(&wrapped(&format!("{}\n", note(edition(guide))), terminal.width))
}

/// The results as JSON.
fn document(
    outcome: &LoadResult,
    found: Option<&CheckResults>,
    diagnostics: &[Diagnostic<CheckCode>],
    files: &[SourceFile],
    limit: Option<staleness::AgeLimit>,
) -> Value {
    let place = |mark: &Mark| {
        let file = &files[mark.file];
        let before = &file.text[..file.text.floor_char_boundary(mark.span.start)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |text| text.chars().count()) + 1;
        json!({ "file": file.path, "line": line, "column": column, "label": mark.label })
    };
    let diagnostic = |diagnostic: &Diagnostic<CheckCode>| {
        json!({
            "code": diagnostic.code.to_string(),
            "severity": if diagnostic.severity() == Severity::Error { "error" } else { "warning" },
            "message": diagnostic.message,
            "places": diagnostic.marks.iter().map(place).collect::<Vec<_>>(),
            "help": diagnostic.help,
        })
    };
    let coverage = |guide: &Guide, coverage: &Coverage| {
        json!({
            "source": guide[coverage.source].id,
            "complete": coverage.complete,
            "passages": coverage.total,
            "cited": coverage.cited,
            "not_encoded": coverage.excepted,
            "open": coverage.open.iter().map(|passage| guide.citation(*passage)).collect::<Vec<_>>(),
        })
    };
    let loaded = outcome.loaded.as_ref();
    let mut document = json!({
        "guide": loaded.map(|loaded| Provenance::of(edition(&loaded.guide)).guide),
        "program": Program::this(),
        "ok": diagnostics.iter().all(|diagnostic| diagnostic.severity() == Severity::Warning),
        "diagnostics": diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
        "coverage": loaded.map(|loaded| loaded.coverage.iter().map(|entry| coverage(&loaded.guide, entry)).collect::<Vec<_>>()),
        "cases": loaded.map(|loaded| loaded.cases.len()),
        "wrong_cases": found.map(|found| found.wrong_cases),
        "proof": loaded.zip(found).map(|(loaded, found)| {
            proofs::document(loaded, &found.proof)
        }),
    });
    if let (Some(loaded), Value::Object(document)) = (loaded, &mut document) {
        staleness::add(document, &loaded.guide, limit);
    }
    document
}
