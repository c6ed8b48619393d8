//! Reads the `timing` of a phase or an administration. Most of its fields are those of FHIR's `Timing.repeat`, spelled with `_`.

use sarcoguide_model::{Bounds, ClosedSet, Count, Length, Precision, TimeUnit, Timing, Weekday};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::table::Table;

/// The largest absolute value of a number in a timing.
const MAX_NUMBER: i64 = 1000;
/// The keys of the three kinds of bounds. A timing has at most one of them.
const BOUNDS: [&str; 3] = ["bounds_period", "bounds_duration", "bounds_range"];
/// A timing needs at least one of these keys.
const AT_LEAST_ONE_OF: [&str; 8] = [BOUNDS[0], BOUNDS[1], BOUNDS[2], "period", "period_max", "period_unit", "count", "count_max"];
/// The keys that [`Reader`] reads only in combination with other keys. They're always marked as known.
const DEPENDENT_KEYS: [&str; 8] =
    ["frequency_max", "period", "period_max", "period_unit", "duration", "duration_max", "duration_unit", "count_max"];

/// The kind of entry that a timing belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Phase,
    Administration,
}

/// Reads `timing`, and checks that `entry` also describes the timing in words. `has_index_date` says whether the treatment defines an index date,
/// which applies unless the timing has its own.
pub(crate) fn read(entry: &Table, holder: Holder, has_index_date: bool) -> Option<Timing> {
    let table = entry.table("timing", "a timing")?;
    let reader = Reader { table: &table };
    let timing = reader.timing()?;
    let counts_from_index_date = matches!(timing.bounds, Some(Bounds::Period { .. }));
    if holder == Holder::Phase && !counts_from_index_date {
        reader.report(
            "the timing of a phase doesn't say when it starts",
            "add a start, as in bounds_period = { start = 0, unit = \"d\" }",
        );
    }
    if counts_from_index_date && timing.index_date.is_none() && !has_index_date {
        let error = Diagnostic::new(
            Code::MissingIndexDate,
            "a timing has no index date to count from",
            table.file,
            table.span.clone(),
            "no index date",
        );
        table.report(
            error.help("define it before the first [[...]] of the treatment, as in index_date = \"the first day of treatment\""),
        );
    }
    for keys in words(holder, &timing) {
        if !keys.iter().any(|key| entry.has(key)) {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let message = format!("a timing isn't described in words: {} is missing", keys.join(" or "));
            let error =
                Diagnostic::new(Code::TimingWithoutWords, message, table.file, table.span.clone(), "given only in numbers");
            table.report(
                error.help(
                    "describe the timing in words, as the source does; people read the words, and calendars use the numbers",
                ),
            );
        }
    }
    Some(timing)
}

/// Returns lists of the keys that describe a timing in words. The entry must have at least one key from each list.
fn words(holder: Holder, timing: &Timing) -> Vec<&'static [&'static str]> {
    let repeats = timing.period.is_some() || timing.count.is_some();
    let lasts = timing.bounds.is_some() || timing.period.is_some() && timing.count.is_some();
    let lasts_in_words: &[&str] = match holder {
        Holder::Phase => &["starts", "lasts"],
        Holder::Administration => &["duration"],
    };
    let mut words: Vec<&'static [&'static str]> = Vec::new();
    if lasts {
        words.push(lasts_in_words);
    }
    if repeats || holder == Holder::Administration && !lasts {
        words.push(&["schedule"]);
    }
    words
}

struct Reader<'t, 'a> {
    table: &'t Table<'a>,
}

impl Reader<'_, '_> {
    fn report(&self, message: impl Into<String>, help: impl Into<String>) {
        let error = Diagnostic::new(Code::UnreadableTiming, message, self.table.file, self.table.span.clone(), "this timing");
        self.table.report(error.help(help));
    }

    /// Reads the timing. Returns `None` if it has no valid bounds, `period` or `count`.
    fn timing(&self) -> Option<Timing> {
        let table = self.table;
        let timing = Timing {
            bounds: self.bounds(),
            precision: table.choice("precision").unwrap_or(Precision::Exact),
            index_date: table.optional_text("index_date"),
            until: table.optional_text("until"),
            frequency: self.count("frequency", "frequency_max"),
            period: self.length(["period", "period_max", "period_unit"]),
            duration: self.length(["duration", "duration_max", "duration_unit"]),
            count: self.times(),
            days_of_cycle: self.days_of_cycle(),
            day_of_week: self.days_of_week(),
        };
        table.expect(&DEPENDENT_KEYS);
        table.finish();
        if !AT_LEAST_ONE_OF.iter().any(|key| table.has(key)) {
            self.report(
                "a timing doesn't say how long or how often",
                "add `bounds_...`, `period` or `count`, or remove the timing",
            );
            return None;
        }
        // Keys with invalid values have already been reported.
        let read = timing.bounds.is_some() || timing.period.is_some() || timing.count.is_some();
        read.then(|| {
            self.check(&timing);
            timing
        })
    }

