//! Tests that the JSON of answers matches its schema, and that copies with one change don't.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Validator;
use sarcoguide_advise::Advisor;
use sarcoguide_case::{CaseFile, from_json_of_any_guide};
use sarcoguide_compiler::{Loaded, load};
use sarcoguide_model::{Advice, Case, EarlierAnswer, FactValue, Guide, GuideCase, Standing, Verdict, Weekday};
use sarcoguide_views::changes::Changes;
use sarcoguide_views::json::{advice, advice_schema};
use serde_json::{Value, json};

/// The members whose values come from a closed set that the program or the guide defines.
const CLOSED: [&str; 39] = [
    "given",
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
    "precision",
    "unit",
    "period_unit",
    "duration_unit",
    "day_of_week",
    "before",
    "now",
    "before_standing",
    "now_standing",
    "cause",
    "facts",
];
/// The members whose lists are never empty.
const NON_EMPTY: [&str; 4] = ["statements", "indications", "possible", "sources"];

/// Returns whether the member `key` of an object can be missing. `shape` is the path of the object with `*` for indexes and for keys of
/// [`PAIRS`].
fn is_optional(shape: &str, key: &str) -> bool {
    let object = shape.rsplit('/').next().unwrap_or_default();
    match object {
        "timing" => key != "precision",
        "bounds_period" => key == "end",
        "" => key == "changes",
        _ => key == "former_indication" || key == "given",
    }
}

/// The members that can have any value, because they repeat what a case file contains or can contain.
const ANYTHING: [&str; 2] = ["/changes/not_read/*/value", "/scenarios/*/assumes/*/value"];

/// The objects that map names from the guide or the case to values. Their keys aren't fixed.
const PAIRS: [&str; 5] = ["/sources", "/case/facts", "/rare/*/witness", "/treatments/*/codes", "/doubts/*/readings/*/changes"];

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

/// A copy of a document with one change.
struct Mutant {
    /// A description of the change.
    what: String,
    /// The name of the member whose string was replaced with one that isn't in its closed set. `None` for other changes.
    closed: Option<String>,
    document: Value,
}

/// Returns changed copies of a document, one for each kind of change at each path. Paths that differ only in indexes or in keys of [`PAIRS`] count as
/// one path.
fn mutants(document: &Value) -> Vec<Mutant> {
    let mut found = Vec::new();
    nodes(document, String::new(), String::new(), &mut found);
    let mut seen = BTreeSet::new();
    let mut mutants = Vec::new();
    for (path, shape) in found {
        let Some(value) = document.pointer(&path) else { panic!("{path}") };
        let parent = shape.trim_end_matches("/*").rsplit('/').next().unwrap_or_default();
        let mut replace = |what: String, closed: Option<&str>, new: Value| {
            if seen.insert(what.clone()) {
                let mut mutant = document.clone();
                *mutant.pointer_mut(&path).expect("the path should exist in the copy") = new;
                mutants.push(Mutant { what, closed: closed.map(str::to_owned), document: mutant });
            }
        };
        // `value` is closed because the values of derived facts are listed in the guide. The value of a figure is an object, not a string.
        if value.is_string() && CLOSED.contains(&parent) && !ANYTHING.contains(&shape.as_str()) {
            replace(format!("{shape}: banana"), Some(parent), json!("banana"));
        }
        let mut change = |what: String, new: Value| replace(what, None, new);
        match value {
            _ if ANYTHING.contains(&shape.as_str()) => {}
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
                // An assumption without a source is a judgment.
                let may_be_empty = shape == "/scenarios/*/assumes/*/sources";
                if !items.is_empty() && NON_EMPTY.contains(&parent) && !may_be_empty {
                    change(format!("{shape}: empty"), json!([]));
                }
            }
            Value::String(_) => change(format!("{shape}: a number"), json!(5)),
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
            let Ok(answer) = advisor.answer(&entry.case) else { continue };
            let document = serde_json::to_value(advice((&guide).into(), &entry.case, &answer, None)).expect("valid JSON");
            if let Err(error) = validator.validate(&document) {
                panic!("{}: {error} at {}", entry.name, error.instance_path);
            }
            answered += 1;
        }
        assert!(answered >= 5, "{folder}: only {answered} cases were answered");
    }
}

