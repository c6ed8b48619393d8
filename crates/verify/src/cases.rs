//! Runs a guide's test cases, and finds those in which the advice isn't as expected.

use std::collections::BTreeSet;

use sarcoguide_advise::{Advisor, ReasonFault};
use sarcoguide_model::{
    Advice, Contradiction, DerivedId, Expectation, FactId, Guide, GuideCase, Scenario, Standing, TimingId, TreatmentAdvice,
    TreatmentId, Truth, ValueSet, Verdict,
};

/// A case in which the advice isn't as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseFailure {
    /// The index of the case in the list of cases that were run.
    pub case: usize,
    /// The differences from what was expected; never empty.
    pub differences: Vec<CaseDifference>,
}

/// A difference between the expected and the actual advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseDifference {
    /// The case contradicts itself, so there is no advice.
    Contradiction(Contradiction),
    /// Whether the guide covers the case. Each value is `in`, `unknown`, or the ID of an out-of-scope entry. `got` can also be `out`: the
    /// case is out of scope, but no entry applies.
    Scope { expected: String, got: String },
    /// The IDs of the `no_treatment_indicated` entries that apply.
    NoTreatmentIndicated { expected: Vec<String>, got: Vec<String> },
    /// The IDs of the doubts that the case raises.
    Doubts { expected: Vec<String>, got: Vec<String> },
    /// The value of a derived fact: the index of the expected value, and the values that are possible.
    Derived { fact: DerivedId, expected: usize, possible: ValueSet },
    /// The first scenario indicates none of these treatments, but `got`.
    FirstScenario { expected: Vec<TreatmentId>, got: Vec<TreatmentId> },
    /// A difference in the advice on one treatment.
    Treatment(TreatmentId, TreatmentDifference),
}

/// A difference between the expected and the actual advice on a treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreatmentDifference {
    /// `rests_on` contains the facts that force the actual verdict or, if the actual verdict is `Possible`, the missing facts.
    Verdict {
        expected: Verdict,
        got: Verdict,
        rests_on: Vec<FactId>,
    },
    Missing {
        expected: Vec<FactId>,
        got: Vec<FactId>,
    },
    /// The timings of the indications that hold, each listed once.
    Timing {
        expected: Vec<TimingId>,
        got: Vec<TimingId>,
    },
    /// The number of outcomes that apply to the person.
    Outcomes {
        expected: usize,
        got: usize,
    },
    Declined {
        expected: bool,
        got: bool,
    },
    Standing {
        expected: Standing,
        got: Option<Standing>,
    },
    FormerIndication {
        expected: Truth,
        got: Option<Truth>,
    },
    /// The number of precautions that apply.
    Precautions {
        expected: usize,
        got: usize,
    },
    /// None of the precautions that apply uses this fact.
    NoPrecautionFor(FactId),
    /// `expected` isn't a reason for the verdict. `right` is one.
    Reason {
        expected: Vec<FactId>,
        fault: ReasonFault,
        right: Vec<FactId>,
    },
}

/// Runs `cases`, and returns those in which the advice isn't as expected.
#[must_use]
pub fn run(guide: &Guide, cases: &[GuideCase]) -> Vec<CaseFailure> {
    let advisor = Advisor::new(guide.clone());
    let run = |(place, case)| {
        let differences = run_case(&advisor, case);
        (!differences.is_empty()).then_some(CaseFailure { case: place, differences })
    };
    cases.iter().enumerate().filter_map(run).collect()
}

/// Runs one case, and returns the differences from what it expects. The list is empty if everything is as expected.
#[must_use]
pub fn run_case(advisor: &Advisor, case: &GuideCase) -> Vec<CaseDifference> {
    let guide = advisor.guide();
    let advice = match advisor.advise(&case.case) {
        Ok(advice) => advice,
        Err(contradiction) => return vec![CaseDifference::Contradiction(contradiction)],
    };
    let mut differences = Vec::new();
    if let Some(expected) = &case.scope {
        let got = scope_name(guide, &advice);
        if got != *expected {
            differences.push(CaseDifference::Scope { expected: expected.clone(), got });
        }
    }
    if let Some(expected) = &case.no_treatment_indicated {
        let holding =
            guide.no_treatment_indicated.iter().zip(&advice.no_treatment_indicated).filter(|(_, truth)| truth.is_true());
        let got: Vec<String> = holding.map(|(entry, _)| entry.id.clone()).collect();
        if got != *expected {
            differences.push(CaseDifference::NoTreatmentIndicated { expected: expected.clone(), got });
        }
    }
    let doubts: Vec<String> = advice.doubts.iter().map(|entry| guide.doubts[entry.doubt].id.clone()).collect();
    if doubts != case.doubts {
        differences.push(CaseDifference::Doubts { expected: case.doubts.clone(), got: doubts });
    }
    for (fact, expected) in &case.derived {
        let possible = advice.derived[fact.index()].possible;
        if possible.len() != 1 || !possible.contains(*expected) {
            differences.push(CaseDifference::Derived { fact: *fact, expected: *expected, possible });
        }
    }
    for expected in &case.expect {
        let answer = &advice[expected.treatment];
        let found = compare(guide, expected, answer).into_iter().chain(wrong_reason(advisor, case, expected, answer));
        differences.extend(found.map(|difference| CaseDifference::Treatment(expected.treatment, difference)));
    }
    differences.extend(not_in_first_scenario(advisor, case, &advice));
    differences
}

