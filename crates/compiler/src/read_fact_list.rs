//! Reads the `[fact_list]` of a vocabulary file. The guide compiler writes one fact for each treatment with `components`, and for each entry under
//! `other`.

use sarcoguide_model::{Fact, FactId, FactKind, FactList, ValueSet};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::fact_list::{Class, Item, ListRules, Listed, RELATED, Related, Template, filled};
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::{Table, Text};
use crate::values::values;

/// Reads the names and components of the treatments that have components. Reports nothing, because the treatments are read again later.
pub(crate) fn treatments(files: &[&Parsed]) -> Vec<Item> {
    let quiet = crate::errors::Errors::default();
    let read = |file: &&Parsed| {
        let table = Table::new(file.index, "a treatment", &file.file.text, &file.table, &quiet);
        Item { id: file.stem().to_owned(), name: table.text("name"), components: table.strings("components") }
    };
    files.iter().map(read).filter(|item| !item.components.is_empty()).collect()
}

/// Reads the `[fact_list]` of a vocabulary file, if it has one, and adds its facts. `treatments` are the treatments with components.
pub(crate) fn read(context: &mut Context, ids: &mut Ids, file: &Parsed, table: &Table, treatments: &[Item]) {
    let Some(entry) = table.table("fact_list", "a list of facts") else { return };
    if let Some(first) = &context.listed {
        let message = format!("the guide has two lists of facts; the first is `{}`", first.list.id);
        let error = Diagnostic::new(Code::DuplicateName, message, file.index, entry.span.clone(), "the second");
        context.report(error.help("keep one of them"));
        return;
    }
    let id = ids.read(&entry);
    let prefix = entry.text("prefix");
    let all = values(&entry, "values");
    let value = |key: &'static str| {
        let names: Vec<String> = all.iter().map(|value| value.id.clone()).collect();
        context.lookup(&entry.required(key), &names, "value", file.index).unwrap_or_default()
    };
    let (absent, ongoing) = (value("absent"), value("ongoing"));
    let mut other_ids = Ids::new("entries");
    let other = |entry: &Table| {
        let id = other_ids.read(entry).text;
        let item = Item { name: entry.text("name"), components: vec![id.clone()], id };
        entry.finish();
        item
    };
    let others: Vec<Item> = entry.tables("other", "another item of the list").iter().map(other).collect();
    let items: Vec<Item> = treatments.iter().cloned().chain(others).collect();
    let start = context.names.facts.len();
    if let Some(texts) = entry.table("fact", "the texts of the facts of a list") {
        let template = |key: &'static str| template(context, &texts, key, &["name", "Name"]);
        let (name, question) = (template("name"), template("question"));
        let optional = |key: &'static str| texts.has(key).then(|| template(key));
        let (why, where_to_find) = (optional("why"), optional("where_to_find"));
        let from = context.cited_passages(&texts, "from", false);
        texts.finish();
        for item in &items {
            let fill = |text: &String| filled(text, &item.name);
            let fact = Fact {
                id: format!("{prefix}{}", item.id),
                name: fill(&name),
                area: file.stem().to_owned(),
                kind: FactKind::Choice,
                domain: sarcoguide_model::Domain::Values(all.clone()),
                question: fill(&question),
                why: why.as_ref().map(fill),
                where_to_find: where_to_find.as_ref().map(fill),
                phrases: Vec::new(),
                limit_excludes_min: false,
                takes_largest: false,
                accepts_synonyms: false,
                codes: Default::default(),
                from: from.clone(),
            };
            ids.add(&entry, &Text { text: fact.id.clone(), span: entry.span.clone() });
            context.names.facts.push(fact);
        }
    } else {
        let error = Diagnostic::new(Code::MissingPart, "a list of facts has no `fact`", file.index, entry.span.clone(), "here");
        context.report(error.help("add `[fact_list.fact]` with the `name` and the `question` of each fact"));
    }
    let list = FactList {
        id: id.text,
        name: entry.text("name"),
        question: entry.text("question"),
        items: entry.text("items"),
        confirmation: entry.text("confirmation"),
        facts: (start..context.names.facts.len()).map(FactId::new).collect(),
        names: items.iter().map(|item| item.name.clone()).collect(),
        absent,
        ongoing,
        judgments: Vec::new(),
    };
    // `read_rules` reads these parts once all facts are known.
    for (key, what) in [("class", "a class"), ("contraindication", "a contraindication"), ("precaution", "a precaution")] {
        let _ = entry.tables(key, what);
    }
    entry.finish();
    let values = all.into_iter().map(|value| (value.id, value.covers)).collect();
    context.listed = Some(Listed { list, prefix, items, values, area: file.stem().to_owned() });
}

