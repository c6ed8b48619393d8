//! Finds sentences that are in Rust instead of the message catalog, `guide/text/en.ftl`.
//!
//! The tests copy the guide and add a language file in which every letter of every message has an accent. If a command or page in that language
//! shows words without accents, they come either from the guide or from Rust. The tests check a fixed sample of commands and pages, or all of them
//! if the environment variable `LONG_FORMS` is set.

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

use served::{TestServer, links};
use words::{Allowed, WARNING, WARNING_IN_PICTURES, Words};

/// The tag of the test language.
const LANGUAGE: &str = "de";

/// Cases whose answers together contain every kind of section.
const CASES: [&str; 6] = [
    "examples/newly_found_large_high_grade_thigh.json",
    "examples/almost_nothing_known.json",
    "examples/epithelioid_sarcoma_withdrawn_drug.json",
    "examples/no_treatment_wanted.json",
    "examples/out_of_scope_gist.json",
    "examples/lung_metastases_few.json",
];

/// Treatments whose pages together have phases, administrations, figures and a withdrawal.
const TREATMENTS: [&str; 4] = ["doxorubicin", "limb_sparing_surgery", "radiation_before_surgery", "tazemetostat"];

/// The sample contains [`TREATMENTS`] and every treatment whose index is a multiple of this number.
const SAMPLE_STEP: usize = 32;

/// The JSON keys whose values have a fixed notation, such as `days about 7 to 14`, which is the same in every language.
const NOTATION: [&str; 1] = ["time"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn is_long() -> bool {
    std::env::var_os("LONG_FORMS").is_some()
}

/// Returns the IDs of the treatments to check.
fn treatments() -> Vec<String> {
    let guide = sarcoguide_bundled::guide();
    let ids = guide.treatments.iter().map(|treatment| treatment.id.clone()).enumerate();
    ids.filter(|(index, id)| is_long() || index % SAMPLE_STEP == 0 || TREATMENTS.contains(&id.as_str()))
        .map(|(_, id)| id)
        .collect()
}

/// Returns the paths of the cases to check: [`CASES`], or all examples if `LONG_FORMS` is set.
fn cases() -> Vec<String> {
    if !is_long() {
        return CASES.map(str::to_owned).to_vec();
    }
    let entries = fs::read_dir(root().join("examples"))
        .expect("the folder `examples` should be readable")
        .map(|entry| entry.expect("the folder entry should be readable").path());
    let files = entries.filter(|path| path.is_file()).map(|path| path.to_string_lossy().into_owned());
    files.collect()
}

/// A copy of the guide with the test language. It's deleted when dropped.
struct GuideCopy(PathBuf);

impl GuideCopy {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sarcoguide-{name}-{}", std::process::id()));
        copy_folder(&root().join("guide"), &path.join("guide"));
        let text = sarcoguide_text::pseudo(sarcoguide_text::ENGLISH);
        fs::write(path.join(format!("guide/text/{LANGUAGE}.ftl")), text).expect("the file should be written");
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
        let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command should start");
        // Writing fails if the command exits without reading its input.
        let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
        child.wait_with_output().expect("the command should finish")
    }

    /// Returns what a command prints in the test language.
    fn run(&self, arguments: &[&str], input: &str) -> String {
        let output = self.output(&[&["--language", LANGUAGE], arguments].concat(), input);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("valid UTF-8")
    }
}

impl Drop for GuideCopy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Collects the strings in a JSON document. Skips keys, and the values of the keys in [`NOTATION`].
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

/// Returns the text that a person sees in a file or output of this format.
fn visible(format: &str, text: &str) -> String {
    match format {
        "html" | "svg" => words::of_html(text),
        "markdown" => words::of_markdown(text),
        "mermaid" => words::of_mermaid(text),
        "json" => {
            let mut texts = Vec::new();
            texts_of(&serde_json::from_str(text).expect("valid JSON"), &mut texts);
            texts.join("\n")
        }
        "calendar" => words::of_calendar(text),
        // A sentence can go on in the next line.
        "wrapped" => {
            let paragraphs = text.split("\n\n").map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" "));
            paragraphs.collect::<Vec<_>>().join("\n")
        }
        _ => text.to_owned(),
    }
}