/// Checks the treatments that the first scenario should indicate.
fn not_in_first_scenario(advisor: &Advisor, case: &GuideCase, advice: &Advice) -> Vec<CaseDifference> {
    if case.first_scenario.is_empty() {
        return Vec::new();
    }
    let scenarios = match advisor.scenarios(&case.case, advice) {
        Ok(scenarios) => scenarios,
        Err(contradiction) => return vec![CaseDifference::Contradiction(contradiction)],
    };
    let first = scenarios.first().into_iter().flat_map(Scenario::indicated);
    let got: Vec<TreatmentId> = first.map(|entry| entry.treatment).collect();
    let wrong = case.first_scenario.iter().filter(|expected| !expected.iter().any(|treatment| got.contains(treatment)));
    wrong.map(|expected| CaseDifference::FirstScenario { expected: expected.clone(), got: got.clone() }).collect()
}

/// Checks the facts that a case gives as the reason for a verdict. A verdict can have several reasons, and the case can give any
/// of them.
fn wrong_reason(
    advisor: &Advisor,
    case: &GuideCase,
    expected: &Expectation,
    answer: &TreatmentAdvice,
) -> Option<TreatmentDifference> {
    let reason = expected.reason.as_ref()?;
    // If the verdict itself differs, the reason isn't checked, because no stated facts can force the expected verdict.
    if answer.verdict != expected.verdict {
        return None;
    }
    let facts = reason.iter().copied().collect();
    let fault = advisor.check_reason(&case.case, facts, expected.treatment, expected.verdict).err()?;
    Some(TreatmentDifference::Reason { expected: reason.clone(), fault, right: answer.reason.clone() })
}

/// Returns `in`, `unknown`, the ID of the first out-of-scope entry that applies, or `out` if no entry applies.
fn scope_name(guide: &Guide, advice: &Advice) -> String {
    match (advice.scope.covered, advice.scope.outside.first()) {
        (Truth::True, _) => "in".to_owned(),
        (Truth::Unknown, _) => "unknown".to_owned(),
        (Truth::False, Some(index)) => guide.out_of_scope[*index].id.clone(),
        (Truth::False, None) => "out".to_owned(),
    }
}

fn compare(guide: &Guide, expected: &Expectation, answer: &TreatmentAdvice) -> Vec<TreatmentDifference> {
    use TreatmentDifference as Wrong;
    let treatment = &guide[expected.treatment];
    let count = |truths: &[Truth]| truths.iter().filter(|truth| truth.is_true()).count();
    let mut wrong = Vec::new();
    if answer.verdict != expected.verdict {
        let missing = || answer.missing.iter().map(|missing| missing.fact).collect();
        let rests_on = if answer.verdict.is_decided() { answer.reason.clone() } else { missing() };
        wrong.push(Wrong::Verdict { expected: expected.verdict, got: answer.verdict, rests_on });
    }
    if let Some(missing) = &expected.missing {
        let mut got: Vec<FactId> = answer.missing.iter().map(|missing| missing.fact).collect();
        got.sort_unstable();
        if got != *missing {
            wrong.push(Wrong::Missing { expected: missing.clone(), got });
        }
    }
    if let Some(timing) = &expected.timing {
        let each_once = |timings: &mut dyn Iterator<Item = TimingId>| timings.collect::<BTreeSet<_>>().into_iter().collect();
        let holding = treatment.indications.iter().zip(&answer.indications).filter(|(_, truth)| truth.is_true());
        let got: Vec<TimingId> = each_once(&mut holding.map(|(indication, _)| indication.timing));
        let expected: Vec<TimingId> = each_once(&mut timing.iter().copied());
        if got != expected {
            wrong.push(Wrong::Timing { expected, got });
        }
    }
    if let Some(expected) = expected.outcomes {
        let got = count(&answer.outcomes);
        wrong.extend((got != expected).then_some(Wrong::Outcomes { expected, got }));
    }
    if let Some(expected) = expected.declined {
        let got = answer.declined.is_true();
        wrong.extend((got != expected).then_some(Wrong::Declined { expected, got }));
    }
    if let Some(expected) = expected.standing {
        let got = answer.standing;
        wrong.extend((got != Some(expected)).then_some(Wrong::Standing { expected, got }));
    }
    if let Some(expected) = expected.former_indication {
        let got = answer.former_indication;
        wrong.extend((got != Some(expected)).then_some(Wrong::FormerIndication { expected, got }));
    }
    if let Some(expected) = expected.precautions {
        let got = count(&answer.precautions);
        wrong.extend((got != expected).then_some(Wrong::Precautions { expected, got }));
    }
    let applying = treatment.precautions.iter().zip(&answer.precautions).filter(|(_, truth)| truth.is_true());
    let about: BTreeSet<FactId> = applying.flat_map(|(precaution, _)| guide.facts_used_by(&precaution.rule.when)).collect();
    let without = expected.precautions_for.iter().filter(|fact| !about.contains(fact));
    wrong.extend(without.map(|fact| Wrong::NoPrecautionFor(*fact)));
    wrong
}
