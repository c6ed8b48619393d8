//! A treatment's side effects: the ones to know first, when to call the team, and all of them by how often they occur.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use sarcoguide_model::{
    Decimal, EffectDuration, EffectId, EffectUse, Frequency, MeasureId, Onset, PassageId, TreatmentId, Truth, Urgency,
};

use super::{Page, figure};
use crate::figures;
use crate::line::line;
use crate::lines::effect_names_to;
use crate::links;
use crate::urgency::urgency_name;
use crate::words::{self, of_100_people};
use sarcoguide_document::{Block, Emphasis, Line, Section, Target};
use sarcoguide_search::symptom::signs_on;
use sarcoguide_text::t;

/// The maximum number of side effects that are shown as pictures of people in 100.
const MAX_SHOWN: usize = 3;

/// The maximum number of common side effects, and of serious ones, on the first screen of a page.
const MAX_FIRST: usize = 3;

impl<'g> Page<'g> {
    /// Adds the side effects that apply or may apply to the case, or all of them if there is no case: first when to call the team, then all of them
    /// by how often they occur.
    pub(super) fn effects(&mut self) {
        let effects = self.concerning_effects();
        let figures = self.harm_figures();
        if effects.is_empty() {
            self.no_effects(figures);
            return;
        }
        let lines = self.call_lines(&effects, links::effect);
        self.document.points(lines);
        self.entries(&effects);
    }

    /// Adds a folded section with all side effects, by how often they occur. Each has one entry.
    pub(super) fn all_effects(&mut self) {
        let effects = self.concerning_effects();
        if !effects.is_empty() || !self.outcomes(true).is_empty() {
            self.fold(t!(self.guide.text, treatment_all_effects_heading));
            self.figures(true, |_| true);
            self.entries(&effects);
        }
    }

    /// Adds the most common and the most serious side effects, and when to call the team. The names link to the entries of [`Self::all_effects`].
    pub(super) fn first_effects(&mut self) {
        let (guide, effects) = (self.guide, self.concerning_effects());
        if effects.is_empty() && (self.guide[self.treatment.modality].supportive || !self.outcomes(true).is_empty()) {
            return;
        }
        self.document.heading(2, t!(guide.text, treatment_side_effects_heading));
        if effects.is_empty() {
            self.document.paragraph(self.way_to_give().unwrap_or_default());
            self.no_effects(false);
            return;
        }
        let mut seen: BTreeSet<EffectId> = self.label_warnings().iter().map(|effect| effect.effect).collect();
        let are_others = !seen.is_empty();
        let serious = self.most_serious(&effects, &mut seen);
        let common = self.most_common(&effects, &mut seen);
        let others = if are_others { "yes" } else { "no" };
        let parts = [
            (t!(guide.text, effects_first_common, count = common.len()), common),
            (t!(guide.text, effects_first_serious, count = serious.len(), others = others), serious),
        ];
        for (head, effects) in parts.into_iter().filter(|(_, effects)| !effects.is_empty()) {
            self.document.heading(3, head);
            self.document.points(effects.into_iter().map(|effect| self.first_line(effect)).collect());
        }
        self.document.paragraph(self.way_to_give().unwrap_or_default());
        let lines = self.call_lines(&effects, links::effect_entry);
        if !lines.is_empty() {
            self.document.section(2, t!(guide.text, effects_call_heading), Section::Call);
            self.document.points(lines);
        }
    }

