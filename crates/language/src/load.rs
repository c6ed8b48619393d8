//! From the files of a folder to the core form.

use std::cell::RefCell;
use std::collections::BTreeMap;

use sarcoguide_model::{
    Case, Condition, DerivedFact, DerivedId, Domain, EffectId, FactId, FactKind, Guide, Known, PassageId, Rule, Statement, Term,
    TermId, TreatmentId, Value, ValueSet, Verdict,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::coverage::Citations;
use crate::diagnostic::{Diagnostic, Severity};
use crate::names::Names;
use crate::table::{Errors, Table, Text};
use crate::{Expectation, GuideCase, Loaded, Outcome, SourceFile, syntax};

/// A file read as TOML, with its place in the list.
pub(crate) struct Parsed<'a> {
    pub index: usize,
    pub file: &'a SourceFile,
    pub table: Spanned<DeTable<'a>>,
}

impl Parsed<'_> {
    /// The file's name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.file.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }

    fn in_folder(&self, folder: &str) -> bool {
        self.file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Everything that reading one part of a guide needs of the others.
pub(crate) struct Context<'a> {
    pub errors: &'a Errors,
    pub names: Names,
    pub citations: Citations,
    pub modalities: Vec<String>,
    pub timings: Vec<String>,
    pub intents: Vec<String>,
    pub strengths: Vec<String>,
    pub effects: Vec<String>,
    pub effects_used: RefCell<Vec<bool>>,
    pub treatments: Vec<String>,
}

impl Context<'_> {
    pub fn report(&self, diagnostic: Diagnostic) {
        self.errors.borrow_mut().push(diagnostic);
    }

    /// The passages that `from` names. Reports an empty list where something must be cited.
    pub fn from(&self, table: &Table, key: &'static str, needed: bool) -> Vec<PassageId> {
        let texts = table.texts(key);
        if texts.is_empty() && needed {
            let error = Diagnostic::new("E040", "a statement cites no passage", table.file, table.span.clone(), "without `from`");
            table.report(error.help("add from = [\"source:passage\"]; nothing is said without a source"));
        }
        texts.iter().filter_map(|text| self.citations.cite(text, table.file, self.errors)).collect()
    }

    pub fn statement(&self, table: &Table) -> Statement {
        let statement = Statement { text: table.text("text"), from: self.from(table, "from", true) };
        table.finish();
        statement
    }

    pub fn statements(&self, table: &Table, key: &'static str, what: &'static str) -> Vec<Statement> {
        table.tables(key, what).iter().map(|entry| self.statement(entry)).collect()
    }

    /// The condition under `key`, lowered.
    pub fn condition(&self, table: &Table, key: &'static str) -> Option<(Condition, String)> {
        let (text, start) = table.condition(key)?;
        let (expression, mut problems) = syntax::parse(&text.text, table.file, start);
        let condition = self.names.lower(&expression, table.file, &mut problems);
        if problems.is_empty() {
            crate::dead::check(&self.names, &condition, table.file, start..start + text.text.len(), &mut problems);
        }
        self.errors.borrow_mut().extend(problems);
        Some((condition, text.text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    pub fn rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Option<Rule> {
        self.condition(table, key).map(|(when, written)| Rule { when, written, from })
    }

    pub fn required_rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Rule {
        self.rule(table, key, from.clone()).unwrap_or_else(|| {
            let error =
                Diagnostic::new("E010", format!("a condition `{key}` is missing"), table.file, table.span.clone(), "here");
            table.report(error.help(format!("add {key} = '...', or 'always' if it holds for everyone")));
            Rule { when: Condition::Always, written: "always".to_owned(), from }
        })
    }

    /// The place of a name in a list, reported with the nearest if it is not there.
    pub fn lookup(&self, text: &Text, names: &[String], what: &str, file: usize) -> Option<usize> {
        let found = names.iter().position(|name| *name == text.text);
        if found.is_none() && !text.text.is_empty() {
            let error =
                Diagnostic::new("E041", format!("there is no {what} `{}`", text.text), file, text.span.clone(), "unknown");
            self.report(error.nearest(&text.text, names.iter().map(String::as_str)));
        }
        found
    }

    pub fn term(&self, table: &Table, key: &'static str, names: &[String]) -> TermId {
        let text = table.required(key);
        TermId::new(self.lookup(&text, names, key, table.file).unwrap_or_default())
    }

    pub fn effect(&self, table: &Table) -> Option<EffectId> {
        let index = self.lookup(&table.required("effect"), &self.effects, "effect", table.file)?;
        self.effects_used.borrow_mut()[index] = true;
        Some(EffectId::new(index))
    }

    pub fn fact(&self, text: &Text, file: usize) -> Option<FactId> {
        let names: Vec<String> = self.names.facts.iter().map(|fact| fact.id.clone()).collect();
        self.lookup(text, &names, "fact", file).map(FactId::new)
    }
}

/// Reads, checks and lowers a guide. Its text is whatever `files` hold; nothing else is looked at.
#[must_use]
pub fn load(files: &[SourceFile]) -> Outcome {
    let errors = Errors::default();
    let parsed: Vec<Parsed> = files.iter().enumerate().map(|(index, file)| parse(index, file, &errors)).collect();
    let loaded = lower(&parsed, &errors);
    let mut diagnostics = errors.into_inner();
    diagnostics.sort_by_key(|diagnostic| {
        let mark = diagnostic.marks.first();
        (diagnostic.severity, mark.map(|mark| (mark.file, mark.span.start)), diagnostic.code)
    });
    diagnostics.dedup();
    let good = diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning);
    Outcome { loaded: loaded.filter(|_| good), diagnostics }
}

fn parse<'a>(index: usize, file: &'a SourceFile, errors: &Errors) -> Parsed<'a> {
    let (table, problems) = DeTable::parse_recoverable(&file.text);
    for problem in problems {
        let span = problem.span().unwrap_or(0..0);
        let error = Diagnostic::new("E001", format!("this is not TOML: {}", problem.message()), index, span, "here");
        errors.borrow_mut().push(error);
    }
    Parsed { index, file, table }
}

