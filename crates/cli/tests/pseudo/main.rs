//! Sentences that stand in Rust instead of the catalog. A copy of the guide gets a second language, which is nothing but a file in its folder,
//! with an accent on every letter of a message. What a command prints in it, or a page shows, without accents comes from the guide or from
//! Rust. With `LONG_FORMS` set, everything is looked at; else a sample by a fixed rule.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use sarcoguide_testkit::copy_folder;
use serde_json::Value;

#[path = "../served/mod.rs"]
mod served;
mod words;

use served::{Served, links};
use words::Words;

/// The tag of the language for tests.
const LANGUAGE: &str = "de";

/// Cases with every kind of answer.
const CASES: [&str; 6] = [
    "examples/newly_found_large_high_grade_thigh.json",
    "examples/almost_nothing_known.json",
    "examples/epithelioid_sarcoma_withdrawn_drug.json",
    "examples/no_treatment_wanted.json",
    "examples/out_of_scope_gist.json",
    "examples/lung_metastases_few.json",
];

/// Treatments that differ in what there is to say: parts in time, ways of giving, figures, a withdrawal.
const TREATMENTS: [&str; 4] = ["doxorubicin", "limb_sparing_surgery", "radiation_before_surgery", "tazemetostat"];

/// In the sample is every treatment whose place is a multiple of this, besides [`TREATMENTS`].
const EVERY: usize = 32;

/// Keys of JSON whose values are notation, the same in every language.
const NOTATION: [&str; 1] = ["time"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn is_long() -> bool {
    std::env::var_os("LONG_FORMS").is_some()
}

/// The ids of the treatments to look at.
fn treatments() -> Vec<String> {
    let guide = sarcoguide_bundled::guide();
    let ids = guide.treatments.iter().map(|treatment| treatment.id.clone()).enumerate();
    ids.filter(|(place, id)| is_long() || place % EVERY == 0 || TREATMENTS.contains(&id.as_str())).map(|(_, id)| id).collect()
}

/// The cases to look at: in the long form all examples.
fn cases() -> Vec<String> {
    if !is_long() {
        return CASES.map(str::to_owned).to_vec();
    }
    let entries = fs::read_dir(root().join("examples")).expect("examples").map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.is_file()).map(|path| path.to_string_lossy().into_owned());
    files.collect()
}

