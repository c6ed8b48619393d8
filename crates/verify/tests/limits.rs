//! Tests that the proofs report what is too large to prove, still prove everything else, and have no wrong findings because of the size limits.

use proptest::prelude::*;
use sarcoguide_model::{
    Condition, Constraint, DerivedFact, DerivedId, FactId, FactKind, Guide, Must, Policy, Row, Rule, RulePlace, TreatmentId,
    Value, ValueSet,
};
use sarcoguide_testkit::{empty_guide, small_guide, yes_no_fact};
use sarcoguide_verify::{Code, Limits, Proof, Subject, difference, prove, prove_within};

/// The values of a yes/no fact.
fn yes_no() -> Vec<Value> {
    let value = |(place, id): (usize, &str)| {
        let covers = ValueSet::only(place);
        Value { id: id.to_owned(), name: id.to_owned(), help: None, says: None, synonyms: Vec::new(), parent: None, covers }
    };
    ["no", "yes"].into_iter().enumerate().map(value).collect()
}

fn rule(when: Condition) -> Rule {
    Rule { when, written: String::new(), from: Vec::new(), line: 1, generated: false }
}

fn is(fact: usize, value: usize) -> Condition {
    Condition::Is { fact: FactId::new(fact), values: ValueSet::only(value) }
}

/// Returns the indexes of the two facts of a pair. They're far apart in the vocabulary, so a diagram that compares many pairs is large.
fn pair(place: usize, pairs: usize) -> [usize; 2] {
    [place, place + pairs]
}

/// Returns the condition that both facts of each pair have the same value.
fn agree(pairs: usize) -> Condition {
    let both = |place, value| Condition::All(pair(place, pairs).map(|fact| is(fact, value)).to_vec());
    Condition::All((0..pairs).map(|place| Condition::Any(vec![both(place, 1), both(place, 0)])).collect())
}

/// Returns the condition that both facts of at least one pair are `yes`.
fn any_pair_is_yes(pairs: usize) -> Condition {
    Condition::Any((0..pairs).map(|place| Condition::All(pair(place, pairs).map(|fact| is(fact, 1)).to_vec())).collect())
}

/// Returns a guide with this many pairs of facts and three treatments. The first treatment is indicated if the first fact is `yes`, and its second
/// indication is a shadow of the first one. The condition of the second treatment is large. That of the third treatment never holds.
fn guide_of_pairs(pairs: usize) -> Guide {
    let mut guide = empty_guide((0..2 * pairs).map(|place| yes_no_fact(&format!("fact{place}"))).collect());
    let treatment = |id: &str, conditions: Vec<Condition>| {
        let conditions = conditions.into_iter().map(|when| (when, 0)).collect();
        sarcoguide_testkit::treatment(id, conditions, Vec::new())
    };
    guide.treatments = vec![
        treatment("first", vec![is(0, 1), Condition::All(vec![is(0, 1), is(1, 1)])]),
        treatment("large", vec![agree(pairs)]),
        treatment("last", vec![Condition::All(vec![is(0, 1), is(0, 0)])]),
    ];
    guide.policies = vec![Policy {
        id: "never_the_first".to_owned(),
        text: String::new(),
        rule: rule(Condition::Always),
        over: vec![TreatmentId::new(0)],
        must: Must::NotBeIndicated,
        effect: None,
    }];
    guide
}

const LARGE: Subject = Subject::Rule(RulePlace::Indication(TreatmentId(1), 0));

fn too_large(proof: &Proof) -> Vec<Subject> {
    proof.findings.iter().filter(|finding| finding.code == Code::TooLarge).map(|finding| finding.subject).collect()
}

fn has(proof: &Proof, code: Code, subject: Subject) -> bool {
    proof.findings.iter().any(|finding| finding.code == code && finding.subject == subject)
}

/// Asserts that the findings that don't depend on the large condition are there.
fn assert_other_findings(proof: &Proof) {
    assert!(has(proof, Code::Policy, Subject::Rule(RulePlace::Policy(0))));
    assert!(has(proof, Code::Shadow, Subject::Rule(RulePlace::Indication(TreatmentId(0), 1))));
    assert!(has(proof, Code::DeadRule, Subject::Rule(RulePlace::Indication(TreatmentId(2), 0))));
    assert!(proof.findings.iter().all(|finding| !finding.unconfirmed), "{:?}", proof.findings);
}

#[test]
fn a_small_condition_is_proved() {
    let proof = prove(&guide_of_pairs(3));
    assert_eq!(too_large(&proof), []);
    assert_other_findings(&proof);
    assert!(proof.counts.complete.is_some() && proof.counts.treatments.iter().all(|counts| counts.all.is_some()));
}

