//! One row for each treatment: name, tag and summary, and when opened, what it does, why it's shown, what to check, and its sources.

use sarcoguide_model::{
    AssumptionKind, Conclusion, EffectUse, FactId, FactValue, Frequency, PassageId, Scenario, Standing, StatementList,
    StrengthId, TimingId, TreatmentAdvice, Verdict,
};

use super::course::short;
use crate::answer::Answer;
use crate::answer::grouping::{Recommendation, Whole};
use crate::answer::scenarios::checks;
use crate::fit::Fit;
use crate::line::line;
use crate::lines::{conclusion_words, effect_names, is_harm};
use crate::links;
use crate::values::value_lines;
use crate::words::{capital, full_name, publishers_cited, reasons, within};
use sarcoguide_document::{Block, Document, Emphasis, Line, Row, Support, Tag, Target};
use sarcoguide_text::t;

/// The maximum number of side effects that a row names before it counts the rest.
const EFFECTS: usize = 4;

impl<'a> Answer<'a> {
    /// Adds a row for a treatment, with a row for each of its techniques inside. If the page already has the treatment's row, the row only says why the
    /// treatment is also given at this time.
    pub(super) fn option_row(&mut self, whole: &Whole<'a>, level: u8, scenario: Option<&Scenario>) {
        let (guide, entry) = (self.guide, whole.entry);
        let tag = self.strength_tag(entry, whole.strength);
        if self.shown.contains(&entry.treatment) {
            let words = Line::from(t!(guide.text, options_see_above));
            self.row(entry, Some(tag), words, level, false, |answer| {
                let why = answer.indications(entry, Some(whole.time), |truth| !truth.is_false());
                answer.document.points(why);
                answer.technique_rows(whole, level + 1, scenario);
            });
            return;
        }
        self.shown.push(entry.treatment);
        let words = guide[entry.treatment].summary.clone().into();
        self.row(entry, Some(tag), words, level, true, |answer| {
            let checked = answer.checked(entry, scenario);
            answer.inside(entry, scenario, &checked, true);
            answer.technique_rows(whole, level + 1, scenario);
        });
    }

    /// Adds a row for a treatment that only may fit, with a row for each of its techniques inside.
    ///
    /// `checked` is what the team checks before, if the treatment fits only then.
    pub(super) fn open_row(&mut self, whole: &Whole<'a>, tag: Tag, checked: &[&str], level: u8) {
        let entry = whole.entry;
        self.shown.push(entry.treatment);
        let words = self.guide[entry.treatment].summary.clone().into();
        self.row(entry, Some(tag), words, level, true, |answer| {
            answer.inside(entry, None, checked, false);
            answer.technique_rows(whole, level + 1, None);
        });
    }

    /// Adds a row for a treatment with everything that the page says about it, but without techniques.
    pub(in crate::answer) fn single_row(&mut self, entry: &'a TreatmentAdvice, tag: Option<Tag>, level: u8) {
        self.shown.push(entry.treatment);
        let words = self.guide[entry.treatment].summary.clone().into();
        self.row(entry, tag, words, level, true, |answer| answer.inside(entry, None, &[], true));
    }

    /// Adds a row for care that isn't a treatment of the disease. If `time` is given, the row has only the reasons at that time.
    pub(super) fn care_row(&mut self, care: Recommendation<'a>, time: Option<TimingId>, level: u8) {
        let (strength, entry) = care;
        let guide = self.guide;
        let tag = if entry.verdict == Verdict::Possible { self.open_tag() } else { self.strength_tag(entry, strength) };
        let words = guide[entry.treatment].summary.clone();
        let words = self.with_ongoing(entry, words.into());
        self.row(entry, Some(tag), words, level, false, |answer| {
            let mut lines = answer.indications(entry, time, |truth| !truth.is_false());
            if entry.verdict == Verdict::Possible {
                lines.extend(answer.missing(entry));
            }
            answer.document.points(lines);
            answer.link_to_page(entry);
        });
    }

    /// Adds a row with what `write` writes inside.
    fn row(
        &mut self,
        entry: &'a TreatmentAdvice,
        tag: Option<Tag>,
        words: Line,
        level: u8,
        is_option: bool,
        write: impl FnOnce(&mut Self),
    ) {
        let guide = self.guide;
        let name = Line::from(short(&guide.guide[entry.treatment].name));
        let name = if entry.declined.is_true() { line!(guide, answer_not_wanted, treatment = name) } else { name };
        let cited_before = self.citations.take_recent();
        let outer = std::mem::take(&mut self.document);
        write(self);
        let mut inside = std::mem::replace(&mut self.document, outer);
        let cited = self.citations.take_recent();
        self.citations.restore_recent(cited_before);
        without_marks(&mut inside);
        let works = publishers_cited(guide, &mut self.citations, &cited);
        let sources = if works.0.is_empty() { works } else { line!(guide, options_sources, works = works) };
        let option = is_option.then(|| guide[entry.treatment].id.clone());
        self.document.blocks.push(Block::Row(Box::new(Row { level, name, tag, words, option, inside, sources })));
    }

