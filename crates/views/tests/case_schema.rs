//! Tests that the JSON schema of a case and [`from_json`] accept the same cases.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::{Union, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use sarcoguide_case::{CaseError, Problem, from_json, schema};
use sarcoguide_compiler::load;
use sarcoguide_model::Guide;
use sarcoguide_text::Text;
use serde_json::{Map, Value, json};

/// Kinds of errors that JSON Schema can't describe, named as in `docs/command-line.md`, each with example cases. The schema accepts these cases, but
/// [`from_json`] rejects them. A case over 64 kB is too long to list, so the test generates it.
const BEYOND_SCHEMA: [(&str, &[&str]); 7] = [
    ("duplicate names", &[r#"{"facts": {}, "facts": {}}"#, r#"{"facts": {"age": 5, "age": 6}}"#]),
    (
        "numbers with more than three decimals",
        &[
            r#"{"facts": {"age": 5.0004}}"#,
            r#"{"facts": {"age": 17.9999999999999999}}"#,
            r#"{"facts": {"ecog": 1.0000000000000000001}}"#,
        ],
    ),
    ("exponents beyond 30", &[r#"{"facts": {"age": 0e31}}"#]),
    (
        "numbers in strings that are out of range or that can't be converted exactly to the unit of the fact, ranges that contain no number",
        &[
            r#"{"facts": {"age": "500"}}"#,
            r#"{"facts": {"size": "500 m"}}"#,
            r#"{"facts": {"size": "> 60 cm"}}"#,
            r#"{"facts": {"size": "6 to 5 cm"}}"#,
            r#"{"facts": {"size": "0.001 mm"}}"#,
            r#"{"facts": {"age": "99999999999999999999"}}"#,
        ],
    ),
    ("cases over 64 kB", &[]),
    (
        "dates that don't exist",
        &[
            r#"{"facts": {}, "answered": {"guide": "0000000000000000000000000000000000000000000000000000000000000000", "revised": "2026-02-30", "verdicts": {}}}"#,
            r#"{"facts": {}, "answered": {"guide": "0000000000000000000000000000000000000000000000000000000000000000", "revised": "2025-02-29", "verdicts": {}}}"#,
        ],
    ),
    ("synonyms that no value or several values have", &[r#"{"facts": {"written_t": "T99"}}"#]),
];

/// Returns the name of the entry of [`BEYOND_SCHEMA`] that an error belongs to. Returns `None` if the schema should reject the case too.
fn beyond_schema(error: &CaseError, case: &Value) -> Option<&'static str> {
    let part = error.place.as_ref().and_then(|place| place.part.as_deref());
    let stated = part.and_then(|part| part.strip_prefix("facts.")).map(|fact| &case["facts"][fact]);
    let index = match (error.problem.as_ref(), stated) {
        (Problem::PartTwice(_) | Problem::StatedTwice(_), _) => 0,
        (Problem::InvalidNumber { .. } | Problem::NoValue { .. }, Some(Value::Number(number))) => {
            let exponent = number.to_string().split_once(['e', 'E']).and_then(|(_, exponent)| exponent.parse().ok());
            if exponent.is_some_and(|exponent: i32| exponent.abs() > 30) { 2 } else { 1 }
        }
        (
            Problem::OutOfRange { .. } | Problem::WrongUnit { .. } | Problem::InvalidNumber { .. } | Problem::EmptyRange { .. },
            Some(Value::String(_)),
        ) => 3,
        (Problem::NoValue { .. }, Some(Value::String(_))) if accepts_synonyms(part) => 6,
        (Problem::TooLarge, _) => 4,
        (Problem::InvalidAnswered, _) if part == Some("answered.revised") && case["answered"]["revised"].is_string() => 5,
        _ => return None,
    };
    Some(BEYOND_SCHEMA[index].0)
}

/// Whether the part of a case is about a fact of the built-in guide that accepts synonyms.
fn accepts_synonyms(part: Option<&str>) -> bool {
    let guide = sarcoguide_bundled::guide();
    let fact = part.and_then(|part| part.strip_prefix("facts.")).and_then(|fact| guide.fact(fact));
    fact.is_some_and(|fact| guide[fact].accepts_synonyms)
}

fn guides() -> Vec<Guide> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/guides/storm_damaged_tree");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let other = load(&files).loaded.expect("a guide without errors").guide;
    vec![sarcoguide_bundled::guide(), other]
}

fn validator(guide: &Guide) -> (Value, Validator) {
    let schema = schema(guide, Text::english());
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    (schema, validator)
}

/// Generates values that match a schema. Supports only the parts of JSON Schema that the schema of a case uses.
fn valid(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(choices) = schema["anyOf"].as_array() {
        return Union::new(choices.iter().map(valid)).boxed();
    }
    if !schema["const"].is_null() {
        return Just(schema["const"].clone()).boxed();
    }
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).boxed();
    }
    match schema["type"].as_str().expect("a type") {
        "object" if schema["properties"].is_null() => {
            let names = schema["propertyNames"]["pattern"].as_str().expect("a pattern of names");
            let names = names.trim_start_matches('^').trim_end_matches('$');
            let member = (string_regex(names).expect("a pattern"), valid(&schema["additionalProperties"]));
            proptest::collection::vec(member, 0..4).prop_map(|members| members.into_iter().collect()).boxed()
        }
        "object" => {
            let members = schema["properties"].as_object().expect("properties");
            let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let (needed, others): (Vec<_>, Vec<_>) = members
                .iter()
                .map(|(name, schema)| (Just(name.clone()), valid(schema)))
                .partition(|(name, _)| required.contains(&name.0.as_str()));
            let most = others.len().min(12);
            let chosen = subsequence(others, 0..=most).prop_flat_map(|chosen| chosen);
            (needed, chosen).prop_map(|(needed, chosen)| needed.into_iter().chain(chosen).collect()).boxed()
        }
        "array" => {
            let most = usize::try_from(schema["maxItems"].as_u64().expect("a maximum")).expect("a small number");
            proptest::collection::vec(valid(&schema["items"]), 0..=most).prop_map(Value::from).boxed()
        }
        "number" => {
            let thousandths = |bound: &Value| (bound.as_f64().expect("a bound") * 1000.0).round() as i64;
            (thousandths(&schema["minimum"])..=thousandths(&schema["maximum"]))
                .prop_map(|value| json!(value as f64 / 1000.0))
                .boxed()
        }
        "string" => match schema["pattern"].as_str() {
            Some(pattern) => {
                let inner =
                    pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$')).expect("a pattern with ^ and $");
                string_regex(inner).expect("a pattern").prop_map(Value::from).boxed()
            }
            None => any::<String>().prop_map(Value::from).boxed(),
        },
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "null" => Just(Value::Null).boxed(),
        other => panic!("{other}"),
    }
}

/// Generates values that can replace any part of a case. Most of them are invalid there.
fn anything() -> impl Strategy<Value = Value> {
    let numbers = json!([0, 1, -1, 3, 0.5, 1.0, 5.0004, 17.5, 121, 1e3, 1e-40, 1e40, -0.0, 9_007_199_254_740_993_u64]);
    let texts = json!([
        "",
        " ",
        "unknown",
        "Unknown",
        " unknown",
        "banana",
        "yes",
        "YES",
        "no",
        "true",
        "0",
        "01",
        "1",
        "1.0",
        "5 cm",
        "> 5 cm",
        "<50 %",
        "≥ 5",
        "5-6",
        "6 - 5 cm",
        "5 to 6 cm",
        "5 TO 6",
        "between 5 and 6",
        "less than 5",
        "lessthan 5",
        "Over 60",
        "5 or more",
        "or more 5",
        "present",
        "not present",
        "52 mm",
        "52 MM",
        "5 inches",
        "5 INCHES ",
        "5,2",
        "5,200",
        "1,000",
        "5.0.0",
        "5,2.0",
        "+5",
        "-5",
        "--5",
        "5.",
        ".5",
        "5.25000",
        "5.0004",
        "0.001 mm",
        "5 kg",
        "5 years",
        "5 year",
        "5 yearss",
        "5e1",
        "0x36",
        "5\u{a0}cm",
        "five",
        "G1",
        "much"
    ]);
    let others = json!([null, true, false, [], [1], ["yes"], {}, {"age": 5}, {"facts": {}}]);
    let all = [numbers, texts, others].iter().flat_map(|list| list.as_array().expect("a list").clone()).collect::<Vec<_>>();
    prop_oneof![3 => select(all), 1 => "[-+0-9., cmyears]{0,8}".prop_map(Value::from)]
}

/// Generates cases that match the schema, except that one part may be invalid because it was replaced or removed.
fn mutated(guide: &Guide, schema: &Value) -> impl Strategy<Value = Value> {
    let mut names: Vec<String> = guide.facts.iter().map(|fact| fact.id.clone()).collect();
    names.extend(guide.derived.iter().map(|fact| fact.id.clone()));
    let values = guide.exercise.iter().flat_map(|exercise| &exercise.values).map(|value| value.id.clone());
    let weighed: Vec<String> = values.chain(["banana".to_owned()]).collect();
    names.push("banana".to_owned());
    let place = prop_oneof![
        8 => select(names).prop_map(|name| vec!["facts".to_owned(), name]),
        2 => select(weighed).prop_map(|name| vec!["what_matters".to_owned(), name]),
        2 => select(vec!["guide", "revised", "verdicts", "standings", "banana"]).prop_map(|name| vec!["answered".to_owned(), name.to_owned()]),
        2 => select(vec!["facts", "what_matters", "answered", "name", "story", "fact", "Facts", ""]).prop_map(|part| vec![part.to_owned()]),
        1 => Just(Vec::new()),
    ];
    (valid(schema), place, anything(), 0..8_u8).prop_map(|(mut case, place, value, kind)| {
        match place.as_slice() {
            [part] if kind == 0 => drop(case.as_object_mut().expect("a case").remove(part)),
            [] => case = value,
            [part] => case[part.as_str()] = value,
            [part, name] => {
                let members = case.as_object_mut().expect("a case").entry(part.as_str()).or_insert_with(|| json!({}));
                members[name.as_str()] = value;
            }
            _ => unreachable!("a path has at most two names"),
        }
        case
    })
}

/// Returns whether the schema and [`from_json`] both accept a case. If they disagree, returns an error that says how.
fn agree(guide: &Guide, validator: &Validator, text: &str) -> Result<bool, String> {
    let value: Value = serde_json::from_str(text).expect("valid JSON");
    match (validator.validate(&value), from_json(guide, text)) {
        (Ok(()), Ok(_)) => Ok(true),
        (Err(_), Err(_)) => Ok(false),
        // If a case was saved with another guide, `from_json` sets aside the entries that it can't read. It must reject the same entries in a case
        // that was saved with this guide.
        (Err(_), Ok(file)) if !file.unreadable.is_empty() => {
            let mut own = value;
            own["answered"]["guide"] = Value::from(guide.content_hash.as_str());
            from_json(guide, &own.to_string()).map_or(Ok(false), |_| Err(format!("from_json accepts {own}")))
        }
        (Err(rejection), Ok(_)) => Err(format!("only the schema rejects {text}: {rejection} at {}", rejection.instance_path)),
        (Ok(()), Err(error)) if beyond_schema(&error, &value).is_some() => Ok(false),
        (Ok(()), Err(error)) => Err(format!("only from_json rejects {text}: {error}")),
    }
}

/// Calls [`agree`] on generated cases, and returns how many were rejected and how many were accepted.
fn try_all(cases: u32, strategy: &impl Strategy<Value = Value>, guide: &Guide, validator: &Validator) -> [usize; 2] {
    let counts = RefCell::new([0, 0]);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let outcome = TestRunner::new(config).run(strategy, |case| {
        let accepted = agree(guide, validator, &case.to_string()).map_err(TestCaseError::fail)?;
        counts.borrow_mut()[usize::from(accepted)] += 1;
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    counts.into_inner()
}

#[test]
fn the_schema_and_from_json_accept_the_same_cases() {
    for guide in guides() {
        let (schema, validator) = validator(&guide);
        let [rejected, accepted] = try_all(400, &valid(&schema), &guide, &validator);
        assert!(accepted > rejected / 20, "{}: {accepted} accepted, {rejected} rejected", guide.name);
        let [rejected, accepted] = try_all(3000, &mutated(&guide, &schema), &guide, &validator);
        assert!(accepted > 50 && rejected > 500, "{}: {accepted} accepted, {rejected} rejected", guide.name);
    }
}

/// Each case states a single fact. The test tries every fact with every value from a pool of generated values.
#[test]
fn the_schema_and_from_json_agree_on_every_fact() {
    for guide in guides() {
        let (schema, validator) = validator(&guide);
        let mut runner = TestRunner::deterministic();
        let pool: BTreeSet<String> =
            (0..600).map(|_| anything().new_tree(&mut runner).expect("a value").current().to_string()).collect();
        let facts = schema["properties"]["facts"]["properties"].as_object().expect("facts");
        assert_eq!(facts.len(), guide.facts.len() + guide.fact_lists.len());
        for fact in facts.keys() {
            for value in &pool {
                let case = format!(r#"{{"facts": {{"{fact}": {value}}}}}"#);
                agree(&guide, &validator, &case).unwrap_or_else(|error| panic!("{error}"));
            }
        }
    }
}

#[test]
fn every_kind_of_error_that_the_schema_misses_is_documented() {
    let guide = sarcoguide_bundled::guide();
    let (_, validator) = validator(&guide);
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md");
    let docs = fs::read_to_string(docs).expect("the file should be readable").split_whitespace().collect::<Vec<_>>().join(" ");
    for (name, cases) in BEYOND_SCHEMA {
        assert!(docs.contains(name), "docs/command-line.md lacks `{name}`");
        for case in cases {
            let value: Value = serde_json::from_str(case).expect("valid JSON");
            assert!(validator.is_valid(&value), "the schema rejects {case}");
            assert!(from_json(&guide, case).is_err(), "from_json accepts {case}");
        }
    }
    let facts: Map<String, Value> = Map::new();
    let large = json!({ "story": "long ".repeat(20_000), "facts": facts }).to_string();
    assert!(validator.is_valid(&serde_json::from_str(&large).expect("valid JSON")));
    let error =
        sarcoguide_case::read(&guide, large.as_bytes(), sarcoguide_case::Format::Json).expect_err("the case is too large");
    assert_eq!(*error.problem, Problem::TooLarge);
}
