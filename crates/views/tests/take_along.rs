//! Tests the questions that are proposed for a visit.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_case::Format;
use sarcoguide_compiler::Loaded;
use sarcoguide_model::{AssumptionKind, Case, FactId, Guide, WeighedValue};
use sarcoguide_views::Answered;
use sarcoguide_views::take_along::{PROPOSED, Question, questions, up_to};

fn loaded() -> Loaded {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&folder).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

fn proposed(advisor: &Advisor, case: &Case, preferences: &[WeighedValue]) -> Vec<Question> {
    let advice = advisor.answer(case).expect("a case without contradictions");
    questions((&**advisor.guide()).into(), Answered { case, advice: &advice, preferences })
}

fn stated(guide: &Guide, facts: &str) -> Case {
    sarcoguide_case::read(guide, format!("[facts]\n{facts}").as_bytes(), Format::Toml).expect("a case").case
}

/// Returns the IDs of those of the guide's own questions that are proposed.
fn ids(guide: &Guide, questions: &[Question]) -> Vec<String> {
    let id = |question: &Question| {
        guide.team_questions.iter().find(|own| own.statement.text == question.text).map(|own| own.id.clone())
    };
    questions.iter().filter_map(id).collect()
}

const NEWLY_FOUND: &str = "situation = \"before_treatment\"\nsite = \"lower_extremity\"\nsize = \"8 cm\"\n";

#[test]
fn a_person_who_knows_little_asks_about_the_biopsy_the_scans_the_center_surgery_and_a_trial() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let few = proposed(&advisor, &stated(&guide, NEWLY_FOUND), &[]);
    assert_eq!(ids(&guide, &few), ["biopsy", "scans", "center", "surgery_alone", "trial"]);
    // A type that says nothing more leaves the type open.
    let no_type = stated(&guide, &format!("{NEWLY_FOUND}histology = \"soft_tissue_sarcoma\""));
    assert_eq!(ids(&guide, &proposed(&advisor, &no_type, &[]))[0], "biopsy");
    // What is known isn't asked, and others take its place.
    let more = stated(&guide, &format!("{NEWLY_FOUND}histology = \"liposarcoma\"\ndistant_metastasis = \"no\""));
    assert_eq!(ids(&guide, &proposed(&advisor, &more, &[])), ["center", "surgery_alone", "trial", "removable", "limb"]);
}

#[test]
fn a_doubt_a_wish_and_a_running_treatment_come_before_the_questions_of_the_guide() {
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let case = stated(&guide, "situation = \"follow_up\"\ngiven_doxorubicin = \"running\"\nhistology = \"leiomyosarcoma\"");
    let wishes: Vec<WeighedValue> = (0..4).map(|value| WeighedValue { value, weight: 0 }).collect();
    let questions = proposed(&advisor, &case, &wishes);
    let values = &guide.exercise.as_ref().expect("an exercise").values;
    assert!(
        questions[0].text.contains(&guide.facts[guide.fact("situation").expect("a fact").index()].name),
        "{:?}",
        questions[0]
    );
    assert_eq!(questions[1].text, values[0].ask);
    assert_eq!(questions[2].text, values[1].ask);
    assert_eq!(questions[3].about.as_deref(), Some("Doxorubicin"));
    assert_eq!(ids(&guide, &questions).len(), 1);
    // A wish that matters less isn't proposed.
    let less = [WeighedValue { value: 0, weight: 1 }];
    assert!(proposed(&advisor, &case, &less).iter().all(|question| question.text != values[0].ask));
}

/// Facts that the person knows without the team, so there's no question to ask about them.
const KNOWN_TO_THE_PERSON: [&str; 5] = ["situation", "site", "symptoms", "prior_chemotherapy", "prior_systemic_treatment"];

#[test]
fn there_is_a_question_about_every_fact_that_splits_scenarios() {
    let guide = sarcoguide_bundled::guide();
    let asked: BTreeSet<FactId> = guide.team_questions.iter().flat_map(|question| &question.decides).copied().collect();
    let decisive = guide.usual_values.iter().filter(|usual| usual.kind == AssumptionKind::Decisive);
    for fact in decisive.flat_map(|usual| &usual.facts) {
        let id = guide[*fact].id.as_str();
        assert!(asked.contains(fact) || KNOWN_TO_THE_PERSON.contains(&id), "no question decides `{id}`");
    }
}

#[test]
fn every_case_has_a_few_questions_none_twice_and_none_about_a_declined_treatment() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let mut proposed_ids = BTreeSet::new();
    for entry in &cases {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let all = up_to((&guide).into(), answered, 20);
        let five = questions((&guide).into(), answered);
        let name = format!("{}: {}", entry.file, entry.name);
        assert!(all.starts_with(&five), "{name}");
        assert!((3..=PROPOSED).contains(&five.len()), "{name}: {five:?}");
        let words: BTreeSet<String> = all.iter().map(|question| question.in_words((&guide).into())).collect();
        assert_eq!(words.len(), all.len(), "{name}: {all:?}");
        let declined = advice.treatments.iter().filter(|treatment| treatment.declined.is_true());
        let declined: BTreeSet<&str> = declined.map(|treatment| guide[treatment.treatment].name.as_str()).collect();
        let about = all.iter().filter_map(|question| question.about.as_deref());
        for name_asked in about.filter(|about| declined.contains(about)) {
            assert!(guide.fact_lists.iter().any(|list| list.ongoing(&entry.case).count() > 0), "{name}: {name_asked}");
        }
        proposed_ids.extend(ids(&guide, &five));
    }
    let own: BTreeSet<String> = guide.team_questions.iter().map(|question| question.id.clone()).collect();
    let never: Vec<&String> = own.difference(&proposed_ids).collect();
    assert!(never.is_empty(), "no case proposes these: {never:?}");
}
