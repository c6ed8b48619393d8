//! Statements whose sources are old, have no date, or have been superseded.

use sarcoguide_model::{Guide, PartialDate, SourceId};

use crate::statements::{GuideStatement, statements};

/// The age of a guide's statements.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Staleness {
    /// Statements whose newest source is older than the limit.
    pub older: Vec<StaleStatement>,
    /// The number of statements without a dated passage.
    pub undated: Vec<GuideStatement>,
}

/// A statement and its newest source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StaleStatement {
    pub statement: GuideStatement,
    /// The source of its newest passage.
    pub source: SourceId,
    /// Its revision date.
    pub revised: PartialDate,
}

/// Finds statements whose newest source is more than `years` before `as_of`, and statements without a date.
///
/// A date without a day or month counts as its first day, so that no old statement is missed.
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

fn day(date: PartialDate) -> (u32, u8, u8) {
    (u32::from(date.year), date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The statements that cite only superseded sources.
#[must_use]
pub fn superseded(guide: &Guide) -> Vec<GuideStatement> {
    let mut statement = statements(guide);
    statement.retain(|statement| {
        let old = |source: SourceId| guide[source].superseded_by.is_some();
        !statement.from.is_empty() && statement.from.iter().all(|passage| old(guide[*passage].source))
    });
    statement
}
