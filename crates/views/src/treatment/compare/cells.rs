//! The short texts of a comparison: a few lines for each question about a treatment. The details below them say everything.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use sarcoguide_model::{
    EffectDuration, EffectUse, Figure, Frequency, Indication, MeasureId, Outcome, PersonalValue, Statement, StatementList,
    Statistic, Truth,
};

use super::super::Page;
use crate::fit::verdict_label;
use crate::line::line;
use crate::lines::{clipped, conclusion, is_lasting, showed};
use crate::words::{capital, within};
use sarcoguide_document::{CellLine, Line};
use sarcoguide_text::t;

/// The short text of a row for one treatment.
pub(super) type Cell = Vec<CellLine>;

/// Returns a figure as the lowest and the highest number of people in 100. `None` if it isn't a share of people.
fn share_of(figure: &Figure) -> Option<(u8, u8)> {
    let (low, high) = figure.of_100_people()?;
    let share = |people: i64| u8::try_from(people).ok().filter(|people| *people <= 100);
    Some((share(low)?, share(high)?))
}

/// The maximum number of side effects in a cell.
const MAX_NAMED: usize = 3;
/// The maximum number of things that can matter to a person in a cell.
const MAX_VALUES: usize = 2;
/// The maximum number of measures of which a cell says only what the studies showed.
const MAX_MEASURES: usize = 1;
/// The maximum length of a summary in a cell, in bytes, unless its first sentence is longer.
const MAX_SUMMARY: usize = 100;
/// The same for a result.
const MAX_RESULT: usize = 100;

impl<'g> Page<'g> {
    /// Whether the treatment fits the case, and how strongly it's recommended.
    pub(super) fn fit_cell(&mut self) -> Cell {
        let mut cell = Cell::new();
        if let (Some(answered), Some(entry)) = (self.answered, self.entry) {
            let (emphasis, words) = verdict_label(self.guide, answered.advice, entry);
            cell.push(Line::default().add(emphasis, capital(&words)).into());
        }
        let guide = self.guide;
        cell.extend(self.strongest_first().first().map(|indication| {
            let (strength, aim) = (&guide[indication.strength].name, guide[indication.intent].name.to_lowercase());
            CellLine::from(line!(guide, compare_strongest, strength = strength, aim = aim))
        }));
        cell
    }

