//! Runs the command, and checks what it prints, which input it refuses, and its exit codes.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use sarcoguide_testkit::copy_folder;
use serde_json::Value;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // Writing fails if the command exits without reading all of its input.
    let _ = child.stdin.take().expect("standard input").write_all(input);
    child.wait_with_output().expect("the command ends")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn printed(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input.as_bytes());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Checks that a command refuses its input or arguments: it exits with code 2 and a message that contains all of `expected`.
fn refused(arguments: &[&str], input: &[u8], expected: &[&str]) {
    fails(2, arguments, input, expected);
}

/// Checks that a command fails because it can't read a file: it exits with code 3 and a message that contains all of `expected`.
fn unreadable(arguments: &[&str], expected: &[&str]) {
    fails(3, arguments, b"", expected);
}

/// Checks that a command exits with this code, prints nothing to standard output, and prints a one-line message to standard error that contains all
/// of `expected`.
fn fails(code: i32, arguments: &[&str], input: &[u8], expected: &[&str]) {
    let output = run(arguments, input);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    assert!(!message.contains("panicked"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
    for part in expected {
        assert!(message.contains(part), "{arguments:?}: `{part}` is not in: {message}");
    }
}

#[test]
fn invalid_input_is_refused_with_its_place_and_a_fix() {
    let advise = |input: &[u8], expected: &[&str]| refused(&["advise", "-"], input, expected);
    advise(b"", &["standard input", "the case is empty"]);
    advise(b"{\"facts\": {", &["line 1", "this is not JSON"]);
    advise(b"{\"facts\": {\"histolgy\": \"liposarcoma\"}}", &["facts.histolgy", "did you mean `histology`?"]);
    advise(b"{\"facts\": {\"histology\": \"liposarcma\"}}", &["facts.histology", "did you mean `liposarcoma`?"]);
    for (fact, written, meant) in [
        ("histology", "MFH", "did you mean `undifferentiated_pleomorphic_sarcoma`?"),
        ("histology", "osteosarcoma", "this can mean `bone_sarcoma`, `extraskeletal_osteosarcoma`; write one of them"),
        ("histology", "pleomorphic sarcoma", "did you mean `undifferentiated_pleomorphic_sarcoma`?"),
        ("histology", "neurofibrosarcoma", "did you mean `malignant_peripheral_nerve_sheath_tumor`?"),
        ("histology", "myxoid chondrosarcoma", "did you mean `extraskeletal_myxoid_chondrosarcoma`?"),
        ("histology", "SFT", "did you mean `solitary_fibrous_tumor`?"),
        ("histology", "DDLPS", "did you mean `dedifferentiated_liposarcoma`?"),
        ("histology", "EHE", "did you mean `epithelioid_hemangioendothelioma`?"),
        ("histology", "CCS", "did you mean `clear_cell_sarcoma`?"),
        ("site", "thigh", "did you mean `lower_extremity`?"),
        ("site", "leg", "did you mean `lower_extremity`?"),
        ("site", "arm", "did you mean `upper_extremity`?"),
        ("site", "perineum", "did you mean `groin`?"),
        ("lymph_nodes", "N+", "did you mean `involved`?"),
        ("lymph_nodes", "N0", "did you mean `not_involved`?"),
        ("distant_metastasis", "M1", "did you mean `yes`?"),
        ("margin_status", "R1", "did you mean `microscopic`?"),
        ("margin_status", "r0", "this can mean `negative`, `close`; write one of them"),
        ("ecog", "poor", "this can mean `2`, `3_or_4`; write one of them"),
        ("ecog", "5", "write one of `0_or_1`, `0`"),
        ("liver_impairment", "Child-Pugh B", "did you mean `moderate`?"),
        ("lymph_nodes", "uninvolved", "did you mean `not_involved`?"),
        ("resectability", "irresectable", "did you mean `unresectable`?"),
        ("liver_impairment", "unimpaired", "did you mean `none`?"),
        ("margin_status", "not positive", "this can mean `negative`, `close`; write one of them"),
        ("given_doxorubicin", "unfinished", "this can mean `stopped_working`, `stopped_for_side_effects`; write one of them"),
        ("situation", "no recurrence", "did you mean `follow_up`?"),
    ] {
        advise(format!("[facts]\n{fact} = \"{written}\"\n").as_bytes(), &[fact, written, meant]);
    }
    advise(b"{\"facts\": {\"age\": \"old\"}}", &["facts.age", "a valid number"]);
    advise(b"{\"facts\": {\"age\": true}}", &["facts.age", "must be a number in years"]);
    advise(b"{\"facts\": {\"size\": -3}}", &["facts.size", "can't be -3 cm"]);
    advise(b"{\"facts\": {\"size\": \"5 kg\"}}", &["facts.size", "measured in cm", "kg"]);
    advise(
        b"{\"facts\": {\"stage\": \"II\"}}",
        &[
            "`stage` is derived from other facts, so a case can't state it; if a report gives it, state `written_stage`; or state `",
            "`size`",
        ],
    );
    advise(b"{\"facts\": {\"age\": 5, \"age\": 6}}", &["facts.age", "stated twice"]);
    advise(b"\xff\xfe{}", &["UTF-8"]);
    advise(b"[facts]\nhistolgy = 'liposarcoma'\n", &["line 2", "did you mean `histology`?"]);
    advise(format!("[facts]\nage = {}", "[".repeat(60_000)).as_bytes(), &["line 2", "this is not TOML"]);
    advise(format!("{{\"facts\": {{\"age\": {}", "[".repeat(60_000)).as_bytes(), &["this is not JSON"]);
    advise(b"[facts]\nage = = 5\n", &["line 2", "this is not TOML"]);
    advise(&vec![b'['; 100 << 20], &["larger than 64 kB"]);
    advise("[".repeat(60_000).as_bytes(), &["this is not"]);
    advise(
        b"{\"facts\": {\"distant_metastasis\": \"no\", \"lung_metastasis\": \"yes\", \"age\": 50}}",
        &["contradict one another", "`distant_metastasis`", "`lung_metastasis`", "Spread to the lungs is a distant metastasis."],
    );
    refused(&["advise", "guide"], b"", &["guide: this is a folder"]);
    unreadable(&["advise", "no/such.json"], &["no/such.json: there is no such file"]);
    unreadable(&["show", "pathway", "no/such.json"], &["no/such.json: there is no such file"]);
    unreadable(&["check", "--against", "no/such.txt"], &["no/such.txt: there is no such file"]);
    refused(&["advise", "-", "--why", "pazopanb"], b"{\"facts\": {}}", &["did you mean `pazopanib`?"]);
    refused(&["show", "treatment", "tabectedin"], b"", &["did you mean `trabectedin`?"]);
    refused(&["show", "effect"], b"", &["name the effect: `sarcoguide show effect ID`"]);
    refused(&["show", "treatments", "xx"], b"", &["`show treatments` takes no ID; leave out `xx`"]);
    refused(&["search", ""], b"", &["nothing to search for"]);
    refused(&["search", "?!"], b"", &["nothing to search for"]);
    assert_eq!(run(&["search", "pain", "--most", "0"], b"").status.code(), Some(2));
    unreadable(&["check", "--guide", "no/such"], &["no/such: there is no such folder"]);
    refused(&["check", "--guide", "README.md"], b"", &["README.md: this is not a folder"]);
    refused(&["check", "--guide", "docs"], b"", &["no TOML file"]);
}

#[test]
fn lists_show_ids_and_a_shortened_search_says_how_to_see_all_results() {
    let some = printed(&["search", "pain", "--most", "2"], "");
    let count = some.lines().filter(|line| line.starts_with("  - ")).count();
    assert!(count == 2 && some.contains("\n\nShowing 2 of ") && some.contains(" shows them all."), "{some}");
    let found = some.split("--most ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a number");
    let all = printed(&["search", "pain", "--most", found], "");
    assert!(!all.contains("--most"), "{all}");
    for (list, line) in [
        ("treatments", "Pazopanib (Votrient) (`pazopanib`): "),
        ("effects", " (`nausea`"),
        ("types", "Leiomyosarcoma (`leiomyosarcoma`, "),
    ] {
        let text = printed(&["show", list, "--width", "400"], "");
        assert!(text.contains(line), "{list}: {text}");
    }
}

/// The output can repeat arguments, file names and text from a case, so control characters in them are escaped.
#[test]
fn repeated_input_cannot_control_a_terminal() {
    let evil = "a\u{1b}[31mb\u{202e}c\u{7}\u{9b}2Jd\u{2066}";
    let case =
        format!(r#"{{"facts": {{"grade": "{evil}", "{evil}": 5}}}}"#).replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007");
    let why = ["advise", "examples/out_of_scope_gist.json", "--why", evil];
    // This case was saved with another guide, so the command reports the facts that it can't read instead of refusing the case.
    let (hash, facts) = ("0".repeat(64), case.strip_suffix('}').expect("an object"));
    let saved = format!(r#"{facts}, "answered": {{"guide": "{hash}", "verdicts": {{}}}}}}"#);
    for (arguments, input) in [
        (&["advise", evil][..], ""),
        (&["advise", "-"], case.as_str()),
        (&why, ""),
        (&["search", evil], ""),
        (&["show", evil], ""),
        (&["show", "effect", evil], ""),
        (&[evil], ""),
        (&["calendar", "doxorubicin", "--start", evil], ""),
        (&["calendar", "doxorubicin", "--start", "2027-01-04", "--output", &format!("no/{evil}")], ""),
        (&["check", "--guide", evil], ""),
        (&["diff", evil], ""),
        (&["serve", "--key-file", evil], ""),
        (&["--color", "always", "search", evil], ""),
        (&["--color", "never", "advise", "-"], saved.as_str()),
        (&["ask"], &format!("{evil}\nq\n")),
    ] {
        let output = run(arguments, input.as_bytes());
        for bytes in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(bytes);
            let controls_terminal =
                |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c) || *c == '\u{2066}';
            assert!(!text.chars().any(|c| controls_terminal(&c)), "{arguments:?}: {text:?}");
        }
    }
    // Escape sequences in the input are escaped even if the command itself prints colors.
    let output = run(&["--color", "always", "advise", "-"], saved.as_bytes());
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("What changed since this case was saved") && !text.contains("a\u{1b}[31mb"), "{text}");
}

#[test]
fn invalid_dates_are_refused() {
    for day in
        ["2026-02-30", "2026-13-01", "0000-01-01", "-000005-01-01", "10000-01-01", "20260301", "2026-03-01T10:00", "2026-3-1"]
    {
        for arguments in [
            &["check", "--older-than", "5", &format!("--as-of={day}")][..],
            &["calendar", "doxorubicin", &format!("--start={day}")],
            &["calendar", "radiation_before_surgery", "--start=2027-01-04", &format!("--day={day}")],
        ] {
            let output = run(arguments, b"");
            let message = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
            assert!(message.contains("write a date in the years 1 to 9999, such as 2026-03-09"), "{message}");
        }
    }
    assert!(printed(&["calendar", "doxorubicin", "--start", "9999-12-31"], "").contains("DTSTART;VALUE=DATE:99991231\r\n"));
    assert!(printed(&["calendar", "doxorubicin", "--start", "0001-01-01"], "").contains("DTSTART;VALUE=DATE:00010101\r\n"));
}

#[test]
fn a_contradiction_names_only_the_facts_that_contradict_each_other() {
    let output =
        run(&["advise", "-"], b"{\"facts\": {\"distant_metastasis\": \"no\", \"lung_metastasis\": \"yes\", \"age\": 50}}");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!stderr.contains("`age`"));
    assert!(stderr.starts_with("sarcoguide: standard input: these facts contradict one another"), "{stderr}");
}

