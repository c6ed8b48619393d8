//! Statements whose sources are old, have no date, or have been superseded.

use sarcoguide_model::{Guide, PartialDate, SourceId};

use crate::statements::{Said, statements};

/// How old a guide's statements are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ages {
    /// Statements whose newest source is older than asked.
    pub older: Vec<Aged>,
    /// Statements of which no passage has a date.
    pub undated: Vec<Said>,
}

/// A statement and its newest source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aged {
    /// The statement.
    pub said: Said,
    /// The source of its newest passage.
    pub source: SourceId,
    /// When that was revised.
    pub revised: PartialDate,
}

/// Which statements rest on nothing newer than `years` before `as_of`, and which on nothing dated.
///
/// A date without a day or a month counts as its first day, so that nothing old is missed.
#[must_use]
pub fn ages(guide: &Guide, years: u16, as_of: PartialDate) -> Ages {
    let mut ages = Ages { older: Vec::new(), undated: Vec::new() };
    for said in statements(guide).into_iter().filter(|said| !said.from.is_empty()) {
        let dated = said.from.iter().filter_map(|passage| {
            let passage = &guide.passages[passage.index()];
            let revised = passage.revised.or(guide.sources[passage.source.index()].revised)?;
            Some((revised, passage.source))
        });
        match dated.max_by_key(|(revised, _)| day(*revised)) {
            None => ages.undated.push(said),
            Some((revised, source)) => {
                let (year, month, of_month) = day(revised);
                if (year + u32::from(years), month, of_month) < day(as_of) {
                    ages.older.push(Aged { said, source, revised });
                }
            }
        }
    }
    ages
}

fn day(date: PartialDate) -> (u32, u8, u8) {
    (u32::from(date.year), date.month.unwrap_or(1), date.day.unwrap_or(1))
}

/// The statements that rest on nothing but superseded sources.
#[must_use]
pub fn superseded(guide: &Guide) -> Vec<Said> {
    let mut said = statements(guide);
    said.retain(|said| {
        let old = |source: SourceId| guide.sources[source.index()].superseded_by.is_some();
        !said.from.is_empty() && said.from.iter().all(|passage| old(guide.passages[passage.index()].source))
    });
    said
}
