//! Checks that the warnings that a guide accepts still exist, and proposes entries that would accept the other warnings.

use std::collections::BTreeSet;

use sarcoguide_advise::{State, truth};
use sarcoguide_model::{Acceptable, Case, FactValue, Guide, Occurrence, RulePlace};

use crate::finding::{Code, Finding, Subject};
use crate::open_cases::OpenCases;
use crate::set::Set;
use crate::unproved::Notes;

/// An entry that would accept some warnings of a guide. It still needs a reason, which a person must write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub warning: Acceptable,
    /// The names of the rules and derived facts that have the warning.
    pub places: Vec<String>,
    /// A case that shows the warning for each of them.
    pub case: Case,
}

/// A warning. If it's about unknown facts, `cases` are the cases that show it.
pub(crate) struct Warning {
    pub finding: Finding,
    pub cases: Option<Set>,
}

/// How well a case shows a warning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// The case shows the warning and states no more facts than needed, so an entry with this case accepts the warning.
    Fully,
    /// The case shows the warning but states more facts than needed.
    WithMore,
    /// The case doesn't show the warning.
    Not,
}

/// The warnings of a guide, after its accepted warnings were taken into account.
pub(crate) struct AcceptanceResult {
    /// The warnings that aren't accepted, and errors for entries that are out of date.
    pub findings: Vec<Finding>,
    /// The number of accepted warnings.
    pub accepted: usize,
    /// Entries that would accept the other warnings.
    pub proposals: Vec<Proposal>,
}

/// Removes the warnings that the guide accepts, and checks the entries that accept them.
pub(crate) fn settle(guide: &Guide, open: Option<&OpenCases>, warnings: Vec<Warning>, unproved: &Notes) -> AcceptanceResult {
    let judge = Judge { guide, open };
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    let mut findings = Vec::new();
    let entries = guide.accepted.iter().enumerate().flat_map(|(index, entry)| {
        let occurrences = entry.occurrences.iter().enumerate();
        occurrences.flat_map(move |(place, occurrence)| {
            occurrence.places.iter().map(move |name| (Subject::Accepted(index, place), entry.warning, occurrence, name))
        })
    });
    for (subject, warning, Occurrence { case, .. }, name) in entries {
        let is_here =
            |finding: &Finding| finding.code.acceptable() == Some(warning) && finding.subject.name(guide).as_ref() == Some(name);
        let here: Vec<usize> = (0..warnings.len()).filter(|place| is_here(&warnings[*place].finding)).collect();
        let shows: Vec<Shows> = here.iter().map(|place| judge.shows(&warnings[*place], case)).collect();
        covered.extend(here.iter().zip(&shows).filter(|(_, shows)| **shows == Shows::Fully).map(|(place, _)| *place));
        let is_open =
            || unproved.any(|code, subject| code.acceptable() == Some(warning) && subject.name(guide).as_ref() == Some(name));
        if !shows.contains(&Shows::Fully) && !is_open() {
            let first = here.first().map(|place| &warnings[*place].finding);
            findings.push(stale(subject, warning, name, first, shows.contains(&Shows::WithMore)));
        }
    }
    let left: Vec<&Warning> =
        warnings.iter().enumerate().filter(|(place, _)| !covered.contains(place)).map(|(_, warning)| warning).collect();
    let proposals = judge.proposals(&left);
    let rest = warnings.into_iter().enumerate().filter(|(place, _)| !covered.contains(place));
    findings.extend(rest.map(|(_, warning)| warning.finding));
    AcceptanceResult { findings, accepted: covered.len(), proposals }
}

