//! From the files of a folder to the core form.

use std::cell::RefCell;
use std::collections::BTreeSet;

use sarcoguide_model::{
    Condition, EffectId, FactId, FrequencyWords, Guide, GuideText, Label, PassageId, Rule, Statement, Term, Value, ValueSet,
};
use toml::Spanned;
use toml::de::DeTable;

use crate::content_hash::content_hash;
use crate::coverage::Citations;
use crate::diagnostic::{Diagnostic, Severity};
use crate::ids::{Ids, check_files};
use crate::names::Names;
use crate::table::{Errors, Table, Text};
use crate::thresholds::Thresholds;
use crate::{Loaded, Outcome, SourceFile, syntax, texts};

/// The most entries of a kind; see [`sarcoguide_model::PassageId`] and its like.
pub(crate) const MAX_PER_KIND: usize = 65_535;

/// The most verdicts that the cases of a guide may ask for. The built-in guide asks for a hundredth of it.
const MAX_VERDICTS: usize = 4_000_000;

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
    pub thresholds: Thresholds,
    pub citations: Citations,
    pub modalities: Vec<String>,
    pub timings: Vec<String>,
    pub intents: Vec<String>,
    pub strengths: Vec<String>,
    pub measures: Vec<String>,
    pub routes: Vec<String>,
    pub settings: Vec<String>,
    /// What the words for how often effects occur mean.
    pub frequencies: Vec<FrequencyWords>,
    pub effects: Vec<String>,
    pub effects_used: RefCell<Vec<bool>>,
    pub treatments: Vec<String>,
}