    /// Reads a whole number from `smallest` to [`MAX_NUMBER`]. Reports any other number and returns `None`.
    fn number(&self, table: &Table, key: &'static str, smallest: i64) -> Option<i64> {
        let number = table.whole(key)?;
        if (smallest..=MAX_NUMBER).contains(&number) {
            return Some(number);
        }
        self.report(
            format!("`{key}` of a timing can't be `{number}`"),
            format!("write a whole number from {smallest} to {MAX_NUMBER}"),
        );
        None
    }

    fn at_least_one(&self, table: &Table, key: &'static str) -> Option<u16> {
        self.number(table, key, 1).and_then(|number| u16::try_from(number).ok())
    }

    fn bounds(&self) -> Option<Bounds> {
        let kinds = BOUNDS.map(|key| self.table.table(key, "bounds"));
        if kinds.iter().flatten().count() > 1 {
            self.report("a timing has more than one kind of bounds", format!("keep one of {}", BOUNDS.join(", ")));
        }
        let [period, duration, range] = kinds;
        if let Some(table) = period {
            let start = self.number(&table, "start", -MAX_NUMBER);
            let end = self.number(&table, "end", -MAX_NUMBER);
            let unit = table.choice("unit");
            table.finish();
            let (Some(start), Some(unit)) = (start, unit) else {
                self.report_missing(&table, &["start", "unit"]);
                return None;
            };
            if end.is_some_and(|end| end < start) {
                self.report(
                    "a timing ends before it starts",
                    "write the earlier one as `start`; for times before the index date, write `-1`, `-2` and so on",
                );
            }
            let number = |number: i64| i16::try_from(number).ok();
            return Some(Bounds::Period { start: number(start)?, end: end.and_then(number), unit });
        }
        let (table, least, most) = match (duration, range) {
            (Some(table), _) => (table, "value", None),
            (None, Some(table)) => (table, "low", Some("high")),
            (None, None) => return None,
        };
        let count = match most {
            None => self.at_least_one(&table, least).map(|least| Count { least, most: None }),
            Some(most) => self.range(&table, least, most),
        };
        let unit = table.choice("unit");
        table.finish();
        if let (Some(count), Some(unit)) = (count, unit) {
            return Some(Bounds::Duration(Length { count, unit }));
        }
        let keys: Vec<&str> = [Some(least), most, Some("unit")].into_iter().flatten().collect();
        self.report_missing(&table, &keys);
        None
    }

    /// Reports which of these keys are missing.
    fn report_missing(&self, table: &Table, keys: &[&str]) {
        for key in keys.iter().filter(|key| !table.has(key)) {
            self.report(format!("a timing has no `{key}`"), format!("add `{key}`"));
        }
    }

    /// Reads both ends of a range. Returns `None` if one of them is missing or invalid.
    fn range(&self, table: &Table, low: &'static str, high: &'static str) -> Option<Count> {
        let (least, most) = (self.at_least_one(table, low), self.at_least_one(table, high));
        let (least, most) = (least?, most?);
        if most <= least {
            self.report(format!("`{high}` isn't larger than `{low}`"), format!("write the smaller number as `{low}`"));
        }
        Some(Count { least, most: Some(most) })
    }

    fn count(&self, key: &'static str, max: &'static str) -> Option<Count> {
        if self.table.has(max) {
            self.report_missing(self.table, &[key]);
            return self.range(self.table, key, max);
        }
        let least = self.at_least_one(self.table, key)?;
        Some(Count { least, most: None })
    }

    /// Reads `count` and `count_max`. Without `count`, `count_max` means "up to this many".
    fn times(&self) -> Option<Count> {
        if self.table.has("count_max") && !self.table.has("count") {
            let most = self.at_least_one(self.table, "count_max")?;
            return Some(Count { least: 1, most: (most > 1).then_some(most) });
        }
        self.count("count", "count_max")
    }

