//! Sentences that stand in Rust instead of the catalog. A copy of the guide gets a language for tests, in which every letter of a message
//! has an accent. What a command prints, or a page shows, without accents comes from the guide or from Rust.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sarcoguide_testkit::copy_folder;
use serde_json::Value;

#[path = "../served/mod.rs"]
mod served;
mod words;

use served::{Served, links};
use words::Words;

/// Cases with every kind of answer.
const CASES: [&str; 6] = [
    "examples/almost_nothing_known.json",
    "examples/epithelioid_sarcoma_withdrawn_drug.json",
    "examples/lung_metastases_few.json",
    "examples/newly_found_large_high_grade_thigh.json",
    "examples/no_treatment_wanted.json",
    "examples/out_of_scope_gist.json",
];

/// Treatments that differ in what there is to say: parts in time, ways of giving, figures, a withdrawal.
const TREATMENTS: [&str; 4] = ["doxorubicin", "limb_sparing_surgery", "radiation_before_surgery", "tazemetostat"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the guide in the language for tests, removed at the end.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sarcoguide-{name}-{}", std::process::id()));
        copy_folder(&root().join("guide"), &path.join("guide"));
        let text = sarcoguide_text::pseudo(sarcoguide_text::ENGLISH);
        fs::write(path.join("guide/text/en.ftl"), text).expect("written");
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
        command.args(["--width", "400", "--guide"]).arg(self.0.join("guide"));
        command.args(arguments).current_dir(root()).env("NO_COLOR", "1");
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> String {
        let piped = Stdio::piped;
        let mut command = self.command(arguments);
        let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command starts");
        // A command that needs no input closes it early.
        let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the command ends");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The texts of a JSON document, without its keys.
fn texts_of(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts_of(value, texts)),
        Value::Object(map) => map.values().for_each(|value| texts_of(value, texts)),
        _ => {}
    }
}

/// What a person reads of a file or of what is printed.
fn visible(form: &str, text: &str) -> String {
    match form {
        "html" | "svg" => words::of_html(text),
        "markdown" => words::of_markdown(text),
        "mermaid" => words::of_mermaid(text),
        "json" => {
            let mut texts = Vec::new();
            texts_of(&serde_json::from_str(text).expect("JSON"), &mut texts);
            texts.join("\n")
        }
        "calendar" => words::of_calendar(text),
        _ => text.to_owned(),
    }
}

#[test]
#[ignore = "until every sentence is in the catalog"]
fn every_sentence_that_a_command_prints_is_in_the_catalog() {
    let copy = Copy::new("pseudo-command");
    let mut words = Words::of_guide(&root().join("guide"));
    let (summary, page, saved) = (copy.file("summary.pdf"), copy.file("page.pdf"), copy.file("asked.json"));
    let thigh = CASES[3];
    let mut commands: Vec<(&str, Vec<&str>, &str)> = vec![
        ("text", vec!["search", "hair", "loss"], ""),
        ("text", vec!["search", "nothingness"], ""),
        ("text", vec!["ask", "--save", &saved], "?\nold\n5\nb\n54\nb\n55\n99\nleg\nu\n?\n2\n?\n1\nq\n"),
        ("text", vec!["ask"], "b\n15\n\n\n"),
        ("svg", vec!["show", "pathway", "--format", "svg"], ""),
        ("svg", vec!["show", "pathway", thigh, "--format", "svg"], ""),
        ("mermaid", vec!["show", "pathway", thigh, "--format", "mermaid"], ""),
        ("svg", vec!["show", "treatment", "radiation_before_surgery", "--format", "svg"], ""),
        ("text", vec!["show", "effect", "nausea"], ""),
        ("text", vec!["show", "type", "synovial_sarcoma"], ""),
        ("text", vec!["show", "passage", "surgery.07"], ""),
        ("text", vec!["advise", thigh, "--format", "pdf", "--output", &summary], ""),
        ("text", vec!["advise", thigh, "--why", "doxorubicin", "--format", "pdf", "--output", &page], ""),
    ];
    for form in ["text", "markdown", "json", "html"] {
        commands.extend(CASES.iter().map(|case| (form, vec!["advise", case, "--format", form], "")));
        commands.push((form, vec!["advise", thigh, "--why", "doxorubicin", "--format", form], ""));
    }
    for thing in ["treatments", "effects", "types", "stages", "glossary", "team", "links", "sources", "pathway"] {
        commands.extend(["text", "html"].map(|form| (form, vec!["show", thing, "--format", form], "")));
    }
    for treatment in TREATMENTS {
        commands.push(("text", vec!["show", "treatment", treatment], ""));
        if treatment != "tazemetostat" {
            commands.push(("calendar", vec!["calendar", treatment, "--start", "2027-01-04"], ""));
        }
    }
    for (form, arguments, input) in commands {
        let printed = copy.run(&arguments, input);
        words.look(&visible(form, &printed), &arguments.join(" "));
    }
    for pdf in [summary, page] {
        let text = pdf_extract::extract_text(&pdf).expect("text");
        assert!(text.contains("surgery"), "{text}");
        words.look(&text, pdf.rsplit('/').next().unwrap_or_default());
    }
    words.assert_none_found();
}