impl Context<'_> {
    pub fn report(&self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    /// The passages that `from` names. Reports an empty list where something must be cited.
    pub fn from(&self, table: &Table, key: &'static str, needed: bool) -> Vec<PassageId> {
        let texts = table.texts(key);
        if texts.is_empty() && needed {
            let error = Diagnostic::new("E040", "a statement cites no passage", table.file, table.span.clone(), "without `from`");
            table.report(error.help("add from = [\"source:passage\"]; nothing is said without a source"));
        }
        let mut seen = BTreeSet::new();
        for text in &texts {
            if !seen.insert(&text.text) {
                let message = format!("`{}` is already in the list", text.text);
                let warning = Diagnostic::new("W033", message, table.file, text.span.clone(), "again");
                table.report(warning.help("cite each passage once"));
            }
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
    pub fn rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Option<Rule> {
        let (text, start) = table.condition(key)?;
        if self.errors.is_full() {
            return None;
        }
        let (expression, mut problems) = syntax::parse(&text.text, table.file, start);
        let span = start..start + text.text.len();
        let condition = self.names.lower_and_check(&expression, table.file, span.clone(), &mut problems);
        self.thresholds.add(&self.names, &condition, table.file, &span, &mut problems);
        self.errors.extend(problems);
        let written = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Rule { when: condition, written, from, line: table.line(start) })
    }

    pub fn required_rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Rule {
        self.rule(table, key, from.clone()).unwrap_or_else(|| {
            if !table.has(key) {
                let message = format!("a condition `{key}` is missing");
                let error = Diagnostic::new("E010", message, table.file, table.span.clone(), "here");
                table.report(error.help(format!("add {key} = '...', or 'always' if it holds for everyone")));
            }
            Rule { when: Condition::Always, written: "always".to_owned(), from, line: table.line(table.span.start) }
        })
    }

    /// The place of a name in a list, reported with the nearest if it is not there.
    pub fn lookup(&self, text: &Text, names: &[String], what: &str, file: usize) -> Option<usize> {
        if self.errors.is_full() {
            return None;
        }
        let found = names.iter().position(|name| *name == text.text);
        if found.is_none() && !text.text.is_empty() {
            let error =
                Diagnostic::new("E041", format!("there is no {what} `{}`", text.text), file, text.span.clone(), "unknown");
            self.report(error.suggest(&text.text, names.iter().map(String::as_str)));
        }
        found
    }

    pub fn term(&self, table: &Table, key: &'static str, names: &[String]) -> usize {
        let text = table.required(key);
        self.lookup(&text, names, key, table.file).unwrap_or_default()
    }

    /// The place of a measure, route or setting, which `terms.toml` names.
    pub fn label(&self, text: &Text, names: &[String], key: &str, file: usize) -> Option<usize> {
        let found = names.iter().position(|name| *name == text.text);
        if found.is_none() && !text.text.is_empty() {
            let message = format!("there is no {key} `{}`", text.text);
            let error = Diagnostic::new("E041", message, file, text.span.clone(), "unknown");
            let error = error.suggest(&text.text, names.iter().map(String::as_str));
            self.report(error.help(format!("to define it, add a [[{key}]] with this `id` and a `name` to terms.toml")));
        }
        found
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
    if let Some(file) = crate::size::too_dense(files) {
        return Outcome { loaded: None, diagnostics: vec![file] };
    }
    let errors = Errors::default();
    let toml = files.iter().enumerate().filter(|(_, file)| !texts::is_text(file));
    let parsed: Vec<Parsed> = toml.map(|(index, file)| parse(index, file, &errors)).collect();
    let texts = texts::read(files, &errors);
    let mut loaded = lower(&parsed, &errors, texts);
    if let Some(loaded) = &mut loaded {
        loaded.guide.content_hash = content_hash(files);
    }
    let mut diagnostics = errors.into_inner();
    quiet_behind_broken_files(&mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| {
        let mark = diagnostic.marks.first();
        (diagnostic.severity, mark.map(|mark| (mark.file, mark.span.start)), diagnostic.code)
    });
    diagnostics.dedup();
    let good = diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Warning);
    Outcome { loaded: loaded.filter(|_| good), diagnostics }
}

/// Where a file is not TOML, its names are not known: nothing is then said of names, nor of the rest of that file.
fn quiet_behind_broken_files(diagnostics: &mut Vec<Diagnostic>) {
    let file = |diagnostic: &Diagnostic| diagnostic.marks.first().map(|mark| mark.file);
    let broken: Vec<Option<usize>> = diagnostics.iter().filter(|found| found.code == "E001").map(file).collect();
    if !broken.is_empty() {
        const OF_NAMES: [&str; 9] = ["E030", "E038", "E041", "E044", "E046", "E048", "W049", "W050", "W052"];
        diagnostics.retain(|found| {
            found.code == "E001" || !(OF_NAMES.contains(&found.code) || broken.contains(&file(found)) && file(found).is_some())
        });
    }
}

fn parse<'a>(index: usize, file: &'a SourceFile, errors: &Errors) -> Parsed<'a> {
    let (table, problems) = DeTable::parse_recoverable(&file.text);
    for problem in problems {
        let span = problem.span().unwrap_or(0..0);
        let error = Diagnostic::new("E001", format!("this is not TOML: {}", problem.message()), index, span, "here");
        errors.push(error.help("mend this first: names are checked once every file can be read"));
    }
    Parsed { index, file, table }
}

fn has_a_place(path: &str) -> bool {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [name] => [
            "guide.toml",
            "terms.toml",
            "accepted.toml",
            "policy.toml",
            "glossary.toml",
            "team.toml",
            "links.toml",
            "interview.toml",
            "values.toml",
            "symptoms.toml",
        ]
        .contains(name),
        ["sources", _] | ["sources", _, _] | ["treatments", _, _] => true,
        [folder, _] => ["vocabulary", "derived", "types", "effects", "cases"].contains(folder),
        _ => false,
    }
}

