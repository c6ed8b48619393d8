//! Treatments side by side: the same rows for each, benefits and harms alike.

use std::collections::BTreeSet;

use sarcoguide_model::{Guide, TreatmentId};

use super::{BENEFITS, HARMS, Page};
use crate::Answered;
use crate::answer::{full_name, verdict};
use crate::document::{Block, Column, Document, Line, Look, Target};
use crate::words::{self, Citations};

const NOTHING: &str = "The guide says nothing on this.";

/// What fills a row for a treatment.
type Fill<'f> = &'f dyn Fn(&mut Page<'_>);

/// Treatments side by side.
#[must_use]
pub fn compare(guide: &Guide, treatments: &[TreatmentId], answered: Option<Answered<'_>>) -> Document {
    let mut comparison =
        Comparison { guide, treatments, answered, citations: Citations::default(), document: Document::default() };
    comparison.document.heading(1, "Compare");
    comparison
        .document
        .paragraph("In the order of the guide, not of worth. Which of them is right is for you and your team to weigh.");
    comparison.rows();
    words::sources(guide, &comparison.citations, &mut comparison.document);
    comparison.document
}

struct Comparison<'g> {
    guide: &'g Guide,
    treatments: &'g [TreatmentId],
    answered: Option<Answered<'g>>,
    citations: Citations,
    document: Document,
}

impl<'g> Comparison<'g> {
    fn rows(&mut self) {
        self.row("In this situation", &|page| {
            if let (Some(answered), Some(entry)) = (page.answered, page.entry) {
                let (look, words) = verdict(page.guide, answered.advice, entry);
                page.document.paragraph(Line::default().add(look, words::capital(words)));
                page.standing(answered, entry);
            }
        });
        self.row("What it is", &|page| {
            page.document.paragraph(page.treatment.summary.clone());
            page.statements(&page.treatment.what);
        });
        self.row("How it goes", &|page| {
            if let Some(mut timeline) = crate::timeline::Timeline::of(page.treatment, page.entry) {
                timeline.cite(&mut page.citations);
                page.document.blocks.extend(timeline.blocks());
            }
        });
        self.benefits();
        self.row(HARMS, &|page| page.effects());
        self.row("What is watched", &|page| page.statements(&page.treatment.monitoring));
        self.row("Tests needed first", &|page| {
            let lines = page.tests_first();
            page.document.points(lines);
        });
        self.row("Where sources differ", &|page| {
            let lines = page.treatment.disagreements.iter().map(|entry| page.cited(&entry.statement)).collect();
            page.document.points(lines);
        });
        self.row("What matters to you", &|page| {
            let lines = page.beside_values();
            page.document.points(lines);
        });
        self.row("To ask", &|page| page.statements(&page.treatment.questions));
    }

    /// What studies measured, each measure a row of its own, so that like stands beside like.
    fn benefits(&mut self) {
        let mut measures: Vec<String> = Vec::new();
        for id in self.treatments {
            let found = self.page(*id).outcomes(false);
            measures.extend(found.into_iter().map(|outcome| outcome.measure.clone()));
        }
        let mut told = BTreeSet::new();
        measures.retain(|measure| told.insert(measure.clone()));
        self.document.heading(2, BENEFITS);
        if measures.is_empty() {
            self.document.paragraph("The guide has no figures on what any of them achieves.");
        } else if self.treatments.len() > 1 {
            self.document.paragraph(
                "The figures of two treatments come from different people in different studies, unless a line says what it was compared with. So they do not show which is better.",
            );
        }
        for measure in &measures {
            let title = words::capital(&words::spaced(measure));
            self.part(&title, "No figure in this guide.", &|page| {
                page.figures(false, |outcome| outcome.measure == *measure);
            });
        }
        self.part("What is not known", NOTHING, &|page| page.statements(&page.treatment.unknowns));
    }

    fn row(&mut self, title: &str, fill: Fill<'_>) {
        self.columns(2, title, NOTHING, fill);
    }

    fn part(&mut self, title: &str, otherwise: &str, fill: Fill<'_>) {
        self.columns(3, title, otherwise, fill);
    }

    fn columns(&mut self, level: u8, title: &str, otherwise: &str, fill: Fill<'_>) {
        let mut columns = Vec::new();
        let mut empty = true;
        for id in self.treatments {
            let mut page = self.page(*id);
            fill(&mut page);
            let Page { mut document, citations, treatment, .. } = page;
            if document.blocks.is_empty() {
                document.paragraph(otherwise);
            } else {
                empty = false;
            }
            self.citations = citations;
            let head = Line::default().link(Look::Strong, full_name(treatment), Target::Treatment(*id));
            columns.push(Column { head, document });
        }
        // A row that the guide fills for none of them tells nothing.
        if !empty {
            self.document.heading(level, title);
            self.document.blocks.push(Block::Columns(columns));
        }
    }

    /// The page of a treatment, which goes on with the citations so far.
    fn page(&self, id: TreatmentId) -> Page<'g> {
        let entry = self.answered.map(|answered| &answered.advice.treatments[id.index()]);
        let treatment = &self.guide.treatments[id.index()];
        let citations = self.citations.clone();
        Page { guide: self.guide, treatment, answered: self.answered, entry, citations, document: Document::default() }
    }
}

impl Page<'_> {
    fn statements(&mut self, statements: &[sarcoguide_model::Statement]) {
        let lines = statements.iter().map(|statement| self.cited(statement)).collect();
        self.document.points(lines);
    }
}