/// Returns the case as a file that was saved with another guide. That guide had a fact and a treatment that this one lacks, and gave some treatments
/// another verdict or standing.
fn saved_with_another_guide(guide: &Guide, case: &Case, advice: &Advice) -> CaseFile {
    let mut saved = EarlierAnswer::new(guide, advice);
    saved.guide = "another".to_owned();
    saved
        .verdicts
        .values_mut()
        .filter(|verdict| **verdict == Verdict::Possible)
        .for_each(|verdict| *verdict = Verdict::Indicated);
    saved.standings.values_mut().for_each(|standing| *standing = Standing::TrialOnly);
    saved.verdicts.insert("gone_treatment".to_owned(), Verdict::Indicated);
    let mut file: Value = serde_json::from_str(&CaseFile::of(case.clone()).to_json(guide)).expect("valid JSON");
    file["facts"]["gone_fact"] = "gone_value".into();
    let file = from_json_of_any_guide(guide, &file.to_string()).expect("a case");
    assert_eq!(file.unreadable.len(), 1);
    CaseFile { earlier: Some(saved), ..file }
}

#[test]
fn an_answer_with_one_change_does_not_match_the_schema() {
    let (mut guide, cases) = loaded("../../guide");
    // No timing in the guide names days of the week.
    let timing =
        guide.treatments.iter_mut().flat_map(|treatment| &mut treatment.administrations).find_map(|way| way.timing.as_mut());
    timing.expect("a timing").day_of_week = Weekday::ALL.to_vec();
    let (validator, advisor) = (validator(&guide), Advisor::new(guide.clone()));
    let (mut tried, mut closed) = (BTreeSet::new(), BTreeSet::new());
    let states_a_list =
        |entry: &&GuideCase| guide.fact_lists[0].facts.iter().all(|fact| entry.case.get(*fact) != FactValue::Unknown);
    for entry in cases.iter().step_by(cases.len() / 4).chain(cases.iter().find(states_a_list)) {
        let Ok(answer) = advisor.answer_in_full(&entry.case) else { continue };
        let file = saved_with_another_guide(&guide, &entry.case, &answer);
        let changes = Changes::of((&guide).into(), &file, &answer).expect("another guide");
        let document = advice((&guide).into(), &entry.case, &answer, Some(&changes));
        let document = shortened(serde_json::to_value(document).expect("valid JSON"));
        validator.validate(&document).unwrap_or_else(|error| panic!("{}: {error} at {}", entry.name, error.instance_path));
        for mutant in mutants(&document) {
            if tried.insert(mutant.what.clone()) {
                assert!(!validator.is_valid(&mutant.document), "{}", mutant.what);
            }
            closed.extend(mutant.closed);
        }
    }
    let untried: Vec<_> = CLOSED.iter().filter(|name| !closed.contains(**name)).collect();
    assert!(
        untried.is_empty() && tried.len() > 150,
        "closed members without a change: {untried:?}, number of changes: {}",
        tried.len()
    );
}

/// Collects the members of all objects in a schema. Each is written as the name of the object in `$defs`, a dot and the name of the member.
fn members(object: &str, schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(entries) => {
            for (key, entry) in entries {
                match (key.as_str(), entry.as_object()) {
                    ("properties", Some(properties)) => {
                        found.extend(properties.keys().map(|member| format!("{object}.{member}")));
                        properties.values().for_each(|property| members(object, property, found));
                    }
                    ("$defs", Some(objects)) => objects.iter().for_each(|(name, schema)| members(name, schema, found)),
                    _ => members(object, entry, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| members(object, item, found)),
        _ => {}
    }
}

/// Other programs use these names. When you add a member, add its name to `data/advice_names.txt`. Never change or remove a name.
#[test]
fn published_names_are_never_removed() {
    let (guide, _) = loaded("../../guide");
    let mut found = BTreeSet::new();
    members("AdviceDocument", &advice_schema(&guide), &mut found);
    // The members of this object are the facts of the guide.
    found.retain(|name| !name.starts_with("StatedFacts."));
    let published: BTreeSet<String> = include_str!("data/advice_names.txt").lines().map(str::to_owned).collect();
    let missing: Vec<_> = published.difference(&found).collect();
    let new: Vec<_> = found.difference(&published).collect();
    assert!(missing.is_empty(), "the schema lacks these published names: {missing:?}");
    assert!(new.is_empty(), "add these names to data/advice_names.txt: {new:?}");
}
