//! Reads the doubts (combinations of facts that are probably a mistake), and what usually follows from doubtful facts.

use std::borrow::Cow;

use sarcoguide_case::toml_value;
use sarcoguide_model::{Condition, Constraint, Correction, Doubt, FactId, FactKind, FactValue, PassageId, Reading, Rule};
use toml::de::DeValue;

use crate::cases::invalid_value;
use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;
use crate::vocabulary::{flatten, unsupported};

/// Reads the files in `doubts/`. Returns the doubts, and the soft constraints of the doubts that have `means`.
pub(crate) fn read(context: &Context, files: &[&Parsed]) -> (Vec<Doubt>, Vec<Constraint>) {
    let mut ids = Ids::new("doubts");
    let (mut doubts, mut constraints) = (Vec::new(), Vec::new());
    for file in files {
        let table = Table::new(file.index, "a file of doubts", &file.file.text, &file.table, context.errors);
        for entry in table.tables("doubt", "a doubt") {
            let doubt = doubt(context, &entry, ids.read(&entry).text, file.stem(), doubts.len(), &mut constraints);
            entry.finish();
            doubts.push(doubt);
        }
        table.finish();
    }
    (doubts, constraints)
}

fn doubt(context: &Context, entry: &Table, id: String, area: &str, index: usize, constraints: &mut Vec<Constraint>) -> Doubt {
    let reason = entry.optional_text("reason");
    let from = context.cited_passages(entry, "from", true);
    let when = context.required_rule(entry, "when", from.clone());
    let text = entry.text("text");
    let means = context.rule(entry, "means", from.clone());
    let mut implications: Vec<Implication> = means.map(|means| Implication { when: None, means }).into_iter().collect();
    implications.extend(entry.tables("follows", "what follows").iter().map(|follows| implication(context, follows, &from)));
    for Implication { when: further, means } in &implications {
        let further = further.iter().map(|rule| rule.when.clone());
        let given = Condition::All(std::iter::once(when.when.clone()).chain(further).collect());
        for mutually_exclusive in soft_constraints(context, entry, &given, &means.when) {
            let (text, area) = (text.clone(), area.to_owned());
            constraints.push(Constraint { mutually_exclusive, text, area, line: when.line, doubt: Some(index) });
        }
    }
    let rule = if implications.is_empty() { when } else { broken(when, implications) };
    let readings: Vec<Reading> =
        entry.tables("readings", "a reading").iter().map(|reading| self::reading(context, reading)).collect();
    if readings.len() < 2 {
        let (file, span) = (entry.file, entry.span.clone());
        let error = Diagnostic::new(Code::MissingPart, "a doubt has fewer than two `readings`", file, span, "this doubt");
        context.report(error.help("add each way to read the facts, with `text`"));
    }
    Doubt {
        id,
        rule,
        statement: sarcoguide_model::Statement { text, from },
        reason,
        readings,
        question: entry.text("question"),
        asks: entry.flag("asks"),
        area: area.to_owned(),
    }
}

/// What usually follows if the condition of a doubt and `when` hold.
struct Implication {
    when: Option<Rule>,
    means: Rule,
}

fn implication(context: &Context, entry: &Table, from: &[PassageId]) -> Implication {
    let when = Some(context.required_rule(entry, "when", from.to_vec()));
    let means = context.required_rule(entry, "means", from.to_vec());
    entry.finish();
    Implication { when, means }
}

/// Returns the rule that holds if `when` does, but what follows from it in one of `implications` doesn't.
fn broken(when: Rule, implications: Vec<Implication>) -> Rule {
    let mut written = Vec::new();
    let broken = implications.into_iter().map(|Implication { when, means }| {
        let fails = Condition::Not(Box::new(means.when));
        match when {
            None => {
                written.push(format!("not ({})", means.written));
                fails
            }
            Some(when) => {
                written.push(format!("(({}) and not ({}))", when.written, means.written));
                Condition::All(vec![when.when, fails])
            }
        }
    });
    let mut broken: Vec<Condition> = broken.collect();
    let (any, written) = match broken.pop() {
        Some(only) if broken.is_empty() => (only, written.join("")),
        last => (Condition::Any(broken.into_iter().chain(last).collect()), format!("({})", written.join(" or "))),
    };
    let written = format!("({}) and {written}", when.written);
    Rule { when: Condition::All(vec![when.when, any]), written, generated: false, ..when }
}

/// Returns a soft constraint for each condition in `means`: if `when` holds, the condition can't fail. Reports conditions that aren't made of
/// conditions on single facts.
fn soft_constraints(context: &Context, entry: &Table, when: &Condition, means: &Condition) -> Vec<Vec<Condition>> {
    let (mut given, mut following) = (Vec::new(), Vec::new());
    if !flatten(context, when.clone(), &mut given) || !flatten(context, means.clone(), &mut following) {
        unsupported(context, entry, "`when` and `means`");
        return Vec::new();
    }
    let excluding = |condition: Condition| {
        let mut all = given.clone();
        flatten(context, Condition::Not(Box::new(condition)), &mut all).then_some(all)
    };
    following.into_iter().filter_map(excluding).collect()
}

fn reading(context: &Context, entry: &Table) -> Reading {
    let text = entry.text("text");
    let fact = entry.optional("fact").and_then(|name| context.fact(&name, entry.file));
    let changes = fact.and_then(|fact| Some((fact, correction(context, entry, fact)?)));
    entry.finish();
    Reading { text, changes }
}

fn correction(context: &Context, entry: &Table, id: FactId) -> Option<Correction> {
    let fact = &context.names.facts[id.index()];
    if let Some(by) = entry.whole::<u32>("divided_by") {
        if fact.kind == FactKind::Number && by > 0 {
            return Some(Correction::DividedBy(by));
        }
        let message = format!("`{}` can't be divided by {by}", fact.id);
        let error = Diagnostic::new(Code::WrongFactType, message, entry.file, entry.span.clone(), "this reading");
        context.report(error.help("use `divided_by` with a number that isn't 0, for a fact with `type = \"number\"`"));
        return None;
    }
    let value = entry.required("value");
    match toml_value(fact, &context.number_words, &DeValue::String(Cow::Borrowed(&value.text))) {
        Ok(FactValue::Unknown) => None,
        Ok(known) => Some(Correction::Value(known)),
        Err(error) => {
            context.report(invalid_value(fact, &error, entry.file, value.span));
            None
        }
    }
}
