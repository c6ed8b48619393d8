//! Writes iCalendar files: properties, escaping and line folding.

use jiff::Timestamp;
use jiff::civil::Date;

/// An event that lasts one or more whole days.
pub(crate) struct Event {
    /// The key that identifies the event, even when its dates change.
    pub key: String,
    /// The title shown in the calendar.
    pub title: String,
    /// The description shown when someone opens the event.
    pub text: String,
    /// The first day.
    pub first: Date,
    /// The day after the last day. `None` if the event lasts one day.
    pub end: Option<Date>,
    /// The recurrence rule (the value of `RRULE`), if the event repeats.
    pub rule: Option<String>,
}

/// Writes a calendar file.
///
/// `provenance` contains the names and values of properties for the whole calendar. Each name starts with `X-`, because RFC 5545 has no
/// standard property for such notes: it allows COMMENT in an event, but not for a whole calendar.
///
/// A newer file has a higher `SEQUENCE`. A calendar program that imports it updates the events with the same keys instead of adding new ones. Events
/// are private: calendar programs that support `CLASS` hide them from other people who can see the calendar.
pub(crate) fn calendar(made_at: Timestamp, provenance: &[(&str, &str)], events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |content: String| fold(&content, &mut text);
    // Minutes since 1970 fit in the 31 bits of an INTEGER. If two files were made in the same minute, DTSTAMP decides which is newer.
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
        // A treatment doesn't make a person unavailable all day.
        line("TRANSP:TRANSPARENT".to_owned());
        line("END:VEVENT".to_owned());
    }
    line("END:VCALENDAR".to_owned());
    text
}

/// Escapes text for use as a property value. Backslashes, semicolons, commas and line breaks are escaped. Other control characters become spaces.
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

/// Appends a content line, folded into lines of at most 75 bytes. Folding never splits a character.
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
    fn escaped_text_cannot_end_its_property() {
        assert_eq!(escaped("a,b;c\\d\r\nEND:VEVENT\u{0}"), "a\\,b\\;c\\\\d \\nEND:VEVENT ");
    }
}
