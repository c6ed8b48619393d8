//! What is printed is opened and read back by libraries that had no part in writing it.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::fs;
use std::path::Path;

use icalendar::{CalendarComponent, Component, DatePerhapsTime};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use lopdf::Object;
use sarcoguide_advise::advise;
use sarcoguide_compiler::SourceFile;
use sarcoguide_document::pdf::pdf;
use sarcoguide_document::{Document, Line};
use sarcoguide_model::{Administration, Case, Decimal, FactValue, Guide, Label, Phase, RouteId, Statement, Time, TimeUnit};
use sarcoguide_views::Answered;
use sarcoguide_views::calendar::{calendar, named_days};
use sarcoguide_views::visit_summary::visit_summary;

/// The minimal guide of the compiler's tests.
fn minimal() -> Guide {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal");
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("inside").to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: name, text: fs::read_to_string(&path).expect("readable") });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    sarcoguide_compiler::load(&files).loaded.expect("a whole guide").guide
}

/// A PDF read back: the file and its text, white space as single spaces.
fn read(bytes: &[u8]) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let text = pdf_extract::extract_text_from_mem(bytes).expect("its text");
    (file, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn printed(document: &Document) -> (lopdf::Document, String) {
    read(&pdf(document, &minimal().language).expect("a PDF"))
}

#[test]
fn a_document_is_read_back_whole_with_its_structure() {
    let mut document = Document::default();
    document.heading(1, "The title");
    document.paragraph(Line::from("Plain and ").strong("strong").faint(" [1, 4-6]"));
    document.heading(2, "A list");
    document.points(vec![Line::from("first"), Line::from("second")]);
    document.points_at(1, vec![Line::from("inside of second")]);
    document.points(vec![Line::from("third")]);
    document.table(&["Head", "Other"], vec![vec!["cell".to_owned(), "last cell".to_owned()]]);
    let (file, text) = printed(&document);
    for part in [
        "The title",
        "Plain and strong [1, 4-6]",
        "A list",
        "first",
        "second",
        "inside of second",
        "third",
        "Head: cell; Other: last cell",
    ] {
        assert!(text.contains(part), "`{part}` is not in `{text}`");
    }
    let catalog = file.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).expect("a language"), b"en");
    let marked = catalog.get(b"MarkInfo").and_then(|object| file.dereference(object)).expect("marks").1;
    assert!(marked.as_dict().and_then(|marks| marks.get(b"Marked")).and_then(Object::as_bool).expect("told"));
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let roles: Vec<&[u8]> =
        file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok()).collect();
    let count = |role: &[u8]| roles.iter().filter(|known| **known == role).count();
    // The list holds another one; points and table follow one another as one list.
    assert_eq!([b"H1".as_slice(), b"H2", b"P", b"L", b"LI", b"Lbl", b"LBody"].map(count), [1, 1, 1, 2, 5, 5, 5]);
}

