//! What could not be proved because a set of cases is too large, by what is too large.

use std::collections::{BTreeMap, BTreeSet};

use sarcoguide_model::Guide;

use crate::finding::{Code, Finding, Subject};
use crate::set::TooLarge;

/// Something that is too large to prove.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unproved {
    /// What is too large.
    pub subject: Subject,
    /// What is unknown because of it: whether this finding exists for this subject.
    pub open: Vec<(Code, Subject)>,
}

/// What is too large, and the questions that stay open because of it, while proofs go on.
#[derive(Debug, Default)]
pub(crate) struct Notes(BTreeMap<Subject, BTreeSet<(Code, Subject)>>);

impl Notes {
    /// Notes that it is not known whether `code` is there to be found of `subject`.
    pub fn add(&mut self, why: TooLarge, code: Code, subject: Subject) {
        self.0.entry(why.subject(subject)).or_default().insert((code, subject));
    }

    /// Notes that something is left out of all proofs.
    pub fn leave_out(&mut self, subject: Subject) {
        self.0.entry(subject).or_default();
    }

    /// Whether a question of which `is` holds is open.
    pub fn any(&self, is: impl Fn(Code, Subject) -> bool) -> bool {
        self.0.contains_key(&Subject::Guide) || self.0.values().flatten().any(|(code, subject)| is(*code, *subject))
    }

    /// Everything that was noted.
    pub fn list(self) -> Vec<Unproved> {
        self.0.into_iter().map(|(subject, open)| Unproved { subject, open: open.into_iter().collect() }).collect()
    }
}

impl Unproved {
    pub(crate) fn finding(&self, guide: &Guide) -> Finding {
        let message = match self.subject {
            Subject::Guide => "the guide as a whole is too large for everything in it to be proved".to_owned(),
            Subject::Derived(id) => format!("`{}` is too large to be proved", guide[id].id),
            Subject::Treatment(id) => {
                format!("the indications of `{}` together are too large to be proved", guide[id].id)
            }
            Subject::Constraint(_) => "with this constraint, what cannot hold together is too large to be proved".to_owned(),
            Subject::Rule(_) | Subject::Accepted(..) => "this condition is too large to be proved".to_owned(),
        };
        let mut help = Vec::new();
        if let Subject::Constraint(_) = self.subject {
            help.push("constraints from this one on that make it too large are left out of the proofs:".to_owned());
            help.push("what they find is so, but they miss what only those constraints rule out".to_owned());
        }
        let mut by_code: BTreeMap<Code, usize> = BTreeMap::new();
        self.open.iter().for_each(|(code, _)| *by_code.entry(*code).or_default() += 1);
        let counted: Vec<String> = by_code
            .iter()
            .map(|(code, count)| format!("{} in {count} {}", code.id(), if *count == 1 { "place" } else { "places" }))
            .collect();
        if !counted.is_empty() {
            help.push(format!("not proved because of it: {}", counted.join(", ")));
        }
        help.push(
            "ask for fewer facts, or put facts that are compared with one another side by side in the vocabulary".to_owned(),
        );
        Finding::new(Code::TooLarge, self.subject, message, help.join("\n"))
    }
}
