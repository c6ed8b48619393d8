//! The answer to a symptom in words: one instruction, the strongest, and what it may be.

use sarcoguide_model::{Guide, Sign, Statement, SymptomCheck, TreatmentId, Urgency};

use super::{Checker, Found, at_least};
use crate::document::{Document, Line, Look, Section, Target};
use crate::words::{self, Citations};

/// The answer in words.
#[must_use]
pub fn document(checker: &Checker, treatment: Option<TreatmentId>, symptom: &str) -> Document {
    let guide = checker.guide;
    let found = checker.find(treatment, symptom);
    let mut page = Told::new(guide, treatment);
    if let Some(check) = checker.check {
        page.call(check, &found);
    }
    page.fits(&found);
    if let Some(check) = checker.check {
        page.list("What else to know", &check.know);
    }
    words::sources(page.citations, &mut page.document);
    page.document
}

/// The signs of an emergency, by whom to call first. They stand before anything is asked.
#[must_use]
pub fn signs(guide: &Guide) -> Document {
    let mut page = Told::new(guide, None);
    if let Some(check) = &guide.symptom_check {
        page.document.heading(2, Line::default().add(Look::Bad, urgency_name(guide, Urgency::Emergency)));
        page.signs(check, false);
    }
    page.document
}

struct Told<'g> {
    guide: &'g Guide,
    treatment: Option<TreatmentId>,
    citations: Citations,
    document: Document,
}

impl<'g> Told<'g> {
    fn new(guide: &'g Guide, treatment: Option<TreatmentId>) -> Self {
        Self { guide, treatment, citations: Citations::default(), document: Document::default() }
    }

    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    fn list(&mut self, title: &str, statements: &[Statement]) {
        if !statements.is_empty() {
            let lines = statements.iter().map(|statement| self.cited(statement)).collect();
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    /// A sign with its sources, or why it is one without.
    fn sign(&mut self, sign: &Sign) -> Line {
        let line = self.cited(&sign.statement);
        sign.reason.iter().fold(line, |line, reason| line.faint(format!(" ({reason})")))
    }

    /// Every sign of an emergency, by whom to call first; with sources where they follow.
    fn signs(&mut self, check: &SymptomCheck, sources: bool) {
        for (place, call) in check.calls.iter().enumerate() {
            let signs = check.signs.iter().filter(|sign| sign.call == place);
            let told = |sign: &Sign| match sources {
                true => self.sign(sign),
                false => Line::default().plain(sign.statement.text.clone()),
            };
            let lines: Vec<Line> = signs.map(told).collect();
            if !lines.is_empty() {
                self.document.heading(3, format!("{} for:", call.name));
                self.document.points(lines);
            }
        }
    }

    fn call(&mut self, check: &SymptomCheck, found: &Found) {
        let name = urgency_name(self.guide, found.urgency);
        let words = check.urgencies.iter().find(|words| words.urgency == found.urgency).map(|words| &words.statement);
        if found.urgency == Urgency::Emergency {
            self.document.section(2, Line::default().add(Look::Bad, name), Section::Call);
            if let Some(call) = found.call.and_then(|place| check.calls.get(place)) {
                let line = self.cited(&call.statement);
                self.document.paragraph(Line::default().strong(format!("{}. ", call.name)).then(line));
            } else if let Some(words) = words {
                let line = self.cited(words);
                self.document.paragraph(line);
            }
            let meant: Vec<Line> = found.signs.iter().map(|place| self.sign(&check.signs[*place])).collect();
            if !meant.is_empty() {
                self.document.paragraph("What you wrote can be:");
                self.document.points(meant);
            }
            return;
        }
        // Unless it is mild beyond doubt, the signs of an emergency lead: what people write for one is not always understood.
        let lead = found.urgency == Urgency::SameDay;
        if lead {
            self.document.section(2, Line::default().add(Look::Bad, check.unsure.any.clone()), Section::Call);
            self.signs(check, true);
            self.document.heading(2, Line::default().add(look(found.urgency), check.unsure.none.clone()));
            if found.unsure {
                let line = self.cited(&check.unsure.statement);
                self.document.paragraph(line);
            }
        } else {
            self.document.section(2, Line::default().add(look(found.urgency), name), Section::Call);
        }
        if let Some(words) = words {
            let line = self.cited(words);
            self.document.paragraph(line);
        }
        let always: Vec<Line> = at_least(self.guide, self.treatment).map(|entry| self.cited(&entry.statement)).collect();
        self.document.points(always);
        if !lead {
            let name = urgency_name(self.guide, Urgency::Emergency);
            self.document.heading(2, Line::default().add(Look::Bad, format!("{name} for any of these")));
            self.signs(check, true);
        }
    }

    fn fits(&mut self, found: &Found) {
        self.document.heading(2, "What it may be");
        if found.fits.is_empty() {
            self.document.paragraph("No side effect of this guide fits these words. That does not mean that it is harmless.");
            return;
        }
        let guide = self.guide;
        for fit in &found.fits {
            let effect = &guide.effects[fit.effect.index()];
            self.document.heading(3, Line::default().link(Look::Strong, effect.name.clone(), Target::Effect(fit.effect)));
            if let Some(id) = self.treatment {
                let name = &guide.treatments[id.index()].name;
                if fit.named {
                    self.document.paragraph(Line::default().strong(format!("A side effect that the guide names for {name}.")));
                } else if effect.urgency != Urgency::Emergency {
                    // Of an emergency that would sound as if it could not be.
                    let told = format!("The guide does not name it for {name}; the guide may not name all.");
                    self.document.paragraph(Line::default().faint(told));
                }
            }
            let mut lines: Vec<Line> = effect.feels_like.iter().map(|statement| self.cited(statement)).collect();
            // What would make it more urgent than the answer; what is less urgent would contradict it.
            let mut calls: Vec<_> = effect.calls.iter().filter(|call| call.urgency < found.urgency).collect();
            calls.sort_by_key(|call| call.urgency);
            for call in calls {
                let line = self.cited(&call.statement);
                lines
                    .push(Line::default().add(look(call.urgency), format!("{}: ", urgency_name(guide, call.urgency))).then(line));
            }
            self.document.points(lines);
        }
    }
}

/// An urgency in a few words, for instance `Call your team today`.
#[must_use]
pub fn urgency_name(guide: &Guide, urgency: Urgency) -> String {
    let words = guide.symptom_check.iter().flat_map(|check| &check.urgencies).find(|words| words.urgency == urgency);
    words.map_or_else(|| words::capital(&words::spaced(urgency.id())), |words| words.name.clone())
}

fn look(urgency: Urgency) -> Look {
    match urgency {
        Urgency::Emergency => Look::Bad,
        Urgency::SameDay => Look::Open,
        Urgency::NextVisit => Look::Good,
    }
}