/// A copy of the guide with the language for tests, removed at the end.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sarcoguide-{name}-{}", std::process::id()));
        copy_folder(&root().join("guide"), &path.join("guide"));
        let text = sarcoguide_text::pseudo(sarcoguide_text::ENGLISH);
        fs::write(path.join(format!("guide/text/{LANGUAGE}.ftl")), text).expect("written");
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

    fn output(&self, arguments: &[&str], input: &str) -> Output {
        let piped = Stdio::piped;
        let mut command = self.command(arguments);
        let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command starts");
        // A command that needs no input closes it early.
        let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
        child.wait_with_output().expect("the command ends")
    }

    /// What a command prints in the language for tests.
    fn run(&self, arguments: &[&str], input: &str) -> String {
        let output = self.output(&[&["--language", LANGUAGE], arguments].concat(), input);
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
        Value::Object(map) => {
            map.iter().filter(|(key, _)| !NOTATION.contains(&key.as_str())).for_each(|(_, value)| texts_of(value, texts));
        }
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
fn every_sentence_that_a_command_prints_is_in_the_catalog() {
    let copy = Copy::new("pseudo-command");
    let mut words = Words::of_guide(&root().join("guide"));
    let (summary, page, saved) = (copy.file("summary.pdf"), copy.file("page.pdf"), copy.file("asked.json"));
    let (thigh, cases, treatments) = (CASES[0], cases(), treatments());
    let mut commands: Vec<(&str, Vec<&str>, &str)> = vec![
        ("text", vec!["search", "hair", "loss"], ""),
        ("text", vec!["search", "nothingness"], ""),
        ("text", vec!["ask", "--save", &saved], "?\n1\n?\nold\n5\nb\n54\nb\n55\n99\nleg\nu\n?\n2\n?\n1\nq\n"),
        ("text", vec!["ask"], "b\n1\n15\n\n\n"),
        ("svg", vec!["show", "pathway", thigh, "--format", "svg"], ""),
        ("mermaid", vec!["show", "pathway", thigh, "--format", "mermaid"], ""),
        ("svg", vec!["show", "treatment", "radiation_before_surgery", "--format", "svg"], ""),
        ("text", vec!["show", "effect", "nausea"], ""),
        ("text", vec!["show", "type", "synovial_sarcoma"], ""),
        ("text", vec!["show", "passage", "surgery.07"], ""),
        ("text", vec!["advise", thigh, "--format", "pdf", "--output", &summary], ""),
        ("text", vec!["advise", thigh, "--why", "doxorubicin", "--format", "pdf", "--output", &page], ""),
    ];
    const FORMATS: [&str; 4] = ["text", "markdown", "json", "html"];
    for (place, format) in FORMATS.into_iter().enumerate() {
        // All formats show the same document: each case in one of them, the first in all.
        let shown = cases.iter().enumerate().filter(|(case, _)| is_long() || *case == 0 || case % FORMATS.len() == place);
        commands.extend(shown.map(|(_, case)| (format, vec!["advise", case, "--format", format], "")));
        if is_long() || format == "json" {
            commands.push((format, vec!["advise", thigh, "--why", "doxorubicin", "--format", format], ""));
        }
    }
    for thing in ["treatments", "effects", "types", "stages", "glossary", "team", "links", "sources", "pathway"] {
        let formats: &[&str] = if is_long() { &["text", "markdown", "html"] } else { &["text"] };
        commands.extend(formats.iter().map(|format| (*format, vec!["show", thing, "--format", format], "")));
    }
    commands.extend(treatments.iter().map(|treatment| ("text", vec!["show", "treatment", treatment.as_str()], "")));
    let run = |part: &[(&str, Vec<&str>, &str)]| -> Vec<String> {
        part.iter().map(|(form, arguments, input)| visible(form, &copy.run(arguments, input))).collect()
    };
    let printed: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = commands.chunks(commands.len().div_ceil(4)).map(|part| scope.spawn(move || run(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("each command succeeds")).collect()
    });
    for ((_, arguments, _), printed) in commands.iter().zip(printed) {
        words.look(&printed, &arguments.join(" "));
    }
    for pdf in [summary, page] {
        let text = pdf_extract::extract_text(&pdf).expect("text");
        assert!(text.contains("surgery"), "{text}");
        words.look(&text, pdf.rsplit('/').next().unwrap_or_default());
        assert_eq!(language_of(&pdf), LANGUAGE, "{pdf}");
    }
    words.assert_none_found();
}

/// The language that a PDF says it is in.
fn language_of(pdf: &str) -> String {
    let pdf = lopdf::Document::load(pdf).expect("a PDF");
    let language = pdf.catalog().and_then(|catalog| catalog.get(b"Lang")).and_then(lopdf::Object::as_str);
    String::from_utf8_lossy(language.expect("a language")).into_owned()
}

#[test]
fn what_is_wrong_with_a_case_is_told_from_the_catalog() {
    let copy = Copy::new("pseudo-wrong");
    let mut words = Words::of_guide(&root().join("guide"));
    let file = copy.file("case.json");
    for case in [
        r#"{"facts": {"age": "old"}}"#,
        r#"{"facts": {"age": 999}}"#,
        r#"{"facts": {"grade": "hgh"}}"#,
        r#"{"facts": {"site": "wrong altogether"}}"#,
        r#"{"facts": {"distant_metastasis": "no", "lung_metastasis": "yes"}}"#,
        r#"{"facs": {}}"#,
    ] {
        fs::write(&file, case).expect("written");
        let output = copy.output(&["--language", LANGUAGE, "advise", &file], "");
        assert_eq!(output.status.code(), Some(2), "{case}");
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        // What stands in backticks is quoted from the case.
        let unquoted: Vec<&str> = message.split('`').step_by(2).collect();
        words.look(&unquoted.join("|"), case);
    }
    words.assert_none_found();
}

#[test]
fn every_sentence_of_a_calendar_is_in_the_catalog() {
    let copy = Copy::new("pseudo-calendar");
    let mut words = Words::of_guide(&root().join("guide"));
    let guide = sarcoguide_bundled::guide();
    for treatment in treatments() {
        let withdrawn = guide.treatment(&treatment).is_some_and(|id| guide[id].is_withdrawn());
        let timed = guide.treatment(&treatment).is_some_and(|id| !guide[id].phases.is_empty());
        if !withdrawn && timed {
            let printed = copy.run(&["calendar", &treatment, "--start", "2027-01-04"], "");
            words.look(&words::of_calendar(&printed), &format!("calendar {treatment}"));
        }
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
            assert!(text.contains(&format!("<html lang=\"{LANGUAGE}\">")), "/{path}");
            open.extend(links(&text).map(str::to_owned));
        }
    }
    seen
}

