//! What is printed is opened and read back by libraries that had no part in writing it.

use std::fs;
use std::path::Path;

use icalendar::{CalendarComponent, Component, DatePerhapsTime};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use lopdf::Object;
use sarcoguide_advise::advise;
use sarcoguide_language::SourceFile;
use sarcoguide_model::{Administration, Case, Guide, Phase, Statement};
use sarcoguide_print::calendar::calendar;
use sarcoguide_print::pdf::pdf;
use sarcoguide_report::Answered;
use sarcoguide_report::document::{Document, Line};
use sarcoguide_report::take_along::take_along;

/// The minimal guide of the language's tests.
fn minimal() -> Guide {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../language/tests/minimal");
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
    sarcoguide_language::load(&files).loaded.expect("a whole guide").guide
}

/// A PDF read back: the file and its text, white space as single spaces.
fn read(bytes: &[u8]) -> (lopdf::Document, String) {
    let file = lopdf::Document::load_mem(bytes).expect("a PDF");
    let text = pdf_extract::extract_text_from_mem(bytes).expect("its text");
    (file, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn printed(document: &Document) -> (lopdf::Document, String) {
    read(&pdf(document, "en").expect("a PDF"))
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
    assert_eq!(pdf(&document, "en").expect("a PDF"), pdf(&document, "en").expect("a PDF"));
    assert!(printed(&document).0.get_pages().len() > 1);
}

#[test]
fn a_summary_of_a_case_is_taken_along() {
    let guide = minimal();
    let case = Case::unknown(guide.facts.len());
    let advice = advise(&guide, &case).expect("an answer");
    let document = take_along(&guide, Answered { case: &case, advice: &advice, what_matters: &[] }, None);
    let (_, text) = printed(&document);
    for part in [&guide.name, &guide.disclaimer.text, &guide.version] {
        assert!(text.contains(part.as_str()), "`{part}` is not in `{text}`");
    }
    let question = &guide.facts[advice.next_questions[0].fact.index()].question;
    assert!(text.contains(question.as_str()), "`{question}` is not in `{text}`");
}

const MADE_AT: i64 = 1_795_430_096;

/// A treatment with these phases (start, length) and ways of giving (schedule, duration), as events read back.
fn events(
    phases: &[(Option<&str>, Option<&str>)],
    given: &[(&str, Option<&str>)],
    start: Date,
) -> (String, Vec<icalendar::Event>) {
    let guide = minimal();
    let mut treatment = guide.treatments[0].clone();
    let statement = || Statement { text: "Words, with; marks \\ and\nlines: é".repeat(9), from: Vec::new() };
    let owned = |text: &Option<&str>| text.map(str::to_owned);
    let phase = |(starts, lasts): &(Option<&str>, Option<&str>)| Phase {
        name: "Part, the".to_owned(),
        starts: owned(starts),
        lasts: owned(lasts),
        statement: statement(),
    };
    let administration = |(schedule, duration): &(&str, Option<&str>)| Administration {
        route: "oral".to_owned(),
        setting: None,
        form: None,
        schedule: Some((*schedule).to_owned()),
        duration: owned(duration),
        rule: None,
        statement: statement(),
    };
    treatment.phases = phases.iter().map(phase).collect();
    treatment.administrations = given.iter().map(administration).collect();
    let text = calendar(&guide, &treatment, start, Timestamp::from_second(MADE_AT).expect("a time"));
    let read: icalendar::Calendar = text.parse().expect("a calendar");
    let events = read.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    let events = events.collect();
    (text, events)
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

#[test]
fn what_the_guide_says_exactly_gets_its_days() {
    let phases = [(Some("day 0"), Some("5 weeks")), (Some("after 2 months"), None), (Some("after surgery"), Some("3 weeks"))];
    let given = [
        ("every 3 weeks", Some("4 months")),
        ("days 1 and 8 of every 21 days", None),
        ("5 days a week", Some("5 weeks")),
        ("about every 2 weeks", None),
        ("once a day", Some("usually several weeks")),
    ];
    let (text, events) = events(&phases, &given, date(2026, 12, 31));
    let days: Vec<(String, String)> = events.iter().map(days).collect();
    assert_eq!(
        days,
        [
            pair("2026-12-31", "2027-01-01"),
            pair("2026-12-31", "2027-02-04"),
            pair("2027-02-28", "2027-03-01"),
            pair("2026-12-31", "2027-01-01"),
            pair("2026-12-31", "2027-01-01"),
            pair("2027-01-07", "2027-01-08"),
            pair("2026-12-31", "2027-01-01"),
        ]
    );
    let rules: Vec<Option<&str>> = events.iter().map(|event| event.property_value("RRULE")).collect();
    assert_eq!(
        rules,
        [
            None,
            None,
            None,
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270429"),
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270324"),
            Some("FREQ=DAILY;INTERVAL=21;UNTIL=20270324"),
            Some("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270203"),
        ]
    );
    // What has no days of its own is told on the first day.
    let first = events[0].get_description().expect("words");
    for told in ["after surgery; 3 weeks", "about every 2 weeks", "once a day; usually several weeks"] {
        assert!(first.contains(told), "`{told}` is not in `{first}`");
    }
    assert!(events[4].get_description().expect("words").contains("does not say for how long: 12 weeks"));
    assert!(text.ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn a_course_of_weekdays_that_starts_on_a_weekend_begins_on_monday() {
    let (_, events) = events(&[], &[("5 days a week", Some("2 weeks"))], date(2027, 1, 2));
    assert_eq!(days(&events[1]), pair("2027-01-04", "2027-01-05"));
}

#[test]
fn every_event_is_whole_and_its_text_comes_back() {
    let (text, events) = events(&[(Some("day 1"), None)], &[("once", None)], date(2027, 1, 4));
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
    assert_eq!(text, self::events(&[(Some("day 1"), None)], &[("once", None)], date(2027, 1, 4)).0);
}

#[test]
fn the_end_of_time_is_no_panic() {
    let (_, events) = events(&[(Some("after 2 years"), None)], &[("every 3 weeks", None)], date(9999, 12, 31));
    assert_eq!(events.len(), 1);
}
