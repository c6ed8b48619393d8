//! Treatments side by side: the same rows for each, benefits and harms alike.

use sarcoguide_model::{Guide, TreatmentId};

use super::{BENEFITS, HARMS, Page};
use crate::Answered;
use crate::answer::{full_name, verdict};
use crate::document::{Block, Column, Document, Line, Look, Target};
use crate::words::{self, Citations};

/// A row: its name, and what fills it for a treatment.
type Row = (&'static str, fn(&mut Page<'_>));

const ROWS: [Row; 10] = [
    ("In this situation", |page| {
        if let (Some(answered), Some(entry)) = (page.answered, page.entry) {
            let (look, words) = verdict(page.guide, answered.advice, entry);
            page.document.paragraph(Line::default().add(look, words::capital(words)));
            page.standing(answered, entry);
        }
    }),
    ("What it is", |page| {
        page.document.paragraph(page.treatment.summary.clone());
        page.statements(&page.treatment.what);
    }),
    ("How it goes", |page| {
        if let Some(mut timeline) = crate::timeline::Timeline::of(page.treatment, page.entry) {
            timeline.cite(&mut page.citations);
            page.document.blocks.extend(timeline.blocks());
        }
    }),
    (BENEFITS, |page| page.results()),
    (HARMS, |page| page.effects()),
    ("What is watched", |page| page.statements(&page.treatment.monitoring)),
    ("Tests needed first", |page| {
        let lines = page.tests_first();
        page.document.points(lines);
    }),
    ("Where sources differ", |page| {
        let lines = page.treatment.disagreements.iter().map(|entry| page.cited(&entry.statement)).collect();
        page.document.points(lines);
    }),
    ("What matters to you", |page| {
        let lines = page.beside_values();
        page.document.points(lines);
    }),
    ("To ask", |page| page.statements(&page.treatment.questions)),
];

/// Treatments side by side.
#[must_use]
pub fn compare(guide: &Guide, treatments: &[TreatmentId], answered: Option<Answered<'_>>) -> Document {
    let mut document = Document::default();
    document.heading(1, "Compare");
    document.paragraph("In the order of the guide, not of worth. Which of them is right is for you and your team to weigh.");
    let mut citations = Citations::default();
    for (title, fill) in ROWS {
        let mut columns = Vec::new();
        let mut empty = true;
        for id in treatments {
            let treatment = &guide.treatments[id.index()];
            let entry = answered.map(|answered| &answered.advice.treatments[id.index()]);
            let mut page = Page { guide, treatment, answered, entry, citations, document: Document::default() };
            fill(&mut page);
            if page.document.blocks.is_empty() {
                page.document.paragraph("The guide says nothing on this.");
            } else {
                empty = false;
            }
            citations = page.citations;
            let head = Line::default().link(Look::Strong, full_name(treatment), Target::Treatment(*id));
            columns.push(Column { head, document: page.document });
        }
        // A row that the guide fills for none of them tells nothing.
        if !empty {
            document.heading(2, title);
            document.blocks.push(Block::Columns(columns));
        }
    }
    words::sources(guide, &citations, &mut document);
    document
}

impl Page<'_> {
    fn statements(&mut self, statements: &[sarcoguide_model::Statement]) {
        let lines = statements.iter().map(|statement| self.cited(statement)).collect();
        self.document.points(lines);
    }
}
