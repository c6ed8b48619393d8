//! A treatment's schedule as a calendar file (iCalendar, RFC 5545).
//!
//! Only what the guide says exactly gets dates of its own. The rest stands in the words of the guide in the event of the first day,
//! so that nobody takes a guess for an appointment.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use sarcoguide_model::{Administration, Guide, Phase, Treatment};
use sarcoguide_report::words::{capital, condition, spaced};

use crate::ics::{Event, calendar as file};
use crate::span::{self, Rhythm};

/// How many days ahead something repeated is shown where the guide does not say for how long.
const HORIZON_DAYS: i32 = 84;

/// The calendar file of a treatment that starts on a day. `made_at` is when the file is made.
#[must_use]
pub fn calendar(guide: &Guide, treatment: &Treatment, start: Date, made_at: Timestamp) -> String {
    let mut open = Vec::new();
    let mut placed = Vec::new();
    for phase in &treatment.phases {
        match place_phase(phase, start) {
            Some(event) => placed.push(event),
            None => open.push(told(&phase.name, [&phase.starts, &phase.lasts], &phase.statement.text)),
        }
    }
    for administration in &treatment.administrations {
        match place_administration(guide, administration, start) {
            Some(events) => placed.extend(events),
            None => {
                let name = administration_name(administration);
                let text = told(&name, [&administration.schedule, &administration.duration], &administration.statement.text);
                open.push(format!("{text}{}", for_whom(guide, administration)));
            }
        }
    }
    let mut events =
        vec![Event { title: "first day".to_owned(), text: first_day(guide, &open), first: start, end: None, rule: None }];
    events.extend(placed);
    for event in &mut events {
        event.title = format!("{}: {}", treatment.name, event.title);
    }
    file(&format!("{}-{start}", treatment.id), made_at, &events)
}

/// What the event of the first day tells.
fn first_day(guide: &Guide, open: &[String]) -> String {
    let mut parts = vec!["Your team sets the dates; theirs count.".to_owned()];
    if !open.is_empty() {
        parts.push("The guide gives no exact dates for these parts, so they are not in this calendar:".to_owned());
        parts.extend(open.iter().map(|part| format!("- {part}")));
    }
    parts.push(guide.disclaimer.text.clone());
    parts.push(format!("{}, version {}", guide.name, guide.version));
    parts.join("\n")
}

fn told<const N: usize>(name: &str, when: [&Option<String>; N], text: &str) -> String {
    let when: Vec<&str> = when.into_iter().flatten().map(String::as_str).collect();
    let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join("; ")) };
    format!("{name}{when}: {text}")
}

fn for_whom(guide: &Guide, administration: &Administration) -> String {
    administration.rule.as_ref().map(|rule| format!(" For whom: {}.", condition(guide, &rule.when))).unwrap_or_default()
}

fn administration_name(administration: &Administration) -> String {
    let form = administration.form.as_ref().map(|form| format!(", {}", spaced(form))).unwrap_or_default();
    format!("{}{form}", capital(&spaced(&administration.route)))
}

fn place_phase(phase: &Phase, start: Date) -> Option<Event> {
    let first = span::day(phase.starts.as_deref()?, start)?;
    let end = match phase.lasts.as_deref().and_then(span::length) {
        Some(length) => Some(first.checked_add(length).ok()?),
        None => None,
    };
    let text = told(&phase.name, [&phase.starts, &phase.lasts], &phase.statement.text);
    Some(Event { title: phase.name.clone(), text, first, end, rule: None })
}

fn place_administration(guide: &Guide, administration: &Administration, start: Date) -> Option<Vec<Event>> {
    let rhythm = span::rhythm(administration.schedule.as_deref()?)?;
    let length = administration.duration.as_deref().map(span::length);
    // A course that is said to last, but not exactly, ends on no day that could be told.
    let end = match length {
        Some(length) => start.checked_add(length?).ok()?,
        None => start.checked_add(Span::new().days(HORIZON_DAYS)).ok()?,
    };
    let last = end.yesterday().ok()?;
    let name = administration_name(administration);
    let mut text = told(&name, [&administration.schedule, &administration.duration], &administration.statement.text);
    text.push_str(&for_whom(guide, administration));
    if length.is_none() && rhythm != Rhythm::Once {
        text.push_str(&format!("\nThe guide does not say for how long: {} weeks are shown.", HORIZON_DAYS / 7));
    }
    let until = last.strftime("%Y%m%d");
    let event = |first: Date, rule: Option<String>| Event { title: name.clone(), text: text.clone(), first, end: None, rule };
    match rhythm {
        Rhythm::Once => Some(vec![event(start, None)]),
        Rhythm::Weekdays => {
            let first = std::iter::successors(Some(start), |day| day.tomorrow().ok())
                .find(|day| day.weekday().to_monday_zero_offset() < 5)?;
            Some(vec![event(first, Some(format!("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL={until}")))])
        }
        Rhythm::Cycle { days, on } => on
            .iter()
            .map(|day| start.checked_add(Span::new().days(i32::from(*day) - 1)).ok())
            .filter(|first| first.is_none_or(|first| first <= last))
            .map(|first| Some(event(first?, Some(format!("FREQ=DAILY;INTERVAL={days};UNTIL={until}")))))
            .collect(),
    }
}
