//! Tests PDFs and calendar files by reading them with other libraries than those that write them.

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
use sarcoguide_model::{
    Administration, Bounds, Case, Count, Decimal, FactValue, Guide, Label, Length, Phase, Precision, RouteId, Statement,
    TimeUnit, Timing, Weekday,
};
use sarcoguide_testkit::empty_timing;
use sarcoguide_views::Answered;
use sarcoguide_views::calendar::{calendar, days_to_ask};
use sarcoguide_views::visit_summary::visit_summary;

/// Loads the minimal guide from the compiler's tests.
fn minimal() -> Guide {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal");
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder should be accessible") {
            let path = entry.expect("the folder entry should be readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(&root).expect("the path should be in the folder").to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: name, text: fs::read_to_string(&path).expect("the file should be readable") });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors").guide
}

/// Parses a PDF. Returns the file and its text, with each run of white space replaced by one space.
fn read(bytes: &[u8]) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(bytes).expect("a valid PDF");
    let text = pdf_extract::extract_text_from_mem(bytes).expect("the text of the PDF");
    (file, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders a document as a PDF, and parses the PDF with [`read`].
fn printed(document: &Document) -> (lopdf::Document, String) {
    read(&pdf(document, &minimal().language).expect("a valid PDF"))
}

#[test]
fn a_pdf_contains_all_text_and_the_structure_of_the_document() {
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
    let marked = catalog.get(b"MarkInfo").and_then(|object| file.dereference(object)).expect("the mark information").1;
    assert!(
        marked.as_dict().and_then(|marks| marks.get(b"Marked")).and_then(Object::as_bool).expect("`Marked` should be a boolean")
    );
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let roles: Vec<&[u8]> =
        file.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok()).collect();
    let count = |role: &[u8]| roles.iter().filter(|known| **known == role).count();
    // There are two lists: the nested one, and the outer one, which also contains the row of the table.
    assert_eq!([b"H1".as_slice(), b"H2", b"P", b"L", b"LI", b"Lbl", b"LBody"].map(count), [1, 1, 1, 2, 5, 5, 5]);
}

#[test]
fn a_summary_starts_by_saying_that_the_guide_does_not_cover_the_case() {
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
fn text_that_looks_like_markup_is_printed_unchanged() {
    let markup = "#set page() \\ $x$ *b* _i_ <tag> (paren) %EOF endstream endobj [a](b) `c` ~ ^ {d} \"q\" 'é' – ≤ α";
    let mut document = Document::default();
    document.heading(1, markup);
    document.paragraph(markup);
    let (file, text) = printed(&document);
    assert_eq!(text.matches(markup).count(), 2, "{text}");
    assert_eq!(file.get_pages().len(), 1);
}

#[test]
fn empty_and_extreme_documents_are_printed() {
    let (file, _) = printed(&Document::default());
    assert_eq!(file.get_pages().len(), 1);
    let mut document = Document::default();
    document.heading(1, "");
    document.paragraph("   ");
    printed(&document);
    // Control characters, a bidi control, private-use characters, and characters that the fonts lack: an emoji, Chinese, and half of a flag.
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
    assert_eq!(pdf(&document, &guide.language).expect("a valid PDF"), pdf(&document, &guide.language).expect("a valid PDF"));
    assert!(printed(&document).0.get_pages().len() > 1);
}

#[test]
fn a_summary_can_be_downloaded() {
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

fn exactly(least: u16) -> Option<Count> {
    Some(Count { least, most: None })
}

fn up_to(most: u16) -> Option<Count> {
    Some(Count { least: 1, most: Some(most) })
}

fn length(number: u16, unit: TimeUnit) -> Length {
    Length { count: Count { least: number, most: None }, unit }
}

fn once() -> Timing {
    Timing { count: exactly(1), ..empty_timing() }
}

fn every(number: u16, unit: TimeUnit) -> Timing {
    Timing { frequency: exactly(1), period: Some(length(number, unit)), ..empty_timing() }
}

/// Monday to Friday for this number of weeks.
fn weekdays(weeks: u16) -> Timing {
    let bounds = Some(Bounds::Duration(length(weeks, TimeUnit::Weeks)));
    Timing { bounds, day_of_week: Weekday::ALL[..5].to_vec(), ..every(1, TimeUnit::Days) }
}

/// From `start` to `end`, or without an end.
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
        ("5 days a week", Some(weekdays(5))),
        ("about every 2 weeks", None),
        ("twice a week", Some(Timing { frequency: exactly(2), ..every(1, Weeks) })),
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
    assert!(text(&events[2]).contains("does not say for how long: 12 weeks"));
    assert!(file.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn every_phase_has_one_event_that_says_how_exact_it_is() {
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
fn a_day_that_only_the_team_knows_ends_one_phase_and_starts_another() {
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
fn a_course_of_weekdays_that_starts_on_a_weekend_begins_on_monday() {
    let (_, events) = events(&[], &[("5 days a week", Some(weekdays(2)))], date(2027, 1, 2));
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

/// If the start is moved and the newer file is imported, events move and aren't duplicated.
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
fn dates_after_the_last_supported_day_do_not_panic() {
    let (_, events) = events(&[("Part", Some(from(2, Some(2), TimeUnit::Years)))], &[], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
    let (_, events) = self::events(&[], &[("every 3 weeks", Some(every(3, TimeUnit::Weeks)))], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
}

#[test]
fn a_range_of_lengths_is_shown_up_to_its_longest() {
    let range = Length { count: Count { least: 5, most: Some(6) }, unit: TimeUnit::Weeks };
    let given = [("every week", Some(Timing { bounds: Some(Bounds::Duration(range)), ..every(1, TimeUnit::Weeks) }))];
    let (_, events) = events(&[], &given, date(2027, 1, 4));
    assert_eq!(titles(&events), ["Oral (may end sooner)"]);
    assert_eq!(rules(&events), [Some("FREQ=DAILY;INTERVAL=7;UNTIL=20270214")]);
}
