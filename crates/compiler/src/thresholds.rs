//! Limits the number of different thresholds for each fact. A threshold is a number that a condition compares a fact with.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sarcoguide_model::{Condition, Decimal, FactId};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::names::Names;

/// The maximum number of thresholds for a fact. Proofs try every interval between two neighboring thresholds, so a large number of thresholds makes
/// them slow.
const MAX_THRESHOLDS: usize = 256;

/// For each fact, the thresholds in the conditions read so far.
#[derive(Default)]
pub(crate) struct Thresholds(RefCell<BTreeMap<FactId, BTreeSet<Decimal>>>);

impl Thresholds {
    /// Adds the thresholds of a condition. Reports an error at the first one that exceeds the limit.
    pub fn add(&self, names: &Names, condition: &Condition, file: usize, span: &Range<usize>, problems: &mut Vec<Diagnostic>) {
        let mut seen = self.0.borrow_mut();
        condition.walk(&mut |part| {
            let Condition::Compare { fact, threshold, .. } = part else { return };
            let thresholds = seen.entry(*fact).or_default();
            if thresholds.len() <= MAX_THRESHOLDS && thresholds.insert(*threshold) && thresholds.len() > MAX_THRESHOLDS {
                let id = &names.facts[fact.index()].id;
                let message = format!("conditions compare `{id}` with more than {MAX_THRESHOLDS} different numbers");
                problems.push(
                    Diagnostic::new(Code::TooMany, message, file, span.clone(), "the first one over the limit")
                        .help("remove some"),
                );
            }
        });
    }
}
