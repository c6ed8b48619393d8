//! Tests calendar files by reading them with the `icalendar` library. The program writes them with its own code. The tests include timings that no
//! guide uses yet.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::Path;
use std::sync::LazyLock;

use icalendar::{CalendarComponent, Component, DatePerhapsTime};
use jiff::civil::{Date, Time, date};
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sarcoguide_model::{
    Administration, Bounds, Count, Guide, Label, Length, Phase, Precision, RouteId, Statement, TimeUnit, Timing, Weekday,
};
use sarcoguide_testkit::empty_timing;
use sarcoguide_views::calendar::{calendar, days_to_ask};

const NAME: &str = "The part";

/// An event of a calendar file, from `first` to `last`, both included.
struct Event {
    title: String,
    text: String,
    first: Date,
    last: Date,
    /// The `RRULE` property.
    rule: Option<String>,
}

/// Creates the calendar of a treatment that has a single phase with this timing. Returns the events of the phase, and the text of the event on the
/// first day.
fn phase_events(timing: &Timing, start: Date) -> (Vec<Event>, String) {
    static GUIDE: LazyLock<Guide> = LazyLock::new(sarcoguide_bundled::guide);
    let guide = &*GUIDE;
    let mut treatment = guide.treatments[0].clone();
    treatment.administrations.clear();
    treatment.index_date = Some("the first day".to_owned());
    treatment.phases = vec![Phase {
        name: NAME.to_owned(),
        starts: None,
        lasts: None,
        schedule: None,
        timing: Some(timing.clone()),
        statement: Statement { text: "Words.".to_owned(), from: Vec::new() },
    }];
    let file = calendar(guide.into(), &treatment, start, &[], Timestamp::UNIX_EPOCH).expect("a calendar");
    let (mut events, mut first_day) = (Vec::new(), String::new());
    for event in read_back(&file) {
        let text = event.get_description().expect("a description").to_owned();
        if text.contains(&guide.disclaimer.text) {
            first_day.clone_from(&text);
        }
        if event.get_uid().expect("a UID").contains("-part-") {
            events.push(Event {
                title: event.get_summary().expect("a title").to_owned(),
                text,
                first: day(event.get_start()),
                last: day(event.get_end()).yesterday().expect("a date"),
                rule: event.property_value("RRULE").map(str::to_owned),
            });
        }
    }
    (events, first_day)
}

/// Returns the first and last day of each repetition of an event, according to its `RRULE`.
fn repetitions(event: &Event) -> Vec<(Date, Date)> {
    let Some(rule) = &event.rule else { return vec![(event.first, event.last)] };
    let field = |name: &str| rule.split(';').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
    let until = Date::strptime("%Y%m%d", field("UNTIL").expect("an end")).expect("a date");
    assert!(until >= event.first, "{rule} ends before {}", event.first);
    let length = event.last - event.first;
    let days = std::iter::successors(Some(event.first), |day| day.tomorrow().ok()).take_while(|day| *day <= until);
    let starts: Vec<Date> = match field("FREQ") {
        Some("DAILY") => days.step_by(field("INTERVAL").expect("an interval").parse().expect("a number")).collect(),
        Some("WEEKLY") => {
            let names: Vec<&str> = field("BYDAY").expect("days").split(',').collect();
            let matches = |day: &Date| {
                let name = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.weekday().to_monday_zero_offset() as usize];
                names.contains(&name)
            };
            assert!(matches(&event.first), "{rule} doesn't contain {}", event.first);
            days.filter(matches).collect()
        }
        other => panic!("{other:?}"),
    };
    starts.into_iter().map(|first| (first, first + length)).collect()
}

fn span(number: i64, unit: TimeUnit) -> Span {
    let span = Span::new();
    match unit {
        TimeUnit::Hours => span.hours(number),
        TimeUnit::Days => span.days(number),
        TimeUnit::Weeks => span.weeks(number),
        TimeUnit::Months => span.months(number),
        TimeUnit::Years => span.years(number),
    }
}

