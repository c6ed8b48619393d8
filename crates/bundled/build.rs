//! Compiles a guide, and writes it in encoded form for `lib.rs` to embed.
//!
//! The guide is in the folder that `SARCOGUIDE_EMBEDDED_GUIDE` names or, without this variable, in this package's
//! folder `guide/`. In the workspace, that folder is a link to the workspace's guide. In the published package, it's a copy.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads and writes files")]

#[path = "src/folder.rs"]
mod folder;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

/// The environment variable that names the folder of a different guide to embed. The path is absolute or relative to the workspace.
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
    // Cargo doesn't notice changes through a link, so it must watch the folder that the link points to.
    let root = fs::canonicalize(&root).map_err(|error| format!("{}: {}", folder::shown_path(&root), folder::reason(&error)))?;
    println!("cargo::rerun-if-changed={}", root.display());
    let files = folder::read_folder(&root).map_err(|error| error.to_string())?;
    let outcome = sarcoguide_compiler::load(&files);
    let Some(loaded) = outcome.loaded else {
        return Err(format!("the guide has errors\n\n{}", sarcoguide_compiler::render(&outcome.diagnostics, &files, false)));
    };
    let guide = &loaded.guide;
    let revised = guide.revised.map_or_else(|| "without a revision date".to_owned(), |date| format!("revised {date}"));
    // The value of an environment variable that Cargo sets must be on one line, so line breaks in the name become spaces.
    let name = guide.name.split_whitespace().collect::<Vec<_>>().join(" ");
    println!("cargo::rustc-env=SARCOGUIDE_CONTENT_HASH={}", guide.content_hash);
    println!("cargo::rustc-env=SARCOGUIDE_GUIDE_VERSION={name}, version {}, {revised}", guide.version.trim());
    let bytes = postcard::to_allocvec(&loaded.guide).map_err(|error| format!("can't encode the guide: {error}"))?;
    let target = PathBuf::from(variable("OUT_DIR")?).join("guide.postcard");
    fs::write(&target, bytes).map_err(|error| format!("{}: {error}", target.display()))
}
