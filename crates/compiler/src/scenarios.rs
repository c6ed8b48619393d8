//! Reads `scenarios.toml` or the files in `scenarios/`: the values that scenarios assume for open facts.

use sarcoguide_case::parse_number;
use sarcoguide_model::{AssumptionKind, Domain, FactId, FactValue, Statement, UnusualValue, UsualValue};

use crate::cases::invalid_value;
use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::fact_list::ListRules;
use crate::source::Parsed;
use crate::table::{Table, Text};

/// Reads one of the files.
pub(crate) fn usual_values(context: &Context, file: &Parsed) -> Vec<UsualValue> {
    let table = Table::new(file.index, "the scenarios", &file.file.text, &file.table, context.errors);
    let values = table.tables("usual", "a usual value").iter().filter_map(|entry| usual_value(context, entry)).collect();
    table.finish();
    values
}

fn usual_value(context: &Context, entry: &Table) -> Option<UsualValue> {
    let names = entry.texts("facts");
    let facts: Vec<FactId> = names.iter().flat_map(|text| facts_of(context, entry, text)).collect();
    let kind = entry.required_choice("kind", AssumptionKind::Usual);
    let value = entry.required("value");
    let values = values_of(context, entry, &facts, &value);
    let says = entry.text(if kind == AssumptionKind::RoutineCheck { "check" } else { "says" });
    let alternatives: Vec<UnusualValue> =
        entry.tables("alternatives", "another value").iter().map(|other| alternative(context, other, &facts)).collect();
    let from = context.cited_passages(entry, "from", false);
    let rule = context.required_rule(entry, "when", from.clone());
    let statement = Statement { text: entry.text("text"), from };
    entry.finish();
    let wrong = |message: &str, help: &str| {
        let error = Diagnostic::new(Code::WrongUsualValue, message, entry.file, entry.span.clone(), "this entry");
        context.report(error.help(help));
    };
    if names.is_empty() {
        wrong("a usual value has no facts", "list the facts that get the value in `facts`");
    }
    if (kind == AssumptionKind::Decisive) == alternatives.is_empty() {
        wrong(
            "a decisive fact needs `alternatives`, and no other kind has them",
            "list the other values, each with `value` and `says`",
        );
    }
    Some(UsualValue { values: values?, facts, kind, says, alternatives, rule, statement })
}

fn alternative(context: &Context, entry: &Table, facts: &[FactId]) -> UnusualValue {
    let value = entry.required("value");
    let values = values_of(context, entry, facts, &value).unwrap_or_default();
    let says = entry.text("says");
    entry.finish();
    UnusualValue { values, says }
}

/// Returns the value that each fact gets. `None` if one of them doesn't have it.
fn values_of(context: &Context, entry: &Table, facts: &[FactId], value: &Text) -> Option<Vec<FactValue>> {
    facts.iter().map(|fact| fact_value(context, entry, *fact, value)).collect()
}

/// Returns the facts that a name stands for: one fact or, for the ID of a list, all facts of the list.
fn facts_of(context: &Context, entry: &Table, text: &Text) -> Vec<FactId> {
    let list = context.list_rules.iter().map(ListRules::list).find(|list| list.id == text.text);
    list.map_or_else(|| context.fact(text, entry.file).into_iter().collect(), |list| list.facts)
}

fn fact_value(context: &Context, entry: &Table, fact: FactId, text: &Text) -> Option<FactValue> {
    let fact = &context.names.facts[fact.index()];
    match &fact.domain {
        Domain::Values(values) => {
            let ids: Vec<String> = values.iter().map(|value| value.id.clone()).collect();
            let index = context.lookup(text, &ids, "value", entry.file)?;
            u8::try_from(index).ok().map(FactValue::Value)
        }
        Domain::Number { .. } => match parse_number(fact, &context.number_words, &text.text) {
            Ok(value) => Some(value),
            Err(error) => {
                context.report(invalid_value(fact, &error, entry.file, text.span.clone()));
                None
            }
        },
    }
}