#[test]
fn every_example_is_answered_as_text_markdown_and_schema_valid_json() {
    let schema: Value = serde_json::from_str(&printed(&["schema", "advice"], "")).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let case_schema: Value = serde_json::from_str(&printed(&["schema", "case"], "")).expect("JSON");
    let case_schema = jsonschema::validator_for(&case_schema).expect("a schema");
    let mut examples = 0;
    for entry in fs::read_dir(root().join("examples")).expect("examples") {
        let path = entry.expect("an entry").path();
        // Skip the folder `guides`. It contains a guide on another subject, which `second_guide.rs` tests.
        if path.is_dir() {
            continue;
        }
        let name = path.to_str().expect("UTF-8");
        examples += 1;
        let text = printed(&["advise", name], "");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("It isn't medical advice"), "{name}: the text should say that it isn't medical advice");
        assert!(text.contains("[1]"), "{name}: the text should cite a source");
        assert!(printed(&["advise", name, "--format", "markdown"], "").starts_with("# "));
        let answer: Value = serde_json::from_str(&printed(&["advise", name, "--format", "json"], "")).expect("JSON");
        if let Err(error) = schema.validate(&answer) {
            panic!("{name}: {error}");
        }
        for treatment in answer["treatments"].as_array().expect("treatments") {
            for citation in treatment["sources"].as_array().expect("sources") {
                assert!(answer["sources"].get(citation.as_str().expect("text")).is_some(), "{citation} should be listed");
            }
        }
        if name.ends_with(".json") {
            let case: Value = serde_json::from_str(&fs::read_to_string(&path).expect("readable")).expect("JSON");
            if let Err(error) = case_schema.validate(&case) {
                panic!("{name}: {error}");
            }
        }
    }
    assert!(examples >= 8);
}