    /// Returns what the team checks before the treatment, according to the scenario.
    fn checked(&self, entry: &TreatmentAdvice, scenario: Option<&Scenario>) -> Vec<&'a str> {
        scenario.map_or(Vec::new(), |scenario| checks(self.guide.guide, scenario, |fact| entry.reason.contains(&fact)))
    }

    /// Writes what a row shows when it's opened. `in_full` adds all figures and side effects.
    fn inside(&mut self, entry: &'a TreatmentAdvice, scenario: Option<&Scenario>, checked: &[&str], in_full: bool) {
        let (guide, text) = (self.guide, self.guide.text);
        let treatment = &guide.guide[entry.treatment];
        if let Some(line) = self.ongoing_line(entry) {
            self.document.paragraph(line);
        }
        if entry.declined.is_true() {
            self.document.paragraph(Line::default().add(Emphasis::Open, t!(text, answer_declined_listed)));
        }
        if in_full {
            self.benefit_and_harm(entry);
        }
        let mut points = Vec::new();
        if !checked.is_empty() {
            points.push(line!(guide, options_checked, checks = checked.join("; ")));
        }
        points.extend(self.warnings(entry, treatment));
        points.extend(value_lines(guide, self.preferences, treatment, Some(entry), false));
        self.document.points(points);
        let why = self.captured(|answer| answer.reasons_to_show(entry, scenario));
        self.fold(t!(text, options_why), why);
        if in_full {
            let details = self.captured(|answer| answer.details(entry, treatment));
            self.fold(t!(text, options_details), details);
        }
        self.link_to_page(entry);
    }

    pub(in crate::answer) fn captured(&mut self, write: impl FnOnce(&mut Self)) -> Document {
        let outer = std::mem::take(&mut self.document);
        write(self);
        std::mem::replace(&mut self.document, outer)
    }

    fn fold(&mut self, name: String, inside: Document) {
        if !inside.blocks.is_empty() {
            self.document.blocks.push(Block::Fold { name: name.into(), inside });
        }
    }

    fn link_to_page(&mut self, entry: &TreatmentAdvice) {
        let more = t!(self.guide.text, options_more_about, treatment = within(&full_name(&self.guide[entry.treatment])));
        let link = Line::default().link(Emphasis::Plain, more, links::treatment(self.guide, entry.treatment));
        self.document.paragraph(link);
    }

    /// Adds one benefit that a study measured, and the most common and serious side effects. If no benefit was measured, adds what isn't known.
    fn benefit_and_harm(&mut self, entry: &TreatmentAdvice) {
        let guide = self.guide;
        let treatment = &guide.guide[entry.treatment];
        let outcomes = treatment.outcomes.iter().zip(&entry.outcomes).filter(|(_, truth)| !truth.is_false());
        // How long people lived is shown only to people who choose to see it.
        let is_shown = |outcome: &&sarcoguide_model::Outcome| !is_harm(guide, outcome) && !guide[outcome.measure].by_choice;
        let mut benefits = outcomes.map(|(outcome, _)| outcome).filter(is_shown).collect::<Vec<_>>();
        // A comparison says more than a figure without one.
        benefits.sort_by_key(|outcome| outcome.conclusion == Conclusion::NotCompared);
        if let Some(outcome) = benefits.first() {
            let mark = self.citations.mark(&outcome.from);
            let (text, conclusion) = (&outcome.text, conclusion_words(guide, outcome));
            self.document.paragraph(line!(guide, options_figure, text = text, conclusion = conclusion).cite(mark));
        } else if let Some(unknown) = treatment.list(StatementList::Unknown).first() {
            let line = self.cited(unknown);
            self.document.paragraph(line);
        }
        let occurring = || treatment.effects.iter().zip(&entry.effects).filter(|(_, truth)| !truth.is_false());
        let is_common = |effect: &EffectUse| matches!(effect.frequency, Frequency::VeryCommon | Frequency::Common);
        let common: Vec<&EffectUse> = occurring().map(|(effect, _)| effect).filter(|effect| is_common(effect)).collect();
        let serious: Vec<&EffectUse> = occurring().map(|(effect, _)| effect).filter(|effect| effect.serious).collect();
        let mut harms = Vec::new();
        if let Some((names, more)) = self.first_effects(&common) {
            harms.push(line!(guide, options_common_effects, effects = names, more = more));
        }
        if let Some((names, more)) = self.first_effects(&serious) {
            harms.push(line!(guide, options_serious_effects, effects = names, more = more));
        }
        self.document.paragraph(Line::joined(harms.into_iter(), " "));
    }

    /// Returns the first side effects, and how many more there are.
    fn first_effects(&mut self, effects: &[&EffectUse]) -> Option<(Line, usize)> {
        let mut different: Vec<&EffectUse> = Vec::new();
        for effect in effects {
            if different.iter().all(|other| other.effect != effect.effect) {
                different.push(effect);
            }
        }
        let (named, others) = different.split_at(different.len().min(EFFECTS));
        let from: Vec<PassageId> = named.iter().flat_map(|effect| effect.from.clone()).collect();
        self.citations.mark(&from);
        Some((effect_names(self.guide, named)?, others.len()))
    }

    /// Writes why the treatment is shown: the guide's reasons, the answers that they rest on, what is assumed, and what else it depends on.
    fn reasons_to_show(&mut self, entry: &TreatmentAdvice, scenario: Option<&Scenario>) {
        let guide = self.guide;
        let reasons_for = self.indications(entry, None, |truth| !truth.is_false());
        self.document.points(reasons_for);
        let (stated, open): (Vec<FactId>, Vec<FactId>) =
            entry.reason.iter().partition(|fact| self.case.get(**fact) != FactValue::Unknown);
        if !stated.is_empty() {
            self.document.paragraph(line!(guide, options_because, facts = reasons(guide, self.case, &stated)));
        }
        let mut assumed: Vec<&str> = Vec::new();
        for assumption in scenario.iter().flat_map(|scenario| &scenario.assumptions) {
            let says = assumption.says(guide.guide);
            let is_check = guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck;
            if open.contains(&assumption.fact) && !is_check && !assumed.contains(&says) {
                assumed.push(says);
            }
        }
        if !assumed.is_empty() {
            self.document.paragraph(line!(guide, options_because_assumed, assumed = assumed.join("; ")));
        }
        if !entry.is_ongoing()
            && let Some(missing) = self.missing(entry)
        {
            self.document.paragraph(missing);
        }
    }

    fn technique_rows(&mut self, whole: &Whole<'a>, level: u8, scenario: Option<&Scenario>) {
        let guide = self.guide;
        if whole.ways.is_empty() {
            return;
        }
        self.document.paragraph(Line::default().strong(t!(guide.text, options_ways)));
        // Those that the page already has come first. Without rows, a line after the others would seem to belong to the last of them.
        let is_above = |(_, technique): &&Recommendation<'a>| self.shown.contains(&technique.treatment);
        let (above, new): (Vec<&Recommendation<'a>>, Vec<&Recommendation<'a>>) = whole.ways.iter().partition(is_above);
        for (strength, technique) in above.into_iter().chain(new) {
            if self.shown.contains(&technique.treatment) {
                let why = self.indications(technique, Some(whole.time), |truth| !truth.is_false());
                let why = Line::joined(why.into_iter(), " ");
                let (name, strength) = (self.name(technique, Emphasis::Strong), within(&guide[*strength].name));
                let name = line!(guide, answer_option, treatment = name, strength = strength);
                self.document.paragraph(line!(guide, answer_named_see_above, treatment = name, why = why));
                continue;
            }
            self.shown.push(technique.treatment);
            let fits = self.fits_at(technique, whole.time);
            let tag = if fits { self.strength_tag(technique, *strength) } else { self.open_tag() };
            let words = guide[technique.treatment].summary.clone().into();
            self.row(technique, Some(tag), words, level, true, |answer| {
                let checked = answer.checked(technique, scenario);
                answer.inside(technique, scenario, &checked, fits);
            });
        }
    }

    /// Returns the tag that says how strongly the sources support the treatment.
    pub(super) fn strength_tag(&self, entry: &TreatmentAdvice, strength: StrengthId) -> Tag {
        let strength = &self.guide[strength];
        let support = match strength.standing {
            Standing::Recommended if strength.main => Support::Main,
            Standing::Recommended => Support::Usual,
            Standing::Option => Support::Optional,
            Standing::NotProven => Support::Unproven,
            Standing::TrialOnly => Support::TrialOnly,
        };
        let words = if Fit::of(self.guide, entry) == Fit::FitsOnceRuledOut {
            t!(self.guide.text, options_tag_if_ruled_out, strength = &strength.name)
        } else {
            strength.name.clone()
        };
        Tag { words, support }
    }

    /// Returns the tag of a treatment that only may fit.
    pub(super) fn open_tag(&self) -> Tag {
        Tag { words: capital(&Fit::MayFit.label(self.guide)), support: Support::Optional }
    }
}

/// Removes citation marks, except inside of other rows and folds.
fn without_marks(document: &mut Document) {
    let strip = |line: &mut Line| line.0.retain(|piece| !matches!(piece.to, Some(Target::Source(_))));
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(line) => strip(line),
            Block::Points { lines, .. } => lines.iter_mut().for_each(strip),
            _ => {}
        }
    }
}
