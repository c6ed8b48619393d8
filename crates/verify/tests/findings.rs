//! Tests the messages of findings: what they say is wrong, and how to fix it.

use sarcoguide_model::{Condition, FactId, Guide, Must, Policy, Precaution, Rule, TreatmentId, ValueSet};
use sarcoguide_testkit::{empty_guide, treatment, yes_no_fact};
use sarcoguide_verify::{Code, prove};

/// Returns the condition that the fact with this index is `yes`.
fn yes(fact: usize) -> Condition {
    Condition::Is { fact: FactId::new(fact), values: ValueSet::only(1) }
}

fn no(fact: usize) -> Condition {
    Condition::Is { fact: FactId::new(fact), values: ValueSet::only(0) }
}

/// Returns a guide with two facts and a treatment with these indications, all of the same strength, and these contraindications.
fn guide(indications: Vec<Condition>, contraindications: Vec<Condition>) -> Guide {
    let mut guide = empty_guide(["fever", "pain"].map(yes_no_fact).to_vec());
    guide.treatments = vec![treatment("drug", indications.into_iter().map(|when| (when, 0)).collect(), contraindications)];
    guide
}

/// Returns the message and the help of each finding with this code.
fn found(guide: &Guide, code: Code) -> Vec<(String, String)> {
    let findings = prove(guide).findings.into_iter().filter(|finding| finding.code == code);
    findings.map(|finding| (finding.message, finding.help)).collect()
}

fn assert_found(guide: &Guide, code: Code, message: &str, help: &str) {
    assert_eq!(found(guide, code), [(message.to_owned(), help.to_owned())]);
}

#[test]
fn a_case_without_treatment_needs_one_or_a_reason() {
    assert_found(
        &guide(vec![yes(0)], Vec::new()),
        Code::Gap,
        "in some possible cases in scope, no treatment except supportive treatment is indicated, and no reason is given",
        "broaden an indication, or add a `[[no_treatment_indicated]]` entry that gives the reason",
    );
}

#[test]
fn a_contraindicated_main_treatment_needs_an_alternative() {
    assert_found(
        &guide(vec![Condition::Always], vec![yes(0)]),
        Code::Conflict,
        "in some possible cases, the main treatment `drug` is contraindicated and the guide offers nothing instead",
        "add `instead` to say what to do, or offer another treatment in these cases",
    );
}

#[test]
fn an_indication_within_another_one_is_unnecessary() {
    let mut guide = guide(vec![Condition::Always, yes(0)], Vec::new());
    let help = "remove one of the two, or narrow the broader one";
    assert_found(
        &guide,
        Code::Shadow,
        "this indication of `drug` holds only in cases in which another indication of the same treatment with the same strength also holds",
        help,
    );
    guide.intents.push(guide.intents[0].clone());
    guide.treatments[0].indications[1].intent = sarcoguide_model::IntentId::new(1);
    assert_found(
        &guide,
        Code::ShadowOtherTiming,
        "this indication of `drug` holds only in cases in which another indication of the same treatment with the same strength but a different \
         timing or intent also holds",
        help,
    );
}

#[test]
fn the_finding_about_a_policy_that_never_applies_names_the_possible_causes() {
    let mut guide = guide(vec![Condition::Always], Vec::new());
    let rule = |when| Rule { when, ..guide.scope.clone() };
    let never = rule(Condition::All(vec![yes(0), no(0)]));
    let policy = |rule| Policy {
        id: "drug_for_all".to_owned(),
        text: String::new(),
        rule,
        must: Must::IndicateOne,
        over: vec![TreatmentId::new(0)],
        effect: None,
    };
    guide.policies = vec![policy(never)];
    assert_found(
        &guide,
        Code::Policy,
        "the policy `drug_for_all` never applies: its condition holds in no possible case, or it requires nothing of its treatments",
        "correct the rule that breaks the policy, or the policy itself",
    );
}

#[test]
fn a_condition_that_stays_unknown_gets_a_replacement() {
    let stays_unknown = Condition::Any(vec![yes(0), no(0)]);
    let mut guide = guide(vec![Condition::Always], Vec::new());
    guide.treatments[0].precautions = vec![Precaution {
        rule: Rule { when: Condition::All(vec![yes(1), stays_unknown]), ..guide.scope.clone() },
        text: String::new(),
        warning: false,
    }];
    let [(_, help)] = &found(&guide, Code::KleeneGap)[..] else { panic!("one finding") };
    assert_eq!(help, "replace the condition with `(CONDITION) or (pain is yes)`, where CONDITION is its current text");
}

#[test]
fn indications_that_together_cover_every_case_get_a_replacement_for_one_of_them() {
    let guide = guide(vec![yes(0), no(0)], Vec::new());
    let [(message, help)] = &found(&guide, Code::KleeneGap)[..] else { panic!("one finding") };
    assert_eq!(message, "an indication of `drug` holds whatever the unknown facts are, but the evaluation leaves this unknown");
    assert_eq!(
        help,
        "replace the condition of one of its indications with `(CONDITION) or (always)`, where CONDITION is its current text"
    );
}
