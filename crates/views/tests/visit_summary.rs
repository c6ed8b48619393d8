//! Tests the visit summaries for all of the guide's cases: techniques are listed with their main treatments, and no question is about a treatment
//! that the person declines.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::{Block, Document, Emphasis, Line};
use sarcoguide_model::{
    Advice, Case, Condition, FactId, FactValue, Guide, Standing, Treatment, TreatmentAdvice, TreatmentId, Truth, ValueSet,
    Verdict,
};
use sarcoguide_testkit::{empty_guide, treatment, yes_no_fact};
use sarcoguide_views::Answered;
use sarcoguide_views::visit_summary::visit_summary;

const QUESTIONS: &str = "Questions to ask the team";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn loaded() -> Loaded {
    let files = sarcoguide_bundled::read_folder(&root().join("guide")).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// Calls `check` with the guide, and with the advice, the summary and the name of each of the guide's cases.
fn for_every_summary(mut check: impl FnMut(&Guide, &Advice, &Document, &str)) {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    for entry in &cases {
        let (advice, document) = summary(&guide, &advisor, &entry.case);
        check(&guide, &advice, &document, &format!("{}: {}", entry.file, entry.name));
    }
}

fn summary(guide: &Guide, advisor: &Advisor, case: &Case) -> (Advice, Document) {
    let advice = advisor.answer(case).expect("a case without contradictions");
    let document = visit_summary(guide.into(), Answered { case, advice: &advice, preferences: &[] }, None);
    (advice, document)
}

/// Returns the list items between the heading with this text and the next heading, each with its depth.
fn points<'d>(document: &'d Document, name: &str) -> Vec<(u8, &'d Line)> {
    let mut found = Vec::new();
    let mut here = false;
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => here = line.bare() == name,
            Block::Points { depth, lines } if here => found.extend(lines.iter().map(|line| (*depth, line))),
            _ => {}
        }
    }
    found
}

/// Returns the treatments that fit at a time, without supportive treatments and those that are available only in clinical trials.
fn recommended(guide: &Guide, advice: &Advice, time: usize) -> BTreeSet<TreatmentId> {
    let fits = |entry: &&TreatmentAdvice| {
        let treatment = &guide[entry.treatment];
        let mut reasons = treatment.indications.iter().zip(&entry.indications);
        let now = reasons.any(|(reason, truth)| {
            truth.is_true() && reason.timing.index() == time && guide.standing(reason) != Standing::TrialOnly
        });
        let fits = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible) && entry.standing != Some(Standing::TrialOnly);
        now && fits && !entry.is_ongoing() && !guide.is_supportive(entry.treatment)
    };
    advice.treatments.iter().filter(fits).map(|entry| entry.treatment).collect()
}

/// Returns the treatments whose names are in bold in a line.
fn named(guide: &Guide, line: &Line) -> Vec<TreatmentId> {
    let strong = line.0.iter().filter(|piece| piece.emphasis == Emphasis::Strong);
    let called = |name: &str| guide.treatments.iter().position(|treatment| treatment.name == name);
    strong.filter_map(|piece| called(&piece.text)).map(TreatmentId::new).collect()
}

/// Returns the treatments that have questions in the summary. Such a question starts with the name of its treatment in bold.
fn asking<'a>(guide: &Guide, advice: &'a Advice, document: &Document) -> Vec<&'a TreatmentAdvice> {
    let is_own = |line: &Line| line.0.first().is_some_and(|piece| piece.emphasis != Emphasis::Strong);
    let lead = |line: &Line| line.0.first().expect("a name").text.trim_end_matches(": ").to_owned();
    let entry = |name: String| {
        let found = advice.treatments.iter().find(|entry| guide[entry.treatment].name == name);
        found.unwrap_or_else(|| panic!("{name} isn't a treatment"))
    };
    let about = points(document, QUESTIONS).into_iter().filter(|(_, line)| !is_own(line));
    about.map(|(_, line)| entry(lead(line))).collect()
}

