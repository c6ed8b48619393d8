//! Tests that outputs and pages name the guide and the program. Each contains the guide's content hash (in text, its beginning), the date of the
//! guide's last revision and the program's version; a saved case contains only the hash and the date. If the guide isn't the built-in one, text
//! contains a warning, and JSON contains `"bundled": false`.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::CommandFactory;
use sarcoguide_cli::args::Arguments;
use serde_json::Value;

mod served;

use served::{TestServer, links};

const OTHER: &str = "examples/guides/storm_damaged_tree";
const CASE: &str = "examples/guides/storm_damaged_tree/example_case.json";
const BUILT_IN_CASE: &str = "examples/almost_nothing_known.json";
const WARNING: &str = "This guide isn't the one that comes with sarcoguide";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Commands whose output doesn't depend on a guide.
const WITHOUT_A_GUIDE: [&str; 2] = ["completions", "man"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn command(guide: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sarcoguide"));
    command.current_dir(root()).env("NO_COLOR", "1");
    if let Some(guide) = guide {
        command.args(["--guide", guide]);
    }
    command
}

fn run(guide: Option<&str>, arguments: &[&str], input: &str) -> String {
    let piped = Stdio::piped;
    let mut command = command(guide);
    let mut child =
        command.args(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command should start");
    // Writing fails if the command exits without reading its input.
    let _ = child.stdin.take().expect("standard input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("the command should finish");
    // Exit code 1 means that `check` found something, such as a sentence that is hard to read or a passage that changed.
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The data that identifies a guide in outputs.
struct Identity {
    hash: String,
    revised: String,
    bundled: bool,
}

impl Identity {
    fn bundled() -> Self {
        let guide = sarcoguide_bundled::guide();
        Self { hash: guide.content_hash, revised: guide.revised.expect("a date").to_string(), bundled: true }
    }

    fn in_folder(folder: &str) -> Self {
        let files = sarcoguide_bundled::read_folder(&root().join(folder)).expect("the guide should be readable");
        let guide = sarcoguide_compiler::load(&files).loaded.expect("a guide").guide;
        Self { hash: guide.content_hash, revised: guide.revised.expect("a date").to_string(), bundled: false }
    }

    /// Checks that a text identifies the guide and the program, and that it has the warning only if the guide isn't the built-in one.
    fn check_text(&self, place: &str, text: &str) {
        let text = text.replace("\r\n ", "").replace("&#39;", "'");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for needed in [&self.hash[..12], &self.revised, &format!("sarcoguide {VERSION}")] {
            assert!(text.contains(needed), "{place} lacks `{needed}`: {}", &text[text.len().saturating_sub(600)..]);
        }
        assert_eq!(text.contains(WARNING), !self.bundled, "{place}: {}", &text[text.len().saturating_sub(600)..]);
    }

    fn check_json(&self, place: &str, document: &Value) {
        let guide = if document["guides"].is_null() { &document["guide"] } else { &document["guides"]["after"] };
        assert_eq!(guide["content_hash"], self.hash.as_str(), "{place}");
        assert_eq!(guide["revised"], self.revised.as_str(), "{place}");
        assert_eq!(guide["bundled"], self.bundled, "{place}");
        assert_eq!(document["program"]["version"], VERSION, "{place}");
    }
}

/// Extracts the text of a PDF.
fn text_of_pdf(path: &str) -> String {
    let pdf = lopdf::Document::load(path).expect("a valid PDF");
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).expect("text")
}

/// Returns the commands to run with the guide about trees, each with its input. Together, they cover every command that uses a guide, except
/// `serve`, in each of its formats. PDFs are saved in `folder`.
fn commands(folder: &Path) -> Vec<(Vec<String>, &'static str)> {
    let mut commands: Vec<(Vec<String>, &str)> = Vec::new();
    let mut add = |line: &str, input| commands.push((line.split_whitespace().map(str::to_owned).collect(), input));
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    for format in ["text", "json", "markdown", "html"] {
        add(&format!("advise {CASE} --format {format}"), "");
        add(&format!("advise {CASE} --format {format} --why cabling"), "");
    }
    add(&format!("advise {CASE} --format board"), "");
    add(&format!("advise {CASE} --format pdf --output {}", file("summary.pdf")), "");
    add(&format!("advise {CASE} --format pdf --why cabling --output {}", file("page.pdf")), "");
    add("calendar watering --start 2027-01-04", "");
    add("ask", "80 cm\nq\n");
    for format in ["text", "markdown", "html"] {
        for page in ["treatments", "effects", "types", "stages", "glossary", "team", "links", "sources", "pathway"] {
            add(&format!("show {page} --format {format}"), "");
        }
        for page in ["treatment cabling", "effect decay", "type maple", "passage line"] {
            add(&format!("show {page} --format {format}"), "");
        }
    }
    for format in ["svg", "mermaid"] {
        add(&format!("show pathway {CASE} --format {format}"), "");
    }
    add("show treatment cabling --format svg", "");
    for format in ["text", "json"] {
        add(&format!("triage --format {format}"), "");
        add(&format!("triage --group under_the_tree --treatment cabling --time 2 --answers cracking=yes --format {format}"), "");
    }
    add("search loose cable", "");
    add("search nothingness", "");
    add("schema case", "");
    add("schema advice", "");
    add("schema triage", "");
    for format in ["text", "json", "sarif"] {
        add(&format!("check --format {format}"), "");
    }
    for format in ["text", "json"] {
        add(&format!("check --readability --format {format}"), "");
        add(&format!("check --against - --format {format}"), "Another text.\n");
        add(&format!("diff {OTHER} {OTHER} --format {format}"), "");
    }
    commands
}

#[test]
fn every_output_of_every_command_names_the_guide_and_the_program() {
    let folder = std::env::temp_dir().join(format!("sarcoguide-provenance-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder should be accessible");
    let identity = Identity::in_folder(OTHER);
    let mut tried: BTreeSet<(String, String)> = BTreeSet::new();
    for (arguments, input) in commands(&folder) {
        let place = arguments.join(" ");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let after = |flag: &str| arguments.iter().position(|argument| *argument == flag).map(|index| arguments[index + 1]);
        let format = after("--format").unwrap_or("text");
        tried.insert((arguments[0].to_owned(), format.to_owned()));
        let printed = run(Some(OTHER), &arguments, input);
        match (format, after("--output")) {
            ("json", _) => identity.check_json(&place, &serde_json::from_str(&printed).expect("valid JSON")),
            ("sarif", _) => {
                let run: Value = serde_json::from_str(&printed).expect("valid JSON");
                let run = &run["runs"][0];
                assert_eq!(run["properties"]["guide"]["content_hash"], identity.hash.as_str());
                assert_eq!(run["properties"]["guide"]["revised"], identity.revised.as_str());
                assert_eq!(run["properties"]["guide"]["bundled"], false);
                assert_eq!(run["tool"]["driver"]["version"], VERSION);
            }
            ("pdf", Some(file)) => identity.check_text(&place, &text_of_pdf(file)),
            _ => identity.check_text(&place, &printed),
        }
    }
    fs::remove_dir_all(&folder).expect("the folder should be removed");
    // Fail if a command or format is missing from `commands`.
    for command in Arguments::command().get_subcommands() {
        let name = command.get_name();
        if WITHOUT_A_GUIDE.contains(&name) || name == "serve" {
            continue;
        }
        let format = command.get_arguments().find(|argument| argument.get_id() == "format");
        let formats = format.map_or_else(Vec::new, |format| format.get_possible_values());
        let formats: Vec<&str> = formats.iter().map(|value| value.get_name()).collect();
        for format in if formats.is_empty() { vec!["text"] } else { formats } {
            assert!(
                tried.contains(&(name.to_owned(), format.to_owned())),
                "`{name} --format {format}` isn't tested: add it to `commands`"
            );
        }
    }
}

#[test]
fn the_built_in_guide_is_named_without_a_warning() {
    let identity = Identity::bundled();
    for arguments in [&["advise", BUILT_IN_CASE][..], &["search", "pain"], &["show", "team", "--format", "html"]] {
        identity.check_text(&arguments.join(" "), &run(None, arguments, ""));
        // There's no warning about the same guide in a folder either.
        identity.check_text(&arguments.join(" "), &run(Some("guide"), arguments, ""));
    }
    identity.check_json(
        "advise",
        &serde_json::from_str(&run(None, &["advise", BUILT_IN_CASE, "--format", "json"], "")).expect("valid JSON"),
    );
    let version = run(None, &["--version"], "");
    for needed in [&identity.hash, &identity.revised, &format!("sarcoguide {VERSION}\n")] {
        assert!(version.contains(needed.as_str()), "{version}");
    }
    let mut served = TestServer::start({
        let mut command = command(None);
        command.args(["serve", "--addr", "127.0.0.1:0"]);
        command
    });
    for path in ["/", "/guide/about", "/options"] {
        identity.check_text(path, &String::from_utf8_lossy(&served.get(path)));
    }
}

/// Returns the server's routes that lead to a page or a file.
fn routes() -> Vec<String> {
    let source = fs::read_to_string(root().join("crates/server/src/routes.rs")).expect("the file should be readable");
    let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
    // These routes only redirect or accept a form, or are for monitoring.
    let routes: Vec<String> = routes
        .filter(|path| {
            !["/situation", "/view", "/asker", "/forget", "/guide-change", "/open", "/health"].contains(&path.as_str())
        })
        .collect();
    assert!(routes.len() > 15, "{routes:?}");
    routes
}

/// Returns whether a path matches a route, in which `{name}` matches any segment.
fn matches_route(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len() && route.iter().zip(&path).all(|(route, path)| route.starts_with('{') || route == path)
}

#[test]
fn every_page_names_the_guide_and_the_program() {
    let identity = Identity::in_folder(OTHER);
    let mut served = TestServer::start({
        let mut command = command(Some(OTHER));
        command.args(["serve", "--addr", "127.0.0.1:0"]);
        command
    });
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let check = |path: &str, body: &[u8]| {
        let text = String::from_utf8_lossy(body);
        match Path::new(path).extension().and_then(|ending| ending.to_str()) {
            Some("css") => {}
            Some("pdf") => {
                let pdf = lopdf::Document::load_mem(body).expect("a valid PDF");
                let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
                identity.check_text(path, &pdf.extract_text(&pages).expect("text"));
            }
            Some("json") if path.ends_with("case.json") => {
                let case: Value = serde_json::from_str(&text).expect("valid JSON");
                assert_eq!(
                    (&case["answered"]["guide"], &case["answered"]["revised"]),
                    (&identity.hash.clone().into(), &identity.revised.clone().into())
                );
            }
            Some("json") => identity.check_json(path, &serde_json::from_str(&text).expect("valid JSON")),
            _ => identity.check_text(path, &text),
        }
    };
    for case in [None, Some(CASE)] {
        if let Some(case) = case {
            served.open_as("json", &fs::read_to_string(root().join(case)).expect("a case"));
        }
        let mut open = ["/", "/question/species", "/search", "/situation/1"].map(str::to_owned).to_vec();
        let mut here = BTreeSet::new();
        while let Some(path) = open.pop() {
            if path.ends_with(".css") || !here.insert(path.clone()) {
                continue;
            }
            let body = served.get(&path);
            check(&path, &body);
            if !path.starts_with("/take") {
                open.extend(links(&String::from_utf8_lossy(&body)).map(|path| format!("/{path}")));
            }
        }
        seen.extend(here);
    }
    for (path, form) in [
        ("/symptom", "treatment=cabling&symptom=the+trunk+cracks+loudly"),
        ("/compare", "compare=cabling&compare=crown_reduction"),
        ("/timeline", "step=repair/branch_removal"),
        ("/matters", "shade=much"),
        ("/carry", ""),
        ("/take/calendar/watering", "start=2027-01-04&day=2027-01-04"),
    ] {
        check(path, &served.post(path, form));
        seen.insert(path.to_owned());
    }
    // The summary follows the questions on what matters. The others are only in the team view.
    served.post("/view", "view=team");
    for path in ["/matters/summary", "/board", "/board.txt"] {
        check(path, &served.get(path));
        seen.insert(path.to_owned());
    }
    // A doubtful answer leads to a page that asks about it.
    served.post("/question/trunk_width", "asked=trunk_width&trunk_width=300");
    check("/doubt", &served.get("/doubt"));
    seen.insert("/doubt".to_owned());
    // Error pages.
    for (method, path, form, expected) in [
        ("GET", "/nowhere", "", 404),
        ("GET", "/treatment/nothing", "", 404),
        ("DELETE", "/", "", 405),
        ("POST", "/question/trunk_width", "asked=trunk_width&trunk_width=old", 422),
        ("POST", "/take/calendar/watering", "start=never", 422),
        ("POST", "/open", "file=none", 422),
    ] {
        let (status, _, body) = served.send(method, path, "application/x-www-form-urlencoded", form);
        assert_eq!(status, expected, "{path}");
        check(path, &body);
    }
    for route in routes() {
        assert!(
            seen.iter().any(|path| matches_route(&route, path.split('?').next().unwrap_or_default())),
            "no path of `{route}` was tested"
        );
    }
}
