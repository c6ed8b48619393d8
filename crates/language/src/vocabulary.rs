//! Facts and the constraints on them.

use sarcoguide_model::{Condition, Constraint, Decimal, Domain, Fact, FactKind, Histology, Value, ValueSet};

use crate::diagnostic::Diagnostic;
use crate::load::{Context, Parsed, close, is_name, values};
use crate::table::Table;

const KINDS: [(&str, FactKind); 4] =
    [("yes_no", FactKind::YesNo), ("choice", FactKind::Choice), ("scale", FactKind::Scale), ("number", FactKind::Number)];

/// `no` and `yes`, in this order.
pub(crate) fn yes_no() -> Vec<Value> {
    let value = |(index, id): (usize, &str)| Value {
        id: id.to_owned(),
        name: id.to_owned(),
        help: None,
        parent: None,
        covers: ValueSet::only(index),
    };
    ["no", "yes"].into_iter().enumerate().map(value).collect()
}

/// The types of tumor as values of a fact.
fn histology_values(context: &Context, histologies: &[Histology], files: &[&Parsed]) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for (histology, file) in histologies.iter().zip(files) {
        let parent = histology.parent.as_ref().and_then(|parent| {
            let found = histologies.iter().position(|other| other.id == *parent);
            if found.is_none() {
                let error =
                    Diagnostic::new("E041", format!("there is no type `{parent}`"), file.index, 0..0, "its parent is unknown");
                context.report(error.nearest(parent, histologies.iter().map(|other| other.id.as_str())));
            }
            found
        });
        values.push(Value {
            id: histology.id.clone(),
            name: histology.name.clone(),
            help: None,
            parent,
            covers: ValueSet::EMPTY,
        });
    }
    values.truncate(ValueSet::CAPACITY);
    close(&mut values);
    values
}

/// Reads the facts into the context's names.
pub(crate) fn read(context: &mut Context, files: &[&Parsed], histologies: &[Histology], histology_files: &[&Parsed]) {
    let mut places: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for file in files {
        let table = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, context.errors);
        for entry in table.tables("fact", "a fact") {
            let id = entry.required("id");
            if !is_name(&id.text) && !id.text.is_empty() {
                let error = Diagnostic::new("E042", format!("`{}` is not a name", id.text), file.index, id.span.clone(), "here");
                entry.report(error.help("use lower case words joined by `_`"));
            }
            if let Some(other) = context.names.facts.iter().position(|fact| fact.id == id.text) {
                let (other_file, span) = places[other].clone();
                let error = Diagnostic::new(
                    "E043",
                    format!("two facts are called `{}`", id.text),
                    file.index,
                    id.span.clone(),
                    "the second",
                );
                entry.report(error.also(other_file, span, "the first").help("names are never used twice"));
            }
            let kind = entry.one_of("type", &KINDS).unwrap_or(FactKind::YesNo);
            let domain = match kind {
                FactKind::Number => number(&entry),
                FactKind::YesNo => Domain::Values(yes_no()),
                FactKind::Choice | FactKind::Scale => match entry.optional("values_from") {
                    Some(from) if from.text == "histologies" => {
                        Domain::Values(histology_values(context, histologies, histology_files))
                    }
                    Some(from) => {
                        context.lookup(&from, &["histologies".to_owned()], "list of values", file.index);
                        Domain::Values(Vec::new())
                    }
                    None => Domain::Values(values(&entry, "values")),
                },
            };
            places.push((file.index, id.span.clone()));
            let fact = Fact {
                id: id.text,
                name: entry.text("name"),
                area: file.stem().to_owned(),
                kind,
                domain,
                question: entry.text("question"),
                why: entry.optional_text("why"),
                found: entry.optional_text("found"),
                codes: entry.map("codes"),
                from: context.from(&entry, "from", false),
            };
            entry.finish();
            context.names.facts.push(fact);
        }
        // Read again by `constraints`, once all facts are known.
        let _ = table.tables("never", "a constraint");
        table.finish();
    }
}

fn number(entry: &Table) -> Domain {
    let bound = |key| entry.digits(key).and_then(|digits| Decimal::parse(&digits.text));
    let (min, max) = (bound("min"), bound("max"));
    if min.is_none() || max.is_none() || min > max {
        let error = Diagnostic::new(
            "E016",
            "a number needs `min` and `max`, the smaller first",
            entry.file,
            entry.span.clone(),
            "this fact",
        );
        entry.report(error.help("give the smallest and the largest number that make sense"));
    }
    let zero = Decimal::from_thousandths(0);
    Domain::Number { unit: entry.text("unit"), min: min.unwrap_or(zero), max: max.unwrap_or(zero) }
}

/// Reads the constraints.
pub(crate) fn constraints(context: &Context, files: &[&Parsed]) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for file in files {
        let quiet = crate::table::Errors::default();
        let table = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, &quiet);
        for entry in table.tables("never", "a constraint") {
            let loud = Table::of(&entry, context.errors);
            let text = loud.text("text");
            if let Some((condition, _)) = context.condition(&loud, "if") {
                let mut never = Vec::new();
                if flatten(context, condition, &mut never) {
                    constraints.push(Constraint { never, text });
                } else {
                    let error = Diagnostic::new(
                        "E017",
                        "a constraint must join single facts with `and`",
                        file.index,
                        loud.span.clone(),
                        "this one does more",
                    );
                    context.report(error.help("write one [[never]] for each combination"));
                }
            }
            loud.finish();
        }
    }
    constraints
}

/// A conjunction of conditions on single facts, negations folded in.
fn flatten(context: &Context, condition: Condition, into: &mut Vec<Condition>) -> bool {
    match condition {
        Condition::All(parts) => parts.into_iter().all(|part| flatten(context, part, into)),
        Condition::Is { .. } | Condition::Compare { .. } => {
            into.push(condition);
            true
        }
        Condition::Not(inner) => match *inner {
            Condition::Is { fact, values } => {
                let all = context.names.facts[fact.index()].domain.all();
                into.push(Condition::Is { fact, values: all.difference(values) });
                true
            }
            _ => false,
        },
        Condition::Always | Condition::Derived { .. } | Condition::Any(_) => false,
    }
}