#[test]
fn every_sentence_that_a_command_prints_is_in_the_catalog() {
    let copy = GuideCopy::new("pseudo-command");
    let mut words = Words::of_guide(&root().join("guide"), &[WARNING.as_slice(), &WARNING_IN_PICTURES].concat());
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
    for (format_index, format) in FORMATS.into_iter().enumerate() {
        // All formats show the same document, so check the first case in every format and each other case in one format.
        let shown =
            cases.iter().enumerate().filter(|(index, _)| is_long() || *index == 0 || index % FORMATS.len() == format_index);
        commands.extend(shown.map(|(_, case)| (format, vec!["advise", case, "--format", format], "")));
        if is_long() || format == "json" {
            commands.push((format, vec!["advise", thigh, "--why", "doxorubicin", "--format", format], ""));
        }
    }
    for topic in ["treatments", "effects", "types", "stages", "glossary", "team", "links", "sources", "pathway"] {
        let formats: &[&str] = if is_long() { &["text", "markdown", "html"] } else { &["text"] };
        commands.extend(formats.iter().map(|format| (*format, vec!["show", topic, "--format", format], "")));
    }
    commands.extend(treatments.iter().map(|treatment| ("text", vec!["show", "treatment", treatment.as_str()], "")));
    let run = |part: &[(&str, Vec<&str>, &str)]| -> Vec<String> {
        part.iter().map(|(format, arguments, input)| visible(format, &copy.run(arguments, input))).collect()
    };
    let printed: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = commands.chunks(commands.len().div_ceil(4)).map(|part| scope.spawn(move || run(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("each command should succeed")).collect()
    });
    for ((_, arguments, _), printed) in commands.iter().zip(printed) {
        words.check(&printed, &arguments.join(" "));
    }
    for pdf in [summary, page] {
        let text = pdf_extract::extract_text(&pdf).expect("text");
        assert!(text.contains("surgery"), "{text}");
        words.check(&text, pdf.rsplit('/').next().unwrap_or_default());
        assert_eq!(language_of(&pdf), LANGUAGE, "{pdf}");
    }
    words.assert_only_allowed_found();
}

/// Returns the language tag in a PDF's catalog.
fn language_of(pdf: &str) -> String {
    let pdf = lopdf::Document::load(pdf).expect("a valid PDF");
    let language = pdf.catalog().and_then(|catalog| catalog.get(b"Lang")).and_then(lopdf::Object::as_str);
    String::from_utf8_lossy(language.expect("the PDF should have a language")).into_owned()
}

#[test]
fn errors_in_a_case_come_from_the_catalog() {
    let copy = GuideCopy::new("pseudo-wrong");
    let mut words = Words::of_guide(&root().join("guide"), &[]);
    let file = copy.file("case.json");
    for case in [
        r#"{"facts": {"age": "old"}}"#,
        r#"{"facts": {"age": 999}}"#,
        r#"{"facts": {"grade": "hgh"}}"#,
        r#"{"facts": {"site": "wrong altogether"}}"#,
        r#"{"facts": {"distant_metastasis": "no", "lung_metastasis": "yes"}}"#,
        r#"{"facs": {}}"#,
    ] {
        fs::write(&file, case).expect("the file should be written");
        let output = copy.output(&["--language", LANGUAGE, "advise", &file], "");
        assert_eq!(output.status.code(), Some(2), "{case}");
        let message = String::from_utf8(output.stderr).expect("valid UTF-8");
        // Skip text in backticks. It's quoted from the case, or is an ID, a key or a command.
        let unquoted: Vec<&str> = message.split('`').step_by(2).collect();
        words.check(&unquoted.join("|"), case);
    }
    words.assert_only_allowed_found();
}

#[test]
fn every_sentence_of_a_calendar_is_in_the_catalog() {
    let copy = GuideCopy::new("pseudo-calendar");
    let mut words = Words::of_guide(&root().join("guide"), &WARNING);
    let guide = sarcoguide_bundled::guide();
    for treatment in treatments() {
        let withdrawn = guide.treatment(&treatment).is_some_and(|id| guide[id].is_withdrawn());
        let timed = guide.treatment(&treatment).is_some_and(|id| !guide[id].phases.is_empty());
        if !withdrawn && timed {
            let printed = copy.run(&["calendar", &treatment, "--start", "2027-01-04"], "");
            words.check(&words::of_calendar(&printed), &format!("calendar {treatment}"));
        }
    }
    words.assert_only_allowed_found();
}

