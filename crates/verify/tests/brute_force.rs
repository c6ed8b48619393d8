//! Compares the proofs, which use decision diagrams, with a plain enumeration of every case, for generated small guides.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sarcoguide_advise::{State, truth, verdict};
use sarcoguide_model::{
    Case, Condition, Decimal, DerivedId, Domain, FactId, FactValue, Guide, Indication, Interval, RulePlace, Standing, Treatment,
    TreatmentId, Truth, ValueSet, Verdict,
};
use sarcoguide_testkit::small_guide;
use sarcoguide_verify::{Code, Subject, VerdictCounts, difference, prove};

/// Returns one number for each range of numbers that the guide's comparisons don't distinguish.
fn numbers(guide: &Guide, fact: FactId, min: Decimal, max: Decimal) -> Vec<Decimal> {
    let mut comparisons = Vec::new();
    let mut see = |condition: &Condition| {
        condition.walk(&mut |part| {
            if let Condition::Compare { fact: other, comparison, threshold } = part
                && *other == fact
            {
                comparisons.push((*comparison, *threshold));
            }
        });
    };
    guide.rule_places().into_iter().filter_map(|place| guide.rule(place)).for_each(|rule| see(&rule.when));
    guide.constraints.iter().flat_map(|constraint| &constraint.mutually_exclusive).for_each(see);
    let mut ranges: Vec<(Vec<bool>, Decimal)> = Vec::new();
    for thousandths in min.thousandths()..=max.thousandths() {
        let number = Decimal::from_thousandths(thousandths);
        let outcome: Vec<bool> = comparisons.iter().map(|(comparison, threshold)| comparison.holds(number, *threshold)).collect();
        if ranges.last().is_none_or(|(before, _)| *before != outcome) {
            ranges.push((outcome, number));
        }
    }
    ranges.into_iter().map(|(_, number)| number).collect()
}

/// Returns everything that a case can state about a fact. The first entry is that the fact is unknown.
fn possible_statements(guide: &Guide, fact: FactId) -> Vec<FactValue> {
    let stated: Vec<FactValue> = match &guide[fact].domain {
        Domain::Values(values) => {
            (0..values.len()).map(|value| FactValue::Value(u8::try_from(value).expect("few values"))).collect()
        }
        Domain::Number { min, max, .. } => {
            let first = numbers(guide, fact, *min, *max);
            let last = first.iter().skip(1).map(|next| next.previous()).chain([*max]).collect::<Vec<_>>();
            let pairs = (0..first.len()).flat_map(|low| (low + 1..first.len()).map(move |high| (low, high)));
            // An interval of all numbers is the same as an unknown fact.
            let pairs = pairs.filter(|(low, high)| high - low + 1 < first.len());
            let intervals = pairs.filter_map(|(low, high)| Interval::new(first[low], last[high])).map(FactValue::Between);
            first.iter().copied().map(FactValue::Number).chain(intervals.collect::<Vec<_>>()).collect()
        }
    };
    std::iter::once(FactValue::Unknown).chain(stated).collect()
}

/// Whether `known` states the fact as precisely as possible.
fn is_precise(guide: &Guide, fact: FactId, known: FactValue) -> bool {
    match known {
        FactValue::Unknown | FactValue::Between(_) => false,
        FactValue::Number(_) => true,
        FactValue::Value(value) => {
            let value = usize::from(value);
            guide[fact].domain.values()[value].covers == ValueSet::only(value)
        }
    }
}

/// Whether the precise statement `complete` agrees with `open`, which can be less precise.
fn agrees(guide: &Guide, fact: FactId, complete: FactValue, open: FactValue) -> bool {
    match (complete, open) {
        (_, FactValue::Unknown) => true,
        (FactValue::Value(complete), FactValue::Value(open)) => {
            guide[fact].domain.values()[usize::from(open)].covers.contains(usize::from(complete))
        }
        (FactValue::Number(complete), FactValue::Between(open)) => open.covers(Interval::only(complete)),
        (complete, open) => complete == open,
    }
}

