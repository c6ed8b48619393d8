//! Breaks the conditions of the built-in guide one by one and counts how many of the broken guides are noticed: by a case of the guide, a
//! policy or a proof.
//!
//! It takes minutes, so it runs only when asked: `cargo test --release -p sarcoguide --test mutation -- --ignored --nocapture`.

use std::path::Path;

use sarcoguide::cases;
use sarcoguide_advise::Advisor;
use sarcoguide_language::{GuideCase, load};
use sarcoguide_model::{Condition, Guide, RulePlace};

/// A way to break a condition.
#[derive(Clone, Copy, Debug)]
enum Break {
    /// The whole condition holds always.
    Dropped,
    /// The whole condition says the opposite.
    Negated,
    /// One of the conditions that it joins is left out.
    PartDropped(usize),
    /// One of the conditions that it joins says the opposite.
    PartNegated(usize),
}

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

/// Whether a broken guide is noticed. Cases that say something of what was broken are asked first.
fn is_noticed(guide: &Guide, cases: &[GuideCase], place: RulePlace) -> bool {
    let advisor = Advisor::new(guide);
    let near = |case: &&GuideCase| place.treatment().is_none_or(|id| case.expect.iter().any(|expected| expected.treatment == id));
    cases.iter().filter(near).any(|case| !cases::run(&advisor, case).is_empty()) || !sarcoguide_verify::errors(guide).is_empty()
}

/// A yes/no fact has its condition in the row for `yes`; the row for `no` follows it.
fn follow(guide: &mut Guide, place: RulePlace) {
    if let RulePlace::Row(derived, 0) = place {
        let rows = &mut guide.derived[derived.index()].rows;
        if let [yes, no] = rows.as_mut_slice()
            && let Condition::Not(_) = no.rule.when
        {
            no.rule.when = Condition::Not(Box::new(yes.rule.when.clone()));
        }
    }
}

#[test]
#[ignore = "takes minutes"]
fn nearly_every_broken_condition_is_noticed() {
    let files =
        sarcoguide_builtin::read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide")).expect("the guide's files");
    let loaded = load(&files).loaded.expect("a guide without errors");
    let (mut all, mut noticed) = (0, 0);
    let mut survivors = Vec::new();
    for place in loaded.guide.rule_places() {
        // A policy is not knowledge but a check on it.
        let of_a_no_row = matches!(place, RulePlace::Row(id, 1) if loaded.guide.derived[id.index()].rows.len() == 2);
        if matches!(place, RulePlace::Policy(_)) || of_a_no_row {
            continue;
        }
        let when = loaded.guide.rule(place).expect("listed").when.clone();
        for how in ways(&when) {
            let mut guide = loaded.guide.clone();
            guide.rule_mut(place).expect("listed").when = broken(&when, how);
            follow(&mut guide, place);
            all += 1;
            if is_noticed(&guide, &loaded.cases, place) {
                noticed += 1;
            } else {
                let line = loaded.guide.rule(place).expect("listed").line;
                survivors.push(format!("{}:{line} {how:?}", loaded.guide.file_of(place)));
            }
        }
    }
    let share = f64::from(noticed) / f64::from(all) * 100.0;
    println!("{noticed} of {all} broken guides are noticed ({share:.1} %); survivors:\n{}", survivors.join("\n"));
    assert!(share >= 95.0, "only {share:.1} % of {all} broken guides are noticed");
}
