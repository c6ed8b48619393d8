//! Tests laws on the triage for generated questions, rules and answers.

use proptest::collection::vec;
use proptest::prelude::*;
use sarcoguide_advise::triage::{most_urgent, open_questions, outcome};
use sarcoguide_model::{
    Condition, FactId, Guide, Rule, Statement, Triage, TriageAnswer, TriageAnswers, TriageGroup, TriageQuestion, TriageRule,
    Urgency, ValueSet,
};
use sarcoguide_testkit::{empty_guide, yes_no_fact};

const ANSWERS: [TriageAnswer; 3] = [TriageAnswer::No, TriageAnswer::NotSure, TriageAnswer::Yes];
/// The number of questions in each of the two groups.
const QUESTIONS: usize = 4;

fn yes(index: usize) -> Condition {
    Condition::Is { fact: FactId::new(index), values: ValueSet::only(1) }
}

fn rule_of(when: Condition) -> Rule {
    Rule { when, written: String::new(), from: Vec::new(), line: 1, generated: false }
}

/// A rule about some of the questions with the given indexes.
fn rule(questions: std::ops::Range<usize>) -> impl Strategy<Value = TriageRule> {
    let parts = vec(questions.prop_map(yes), 1..3);
    let urgency = proptest::sample::select(Urgency::ALL.to_vec());
    (parts, any::<bool>(), urgency, proptest::bool::weighted(0.1)).prop_map(|(parts, all, urgency, crisis)| TriageRule {
        rule: rule_of(if all { Condition::All(parts) } else { Condition::Any(parts) }),
        urgency,
        crisis,
        statement: Statement { text: String::new(), from: Vec::new() },
        reason: None,
        effects: Vec::new(),
    })
}

/// A group with the questions `first..first + QUESTIONS`. Some of them are asked only after a yes to an earlier one.
fn group(first: usize) -> impl Strategy<Value = TriageGroup> {
    let question = move |index: usize| {
        let when = match index {
            0 => Just(None).boxed(),
            _ => proptest::option::weighted(0.3, (0..index).prop_map(move |earlier| rule_of(yes(first + earlier)))).boxed(),
        };
        let rules = vec(rule(first..first + QUESTIONS), 1..3);
        (when, rules).prop_map(move |(when, rules)| TriageQuestion { fact: FactId::new(first + index), when, rules })
    };
    let questions: Vec<_> = (0..QUESTIONS).map(question).collect();
    questions.prop_map(move |questions| TriageGroup { id: format!("group{first}"), name: String::new(), help: None, questions })
}

fn triage() -> impl Strategy<Value = (Guide, Triage)> {
    (group(0), group(QUESTIONS)).prop_map(|(one, other)| {
        let facts = (0..2 * QUESTIONS).map(|index| yes_no_fact(&format!("question{index}"))).collect();
        let triage = Triage { facts, treatment_groups: Vec::new(), time: None, groups: vec![one, other] };
        (empty_guide(Vec::new()), triage)
    })
}

fn answers() -> impl Strategy<Value = Vec<Option<TriageAnswer>>> {
    vec(proptest::option::weighted(0.8, proptest::sample::select(ANSWERS.to_vec())), 2 * QUESTIONS)
}

fn given(triage: &Triage, answers: &[Option<TriageAnswer>]) -> TriageAnswers {
    let mut given = TriageAnswers::none(triage);
    answers.iter().enumerate().for_each(|(index, answer)| given.set(FactId::new(index), *answer));
    given
}

proptest! {
    #![proptest_config(sarcoguide_testkit::law_cases(400))]

    /// A yes never lowers the urgency and never takes back a crisis, and "not sure" counts like a yes.
    #[test]
    fn a_yes_never_lowers_the_urgency((guide, triage) in triage(), answers in answers(), which in 0..2 * QUESTIONS) {
        let with = |answer: Option<TriageAnswer>| {
            let mut changed = answers.clone();
            changed[which] = answer;
            outcome(&guide, &triage, &given(&triage, &changed))
        };
        let (no, unsure, yes) = (with(Some(TriageAnswer::No)), with(Some(TriageAnswer::NotSure)), with(Some(TriageAnswer::Yes)));
        // A smaller urgency is a higher one.
        prop_assert!(yes.urgency <= no.urgency);
        prop_assert!(yes.crisis || !no.crisis);
        prop_assert_eq!((unsure.urgency, unsure.crisis), (yes.urgency, yes.crisis));
        prop_assert_eq!(with(None), no, "what isn't answered counts as no");
    }

    /// The outcome is at least as urgent as that of each group alone, and more urgent than both only if two reasons to call today meet.
    #[test]
    fn groups_combine_by_the_highest_urgency((guide, triage) in triage(), answers in answers()) {
        let all = outcome(&guide, &triage, &given(&triage, &answers));
        let alone = |from: usize| {
            let only: Vec<_> = answers.iter().enumerate()
                .map(|(index, answer)| answer.filter(|_| (from..from + QUESTIONS).contains(&index))).collect();
            outcome(&guide, &triage, &given(&triage, &only))
        };
        let (one, other) = (alone(0), alone(QUESTIONS));
        let highest = one.urgency.min(other.urgency);
        let both_today = one.urgency == Urgency::SameDay && other.urgency == Urgency::SameDay;
        prop_assert_eq!(all.urgency, if both_today { Urgency::Now } else { highest });
        prop_assert_eq!(all.crisis, one.crisis || other.crisis);
    }

    /// Open questions can't lead to anything more urgent than `most_urgent` says.
    #[test]
    fn nothing_is_more_urgent_than_what_is_announced((guide, triage) in triage(), answers in answers(), rest in answers()) {
        let so_far = given(&triage, &answers);
        let bound = most_urgent(&guide, &triage, &so_far, &[0, 1]);
        let mut filled = so_far.clone();
        for question in triage.groups.iter().flat_map(|group| open_questions(&triage, &so_far, group)) {
            filled.set(question.fact, rest[question.fact.index()]);
        }
        let later = outcome(&guide, &triage, &filled);
        prop_assert!(bound.urgency <= later.urgency);
        prop_assert!(bound.crisis || !later.crisis);
    }

    /// A question is asked unless an earlier answer makes it pointless, and one that isn't asked can't raise what is announced.
    #[test]
    fn only_open_questions_raise_what_is_announced((guide, triage) in triage(), answers in answers()) {
        let so_far = given(&triage, &answers);
        let mut filled = so_far.clone();
        for (place, group) in triage.groups.iter().enumerate() {
            for question in open_questions(&triage, &so_far, group) {
                prop_assert_eq!(so_far.get(question.fact), None);
                filled.set(question.fact, Some(TriageAnswer::Yes));
            }
            let asked = |question: &&TriageQuestion| question.when.is_none() && so_far.get(question.fact).is_none();
            prop_assert!(group.questions.iter().filter(asked).all(|question| filled.get(question.fact).is_some()), "group {}", place);
        }
        prop_assert_eq!(outcome(&guide, &triage, &filled).urgency, most_urgent(&guide, &triage, &so_far, &[0, 1]).urgency);
    }
}
