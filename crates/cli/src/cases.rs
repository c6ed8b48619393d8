//! Describes how the answer to one of the guide's own cases differs from the expected answer.

use sarcoguide_advise::ReasonFault;
use sarcoguide_model::{FactId, Guide, Standing, TimingId, TreatmentId, Truth};
use sarcoguide_verify::cases::{CaseDifference, TreatmentDifference};

/// Describes a difference in one line: what was expected, and what the answer was instead.
#[must_use]
pub fn describe(guide: &Guide, difference: &CaseDifference) -> String {
    match difference {
        CaseDifference::Contradiction(contradiction) => {
            let facts = names(guide, &contradiction.facts);
            format!("the case contradicts itself ({facts}): {}", guide.constraints[contradiction.constraint].text)
        }
        CaseDifference::Scope { expected, got } => format!("scope: expected `{expected}`, got `{got}`"),
        CaseDifference::NoTreatmentIndicated { expected, got } => {
            format!("no_treatment_indicated: expected [{}], got [{}]", expected.join(", "), got.join(", "))
        }
        CaseDifference::Doubts { expected, got } => {
            format!("doubts: expected [{}], got [{}]", expected.join(", "), got.join(", "))
        }
        CaseDifference::Derived { fact, expected, possible } => {
            let fact = &guide[*fact];
            let got: Vec<&str> = possible.iter().map(|index| fact.values[index].id.as_str()).collect();
            format!("{}: expected `{}`, got `{}`", fact.id, fact.values[*expected].id, got.join("` or `"))
        }
        CaseDifference::FirstScenario { expected, got } => {
            let ids = |ids: &[TreatmentId], between: &str| {
                ids.iter().map(|id| guide[*id].id.as_str()).collect::<Vec<_>>().join(between)
            };
            format!("first_scenario: expected {}, got [{}]", ids(expected, " or "), ids(got, ", "))
        }
        CaseDifference::Treatment(treatment, difference) => {
            format!("{}: {}", guide[*treatment].id, describe_treatment_difference(guide, difference))
        }
    }
}

fn describe_treatment_difference(guide: &Guide, difference: &TreatmentDifference) -> String {
    let wrong = |what: &str, wanted: &str, got: &str| format!("{what}: expected [{wanted}], got [{got}]");
    let counts = |what: &str, wanted: usize, got: usize| wrong(what, &wanted.to_string(), &got.to_string());
    match difference {
        TreatmentDifference::Verdict { expected, got, rests_on } => {
            let facts = names(guide, rests_on);
            let rests_on = match got.is_decided() {
                true => format!("because of [{facts}]"),
                false => format!("which depends on [{facts}]"),
            };
            format!("verdict: expected `{}`, got `{}` {rests_on}", expected.id(), got.id())
        }
        TreatmentDifference::Missing { expected, got } => wrong("missing", &names(guide, expected), &names(guide, got)),
        TreatmentDifference::Timing { expected, got } => wrong("timing", &timings(guide, expected), &timings(guide, got)),
        TreatmentDifference::Outcomes { expected, got } => counts("outcomes", *expected, *got),
        TreatmentDifference::Declined { expected, got } => wrong("declined", &expected.to_string(), &got.to_string()),
        TreatmentDifference::Standing { expected, got } => wrong("standing", expected.id(), got.map_or("none", Standing::id)),
        TreatmentDifference::FormerIndication { expected, got } => {
            wrong("former indication", expected.id(), got.map_or("none", Truth::id))
        }
        TreatmentDifference::Precautions { expected, got } => counts("precautions", *expected, *got),
        TreatmentDifference::NoPrecautionFor(fact) => {
            format!("expected a precaution about `{}`, but none applies", guide[*fact].id)
        }
        TreatmentDifference::Reason { expected, fault, right } => {
            let name = |fact: FactId| guide[fact].id.as_str();
            let fault = match *fault {
                ReasonFault::NotStated(fact) => format!("names `{}`, which the case does not state", name(fact)),
                ReasonFault::NotSufficient(verdict) => {
                    format!("is not sufficient: with these facts alone the verdict is `{}`", verdict.id())
                }
                ReasonFault::NotMinimal(fact) => {
                    format!("is not minimal: the other facts force the verdict without `{}`", name(fact))
                }
            };
            format!("reason: [{}] {fault}; a correct one is [{}]", names(guide, expected), names(guide, right))
        }
    }
}

fn names(guide: &Guide, facts: &[FactId]) -> String {
    facts.iter().map(|fact| guide[*fact].id.as_str()).collect::<Vec<_>>().join(", ")
}

fn timings(guide: &Guide, timings: &[TimingId]) -> String {
    timings.iter().map(|timing| guide[*timing].id.as_str()).collect::<Vec<_>>().join(", ")
}