#[test]
fn a_withdrawn_drug_is_explained_with_its_date_and_not_offered() {
    let name = "examples/epithelioid_sarcoma_withdrawn_drug.json";
    let text = printed(&["advise", name, "--format", "markdown"], "");
    let offered = text.split("## No longer available").next().expect("text");
    assert!(!offered.contains("Tazemetostat"), "a withdrawn drug shouldn't be offered");
    assert!(text.contains("2026-03-09"), "the date of the withdrawal should be shown");
    let answer: Value = serde_json::from_str(&printed(&["advise", name, "--format", "json"], "")).expect("JSON");
    let treatments = answer["treatments"].as_array().expect("treatments");
    let drug = treatments.iter().find(|treatment| treatment["id"] == "tazemetostat").expect("known");
    assert_eq!(drug["verdict"], "unavailable");
    assert_eq!((&drug["former_indication"], &drug["standing"]), (&"true".into(), &Value::Null));
    assert_eq!((&drug["reason"], &drug["precautions"]), (&serde_json::json!([]), &serde_json::json!([])));
    // The drug isn't offered even if open facts decide whether it was indicated. If it was never indicated for the case, it's listed among the
    // treatments that don't fit.
    let case = |facts: &str| printed(&["advise", "-", "--format", "markdown"], &format!("{{\"facts\": {{{facts}}}}}"));
    let open = case(r#""age": 30, "histology": "epithelioid_sarcoma""#);
    assert!(!open.split("## No longer available").next().expect("text").contains("Tazemetostat"));
    let other = case(r#""age": 30, "histology": "leiomyosarcoma""#);
    let never = other.split("## Does not fit this situation, and why").nth(1).expect("what does not fit");
    assert!(never.contains("no longer available since 2026-03-09"), "{never}");
}

#[test]
fn the_why_flag_prints_everything_about_one_treatment() {
    let text =
        printed(&["advise", "examples/advanced_synovial_sarcoma_tests_open.json", "--why", "afamitresgene_autoleucel"], "");
    for part in ["MAGE-A4", "HLA", "Cytokine release syndrome", "The parts, one after the other", "To ask", "Sources"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn pages_completions_man_page_and_help_are_printed() {
    for (arguments, part) in [
        (&["show", "treatments"][..], "Pazopanib"),
        (&["show", "treatment", "pazopanib"], "PALETTE"),
        (&["show", "effects"], "Fatigue"),
        (&["show", "effect", "cytokine_release_syndrome"], "Treatments that can cause it"),
        (&["show", "types"], "Synovial sarcoma"),
        (&["show", "type", "synovial_sarcoma"], "kind of"),
        (&["show", "stages"], "IIIB"),
        (&["show", "glossary"], "Margin"),
        (&["show", "team"], "oncologist"),
        (&["show", "links"], "1-800-227-2345"),
        (&["show", "sources"], "American Cancer Society"),
        (&["show", "passage", "acs:surgery.03"], "What rests on it"),
        (&["show", "passage", "surgery.03"], "In our words"),
        (&["show", "stages", "--format", "markdown"], "| value | in words | when |"),
        (&["completions", "bash"], "sarcoguide"),
        (&["man"], ".TH"),
        (&["--help"], "Exit codes"),
    ] {
        assert!(printed(arguments, "").contains(part), "{arguments:?} should print {part}");
    }
}

#[test]
fn search_finds_brand_names_word_beginnings_and_misspellings() {
    for (words, title) in [
        ("pazopanb", "Pazopanib"),
        ("radation", "adiation"),
        ("votrient", "Pazopanib"),
        ("swolen arm", "welling"),
        ("gemcit", "Gemcitabine"),
    ] {
        let text = printed(&["search", words], "");
        assert!(text.lines().take(4).any(|line| line.contains(title)), "{words}: {text}");
    }
    assert!(printed(&["search", "xylophone"], "").contains("Nothing"));
}

#[test]
fn the_settings_for_color_and_width_are_respected() {
    let example = "examples/out_of_scope_gist.json";
    assert!(!printed(&["advise", example], "").contains('\u{1b}'));
    assert!(printed(&["advise", example, "--color", "always"], "").contains('\u{1b}'));
    let narrow = printed(&["advise", example, "--width", "40"], "");
    // Words aren't broken, so a line of up to three words may be longer.
    let too_long: Vec<&str> =
        narrow.lines().filter(|line| line.chars().count() > 40 && line.trim().split(' ').count() > 3).collect();
    assert!(too_long.is_empty(), "{too_long:?}");
}

#[test]
fn an_interview_explains_questions_lets_people_go_back_and_saves_the_case() {
    let folder = std::env::temp_dir().join(format!("sarcoguide-test-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("case.json");
    let _ = fs::remove_file(&file);
    let saved = file.to_str().expect("UTF-8");
    // Answer the first question (where the person is in treatment). At the second question (the age), ask why it's asked, answer nonsense, answer 54,
    // go back, and answer 55. Leave the third question open, and finish.
    let text = printed(&["ask", "--save", saved], "1\n?\nold\n54\nb\n55\nu\nq\n");
    assert!(text.find("Where are you in your treatment") < text.find("How old are you?"), "{text}");
    assert!(text.contains("This guide is for adults."), "`?` should explain why the age is asked");
    assert!(text.contains("Type a number from 0 to 120, in years, for example 54"), "nonsense should get an explanation");
    assert!(text.matches("How old are you?").count() >= 4, "the question should be repeated after `?`, nonsense and `b`");
    assert!(text.contains("Age: 55 years"), "the interview should end with the advice");
    let case = fs::read_to_string(&file).expect("saved");
    assert!(case.contains("\"age\": \"55 years\""), "{case}");
    printed(&["advise", saved], "");
    // An existing file is never overwritten.
    let output = run(&["ask", "--save", saved], b"q\n");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(fs::read_to_string(&file).expect("still there"), case);
    fs::remove_dir_all(&folder).expect("removed");
    // If the input ends, the interview ends with the advice.
    assert!(printed(&["ask"], "").contains("Answer two questions, and you'll see what usually happens next"));
}

#[test]
fn strange_input_does_not_stop_an_interview() {
    let mut odd = b"\xff\xfe\n".to_vec();
    odd.extend([b'x'; 20_000]);
    odd.extend(b"\n1\n-5\n999999999999999999999\n\x1b[31m\n54\nq\n");
    let output = run(&["ask"], &odd);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("Age: 54 years"));
    assert!(!text.contains('\u{1b}'), "escape sequences in the input shouldn't be repeated");
}

#[test]
fn a_case_can_start_with_a_byte_order_mark() {
    assert!(printed(&["advise", "-"], "\u{feff}{\"facts\": {\"age\": 54}}").contains("Age: 54 years"));
    assert!(printed(&["advise", "-"], "\u{feff}[facts]\nage = 54\n").contains("Age: 54 years"));
}

/// The command reads at most one byte more than the size limit. If it removed the byte order mark before checking the size, this case would seem
/// small enough, and the fact at its end would be lost.
#[test]
fn the_byte_order_mark_counts_toward_the_size_limit() {
    let case = format!("\u{feff}[facts]\nage = 54\n{}grade = \"G1\"\n", "\n".repeat(64 << 10));
    refused(&["advise", "-"], case.as_bytes(), &["the case is larger than 64 kB"]);
}

#[test]
fn a_case_that_the_guide_does_not_cover_is_answered_with_the_reason_first() {
    for (case, why) in [
        (r#"{"facts": {"age": 15, "grade": "G3", "site": "lower_extremity"}}"#, "This guide is for adults."),
        (include_str!("../../../examples/out_of_scope_gist.json"), "cover gastrointestinal stromal tumors"),
    ] {
        for form in ["text", "markdown"] {
            let text = printed(&["advise", "-", "--format", form], case);
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let at = |part: &str| words.find(part).unwrap_or_else(|| panic!("the text should contain `{part}`: {text}"));
            let order =
                ["This guide does not cover", why, "You said", "Where to look", "This is what the guide says", "The situation"];
            assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{text}");
            assert!(
                text.lines().filter(|line| !line.is_empty()).nth(2).is_some_and(|line| line.contains("does not cover"))
                    || form == "markdown"
            );
            assert!(at("The situation") < at("Supportive and palliative care"), "care for everyone should follow");
            assert!(!text.contains("Stage group"), "no stage should be derived");
            assert!(!text.contains("Fits this situation"));
        }
        let treatment = printed(&["advise", "-", "--why", "pazopanib"], case);
        assert!(treatment.find("This guide does not cover") < treatment.find("A pill"), "{treatment}");
        let json = printed(&["advise", "-", "--format", "json"], case);
        assert!(json.find("\"scope\"") < json.find("\"case\""), "{json}");
        let answer: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(answer["scope"]["covered"], "false");
        assert!(answer["scope"]["outside"][0]["statement"]["text"].as_str().is_some_and(|text| text.contains(why)));
        assert!(answer["scope"]["outside"][0]["where_to_look"].as_str().is_some_and(|text| text.contains("cancer.gov")));
    }
    let child = printed(&["advise", "-", "--format", "json"], "{\"facts\": {\"age\": 15}}");
    assert!(child.contains("1-800-4-CANCER"), "{child}");
    let open: Value = serde_json::from_str(&printed(&["advise", "-", "--format", "json"], "{\"facts\": {}}")).expect("JSON");
    assert_eq!(open["scope"]["open"][0], "child");
}

/// An age under 18 ends the interview, unless the person takes the answer back.
#[test]
fn an_interview_ends_once_the_guide_does_not_cover_the_person() {
    let text = printed(&["ask"], "\n15\n\n");
    assert_eq!(text.matches("Question ").count(), 2, "{text}");
    let answer = text.split("in years, for example 54").nth(1).expect("an answer");
    assert!(answer.find("This guide is for adults.") < answer.find("Treating soft tissue sarcomas"), "{text}");
    assert!(text.contains("Where to look") && text.contains("Supportive and palliative care"), "{text}");
    let taken_back = printed(&["ask"], "\n5\nb\n50\nq\n");
    assert_eq!(taken_back.matches("How old are you?").count(), 2, "{taken_back}");
    assert!(taken_back.contains("Question 3") && taken_back.contains("Age: 50 years"), "{taken_back}");
}

#[test]
fn a_person_who_wants_no_treatment_sees_other_care_first() {
    let text = printed(&["advise", "examples/no_treatment_wanted.json"], "");
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("the text should contain `{part}`"));
    assert!(at("Around treatment") < at("Fits this situation"));
    assert!(at("Supportive and palliative care") < at("Fits this situation"));
    let other = printed(&["advise", "examples/newly_found_large_high_grade_thigh.json"], "");
    assert!(other.find("Around treatment") > other.find("Fits this situation"));
}

/// Treatments whose verdict depends on open facts are listed with the most strongly recommended first. This way, drugs with less evidence don't come
/// before the main treatment.
#[test]
fn treatments_that_might_be_an_option_are_listed_by_strength() {
    let case = r#"{"facts": {"age": 63, "histology": "undifferentiated_pleomorphic_sarcoma", "site": "lower_extremity",
        "size": 9, "grade": "G3", "distant_metastasis": "no", "situation": "before_treatment"}}"#;
    let text = printed(&["advise", "-"], case);
    let open = text.split("Might be an option: more needs to be known").nth(1).expect("what might be an option");
    let at = |part: &str| open.find(part).unwrap_or_else(|| panic!("the text should contain `{part}`"));
    assert!(at("Limb-sparing surgery\n") < at("Radiation after surgery\n"));
    assert!(at("Radiation after surgery\n") < at("Chemotherapy after surgery (adjuvant)\n"));
}

/// If a drug doesn't fit by itself, its page names the treatments that it can be a part of.
#[test]
fn the_page_of_a_drug_that_fits_only_as_part_of_a_treatment_says_so() {
    let text = printed(&["advise", "examples/newly_found_large_high_grade_thigh.json", "--why", "doxorubicin"], "");
    assert!(text.contains("For you: Does not fit by itself"), "{text}");
    assert!(text.contains("Can be a part of: Chemotherapy before surgery"), "{text}");
}

#[test]
fn check_prints_its_results_as_json() {
    let folder = std::env::temp_dir().join(format!("sarcoguide-check-{}", std::process::id()));
    copy_folder(&root().join("crates/compiler/tests/minimal"), &folder);
    fs::write(folder.join("terms.toml"), "[[timing]\n").expect("written");
    let output = run(&["check", "--guide", folder.to_str().expect("UTF-8"), "--format", "json"], b"");
    fs::remove_dir_all(&folder).expect("removed");
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(found["ok"], false);
    let diagnostics = found["diagnostics"].as_array().expect("diagnostics");
    assert_eq!(diagnostics[0]["severity"], "error");
    let place = diagnostics.iter().find_map(|diagnostic| diagnostic["places"].get(0)).expect("a diagnostic with a place");
    assert!(place["line"].as_u64().is_some_and(|line| line >= 1), "{place}");
    let output = run(&["check", "--guide", "crates/compiler/tests/minimal", "--format", "json"], b"");
    let found: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(found["coverage"].is_array() && found["cases"].is_u64(), "{found}");
}

#[test]
fn check_succeeds_on_the_built_in_guide_and_exits_with_1_on_a_broken_one() {
    let good = run(&["check", "--warnings"], b"");
    let stdout = String::from_utf8_lossy(&good.stdout);
    assert!(good.status.success(), "{stdout}");
    assert!(stdout.contains("0 with an unexpected answer"), "{stdout}");
    // Every warning from the proofs has been fixed or accepted with a reason.
    assert!(!stdout.contains("warning["), "{stdout}");
    let bad = run(&["check", "--guide", "crates/compiler/tests/broken/E014_not_a_choice"], b"");
    assert_eq!(bad.status.code(), Some(1), "{}", String::from_utf8_lossy(&bad.stdout));
    assert!(String::from_utf8_lossy(&bad.stdout).contains("error["));
}

#[test]
fn a_case_is_answered_by_the_rules_of_the_given_guide() {
    let text = printed(
        &["advise", "-", "--guide", "crates/compiler/tests/minimal", "--format", "json"],
        r#"{"facts": {"age": 40, "size": 3, "grade": "G1"}}"#,
    );
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(answer["treatments"][0]["verdict"], "indicated");
    assert_eq!(answer["treatments"][0]["reason"], serde_json::json!(["age", "size", "grade"]));
}

#[test]
fn the_guides_sentences_are_easy_to_read_and_hard_ones_are_listed() {
    let good = run(&["check", "--readability"], b"");
    let stdout = String::from_utf8_lossy(&good.stdout).into_owned();
    assert!(good.status.success() && stdout.contains("0 too hard"), "{stdout}");
    assert!(stdout.contains("Names of treatments, brands and types count as one short word each"), "{stdout}");
    let folder = std::env::temp_dir().join(format!("sarcoguide-readability-{}", std::process::id()));
    copy_folder(&root().join("guide"), &folder);
    let path = folder.join("team.toml");
    let text = fs::read_to_string(&path).expect("a file");
    let hard = "Multidisciplinary professionals facilitate individualized considerations.";
    fs::write(&path, text.replacen("text = \"", &format!("text = \"{hard} "), 1)).expect("written");
    let guide = folder.to_string_lossy().into_owned();
    let bad = run(&["check", "--readability", "--guide", &guide], b"");
    let stdout = String::from_utf8_lossy(&bad.stdout).into_owned();
    assert_eq!(bad.status.code(), Some(1), "{stdout}");
    assert!(stdout.lines().any(|line| line.contains(" team ") && line.ends_with(hard)), "{stdout}");
    let json = run(&["check", "--readability", "--guide", &guide, "--format", "json"], b"");
    fs::remove_dir_all(&folder).expect("removed");
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["too_hard"][0]["text"], hard);
}

#[test]
fn invalid_addresses_and_keys_are_refused() {
    let output = run(&["serve", "--addr", "localhost:8080"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("write an IP address and a port, such as 127.0.0.1:8080"));
    refused(&["serve", "--addr", "127.0.0.1:0", "--key-file", "README.md"], b"", &["a key is 32 bytes", "more"]);
    let short = std::env::temp_dir().join(format!("sarcoguide-key-{}", std::process::id()));
    fs::write(&short, [7; 31]).expect("written");
    refused(&["serve", "--key-file", &short.to_string_lossy()], b"", &["a key is 32 bytes, and this file has 31"]);
    fs::remove_file(&short).expect("removed");
    // An endless file is refused after a few bytes.
    #[cfg(unix)]
    refused(&["serve", "--key-file", "/dev/zero"], b"", &["a key is 32 bytes", "more"]);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_causes_a_warning() {
    use std::io::{BufRead, BufReader};
    use std::os::unix::fs::PermissionsExt;
    let key = std::env::temp_dir().join(format!("sarcoguide-open-key-{}", std::process::id()));
    fs::write(&key, [7; 32]).expect("written");
    for (mode, warned) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("set");
        let mut server = Command::new(env!("CARGO_BIN_EXE_sarcoguide"))
            .args(["serve", "--addr", "127.0.0.1:0", "--key-file"])
            .arg(&key)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut lines = BufReader::new(server.stdout.take().expect("standard output")).lines();
        lines.next().expect("the server's address").expect("text");
        // The server prints all of its messages at once. Killing it closes standard output, so there are no more lines to wait for.
        let rest: String = if warned { lines.next().expect("a line").expect("text") } else { String::new() };
        server.kill().expect("ended");
        server.wait().expect("the server ends");
        let rest = rest + &lines.map(|line| line.expect("text")).collect::<String>();
        assert_eq!(rest.contains("Others on this machine can read the key"), warned, "{rest}");
    }
    fs::remove_file(&key).expect("removed");
}
