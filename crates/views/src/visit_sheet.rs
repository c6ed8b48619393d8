//! A sheet of one page that a person takes to a visit: their situation, their questions with room for the answers, and whom to call.

use std::collections::BTreeSet;

use sarcoguide_document::{Document, Emphasis, Line, Target};
use sarcoguide_model::{AssumptionKind, OwnQuestion, PartialDate, Scenario, Standing, TreatmentId};
use sarcoguide_text::t;

use crate::line::line;
use crate::provenance::note;
use crate::situation::clauses;
use crate::words::within;
use crate::{Answered, Edition, doubts, take_along};

/// The number of assumptions up to which the sheet names treatments. With more, it only shows what is known.
const MAX_ASSUMPTIONS: usize = 3;
/// The number of questions up to which there are two lines for each answer. With more, there is one.
const WITH_TWO_LINES: usize = 5;

/// The lines of a sheet around the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The situation, and what is usual in it. Each is a sentence.
    pub situation: Vec<String>,
    /// What doesn't fit together in the answers, with each way to read it.
    pub doubts: Document,
    /// Names with phone numbers.
    pub calls: Vec<Line>,
    /// The guide and the program, and who has reviewed the guide.
    pub closing: String,
}

/// Returns the person's list as it is before they change it: the questions that are proposed.
#[must_use]
pub fn proposed(guide: Edition<'_>, answered: Answered<'_>) -> Vec<OwnQuestion> {
    let questions = take_along::questions(guide, answered);
    questions.iter().map(|question| OwnQuestion { text: question.in_words(guide), ticked: false }).collect()
}

/// Returns the number of lines for each answer if there are `count` questions.
#[must_use]
pub fn lines_for_answer(count: usize) -> u8 {
    if count <= WITH_TWO_LINES { 2 } else { 1 }
}

/// Returns the lines around the questions.
#[must_use]
pub fn around(guide: Edition<'_>, answered: Answered<'_>) -> Around {
    let text = guide.text;
    let clauses = clauses(guide, answered.case, answered.advice);
    let mut situation = Vec::new();
    if !clauses.is_empty() {
        situation.push(t!(text, visit_sheet_situation, facts = clauses.join("; ")));
        situation.extend(plan(guide, answered));
    }
    let with_phone = guide.guide.links.iter().filter_map(|link| Some((link, link.phone.as_ref()?)));
    let call = |(link, phone): (&sarcoguide_model::Link, &String)| {
        let to = Target::Phone(link.dial.clone().unwrap_or_else(|| phone.clone()));
        let phone = Line::default().link(Emphasis::Strong, phone, to);
        line!(guide, visit_sheet_call, name = &link.name, phone = phone)
    };
    let calls = with_phone.map(call).collect();
    let doubts = doubts::section(guide, answered.case, answered.advice);
    Around { situation, doubts, calls, closing: [note(guide), guide.review.clone()].join(" ") }
}

/// Returns what the most usual scenario recommends and what else it has, if it assumes little.
fn plan(guide: Edition<'_>, answered: Answered<'_>) -> Vec<String> {
    let Some(scenario) = answered.advice.scenarios.first() else { return Vec::new() };
    let mut seen = BTreeSet::new();
    let assumed = scenario.assumptions.iter().filter(|one| guide.usual_values[one.entry].kind != AssumptionKind::RoutineCheck);
    let assumed: Vec<&str> = assumed.map(|one| one.says(guide.guide)).filter(|says| seen.insert(*says)).collect();
    if assumed.len() > MAX_ASSUMPTIONS {
        return Vec::new();
    }
    let names = |standing: Standing| named(guide, answered, scenario, standing);
    let (usual, others) = (names(Standing::Recommended), names(Standing::Option));
    let text = guide.text;
    let mut lines = Vec::new();
    let names_any = !usual.is_empty() || !others.is_empty();
    if !assumed.is_empty() && names_any {
        lines.push(t!(text, visit_sheet_assumed, assumed = assumed.join("; ")));
    }
    if !usual.is_empty() {
        lines.push(t!(text, visit_sheet_usual, treatments = usual.join("; ")));
    }
    if !others.is_empty() {
        lines.push(t!(text, visit_sheet_discuss, treatments = others.join("; ")));
    }
    lines
}

/// Returns the names of the treatments that a scenario indicates with this standing, without care around treatment, declined ones and techniques.
fn named(guide: Edition<'_>, answered: Answered<'_>, scenario: &Scenario, standing: Standing) -> Vec<String> {
    let all: BTreeSet<TreatmentId> = scenario.indicated().map(|entry| entry.treatment).collect();
    let mut entries: Vec<_> = scenario.indicated().filter(|entry| entry.standing == Some(standing)).collect();
    // The strongest recommendation first.
    entries.sort_by_key(|entry| {
        let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
        indications.filter(|(_, truth)| truth.is_true()).map(|(one, _)| (one.strength, one.timing)).min()
    });
    let entries = entries.into_iter().map(|entry| entry.treatment);
    let shown = entries.filter(|id| {
        let is_technique = guide[*id].technique_of.iter().any(|whole| all.contains(whole));
        !is_technique && !guide.is_supportive(*id) && !answered.advice[*id].declined.is_true()
    });
    shown.map(|id| within(&guide[id].name)).collect()
}

/// Returns the sheet with these questions. If `made` is given, it shows this date as the day on which it was created.
#[must_use]
pub fn visit_sheet(guide: Edition<'_>, answered: Answered<'_>, questions: &[OwnQuestion], made: Option<PartialDate>) -> Document {
    let text = guide.text;
    let Around { situation, doubts, calls, closing } = around(guide, answered);
    let mut document = Document::default();
    document.heading(1, t!(text, visit_sheet_heading));
    document.paragraph(t!(text, visit_sheet_blanks));
    if !situation.is_empty() {
        document.paragraph(situation.join(" "));
    }
    let lines = lines_for_answer(questions.len());
    for question in questions {
        document.blank(Line::default().strong(&question.text), Some(question.ticked), lines);
    }
    document.blank(Line::default().strong(t!(text, visit_sheet_agreed)), None, 2);
    document.blank(Line::default().strong(t!(text, visit_sheet_next)), None, 1);
    document.blank(Line::default().strong(t!(text, visit_sheet_team)), None, 1);
    if !calls.is_empty() {
        document.paragraph(Line::joined(calls.into_iter(), "; "));
    }
    document.blocks.extend(doubts.blocks);
    let made = made.map(|date| t!(text, visit_made, date = date.to_string()));
    document.paragraph(Line::default().faint(made.into_iter().chain([closing]).collect::<Vec<_>>().join(" ")));
    document
}