/// Reads a text in which `{Name}` and other words in braces are placeholders. Reports any that isn't in `allowed`.
pub(crate) fn template(context: &Context, table: &Table, key: &'static str, allowed: &[&str]) -> String {
    let text = table.required(key);
    let unknown = text.text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
    for name in unknown.filter(|name| !allowed.contains(name)) {
        let message = format!("`{key}` uses `{{{name}}}`, which the program doesn't provide");
        let error = Diagnostic::new(Code::UnknownVariable, message, table.file, text.span.clone(), "here");
        let names: Vec<String> = allowed.iter().map(|name| format!("`{{{name}}}`")).collect();
        context.report(error.help(match names.as_slice() {
            [] => "remove the braces; this text has no variables".to_owned(),
            names => format!("it can use {}", names.join(", ")),
        }));
    }
    text.text
}

/// Reads the classes and rules of the guide's list of facts, if it has one.
pub(crate) fn read_rules(context: &Context, files: &[&Parsed]) -> Option<ListRules> {
    let listed = context.listed.clone()?;
    let file = files.iter().find(|file| file.stem() == listed.area)?;
    let quiet = crate::errors::Errors::default();
    let outer = Table::new(file.index, "a vocabulary", &file.file.text, &file.table, &quiet);
    let list = outer.table("fact_list", "a list of facts")?;
    let loud = |key: &'static str, what: &'static str| -> Vec<Table> {
        list.tables(key, what).iter().map(|entry| Table::of(entry, context.errors)).collect()
    };
    let mut classes: Vec<Class> = Vec::new();
    let mut ids = Ids::new("classes");
    for entry in loud("class", "a class") {
        let class = class(context, &listed, &mut ids, &classes, &entry);
        classes.push(class);
    }
    let contraindications = loud("contraindication", "a contraindication");
    let precautions = loud("precaution", "a precaution");
    Some(ListRules {
        contraindications: contraindications.iter().map(|entry| rule_template(context, &listed, entry, true)).collect(),
        precautions: precautions.iter().map(|entry| rule_template(context, &listed, entry, false)).collect(),
        classes,
        listed,
    })
}

fn class(context: &Context, listed: &Listed, ids: &mut Ids, earlier: &[Class], entry: &Table) -> Class {
    let known: Vec<String> = listed.items.iter().flat_map(|item| item.components.clone()).collect();
    let names: Vec<String> = earlier.iter().map(|class| class.id.clone()).collect();
    let components = entry.texts("components");
    let components = components.iter().filter(|text| context.lookup(text, &known, "component", entry.file).is_some());
    let includes = entry.texts("includes");
    let class = Class {
        id: ids.read(entry).text,
        name: entry.text("name"),
        components: components.map(|text| text.text.clone()).collect(),
        includes: includes.iter().filter_map(|text| context.lookup(text, &names, "earlier class", entry.file)).collect(),
        implies: entry.optional("implies").and_then(|text| {
            let fact = context.fact(&text, entry.file)?;
            if context.names.facts[fact.index()].kind == FactKind::YesNo {
                return Some(fact);
            }
            let message = format!("`{}` isn't a yes/no fact", text.text);
            let error = Diagnostic::new(Code::WrongFactType, message, entry.file, text.span, "a class can't imply it");
            context.report(error.help("name a fact with type = \"yes_no\""));
            None
        }),
        same_way: entry.flag("same_way"),
        text: if entry.has("implies") { template(context, entry, "text", &["name", "Name"]) } else { String::new() },
        part_text: entry.optional_text("part_text"),
        none_text: entry.has("none_text").then(|| template(context, entry, "none_text", &[])),
        line: entry.line(entry.span.start),
    };
    entry.finish();
    class
}

fn rule_template(context: &Context, listed: &Listed, entry: &Table, instead: bool) -> Template {
    let names: Vec<String> = listed.values.iter().map(|(id, _)| id.clone()).collect();
    let texts = entry.texts("values");
    let places: Vec<usize> = texts.iter().filter_map(|text| context.lookup(text, &names, "value", entry.file)).collect();
    if places.is_empty() && texts.is_empty() {
        let error = Diagnostic::new(Code::MissingPart, "the rule has no `values`", entry.file, entry.span.clone(), "here");
        context.report(error.help("list the values for which it holds"));
    }
    let of = entry.required_one_of("of", &RELATED, Related::Component);
    let template = Template {
        of,
        values: places.iter().map(|place| names[*place].clone()).collect(),
        covers: places.iter().fold(ValueSet::EMPTY, |all, place| all.union(listed.values[*place].1)),
        text: template(context, entry, "text", if of == Related::Class { &["class"] } else { &[] }),
        instead: if instead { entry.optional_text("instead") } else { None },
        reason: entry.optional_text("reason"),
        from: context.cited_passages(entry, "from", true),
    };
    entry.finish();
    template
}