#[test]
fn a_condition_that_is_too_large_is_reported_and_everything_else_is_proved() {
    for pairs in [12, 16, 24] {
        let proof = prove(&guide_of_pairs(pairs));
        assert!(too_large(&proof).contains(&LARGE), "{pairs}: {:?}", proof.unproved);
        assert_other_findings(&proof);
        let large = proof.unproved.iter().find(|part| part.subject == LARGE).expect("reported");
        assert!(large.open_questions.contains(&(Code::KleeneGap, LARGE)), "{pairs}: {large:?}");
        let counts = &proof.counts.treatments;
        assert!(counts[0].all.is_some() && counts[1].all.is_none() && counts[2].all.is_some(), "{pairs}");
    }
}

#[test]
fn a_derived_fact_that_is_too_large_is_reported_once_with_everything_that_depends_on_it() {
    let mut guide = guide_of_pairs(20);
    let (yes, derived) = (any_pair_is_yes(20), DerivedId::new(0));
    let row = |value, when| Row { value, rule: rule(when), text: None };
    guide.derived = vec![DerivedFact {
        id: "meet".to_owned(),
        name: String::new(),
        area: String::new(),
        kind: FactKind::YesNo,
        headline: false,
        not_shown: ValueSet::EMPTY,
        asks: false,
        reported_as: None,
        confirm: false,
        values: yes_no(),
        rows: vec![row(1, yes.clone()), row(0, Condition::Not(Box::new(yes)))],
        explain: String::new(),
        from: Vec::new(),
    }];
    let is_derived = Condition::Derived { derived, values: ValueSet::only(1) };
    guide.treatments[1].indications[0].rule.when = Condition::All(vec![is_derived, is(0, 1)]);
    let proof = prove(&guide);
    assert_eq!(too_large(&proof), [Subject::Derived(derived)]);
    assert_other_findings(&proof);
    let open = &proof.unproved[0].open_questions;
    for question in [(Code::NoValue, Subject::Derived(derived)), (Code::DeadRule, LARGE), (Code::KleeneGap, LARGE)] {
        assert!(open.contains(&question), "{question:?}: {open:?}");
    }
}

#[test]
fn a_constraint_that_is_too_large_with_the_others_is_reported_and_the_proofs_go_on_without_it() {
    let mut guide = guide_of_pairs(24);
    guide.treatments[1].indications[0].rule.when = is(1, 1);
    for place in 0..24 {
        let [one, other] = pair(place, 24);
        let exclusion = |one_value, other_value| Constraint {
            mutually_exclusive: vec![is(one, one_value), is(other, other_value)],
            text: String::new(),
            area: "facts".to_owned(),
            line: 1,
            doubt: None,
        };
        guide.constraints.extend([exclusion(0, 1), exclusion(1, 0)]);
    }
    let proof = prove(&guide);
    let reported = too_large(&proof);
    assert!(reported.iter().any(|subject| matches!(subject, Subject::Constraint(_))), "{reported:?}");
    assert_other_findings(&proof);
    assert_eq!(proof.counts.complete, None, "the cases aren't counted if a constraint was left out");
}

#[test]
fn a_treatment_that_is_too_large_is_not_compared_and_the_others_are() {
    let (old, mut new) = (guide_of_pairs(24), guide_of_pairs(24));
    new.treatments[0].indications.truncate(1);
    new.treatments[0].indications[0].rule.when = is(1, 1);
    let found = difference(&old, &new);
    assert_eq!(found.unproved, ["large"]);
    assert!(found.verdicts.iter().all(|change| change.treatment == "first" && change.witness.is_some()), "{:?}", found.verdicts);
    assert!(!found.verdicts.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever the limits are, every finding also exists without limits, and a finding that is missing because of the limits is among the open
    /// questions.
    #[test]
    fn limits_add_no_findings_and_hide_none_silently(
        guide in small_guide(),
        steps in prop_oneof![8..1500_u64, 1500..20_000_u64],
        steps_in_all in prop_oneof![Just(u64::MAX), 1000..200_000_u64],
        nodes in prop_oneof![3 => Just(usize::MAX), 1 => 20..2000_usize],
    ) {
        let whole = prove(&guide);
        let part = prove_within(&guide, Limits { steps, steps_in_all, nodes });
        prop_assert_eq!(too_large(&whole), []);
        let affects_everything = |subject: &Subject| matches!(subject, Subject::Guide | Subject::Constraint(_));
        let all_open = part.unproved.iter().any(|part| affects_everything(&part.subject));
        for finding in part.findings.iter().filter(|finding| finding.code != Code::TooLarge) {
            prop_assert!(!finding.unconfirmed, "{finding:?}");
            // If a constraint was left out, an indication that never holds can be reported as a shadow instead.
            let shadow = matches!(finding.code, Code::Shadow | Code::ShadowOtherTiming);
            prop_assert!(has(&whole, finding.code, finding.subject) || (shadow && all_open), "{finding:?}");
        }
        for finding in &whole.findings {
            let open = || part.unproved.iter().any(|part| part.open_questions.contains(&(finding.code, finding.subject)));
            prop_assert!(has(&part, finding.code, finding.subject) || all_open || open(), "{finding:?}\n{:?}", part.unproved);
        }
    }
}