fn all_cases(guide: &Guide) -> Vec<Case> {
    let mut cases = vec![Case::unknown(guide.facts.len())];
    for fact in (0..guide.facts.len()).map(FactId::new) {
        let possible_statements = possible_statements(guide, fact);
        cases = cases.iter().flat_map(|case| possible_statements.iter().map(|known| case.with(fact, *known))).collect();
    }
    cases
}

struct Enumerated {
    /// The possible complete cases, each with what the reference evaluator derives from it.
    complete: Vec<(Case, State)>,
    /// All possible cases, with or without unknown facts. Each entry has the number of stated facts, what the reference evaluator derives from the
    /// case, and the indexes of its completions in `complete`.
    open: Vec<(usize, State, Vec<usize>)>,
}

fn enumerate(guide: &Guide) -> Enumerated {
    let facts = || (0..guide.facts.len()).map(FactId::new);
    let cases = all_cases(guide);
    let is_complete = |case: &&Case| facts().all(|fact| is_precise(guide, fact, case.get(fact)));
    let complete: Vec<(Case, State)> = cases
        .iter()
        .filter(is_complete)
        .filter_map(|case| Some((case.clone(), State::without_soft_constraints(guide, case).ok()?)))
        .collect();
    let completes = |case: &Case, complete: &Case| facts().all(|fact| agrees(guide, fact, complete.get(fact), case.get(fact)));
    let open = cases.iter().filter_map(|case| {
        let completions: Vec<usize> = (0..complete.len()).filter(|index| completes(case, &complete[*index].0)).collect();
        if completions.is_empty() {
            None
        } else {
            Some((case.stated().count(), State::without_soft_constraints(guide, case).ok()?, completions))
        }
    });
    Enumerated { open: open.collect(), complete }
}

/// Whether the guide has so few cases that the tests can enumerate them.
fn is_small(guide: &Guide) -> bool {
    let product: usize = (0..guide.facts.len()).map(|index| possible_statements(guide, FactId::new(index)).len()).product();
    product <= 3000
}

/// Counts how often each verdict occurs in `answers`.
fn counted(answers: impl Iterator<Item = Verdict>) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    for answer in answers {
        *match answer {
            Verdict::Indicated => &mut counts.indicated,
            Verdict::Possible => &mut counts.possible,
            Verdict::Contraindicated => &mut counts.contraindicated,
            Verdict::Unavailable => &mut counts.unavailable,
            Verdict::NotIndicated => &mut counts.not_indicated,
        } += 1_u32;
    }
    counts
}

