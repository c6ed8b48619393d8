//! Shows where the options of a case differ on what a person said matters to them. Options aren't scored or ranked.

use std::collections::BTreeSet;

use sarcoguide_model::{Outcome, PersonalValue, Treatment, TreatmentAdvice, TreatmentId, Truth, WeighedValue};

use super::describe_influence;
use crate::Answered;
use crate::Edition;
use crate::doubts::doubts;
use crate::fit::Fit;
use crate::line::line;
use crate::lines::{clipped, is_lasting, showed};
use crate::links;
use crate::scope::scope;
use crate::words::{Citations, sources, within};
use sarcoguide_document::{Document, Emphasis, Line, Section};
use sarcoguide_text::t;

/// The maximum number of side effects or places of an option, for each value.
const MAX_NAMED: usize = 3;

/// The page that says where the options of a case differ on what the person marked in the exercise, in short.
#[must_use]
pub fn differences(guide: Edition<'_>, answered: Answered<'_>) -> Document {
    let text = guide.text;
    let mut document = Document::default();
    let mut citations = Citations::default();
    document.heading(1, t!(text, differences_heading));
    scope(guide, answered, &mut citations, &mut document);
    doubts(guide, answered, &mut citations, &mut document);
    let (options, are_usual) = options(guide, answered);
    let marked = marked(guide, answered.preferences);
    if marked.is_empty() {
        document.paragraph(t!(text, differences_unanswered));
    } else if options.len() < 2 {
        document.paragraph(t!(text, differences_few));
    } else {
        document.paragraph(Line::default().faint(t!(text, differences_order)));
        let names = names(guide, &options);
        document.paragraph(if are_usual {
            line!(guide, differences_options_usual, treatments = names)
        } else {
            line!(guide, differences_options, treatments = names)
        });
        Summary { guide, answered, options: &options, document: &mut document }.add(&marked);
    }
    sources(guide, &citations, &mut document);
    document
}

/// What a person marked: the value, the name of its weight, and whether it matters more to them than the other half of the weights says.
type Marked<'g> = (&'g PersonalValue, &'g str, bool);

/// The values that the person weighed, those that matter most first.
fn marked<'g>(guide: Edition<'g>, preferences: &[WeighedValue]) -> Vec<Marked<'g>> {
    let Some(exercise) = &guide.guide.exercise else { return Vec::new() };
    let mut weighed: Vec<&WeighedValue> = preferences.iter().collect();
    weighed.sort_by_key(|one| (one.weight, one.value));
    let found = |one: &WeighedValue| {
        let weight = exercise.weights.get(one.weight)?;
        Some((exercise.values.get(one.value)?, weight.name.as_str(), one.weight * 2 < exercise.weights.len()))
    };
    weighed.into_iter().filter_map(found).collect()
}

/// The options of a case, in the order of the guide: the treatments that fit or, if something has to be assumed, those of the most usual scenario.
/// Also returns whether something is assumed. Techniques of other options, and what is around treatment, are left out, except the choice of less treatment.
fn options(guide: Edition<'_>, answered: Answered<'_>) -> (Vec<TreatmentId>, bool) {
    let advice = answered.advice;
    let usual = advice.scenarios.first().filter(|scenario| !scenario.assumptions.is_empty());
    let found: BTreeSet<TreatmentId> = match usual {
        Some(scenario) => scenario.indicated().map(|entry| entry.treatment).collect(),
        None => {
            let fits = |entry: &&TreatmentAdvice| Fit::of(guide, entry).fits();
            advice.treatments.iter().filter(fits).map(|entry| entry.treatment).collect()
        }
    };
    let is_option = |id: &TreatmentId| {
        let modality = &guide[guide[*id].modality];
        let is_technique = guide[*id].technique_of.iter().any(|whole| found.contains(whole));
        (!modality.supportive || modality.less_treatment) && !is_technique
    };
    let mut options: Vec<TreatmentId> = found.iter().copied().filter(is_option).collect();
    options.sort_by_key(|id| (guide[*id].modality, *id));
    (options, usual.is_some())
}

/// The names of treatments, as links to their pages.
fn names(guide: Edition<'_>, treatments: &[TreatmentId]) -> Line {
    let link = |id: &TreatmentId| Line::default().link(Emphasis::Plain, guide[*id].name.clone(), links::treatment(guide, *id));
    Line::joined(treatments.iter().map(link), "; ")
}

/// What the guide says about a value: for each group of options of which it says the same, the options and the words. No words if it says nothing.
type Group = (Vec<TreatmentId>, Option<Line>);

/// What the guide says about a value for one option: in full, if it says anything, and in short.
type Said = (Option<String>, Line);

/// A summary that is being written.
struct Summary<'a> {
    guide: Edition<'a>,
    answered: Answered<'a>,
    options: &'a [TreatmentId],
    document: &'a mut Document,
}

