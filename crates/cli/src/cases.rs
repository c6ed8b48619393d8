//! What is said of a case of the guide whose advice is not what it expects.

use sarcoguide_advise::ReasonFault;
use sarcoguide_model::{FactId, Guide, Standing, TimingId, Truth};
use sarcoguide_verify::cases::{Mismatch, TreatmentMismatch};

/// What was expected and what came instead, in one line.
#[must_use]
pub fn describe(guide: &Guide, mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Contradiction(contradiction) => {
            let facts = names(guide, &contradiction.facts);
            format!("the case contradicts itself ({facts}): {}", guide.constraints[contradiction.constraint].text)
        }
        Mismatch::Scope { expected, got } => format!("scope: expected `{expected}`, got `{got}`"),
        Mismatch::NoTreatmentIndicated { expected, got } => {
            format!("nothing due: expected [{}], got [{}]", expected.join(", "), got.join(", "))
        }
        Mismatch::Derived { fact, expected, possible } => {
            let fact = &guide[*fact];
            let got: Vec<&str> = possible.iter().map(|index| fact.values[index].id.as_str()).collect();
            format!("{}: expected `{}`, got `{}`", fact.id, fact.values[*expected].id, got.join("` or `"))
        }
        Mismatch::Treatment(treatment, mismatch) => format!("{}: {}", guide[*treatment].id, of_treatment(guide, mismatch)),
    }
}

fn of_treatment(guide: &Guide, mismatch: &TreatmentMismatch) -> String {
    let wrong = |what: &str, wanted: &str, got: &str| format!("{what}: expected [{wanted}], got [{got}]");
    let counts = |what: &str, wanted: usize, got: usize| wrong(what, &wanted.to_string(), &got.to_string());
    match mismatch {
        TreatmentMismatch::Verdict { expected, got, rests_on } => {
            let facts = names(guide, rests_on);
            let rests_on = match got.is_decided() {
                true => format!("because of [{facts}]"),
                false => format!("which depends on [{facts}]"),
            };
            format!("verdict: expected `{}`, got `{}` {rests_on}", expected.id(), got.id())
        }
        TreatmentMismatch::Missing { expected, got } => wrong("missing", &names(guide, expected), &names(guide, got)),
        TreatmentMismatch::Timing { expected, got } => wrong("timing", &timings(guide, expected), &timings(guide, got)),
        TreatmentMismatch::Outcomes { expected, got } => counts("outcomes", *expected, *got),
        TreatmentMismatch::Declined { expected, got } => wrong("declined", &expected.to_string(), &got.to_string()),
        TreatmentMismatch::Standing { expected, got } => wrong("standing", expected.id(), got.map_or("none", Standing::id)),
        TreatmentMismatch::FormerIndication { expected, got } => {
            wrong("former indication", expected.id(), got.map_or("none", Truth::id))
        }
        TreatmentMismatch::Precautions { expected, got } => counts("precautions", *expected, *got),
        TreatmentMismatch::NoPrecautionFor(fact) => format!("no precaution that applies is about `{}`", guide[*fact].id),
        TreatmentMismatch::Reason { expected, fault, right } => {
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
            format!("reason: [{}] {fault}; a right one is [{}]", names(guide, expected), names(guide, right))
        }
    }
}

fn names(guide: &Guide, facts: &[FactId]) -> String {
    facts.iter().map(|fact| guide[*fact].id.as_str()).collect::<Vec<_>>().join(", ")
}

fn timings(guide: &Guide, timings: &[TimingId]) -> String {
    timings.iter().map(|timing| guide[*timing].id.as_str()).collect::<Vec<_>>().join(", ")
}
