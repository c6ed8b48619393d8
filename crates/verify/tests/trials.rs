//! Checks that the proofs don't count treatments that are available only in clinical trials or were withdrawn.

use proptest::prelude::*;
use sarcoguide_model::{Case, Condition, Guide, Must, Policy, Rule, Standing, StrengthId, TreatmentId};
use sarcoguide_testkit::small_guide;
use sarcoguide_verify::{Code, prove};

/// Returns the guide with only its first treatment. The treatment has one indication, which holds for everyone and has this standing. A policy
/// requires that the treatment is indicated.
fn guide(mut guide: Guide, standing: Standing) -> Guide {
    let rule = Rule { when: Condition::Always, written: String::new(), from: Vec::new(), line: 0, generated: false };
    guide.scope = rule.clone();
    guide.treatments.truncate(1);
    let treatment = &mut guide.treatments[0];
    treatment.contraindications.clear();
    treatment.indications.truncate(1);
    treatment.indications[0].rule = rule.clone();
    let place = guide.strengths.iter().position(|strength| strength.standing == standing).expect("a strength for each standing");
    treatment.indications[0].strength = StrengthId::new(place);
    let over = vec![TreatmentId::new(0)];
    let policy = Policy { id: "one".to_owned(), text: String::new(), rule, over, must: Must::IndicateOne, effect: None };
    guide.policies = vec![policy];
    guide
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn a_trial_only_or_withdrawn_treatment_closes_no_gap_and_satisfies_no_policy(small in small_guide(), place in 0..Standing::ALL.len()) {
        let standing = Standing::ALL[place];
        let guide = guide(small, standing);
        prop_assume!(sarcoguide_advise::advise(guide.clone(), &Case::unknown(guide.facts.len())).is_ok());
        let counts = prove(&guide).counts;
        prop_assume!(counts.complete != Some(0_u32.into()));
        let findings = prove(&guide).findings;
        prop_assert!(findings.iter().all(|finding| !finding.unconfirmed), "{findings:?}");
        let found = |code: Code| findings.iter().any(|finding| finding.code == code);
        let is_not_counted = standing == Standing::TrialOnly || guide.treatments[0].is_withdrawn();
        prop_assert_eq!(found(Code::Gap), is_not_counted);
        prop_assert_eq!(found(Code::Policy), is_not_counted);
    }
}
