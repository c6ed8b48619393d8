//! Creates calendar files (iCalendar, RFC 5545) with a treatment's schedule.
//!
//! A part of a treatment gets events only if its `timing` in the guide has bounds or fixes the days. Each event says how precise its dates are. The
//! event on the first day describes the parts without events in the guide's words, so that nobody mistakes a guess for an appointment.

use jiff::Timestamp;
use jiff::civil::Date;
use sarcoguide_model::{Administration, Phase, Precision, TimeUnit, Timing, Treatment};
use sarcoguide_text::{Text, t};

use self::ics::{Event, calendar as file};
use self::repetition::{Days, HORIZON_WEEKS, NewEvent, Repetition, date_after};
use crate::Edition;
use crate::provenance;
use crate::words::{administration_name, condition};

mod ics;
mod repetition;

/// Returns the names of the days that a treatment's schedule depends on, such as the day of the operation. Only the team can set their dates.
///
/// The list is never empty. A calendar needs the date of the first day in the list. Callers must reject an earlier date for any of the other days.
#[must_use]
pub fn days_to_ask(guide: Edition<'_>, treatment: &Treatment) -> Vec<String> {
    let days = treatment.days_to_ask();
    if days.is_empty() { vec![t!(guide.text, calendar_first_day)] } else { days.into_iter().map(str::to_owned).collect() }
}

/// Creates a treatment's calendar file.
///
/// `start` is the date of the first day in [`days_to_ask`]. `further` has the dates of the other days in the same order, with `None` for each date
/// that isn't known yet. `made_at` is the time of creation. When a calendar program imports a newer file, its events replace those of older files.
///
/// Returns `None` if a date is before the year 1, because calendar files can't represent it.
#[must_use]
pub fn calendar(
    guide: Edition<'_>,
    treatment: &Treatment,
    start: Date,
    further: &[Option<Date>],
    made_at: Timestamp,
) -> Option<String> {
    if further.iter().flatten().chain([&start]).any(|day| day.year() < 1) {
        return None;
    }
    let text = guide.text;
    let names = days_to_ask(guide, treatment);
    let named = names.iter().map(String::as_str).zip(std::iter::once(Some(start)).chain(further.iter().copied())).collect();
    let days = NamedDays { start, named };
    let (mut events, mut open, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for (index, phase) in treatment.phases.iter().enumerate() {
        let words = phase_text(guide, phase);
        match phase.timing.as_ref().and_then(|timing| dated_events(text, &phase.name, &words, timing, &days)) {
            Some(dated) => events.extend(with_keys(treatment, "part", index, dated)),
            None => open.push(match days.missing(phase.timing.as_ref()) {
                Some(day) => t!(text, calendar_waits, text = words, day = day),
                None => words,
            }),
        }
    }
    // If any phase has a timing, events for the administrations would repeat the same dates.
    let has_times = treatment.phases.iter().any(|phase| phase.timing.is_some());
    for (index, administration) in treatment.administrations.iter().enumerate() {
        let words = administration_text(guide, treatment, administration);
        let name = administration_name(guide, treatment, administration);
        let timing = administration.timing.as_ref().filter(|_| !has_times);
        match timing.and_then(|timing| dated_events(text, &name, &words, timing, &days)) {
            Some(dated) => events.extend(with_keys(treatment, "way", index, dated)),
            None if has_times => given.push(words),
            None => open.push(words),
        }
    }
    events.sort_by_key(|event| event.first);
    let first_day = events.iter().position(|event| event.first == start).unwrap_or_else(|| {
        let index = events.iter().take_while(|event| event.first < start).count();
        let event = DatedEvent { title: names[0].clone(), text: String::new(), first: start, end: None, rule: None };
        events.splice(index..index, with_keys(treatment, "start", 0, vec![event]));
        index
    });
    for (index, event) in events.iter_mut().enumerate() {
        event.title = t!(text, calendar_event, treatment = &treatment.name, part = &event.title);
        let notes = if index == first_day { first_day_notes(guide, &open, &given) } else { String::new() };
        let parts = [std::mem::take(&mut event.text), t!(text, calendar_dates_by_team), notes];
        event.text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    }
    let revised = guide.revised.map(|date| date.to_string()).unwrap_or_default();
    let provenance = [
        ("X-SARCOGUIDE-GUIDE", provenance::note(guide)),
        ("X-SARCOGUIDE-CONTENT-HASH", guide.content_hash.clone()),
        ("X-SARCOGUIDE-REVISED", revised),
        ("X-SARCOGUIDE-VERSION", provenance::PROGRAM_VERSION.to_owned()),
    ];
    let provenance: Vec<(&str, &str)> =
        provenance.iter().map(|(name, value)| (*name, value.as_str())).filter(|(_, value)| !value.is_empty()).collect();
    Some(file(made_at, &provenance, &events))
}

/// Assigns keys to the events of one part of a treatment. The keys don't depend on dates, so an event keeps its key when its dates change.
fn with_keys(treatment: &Treatment, kind: &str, index: usize, events: Vec<DatedEvent>) -> impl Iterator<Item = Event> {
    let key = format!("{}-{kind}-{}", treatment.id, index + 1);
    events.into_iter().enumerate().map(move |(number, DatedEvent { title, text, first, end, rule })| Event {
        key: format!("{key}-{}", number + 1),
        title,
        text,
        first,
        end,
        rule,
    })
}

/// An event that has its dates but no key yet.
struct DatedEvent {
    title: String,
    text: String,
    first: Date,
    end: Option<Date>,
    rule: Option<String>,
}

/// The dates that the team has set.
struct NamedDays<'t> {
    /// The date of the first named day. A timing without an index date counts from it.
    start: Date,
    /// All named days with their dates. A date that isn't known yet is `None`.
    named: Vec<(&'t str, Option<Date>)>,
}

impl NamedDays<'_> {
    /// Returns the date of a named day, if the date is known.
    fn of(&self, name: &str) -> Option<Date> {
        self.named.iter().find(|(known, _)| *known == name).and_then(|(_, day)| *day)
    }

    /// Returns the date that a timing counts from, if it's known.
    fn index_date(&self, timing: &Timing) -> Option<Date> {
        timing.index_date.as_deref().map_or(Some(self.start), |name| self.of(name))
    }

    /// Returns the name of the day that a timing counts from, if its date isn't known yet.
    fn missing<'p>(&self, timing: Option<&'p Timing>) -> Option<&'p str> {
        timing?.index_date.as_deref().filter(|name| self.of(name).is_none())
    }
}

