//! Runs the cases that stand in a guide and finds where the advice is not what they expect.

use std::collections::BTreeSet;

use sarcoguide_advise::{Advisor, ReasonFault};
use sarcoguide_model::{
    Advice, Contradiction, DerivedId, Expectation, FactId, Guide, GuideCase, Standing, TimingId, TreatmentAdvice, TreatmentId,
    Truth, ValueSet, Verdict,
};

/// A case whose advice is not what it expects.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseFailure {
    /// Its place among the cases that were run.
    pub case: usize,
    /// What it expects and what came instead; never empty.
    pub differences: Vec<CaseDifference>,
}

/// One thing that a case expects, and what came instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseDifference {
    /// The case contradicts itself, so that there is no advice.
    Contradiction(Contradiction),
    /// Each is `in`, `unknown`, or the name of what the case is outside of.
    Scope { expected: String, got: String },
    /// Names of the reasons that hold.
    NoTreatmentIndicated { expected: Vec<String>, got: Vec<String> },
    /// The expected value by place, and the values that are possible.
    Derived { fact: DerivedId, expected: usize, possible: ValueSet },
    /// Something about one treatment.
    Treatment(TreatmentId, TreatmentDifference),
}

/// What is not as expected about a treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreatmentDifference {
    /// `rests_on` are the facts that force the verdict that came, or, where that is `possible`, those that are missing.
    Verdict {
        expected: Verdict,
        got: Verdict,
        rests_on: Vec<FactId>,
    },
    Missing {
        expected: Vec<FactId>,
        got: Vec<FactId>,
    },
    /// Timings of the indications that hold, each once.
    Timing {
        expected: Vec<TimingId>,
        got: Vec<TimingId>,
    },
    /// How many outcomes concern the person.
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
    /// How many precautions apply.
    Precautions {
        expected: usize,
        got: usize,
    },
    /// No precaution that applies is about this fact.
    NoPrecautionFor(FactId),
    /// `expected` is no minimal reason of the verdict; `right` is one.
    Reason {
        expected: Vec<FactId>,
        fault: ReasonFault,
        right: Vec<FactId>,
    },
}

/// The cases whose advice is not what they expect.
#[must_use]
pub fn run(guide: &Guide, cases: &[GuideCase]) -> Vec<CaseFailure> {
    let advisor = Advisor::new(guide.clone());
    let run = |(place, case)| {
        let differences = run_case(&advisor, case);
        (!differences.is_empty()).then_some(CaseFailure { case: place, differences })
    };
    cases.iter().enumerate().filter_map(run).collect()
}

/// What one case expects and what came instead; empty when all is as expected.
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
    differences
}

/// What is wrong with the facts that a case gives as the reason of a verdict. A verdict may have several reasons; each of them is right.
fn wrong_reason(
    advisor: &Advisor,
    case: &GuideCase,
    expected: &Expectation,
    answer: &TreatmentAdvice,
) -> Option<TreatmentDifference> {
    let reason = expected.reason.as_ref()?;
    // Where the verdict is another one, that has been said, and no facts force the expected one.
    if answer.verdict != expected.verdict {
        return None;
    }
    let facts = reason.iter().copied().collect();
    let fault = advisor.check_reason(&case.case, facts, expected.treatment, expected.verdict).err()?;
    Some(TreatmentDifference::Reason { expected: reason.clone(), fault, right: answer.reason.clone() })
}

/// `in`, `unknown`, or the name of what the case is outside of.
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
    let about: BTreeSet<FactId> = applying.flat_map(|(precaution, _)| guide.facts_under(&precaution.rule.when)).collect();
    let without = expected.precautions_for.iter().filter(|fact| !about.contains(fact));
    wrong.extend(without.map(|fact| Wrong::NoPrecautionFor(*fact)));
    wrong
}
