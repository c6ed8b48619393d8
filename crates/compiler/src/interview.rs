//! Reads the interview: the questions that a person is asked, and their order.

use sarcoguide_model::{Fact, FactId, Interview, QuestionCondition, QuestionGroup, QuestionPage, QuestionPart};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;

/// Reads `interview.toml`.
pub(crate) fn interview(context: &Context, file: &Parsed) -> Interview {
    let table = Table::new(file.index, "the interview", &file.file.text, &file.table, context.errors);
    let mut times = vec![0_usize; context.names.facts.len()];
    let entries = table.tables("part", "a part of the interview");
    let has_steps = entries.iter().any(|entry| entry.has("step"));
    let mut steps: Vec<String> = Vec::new();
    let mut part = |entry: &Table| {
        let mut facts = entry.texts("facts").iter().filter_map(|text| context.fact(text, file.index)).collect::<Vec<_>>();
        if let Some(list) = entry.optional("list") {
            let lists: Vec<String> = context.listed.iter().map(|listed| listed.list.id.clone()).collect();
            let known = context.lookup(&list, &lists, "list of facts", file.index).and(context.listed.as_ref());
            facts.extend(known.iter().flat_map(|listed| &listed.list.facts));
        }
        facts.iter().for_each(|fact| times[fact.index()] += 1);
        let title = entry.text("title");
        if let Some(step) = entry.optional_text("step").or_else(|| (!has_steps || steps.is_empty()).then(|| title.clone())) {
            steps.push(step);
        }
        let part = QuestionPart { title, first: entry.flag("first"), step: steps.len().saturating_sub(1), facts };
        entry.finish();
        part
    };
    let parts = entries.iter().map(&mut part).collect();
    let mut ids = Ids::new("pages");
    let pages = table.tables("page", "a page of questions").iter().map(|entry| page(context, &mut ids, entry)).collect();
    let interview = Interview {
        name: table.optional_text("name"),
        heading: table.optional_text("heading"),
        welcome: table.optional_text("welcome"),
        steps,
        parts,
        always: table.texts("always").iter().filter_map(|text| context.fact(text, file.index)).collect(),
        conditions: table.tables("condition", "a condition on questions").iter().map(|entry| condition(context, entry)).collect(),
        groups: question_groups(context, &table),
        pages,
    };
    for (fact, times) in context.names.facts.iter().zip(times).filter(|(_, times)| *times != 1) {
        let message = format!("`{}` is in {times} parts of the interview", fact.id);
        let error = Diagnostic::new(Code::InterviewParts, message, file.index, 0..0, "this file");
        context.report(error.help("list each fact in the `facts` of exactly one [[part]], or its list in `list`"));
    }
    table.finish();
    interview
}

/// Reads a page on which several questions can be answered at once.
fn page(context: &Context, ids: &mut Ids, entry: &Table) -> QuestionPage {
    let id = ids.read(entry);
    let list = context.listed.as_ref().map(|listed| &listed.list);
    if list.is_some_and(|list| list.id == id.text) || context.names.facts.iter().any(|fact| fact.id == id.text) {
        let message = format!("a page and a fact are called `{}`", id.text);
        let error = Diagnostic::new(Code::DuplicateName, message, entry.file, id.span, "the page");
        entry.report(error.help("give the page another ID, because both IDs are used in addresses"));
    }
    let facts = facts_of_page(context, entry);
    let page =
        QuestionPage { id: id.text, title: entry.text("title"), link: entry.text("link"), text: entry.text("text"), facts };
    entry.finish();
    page
}

/// Reads the facts of a page with several questions.
fn facts_of_page(context: &Context, entry: &Table) -> Vec<FactId> {
    let list = context.listed.as_ref().map(|listed| &listed.list);
    let mut facts: Vec<FactId> = Vec::new();
    for text in entry.texts("facts") {
        let Some(fact) = context.fact(&text, entry.file) else { continue };
        let problem = if facts.contains(&fact) {
            Some("is on this page twice")
        } else if list.is_some_and(|list| list.facts.contains(&fact)) {
            Some("is in a list, and a list has a page of its own")
        } else {
            None
        };
        match problem {
            Some(problem) => {
                let message = format!("`{}` {problem}", text.text);
                let error = Diagnostic::new(Code::InterviewPage, message, entry.file, text.span, "here");
                entry.report(error.help("remove it"));
            }
            None => facts.push(fact),
        }
    }
    if facts.is_empty() {
        let error = Diagnostic::new(Code::InterviewPage, "a page has no questions", entry.file, entry.span.clone(), "this page");
        entry.report(error.help("list facts in `facts`, or remove the page"));
    }
    facts
}

/// Reads the questions that are asked together.
fn question_groups(context: &Context, table: &Table) -> Vec<QuestionGroup> {
    let mut seen: Vec<FactId> = Vec::new();
    let mut group = |entry: &Table| {
        let group = QuestionGroup { title: entry.text("title"), facts: facts_of_page(context, entry) };
        if group.facts.iter().any(|fact| seen.contains(fact)) {
            let message = "a question is asked together with two groups of questions";
            let error = Diagnostic::new(Code::InterviewPage, message, entry.file, entry.span.clone(), "the second group");
            entry.report(error.help("name each fact in at most one [[group]]"));
        }
        seen.extend(&group.facts);
        entry.finish();
        group
    };
    table.tables("group", "questions that are asked together").iter().map(&mut group).collect()
}

/// Reads a condition on questions.
fn condition(context: &Context, entry: &Table) -> QuestionCondition {
    let facts = entry.texts("facts").iter().filter_map(|text| context.fact(text, entry.file)).collect();
    let condition = QuestionCondition { facts, when: context.required_rule(entry, "when", Vec::new()).when };
    entry.finish();
    condition
}

/// Creates an interview for a guide without `interview.toml`. It asks about the facts in the order of `facts`, with one part for each area.
pub(crate) fn default_interview(facts: &[Fact]) -> Interview {
    let mut parts: Vec<QuestionPart> = Vec::new();
    for (place, fact) in facts.iter().enumerate() {
        let title = fact.area.replace('_', " ");
        match parts.last_mut().filter(|part| part.title == title) {
            Some(part) => part.facts.push(FactId::new(place)),
            None => parts.push(QuestionPart { title, first: true, step: parts.len(), facts: vec![FactId::new(place)] }),
        }
    }
    let steps = parts.iter().map(|part| part.title.clone()).collect();
    Interview { steps, parts, ..Interview::default() }
}
