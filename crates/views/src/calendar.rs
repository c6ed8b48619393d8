//! A treatment's schedule as a calendar file (iCalendar, RFC 5545).
//!
//! Only what the guide says in a `timing` that leaves no day open gets dates of its own, and says how exact they are. The rest stands in the words
//! of the guide in the event of the first day, so that nobody takes a guess for an appointment.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use sarcoguide_model::{Administration, Phase, Precision, Timing, Treatment};
use sarcoguide_text::{Text, t};

use self::ics::{Event, calendar as file};
use self::repetition::{Days, HORIZON_DAYS, Repetition};
use crate::Edition;
use crate::provenance;
use crate::words::{condition, humanize};

mod ics;
mod repetition;

/// The days from which a treatment's parts are counted, and which only the team can name. There is at least one; nothing can be shown without the
/// first, and none of the others lies before it.
#[must_use]
pub fn named_days(guide: Edition<'_>, treatment: &Treatment) -> Vec<String> {
    let days = treatment.named_days();
    if days.is_empty() { vec![t!(guide.text, calendar_first_day)] } else { days.into_iter().map(str::to_owned).collect() }
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
    let text = guide.text;
    let names = named_days(guide, treatment);
    let named = names.iter().map(String::as_str).zip(std::iter::once(Some(start)).chain(further.iter().copied())).collect();
    let days = NamedDays { start, named };
    let (mut events, mut open, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for (place, phase) in treatment.phases.iter().enumerate() {
        let words = phase_text(guide, phase);
        match phase.timing.as_ref().and_then(|timing| placed(text, &phase.name, &words, timing, &days)) {
            Some(placed) => events.extend(keyed(treatment, "part", place, placed)),
            None => open.push(match days.missing(phase.timing.as_ref()) {
                Some(day) => t!(text, calendar_waits, text = words, day = day),
                None => words,
            }),
        }
    }
    // Where parts have their times, ways of giving it would say the same once more.
    let has_times = treatment.phases.iter().any(|phase| phase.timing.is_some());
    for (place, administration) in treatment.administrations.iter().enumerate() {
        let words = administration_text(guide, treatment, administration);
        let name = administration_name(guide, treatment, administration);
        let timing = administration.timing.as_ref().filter(|_| !has_times);
        match timing.and_then(|timing| placed(text, &name, &words, timing, &days)) {
            Some(placed) => events.extend(keyed(treatment, "way", place, placed)),
            None if has_times => given.push(words),
            None => open.push(words),
        }
    }
    events.sort_by_key(|event| event.first);
    let place = events.iter().position(|event| event.first == start).unwrap_or_else(|| {
        let place = events.iter().take_while(|event| event.first < start).count();
        let first_day = Placed { title: names[0].clone(), text: String::new(), first: start, end: None, rule: None };
        events.splice(place..place, keyed(treatment, "start", 0, vec![first_day]));
        place
    });
    for (at, event) in events.iter_mut().enumerate() {
        event.title = t!(text, calendar_event, treatment = &treatment.name, part = &event.title);
        let all = if at == place { of_all(guide, &open, &given) } else { String::new() };
        let parts = [std::mem::take(&mut event.text), t!(text, calendar_dates_by_team), all];
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
struct NamedDays<'t> {
    /// The first, from which everything is counted that names no other.
    start: Date,
    /// Each by its name; none where it is not known yet.
    named: Vec<(&'t str, Option<Date>)>,
}

impl NamedDays<'_> {
    fn of(&self, name: &str) -> Option<Date> {
        self.named.iter().find(|(known, _)| *known == name).and_then(|(_, day)| *day)
    }

    /// The day from which a timing is counted; none where it is not known yet.
    fn index_date(&self, timing: &Timing) -> Option<Date> {
        timing.index_date.as_deref().map_or(Some(self.start), |name| self.of(name))
    }

    /// The name of the day that would give a timing its days.
    fn missing<'p>(&self, timing: Option<&'p Timing>) -> Option<&'p str> {
        timing?.index_date.as_deref().filter(|name| self.of(name).is_none())
    }
}

/// What the event of the first day tells of all.
fn of_all(guide: Edition<'_>, open: &[String], given: &[String]) -> String {
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
    parts.push(t!(text, calendar_guide, guide = &guide.name, version = &guide.version));
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

/// The route; where there is none, the setting.
fn administration_name(guide: Edition<'_>, treatment: &Treatment, administration: &Administration) -> String {
    let setting = || administration.setting.map(|setting| guide[setting].name.as_str());
    let way = administration.route.map(|route| guide[route].name.as_str()).or_else(setting).unwrap_or(&treatment.name);
    match &administration.form {
        Some(form) => t!(guide.text, calendar_way_and_form, way = way, form = humanize(form)),
        None => way.to_owned(),
    }
}

/// A title that says how exact the dates are.
fn title(text: &Text, title: &str, precision: Precision) -> String {
    match precision {
        Precision::Exact => title.to_owned(),
        precision => t!(text, calendar_title, title = title, precision = precision.id()),
    }
}

/// The events of a part or a way of giving; none if its timing leaves its days open.
fn placed(text: &Text, name: &str, words: &str, timing: &Timing, named: &NamedDays) -> Option<Vec<Placed>> {
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
    // Without an end it is shown for some weeks; but not where the team will name one.
    if let Some(repetition) = repetition.filter(|_| last.is_some() || timing.until.is_none()) {
        if last.is_none() && repetition != Repetition::Once {
            add(t!(text, calendar_shown_weeks, weeks = HORIZON_DAYS / 7));
        }
        let last = match last {
            Some(last) => last,
            None => first.checked_add(Span::new().days(HORIZON_DAYS - 1)).ok()?,
        };
        let event = |(first, end): (Date, Date)| {
            let rule = repetition.rule(last);
            Some(Placed { title: whole.clone(), text: words.clone(), first, end: Some(end.tomorrow().ok()?), rule })
        };
        return repetition.rows(first, last)?.into_iter().map(event).collect();
    }
    let far = first.checked_add(Span::new().days(HORIZON_DAYS));
    let (title, end) = match last {
        None => {
            add(t!(text, calendar_no_end));
            (begins(), None)
        }
        Some(last) if far.is_ok_and(|far| last > far) => {
            add(t!(text, calendar_goes_on, day = last.to_string()));
            (begins(), None)
        }
        Some(last) => (whole, last.tomorrow().ok()),
    };
    Some(vec![Placed { title, text: words, first, end, rule: None }])
}
