//! Tests laws on scenarios for generated guides and cases.

use proptest::prelude::*;
use sarcoguide_advise::{Advisor, MAX_SCENARIOS, State, verdict};
use sarcoguide_model::{Case, FactId, FactValue, Guide, TreatmentId, Verdict};
use sarcoguide_testkit::{case_of, small_guide, with_usual_values};

fn guide_and_case() -> impl Strategy<Value = (Guide, Case)> {
    small_guide().prop_flat_map(with_usual_values).prop_flat_map(|guide| {
        let case = case_of(&guide, 0.3);
        (Just(guide), case)
    })
}

fn facts(guide: &Guide) -> impl Iterator<Item = FactId> {
    (0..guide.facts.len()).map(FactId::new)
}

/// Whether everything that `case` states holds in `more`: every completion of `more` is one of `case`.
fn refines(guide: &Guide, case: &Case, more: &Case) -> bool {
    facts(guide).all(|fact| match (case.get(fact), more.get(fact)) {
        (FactValue::Unknown, _) => true,
        (FactValue::Value(known), FactValue::Value(later)) => {
            let values = guide[fact].domain.values();
            values[usize::from(later)].covers.is_subset(values[usize::from(known)].covers)
        }
        (FactValue::Between(known), FactValue::Between(later)) => known.covers(later),
        (FactValue::Between(known), FactValue::Number(later)) => known.low() <= later && later <= known.high(),
        (known, later) => known == later,
    })
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(400))]

    /// The verdicts of a scenario are those of the case with its assumptions stated, and its assumptions never contradict the case or the guide.
    #[test]
    fn a_scenario_is_the_case_with_its_assumptions((guide, case) in guide_and_case()) {
        let advisor = Advisor::new(guide.clone());
        let Ok(open) = advisor.advise(&case) else { return Ok(()) };
        let scenarios = advisor.scenarios(&case, &open).expect("no contradiction");
        prop_assert!((1..=MAX_SCENARIOS).contains(&scenarios.len()));
        for scenario in &scenarios {
            let mut stated = case.clone();
            for assumption in &scenario.assumptions {
                let usual = &guide.usual_values[assumption.entry];
                let values = assumption.alternative.map_or(&usual.values, |index| &usual.alternatives[index].values);
                prop_assert_eq!(assumption.value, values[0]);
                prop_assert!(case.get(assumption.fact) != assumption.value);
                stated.set(assumption.fact, assumption.value);
            }
            prop_assert_eq!(&stated, &scenario.case);
            prop_assert!(refines(&guide, &case, &stated));
            let advice = advisor.advise(&stated).expect("assumptions don't contradict the case");
            for (entry, expected) in scenario.treatments.iter().zip(&advice.treatments) {
                prop_assert_eq!((entry.verdict, entry.standing), (expected.verdict, expected.standing));
                prop_assert_eq!(&entry.indications, &expected.indications);
                if entry.verdict == Verdict::Indicated {
                    let reason = entry.reason.iter().copied().collect();
                    prop_assert_eq!(advisor.check_reason(&stated, reason, entry.treatment, entry.verdict), Ok(()));
                }
            }
            // Without its assumptions, an indicated treatment is indicated or possible.
            for entry in scenario.indicated() {
                let verdict = open.treatments[entry.treatment.index()].verdict;
                prop_assert!(matches!(verdict, Verdict::Indicated | Verdict::Possible), "{verdict:?}");
            }
        }
    }

    /// Every treatment that is possible in the open case is indicated in a scenario, or is listed among the rare ones. A rare one's witness states
    /// all that the case states, and the treatment is indicated in it.
    #[test]
    fn a_possible_treatment_is_in_a_scenario_or_rare((guide, case) in guide_and_case()) {
        let advisor = Advisor::new(guide.clone());
        let Ok(open) = advisor.advise(&case) else { return Ok(()) };
        let scenarios = advisor.scenarios(&case, &open).expect("no contradiction");
        let rare = advisor.rare_treatments(&case, &open, &scenarios).expect("no contradiction");
        for entry in open.treatments.iter().filter(|entry| entry.verdict == Verdict::Possible) {
            let shown = scenarios.iter().any(|scenario| scenario.treatments[entry.treatment.index()].verdict == Verdict::Indicated);
            prop_assert_eq!(rare.iter().filter(|rare| rare.treatment == entry.treatment).count(), usize::from(!shown));
        }
        for rare in &rare {
            prop_assert!(!rare.facts.is_empty());
            let Some(witness) = &rare.witness else { continue };
            prop_assert!(refines(&guide, &case, witness));
            let state = State::of(&guide, witness).expect("a witness doesn't contradict itself");
            prop_assert_eq!(verdict(&guide, &guide[rare.treatment], &state), Verdict::Indicated);
        }
    }

    /// If a complete case agrees with an open case, each treatment that is indicated in it is indicated in a scenario, or has a rare entry.
    #[test]
    fn nothing_that_a_complete_case_indicates_is_lost((guide, case) in guide_and_case(), seed in any::<prop::sample::Index>()) {
        let advisor = Advisor::new(guide.clone());
        let Ok(open) = advisor.advise(&case) else { return Ok(()) };
        let completions = sarcoguide_testkit::completions(&guide, &case);
        let complete = &completions[seed.index(completions.len())];
        let (Ok(of_case), Ok(state)) = (State::of(&guide, &case), State::of(&guide, complete)) else { return Ok(()) };
        if of_case.ignored_constraints() != state.ignored_constraints() {
            return Ok(());
        }
        let scenarios = advisor.scenarios(&case, &open).expect("no contradiction");
        let rare = advisor.rare_treatments(&case, &open, &scenarios).expect("no contradiction");
        for treatment in (0..guide.treatments.len()).map(TreatmentId::new) {
            if verdict(&guide, &guide[treatment], &state) == Verdict::Indicated {
                let shown = scenarios.iter().any(|scenario| scenario.treatments[treatment.index()].verdict == Verdict::Indicated);
                prop_assert!(shown || rare.iter().any(|rare| rare.treatment == treatment));
            }
        }
    }
}
