//! The laws of `ARCHITECTURE.md` as properties of generated guides and cases.

use proptest::collection::vec;
use proptest::prelude::*;
use sarcoguide_advise::{Advisor, FactSet, ReasonFault, State, truth, verdict};
use sarcoguide_model::{Case, FactId, FactValue, Guide, QuestionPart, Truth, ValueSet, Verdict};
use sarcoguide_testkit::{case_of, completions, refined, small_guide};

fn guide_and_cases() -> impl Strategy<Value = (Guide, Case, Case)> {
    small_guide().prop_flat_map(|guide| {
        let cases = (case_of(&guide, 0.5), case_of(&guide, 1.0));
        (Just(guide), cases).prop_map(|(guide, (case, answers))| (guide, case, answers))
    })
}

fn verdicts(guide: &Guide, case: &Case) -> Option<Vec<Verdict>> {
    let state = State::of(guide, case).ok()?;
    Some(guide.treatments.iter().map(|treatment| verdict(guide, treatment, &state)).collect())
}

/// The case that states only these facts.
fn only(guide: &Guide, case: &Case, facts: &[sarcoguide_model::FactId]) -> Case {
    let mut fewer = Case::unknown(guide.facts.len());
    facts.iter().for_each(|fact| fewer.set(*fact, case.get(*fact)));
    fewer
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(600))]

    /// Three values: what is decided holds in every completion of the case, whatever the unknown facts turn out to be.
    #[test]
    fn a_decided_verdict_is_the_verdict_of_every_completion((guide, case, _) in guide_and_cases()) {
        let Some(decided) = verdicts(&guide, &case) else { return Ok(()) };
        for complete in completions(&guide, &case).iter().take(4000) {
            let Some(final_verdicts) = verdicts(&guide, complete) else { continue };
            for (early, late) in decided.iter().zip(&final_verdicts) {
                prop_assert!(early == late || *early == Verdict::Possible, "{early:?} became {late:?} in {complete:?}");
            }
        }
    }

    /// A case of which everything is known has no possible verdict and no open derived fact.
    #[test]
    fn nothing_is_open_once_all_is_known((guide, case, _) in guide_and_cases()) {
        for complete in completions(&guide, &case).iter().take(50) {
            let Some(final_verdicts) = verdicts(&guide, complete) else { continue };
            prop_assert!(final_verdicts.iter().all(|verdict| verdict.is_decided()));
        }
    }

    /// Monotone: learning a fact never turns one decided verdict into another.
    #[test]
    fn learning_a_fact_never_changes_a_decided_verdict((guide, case, answers) in guide_and_cases()) {
        let more = refined(&guide, &case, &answers);
        if let (Some(before), Some(after)) = (verdicts(&guide, &case), verdicts(&guide, &more)) {
            for (early, late) in before.iter().zip(&after) {
                prop_assert!(early == late || *early == Verdict::Possible, "{early:?} became {late:?}");
            }
        }
    }

    /// Reasons force the verdict, and no smaller set of them does.
    #[test]
    fn a_reason_forces_its_verdict_and_no_part_of_it_does((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.treatments {
            let treatment = answer.treatment.index();
            if answer.verdict == Verdict::Possible {
                prop_assert!(answer.reason.is_empty());
                continue;
            }
            let verdict_from = |facts: &[_]| verdicts(&guide, &only(&guide, &case, facts)).map(|all| all[treatment]);
            prop_assert_eq!(verdict_from(&answer.reason), Some(answer.verdict));
            for left_out in &answer.reason {
                let fewer: Vec<_> = answer.reason.iter().copied().filter(|fact| fact != left_out).collect();
                prop_assert_ne!(verdict_from(&fewer), Some(answer.verdict), "{:?} is not needed", left_out);
            }
        }
    }

    /// Any facts that force a verdict while no part of them does are a reason for it, and nothing else is: every set of facts is tried.
    #[test]
    fn a_right_reason_is_any_that_is_sufficient_and_minimal((guide, case, _) in guide_and_cases()) {
        let advisor = Advisor::new(guide.clone());
        let Ok(advice) = advisor.advise(&case) else { return Ok(()) };
        let all: Vec<FactId> = (0..guide.facts.len()).map(FactId::new).collect();
        let part = |bits: usize| -> Vec<FactId> { all.iter().copied().filter(|fact| bits >> fact.index() & 1 == 1).collect() };
        let sets = 1 << all.len();
        for answer in &advice.treatments {
            let from = |bits| verdicts(&guide, &only(&guide, &case, &part(bits))).expect("fewer facts")[answer.treatment.index()];
            let sufficient: Vec<bool> = (0..sets).map(|bits| answer.verdict.is_decided() && from(bits) == answer.verdict).collect();
            for bits in 0..sets {
                let facts: FactSet = part(bits).into_iter().collect();
                let stated = facts.iter().all(|fact| case.get(fact) != FactValue::Unknown);
                let smaller = (0..bits).any(|fewer| fewer & bits == fewer && sufficient[fewer]);
                let found = advisor.check_reason(&case, facts, answer.treatment, answer.verdict);
                prop_assert_eq!(found.is_ok(), stated && sufficient[bits] && !smaller, "{:?}: {:?}", facts, found);
                prop_assert_eq!(advisor.forces(&case, facts, answer.treatment, answer.verdict), sufficient[bits]);
                match found {
                    Ok(()) => {}
                    Err(ReasonFault::NotStated(fact)) => prop_assert_eq!(case.get(fact), FactValue::Unknown),
                    Err(ReasonFault::NotSufficient(verdict)) => prop_assert_eq!(verdict, from(bits)),
                    Err(ReasonFault::NotMinimal(fact)) => prop_assert!(sufficient[bits & !(1 << fact.index())]),
                }
            }
            if answer.verdict.is_decided() {
                let own = answer.reason.iter().copied().collect();
                prop_assert_eq!(advisor.check_reason(&case, own, answer.treatment, answer.verdict), Ok(()));
            }
        }
    }

    /// A possible verdict names missing facts, and once they are stated it is decided.
    #[test]
    fn the_missing_facts_settle_a_possible_verdict((guide, case, answers) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.treatments {
            prop_assert_eq!(answer.verdict == Verdict::Possible, !answer.missing.is_empty());
            let facts: Vec<_> = answer.missing.iter().map(|missing| missing.fact).collect();
            let answered = refined(&guide, &case, &only(&guide, &answers, &facts));
            // A value with kinds of its own leaves its fact open.
            let leaf = facts.iter().all(|fact| Advisor::new(guide.clone()).is_settled(&answered, *fact));
            if let (true, Some(after)) = (leaf, verdicts(&guide, &answered)) {
                prop_assert!(after[answer.treatment.index()].is_decided());
            }
            for missing in &answer.missing {
                prop_assert!((0.0..=1.0).contains(&missing.settles));
            }
            prop_assert!(answer.missing.windows(2).all(|pair| pair[0].settles >= pair[1].settles), "ordered by what they settle");
        }
    }

    /// Derived facts: decided ones carry a reason that forces them; open ones the facts that settle them.
    #[test]
    fn a_derived_fact_has_its_reason_or_its_missing_facts((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.derived {
            let index = answer.derived.index();
            if answer.possible.len() == 1 {
                let fewer = State::of(&guide, &only(&guide, &case, &answer.reason)).expect("fewer facts contradict no more");
                prop_assert_eq!(fewer.derived[index], answer.possible);
                prop_assert!(answer.missing.is_empty());
            } else {
                prop_assert!(!answer.missing.is_empty());
            }
        }
    }

    /// A fact that is implied can be answered in one way only, and that answer changes no verdict.
    #[test]
    fn an_implied_fact_need_not_be_asked((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for fact in &advice.implied {
            prop_assert_eq!(case.get(*fact), FactValue::Unknown);
            let values = guide[*fact].domain.values().iter().enumerate();
            // What a value with kinds of its own leaves to itself can be stated only together with them.
            let leaf = |place: usize, covers: ValueSet| covers == ValueSet::only(place);
            let answered: Vec<(bool, Vec<Verdict>)> = values
                .filter_map(|(place, value)| {
                    let known = FactValue::Value(u8::try_from(place).expect("few values"));
                    Some((leaf(place, value.covers), verdicts(&guide, &case.with(*fact, known))?))
                })
                .collect();
            let same = verdicts(&guide, &case).expect("advised");
            prop_assert!(!answered.is_empty() && answered.iter().all(|(_, verdicts)| *verdicts == same), "{answered:?}");
            prop_assert!(answered.iter().filter(|(leaf, _)| *leaf).count() <= 1);
        }
    }

    /// A contradiction names facts that contradict one another, and every one of them is needed for it.
    #[test]
    fn a_contradiction_names_the_facts_that_make_it((guide, _, answers) in guide_and_cases()) {
        if let Err(contradiction) = Advisor::new(guide.clone()).advise(&answers) {
            prop_assert!(State::of(&guide, &only(&guide, &answers, &contradiction.facts)).is_err());
            for left_out in &contradiction.facts {
                let fewer: Vec<_> = contradiction.facts.iter().copied().filter(|fact| fact != left_out).collect();
                prop_assert!(State::of(&guide, &only(&guide, &answers, &fewer)).is_ok());
            }
        }
    }

    /// Asked question by question, an interview asks nothing twice and nothing that could not matter; it ends with every verdict decided, or
    /// names what it waits for. Who answers everything is left with nothing open.
    #[test]
    fn an_interview_settles_all_or_says_what_it_waits_for(
        (guide, _, answers) in guide_and_cases(),
        places in vec(0..3_usize, 5),
        known in vec(any::<bool>(), 5),
    ) {
        let mut guide = guide;
        let facts = |wanted: usize| (0..guide.facts.len()).filter(|place| places[*place] == wanted).map(FactId::new).collect();
        let part = |wanted| QuestionPart { title: String::new(), first: wanted == 0, facts: facts(wanted) };
        guide.interview.parts = (0..3).map(part).collect();
        let advisor = Advisor::new(guide.clone());
        let mut case = Case::unknown(guide.facts.len());
        let mut asked = FactSet::EMPTY;
        loop {
            let Ok(questions) = advisor.questions(&case, asked) else { return Ok(()) };
            let open: FactSet = advisor.relevant_questions(&case).expect("asked").iter().map(|question| question.fact).collect();
            prop_assert_eq!(questions.open, open);
            prop_assert!(questions.ask.iter().all(|fact| open.contains(fact) && !asked.contains(fact)));
            prop_assert!(questions.awaited.iter().all(|fact| open.contains(fact) && asked.contains(fact)));
            let Some(next) = questions.ask.iter().next() else {
                let decided = verdicts(&guide, &case).expect("no contradiction").iter().all(|verdict| verdict.is_decided());
                prop_assert_eq!(decided, questions.awaited.is_empty());
                break;
            };
            asked = asked.union(FactSet::only(next));
            if known[next.index()] {
                case.set(next, answers.get(next));
            }
        }
    }

    /// The scope's truth is that of its condition, and a treatment for covered cases is never indicated outside of it.
    #[test]
    fn nothing_but_care_for_all_is_indicated_outside_of_the_scope((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        let state = State::of(&guide, &case).expect("advised");
        prop_assert_eq!(advice.scope.covered, truth(&guide.scope.when, &state));
        if advice.scope.covered == Truth::False {
            for answer in &advice.treatments {
                let treatment = &guide[answer.treatment];
                let expected = if treatment.is_withdrawn() { Verdict::Unavailable } else { Verdict::NotIndicated };
                prop_assert!(treatment.any_scope || answer.verdict == expected);
                prop_assert!(treatment.any_scope || answer.former_indication != Some(Truth::True));
            }
        }
    }

    /// What is withdrawn is unavailable in every case, with nothing that forces or would settle it; beside it stands whether an indication that
    /// it had holds. Nothing else is unavailable.
    #[test]
    fn what_is_withdrawn_is_unavailable_in_every_case((guide, case, answers) in guide_and_cases()) {
        for case in [&case, &refined(&guide, &case, &answers), &Case::unknown(guide.facts.len())] {
            let Ok(advice) = Advisor::new(guide.clone()).advise(case) else { continue };
            let state = State::of(&guide, case).expect("advised");
            for answer in &advice.treatments {
                let treatment = &guide[answer.treatment];
                prop_assert_eq!(verdict(&guide, treatment, &state), answer.verdict);
                prop_assert_eq!(answer.verdict == Verdict::Unavailable, treatment.is_withdrawn());
                prop_assert_eq!(answer.former_indication.is_some(), treatment.is_withdrawn());
                if let Some(former) = answer.former_indication {
                    let holds = |entry| guide.scoped(treatment, entry).map(|part| truth(part, &state)).fold(Truth::True, Truth::and);
                    prop_assert_eq!(former, treatment.indications.iter().map(holds).fold(Truth::False, Truth::or));
                    prop_assert!(answer.reason.is_empty() && answer.missing.is_empty() && answer.standing.is_none());
                }
            }
            // No question is asked for it alone.
            let mut without = guide.clone();
            without.treatments.retain(|treatment| !treatment.is_withdrawn());
            prop_assert_eq!(Advisor::new(without.clone()).relevant_questions(case), Advisor::new(guide.clone()).relevant_questions(case));
        }
    }

    /// A standing is the best one of an indication that holds, or, where the verdict is open, that may hold; in a case of which everything is
    /// known it is that of an indication that holds.
    #[test]
    fn a_standing_is_the_best_that_the_indications_have((guide, case, _) in guide_and_cases()) {
        let complete = completions(&guide, &case);
        for (place, case) in std::iter::once(&case).chain(complete.iter().take(20)).enumerate() {
            let Ok(advice) = Advisor::new(guide.clone()).advise(case) else { continue };
            for answer in &advice.treatments {
                let indications = &guide[answer.treatment].indications;
                let best = |wanted: &[Truth]| {
                    let counting = indications.iter().zip(&answer.indications).filter(|(_, truth)| wanted.contains(truth));
                    counting.map(|(entry, _)| guide[entry.strength].standing).min()
                };
                let expected = match answer.verdict {
                    Verdict::Indicated | Verdict::Contraindicated => best(&[Truth::True]),
                    Verdict::Possible => best(&[Truth::True, Truth::Unknown]),
                    Verdict::Unavailable | Verdict::NotIndicated => None,
                };
                prop_assert_eq!(answer.standing, expected);
                let has_one = !matches!(answer.verdict, Verdict::Unavailable | Verdict::NotIndicated);
                prop_assert_eq!(answer.standing.is_some(), has_one);
                prop_assert!(place == 0 || answer.indications.iter().all(|truth| truth.is_decided()));
            }
        }
    }

    /// Learning a fact never makes the standing of what is indicated worse, nor that of what is open better.
    #[test]
    fn learning_a_fact_moves_a_standing_one_way((guide, case, answers) in guide_and_cases()) {
        let advisor = Advisor::new(guide.clone());
        let (Ok(before), Ok(after)) = (advisor.advise(&case), advisor.advise(&refined(&guide, &case, &answers))) else { return Ok(()) };
        for (early, late) in before.treatments.iter().zip(&after.treatments) {
            match (early.verdict, early.standing, late.standing) {
                (Verdict::Indicated | Verdict::Contraindicated, early, late) => prop_assert!(late <= early),
                (Verdict::Possible, Some(early), Some(late)) => prop_assert!(late >= early),
                _ => {}
            }
        }
    }
}
