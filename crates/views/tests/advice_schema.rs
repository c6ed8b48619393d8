//! Tests that the JSON of answers matches its schema, and that changed copies of it don't.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Validator;
use sarcoguide_advise::Advisor;
use sarcoguide_compiler::{Loaded, load};
use sarcoguide_model::{Guide, GuideCase};
use sarcoguide_views::json::{advice, advice_schema};
use serde_json::{Value, json};

/// The members whose values come from a closed set that the program or the guide defines.
const CLOSED: [&str; 27] = [
    "verdict",
    "standing",
    "former_indication",
    "declined",
    "holds",
    "concerns",
    "covered",
    "urgency",
    "how_often",
    "lasting",
    "onset",
    "status",
    "conclusion",
    "statistic",
    "modality",
    "timing",
    "intent",
    "strength",
    "measure",
    "route",
    "setting",
    "effect",
    "fact",
    "reason",
    "sources",
    "possible",
    "value",
];
/// The members whose lists are never empty.
const NON_EMPTY: [&str; 4] = ["statements", "indications", "possible", "sources"];

/// Returns whether the member `key` of an object can be missing. `shape` is the path of the object with `*` for indexes and keys of pairs.
fn is_optional(shape: &str, key: &str) -> bool {
    let object = shape.rsplit('/').next().unwrap_or_default();
    match object {
        "timing" => key != "precision",
        "bounds_period" => key == "end",
        _ => key == "former_indication",
    }
}

/// The objects that map names from the guide or the case to values. Their keys aren't fixed.
const PAIRS: [&str; 3] = ["/sources", "/case/facts", "/treatments/*/codes"];

fn loaded(folder: &str) -> (Guide, Vec<GuideCase>) {
    let files = sarcoguide_bundled::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .expect("the guide should be readable");
    let Loaded { guide, cases, .. } = load(&files).loaded.expect("a guide without errors");
    (guide, cases)
}