fn lower(parsed: &[Parsed], errors: &Errors) -> Option<Loaded> {
    let one = |path: &str| {
        let found = parsed.iter().find(|file| file.file.path == path);
        if found.is_none() {
            errors.borrow_mut().push(Diagnostic::whole("E002", format!("the guide has no file `{path}`")).help("add it"));
        }
        found
    };
    let in_folder = |folder: &'static str| parsed.iter().filter(move |file| file.in_folder(folder));
    for file in parsed {
        let known = ["guide.toml", "terms.toml", "glossary.toml", "team.toml", "links.toml"].contains(&file.file.path.as_str())
            || ["sources", "vocabulary", "derived", "histologies", "treatments", "effects", "cases"]
                .iter()
                .any(|folder| file.in_folder(folder));
        if !known {
            let error =
                Diagnostic::new("E003", format!("the guide has no place for `{}`", file.file.path), file.index, 0..0, "not read");
            errors.borrow_mut().push(error.help("docs/guide-format.md lists the files"));
        }
    }
    let mut context = Context {
        errors,
        names: Names::default(),
        citations: Citations::default(),
        modalities: Vec::new(),
        timings: Vec::new(),
        intents: Vec::new(),
        strengths: Vec::new(),
        effects: in_folder("effects").map(|file| file.stem().to_owned()).collect(),
        effects_used: RefCell::default(),
        treatments: in_folder("treatments").map(|file| file.stem().to_owned()).collect(),
    };
    context.effects_used = RefCell::new(vec![false; context.effects.len()]);
    check_names(in_folder("effects"), errors);
    check_names(in_folder("treatments"), errors);
    check_names(in_folder("histologies"), errors);
    let sources = in_folder("sources").collect::<Vec<_>>();
    context.citations = Citations::read(&sources, errors);

    let (guide_file, terms_file) = (one("guide.toml")?, one("terms.toml")?);
    let terms = Table::new(terms_file.index, "terms.toml", &terms_file.file.text, &terms_file.table, errors);
    let histology_files: Vec<_> = in_folder("histologies").collect();
    let histologies: Vec<_> = histology_files.iter().map(|file| crate::parts::histology(&context, file)).collect();
    crate::vocabulary::read(&mut context, &in_folder("vocabulary").collect::<Vec<_>>(), &histologies, &histology_files);
    let constraints = crate::vocabulary::constraints(&context, &in_folder("vocabulary").collect::<Vec<_>>());
    crate::derived::read(&mut context, &in_folder("derived").collect::<Vec<_>>());

    let modalities: Vec<_> = terms
        .tables("modality", "a modality")
        .iter()
        .map(|entry| {
            let declined = context.rule(entry, "declined", Vec::new());
            let modality = sarcoguide_model::Modality { id: entry.text("id"), name: entry.text("name"), declined };
            entry.finish();
            modality
        })
        .collect();
    context.modalities = modalities.iter().map(|modality| modality.id.clone()).collect();
    let list = |key, what| -> Vec<Term> {
        let read = |entry: &Table| {
            let term = Term { id: entry.text("id"), name: entry.text("name"), help: entry.text("help") };
            entry.finish();
            term
        };
        terms.tables(key, what).iter().map(read).collect()
    };
    let (timings, intents, strengths) = (list("timing", "a timing"), list("intent", "an intent"), list("strength", "a strength"));
    terms.finish();
    let ids = |terms: &[Term]| terms.iter().map(|term| term.id.clone()).collect();
    (context.timings, context.intents, context.strengths) = (ids(&timings), ids(&intents), ids(&strengths));

    let mut cases = Vec::new();
    let treatments: Vec<_> = in_folder("treatments").map(|file| crate::treatment::read(&context, file, &mut cases)).collect();
    let effects: Vec<_> = in_folder("effects").map(|file| crate::parts::effect(&context, file)).collect();
    let glossary = one("glossary.toml").map(|file| crate::parts::glossary(&context, file)).unwrap_or_default();
    let team = one("team.toml").map(|file| crate::parts::team(&context, file)).unwrap_or_default();
    let links = one("links.toml").map(|file| crate::parts::links(&context, file)).unwrap_or_default();
    let guide_table = Table::new(guide_file.index, "guide.toml", &guide_file.file.text, &guide_file.table, errors);
    let head = crate::parts::head(&context, &guide_table);
    cases.extend(in_folder("cases").map(|file| whole_case(&context, file, &head.out_of_scope)));
    for (index, used) in context.effects_used.borrow().iter().enumerate() {
        if !used {
            let file = in_folder("effects").nth(index).map_or(0, |file| file.index);
            let warning = Diagnostic::new(
                "W050",
                format!("no treatment names the effect `{}`", context.effects[index]),
                file,
                0..0,
                "unused",
            );
            context.report(warning.help("name it at a treatment, or delete the file"));
        }
    }
    let Context { names, citations, .. } = context;
    if names.facts.len() > 128 {
        let error = Diagnostic::new(
            "E051",
            format!("the guide has {} facts; at most 128 are possible", names.facts.len()),
            guide_file.index,
            0..0,
            "too many",
        );
        errors.borrow_mut().push(error);
        return None;
    }
    let (sources, passages, coverage) = citations.finish(errors);
    let guide = Guide {
        name: head.name,
        version: head.version,
        language: head.language,
        disclaimer: head.disclaimer,
        reviewers: head.reviewers,
        review: head.review,
        source_rules: head.source_rules,
        scope: head.scope,
        out_of_scope: head.out_of_scope,
        modalities,
        timings,
        intents,
        strengths,
        facts: names.facts,
        constraints,
        derived: names.derived,
        treatments,
        effects,
        histologies,
        glossary,
        team,
        links,
        sources,
        passages,
    };
    Some(Loaded { guide, cases, coverage })
}

