//! `sarcoguide check --older-than`, and what rests on superseded sources only.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use sarcoguide_model::{Guide, PartialDate};
use sarcoguide_verify::{GuideStatement, staleness, superseded};
use serde_json::{Map, Value, json};

use crate::output::Failure;
use crate::source_diff::{statement_json, wrapped};

/// How old is old, as asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub years: u16,
    pub as_of: PartialDate,
}

impl Asked {
    /// From the flags; today, in UTC, where no day is named.
    pub fn new(years: Option<u16>, as_of: Option<&str>) -> Result<Option<Self>, Failure> {
        let Some(years) = years else { return Ok(None) };
        let as_of = match as_of {
            None => today()?,
            Some(written) => PartialDate::parse(written).filter(|date| date.day.is_some()).ok_or_else(|| {
                let written: String = written.chars().take(20).flat_map(char::escape_debug).collect();
                Failure::Input(format!("--as-of: `{written}` is not a day; write it as in 2026-03-09"))
            })?,
        };
        Ok(Some(Self { years, as_of }))
    }
}

pub(crate) fn today() -> Result<PartialDate, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.ok().and_then(|since| i64::try_from(since.as_secs() / 86_400).ok());
    let date = days.and_then(civil);
    date.ok_or_else(|| Failure::Input("this machine's clock is not set; name the day with --as-of".to_owned()))
}

/// The day so many days after 1970-01-01, in the Gregorian calendar: years are counted from March, so that a leap day comes last.
fn civil(days: i64) -> Option<PartialDate> {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Some(PartialDate {
        year: u16::try_from(year).ok()?,
        month: Some(u8::try_from(month).ok()?),
        day: Some(u8::try_from(of_month).ok()?),
    })
}

/// What is told a person: counts, and every statement with `all`. Empty where nothing was asked and nothing is superseded.
pub(crate) fn render_text(guide: &Guide, asked: Option<Asked>, all: bool, width: usize) -> String {
    let mut text = String::new();
    let push = |text: &mut String, statement: &GuideStatement, note: &str| {
        text.push_str(&format!("  {}{note}: {}\n", statement.place, statement.text));
    };
    if let Some(Asked { years, as_of }) = asked {
        let found = staleness(guide, years, as_of);
        text.push_str(&format!(
            "\n{} statements rest on nothing newer than {years} years before {as_of}, {} on nothing dated\n",
            found.older.len(),
            found.undated.len()
        ));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for stale in &found.older {
            *counts.entry(guide[stale.source].id.as_str()).or_default() += 1;
        }
        for (source, count) in counts {
            text.push_str(&format!("{source:<15} {count:>8} older\n"));
        }
        if all {
            text.push_str("\nolder:\n");
            for stale in &found.older {
                let source = &guide[stale.source].id;
                push(&mut text, &stale.statement, &format!(" ({source}, {})", stale.revised));
            }
            text.push_str("\nundated:\n");
            found.undated.iter().for_each(|statement| push(&mut text, statement, &cited(guide, statement)));
        }
    }
    let replaced = superseded(guide);
    if !replaced.is_empty() {
        text.push_str(&format!("\n{} statements rest on superseded sources only:\n", replaced.len()));
        replaced.iter().for_each(|statement| push(&mut text, statement, &cited(guide, statement)));
    }
    if !all && asked.is_some() {
        text.push_str("the older and undated statements are listed with --warnings\n");
    }
    let tables = text.lines().map(|line| if line.starts_with("  ") { wrapped(line, width) } else { format!("{line}\n") });
    tables.collect()
}

fn cited(guide: &Guide, statement: &GuideStatement) -> String {
    let from: Vec<String> = statement.from.iter().map(|passage| guide.citation(*passage)).collect();
    format!(" [{}]", from.join(", "))
}

/// The same for another program: `staleness` (none where it was not asked) and `superseded`.
pub(crate) fn add(document: &mut Map<String, Value>, guide: &Guide, asked: Option<Asked>) {
    let staleness = asked.map(|Asked { years, as_of }| {
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
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        for (days, written) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_454, "2026-01-01"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(civil(days).map(|day| day.to_string()), Some(written.to_owned()), "{days}");
        }
    }
}