/// Returns the finding for an entry that is out of date. `finding` is the warning at the place `name`, if there is one, and `more` is
/// whether the entry's case states more facts than needed.
fn stale(subject: Subject, warning: Acceptable, name: &str, finding: Option<&Finding>, more: bool) -> Finding {
    let code = warning.id();
    let Some(finding) = finding else {
        let message = format!("there is no {code} to accept at `{name}`");
        return Finding::new(
            Code::Stale,
            subject,
            message,
            "remove the place from `where`, or remove the entry if this is its only place",
        );
    };
    let message = if more {
        format!("this case states more facts than needed to show the {code} at `{name}`")
    } else {
        format!("this case doesn't show the {code} at `{name}`")
    };
    let help = "check whether the reason still applies, and replace the case with the one that `check --warnings` proposes";
    let beside = if let Subject::Rule(place) = finding.subject { Some(place) } else { None };
    Finding { beside, ..Finding::new(Code::Stale, subject, message, help) }
}

/// Tests whether cases show the warnings of a guide.
struct Judge<'a, 'g> {
    guide: &'g Guide,
    open: Option<&'a OpenCases<'g>>,
}

impl Judge<'_, '_> {
    /// Returns a small number of entries that together accept all warnings. Each step picks the witness that shows the most of
    /// the remaining warnings.
    fn proposals(&self, warnings: &[&Warning]) -> Vec<Proposal> {
        let shown_by = |shower: &Warning| -> BTreeSet<usize> {
            let Some(case) = &shower.finding.witness else { return BTreeSet::new() };
            let alike = |place: &usize| warnings[*place].finding.code == shower.finding.code;
            (0..warnings.len()).filter(alike).filter(|place| self.shows(warnings[*place], case) == Shows::Fully).collect()
        };
        let mut shown: Vec<BTreeSet<usize>> = warnings.iter().map(|warning| shown_by(warning)).collect();
        let mut proposals: Vec<(usize, Proposal)> = Vec::new();
        // If several witnesses show equally many warnings, this picks the first one.
        while let Some(best) = (0..shown.len()).rev().max_by_key(|place| shown[*place].len())
            && let Some(first) = shown[best].first().copied()
        {
            let taken = shown[best].clone();
            shown.iter_mut().for_each(|left| left.retain(|place| !taken.contains(place)));
            let Finding { code, witness, .. } = &warnings[best].finding;
            let (Some(warning), Some(case)) = (code.acceptable(), witness.clone()) else { continue };
            let mut places: Vec<String> = Vec::new();
            for name in taken.iter().filter_map(|place| warnings[*place].finding.subject.name(self.guide)) {
                if !places.contains(&name) {
                    places.push(name);
                }
            }
            proposals.push((first, Proposal { warning, places, case }));
        }
        proposals.sort_by_key(|(first, _)| *first);
        proposals.into_iter().map(|(_, proposal)| proposal).collect()
    }

    fn shows(&self, warning: &Warning, case: &Case) -> Shows {
        match (&warning.cases, self.open) {
            (Some(cases), Some(open)) => {
                let stated = case.stated().count();
                if State::without_soft_constraints(self.guide, case).is_err() || !cases.contains(&open.valuation(case)) {
                    Shows::Not
                } else if open.fewest_facts(cases).is_some_and(|fewest| fewest < stated) {
                    Shows::WithMore
                } else {
                    Shows::Fully
                }
            }
            _ => {
                let both = |case: &Case| {
                    State::without_soft_constraints(self.guide, case)
                        .is_ok_and(|state| both_hold(self.guide, &warning.finding, &state))
                };
                if !both(case) {
                    Shows::Not
                } else if case.stated().any(|fact| both(&case.with(fact, FactValue::Unknown))) {
                    Shows::WithMore
                } else {
                    Shows::Fully
                }
            }
        }
    }
}

/// Whether the indication of a finding and the broader one in its `beside` field both hold. Ignores the guide's scope.
pub(crate) fn both_hold(guide: &Guide, finding: &Finding, state: &State) -> bool {
    let place = if let Subject::Rule(place) = finding.subject { Some(place) } else { None };
    [place, finding.beside].into_iter().all(|place| {
        let Some(RulePlace::Indication(id, index)) = place else { return false };
        truth(&guide[id].indications[index].rule.when, state).is_true()
    })
}
