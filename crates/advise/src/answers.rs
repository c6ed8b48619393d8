//! Groups the possible answers to the question about a fact into classes. Two answers are in the same class if no condition in a
//! treatment's rules distinguishes them.

use std::collections::BTreeMap;

use sarcoguide_model::{Condition, Decimal, Domain, FactId, Guide, Interval, ValueSet, covered};

use crate::dependencies::AtomCollector;

/// A class of answers to one fact. No condition distinguishes the answers in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnswerClass {
    /// The values in the class.
    Values(ValueSet),
    /// The numbers in the class.
    Numbers(Interval),
}

/// For each fact that a treatment's rules use, the classes of answers that the rules distinguish.
pub(crate) type AnswerClasses = BTreeMap<FactId, Vec<AnswerClass>>;

/// For each fact that `conditions` use, returns the classes of answers that they distinguish.
pub(crate) fn answer_classes<'a>(guide: &'a Guide, conditions: impl Iterator<Item = &'a Condition>) -> AnswerClasses {
    let mut collector = AtomCollector::default();
    conditions.for_each(|condition| collector.visit(guide, condition));
    collector.atoms.iter().map(|(fact, atoms)| (*fact, classes_of(guide, *fact, atoms))).collect()
}

/// Returns the classes of answers to `fact` that `atoms` distinguish. `atoms` are the conditions that test this fact.
fn classes_of(guide: &Guide, fact: FactId, atoms: &[&Condition]) -> Vec<AnswerClass> {
    match &guide[fact].domain {
        Domain::Values(values) => {
            let mut classes = vec![covered(values)];
            for atom in atoms {
                if let Condition::Is { values, .. } = atom {
                    classes = classes
                        .into_iter()
                        .flat_map(|class| [class.intersection(*values), class.difference(*values)])
                        .filter(|class| !class.is_empty())
                        .collect();
                }
            }
            classes.into_iter().map(AnswerClass::Values).collect()
        }
        Domain::Number { min, max, .. } => {
            let mut points: Vec<Decimal> = atoms
                .iter()
                .filter_map(|atom| match atom {
                    Condition::Compare { threshold, .. } => Some(*threshold),
                    _ => None,
                })
                .flat_map(|threshold| [threshold, threshold.next()])
                .filter(|point| point > min && point <= max)
                .chain([*min])
                .collect();
            points.sort_unstable();
            points.dedup();
            // If no condition distinguishes neighboring numbers, keep only the first of them.
            let signature = |number: Decimal| -> Vec<bool> {
                atoms.iter().map(|atom| matches!(atom, Condition::Compare { comparison, threshold, .. } if comparison.holds(number, *threshold))).collect()
            };
            points.dedup_by_key(|point| signature(*point));
            let last = points.iter().skip(1).map(|next| next.previous()).chain([*max]);
            points.iter().zip(last).filter_map(|(first, last)| Interval::new(*first, last)).map(AnswerClass::Numbers).collect()
        }
    }
}
