//! Finds statements whose sources are old, have no date, or have been superseded.

use sarcoguide_model::{Guide, PartialDate, SourceId};

use crate::statements::{GuideStatement, statements};

/// The statements of a guide that may be out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Staleness {
    /// Statements whose newest source is older than the limit.
    pub older: Vec<StaleStatement>,
    /// Statements whose passages and sources have no date.
    pub undated: Vec<GuideStatement>,
}

/// A statement and its newest source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaleStatement {
    pub statement: GuideStatement,
    /// The source of the newest passage that the statement cites.
    pub source: SourceId,
    /// The revision date of that passage or, if it has none, of its source.
    pub revised: PartialDate,
}

/// Finds statements whose newest source was revised more than `years` years before `as_of`, and statements whose sources have no
/// date. Statements that cite no passage are ignored.
///
/// A date without a day or month counts as the first day of its month or year, so that no old statement is missed.
#[must_use]
pub fn staleness(guide: &Guide, years: u16, as_of: PartialDate) -> Staleness {
    let mut staleness = Staleness { older: Vec::new(), undated: Vec::new() };
    for statement in statements(guide).into_iter().filter(|statement| !statement.from.is_empty()) {
        let dated = statement.from.iter().filter_map(|passage| {
            let passage = &guide[*passage];
            let revised = passage.revised.or(guide[passage.source].revised)?;
            Some((revised, passage.source))
        });
        match dated.max_by_key(|(revised, _)| day(*revised)) {
            None => staleness.undated.push(statement),
            Some((revised, source)) => {
                let (year, month, of_month) = day(revised);
                if (year + u32::from(years), month, of_month) < day(as_of) {
                    staleness.older.push(StaleStatement { statement, source, revised });
                }
            }
        }
    }
    staleness
}

/// Returns the first day of `date`, as year, month and day.
fn day(date: PartialDate) -> (u32, u8, u8) {
    (u32::from(date.year), date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// Returns the statements that cite only superseded sources.
#[must_use]
pub fn superseded(guide: &Guide) -> Vec<GuideStatement> {
    let mut statements = statements(guide);
    statements.retain(|statement| {
        let old = |source: SourceId| guide[source].superseded_by.is_some();
        !statement.from.is_empty() && statement.from.iter().all(|passage| old(guide[*passage].source))
    });
    statements
}