/// Returns the first and last day of the bounds, counted from midnight at the beginning of `start`. The last day is `None` if the bounds have no end.
fn bounds(timing: &Timing, start: Date) -> (Date, Option<Date>) {
    let midnight = start.to_datetime(Time::midnight());
    match &timing.bounds {
        None => (start, None),
        Some(Bounds::Period { start, end, unit }) => {
            let day = |number: i16| (midnight + span(number.into(), *unit)).date();
            (day(*start), end.map(day))
        }
        Some(Bounds::Duration(length)) => {
            let end = midnight + span(length.count.most().into(), length.unit) - Span::new().nanoseconds(1);
            (start, Some(end.date()))
        }
    }
}

fn exactly(least: u16) -> Count {
    Count { least, most: None }
}

fn length(number: u16, unit: TimeUnit) -> Length {
    Length { count: exactly(number), unit }
}

fn weekdays(bounds: Length) -> Timing {
    let days = Weekday::ALL[..5].to_vec();
    let period = Some(length(1, TimeUnit::Days));
    Timing { bounds: Some(Bounds::Duration(bounds)), period, day_of_week: days, ..empty_timing() }
}

fn counts(most: u16) -> impl Strategy<Value = Count> {
    (1..=most, proptest::option::weighted(0.3, 1..5_u16))
        .prop_map(|(least, more)| Count { least, most: more.map(|more| least + more) })
}

fn lengths() -> impl Strategy<Value = Length> {
    (counts(60), select(TimeUnit::ALL.to_vec())).prop_map(|(count, unit)| Length { count, unit })
}

/// Generates any timing, including those that the guide compiler rejects.
fn timings() -> impl Strategy<Value = Timing> {
    let any_bounds = prop_oneof![
        lengths().prop_map(Bounds::Duration),
        (-40..40_i16, proptest::option::weighted(0.8, 0..40_i16), select(TimeUnit::ALL.to_vec()))
            .prop_map(|(start, more, unit)| Bounds::Period { start, end: more.map(|more| start + more), unit }),
    ];
    let days = (subsequence((1..=28).collect::<Vec<u16>>(), 0..4), subsequence(Weekday::ALL.to_vec(), 0..5));
    let periods = prop_oneof![lengths(), select(vec![length(1, TimeUnit::Days), length(1, TimeUnit::Weeks)])];
    let times = (
        proptest::option::of(counts(3)),
        proptest::option::weighted(0.9, periods),
        proptest::option::of(lengths()),
        proptest::option::of(counts(8)),
    );
    (proptest::option::weighted(0.8, any_bounds), times, days, any::<(bool, bool)>()).prop_map(
        |(bounds, (frequency, period, duration, count), (cycle, week), (in_cycle, in_week))| Timing {
            bounds,
            frequency,
            period,
            duration,
            count,
            days_of_cycle: if in_cycle { cycle } else { Vec::new() },
            day_of_week: if in_week { week } else { Vec::new() },
            ..empty_timing()
        },
    )
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(500))]

    #[test]
    fn every_event_is_within_the_bounds(timing in timings(), day in 0..800_i32) {
        let start = date(2027, 1, 1) + Span::new().days(day);
        let (first, last) = bounds(&timing, start);
        let (events, first_day) = phase_events(&timing, start);
        prop_assert!(!events.is_empty() || first_day.contains(&format!("- {NAME}")), "there is neither an event nor a description: {}", timing);
        for event in &events {
            prop_assert!(event.last >= event.first);
            for (from, to) in repetitions(event) {
                let within = first <= from && last.is_none_or(|last| to <= last);
                prop_assert!(within, "{timing} from {start}: {from} to {to} isn't within {first} to {last:?}");
            }
        }
    }
}

#[test]
fn a_timing_without_matching_weekdays_is_described_in_words() {
    let timing = weekdays(length(2, TimeUnit::Days));
    let (events, first_day) = phase_events(&timing, date(2027, 1, 9));
    assert!(events.is_empty() && first_day.contains("- The part"), "{first_day}");
    let (events, _) = phase_events(&timing, date(2027, 1, 10));
    assert_eq!(repetitions(&events[0]), [(date(2027, 1, 11), date(2027, 1, 11))]);
}

