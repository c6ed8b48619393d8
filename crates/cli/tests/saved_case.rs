//! Tests that the command and the server report changes when a case that was saved with an older guide is opened with a newer one: the answers that
//! the newer guide can't read, the verdicts that changed, and why.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sarcoguide_testkit::copy_folder;
use serde_json::{Value, json};

mod served;

use served::TestServer;

const GUIDE: &str = "examples/guides/storm_damaged_tree";
const CASE: &str = "examples/guides/storm_damaged_tree/example_case.json";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with a newer guide and a case that was saved with the older one. It's deleted when dropped.
struct Files {
    folder: PathBuf,
    newer: PathBuf,
    saved: PathBuf,
}

impl Files {
    fn new(name: &str) -> Self {
        Self::with(name, revise)
    }

    /// `change` turns a copy of the guide into the newer one.
    fn with(name: &str, change: fn(&Path)) -> Self {
        let folder = std::env::temp_dir().join(format!("sarcoguide-saved-{name}-{}", std::process::id()));
        let (newer, saved) = (folder.join("newer"), folder.join("saved.json"));
        copy_folder(&root().join(GUIDE), &newer);
        change(&newer);
        let mut served = TestServer::start(command(GUIDE.as_ref(), &["serve", "--addr", "127.0.0.1:0"]));
        served.open_as("json", &fs::read_to_string(root().join(CASE)).expect("a case"));
        fs::write(&saved, served.get("/take/case.json")).expect("the file should be written");
        Self { folder, newer, saved }
    }

    fn saved(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(&self.saved).expect("the file should be readable")).expect("valid JSON")
    }

    fn advise(&self, format: &str) -> String {
        let output = run(&self.newer, &["advise", &self.saved.to_string_lossy(), "--format", format, "--width", "400"], "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("valid UTF-8")
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Turns the guide about trees into a newer version: renames a fact and a treatment, changes a rule, and moves the date of the last revision.
fn revise(guide: &Path) {
    let mut open = vec![guide.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                fs::read_dir(&path)
                    .expect("the folder should be accessible")
                    .map(|entry| entry.expect("the folder entry should be readable").path()),
            );
            continue;
        }
        let text = fs::read_to_string(&path).expect("the file should be readable");
        let text = text.replace("near_power_line", "touches_power_line");
        // The IDs of passages stay the same.
        let is_source = path.components().any(|part| part.as_os_str() == "sources");
        let text = if is_source { text } else { text.replace("\"watering\"", "\"deep_watering\"") };
        let text = text.replace("trunk_split is yes and roots_lifted is no", "trunk_split is yes and roots_lifted is yes");
        fs::write(&path, text.replace("2026-11-30", "2027-03-01")).expect("the file should be written");
    }
    let care = guide.join("treatments/care");
    fs::rename(care.join("watering.toml"), care.join("deep_watering.toml")).expect("the file should be renamed");
}

/// Changes the guide so that its sources doubt that cabling helps.
fn doubt_cabling(guide: &Path) {
    let path = guide.join("treatments/support/cabling.toml");
    let text = fs::read_to_string(&path).expect("the file should be readable");
    fs::write(&path, text.replace("strength = \"possible\"", "strength = \"doubted\"")).expect("the file should be written");
}

fn command(guide: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
    command.arg("--guide").arg(guide).args(arguments).current_dir(root()).env("NO_COLOR", "1");
    command
}