#[test]
fn a_summary_says_first_that_the_guide_does_not_cover_the_case() {
    let guide = minimal();
    let case = Case::unknown(guide.facts.len())
        .with(guide.fact("age").expect("a fact"), FactValue::Number(Decimal::from_thousandths(15_000)));
    let advice = advise(guide.clone(), &case).expect("no contradiction");
    let answered = Answered { case: &case, advice: &advice, preferences: &[] };
    let (_, text) = printed(&visit_summary((&guide).into(), answered, None));
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing: {text}"));
    let parts = [
        "does not cover this situation",
        "It is for adults.",
        "Age: 15 years",
        "Where to look",
        "It is for tests.",
        "The situation",
    ];
    assert!(parts.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{text}");
}

#[test]
fn text_is_data_whatever_it_looks_like() {
    let nasty = "#set page() \\ $x$ *b* _i_ <tag> (paren) %EOF endstream endobj [a](b) `c` ~ ^ {d} \"q\" 'é' – ≤ α";
    let mut document = Document::default();
    document.heading(1, nasty);
    document.paragraph(nasty);
    let (file, text) = printed(&document);
    assert_eq!(text.matches(nasty).count(), 2, "{text}");
    assert_eq!(file.get_pages().len(), 1);
}

#[test]
fn nothing_and_far_too_much_are_printed_too() {
    let (file, _) = printed(&Document::default());
    assert_eq!(file.get_pages().len(), 1);
    let mut document = Document::default();
    document.heading(1, "");
    document.paragraph("   ");
    printed(&document);
    // Control characters, marks of direction, private use, and what the faces lack: emoji, Chinese, halves of a flag.
    document.heading(1, "\u{0}\u{7}\u{202E}\u{E000}\u{10FFFF}😀漢字🇩\u{FEFF}\u{FFFE}\r\n\ttail");
    document.points_at(250, vec![Line::from("deep")]);
    document.heading(3, "nine");
    let (_, text) = printed(&document);
    assert!(text.contains("tail") && text.contains("deep") && text.contains('\u{FFFD}'), "{text}");
    let mut document = Document::default();
    document.paragraph("w".repeat(10_000));
    let (file, text) = printed(&document);
    assert_eq!(text.matches('w').count(), 10_000);
    assert!(file.get_pages().len() <= 3);
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let mut document = Document::default();
    document.heading(1, "Title");
    document.points(vec![Line::from("point"); 200]);
    let guide = minimal();
    assert_eq!(pdf(&document, &guide.language).expect("a PDF"), pdf(&document, &guide.language).expect("a PDF"));
    assert!(printed(&document).0.get_pages().len() > 1);
}

#[test]
fn a_summary_of_a_case_is_taken_along() {
    let guide = minimal();
    let case = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &case).expect("an answer");
    let document = visit_summary((&guide).into(), Answered { case: &case, advice: &advice, preferences: &[] }, None);
    let (_, text) = printed(&document);
    for part in [&guide.name, &guide.disclaimer.text, &guide.version] {
        assert!(text.contains(part.as_str()), "`{part}` is not in `{text}`");
    }
    let question = &guide[advice.next_questions[0].fact].question;
    assert!(text.contains(question.as_str()), "`{question}` is not in `{text}`");
}

const MADE_AT: i64 = 1_795_430_096;

/// A part: its name, its time in a unit, its schedule.
type Part<'t> = (&'t str, Option<(TimeUnit, &'t str)>, Option<&'t str>);

