//! The warnings that a guide accepts: whether they are still there, and what is to be written to accept the others.

use std::collections::BTreeSet;

use sarcoguide_advise::{State, truth};
use sarcoguide_model::{Acceptable, Accepted, Case, Guide, Known, RulePlace};

use crate::finding::{Code, Finding, Subject};
use crate::open::Open;
use crate::set::Set;
use crate::unproved::Notes;

/// What a guide would have to say to accept some of its warnings, but for the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Which warning.
    pub warning: Acceptable,
    /// The names of the places.
    pub places: Vec<String>,
    /// A case that shows it at each of them.
    pub case: Case,
}

/// A warning, with the cases that show it where open facts are its point.
pub(crate) struct Warning {
    pub finding: Finding,
    pub cases: Option<Set>,
}

/// How a case shows a warning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// As it must to be accepted by it.
    Fully,
    /// It states more than is needed.
    WithMore,
    /// Not at all.
    Not,
}

/// What became of the warnings of a guide.
pub(crate) struct Settled {
    /// Those that are not accepted, and what is wrong with what is accepted.
    pub findings: Vec<Finding>,
    /// How many are accepted.
    pub accepted: usize,
    /// What would accept the others.
    pub proposals: Vec<Proposal>,
}

/// Takes the warnings away that the guide accepts.
pub(crate) fn settle(guide: &Guide, open: Option<&Open>, warnings: Vec<Warning>, unproved: &Notes) -> Settled {
    let judge = Judge { guide, open };
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    let mut findings = Vec::new();
    for (index, entry) in guide.accepted.iter().enumerate() {
        for name in &entry.places {
            let here: Vec<usize> =
                (0..warnings.len()).filter(|place| is_at(guide, &warnings[*place].finding, entry, name)).collect();
            let shown: Vec<Shows> = here.iter().map(|place| judge.shows(&warnings[*place], &entry.case)).collect();
            let fully = here.iter().zip(&shown).filter(|(_, shows)| **shows == Shows::Fully);
            let before = covered.len();
            covered.extend(fully.map(|(place, _)| *place));
            let is_open = || {
                unproved
                    .any(|code, subject| code.acceptable() == Some(entry.warning) && subject.name(guide).as_ref() == Some(name))
            };
            if shown.contains(&Shows::Fully) || covered.len() > before || is_open() {
                continue;
            }
            let first = here.first().map(|place| &warnings[*place].finding);
            findings.push(stale(guide, index, name, first, shown.contains(&Shows::WithMore)));
        }
    }
    let mut proposals: Vec<Proposal> = Vec::new();
    for warning in warnings.iter().enumerate().filter(|(place, _)| !covered.contains(place)).map(|(_, warning)| warning) {
        let Finding { code, subject, witness, .. } = &warning.finding;
        let (Some(kind), Some(name), Some(case)) = (code.acceptable(), subject.name(guide), witness) else { continue };
        let fits = |proposal: &&mut Proposal| proposal.warning == kind && judge.shows(warning, &proposal.case) == Shows::Fully;
        match proposals.iter_mut().find(fits) {
            Some(proposal) if proposal.places.contains(&name) => {}
            Some(proposal) => proposal.places.push(name),
            None => proposals.push(Proposal { warning: kind, places: vec![name], case: case.clone() }),
        }
    }
    let rest = warnings.into_iter().enumerate().filter(|(place, _)| !covered.contains(place));
    findings.extend(rest.map(|(_, warning)| warning.finding));
    Settled { findings, accepted: covered.len(), proposals }
}

/// Whether a finding is what the guide accepts at a place.
fn is_at(guide: &Guide, finding: &Finding, entry: &Accepted, name: &String) -> bool {
    finding.code.acceptable() == Some(entry.warning) && finding.subject.name(guide).as_ref() == Some(name)
}

fn stale(guide: &Guide, index: usize, name: &str, finding: Option<&Finding>, more: bool) -> Finding {
    let code = guide.accepted[index].warning.id();
    let subject = Subject::Accepted(index);
    let Some(finding) = finding else {
        let message = format!("there is no {code} to accept at `{name}`");
        return Finding::new(Code::Stale, subject, message, "take the place out of `where`, or the entry if it is the last");
    };
    let message = if more {
        format!("a case that says less than this shows the {code} at `{name}`")
    } else {
        format!("this case does not show the {code} at `{name}`")
    };
    let help = "see whether the reason still fits, and write the case that `check --warnings` proposes";
    let beside = if let Subject::Rule(place) = finding.subject { Some(place) } else { None };
    Finding { beside, ..Finding::new(Code::Stale, subject, message, help) }
}

struct Judge<'a, 'g> {
    guide: &'g Guide,
    open: Option<&'a Open<'g>>,
}

impl Judge<'_, '_> {
    fn shows(&self, warning: &Warning, case: &Case) -> Shows {
        match (&warning.cases, self.open) {
            (Some(cases), Some(open)) => {
                let stated = case.stated().count();
                if State::of(self.guide, case).is_err() || !cases.contains(&open.valuation(case)) {
                    Shows::Not
                } else if open.fewest_facts(cases).is_some_and(|fewest| fewest < stated) {
                    Shows::WithMore
                } else {
                    Shows::Fully
                }
            }
            _ => {
                let both =
                    |case: &Case| State::of(self.guide, case).is_ok_and(|state| both_hold(self.guide, &warning.finding, &state));
                if !both(case) {
                    Shows::Not
                } else if case.stated().any(|fact| both(&case.with(fact, Known::Unknown))) {
                    Shows::WithMore
                } else {
                    Shows::Fully
                }
            }
        }
    }
}

/// Whether an indication and the wider one beside it hold, whatever the guide covers.
pub(crate) fn both_hold(guide: &Guide, finding: &Finding, state: &State) -> bool {
    let place = if let Subject::Rule(place) = finding.subject { Some(place) } else { None };
    [place, finding.beside].into_iter().all(|place| {
        let Some(RulePlace::Indication(id, index)) = place else { return false };
        truth(&guide.treatments[id.index()].indications[index].rule.when, state).is_true()
    })
}
