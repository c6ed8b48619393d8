use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sarcoguide_language::SourceFile;

/// The TOML files of a guide's folder, in the order of their paths. Anything else in it is left alone.
///
/// # Errors
///
/// If the folder or a file cannot be read, or a file is not UTF-8; the error names the path.
pub fn read_folder(root: &Path) -> io::Result<Vec<SourceFile>> {
    let named = |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| named(&folder, error))? {
            let entry = entry.map_err(|error| named(&folder, error))?;
            let path = entry.path();
            // A link to a folder is not followed, so that no circle of links is either.
            if entry.file_type().map_err(|error| named(&path, error))?.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(&path).map_err(|error| named(&path, error))?;
                let inner = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
                files.push(SourceFile { path: parts.join("/"), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