/// A treatment with these parts (name, time in a unit, schedule) and ways of giving (schedule, duration), as events read back.
fn events(phases: &[Part], given: &[(&str, Option<&str>)], start: Date) -> (String, Vec<icalendar::Event>) {
    let mut guide = minimal();
    guide.routes = vec![Label { id: "oral".to_owned(), name: "Oral".to_owned() }];
    let mut treatment = guide.treatments[0].clone();
    let statement = || Statement { text: "Words, with; marks \\ and\nlines: é".repeat(9), from: Vec::new() };
    let owned = |text: &Option<&str>| text.map(str::to_owned);
    let time = |(unit, text): (TimeUnit, &str)| Time::parse(unit, text).unwrap_or_else(|| panic!("{text}"));
    let phase = |(name, counted, schedule): &Part| Phase {
        name: (*name).to_owned(),
        starts: Some(format!("start of {name}")),
        lasts: None,
        time: counted.map(time),
        schedule: owned(schedule),
        statement: statement(),
    };
    let administration = |(schedule, duration): &(&str, Option<&str>)| Administration {
        route: Some(RouteId::new(0)),
        setting: None,
        form: None,
        schedule: Some((*schedule).to_owned()),
        duration: owned(duration),
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

fn days(event: &icalendar::Event) -> (String, String) {
    let day = |date: Option<DatePerhapsTime>| match date {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("not a day: {other:?}"),
    };
    (day(event.get_start()), day(event.get_end()))
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.to_owned(), other.to_owned())
}

fn rules(events: &[icalendar::Event]) -> Vec<Option<&str>> {
    events.iter().map(|event| event.property_value("RRULE")).collect()
}

fn titles(events: &[icalendar::Event]) -> Vec<&str> {
    events.iter().map(|event| event.get_summary().expect("a title").split_once(": ").expect("of a treatment").1).collect()
}

fn text(event: &icalendar::Event) -> &str {
    event.get_description().expect("words")
}

#[test]
fn what_is_given_on_exact_days_gets_them() {
    let given = [
        ("every 3 weeks", Some("4 months")),
        ("over 24 hours, every 3 weeks", Some("up to 6 cycles in trials")),
        ("days 1 and 8 of every 21 days", None),
        ("every day for 3 weeks, then 1 week off", Some("until something happens")),
        ("5 days a week", Some("5 weeks")),
        ("about every 2 weeks", None),
        ("once a day", Some("usually several weeks")),
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
    // What has no days of its own is told on the first day.
    for expected in ["about every 2 weeks", "once a day; usually several weeks"] {
        assert!(text(&events[0]).contains(expected), "`{expected}` is not in `{}`", text(&events[0]));
    }
    assert!(text(&events[2]).contains("does not say for how long: 12 weeks"));
    assert!(file.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn every_part_has_one_event_that_says_how_exact_it_is() {
    use TimeUnit::{Days, Months, Weeks, Years};
    let phases = [
        ("Tests", None, None),
        ("Collecting", Some((Weeks, "about -6")), None),
        ("Chemo", Some((Days, "within -7 to -1")), None),
        ("Infusion", Some((Days, "0")), None),
        ("Watch", Some((Days, "at least 1 to 7")), None),
        ("Pills", Some((Days, "at most 1 to 4")), Some("every 2 days")),
        ("Visits", Some((Months, "from 1")), None),
        ("Years", Some((Years, "0 to 5")), None),
    ];
    let (_, events) = events(&phases, &[("once", None)], date(2027, 1, 31));
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
        assert!(text(event).contains("Your team sets the dates; theirs count."), "{}", text(event));
    }
    // What has no time, and how it is given, is told once, on the index date.
    assert!(text(&events[2]).contains("- Tests (start of Tests)") && text(&events[2]).contains("- Oral (once)"));
    assert_eq!(events.iter().filter(|event| text(event).contains("- Tests")).count(), 1);
    assert!(text(&events[3]).contains("It goes on to 2032-01-31."));
    assert!(text(&events[6]).contains("does not say on which day it ends"));
}

#[test]
fn a_day_that_only_the_team_can_name_ends_one_part_and_starts_another() {
    let guide = minimal();
    let mut treatment = guide.treatments[0].clone();
    let part = |name: &str, time: Time| Phase {
        name: name.to_owned(),
        starts: None,
        lasts: None,
        time: Some(time),
        schedule: None,
        statement: Statement { text: "Words.".to_owned(), from: Vec::new() },
    };
    let time = |unit, text: &str| Time::parse(unit, text).expect("a time");
    let last = || Some("the last day of it".to_owned());
    treatment.index_date = Some("the first day of it".to_owned());
    treatment.phases = vec![
        part("It", Time { until: last(), ..time(TimeUnit::Days, "from 0") }),
        part("Next", Time { index_date: last(), ..time(TimeUnit::Weeks, "within 3 to 6") }),
    ];
    assert_eq!(named_days(&treatment), ["the first day of it", "the last day of it"]);
    let of = |further: &[Option<Date>]| {
        let made_at = Timestamp::from_second(MADE_AT).expect("a time");
        read_back(&calendar((&guide).into(), &treatment, date(2027, 1, 4), further, made_at).expect("a calendar"))
    };
    let known = of(&[Some(date(2027, 2, 5))]);
    assert_eq!(titles(&known), ["It", "Next (at some time in these days)"]);
    assert_eq!(days(&known[0]), pair("2027-01-04", "2027-02-06"));
    assert_eq!(days(&known[1]), pair("2027-02-26", "2027-03-20"));
    for further in [&[][..], &[None], &[Some(date(2026, 1, 1))][..]] {
        let events = of(further);
        assert_eq!(titles(&events)[events.len() - 1], "It: begins", "{further:?}");
    }
    assert!(text(&of(&[])[0]).contains("It can be shown once the last day of it is known."));
}

#[test]
fn a_course_of_weekdays_that_starts_on_a_weekend_begins_on_monday() {
    let (_, events) = events(&[], &[("5 days a week", Some("2 weeks"))], date(2027, 1, 2));
    assert_eq!(titles(&events), ["the first day of treatment", "Oral"]);
    assert_eq!(days(&events[1]), pair("2027-01-04", "2027-01-05"));
}

#[test]
fn every_event_is_whole_and_its_text_comes_back() {
    let day = |text| Some((TimeUnit::Days, text));
    let parts = [("Part, the", day("1"), None), ("Part", day("2"), None)];
    let (text, events) = events(&parts, &[("once", None)], date(2027, 1, 4));
    assert_eq!(events.len(), 3);
    let ids: std::collections::BTreeSet<&str> = events.iter().map(|event| event.get_uid().expect("a UID")).collect();
    assert_eq!(ids.len(), 3);
    for event in &events {
        let made = event.get_timestamp().expect("a time stamp");
        assert_eq!(made.timestamp(), MADE_AT);
    }
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let words = "Words, with; marks \\ and\nlines: é".repeat(9);
    assert!(events[1].get_description().expect("words").contains(&words), "{:?}", events[1].get_description());
    assert!(events[1].get_summary().expect("a title").ends_with("Part, the"));
    // The same call gives the same file, so that a newer one replaces it.
    assert_eq!(text, self::events(&parts, &[("once", None)], date(2027, 1, 4)).0);
}

/// A moved start moves the events instead of adding others, whichever of its days are known.
#[test]
fn a_newer_file_replaces_the_events_of_an_older_one() {
    let guide = minimal();
    let day = |text| Some((TimeUnit::Days, text));
    let parts = [("Part", day("-7 to -1"), None), ("Pills", day("1 to 60"), Some("days 1 and 8 of every 21 days"))];
    let uids = |start| -> Vec<String> {
        events(&parts, &[("once", None)], start).1.iter().map(|event| event.get_uid().expect("a UID").to_owned()).collect()
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
    assert!(sequence(253_402_207_200) < 1 << 31, "at the end of time it still fits");
    let text = events(&parts, &[], date(2027, 1, 10)).0;
    assert!(text.replace("\r\n ", "").contains("make a new calendar file"), "{text}");
}

#[test]
fn no_event_is_shown_to_whom_a_calendar_is_shared_with() {
    let (text, events) = events(&[("Part", Some((TimeUnit::Days, "0")), None)], &[], date(2027, 1, 10));
    assert!(!events.is_empty());
    assert_eq!(text.matches("\r\nCLASS:PRIVATE\r\n").count(), events.len());
}

#[test]
fn a_day_before_the_year_1_is_in_no_calendar() {
    let guide = minimal();
    let made_at = Timestamp::from_second(MADE_AT).expect("a time");
    let of = |start, further: &[Option<Date>]| calendar((&guide).into(), &guide.treatments[0], start, further, made_at);
    assert_eq!(of(date(0, 12, 31), &[]), None);
    assert_eq!(of(date(2027, 1, 1), &[Some(date(-5, 1, 1))]), None);
    // What a part would put before the year 1 has no days; it is told in words.
    let (text, events) = events(&[("Part", Some((TimeUnit::Weeks, "-6")), None)], &[], date(1, 1, 2));
    assert_eq!(events.len(), 1, "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:00010102\r\n"), "{text}");
    assert!(text.replace("\r\n ", "").contains("- Part (start of Part)"), "{text}");
}

#[test]
fn the_end_of_time_is_no_panic() {
    let (_, events) = events(&[("Part", Some((TimeUnit::Years, "2")), None)], &[], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
    let (_, events) = self::events(&[], &[("every 3 weeks", None)], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
}
