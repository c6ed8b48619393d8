//! Lines that answers and pages share: figures, side effects, derived facts, questions.

use sarcoguide_model::{Case, DerivedAdvice, EffectUse, Frequency, Guide, Lasting, NextQuestion, Urgency};

use crate::document::{Line, Look};
use crate::words::{self, Citations, capital, of_100, stated};

/// A question with why it is asked and where its answer is found.
pub(crate) fn question_line(guide: &Guide, question: &NextQuestion) -> Line {
    let fact = &guide.facts[question.fact.index()];
    let mut line = Line::default().strong(fact.question.clone());
    if let Some(why) = &fact.why {
        line = line.plain(format!(" {why}"));
    }
    if let Some(found) = &fact.found {
        line = line.faint(format!(" Found in: {found}"));
    }
    line.faint(format!(" (open in {} treatments; an answer settles {:.1} of them on average)", question.open, question.settles))
}

/// A derived fact with its value, the row that gives it and the facts behind it; or what is still possible and missing.
pub(crate) fn derived_line(guide: &Guide, case: &Case, entry: &DerivedAdvice, citations: &mut Citations) -> Line {
    let fact = &guide.derived[entry.derived.index()];
    let names: Vec<&str> = entry.possible.iter().map(|index| fact.values[index].name.as_str()).collect();
    let mark = citations.mark(&fact.from);
    let line = Line::default().plain(format!("{}: ", fact.name));
    if entry.possible.len() == 1 {
        let row = entry.row.and_then(|row| fact.rows[row].text.clone()).map(|text| format!(". {text}")).unwrap_or_default();
        let because = entry.reason.iter().map(|fact| stated(guide, case, *fact)).collect::<Vec<_>>().join("; ");
        line.strong(names.concat()).plain(format!("{row} (from {because})")).faint(mark)
    } else {
        let missing: Vec<&str> = entry.missing.iter().map(|fact| guide.facts[fact.index()].name.as_str()).collect();
        line.add(Look::Open, "open").plain(format!(", {}; depends on: {}", names.join(" or "), missing.join("; "))).faint(mark)
    }
}

/// An outcome as a plain sentence with its figures behind it.
pub(crate) fn outcome_line(outcome: &sarcoguide_model::Outcome, citations: &mut Citations) -> Line {
    let mut figures = Vec::new();
    // The sentence mostly tells the people of 100 already.
    let counted = outcome.text.contains("of 100");
    let value = |figure: &sarcoguide_model::Figure| {
        of_100(figure)
            .filter(|_| !counted)
            .map_or_else(|| figure.written.clone(), |people| format!("{} = {people}", figure.written))
    };
    let with_interval = |text: String, interval: &Option<String>| match interval {
        Some(interval) => format!("{text} ({} interval {interval})", outcome.interval_level.as_deref().unwrap_or("95 %")),
        None => text,
    };
    let people = |n: Option<u32>| n.map(|n| format!(", n = {n}")).unwrap_or_default();
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
    let statistic = outcome.statistic.as_ref().map(|statistic| format!(", {}", words::spaced(statistic))).unwrap_or_default();
    let mark = citations.mark(&outcome.from);
    Line::default()
        .strong(format!("{}{at}: ", capital(&words::spaced(&outcome.measure))))
        .plain(outcome.text.clone())
        .faint(format!(" ({}{statistic}; {})", figures.join("; "), words::spaced(outcome.conclusion.id())))
        .faint(mark)
}

/// An adverse effect of a treatment with what is said of it.
pub(crate) fn effect_line(guide: &Guide, effect: &EffectUse, citations: &mut Citations) -> Line {
    let about = &guide.effects[effect.effect.index()];
    let mut details = Vec::new();
    if effect.how_often != Frequency::NotStated {
        details.push(words::spaced(effect.how_often.id()));
    }
    if effect.serious {
        details.push("serious".to_owned());
    }
    if effect.lasting != Lasting::NotStated {
        details.push(words::spaced(effect.lasting.id()));
    }
    details.extend(effect.onset.map(|onset| format!("{} onset", onset.id())));
    if let Some(value) = &effect.value {
        let grade = effect.grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
        let against = match (&effect.comparator, &effect.comparator_value) {
            (Some(comparator), Some(other)) => format!(" against {} with {comparator}", other.written),
            _ => String::new(),
        };
        let people = of_100(value).map(|people| format!(" = {people}")).unwrap_or_default();
        details.push(format!("{}{people}{grade}{against}", value.written));
    }
    let urgency = match about.urgency {
        Urgency::Emergency => "; call at once",
        Urgency::SameDay => "; call the team the same day",
        Urgency::NextVisit => "",
    };
    let mark = citations.mark(&effect.from);
    let text = effect.text.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
    let details = if details.is_empty() { "how often is not said".to_owned() } else { details.join(", ") };
    Line::default().strong("Side effect: ").plain(format!("{} ({details}{urgency}).{text}", about.name)).faint(mark)
}
