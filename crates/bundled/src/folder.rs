#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "this module is the entry point for the folder of a guide"
)]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sarcoguide_compiler::{Extent, SourceFile};

/// The TOML files of a guide's folder and its Fluent files (`.ftl`), in the order of their paths. Anything else in it is left alone.
///
/// # Errors
///
/// If the folder or a file cannot be read, a file is no regular one or not UTF-8, or there is more than a guide may have; the error names the path.
pub fn read_folder(root: &Path) -> io::Result<Vec<SourceFile>> {
    let named = |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let mut files = Vec::new();
    let mut extent = Extent::default();
    let mut open: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| named(&folder, error))? {
            let entry = entry.map_err(|error| named(&folder, error))?;
            let path = entry.path();
            // A link to a folder is not followed, so that no circle of links is either.
            if entry.file_type().map_err(|error| named(&path, error))?.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "ftl") {
                let text = text(&path, &mut extent).map_err(|error| named(&path, error))?;
                let inner = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
                files.push(SourceFile { path: parts.join("/"), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The text of a file, of which no more is read than it may have.
fn text(path: &Path, extent: &mut Extent) -> io::Result<String> {
    // What is no regular file may have no end, or wait for someone to write to it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a regular file"));
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path)?.take(extent.next_limit()).read_to_end(&mut bytes)?;
    extent.add(read as u64).map_err(|why| io::Error::new(io::ErrorKind::FileTooLarge, why))?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "this is not UTF-8"))
}