fn run(guide: &Path, arguments: &[&str], input: &str) -> Output {
    let piped = Stdio::piped;
    let mut child =
        command(guide, arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command should start");
    // Writing fails if the command exits without reading its input.
    let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
    child.wait_with_output().expect("the command should finish")
}

#[test]
fn a_saved_case_contains_its_verdicts_and_matches_the_schema() {
    let files = Files::new("written");
    let saved = files.saved();
    let answered = &saved["answered"];
    assert_eq!(answered["guide"].as_str().map(str::len), Some(64));
    assert_eq!(answered["revised"], "2026-11-30");
    let verdicts = answered["verdicts"].as_object().expect("verdicts");
    assert_eq!((&verdicts["cabling"], &verdicts["steel_rods"]), (&"indicated".into(), &"unavailable".into()));
    assert!(!verdicts.contains_key("felling"), "treatments that aren't indicated should be left out");
    let standings = answered["standings"].as_object().expect("standings");
    assert_eq!(standings["cabling"], "option");
    assert!(!standings.contains_key("steel_rods"), "an unavailable treatment shouldn't have a standing");
    // A case saved by `ask --save` names the same guide.
    let asked = files.folder.join("asked.json");
    let output = run(GUIDE.as_ref(), &["ask", "--save", &asked.to_string_lossy()], "80 cm\nq\n");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let asked: Value = serde_json::from_str(&fs::read_to_string(asked).expect("the case should be saved")).expect("valid JSON");
    assert_eq!(asked["answered"]["guide"], answered["guide"]);
    let schema: Value = serde_json::from_slice(&run(GUIDE.as_ref(), &["schema", "case"], "").stdout).expect("valid JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    assert!(schema.is_valid(&saved) && schema.is_valid(&asked));
    // The schema and the command reject the same files.
    for (pointer, wrong) in [
        ("/answered/guide", json!("short")),
        ("/answered/guide", json!(5)),
        ("/answered/revised", json!("yesterday")),
        ("/answered/verdicts", json!([])),
        ("/answered/verdicts/cabling", json!("banana")),
        ("/answered/standings", json!("option")),
        ("/answered/standings/cabling", json!("indicated")),
        ("/answered", json!({ "guide": answered["guide"], "standings": {} })),
        ("/answered", json!({ "guide": answered["guide"], "verdicts": {}, "standings": { "a name": "option" } })),
        ("/answered", json!({ "guide": answered["guide"] })),
        ("/answered", json!({ "guide": answered["guide"], "verdicts": {}, "extra": 1 })),
        ("/answered", json!({ "guide": answered["guide"], "verdicts": { "a name": "possible" } })),
    ] {
        let mut changed = saved.clone();
        *changed.pointer_mut(pointer).expect("the saved case should have this member") = wrong.clone();
        assert!(!schema.is_valid(&changed), "{pointer}: {wrong}");
        let output = run(GUIDE.as_ref(), &["advise", "-"], &changed.to_string());
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{pointer}: {wrong}");
        assert!(message.contains("remove `answered`"), "{message}");
    }
    // In TOML, a date needs no quotes.
    let toml = format!(
        "[facts]\nspecies = \"oak\"\n[answered]\nguide = {}\nrevised = 2026-11-30\nverdicts = {{ cabling = \"possible\" }}\nstandings = {{ cabling = \"option\" }}\n",
        answered["guide"]
    );
    let output = run(GUIDE.as_ref(), &["advise", "-"], &toml);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_command_reports_unreadable_answers_and_changed_verdicts() {
    let files = Files::new("command");
    let text = files.advise("text");
    let beginning: String = text.lines().take(24).collect::<Vec<_>>().join("\n");
    for expected in [
        "What changed since this case was saved",
        "another version of the guide, revised 2026-11-30",
        "near power line: no (facts.near_power_line: the guide has no fact `near_power_line`)",
        "Cabling: before, its conditions were met; now its conditions aren't met. The guide's rules changed. What decides now: Lifted roots: no.",
        "Taking off broken branches: before, its conditions were met; now it depends on open answers. This may be because the guide can't read some of your answers, or because its rules changed.",
        "What would decide: Touches a power line.",
        "watering: before, its conditions were met; now the guide doesn't have it.",
    ] {
        assert!(beginning.contains(expected), "the first lines lack `{expected}`: {beginning}");
    }
    for format in ["markdown", "html"] {
        let printed = files.advise(format);
        assert!(printed.contains("What changed since this case was saved"), "{printed}");
    }
    let answer: Value = serde_json::from_str(&files.advise("json")).expect("valid JSON");
    let changes = &answer["changes"];
    assert_eq!(changes["guide"], files.saved()["answered"]["guide"]);
    assert_eq!(changes["revised"], "2026-11-30");
    assert_eq!(changes["not_read"][0]["name"], "near_power_line");
    assert_eq!(changes["not_read"][0]["value"], "no");
    let entry_of = |treatment: &str| {
        let all = changes["verdicts"].as_array().expect("verdicts");
        all.iter().find(|change| change["treatment"] == treatment).unwrap_or_else(|| panic!("{treatment}: {changes:#}")).clone()
    };
    assert_eq!(
        entry_of("cabling"),
        json!({
            "treatment": "cabling",
            "before": "indicated",
            "now": "not_indicated",
            "before_standing": "option",
            "now_standing": null,
            "cause": "rules_changed",
            "facts": ["roots_lifted"],
        })
    );
    let branch = entry_of("branch_removal");
    assert_eq!((&branch["now"], &branch["cause"]), (&"possible".into(), &"answers_not_read".into()));
    let watering = entry_of("watering");
    assert_eq!((&watering["now"], &watering["cause"]), (&Value::Null, &"treatment_gone".into()));
    assert_eq!(entry_of("deep_watering")["before"], "not_indicated");
    let schema: Value = serde_json::from_slice(&run(&files.newer, &["schema", "advice"], "").stdout).expect("valid JSON");
    assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&answer));
    // A picture can't show the answers that the guide can't read.
    let output = run(&files.newer, &["show", "pathway", &files.saved.to_string_lossy(), "--format", "svg"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("near_power_line"));
}

#[test]
fn opening_with_the_same_guide_shows_no_changes_and_rejects_unknown_names() {
    let files = Files::new("same");
    let saved = files.saved.to_string_lossy().into_owned();
    let answer = run(GUIDE.as_ref(), &["advise", &saved, "--format", "json"], "");
    let answer: Value = serde_json::from_slice(&answer.stdout).expect("valid JSON");
    assert_eq!(answer.get("changes"), None);
    let mut typo = files.saved();
    typo["facts"]["trunk_widht"] = json!(80);
    let output = run(GUIDE.as_ref(), &["advise", "-"], &typo.to_string());
    assert_eq!(output.status.code(), Some(2), "a typo in a case that was saved with the same guide should be an error");
    // A typo in a case without `answered` is an error too.
    let _ = typo.as_object_mut().expect("an object").remove("answered");
    assert_eq!(run(&files.newer, &["advise", "-"], &typo.to_string()).status.code(), Some(2));
}

#[test]
fn pages_show_what_a_newer_guide_changed_until_the_person_has_read_it() {
    let files = Files::new("server");
    let mut served = TestServer::start(command(&files.newer, &["serve", "--addr", "127.0.0.1:0"]));
    served.open_as("json", &files.saved().to_string());
    let page = |served: &mut TestServer, path: &str| String::from_utf8_lossy(&served.get(path)).replace("&#39;", "'");
    for path in ["/review", "/options", "/"] {
        let html = page(&mut served, path);
        for expected in [
            "another version of the guide, revised 2026-11-30",
            "<li>near power line: no</li>",
            "<li>Cabling: before, its conditions were met; now its conditions aren't met. The guide's rules changed. What decides now: Lifted roots: no.</li>",
            "Taking off broken branches: before, its conditions were met; now it depends on open answers.",
            "<li>watering: before, its conditions were met; now the guide doesn't have it.",
        ] {
            assert!(html.contains(expected), "{path} lacks `{expected}`: {html}");
        }
    }
    // After an answer changes, the page doesn't show the changed verdicts, but still lists the answers that the guide can't read.
    served.post("/question/roots_lifted", "asked=roots_lifted&roots_lifted=yes");
    let html = page(&mut served, "/review");
    assert!(html.contains("<li>near power line: no</li>") && !html.contains("Cabling: before"), "{html}");
    served.post("/guide-change", "to=/review");
    assert!(!page(&mut served, "/review").contains("/guide-change"));
    // A case that was saved with the newer guide shows no changes.
    let again = String::from_utf8(served.get("/take/case.json")).expect("valid UTF-8");
    served.open_as("json", &again);
    assert!(!page(&mut served, "/review").contains("/guide-change"));
}

/// Returns a treatment's entry in the list of changes of the JSON answer, or `null` if it has none.
fn change_of(guide: &Path, case: &Value, treatment: &str) -> Value {
    let output = run(guide, &["advise", "-", "--format", "json"], &case.to_string());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let all = answer["changes"]["verdicts"].as_array().expect("verdicts").clone();
    all.into_iter().find(|change| change["treatment"] == treatment).unwrap_or_default()
}

#[test]
fn a_changed_standing_is_reported() {
    let files = Files::with("standing", doubt_cabling);
    let saved = files.saved();
    let change = change_of(&files.newer, &saved, "cabling");
    assert_eq!((&change["before"], &change["now"]), (&json!("indicated"), &json!("indicated")));
    assert_eq!((&change["before_standing"], &change["now_standing"]), (&json!("option"), &json!("not_proven")));
    assert_eq!(change["cause"], "rules_changed");
    let sentence = "Cabling: before, it was one option; now its benefit isn't proven. The guide's rules changed.";
    assert!(files.advise("text").contains(sentence));
    // A picture can't show the change.
    for format in ["svg", "mermaid"] {
        let output = run(&files.newer, &["show", "pathway", &files.saved.to_string_lossy(), "--format", format], "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{format}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(sentence), "{output:?}");
    }
    // The verdict and the standing can both change.
    let mut both = saved.clone();
    both["answered"]["verdicts"]["cabling"] = json!("possible");
    let output = run(&files.newer, &["advise", "-", "--width", "400"], &both.to_string());
    let expected = "now its conditions are met. Before, it was one option; now its benefit isn't proven. The guide's rules changed. What decides now: ";
    assert!(String::from_utf8_lossy(&output.stdout).contains(expected), "{}", String::from_utf8_lossy(&output.stdout));
    // If no standings were saved with the case, no changed standing is reported.
    let mut without = saved.clone();
    let _ = without["answered"].as_object_mut().expect("an object").remove("standings");
    assert_eq!(change_of(&files.newer, &without, "cabling"), Value::Null);
    // The standing may have changed because the guide can't read an answer.
    let mut unread = saved;
    unread["facts"]["cable_tested"] = json!("yes");
    assert_eq!(change_of(&files.newer, &unread, "cabling")["cause"], "answers_not_read");
}

#[test]
fn a_fact_stated_as_unknown_is_not_the_cause_of_a_change() {
    let files = Files::new("unknown");
    let mut saved = files.saved();
    assert_eq!(change_of(&files.newer, &saved, "branch_removal")["cause"], "answers_not_read");
    // The guide can't read this preference either, but a preference is never the cause of a change.
    saved["what_matters"]["cost"] = json!("much");
    for unknown in [Value::Null, json!("unknown")] {
        saved["facts"]["near_power_line"] = unknown;
        assert_eq!(change_of(&files.newer, &saved, "branch_removal")["cause"], "rules_changed", "{saved}");
    }
}

/// The newer guide excludes a combination of facts that the older one allowed.
#[test]
fn a_contradiction_with_the_newer_guide_is_reported_with_the_facts_and_the_older_version() {
    let files = Files::with("contradictory", |guide| {
        let path = guide.join("vocabulary/storm.toml");
        let text = fs::read_to_string(&path).expect("the file should be readable");
        let rule = "\n[[mutually_exclusive]]\nif = 'trunk_split is yes and hanging_branch is yes'\ntext = \"A split trunk has no hanging branch.\"\n";
        fs::write(&path, text + rule).expect("the file should be written");
    });
    let saved = files.saved.to_string_lossy().into_owned();
    for arguments in [&["advise", saved.as_str()][..], &["show", "pathway", saved.as_str()]] {
        let output = run(&files.newer, arguments, "");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        for part in [
            "saved.json: these facts contradict one another: `trunk_split` (",
            "`hanging_branch` (",
            "A split trunk has no hanging branch. This case was saved with another version of the guide, revised 2026-11-30",
            "Correct one of them in the file.",
        ] {
            assert!(error.contains(part), "{part}: {error}");
        }
    }
    // This case has no `answered`, so the error doesn't mention another version.
    let error = run(&files.newer, &["advise", CASE], "").stderr;
    let error = String::from_utf8_lossy(&error);
    assert!(error.contains("contradict one another") && !error.contains("another version"), "{error}");
}

#[test]
fn downloads_are_refused_until_the_person_has_read_the_changes() {
    let files = Files::with("downloads", doubt_cabling);
    let mut served = TestServer::start(command(&files.newer, &["serve", "--addr", "127.0.0.1:0"]));
    served.open_as("json", &files.saved().to_string());
    const PATHS: [&str; 4] = ["/take/case.json", "/take/options.json", "/take/options.md", "/take/summary.pdf"];
    for path in PATHS {
        let (status, _, body) = served.send("GET", path, "text/plain", "");
        let html = String::from_utf8_lossy(&body).replace("&#39;", "'");
        assert_eq!(status, 409, "{path}: {html}");
        assert!(html.contains("<li>Cabling: before, it was one option; now its benefit isn't proven."), "{path}: {html}");
        assert!(html.contains("It would leave out what changed since your case was saved."), "{path}: {html}");
    }
    served.post("/guide-change", "to=/review");
    for path in PATHS {
        served.get(path);
    }
}

#[test]
fn a_case_too_large_for_a_cookie_is_rejected_and_bidi_controls_are_escaped() {
    let files = Files::new("large");
    let mut served = TestServer::start(command(&files.newer, &["serve", "--addr", "127.0.0.1:0"]));
    let mut large = files.saved();
    for index in 1..=200_u64 {
        let name =
            format!("{:016x}{:016x}", index.wrapping_mul(0x9e37_79b9_7f4a_7c15), index.wrapping_mul(0xd6e8_feb8_6659_fd93));
        large["facts"][name] = json!("yes");
    }
    let body =
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"case.json\"\r\n\r\n{large}\r\n--b--\r\n");
    let (status, _, body) = served.send("POST", "/open", "multipart/form-data; boundary=b", &body);
    let html = String::from_utf8_lossy(&body);
    assert!(status == 413 && html.contains("more than a browser keeps"), "{status}: {html}");

    let mut bidi = files.saved();
    bidi["facts"]["on\u{202e}eno"] = json!("a\u{2066}b");
    served.open_as("json", &bidi.to_string());
    let html = String::from_utf8(served.get("/review")).expect("valid UTF-8");
    assert!(html.contains(r"<li>on\u{202e}eno: a\u{2066}b</li>"), "{html}");
    assert!(!html.contains(['\u{202e}', '\u{2066}']), "{html}");
}
