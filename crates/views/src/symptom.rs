//! The answer to a person who reports a symptom.
//!
//! The answer starts with the signs of an emergency. In a crisis (if the person may harm themselves), the crisis line comes before these signs.
//! Then the answer says how soon to call and what was recognized in the report.

use sarcoguide_document::{Document, Emphasis, Line, Section};
use sarcoguide_model::{
    Crisis, EffectId, PassageId, RecognizedSign, Statement, SymptomCheck, TreatmentId, Urgency, UrgencyFloor,
};
use sarcoguide_search::symptom::{Checker, LATEST, Report, SymptomAnswer};
use sarcoguide_text::t;

use crate::Edition;
use crate::line::line;
use crate::links;
pub use crate::urgency::urgency_name;
use crate::urgency::{emergency_numbers, emphasis, numbers, urgency_short, with_reason};
use crate::words::{self, Citations};

/// The answer to a reported symptom. `treatment` is the treatment that the person is on, if they named one.
#[must_use]
pub fn document(guide: Edition<'_>, checker: &Checker, treatment: Option<TreatmentId>, report: Report) -> Document {
    let found = checker.find(treatment, report);
    let mut page = Answer::new(guide, treatment);
    if let Some(check) = checker.symptom_check() {
        // In a crisis, the crisis line comes before the signs of an emergency.
        if let Some(crisis) = check.crisis.as_ref().filter(|_| found.crisis) {
            page.crisis(crisis);
        }
        page.red_flags(check);
        // If nothing but a crisis was recognized, the crisis section already says what to do.
        if !found.crisis || !found.signs.is_empty() || !found.effects.is_empty() {
            page.call(check, &found);
            page.effects(&found);
        }
        page.list(t!(guide.text, symptom_know), &check.know);
        page.all_signs(check);
    }
    words::sources(page.guide, &page.citations, &mut page.document);
    page.document
}

/// The page before a person reports anything: the signs of an emergency, whom to call when unsure, and all signs that are a reason to call.
#[must_use]
pub fn red_flags(guide: Edition<'_>) -> Document {
    let mut page = Answer::new(guide, None);
    if let Some(check) = &guide.symptom_check {
        page.red_flags(check);
        page.all_signs(check);
        words::sources(page.guide, &page.citations, &mut page.document);
    }
    page.document
}

struct Answer<'g> {
    guide: Edition<'g>,
    treatment: Option<TreatmentId>,
    citations: Citations,
    document: Document,
}

impl<'g> Answer<'g> {
    fn new(guide: Edition<'g>, treatment: Option<TreatmentId>) -> Self {
        Self { guide, treatment, citations: Citations::default(), document: Document::default() }
    }

    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    /// A statement with its citations and, if no source supports it, the authors' reason for it.
    fn reasoned(&mut self, statement: &Statement, reason: Option<&String>) -> Line {
        let line = self.cited(statement);
        with_reason(self.guide, line, reason)
    }

