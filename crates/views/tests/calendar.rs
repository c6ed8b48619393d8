//! Tests the dates of calendar events, also for timings that no guide uses yet.

use std::sync::LazyLock;

use icalendar::{CalendarComponent, Component, DatePerhapsTime};
use jiff::civil::{Date, Time, date};
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use sarcoguide_model::{Bounds, Count, Guide, Length, Phase, Statement, TimeUnit, Timing, Weekday};
use sarcoguide_testkit::empty_timing;
use sarcoguide_views::calendar::calendar;

const NAME: &str = "The part";

/// An event of a calendar file. Both days are included.
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
    let read: icalendar::Calendar = file.parse().expect("a calendar");
    let (mut events, mut first_day) = (Vec::new(), String::new());
    for component in read.components {
        let CalendarComponent::Event(event) = component else { continue };
        let day = |day: Option<DatePerhapsTime>| match day {
            Some(DatePerhapsTime::Date(day)) => day.to_string().parse::<Date>().expect("a date"),
            other => panic!("not a day: {other:?}"),
        };
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

/// Returns the first and last day of the bounds, if `start` is counted from midnight. The last day is `None` if the bounds have no end.
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
fn the_last_repetition_ends_with_the_bounds() {
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
fn an_end_that_only_the_team_knows_is_described_in_words() {
    let bounds = Some(Bounds::Period { start: 0, end: None, unit: TimeUnit::Days });
    let (events, _) =
        phase_events(&Timing { bounds, until: Some("the last visit".to_owned()), ..empty_timing() }, date(2027, 1, 4));
    assert!(events[0].title.ends_with("The part: begins"), "{}", events[0].title);
    assert!(events[0].text.contains("It goes on until the last visit."), "{}", events[0].text);
    assert!(!events[0].text.contains("does not say on which day"), "{}", events[0].text);
}
