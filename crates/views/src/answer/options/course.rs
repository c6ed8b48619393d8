//! How treatment could go: the times as a picture, and at each time a row for each treatment.

use std::collections::BTreeSet;

use sarcoguide_model::{Course, Standing, TimingId, TreatmentId, Verdict};

use super::{Page, ROW};
use crate::answer::grouping::{Grouping, Recommendation, Whole};
use crate::pathway::lane;
use sarcoguide_document::svg::Drawing;
use sarcoguide_document::svg::path::{Path, PathStop};
use sarcoguide_document::{Block, Document, Line, Section};
use sarcoguide_text::t;

/// The number of treatments whose rows aren't folded, unless more are recommended.
const VISIBLE: usize = 4;

/// A time in the course of treatment, with what is given then.
struct Stop<'w, 'a> {
    time: TimingId,
    is_main: bool,
    /// Care that comes before any decision.
    care: Vec<Recommendation<'a>>,
    treatments: &'w [Whole<'a>],
}

impl Stop<'_, '_> {
    fn count(&self) -> usize {
        self.care.len() + self.treatments.len()
    }
}

/// Returns the name of a time without what is in parentheses.
pub(super) fn short(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

impl<'a> Page<'a> {
    /// Returns the care that is recommended or an option before any decision, and that is indicated.
    pub(super) fn first_care(&self) -> Vec<Recommendation<'a>> {
        let is_indicated = |(_, entry): &Recommendation<'a>| entry.verdict == Verdict::Indicated;
        self.answer.initial_care().into_iter().filter(is_indicated).collect()
    }

    /// Adds rows for care, and folds those with a standing worse than `visible`.
    pub(super) fn care_rows(&mut self, care: &[Recommendation<'a>], time: Option<TimingId>, visible: Standing) {
        let guide = self.answer.guide;
        let (shown, folded): (Vec<&Recommendation<'a>>, Vec<&Recommendation<'a>>) = care
            .iter()
            .partition(|(strength, entry)| guide[*strength].standing <= visible && entry.verdict == Verdict::Indicated);
        // Care at one time is below the heading of the time, and other care below the heading of its section.
        let level = if time.is_some() { ROW } else { ROW - 1 };
        shown.into_iter().for_each(|care| self.answer.care_row(*care, time, level));
        let help = time.map(|time| guide[time].help.clone());
        if folded.is_empty() {
            self.answer.document.paragraph(Line::default().faint(help.unwrap_or_default()));
            return;
        }
        let inside = self.answer.captured(|answer| {
            answer.document.paragraph(help.unwrap_or_default());
            folded.iter().for_each(|care| answer.care_row(**care, time, level));
        });
        self.others_here(folded.iter().map(|(_, entry)| entry.treatment), inside);
    }

    /// Adds rows that are folded, with the names of their treatments.
    fn others_here(&mut self, treatments: impl Iterator<Item = TreatmentId>, inside: Document) {
        let guide = self.answer.guide;
        let names: Vec<&str> = treatments.map(|treatment| short(&guide.guide[treatment].name)).collect();
        if !names.is_empty() {
            let name = t!(guide.text, options_others_here, count = names.len(), names = names.join("; "));
            self.answer.document.blocks.push(Block::Fold { name: name.into(), inside });
        }
    }

    /// Adds the picture and the rows, folded if the person wants no treatment.
    pub(super) fn course(&mut self, all: &Grouping<'a>, is_unwanted: bool) {
        let (guide, text) = (self.answer.guide, self.answer.guide.text);
        let main = main_time(guide, all);
        let stops: Vec<Stop<'_, 'a>> = (0..guide.timings.len())
            .map(TimingId::new)
            .map(|time| Stop {
                time,
                is_main: main == Some(time),
                care: if guide.start == Some(time) { self.first_care() } else { Vec::new() },
                treatments: all.recommended.iter().find(|(other, _)| *other == time).map_or(&[][..], |(_, here)| here),
            })
            .filter(|stop| stop.count() > 0)
            .collect();
        if stops.is_empty() {
            return;
        }
        let section = if is_unwanted { Section::FoldedExtra } else { Section::Plain };
        self.answer.document.section(2, t!(text, options_course), section);
        if stops.len() > 1 {
            let picture = self.picture(&stops);
            self.answer.document.blocks.push(picture);
        }
        self.answer.document.paragraph(Line::default().faint(t!(text, options_order)));
        let mut shown = visible(guide, all);
        for stop in &stops {
            let timing = &guide[stop.time];
            self.answer.document.section(3, short(&timing.name), Section::Stop { is_main: stop.is_main });
            if !stop.care.is_empty() {
                self.care_rows(&stop.care, Some(stop.time), Standing::Recommended);
            }
            let count = stop.treatments.iter().filter(|whole| shown.remove(&(whole.time, whole.entry.treatment))).count();
            // The strongest come first.
            let (first, others) = stop.treatments.split_at(count);
            first.iter().for_each(|whole| self.answer.option_row(whole, ROW, self.scenario));
            let scenario = self.scenario;
            let inside = self.answer.captured(|answer| others.iter().for_each(|whole| answer.option_row(whole, ROW, scenario)));
            self.others_here(others.iter().map(|whole| whole.entry.treatment), inside);
        }
        self.differences(all);
    }

    /// Draws the stops, and says the same in words.
    fn picture(&self, stops: &[Stop<'_, 'a>]) -> Block {
        let (guide, text) = (self.answer.guide, self.answer.guide.text);
        let drawn = stops.iter().map(|stop| PathStop {
            name: short(&guide[stop.time].name).to_owned(),
            note: t!(text, options_stop_note, count = stop.count(), main = if stop.is_main { "yes" } else { "no" }),
            lane: lane(guide[stop.time].course),
            is_main: stop.is_main,
        });
        let title = t!(text, options_course);
        let drawing = Drawing::Path(Path { title, stops: drawn.collect() });
        let words = stops.iter().map(|stop| {
            let course = if guide[stop.time].course == Course::Main { "main" } else { "branch" };
            let main = if stop.is_main { "yes" } else { "no" };
            let (time, count) = (&guide[stop.time].name, stop.count());
            Line::from(t!(text, options_stop, time = time, count = count, main = main, course = course))
        });
        Block::Picture { drawing, words: vec![Block::Points { depth: 0, lines: words.collect() }] }
    }
}

/// Returns the treatments, each at a time, whose rows aren't folded: all that are recommended, then the strongest others, up to [`VISIBLE`].
fn visible(guide: crate::Edition<'_>, all: &Grouping<'_>) -> BTreeSet<(TimingId, TreatmentId)> {
    let mut wholes: Vec<&Whole<'_>> = all.recommended.iter().flat_map(|(_, here)| here).collect();
    wholes.sort_by_key(|whole| (whole.strength, whole.time));
    let recommended = wholes.iter().filter(|whole| guide[whole.strength].standing == Standing::Recommended).count();
    wholes.truncate(recommended.max(VISIBLE));
    wholes.into_iter().map(|whole| (whole.time, whole.entry.treatment)).collect()
}

/// Returns the time of the strongest recommendation, if anything is recommended.
fn main_time(guide: crate::Edition<'_>, all: &Grouping<'_>) -> Option<TimingId> {
    let recommended = all.recommended.iter().flat_map(|(_, here)| here);
    let strongest = recommended.min_by_key(|whole| (whole.strength, whole.time));
    strongest.filter(|whole| guide[whole.strength].standing == Standing::Recommended).map(|whole| whole.time)
}
