//! Records what couldn't be proved because a set of cases is too large.

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::Guide;

use crate::finding::{Code, Finding, Subject};
use crate::set::TooLarge;

/// A part of a guide that is too large to prove.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unproved {
    /// The part of the guide that is too large.
    pub subject: Subject,
    /// The questions that stay open because of it. Each pair asks whether the subject has a finding with the code.
    pub open_questions: Vec<(Code, Subject)>,
}

/// Collects the parts of a guide that are too large, and the questions that stay open because of them, so that the other proofs
/// can continue.
#[derive(Debug, Default)]
pub(crate) struct Notes(BTreeMap<Subject, BTreeSet<(Code, Subject)>>);

impl Notes {
    /// Notes that it's unknown whether `subject` has a finding with `code`.
    pub fn add(&mut self, why: TooLarge, code: Code, subject: Subject) {
        self.0.entry(why.subject(subject)).or_default().insert((code, subject));
    }

    /// Notes that `subject` is left out of all proofs.
    pub fn leave_out(&mut self, subject: Subject) {
        self.0.entry(subject).or_default();
    }

    /// Whether at least one open question satisfies `is`. If the guide as a whole is too large, every question is open, so the
    /// result is always true.
    pub fn any(&self, is: impl Fn(Code, Subject) -> bool) -> bool {
        self.0.contains_key(&Subject::Guide) || self.0.values().flatten().any(|(code, subject)| is(*code, *subject))
    }

    /// Returns everything that was noted.
    pub fn list(self) -> Vec<Unproved> {
        self.0.into_iter().map(|(subject, open)| Unproved { subject, open_questions: open.into_iter().collect() }).collect()
    }
}

impl Unproved {
    pub(crate) fn finding(&self, guide: &Guide) -> Finding {
        let message = match self.subject {
            Subject::Guide => "the guide as a whole is too large to prove everything in it".to_owned(),
            Subject::Derived(id) => format!("`{}` is too large to prove", guide[id].id),
            Subject::Treatment(id) => {
                format!("the indications of `{}` together are too large to prove", guide[id].id)
            }
            Subject::Constraint(_) => "this constraint makes the set of possible cases too large to prove".to_owned(),
            Subject::Rule(_) | Subject::Accepted(..) | Subject::Triage(..) => "this condition is too large to prove".to_owned(),
        };
        let mut help = Vec::new();
        if let Subject::Constraint(_) = self.subject {
            help.push("the proofs ignore this constraint and all later ones that also make the set too large".to_owned());
            help.push(
                "their findings are correct, but they can miss problems that exist only because of these constraints".to_owned(),
            );
        }
        let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
        self.open_questions.iter().for_each(|(code, _)| *by_code.entry(*code).or_default() += 1);
        let counted: Vec<String> = by_code
            .iter()
            .map(|(code, count)| format!("{} in {count} {}", code.id(), if *count == 1 { "place" } else { "places" }))
            .collect();
        if !counted.is_empty() {
            help.push(format!("not proved because of this: {}", counted.join(", ")));
        }
        help.push(
            "use fewer facts in conditions, or move facts that are used together next to each other in the vocabulary".to_owned(),
        );
        Finding::new(Code::TooLarge, self.subject, message, help.join("\n"))
    }
}
