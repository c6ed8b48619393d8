//! `sarcoguide check --older-than`: counts the statements whose newest source is old. Also lists, in every check, the statements that cite only
//! superseded sources.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use sarcoguide_model::{Guide, PartialDate};
use sarcoguide_verify::{GuideStatement, staleness, superseded};
use serde_json::{Map, Value, json};

use crate::source_diff::{statement_json, wrapped};

/// The age limit for sources, from the command line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AgeLimit {
    /// A source is old if it was revised more than this many years before `as_of`.
    pub years: u16,
    pub as_of: PartialDate,
}

impl AgeLimit {
    /// Creates the limit from the flags. `as_of` defaults to today in UTC. Returns `None` if no number of years is given.
    pub fn new(years: Option<u16>, as_of: Option<Date>) -> Option<Self> {
        let as_of = as_of.map_or_else(today, partial);
        years.map(|years| Self { years, as_of })
    }
}

/// Today's date in UTC, from this machine's clock.
fn today() -> PartialDate {
    partial(Timestamp::now().to_zoned(TimeZone::UTC).date())
}

/// Today's date in this machine's time zone.
pub(crate) fn local_today() -> PartialDate {
    partial(Zoned::now().date())
}

fn partial(day: Date) -> PartialDate {
    PartialDate {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: u8::try_from(day.month()).ok(),
        day: u8::try_from(day.day()).ok(),
    }
}

/// Describes the findings as text: the counts, the statements that cite only superseded sources and, if `all` is true, the statements with old or
/// undated sources. Empty if no limit is given and no statement cites only superseded sources.
pub(crate) fn render_text(guide: &Guide, limit: Option<AgeLimit>, all: bool, width: usize) -> String {
    let mut text = String::new();
    let push = |text: &mut String, statement: &GuideStatement, note: &str| {
        text.push_str(&format!("  {}{note}: {}\n", statement.place, statement.text));
    };
    if let Some(AgeLimit { years, as_of }) = limit {
        let found = staleness(guide, years, as_of);
        let years = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
        text.push_str(&format!(
            "\n{} only sources that were more than {years} old on {as_of}, and {} no dated source\n",
            counted(found.older.len(), "1 statement has", "statements have"),
            counted(found.undated.len(), "1 has", "have"),
        ));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for stale in &found.older {
            *counts.entry(guide[stale.source].id.as_str()).or_default() += 1;
        }
        for (source, count) in counts {
            text.push_str(&format!("{source:<15} {count:>8} older\n"));
        }
        if all {
            text.push_str("\nStatements with older sources only:\n");
            for stale in &found.older {
                let source = &guide[stale.source].id;
                push(&mut text, &stale.statement, &format!(" ({source}, {})", stale.revised));
            }
            text.push_str("\nStatements without a dated source:\n");
            found.undated.iter().for_each(|statement| push(&mut text, statement, &cited(guide, statement)));
        }
    }
    let replaced = superseded(guide);
    if !replaced.is_empty() {
        let count = counted(replaced.len(), "1 statement cites", "statements cite");
        text.push_str(&format!("\n{count} only superseded sources:\n"));
        replaced.iter().for_each(|statement| push(&mut text, statement, &cited(guide, statement)));
    }
    if !all && limit.is_some() {
        text.push_str("--warnings lists the older and undated statements\n");
    }
    let lines = text.lines().map(|line| if line.starts_with("  ") { wrapped(line, width) } else { format!("{line}\n") });
    lines.collect()
}

/// Returns `one` for a count of 1, and otherwise the count with `many` after it.
fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{count} {many}") }
}

fn cited(guide: &Guide, statement: &GuideStatement) -> String {
    let from: Vec<String> = statement.from.iter().map(|passage| guide.citation(*passage)).collect();
    format!(" [{}]", from.join(", "))
}

/// Adds the findings to a JSON document: `ages`, which is null if no limit is given, and `superseded`.
pub(crate) fn add(document: &mut Map<String, Value>, guide: &Guide, limit: Option<AgeLimit>) {
    let staleness = limit.map(|AgeLimit { years, as_of }| {
        let found = staleness(guide, years, as_of);
        let older = found.older.iter().map(|stale| {
            let source = &guide[stale.source].id;
            json!({ "source": source, "revised": stale.revised.to_string(), "statement": statement_json(guide, &stale.statement) })
        });
        json!({
            "older_than_years": years,
            "as_of": as_of.to_string(),
            "older": older.collect::<Vec<_>>(),
            "undated": found.undated.iter().map(|statement| statement_json(guide, statement)).collect::<Vec<_>>(),
        })
    });
    let replaced: Vec<Value> = superseded(guide).iter().map(|statement| statement_json(guide, statement)).collect();
    document.insert("ages".to_owned(), json!(staleness));
    document.insert("superseded".to_owned(), json!(replaced));
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_single_statement_is_singular() {
        let texts = [0, 1, 2].map(|count| counted(count, "1 statement has", "statements have"));
        assert_eq!(texts, ["0 statements have", "1 statement has", "2 statements have"]);
    }
}
