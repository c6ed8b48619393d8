//! The state shared by the functions that read the parts of a guide. It contains names, citations, terms and errors.

use std::cell::RefCell;
use std::collections::BTreeSet;

use sarcoguide_model::{Condition, EffectId, FactId, FrequencyTerm, NumberWords, PassageId, Rule, Statement, Subtype};

use crate::code::Code;
use crate::condition::lower_and_check;
use crate::coverage::Citations;
use crate::diagnostic::Diagnostic;
use crate::errors::Errors;
use crate::fact_list::{ListRules, Listed};
use crate::names::Names;
use crate::syntax;
use crate::table::{Table, Text};
use crate::thresholds::Thresholds;

/// The state shared by the functions that read the parts of a guide.
pub(crate) struct Context<'a> {
    pub errors: &'a Errors,
    pub names: Names,
    /// The types of the disease.
    pub types: Vec<Subtype>,
    /// The words for limits and ranges of numbers.
    pub number_words: NumberWords,
    pub thresholds: Thresholds,
    pub citations: Citations,
    pub doubts: Vec<String>,
    pub modalities: Vec<String>,
    pub timings: Vec<String>,
    pub intents: Vec<String>,
    pub strengths: Vec<String>,
    pub measures: Vec<String>,
    pub routes: Vec<String>,
    pub settings: Vec<String>,
    /// The meaning of each frequency word, such as "common".
    pub frequencies: Vec<FrequencyTerm>,
    pub effects: Vec<String>,
    /// For each effect, whether a treatment or a policy refers to it.
    pub effects_used: RefCell<Vec<bool>>,
    pub treatments: Vec<String>,
    /// The guide's list of facts, once the vocabulary has been read.
    pub listed: Option<Listed>,
    /// What follows from the list of facts, once all facts have been read.
    pub list_rules: Option<ListRules>,
}

impl Context<'_> {
    pub fn report(&self, diagnostic: Diagnostic) {
        self.errors.push(diagnostic);
    }

    /// Reads the list of cited passages under `key`. If `needed` is true and the list is missing or empty, reports an error.
    pub fn cited_passages(&self, table: &Table, key: &'static str, needed: bool) -> Vec<PassageId> {
        let texts = table.texts(key);
        if texts.is_empty() && needed {
            let error =
                Diagnostic::new(Code::Uncited, "a statement cites no passage", table.file, table.span.clone(), "no `from`");
            table.report(error.help("add from = [\"source:passage\"]; every statement needs a source"));
        }
        let mut seen = BTreeSet::new();
        for text in &texts {
            if !seen.insert(&text.text) {
                let message = format!("`{}` is already in the list", text.text);
                let warning = Diagnostic::new(Code::RepeatedValue, message, table.file, text.span.clone(), "repeated");
                table.report(warning.help("cite each passage once"));
            }
        }
        texts.iter().filter_map(|text| self.citations.cite(text, table.file, self.errors)).collect()
    }

    pub fn statement(&self, table: &Table) -> Statement {
        let statement = Statement { text: table.text("text"), from: self.cited_passages(table, "from", true) };
        table.finish();
        statement
    }

    pub fn statements(&self, table: &Table, key: &'static str, what: &'static str) -> Vec<Statement> {
        table.tables(key, what).iter().map(|entry| self.statement(entry)).collect()
    }

    /// Reads the condition under `key` and lowers it to the core form. Returns `None` if there is no condition, if it isn't a string or
    /// contains escapes, or if there are already too many errors.
    pub fn rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Option<Rule> {
        let (text, start) = table.condition(key)?;
        if self.errors.is_full() {
            return None;
        }
        let (expression, mut problems) = syntax::parse(&text.text, table.file, start);
        let span = start..start + text.text.len();
        let condition = lower_and_check(&self.names, &expression, table.file, span.clone(), &mut problems);
        self.thresholds.add(&self.names, &condition, table.file, &span, &mut problems);
        self.errors.extend(problems);
        let written = text.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Rule { when: condition, written, from, line: table.line(start), generated: false })
    }

    pub fn required_rule(&self, table: &Table, key: &'static str, from: Vec<PassageId>) -> Rule {
        self.rule(table, key, from.clone()).unwrap_or_else(|| {
            if !table.has(key) {
                let message = format!("the condition `{key}` is missing");
                let error = Diagnostic::new(Code::MissingPart, message, table.file, table.span.clone(), "here");
                table.report(error.help(format!("add `{key} = '...'`, or `{key} = 'always'` if it applies to everyone")));
            }
            let line = table.line(table.span.start);
            Rule { when: Condition::Always, written: "always".to_owned(), from, line, generated: false }
        })
    }

    /// Returns the index of a name in a list. If the name isn't in the list, reports an error and suggests a similar name.
    pub fn lookup(&self, text: &Text, names: &[String], what: &str, file: usize) -> Option<usize> {
        if self.errors.is_full() {
            return None;
        }
        let found = names.iter().position(|name| *name == text.text);
        if found.is_none() && !text.text.is_empty() {
            let error = Diagnostic::new(
                Code::UnknownName,
                format!("there is no {what} `{}`", text.text),
                file,
                text.span.clone(),
                "unknown",
            );
            self.report(error.suggest(&text.text, names.iter().map(String::as_str)));
        }
        found
    }

    pub fn term(&self, table: &Table, key: &'static str, names: &[String]) -> usize {
        let text = table.required(key);
        self.lookup(&text, names, key, table.file).unwrap_or_default()
    }

    /// Returns the index of a measure, route or setting. Reports an error if `terms.toml` doesn't define it.
    pub fn label(&self, text: &Text, names: &[String], key: &str, file: usize) -> Option<usize> {
        let found = names.iter().position(|name| *name == text.text);
        if found.is_none() && !text.text.is_empty() {
            let message = format!("there is no {key} `{}`", text.text);
            let error = Diagnostic::new(Code::UnknownName, message, file, text.span.clone(), "unknown");
            let error = error.suggest(&text.text, names.iter().map(String::as_str));
            self.report(error.help(format!("to define it, add a [[{key}]] with this `id` and a `name` to `terms.toml`")));
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