#[test]
fn the_last_repetition_is_cut_off_at_the_end_of_the_bounds() {
    let timing = Timing {
        bounds: Some(Bounds::Duration(length(5, TimeUnit::Weeks))),
        period: Some(length(4, TimeUnit::Weeks)),
        duration: Some(length(3, TimeUnit::Weeks)),
        ..empty_timing()
    };
    let (events, _) = phase_events(&timing, date(2027, 1, 4));
    let days: Vec<(Date, Date)> = events.iter().flat_map(repetitions).collect();
    assert_eq!(days, [(date(2027, 1, 4), date(2027, 1, 24)), (date(2027, 2, 1), date(2027, 2, 7))]);
}

#[test]
fn a_length_in_hours_includes_every_day_that_it_touches() {
    for (hours, days) in [(12, 1), (24, 1), (30, 2), (48, 2), (49, 3)] {
        let timing = Timing { bounds: Some(Bounds::Duration(length(hours, TimeUnit::Hours))), ..empty_timing() };
        let (events, _) = phase_events(&timing, date(2027, 1, 4));
        assert_eq!((events[0].last - events[0].first).get_days() + 1, days, "{hours} hours");
    }
    let timing = Timing { period: Some(length(48, TimeUnit::Hours)), count: Some(exactly(2)), ..empty_timing() };
    let (events, _) = phase_events(&timing, date(2027, 1, 4));
    let days: Vec<Date> = repetitions(&events[0]).into_iter().map(|(first, _)| first).collect();
    assert_eq!(days, [date(2027, 1, 4), date(2027, 1, 6)]);
}

#[test]
fn a_count_ends_a_repetition_without_an_end() {
    let bounds = Some(Bounds::Period { start: 7, end: None, unit: TimeUnit::Days });
    let timing = Timing { bounds, period: Some(length(1, TimeUnit::Weeks)), count: Some(exactly(3)), ..empty_timing() };
    let (events, _) = phase_events(&timing, date(2027, 1, 4));
    let days: Vec<Date> = repetitions(&events[0]).into_iter().map(|(first, _)| first).collect();
    assert_eq!(days, [date(2027, 1, 11), date(2027, 1, 18), date(2027, 1, 25)]);
}

#[test]
fn an_end_that_only_the_team_can_set_is_described_in_words() {
    let bounds = Some(Bounds::Period { start: 0, end: None, unit: TimeUnit::Days });
    let (events, _) =
        phase_events(&Timing { bounds, until: Some("the last visit".to_owned()), ..empty_timing() }, date(2027, 1, 4));
    assert!(events[0].title.ends_with("The part: begins"), "{}", events[0].title);
    assert!(events[0].text.contains("It goes on until the last visit."), "{}", events[0].text);
    assert!(!events[0].text.contains("does not say on which day"), "{}", events[0].text);
}

/// A repetition without an end is shown for 12 weeks (84 days), as the text of its event says.
#[test]
fn a_part_of_12_weeks_is_shown_whole_and_a_longer_one_is_not() {
    let start = date(2027, 1, 4);
    let horizon = date(2027, 3, 29);
    for (unit, end, is_whole) in
        [(TimeUnit::Weeks, 12, true), (TimeUnit::Days, 84, true), (TimeUnit::Days, 85, false), (TimeUnit::Weeks, 13, false)]
    {
        let (events, _) = phase_events(&from(0, Some(end), unit), start);
        let last = if is_whole { horizon } else { start };
        assert_eq!((events[0].first, events[0].last), (start, last), "0 to {end} {unit:?}");
        assert_eq!(events[0].title.ends_with(": begins"), !is_whole, "{}", events[0].title);
    }
    let (events, _) = phase_events(&every(1, TimeUnit::Days), start);
    assert_eq!(repetitions(&events[0]).last(), Some(&(date(2027, 3, 28), date(2027, 3, 28))));
    assert_eq!(repetitions(&events[0]).len(), 84);
}

