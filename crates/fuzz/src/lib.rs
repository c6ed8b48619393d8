//! The fuzz targets, for bytes that anyone may send.
//!
//! Each target takes any bytes, and panics if the program breaks one of its laws. `tools/fuzz` looks for such bytes with libFuzzer;
//! `tests/replay.rs` runs every target on the inputs kept in `fuzz/corpus/`.

mod compile;
mod guide;
mod read;
mod serve;

/// A function that reads bytes from outside of the program.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the target, of its folder in `fuzz/corpus/`, and of its file in `fuzz/fuzz_targets/`.
    pub name: &'static str,
    /// Reads the bytes, and panics if a law is broken.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: [Target; 7] = [
    Target { name: "case_json", run: read::case_json },
    Target { name: "case_toml", run: read::case_toml },
    Target { name: "condition", run: compile::condition },
    Target { name: "cookie", run: serve::cookie },
    Target { name: "form", run: serve::form },
    Target { name: "guide", run: compile::guide },
    Target { name: "query", run: read::query },
];

/// Runs the target with this name.
///
/// # Panics
///
/// If there is no target with this name, or if a law is broken.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("there is no target `{name}`")).run)(bytes);
}
