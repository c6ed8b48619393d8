//! Reads the `[fact_list]` of a vocabulary file: facts that say which treatments a person has had, and how each one ended. The guide compiler writes
//! one fact for each treatment with `components`, and for each entry under `other`.

use sarcoguide_model::{Fact, FactId, FactKind, FactList, ValueSet};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::{Table, Text};
use crate::values::values;

/// Something that a person may have had: a treatment with components, or an entry under `other`.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The ID of the treatment or of the entry.
    pub id: String,
    pub name: String,
    /// The components. An entry under `other` has one: itself.
    pub components: Vec<String>,
}

impl Item {
    /// Whether the two items have a component in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.components.iter().any(|component| other.components.contains(component))
    }
}

/// The list, and what each of its facts is about.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub list: FactList,
    /// The start of the ID of each fact. The ID of the item follows.
    pub prefix: String,
    /// The items, in the order of `list.facts`.
    pub items: Vec<Item>,
    /// The values of each fact, for messages and written conditions: their IDs and what they cover.
    pub values: Vec<(String, ValueSet)>,
    /// The name of the vocabulary file without `.toml`.
    pub area: String,
}

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
        confirmation: entry.text("confirmation"),
        facts: (start..context.names.facts.len()).map(FactId::new).collect(),
        absent,
        ongoing,
        judgments: Vec::new(),
    };
    // `fact_list_rules` reads these parts once all facts are known.
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

/// Puts a name into a text: as written for `{Name}`, and as within a sentence for `{name}`.
pub(crate) fn filled(text: &str, name: &str) -> String {
    text.replace("{Name}", name).replace("{name}", &within_sentence(name))
}

/// Returns the name in lower case at its start, unless it starts with an abbreviation.
fn within_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(name.chars().skip(1)).collect(),
        _ => name.to_owned(),
    }
}
