//! The side effects of a treatment: what to call for, then each by how often it occurs.

use crate::Edition;
use std::collections::BTreeSet;

use sarcoguide_model::{EffectDuration, EffectUse, Frequency, MeasureId, Onset, PassageId, Truth, Urgency};

use super::{Page, figure, people};
use crate::links;
use crate::symptom::urgency_name;
use crate::words;
use sarcoguide_document::{Block, Emphasis, Line, People};
use sarcoguide_search::symptom::signs_on;

/// A line that names effects, each a link to its page; none where there are none.
pub(crate) fn named(guide: Edition<'_>, head: &str, effects: &[&EffectUse]) -> Option<Line> {
    let mut seen = BTreeSet::new();
    let mut line = Line::default().strong(head);
    let mut first = true;
    for effect in effects.iter().filter(|effect| seen.insert(effect.effect)) {
        let name = words::within(&guide[effect.effect].name);
        line = if first { line } else { line.plain(", ") };
        line = line.link(Emphasis::Plain, name, links::effect(guide, effect.effect));
        first = false;
    }
    (!first).then_some(line)
}

/// Whether it may stay for long or for good.
pub(crate) fn lasts(effect: &EffectUse) -> bool {
    matches!(effect.duration, EffectDuration::LongLasting | EffectDuration::Permanent)
}

/// How many side effects are shown as people.
const MAX_SHOWN: usize = 3;

