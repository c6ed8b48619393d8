//! Tests `tools/migrate_guide.py` with guides that use the old names of keys.

#![allow(clippy::disallowed_methods, reason = "the test writes files and runs `tools/migrate_guide.py`")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{minimal, read};
use sarcoguide_compiler::{SourceFile, load, render};

/// A temporary folder, which is removed when the value is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &BTreeMap<String, String>) -> Self {
        let folder = std::env::temp_dir().join(format!("sarcoguide-migration-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, text).expect("written");
        }
        Self(folder)
    }

    fn files(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        read(&self.0, &self.0, &mut files);
        files
    }

    /// Runs the script, and returns whether it succeeded and what it printed.
    fn migrate(&self) -> (bool, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/migrate_guide.py");
        // The script must read UTF-8 in any locale.
        let mut command = Command::new("python3");
        let output = command.arg(script).arg(&self.0).env("LC_ALL", "C").env("PYTHONUTF8", "0").env("PYTHONCOERCECLOCALE", "0");
        let output = output.output().expect("python3 runs");
        let printed = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&printed).into_owned())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const TREATMENT: &str = "treatments/surgery/excision.toml";

/// Returns the minimal guide with old keys, and with timings that are given only in words.
fn old_guide() -> BTreeMap<String, String> {
    let mut files = minimal();
    for (path, new, old) in [
        ("vocabulary/facts.toml", "[[mutually_exclusive]]", "[[never]]"),
        ("vocabulary/facts.toml", "values_from = \"types\"", "values_from = \"histologies\""),
        ("vocabulary/facts.toml", "question = \"How old?\"", "question = \"How old?\"\nfound = \"In your passport.\""),
        ("glossary.toml", "name = \"Margin\"", "name = \"Margin\"\nalso = [\"edge\"]"),
        ("team.toml", "name = \"Surgeon\"", "name = \"Surgeon\"\nsite_when = 'grade is G1'"),
        ("terms.toml", "[[measure]]\nid   = \"overall_survival\"\nname = \"Overall survival\"\n", ""),
        (TREATMENT, "frequency = \"common\"", "how_often = \"common\""),
        (TREATMENT, "text = \"The tumor is cut out.\"", "text = \"The tumor is cut out – at once.\""),
    ] {
        let text = files.get_mut(path).expect(path);
        assert!(text.contains(new), "{path}: {new}");
        *text = text.replace(new, old);
    }
    files.get_mut("guide.toml").expect("the guide").push_str(
        "\n[[nothing_due]]\nid = \"watching\"\nwhen = 'grade is G1'\ntext = \"It is watched.\"\nfrom = [\"book:page.1\"]\n",
    );
    let accepted = r#"[[accepted]]
code   = "V103"
where  = ["derived stage", "nothing due watching"]
facts  = ["size"]
case   = { size = 3 }
reason = "The words nothing due are prose here, not the name of a place."

[[accepted.also]]
where  = ['nothing due watching']
facts  = ["grade"]
case   = { grade = "G1" }
"#;
    files.insert("accepted.toml".to_owned(), accepted.to_owned());
    let times = r#"
[[administration]]
route    = "none"
schedule = "day 1 of every 3 weeks"
duration = "up to 6 cycles"
text     = "It is done."
from     = ["book:page.1"]

[[phase]]
name   = "Rest"
starts = "after the operation"
days   = "about 1 to 14"
day_0  = "the day of the operation"
text   = "You rest."
from   = ["book:page.1"]
"#;
    files.get_mut(TREATMENT).expect("the treatment").push_str(times);
    let renamed = |(path, text): (String, String)| (path.replace("types/", "histologies/"), text);
    files.into_iter().map(renamed).collect()
}

/// Loads a guide and returns the rendered diagnostics.
fn diagnostics(files: BTreeMap<String, String>) -> String {
    let files: Vec<SourceFile> = files.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
    render(&load(&files).diagnostics, &files, false)
}

#[test]
fn an_old_guide_loads_after_its_migration() {
    let old = old_guide();
    assert!(diagnostics(old.clone()).contains("this key was renamed"));
    let folder = Folder::new("old", &old);
    let (succeeded, printed) = folder.migrate();
    assert!(succeeded, "{printed}");
    let migrated = folder.files();
    assert_eq!(diagnostics(migrated.clone()), "", "{printed}");
    for timing in [
        "= { frequency = 1, period = 3, period_unit = \"wk\", count_max = 6 }",
        r#"= { bounds_period = { start = 1, end = 14, unit = "d" }, precision = "about", index_date = "the day of the operation" }"#,
    ] {
        assert!(migrated[TREATMENT].contains(timing), "{}", migrated[TREATMENT]);
    }
    let accepted = &migrated["accepted.toml"];
    assert_eq!(accepted.matches("no treatment indicated watching").count(), 2, "{accepted}");
    // The script must not rename words in prose.
    assert!(accepted.contains("reason = \"The words nothing due are prose here, not the name of a place.\""), "{accepted}");
    let (succeeded, printed) = folder.migrate();
    assert!(succeeded, "{printed}");
    assert!(printed.ends_with(": 0 files changed\n"), "{printed}");
    assert_eq!(folder.files(), migrated);
}

/// The script can't convert these schedules to a `timing`, so a person must write it.
#[test]
fn a_guide_with_a_schedule_that_cannot_be_converted_is_not_changed() {
    for schedule in ["twice a day for 2 weeks, then 1 week off", "days 1 to 2 and 8 to 10 of every 3 weeks"] {
        let mut files = minimal();
        files.get_mut(TREATMENT).expect("the treatment").push_str(&format!(
            "\n[[administration]]\nroute = \"none\"\nschedule = \"{schedule}\"\ntext = \"Done.\"\nfrom = [\"book:page.1\"]\n"
        ));
        let folder = Folder::new("left", &files);
        let (succeeded, printed) = folder.migrate();
        assert!(!succeeded && printed.contains("left alone") && printed.contains(&format!("`{schedule}` has ")), "{printed}");
        assert!(printed.contains("write its `timing` by hand"), "{printed}");
        assert_eq!(folder.files(), files);
    }
}
