//! Reads the facts that a case can state, and the constraints on them.

use sarcoguide_model::{
    Comparison, Condition, Constraint, Decimal, Domain, Fact, FactKind, FactValue, Interval, Phrase, Rule, Subtype, Value,
    ValueSet,
};

use crate::cases::invalid_value;
use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::fact_list::Item;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;
use crate::values::{KindsNote, add_other_kinds, first_cycle, set_covers, values, yes_no};
use sarcoguide_case::parse_number;

const KINDS: [(&str, FactKind); 4] =
    [("yes_no", FactKind::YesNo), ("choice", FactKind::Choice), ("scale", FactKind::Scale), ("number", FactKind::Number)];

/// Creates the values of a fact from the guide's types (the files in `types/`).
fn type_values(context: &Context, types: &[(Subtype, KindsNote)], files: &[&Parsed]) -> Vec<Value> {
    let too_many = |count: usize| {
        let message = format!("there are {count} types; the maximum is {}", ValueSet::CAPACITY);
        let place = files[ValueSet::CAPACITY.min(files.len() - 1)].index;
        let error = Diagnostic::new(Code::TooMany, message, place, 0..0, "the first one over the limit");
        context.report(error.help("remove some; each `other` counts as one more type"));
        Vec::new()
    };
    if types.len() > ValueSet::CAPACITY {
        return too_many(types.len());
    }
    let mut values: Vec<Value> = Vec::new();
    for ((subtype, _), file) in types.iter().zip(files) {
        let parent = subtype.parent.as_ref().and_then(|parent| {
            let found = types.iter().position(|(other, _)| other.id == *parent);
            if found.is_none() {
                let error = Diagnostic::new(
                    Code::UnknownName,
                    format!("there is no type `{parent}`"),
                    file.index,
                    0..0,
                    "its parent is unknown",
                );
                context.report(error.suggest(parent, types.iter().map(|(other, _)| other.id.as_str())));
            }
            found
        });
        values.push(Value {
            id: subtype.id.clone(),
            name: subtype.name.clone(),
            help: None,
            says: None,
            synonyms: subtype.synonyms.clone(),
            parent,
            covers: ValueSet::EMPTY,
        });
    }
    if let Some(cycle) = first_cycle(&values) {
        let message = format!("`{}` is its own parent, directly or indirectly", values[cycle].id);
        let error = Diagnostic::new(Code::CircularParent, message, files[cycle].index, 0..0, "its parents lead back to it");
        context.report(error.help("remove one of the parents"));
    } else {
        let notes = types.iter().map(|(_, note)| note);
        add_other_kinds(&mut values, notes, context.errors);
    }
    if values.len() > ValueSet::CAPACITY {
        return too_many(values.len());
    }
    set_covers(&mut values);
    values
}

/// The maximum number of facts in a guide.
const MAX_FACTS: usize = 256;

/// Reads the facts into `context.names`. `treatments` are those with components, for the list of facts. Returns `false` if there are too many, so that
/// loading stops.
pub(crate) fn read(
    context: &mut Context,
    ids: &mut Ids,
    files: &[&Parsed],
    types: &[(Subtype, KindsNote)],
    type_files: &[&Parsed],
    treatments: &[Item],
) -> bool {
    for file in files {
        let table = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, context.errors);
        for entry in table.tables("fact", "a fact") {
            let id = ids.read(&entry);
            if context.names.facts.len() == MAX_FACTS {
                let message = format!("the guide has more than {MAX_FACTS} facts");
                entry.report(
                    Diagnostic::new(Code::TooMany, message, file.index, id.span, "the first one over the limit")
                        .help("remove some"),
                );
                return false;
            }
            let kind = entry.required_one_of("type", &KINDS, FactKind::YesNo);
            let domain = match kind {
                FactKind::Number => number(&entry),
                FactKind::YesNo => Domain::Values(yes_no_values(&entry)),
                FactKind::Choice | FactKind::Scale => match entry.optional("values_from") {
                    Some(from) if from.text == "types" => Domain::Values(type_values(context, types, type_files)),
                    Some(from) => {
                        context.lookup(&from, &["types".to_owned()], "list of values", file.index);
                        Domain::Values(Vec::new())
                    }
                    None => Domain::Values(values(&entry, "values")),
                },
            };
            let mut fact = Fact {
                id: id.text,
                name: entry.text("name"),
                area: file.stem().to_owned(),
                kind,
                domain,
                question: entry.text("question"),
                why: entry.optional_text("why"),
                where_to_find: entry.optional_text("where_to_find"),
                phrases: Vec::new(),
                limit_excludes_min: kind == FactKind::Number && entry.flag("limit_excludes_min"),
                takes_largest: kind == FactKind::Number && entry.flag("takes_largest"),
                accepts_synonyms: kind != FactKind::Number && entry.flag("accepts_synonyms"),
                codes: entry.map("codes"),
                from: context.cited_passages(&entry, "from", false),
            };
            if kind == FactKind::Number {
                fact.phrases = phrases(context, &entry, &fact);
            }
            entry.finish();
            context.names.facts.push(fact);
        }
        crate::read_fact_list::read(context, ids, file, &table, treatments);
        if context.names.facts.len() > MAX_FACTS {
            let message = format!("the guide has more than {MAX_FACTS} facts");
            let error = Diagnostic::new(Code::TooMany, message, file.index, table.span.clone(), "its list of facts is too long");
            table.report(error.help("remove some"));
            return false;
        }
        // Mark the key as known and check its type. `constraints` reads the entries once all facts are known.
        let _ = table.tables("mutually_exclusive", "a constraint");
        table.finish();
    }
    true
}