/// Asks each page that others lead to.
fn visit_all(served: &mut Served, words: &mut Words) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        if path.ends_with(".css") || !seen.insert(path.clone()) {
            continue;
        }
        let body = served.get(&format!("/{path}"));
        let text = String::from_utf8_lossy(&body);
        let form = match Path::new(&path).extension().and_then(|ending| ending.to_str()) {
            // What the command makes of the same document was looked at.
            Some("pdf") => continue,
            Some("json") => "json",
            Some("md") => "markdown",
            _ => "html",
        };
        words.look(&visible(form, &text), &format!("/{path}"));
        if form == "html" {
            open.extend(links(&text).map(str::to_owned));
        }
    }
    seen
}

#[test]
#[ignore = "until every sentence is in the catalog"]
fn every_sentence_of_a_page_is_in_the_catalog() {
    let copy = Copy::new("pseudo-pages");
    let mut words = Words::of_guide(&root().join("guide"));
    let mut served = Served::start(copy.command(&["serve", "--addr", "127.0.0.1:0"]));
    for (case, view) in [(None, "person"), (Some(CASES[3]), "person"), (Some(CASES[3]), "team"), (Some(CASES[5]), "person")] {
        if let Some(case) = case {
            served.open(&fs::read_to_string(root().join(case)).expect("a case"));
        }
        served.post("/view", &format!("view={view}&to=/"));
        let seen = visit_all(&mut served, &mut words);
        assert!(seen.len() > 100, "{} pages", seen.len());
        for (path, form) in [
            ("/symptom", "treatment=doxorubicin&symptom=I+have+a+fever"),
            ("/symptom", "treatment=&symptom=my+hair+falls+out"),
            ("/symptom", "treatment=doxorubicin&effect=nausea&symptom="),
            ("/symptom", "treatment=&symptom=something+odd"),
            ("/symptom", "treatment=&symptom="),
            ("/compare", "compare=limb_sparing_surgery&compare=radiation_before_surgery"),
            ("/compare", "compare=limb_sparing_surgery"),
            ("/timeline", "step=1"),
        ] {
            let (_, onward, body) = served.send("POST", path, "application/x-www-form-urlencoded", form);
            let body = onward.map_or(body, |to| served.send("GET", &to, "text/plain", "").2);
            words.look(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
        }
        let calendar =
            served.send("POST", "/take/calendar/doxorubicin", "application/x-www-form-urlencoded", "start=2027-01-04").2;
        words.look(&words::of_calendar(&String::from_utf8_lossy(&calendar)), "/take/calendar/doxorubicin");
    }
    // Pages of mistakes.
    for (method, path, form) in [
        ("GET", "/nowhere", ""),
        ("GET", "/treatment/nothing", ""),
        ("POST", "/question/age", "asked=age&age=old"),
        ("POST", "/question/age", "asked=age&age=999"),
        ("POST", "/take/calendar/doxorubicin", "start=never"),
        ("POST", "/open", "file=none"),
        ("GET", "/search?q=nothingness", ""),
        ("GET", "/search?q=hair+loss", ""),
    ] {
        let (_, onward, body) = served.send(method, path, "application/x-www-form-urlencoded", form);
        let body = onward.map_or(body, |to| served.send("GET", &to, "text/plain", "").2);
        words.look(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
    }
    words.assert_none_found();
}

#[test]
fn what_is_in_the_guide_or_the_language_for_tests_is_no_sentence_of_rust() {
    let mut words = Words::of_guide(&root().join("guide"));
    words.look(
        "Ṁý óþŧíóńś: Limb-sparing surgery, Age: 58 years `limb_can_be_spared` https://www.example.org/in-plain-words",
        "here",
    );
    assert_eq!(words.found(), Vec::<String>::new());
    words.look("ÍƝ: here is what nobody wrote. limb-sparing surgery", "here");
    words
        .look(&words::of_html(r#"<p title="zebras unlike giraffes">Age</p><input type="submit" value="send it now">"#), "a page");
    assert_eq!(words.found(), ["here is what nobody wrote (here)", "send it now (a page)", "zebras unlike giraffes (a page)"]);
}
