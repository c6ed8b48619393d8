//! Shows the standard codes of a case's facts, and how each derived fact was worked out. Both are for the care team.

use sarcoguide_case::COMPLETE;
use sarcoguide_model::{Advice, Case, Domain, FactId, FactList, FactValue, Value};

use crate::Edition;
use crate::words::{self, reasons};
use sarcoguide_document::Document;
use sarcoguide_text::t;

/// Returns two tables: the stated facts with their codes, and the derived facts with the rules and facts that give their values.
#[must_use]
pub fn derivation(guide: Edition<'_>, case: &Case, advice: &Advice) -> Document {
    let text = guide.text;
    let mut document = Document::default();
    document.heading(2, t!(text, derivation_heading));
    let codes = |codes: &std::collections::BTreeMap<String, String>| {
        codes.iter().map(|(system, code)| format!("{system} {code}")).collect::<Vec<_>>().join("; ")
    };
    // The facts that aren't on a complete list would fill a page, so one row stands for them.
    let complete: Vec<&FactList> = guide.fact_lists.iter().filter(|list| list.is_complete(case)).collect();
    let in_row = |fact: &FactId| complete.iter().any(|list| list.absent(case).any(|absent| absent == *fact));
    let lists = complete.iter().map(|list| vec![list.id.clone(), COMPLETE.to_owned(), "–".to_owned()]);
    let stated = case.stated().filter(|fact| !in_row(fact)).map(|fact| {
        let entry = &guide[fact];
        let of_type =
            |value: &Value| guide.types.iter().find(|subtype| subtype.id == value.id).map(|subtype| codes(&subtype.codes));
        // If the value is a type of the disease that the guide describes, add the codes of that type. The value for the other kinds of a type has the
        // codes of that type.
        let (value, of_type) = match (case.get(fact), &entry.domain) {
            (FactValue::Value(index), Domain::Values(values)) => {
                let value = &values[usize::from(index)];
                (value.id.clone(), of_type(value).or_else(|| of_type(&values[value.parent?])))
            }
            (known, _) => (words::fact_value(guide, fact, known).into_owned(), None),
        };
        let all: Vec<String> =
            [codes(&entry.codes), of_type.unwrap_or_default()].into_iter().filter(|text| !text.is_empty()).collect();
        vec![entry.id.clone(), value, if all.is_empty() { "–".to_owned() } else { all.join("; ") }]
    });
    let heads = [t!(text, derivation_fact), t!(text, derivation_value), t!(text, derivation_codes)];
    document.table(&heads.each_ref().map(String::as_str), stated.chain(lists).collect());
    let derived = advice.derived.iter().map(|entry| {
        let fact = &guide[entry.derived];
        let possible = entry.possible.iter().map(|index| fact.values[index].name.clone());
        let possible = possible.reduce(|first, second| t!(text, words_values_or, first = first, second = second));
        let when = entry.row.map_or_else(
            || {
                let missing: Vec<&str> = entry.missing.iter().map(|fact| guide[*fact].name.as_str()).collect();
                t!(text, derivation_open, facts = missing.join("; "))
            },
            |row| words::condition(guide, &fact.rows[row].rule.when),
        );
        vec![fact.name.clone(), possible.unwrap_or_default(), when, reasons(guide, case, &entry.reason)]
    });
    let heads = [
        t!(text, derivation_derived_fact),
        t!(text, derivation_value),
        t!(text, derivation_row),
        t!(text, derivation_decided_by),
    ];
    document.table(&heads.each_ref().map(String::as_str), derived.collect());
    document
}
