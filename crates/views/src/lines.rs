//! Lines of answers, treatment pages and visit summaries: outcomes, side effects, derived facts and questions.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Case, Conclusion, DerivedAdvice, EffectDuration, EffectId, EffectUse, FactValue, Figure, MeasureId, NextQuestion, Outcome,
    Statistic,
};

use crate::Answered;
use crate::Edition;
use crate::line::line;
use crate::words::{self, Citations, of_100_people, reasons};
use crate::{links, listed};
use sarcoguide_document::{Emphasis, Line, Target};
use sarcoguide_text::t;

/// Returns a line with a question, why it's asked, where to find the answer, and how many open verdicts depend on the answer.
pub(crate) fn question_line(guide: Edition<'_>, question: &NextQuestion) -> Line {
    let fact = &guide[question.fact];
    let words = listed::question(guide, question.fact);
    let mut line = Line::default().link(Emphasis::Strong, words, links::fact(guide, question.fact));
    if let Some(why) = &fact.why {
        line = line.plain([" ", why].concat());
    }
    if let Some(found) = &fact.where_to_find {
        line = line.then(line!(guide, lines_where_to_find, place = found));
    }
    line.then(line!(guide, lines_matters_for, count = question.open))
}

/// Returns a line with a derived fact: its value, how the value was worked out, and the facts that force it. If the value isn't decided, the line has
/// the values that are still possible and the missing facts.
pub(crate) fn derived_line(guide: Edition<'_>, case: &Case, entry: &DerivedAdvice, citations: &mut Citations) -> Line {
    let fact = &guide[entry.derived];
    let names = entry.possible.iter().map(|index| fact.values[index].name.clone());
    let sources = Line::default().cite(citations.mark(&fact.from));
    if entry.possible.len() == 1 {
        let (value, facts) = (names.collect::<String>(), reasons(guide, case, &entry.reason));
        match entry.row.and_then(|row| fact.rows[row].text.as_ref()) {
            Some(how) => {
                line!(guide, lines_derived_how, fact = &fact.name, value = value, how = how, sources = sources, facts = facts)
            }
            None => line!(guide, lines_derived, fact = &fact.name, value = value, sources = sources, facts = facts),
        }
    } else {
        let values = names.reduce(|first, second| t!(guide.text, lines_values_or, first = first, second = second));
        let facts = words::questions(guide, &entry.missing);
        let values = values.unwrap_or_default();
        line!(guide => Emphasis::Open, lines_derived_open, fact = &fact.name, values = values, facts = facts, sources = sources)
    }
}

/// Returns the lines at the start of an answer: the derived facts that matter to most people, and those whose value a report should confirm. Empty if the
/// guide doesn't cover the case.
pub(crate) fn headlines(guide: Edition<'_>, answered: Answered<'_>, citations: &mut Citations) -> Vec<Line> {
    let Answered { case, advice, .. } = answered;
    let line = |entry: &DerivedAdvice| {
        let fact = &guide[entry.derived];
        let applies = fact.headline && entry.possible.intersection(fact.not_shown).is_empty();
        let reported = fact
            .reported_as
            .filter(|reported| fact.confirm && entry.possible.len() == 1 && case.get(*reported) == FactValue::Unknown);
        (applies || reported.is_some()).then(|| {
            let line = derived_line(guide, case, entry, citations);
            match reported {
                Some(reported) => line.then(line!(guide, lines_confirm, fact = words::questions(guide, &[reported]))),
                None => line,
            }
        })
    };
    if advice.scope.covered.is_false() { Vec::new() } else { advice.derived.iter().filter_map(line).collect() }
}

/// Returns the names of side effects as links to their pages, without duplicates. Returns `None` if `effects` is empty.
pub(crate) fn effect_names(guide: Edition<'_>, effects: &[&EffectUse]) -> Option<Line> {
    effect_names_to(guide, effects, links::effect)
}

