//! Tests that guides are refused, with the place of the problem, if they're too large to read or to prove, or contain links or special files.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sarcoguide_testkit::copy_folder;
use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sarcoguide")).args(arguments).output().expect("it runs")
}

/// A copy of the minimal guide. It's deleted when dropped.
struct GuideCopy(PathBuf);

impl GuideCopy {
    fn new(name: &str) -> Self {
        let target = std::env::temp_dir().join(format!("sarcoguide-limits-{name}-{}", std::process::id()));
        copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal"), &target);
        Self(target)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.join(file), text).expect("written");
    }
}

impl Drop for GuideCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Checks that `check` refuses the guide with this message and exit code 2.
fn refused(guide: &GuideCopy, message: &str) {
    let output = run(&["check", "--guide", guide.path()]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains(message), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_named() {
    let guide = GuideCopy::new("file");
    guide.write("effects/large.toml", &"#\n".repeat(600_000));
    refused(&guide, "effects/large.toml: a guide file can have at most 1024 kB; split this file");
}

#[test]
fn the_file_that_makes_a_guide_too_large_is_named() {
    let guide = GuideCopy::new("guide");
    for place in 10..27 {
        guide.write(&format!("effects/large{place}.toml"), &"#\n".repeat(1 << 19));
    }
    refused(&guide, ".toml: with this file, the guide has more than the maximum of 16 MB");
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_in_a_guide_folder_are_refused_at_once() {
    let guide = GuideCopy::new("endless");
    std::os::unix::fs::symlink("/dev/zero", guide.0.join("effects/endless.toml")).expect("linked");
    refused(&guide, "effects/endless.toml: this is a symbolic link");
    let guide = GuideCopy::new("pipe");
    let made = Command::new("mkfifo").arg(guide.0.join("effects/pipe.toml")).status().expect("it runs");
    assert!(made.success());
    refused(&guide, "effects/pipe.toml: not a regular file");
}

/// A link could lead out of the folder, and diagnostics show lines of the guide's files.
#[cfg(unix)]
#[test]
fn links_in_a_guide_are_refused_but_its_folder_can_be_a_link() {
    use std::os::unix::fs::symlink;
    let secret = GuideCopy::new("secret");
    secret.write("secret.txt", "hunter2\n");
    let guide = GuideCopy::new("linked");
    symlink(secret.0.join("secret.txt"), guide.0.join("policy.toml")).expect("linked");
    refused(&guide, "policy.toml: this is a symbolic link, and guides can't have links; copy the file");
    for arguments in [["check", "--guide", guide.path()], ["diff", guide.path(), guide.path()]] {
        assert!(!String::from_utf8_lossy(&run(&arguments).stderr).contains("hunter2"), "{arguments:?}");
    }
    fs::remove_file(guide.0.join("policy.toml")).expect("removed");
    symlink("nowhere", guide.0.join("policy.toml")).expect("linked");
    refused(&guide, "policy.toml: this is a symbolic link");
    fs::remove_file(guide.0.join("policy.toml")).expect("removed");
    symlink(secret.0.join("effects"), guide.0.join("more")).expect("linked");
    refused(&guide, "more: this is a symbolic link, and guides can't have links; copy the folder");
    fs::remove_file(guide.0.join("more")).expect("removed");
    // The path of the guide's folder may be a link. A file that isn't part of the guide is ignored, even if it's a link.
    symlink(secret.0.join("secret.txt"), guide.0.join("notes.txt")).expect("linked");
    let link = secret.0.join("link");
    symlink(&guide.0, &link).expect("linked");
    let output = run(&["show", "treatments", "--guide", &link.to_string_lossy()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_is_refused_on_one_line() {
    let guide = GuideCopy::new("break");
    guide.write("effects/a\nb.toml", "");
    refused(&guide, "effects/a\\nb.toml: the name has a line break or another control character; rename the file");
}

/// Runs `check` with a limit of 1.5 GB of virtual memory and two minutes. Returns its exit code and its output.
#[cfg(unix)]
fn bounded(guide: &GuideCopy) -> (Option<i32>, String) {
    let script = "ulimit -v 1500000; exec timeout 120 \"$0\" check --guide \"$1\" 2>&1";
    let output =
        Command::new("bash").args(["-c", script, env!("CARGO_BIN_EXE_sarcoguide"), guide.path()]).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Text that would take too much memory or time to check is refused, and the error names the place.
#[cfg(unix)]
#[test]
fn no_guide_text_exhausts_memory() {
    let file = "treatments/surgery/excision.toml";
    let with_condition = |name: &str, condition: &str| {
        let guide = GuideCopy::new(name);
        let text = fs::read_to_string(guide.0.join(file)).expect("readable");
        guide.write(file, &text.replacen("grade in G1..G2", condition, 1));
        guide
    };
    let joined = |part: &dyn Fn(usize) -> String, count: usize| (0..count).map(part).collect::<Vec<_>>().join(" and ");
    for (name, condition) in [
        ("thresholds", joined(&|place| format!("size > {}.{:03} cm", place / 1000 + 1, place % 1000), 40_000)),
        ("unknown", joined(&|_| "grde is G1".to_owned(), 60_000)),
        ("long", joined(&|_| "grade is G1".to_owned(), 60_000)),
    ] {
        let (code, text) = bounded(&with_condition(name, &condition));
        assert_eq!(code, Some(1), "{name}: {text}");
        assert!(text.contains("error[E051]: a condition has more than 2000 tokens"), "{name}: {text}");
        assert!(text.contains("treatments/surgery/excision.toml:10:"), "{name}: {text}");
    }
    let guide = GuideCopy::new("dense");
    (10..25).for_each(|place| guide.write(&format!("effects/{place}.toml"), &format!("x=[{}]", "{a=1},".repeat(170_000))));
    let (code, text) = bounded(&guide);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("error[E051]: with this file, the guide has too many keys and values"), "{text}");
    assert!(text.contains("--> effects/11.toml:1:1"), "{text}");
    let guide = GuideCopy::new("errors");
    let cited = format!("from = [{}]", "\"book:none\",".repeat(60_000));
    let text = fs::read_to_string(guide.0.join(file)).expect("readable");
    guide.write(file, &text.replacen("from = [\"book:page.1\"]", &cited, 1));
    let (code, text) = bounded(&guide);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("error[E051]: the guide has more than 1000 errors"), "{text}");
    let place = "error[E046]: no source has the passage `book:none`\n--> treatments/surgery/excision.toml:";
    assert!(text.contains(place), "{text}");
}

/// Derived facts with large conditions, and long chains of derived facts, are proved or reported as too large within bounded memory.
#[cfg(unix)]
#[test]
fn no_derived_fact_exhausts_memory() {
    let fact = |id: String| format!("[[fact]]\nid = \"{id}\"\nname = \"A fact\"\ntype = \"yes_no\"\nquestion = \"So?\"\n");
    let derived = |id: String, when: &str| {
        format!(
            "[[derived]]\nid = \"{id}\"\nname = \"D\"\ntype = \"yes_no\"\nwhen = '{when}'\nexplain = \"So.\"\nfrom = [\"book:page.1\"]\n"
        )
    };
    for pairs in [16, 20, 60] {
        let guide = GuideCopy::new(&format!("meet{pairs}"));
        for letter in ["a", "b"] {
            let facts: String = (0..pairs).map(|place| fact(format!("{letter}{place}"))).collect();
            guide.write(&format!("vocabulary/{letter}.toml"), &facts);
        }
        let when: Vec<String> = (0..pairs).map(|place| format!("(a{place} is yes and b{place} is yes)")).collect();
        guide.write("derived/more.toml", &derived("meet".to_owned(), &when.join(" or ")));
        let (code, text) = bounded(&guide);
        // The exit code is 1 instead of 4, because the minimal guide has an error too: no treatment is indicated in some cases.
        assert_eq!(code, Some(1), "{pairs}: {text}");
        assert!(text.contains("1 part of the guide is too large to prove"), "{pairs}: {text}");
        assert!(text.contains("error[V008]") && text.contains("derived/more.toml:5:1"), "{pairs}: {text}");
    }
    let chain = |count: usize| {
        let guide = GuideCopy::new(&format!("chain{count}"));
        guide.write("vocabulary/a.toml", &fact("a".to_owned()));
        let rest = (1..count).map(|place| derived(format!("d{place}"), &format!("d{} is yes", place - 1)));
        guide.write("derived/more.toml", &(derived("d0".to_owned(), "a is yes") + &rest.collect::<String>()));
        bounded(&guide)
    };
    let (code, text) = chain(8_000);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("error[E051]: the guide has more than 512 derived facts"), "{text}");
    let (code, text) = chain(500);
    assert_eq!(code, Some(1), "{text}");
    assert!(!text.contains("error[E"), "{text}");
}

/// Adds this number of pairs of facts to a guide. Its treatment is then indicated only if the two facts of each pair are equal. Removes the
/// treatment's cases.
fn with_pairs(guide: &GuideCopy, pairs: usize) {
    let letters = ["a", "b"];
    for letter in letters {
        let fact =
            |place| format!("[[fact]]\nid = \"{letter}{place}\"\nname = \"A fact\"\ntype = \"yes_no\"\nquestion = \"So?\"\n");
        guide.write(&format!("vocabulary/{letter}.toml"), &(0..pairs).map(fact).collect::<String>());
    }
    let agree = |place| format!(" and ((a{place} is yes and b{place} is yes) or (a{place} is no and b{place} is no))");
    let file = "treatments/surgery/excision.toml";
    let text = fs::read_to_string(guide.0.join(file)).expect("readable");
    let (before, cases) = text.split_once("[[case]]").expect("a case");
    let when = "grade in G1..G2";
    assert!(before.contains(when) && !cases.is_empty());
    let compared = (0..pairs).map(agree).collect::<String>();
    guide.write(file, &before.replacen(when, &format!("{when}{compared}"), 1));
}

#[test]
fn a_condition_too_large_to_prove_is_named_and_check_exits_with_4() {
    let guide = GuideCopy::new("pairs");
    with_pairs(&guide, 24);
    // The minimal guide has an error of its own: in some cases, no treatment is indicated. State that this is intended in every case.
    guide.write(
        "guide.toml",
        &(fs::read_to_string(guide.0.join("guide.toml")).expect("readable")
            + "[[no_treatment_indicated]]\nid = \"none\"\nwhen = 'always'\ntext = \"Nothing.\"\nfrom = [\"book:page.1\"]\n"),
    );
    let output = run(&["check", "--guide", guide.path()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(4), "{text}");
    assert!(text.contains("error[V008]: this condition is too large to prove\n"), "{text}");
    assert!(text.contains("treatments/surgery/excision.toml:10:1"), "{text}");
    assert!(text.contains("1 part of the guide is too large to prove"), "{text}");

    let output = run(&["check", "--guide", guide.path(), "--format", "json", "--counts"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(document["ok"], false);
    let proof = &document["proof"];
    assert_eq!(proof["unproved"][0]["place"]["line"], 10, "{proof}");
    let open = proof["unproved"][0]["open"].as_array().expect("a list");
    assert!(open.iter().any(|open| open["code"] == "V103"), "{proof}");
    assert!(proof["counts"]["stated"].is_string() && proof["counts"]["treatments"][0]["stated"].is_null(), "{proof}");

    // Any other error determines the exit code, even if a condition is too large to prove.
    guide.write("policy.toml", "[[policy]]\nid = \"never\"\ntext = \"So.\"\nwhen = 'grade is G3'\nmust = \"be_indicated\"\n");
    guide.write("derived/more.toml", "[[derived]]\nid = \"gap\"\nname = \"Gap\"\ntype = \"choice\"\nvalues = [{ id = \"one\", name = \"One\" }]\nexplain = \"So.\"\nfrom = [\"book:page.1\"]\nrows = [{ value = \"one\", when = 'grade is G1' }]\n");
    assert_eq!(run(&["check", "--guide", guide.path()]).status.code(), Some(1));
}

#[test]
fn treatments_too_large_to_compare_are_named_and_diff_exits_with_4() {
    let (old, new) = (GuideCopy::new("old"), GuideCopy::new("new"));
    with_pairs(&old, 24);
    with_pairs(&new, 24);
    let output = run(&["diff", old.path(), new.path()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(4), "{text}");
    assert!(text.contains("These treatments are too large to compare, so their verdicts might have changed: excision"), "{text}");
    let output = run(&["diff", old.path(), new.path(), "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["unproved"], serde_json::json!(["excision"]));
}