    /// The effects that the strongest warning on the treatment's label names.
    pub(super) fn label_warnings(&self) -> Vec<&'g EffectUse> {
        self.concerning_effects().into_iter().filter(|effect| effect.warning).collect()
    }

    /// The most serious effects, the most urgent first. Leaves out the effects in `seen`, and adds the chosen ones to it.
    fn most_serious(&self, effects: &[&'g EffectUse], seen: &mut BTreeSet<EffectId>) -> Vec<&'g EffectUse> {
        let serious = |effect: &&&EffectUse| effect.serious || self.urgency(effect) <= Urgency::Now;
        let mut found: Vec<&EffectUse> = effects.iter().filter(serious).copied().collect();
        found.sort_by_key(|effect| (self.urgency(effect), !effect.serious, frequency_order(effect), Reverse(people(effect))));
        found.retain(|effect| seen.insert(effect.effect));
        found.iter().skip(MAX_FIRST).for_each(|effect| {
            seen.remove(&effect.effect);
        });
        found.truncate(MAX_FIRST);
        found
    }

    /// The most common effects, the most frequent first. Leaves out the effects in `seen`.
    fn most_common(&self, effects: &[&'g EffectUse], seen: &mut BTreeSet<EffectId>) -> Vec<&'g EffectUse> {
        let common = |effect: &&&EffectUse| matches!(effect.frequency, Frequency::VeryCommon | Frequency::Common);
        let mut found: Vec<&EffectUse> = effects.iter().filter(common).copied().collect();
        found.sort_by_key(|effect| (frequency_order(effect), Reverse(people(effect))));
        found.retain(|effect| seen.insert(effect.effect));
        found.truncate(MAX_FIRST);
        found
    }

    /// An effect on the first screen: its name, as a link to its entry, and how many people have it.
    fn first_line(&self, effect: &EffectUse) -> Line {
        let guide = self.guide;
        let name = guide[effect.effect].name.clone();
        let name = Line::default().link(Emphasis::Strong, name, links::effect_entry(guide, effect.effect));
        let figure = effect.value.as_ref().map(|value| of_100_people(guide, value).unwrap_or_else(|| value.written.clone()));
        match (figure, &effect.grade) {
            (None, _) => name,
            (Some(figure), None) => line!(guide, effects_first_figure, effect = name, figure = figure),
            (Some(figure), Some(grade)) => {
                line!(guide, effects_first_figure_grade, effect = name, figure = figure, grade = grade)
            }
        }
    }

    fn concerning_effects(&self) -> Vec<&'g EffectUse> {
        let concerning = self.treatment.effects.iter().enumerate();
        concerning.filter(|(index, _)| self.concerns(|entry| &entry.effects, *index)).map(|(_, effect)| effect).collect()
    }

    fn urgency(&self, effect: &EffectUse) -> Urgency {
        self.guide.effect_urgency(effect.effect, self.guide.treatment(&self.treatment.id))
    }

    /// Adds the outcomes that count a side effect. Returns whether there are any.
    fn harm_figures(&mut self) -> bool {
        self.document.paragraph(self.way_to_give().unwrap_or_default());
        self.figures(true, |_| true)
    }

    /// Says that the guide lists no side effects, unless it has figures on them. Says nothing about a supportive treatment, because nobody expects
    /// any. Supportive treatments include clinical trials and the choice to have no treatment.
    fn no_effects(&mut self, has_figures: bool) {
        if !has_figures && !self.guide[self.treatment.modality].supportive {
            self.document.paragraph(t!(self.guide.text, effects_none));
        }
    }

    /// When to call the team: the signs that the guide describes for the treatment, then a line for each urgency with the names of its effects.
    fn call_lines(&mut self, effects: &[&EffectUse], link: fn(crate::Edition<'_>, EffectId) -> Target) -> Vec<Line> {
        let guide = self.guide;
        let calls = guide.symptom_check.as_ref().map_or(&[][..], |check| &check.calls);
        let on: Option<TreatmentId> = guide.treatment(&self.treatment.id);
        let signs: Vec<_> = on.into_iter().flat_map(|id| signs_on(*guide, id)).filter(|sign| !sign.effects.is_empty()).collect();
        let signs = signs.into_iter().map(|sign| {
            let head = Line::default().strong(format!("{}: ", calls[sign.call].name));
            head.then(self.cited(&sign.statement))
        });
        let mut lines: Vec<Line> = signs.collect();
        for urgency in [Urgency::Emergency, Urgency::Now, Urgency::SameDay] {
            let is_felt = |effect: &EffectUse| urgency < Urgency::SameDay || !guide[effect.effect].found_by_test;
            let effects: Vec<&EffectUse> =
                effects.iter().copied().filter(|effect| self.urgency(effect) == urgency && is_felt(effect)).collect();
            lines.extend(
                effect_names_to(guide, &effects, link)
                    .map(|effects| line!(guide, effects_call_for, urgency = urgency_name(guide, urgency), effects = effects)),
            );
        }
        lines
    }

    /// For a technique, a line with links to its main treatments, because their side effects apply too.
    pub(super) fn way_to_give(&self) -> Option<Line> {
        let main_treatments = self.treatment.technique_of.iter().map(|id| {
            let name = words::within(&self.guide[*id].name);
            Line::default().link(Emphasis::Plain, name, links::treatment(self.guide, *id))
        });
        if self.treatment.technique_of.is_empty() {
            return None;
        }
        Some(line!(self.guide, effects_way_to_give, treatments = Line::joined(main_treatments, "; ")))
    }

    /// Adds an entry for each effect, by how often it occurs.
    fn entries(&mut self, effects: &[&EffectUse]) {
        let guide = self.guide;
        let pictured = self.pictured(effects);
        let of =
            |accept: &dyn Fn(&EffectUse) -> bool| effects.iter().copied().filter(|effect| accept(effect)).collect::<Vec<_>>();
        for words in &guide.frequencies {
            self.group(&words.name, &words.help, &of(&|effect| effect.frequency == words.frequency), &pictured);
        }
        let without_word =
            |figure: bool| of(&|effect| effect.frequency == Frequency::NotStated && effect.value.is_some() == figure);
        self.group(&t!(guide.text, effects_frequency_by_figure_heading), "", &without_word(true), &pictured);
        self.group(&t!(guide.text, effects_frequency_not_said_heading), "", &without_word(false), &pictured);
    }

    /// The pictures of up to [`MAX_SHOWN`] of the effects that have a figure: serious ones first, then the most frequent. Leaves out the effects
    /// that an outcome already counts.
    fn pictured<'e>(&self, effects: &[&'e EffectUse]) -> Vec<(&'e EffectUse, Block)> {
        let counted: Vec<MeasureId> = self.outcomes(true).iter().map(|outcome| outcome.measure).collect();
        let is_uncounted =
            |effect: &&EffectUse| self.guide[effect.effect].measures.iter().all(|measure| !counted.contains(measure));
        let picture = |effect: &'e EffectUse| Some((effect, figures::of_effect(self.guide, self.treatment, effect)?));
        let mut pictures: Vec<_> = effects.iter().copied().filter(is_uncounted).filter_map(picture).collect();
        pictures.sort_by_key(|(effect, _)| (!effect.serious, Reverse(people(effect))));
        pictures.truncate(MAX_SHOWN);
        pictures
    }

    /// Adds a heading, an explanation (`help`) and a line for each of these effects, with its picture if it has one. Adds nothing if there are none.
    fn group(&mut self, title: &str, help: &str, effects: &[&EffectUse], pictured: &[(&EffectUse, Block)]) {
        if effects.is_empty() {
            return;
        }
        self.document.heading(3, title);
        if !help.is_empty() {
            self.document.paragraph(Line::default().faint(help));
        }
        for effect in effects {
            let line = self.effect(effect);
            self.document.points(vec![line]);
            let picture = pictured.iter().find(|(other, _)| std::ptr::eq(*other, *effect));
            self.document.blocks.extend(picture.map(|(_, picture)| picture.clone()));
        }
    }

    /// Whether the effect applies to the case. `None` if there is no case.
    fn truth_of(&self, effect: &EffectUse) -> Option<Truth> {
        let index = self.treatment.effects.iter().position(|other| std::ptr::eq(other, effect))?;
        self.entry.and_then(|entry| entry.effects.get(index).copied())
    }

    /// A line on one effect: whether it's serious, how long it lasts, when it begins, how many people have it, what the source adds, and whom it
    /// applies to.
    fn effect(&mut self, effect: &EffectUse) -> Line {
        let guide = self.guide;
        let name = guide[effect.effect].name.clone();
        let mut parts = vec![Line::default().link(Emphasis::Strong, name, links::effect_of_entry(guide, effect.effect))];
        if effect.warning {
            parts.push(Line::default().add(Emphasis::Bad, t!(guide.text, effects_one_warning)));
        }
        if effect.serious {
            parts.push(Line::default().add(Emphasis::Bad, t!(guide.text, effects_one_serious)));
        }
        if guide[effect.effect].found_by_test {
            parts.push(line!(guide, effects_one_found_by_test));
        }
        parts.extend(match effect.duration {
            EffectDuration::Passing => Some(line!(guide, effects_one_goes_away)),
            EffectDuration::LongLasting => Some(line!(guide, effects_one_may_last)),
            EffectDuration::Permanent => Some(line!(guide, effects_one_may_be_permanent)),
            EffectDuration::NotStated => None,
        });
        parts.extend(effect.onset.map(|onset| match onset {
            Onset::Early => line!(guide, effects_one_begins_early),
            Onset::Late => line!(guide, effects_one_may_begin_late),
        }));
        parts.extend(effect.value.as_ref().map(|value| {
            let value = figure(guide, value);
            let compared = effect.comparator.as_ref().zip(effect.comparator_value.as_ref().map(|value| figure(guide, value)));
            match (&effect.grade, compared) {
                (None, None) => value.into(),
                (Some(grade), None) => line!(guide, effects_one_figure_grade, figure = value, grade = grade),
                (None, Some((comparator, other))) => {
                    line!(guide, effects_one_figure_compared, figure = value, other = other, comparator = comparator)
                }
                (Some(grade), Some((comparator, other))) => line!(
                    guide,
                    effects_one_figure_grade_compared,
                    figure = value,
                    grade = grade,
                    other = other,
                    comparator = comparator
                ),
            }
        }));
        let mut line = Line::joined(parts.into_iter(), "; ").plain(".");
        if let Some(text) = &effect.text {
            line = line.plain(format!(" {text}"));
        }
        if let Some(rule) = &effect.rule {
            // If the condition holds for the case, don't show it.
            line = match (self.answered, self.truth_of(effect)) {
                (Some(_), Some(Truth::True)) => line,
                (Some(answered), _) => line.then(words::depends_on(guide, answered.case, &answered.advice.implied, &rule.when)),
                (None, _) => {
                    let condition = words::condition(guide, &rule.when);
                    line.then(line!(guide, effects_one_only_if, condition = condition))
                }
            };
        }
        let mut from: Vec<PassageId> = effect.from.clone();
        from.dedup();
        let mark = self.citations.mark(&from);
        line.cite(mark)
    }
}

/// The place of an effect among the most frequent ones: the lower, the more frequent.
fn frequency_order(effect: &EffectUse) -> usize {
    let order = [Frequency::VeryCommon, Frequency::Common, Frequency::LessCommon, Frequency::Rare];
    order.iter().position(|frequency| *frequency == effect.frequency).unwrap_or(order.len())
}

/// The greatest number that the figure of an effect gives, as a share of people.
fn people(effect: &EffectUse) -> Option<Decimal> {
    effect.value.as_ref().filter(|value| value.of_100_people().is_some()).and_then(|value| value.high)
}
