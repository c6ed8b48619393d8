//! The fuzz targets: functions that pass arbitrary bytes to the parts of the program that read untrusted input.
//!
//! A target panics if the program handles the bytes wrongly. `tools/fuzz` looks for such bytes with libFuzzer, and `tests/replay.rs` runs every
//! target on the inputs in `fuzz/corpus/`.

mod compile;
mod guide;
mod read;
mod serve;

/// A fuzz target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the target, of its folder in `fuzz/corpus/`, and of its file in `fuzz/fuzz_targets/`.
    pub name: &'static str,
    /// Passes the bytes to the program, and panics if the program handles them wrongly.
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
/// If there is no target with this name, or if the program handles the bytes wrongly.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.unwrap_or_else(|| panic!("there is no target `{name}`")).run)(bytes);
}