fn validator(guide: &Guide) -> Validator {
    let schema = advice_schema(guide);
    jsonschema::meta::validate(&schema).expect("the schema should be valid");
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Collects the paths of all nodes in a document. The second path of each entry has `*` for indexes and for keys of [`PAIRS`].
fn nodes(value: &Value, path: String, shape: String, found: &mut Vec<(String, String)>) {
    found.push((path.clone(), shape.clone()));
    let child = |key: &str| format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                nodes(item, child(&index.to_string()), format!("{shape}/*"), found);
            }
        }
        Value::Object(members) => {
            let pairs = PAIRS.contains(&shape.as_str());
            for (key, member) in members {
                let name = if pairs { "*" } else { key };
                nodes(member, child(key), format!("{shape}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Removes sources and treatments from a document. The remaining treatments still contain every kind of member.
fn shortened(mut document: Value) -> Value {
    let sources = document["sources"].as_object().expect("sources").clone();
    document["sources"] = sources.into_iter().take(3).collect();
    let treatments = document["treatments"].as_array_mut().expect("treatments");
    let mut seen = BTreeSet::new();
    treatments.retain(|treatment| {
        let mut found = Vec::new();
        nodes(treatment, String::new(), "/treatments/*".to_owned(), &mut found);
        let filled = found.into_iter().filter(|(path, _)| treatment.pointer(path).is_some_and(|value| !value.is_null()));
        filled.fold(false, |new, (_, shape)| seen.insert(shape) || new)
    });
    document
}

/// Returns copies of a document that each have one change, with a description of the change. There's one copy for each kind of change and each path
/// with `*`.
fn mutants(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    nodes(document, String::new(), String::new(), &mut found);
    let mut seen = BTreeSet::new();
    let mut mutants = Vec::new();
    for (path, shape) in found {
        let Some(value) = document.pointer(&path) else { panic!("{path}") };
        let parent = shape.trim_end_matches("/*").rsplit('/').next().unwrap_or_default();
        let mut change = |what: String, new: Value| {
            if seen.insert(what.clone()) {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&path).expect("the path should exist in the copy") = new;
                mutants.push((what, mutant));
            }
        };
        match value {
            Value::Object(members) => {
                let mut more = members.clone();
                more.insert("banana".to_owned(), json!({}));
                change(format!("{shape}: an additional member"), more.into());
                for key in members.keys().filter(|key| !PAIRS.contains(&shape.as_str()) && !is_optional(&shape, key)) {
                    let mut fewer = members.clone();
                    fewer.remove(key);
                    change(format!("{shape}: without {key}"), fewer.into());
                }
            }
            Value::Array(items) => {
                if !items.is_empty() && NON_EMPTY.contains(&parent) {
                    change(format!("{shape}: empty"), json!([]));
                }
            }
            Value::String(_) => {
                change(format!("{shape}: a number"), json!(5));
                // `value` is closed because the values of derived facts are listed in the guide. The value of a figure is an object, not a string.
                if CLOSED.contains(&parent) {
                    change(format!("{shape}: banana"), json!("banana"));
                }
            }
            Value::Number(_) | Value::Bool(_) => change(format!("{shape}: a list"), json!([])),
            Value::Null => {}
        }
    }
    mutants
}

#[test]
fn every_answer_matches_the_schema() {
    for (folder, step) in [("../../guide", 60), ("../../examples/guides/storm_damaged_tree", 1)] {
        let (guide, cases) = loaded(folder);
        let (validator, advisor) = (validator(&guide), Advisor::new(guide.clone()));
        let mut answered = 0;
        for entry in cases.iter().step_by(step) {
            let Ok(answer) = advisor.advise(&entry.case) else { continue };
            let document = serde_json::to_value(advice((&guide).into(), &entry.case, &answer)).expect("valid JSON");
            if let Err(error) = validator.validate(&document) {
                panic!("{}: {error} at {}", entry.name, error.instance_path);
            }
            answered += 1;
        }
        assert!(answered >= 5, "{folder}: {answered}");
    }
}

#[test]
fn changed_answers_do_not_match_the_schema() {
    let (guide, cases) = loaded("../../guide");
    let (validator, advisor) = (validator(&guide), Advisor::new(guide.clone()));
    let (mut tried, mut closed) = (BTreeSet::new(), BTreeSet::<&str>::new());
    for entry in cases.iter().step_by(cases.len() / 4) {
        let Ok(answer) = advisor.advise(&entry.case) else { continue };
        let document = shortened(serde_json::to_value(advice((&guide).into(), &entry.case, &answer)).expect("valid JSON"));
        validator.validate(&document).unwrap_or_else(|error| panic!("{}: {error} at {}", entry.name, error.instance_path));
        for (what, mutant) in mutants(&document) {
            if tried.insert(what.clone()) {
                assert!(!validator.is_valid(&mutant), "{what}");
            }
            closed.extend(CLOSED.iter().filter(|name| what.contains(&format!("/{name}")) && what.ends_with(": banana")));
        }
    }
    let untried: Vec<_> = CLOSED.iter().filter(|name| !closed.contains(*name)).collect();
    assert!(untried.is_empty() && tried.len() > 150, "{untried:?}, {}", tried.len());
}

/// Collects all property names in a schema.
fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(properties) = members.get("properties").and_then(Value::as_object) {
                found.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| properties(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}

/// Other programs use these names. When you add a member, add its name to the file. Never change or remove a name.
#[test]
fn published_names_are_never_removed() {
    let (guide, _) = loaded("../../guide");
    let mut found = BTreeSet::new();
    properties(&advice_schema(&guide), &mut found);
    let published: BTreeSet<String> = include_str!("data/advice_names.txt").lines().map(str::to_owned).collect();
    let missing: Vec<_> = published.difference(&found).collect();
    let new: Vec<_> = found.difference(&published).collect();
    assert!(missing.is_empty(), "the schema lacks these published names: {missing:?}");
    assert!(new.is_empty(), "add these names to data/advice_names.txt: {new:?}");
}
