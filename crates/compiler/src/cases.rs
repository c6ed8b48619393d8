//! Reads the test cases in a guide, with the verdicts that its authors expect.

use std::ops::Range;

use sarcoguide_case::{CaseError, complete, list_is_complete, toml_value};
use sarcoguide_model::{
    Case, DerivedFact, DerivedId, Domain, Expectation, Fact, FactId, GuideCase, NoTreatmentIndicated, OutOfScope, TimingId,
    TreatmentId, Verdict,
};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::source::Parsed;
use crate::table::{Table, Text};

/// Reads the facts of a case from the table under `key`.
pub(crate) fn case_facts(context: &Context, table: &Table, key: &'static str) -> Case {
    case_facts_if_valid(context, table, key).unwrap_or_else(|case| case)
}

/// Like [`case_facts`], but returns the case as an error if some of its facts are invalid. It leaves out these facts.
pub(crate) fn case_facts_if_valid(context: &Context, table: &Table, key: &'static str) -> Result<Case, Case> {
    let mut case = Case::unknown(context.names.facts.len());
    let mut is_valid = true;
    let Some(table) = table.table(key, "the facts of a case") else { return Ok(case) };
    let listed = |name: &Text| context.listed.as_ref().map(|listed| &listed.list).filter(|list| list.id == name.text);
    let (lists, facts): (Vec<_>, Vec<_>) = table.entries().into_iter().partition(|(name, _)| listed(name).is_some());
    let stated: Vec<&str> = facts.iter().map(|(name, _)| name.text.as_str()).collect();
    for (list, value) in lists.iter().filter_map(|(name, value)| Some((listed(name)?, value))) {
        match list_is_complete(list, value.get_ref()) {
            Ok(true) => complete(&mut case, list, |fact| stated.contains(&context.names.facts[fact.index()].id.as_str())),
            Ok(false) => {}
            Err(error) => {
                is_valid = false;
                context.report(invalid_list(&error, table.file, value.span()));
            }
        }
    }
    for (name, value) in facts {
        let Some(id) = context.fact(&name, table.file) else {
            is_valid = false;
            continue;
        };
        let fact = &context.names.facts[id.index()];
        match toml_value(fact, &context.number_words, value.get_ref()) {
            Ok(known) => case.set(id, known),
            Err(error) => {
                is_valid = false;
                context.report(invalid_value(fact, &error, table.file, value.span()));
            }
        }
    }
    if is_valid { Ok(case) } else { Err(case) }
}

/// Creates a diagnostic for what a case can't say about a list of facts.
fn invalid_list(error: &CaseError, file: usize, span: Range<usize>) -> Diagnostic {
    let english = sarcoguide_text::Text::english();
    let diagnostic = Diagnostic::new(Code::ImpossibleValue, error.message(english), file, span, "not a value of this list");
    error.help(english).into_iter().fold(diagnostic, Diagnostic::help)
}