/// Names are file names: they must be unique and lower case.
fn check_names<'a, 'p: 'a>(files: impl Iterator<Item = &'a Parsed<'p>>, errors: &Errors) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for file in files {
        let name = file.stem();
        if !is_name(name) {
            let error = Diagnostic::new("E042", format!("`{name}` is not a name"), file.index, 0..0, "this file");
            errors.borrow_mut().push(error.help("use lower case words joined by `_`"));
        }
        if let Some(other) = seen.insert(name.to_owned(), file.index) {
            let error = Diagnostic::new("E043", format!("two files are called `{name}`"), file.index, 0..0, "the second");
            errors.borrow_mut().push(error.also(other, 0..0, "the first").help("names are never used twice"));
        }
    }
}

pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Values given as inline tables.
pub(crate) fn values(table: &Table, key: &'static str) -> Vec<Value> {
    let mut parents = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for entry in table.tables(key, "a value") {
        let id = entry.required("id");
        if values.iter().any(|value| value.id == id.text) {
            let error = Diagnostic::new(
                "E043",
                format!("two values are called `{}`", id.text),
                entry.file,
                id.span.clone(),
                "the second",
            );
            entry.report(error.help("names are never used twice"));
        }
        parents.push(entry.optional("parent"));
        values.push(Value {
            id: id.text,
            name: entry.text("name"),
            help: entry.optional_text("help"),
            parent: None,
            covers: ValueSet::EMPTY,
        });
        entry.finish();
    }
    if values.len() > ValueSet::CAPACITY {
        let message = format!("a fact has {} values; at most {} are possible", values.len(), ValueSet::CAPACITY);
        table.report(Diagnostic::new("E051", message, table.file, table.span.clone(), "too many"));
        values.truncate(ValueSet::CAPACITY);
    }
    for (index, parent) in parents.iter().enumerate().take(values.len()) {
        let Some(parent) = parent else { continue };
        match values.iter().position(|value| value.id == parent.text) {
            Some(place) => values[index].parent = Some(place),
            None => {
                let error = Diagnostic::new(
                    "E038",
                    format!("there is no value `{}`", parent.text),
                    table.file,
                    parent.span.clone(),
                    "unknown value",
                );
                table.report(error.nearest(&parent.text, values.iter().map(|value| value.id.as_str())));
            }
        }
    }
    close(&mut values);
    values
}

