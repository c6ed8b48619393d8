//! Reads the values exercise (what matters to a person) and the symptom check.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Crisis, EffectId, FirstCall, Link, MeasureId, Modality, ModalityId, PersonalValue, RecognizedSign, RedFlag, SettingId,
    Statement, SymptomCheck, TeamQuestion, Treatment, TreatmentId, Urgency, UrgencyFloor, UrgencyText, ValuesExercise, Weight,
    WordGroup,
};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::source::Parsed;
use crate::table::Table;
use crate::wording::{groups, wordings};

/// Reads `questions.toml`: the questions to take to the team.
pub(crate) fn team_questions(context: &Context, file: &Parsed) -> Vec<TeamQuestion> {
    let table = Table::new(file.index, "the questions", &file.file.text, &file.table, context.errors);
    let mut ids = Ids::new("questions");
    let question = |entry: &Table| {
        let from = context.cited_passages(entry, "from", true);
        let decides = entry.texts("decides");
        let treatments = entry.texts("treatments");
        let named = |text| context.lookup(text, &context.treatments, "treatment", entry.file);
        TeamQuestion {
            id: ids.read(entry).text,
            rule: context.rule(entry, "when", from),
            decides: decides.iter().filter_map(|text| context.fact(text, entry.file)).collect(),
            treatments: treatments.iter().filter_map(named).map(TreatmentId::new).collect(),
            statement: context.statement(entry),
        }
    };
    let questions = table.tables("question", "a question").iter().map(question).collect();
    table.finish();
    questions
}

/// Reads `values.toml`.
pub(crate) fn exercise(context: &Context, file: &Parsed, modalities: &[Modality], treatments: &[Treatment]) -> ValuesExercise {
    let table = Table::new(file.index, "the values exercise", &file.file.text, &file.table, context.errors);
    let mut answers = Ids::new("answers");
    let mut values = Ids::new("values");
    let modalities = ids(modalities);
    // A value can list only measures and settings that a treatment uses. Others would have no effect.
    let measures: BTreeSet<usize> =
        treatments.iter().flat_map(|treatment| &treatment.outcomes).map(|outcome| outcome.measure.index()).collect();
    let settings = treatments.iter().flat_map(|treatment| &treatment.administrations).filter_map(|given| given.setting);
    let settings: BTreeSet<usize> = settings.map(SettingId::index).collect();
    let value = |entry: &Table| {
        let places = |key: &'static str, names: &[String], what: &str| -> Vec<usize> {
            entry.texts(key).iter().filter_map(|text| context.lookup(text, names, what, entry.file)).collect()
        };
        let used_places = |key: &'static str, names: &[String], used: &BTreeSet<usize>, what: &str| -> Vec<usize> {
            let (indexes, names): (Vec<usize>, Vec<String>) =
                used.iter().filter_map(|place| Some((*place, names.get(*place)?.clone()))).unzip();
            places(key, &names, what).into_iter().map(|place| indexes[place]).collect()
        };
        PersonalValue {
            id: values.read(entry).text,
            name: entry.text("name"),
            question: entry.text("question"),
            ask: entry.text("ask"),
            fact: entry.optional("fact").and_then(|text| context.fact(&text, entry.file)),
            effects: places("effects", &context.effects, "effect").into_iter().map(EffectId::new).collect(),
            measures: used_places("measures", &context.measures, &measures, "outcome measure")
                .into_iter()
                .map(MeasureId::new)
                .collect(),
            settings: used_places("settings", &context.settings, &settings, "setting").into_iter().map(SettingId::new).collect(),
            modalities: places("modalities", &modalities, "modality").into_iter().map(ModalityId::new).collect(),
            serious: entry.flag("serious"),
            lasting: entry.flag("lasting"),
            statement: context.statement(entry),
        }
    };
    let answer = |entry: &Table| {
        let weight = Weight { id: answers.read(entry).text, name: entry.text("name") };
        entry.finish();
        weight
    };
    let exercise = ValuesExercise {
        statement: required_statement(context, &table, "exercise", "the `exercise` statement"),
        weights: table.tables("answer", "an answer").iter().map(answer).collect(),
        values: table.tables("value", "a value").iter().map(value).collect(),
    };
    table.finish();
    exercise
}

fn ids(modalities: &[Modality]) -> Vec<String> {
    modalities.iter().map(|modality| modality.id.clone()).collect()
}