/// Creates a diagnostic for a value that a fact can't have.
pub(crate) fn invalid_value(fact: &Fact, error: &CaseError, file: usize, span: Range<usize>) -> Diagnostic {
    let english = sarcoguide_text::Text::english();
    let label = match &fact.domain {
        Domain::Number { .. } => "not a number that this fact can have",
        Domain::Values(_) => "not a value of this fact",
    };
    let diagnostic = Diagnostic::new(Code::ImpossibleValue, error.message(english), file, span, label);
    match error.help(english) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Reads the list of facts under `key`. Returns them in the order of [`Guide::facts`](sarcoguide_model::Guide::facts) and without duplicates, or
/// `None` if there is no such key.
pub(crate) fn facts_of(context: &Context, table: &Table, key: &'static str) -> Option<Vec<FactId>> {
    let texts = table.texts(key);
    let mut facts: Vec<FactId> = texts.iter().filter_map(|text| context.fact(text, table.file)).collect();
    facts.sort_unstable();
    facts.dedup();
    table.has(key).then_some(facts)
}

fn expectation(context: &Context, table: &Table, treatment: TreatmentId) -> Expectation {
    let verdict = table.required_choice("verdict", Verdict::Possible);
    let (reason, missing) = (facts_of(context, table, "reason"), facts_of(context, table, "missing"));
    let some = |facts: &Option<Vec<FactId>>| facts.as_ref().is_some_and(|facts| !facts.is_empty());
    if table.has("verdict") && verdict.is_decided() && some(&missing) {
        let message = format!("`{}` is a decided verdict, so no facts can be missing", verdict.id());
        let error = Diagnostic::new(
            Code::ContradictoryExpectation,
            message,
            table.file,
            table.span.clone(),
            "but this expects `missing`",
        );
        table.report(error.help("in `reason`, list the facts that force the verdict, or expect `possible`"));
    }
    if table.has("verdict") && !verdict.is_decided() && some(&reason) {
        let message = "`possible` isn't a decided verdict, so it has no reason".to_owned();
        let error = Diagnostic::new(
            Code::ContradictoryExpectation,
            message,
            table.file,
            table.span.clone(),
            "but this expects a `reason`",
        );
        table.report(error.help("in `missing`, list the facts that would settle the verdict"));
    }
    let (standing, former_indication) = (table.choice("standing"), table.choice("former_indication"));
    let unavailable = verdict == Verdict::Unavailable;
    if table.has("verdict") && former_indication.is_some() && !unavailable {
        let message = format!("`former_indication` applies only to `unavailable`, but this case expects `{}`", verdict.id());
        let error = Diagnostic::new(
            Code::ContradictoryExpectation,
            message,
            table.file,
            table.span.clone(),
            "but this expects `former_indication`",
        );
        table.report(error.help("expect `unavailable`, or remove `former_indication`"));
    }
    if table.has("verdict") && standing.is_some() && (unavailable || verdict == Verdict::NotIndicated) {
        let message = format!("`standing` doesn't apply to the verdict `{}`", verdict.id());
        let error = Diagnostic::new(
            Code::ContradictoryExpectation,
            message,
            table.file,
            table.span.clone(),
            "but this expects a `standing`",
        );
        table.report(error.help("remove `standing`, or expect another verdict"));
    }
    let timing = table.has("timing").then(|| {
        let texts = table.texts("timing");
        texts.iter().filter_map(|text| context.lookup(text, &context.timings, "timing", table.file)).map(TimingId::new).collect()
    });
    let precautions = table.whole("precautions").map(|number: u32| number as usize);
    let precautions_for = facts_of(context, table, "precautions_for").unwrap_or_default();
    let outcomes = table.whole("outcomes").map(|number: u32| number as usize);
    let declined = table.has("declined").then(|| table.flag("declined"));
    Expectation {
        treatment,
        verdict,
        standing,
        former_indication,
        timing,
        reason,
        missing,
        precautions,
        precautions_for,
        outcomes,
        declined,
    }
}

/// Reads the IDs of the doubts that a case should raise, in the order of the guide.
fn doubts(context: &Context, table: &Table) -> Vec<String> {
    let texts = table.texts("doubts");
    let mut places: Vec<usize> =
        texts.iter().filter_map(|text| context.lookup(text, &context.doubts, "doubt", table.file)).collect();
    places.sort_unstable();
    places.into_iter().map(|place| context.doubts[place].clone()).collect()
}

/// Reads a `[[case]]` in a treatment's file.
pub(crate) fn of_treatment(context: &Context, file: &Parsed, table: &Table, treatment: TreatmentId) -> GuideCase {
    let case = GuideCase {
        file: file.file.path.clone(),
        name: table.text("name"),
        story: table.optional_text("story"),
        case: case_facts(context, table, "facts"),
        scope: None,
        no_treatment_indicated: None,
        doubts: doubts(context, table),
        derived: Vec::new(),
        expect: vec![expectation(context, table, treatment)],
        first_scenario: Vec::new(),
    };
    table.finish();
    case
}

/// Reads an entry of `first_scenario`: treatments of which the first scenario should indicate at least one.
fn in_first_scenario(context: &Context, entry: &Table) -> Vec<TreatmentId> {
    let treatments = entry.texts("treatments");
    if treatments.is_empty() {
        let message = "an entry of `first_scenario` has no treatments";
        let error = Diagnostic::new(Code::NoExpectation, message, entry.file, entry.span.clone(), "this entry");
        entry.report(error.help("list one or more treatments in `treatments`"));
    }
    let found = treatments.iter().filter_map(|text| context.lookup(text, &context.treatments, "treatment", entry.file));
    let found = found.map(TreatmentId::new).collect();
    entry.finish();
    found
}

/// Reads a file in `cases/`.
pub(crate) fn of_file(
    context: &Context,
    file: &Parsed,
    out_of_scope: &[OutOfScope],
    none_indicated: &[NoTreatmentIndicated],
) -> GuideCase {
    let table = Table::new(file.index, "a case", &file.file.text, &file.table, context.errors);
    let case = case_facts(context, &table, "facts");
    let scope = table.optional("scope");
    if let Some(scope) = &scope {
        let mut names: Vec<String> = out_of_scope.iter().map(|entry| entry.id.clone()).collect();
        names.extend(["in".to_owned(), "unknown".to_owned()]);
        context.lookup(scope, &names, "scope", file.index);
    }
    let no_treatment_indicated = table.has("no_treatment_indicated").then(|| {
        let names: Vec<String> = none_indicated.iter().map(|entry| entry.id.clone()).collect();
        let texts = table.texts("no_treatment_indicated");
        let known =
            texts.iter().filter(|text| context.lookup(text, &names, "`no_treatment_indicated` entry", file.index).is_some());
        known.map(|text| text.text.clone()).collect()
    });
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
    let entries = table.tables("first_scenario", "treatments of the first scenario");
    let first_scenario: Vec<Vec<TreatmentId>> = entries.iter().map(|entry| in_first_scenario(context, entry)).collect();
    if expect.is_empty() && first_scenario.is_empty() && scope.is_none() && !table.has("doubts") {
        let message = "a case has neither `[[expect]]`, `[[first_scenario]]` nor `scope`";
        let error = Diagnostic::new(Code::NoExpectation, message, file.index, 0..0, "this case");
        table.report(error.help("add [[expect]] with a treatment and its verdict, or add `scope`"));
    }
    let case = GuideCase {
        file: file.file.path.clone(),
        name: table.text("name"),
        story: table.optional_text("story"),
        case,
        scope: scope.map(|text| text.text),
        no_treatment_indicated,
        doubts: doubts(context, &table),
        derived,
        expect,
        first_scenario,
    };
    table.finish();
    case
}
