//! Figures of outcomes in short.

use sarcoguide_model::{Conclusion, Outcome, PartialDate, Statistic};
use sarcoguide_text::t;

use crate::Edition;
use crate::words;

/// Returns an outcome in short: what was measured, both results with their intervals, the difference, the study with the number of people, and the date
/// of the source.
pub(super) fn figure(guide: Edition<'_>, outcome: &Outcome) -> String {
    let text = guide.text;
    let with_interval = |figure: &str, interval: Option<&String>| match (interval, &outcome.interval_level) {
        (Some(interval), Some(level)) => {
            t!(text, lines_figure_interval_level, figure = figure, level = level, interval = interval)
        }
        (Some(interval), None) => t!(text, board_interval, figure = figure, interval = interval),
        (None, _) => figure.to_owned(),
    };
    let mut result = with_interval(&outcome.value.written, outcome.interval.as_ref());
    if let Some(statistic) = outcome.statistic.filter(|statistic| *statistic != Statistic::Rate) {
        result = t!(text, board_statistic, statistic = words::statistic(guide, statistic), figure = result);
    }
    if let Some(comparator) = &outcome.comparator {
        result = match &outcome.comparator_value {
            Some(value) => {
                let other = with_interval(&value.written, outcome.comparator_interval.as_ref());
                t!(text, board_against_figure, figure = result, other = other, comparator = comparator)
            }
            None => t!(text, board_compared, figure = result, comparator = comparator),
        };
    }
    let mut parts = vec![result];
    parts.extend(outcome.difference.clone());
    parts.extend(outcome.p.as_ref().map(|p| t!(text, lines_p_value, value = p)));
    if outcome.conclusion == Conclusion::NoDifferenceShown {
        parts.push(t!(text, board_no_difference));
    }
    let mut study: Vec<String> = outcome.trial.iter().cloned().collect();
    match (outcome.n, outcome.comparator_n) {
        (Some(n), Some(others)) => study.push(t!(text, board_numbers, count = n, others = others)),
        (Some(n), None) => study.push(t!(text, board_number, count = n)),
        _ => {}
    }
    study.extend(date(guide, outcome).map(|date| date.to_string()));
    let measure = &guide[outcome.measure].name;
    let result = parts.join(", ");
    let study = if study.is_empty() { "none".to_owned() } else { study.join(", ") };
    match &outcome.at {
        Some(at) => t!(text, board_figure_at, measure = measure, at = at, result = result, study = study),
        None => t!(text, board_figure, measure = measure, result = result, study = study),
    }
}

/// Returns an outcome in short, with the people who were studied.
pub(super) fn with_people(guide: Edition<'_>, outcome: &Outcome) -> String {
    let figure = figure(guide, outcome);
    match &outcome.population {
        Some(people) => t!(guide.text, board_figure_of, figure = figure, people = people.trim_end_matches('.')),
        None => figure,
    }
}

/// Returns the newest date of the sources of an outcome, if they have one.
fn date(guide: Edition<'_>, outcome: &Outcome) -> Option<PartialDate> {
    let dates = outcome.from.iter().filter_map(|id| {
        let source = &guide[guide[*id].source];
        guide[*id].revised.or(source.revised)
    });
    dates.max()
}
