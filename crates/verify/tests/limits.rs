//! What is too large to be proved is named, everything else is proved all the same, and nothing is claimed that is not so.

use proptest::prelude::*;
use sarcoguide_model::{
    Condition, Constraint, DerivedFact, DerivedId, Domain, Fact, FactId, FactKind, Guide, Must, Policy, Row, Rule, RulePlace,
    TreatmentId, Value, ValueSet,
};
use sarcoguide_testkit::{empty_guide, small_guide};
use sarcoguide_verify::{Code, Limits, Proof, Subject, difference, prove, prove_within};

/// The values of a yes/no fact.
fn yes_no() -> Vec<Value> {
    let value = |(place, id): (usize, &str)| {
        let covers = ValueSet::only(place);
        Value { id: id.to_owned(), name: id.to_owned(), help: None, parent: None, covers }
    };
    ["no", "yes"].into_iter().enumerate().map(value).collect()
}

fn fact(id: String) -> Fact {
    Fact {
        name: id.clone(),
        id,
        area: "facts".to_owned(),
        kind: FactKind::YesNo,
        domain: Domain::Values(yes_no()),
        question: String::new(),
        why: None,
        where_to_find: None,
        codes: Default::default(),
        from: Vec::new(),
    }
}

fn rule(when: Condition) -> Rule {
    Rule { when, written: String::new(), from: Vec::new(), line: 1 }
}

fn is(fact: usize, value: usize) -> Condition {
    Condition::Is { fact: FactId::new(fact), values: ValueSet::only(value) }
}

/// The two facts of a pair stand far apart in the vocabulary, so that a diagram that compares many pairs is large.
fn pair(place: usize, pairs: usize) -> [usize; 2] {
    [place, place + pairs]
}

/// That the facts of each pair agree.
fn agree(pairs: usize) -> Condition {
    let both = |place, value| Condition::All(pair(place, pairs).map(|fact| is(fact, value)).to_vec());
    Condition::All((0..pairs).map(|place| Condition::Any(vec![both(place, 1), both(place, 0)])).collect())
}

/// That both facts of some pair are so.
fn meet(pairs: usize) -> Condition {
    Condition::Any((0..pairs).map(|place| Condition::All(pair(place, pairs).map(|fact| is(fact, 1)).to_vec())).collect())
}

