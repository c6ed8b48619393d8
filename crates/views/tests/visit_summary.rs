//! The summary to take along, over every case of the guide: what is a way to give something else stands with that, and nobody is made to
//! ask about what they declined.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::{Block, Document, Emphasis, Line};
use sarcoguide_model::{Advice, Case, Guide, Standing, TreatmentAdvice, TreatmentId, Truth, Verdict};
use sarcoguide_views::Answered;
use sarcoguide_views::visit_summary::visit_summary;

const QUESTIONS: &str = "Questions to ask the team";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn loaded() -> Loaded {
    let files = sarcoguide_bundled::read_folder(&root().join("guide")).expect("readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// Calls `law` with the summary of each case of the guide.
fn for_every_summary(mut law: impl FnMut(&Guide, &Advice, &Document, &str)) {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    for entry in &cases {
        let (advice, document) = summary(&guide, &advisor, &entry.case);
        law(&guide, &advice, &document, &format!("{}: {}", entry.file, entry.name));
    }
}

fn summary(guide: &Guide, advisor: &Advisor, case: &Case) -> (Advice, Document) {
    let advice = advisor.advise(case).expect("a case that can be");
    let document = visit_summary(guide.into(), Answered { case, advice: &advice, preferences: &[] }, None);
    (advice, document)
}

/// The points below the heading with this name, of its level, with how far each is indented.
fn points<'d>(document: &'d Document, name: &str) -> Vec<(u8, &'d Line)> {
    let mut found = Vec::new();
    let mut here = false;
    for block in &document.blocks {
        match block {
            // What stands below one heading ends at the next.
            Block::Heading { line, .. } => here = line.bare() == name,
            Block::Points { depth, lines } if here => found.extend(lines.iter().map(|line| (*depth, line))),
            _ => {}
        }
    }
    found
}

/// Treatments proper that fit at a time, and not only in a clinical trial.
fn recommended(guide: &Guide, advice: &Advice, time: usize) -> BTreeSet<TreatmentId> {
    let fits = |entry: &&TreatmentAdvice| {
        let treatment = &guide[entry.treatment];
        let mut reasons = treatment.indications.iter().zip(&entry.indications);
        let now = reasons.any(|(reason, truth)| {
            truth.is_true() && reason.timing.index() == time && guide.standing(reason) != Standing::TrialOnly
        });
        let fits = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible) && entry.standing != Some(Standing::TrialOnly);
        now && fits && !guide.is_supportive(entry.treatment)
    };
    advice.treatments.iter().filter(fits).map(|entry| entry.treatment).collect()
}

/// The treatments whose names stand strong in a line.
fn named(guide: &Guide, line: &Line) -> Vec<TreatmentId> {
    let strong = line.0.iter().filter(|piece| piece.emphasis == Emphasis::Strong);
    let called = |name: &str| guide.treatments.iter().position(|treatment| treatment.name == name);
    strong.filter_map(|piece| called(&piece.text)).map(TreatmentId::new).collect()
}

/// The treatments of which a question is asked, each by its name before it.
fn asking<'a>(guide: &Guide, advice: &'a Advice, document: &Document) -> Vec<&'a TreatmentAdvice> {
    let lead = |line: &Line| line.0.first().expect("a name").text.trim_end_matches(": ").to_owned();
    let entry = |name: String| {
        let found = advice.treatments.iter().find(|entry| guide[entry.treatment].name == name);
        found.unwrap_or_else(|| panic!("{name} is no treatment"))
    };
    points(document, QUESTIONS).into_iter().map(|(_, line)| entry(lead(line))).collect()
}

#[test]
fn what_fits_stands_by_itself_unless_what_it_is_a_way_to_give_does_so() {
    // How many lines of those that are only named have ways within.
    let mut within = 0;
    for_every_summary(|guide, advice, document, place| {
        if advice.scope.covered.is_false() {
            return;
        }
        for (time, timing) in guide.timings.iter().enumerate() {
            let fitting = recommended(guide, advice, time);
            let main_treatments = |one: TreatmentId| fitting.iter().filter(move |whole| guide.is_technique_of(one, **whole));
            let lines = points(document, &timing.name);
            let outer = lines.iter().filter(|(depth, _)| *depth == 0);
            let mut shown: Vec<TreatmentId> = outer.flat_map(|(_, line)| named(guide, line)).collect();
            shown.sort_unstable();
            let alone: Vec<TreatmentId> = fitting.iter().copied().filter(|one| main_treatments(*one).next().is_none()).collect();
            assert_eq!(shown, alone, "{place}: {}", timing.name);
            // The others are not lost.
            for way in fitting.iter().filter(|one| main_treatments(**one).next().is_some()) {
                let name = &guide[*way].name;
                let says = |line: &Line| line.bare().to_lowercase().contains("ways to give it: ") && line.bare().contains(name);
                assert!(lines.iter().any(|(_, line)| says(line)), "{place}: {} leaves out {name}", timing.name);
            }
            within += lines.iter().filter(|(_, line)| line.bare().contains("; ways to give it: ")).count();
        }
    });
    assert!(within > 0, "no case has a way within the line of names");
}

#[test]
fn no_question_is_about_what_is_declined() {
    let mut declining = 0;
    for_every_summary(|guide, advice, document, place| {
        for entry in asking(guide, advice, document) {
            let id = &guide[entry.treatment].id;
            assert!(!entry.declined.is_true(), "{place}: {id} is declined");
        }
        declining += usize::from(advice.treatments.iter().any(|entry| entry.declined == Truth::True));
    });
    assert!(declining > 5, "{declining} cases decline something");
}

#[test]
fn a_way_to_give_what_fits_asks_no_question() {
    for_every_summary(|guide, advice, document, place| {
        for entry in asking(guide, advice, document) {
            let main_treatments = guide[entry.treatment].technique_of.iter();
            let fits = |whole: &&TreatmentId| advice[**whole].verdict == Verdict::Indicated;
            let id = &guide[entry.treatment].id;
            assert_eq!(main_treatments.filter(fits).count(), 0, "{place}: {id}");
        }
    });
}

#[test]
fn a_person_who_declines_treatment_gets_questions_about_life_without_it() {
    let Loaded { guide, .. } = loaded();
    let text = fs::read_to_string(root().join("examples/no_treatment_wanted.json")).expect("the example");
    let case = sarcoguide_case::from_json(&guide, &text).expect("a case").case;
    let (advice, document) = summary(&guide, &Advisor::new(guide.clone()), &case);
    let asking = asking(&guide, &advice, &document);
    let place = |id: &str| asking.iter().position(|entry| guide[entry.treatment].id == id);
    let (without, care) = (place("no_cancer_treatment"), place("supportive_care"));
    // They stand first, as they fit because of what is declined.
    assert!(without.is_some_and(|place| place < 2) && care.is_some_and(|place| place < 2), "{without:?}, {care:?}");
    let asked = points(&document, QUESTIONS);
    assert!(
        asked.iter().any(|(_, line)| line.bare().contains("without treatment") || line.bare().contains("no treatment")),
        "{asked:#?}"
    );
}
