//! Compares the counts of the built-in guide with a plain enumeration. In each round, only a few facts can vary.

use sarcoguide_advise::{State, truth, verdict};
use sarcoguide_model::{Case, Comparison, Condition, Constraint, Decimal, Domain, FactId, FactValue, Guide, ValueSet, Verdict};
use sarcoguide_verify::{VerdictCounts, prove};

/// The maximum number of free facts in a round. These are the facts that can have more than one answer.
const FREE: usize = 14;
/// The number of rounds. Each one chooses its own free facts.
const ROUNDS: u64 = 4;
/// The maximum number of answers to a free fact. Numeric facts keep all of their ranges.
const MAX_ANSWERS: usize = 4;
/// The maximum number of cases in a round. A fact that would bring the round above this number isn't free, even if it was chosen. The check
/// counts at most [`MAX_ANSWERS`] answers to each fact, so a numeric fact with more ranges can still bring the round above it.
const MAX_CASES: usize = 12_000;

/// A generator of pseudorandom numbers, which are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// Returns the fully precise answers to a fact: the values without more specific kinds, or one number for each range that no condition
/// distinguishes.
fn answers(guide: &Guide, fact: FactId) -> Vec<FactValue> {
    match &guide[fact].domain {
        Domain::Values(values) => {
            let leaf = |place: &usize| values[*place].covers == ValueSet::only(*place);
            (0..values.len()).filter(leaf).map(|place| FactValue::Value(u8::try_from(place).expect("few"))).collect()
        }
        Domain::Number { min, max, .. } => {
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
            let beside = comparisons.iter().flat_map(|(_, cut)| [cut.thousandths(), cut.thousandths() + 1]);
            let mut numbers: Vec<Decimal> = beside.chain([min.thousandths()]).map(Decimal::from_thousandths).collect();
            numbers.retain(|number| number >= min && number <= max);
            numbers.sort_unstable();
            // If no comparison distinguishes neighboring numbers, keep only the first of them.
            numbers.dedup_by_key(|number| {
                comparisons.iter().map(|(comparison, cut)| comparison.holds(*number, *cut)).collect::<Vec<_>>()
            });
            numbers.into_iter().map(FactValue::Number).collect()
        }
    }
}

/// Returns a constraint that excludes the cases in which `condition` holds.
fn excluding(condition: Condition) -> Constraint {
    Constraint {
        mutually_exclusive: vec![condition],
        text: "left out here".to_owned(),
        area: "facts".to_owned(),
        line: 1,
        doubt: None,
    }
}

/// Returns constraints that exclude all answers to a fact except `answers`.
fn only(fact: FactId, answers: &[FactValue], all: &[FactValue]) -> Vec<Constraint> {
    let rest: Vec<FactValue> = all.iter().copied().filter(|answer| !answers.contains(answer)).collect();
    let values: ValueSet = rest
        .iter()
        .filter_map(|known| if let FactValue::Value(value) = known { Some(usize::from(*value)) } else { None })
        .collect();
    let numbers = rest.iter().filter_map(|known| if let FactValue::Number(number) = known { Some(*number) } else { None });
    // To the diagrams, a number stands for a range. Excluding the first number of a range excludes the range, because all its numbers are alike.
    let mut constraints: Vec<Constraint> =
        numbers.map(|number| excluding(Condition::Compare { fact, comparison: Comparison::Equal, threshold: number })).collect();
    if !values.is_empty() {
        constraints.push(excluding(Condition::Is { fact, values }));
    }
    constraints
}

/// Returns a possible complete case.
fn possible_case(guide: &Guide, dice: &mut Dice) -> Case {
    let mut case = Case::unknown(guide.facts.len());
    for fact in (0..guide.facts.len()).map(FactId::new) {
        let all = answers(guide, fact);
        let first = dice.below(all.len());
        let fits = (0..all.len())
            .map(|step| case.with(fact, all[(first + step) % all.len()]))
            .find(|more| State::without_soft_constraints(guide, more).is_ok());
        case = fits.expect("what is stated so far can be completed");
    }
    case
}

#[test]
fn counts_agree_with_an_enumeration_over_a_reduced_vocabulary() {
    let whole = sarcoguide_bundled::guide();
    let mut dice = Dice(2026);
    let mut checked = 0;
    for round in 0..ROUNDS {
        let mut guide = whole.clone();
        let base = possible_case(&whole, &mut dice);
        let mut cases = vec![Case::unknown(guide.facts.len())];
        let free: Vec<usize> = (0..FREE).map(|_| dice.below(whole.facts.len())).collect();
        for index in 0..whole.facts.len() {
            let fact = FactId::new(index);
            let all = answers(&whole, fact);
            // A free numeric fact keeps all of its ranges. Each range counts as one answer.
            let is_number = matches!(whole.facts[index].domain, Domain::Number { .. });
            let chosen: Vec<FactValue> = if free.contains(&index) && cases.len() * all.len().min(MAX_ANSWERS) <= MAX_CASES {
                if is_number {
                    all.clone()
                } else {
                    (1..all.len().min(MAX_ANSWERS)).map(|_| all[dice.below(all.len())]).chain([base.get(fact)]).collect()
                }
            } else {
                vec![base.get(fact)]
            };
            let mut chosen = chosen;
            chosen.sort_by_key(|known| format!("{known:?}"));
            chosen.dedup();
            if is_number && chosen.len() < all.len() {
                // Limit the number to one of several ranges: from the first number of the range up to the next range.
                let FactValue::Number(from) = chosen[0] else { continue };
                let next = all
                    .iter()
                    .filter_map(|known| if let FactValue::Number(number) = known { Some(*number) } else { None })
                    .find(|number| *number > from);
                let below = Condition::Compare { fact, comparison: Comparison::Less, threshold: from };
                let above = next.map(|next| Condition::Compare { fact, comparison: Comparison::AtLeast, threshold: next });
                let outside = [Some(below), above].into_iter().flatten();
                guide.constraints.extend(outside.map(excluding));
            } else {
                guide.constraints.extend(only(fact, &chosen, &all));
            }
            cases = cases.iter().flat_map(|case| chosen.iter().map(|known| case.with(fact, *known))).collect();
        }
        let states: Vec<State> = cases.iter().filter_map(|case| State::without_soft_constraints(&guide, case).ok()).collect();
        checked += states.len();
        let counts = prove(&guide).counts;
        assert_eq!(counts.complete, Some(states.len().into()), "round {round}");
        let in_scope = states.iter().filter(|state| truth(&guide.scope.when, *state).is_true()).count();
        assert_eq!(counts.in_scope, Some(in_scope.into()), "round {round}");
        for entry in counts.treatments {
            let treatment = &guide[entry.treatment];
            let by = |wanted: Verdict| states.iter().filter(|state| verdict(&guide, treatment, *state) == wanted).count().into();
            let expected = VerdictCounts {
                indicated: by(Verdict::Indicated),
                possible: by(Verdict::Possible),
                contraindicated: by(Verdict::Contraindicated),
                unavailable: by(Verdict::Unavailable),
                not_indicated: by(Verdict::NotIndicated),
            };
            assert_eq!(entry.complete, Some(expected), "round {round}: {}", treatment.id);
        }
    }
    assert!(checked > 1000, "only {checked} cases were checked");
}