    fn length(&self, [key, max, unit]: [&'static str; 3]) -> Option<Length> {
        if ![key, max, unit].iter().any(|key| self.table.has(key)) {
            return None;
        }
        let (count, unit_read) = (self.count(key, max), self.table.choice(unit));
        if !self.table.has(max) {
            self.report_missing(self.table, &[key]);
        }
        self.report_missing(self.table, &[unit]);
        Some(Length { count: count?, unit: unit_read? })
    }

    fn days_of_cycle(&self) -> Vec<u16> {
        let days = self.table.integers("days_of_cycle");
        if !days.is_sorted_by(|day, next| day < next) || !days.iter().all(|day| (1..=MAX_NUMBER).contains(day)) {
            self.report("`days_of_cycle` must be ascending numbers from 1", "write, for example, days_of_cycle = [1, 8]");
            return Vec::new();
        }
        days.into_iter().filter_map(|day| u16::try_from(day).ok()).collect()
    }

    fn days_of_week(&self) -> Vec<Weekday> {
        let mut days: Vec<Weekday> = Vec::new();
        let texts = self.table.texts("day_of_week");
        if self.table.is_empty_list("day_of_week") {
            self.report("`day_of_week` of a timing is empty", "list the days of the week, or remove `day_of_week`");
        }
        for text in texts {
            let day = Weekday::from_id(&text.text);
            match day.filter(|day| days.last().is_none_or(|last| last < day)) {
                Some(day) => days.push(day),
                None => {
                    let help = format!("use only {}, in that order", Weekday::ALL.map(Weekday::id).join(", "));
                    self.report(format!("`{}` isn't a day of the week, or is out of order", text.text), help);
                }
            }
        }
        days
    }

    /// Checks rules that involve several fields.
    fn check(&self, timing: &Timing) {
        if timing.until.is_some() && !matches!(timing.bounds, Some(Bounds::Period { end: None, .. })) {
            self.report("`until` needs a `bounds_period` without an end", "write bounds_period = { start = ..., unit = ... }");
        }
        if timing.until.is_some() && timing.count.is_some() {
            self.report("`until` and `count` both say when a timing ends", "keep the one that the source gives");
        }
        if timing.index_date.is_some() && !matches!(timing.bounds, Some(Bounds::Period { .. })) {
            self.report(
                "`index_date` needs a `bounds_period` that counts from it",
                "add `bounds_period`, or remove `index_date`",
            );
        }
        self.check_precision(timing);
        let bounds = timing.bounds.as_ref().and_then(bounds_hours);
        if let (Some(bounds), Some(duration)) = (&bounds, timing.duration)
            && hours(duration.count.least, duration.unit).least > bounds.longest.most
        {
            self.report(
                "`duration` is longer than the bounds",
                "`duration` is the length of each repetition; `bounds_...` is the length of the whole course",
            );
        }
        let needs_period = |is_given: bool, key: &str| {
            if is_given && timing.period.is_none() {
                self.report(format!("`{key}` needs a `period`"), "add a period, as in period = 3, period_unit = \"wk\"");
            }
        };
        needs_period(timing.frequency.is_some(), "frequency");
        needs_period(!timing.days_of_cycle.is_empty(), "days_of_cycle");
        needs_period(!timing.day_of_week.is_empty(), "day_of_week");
        let Some(period) = timing.period else { return };
        let cycle = match (period.count.exactly(), period.unit) {
            (Some(count), TimeUnit::Days) => Some(u32::from(count)),
            (Some(count), TimeUnit::Weeks) => Some(u32::from(count) * 7),
            _ => None,
        };
        self.check_number_of_periods(timing, period, bounds);
        self.check_days_of_week(timing, cycle);
        self.check_days_of_cycle(timing, period, cycle);
    }

    fn check_precision(&self, timing: &Timing) {
        if timing.precision != Precision::Exact && timing.bounds.is_none() && timing.count.is_none() {
            self.report("`precision` needs bounds or a count", "remove it, or add, for example, `bounds_duration`");
        }
        if timing.precision != Precision::AtLeast {
            return;
        }
        let key = match timing.bounds {
            Some(Bounds::Duration(Length { count: Count { most: Some(_), .. }, .. })) => "bounds_range",
            _ if self.table.has("count_max") => "count_max",
            _ => return,
        };
        self.report(
            format!("`{key}` gives a maximum, but `precision` is `at_least`, which has no maximum"),
            format!("remove `precision`, or write only the minimum instead of `{key}`"),
        );
    }

    /// Checks that `count` is the number of periods that start within the bounds.
    fn check_number_of_periods(&self, timing: &Timing, period: Length, bounds: Option<BoundsHours>) {
        let (Some(count), Some(bounds)) = (timing.count, bounds) else { return };
        let shortest = hours(period.count.least, period.unit).least;
        let longest = hours(period.count.most(), period.unit).most;
        let agrees = |count: u16, bounds: Hours| {
            (bounds.least.div_ceil(longest)..=bounds.most.div_ceil(shortest)).contains(&u32::from(count))
        };
        // If there's only `count_max`, the timing has no minimum to check.
        let least_agrees = !self.table.has("count") || agrees(count.least, bounds.shortest);
        if !least_agrees || !agrees(count.most(), bounds.longest) {
            self.report(
                "`count` isn't the number of periods within the bounds",
                "keep either `count` or the bounds, whichever the source gives",
            );
        }
    }

    /// Checks that `day_of_week` matches the other fields. `cycle` is the period in days, if it's an exact number of days or weeks.
    fn check_days_of_week(&self, timing: &Timing, cycle: Option<u32>) {
        if timing.day_of_week.is_empty() {
            return;
        }
        if !timing.days_of_cycle.is_empty() {
            self.report("a timing has both `day_of_week` and `days_of_cycle`", "keep the one that the source gives");
        }
        if !matches!(cycle, Some(1 | 7)) {
            self.report(
                "`day_of_week` needs a period of one day or one week",
                "write period = 1, period_unit = \"wk\", or remove `day_of_week`",
            );
        }
        let days = timing.day_of_week.len();
        if cycle == Some(7) && timing.frequency.is_some_and(|frequency| frequency.exactly().map(usize::from) != Some(days)) {
            self.report(
                "`frequency` isn't the number of days in `day_of_week`",
                format!("write frequency = {days} for once on each day, or count per day: period = 1, period_unit = \"d\""),
            );
        }
        if timing.duration.is_some_and(|length| hours(length.count.most(), length.unit).least > HOURS_PER_DAY) {
            self.report(
                "`duration` is longer than one day, but `day_of_week` lists single days",
                "list every day in `day_of_week`",
            );
        }
    }

    /// Checks that `days_of_cycle` are within the period, and that the repetitions don't overlap. `cycle` is the period in days, if it's an exact
    /// number of days or weeks.
    fn check_days_of_cycle(&self, timing: &Timing, period: Length, cycle: Option<u32>) {
        if let Some(last) = timing.days_of_cycle.last() {
            let help = "write days from 1 to the length of the period, which must be an exact number of days or weeks";
            match cycle {
                None => return self.report("`days_of_cycle` needs a period of an exact number of days or weeks", help),
                Some(cycle) if u32::from(*last) > cycle => {
                    return self.report("`days_of_cycle` contains a day after the end of the period", help);
                }
                Some(_) => {}
            }
        }
        // Each repetition must end before the next one starts.
        let lasts = timing.duration.map_or(0, |length| hours(length.count.most(), length.unit).least);
        let starts = timing.days_of_cycle.iter().map(|day| u32::from(*day) * HOURS_PER_DAY);
        let starts: Vec<u32> = if timing.days_of_cycle.is_empty() { vec![HOURS_PER_DAY] } else { starts.collect() };
        let next = starts.iter().skip(1).copied().chain([starts[0] + hours(period.count.most(), period.unit).most]);
        if starts.iter().zip(next).any(|(start, next)| start + lasts > next) {
            self.report(
                "the repetitions overlap: each one lasts until after the next one starts",
                "`duration` is the length of each repetition; `bounds_...` is the length of the whole course",
            );
        }
    }
}

const HOURS_PER_DAY: u32 = 24;

/// The smallest and the largest possible number of hours in a length of time. They differ for months and years.
#[derive(Clone, Copy)]
struct Hours {
    least: u32,
    most: u32,
}

fn hours(number: u16, unit: TimeUnit) -> Hours {
    let (least, most) = match unit {
        TimeUnit::Hours => (1, 1),
        TimeUnit::Days => (HOURS_PER_DAY, HOURS_PER_DAY),
        TimeUnit::Weeks => (7 * HOURS_PER_DAY, 7 * HOURS_PER_DAY),
        TimeUnit::Months => (28 * HOURS_PER_DAY, 31 * HOURS_PER_DAY),
        TimeUnit::Years => (365 * HOURS_PER_DAY, 366 * HOURS_PER_DAY),
    };
    Hours { least: u32::from(number) * least, most: u32::from(number) * most }
}

/// The length of a timing's bounds in hours. `shortest` and `longest` differ only if the bounds are a range.
struct BoundsHours {
    shortest: Hours,
    longest: Hours,
}

/// Converts bounds to hours. Returns `None` for bounds without an end, and for bounds that end before they start, which [`Reader`] has already
/// reported.
fn bounds_hours(bounds: &Bounds) -> Option<BoundsHours> {
    match bounds {
        Bounds::Period { start, end, unit } => {
            let between = hours(u16::try_from(i32::from((*end)?) - i32::from(*start)).ok()?, *unit);
            // The last day is included.
            let length = Hours { least: between.least + HOURS_PER_DAY, most: between.most + HOURS_PER_DAY };
            Some(BoundsHours { shortest: length, longest: length })
        }
        Bounds::Duration(Length { count, unit }) => {
            Some(BoundsHours { shortest: hours(count.least, *unit), longest: hours(count.most(), *unit) })
        }
    }
}
