//! Reads derived facts (decision tables over other facts) and sorts them so that each comes after the derived facts that it depends on.

use std::ops::Range;

use sarcoguide_model::{Condition, DerivedFact, FactKind, Row, Rule};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::syntax::{self, Expression, Word};
use crate::table::Table;
use crate::values::{values, yes_no};

const KINDS: [(&str, FactKind); 3] = [("yes_no", FactKind::YesNo), ("choice", FactKind::Choice), ("scale", FactKind::Scale)];

/// The maximum number of derived facts in a guide. The program computes all of them for every case, so a large number makes answers slow.
const MAX_DERIVED: usize = 512;

/// Reads the derived facts into `context.names`, sorted so that each comes after those that it depends on. Returns `false` if there are too many, so
/// that loading stops.
pub(crate) fn read(context: &mut Context, ids: &mut Ids, files: &[&Parsed]) -> bool {
    let errors = context.errors;
    let tables: Vec<Table> = files
        .iter()
        .map(|file| Table::new(file.index, "a file of derived facts", &file.file.text, &file.table, errors))
        .collect();
    let entries: Vec<Table> = tables.iter().flat_map(|table| table.tables("derived", "a derived fact")).collect();
    tables.iter().for_each(Table::finish);
    let area = |entry: &Table| files.iter().find(|file| file.index == entry.file).map_or("", |file| file.stem()).to_owned();
    if let Some(entry) = entries.get(MAX_DERIVED) {
        let message = format!("the guide has more than {MAX_DERIVED} derived facts");
        entry.report(
            Diagnostic::new(Code::TooMany, message, entry.file, entry.span.clone(), "the first one over the limit")
                .help("remove some"),
        );
        return false;
    }
    let declared: Vec<DerivedFact> = entries.iter().map(|entry| declare(context, ids, entry, area(entry))).collect();
    let dependencies: Vec<Vec<Use>> = entries.iter().map(|entry| uses_in(context, entry, &declared)).collect();
    let Some(order) = order(&dependencies) else {
        context.report(cycle(&entries, &declared, &dependencies));
        // Keep the names of the derived facts, so that the conditions that use them don't cause errors too.
        context.names.derived = declared;
        return true;
    };
    context.names.derived = order.iter().map(|index| declared[*index].clone()).collect();
    for (place, index) in order.iter().enumerate() {
        let entry = &entries[*index];
        let rows = rows(context, entry, &declared[*index]);
        context.names.derived[place].rows = rows;
        entry.finish();
    }
    true
}

/// A use of the derived fact with the index `derived` in the conditions of another derived fact.
struct Use {
    derived: usize,
    span: Range<usize>,
}

/// Sorts derived facts so that each comes after those that it depends on. Returns `None` if some depend on one another in a cycle.
fn order(dependencies: &[Vec<Use>]) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = Vec::new();
    let mut placed = vec![false; dependencies.len()];
    while order.len() < dependencies.len() {
        let ready = |index: &usize| !placed[*index] && dependencies[*index].iter().all(|other| placed[other.derived]);
        let index = (0..dependencies.len()).find(ready)?;
        placed[index] = true;
        order.push(index);
    }
    Some(order)
}

/// Creates an error that describes one cycle, with a labeled place in a file for each of its steps.
fn cycle(entries: &[Table], declared: &[DerivedFact], dependencies: &[Vec<Use>]) -> Diagnostic {
    // Repeatedly remove derived facts that don't depend on any remaining one, until only cycles and derived facts that lead to a cycle are left. From
    // any of these, following the dependencies eventually returns to a derived fact already visited.
    let mut left = vec![true; dependencies.len()];
    let solved = |left: &[bool], index: usize| !dependencies[index].iter().any(|other| left[other.derived]);
    while let Some(index) = (0..left.len()).find(|index| left[*index] && solved(&left, *index)) {
        left[index] = false;
    }
    let mut path: Vec<(usize, Range<usize>)> = Vec::new();
    let mut at = left.iter().position(|left| *left).unwrap_or_default();
    while !path.iter().any(|(index, _)| *index == at) {
        let Some(next) = dependencies[at].iter().find(|other| left[other.derived]) else { break };
        path.push((at, next.span.clone()));
        at = next.derived;
    }
    let steps: Vec<_> = path.into_iter().skip_while(|(index, _)| *index != at).collect();
    let name = |index: usize| format!("`{}`", declared[index].id);
    let mut names: Vec<String> = steps.iter().map(|(index, _)| name(*index)).collect();
    names.push(name(at));
    let message = format!("derived facts depend on one another in a cycle: {}", names.join(" -> "));
    let mut error =
        Diagnostic::whole(Code::CircularDerivation, message).help("define one of them with facts from `vocabulary/` only");
    for (place, (index, span)) in steps.iter().enumerate() {
        error = error.also(entries[*index].file, span.clone(), format!("{} depends on {}", names[place], names[place + 1]));
    }
    error
}