/// Returns the same as [`effect_names`], with links to the targets that `link` returns.
pub(crate) fn effect_names_to(
    guide: Edition<'_>,
    effects: &[&EffectUse],
    link: fn(Edition<'_>, EffectId) -> Target,
) -> Option<Line> {
    let mut seen = BTreeSet::new();
    let names = effects.iter().filter(|effect| seen.insert(effect.effect)).map(|effect| {
        let name = words::within(&guide[effect.effect].name);
        Line::default().link(Emphasis::Plain, name, link(guide, effect.effect))
    });
    (!effects.is_empty()).then(|| Line::joined(names, ", "))
}

/// Whether a side effect can be long-lasting or permanent.
pub(crate) fn is_lasting(effect: &EffectUse) -> bool {
    matches!(effect.duration, EffectDuration::LongLasting | EffectDuration::Permanent)
}

/// Whether an outcome measures a side effect.
pub(crate) fn is_harm(guide: Edition<'_>, outcome: &Outcome) -> bool {
    guide.effects.iter().any(|effect| effect.measures.contains(&outcome.measure))
}

/// Returns an outcome as a plain sentence, followed by its figures and its conclusion.
pub(crate) fn outcome_line(guide: Edition<'_>, outcome: &Outcome, citations: &mut Citations) -> Line {
    let measure = &guide[outcome.measure].name;
    let figures = figures(guide, outcome);
    let conclusion = conclusion_words(guide, outcome);
    let sources = Line::default().cite(citations.mark(&outcome.from));
    let result = &outcome.text;
    match &outcome.at {
        Some(at) => line!(
            guide,
            lines_outcome_at,
            measure = measure,
            at = at,
            text = result,
            figures = figures,
            conclusion = conclusion,
            sources = sources,
        ),
        None => line!(
            guide,
            lines_outcome,
            measure = measure,
            text = result,
            figures = figures,
            conclusion = conclusion,
            sources = sources,
        ),
    }
}

/// Returns the first `most` of these names, and how many more there are. Returns `None` if there are no names.
pub(crate) fn clipped(guide: Edition<'_>, names: &[String], most: usize) -> Option<String> {
    // The words "and 1 more" would take as much room as the name.
    let shown = if names.len() == most + 1 { names.len() } else { names.len().min(most) };
    let (first, others) = names.split_at(shown);
    let joined = first.join(", ");
    match (first, others.len()) {
        ([], _) => None,
        (_, 0) => Some(joined),
        (_, count) => Some(t!(guide.text, lines_names_and_more, names = joined, count = count)),
    }
}

/// Returns what the studies of these outcomes showed about a measure. Returns `None` if they compared nothing.
pub(crate) fn conclusion(guide: Edition<'_>, outcomes: &[&Outcome], measure: MeasureId) -> Option<String> {
    let text = guide.text;
    let mut conclusions: Vec<Conclusion> = compared(outcomes, measure).map(|outcome| outcome.conclusion).collect();
    conclusions.dedup();
    Some(match conclusions[..] {
        [] => return None,
        [Conclusion::Better] => t!(text, lines_conclusion_better),
        [Conclusion::Worse] => t!(text, lines_conclusion_worse),
        [_] => t!(text, lines_conclusion_no_difference_shown),
        _ => t!(text, lines_results_differ),
    })
}

/// Returns the same as [`conclusion`] and, if there is one comparator, compared with what.
pub(crate) fn showed(guide: Edition<'_>, outcomes: &[&Outcome], measure: MeasureId) -> Option<String> {
    let conclusion = conclusion(guide, outcomes, measure)?;
    let mut comparators: Vec<&String> = compared(outcomes, measure).filter_map(|outcome| outcome.comparator.as_ref()).collect();
    comparators.dedup();
    Some(match comparators[..] {
        [comparator] => t!(guide.text, lines_showed_against, conclusion = conclusion, comparator = comparator),
        _ => conclusion,
    })
}

/// The outcomes about a measure that say how the treatment compared with another.
fn compared<'a>(outcomes: &[&'a Outcome], measure: MeasureId) -> impl Iterator<Item = &'a Outcome> {
    outcomes.iter().copied().filter(move |outcome| outcome.measure == measure && outcome.conclusion != Conclusion::NotCompared)
}

/// Returns what a study showed, for example `no difference shown`.
pub(crate) fn conclusion_words(guide: Edition<'_>, outcome: &Outcome) -> String {
    let text = guide.text;
    match outcome.conclusion {
        Conclusion::Better => t!(text, lines_conclusion_better),
        Conclusion::NoDifferenceShown => t!(text, lines_conclusion_no_difference_shown),
        Conclusion::Worse => t!(text, lines_conclusion_worse),
        Conclusion::NotCompared if outcome.comparator.is_some() => t!(text, lines_conclusion_chance_open),
        Conclusion::NotCompared => t!(text, lines_conclusion_not_compared),
    }
}

/// Returns the figures of an outcome with their confidence intervals, the comparator, the study and the people who were studied.
fn figures(guide: Edition<'_>, outcome: &Outcome) -> String {
    let text = guide.text;
    // Don't add the number of people out of 100 if the sentence already gives it.
    let counted = outcome.text.contains("of 100");
    let figure = |figure: &Figure, interval: Option<&String>| {
        let people = of_100_people(guide, figure).filter(|_| !counted);
        let written = match people {
            Some(people) => t!(text, lines_figure_people, figure = &figure.written, people = people),
            None => figure.written.clone(),
        };
        match (interval, &outcome.interval_level) {
            (Some(interval), Some(level)) => {
                t!(text, lines_figure_interval_level, figure = written, level = level, interval = interval)
            }
            (Some(interval), None) => t!(text, lines_figure_interval, figure = written, interval = interval),
            (None, _) => written,
        }
    };
    let with_count = |figure: String, count: Option<u32>| match count {
        Some(count) => t!(text, lines_figure_count, figure = figure, count = count),
        None => figure,
    };
    let mut figures = vec![with_count(figure(&outcome.value, outcome.interval.as_ref()), outcome.n)];
    if let Some(comparator) = &outcome.comparator {
        let against = match &outcome.comparator_value {
            Some(value) => {
                let value = figure(value, outcome.comparator_interval.as_ref());
                t!(text, lines_against_figure, comparator = comparator, figure = value)
            }
            None => t!(text, lines_against, comparator = comparator),
        };
        figures.push(with_count(against, outcome.comparator_n));
    }
    figures.extend(outcome.difference.clone());
    figures.extend(outcome.p.as_ref().map(|p| t!(text, lines_p_value, value = p)));
    figures.extend(outcome.trial.clone());
    figures.extend(outcome.population.as_ref().map(|people| people.trim_end_matches('.').to_owned()));
    let figures = figures.join("; ");
    // Don't name the statistic if it's a rate, because that's obvious from the figure.
    match outcome.statistic.filter(|statistic| *statistic != Statistic::Rate) {
        Some(statistic) => t!(text, lines_figures_statistic, figures = figures, statistic = words::statistic(guide, statistic)),
        None => figures,
    }
}