impl Summary<'_> {
    fn add(&mut self, marked: &[Marked<'_>]) {
        let guide = self.guide;
        let grouped: Vec<(Marked<'_>, Vec<Group>)> = marked.iter().map(|one| (*one, self.groups(one.0))).collect();
        let differing = || grouped.iter().filter(|(_, groups)| groups.len() > 1);
        for ((value, weight, _), groups) in differing().filter(|((.., matters), _)| *matters) {
            self.value(2, value, weight, groups);
        }
        if differing().any(|((.., matters), _)| !matters) {
            self.document.section(2, t!(guide.text, differences_less), Section::Folded);
            for ((value, weight, _), groups) in differing().filter(|((.., matters), _)| !matters) {
                self.value(3, value, weight, groups);
            }
        }
        let alike = || {
            grouped.iter().filter_map(|((value, ..), groups)| Some((*value, &groups.first().filter(|_| groups.len() == 1)?.1)))
        };
        let same = alike()
            .filter_map(|(value, words)| Some(line!(guide, differences_same, value = &value.name, influence = words.clone()?)));
        let same: Vec<Line> = same.collect();
        let nothing = alike().filter(|(_, words)| words.is_none());
        let nothing =
            nothing.map(|(value, _)| line!(guide, differences_nothing_value, value = &value.name, question = &value.ask));
        let nothing: Vec<Line> = nothing.collect();
        if !same.is_empty() || !nothing.is_empty() {
            self.document.heading(2, t!(guide.text, differences_same_heading));
            self.document.points(same);
        }
        if !nothing.is_empty() {
            self.document.paragraph(t!(guide.text, differences_nothing));
            self.document.points(nothing);
        }
    }

    /// Adds a value on which the options differ: what the guide says about each, and a question to ask.
    fn value(&mut self, level: u8, value: &PersonalValue, weight: &str, groups: &[Group]) {
        let guide = self.guide;
        self.document.heading(level, line!(guide, differences_value, value = &value.name, weight = within(weight)));
        let line = |(options, words): &Group| {
            let treatments = names(guide, options);
            match words {
                Some(words) => line!(guide, differences_influence, treatments = treatments, influence = words.clone()),
                None => line!(guide, differences_nothing_for, treatments = treatments),
            }
        };
        self.document.points(groups.iter().map(line).collect());
        self.document.paragraph(line!(guide, differences_ask, question = &value.ask));
    }

    /// Groups the options by what the guide says about a value, in full and in short. The groups are in the order of their first option; those of which it says nothing are last.
    fn groups(&self, value: &PersonalValue) -> Vec<Group> {
        let mut groups: Vec<(Said, Vec<TreatmentId>)> = Vec::new();
        for id in self.options {
            let (treatment, entry) = (&self.guide[*id], &self.answered.advice[*id]);
            // The short words can be the same while what the guide says in full differs.
            let full = describe_influence(self.guide, value, treatment, Some(entry)).map(|line| line.bare());
            let words = (full, in_short(self.guide, value, treatment, entry));
            match groups.iter_mut().find(|(other, _)| *other == words) {
                Some((_, options)) => options.push(*id),
                None => groups.push((words, vec![*id])),
            }
        }
        let group = |((_, words), options): (_, Vec<TreatmentId>)| (options, (!Line::bare(&words).is_empty()).then_some(words));
        let mut groups: Vec<Group> = groups.into_iter().map(group).collect();
        groups.sort_by_key(|(_, words)| words.is_none());
        groups
    }
}

/// Says in a few words how a treatment affects a value. [`describe_influence`] says it in full.
fn in_short(guide: Edition<'_>, value: &PersonalValue, treatment: &Treatment, entry: &TreatmentAdvice) -> Line {
    let text = guide.text;
    let concerns = |truths: &[Truth], index: usize| truths.get(index) != Some(&Truth::False);
    let mut parts: Vec<String> = Vec::new();
    if value.modalities.contains(&treatment.modality) {
        parts.push(treatment.summary.trim_end_matches('.').to_owned());
    }
    let mut seen = BTreeSet::new();
    let effects = treatment.effects.iter().enumerate().filter(|(index, effect)| {
        let touches =
            value.effects.contains(&effect.effect) || value.serious && effect.serious || value.lasting && is_lasting(effect);
        touches && concerns(&entry.effects, *index) && seen.insert(effect.effect)
    });
    let effects: Vec<String> = effects.map(|(_, effect)| within(&guide[effect.effect].name)).collect();
    parts.extend(clipped(guide, &effects, MAX_NAMED).map(|effects| t!(text, differences_effects, effects = effects)));
    let given = treatment.administrations.iter().enumerate().filter(|(index, _)| concerns(&entry.administrations, *index));
    let mut places: Vec<String> = Vec::new();
    for (_, given) in given {
        // If the value is about some places, other places matter too.
        if let Some(setting) = given.setting.filter(|_| !value.settings.is_empty()) {
            let schedule = given.schedule.iter().map(|schedule| format!(", {schedule}"));
            let place = std::iter::once(within(&guide[setting].name)).chain(schedule).collect();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    parts.extend(clipped(guide, &places, MAX_NAMED).map(|place| t!(text, differences_given, place = place)));
    let outcomes = treatment
        .outcomes
        .iter()
        .enumerate()
        .filter(|(index, outcome)| value.measures.contains(&outcome.measure) && concerns(&entry.outcomes, *index));
    let outcomes: Vec<&Outcome> = outcomes.map(|(_, outcome)| outcome).collect();
    let mut seen = BTreeSet::new();
    for measure in outcomes.iter().map(|outcome| outcome.measure).filter(|measure| seen.insert(*measure)) {
        let name = within(&guide[measure].name);
        parts.push(match showed(guide, &outcomes, measure) {
            Some(showed) => t!(text, differences_measure, measure = name, showed = showed),
            None => t!(text, differences_measure_on_page, measure = name),
        });
    }
    Line::from(parts.join("; "))
}
