//! Checks the guide in a folder, without its interface texts (`.ftl` files). Prints the diagnostics and a summary.
//!
//! To check the folder `guide`: `cargo run -p sarcoguide-compiler --example check -- guide`.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "an example is a program of its own")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use sarcoguide_compiler::{Loaded, SourceFile, load, render};

fn main() -> ExitCode {
    let root = PathBuf::from(env::args_os().nth(1).unwrap_or_else(|| "guide".into()));
    let mut files = Vec::new();
    if let Err(error) = read(&root, &root, &mut files) {
        eprintln!("{error}");
        return ExitCode::from(2);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let outcome = load(&files);
    print!("{}", render(&outcome.diagnostics, &files, false));
    match outcome.loaded {
        Some(loaded) => {
            summary(&loaded);
            ExitCode::SUCCESS
        }
        None => ExitCode::FAILURE,
    }
}

fn read(root: &Path, folder: &Path, into: &mut Vec<SourceFile>) -> io::Result<()> {
    let named = |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    for entry in fs::read_dir(folder).map_err(|error| named(folder, error))? {
        let entry = entry.map_err(|error| named(folder, error))?;
        let path = entry.path();
        if entry.file_type().map_err(|error| named(&path, error))?.is_dir() {
            read(root, &path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(&path).map_err(|error| named(&path, error))?;
            let inner = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            into.push(SourceFile { path: inner, text });
        }
    }
    Ok(())
}

fn summary(loaded: &Loaded) {
    let guide = &loaded.guide;
    println!("{} treatments, {} effects, {} cases", guide.treatments.len(), guide.effects.len(), loaded.cases.len());
    for coverage in &loaded.coverage {
        println!(
            "{}: {} of {} passages cited, {} not used, {} open",
            guide[coverage.source].id,
            coverage.cited,
            coverage.total,
            coverage.excepted,
            coverage.open.len()
        );
    }
}