    fn list(&mut self, title: String, statements: &[Statement]) {
        if !statements.is_empty() {
            let lines = statements.iter().map(|statement| self.cited(statement)).collect();
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    /// Adds the signs of an emergency and what to do when unsure. Every answer has this section.
    fn red_flags(&mut self, check: &SymptomCheck) {
        let urgency = urgency_name(self.guide, Urgency::Emergency);
        let heading = t!(self.guide.text, symptom_red_flags, urgency = urgency);
        self.document.section(2, Line::default().add(Emphasis::Bad, heading), Section::RedFlags);
        let lines = check.red_flags.iter().map(|flag| Line::default().plain(flag.statement.text.clone())).collect();
        self.document.points(lines);
        // One citation mark for all of them keeps urgent text easy to read.
        let statements = check.red_flags.iter().map(|flag| &flag.statement).chain([&check.unsure]);
        let from: Vec<PassageId> = statements.flat_map(|statement| statement.from.iter().copied()).collect();
        let unsure = Line::default().strong(check.unsure.text.clone());
        self.document.paragraph(unsure.cite(self.citations.mark(&from)));
        let crisis = check.crisis.as_ref();
        if let Some(crisis) = crisis {
            let line = self.cited(&crisis.always);
            self.document.paragraph(line);
        }
        let numbers = emergency_numbers(self.guide).into_iter().chain(numbers(self.guide, crisis.map(|crisis| crisis.link)));
        self.document.paragraph(Line::joined(numbers, " "));
    }

    /// Adds the section with help for a person in danger, such as one who may harm themselves.
    fn crisis(&mut self, crisis: &Crisis) {
        self.document.section(2, crisis.name.clone(), Section::Crisis);
        for statement in &crisis.statements {
            let line = self.cited(statement);
            self.document.paragraph(line);
        }
        let numbers = numbers(self.guide, Some(crisis.link)).into_iter().chain(emergency_numbers(self.guide));
        self.document.paragraph(Line::joined(numbers, " "));
    }

    /// Adds how soon to call, the recognized signs, and the rules that make symptoms more urgent during the treatment.
    fn call(&mut self, check: &SymptomCheck, found: &SymptomAnswer) {
        let calls = found.signs.iter().map(|index| &check.calls[check.recognized_signs[*index].call]);
        let first = calls.into_iter().find(|call| call.urgency == found.urgency);
        let usual = check.urgencies.iter().find(|words| words.urgency == found.urgency);
        let (name, statement) = match (first, usual) {
            (Some(call), _) => (call.name.clone(), Some(&call.statement)),
            (None, Some(words)) => (words.name.clone(), Some(&words.statement)),
            (None, None) => (urgency_name(self.guide, found.urgency), None),
        };
        // An unrecognized symptom can be an emergency, so "call today" alone isn't enough.
        let (heading, statement) = if found.recognized.is_none() && found.urgency == LATEST {
            (t!(self.guide.text, symptom_not_recognized).into(), Some(&check.not_recognized))
        } else {
            (Line::default().add(emphasis(found.urgency), name), statement)
        };
        self.document.section(2, heading, Section::Call);
        if let Some(statement) = statement {
            let line = self.cited(statement);
            self.document.paragraph(line);
        }
        let meant: Vec<&RecognizedSign> = found.signs.iter().map(|index| &check.recognized_signs[*index]).collect();
        let lines: Vec<Line> = meant.into_iter().map(|sign| self.reasoned(&sign.statement, sign.reason.as_ref())).collect();
        if !lines.is_empty() {
            self.document.paragraph(t!(self.guide.text, symptom_signs));
            self.document.points(lines);
        }
        let concerns = |floor: &&UrgencyFloor| {
            let named = floor.effects.iter().any(|effect| found.effects.contains(effect));
            (floor.effects.is_empty() || named) && floor.urgency == found.urgency
        };
        let floors = self.guide.urgency_floors(self.treatment).filter(|_| self.treatment.is_some());
        let floors: Vec<&UrgencyFloor> = floors.filter(concerns).collect();
        let lines = floors.into_iter().map(|floor| self.reasoned(&floor.statement, floor.reason.as_ref())).collect();
        self.document.points(lines);
    }

    /// Adds the side effects that the report names.
    fn effects(&mut self, found: &SymptomAnswer) {
        if found.effects.is_empty() {
            return;
        }
        self.document.heading(2, t!(self.guide.text, symptom_effects));
        for effect in &found.effects {
            self.effect(*effect, found.urgency);
        }
    }

    fn effect(&mut self, id: EffectId, shown_urgency: Urgency) {
        let guide = self.guide;
        let effect = &guide[id];
        self.document.heading(3, Line::default().link(Emphasis::Strong, effect.name.clone(), links::effect(self.guide, id)));
        if let Some(treatment) = self.treatment.map(|id| &guide[id]) {
            if treatment.effects.iter().any(|entry| entry.effect == id) {
                self.document.paragraph(line!(guide, symptom_effect_of_treatment, treatment = &treatment.name));
            } else if guide.effect_urgency(id, self.treatment) > Urgency::Now {
                // Leave this sentence out for an urgent effect. It would sound as if the treatment couldn't cause the effect.
                self.document.paragraph(line!(guide, symptom_effect_not_listed, treatment = &treatment.name));
            }
        }
        let mut lines: Vec<Line> = effect.feels_like.iter().map(|statement| self.cited(statement)).collect();
        // Show only the calls that are more urgent than the answer. A less urgent call would contradict it.
        let mut calls: Vec<_> = effect.calls.iter().filter(|call| call.urgency < shown_urgency).collect();
        calls.sort_by_key(|call| call.urgency);
        for call in calls {
            let line = self.reasoned(&call.statement, call.reason.as_ref());
            let urgency = t!(guide.text, symptom_urgency, urgency = urgency_short(guide, call.urgency));
            lines.push(Line::default().add(emphasis(call.urgency), urgency).then(line));
        }
        self.document.points(lines);
    }

    /// Adds all signs that the check can recognize, grouped by whom to call first.
    fn all_signs(&mut self, check: &SymptomCheck) {
        if check.recognized_signs.is_empty() {
            return;
        }
        self.document.section(2, t!(self.guide.text, symptom_all_signs), Section::Folded);
        for (index, call) in check.calls.iter().enumerate() {
            let signs: Vec<&RecognizedSign> = check.recognized_signs.iter().filter(|sign| sign.call == index).collect();
            let lines: Vec<Line> = signs.into_iter().map(|sign| self.reasoned(&sign.statement, sign.reason.as_ref())).collect();
            if !lines.is_empty() {
                self.document.heading(3, call.name.clone());
                self.document.points(lines);
            }
        }
    }
}
