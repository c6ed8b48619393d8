//! Tests the list of warnings that a guide accepts: the proposed entries accept all warnings, and an entry that is out of date is an error.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use sarcoguide_model::{Acceptable, Accepted, Case, Condition, FactId, FactValue, Guide, Occurrence};
use sarcoguide_testkit::small_guide;
use sarcoguide_verify::{Code, Finding, Proposal, prove};

/// Returns the guide with the proposals in its list of accepted warnings, as one entry for each kind of warning.
fn accepting(guide: &Guide, proposals: &[Proposal]) -> Guide {
    let accepted = Acceptable::ALL.into_iter().map(|warning| {
        let of_kind = proposals.iter().filter(|proposal| proposal.warning == warning);
        let occurrences =
            of_kind.map(|proposal| Occurrence { places: proposal.places.clone(), case: proposal.case.clone(), line: 1 });
        Accepted { warning, reason: "It is so.".to_owned(), occurrences: occurrences.collect() }
    });
    Guide { accepted: accepted.collect(), ..guide.clone() }
}

fn warnings(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.code.acceptable().is_some()).collect()
}

fn stale(findings: &[Finding]) -> Vec<&str> {
    findings.iter().filter(|finding| finding.code == Code::Stale).map(|finding| finding.message.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// With the proposed entries, a guide has no warnings left and no entry that is out of date. Its errors don't change.
    #[test]
    fn the_proposed_entries_accept_every_warning(guide in small_guide()) {
        let before = prove(&guide);
        let after = prove(&accepting(&guide, &before.proposals));
        prop_assert!(warnings(&after.findings).is_empty(), "{:?}", warnings(&after.findings));
        prop_assert_eq!(stale(&after.findings), Vec::<&str>::new());
        prop_assert_eq!(after.accepted, warnings(&before.findings).len());
        prop_assert_eq!(after.proposals, []);
        let errors = |findings: &[Finding]| findings.iter().filter(|finding| finding.code.is_error()).cloned().collect::<Vec<_>>();
        prop_assert_eq!(errors(&after.findings), errors(&before.findings));
    }

    /// If the warnings no longer exist, each place that an entry lists for them is reported as an error.
    #[test]
    fn accepting_a_warning_that_no_longer_exists_is_an_error(guide in small_guide()) {
        let proposals = prove(&guide).proposals;
        let mut plain = accepting(&guide, &proposals);
        plain.scope.when = Condition::Always;
        plain.derived.clear();
        plain.doubts.clear();
        for treatment in &mut plain.treatments {
            treatment.indications.truncate(1);
            treatment.indications[0].rule.when = Condition::Always;
            treatment.contraindications.clear();
        }
        let proof = prove(&plain);
        prop_assert_eq!(warnings(&proof.findings).len(), 0);
        let places: usize = proposals.iter().map(|proposal| proposal.places.len()).sum();
        prop_assert_eq!(stale(&proof.findings).len(), places);
        prop_assert!(stale(&proof.findings).iter().all(|message| message.starts_with("there is no V10")));
    }

    /// An entry whose case doesn't show the warning accepts nothing. The test uses a case that states no facts.
    #[test]
    fn a_case_that_does_not_show_a_warning_accepts_nothing(guide in small_guide()) {
        let proposals = prove(&guide).proposals;
        for (index, proposal) in proposals.iter().enumerate() {
            let nothing = Proposal { case: Case::unknown(guide.facts.len()), ..proposal.clone() };
            // Two rules can have the same name. The empty case may then show the other rule's warning, so skip proposals that share a place.
            let others = proposals.iter().enumerate().filter(|(other, _)| *other != index);
            let twice = others.into_iter().any(|(_, other)| other.places.iter().any(|place| proposal.places.contains(place)));
            if nothing.case == proposal.case || twice {
                continue;
            }
            let proof = prove(&accepting(&guide, &[nothing]));
            prop_assert!(stale(&proof.findings).iter().all(|message| message.starts_with("this case doesn't show the V10")));
            prop_assert_eq!(stale(&proof.findings).len(), proposal.places.len());
            prop_assert_eq!(proof.accepted, 0);
        }
    }
}

#[test]
fn a_case_that_states_more_facts_than_needed_is_rejected() {
    let mut rejected = 0;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    while rejected < 20 {
        let guide = small_guide().new_tree(&mut runner).expect("a guide").current();
        for proposal in prove(&guide).proposals {
            let open = (0..guide.facts.len()).map(FactId::new).find(|fact| proposal.case.get(*fact) == FactValue::Unknown);
            // State one more fact: one that has two possible values and that the proposed case leaves unknown.
            let Some(fact) = open.filter(|fact| guide[*fact].domain.values().len() == 2) else { continue };
            let more = Proposal { case: proposal.case.with(fact, FactValue::Value(0)), ..proposal.clone() };
            let proof = prove(&accepting(&guide, &[more]));
            // If the warning depends on the fact, the case may no longer show it. That is an error too, but with another message.
            let messages = stale(&proof.findings);
            assert_eq!(messages.len(), proposal.places.len());
            rejected += messages
                .iter()
                .filter(|message| message.starts_with("this case states more facts than needed to show the V10"))
                .count();
        }
    }
}

#[test]
fn the_warnings_that_a_guide_can_accept_are_those_of_the_proofs() {
    let codes: Vec<&str> = Code::ALL.into_iter().filter(|code| !code.is_error()).map(Code::id).collect();
    assert!(Acceptable::ALL.iter().all(|warning| codes.contains(&warning.id())) && codes.len() == Acceptable::ALL.len());
}