/// Visits every page that can be reached through links from the start page, and checks its words. Returns the visited paths.
fn visit_all(served: &mut TestServer, words: &mut Words) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![String::new()];
    while let Some(path) = open.pop() {
        if path.ends_with(".css") || !seen.insert(path.clone()) {
            continue;
        }
        let body = served.get(&format!("/{path}"));
        let text = String::from_utf8_lossy(&body);
        let format = match Path::new(&path).extension().and_then(|ending| ending.to_str()) {
            // The test of the commands checks PDFs.
            Some("pdf") => continue,
            Some("json") => "json",
            Some("md") => "markdown",
            Some("txt") => "wrapped",
            _ => "html",
        };
        words.check(&visible(format, &text), &format!("/{path}"));
        if format == "html" {
            assert!(text.contains(&format!("<html lang=\"{LANGUAGE}\">")), "/{path}");
            open.extend(links(&text).map(str::to_owned));
        }
    }
    seen
}

/// Symptoms that the test types, and that the page repeats.
const TYPED: [Allowed; 3] =
    [("I have a fever", "the test types it"), ("my hair falls out", "the test types it"), ("something odd", "the test types it")];

#[test]
fn every_sentence_of_a_page_is_in_the_catalog() {
    let copy = GuideCopy::new("pseudo-pages");
    let mut words = Words::of_guide(&root().join("guide"), &[WARNING.as_slice(), &TYPED].concat());
    let mut served = TestServer::start(copy.command(&["--language", LANGUAGE, "serve", "--addr", "127.0.0.1:0"]));
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
            words.check(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
        }
    }
    // Pages for invalid input, and searches.
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
        words.check(&words::of_html(&String::from_utf8_lossy(&body)), &format!("{path}?{form}"));
    }
    words.assert_only_allowed_found();
}

#[test]
fn a_language_file_in_the_guide_folder_adds_a_language() {
    let copy = GuideCopy::new("pseudo-language");
    let assert_prints = |arguments: &[&str], wanted: &str| {
        let output = copy.output(arguments, "");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(wanted), "{arguments:?}: {printed:.400}");
    };
    assert_prints(&["show", "treatments"], "Treatments\n");
    assert_prints(&["--language", LANGUAGE, "show", "treatments"], "Ŧŕéáŧṁéńŧś\n");
    assert_prints(&["--language", "en", "show", "treatments", "--format", "html"], "<html lang=\"en\">");
    assert_prints(&["--language", LANGUAGE, "show", "treatments", "--format", "html"], "<html lang=\"de\">");
    // A search finds the guide's words in every language of the interface.
    assert_prints(&["--language", LANGUAGE, "search", "hair", "loss"], "hair_loss");
    let unknown = copy.output(&["--language", "fr", "show", "treatments"], "");
    let message = String::from_utf8_lossy(&unknown.stderr);
    assert!(unknown.status.code() == Some(2) && message.contains("choose one of de, en"), "{message}");
    let mut serve = copy.command(&["serve", "--addr", "127.0.0.1:0"]);
    serve.env("SARCOGUIDE_LANGUAGE", LANGUAGE);
    let page = TestServer::start(serve).get("/");
    assert!(String::from_utf8_lossy(&page).contains("<html lang=\"de\">"));
    let config = copy.file("serve.toml");
    fs::write(&config, "language = \"de\"\naddr = \"127.0.0.1:0\"\n").expect("the file should be written");
    let page = TestServer::start(copy.command(&["serve", "--config", &config])).get("/");
    assert!(String::from_utf8_lossy(&page).contains("<html lang=\"de\">"));
}

#[test]
fn only_words_that_are_neither_accented_nor_in_the_guide_are_reported() {
    let mut words = Words::of_guide(&root().join("guide"), &[]);
    words.check(
        "Ṁý óþŧíóńś: Limb-sparing surgery, Age: 58 years `limb_can_be_spared` https://www.example.org/in-plain-words",
        "here",
    );
    // Pages for the care team show an ID after a name.
    words.check("Fever fever, Skin rash rash", "here");
    assert_eq!(words.found(), Vec::<String>::new());
    words.check("ÍƝ: here is what nobody wrote. limb-sparing surgery", "here");
    words.check(
        &words::of_html(r#"<p title="zebras unlike giraffes">Age</p><input type="submit" value="send it now">"#),
        "a page",
    );
    assert_eq!(words.found(), ["here is what nobody wrote (here)", "send it now (a page)", "zebras unlike giraffes (a page)"]);
}