fn declare(context: &Context, ids: &mut Ids, entry: &Table, area: String) -> DerivedFact {
    let id = ids.read(entry);
    let kind = entry.required_one_of("type", &KINDS, FactKind::YesNo);
    let values = if kind == FactKind::YesNo { yes_no() } else { values(entry, "values") };
    let ids: Vec<String> = values.iter().map(|value| value.id.clone()).collect();
    let not_shown = entry.texts("not_shown");
    DerivedFact {
        id: id.text,
        name: entry.text("name"),
        area,
        kind,
        headline: entry.flag("headline"),
        not_shown: not_shown.iter().filter_map(|text| context.lookup(text, &ids, "value", entry.file)).collect(),
        asks: entry.flag("asks"),
        reported_as: entry.optional("reported_as").and_then(|text| context.fact(&text, entry.file)),
        confirm: entry.flag("confirm"),
        values,
        rows: Vec::new(),
        explain: entry.text("explain"),
        from: context.cited_passages(entry, "from", true),
    }
}

/// Finds the uses of derived facts in the conditions of an entry, including conditions with errors.
fn uses_in(context: &Context, entry: &Table, declared: &[DerivedFact]) -> Vec<Use> {
    let mut found = Vec::new();
    let mut look = |table: &Table| {
        if let Some((text, start)) = table.condition_quietly("when") {
            visit(&syntax::parse(&text.text, entry.file, start).0, &mut |word| {
                let is_fact = context.names.facts.iter().any(|fact| fact.id == word.text);
                let derived = declared.iter().position(|derived| derived.id == word.text && !is_fact);
                found.extend(derived.map(|derived| Use { derived, span: word.span.clone() }));
            });
        }
    };
    look(entry);
    entry.tables("rows", "a row").iter().for_each(&mut look);
    found
}

/// Calls `name` with the name of the fact in each comparison.
fn visit(expression: &Expression, name: &mut impl FnMut(&Word)) {
    match expression {
        Expression::Is { fact, .. } | Expression::Range { fact, .. } | Expression::Compare { fact, .. } => name(fact),
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
            line: rule.line,
            generated: rule.generated,
        };
        return vec![Row { value: 1, rule, text: None }, Row { value: 0, rule: no, text: None }];
    }
    let mut rows = Vec::new();
    for row in entry.tables("rows", "a row") {
        let text = row.required("value");
        let names: Vec<String> = derived.values.iter().map(|value| value.id.clone()).collect();
        let value = context.lookup(&text, &names, "value", entry.file).unwrap_or_default();
        let own = context.cited_passages(&row, "from", false);
        let from = if own.is_empty() { derived.from.clone() } else { own };
        rows.push(Row { value, rule: context.required_rule(&row, "when", from), text: row.optional_text("text") });
        row.finish();
    }
    for (index, value) in derived.values.iter().enumerate() {
        if !rows.iter().any(|row| row.value == index) {
            let error = Diagnostic::new(
                Code::ValueWithoutRow,
                format!("no row gives `{}` the value `{}`", derived.id, value.id),
                entry.file,
                entry.span.clone(),
                "this table",
            );
            context.report(error.help("add a row, or remove the value"));
        }
    }
    rows
}
