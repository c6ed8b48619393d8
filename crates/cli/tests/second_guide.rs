//! Runs every command and opens every page of the server with a guide on another subject, `examples/guides/storm_damaged_tree`. The output must not
//! contain foreign words: words from the IDs and names of the built-in guide that the guide about trees doesn't have.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use sarcoguide_testkit::copy_folder;
use sarcoguide_testkit::words::ForeignWords;
use serde_json::Value;

mod served;

use served::{TestServer, links};

const GUIDE: &str = "examples/guides/storm_damaged_tree";
const CASE: &str = "examples/guides/storm_damaged_tree/example_case.json";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns a command that uses the guide about trees.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
    command.args(["--guide", GUIDE]).args(arguments).current_dir(root()).env("NO_COLOR", "1");
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // Writing fails if the command exits without reading its input.
    let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
    child.wait_with_output().expect("the command ends")
}

/// Returns what a command prints to standard output. Checks that it succeeds and prints nothing to standard error.
fn printed(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns the names of the subcommands that the help lists.
fn subcommands() -> Vec<String> {
    let help = printed(&["--help"], "");
    let listed = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    let names = listed.lines().filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

fn foreign_words() -> ForeignWords {
    ForeignWords::of(&root().join("guide"), &root().join(GUIDE))
}

/// A temporary folder. It's deleted when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sarcoguide-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn check_finds_nothing_and_the_example_case_has_its_expected_verdicts() {
    let found: Value = serde_json::from_str(&printed(&["check", "--format", "json"], "")).expect("JSON");
    assert_eq!((&found["ok"], &found["wrong_cases"]), (&true.into(), &0.into()), "{found:#}");
    assert!(found["cases"].as_u64() >= Some(18), "{}", found["cases"]);
    assert_eq!(found["diagnostics"].as_array().map(Vec::len), Some(0), "{}", found["diagnostics"]);
    let answer: Value = serde_json::from_str(&printed(&["advise", CASE, "--format", "json"], "")).expect("JSON");
    let verdicts: BTreeMap<&str, &str> = answer["treatments"]
        .as_array()
        .expect("treatments")
        .iter()
        .filter_map(|treatment| Some((treatment["id"].as_str()?, treatment["verdict"].as_str()?)))
        .collect();
    let expected = [
        ("branch_removal", "indicated"),
        ("cabling", "indicated"),
        ("crown_reduction", "indicated"),
        ("felling", "not_indicated"),
        ("fencing_off", "indicated"),
        ("root_powder", "not_indicated"),
        ("steel_rods", "unavailable"),
        ("stepwise_reduction", "indicated"),
        ("watering", "indicated"),
        ("yearly_check", "indicated"),
    ];
    assert_eq!(verdicts, expected.into());
    let schema: Value = serde_json::from_str(&printed(&["schema", "advice"], "")).expect("JSON");
    assert!(jsonschema::validator_for(&schema).expect("a schema").is_valid(&answer));
}

#[test]
fn no_command_prints_a_word_of_the_built_in_guide() {
    let folder = Folder::new("second-guide");
    let changed = folder.file("changed");
    copy_folder(&root().join(GUIDE), changed.as_ref());
    let felling = format!("{changed}/treatments/removal/felling.toml");
    let text = fs::read_to_string(&felling).expect("readable");
    fs::write(&felling, text.replace("protected is yes", "below is nothing")).expect("written");
    let (written, saved, source) = (folder.file("cases"), folder.file("asked.json"), folder.file("source.txt"));
    let passage = "Fence off the place under every damaged tree until someone has looked at it.";
    fs::write(&source, passage).expect("written");
    let (summary, page) = (folder.file("summary.pdf"), folder.file("page.pdf"));
    let palm = r#"{"facts": {"species": "palm"}}"#;
    let nothing = r#"{"facts": {}}"#;
    let fell = r#"{"facts": {"species": "conifer", "trunk_width": 30, "roots_lifted": "yes", "below": "house", "wants_it_kept": "yes"}}"#;
    let mut commands: Vec<(Vec<&str>, &str)> = vec![
        (vec!["check", "--warnings"], ""),
        (vec!["check", "--counts"], ""),
        (vec!["check", "--readability"], ""),
        (vec!["check", "--readability", "--format", "json"], ""),
        (vec!["check", "--format", "sarif"], ""),
        (vec!["check", "--older-than", "5", "--as-of", "2026-11-30", "--warnings"], ""),
        (vec!["check", "--write-cases", &written], ""),
        (vec!["advise", CASE, "--format", "pdf", "--output", &summary], ""),
        (vec!["advise", CASE, "--format", "pdf", "--why", "cabling", "--output", &page], ""),
        (vec!["advise", CASE, "--why", "branch_removal"], ""),
        (vec!["search", "loose", "cable"], ""),
        (vec!["search", "nothingness"], ""),
        (vec!["triage"], ""),
        (vec!["triage", "--group", "under_the_tree", "--treatment", "none"], ""),
        (
            vec![
                "triage",
                "--answers",
                "cracking=not_sure,leaves=yes",
                "--treatment",
                "cabling",
                "--time",
                "1",
                "--format",
                "json",
            ],
            "",
        ),
        (vec!["schema", "case"], ""),
        (vec!["schema", "advice"], ""),
        (vec!["schema", "triage"], ""),
        (vec!["diff", GUIDE], ""),
        (vec!["diff", GUIDE, &changed], ""),
        (vec!["diff", GUIDE, &changed, "--format", "json"], ""),
        (vec!["ask", "--save", &saved], "oak\n80 cm\n\nq\n"),
        (vec!["show", "pathway", "--format", "svg"], ""),
        (vec!["show", "pathway", CASE, "--format", "mermaid"], ""),
        (vec!["show", "pathway", "--only", "crown,support"], ""),
        (vec!["show", "treatment", "cabling", "--format", "svg"], ""),
        (vec!["show", "effect", "decay"], ""),
        (vec!["show", "type", "maple"], ""),
        (vec!["show", "passage", "line"], ""),
        (vec!["man"], ""),
        (vec!["completions", "bash"], ""),
    ];
    for format in ["text", "markdown", "json", "html"] {
        for case in [palm, nothing, fell] {
            commands.push((vec!["advise", "-", "--format", format], case));
        }
        commands.push((vec!["advise", CASE, "--why", "cabling", "--format", format], ""));
        commands.push((vec!["advise", CASE, "--format", format], ""));
    }
    for thing in ["treatments", "effects", "types", "stages", "glossary", "team", "links", "sources", "pathway"] {
        for format in ["text", "markdown", "html"] {
            commands.push((vec!["show", thing, "--format", format], ""));
        }
    }
    let treatments = [
        "branch_removal",
        "crown_reduction",
        "stepwise_reduction",
        "cabling",
        "steel_rods",
        "root_powder",
        "felling",
        "fencing_off",
        "watering",
        "yearly_check",
    ];
    for treatment in treatments {
        commands.push((vec!["show", "treatment", treatment], ""));
        if treatment != "steel_rods" {
            commands.push((vec!["calendar", treatment, "--start", "2027-01-04"], ""));
        }
    }
    let run_here: BTreeSet<&str> = commands.iter().map(|(arguments, _)| arguments[0]).collect();
    let missing: Vec<String> = subcommands().into_iter().filter(|name| !run_here.contains(name.as_str())).collect();
    assert_eq!(missing, ["serve"], "this test should run every command except `serve`, which has its own test");
    let foreign = foreign_words();
    for (arguments, input) in commands {
        let text = printed(&arguments, input);
        let html = arguments.contains(&"html");
        let found = foreign.within(&if html { text_of(&text) } else { text });
        assert!(found.is_empty(), "{arguments:?} {input} prints {found:?}");
    }
    let gone = run(&["calendar", "steel_rods", "--start", "2027-01-04"], "");
    assert_eq!(gone.status.code(), Some(2), "a withdrawn treatment should have no calendar");
    assert!(!printed(&["check", "--against", &source], "").is_empty(), "`check --against` should print its comparison");
    fs::write(&source, passage.replace("every", "each")).expect("written");
    let output = run(&["check", "--against", &source], "");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    for pdf in [summary, page] {
        let pdf = lopdf::Document::load(&pdf).expect("a PDF");
        let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
        let text = pdf.extract_text(&pages).expect("text");
        assert!(text.contains("Cabling"), "{text}");
        assert!(foreign.within(&text).is_empty(), "{:?}", foreign.within(&text));
    }
    let saved: Value = serde_json::from_str(&fs::read_to_string(saved).expect("saved")).expect("JSON");
    assert_eq!((&saved["facts"]["trunk_width"], &saved["facts"]["species"]), (&"80 cm".into(), &"oak".into()));
}

/// Returns the text of a page, without tags and styles.
fn text_of(html: &str) -> String {
    let without_style = html.split("<style").map(|part| part.split_once("</style>").map_or(part, |(_, rest)| rest));
    let visible = without_style.flat_map(|part| part.split('<').map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text)));
    visible.collect::<Vec<_>>().join(" ")
}

