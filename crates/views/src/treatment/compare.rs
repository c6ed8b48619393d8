//! The page that compares treatments side by side. Benefits and harms have the same rows for every treatment.

use std::collections::BTreeSet;

use sarcoguide_model::{EffectUse, MeasureId, StatementList, TreatmentId};

use super::{Page, has_own_section, list_heading};
use crate::Answered;
use crate::Edition;
use crate::answer::full_name;
use crate::doubts::doubts;
use crate::fit::verdict_label;
use crate::line::line;
use crate::lines::{effect_names, is_lasting};
use crate::links;
use crate::scope::scope;
use crate::timeline::{Part, Timeline};
use crate::words::{self, Citations};
use sarcoguide_document::{Block, Column, Document, Emphasis, Line, Section};
use sarcoguide_text::t;

/// A function that adds the content of one row to a treatment's page.
type Fill<'f> = &'f dyn Fn(&mut Page<'_>);

/// The page that compares these treatments, for a case or in general.
#[must_use]
pub fn compare(guide: Edition<'_>, treatments: &[TreatmentId], answered: Option<Answered<'_>>) -> Document {
    let mut comparison =
        Comparison { guide, treatments, answered, citations: Citations::default(), document: Document::default() };
    comparison.document.heading(1, t!(guide.text, compare_heading));
    if let Some(answered) = answered {
        scope(guide, answered, &mut comparison.citations, &mut comparison.document);
        doubts(guide, answered, &mut comparison.citations, &mut comparison.document);
    }
    comparison.document.paragraph(t!(guide.text, compare_order));
    comparison.rows();
    words::sources(comparison.guide, &comparison.citations, &mut comparison.document);
    comparison.document
}

struct Comparison<'g> {
    guide: Edition<'g>,
    treatments: &'g [TreatmentId],
    answered: Option<Answered<'g>>,
    citations: Citations,
    document: Document,
}

impl<'g> Comparison<'g> {
    fn rows(&mut self) {
        let text = self.guide.text;
        self.row(t!(text, compare_glance_heading), Section::Plain, &|page| {
            if let (Some(answered), Some(entry)) = (page.answered, page.entry) {
                let (emphasis, words) = verdict_label(page.guide, answered.advice, entry);
                page.document.paragraph(Line::default().add(emphasis, words::capital(&words)));
            }
            page.document.paragraph(page.treatment.summary.clone());
            page.at_a_glance();
        });
        self.row(t!(text, treatment_here_heading), Section::Plain, &|page| {
            if let (Some(answered), Some(entry)) = (page.answered, page.entry) {
                page.in_case(answered, entry);
            }
        });
        self.list(StatementList::What);
        self.row(t!(text, treatment_given_heading), Section::Folded, &|page| {
            if let Some(mut timeline) = Timeline::of(page.guide, page.treatment, page.entry) {
                timeline.cite(&mut page.citations);
                page.document.blocks.extend(timeline.blocks(page.guide));
            }
        });
        self.benefits();
        self.row(t!(text, treatment_harms_heading), Section::Plain, &|page| page.effects());
        self.row(t!(text, treatment_tests_heading), Section::Folded, &|page| {
            let lines = page.required_tests();
            page.document.points(lines);
        });
        StatementList::ALL.into_iter().filter(|list| !has_own_section(*list)).for_each(|list| self.list(list));
        self.row(t!(text, preferences_heading), Section::Plain, &|page| {
            let lines = page.value_lines();
            page.document.points(lines);
        });
    }

    fn list(&mut self, list: StatementList) {
        self.row(list_heading(self.guide, list), Section::Folded, &|page| {
            let lines = page.cited_list(list);
            page.document.points(lines);
        });
    }

