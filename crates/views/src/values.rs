//! Shows how treatments affect what matters to a person (their values). Treatments aren't scored or ranked.

mod differences;

use std::collections::BTreeSet;

use sarcoguide_model::{PersonalValue, Treatment, TreatmentAdvice, Truth, WeighedValue};

use crate::Edition;
use crate::line::line;
use crate::lines::is_lasting;
use crate::links;
use crate::words::{Citations, within};
use sarcoguide_document::{Document, Emphasis, Line};
use sarcoguide_text::t;

pub use differences::differences;

/// Returns a line for each value that the person weighed. It says how the treatment affects the value. The values that matter most come first.
///
/// If the treatment doesn't affect a value, the line says so if `all` is true and is left out if it's false.
#[must_use]
pub fn value_lines(
    guide: Edition<'_>,
    preferences: &[WeighedValue],
    treatment: &Treatment,
    entry: Option<&TreatmentAdvice>,
    all: bool,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for (value, weight) in in_order(guide, preferences) {
        let (name, weight) = (&value.name, within(weight));
        match describe_influence(guide, value, treatment, entry) {
            Some(influence) => {
                lines.push(line!(guide, preferences_touched, value = name, weight = weight, touching = influence));
            }
            None if all => lines.push(line!(guide, preferences_untouched, value = name, weight = weight)),
            None => {}
        }
    }
    lines
}

/// Adds a section to an answer: what matters to the person, and a question to ask the team about each of these values.
pub(crate) fn render_preferences(
    guide: Edition<'_>,
    preferences: &[WeighedValue],
    citations: &mut Citations,
    document: &mut Document,
) {
    let Some(exercise) = guide.exercise.as_ref().filter(|_| !preferences.is_empty()) else { return };
    document.heading(2, t!(guide.text, preferences_heading));
    let mark = citations.mark(&exercise.statement.from);
    document.paragraph(Line::default().plain(exercise.statement.text.clone()).cite(mark));
    let line = |(value, weight): (&PersonalValue, &str)| {
        line!(guide, preferences_question, value = &value.name, weight = within(weight), question = &value.ask)
    };
    document.points(in_order(guide, preferences).into_iter().map(line).collect());
}

/// The values that the person weighed, each with the name of its weight. The values that matter most come first.
fn in_order<'g>(guide: Edition<'g>, preferences: &[WeighedValue]) -> Vec<(&'g PersonalValue, &'g str)> {
    let Some(exercise) = &guide.exercise else { return Vec::new() };
    let mut answered: Vec<&WeighedValue> = preferences.iter().collect();
    answered.sort_by_key(|answer| (answer.weight, answer.value));
    let words =
        |answer: &WeighedValue| Some((exercise.values.get(answer.value)?, exercise.weights.get(answer.weight)?.name.as_str()));
    answered.into_iter().filter_map(words).collect()
}

/// Describes how a treatment affects a value: through its kind, its side effects, where it's given, and measured results. Returns `None` if it
/// doesn't.
fn describe_influence(
    guide: Edition<'_>,
    value: &PersonalValue,
    treatment: &Treatment,
    entry: Option<&TreatmentAdvice>,
) -> Option<Line> {
    let concerns =
        |truths: Option<&Vec<Truth>>, index: usize| truths.is_none_or(|truths| truths.get(index) != Some(&Truth::False));
    let mut parts: Vec<Line> = Vec::new();
    if value.modalities.contains(&treatment.modality) {
        parts.push(treatment.summary.clone().into());
    }
    let mut named = BTreeSet::new();
    let mut effects = Vec::new();
    for (index, effect) in treatment.effects.iter().enumerate() {
        let touches =
            value.effects.contains(&effect.effect) || value.serious && effect.serious || value.lasting && is_lasting(effect);
        if touches && concerns(entry.map(|entry| &entry.effects), index) && named.insert(effect.effect) {
            let name = within(&guide[effect.effect].name);
            let link = Line::default().link(Emphasis::Plain, name, links::effect(guide, effect.effect));
            effects.push(line!(guide, preferences_effect, effect = link, duration = effect.duration.id()));
        }
    }
    if !effects.is_empty() {
        parts.push(line!(guide, preferences_effects, effects = Line::joined(effects.into_iter(), ", ")));
    }
    let mut settings = BTreeSet::new();
    for (index, given) in treatment.administrations.iter().enumerate() {
        if let Some(setting) = given.setting.filter(|setting| value.settings.contains(setting))
            && concerns(entry.map(|entry| &entry.administrations), index)
            && settings.insert(setting)
        {
            let schedule = given.schedule.as_ref().map(|schedule| format!(", {schedule}")).unwrap_or_default();
            let place = format!("{}{schedule}", within(&guide[setting].name));
            parts.push(line!(guide, preferences_given, place = place));
        }
    }
    for (index, outcome) in treatment.outcomes.iter().enumerate() {
        if value.measures.contains(&outcome.measure) && concerns(entry.map(|entry| &entry.outcomes), index) {
            parts.push(outcome.text.trim_end_matches('.').to_owned().into());
        }
    }
    (!parts.is_empty()).then(|| Line::joined(parts.into_iter(), "; ").plain("."))
}
