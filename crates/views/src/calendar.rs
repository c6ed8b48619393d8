//! A treatment's schedule as a calendar file (iCalendar, RFC 5545).
//!
//! Only what the guide says in numbers or in words that leave nothing open gets dates of its own, and says how exact they are. The rest stands
//! in the words of the guide in the event of the first day, so that nobody takes a guess for an appointment.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use sarcoguide_model::{Administration, Phase, Precision, Treatment};

use self::ics::{Event, calendar as file};
use self::span::Rhythm;
use crate::Edition;
use crate::provenance;
use crate::words::{condition, humanize};

mod ics;
mod span;

/// How many days ahead something repeated is shown where the guide does not say for how long; what lasts longer in one piece is shown on its first
/// day only.
const HORIZON_DAYS: i32 = 84;
const THEIRS: &str = "Your team sets the dates; theirs count.";
/// A calendar program that reads a newer file moves what it knows; some add to it instead, and none takes away what the newer file lacks.
const MOVED: &str = "If these days change, make a new calendar file and open it in the same calendar: it moves these events. Delete by hand what stays on the old days.";

/// The days from which a treatment's parts are counted, and which only the team can name. There is at least one; nothing can be shown without the
/// first, and none of the others lies before it.
#[must_use]
pub fn named_days(treatment: &Treatment) -> Vec<&str> {
    let days = treatment.named_days();
    if days.is_empty() { vec!["the first day of treatment"] } else { days }
}

/// The calendar file of a treatment, for the first of its [`named_days`] and those of the others that are known, in their order. `made_at` is when
/// the file is made; a file that was made later replaces the events of an earlier one. None if one of the days lies before the year 1, which a
/// calendar file cannot hold.
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
    let names = named_days(treatment);
    let days = Days { named: names.iter().copied().zip(std::iter::once(Some(start)).chain(further.iter().copied())).collect() };
    let (mut events, mut open, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for (place, phase) in treatment.phases.iter().enumerate() {
        match place_phase(phase, &days) {
            Some(placed) => events.extend(keyed(treatment, "part", place, placed)),
            None => open.push(format!("{}{}", phase_text(phase), days.missing(phase))),
        }
    }
    // Where parts have their times, ways of giving it would say the same once more.
    let has_times = treatment.phases.iter().any(|phase| phase.time.is_some());
    for (place, administration) in treatment.administrations.iter().enumerate() {
        let placed = if has_times { None } else { place_administration(guide, treatment, administration, start) };
        match placed {
            Some(placed) => events.extend(keyed(treatment, "way", place, placed)),
            None if has_times => given.push(administration_text(guide, treatment, administration)),
            None => open.push(administration_text(guide, treatment, administration)),
        }
    }
    events.sort_by_key(|event| event.first);
    let place = events.iter().position(|event| event.first == start).unwrap_or_else(|| {
        let place = events.iter().take_while(|event| event.first < start).count();
        let first_day = Placed { title: names[0].to_owned(), text: String::new(), first: start, end: None, rule: None };
        events.splice(place..place, keyed(treatment, "start", 0, vec![first_day]));
        place
    });
    for (at, event) in events.iter_mut().enumerate() {
        event.title = format!("{}: {}", treatment.name, event.title);
        let all = if at == place { of_all(guide, &open, &given) } else { String::new() };
        let parts = [event.text.as_str(), THEIRS, &all];
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

/// The events of one part of a treatment. Their keys don't rest on their days, so that they are the same events when the days change.
fn keyed(treatment: &Treatment, kind: &str, place: usize, events: Vec<Placed>) -> impl Iterator<Item = Event> {
    let key = format!("{}-{kind}-{}", treatment.id, place + 1);
    events.into_iter().enumerate().map(move |(number, Placed { title, text, first, end, rule })| Event {
        key: format!("{key}-{}", number + 1),
        title,
        text,
        first,
        end,
        rule,
    })
}

/// An event that has its days and not yet its key.
struct Placed {
    title: String,
    text: String,
    first: Date,
    end: Option<Date>,
    rule: Option<String>,
}

/// The days that the team has named.
struct Days<'t> {
    /// Each by its name; none where it is not known yet.
    named: Vec<(&'t str, Option<Date>)>,
}

impl Days<'_> {
    fn of(&self, name: &str) -> Option<Date> {
        self.named.iter().find(|(known, _)| *known == name).and_then(|(_, day)| *day)
    }

    /// The day from which a part is counted: the first, unless it names another.
    fn index_date(&self, phase: &Phase) -> Option<Date> {
        let own = phase.time.as_ref().and_then(|time| time.index_date.as_deref());
        own.map_or_else(|| self.named.first().and_then(|(_, day)| *day), |name| self.of(name))
    }

    /// What would give a part its days.
    fn missing(&self, phase: &Phase) -> String {
        let own = phase.time.as_ref().and_then(|time| time.index_date.as_deref()).filter(|name| self.of(name).is_none());
        own.map_or_else(String::new, |name| format!(" It can be shown once {name} is known."))
    }
}

/// What the event of the first day tells of all.
fn of_all(guide: Edition<'_>, open: &[String], given: &[String]) -> String {
    let mut parts = Vec::new();
    let mut list = |head: &str, items: &[String]| {
        if !items.is_empty() {
            parts.push(head.to_owned());
            parts.extend(items.iter().map(|item| format!("- {item}")));
        }
    };
    list("The guide gives no exact dates for these parts, so they are not in this calendar:", open);
    list("How it is given:", given);
    parts.push(MOVED.to_owned());
    parts.push(guide.disclaimer.text.clone());
    parts.push(provenance::note(guide));
    parts.push(format!("{}, version {}", guide.name, guide.version));
    parts.join("\n")
}

fn describe<const N: usize>(name: &str, when: [&Option<String>; N], text: &str) -> String {
    let when: Vec<&str> = when.into_iter().flatten().map(String::as_str).collect();
    let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join("; ")) };
    format!("{name}{when}: {text}")
}

