//! Reads a guide from the files in its folder.

use std::io::ErrorKind;
use std::path::Path;

use sarcoguide_bundled::{read_folder, shown_path};
use sarcoguide_compiler::{SourceFile, load, render};
use sarcoguide_model::Guide;

use crate::output::Failure;

/// Reads the files in a guide's folder.
pub(crate) fn files(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    if !folder.is_dir() {
        let name = shown_path(folder);
        return Err(match folder.exists() {
            true => Failure::Input(format!("{name}: this is not a folder")),
            false => Failure::Io(format!("{name}: there is no such folder")),
        });
    }
    let files = read_folder(folder).map_err(|error| match error.kind() {
        // The file can be read, but it can't be part of a guide.
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::FileTooLarge => Failure::Input(error.to_string()),
        _ => Failure::Io(error.to_string()),
    })?;
    if files.is_empty() {
        return Err(Failure::Input(format!("{}: this folder has no TOML files", shown_path(folder))));
    }
    Ok(files)
}

/// Compiles the guide from its files. If it has errors, the failure contains the diagnostics.
pub(crate) fn loaded(files: &[SourceFile]) -> Result<Guide, Failure> {
    let outcome = load(files);
    outcome
        .loaded
        .map(|loaded| loaded.guide)
        .ok_or_else(|| Failure::Input(format!("the guide has errors\n\n{}", render(&outcome.diagnostics, files, false))))
}