/// Returns the text about the whole schedule for the event on the first day: the parts without dates, how the treatment is given, and the disclaimer.
fn first_day_notes(guide: Edition<'_>, open: &[String], given: &[String]) -> String {
    let text = guide.text;
    let mut parts = Vec::new();
    let mut list = |head: String, items: &[String]| {
        if !items.is_empty() {
            parts.push(head);
            parts.extend(items.iter().map(|item| format!("- {item}")));
        }
    };
    list(t!(text, calendar_without_dates), open);
    list(t!(text, calendar_given), given);
    parts.push(t!(text, calendar_moved));
    parts.push(guide.disclaimer.text.clone());
    parts.push(provenance::note(guide));
    parts.join("\n")
}

fn described<const N: usize>(guide: Edition<'_>, name: &str, when: [&Option<String>; N], words: &str) -> String {
    let when: Vec<&str> = when.into_iter().flatten().map(String::as_str).collect();
    if when.is_empty() {
        return t!(guide.text, calendar_described, name = name, text = words);
    }
    t!(guide.text, calendar_described_when, name = name, when = when.join("; "), text = words)
}

fn phase_text(guide: Edition<'_>, phase: &Phase) -> String {
    described(guide, &phase.name, [&phase.starts, &phase.lasts, &phase.schedule], &phase.statement.text)
}

fn administration_text(guide: Edition<'_>, treatment: &Treatment, administration: &Administration) -> String {
    let name = administration_name(guide, treatment, administration);
    let text = described(guide, &name, [&administration.schedule, &administration.duration], &administration.statement.text);
    match &administration.rule {
        Some(rule) => t!(guide.text, calendar_for_whom, text = text, condition = condition(guide, &rule.when)),
        None => text,
    }
}

/// Returns a title that says how precise the dates are.
fn title(text: &Text, title: &str, precision: Precision) -> String {
    match precision {
        Precision::Exact => title.to_owned(),
        precision => t!(text, calendar_title, title = title, precision = precision.id()),
    }
}

/// Returns the events of a phase or an administration, each described by `words`. Returns `None` if its timing has no bounds and doesn't fix the
/// days, if no day within the bounds matches, or if a date is unknown or out of range.
fn dated_events(text: &Text, name: &str, words: &str, timing: &Timing, named: &NamedDays) -> Option<Vec<DatedEvent>> {
    let repetition = Repetition::of(timing);
    let Days { first, last, precision } = Days::of(timing, repetition.as_ref(), named.index_date(timing)?)?;
    let until = timing.until.as_deref().and_then(|name| named.of(name)).filter(|until| *until >= first);
    let last = last.or(until);
    let mut words = words.to_owned();
    let mut add = |sentence: String| {
        words.push('\n');
        words.push_str(&sentence);
    };
    if precision != Precision::Exact {
        add(t!(text, calendar_precision, precision = precision.id()));
    }
    let whole = title(text, name, precision);
    let begins = || title(text, &t!(text, calendar_begins, part = name), precision);
    let horizon = date_after(first, TimeUnit::Weeks, HORIZON_WEEKS);
    // Show repetitions without an end for some weeks. If the team will set the end, show only the beginning.
    if let Some(repetition) = repetition.filter(|_| last.is_some() || timing.until.is_none()) {
        if last.is_none() && repetition != Repetition::Once {
            add(t!(text, calendar_shown_weeks, weeks = HORIZON_WEEKS));
        }
        let last = match last {
            Some(last) => last,
            None => horizon?.yesterday().ok()?,
        };
        let event = |NewEvent { first, last, rule }: NewEvent| {
            Some(DatedEvent { title: whole.clone(), text: words.clone(), first, end: Some(last.tomorrow().ok()?), rule })
        };
        let events = repetition.events(first, last).filter(|events| !events.is_empty())?;
        return events.into_iter().map(event).collect();
    }
    let (title, end) = match last {
        None => {
            add(match &timing.until {
                Some(until) => t!(text, calendar_until, day = until),
                None => t!(text, calendar_no_end),
            });
            (begins(), None)
        }
        Some(last) if horizon.is_some_and(|horizon| last > horizon) => {
            add(t!(text, calendar_goes_on, day = last.to_string()));
            (begins(), None)
        }
        // An event without an end would be one day long.
        Some(last) => (whole, Some(last.tomorrow().ok()?)),
    };
    Some(vec![DatedEvent { title, text: words, first, end, rule: None }])
}