fn phase_text(phase: &Phase) -> String {
    describe(&phase.name, [&phase.starts, &phase.lasts, &phase.schedule], &phase.statement.text)
}

fn administration_text(guide: Edition<'_>, treatment: &Treatment, administration: &Administration) -> String {
    let name = administration_name(guide, treatment, administration);
    let text = describe(&name, [&administration.schedule, &administration.duration], &administration.statement.text);
    let rule = administration.rule.as_ref();
    text + &rule.map(|rule| format!(" For whom: {}.", condition(guide, &rule.when))).unwrap_or_default()
}

/// The route; where there is none, the setting.
fn administration_name(guide: Edition<'_>, treatment: &Treatment, administration: &Administration) -> String {
    let form = administration.form.as_ref().map(|form| format!(", {}", humanize(form))).unwrap_or_default();
    let setting = || administration.setting.map(|setting| guide[setting].name.as_str());
    let way = administration.route.map(|route| guide[route].name.as_str()).or_else(setting);
    format!("{}{form}", way.unwrap_or(&treatment.name))
}

/// How exact dates are, behind a title and in a sentence.
fn exactness(precision: Precision) -> Option<(&'static str, &'static str)> {
    match precision {
        Precision::Exact => None,
        Precision::About => Some(("about these dates", "The dates are only about right.")),
        Precision::Within => {
            Some(("at some time in these days", "It is at some time in these days, and need not take all of them."))
        }
        Precision::AtLeast => Some(("may last longer", "It may last longer than is shown.")),
        Precision::AtMost => Some(("may end sooner", "It may end sooner than is shown.")),
    }
}