#[test]
fn a_treatment_that_fits_has_its_own_line_unless_it_is_a_technique_of_another_one() {
    // The number of lines that list options by name only and also list techniques.
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
            // Techniques of these treatments must be listed with them.
            for way in fitting.iter().filter(|one| main_treatments(**one).next().is_some()) {
                let name = &guide[*way].name;
                let says = |line: &Line| line.bare().to_lowercase().contains("ways to give it: ") && line.bare().contains(name);
                assert!(lines.iter().any(|(_, line)| says(line)), "{place}: {} leaves out {name}", timing.name);
            }
            within += lines.iter().filter(|(_, line)| line.bare().contains("; ways to give it: ")).count();
        }
    });
    assert!(within > 0, "no case lists a technique in a line of names");
}

/// Returns a guide with one fact, and with seven main treatments whose indications always hold. The last two are listed by name only. `whole` needs a
/// safety check, and so does its technique `way`. `sure` needs none, but its technique `other way` does.
fn guide_with_safety_checks() -> Guide {
    let mut guide = empty_guide(vec![yes_no_fact("heart_failure")]);
    let check = || vec![Condition::Is { fact: FactId::new(0), values: ValueSet::only(1) }];
    let fitting = |id: &str, contraindications| treatment(id, vec![(Condition::Always, 0)], contraindications);
    let technique = |id: &str, whole| Treatment { technique_of: vec![TreatmentId::new(whole)], ..fitting(id, check()) };
    guide.treatments = ["a", "b", "c", "d", "e"].map(|id| fitting(id, Vec::new())).to_vec();
    guide.treatments.extend([fitting("whole", check()), fitting("sure", Vec::new())]);
    guide.treatments.extend([technique("way", 5), technique("other way", 6)]);
    guide
}

#[test]
fn a_line_of_names_says_what_needs_safety_checks() {
    let guide = guide_with_safety_checks();
    let lines = |value| {
        let case = Case::unknown(1).with(FactId::new(0), value);
        let (_, document) = summary(&guide, &Advisor::new(guide.clone()), &case);
        let lines: Vec<String> = points(&document, "timing").iter().map(|(_, line)| line.bare()).collect();
        lines.last().expect("a line of names").clone()
    };
    assert_eq!(
        lines(FactValue::Unknown),
        "Also: whole (recommended, after a few safety checks; ways to give it: way); \
         sure (recommended; ways to give it: other way (after a few safety checks))"
    );
    assert_eq!(
        lines(FactValue::Value(0)),
        "Also: whole (recommended; ways to give it: way); sure (recommended; ways to give it: other way)"
    );
}

#[test]
fn no_question_is_about_a_declined_treatment() {
    let mut declining = 0;
    for_every_summary(|guide, advice, document, place| {
        for entry in asking(guide, advice, document) {
            let id = &guide[entry.treatment].id;
            assert!(!entry.declined.is_true(), "{place}: {id} is declined");
        }
        declining += usize::from(advice.treatments.iter().any(|entry| entry.declined == Truth::True));
    });
    assert!(declining > 5, "only {declining} cases decline a treatment");
}

#[test]
fn no_question_is_about_a_technique_of_a_treatment_that_is_indicated() {
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
    let position = |id: &str| asking.iter().position(|entry| guide[entry.treatment].id == id);
    let (without, care) = (position("no_cancer_treatment"), position("supportive_care"));
    // Both treatments fit because the person declines the others, so their questions come first.
    assert!(without.is_some_and(|position| position < 2) && care.is_some_and(|position| position < 2), "{without:?}, {care:?}");
    let asked = points(&document, QUESTIONS);
    assert!(
        asked.iter().any(|(_, line)| line.bare().contains("without treatment") || line.bare().contains("no treatment")),
        "{asked:#?}"
    );
}