/// Works out what each value covers from the parents. A circle of parents covers only itself.
pub(crate) fn close(values: &mut [Value]) {
    let parents: Vec<Option<usize>> = values.iter().map(|value| value.parent).collect();
    for (index, _) in parents.iter().enumerate() {
        let mut at = Some(index);
        for _ in 0..=parents.len() {
            let Some(place) = at else { break };
            values[place].covers = values[place].covers.union(ValueSet::only(index));
            at = parents[place];
        }
    }
}

/// The facts of a case as TOML values.
fn case_facts(context: &Context, table: &Table) -> Case {
    let mut case = Case::unknown(context.names.facts.len());
    for (name, value) in table.entries() {
        let Some(id) = context.fact(&name, table.file) else { continue };
        let fact = &context.names.facts[id.index()];
        let known = match (&fact.domain, value.get_ref()) {
            (Domain::Values(_), DeValue::String(text)) => {
                fact.value(text).and_then(|index| u8::try_from(index).ok()).map(Known::Value)
            }
            (Domain::Values(_), DeValue::Boolean(yes)) if fact.kind == FactKind::YesNo => Some(Known::Value(u8::from(*yes))),
            (Domain::Values(_), DeValue::Integer(number)) => {
                fact.value(number.as_str()).and_then(|index| u8::try_from(index).ok()).map(Known::Value)
            }
            (Domain::Number { unit, .. }, DeValue::String(text)) => text
                .strip_suffix(unit.as_str())
                .and_then(|number| sarcoguide_model::Decimal::parse(number.trim()))
                .map(Known::Number),
            (Domain::Number { .. }, DeValue::Integer(number)) => {
                sarcoguide_model::Decimal::parse(number.as_str()).map(Known::Number)
            }
            (Domain::Number { .. }, DeValue::Float(number)) => {
                sarcoguide_model::Decimal::parse(number.as_str()).map(Known::Number)
            }
            _ => None,
        };
        match known {
            Some(known) => case.set(id, known),
            None => {
                let error = Diagnostic::new(
                    "E044",
                    format!("`{}` cannot be this", fact.id),
                    table.file,
                    value.span(),
                    "not a value of the fact",
                );
                let word = if let DeValue::String(text) = value.get_ref() { text.to_string() } else { String::new() };
                let error = error.nearest(&word, fact.domain.values().iter().map(|value| value.id.as_str()));
                context.report(match &fact.domain {
                    Domain::Number { unit, .. } => error.help(format!("write a number, in {unit}")),
                    Domain::Values(values) if values.len() <= 12 => {
                        let ids: Vec<&str> = values.iter().map(|value| value.id.as_str()).collect();
                        error.help(format!("its values are {}", ids.join(", ")))
                    }
                    Domain::Values(_) => error,
                });
            }
        }
    }
    case
}

fn facts_of(context: &Context, table: &Table, key: &'static str) -> Option<Vec<FactId>> {
    if !table.entries().iter().any(|(name, _)| name.text == key) {
        return None;
    }
    let mut facts: Vec<FactId> = table.texts(key).iter().filter_map(|text| context.fact(text, table.file)).collect();
    facts.sort_unstable();
    Some(facts)
}

