//! Writing iCalendar: properties, escaping, folding.

use jiff::Timestamp;
use jiff::civil::Date;

/// Something that lasts whole days.
pub(crate) struct Event {
    /// What it is, the same wherever it is moved to.
    pub key: String,
    /// What a calendar shows.
    pub title: String,
    /// What it shows on opening.
    pub text: String,
    /// The first day.
    pub first: Date,
    /// The day after the last; the day after the first where there is none.
    pub end: Option<Date>,
    /// How it repeats, as a recurrence rule.
    pub rule: Option<String>,
}

/// A whole file.
///
/// `provenance` are properties of the whole calendar: a name that begins with `X-`, and its value. RFC 5545 has no COMMENT for a calendar.
///
/// An event is known by its key, and a newer file has a higher `SEQUENCE`: a calendar program that reads it moves the events of an older one
/// instead of adding to them. Whoever shares a calendar does not see them, as far as the program knows `CLASS`.
pub(crate) fn calendar(made_at: Timestamp, provenance: &[(&str, &str)], events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |content: String| fold(&content, &mut text);
    // Minutes fit into the 31 bits of an INTEGER; between two files of one minute, DTSTAMP decides.
    let sequence = made_at.as_second().div_euclid(60).clamp(0, i64::from(i32::MAX));
    line("BEGIN:VCALENDAR".to_owned());
    line("VERSION:2.0".to_owned());
    line("PRODID:-//sarcoguide//calendar//EN".to_owned());
    line("CALSCALE:GREGORIAN".to_owned());
    for (name, value) in provenance {
        line(format!("{name}:{}", escaped(value)));
    }
    for event in events {
        let end = event.end.filter(|end| *end > event.first).or(event.first.tomorrow().ok());
        line("BEGIN:VEVENT".to_owned());
        line(format!("UID:{}@sarcoguide", event.key));
        line(format!("SEQUENCE:{sequence}"));
        line(format!("DTSTAMP:{}", made_at.strftime("%Y%m%dT%H%M%SZ")));
        line(format!("DTSTART;VALUE=DATE:{}", event.first.strftime("%Y%m%d")));
        if let Some(end) = end {
            line(format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")));
        }
        if let Some(rule) = &event.rule {
            line(format!("RRULE:{rule}"));
        }
        line(format!("SUMMARY:{}", escaped(&event.title)));
        line(format!("DESCRIPTION:{}", escaped(&event.text)));
        line("CLASS:PRIVATE".to_owned());
        // A treatment does not make a person unavailable all day.
        line("TRANSP:TRANSPARENT".to_owned());
        line("END:VEVENT".to_owned());
    }
    line("END:VCALENDAR".to_owned());
    text
}

/// Text as a value: what would end or split it is escaped, other control characters become spaces.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => value.push(' '),
            letter => value.push(letter),
        }
    }
    value
}

/// Adds a line, folded after at most 75 bytes and never inside a character.
fn fold(content: &str, text: &mut String) {
    let mut used = 0;
    for letter in content.chars() {
        if used + letter.len_utf8() > 75 {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(letter);
        used += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_between_characters() {
        let mut text = String::new();
        fold(&"ä".repeat(100), &mut text);
        assert!(text.lines().all(|line| line.len() <= 75), "{text:?}");
        assert_eq!(text.replace("\r\n ", ""), format!("{}\r\n", "ä".repeat(100)));
    }

    #[test]
    fn text_cannot_leave_its_property() {
        assert_eq!(escaped("a,b;c\\d\r\nEND:VEVENT\u{0}"), "a\\,b\\;c\\\\d \\nEND:VEVENT ");
    }
}