fn lower(parsed: &[Parsed], errors: &Errors, texts: Vec<GuideText>) -> Option<Loaded> {
    let one = |path: &str| {
        let found = parsed.iter().find(|file| file.file.path == path);
        if found.is_none() {
            errors.push(Diagnostic::whole("E002", format!("the guide has no file `{path}`")).help("add it"));
        }
        found
    };
    let (known, strays): (Vec<&Parsed>, Vec<&Parsed>) = parsed.iter().partition(|file| has_a_place(&file.file.path));
    for file in strays {
        let message = format!("the guide has no place for `{}`", file.file.path);
        let error = Diagnostic::new("E003", message, file.index, 0..0, "not read");
        errors.push(error.help("docs/guide-format.md lists the files"));
    }
    let in_folder = |folder: &'static str| known.iter().copied().filter(move |file| file.in_folder(folder));
    let mut context = Context {
        errors,
        names: Names::default(),
        thresholds: Thresholds::default(),
        citations: Citations::default(),
        modalities: Vec::new(),
        timings: Vec::new(),
        intents: Vec::new(),
        strengths: Vec::new(),
        measures: Vec::new(),
        routes: Vec::new(),
        settings: Vec::new(),
        frequencies: Vec::new(),
        effects: in_folder("effects").map(|file| file.stem().to_owned()).collect(),
        effects_used: RefCell::default(),
        treatments: in_folder("treatments").map(|file| file.stem().to_owned()).collect(),
    };
    context.effects_used = RefCell::new(vec![false; context.effects.len()]);
    check_files(in_folder("effects"), errors);
    check_files(in_folder("treatments"), errors);
    check_files(in_folder("types"), errors);
    let sources = in_folder("sources").collect::<Vec<_>>();
    context.citations = Citations::read(&sources, errors);

    let counts =
        [("treatments", context.treatments.len()), ("effects", context.effects.len()), ("passages", context.citations.len())];
    for (what, count) in counts {
        if count > MAX_PER_KIND {
            let message = format!("the guide has {count} {what}; at most {MAX_PER_KIND} are possible");
            errors.push(Diagnostic::whole("E051", message));
            return None;
        }
    }
    let (guide_file, terms_file) = (one("guide.toml")?, one("terms.toml")?);
    let terms_table = Table::new(terms_file.index, "terms.toml", &terms_file.file.text, &terms_file.table, errors);
    let type_files: Vec<_> = in_folder("types").collect();
    let types: Vec<_> = type_files.iter().map(|file| crate::parts::subtype(&context, file)).collect();
    let vocabulary: Vec<_> = in_folder("vocabulary").collect();
    let mut ids = Ids::new("facts");
    if !crate::vocabulary::read(&mut context, &mut ids, &vocabulary, &types, &type_files) {
        return None;
    }
    let derived: Vec<_> = in_folder("derived").collect();
    if !crate::derived::read(&mut context, &mut ids, &derived) {
        return None;
    }
    let constraints = crate::vocabulary::constraints(&context, &vocabulary);

    let terms = crate::terms::read(&context, &terms_table);
    let ids = |terms: &[Term]| terms.iter().map(|term| term.id.clone()).collect();
    let labels = |labels: &[Label]| labels.iter().map(|label| label.id.clone()).collect();
    context.modalities = terms.modalities.iter().map(|modality| modality.id.clone()).collect();
    (context.timings, context.intents) = (ids(&terms.timings), ids(&terms.intents));
    context.strengths = terms.strengths.iter().map(|strength| strength.id.clone()).collect();
    (context.measures, context.routes, context.settings) =
        (labels(&terms.measures), labels(&terms.routes), labels(&terms.settings));
    context.frequencies = terms.frequencies;

    let mut cases = Vec::new();
    let treatments: Vec<_> = in_folder("treatments").map(|file| crate::treatment::read(&context, file, &mut cases)).collect();
    let effects: Vec<_> = in_folder("effects").map(|file| crate::parts::effect(&context, file)).collect();
    let (glossary, syllables) = one("glossary.toml").map(|file| crate::parts::glossary(&context, file)).unwrap_or_default();
    let team = one("team.toml").map(|file| crate::parts::team(&context, file)).unwrap_or_default();
    let links = one("links.toml").map(|file| crate::parts::links(&context, file)).unwrap_or_default();
    let optional = |path: &str| parsed.iter().find(|file| file.file.path == path);
    let interview = match optional("interview.toml") {
        Some(file) => crate::person::interview(&context, file),
        None => crate::person::by_area(&context.names.facts),
    };
    let exercise = optional("values.toml").map(|file| crate::person::exercise(&context, file, &terms.modalities, &treatments));
    let symptom_check =
        optional("symptoms.toml").map(|file| crate::person::symptom_check(&context, file, &terms.modalities, &links));
    let guide_table = Table::new(guide_file.index, "guide.toml", &guide_file.file.text, &guide_file.table, errors);
    let head = crate::parts::head(&context, &guide_table);
    let policies = optional("policy.toml").map(|file| crate::parts::policies(&context, file, &treatments)).unwrap_or_default();
    cases.extend(
        in_folder("cases").map(|file| crate::cases::whole(&context, file, &head.out_of_scope, &head.no_treatment_indicated)),
    );
    for (index, used) in context.effects_used.borrow().iter().enumerate() {
        if !used && !effects[index].symptom_only {
            let file = in_folder("effects").nth(index).map_or(0, |file| file.index);
            let warning = Diagnostic::new(
                "W050",
                format!("no treatment names the effect `{}`", context.effects[index]),
                file,
                0..0,
                "unused",
            );
            context.report(warning.help(
                "name it at a treatment, write `symptom_only = true` if it only serves the symptom check, or delete the file",
            ));
        }
    }
    // What is accepted names places of the guide, and is read last.
    let (names, frequencies) = (context.names.clone(), std::mem::take(&mut context.frequencies));
    let (sources, passages, coverage) = std::mem::take(&mut context.citations).finish(errors);
    let mut guide = Guide {
        name: head.name,
        version: head.version,
        // Of all files, which are not at hand here.
        content_hash: String::new(),
        language: head.language,
        disclaimer: head.disclaimer,
        reviewers: head.reviewers,
        review: head.review,
        revised: head.revised,
        about: head.about,
        feedback: head.feedback,
        source_rules: head.source_rules,
        scope: head.scope,
        out_of_scope: head.out_of_scope,
        no_treatment_indicated: head.no_treatment_indicated,
        policies,
        accepted: Vec::new(),
        modalities: terms.modalities,
        timings: terms.timings,
        start: terms.start,
        end: terms.end,
        intents: terms.intents,
        strengths: terms.strengths,
        frequencies,
        measures: terms.measures,
        routes: terms.routes,
        settings: terms.settings,
        syllables,
        facts: names.facts,
        constraints,
        derived: names.derived,
        treatments,
        effects,
        types,
        glossary,
        team,
        links,
        interview,
        exercise,
        symptom_check,
        sources,
        passages,
        texts,
    };
    if let Some(file) = optional("accepted.toml") {
        guide.accepted = crate::accepted::read(&context, file, &guide);
    }
    if cases.len().saturating_mul(guide.treatments.len()) > MAX_VERDICTS {
        let (many, treatments) = (cases.len(), guide.treatments.len());
        let message = format!("the guide has {many} cases for {treatments} treatments");
        let error = Diagnostic::whole("E051", message);
        errors.push(error.help(format!("a check works out every treatment for every case, at most {MAX_VERDICTS} times in all")));
        return None;
    }
    Some(Loaded { guide, cases, coverage })
}

