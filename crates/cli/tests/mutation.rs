//! Breaks the conditions of the built-in guide one at a time, and counts how many of the broken guides fail a case of the guide, a policy or a proof.
//!
//! These tests take minutes, so they're ignored by default. To run the short form:
//! `cargo test --release -p sarcoguide-cli --test mutation -- --ignored --nocapture most_of_a_sample`. For the long form, replace `most_of_a_sample`
//! with `nearly_every`.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::{Loaded, load};
use sarcoguide_model::{Condition, Guide, GuideCase, RulePlace};
use sarcoguide_verify::cases::run_case;

/// A way to break a condition.
#[derive(Clone, Copy, Debug)]
enum Break {
    /// The whole condition is replaced with one that always holds.
    Dropped,
    /// The whole condition is negated.
    Negated,
    /// The part with this index is removed from a condition that joins parts with `and` or `or`.
    PartDropped(usize),
    /// The part with this index is negated.
    PartNegated(usize),
}

/// Returns a copy of a condition that is broken in this way.
fn broken(condition: &Condition, how: Break) -> Condition {
    let not = |condition: &Condition| Condition::Not(Box::new(condition.clone()));
    let parts = |parts: &[Condition]| -> Vec<Condition> {
        let change = |(place, part): (usize, &Condition)| match how {
            Break::PartDropped(which) if which == place => None,
            Break::PartNegated(which) if which == place => Some(not(part)),
            _ => Some(part.clone()),
        };
        parts.iter().enumerate().filter_map(change).collect()
    };
    match (how, condition) {
        (Break::Dropped, _) => Condition::Always,
        (Break::Negated, condition) => not(condition),
        (_, Condition::All(all)) => Condition::All(parts(all)),
        (_, Condition::Any(any)) => Condition::Any(parts(any)),
        (_, condition) => condition.clone(),
    }
}

/// Returns every way to break a condition.
fn ways(condition: &Condition) -> Vec<Break> {
    let mut ways = vec![Break::Negated];
    if *condition != Condition::Always {
        ways.push(Break::Dropped);
    }
    if let Condition::All(parts) | Condition::Any(parts) = condition {
        ways.extend((0..parts.len()).flat_map(|part| [Break::PartDropped(part), Break::PartNegated(part)]));
    }
    ways
}

/// Whether a case, a policy or a proof fails for a broken guide. Runs only the cases that could fail: if the broken rule belongs to a treatment,
/// those that state an expected answer for that treatment. If it is a usual value, those that state what the first scenario indicates.
fn is_noticed(guide: &Guide, cases: &[GuideCase], place: RulePlace) -> bool {
    let advisor = Advisor::new(guide.clone());
    let is_relevant = |case: &&GuideCase| match (place, place.treatment()) {
        (RulePlace::UsualValue(_), _) => !case.first_scenario.is_empty(),
        (_, Some(id)) => case.expect.iter().any(|expected| expected.treatment == id),
        (_, None) => true,
    };
    cases.iter().filter(is_relevant).any(|case| !run_case(&advisor, case).is_empty())
        || !sarcoguide_verify::errors(guide).is_empty()
}

/// If the broken rule is the row for `yes` of a derived yes-or-no fact, makes the row for `no` the negation of the broken row.
fn update_no_row(guide: &mut Guide, place: RulePlace) {
    if let RulePlace::Row(derived, 0) = place {
        let rows = &mut guide[derived].rows;
        if let [yes, no] = rows.as_mut_slice()
            && let Condition::Not(_) = no.rule.when
        {
            no.rule.when = Condition::Not(Box::new(yes.rule.when.clone()));
        }
    }
}

/// The place of a rule, and how to break the rule's condition.
type Mutation = (RulePlace, Break);

/// Returns every way to break a condition of the guide. Leaves out policies, because they only check the other rules, the rows for `no`, which
/// follow from the rows for `yes`, generated rules, some of which never hold, and questions for the team, which change no verdict.
fn mutations(guide: &Guide) -> Vec<Mutation> {
    let is_no_row = |place: &RulePlace| matches!(place, RulePlace::Row(id, 1) if guide[*id].rows.len() == 2);
    let is_generated = |place: &RulePlace| guide.rule(*place).is_some_and(|rule| rule.generated);
    let changes_no_verdict = |place: &RulePlace| matches!(place, RulePlace::Policy(_) | RulePlace::TeamQuestion(_));
    let is_left_out = |place: &RulePlace| changes_no_verdict(place) || is_no_row(place) || is_generated(place);
    let places = guide.rule_places().into_iter().filter(|place| !is_left_out(place));
    places.flat_map(|place| ways(&guide.rule(place).expect("listed").when).into_iter().map(move |how| (place, how))).collect()
}

/// Returns the mutations that nothing notices, each as a line of text.
fn survivors(loaded: &Loaded, mutations: &[Mutation]) -> Vec<String> {
    let guide = &loaded.guide;
    let survives = |(place, how): &&Mutation| {
        let mut changed = guide.clone();
        changed.rule_mut(*place).expect("listed").when = broken(&guide.rule(*place).expect("listed").when, *how);
        update_no_row(&mut changed, *place);
        !is_noticed(&changed, &loaded.cases, *place)
    };
    let line =
        |(place, how): &Mutation| format!("{}:{} {how:?}", loaded.file_of(*place), guide.rule(*place).expect("listed").line);
    mutations.iter().filter(survives).map(line).collect()
}

/// Applies every `step`-th mutation, on all cores, and checks that at least `least` percent of them are noticed.
fn most_are_noticed(step: usize, least: f64) {
    let files =
        sarcoguide_bundled::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide")).expect("the guide's files");
    let loaded = load(&files).loaded.expect("a guide without errors");
    let mutations: Vec<Mutation> = mutations(&loaded.guide).into_iter().step_by(step).collect();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let survivors: Vec<String> = std::thread::scope(|scope| {
        let parts = mutations.chunks(mutations.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| survivors(&loaded, part))).collect();
        running.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    let (all, lost) = (mutations.len(), survivors.len());
    let share = (all - lost) as f64 / all as f64 * 100.0;
    println!("{} of {all} broken guides are noticed ({share:.1} %); survivors:\n{}", all - lost, survivors.join("\n"));
    assert!(share >= least, "only {share:.1} % of {all} broken guides are noticed");
}

#[test]
#[ignore = "the short form, for a release build: one mutation in 25"]
fn most_of_a_sample_of_broken_conditions_are_noticed() {
    most_are_noticed(25, 90.0);
}

#[test]
#[ignore = "the long form, for a release build: takes many minutes"]
fn nearly_every_broken_condition_is_noticed() {
    most_are_noticed(1, 97.0);
}