impl Page<'_> {
    pub(super) fn effects(&mut self) {
        self.document.paragraph(self.way_to_give().unwrap_or_default());
        let figures = self.figures(true, |_| true);
        let treatment = self.treatment;
        let concerning = treatment.effects.iter().enumerate().filter(|(index, _)| self.concerns(|entry| &entry.effects, *index));
        let effects: Vec<&EffectUse> = concerning.map(|(_, effect)| effect).collect();
        if effects.is_empty() {
            // Care, choices and trials are no treatments of the cancer; nobody expects side effects of them.
            if !figures && !self.guide[treatment.modality].supportive {
                self.document.paragraph("The guide names no side effects of it. That does not mean that it has none.");
            }
            return;
        }
        let guide = self.guide;
        let of =
            |accept: &dyn Fn(&EffectUse) -> bool| effects.iter().copied().filter(|effect| accept(effect)).collect::<Vec<_>>();
        let on = guide.treatment(&treatment.id);
        let about = |effect: &EffectUse| &guide[effect.effect];
        let urgency = |effect: &EffectUse| guide.urgency_on(effect.effect, on);
        let at = |wanted: Urgency| {
            of(&|effect| urgency(effect) == wanted && (wanted < Urgency::SameDay || !about(effect).found_by_test))
        };
        let found_by_test = of(&|effect| urgency(effect) == Urgency::SameDay && about(effect).found_by_test);
        let call = |urgency: Urgency| format!("{} for: ", urgency_name(guide, urgency));
        let lists = [
            (call(Urgency::Emergency), at(Urgency::Emergency)),
            (call(Urgency::Now), at(Urgency::Now)),
            (call(Urgency::SameDay), at(Urgency::SameDay)),
            ("Found by tests: ".to_owned(), found_by_test),
            ("Serious: ".to_owned(), of(&|effect| effect.serious)),
            ("May last long or for good: ".to_owned(), of(&lasts)),
        ];
        let mut lines: Vec<Line> = lists.iter().filter_map(|(head, effects)| named(guide, head, effects)).collect();
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
        self.group("How often: see each figure", "", &without_word(true));
        self.group("How often is not said", "", &without_word(false));
    }

    /// Of a technique, what it is a way to give: that has harms of its own.
    pub(super) fn way_to_give(&self) -> Option<Line> {
        let wholes = self.treatment.technique_of.iter().map(|id| {
            let name = words::within(&self.guide[*id].name);
            Line::default().link(Emphasis::Plain, name, links::treatment(self.guide, *id))
        });
        if self.treatment.technique_of.is_empty() {
            return None;
        }
        let line = Line::default().strong("A way to give: ").then(Line::joined(wholes, "; "));
        Some(line.plain(". What is told there of side effects and care holds here too."))
    }

    /// So many of 100 people have it, for the gravest and most frequent with a figure, as benefits are shown; not twice what an outcome counts.
    fn people(&mut self, effects: &[&EffectUse]) {
        let counted: Vec<MeasureId> = self.outcomes(true).iter().map(|outcome| outcome.measure).collect();
        let known = |effect: &EffectUse| &self.guide[effect.effect];
        let is_uncounted = |effect: &&&EffectUse| known(effect).measures.iter().all(|measure| !counted.contains(measure));
        let mut figures: Vec<(bool, u8, &EffectUse, Vec<People>)> = Vec::new();
        for effect in effects.iter().filter(is_uncounted) {
            let Some(group) = effect.value.as_ref().and_then(|value| people(&self.treatment.name, value)) else { continue };
            let other = effect.comparator.as_ref().zip(effect.comparator_value.as_ref());
            let other = other.and_then(|(name, value)| people(name, value));
            figures.push((!effect.serious, 100 - group.high, effect, [Some(group), other].into_iter().flatten().collect()));
        }
        figures.sort_by_key(|(mild, others, ..)| (*mild, *others));
        for (_, _, effect, groups) in figures.into_iter().take(MAX_SHOWN) {
            let grade = effect.grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
            self.document.blocks.push(Block::People { title: format!("{}{grade}", known(effect).name), groups });
        }
    }

    /// Effects that occur equally often.
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

    /// Whether it concerns the case.
    fn truth_of(&self, effect: &EffectUse) -> Option<Truth> {
        let place = self.treatment.effects.iter().position(|other| std::ptr::eq(other, effect))?;
        self.entry.and_then(|entry| entry.effects.get(place).copied())
    }

    /// One effect: how lasting, how serious, how many of 100, what the source adds.
    fn effect(&mut self, effect: &EffectUse) -> Line {
        let mut line = Line::default().link(
            Emphasis::Strong,
            self.guide[effect.effect].name.clone(),
            links::effect(self.guide, effect.effect),
        );
        if effect.serious {
            line = line.plain("; ").add(Emphasis::Bad, "serious");
        }
        line = match effect.duration {
            EffectDuration::Passing => line.plain("; goes away"),
            EffectDuration::LongLasting => line.plain("; ").strong("may last for months or years"),
            EffectDuration::Permanent => line.plain("; ").strong("may be permanent"),
            EffectDuration::NotStated => line,
        };
        line = match effect.onset {
            Some(Onset::Early) => line.plain("; begins early"),
            Some(Onset::Late) => line.plain("; may begin months or years later"),
            None => line,
        };
        if let Some(value) = &effect.value {
            // Not the grade of a tumor.
            let grade = effect.grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
            let comparison = match (&effect.comparator, &effect.comparator_value) {
                (Some(comparator), Some(other)) => format!(", against {} with {comparator}", figure(other)),
                _ => String::new(),
            };
            line = line.plain(format!("; {}", figure(value))).faint(grade).plain(comparison);
        }
        line = line.plain(".");
        if let Some(text) = &effect.text {
            line = line.plain(format!(" {text}"));
        }
        if let Some(rule) = &effect.rule {
            // What the case settles needs no condition.
            line = match (self.answered, self.truth_of(effect)) {
                (Some(_), Some(Truth::True)) => line,
                (Some(answered), _) => {
                    line.then(words::depends_on(self.guide, answered.case, &answered.advice.implied, &rule.when))
                }
                (None, _) => line.faint(format!(" (only if {})", words::condition(self.guide, &rule.when))),
            };
        }
        let mut from: Vec<PassageId> = effect.from.clone();
        from.dedup();
        let mark = self.citations.mark(&from);
        line.cite(mark)
    }
}
