//! Derived facts: tables of conditions, each after those that it rests on.

use sarcoguide_model::{Condition, DerivedFact, FactKind, Row, Rule};

use crate::diagnostic::Diagnostic;
use crate::load::{Context, Parsed, is_name, values};
use crate::syntax::{self, Expression};
use crate::table::Table;
use crate::vocabulary::yes_no;

const KINDS: [(&str, FactKind); 3] = [("yes_no", FactKind::YesNo), ("choice", FactKind::Choice), ("scale", FactKind::Scale)];

/// Reads the derived facts into the context's names, in an order in which each stands behind those that it rests on.
pub(crate) fn read(context: &mut Context, files: &[&Parsed]) {
    let errors = context.errors;
    let tables: Vec<Table> = files
        .iter()
        .map(|file| Table::new(file.index, "a file of derived facts", &file.file.text, &file.table, errors))
        .collect();
    let entries: Vec<Table> = tables.iter().flat_map(|table| table.tables("derived", "a derived fact")).collect();
    tables.iter().for_each(Table::finish);
    let declared: Vec<DerivedFact> = entries.iter().map(|entry| declare(context, entry)).collect();
    let rests_on: Vec<Vec<usize>> = entries.iter().map(|entry| names_in(entry, &declared)).collect();
    let mut order: Vec<usize> = Vec::new();
    while order.len() < declared.len() {
        let ready = (0..declared.len())
            .find(|index| !order.contains(index) && rests_on[*index].iter().all(|other| order.contains(other)));
        let Some(index) = ready else {
            let circle: Vec<&str> =
                (0..declared.len()).filter(|index| !order.contains(index)).map(|index| declared[index].id.as_str()).collect();
            let first = (0..declared.len()).find(|index| !order.contains(index)).unwrap_or_default();
            let message = format!("derived facts rest on one another in a circle: {}", circle.join(", "));
            let error = Diagnostic::new("E018", message, entries[first].file, entries[first].span.clone(), "one of them");
            context.report(error.help("define one of them by facts of the vocabulary alone"));
            // Their names are known all the same, so that other conditions are not blamed.
            context.names.derived = declared;
            return;
        };
        order.push(index);
    }
    context.names.derived = order.iter().map(|index| declared[*index].clone()).collect();
    for (place, index) in order.iter().enumerate() {
        let entry = &entries[*index];
        let rows = rows(context, entry, &declared[*index]);
        context.names.derived[place].rows = rows;
        entry.finish();
    }
}

fn declare(context: &Context, entry: &Table) -> DerivedFact {
    let id = entry.required("id");
    if !is_name(&id.text) && !id.text.is_empty() {
        let error = Diagnostic::new("E042", format!("`{}` is not a name", id.text), entry.file, id.span.clone(), "here");
        entry.report(error.help("use lower case words joined by `_`"));
    }
    if context.names.facts.iter().any(|fact| fact.id == id.text) {
        let error =
            Diagnostic::new("E043", format!("a fact is called `{}` too", id.text), entry.file, id.span.clone(), "the same name");
        entry.report(error.help("names are never used twice"));
    }
    let kind = entry.one_of("type", &KINDS).unwrap_or(FactKind::YesNo);
    DerivedFact {
        id: id.text,
        name: entry.text("name"),
        kind,
        headline: entry.flag("headline"),
        values: if kind == FactKind::YesNo { yes_no() } else { values(entry, "values") },
        rows: Vec::new(),
        explain: entry.text("explain"),
        from: context.from(entry, "from", true),
    }
}

/// The derived facts that the conditions of an entry name, whether or not the conditions can be read in full.
fn names_in(entry: &Table, declared: &[DerivedFact]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut look = |table: &Table| {
        if let Some((text, start)) = table.condition_quietly("when") {
            visit(&syntax::parse(&text.text, entry.file, start).0, &mut |name| {
                found.extend(declared.iter().position(|derived| derived.id == name));
            });
        }
    };
    look(entry);
    entry.tables("rows", "a row").iter().for_each(&mut look);
    found
}

fn visit(expression: &Expression, name: &mut impl FnMut(&str)) {
    match expression {
        Expression::Is { fact, .. } | Expression::Range { fact, .. } | Expression::Compare { fact, .. } => name(&fact.text),
        Expression::Not(inner) => visit(inner, name),
        Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|part| visit(part, name)),
        Expression::Always | Expression::Broken => {}
    }
}

fn rows(context: &Context, entry: &Table, derived: &DerivedFact) -> Vec<Row> {
    if derived.kind == FactKind::YesNo {
        let rule = context.required_rule(entry, "when", derived.from.clone());
        let no = Rule {
            when: Condition::Not(Box::new(rule.when.clone())),
            written: format!("not ({})", rule.written),
            from: rule.from.clone(),
        };
        return vec![Row { value: 1, rule, text: None }, Row { value: 0, rule: no, text: None }];
    }
    let mut rows = Vec::new();
    for row in entry.tables("rows", "a row") {
        let text = row.required("value");
        let names: Vec<String> = derived.values.iter().map(|value| value.id.clone()).collect();
        let value = context.lookup(&text, &names, "value", entry.file).unwrap_or_default();
        let own = context.from(&row, "from", false);
        let from = if own.is_empty() { derived.from.clone() } else { own };
        rows.push(Row { value, rule: context.required_rule(&row, "when", from), text: row.optional_text("text") });
        row.finish();
    }
    for (index, value) in derived.values.iter().enumerate() {
        if !rows.iter().any(|row| row.value == index) {
            let error = Diagnostic::new(
                "E019",
                format!("no row gives `{}` the value `{}`", derived.id, value.id),
                entry.file,
                entry.span.clone(),
                "this table",
            );
            context.report(error.help("add a row, or take the value away"));
        }
    }
    rows
}
