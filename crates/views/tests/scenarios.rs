//! Tests that an answer shows all that its scenarios assume and indicate.

use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_model::{AssumptionKind, Case, FactId, Guide, Scenario, ScenarioTreatment, TreatmentId};
use sarcoguide_views::{Answered, answer};

/// Facts that most people know. Each case of the test states only these.
const KNOWN: [&str; 4] = ["situation", "histology", "age", "site"];

fn in_one_line(text: &str) -> String {
    text.replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the indicated treatments of the scenario that aren't techniques of others.
fn listed<'a>(guide: &'a Guide, scenario: &'a Scenario) -> impl Iterator<Item = &'a ScenarioTreatment> {
    let is_whole = |entry: &&ScenarioTreatment| {
        let whole = &guide[entry.treatment].technique_of;
        !scenario.indicated().any(|other| whole.contains(&other.treatment))
    };
    scenario.indicated().filter(is_whole).filter(|entry| !guide.is_supportive(entry.treatment))
}

#[test]
fn an_answer_shows_every_assumption_and_check_of_the_treatments_that_it_lists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    let (mut assumed, mut unusual, mut checked) = (0, 0, 0);
    for entry in cases.iter().filter(|case| case.file.starts_with("cases/")).step_by(5) {
        let mut case = Case::unknown(guide.facts.len());
        let known = |fact: &FactId| KNOWN.contains(&guide[*fact].id.as_str());
        entry.case.stated().filter(known).for_each(|fact| case.set(fact, entry.case.get(fact)));
        let Ok(advice) = advisor.answer(&case) else { continue };
        // Where nothing has to be assumed, the answer has no block of scenarios.
        let Some(first) = advice.scenarios.first().filter(|first| !first.assumptions.is_empty()) else { continue };
        let text =
            in_one_line(&markdown(&answer::answer((&guide).into(), Answered { case: &case, advice: &advice, preferences: &[] })));
        let start =
            text.find("What usually happens next").unwrap_or_else(|| panic!("{}: the scenarios come first: {text}", entry.file));
        let block = text[start..].split("This is what the guide says").next().expect("the block");
        let mut shown: Vec<TreatmentId> = Vec::new();
        for scenario in &advice.scenarios {
            let new: Vec<&ScenarioTreatment> =
                listed(&guide, scenario).filter(|entry| !shown.contains(&entry.treatment)).collect();
            // A scenario that adds nothing is left out.
            if new.is_empty() && scenario != first {
                continue;
            }
            for assumption in &scenario.assumptions {
                let says = in_one_line(assumption.says(&guide));
                let kind = guide.usual_values[assumption.entry].kind;
                assumed += 1;
                unusual += usize::from(!assumption.is_usual());
                let needed = kind != AssumptionKind::RoutineCheck || scenario == first;
                assert!(!needed || block.contains(&says), "{}: `{says}` isn't shown: {block}", entry.file);
            }
            for treatment in new {
                let name = in_one_line(&guide[treatment.treatment].name);
                // What follows each mention of the treatment, up to the next treatment.
                let notes: Vec<&str> = block.split(&name).skip(1).filter_map(|rest| rest.split("; ").next()).collect();
                assert!(!notes.is_empty(), "{}: no {name}: {block}", entry.file);
                for assumption in scenario.assumptions.iter().filter(|one| treatment.reason.contains(&one.fact)) {
                    if guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck {
                        checked += 1;
                        let says = assumption.says(&guide);
                        assert!(notes.iter().any(|notes| notes.contains(says)), "{}: {name}: {says}: {notes:?}", entry.file);
                    }
                }
            }
            shown.extend(scenario.indicated().map(|entry| entry.treatment));
        }
    }
    assert!(assumed > 300 && unusual > 50 && checked > 300, "{assumed} {unusual} {checked}");
}
