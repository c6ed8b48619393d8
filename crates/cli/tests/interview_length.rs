//! Tests how many questions an interview asks about the examples, so that a change of the guide doesn't make it longer unnoticed.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files")]

use std::fs;
use std::path::Path;

use sarcoguide_advise::{Advisor, FactSet};
use sarcoguide_case::{Format, read};
use sarcoguide_model::{Case, FactValue};

/// The most questions that an interview may ask about each example. A lower number is better. Before you raise a number, ask whether the new question
/// is worth its place.
const MOST: [(&str, usize); 11] = [
    ("advanced_synovial_sarcoma_tests_open", 44),
    ("after_surgery_positive_margins", 25),
    ("almost_nothing_known", 12),
    ("came_back_in_the_same_place", 18),
    ("epithelioid_sarcoma_withdrawn_drug", 40),
    ("lung_metastases_few", 40),
    ("newly_found_large_high_grade_thigh", 26),
    ("newly_found_small_low_grade_leg", 18),
    ("no_treatment_wanted", 39),
    ("out_of_scope_gist", 5),
    ("retroperitoneal_liposarcoma", 22),
];

/// Returns how many questions an interview asks a person who answers them with the facts of `known`, and doesn't know the rest.
fn questions(advisor: &Advisor, known: &Case) -> usize {
    let guide = advisor.guide();
    let (mut case, mut asked, mut count) = (Case::unknown(guide.facts.len()), FactSet::EMPTY, 0);
    loop {
        let worth = advisor.interview_questions(&case, asked).expect("no contradiction").ask;
        let mut in_order = guide.interview.parts.iter().flat_map(|part| &part.facts).copied();
        let Some(next) = in_order.find(|fact| worth.contains(*fact)) else { return count };
        count += 1;
        asked = asked.union(FactSet::only(next));
        if known.get(next) != FactValue::Unknown {
            case.set(next, known.get(next));
        }
    }
}

#[test]
fn the_interview_asks_no_more_questions_about_the_examples_than_it_used_to() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let guide = sarcoguide_bundled::guide();
    let advisor = Advisor::new(guide.clone());
    let mut counts: Vec<(String, usize)> = Vec::new();
    for entry in fs::read_dir(root.join("examples")).expect("the folder should be readable") {
        let path = entry.expect("an entry").path();
        let format = match path.extension().and_then(|ending| ending.to_str()) {
            Some("json") => Format::Json,
            Some("toml") => Format::Toml,
            _ => continue,
        };
        let case = read(&guide, &fs::read(&path).expect("a readable file"), format).expect("a valid case").case;
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        counts.push((name, questions(&advisor, &case)));
    }
    counts.sort();
    let most: Vec<(String, usize)> = MOST.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    assert_eq!(counts, most);
}