#[test]
fn no_page_shows_a_word_of_the_built_in_guide() {
    let foreign = foreign_words();
    let check = |path: &str, body: &[u8]| {
        let html = String::from_utf8_lossy(body).replace("&#39;", "'").replace("&amp;", "&");
        let found = foreign.within(&text_of(&html));
        assert!(found.is_empty(), "{path} shows {found:?}");
        html
    };
    let mut served = TestServer::start(command(&["serve", "--addr", "127.0.0.1:0"]));
    // Answer every question of the interview: some with a value, and the others with "I don't know".
    let mut pages = 0;
    loop {
        let html = check("/situation", &served.get("/situation"));
        let asked: Vec<&str> = html.split("name=\"asked\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        if asked.is_empty() {
            break;
        }
        let action = html.split("action=\"/situation/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
        let known = |fact: &str| match fact {
            "species" => "maple",
            "trunk_width" => "60",
            "crown_lost" => "40",
            "roots_lifted" => "no",
            _ => "unknown",
        };
        let form: Vec<String> = asked.iter().map(|fact| format!("asked={fact}&{fact}={}", known(fact))).collect();
        served.post(&format!("/situation/{action}"), &form.join("&"));
        pages += 1;
        assert!(pages < 20, "the interview should end");
    }
    assert!(pages > 0);
    served.open_as("json", &fs::read_to_string(root().join(CASE)).expect("the case"));
    let mut seen = BTreeSet::new();
    for view in ["person", "team"] {
        check("/view", &served.post("/view", &format!("view={view}&to=/")));
        let mut open = vec![String::new()];
        seen.clear();
        while let Some(path) = open.pop() {
            if seen.insert(path.clone()) {
                let body = served.get(&format!("/{path}"));
                let is_page = !path.ends_with(".css") && !path.ends_with(".pdf");
                if is_page {
                    open.extend(links(&check(&path, &body)).map(str::to_owned));
                }
                assert!(!path.ends_with(".pdf") || body.starts_with(b"%PDF"), "{path}");
            }
        }
    }
    assert!(seen.len() > 50, "{} pages", seen.len());
    for path in
        ["options", "treatment/cabling", "effect/decay", "guide/types", "type/maple", "take/options.json", "symptom", "timeline"]
    {
        assert!(seen.contains(path), "no link leads to {path}; these pages were visited: {seen:?}");
    }
    for (path, form) in [
        ("/symptom", "treatment=cabling&symptom=the+trunk+cracks+loudly"),
        ("/symptom", "treatment=&symptom=the+soil+moves"),
        ("/symptom", "treatment=cabling&effect=decay&symptom="),
        ("/symptom", "treatment=&symptom=something+odd"),
        ("/symptom", "treatment=&symptom=someone+is+trapped"),
        ("/compare", "compare=cabling&compare=crown_reduction"),
        ("/timeline", "step=repair/branch_removal&step=check_up/yearly_check"),
        ("/matters", "shade=much&quiet_street=little"),
        ("/carry", ""),
        ("/take/calendar/watering", "start=2027-01-04&day=2027-01-04"),
    ] {
        check(path, &served.post(path, form));
    }
}
