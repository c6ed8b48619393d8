//! Tests how many questions an interview asks about the examples, so that a change of the guide doesn't make it longer unnoticed.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::{Advisor, FactSet};
use sarcoguide_compiler::Loaded;
use sarcoguide_model::{Case, Condition, FactId, FactValue, Guide, Scenario, ScenarioTreatment, Standing, TreatmentId, Verdict};

/// The most questions that an interview may ask about each example. A lower number is better. Before you raise a number, ask whether the new question
/// is worth its place.
const MOST: [(&str, usize); 11] = [
    ("advanced_synovial_sarcoma_tests_open", 41),
    ("after_surgery_positive_margins", 26),
    ("almost_nothing_known", 11),
    ("came_back_in_the_same_place", 19),
    ("epithelioid_sarcoma_withdrawn_drug", 37),
    ("lung_metastases_few", 37),
    ("newly_found_large_high_grade_thigh", 23),
    ("newly_found_small_low_grade_leg", 17),
    ("no_treatment_wanted", 38),
    ("out_of_scope_gist", 4),
    ("retroperitoneal_liposarcoma", 20),
];

/// The examples, as files with the facts of each.
fn examples(guide: &Guide) -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut examples: Vec<(String, Case)> = files
        .filter_map(|path| {
            let format = match path.extension()?.to_str()? {
                "json" => sarcoguide_case::Format::Json,
                "toml" => sarcoguide_case::Format::Toml,
                _ => return None,
            };
            let case = sarcoguide_case::read(guide, &std::fs::read(&path).expect("readable"), format).expect("a case").case;
            Some((path.file_name()?.to_string_lossy().into_owned(), case))
        })
        .collect();
    examples.sort_by(|(one, _), (other, _)| one.cmp(other));
    examples
}

/// The guide without its lists, and without the rules and constraints that follow from them.
fn without_lists(mut guide: Guide) -> Guide {
    let listed: FactSet = guide.fact_lists.iter().flat_map(|list| &list.facts).copied().collect();
    let uses_list = |parts: &[Condition]| {
        let mut uses = false;
        let mut look = |part: &Condition| {
            if let Condition::Is { fact, .. } | Condition::Compare { fact, .. } = part {
                uses |= listed.contains(*fact);
            }
        };
        parts.iter().for_each(|part| part.walk(&mut look));
        uses
    };
    guide.constraints.retain(|constraint| !uses_list(&constraint.mutually_exclusive));
    for treatment in &mut guide.treatments {
        treatment.contraindications.retain(|entry| !uses_list(std::slice::from_ref(&entry.rule.when)));
        treatment.precautions.retain(|entry| !uses_list(std::slice::from_ref(&entry.rule.when)));
        treatment.given = None;
    }
    guide.interview.parts.iter_mut().for_each(|part| part.facts.retain(|fact| !listed.contains(*fact)));
    guide.fact_lists.clear();
    guide
}

/// Returns the number of questions in an interview of a person who knows the facts of `known`, and confirms each list as complete if that fits.
fn questions(advisor: &Advisor, known: &Case) -> usize {
    let guide = advisor.guide();
    let mut case = Case::unknown(guide.facts.len());
    let (mut asked, mut count) = (FactSet::EMPTY, 0);
    loop {
        let ask = advisor.interview_questions(&case, asked).expect("no contradiction").ask;
        let order: Vec<FactId> = guide.interview.parts.iter().flat_map(|part| &part.facts).copied().collect();
        let Some(next) = order.into_iter().find(|fact| ask.contains(*fact)) else { return count };
        count += 1;
        let Some(list) = guide.list_of(next) else {
            case.set(next, known.get(next));
            asked = asked.union(FactSet::only(next));
            continue;
        };
        let mut complete = case.clone();
        for fact in &list.facts {
            case.set(*fact, known.get(*fact));
            let absent = FactValue::Value(list.absent.try_into().expect("few values"));
            complete.set(*fact, if known.get(*fact) == FactValue::Unknown { absent } else { known.get(*fact) });
        }
        // If the case says only that there was treatment, the person has had an entry of the list that agrees with the rest of the case.
        let one = |fact: &FactId| Some(complete.with(*fact, FactValue::Value(list.ongoing.try_into().ok()?)));
        let agrees = |complete: &Case| {
            advisor.advise(&known.stated().fold(complete.clone(), |case, fact| case.with(fact, known.get(fact)))).is_ok()
        };
        let lists = std::iter::once(complete.clone()).chain(list.facts.iter().filter_map(one));
        case = lists.into_iter().find(agrees).expect("a list that agrees with the case");
        asked = list.facts.iter().fold(asked, |asked, fact| asked.union(FactSet::only(*fact)));
    }
}

