//! The triage: which questions are asked, and how soon to call.

use sarcoguide_document::{Document, Emphasis, Line, Section, Target};
use sarcoguide_model::{Triage, TriageAdvice, TriageFinding, TriageGroup, TriageOutcome, Urgency};
use sarcoguide_text::t;

use crate::Edition;
use crate::line::line;
use crate::urgency::{emergency_numbers, emphasis, numbers, urgency_name, with_reason};
use crate::words::{self, Citations};

/// Returns the groups to show: those that fit, or all if none is chosen.
pub(crate) fn shown_groups<'t>(triage: &'t Triage, advice: &TriageAdvice) -> impl Iterator<Item = &'t TriageGroup> {
    let all = (0..triage.groups.len()).collect();
    let shown = if advice.groups.is_empty() { all } else { advice.groups.clone() };
    shown.into_iter().map(|place| &triage.groups[place])
}

/// The groups, the open questions and how soon to call, as text.
#[must_use]
pub fn document(guide: Edition<'_>, triage: &Triage, advice: &TriageAdvice) -> Document {
    let mut page = Page { guide, triage, advice, citations: Citations::default(), document: Document::default() };
    if let Some(outcome) = &advice.outcome {
        page.outcome(outcome);
    }
    page.questions();
    if advice.groups.is_empty() {
        page.groups();
    }
    words::sources(guide, &page.citations, &mut page.document);
    page.document
}

/// How soon to call and why, without the open questions.
#[must_use]
pub fn outcome_document(guide: Edition<'_>, triage: &Triage, advice: &TriageAdvice) -> Document {
    let mut page = Page { guide, triage, advice, citations: Citations::default(), document: Document::default() };
    if let Some(outcome) = &advice.outcome {
        page.outcome(outcome);
    }
    words::sources(guide, &page.citations, &mut page.document);
    page.document
}

struct Page<'g, 'a> {
    guide: Edition<'g>,
    triage: &'a Triage,
    advice: &'a TriageAdvice,
    citations: Citations,
    document: Document,
}

impl Page<'_, '_> {
    fn outcome(&mut self, outcome: &TriageOutcome) {
        let guide = self.guide;
        let check = guide.symptom_check.as_ref();
        if let Some(crisis) = check.and_then(|check| check.crisis.as_ref()).filter(|_| outcome.crisis) {
            self.document.section(2, crisis.name.clone(), Section::Crisis);
            for statement in &crisis.statements {
                let line = self.cited(statement);
                self.document.paragraph(line);
            }
            let numbers = numbers(guide, Some(crisis.link)).into_iter().chain(emergency_numbers(guide));
            self.document.paragraph(Line::joined(numbers, " "));
        }
        let name = Line::default().add(emphasis(outcome.urgency), urgency_name(guide, outcome.urgency));
        let section = if outcome.urgency == Urgency::Emergency { Section::RedFlags } else { Section::Call };
        self.document.section(2, name, section);
        if outcome.urgency == Urgency::Emergency {
            self.document.paragraph(Line::joined(emergency_numbers(guide).into_iter(), " "));
        }
        let words = check.iter().flat_map(|check| &check.urgencies).find(|words| words.urgency == outcome.urgency);
        if let Some(words) = words {
            let line = self.cited(&words.statement);
            self.document.paragraph(line);
        }
        if outcome.together {
            self.document.paragraph(t!(guide.text, triage_together));
        }
        if let Some(floor) = outcome.floor.and_then(|place| check.map(|check| &check.floors[place])) {
            let line = self.cited(&floor.statement);
            self.document.paragraph(line);
        }
        let lines: Vec<Line> = outcome.findings.iter().map(|finding| self.finding(*finding)).collect();
        if !lines.is_empty() {
            self.document.heading(2, t!(guide.text, triage_why));
            self.document.points(lines);
        }
    }

    fn finding(&mut self, finding: TriageFinding) -> Line {
        let entry = self.triage.rule(finding);
        let line = self.cited(&entry.statement);
        let mut line = with_reason(self.guide, line, entry.reason.as_ref());
        for effect in &entry.effects {
            let effect = &self.guide[*effect];
            let name = Line::default().link(Emphasis::Plain, words::within(&effect.name), Target::Effect(effect.id.clone()));
            line = line!(self.guide, triage_effect, text = line, effect = name);
        }
        line
    }

    fn questions(&mut self) {
        let (guide, later) = (self.guide, self.advice.at_most);
        if self.advice.outcome.as_ref().is_some_and(|outcome| later < outcome.urgency) {
            self.document.paragraph(t!(guide.text, triage_open, urgency = words::within(&urgency_name(guide, later))));
        }
        let (triage, advice) = (self.triage, self.advice);
        for (place, open) in advice.groups.iter().zip(&advice.open).filter(|(_, open)| !open.is_empty()) {
            let group = &triage.groups[*place];
            self.document.heading(2, group.name.clone());
            let lines = open.iter().map(|fact| {
                let fact = &triage.facts[fact.index()];
                let line = Line::default().plain(fact.question.clone()).faint(format!(" ({})", fact.id));
                match &fact.where_to_find {
                    Some(help) => line.plain(" ").faint(help.clone()),
                    None => line,
                }
            });
            self.document.points(lines.collect());
        }
    }

    fn groups(&mut self) {
        self.document.heading(2, t!(self.guide.text, triage_groups));
        let lines = self.triage.groups.iter().map(|group| {
            let line = Line::default().strong(group.name.clone()).faint(format!(" ({})", group.id));
            match &group.help {
                Some(help) => line.plain(": ").plain(help.clone()),
                None => line,
            }
        });
        self.document.points(lines.collect());
    }

    fn cited(&mut self, statement: &sarcoguide_model::Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }
}
