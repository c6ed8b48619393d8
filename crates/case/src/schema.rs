//! The JSON Schema of a case, as [`from_json`](crate::from_json) reads it.

use sarcoguide_model::{
    Decimal, Domain, Fact, FactKind, FactList, Guide, ID_PATTERN, NumberWords, OwnQuestion, Standing, Value as ModelValue,
    Verdict,
};
use sarcoguide_text::{Text, t};
use serde_json::{Map, Value, json};

use crate::written::{ANSWERED, COMPLETE, FACTS, QUESTIONS, TEXTS, UNKNOWN, WHAT_MATTERS};

/// Returns the JSON Schema of a case, with every fact of the guide.
///
/// Every case that [`from_json`](crate::from_json) accepts is valid against this schema, with one exception: if the case was saved with another
/// guide, `from_json` also accepts entries that this guide can't read, and returns them as [`unreadable`](crate::CaseFile::unreadable).
///
/// The reverse isn't true, because JSON Schema can't express some rules. `from_json` also rejects duplicate members, numbers with more than three
/// decimals, exponents beyond 30, numbers in strings that are out of range or can't be converted exactly to the fact's unit, and dates that don't
/// exist. [`read`](crate::read) also rejects cases of more than [`MAX_BYTES`](crate::MAX_BYTES).
#[must_use]
pub fn schema(guide: &Guide, text: &Text) -> Value {
    let lists = guide.fact_lists.iter().map(|list| (list.id.clone(), of_list(list, text)));
    let facts: Map<String, Value> =
        guide.facts.iter().map(|fact| (fact.id.clone(), of_fact(fact, &guide.number_words, text))).chain(lists).collect();
    let preferences: Map<String, Value> = guide.exercise.as_ref().map_or_else(Map::new, |exercise| {
        let weights: Vec<&str> = exercise.weights.iter().map(|weight| weight.id.as_str()).collect();
        let of_value = |value: &sarcoguide_model::PersonalValue| {
            (value.id.clone(), json!({ "title": value.name, "description": value.question, "enum": weights }))
        };
        exercise.values.iter().map(of_value).collect()
    });
    let object = |members: Map<String, Value>| json!({ "type": "object", "additionalProperties": false, "properties": members });
    let mut parts: Map<String, Value> = TEXTS.iter().map(|name| ((*name).to_owned(), json!({ "type": "string" }))).collect();
    parts.insert(FACTS.to_owned(), object(facts));
    parts.insert(WHAT_MATTERS.to_owned(), object(preferences));
    parts.insert(
        QUESTIONS.to_owned(),
        json!({
            "type": "array",
            "description": t!(text, case_schema_questions),
            "maxItems": OwnQuestion::MAX_COUNT,
            "items": {
                "type": "object",
                "required": ["text", "ticked"],
                "additionalProperties": false,
                "properties": {
                    // No control characters, and something other than spaces.
                    "text": {
                        "type": "string",
                        "maxLength": OwnQuestion::MAX_CHARS,
                        "pattern": r"^ *[^ \x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
                    },
                    "ticked": { "type": "boolean" },
                },
            },
        }),
    );
    parts.insert(ANSWERED.to_owned(), of_answered(text));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sarcoguide case",
        "description": t!(text, case_schema),
        "type": "object",
        "required": [FACTS],
        "additionalProperties": false,
        "properties": parts,
    })
}

/// The schema of `answered`: a guide's verdicts and standings at the time the case was saved.
fn of_answered(text: &Text) -> Value {
    let verdicts: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.id()).collect();
    let standings: Vec<&str> = Standing::ALL.iter().map(|standing| standing.id()).collect();
    let by_treatment = |ids: Vec<&str>, description: String| {
        json!({
            "type": "object",
            "description": description,
            "propertyNames": { "pattern": ID_PATTERN },
            "additionalProperties": { "enum": ids },
        })
    };
    let date = json!({ "type": "string", "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$" });
    json!({
        "type": "object",
        "description": t!(text, case_schema_answered),
        "required": ["guide", "verdicts"],
        "additionalProperties": false,
        "properties": {
            "guide": { "type": "string", "pattern": "^[0-9a-f]{64}$", "description": t!(text, case_schema_answered_guide) },
            "revised": { "anyOf": [date, { "type": "null" }], "description": t!(text, case_schema_answered_revised) },
            "verdicts": by_treatment(verdicts, t!(text, case_schema_answered_verdicts)),
            "standings": by_treatment(standings, t!(text, case_schema_answered_standings)),
        },
    })
}