/// Generates a guide whose doubts compare no numbers. Open cases aren't divided at thresholds that only doubts use, but this test divides all cases in
/// the same way.
fn comparable_guide() -> impl Strategy<Value = Guide> {
    small_guide().prop_map(|mut guide| {
        let mut compares = false;
        for doubt in &guide.doubts {
            doubt.rule.when.walk(&mut |part| compares |= matches!(part, Condition::Compare { .. } | Condition::Derived { .. }));
        }
        if compares {
            guide.doubts.clear();
            guide.constraints.retain(|constraint| constraint.doubt.is_none());
        }
        guide
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    /// The numbers of cases, in total and with each verdict, are the same as in an enumeration with the reference evaluator.
    #[test]
    fn counts_match_an_enumeration(guide in comparable_guide().prop_filter("small", is_small)) {
        let Enumerated { complete, open } = enumerate(&guide);
        let counts = prove(&guide).counts;
        prop_assert_eq!(counts.complete, Some(complete.len().into()));
        prop_assert_eq!(counts.all, Some(open.len().into()));
        let in_scope = complete.iter().filter(|(_, state)| truth(&guide.scope.when, state).is_true()).count();
        prop_assert_eq!(counts.in_scope, Some(in_scope.into()));
        for entry in counts.treatments {
            let treatment = &guide[entry.treatment];
            let answers = complete.iter().map(|(_, state)| verdict(&guide, treatment, state));
            prop_assert_eq!(entry.complete, Some(counted(answers)));
            let answers = open.iter().map(|(_, state, _)| verdict(&guide, treatment, state));
            prop_assert_eq!(entry.all, Some(counted(answers)));
        }
        let places = guide.rule_places().into_iter().filter(|place| !matches!(place, RulePlace::Doubt(_)));
        let rules: Vec<&Condition> = places.filter_map(|place| guide.rule(place)).map(|rule| &rule.when).collect();
        let any = |treatment: &Treatment| {
            Condition::Any(treatment.indications.iter().map(|entry| entry.rule.when.clone()).collect())
        };
        let treatments: Vec<Condition> = guide.treatments.iter().map(any).collect();
        let has_gap = |(_, state, completions): &&(usize, State, Vec<usize>)| {
            rules.iter().copied().chain(&treatments).any(|when| {
                let mut outcomes = completions.iter().map(|index| truth(when, &complete[*index].1));
                let first = outcomes.next();
                truth(when, state) == Truth::Unknown && outcomes.all(|other| Some(other) == first)
            })
        };
        let gaps = counts.gaps.expect("a small guide");
        let with_gap = open.iter().filter(has_gap).count();
        if guide.derived.is_empty() {
            prop_assert_eq!(&gaps.cases, &with_gap.into());
        }
        prop_assert_eq!(gaps.conditions == 0, gaps.cases == 0_usize.into());
    }

    /// For each kind of finding that the test covers, there is a finding if and only if the enumeration shows the problem. The reference
    /// evaluator confirms every witness.
    #[test]
    fn findings_match_an_enumeration(guide in comparable_guide().prop_filter("small", is_small)) {
        let Enumerated { complete, open } = enumerate(&guide);
        let findings = prove(&guide).findings;
        prop_assert!(findings.iter().all(|finding| !finding.unconfirmed), "{findings:?}");
        let found = |code: Code, subject: Subject| findings.iter().any(|finding| finding.code == code && finding.subject == subject);
        let states = || complete.iter().map(|(_, state)| state);

        let gap = states().any(|state| {
            truth(&guide.scope.when, state).is_true()
                && guide.treatments.iter().all(|treatment| {
                    let in_trials = |entry: &Indication| guide[entry.strength].standing == Standing::TrialOnly;
                    let holds = |entry: &Indication| guide.scoped(treatment, entry).all(|part| truth(part, state).is_true());
                    treatment.is_withdrawn() || treatment.indications.iter().all(|entry| in_trials(entry) || !holds(entry))
                })
        });
        prop_assert_eq!(found(Code::Gap, Subject::Guide), gap);

        for (index, derived) in guide.derived.iter().enumerate() {
            let holding = |state: &State| -> BTreeSet<usize> {
                derived.rows.iter().filter(|row| truth(&row.rule.when, state).is_true()).map(|row| row.value).collect()
            };
            let id = DerivedId::new(index);
            prop_assert_eq!(found(Code::NoValue, Subject::Derived(id)), states().any(|state| holding(state).is_empty()));
            let two = (0..derived.rows.len()).any(|row| found(Code::TwoValues, Subject::Rule(RulePlace::Row(id, row))));
            prop_assert_eq!(two, states().any(|state| holding(state).len() > 1));
        }

        for place in guide.rule_places() {
            let rule = guide.rule(place).expect("listed");
            let applies = |state: &State| {
                let scoped = |id: TreatmentId| -> Vec<bool> {
                    let treatment = &guide[id];
                    let holds = |entry| guide.scoped(treatment, entry).all(|part| truth(part, state).is_true());
                    treatment.indications.iter().map(holds).collect()
                };
                match place {
                    RulePlace::Indication(id, entry) => scoped(id)[entry],
                    _ => truth(&rule.when, state).is_true()
                        && place.treatment().is_none_or(|id| scoped(id).into_iter().any(|holds| holds)),
                }
            };
            prop_assert_eq!(found(Code::DeadRule, Subject::Rule(place)), !states().any(applies), "{:?}", place);
        }

        // Kleene gaps: every reported gap exists. If the guide has no derived facts, every gap that exists is also reported. Doubts are left out.
        for place in guide.rule_places().into_iter().filter(|place| !matches!(place, RulePlace::Doubt(_))) {
            let when = &guide.rule(place).expect("listed").when;
            let shows = |(_, state, completions): &(usize, State, Vec<usize>)| {
                let outcomes: BTreeSet<bool> = completions.iter().map(|index| truth(when, &complete[*index].1).is_true()).collect();
                truth(when, state) == Truth::Unknown && outcomes.len() == 1
            };
            let reported = found(Code::KleeneGap, Subject::Rule(place));
            let is_there = open.iter().any(shows);
            let row = matches!(place, RulePlace::Row(..));
            if guide.derived.is_empty() {
                let fewest = open.iter().filter(|case| shows(case)).map(|(stated, ..)| *stated).min();
                let witness = findings.iter().find(|finding| (finding.code, finding.subject) == (Code::KleeneGap, Subject::Rule(place)));
                let witness = witness.and_then(|finding| finding.witness.as_ref()).map(|case| case.stated().count());
                prop_assert_eq!(witness, fewest, "{:?}: the witness must state as few facts as possible", place);
            }
            prop_assert!(!reported || is_there, "{place:?} is reported, but no case shows it");
            prop_assert!(row || !guide.derived.is_empty() || reported == is_there, "{place:?}: reported: {reported}, exists: {is_there}");
        }
        for (index, treatment) in guide.treatments.iter().enumerate() {
            let reported = found(Code::KleeneGap, Subject::Treatment(TreatmentId::new(index)));
            let shows = |(_, state, completions): &(usize, State, Vec<usize>)| {
                let any = |state: &State| {
                    treatment.indications.iter().map(|entry| truth(&entry.rule.when, state)).fold(Truth::False, Truth::or)
                };
                let outcomes: BTreeSet<bool> = completions.iter().map(|place| any(&complete[*place].1).is_true()).collect();
                any(state) == Truth::Unknown && outcomes.len() == 1
            };
            prop_assert!(!reported || open.iter().any(shows), "treatment {index} is reported, but no case shows it");
        }
    }
}

/// Returns the guide with one change to a treatment or to the scope.
fn changed(mut guide: Guide, how: usize) -> Guide {
    let last = guide.treatments.len() - 1;
    match how % 4 {
        0 => {
            let rule = &mut guide.treatments[0].indications[0].rule;
            rule.when = Condition::Not(Box::new(rule.when.clone()));
        }
        1 => guide.treatments[last].any_scope ^= true,
        2 => guide.treatments[last].contraindications.clear(),
        _ => guide.scope.when = Condition::Not(Box::new(guide.scope.when.clone())),
    }
    guide
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    /// The number of cases for each change of a verdict is the same as in an enumeration with the reference evaluator.
    #[test]
    fn differences_match_an_enumeration(guide in comparable_guide().prop_filter("small", is_small), how in 0..4_usize) {
        let new = changed(guide.clone(), how);
        let found = difference(&guide, &new);
        let Enumerated { complete, .. } = enumerate(&guide);
        prop_assert_eq!(found.cases, Some(complete.len().into()));
        prop_assert!(found.unproved.is_empty());
        let mut expected = BTreeMap::new();
        for (case, before) in &complete {
            let after = State::without_soft_constraints(&new, case).expect("the same constraints");
            for (old, new_treatment) in guide.treatments.iter().zip(&new.treatments) {
                let (from, to) = (verdict(&guide, old, before), verdict(&new, new_treatment, &after));
                if from != to {
                    *expected.entry((old.id.clone(), from, to)).or_insert(0_usize) += 1;
                }
            }
        }
        let counted: BTreeMap<_, _> =
            found.verdicts.iter().map(|change| ((change.treatment.clone(), change.from, change.to), change.cases.clone())).collect();
        prop_assert_eq!(counted, expected.into_iter().map(|(key, count)| (key, Some(count.into()))).collect());
        for change in &found.verdicts {
            prop_assert!(change.witness.is_some(), "{change:?}");
            prop_assert!(!change.which.is_empty());
        }
    }

    /// Guides with different facts can be compared too. Every change has a witness, which the reference evaluator confirmed with both guides.
    #[test]
    fn guides_with_different_facts_can_be_compared(old in small_guide(), new in small_guide()) {
        for change in difference(&old, &new).verdicts {
            prop_assert!(change.witness.is_some(), "{change:?}");
        }
    }

    #[test]
    fn a_guide_does_not_differ_from_itself(guide in comparable_guide()) {
        let found = difference(&guide, &guide);
        prop_assert!(found.verdicts.is_empty() && found.statements.is_empty());
    }
}