/// A guide of so many pairs of facts. Its treatment is indicated wherever the first fact is so, and its second indication says nothing.
fn guide_of_pairs(pairs: usize) -> Guide {
    let mut guide = empty_guide((0..2 * pairs).map(|place| fact(format!("fact{place}"))).collect());
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

/// That what has nothing to do with the large condition is found as ever.
fn others_are_found(proof: &Proof) {
    assert!(has(proof, Code::Policy, Subject::Rule(RulePlace::Policy(0))));
    assert!(has(proof, Code::Shadow, Subject::Rule(RulePlace::Indication(TreatmentId(0), 1))));
    assert!(has(proof, Code::DeadRule, Subject::Rule(RulePlace::Indication(TreatmentId(2), 0))));
    assert!(proof.findings.iter().all(|finding| !finding.unconfirmed), "{:?}", proof.findings);
}

#[test]
fn a_condition_that_is_not_large_is_proved() {
    let proof = prove(&guide_of_pairs(3));
    assert_eq!(too_large(&proof), []);
    others_are_found(&proof);
    assert!(proof.counts.stated.is_some() && proof.counts.treatments.iter().all(|counts| counts.open.is_some()));
}

#[test]
fn a_condition_that_is_too_large_is_named_and_the_other_proofs_go_on() {
    for pairs in [12, 16, 24] {
        let proof = prove(&guide_of_pairs(pairs));
        assert!(too_large(&proof).contains(&LARGE), "{pairs}: {:?}", proof.unproved);
        others_are_found(&proof);
        let large = proof.unproved.iter().find(|part| part.subject == LARGE).expect("named");
        assert!(large.open.contains(&(Code::KleeneGap, LARGE)), "{pairs}: {large:?}");
        let counts = &proof.counts.treatments;
        assert!(counts[0].open.is_some() && counts[1].open.is_none() && counts[2].open.is_some(), "{pairs}");
    }
}

#[test]
fn a_derived_fact_that_is_too_large_is_named_once_with_all_that_rests_on_it() {
    let mut guide = guide_of_pairs(20);
    let (yes, derived) = (meet(20), DerivedId::new(0));
    let row = |value, when| Row { value, rule: rule(when), text: None };
    guide.derived = vec![DerivedFact {
        id: "meet".to_owned(),
        name: String::new(),
        area: String::new(),
        kind: FactKind::YesNo,
        headline: false,
        values: yes_no(),
        rows: vec![row(1, yes.clone()), row(0, Condition::Not(Box::new(yes)))],
        explain: String::new(),
        from: Vec::new(),
    }];
    let on_it = Condition::Derived { derived, values: ValueSet::only(1) };
    guide.treatments[1].indications[0].rule.when = Condition::All(vec![on_it, is(0, 1)]);
    let proof = prove(&guide);
    assert_eq!(too_large(&proof), [Subject::Derived(derived)]);
    others_are_found(&proof);
    let open = &proof.unproved[0].open;
    for question in [(Code::NoValue, Subject::Derived(derived)), (Code::DeadRule, LARGE), (Code::KleeneGap, LARGE)] {
        assert!(open.contains(&question), "{question:?}: {open:?}");
    }
}

#[test]
fn constraints_that_are_too_large_together_are_named_and_the_proofs_go_on_without_them() {
    let mut guide = guide_of_pairs(24);
    guide.treatments[1].indications[0].rule.when = is(1, 1);
    for place in 0..24 {
        let [one, other] = pair(place, 24);
        let exclusion = |one_value, other_value| Constraint {
            mutually_exclusive: vec![is(one, one_value), is(other, other_value)],
            text: String::new(),
            area: "facts".to_owned(),
            line: 1,
        };
        guide.constraints.extend([exclusion(0, 1), exclusion(1, 0)]);
    }
    let proof = prove(&guide);
    let named = too_large(&proof);
    assert!(named.iter().any(|subject| matches!(subject, Subject::Constraint(_))), "{named:?}");
    others_are_found(&proof);
    assert_eq!(proof.counts.stated, None, "without all constraints there are too many");
}

#[test]
fn what_is_too_large_is_not_compared_and_the_rest_is() {
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

    /// However little is allowed: what is found is so, and what is not found is named as not proved.
    #[test]
    fn limits_hide_nothing_and_add_nothing(
        guide in small_guide(),
        steps in prop_oneof![8..1500_u64, 1500..20_000_u64],
        steps_in_all in prop_oneof![Just(u64::MAX), 1000..200_000_u64],
        nodes in prop_oneof![3 => Just(usize::MAX), 1 => 20..2000_usize],
    ) {
        let whole = prove(&guide);
        let part = prove_within(&guide, Limits { steps, steps_in_all, nodes });
        prop_assert_eq!(too_large(&whole), []);
        let without = |subject: &Subject| matches!(subject, Subject::Guide | Subject::Constraint(_));
        let all_open = part.unproved.iter().any(|part| without(&part.subject));
        for finding in part.findings.iter().filter(|finding| finding.code != Code::TooLarge) {
            prop_assert!(!finding.unconfirmed, "{finding:?}");
            // Without all constraints a condition that is dead can be taken for one that says nothing new.
            let shadow = matches!(finding.code, Code::Shadow | Code::ShadowOtherTiming);
            prop_assert!(has(&whole, finding.code, finding.subject) || (shadow && all_open), "{finding:?}");
        }
        for finding in &whole.findings {
            let open = || part.unproved.iter().any(|part| part.open.contains(&(finding.code, finding.subject)));
            prop_assert!(has(&part, finding.code, finding.subject) || all_open || open(), "{finding:?}\n{:?}", part.unproved);
        }
    }
}