/// Together, the interviews are no longer. A single one can be longer by the list's question, if the list replaces no other question.
#[test]
fn a_list_makes_the_interviews_of_the_examples_no_longer() {
    let guide = sarcoguide_bundled::guide();
    let (with, without) = (Advisor::new(guide.clone()), Advisor::new(without_lists(guide.clone())));
    let lengths = examples(&guide).into_iter().map(|(name, case)| (name, questions(&without, &case), questions(&with, &case)));
    let lengths: Vec<(String, usize, usize)> = lengths.collect();
    let total = |length: &dyn Fn(&(String, usize, usize)) -> usize| lengths.iter().map(length).sum::<usize>();
    assert!(total(&|(.., now)| *now) <= total(&|(_, before, _)| *before), "{lengths:#?}");
    assert!(lengths.iter().all(|(_, before, now)| *now <= before + 1), "{lengths:#?}");
}

#[test]
fn the_interview_asks_no_more_questions_about_the_examples_than_it_used_to() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let counts: Vec<(String, usize)> = examples(&guide)
        .into_iter()
        .map(|(name, case)| (name.split('.').next().unwrap_or_default().to_owned(), questions(&advisor, &case)))
        .collect();
    let most: Vec<(String, usize)> = MOST.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    assert_eq!(counts, most);
}

/// The largest number of treatments in a first scenario that is easy to read.
const FEW: usize = 8;

/// The treatments that count as listed: indicated, not only for trials, of the disease, and not a technique of another treatment.
fn listed(guide: &Guide, scenario: &Scenario) -> BTreeSet<TreatmentId> {
    let counts = |entry: &&ScenarioTreatment| {
        let treatment = &guide[entry.treatment];
        entry.verdict == Verdict::Indicated
            && entry.standing != Some(Standing::TrialOnly)
            && treatment.technique_of.is_empty()
            && !guide.is_supportive(entry.treatment)
            && !["choice", "trial"].contains(&guide[treatment.modality].id.as_str())
    };
    scenario.treatments.iter().filter(counts).map(|entry| entry.treatment).collect()
}

/// The treatments that the first scenario lists after each question of an interview, starting before the first question.
fn first_scenarios(advisor: &Advisor, known: &Case) -> Vec<BTreeSet<TreatmentId>> {
    let guide = advisor.guide();
    let mut case = Case::unknown(guide.facts.len());
    let (mut asked, mut all) = (FactSet::EMPTY, Vec::new());
    loop {
        let advice = advisor.answer(&case).expect("no contradiction");
        all.push(advice.scenarios.first().map(|scenario| listed(guide, scenario)).unwrap_or_default());
        let questions = advisor.interview_questions(&case, asked).expect("no contradiction");
        let Some(next) = advisor.next_in_interview(&questions, &advice) else { return all };
        let facts = guide.list_of(next).map_or_else(|| vec![next], |list| list.facts.clone());
        for fact in facts {
            case.set(fact, known.get(fact));
            asked = asked.union(FactSet::only(fact));
        }
    }
}

/// The number of questions after which something holds, and after each later question too.
fn questions_until(all: &[BTreeSet<TreatmentId>], holds: impl Fn(&BTreeSet<TreatmentId>) -> bool) -> usize {
    all.iter().rposition(|listed| !holds(listed)).map_or(0, |last| last + 1)
}

#[test]
fn half_of_the_people_see_a_short_answer_after_five_questions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide);
    let step = if std::env::var_os("LONG_FORMS").is_some() { 1 } else { 6 };
    let whole = cases.iter().filter(|case| case.file.starts_with("cases/")).step_by(step);
    let whole = whole.filter(|entry| advisor.advise(&entry.case).expect("no contradiction").scope.covered.is_true());
    let all: Vec<Vec<BTreeSet<TreatmentId>>> = whole.map(|entry| first_scenarios(&advisor, &entry.case)).collect();
    let percentiles = |count: &dyn Fn(&Vec<BTreeSet<TreatmentId>>) -> usize| {
        let mut counts: Vec<usize> = all.iter().map(count).collect();
        counts.sort_unstable();
        [25, 50, 75, 90].map(|share| counts[counts.len() * share / 100])
    };
    let few = |listed: &BTreeSet<TreatmentId>| listed.len() <= FEW;
    let once = percentiles(&|all| all.iter().skip(2).position(few).map_or(all.len(), |place| place + 2));
    let lasting = percentiles(&|all| questions_until(all, few));
    let last = percentiles(&|all| questions_until(all, |listed| all.last().is_some_and(|last| last.is_subset(listed))));
    let length = percentiles(&|all| all.len() - 1);
    println!(
        "questions at the percentiles 25, 50, 75 and 90 of {} cases: {once:?} until the first scenario has at most {FEW} treatments, {lasting:?} until it \
         never has more again, {last:?} until it has all that it has at the end, {length:?} in all",
        all.len()
    );
    assert!(lasting[1] <= 5, "{lasting:?}");
}
