//! Runs the cases that stand in a guide and says where the answer is not what they expect.

use std::collections::BTreeSet;

use sarcoguide_advise::{Advisor, ReasonFault};
use sarcoguide_compiler::{Expectation, GuideCase};
use sarcoguide_model::{Advice, Case, FactId, Guide, Standing, TimingId, TreatmentAdvice, Truth};

/// What a case expects and what came instead, one line each; empty when all is as expected.
#[must_use]
pub fn run(advisor: &Advisor, case: &GuideCase) -> Vec<String> {
    let guide = advisor.guide();
    let advice = match advisor.advise(&case.case) {
        Ok(advice) => advice,
        Err(contradiction) => {
            let facts = names(guide, &contradiction.facts);
            return vec![format!("the case contradicts itself ({facts}): {}", guide.constraints[contradiction.constraint].text)];
        }
    };
    let mut failures = Vec::new();
    if let Some(expected) = &case.scope {
        let got = scope_name(guide, &advice);
        if got != *expected {
            failures.push(format!("scope: expected `{expected}`, got `{got}`"));
        }
    }
    if let Some(expected) = &case.no_treatment_indicated {
        let holding =
            guide.no_treatment_indicated.iter().zip(&advice.no_treatment_indicated).filter(|(_, truth)| truth.is_true());
        let got: Vec<&str> = holding.map(|(entry, _)| entry.id.as_str()).collect();
        if got != *expected {
            failures.push(format!("nothing due: expected [{}], got [{}]", expected.join(", "), got.join(", ")));
        }
    }
    for (derived, value) in &case.derived {
        let fact = &guide[*derived];
        let possible = advice.derived[derived.index()].possible;
        if possible.len() != 1 || !possible.contains(*value) {
            let got: Vec<&str> = possible.iter().map(|index| fact.values[index].id.as_str()).collect();
            failures.push(format!("{}: expected `{}`, got `{}`", fact.id, fact.values[*value].id, got.join("` or `")));
        }
    }
    for expected in &case.expect {
        compare(guide, expected, &advice, &mut failures);
        failures.extend(wrong_reason(advisor, &case.case, expected, &advice[expected.treatment]));
    }
    failures
}

/// What is wrong with the facts that a case gives as the reason of a verdict. A verdict may have several reasons; each of them is right.
fn wrong_reason(advisor: &Advisor, case: &Case, expected: &Expectation, answer: &TreatmentAdvice) -> Option<String> {
    let reason = expected.reason.as_ref()?;
    // Where the verdict is another one, that has been said, and no facts force the expected one.
    if answer.verdict != expected.verdict {
        return None;
    }
    let guide = advisor.guide();
    let name = |fact: FactId| guide[fact].id.as_str();
    let facts = reason.iter().copied().collect();
    let fault = match advisor.check_reason(case, facts, expected.treatment, expected.verdict).err()? {
        ReasonFault::NotStated(fact) => format!("names `{}`, which the case does not state", name(fact)),
        ReasonFault::NotSufficient(verdict) => {
            format!("is not sufficient: with these facts alone the verdict is `{}`", verdict.id())
        }
        ReasonFault::NotMinimal(fact) => format!("is not minimal: the other facts force the verdict without `{}`", name(fact)),
    };
    let treatment = &guide[expected.treatment].id;
    Some(format!("{treatment}: reason: [{}] {fault}; a right one is [{}]", names(guide, reason), names(guide, &answer.reason)))
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

fn compare(guide: &Guide, expected: &Expectation, advice: &Advice, failures: &mut Vec<String>) {
    let treatment = &guide[expected.treatment];
    let answer = &advice[expected.treatment];
    if answer.verdict != expected.verdict {
        let missing: Vec<FactId> = answer.missing.iter().map(|missing| missing.fact).collect();
        let rests_on = match answer.verdict.is_decided() {
            true => format!("because of [{}]", names(guide, &answer.reason)),
            false => format!("which depends on [{}]", names(guide, &missing)),
        };
        let (wanted, got) = (expected.verdict.id(), answer.verdict.id());
        failures.push(format!("{}: verdict: expected `{wanted}`, got `{got}` {rests_on}", treatment.id));
    }
    let mut wrong = |what: &str, wanted: String, got: String| {
        if wanted != got {
            failures.push(format!("{}: {what}: expected [{wanted}], got [{got}]", treatment.id));
        }
    };
    if let Some(missing) = &expected.missing {
        let mut got: Vec<FactId> = answer.missing.iter().map(|missing| missing.fact).collect();
        got.sort_unstable();
        wrong("missing", names(guide, missing), names(guide, &got));
    }
    if let Some(timing) = &expected.timing {
        let holding = treatment.indications.iter().zip(&answer.indications).filter(|(_, truth)| truth.is_true());
        let got: Vec<TimingId> = holding.map(|(indication, _)| indication.timing).collect();
        wrong("timing", timings(guide, timing), timings(guide, &got));
    }
    if let Some(outcomes) = expected.outcomes {
        let got = answer.outcomes.iter().filter(|truth| truth.is_true()).count();
        wrong("outcomes", outcomes.to_string(), got.to_string());
    }
    if let Some(declined) = expected.declined {
        wrong("declined", declined.to_string(), answer.declined.is_true().to_string());
    }
    if let Some(standing) = expected.standing {
        wrong("standing", standing.id().to_owned(), answer.standing.map_or("none", Standing::id).to_owned());
    }
    if let Some(former) = expected.former_indication {
        wrong("former indication", former.id().to_owned(), answer.former_indication.map_or("none", Truth::id).to_owned());
    }
    if let Some(precautions) = expected.precautions {
        let got = answer.precautions.iter().filter(|truth| truth.is_true()).count();
        wrong("precautions", precautions.to_string(), got.to_string());
    }
    let applying = treatment.precautions.iter().zip(&answer.precautions).filter(|(_, truth)| truth.is_true());
    let about: BTreeSet<FactId> = applying.flat_map(|(precaution, _)| guide.facts_under(&precaution.rule.when)).collect();
    for fact in expected.precautions_for.iter().filter(|fact| !about.contains(fact)) {
        failures.push(format!("{}: no precaution that applies is about `{}`", treatment.id, guide[*fact].id));
    }
}

fn names(guide: &Guide, facts: &[FactId]) -> String {
    let names: Vec<&str> = facts.iter().map(|fact| guide[*fact].id.as_str()).collect();
    names.join(", ")
}

fn timings(guide: &Guide, terms: &[TimingId]) -> String {
    let mut terms = terms.to_vec();
    terms.sort_unstable();
    terms.dedup();
    let names: Vec<&str> = terms.iter().map(|term| guide[*term].id.as_str()).collect();
    names.join(", ")
}