/// Reads the synonyms of a yes/no fact's values.
fn yes_no_values(entry: &Table) -> Vec<Value> {
    let mut values = yes_no();
    if let Some(synonyms) = entry.table("synonyms", "the synonyms of a yes/no fact") {
        for (value, key) in values.iter_mut().zip(["no", "yes"]) {
            value.synonyms = synonyms.texts(key).into_iter().map(|synonym| synonym.text).collect();
        }
        synonyms.finish();
    }
    values
}

/// Reads the unit and the bounds of a number.
pub(crate) fn number(entry: &Table) -> Domain {
    let bound = |key| entry.digits(key).and_then(|digits| Decimal::parse(&digits.text));
    let (min, max) = (bound("min"), bound("max"));
    if min.is_none() || max.is_none() || min > max {
        let error = Diagnostic::new(
            Code::MissingBounds,
            "a number needs `min` and `max`, and `min` can't be greater than `max`",
            entry.file,
            entry.span.clone(),
            "this fact",
        );
        entry.report(error.help("write the smallest and the largest number that make sense"));
    }
    // If the bounds aren't valid, allow every number, so that the cases and conditions that use the fact don't cause errors too.
    let (min, max) = match (min, max) {
        (Some(min), Some(max)) if min <= max => (min, max),
        _ => (Decimal::from_thousandths(i64::MIN), Decimal::from_thousandths(i64::MAX)),
    };
    Domain::Number { unit: entry.text("unit"), min, max }
}

/// Reads the words that reports use instead of a number.
fn phrases(context: &Context, entry: &Table, fact: &Fact) -> Vec<Phrase> {
    let read = |phrase: &Table| {
        let (text, numbers) = (phrase.text("text"), phrase.required("numbers"));
        phrase.finish();
        let known = parse_number(fact, &context.number_words, &numbers.text);
        let known = known.map_err(|error| context.report(invalid_value(fact, &error, phrase.file, numbers.span.clone()))).ok()?;
        let numbers = match known {
            FactValue::Number(number) => Interval::only(number),
            FactValue::Between(interval) => interval,
            FactValue::Unknown | FactValue::Value(_) => return None,
        };
        Some(Phrase { text, numbers })
    };
    entry.tables("phrases", "a phrase").iter().filter_map(read).collect()
}

/// Reads the constraints: combinations of facts that are impossible.
pub(crate) fn constraints(context: &Context, files: &[&Parsed]) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for file in files {
        // `read` has already reported errors in the structure of the file.
        let quiet = crate::errors::Errors::default();
        let table = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, &quiet);
        for entry in table.tables("mutually_exclusive", "a constraint") {
            let loud = Table::of(&entry, context.errors);
            let text = loud.text("text");
            if let Some(Rule { when: condition, line, .. }) = context.rule(&loud, "if", Vec::new()) {
                let mut mutually_exclusive = Vec::new();
                if flatten(context, condition, &mut mutually_exclusive) {
                    constraints.push(Constraint { mutually_exclusive, text, area: file.stem().to_owned(), line, doubt: None });
                } else {
                    unsupported(context, &loud, "a constraint");
                }
            }
            loud.finish();
        }
    }
    constraints
}

/// Reports a constraint that isn't made of conditions on single facts. `what` is the part of the guide that must be.
pub(crate) fn unsupported(context: &Context, entry: &Table, what: &str) {
    let message = format!("{what} must join conditions on single facts with `and`");
    let place = (entry.file, entry.span.clone());
    let error = Diagnostic::new(Code::UnsupportedConstraint, message, place.0, place.1, "not a condition on a single fact");
    context.report(error.help("write one entry for each combination"));
}

/// Splits conditions that are joined with `and` into conditions on single facts, and replaces each negated comparison with its opposite. Returns
/// `false` if the condition has any other form.
pub(crate) fn flatten(context: &Context, condition: Condition, into: &mut Vec<Condition>) -> bool {
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
            Condition::Compare { fact, comparison, threshold } => {
                let comparison = match comparison {
                    Comparison::Less => Comparison::AtLeast,
                    Comparison::AtMost => Comparison::Greater,
                    Comparison::AtLeast => Comparison::Less,
                    Comparison::Greater => Comparison::AtMost,
                    Comparison::Equal => return false,
                };
                into.push(Condition::Compare { fact, comparison, threshold });
                true
            }
            _ => false,
        },
        Condition::Always | Condition::Derived { .. } | Condition::Any(_) => false,
    }
}
