//! Joins the files of the smallest valid guide, from the compiler's tests, into one text. The fuzz target `guide` replaces some of these files with
//! those in its input.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a build script reads files and talks to cargo")]

use std::path::Path;
use std::{env, fs, io};

/// Adds the files of a folder to `text`, each after a line with its path.
fn add(folder: &Path, prefix: &str, text: &mut String) -> io::Result<()> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            add(&path, &format!("{name}/"), text)?;
        } else {
            text.push_str(&format!("=== {name}\n{}\n", fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let variable = |name: &str| env::var(name).map_err(io::Error::other);
    let guide = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("minimal");
    println!("cargo::rerun-if-changed={}", guide.display());
    let mut text = String::new();
    add(&guide, "", &mut text)?;
    fs::write(Path::new(&variable("OUT_DIR")?).join("minimal"), text)
}
