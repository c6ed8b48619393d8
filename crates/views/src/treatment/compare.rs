//! The page that compares treatments. A short cell for each treatment answers each question; what the guide says in full is in the details below it.

mod cells;

use std::collections::BTreeSet;

use sarcoguide_model::{MeasureId, StatementList, TreatmentId};

use super::{Page, has_own_section, list_heading};
use crate::Answered;
use crate::Edition;
use crate::answer::full_name;
use crate::doubts::doubts;
use crate::line::line;
use crate::links;
use crate::scope::scope;
use crate::timeline::Timeline;
use crate::words::{self, Citations};
use cells::Cell;
use sarcoguide_document::{Block, Comparison, ComparisonRow, Document, Emphasis, Line};
use sarcoguide_text::t;

/// A function that adds the details of one row to a treatment's page.
type Fill<'f> = &'f dyn Fn(&mut Page<'_>);

/// A function that writes the short text of one row for a treatment.
type Short<'f> = &'f dyn Fn(&mut Page<'_>) -> Cell;

/// The page that compares these treatments, for a case or in general.
#[must_use]
pub fn compare(guide: Edition<'_>, treatments: &[TreatmentId], answered: Option<Answered<'_>>) -> Document {
    let text = guide.text;
    let mut document = Document::default();
    let mut citations = Citations::default();
    document.heading(1, t!(text, compare_heading, count = treatments.len()));
    if let Some(answered) = answered {
        scope(guide, answered, &mut citations, &mut document);
        doubts(guide, answered, &mut citations, &mut document);
    }
    document.paragraph(Line::default().faint(t!(text, compare_order)));
    let mut rows = Rows { guide, treatments, answered, citations, rows: Vec::new(), has_gaps: false };
    rows.all();
    let Rows { citations, rows, has_gaps, .. } = rows;
    let head = |id: &TreatmentId| Line::default().link(Emphasis::Strong, guide[*id].name.clone(), links::treatment(guide, *id));
    let heads = treatments.iter().map(head).collect();
    document.blocks.push(Block::Comparison(Comparison { label: t!(text, compare_table), heads, rows }));
    if has_gaps {
        document.paragraph(Line::default().faint(t!(text, compare_gaps, gap = t!(text, compare_gap))));
    }
    words::sources(guide, &citations, &mut document);
    document
}

/// The rows that are being written.
struct Rows<'g> {
    guide: Edition<'g>,
    treatments: &'g [TreatmentId],
    answered: Option<Answered<'g>>,
    citations: Citations,
    rows: Vec<ComparisonRow>,
    /// Whether a treatment has no short text in some row.
    has_gaps: bool,
}

impl<'g> Rows<'g> {
    fn all(&mut self) {
        let text = self.guide.text;
        let title = if self.answered.is_some() { t!(text, compare_fit) } else { t!(text, compare_strength) };
        self.short(title, &|page| page.fit_cell());
        self.details(t!(text, compare_fit_more), &|page| {
            let lines = page.indications_in_short();
            page.document.points(lines);
            if let (Some(answered), Some(entry)) = (page.answered, page.entry) {
                page.in_case(answered, entry);
            }
        });
        self.short(t!(text, compare_what), &|page| page.what_cell());
        self.short(t!(text, compare_when), &|page| page.when_cell());
        self.details(t!(text, compare_given_more), &|page| {
            // The column and its cell have the name without brands, and only the start of a long summary.
            let (name, summary) = (Line::default().strong(full_name(page.treatment)), &page.treatment.summary);
            page.document.paragraph(line!(page.guide, compare_name_and_summary, treatment = name, summary = summary));
            page.add_list(StatementList::What);
            if let Some(mut timeline) = Timeline::of(page.guide, page.treatment, page.entry) {
                timeline.cite(&mut page.citations);
                page.document.blocks.extend(timeline.blocks(page.guide));
            }
        });
        self.benefits();
        self.short(t!(text, compare_common), &|page| page.common_cell());
        self.short(t!(text, compare_serious), &|page| page.serious_cell());
        self.short(t!(text, compare_lasting), &|page| page.lasting_cell());
        self.details(t!(text, compare_effects_more), &|page| page.effects());
        self.details(t!(text, compare_rest), &|page| {
            let tests = page.required_tests();
            page.part(t!(text, treatment_tests_heading), tests);
            for list in StatementList::ALL.into_iter().filter(|list| !has_own_section(*list)) {
                let lines = page.cited_list(list);
                page.part(list_heading(page.guide, list), lines);
            }
        });
        self.details(t!(text, preferences_heading), &|page| {
            let lines = page.value_lines();
            page.document.points(lines);
        });
    }

    /// Adds the measured benefits and what isn't known. The short texts are about the measure that most of the treatments have, so that they compare
    /// like with like.
    fn benefits(&mut self) {
        let text = self.guide.text;
        let mut measures: Vec<MeasureId> = Vec::new();
        let mut measured: Vec<BTreeSet<MeasureId>> = Vec::new();
        for id in self.treatments {
            let found: Vec<MeasureId> = self.page(*id).outcomes(false).iter().map(|outcome| outcome.measure).collect();
            measures.extend(&found);
            measured.push(found.into_iter().collect());
        }
        let mut seen = BTreeSet::new();
        measures.retain(|measure| seen.insert(*measure));
        let in_common = |measure: &MeasureId| measured.iter().filter(|of| of.contains(measure)).count();
        let shown = || measures.iter().copied().filter(|measure| !self.guide[*measure].by_choice && in_common(measure) > 1);
        let shared = shown().rev().max_by_key(in_common);
        self.short(t!(text, compare_benefit), &|page| page.benefit_cell(shared));
        let with_figures = measured.iter().filter(|of| !of.is_empty()).count();
        let note = match with_figures {
            0 => t!(text, compare_no_figures),
            1 => String::new(),
            _ => t!(text, compare_different_studies),
        };
        if let Some(row) = self.rows.last_mut() {
            row.note = Line::default().faint(note);
        }
        self.details(t!(text, compare_benefit_more), &|page| {
            if page.outcomes(false).iter().any(|outcome| page.guide[outcome.measure].by_choice) {
                page.document.paragraph(t!(text, treatment_by_choice_about));
            }
            for measure in &measures {
                if page.outcomes(false).iter().any(|outcome| outcome.measure == *measure) {
                    page.document.heading(3, page.guide[*measure].name.clone());
                    page.figures(false, |outcome| outcome.measure == *measure);
                }
            }
            let lines = page.cited_list(StatementList::Unknown);
            page.part(list_heading(page.guide, StatementList::Unknown), lines);
        });
    }

    /// Adds a row with a short text for each treatment. If no treatment has one, adds no row.
    fn short(&mut self, title: String, short: Short<'_>) {
        let mut cells = Vec::new();
        for id in self.treatments {
            let mut page = self.page(*id);
            cells.push(short(&mut page));
            self.citations = page.citations;
        }
        if cells.iter().all(Vec::is_empty) {
            return;
        }
        for cell in cells.iter_mut().filter(|cell| cell.is_empty()) {
            cell.push(Line::default().faint(t!(self.guide.text, compare_gap)).into());
            self.has_gaps = true;
        }
        self.rows.push(ComparisonRow { title, cells, ..ComparisonRow::default() });
    }

    /// Adds the details of the row before, in full for each treatment. They get a row of their own if that row has details already.
    fn details(&mut self, more: String, fill: Fill<'_>) {
        let mut details = Vec::new();
        for id in self.treatments {
            let mut page = self.page(*id);
            fill(&mut page);
            let Page { mut document, citations, .. } = page;
            // The headings of the row and of its columns come first.
            for block in &mut document.blocks {
                if let Block::Heading { level, .. } = block {
                    *level += 1;
                }
            }
            self.citations = citations;
            details.push(document);
        }
        if details.iter().all(|document| document.blocks.is_empty()) {
            return;
        }
        match self.rows.last_mut().filter(|row| row.details.is_empty()) {
            Some(row) => (row.more, row.details) = (more, details),
            None => self.rows.push(ComparisonRow { more, details, ..ComparisonRow::default() }),
        }
    }

    /// An empty page for a treatment. Its citation numbers continue those of the pages before it.
    fn page(&self, id: TreatmentId) -> Page<'g> {
        let entry = self.answered.map(|answered| &answered.advice[id]);
        let treatment = &self.guide[id];
        let citations = self.citations.clone();
        Page { guide: self.guide, treatment, answered: self.answered, entry, citations, document: Document::default() }
    }
}

impl Page<'_> {
    fn add_list(&mut self, list: StatementList) {
        let lines = self.cited_list(list);
        self.document.points(lines);
    }

    /// Adds lines under a heading, unless there are none.
    fn part(&mut self, title: String, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.document.heading(3, title);
            self.document.points(lines);
        }
    }
}
