//! `sarcoguide check`: the guide's text, its sources, its cases.

use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_language::{Severity, SourceFile, load, render};

use crate::args::Arguments;
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

/// Checks the guide of `--guide`, or the folder `guide` here.
pub(crate) fn check(arguments: &Arguments, warnings: bool) -> Result<(), Failure> {
    let folder = arguments.guide.clone().unwrap_or_else(|| PathBuf::from("guide"));
    let files = files(&folder)?;
    let outcome = load(&files);
    let mut told = outcome.diagnostics;
    let quiet = told.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count();
    if !warnings {
        told.retain(|diagnostic| diagnostic.severity == Severity::Error);
    }
    print(&render(&told, &files, terminal(arguments).color))?;
    let Some(loaded) = outcome.loaded else { return Err(Failure::Found) };
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
    let advisor = Advisor::new(guide);
    let mut wrong = 0;
    for case in &loaded.cases {
        let failures = cases::run(&advisor, case);
        if !failures.is_empty() {
            wrong += 1;
            print(&format!("\n{}: {}\n  {}\n", case.file, case.name, failures.join("\n  ")))?;
        }
    }
    let hidden = if quiet > 0 && !warnings { format!("; {quiet} warnings, shown with --warnings") } else { String::new() };
    print(&format!("\n{} cases, {wrong} of them answered otherwise than they expect{hidden}\n", loaded.cases.len()))?;
    if wrong > 0 { Err(Failure::Found) } else { Ok(()) }
}