    /// Adds the measured benefits and what isn't known. Each measure has its own row, so that a row compares like with like.
    fn benefits(&mut self) {
        let mut measures: Vec<MeasureId> = Vec::new();
        for id in self.treatments {
            let found = self.page(*id).outcomes(false);
            measures.extend(found.into_iter().map(|outcome| outcome.measure));
        }
        let mut seen = BTreeSet::new();
        measures.retain(|measure| seen.insert(*measure));
        let text = self.guide.text;
        self.document.heading(2, t!(text, treatment_benefits_heading));
        if measures.is_empty() {
            self.document.paragraph(t!(text, compare_no_figures));
        } else if self.treatments.len() > 1 {
            self.document.paragraph(t!(text, compare_different_studies));
        }
        for measure in &measures {
            let title = self.guide[*measure].name.clone();
            self.part(title, &t!(text, compare_no_figure), &|page| {
                page.figures(false, |outcome| outcome.measure == *measure);
            });
        }
        self.part(list_heading(self.guide, StatementList::Unknown), &t!(text, compare_nothing_said), &|page| {
            let lines = page.cited_list(StatementList::Unknown);
            page.document.points(lines);
        });
    }

    fn row(&mut self, title: String, section: Section, fill: Fill<'_>) {
        self.columns((2, section), title, &t!(self.guide.text, compare_nothing_said), fill);
    }

    fn part(&mut self, title: String, if_empty: &str, fill: Fill<'_>) {
        self.columns((3, Section::Plain), title, if_empty, fill);
    }

    /// Adds a row with a column for each treatment. A treatment without content gets the text `if_empty`. If no treatment has content, adds
    /// no row.
    fn columns(&mut self, (level, section): (u8, Section), title: String, if_empty: &str, fill: Fill<'_>) {
        let mut columns = Vec::new();
        let mut empty = true;
        for id in self.treatments {
            let mut page = self.page(*id);
            fill(&mut page);
            let Page { mut document, citations, treatment, .. } = page;
            if document.blocks.is_empty() {
                document.paragraph(if_empty);
            } else {
                empty = false;
            }
            self.citations = citations;
            let head = Line::default().link(Emphasis::Strong, full_name(treatment), links::treatment(self.guide, *id));
            columns.push(Column { head, document });
        }
        // Leave out a row that is empty for all treatments.
        if !empty {
            self.document.section(level, title, section);
            self.document.blocks.push(Block::Columns(columns));
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
    /// Adds when, why and how the treatment is given, the first measured result, and the serious and the lasting side effects.
    fn at_a_glance(&mut self) {
        let guide = self.guide;
        let mut lines: Vec<Line> = Vec::new();
        for (index, indication) in self.treatment.indications.iter().enumerate() {
            if self.treatment.is_withdrawn() || !self.concerns(|entry| &entry.indications, index) {
                continue;
            }
            let (strength, timing) = (&guide[indication.strength], &guide[indication.timing]);
            let aim = guide[indication.intent].name.to_lowercase();
            let strength = words::within(&strength.name);
            lines.push(line!(guide, compare_indication, timing = &timing.name, strength = strength, aim = aim));
        }
        if let Some(timeline) = Timeline::of(self.guide, self.treatment, self.entry) {
            let line = |part: &Part| {
                let when: Vec<&str> = [part.starts.as_deref(), part.lasts.as_deref()].into_iter().flatten().collect();
                line!(guide, compare_given, way = words::within(&part.name), when = when.join(", "))
            };
            lines.extend(timeline.given.iter().filter(|part| part.starts.is_some() || part.lasts.is_some()).map(line));
        }
        // Several indications can give the same line. Keep the first.
        let mut seen = BTreeSet::new();
        lines.retain(|line| seen.insert(line.bare()));
        if let Some(outcome) = self.outcomes(false).first() {
            let mark = self.citations.mark(&outcome.from);
            lines.push(line!(guide, compare_result, outcome = &outcome.text).cite(mark));
        }
        let concerning = self.treatment.effects.iter().enumerate();
        let concerning = concerning.filter(|(index, _)| self.concerns(|entry| &entry.effects, *index));
        let effects: Vec<&EffectUse> = concerning.map(|(_, effect)| effect).collect();
        let of =
            |accept: &dyn Fn(&EffectUse) -> bool| effects.iter().copied().filter(|effect| accept(effect)).collect::<Vec<_>>();
        let serious = effect_names(guide, &of(&|effect| effect.serious));
        lines.extend(serious.map(|effects| line!(guide, compare_serious_effects, effects = effects)));
        let lasting = effect_names(guide, &of(&is_lasting));
        lines.extend(lasting.map(|effects| line!(guide, effects_lasting, effects = effects)));
        lines.extend(self.way_to_give());
        self.document.points(lines);
    }
}