/// The schema of a fact's value.
fn of_fact(fact: &Fact, words: &NumberWords, text: &Text) -> Value {
    let mut choices = match &fact.domain {
        Domain::Number { unit, min, max } => vec![
            json!({ "type": "number", "minimum": number(min), "maximum": number(max), "description": t!(text, case_schema_number, unit = unit) }),
            json!({ "type": "string", "pattern": number_as_text(fact, words), "description": t!(text, case_schema_number_text, unit = unit) }),
        ],
        Domain::Values(values) => of_values(fact.kind, values),
    };
    if fact.accepts_synonyms {
        choices.push(json!({ "type": "string", "description": t!(text, case_schema_synonym) }));
    }
    choices.push(json!({ "type": "null" }));
    let place = fact.where_to_find.as_ref().map(|place| t!(text, case_schema_where_to_find, place = place));
    let description = [Some(fact.question.clone()), fact.why.clone(), place];
    let description = description.into_iter().flatten().collect::<Vec<_>>().join(" ");
    json!({ "title": fact.name, "description": description, "anyOf": choices })
}

/// The schema of what a case can say about a list of facts.
fn of_list(list: &FactList, text: &Text) -> Value {
    let description = [list.confirmation.clone(), t!(text, case_schema_list, name = list.name.as_str())].join(" ");
    json!({ "title": list.name, "description": description, "enum": [COMPLETE, UNKNOWN, null] })
}

/// The schema of one value: its ID, with its name and its explanation.
fn of_value(value: &ModelValue) -> Value {
    let mut schema = json!({ "const": value.id, "title": value.name });
    if let Some(help) = &value.help {
        schema["description"] = help.clone().into();
    }
    schema
}

fn of_values(kind: FactKind, values: &[ModelValue]) -> Vec<Value> {
    let ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
    let unknown = (!ids.contains(&UNKNOWN)).then_some(UNKNOWN);
    let mut choices: Vec<Value> = values.iter().map(of_value).collect();
    choices.extend(unknown.map(|unknown| json!({ "const": unknown })));
    match kind {
        FactKind::YesNo => choices.push(json!({ "type": "boolean" })),
        FactKind::Scale => {
            // An ID such as `01` isn't a number in JSON notation.
            let decimals = ids.iter().filter_map(|id| Decimal::parse(id).filter(|decimal| decimal.to_string() == **id));
            let numbers: Vec<Value> = decimals.map(|decimal| number(&decimal)).collect();
            if !numbers.is_empty() {
                choices.push(json!({ "enum": numbers }));
            }
        }
        FactKind::Choice | FactKind::Number => {}
    }
    choices
}

/// Returns a JSON number with exactly the digits of `decimal`.
fn number(decimal: &Decimal) -> Value {
    serde_json::from_str(&decimal.to_string()).unwrap_or(Value::Null)
}

/// Returns a pattern for a string that may state a number. Numbers, limits and ranges can be written in too many ways for an exact pattern, so this
/// one matches every text that contains a digit, a numeral or one of the fact's phrases.
fn number_as_text(fact: &Fact, words: &NumberWords) -> String {
    let numerals = words.numerals.keys().chain(fact.phrases.iter().map(|phrase| &phrase.text)).map(|word| in_any_case(word));
    let known = numerals.chain(["[0-9]".to_owned()]).collect::<Vec<_>>().join("|");
    format!(r"^({UNKNOWN}|[\s\S]*({known})[\s\S]*)$")
}

/// Returns a pattern that matches a word in any mix of upper and lower case.
fn in_any_case(word: &str) -> String {
    let of_letter = |c: char| match c {
        c if c.is_alphabetic() => {
            let (small, large) = (c.to_lowercase().to_string(), c.to_uppercase().to_string());
            if small == large { small } else { format!("({small}|{large})") }
        }
        c if r"^$\.*+?()[]{}|/".contains(c) => format!("\\{c}"),
        c => c.to_string(),
    };
    word.chars().map(of_letter).collect()
}
