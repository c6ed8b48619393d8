//! Tests the files that commands write. The files can contain health facts, so they must be complete, be readable only by their owner, and never
//! replace another file unasked.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const CASE: &str = r#"{"facts": {"age": 54}}"#;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A new folder in which commands run. It's deleted when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("case.json"), CASE).expect("written");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
            .args(arguments)
            .current_dir(&self.0)
            .env("HOME", &self.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        // Writing fails if the command exits without reading its input.
        let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
        child.wait_with_output().expect("the command ends")
    }

    /// Checks that a command fails with this code and a message that contains `expected`.
    fn fails(&self, code: i32, arguments: &[&str], expected: &str) {
        let output = self.run(arguments, "");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
        assert!(message.contains(expected) && !message.contains("panicked"), "{arguments:?}: {message}");
    }

    fn succeeds(&self, arguments: &[&str]) {
        let output = self.run(arguments, "");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PDF: [&str; 4] = ["advise", "case.json", "--format", "pdf"];
const CALENDAR: [&str; 4] = ["calendar", "doxorubicin", "--start", "2027-01-04"];

fn with<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [command, more].concat()
}

#[test]
fn existing_files_are_kept_unless_force_is_given() {
    let folder = Folder::new("exists");
    for (command, name) in [(PDF, "a.pdf"), (CALENDAR, "a.ics")] {
        fs::write(folder.path(name), "of mine").expect("written");
        folder.fails(3, &with(&command, &["--output", name]), "this file exists and wasn't replaced; name another one");
        assert_eq!(folder.read(name), "of mine");
        folder.succeeds(&with(&command, &["--output", name, "--force"]));
        assert_ne!(fs::read(folder.path(name)).expect("readable"), b"of mine");
    }
    folder.fails(2, &with(&PDF, &["--force"]), "--output");
    folder.fails(2, &with(&PDF, &["--output", "."]), "this is a folder; name a file in it");
    folder.fails(3, &with(&PDF, &["--output", "no/such/a.pdf"]), "there is no folder no/such");
    assert_eq!(folder.names(), ["a.ics", "a.pdf", "case.json"], "no other files should be left");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_if_force_is_given() {
    let folder = Folder::new("pipe");
    let script = "\"$0\" advise case.json --format pdf --force --output >(head -c 5 > head); wait $!";
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_sarcoguide")])
        .current_dir(&folder.0)
        .output()
        .expect("it runs");
    assert!(output.stderr.is_empty() || String::from_utf8_lossy(&output.stderr).contains("pipe"));
    assert_eq!(folder.read("head"), "%PDF-");
}

#[test]
fn a_dash_writes_to_standard_output() {
    let folder = Folder::new("dash");
    let pdf = folder.run(&with(&PDF, &["--output", "-"]), "");
    assert!(pdf.status.success() && pdf.stdout.starts_with(b"%PDF-"));
    let calendar = folder.run(&with(&CALENDAR, &["--output", "-"]), "");
    assert!(calendar.status.success() && calendar.stdout.starts_with(b"BEGIN:VCALENDAR\r\n"));
    folder.fails(2, &["ask", "--save", "-"], "the questions are on standard output");
    assert_eq!(folder.names(), ["case.json"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_written_files() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = Folder::new("private");
    folder.succeeds(&with(&PDF, &["--output", "a.pdf"]));
    folder.succeeds(&with(&CALENDAR, &["--output", "a.ics"]));
    let saved = folder.run(&["ask", "--save", "saved.json"], "1\n54\nq\n");
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    fs::write(folder.path("open.pdf"), "").expect("written");
    fs::set_permissions(folder.path("open.pdf"), fs::Permissions::from_mode(0o666)).expect("set");
    folder.succeeds(&with(&PDF, &["--output", "open.pdf", "--force"]));
    for name in ["a.pdf", "a.ics", "saved.json", "open.pdf"] {
        let mode = fs::metadata(folder.path(name)).expect("there").mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("links");
    fs::write(folder.path("other"), "of another").expect("written");
    for (link, target) in [("a.pdf", "other"), ("b.pdf", "nowhere"), ("c.pdf", "/dev/null")] {
        symlink(target, folder.path(link)).expect("linked");
        folder.fails(3, &with(&PDF, &["--output", link]), "this file exists");
        folder.fails(3, &["ask", "--save", link], "this file exists");
        folder.succeeds(&with(&PDF, &["--output", link, "--force"]));
        assert!(fs::symlink_metadata(folder.path(link)).expect("there").is_file(), "the link should be replaced");
    }
    assert_eq!(folder.read("other"), "of another");
    assert!(!folder.path("nowhere").exists());
}

#[cfg(unix)]
#[test]
fn the_input_is_never_overwritten_under_any_name() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("input");
    let whole = folder.path("case.json").to_string_lossy().into_owned();
    fs::create_dir(folder.path("sub")).expect("made");
    symlink("case.json", folder.path("soft")).expect("linked");
    fs::hard_link(folder.path("case.json"), folder.path("hard")).expect("linked");
    for name in ["case.json", "./case.json", "sub/../case.json", &whole, "soft", "hard"] {
        folder.fails(2, &with(&PDF, &["--output", name, "--force"]), "this would overwrite the input case.json");
        assert_eq!(folder.read("case.json"), CASE);
    }
    // The same applies if standard input is a file.
    let output = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(["advise", "-", "--format", "pdf", "--output", "case.json", "--force"])
        .current_dir(&folder.0)
        .stdin(fs::File::open(folder.path("case.json")).expect("open"))
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.read("case.json"), CASE);
    // The files of a guide aren't overwritten either.
    let guide = root().join("crates/compiler/tests/minimal");
    let guide = guide.to_string_lossy();
    let target = format!("{guide}/terms.toml");
    let before = fs::read_to_string(&target).expect("readable");
    let command = ["advise", "case.json", "--guide", &guide, "--format", "pdf", "--output", &target, "--force"];
    folder.fails(2, &command, "this would overwrite the input");
    assert_eq!(fs::read_to_string(&target).expect("readable"), before);
}

#[test]
fn example_cases_of_findings_replace_files_only_if_force_is_given() {
    let folder = Folder::new("cases");
    let guide = root().join("crates/compiler/tests/minimal");
    let check = ["check", "--guide", &guide.to_string_lossy(), "--write-cases", "found"].map(str::to_owned);
    let check: Vec<&str> = check.iter().map(String::as_str).collect();
    // `check` finds an error in the minimal guide: in some cases, no treatment is indicated.
    assert_eq!(folder.run(&check, "").status.code(), Some(1));
    let mut written: Vec<PathBuf> =
        fs::read_dir(folder.path("found")).expect("made").map(|entry| entry.expect("an entry").path()).collect();
    written.sort();
    let last = written.last().expect("a case");
    fs::write(last, "of mine").expect("written");
    written[..written.len() - 1].iter().for_each(|file| fs::remove_file(file).expect("removed"));
    folder.fails(3, &check, "this file exists");
    assert_eq!(fs::read_dir(folder.path("found")).expect("made").count(), 1, "no case should be written if one can't be");
    assert_eq!(fs::read_to_string(last).expect("readable"), "of mine");
    assert_eq!(folder.run(&with(&check, &["--force"]), "").status.code(), Some(1));
    assert!(fs::read_to_string(last).expect("readable").starts_with('{'));
}

#[test]
fn the_folder_for_cases_is_not_created_without_a_case_or_a_parent_folder() {
    let folder = Folder::new("case-folder");
    let guide = root().join("examples/guides/storm_damaged_tree");
    let arguments = ["check", "--guide", &guide.to_string_lossy(), "--write-cases", "none"].map(str::to_owned);
    folder.succeeds(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let guide = root().join("crates/compiler/tests/minimal");
    let check = |place: &str| {
        let check = ["check", "--guide", &guide.to_string_lossy(), "--write-cases", place].map(str::to_owned);
        let check: Vec<&str> = check.iter().map(String::as_str).collect();
        folder.fails(3, &check, if place == "case.json" { "this is a file" } else { "there is no folder no/such" });
    };
    check("no/such/found");
    check("case.json");
    assert_eq!(folder.names(), ["case.json"]);
    // Without `--guide`, `check` needs a folder `guide` in the current folder.
    folder.fails(2, &["check"], "the built-in guide has no files to check");
}

/// If writing fails halfway, an existing file is kept and no partial file is left.
#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_no_partial_file() {
    let folder = Folder::new("full");
    fs::write(folder.path("old.pdf"), "of mine").expect("written");
    for (name, force) in [("new.pdf", ""), ("old.pdf", "--force")] {
        // Simulate a full disk with a limit of 1 kB on the size of files.
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" advise case.json --format pdf --output {name} {force}");
        let output = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_sarcoguide")])
            .current_dir(&folder.0)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(folder.read("old.pdf"), "of mine");
    assert_eq!(folder.names(), ["case.json", "old.pdf"]);
}

/// An interview can take half an hour, so its answers must not be lost if the file can't be written.
#[test]
fn answers_are_kept_if_the_file_for_them_cannot_be_written() {
    let folder = Folder::new("interview");
    // A file that can't be written is reported before the first question.
    for (name, expected) in
        [("case.json", "this file exists"), ("no/such.json", "there is no folder no"), (".", "this is a folder")]
    {
        let output = folder.run(&["ask", "--save", name], "1\n54\nq\n");
        assert!([2, 3].contains(&output.status.code().expect("an exit code")));
        assert!(output.stdout.is_empty(), "{name}: no question should be asked");
        assert!(String::from_utf8_lossy(&output.stderr).contains(expected), "{name}");
    }
    assert_eq!(folder.names(), ["case.json"]);
    // After a name that can't be used, `ask` asks for the name again.
    let output = folder.run(&["ask"], "1\n54\nq\ncase.json\nno/such.json\n-\n~/kept.json\n");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert_eq!(text.matches("Save the case?").count(), 4, "{text}");
    for expected in ["case.json: this file exists", "no/such.json: there is no folder no", "kept.json.\n"] {
        assert!(text.contains(expected), "`{expected}` is not in {text}");
    }
    assert!(folder.read("kept.json").contains("\"age\": \"54 years\""));
    assert_eq!(folder.read("case.json"), CASE);
    let output = folder.run(&["ask", "--save", "~/too.json"], "1\n55\nq\n");
    assert!(output.status.success() && folder.read("too.json").contains("\"age\": \"55 years\""));
    // If the input ends before a file could be written, the case is printed.
    let output = folder.run(&["ask"], "1\n54\nq\nno/such.json\n");
    assert_eq!(output.status.code(), Some(3));
    let text = String::from_utf8_lossy(&output.stdout);
    let printed =
        text.find("{\n  \"facts\"").map(|start| serde_json::from_str::<serde_json::Value>(&text[start..]).expect("JSON"));
    assert_eq!(printed.expect("the case")["facts"], serde_json::json!({ "age": "54 years", "situation": "before_treatment" }));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no/such.json"));
    // If the person presses Enter instead of naming a file, no file is written.
    let before = folder.names();
    assert!(folder.run(&["ask"], "1\n54\nq\n\n").status.success());
    assert_eq!(folder.names(), before);
}

/// If standard output is closed, for example because the person closed the window, the interview ends. The answers are saved if a file was named
/// with `--save`.
#[test]
fn an_interview_ends_and_is_saved_if_its_output_is_closed() {
    let folder = Folder::new("closed");
    let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(["ask", "--save", "kept.json"])
        .current_dir(&folder.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("standard input");
    // Writing fails if the command has already exited.
    let _ = input.write_all(b"1\n54\n");
    // Standard input stays open, so only the closed output can end the command.
    let ended = (0..600).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        child.try_wait().expect("a state")
    });
    if ended.is_none() {
        child.kill().expect("ended");
    }
    drop(input);
    assert_eq!(ended.expect("the command should exit by itself").code(), Some(0));
    assert!(folder.path("kept.json").exists());
}

/// A message about a file is on one line, even if the file's name has a line break.
#[test]
fn control_characters_in_the_names_of_files_are_escaped() {
    let folder = Folder::new("escaped");
    for arguments in [&["advise", "no\nfile"][..], &["check", "--guide", "no\nfile"], &["serve", "--config", "no\nfile"]] {
        folder.fails(3, arguments, "no\\nfile: there is no such f");
    }
    folder.fails(3, &["show", "treatments", "--guide", "no\u{1b}[31mfile"], "no\\u{1b}[31mfile: there is no such f");
}

/// `output.rs` protects inputs and existing files, so no other source file may write files.
#[test]
fn only_output_rs_writes_files() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(source).expect("the source") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("readable");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for forbidden in ["fs::write(", "File::create", "OpenOptions", "fs::rename(", "fs::copy(", "create_dir"] {
            let is_misplaced = text.contains(forbidden) && !path.ends_with("output.rs");
            assert!(!is_misplaced, "{}: move `{forbidden}` to output.rs", path.display());
        }
    }
}
