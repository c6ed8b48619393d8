//! Measures the scenarios of the built-in guide: facts of its whole cases are struck out, and the treatments that the whole case indicates must still be
//! found. The cases are known to those who write the rules, so the figures say how well the scenarios cover the guide, not how well they fit people.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests read files and the environment, and print figures"
)]

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_model::{Advice, Case, FactId, FactValue, Guide, GuideCase, Scenario, Standing, TreatmentId, Truth, Verdict};

/// Numbers of facts to strike out of each case. The last one is more than any case has.
const STRUCK: [usize; 5] = [0, 3, 5, 8, 1000];
/// The facts that are always kept.
const KEPT: [&str; 2] = ["situation", "histology"];
/// The number of facts that a whole case states at least.
const WHOLE: usize = 12;
/// The largest number of treatments in a first scenario that is easy to read.
const FEW: usize = 8;

/// What scenarios found after a number of facts was struck out of the cases.
#[derive(Default)]
struct Found {
    cases: usize,
    /// The cases whose first scenario lists between one and [`FEW`] treatments.
    few: usize,
    /// The treatments that the whole cases indicate.
    wanted: usize,
    /// Those of them that some scenario lists.
    in_a_scenario: usize,
    /// Those of them that are rare treatments.
    rare: usize,
}

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// A random number generator that is the same on every machine (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("smaller than `end`")
    }
}

/// Returns the case with random facts struck out. What a list says of everything that isn't on it counts as one fact.
fn struck(guide: &Guide, case: &Case, count: usize, random: &mut Random) -> Case {
    let absent = |fact: &FactId| {
        let list = guide.fact_lists.iter().find(|list| list.facts.contains(fact));
        list.is_some_and(|list| case.get(*fact) == FactValue::Value(u8::try_from(list.absent).expect("few values")))
    };
    let (together, alone): (Vec<FactId>, Vec<FactId>) =
        case.stated().filter(|fact| !KEPT.contains(&guide[*fact].id.as_str())).partition(absent);
    let mut left: Vec<Vec<FactId>> = alone.into_iter().map(|fact| vec![fact]).collect();
    left.extend((!together.is_empty()).then_some(together));
    let mut case = case.clone();
    for _ in 0..count.min(left.len()) {
        let facts = left.swap_remove(random.below(left.len()));
        facts.into_iter().for_each(|fact| case.set(fact, FactValue::Unknown));
    }
    case
}

/// Returns the treatments that count as listed: indicated, not only for trials, of the disease, and not a technique of another treatment.
fn listed(guide: &Guide, entries: impl Iterator<Item = (TreatmentId, Verdict, Option<Standing>)>) -> BTreeSet<TreatmentId> {
    let counts = |(id, verdict, standing): &(TreatmentId, Verdict, Option<Standing>)| {
        let treatment = &guide[*id];
        *verdict == Verdict::Indicated
            && *standing != Some(Standing::TrialOnly)
            && treatment.technique_of.is_empty()
            && !guide.is_supportive(*id)
            && !["choice", "trial"].contains(&guide[treatment.modality].id.as_str())
    };
    entries.filter(counts).map(|(id, ..)| id).collect()
}

/// Whether the case is one of a person about whom much is known. Other cases are about a doubt, or about a person about whom little is known.
fn is_whole(case: &GuideCase) -> bool {
    case.file.starts_with("cases/") && case.case.stated().count() >= WHOLE
}

fn of_advice(guide: &Guide, advice: &Advice) -> BTreeSet<TreatmentId> {
    listed(guide, advice.treatments.iter().map(|entry| (entry.treatment, entry.verdict, entry.standing)))
}

fn of_scenario(guide: &Guide, scenario: &Scenario) -> BTreeSet<TreatmentId> {
    listed(guide, scenario.treatments.iter().map(|entry| (entry.treatment, entry.verdict, entry.standing)))
}

#[test]
fn scenarios_find_what_a_whole_case_indicates() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let long = std::env::var_os("LONG_FORMS").is_some();
    let whole = cases.iter().filter(|case| is_whole(case)).step_by(if long { 1 } else { 6 });
    let mut random = Random(42);
    let mut found: Vec<Found> = STRUCK.iter().map(|_| Found::default()).collect();
    for entry in whole {
        let advice = advisor.advise(&entry.case).expect("a case without contradictions");
        if advice.scope.covered != Truth::True {
            continue;
        }
        let wanted = of_advice(&guide, &advice);
        for (count, found) in STRUCK.iter().zip(&mut found) {
            let case = struck(&guide, &entry.case, *count, &mut random);
            let open = advisor.advise(&case).expect("fewer facts don't contradict each other");
            let scenarios = advisor.scenarios(&case, &open).expect("no contradiction");
            let all: BTreeSet<TreatmentId> = scenarios.iter().flat_map(|scenario| of_scenario(&guide, scenario)).collect();
            found.cases += 1;
            found.few += usize::from((1..=FEW).contains(&of_scenario(&guide, &scenarios[0]).len()));
            found.wanted += wanted.len();
            found.in_a_scenario += wanted.intersection(&all).count();
            let lost: Vec<TreatmentId> = wanted.difference(&all).copied().collect();
            if !lost.is_empty() {
                let rare = advisor.rare_treatments(&case, &open, &scenarios).expect("no contradiction");
                // The search for a witness has a limit. Without one, the open facts of the treatment's rules are named.
                let is_struck =
                    |fact: &FactId| case.get(*fact) == FactValue::Unknown && entry.case.get(*fact) != FactValue::Unknown;
                let named =
                    |found: &sarcoguide_model::RareTreatment| found.witness.is_some() || found.facts.iter().any(is_struck);
                let is_rare = |id: &TreatmentId| rare.iter().any(|found| found.treatment == *id && named(found));
                let (named, unnamed): (Vec<TreatmentId>, Vec<TreatmentId>) = lost.into_iter().partition(is_rare);
                found.rare += named.len();
                let unnamed: Vec<&str> = unnamed.iter().map(|id| guide[*id].id.as_str()).collect();
                assert!(unnamed.is_empty(), "{} with {count} facts struck out: {unnamed:?} are lost", entry.file);
            }
        }
    }
    for (count, Found { cases, few, wanted, in_a_scenario, rare }) in STRUCK.iter().zip(&found) {
        println!(
            "{count} facts struck out of {cases} cases: {few} first scenarios with 1 to {FEW} treatments; of {wanted} treatments, {in_a_scenario} in a \
             scenario and {rare} rare"
        );
        assert_eq!(in_a_scenario + rare, *wanted);
        // A sixth of the cases varies more than all of them.
        let least = if *count < 100 { 97 } else { 88 } - if long { 0 } else { 3 };
        assert!(in_a_scenario * 100 >= wanted * least, "with {count} facts struck out");
        assert!(few * 100 >= cases * 70, "with {count} facts struck out");
    }
}

/// A case in which nothing is assumed has one scenario: the case itself.
#[test]
fn a_whole_case_has_one_scenario_with_the_verdicts_of_its_advice() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let mut seen = 0;
    for entry in cases.iter().filter(|case| is_whole(case)).step_by(5) {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let Some(first) = advice.scenarios.first() else {
            assert_eq!(advice.scope.covered, Truth::False, "{}", entry.file);
            continue;
        };
        if first.assumptions.is_empty() {
            seen += 1;
            assert_eq!(first.case, entry.case, "{}", entry.file);
            assert_eq!(of_scenario(&guide, first), of_advice(&guide, &advice), "{}", entry.file);
        }
    }
    assert!(seen > 3, "{seen}");
}