const VERDICTS: [(&str, Verdict); 5] = [
    ("indicated", Verdict::Indicated),
    ("possible", Verdict::Possible),
    ("contraindicated", Verdict::Contraindicated),
    ("unavailable", Verdict::Unavailable),
    ("not_indicated", Verdict::NotIndicated),
];

fn expectation(context: &Context, table: &Table, treatment: TreatmentId) -> Expectation {
    let verdict = table.one_of("verdict", &VERDICTS);
    if verdict.is_none() && !table.entries().iter().any(|(name, _)| name.text == "verdict") {
        let error = Diagnostic::new("E010", "a case expects no verdict", table.file, table.span.clone(), "here");
        table.report(error.help("add `verdict`"));
    }
    let (reason, missing) = (facts_of(context, table, "reason"), facts_of(context, table, "missing"));
    let _ = (table.texts("reason"), table.texts("missing"));
    let timing = (table.entries().iter().any(|(name, _)| name.text == "timing")).then(|| {
        let texts = table.texts("timing");
        texts.iter().filter_map(|text| context.lookup(text, &context.timings, "timing", table.file)).map(TermId::new).collect()
    });
    let precautions = table.whole("precautions").map(|number| number as usize);
    Expectation { treatment, verdict: verdict.unwrap_or(Verdict::Possible), timing, reason, missing, precautions }
}

/// A `[[case]]` of a treatment's file.
pub(crate) fn treatment_case(context: &Context, file: &Parsed, table: &Table, treatment: TreatmentId) -> GuideCase {
    let facts = table.table("facts", "the facts of a case");
    let case = GuideCase {
        file: file.file.path.clone(),
        name: table.text("name"),
        story: table.optional_text("story"),
        case: facts.map_or_else(|| Case::unknown(context.names.facts.len()), |facts| case_facts(context, &facts)),
        scope: None,
        derived: Vec::new(),
        expect: vec![expectation(context, table, treatment)],
    };
    table.finish();
    case
}

/// A file of `cases/`.
fn whole_case(context: &Context, file: &Parsed, out_of_scope: &[sarcoguide_model::OutOfScope]) -> GuideCase {
    let table = Table::new(file.index, "a case", &file.file.text, &file.table, context.errors);
    let facts = table.table("facts", "the facts of a case");
    let case = facts.map_or_else(|| Case::unknown(context.names.facts.len()), |facts| case_facts(context, &facts));
    let scope = table.optional("scope");
    if let Some(scope) = &scope {
        let mut names: Vec<String> = out_of_scope.iter().map(|entry| entry.id.clone()).collect();
        names.extend(["in".to_owned(), "unknown".to_owned()]);
        context.lookup(scope, &names, "scope", file.index);
    }
    let mut derived = Vec::new();
    if let Some(expected) = table.table("derived", "the derived facts of a case") {
        for (name, value) in expected.entries() {
            let names: Vec<String> = context.names.derived.iter().map(|fact| fact.id.clone()).collect();
            let Some(index) = context.lookup(&name, &names, "derived fact", file.index) else { continue };
            let fact: &DerivedFact = &context.names.derived[index];
            let word = Text { text: value.get_ref().as_str().unwrap_or_default().to_owned(), span: value.span() };
            let ids: Vec<String> = fact.values.iter().map(|value| value.id.clone()).collect();
            if let Some(place) = context.lookup(&word, &ids, "value", file.index) {
                derived.push((DerivedId::new(index), place));
            }
        }
    }
    let read = |entry: &Table| {
        let index = context.lookup(&entry.required("treatment"), &context.treatments, "treatment", file.index);
        let expected = expectation(context, entry, TreatmentId::new(index.unwrap_or_default()));
        entry.finish();
        index.map(|_| expected)
    };
    let expect: Vec<_> = table.tables("expect", "an expectation").iter().filter_map(read).collect();
    if expect.is_empty() && scope.is_none() {
        let error = Diagnostic::new("E045", "a case expects nothing", file.index, 0..0, "this case");
        table.report(error.help("add [[expect]] with a treatment and its verdict"));
    }
    let case = GuideCase {
        file: file.file.path.clone(),
        name: table.text("name"),
        story: table.optional_text("story"),
        case,
        scope: scope.map(|text| text.text),
        derived,
        expect,
    };
    table.finish();
    case
}