/// Loads the minimal guide from the compiler's tests.
fn minimal() -> Guide {
    let files = sarcoguide_bundled::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal"));
    sarcoguide_compiler::load(&files.expect("the guide should be readable")).loaded.expect("a guide without errors").guide
}

const MADE_AT: i64 = 1_795_430_096;

fn up_to(most: u16) -> Option<Count> {
    Some(Count { least: 1, most: Some(most) })
}

fn once() -> Timing {
    Timing { count: Some(exactly(1)), ..empty_timing() }
}

fn every(number: u16, unit: TimeUnit) -> Timing {
    Timing { frequency: Some(exactly(1)), period: Some(length(number, unit)), ..empty_timing() }
}

/// Returns a timing from `start` to `end`. If `end` is `None`, the timing has no end.
fn from(start: i16, end: Option<i16>, unit: TimeUnit) -> Timing {
    Timing { bounds: Some(Bounds::Period { start, end, unit }), ..empty_timing() }
}

fn on(day: i16) -> Timing {
    from(day, Some(day), TimeUnit::Days)
}

/// The name and the timing of a phase.
type Part<'t> = (&'t str, Option<Timing>);

/// Creates the calendar of a treatment with these phases and administrations. Each administration in `given` is a schedule in words and a timing.
/// Returns the file and its parsed events.
fn events(phases: &[Part], given: &[(&str, Option<Timing>)], start: Date) -> (String, Vec<icalendar::Event>) {
    let mut guide = minimal();
    guide.routes = vec![Label { id: "oral".to_owned(), name: "Oral".to_owned() }];
    let mut treatment = guide.treatments[0].clone();
    let statement = || Statement { text: "Words, with; marks \\ and\nlines: é".repeat(9), from: Vec::new() };
    let phase = |(name, timing): &Part| Phase {
        name: (*name).to_owned(),
        starts: Some(format!("start of {name}")),
        lasts: None,
        schedule: None,
        timing: timing.clone(),
        statement: statement(),
    };
    let administration = |(schedule, timing): &(&str, Option<Timing>)| Administration {
        route: Some(RouteId::new(0)),
        setting: None,
        form: None,
        schedule: Some((*schedule).to_owned()),
        duration: None,
        timing: timing.clone(),
        rule: None,
        statement: statement(),
    };
    treatment.phases = phases.iter().map(phase).collect();
    treatment.administrations = given.iter().map(administration).collect();
    let text =
        calendar((&guide).into(), &treatment, start, &[], Timestamp::from_second(MADE_AT).expect("a time")).expect("a calendar");
    let events = read_back(&text);
    (text, events)
}

fn read_back(text: &str) -> Vec<icalendar::Event> {
    let read: icalendar::Calendar = text.parse().expect("a calendar");
    let events = read.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events.collect()
}

fn day(date: Option<DatePerhapsTime>) -> Date {
    match date {
        Some(DatePerhapsTime::Date(day)) => day.to_string().parse().expect("a date"),
        other => panic!("not a day: {other:?}"),
    }
}