#[test]
fn every_sentence_of_a_page_is_in_the_catalog() {
    let copy = Copy::new("pseudo-pages");
    let mut words = Words::of_guide(&root().join("guide"));
    let mut served = Served::start(copy.command(&["--language", LANGUAGE, "serve", "--addr", "127.0.0.1:0"]));
    let examples = cases();
    let mut visits = vec![(None, "person"), (Some(CASES[0]), "person"), (Some(CASES[0]), "team"), (Some(CASES[4]), "person")];
    if is_long() {
        visits.extend(examples.iter().flat_map(|case| ["person", "team"].map(|view| (Some(case.as_str()), view))));
    }
    for (case, view) in visits {
        if let Some(case) = case {
            let text = fs::read_to_string(root().join(case)).expect("a case");
            served.open_as(Path::new(case).extension().and_then(|ending| ending.to_str()).unwrap_or("json"), &text);
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
            let (_, location, body) = served.send("POST", path, "application/x-www-form-urlencoded", form);
            let body = location.map_or(body, |to| served.send("GET", &to, "text/plain", "").2);
            words.look(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
        }
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
        let (_, location, body) = served.send(method, path, "application/x-www-form-urlencoded", form);
        let body = location.map_or(body, |to| served.send("GET", &to, "text/plain", "").2);
        words.look(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
    }
    words.assert_none_found();
}

#[test]
fn a_second_language_is_a_file_in_the_folder_of_the_guide() {
    let copy = Copy::new("pseudo-language");
    let has = |arguments: &[&str], wanted: &str| {
        let output = copy.output(arguments, "");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(wanted), "{arguments:?}: {printed:.400}");
    };
    has(&["show", "treatments"], "Treatments\n");
    has(&["--language", LANGUAGE, "show", "treatments"], "Ŧŕéáŧṁéńŧś\n");
    has(&["--language", "en", "show", "treatments", "--format", "html"], "<html lang=\"en\">");
    has(&["--language", LANGUAGE, "show", "treatments", "--format", "html"], "<html lang=\"de\">");
    // The guide's own words are found whatever the sentences around them are in.
    has(&["--language", LANGUAGE, "search", "hair", "loss"], "hair_loss");
    let unknown = copy.output(&["--language", "fr", "show", "treatments"], "");
    let message = String::from_utf8_lossy(&unknown.stderr);
    assert!(unknown.status.code() == Some(2) && message.contains("choose one of de, en"), "{message}");
    let mut serve = copy.command(&["serve", "--addr", "127.0.0.1:0"]);
    serve.env("SARCOGUIDE_LANGUAGE", LANGUAGE);
    let page = Served::start(serve).get("/");
    assert!(String::from_utf8_lossy(&page).contains("<html lang=\"de\">"));
    let config = copy.file("serve.toml");
    fs::write(&config, "language = \"de\"\naddr = \"127.0.0.1:0\"\n").expect("written");
    let page = Served::start(copy.command(&["serve", "--config", &config])).get("/");
    assert!(String::from_utf8_lossy(&page).contains("<html lang=\"de\">"));
}

#[test]
fn what_is_in_the_guide_or_the_language_for_tests_is_no_sentence_of_rust() {
    let mut words = Words::of_guide(&root().join("guide"));
    words.look(
        "Ṁý óþŧíóńś: Limb-sparing surgery, Age: 58 years `limb_can_be_spared` https://www.example.org/in-plain-words",
        "here",
    );
    // The id of one word behind its name.
    words.look("Fever fever, Skin rash rash", "here");
    assert_eq!(words.found(), Vec::<String>::new());
    words.look("ÍƝ: here is what nobody wrote. limb-sparing surgery", "here");
    words
        .look(&words::of_html(r#"<p title="zebras unlike giraffes">Age</p><input type="submit" value="send it now">"#), "a page");
    assert_eq!(words.found(), ["here is what nobody wrote (here)", "send it now (a page)", "zebras unlike giraffes (a page)"]);
}
