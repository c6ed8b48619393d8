#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "this module reads guide folders from disk")]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sarcoguide_compiler::{SizeLimits, SourceFile};

/// Reads the TOML files and Fluent files (`.ftl`) in a guide's folder and its subfolders. Returns them in the order of their paths.
/// Ignores all other files. `root` may be a symbolic link.
///
/// # Errors
///
/// If a folder or file can't be read, if a file isn't a regular file or isn't valid UTF-8, if a file or subfolder is a symbolic link, if the name
/// of a file has a control character, or if the guide exceeds the size limits of the guide compiler. The error message starts with the path.
pub fn read_folder(root: &Path) -> io::Result<Vec<SourceFile>> {
    let with_path =
        |path: &Path, error: io::Error| io::Error::new(error.kind(), format!("{}: {}", shown_path(path), reason(&error)));
    let mut files = Vec::new();
    let mut limits = SizeLimits::default();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| with_path(&folder, error))? {
            let entry = entry.map_err(|error| with_path(&folder, error))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| with_path(&path, error))?;
            let is_of_guide = path.extension().is_some_and(|extension| extension == "toml" || extension == "ftl");
            if let Some(problem) = problem(&path, kind, is_of_guide) {
                return Err(with_path(&path, io::Error::new(io::ErrorKind::InvalidInput, problem)));
            }
            if kind.is_dir() {
                folders.push(path);
            } else if is_of_guide {
                let text = read_text(&path, &mut limits).map_err(|error| with_path(&path, error))?;
                let relative = path.strip_prefix(root).unwrap_or(&path);
                let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
                files.push(SourceFile { path: parts.join("/"), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Returns why a guide can't contain this file or folder, and how to fix it. `is_of_guide` says whether the extension is that of a guide's file.
fn problem(path: &Path, kind: fs::FileType, is_of_guide: bool) -> Option<&'static str> {
    // Diagnostics show lines of the guide's files, so a link could make them show lines of a file outside the guide's folder.
    if kind.is_symlink() && path.is_dir() {
        return Some("this is a symbolic link, and guides can't have links; copy the folder itself into the guide's folder");
    }
    if kind.is_symlink() && is_of_guide {
        return Some("this is a symbolic link, and guides can't have links; copy the file itself into the guide's folder");
    }
    let has_control = path.file_name().is_some_and(|name| name.to_string_lossy().contains(char::is_control));
    // Messages show the names of files on one line.
    (is_of_guide && has_control).then_some("the name has a line break or another control character; rename the file")
}

/// Returns a path for a message. Control characters, such as line breaks, are escaped.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    let mut shown = String::new();
    for c in path.to_string_lossy().chars() {
        if c.is_control() { shown.extend(c.escape_debug()) } else { shown.push(c) }
    }
    shown
}

/// Reads a file as text. Stops one byte after the size limit, so that a huge file can't fill the memory.
fn read_text(path: &Path, limits: &mut SizeLimits) -> io::Result<String> {
    // A device or pipe may never end, or may block until someone writes to it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path)?.take(limits.next_limit()).read_to_end(&mut bytes)?;
    limits.add(read as u64).map_err(|message| io::Error::new(io::ErrorKind::FileTooLarge, message))?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not valid UTF-8; save the file as UTF-8"))
}

/// Says in plain words why an operation failed, such as reading a file or listening at an address. The system's own message, such as
/// `No such file or directory (os error 2)`, isn't shown.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    use io::ErrorKind;
    let is_ours = matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::FileTooLarge);
    // An error that this module created already has a message in plain words.
    if is_ours && error.get_ref().is_some() {
        return error.to_string();
    }
    let sentence = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "this is a folder, not a file",
        ErrorKind::NotADirectory => "part of this path is a file, not a folder",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "this disk is read-only",
        ErrorKind::FileTooLarge => "the file is too large",
        ErrorKind::InvalidFilename => "the name isn't valid or is too long",
        ErrorKind::InvalidData => "not valid UTF-8; save the file as UTF-8",
        ErrorKind::AddrInUse => "another program uses this address; choose another port with --addr",
        ErrorKind::AddrNotAvailable => "this computer doesn't have this address",
        ErrorKind::BrokenPipe => "the reader has closed it",
        ErrorKind::TimedOut => "it took too long",
        // Unlike the system's message, the description of the kind has no error number.
        kind => return format!("the system reports: {kind}"),
    };
    sentence.to_owned()
}

#[cfg(test)]
mod tests {
    use super::reason;
    use std::io;

    #[test]
    fn reasons_contain_no_system_error_numbers() {
        for number in 1..134 {
            let reason = reason(&io::Error::from_raw_os_error(number));
            assert!(!reason.contains("os error") && !reason.is_empty(), "{number}: {reason}");
        }
        assert_eq!(reason(&io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")), "not a regular file");
    }
}