/// Returns the first day of an event and the day after its last one.
fn days(event: &icalendar::Event) -> (String, String) {
    (day(event.get_start()).to_string(), day(event.get_end()).to_string())
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

fn rules(events: &[icalendar::Event]) -> Vec<Option<&str>> {
    events.iter().map(|event| event.property_value("RRULE")).collect()
}

fn titles(events: &[icalendar::Event]) -> Vec<&str> {
    events.iter().map(|event| event.get_summary().expect("a title").split_once(": ").expect("a title with `: `").1).collect()
}

fn text(event: &icalendar::Event) -> &str {
    event.get_description().expect("a description")
}

#[test]
fn administrations_on_exact_days_get_events() {
    use TimeUnit::{Days, Hours, Months, Weeks};
    let four_months = Some(Bounds::Duration(length(4, Months)));
    let given = [
        ("every 3 weeks", Some(Timing { bounds: four_months, ..every(3, Weeks) })),
        ("every 3 weeks", Some(Timing { duration: Some(length(24, Hours)), count: up_to(6), ..every(3, Weeks) })),
        ("days 1 and 8", Some(Timing { days_of_cycle: vec![1, 8], ..every(21, Days) })),
        ("3 weeks on, 1 week off", Some(Timing { duration: Some(length(3, Weeks)), ..every(4, Weeks) })),
        ("5 days a week", Some(weekdays(length(5, TimeUnit::Weeks)))),
        ("about every 2 weeks", None),
        ("twice a week", Some(Timing { frequency: Some(exactly(2)), ..every(1, Weeks) })),
    ];
    let (file, events) = events(&[], &given, date(2026, 12, 31));
    let days: Vec<(String, String)> = events.iter().map(days).collect();
    assert_eq!(
        days,
        [
            pair("2026-12-31", "2027-01-01"),
            pair("2026-12-31", "2027-01-01"),
            pair("2026-12-31", "2027-01-01"),
            pair("2026-12-31", "2027-01-21"),
            pair("2026-12-31", "2027-01-01"),
            pair("2027-01-07", "2027-01-08"),
        ]
    );
    assert_eq!(
        rules(&events),
        [
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270429"),
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270505"),
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270324"),
            Some("FREQ=DAILY;INTERVAL=28;UNTIL=20270324"),
            Some("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270203"),
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270324"),
        ]
    );
    assert_eq!(titles(&events)[1], "Oral (may end sooner)");
    // Administrations without exact days are described in the event on the first day.
    for expected in ["about every 2 weeks", "twice a week"] {
        assert!(text(&events[0]).contains(expected), "`{expected}` is not in `{}`", text(&events[0]));
    }
    assert!(text(&events[2]).contains("doesn't say how long this goes on. The calendar shows 12 weeks"));
    assert!(file.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn every_phase_with_a_timing_has_one_event_that_says_how_precise_its_dates_are() {
    use TimeUnit::{Days, Months, Weeks, Years};
    let precisely = |precision, timing| Some(Timing { precision, ..timing });
    let pills = Timing { bounds: from(1, Some(4), Days).bounds, ..every(2, Days) };
    let phases = [
        ("Tests", None),
        ("Collecting", precisely(Precision::About, from(-6, Some(-6), Weeks))),
        ("Chemo", precisely(Precision::Within, from(-7, Some(-1), Days))),
        ("Infusion", Some(on(0))),
        ("Watch", precisely(Precision::AtLeast, from(1, Some(7), Days))),
        ("Pills", precisely(Precision::AtMost, pills)),
        ("Visits", Some(from(1, None, Months))),
        ("Years", Some(from(0, Some(5), Years))),
    ];
    let (_, events) = events(&phases, &[("once", Some(once()))], date(2027, 1, 31));
    let shown: Vec<(&str, String, String)> = titles(&events)
        .into_iter()
        .zip(&events)
        .map(|(title, event)| {
            let (first, end) = days(event);
            (title, first, end)
        })
        .collect();
    let expected = [
        ("Collecting (about these dates)", "2026-12-20", "2026-12-21"),
        ("Chemo (at some time in these days)", "2027-01-24", "2027-01-31"),
        ("Infusion", "2027-01-31", "2027-02-01"),
        ("Years: begins", "2027-01-31", "2027-02-01"),
        ("Watch (may last longer)", "2027-02-01", "2027-02-08"),
        ("Pills (may end sooner)", "2027-02-01", "2027-02-02"),
        ("Visits: begins", "2027-02-28", "2027-03-01"),
    ];
    let shown: Vec<(&str, &str, &str)> = shown.iter().map(|(title, first, end)| (*title, first.as_str(), end.as_str())).collect();
    assert_eq!(shown, expected);
    assert_eq!(rules(&events).iter().flatten().collect::<Vec<_>>(), [&"FREQ=DAILY;INTERVAL=2;UNTIL=20270204"]);
    for event in &events {
        assert!(text(event).contains("Your team sets the dates. If theirs differ, follow theirs."), "{}", text(event));
    }
    // A phase without a timing, and the administration, are described only in the event on the index date.
    assert!(text(&events[2]).contains("- Tests (start of Tests)") && text(&events[2]).contains("- Oral (once)"));
    assert_eq!(events.iter().filter(|event| text(event).contains("- Tests")).count(), 1);
    assert!(text(&events[3]).contains("It continues until 2032-01-31."));
    assert!(text(&events[6]).contains("does not say on which day it ends"));
}

#[test]
fn a_day_that_only_the_team_can_set_ends_one_phase_and_starts_another() {
    let guide = minimal();
    let mut treatment = guide.treatments[0].clone();
    let part = |name: &str, timing: Timing| Phase {
        name: name.to_owned(),
        starts: None,
        lasts: None,
        schedule: None,
        timing: Some(timing),
        statement: Statement { text: "Words.".to_owned(), from: Vec::new() },
    };
    let last = || Some("the last day of it".to_owned());
    treatment.index_date = Some("the first day of it".to_owned());
    treatment.phases = vec![
        part("It", Timing { until: last(), ..from(0, None, TimeUnit::Days) }),
        part("Next", Timing { index_date: last(), precision: Precision::Within, ..from(3, Some(6), TimeUnit::Weeks) }),
    ];
    assert_eq!(days_to_ask((&guide).into(), &treatment), ["the first day of it", "the last day of it"]);
    let events_with = |further: &[Option<Date>]| {
        let made_at = Timestamp::from_second(MADE_AT).expect("a time");
        read_back(&calendar((&guide).into(), &treatment, date(2027, 1, 4), further, made_at).expect("a calendar"))
    };
    let known = events_with(&[Some(date(2027, 2, 5))]);
    assert_eq!(titles(&known), ["It", "Next (at some time in these days)"]);
    assert_eq!(days(&known[0]), pair("2027-01-04", "2027-02-06"));
    assert_eq!(days(&known[1]), pair("2027-02-26", "2027-03-20"));
    for further in [&[][..], &[None], &[Some(date(2026, 1, 1))][..]] {
        let events = events_with(further);
        assert_eq!(titles(&events)[events.len() - 1], "It: begins", "{further:?}");
    }
    assert!(text(&events_with(&[])[0]).contains("It can be shown once the last day of it is known."));
}

#[test]
fn a_course_on_weekdays_begins_on_monday_if_its_first_day_is_on_a_weekend() {
    let (_, events) = events(&[], &[("5 days a week", Some(weekdays(length(2, TimeUnit::Weeks))))], date(2027, 1, 2));
    assert_eq!(titles(&events), ["the first day of treatment", "Oral"]);
    assert_eq!(days(&events[1]), pair("2027-01-04", "2027-01-05"));
}

#[test]
fn every_event_has_an_id_a_time_stamp_and_its_full_text() {
    let parts = [("Part, the", Some(on(1))), ("Part", Some(on(2)))];
    let (text, events) = events(&parts, &[("once", Some(once()))], date(2027, 1, 4));
    assert_eq!(events.len(), 3);
    let ids: std::collections::BTreeSet<&str> = events.iter().map(|event| event.get_uid().expect("a UID")).collect();
    assert_eq!(ids.len(), 3);
    for event in &events {
        let made = event.get_timestamp().expect("a time stamp");
        assert_eq!(made.timestamp(), MADE_AT);
    }
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let words = "Words, with; marks \\ and\nlines: é".repeat(9);
    assert!(events[1].get_description().expect("a description").contains(&words), "{:?}", events[1].get_description());
    assert!(events[1].get_summary().expect("a title").ends_with("Part, the"));
    // The same arguments give the same file.
    assert_eq!(text, self::events(&parts, &[("once", Some(once()))], date(2027, 1, 4)).0);
}

/// If a person moves the start and imports the newer file, the events move. They aren't duplicated, because their UIDs stay the same.
#[test]
fn a_newer_file_replaces_the_events_of_an_older_one() {
    let guide = minimal();
    let days = |start, end| from(start, Some(end), TimeUnit::Days);
    let pills = Timing { bounds: days(1, 60).bounds, days_of_cycle: vec![1, 8], ..every(21, TimeUnit::Days) };
    let parts = [("Part", Some(days(-7, -1))), ("Pills", Some(pills))];
    let uids = |start| -> Vec<String> {
        events(&parts, &[("once", Some(once()))], start)
            .1
            .iter()
            .map(|event| event.get_uid().expect("a UID").to_owned())
            .collect()
    };
    assert_eq!(uids(date(2027, 1, 10)), uids(date(2027, 1, 17)));
    let treatment = &guide.treatments[0];
    let sequence = |second: i64| -> u32 {
        let made_at = Timestamp::from_second(second).expect("a time");
        let text = calendar((&guide).into(), treatment, date(2027, 1, 10), &[], made_at).expect("a calendar");
        let sequence = text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).expect("a sequence");
        sequence.parse().expect("a number")
    };
    assert!(sequence(MADE_AT) < sequence(MADE_AT + 60));
    assert!(sequence(253_402_207_200) < 1 << 31, "the sequence number of the latest possible time should fit in 31 bits");
    let text = events(&parts, &[], date(2027, 1, 10)).0;
    assert!(text.replace("\r\n ", "").contains("make a new calendar file"), "{text}");
}

#[test]
fn every_event_is_private_in_a_shared_calendar() {
    let (text, events) = events(&[("Part", Some(on(0)))], &[], date(2027, 1, 10));
    assert!(!events.is_empty());
    assert_eq!(text.matches("\r\nCLASS:PRIVATE\r\n").count(), events.len());
}

#[test]
fn no_calendar_contains_a_day_before_the_year_1() {
    let guide = minimal();
    let made_at = Timestamp::from_second(MADE_AT).expect("a time");
    let calendar_from =
        |start, further: &[Option<Date>]| calendar((&guide).into(), &guide.treatments[0], start, further, made_at);
    assert_eq!(calendar_from(date(0, 12, 31), &[]), None);
    assert_eq!(calendar_from(date(2027, 1, 1), &[Some(date(-5, 1, 1))]), None);
    // A phase before the year 1 gets no event and is described in words.
    let (text, events) = events(&[("Part", Some(from(-6, Some(-6), TimeUnit::Weeks)))], &[], date(1, 1, 2));
    assert_eq!(events.len(), 1, "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:00010102\r\n"), "{text}");
    assert!(text.replace("\r\n ", "").contains("- Part (start of Part)"), "{text}");
}

#[test]
fn dates_after_the_last_supported_day_cause_no_panic() {
    let (_, events) = events(&[("Part", Some(from(2, Some(2), TimeUnit::Years)))], &[], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
    let (_, events) = self::events(&[], &[("every 3 weeks", Some(every(3, TimeUnit::Weeks)))], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
    // A part whose last day is the last supported one is described in words.
    let (text, events) = self::events(&[("Part", Some(from(0, Some(2), TimeUnit::Weeks)))], &[], date(9999, 12, 17));
    assert_eq!(titles(&events), ["the first day of treatment"], "{text}");
    assert!(text.replace("\r\n ", "").contains("- Part ("), "{text}");
}

#[test]
fn a_range_of_lengths_is_shown_up_to_its_maximum() {
    let range = Length { count: Count { least: 5, most: Some(6) }, unit: TimeUnit::Weeks };
    let given = [("every week", Some(Timing { bounds: Some(Bounds::Duration(range)), ..every(1, TimeUnit::Weeks) }))];
    let (_, events) = events(&[], &given, date(2027, 1, 4));
    assert_eq!(titles(&events), ["Oral (may end sooner)"]);
    assert_eq!(rules(&events), [Some("FREQ=DAILY;INTERVAL=7;UNTIL=20270214")]);
}
