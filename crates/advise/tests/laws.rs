//! Tests laws of `ARCHITECTURE.md` as properties that must hold for generated guides and cases.

use proptest::collection::vec;
use proptest::prelude::*;
use sarcoguide_advise::{Advisor, FactSet, ReasonFault, State, truth, verdict};
use sarcoguide_model::{Case, Condition, FactId, FactList, FactValue, Guide, QuestionPart, Truth, ValueSet, Verdict};
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

/// Returns the soft constraints that the case conflicts with and others that are ignored because of them. What is learned can then be less than before,
/// so laws that compare two cases hold only if the same ones are ignored for both.
fn ignored(guide: &Guide, case: &Case) -> Vec<usize> {
    State::of(guide, case).map(|state| state.ignored_constraints().to_vec()).unwrap_or_default()
}

/// Returns the guide with only those constraints that are applied to `case`.
fn as_applied(guide: &Guide, case: &Case) -> Guide {
    let mut applied = guide.clone();
    let ignored = ignored(guide, case);
    applied.constraints = (guide.constraints.iter().enumerate())
        .filter(|(index, _)| !ignored.contains(index))
        .map(|(_, one)| one.clone())
        .collect();
    applied
}

/// Returns a case that states only these facts, with their values from `case`.
fn only(guide: &Guide, case: &Case, facts: &[sarcoguide_model::FactId]) -> Case {
    let mut fewer = Case::unknown(guide.facts.len());
    facts.iter().for_each(|fact| fewer.set(*fact, case.get(*fact)));
    fewer
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(600))]

    /// Three values: a decided verdict stays the same whatever values the unknown facts turn out to have. A completion is a complete case that
    /// agrees with everything that the case states.
    #[test]
    fn a_decided_verdict_is_the_verdict_of_every_completion((guide, case, _) in guide_and_cases()) {
        let Some(decided) = verdicts(&guide, &case) else { return Ok(()) };
        let same = |complete: &&Case| ignored(&guide, complete) == ignored(&guide, &case);
        for complete in completions(&guide, &case).iter().filter(same).take(4000) {
            let Some(final_verdicts) = verdicts(&guide, complete) else { continue };
            for (early, late) in decided.iter().zip(&final_verdicts) {
                prop_assert!(early == late || *early == Verdict::Possible, "{early:?} became {late:?} in {complete:?}");
            }
        }
    }

    /// If all facts of a case are known, no verdict is `Possible`.
    #[test]
    fn a_complete_case_has_no_possible_verdict((guide, case, _) in guide_and_cases()) {
        for complete in completions(&guide, &case).iter().take(50) {
            let Some(final_verdicts) = verdicts(&guide, complete) else { continue };
            prop_assert!(final_verdicts.iter().all(|verdict| verdict.is_decided()));
        }
    }

    /// Monotone: learning a fact never turns one decided verdict into another.
    #[test]
    fn learning_a_fact_never_changes_a_decided_verdict((guide, case, answers) in guide_and_cases()) {
        let more = refined(&guide, &case, &answers);
        if ignored(&guide, &case) != ignored(&guide, &more) {
            return Ok(());
        }
        if let (Some(before), Some(after)) = (verdicts(&guide, &case), verdicts(&guide, &more)) {
            for (early, late) in before.iter().zip(&after) {
                prop_assert!(early == late || *early == Verdict::Possible, "{early:?} became {late:?}");
            }
        }
    }

    /// The facts in a reason force the verdict. If any one of them is left out, the others don't.
    #[test]
    fn a_reason_forces_its_verdict_and_every_fact_in_it_is_needed((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.treatments {
            let treatment = answer.treatment.index();
            if answer.verdict == Verdict::Possible {
                prop_assert!(answer.reason.is_empty());
                continue;
            }
            let applied = as_applied(&guide, &case);
            let verdict_from = |facts: &[_]| verdicts(&applied, &only(&guide, &case, facts)).map(|all| all[treatment]);
            prop_assert_eq!(verdict_from(&answer.reason), Some(answer.verdict));
            for left_out in &answer.reason {
                let fewer: Vec<_> = answer.reason.iter().copied().filter(|fact| fact != left_out).collect();
                prop_assert_ne!(verdict_from(&fewer), Some(answer.verdict), "{:?} isn't needed", left_out);
            }
        }
    }

    /// `check_reason` accepts a set of stated facts if and only if it forces the verdict and no smaller subset of it does. The test tries every
    /// set of facts.
    #[test]
    fn check_reason_accepts_exactly_the_sufficient_and_minimal_sets((guide, case, _) in guide_and_cases()) {
        let advisor = Advisor::new(guide.clone());
        let Ok(advice) = advisor.advise(&case) else { return Ok(()) };
        let all: Vec<FactId> = (0..guide.facts.len()).map(FactId::new).collect();
        let part = |bits: usize| -> Vec<FactId> { all.iter().copied().filter(|fact| bits >> fact.index() & 1 == 1).collect() };
        let sets = 1 << all.len();
        let applied = as_applied(&guide, &case);
        for answer in &advice.treatments {
            let from = |bits| verdicts(&applied, &only(&guide, &case, &part(bits))).expect("fewer facts")[answer.treatment.index()];
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

    /// A `Possible` verdict, and no other, has missing facts. Once all of them are fully known, the verdict is decided.
    #[test]
    fn the_missing_facts_settle_a_possible_verdict((guide, case, answers) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.treatments {
            prop_assert_eq!(answer.verdict == Verdict::Possible, !answer.missing.is_empty());
            let facts: Vec<_> = answer.missing.iter().map(|missing| missing.fact).collect();
            let answered = refined(&guide, &case, &only(&guide, &answers, &facts));
            // A value that has more specific kinds doesn't settle its fact.
            let all_settled = facts.iter().all(|fact| Advisor::new(guide.clone()).is_settled(&answered, *fact));
            let same = ignored(&guide, &answered) == ignored(&guide, &case);
            if let (true, Some(after)) = (all_settled && same, verdicts(&guide, &answered)) {
                prop_assert!(after[answer.treatment.index()].is_decided());
            }
            for missing in &answer.missing {
                prop_assert!((0.0..=1.0).contains(&missing.settles));
            }
            prop_assert!(answer.missing.windows(2).all(|pair| pair[0].settles >= pair[1].settles), "the facts that settle most come first");
        }
    }

    /// A derived fact with a decided value has a reason that forces this value. Any other derived fact has missing facts.
    #[test]
    fn a_derived_fact_has_a_reason_or_missing_facts((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for answer in &advice.derived {
            let index = answer.derived.index();
            if answer.possible.len() == 1 {
                let fewer = State::of(&as_applied(&guide, &case), &only(&guide, &case, &answer.reason)).expect("fewer facts don't contradict each other");
                prop_assert_eq!(fewer.derived[index], answer.possible);
                prop_assert!(answer.missing.is_empty());
            } else {
                prop_assert!(!answer.missing.is_empty());
            }
        }
    }

    /// If the stated facts imply the value of another fact, at most one fully precise value of that fact is consistent with the case. No consistent
    /// value changes a verdict.
    #[test]
    fn asking_about_an_implied_fact_would_change_no_verdict((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        for fact in &advice.implied {
            prop_assert_eq!(case.get(*fact), FactValue::Unknown);
            let values = guide[*fact].domain.values().iter().enumerate();
            // A more general value is consistent too if it covers the implied value, so only values that cover no other values are counted.
            let leaf = |place: usize, covers: ValueSet| covers == ValueSet::only(place);
            let answered: Vec<(bool, Vec<Verdict>)> = values
                .filter_map(|(place, value)| {
                    let known = FactValue::Value(u8::try_from(place).expect("few values"));
                    let answered = case.with(*fact, known);
                    // An answer that breaks a soft constraint is possible, but it raises a doubt.
                    let same = ignored(&guide, &answered) == ignored(&guide, &case);
                    Some((leaf(place, value.covers), verdicts(&guide, &answered).filter(|_| same)?))
                })
                .collect();
            let same = verdicts(&guide, &case).expect("no contradiction");
            prop_assert!(!answered.is_empty() && answered.iter().all(|(_, verdicts)| *verdicts == same), "{answered:?}");
            prop_assert!(answered.iter().filter(|(leaf, _)| *leaf).count() <= 1);
        }
    }

    /// The facts of a contradiction contradict each other. If any one of them is left out, the others don't.
    #[test]
    fn a_contradiction_has_only_facts_that_contradict_each_other((guide, _, answers) in guide_and_cases()) {
        if let Err(contradiction) = Advisor::new(guide.clone()).advise(&answers) {
            prop_assert!(State::of(&guide, &only(&guide, &answers, &contradiction.facts)).is_err());
            for left_out in &contradiction.facts {
                let fewer: Vec<_> = contradiction.facts.iter().copied().filter(|fact| fact != left_out).collect();
                prop_assert!(State::of(&guide, &only(&guide, &answers, &fewer)).is_ok());
            }
        }
    }

    /// An interview asks about one fact or one list at a time. It never asks about a fact twice, or about a fact that can't settle any verdict. At its end,
    /// every verdict is decided, or `awaited` contains the facts that the person was asked about but doesn't know.
    #[test]
    fn an_interview_decides_every_verdict_or_has_awaited_facts(
        (guide, _, answers) in guide_and_cases(),
        places in vec(0..3_usize, 5),
        known in vec(any::<bool>(), 5),
        has_list in any::<bool>(),
    ) {
        let mut guide = guide;
        let facts = |wanted: usize| (0..guide.facts.len()).filter(|place| places[*place] == wanted).map(FactId::new).collect();
        let part = |wanted| QuestionPart { title: String::new(), first: wanted == 0, step: wanted, facts: facts(wanted) };
        guide.interview.parts = (0..3).map(part).collect();
        // All facts of the second part are one question.
        if has_list {
            let facts: Vec<FactId> = facts(1);
            let names = vec![String::new(); facts.len()];
            let (id, name, question, items, confirmation) = Default::default();
            let judgments = Vec::new();
            guide.fact_lists = vec![FactList { id, name, question, items, confirmation, facts, names, absent: 0, ongoing: 0, judgments }];
        }
        let advisor = Advisor::new(guide.clone());
        let mut case = Case::unknown(guide.facts.len());
        let mut asked = FactSet::EMPTY;
        loop {
            let Ok(questions) = advisor.interview_questions(&case, asked) else { return Ok(()) };
            let open: FactSet = advisor.next_questions(&case).expect("no contradiction").iter().map(|question| question.fact).collect();
            prop_assert_eq!(questions.open, open);
            // A list can be asked about for a fact that it settles, even if its own facts don't settle a verdict.
            let is_open = |fact| open.contains(fact) || guide.list_of(fact).is_some();
            prop_assert!(questions.ask.iter().all(|fact| is_open(fact) && !asked.contains(fact)));
            prop_assert!(questions.awaited.iter().all(|fact| open.contains(fact) && asked.contains(fact)));
            let Some(next) = questions.ask.iter().next() else {
                let decided = verdicts(&guide, &case).expect("no contradiction").iter().all(|verdict| verdict.is_decided());
                prop_assert_eq!(decided, questions.awaited.is_empty());
                break;
            };
            let together = guide.list_of(next).map_or_else(|| vec![next], |list| list.facts.clone());
            asked = asked.union(together.iter().copied().collect());
            for fact in together.into_iter().filter(|fact| known[fact.index()]) {
                case.set(fact, answers.get(fact));
            }
        }
    }

    /// A case is covered if the scope's condition holds for it. Outside the scope, only treatments with `any_scope` can be indicated.
    #[test]
    fn only_treatments_for_any_scope_can_be_indicated_outside_the_scope((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        let state = State::of(&guide, &case).expect("no contradiction");
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

    /// A withdrawn treatment is unavailable in every case, with no reason, missing facts or standing. Its advice says whether a former indication
    /// holds. No other treatment is unavailable.
    #[test]
    fn a_withdrawn_treatment_is_unavailable_in_every_case((guide, case, answers) in guide_and_cases()) {
        for case in [&case, &refined(&guide, &case, &answers), &Case::unknown(guide.facts.len())] {
            let Ok(advice) = Advisor::new(guide.clone()).advise(case) else { continue };
            let state = State::of(&guide, case).expect("no contradiction");
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
            // A withdrawn treatment doesn't add any question.
            let mut without = guide.clone();
            without.treatments.retain(|treatment| !treatment.is_withdrawn());
            prop_assert_eq!(Advisor::new(without.clone()).next_questions(case), Advisor::new(guide.clone()).next_questions(case));
        }
    }

    /// A treatment's standing is the best one among the indications that hold or, if the verdict is `Possible`, that can hold. In a complete case,
    /// every indication is decided.
    #[test]
    fn a_standing_is_the_best_one_of_the_indications_that_can_hold((guide, case, _) in guide_and_cases()) {
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

    /// Learning a fact never worsens the standing if the verdict is `Indicated` or `Contraindicated`, and never improves it if the verdict is
    /// `Possible`.
    #[test]
    fn learning_a_fact_never_worsens_a_decided_standing_or_improves_a_possible_one((guide, case, answers) in guide_and_cases()) {
        let advisor = Advisor::new(guide.clone());
        let more = refined(&guide, &case, &answers);
        let (Ok(before), Ok(after)) = (advisor.advise(&case), advisor.advise(&more)) else { return Ok(()) };
        if ignored(&guide, &case) != ignored(&guide, &more) {
            return Ok(());
        }
        for (early, late) in before.treatments.iter().zip(&after.treatments) {
            match (early.verdict, early.standing, late.standing) {
                (Verdict::Indicated | Verdict::Contraindicated, early, late) => prop_assert!(late <= early),
                (Verdict::Possible, Some(early), Some(late)) => prop_assert!(late >= early),
                _ => {}
            }
        }
    }

    /// A doubt never changes a verdict: the verdicts are those of the guide without its doubts and without the soft constraints that are ignored
    /// because of a conflict.
    #[test]
    fn a_doubt_never_changes_a_verdict((guide, case, _) in guide_and_cases()) {
        let Ok(advice) = Advisor::new(guide.clone()).advise(&case) else { return Ok(()) };
        let mut without = as_applied(&guide, &case);
        let soft: Vec<usize> = without.constraints.iter().filter_map(|constraint| constraint.doubt).collect();
        prop_assert!(advice.doubts.iter().all(|entry| !soft.contains(&entry.doubt)), "a soft constraint is applied and broken");
        for (_, doubt) in without.doubts.iter_mut().enumerate().filter(|(index, _)| !soft.contains(index)) {
            doubt.rule.when = Condition::Not(Box::new(Condition::Always));
        }
        let again = Advisor::new(without).advise(&case).expect("no contradiction");
        prop_assert_eq!(again.treatments, advice.treatments);
        prop_assert_eq!(again.derived, advice.derived);
        // Constraints are ignored only if there is a conflict, and never those that aren't soft.
        let ignored = ignored(&guide, &case);
        prop_assert!(ignored.iter().all(|index| guide.constraints[*index].doubt.is_some()));
        let mut whole = guide.clone();
        whole.constraints.iter_mut().for_each(|constraint| constraint.doubt = None);
        prop_assert!(ignored.is_empty() || State::of(&whole, &case).is_err());
    }

    /// A doubt of a case comes with stated facts that raise it. If any one of them is left out, the others don't raise it. Every case that breaks a
    /// soft constraint has a doubt, and an unknown condition is no doubt.
    #[test]
    fn a_doubt_has_only_facts_that_raise_it((guide, case, answers) in guide_and_cases()) {
        for case in [case, answers] {
            let advisor = Advisor::new(guide.clone());
            let Ok(advice) = advisor.advise(&case) else { continue };
            let state = State::of(&guide, &case).expect("no contradiction");
            prop_assert!(state.ignored_constraints().is_empty() || !advice.doubts.is_empty());
            for (index, doubt) in guide.doubts.iter().enumerate().filter(|(_, doubt)| truth(&doubt.rule.when, &state).is_true()) {
                prop_assert!(advice.doubts.iter().any(|entry| entry.doubt == index), "{:?}", doubt.rule.when);
            }
            for entry in &advice.doubts {
                let raised = |facts: &[FactId]| {
                    let fewer = only(&guide, &case, facts);
                    let state = State::of(&as_applied(&guide, &case), &fewer).expect("fewer facts don't contradict each other");
                    truth(&guide.doubts[entry.doubt].rule.when, &state).is_true() || !ignored(&guide, &fewer).is_empty()
                };
                prop_assert!(raised(&entry.facts));
                prop_assert!(entry.facts.iter().all(|fact| case.get(*fact) != FactValue::Unknown));
            }
        }
    }
}