/// Reads `symptoms.toml`.
pub(crate) fn symptom_check(context: &Context, file: &Parsed, modalities: &[Modality], links: &[Link]) -> SymptomCheck {
    let table = Table::new(file.index, "the symptom check", &file.file.text, &file.table, context.errors);
    let links: Vec<String> = links.iter().map(|link| link.id.clone()).collect();
    let urgency = |entry: &Table| UrgencyText {
        urgency: entry.required_choice("id", Urgency::Emergency),
        name: entry.text("name"),
        short: entry.text("short"),
        link: entry.optional("link").and_then(|text| context.lookup(&text, &links, "link", entry.file)),
        statement: context.statement(entry),
    };
    let groups = groups(context, &table.tables("group", "a word group"));
    let mut named = Ids::new("calls");
    let call = |entry: &Table| FirstCall {
        id: named.read(entry).text,
        urgency: entry.required_choice("urgency", Urgency::Emergency),
        name: entry.text("name"),
        statement: context.statement(entry),
    };
    let calls: Vec<FirstCall> = table.tables("first_call", "a `first_call` entry").iter().map(call).collect();
    let named: Vec<String> = calls.iter().map(|call| call.id.clone()).collect();
    let places = |entry: &Table, key: &'static str, names: &[String], what: &str| -> Vec<usize> {
        entry.texts(key).iter().filter_map(|text| context.lookup(text, names, what, entry.file)).collect()
    };
    let effects = |entry: &Table| places(entry, "effects", &context.effects, "effect").into_iter().map(EffectId::new).collect();
    let sign = |entry: &Table| {
        let (statement, reason) = reasoned(context, entry);
        let sign = RecognizedSign {
            call: context.lookup(&entry.required("call"), &named, "call", entry.file).unwrap_or(0),
            words: wordings(context, entry, "words", &groups),
            but: wordings(context, entry, "but", &groups),
            on: wordings(context, entry, "on", &groups),
            effects: effects(entry),
            treatment_unknown: !entry.flag("treatment_known"),
            statement,
            reason,
        };
        entry.finish();
        sign
    };
    let kinds = ids(modalities);
    let floor = |entry: &Table| {
        let (statement, reason) = reasoned(context, entry);
        let floor = UrgencyFloor {
            urgency: entry.required_choice("urgency", Urgency::Emergency),
            modalities: places(entry, "modalities", &kinds, "modality").into_iter().map(ModalityId::new).collect(),
            treatments: places(entry, "treatments", &context.treatments, "treatment").into_iter().map(TreatmentId::new).collect(),
            effects: effects(entry),
            statement,
            reason,
        };
        if floor.modalities.is_empty() && floor.treatments.is_empty() {
            let error = Diagnostic::new(
                Code::MissingPart,
                "an `urgency_floor` entry has no modalities or treatments",
                entry.file,
                entry.span.clone(),
                "this entry",
            );
            context.report(error.help("add `modalities`, `treatments`, or both"));
        }
        entry.finish();
        floor
    };
    let flag = |entry: &Table| {
        let (statement, reason) = reasoned(context, entry);
        entry.finish();
        RedFlag { statement, reason }
    };
    let check = SymptomCheck {
        stop_words: table.strings("stop_words"),
        exact_words: table.strings("exact_words"),
        negations: table.strings("negations"),
        red_flags: table.tables("red_flag", "a `red_flag` entry").iter().map(flag).collect(),
        unsure: required_statement(context, &table, "unsure", "the `unsure` statement"),
        crisis: crisis(context, &table, &groups, &links),
        calls,
        recognized_signs: table.tables("recognized_sign", "a sign").iter().map(sign).collect(),
        groups,
        urgencies: table.tables("urgency", "an urgency").iter().map(urgency).collect(),
        floors: table.tables("urgency_floor", "an `urgency_floor` entry").iter().map(floor).collect(),
        not_recognized: required_statement(context, &table, "not_recognized", "the `not_recognized` statement"),
        know: context.statements(&table, "know", "a `know` statement"),
    };
    for urgency in Urgency::ALL {
        let id = urgency.id();
        let times = check.urgencies.iter().filter(|words| words.urgency == urgency).count();
        if times != 1 {
            let message = format!("`{id}` has {times} [[urgency]] entries, but needs exactly one");
            let error = Diagnostic::new(Code::UrgencyText, message, file.index, 0..0, "this file");
            context.report(error.help(format!("write exactly one [[urgency]] with id = \"{id}\"")));
        }
    }
    table.finish();
    check
}

/// Reads the statement of an entry, and the reason for its urgency. Reports an error if the entry has neither a citation nor a reason.
fn reasoned(context: &Context, entry: &Table) -> (Statement, Option<String>) {
    let reason = entry.optional_text("reason");
    (Statement { text: entry.text("text"), from: context.cited_passages(entry, "from", reason.is_none()) }, reason)
}

/// Reads the help for a person in a crisis, if the guide has any.
fn crisis(context: &Context, table: &Table, groups: &[WordGroup], links: &[String]) -> Option<Crisis> {
    let entry = table.table("crisis", "the crisis help")?;
    Some(Crisis {
        name: entry.text("name"),
        statements: context.statements(&entry, "say", "a crisis statement"),
        link: context.lookup(&entry.required("link"), links, "link", entry.file).unwrap_or(0),
        words: wordings(context, &entry, "words", groups),
        always: context.statement(&entry),
    })
}

/// Reads the statement in the table `key`. If there is no such table, reports an error and returns an empty statement.
fn required_statement(context: &Context, table: &Table, key: &'static str, what: &'static str) -> Statement {
    match table.table(key, what) {
        Some(entry) => context.statement(&entry),
        None => {
            let error = Diagnostic::new(Code::MissingPart, format!("{what} is missing"), table.file, 0..0, "this file");
            table.report(error.help(format!("add [{key}] with `text` and `from`")));
            Statement { text: String::new(), from: Vec::new() }
        }
    }
}
