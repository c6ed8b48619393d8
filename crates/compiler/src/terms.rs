//! Reads `terms.toml`, which defines the terms that describe treatments: modalities, timings, intents, strengths, frequency words, measures, routes
//! and settings.

use std::collections::BTreeMap;

use sarcoguide_model::{Course, FrequencyTerm, Label, Measure, Modality, NumberWords, Standing, Strength, Term, TimingId};

use crate::code::Code;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::ids::Ids;
use crate::table::Table;

/// The possible values of `course`, which says how a timing is related to the main course of treatment.
const COURSES: [(&str, Course); 3] = [("main", Course::Main), ("branch", Course::Branch), ("alongside", Course::Alongside)];

/// The contents of `terms.toml`.
pub(crate) struct Terms {
    pub modalities: Vec<Modality>,
    pub timings: Vec<Term>,
    pub start: Option<TimingId>,
    pub end: Option<TimingId>,
    pub intents: Vec<Term>,
    pub strengths: Vec<Strength>,
    pub frequencies: Vec<FrequencyTerm>,
    pub measures: Vec<Measure>,
    pub routes: Vec<Label>,
    pub settings: Vec<Label>,
}

pub(crate) fn read(context: &Context, table: &Table) -> Terms {
    let modalities = modalities(context, table);
    let (timings, start, end) = timings(table);
    let terms = Terms {
        modalities,
        timings,
        start,
        end,
        intents: intents(table),
        strengths: strengths(table),
        frequencies: crate::frequency::read(table),
        measures: measures(table),
        routes: labels(table, "route", "a route", "routes"),
        settings: labels(table, "setting", "a setting", "settings"),
    };
    table.finish();
    terms
}

/// Reads the words for limits and ranges of numbers. A guide can leave out any of them.
pub(crate) fn number_words(table: &Table) -> NumberWords {
    let Some(words) = table.table("number_words", "the words for numbers") else { return NumberWords::default() };
    let list = |key| words.texts(key).into_iter().map(|word| word.text.to_lowercase()).collect();
    let read = NumberWords {
        less_than: list("less_than"),
        at_most: list("at_most"),
        more_than: list("more_than"),
        at_least: list("at_least"),
        to: list("to"),
        from: list("from"),
        between: list("between"),
        and: list("and"),
        joins: list("joins"),
        units: words.map("units").into_iter().map(|(word, unit)| (word.to_lowercase(), unit)).collect(),
        numerals: words.table("numerals", "the words for numbers").map_or_else(BTreeMap::new, |table| table.whole_numbers()),
    };
    words.finish();
    read
}

fn modalities(context: &Context, table: &Table) -> Vec<Modality> {
    let mut ids = Ids::new("modalities");
    let read = |entry: &Table| {
        let declined = context.rule(entry, "declined", Vec::new());
        let (id, name, supportive) = (ids.read(entry).text, entry.text("name"), entry.flag("supportive"));
        let less_treatment = entry.flag("less_treatment");
        entry.finish();
        Modality { id, name, supportive, less_treatment, declined }
    };
    table.tables("modality", "a modality").iter().map(read).collect()
}

/// Reads the timings. Also returns the timings that are marked as the start and the end of the treatment course.
fn timings(table: &Table) -> (Vec<Term>, Option<TimingId>, Option<TimingId>) {
    let entries = table.tables("timing", "a timing");
    let mut ids = Ids::new("timings");
    let (mut timings, mut start, mut end) = (Vec::new(), None, None);
    for (place, entry) in entries.iter().enumerate() {
        let (id, name, help) = (ids.read(entry).text, entry.text("name"), entry.text("help"));
        let course = entry.one_of("course", &COURSES).unwrap_or_default();
        let read_endpoint = |key: &'static str, at: usize, which: &str, found: &mut Option<TimingId>| {
            if !entry.flag(key) {
                return;
            }
            if place == at && course == Course::Main {
                *found = Some(TimingId::new(place));
            } else {
                let message = format!("`{id}` can't be the {key} of the treatment course");
                let error = Diagnostic::new(Code::WrongEnd, message, entry.file, entry.span.clone(), "this timing");
                let help =
                    format!("the {key} must be the {which} timing and have no `course`; move the entry, or remove `{key}`");
                entry.report(error.help(help));
            }
        };
        read_endpoint("start", 0, "first", &mut start);
        read_endpoint("end", entries.len() - 1, "last", &mut end);
        timings.push(Term { id, name, help, course });
        entry.finish();
    }
    (timings, start, end)
}

fn intents(table: &Table) -> Vec<Term> {
    let mut ids = Ids::new("intents");
    let read = |entry: &Table| {
        let (id, name, help) = (ids.read(entry).text, entry.text("name"), entry.text("help"));
        entry.finish();
        Term { id, name, help, course: Course::Main }
    };
    table.tables("intent", "an intent").iter().map(read).collect()
}

fn strengths(table: &Table) -> Vec<Strength> {
    let mut ids = Ids::new("strengths");
    let read = |entry: &Table| {
        let strength = Strength {
            id: ids.read(entry).text,
            name: entry.text("name"),
            help: entry.text("help"),
            standing: entry.required_choice("standing", Standing::Option),
            main: entry.flag("main"),
        };
        entry.finish();
        strength
    };
    table.tables("strength", "a strength").iter().map(read).collect()
}

fn measures(table: &Table) -> Vec<Measure> {
    let mut ids = Ids::new("measures");
    let read = |entry: &Table| {
        let measure = Measure {
            id: ids.read(entry).text,
            name: entry.text("name"),
            event: entry.optional_text("event"),
            better: entry.choice("better"),
            by_choice: entry.flag("by_choice"),
        };
        entry.finish();
        measure
    };
    table.tables("measure", "a measure").iter().map(read).collect()
}

fn labels(table: &Table, key: &'static str, what: &'static str, many: &'static str) -> Vec<Label> {
    let mut ids = Ids::new(many);
    let read = |entry: &Table| {
        let (id, name) = (ids.read(entry).text, entry.text("name"));
        entry.finish();
        Label { id, name }
    };
    table.tables(key, what).iter().map(read).collect()
}