fn place_phase(phase: &Phase, days: &Days) -> Option<Vec<Placed>> {
    let time = phase.time.as_ref()?;
    let index_date = days.index_date(phase)?;
    let first = span::away(index_date, time.unit, time.first)?;
    let until = time.until.as_deref().and_then(|name| days.of(name)).filter(|until| *until >= first);
    let last = match time.last {
        Some(last) => Some(span::away(index_date, time.unit, last)?),
        None => until,
    };
    let mut text = phase_text(phase);
    let exactness = exactness(time.precision);
    if let Some((_, sentence)) = exactness {
        text.push_str(&format!("\n{sentence}"));
    }
    let behind = exactness.map(|(behind, _)| format!(" ({behind})")).unwrap_or_default();
    let whole = format!("{}{behind}", phase.name);
    let begins = format!("{}: begins{behind}", phase.name);
    let one_day = |title: String, text: String| Some(vec![Placed { title, text, first, end: None, rule: None }]);
    let rhythm = phase.schedule.as_deref().and_then(span::rhythm);
    match (rhythm, last) {
        // Without an end it is shown for some weeks; but not where the team will name one.
        (Some(rhythm), _) if last.is_some() || time.until.is_none() => repeated(&whole, &text, first, last, &rhythm),
        (_, None) => one_day(begins, text + "\nThe guide does not say on which day it ends."),
        (_, Some(last)) if first.checked_add(Span::new().days(HORIZON_DAYS)).is_ok_and(|far| last > far) => {
            one_day(begins, format!("{text}\nIt goes on to {last}."))
        }
        (_, Some(last)) => Some(vec![Placed { title: whole, text, first, end: last.tomorrow().ok(), rule: None }]),
    }
}

fn place_administration(
    guide: Edition<'_>,
    treatment: &Treatment,
    administration: &Administration,
    start: Date,
) -> Option<Vec<Placed>> {
    let rhythm = span::rhythm(administration.schedule.as_deref()?)?;
    let mut title = administration_name(guide, treatment, administration);
    let mut text = administration_text(guide, treatment, administration);
    let last = match administration.duration.as_deref() {
        None => None,
        // Until something happens that nobody can date.
        Some(words) if words.starts_with("until ") => None,
        Some(words) => {
            let end = match (span::rounds(words), &rhythm) {
                (Some((rounds, at_most)), Rhythm::Cycle { days, .. }) => {
                    if let Some((behind, sentence)) = exactness(Precision::AtMost).filter(|_| at_most) {
                        title.push_str(&format!(" ({behind})"));
                        text.push_str(&format!("\n{sentence}"));
                    }
                    start.checked_add(Span::new().try_days(i64::from(rounds) * i64::from(*days)).ok()?).ok()?
                }
                // A course that is said to last, but not exactly, ends on no day that could be told.
                _ => start.checked_add(span::length(words)?).ok()?,
            };
            Some(end.yesterday().ok()?)
        }
    };
    repeated(&title, &text, start, last, &rhythm)
}

/// Something that comes back from a first to a last day, or for as long as is shown.
fn repeated(title: &str, text: &str, start: Date, last: Option<Date>, rhythm: &Rhythm) -> Option<Vec<Placed>> {
    let mut text = text.to_owned();
    let until = match last {
        Some(last) => last,
        None => start.checked_add(Span::new().days(HORIZON_DAYS - 1)).ok()?,
    };
    if last.is_none() && *rhythm != Rhythm::Once {
        text.push_str(&format!("\nThe guide does not say for how long: {} weeks are shown.", HORIZON_DAYS / 7));
    }
    let last_day = until.strftime("%Y%m%d");
    let event = |first: Date, end: Option<Date>, rule: Option<String>| Placed {
        title: title.to_owned(),
        text: text.clone(),
        first,
        end,
        rule,
    };
    match rhythm {
        Rhythm::Once => Some(vec![event(start, None, None)]),
        Rhythm::Weekdays => {
            let mut days = std::iter::successors(Some(start), |day| day.tomorrow().ok());
            let first = days.find(|day| day.weekday().to_monday_zero_offset() < 5)?;
            Some(vec![event(first, None, Some(format!("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL={last_day}")))])
        }
        Rhythm::Cycle { days, on } => {
            let day = |number: u16| start.checked_add(Span::new().days(i32::from(number) - 1)).ok();
            let rows = on.iter().map(|(first, last)| Some((day(*first)?, day(*last)?.tomorrow().ok()?)));
            let rows = rows.filter(|row| row.is_none_or(|(first, _)| first <= until));
            let rule = || Some(format!("FREQ=DAILY;INTERVAL={days};UNTIL={last_day}"));
            rows.map(|row| row.map(|(first, end)| event(first, Some(end), rule()))).collect()
        }
    }
}
