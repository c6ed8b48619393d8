//! Lines that answers and pages share: figures, side effects, derived facts, questions.

use sarcoguide_model::{Case, Conclusion, DerivedAdvice, NextQuestion};

use crate::Edition;
use crate::links;
use crate::words::{self, Citations, natural_frequency, stated};
use sarcoguide_document::{Emphasis, Line};

/// A question with why it is asked and where its answer is found.
pub(crate) fn question_line(guide: Edition<'_>, question: &NextQuestion) -> Line {
    let fact = &guide[question.fact];
    let mut line = Line::default().link(Emphasis::Strong, fact.question.clone(), links::fact(guide, question.fact));
    if let Some(why) = &fact.why {
        line = line.plain([" ", why].concat());
    }
    if let Some(found) = &fact.where_to_find {
        line = line.faint([" Where to find it: ", found].concat());
    }
    let treatments = if question.open == 1 { "treatment" } else { "treatments" };
    line.faint(format!(" (matters for {} {treatments})", question.open))
}

/// A derived fact with its value, the row that gives it and the facts behind it; or what is still possible and missing.
pub(crate) fn derived_line(guide: Edition<'_>, case: &Case, entry: &DerivedAdvice, citations: &mut Citations) -> Line {
    let fact = &guide[entry.derived];
    let names: Vec<&str> = entry.possible.iter().map(|index| fact.values[index].name.as_str()).collect();
    let mark = citations.mark(&fact.from);
    let line = Line::default().plain(format!("{}: ", fact.name));
    if entry.possible.len() == 1 {
        let row = entry.row.and_then(|row| fact.rows[row].text.clone()).map(|text| format!(". {text}")).unwrap_or_default();
        let because = entry.reason.iter().map(|fact| stated(guide, case, *fact)).collect::<Vec<_>>().join("; ");
        line.strong(names.concat()).plain(row).cite(mark).faint(format!(" (from {because})"))
    } else {
        let line =
            line.add(Emphasis::Open, "not known yet").plain(format!(". It could be: {}. Depends on: ", names.join("; or ")));
        line.then(words::questions(guide, &entry.missing)).cite(mark)
    }
}

/// An outcome as a plain sentence with its figures behind it.
pub(crate) fn outcome_line(guide: Edition<'_>, outcome: &sarcoguide_model::Outcome, citations: &mut Citations) -> Line {
    let mut figures = Vec::new();
    // The sentence mostly tells the people of 100 already.
    let counted = outcome.text.contains("of 100");
    let value = |figure: &sarcoguide_model::Figure| {
        natural_frequency(figure)
            .filter(|_| !counted)
            .map_or_else(|| figure.written.clone(), |people| format!("{} = {people}", figure.written))
    };
    let with_interval = |text: String, interval: &Option<String>| match interval {
        Some(interval) => format!("{text} ({} interval {interval})", outcome.interval_level.as_deref().unwrap_or("95 %")),
        None => text,
    };
    let people = |n: Option<u32>| n.map(|n| format!(", {n} people")).unwrap_or_default();
    figures.push(format!("{}{}", with_interval(value(&outcome.value), &outcome.interval), people(outcome.n)));
    if let Some(comparator) = &outcome.comparator {
        let other = outcome
            .comparator_value
            .as_ref()
            .map(|figure| format!(": {}", with_interval(value(figure), &outcome.comparator_interval)));
        figures.push(format!("against {comparator}{}{}", other.unwrap_or_default(), people(outcome.comparator_n)));
    }
    figures.extend(outcome.difference.clone());
    figures.extend(outcome.p.as_ref().map(|p| format!("p {p}")));
    figures.extend(outcome.trial.clone());
    figures.extend(outcome.population.as_ref().map(|people| people.trim_end_matches('.').to_owned()));
    let at = outcome.at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
    // That a share is a rate is seen.
    let statistic = outcome.statistic.as_ref().filter(|statistic| *statistic != "rate");
    let statistic = statistic.map(|statistic| format!(", {}", words::humanize(statistic))).unwrap_or_default();
    let conclusion = match outcome.conclusion {
        Conclusion::NotCompared if outcome.comparator.is_some() => "whether that is chance is not told".to_owned(),
        Conclusion::NotCompared => "not compared with others".to_owned(),
        other => words::humanize(other.id()),
    };
    let mark = citations.mark(&outcome.from);
    Line::default()
        .strong(format!("{}{at}: ", guide[outcome.measure].name))
        .plain(outcome.text.clone())
        .faint(format!(" ({}{statistic}; {conclusion})", figures.join("; ")))
        .cite(mark)
}
