//! The counts of the built-in guide against a plain enumeration, over a vocabulary reduced to a few facts at a time.

use sarcoguide_advise::{State, truth, verdict};
use sarcoguide_model::{Case, Comparison, Condition, Constraint, Decimal, Domain, FactId, FactValue, Guide, ValueSet, Verdict};
use sarcoguide_verify::{VerdictCounts, prove};

/// How many facts are free at a time, and how often others are chosen.
const FREE: usize = 14;
const ROUNDS: u64 = 4;
/// The most answers of a free fact: of more, the first ones.
const MAX_ANSWERS: usize = 4;
/// The most cases of a round.
const MAX_CASES: usize = 12_000;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// The answers of a fact that say all: values without kinds, or a number on each side of every cut point.
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
            // Of numbers that no comparison tells apart one is enough.
            numbers.dedup_by_key(|number| {
                comparisons.iter().map(|(comparison, cut)| comparison.holds(*number, *cut)).collect::<Vec<_>>()
            });
            numbers.into_iter().map(FactValue::Number).collect()
        }
    }
}

/// That something is left out here.
fn left_out(condition: Condition) -> Constraint {
    Constraint { mutually_exclusive: vec![condition], text: "left out here".to_owned(), area: "facts".to_owned(), line: 1 }
}

/// That a fact is one of these and nothing else.
fn only(fact: FactId, answers: &[FactValue], all: &[FactValue]) -> Vec<Constraint> {
    let exclusion = left_out;
    let rest: Vec<FactValue> = all.iter().copied().filter(|answer| !answers.contains(answer)).collect();
    let values: ValueSet = rest
        .iter()
        .filter_map(|known| if let FactValue::Value(value) = known { Some(usize::from(*value)) } else { None })
        .collect();
    let numbers = rest.iter().filter_map(|known| if let FactValue::Number(number) = known { Some(*number) } else { None });
    // A number of a guide is a range to the diagrams; leaving out its first point leaves out the range, as all its points are alike.
    let mut constraints: Vec<Constraint> =
        numbers.map(|number| exclusion(Condition::Compare { fact, comparison: Comparison::Equal, threshold: number })).collect();
    if !values.is_empty() {
        constraints.push(exclusion(Condition::Is { fact, values }));
    }
    constraints
}

/// A case of which everything is stated and that can be.
fn possible_case(guide: &Guide, dice: &mut Dice) -> Case {
    let mut case = Case::unknown(guide.facts.len());
    for fact in (0..guide.facts.len()).map(FactId::new) {
        let all = answers(guide, fact);
        let first = dice.below(all.len());
        let fits = (0..all.len())
            .map(|step| case.with(fact, all[(first + step) % all.len()]))
            .find(|more| State::of(guide, more).is_ok());
        case = fits.expect("what is stated so far can be completed");
    }
    case
}

#[test]
fn counts_agree_with_an_enumeration_over_a_reduced_vocabulary() {
    let whole = sarcoguide_bundled::guide();
    let mut dice = Dice(2026);
    let mut looked_at = 0;
    for round in 0..ROUNDS {
        let mut guide = whole.clone();
        let base = possible_case(&whole, &mut dice);
        let mut cases = vec![Case::unknown(guide.facts.len())];
        let free: Vec<usize> = (0..FREE).map(|_| dice.below(whole.facts.len())).collect();
        for index in 0..whole.facts.len() {
            let fact = FactId::new(index);
            let all = answers(&whole, fact);
            // Numbers stay as they are: each of their ranges is one answer.
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
                // One range of several: between its first point and the next range.
                let FactValue::Number(from) = chosen[0] else { continue };
                let next = all
                    .iter()
                    .filter_map(|known| if let FactValue::Number(number) = known { Some(*number) } else { None })
                    .find(|number| *number > from);
                let below = Condition::Compare { fact, comparison: Comparison::Less, threshold: from };
                let above = next.map(|next| Condition::Compare { fact, comparison: Comparison::AtLeast, threshold: next });
                let outside = [Some(below), above].into_iter().flatten();
                guide.constraints.extend(outside.map(left_out));
            } else {
                guide.constraints.extend(only(fact, &chosen, &all));
            }
            cases = cases.iter().flat_map(|case| chosen.iter().map(|known| case.with(fact, *known))).collect();
        }
        let states: Vec<State> = cases.iter().filter_map(|case| State::of(&guide, case).ok()).collect();
        looked_at += states.len();
        let counts = prove(&guide).counts;
        assert_eq!(counts.stated, Some(states.len().into()), "round {round}");
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
            assert_eq!(entry.stated, Some(expected), "round {round}: {}", treatment.id);
        }
    }
    assert!(looked_at > 1000, "only {looked_at} cases were looked at");
}
