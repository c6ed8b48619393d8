//! A treatment's side effects: first those to call the team about, then all of them by how often they occur.

use sarcoguide_model::{EffectDuration, EffectUse, Frequency, MeasureId, Onset, PassageId, Truth, Urgency};

use super::{Page, figure, people};
use crate::line::line;
use crate::lines::{effect_names, is_lasting};
use crate::links;
use crate::urgency::urgency_name;
use crate::words;
use sarcoguide_document::{Block, Emphasis, Line, People};
use sarcoguide_search::symptom::signs_on;
use sarcoguide_text::t;

/// The maximum number of side effects that are shown as numbers of people in 100.
const MAX_SHOWN: usize = 3;

impl Page<'_> {
    /// Adds the side effects that apply or may apply to the case, or all of them if there is no case.
    pub(super) fn effects(&mut self) {
        self.document.paragraph(self.way_to_give().unwrap_or_default());
        let figures = self.figures(true, |_| true);
        let treatment = self.treatment;
        let concerning = treatment.effects.iter().enumerate().filter(|(index, _)| self.concerns(|entry| &entry.effects, *index));
        let effects: Vec<&EffectUse> = concerning.map(|(_, effect)| effect).collect();
        if effects.is_empty() {
            // Don't say that the guide lists no side effects of a supportive treatment, because nobody expects any. Supportive treatments include
            // clinical trials and the choice to have no treatment.
            if !figures && !self.guide[treatment.modality].supportive {
                self.document.paragraph(t!(self.guide.text, effects_none));
            }
            return;
        }
        let guide = self.guide;
        let of =
            |accept: &dyn Fn(&EffectUse) -> bool| effects.iter().copied().filter(|effect| accept(effect)).collect::<Vec<_>>();
        let on = guide.treatment(&treatment.id);
        let about = |effect: &EffectUse| &guide[effect.effect];
        let urgency = |effect: &EffectUse| guide.effect_urgency(effect.effect, on);
        let at = |wanted: Urgency| {
            of(&|effect| urgency(effect) == wanted && (wanted < Urgency::SameDay || !about(effect).found_by_test))
        };
        let found_by_test = of(&|effect| urgency(effect) == Urgency::SameDay && about(effect).found_by_test);
        let call_for = |wanted: Urgency| {
            let effects = effect_names(guide, &at(wanted))?;
            Some(line!(guide, effects_call_for, urgency = urgency_name(guide, wanted), effects = effects))
        };
        let lists = [
            call_for(Urgency::Emergency),
            call_for(Urgency::Now),
            call_for(Urgency::SameDay),
            effect_names(guide, &found_by_test).map(|effects| line!(guide, effects_found_by_tests, effects = effects)),
            effect_names(guide, &of(&|effect| effect.serious)).map(|effects| line!(guide, effects_serious, effects = effects)),
            effect_names(guide, &of(&is_lasting)).map(|effects| line!(guide, effects_lasting, effects = effects)),
        ];
        let mut lines: Vec<Line> = lists.into_iter().flatten().collect();
        let calls = guide.symptom_check.as_ref().map_or(&[][..], |check| &check.calls);
        let signs: Vec<_> = on.into_iter().flat_map(|id| signs_on(*guide, id)).filter(|sign| !sign.effects.is_empty()).collect();
        let signs = signs.into_iter().map(|sign| {
            let head = Line::default().strong(format!("{}: ", calls[sign.call].name));
            head.then(self.cited(&sign.statement))
        });
        lines.splice(0..0, signs.collect::<Vec<_>>());
        self.document.points(lines);
        self.people(&effects);
        for words in &guide.frequencies {
            self.group(&words.name, &words.help, &of(&|effect| effect.frequency == words.frequency));
        }
        let without_word =
            |figure: bool| of(&|effect| effect.frequency == Frequency::NotStated && effect.value.is_some() == figure);
        self.group(&t!(guide.text, effects_frequency_by_figure_heading), "", &without_word(true));
        self.group(&t!(guide.text, effects_frequency_not_said_heading), "", &without_word(false));
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

    /// Adds side effects as numbers of people in 100, in the same way as benefits.
    ///
    /// Chooses up to [`MAX_SHOWN`] of the effects that have a figure: serious ones first, then the most frequent. Leaves out the effects that
    /// an outcome already counts.
    fn people(&mut self, effects: &[&EffectUse]) {
        let counted: Vec<MeasureId> = self.outcomes(true).iter().map(|outcome| outcome.measure).collect();
        let known = |effect: &EffectUse| &self.guide[effect.effect];
        let is_uncounted = |effect: &&&EffectUse| known(effect).measures.iter().all(|measure| !counted.contains(measure));
        let mut figures: Vec<(bool, u8, &EffectUse, Vec<People>)> = Vec::new();
        for effect in effects.iter().filter(is_uncounted) {
            let Some(group) = effect.value.as_ref().and_then(|value| people(self.guide, &self.treatment.name, value)) else {
                continue;
            };
            let other = effect.comparator.as_ref().zip(effect.comparator_value.as_ref());
            let other = other.and_then(|(name, value)| people(self.guide, name, value));
            figures.push((!effect.serious, 100 - group.high, effect, [Some(group), other].into_iter().flatten().collect()));
        }
        figures.sort_by_key(|(mild, others, ..)| (*mild, *others));
        for (_, _, effect, groups) in figures.into_iter().take(MAX_SHOWN) {
            let name = &known(effect).name;
            let title = effect
                .grade
                .as_ref()
                .map_or_else(|| name.clone(), |grade| t!(self.guide.text, effects_people_title, effect = name, grade = grade));
            self.document.blocks.push(Block::People { title, groups });
        }
    }

    /// Adds a heading, an explanation (`help`) and a line for each of these effects. Adds nothing if there are none.
    fn group(&mut self, title: &str, help: &str, effects: &[&EffectUse]) {
        if effects.is_empty() {
            return;
        }
        self.document.heading(3, title);
        if !help.is_empty() {
            self.document.paragraph(Line::default().faint(help));
        }
        let lines = effects.iter().map(|effect| self.effect(effect)).collect();
        self.document.points(lines);
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
        let mut parts = vec![Line::default().link(Emphasis::Strong, name, links::effect(guide, effect.effect))];
        if effect.serious {
            parts.push(Line::default().add(Emphasis::Bad, t!(guide.text, effects_one_serious)));
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
