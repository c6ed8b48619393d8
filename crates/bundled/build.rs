//! Reads, checks and lowers `guide/` (a link to the guide of the workspace; a copy in the published package), or the guide of `SARCOGUIDE_EMBEDDED_GUIDE`, and writes its core form for `lib.rs` to embed.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads and writes files")]

#[path = "src/folder.rs"]
mod folder;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

/// The variable that names the folder of another guide to embed, absolute or within the workspace.
const GUIDE: &str = "SARCOGUIDE_EMBEDDED_GUIDE";

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    println!("cargo::rerun-if-env-changed={GUIDE}");
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let root = match env::var(GUIDE) {
        Ok(folder) => package.join("../..").join(folder),
        Err(_) => package.join("guide"),
    };
    // Cargo looks for changes in the folder itself, not in the link to it.
    let root = fs::canonicalize(&root).map_err(|error| format!("{}: {error}", root.display()))?;
    println!("cargo::rerun-if-changed={}", root.display());
    let files = folder::read_folder(&root).map_err(|error| error.to_string())?;
    let outcome = sarcoguide_compiler::load(&files);
    let Some(loaded) = outcome.loaded else {
        return Err(format!("the guide has errors\n\n{}", sarcoguide_compiler::render(&outcome.diagnostics, &files, false)));
    };
    let guide = &loaded.guide;
    let revised = guide.revised.map_or_else(|| "without a revision date".to_owned(), |date| format!("revised {date}"));
    // A variable is one line.
    let name = guide.name.split_whitespace().collect::<Vec<_>>().join(" ");
    println!("cargo::rustc-env=SARCOGUIDE_CONTENT_HASH={}", guide.content_hash);
    println!("cargo::rustc-env=SARCOGUIDE_GUIDE_VERSION={name}, version {}, {revised}", guide.version.trim());
    let bytes = postcard::to_allocvec(&loaded.guide).map_err(|error| format!("the guide cannot be encoded: {error}"))?;
    let target = PathBuf::from(variable("OUT_DIR")?).join("guide.postcard");
    fs::write(&target, bytes).map_err(|error| format!("{}: {error}", target.display()))
}