    /// The indications that hold or may hold: first those that hold, the strongest of them first.
    fn strongest_first(&self) -> Vec<&'g Indication> {
        let mut indications = self.open_indications();
        indications.sort_by_key(|(open, indication)| (*open, indication.strength, indication.timing));
        indications.into_iter().map(|(_, indication)| indication).collect()
    }

    /// The timing, strength and aim of each indication. Different indications can give the same line; it's shown once.
    pub(super) fn indications_in_short(&self) -> Vec<Line> {
        let guide = self.guide;
        let mut seen = BTreeSet::new();
        let lines = self.strongest_first().into_iter().map(|indication| {
            let (strength, timing) = (&guide[indication.strength], &guide[indication.timing]);
            let (aim, strength) = (guide[indication.intent].name.to_lowercase(), within(&strength.name));
            line!(guide, compare_indication, timing = &timing.name, strength = strength, aim = aim)
        });
        lines.filter(|line| seen.insert(line.bare())).collect()
    }

    /// The indications that hold or may hold, each with whether it's still open if it holds. None if the treatment is withdrawn.
    fn open_indications(&self) -> Vec<(bool, &'g Indication)> {
        let holds = |index: usize| self.entry.is_some_and(|entry| entry.indications.get(index) == Some(&Truth::True));
        let all = self.treatment.indications.iter().enumerate();
        let open = all.filter(|(index, _)| !self.treatment.is_withdrawn() && self.concerns(|entry| &entry.indications, *index));
        open.map(|(index, indication)| (!holds(index), indication)).collect()
    }

    pub(super) fn what_cell(&mut self) -> Cell {
        vec![Line::from(self.cut(&self.treatment.summary, MAX_SUMMARY, &[". ", "; ", ": "])).into()]
    }

    /// The first parts of a text, as many as fit into `most` bytes, but at least one. `ends` has what ends a part. A sign says if there are more.
    fn cut(&self, text: &str, most: usize, ends: &[&str]) -> String {
        let mut ends: Vec<usize> = ends.iter().flat_map(|end| text.match_indices(end)).map(|(at, _)| at).collect();
        ends.sort_unstable();
        let end = if text.len() <= most { None } else { ends.iter().rev().find(|end| **end <= most).or(ends.first()) };
        match end.and_then(|end| text.get(..*end)) {
            Some(start) => t!(self.guide.text, compare_cut, text = start),
            None => text.to_owned(),
        }
    }

    /// At which times the treatment is given; then for each way of giving it where, how, how often and how long.
    pub(super) fn when_cell(&mut self) -> Cell {
        let guide = self.guide;
        let mut timings: Vec<_> = self.open_indications().iter().map(|(_, indication)| indication.timing).collect();
        timings.sort_unstable();
        timings.dedup();
        let names = timings.iter().map(|timing| within(&guide[*timing].name)).collect();
        let mut cell = self.clipped(names, 1);
        let mut seen = BTreeSet::new();
        let given = self.treatment.administrations.iter().enumerate();
        let given = given.filter(|(index, _)| self.concerns(|entry| &entry.administrations, *index)).map(|(_, given)| given);
        for (index, given) in given.enumerate() {
            let way = given.route.map(|route| within(&guide[route].name));
            let place = given.setting.map(|setting| guide[setting].name.clone());
            let line = match (place, way) {
                (Some(place), Some(way)) => t!(guide.text, compare_place_and_way, place = place, way = way),
                (place, way) => place.or(way).unwrap_or_default(),
            };
            let when =
                [given.schedule.as_deref(), given.duration.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            // For other ways, the details say when.
            let when = if index == 0 { when } else { String::new() };
            let lines = [line, when].into_iter().filter(|line| !line.is_empty() && seen.insert(line.clone()));
            cell.extend(lines.map(|line| Line::from(capital(&line)).into()));
        }
        cell
    }

    /// One result in a sentence, and for other measures only what the studies showed. If there are no results, what isn't known.
    ///
    /// The result is about the measure `shared`, if the treatment has one.
    pub(super) fn benefit_cell(&mut self, shared: Option<MeasureId>) -> Cell {
        let guide = self.guide;
        let outcomes = self.outcomes(false);
        if outcomes.is_empty() {
            return self.unknown_in_short().into_iter().map(CellLine::from).collect();
        }
        let may_show = |outcome: &&&Outcome| !guide[outcome.measure].by_choice;
        let first = outcomes.iter().find(|outcome| Some(outcome.measure) == shared);
        let first = first.or_else(|| outcomes.iter().find(may_show)).copied();
        let mut cell = Cell::new();
        if let Some(first) = first {
            let mark = self.citations.mark(&first.from);
            let text = self.cut(&first.text, MAX_RESULT, &[". "]);
            let mut line = line!(guide, compare_result, measure = &guide[first.measure].name, outcome = text);
            let chance_open = || first.comparator.as_ref().map(|_| t!(guide.text, lines_conclusion_chance_open));
            if let Some(showed) = conclusion(guide, &[first], first.measure).or_else(chance_open) {
                line = line.then(line!(guide, compare_showed, showed = showed));
            }
            let others = outcomes.iter().filter(|other| other.measure == first.measure);
            if others.into_iter().any(|other| other.conclusion != first.conclusion) {
                line = line.then(line!(guide, compare_others_differ));
            }
            let is_share = first.statistic.is_none_or(|statistic| statistic == Statistic::Rate);
            let people = share_of(&first.value).filter(|_| is_share);
            cell.push(CellLine { line: line.cite(mark), people });
        }
        let mut measures: Vec<MeasureId> = outcomes.iter().map(|outcome| outcome.measure).collect();
        let mut seen = BTreeSet::from_iter(first.map(|outcome| outcome.measure));
        measures.retain(|measure| seen.insert(*measure));
        // What the studies showed about measures that people choose to see is never left out.
        measures.sort_by_key(|measure| !guide[*measure].by_choice);
        let by_choice = measures.iter().filter(|measure| guide[**measure].by_choice).count();
        for measure in measures.into_iter().take(by_choice.max(MAX_MEASURES)) {
            let name = &guide[measure].name;
            // The sentence above says with what the treatment was compared.
            let alike =
                |other: &&Outcome| other.measure != measure || first.is_some_and(|first| first.comparator == other.comparator);
            let words = if outcomes.iter().all(alike) { conclusion } else { showed };
            if let Some(showed) = words(guide, &outcomes, measure) {
                cell.push(line!(guide, compare_other_result, measure = name, showed = showed).into());
            } else if first.is_none() {
                cell.push(line!(guide, compare_result_below, measure = name).into());
            }
        }
        cell
    }

    /// The first sentences about what isn't known.
    fn unknown_in_short(&mut self) -> Option<Line> {
        let Statement { text, from } = self.treatment.list(StatementList::Unknown).first()?;
        let mark = self.citations.mark(from);
        Some(Line::from(self.cut(text, MAX_RESULT, &[". "])).cite(mark))
    }

    /// The side effects that apply or may apply to the case.
    fn open_effects(&self) -> Vec<&'g EffectUse> {
        let all = self.treatment.effects.iter().enumerate();
        all.filter(|(index, _)| self.concerns(|entry| &entry.effects, *index)).map(|(_, effect)| effect).collect()
    }

    /// The most frequent side effects, with the figures that the guide has.
    pub(super) fn common_cell(&mut self) -> Cell {
        let guide = self.guide;
        let mut effects = self.open_effects();
        effects.retain(|effect| matches!(effect.frequency, Frequency::VeryCommon | Frequency::Common));
        let share = |effect: &EffectUse| effect.value.as_ref().and_then(share_of);
        effects.sort_by_key(|effect| (effect.frequency, Reverse(share(effect))));
        let mut seen = BTreeSet::new();
        effects.retain(|effect| seen.insert(effect.effect));
        let (named, others) = effects.split_at(effects.len().min(MAX_NAMED));
        let line = |effect: &&EffectUse| {
            let name = &guide[effect.effect].name;
            let people = share(effect).map(|(low, high)| match low == high {
                true => t!(guide.text, compare_people, count = low),
                false => t!(guide.text, compare_people_range, low = low, high = high),
            });
            let line = match (people, &effect.grade) {
                (None, _) => Line::from(name.clone()),
                (Some(people), None) => line!(guide, compare_effect, effect = name, people = people),
                (Some(people), Some(grade)) => line!(guide, compare_effect_grade, effect = name, people = people, grade = grade),
            };
            CellLine { line, people: share(effect) }
        };
        let mut cell: Cell = named.iter().map(line).collect();
        cell.extend((!others.is_empty()).then(|| Line::from(t!(guide.text, compare_more, count = others.len())).into()));
        cell
    }

    /// The serious side effects, those to call about soonest first.
    pub(super) fn serious_cell(&mut self) -> Cell {
        let guide = self.guide;
        let on = guide.treatment(&self.treatment.id);
        let mut effects = self.open_effects();
        effects.retain(|effect| effect.serious);
        effects.sort_by_key(|effect| guide.effect_urgency(effect.effect, on));
        self.effect_names(&effects)
    }

    /// The side effects that may last, the permanent ones first, and which of the things that can matter to a person these and the serious ones touch.
    pub(super) fn lasting_cell(&mut self) -> Cell {
        let guide = self.guide;
        let effects = self.open_effects();
        let mut lasting: Vec<&EffectUse> = effects.iter().copied().filter(|effect| is_lasting(effect)).collect();
        lasting.sort_by_key(|effect| effect.duration != EffectDuration::Permanent);
        let mut cell = self.effect_names(&lasting);
        let values = guide.exercise.iter().flat_map(|exercise| &exercise.values);
        let touched = values.filter(|value| !value.serious && !value.lasting).filter(|value| {
            let grave = effects.iter().filter(|effect| effect.serious || is_lasting(effect));
            grave.clone().any(|effect| value.effects.contains(&effect.effect))
        });
        let mut touched: Vec<&PersonalValue> = touched.collect();
        // The interview asks about what most people have to decide before treatment starts.
        touched.sort_by_key(|value| value.fact.is_none());
        let touched: Vec<String> = touched.into_iter().map(|value| within(&value.name)).collect();
        if let Some(values) = clipped(guide, &touched, MAX_VALUES) {
            cell.push(line!(guide, compare_touches, values = values).into());
        }
        cell
    }

    fn effect_names(&self, effects: &[&EffectUse]) -> Cell {
        let mut seen = BTreeSet::new();
        let names = effects.iter().filter(|effect| seen.insert(effect.effect));
        self.clipped(names.map(|effect| within(&self.guide[effect.effect].name)).collect(), MAX_NAMED)
    }

    /// A line with the first of these names, and how many more there are. No line if there are no names.
    fn clipped(&self, names: Vec<String>, most: usize) -> Cell {
        clipped(self.guide, &names, most).into_iter().map(|words| Line::from(capital(&words)).into()).collect()
    }
}