/// Values given as inline tables.
pub(crate) fn values(table: &Table, key: &'static str) -> Vec<Value> {
    let mut parents = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut ids = Ids::of_values();
    for entry in table.tables(key, "a value") {
        let id = ids.read(&entry);
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
                table.report(error.suggest(&parent.text, values.iter().map(|value| value.id.as_str())));
            }
        }
    }
    if values.is_empty() && !table.has(key) {
        let error = Diagnostic::new("E010", format!("a fact has no `{key}`"), table.file, table.span.clone(), "here");
        table.report(error.help("list what it may be, each with `id` and `name`"));
    }
    if let Some(circle) = close(&mut values) {
        let place = parents[circle].as_ref().map_or(table.span.clone(), |parent| parent.span.clone());
        let message = format!("`{}` is a kind of itself", values[circle].id);
        let error = Diagnostic::new("E055", message, table.file, place, "its parents come back to it");
        table.report(error.help("take one of the parents away"));
    }
    values
}

/// Works out what each value covers from the parents. The place of a value whose parents run in a circle, if there is one.
pub(crate) fn close(values: &mut [Value]) -> Option<usize> {
    let parents: Vec<Option<usize>> = values.iter().map(|value| value.parent).collect();
    let mut circle = None;
    for index in 0..parents.len() {
        let mut at = Some(index);
        for step in 0..=parents.len() {
            let Some(place) = at else { break };
            if step > 0 && place == index {
                circle = circle.or(Some(index));
                break;
            }
            values[place].covers = values[place].covers.union(ValueSet::only(index));
            at = parents[place];
        }
    }
    circle
}
