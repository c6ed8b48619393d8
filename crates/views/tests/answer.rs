//! Tests the answers to all of the guide's cases: grouping loses no treatment, and each line that is shown once for several treatments applies to all
//! of them.

use std::collections::BTreeMap;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::{Block, Document, Section};
use sarcoguide_model::{Advice, Case, FactId, FactValue, Guide, TreatmentAdvice, TreatmentId, Truth, Verdict};
use sarcoguide_text::{Text, t};
use sarcoguide_views::{Answered, answer, words};

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// Calls `check` with the page "My options" for each of the guide's cases, and for every eighth case also with the full answer, which is slow.
fn for_every_answer(check: impl Fn(&Guide, &Case, &Advice, &Document, &str)) {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    // If nothing is known, an answer only invites the person to answer questions.
    let known = cases.iter().filter(|entry| entry.case.stated().next().is_some());
    for (index, entry) in known.enumerate() {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let asked = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let name = format!("{}: {}", entry.file, entry.name);
        check(&guide, &entry.case, &advice, &answer::options((&guide).into(), asked).in_words(), &name);
        if index % 8 == 0 {
            check(&guide, &entry.case, &advice, &answer::answer((&guide).into(), asked), &format!("{name}, in full"));
        }
    }
}

/// What an answer shows for an option.
#[derive(Default)]
struct ShownOption {
    /// The option whose section contains the section of this option.
    within: Option<TreatmentId>,
    /// The lines of its section, of the sections that contain it, and those that are shown once for several options.
    lines: Vec<String>,
    /// How many sections the answer has for the option.
    times: usize,
}

/// Returns the options in a document, with what the document shows for each.
fn options(guide: &Guide, document: &Document) -> BTreeMap<TreatmentId, ShownOption> {
    let mut all = BTreeMap::<TreatmentId, ShownOption>::new();
    // The lines about all options (`overall`), about the options under the current heading (`here`), and about the options that contain the
    // current one (`above`).
    let (mut overall, mut here, mut above) = (Vec::new(), Vec::new(), Vec::new());
    let mut open: Vec<(u8, TreatmentId)> = Vec::new();
    for block in &document.blocks {
        let lines: Vec<String> = match block {
            Block::Heading { level, line, section } => {
                open.retain(|(other, _)| other < level);
                if *level <= 2 {
                    overall.append(&mut here);
                    // Of the lines so far, keep only those about all options that fit (they contain `of them`). At the headings for options that
                    // are undecided or available only in trials, drop these lines too, because they don't apply there.
                    let other_headings = [t!(Text::english(), answer_open), "Only in a clinical trial".to_owned()];
                    let is_other = other_headings.contains(&line.bare());
                    overall.retain(|line: &String| line.contains("of them") && !is_other);
                }
                if let Section::Treatment(treatment) = section {
                    above.clear();
                    for (_, whole) in &open {
                        above.extend(all[whole].lines.iter().cloned());
                    }
                    let treatment = guide.treatment(treatment).expect("a treatment");
                    let shown = all.entry(treatment).or_default();
                    shown.times += 1;
                    shown.within = open.last().map(|(_, whole)| *whole);
                    shown.lines = [&overall[..], &here[..], &above[..], &[line.bare()]].concat();
                    open.push((*level, treatment));
                }
                continue;
            }
            Block::Paragraph(line) => vec![line.bare()],
            Block::Points { lines, .. } => lines.iter().map(|line| line.bare()).collect(),
            _ => continue,
        };
        match open.last() {
            Some((_, treatment)) => all.get_mut(treatment).expect("an option").lines.extend(lines),
            None => here.extend(lines),
        }
    }
    all
}

/// Returns the treatments that fit or may fit, without supportive and withdrawn ones.
fn recommended<'a>(guide: &'a Guide, advice: &'a Advice) -> impl Iterator<Item = &'a TreatmentAdvice> {
    advice.treatments.iter().filter(|entry| {
        let treatment = &guide[entry.treatment];
        let supportive = guide.is_supportive(entry.treatment);
        let open = entry.verdict == Verdict::Possible && !entry.is_ruled_out();
        !supportive && !treatment.is_withdrawn() && (entry.verdict == Verdict::Indicated || open)
    })
}

#[test]
fn every_treatment_that_fits_or_may_fit_is_shown_as_an_option_once() {
    for_every_answer(|guide, _, advice, document, place| {
        let options = options(guide, document);
        let mut shown: Vec<TreatmentId> = options.keys().copied().collect();
        let mut expected: Vec<TreatmentId> = recommended(guide, advice).map(|entry| entry.treatment).collect();
        if advice.scope.covered.is_false() {
            expected.clear();
        }
        shown.sort_unstable();
        expected.sort_unstable();
        assert_eq!(shown, expected, "{place}");
        for (treatment, shown) in &options {
            let id = &guide[*treatment].id;
            assert_eq!(shown.times, 1, "{place}: {id}");
            assert!(shown.within.is_none_or(|whole| guide.is_technique_of(*treatment, whole)), "{place}: {id}");
        }
    });
}

/// Nothing is hidden: the answer also names treatments that are ruled out. This tests cases that state a single value and leave the rest unknown.
#[test]
fn the_full_answer_names_every_treatment() {
    let Loaded { guide, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    for fact in (0..guide.facts.len()).map(FactId::new) {
        for value in 0..guide[fact].domain.values().len() {
            let case = Case::unknown(guide.facts.len()).with(fact, FactValue::Value(value.try_into().expect("few values")));
            let Ok(advice) = advisor.answer(&case) else { continue };
            if advice.scope.covered.is_false() {
                continue;
            }
            let asked = Answered { case: &case, advice: &advice, preferences: &[] };
            let text = markdown(&answer::answer((&guide).into(), asked));
            for treatment in &guide.treatments {
                let id = &guide[fact].id;
                assert!(
                    text.contains(&treatment.name),
                    "the answer doesn't name {} if {id} has the value with the index {value}",
                    treatment.id
                );
            }
        }
    }
}

#[test]
fn no_technique_has_techniques() {
    let mut techniques = 0;
    let Loaded { guide, .. } = loaded();
    for technique in guide.treatments.iter().filter(|treatment| !treatment.technique_of.is_empty()) {
        techniques += 1;
        for whole in &technique.technique_of {
            assert!(guide[*whole].technique_of.is_empty(), "{} is a technique of a technique", technique.id);
        }
    }
    assert_eq!(techniques, 6);
}

#[test]
fn every_technique_that_fits_or_may_fit_is_shown_with_each_of_its_treatments() {
    for_every_answer(|guide, _, advice, document, place| {
        let options = options(guide, document);
        // Returns whether two treatments have indications with the same timing that hold or may hold.
        let together = |one: &TreatmentAdvice, other: &TreatmentAdvice| {
            let times = |entry: &TreatmentAdvice| {
                let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
                let open = indications.filter(|(_, truth)| !truth.is_false()).map(|(indication, _)| indication.timing);
                open.collect::<Vec<_>>()
            };
            times(one).iter().any(|time| times(other).contains(time))
        };
        for whole in recommended(guide, advice).filter(|whole| options.contains_key(&whole.treatment)) {
            for technique in recommended(guide, advice) {
                if guide.is_technique_of(technique.treatment, whole.treatment) && together(technique, whole) {
                    let name = &guide[technique.treatment].name;
                    let within = options[&technique.treatment].within == Some(whole.treatment);
                    let named =
                        options[&whole.treatment].lines.iter().any(|line| line.starts_with(name) && line.contains("See above"));
                    assert!(within || named, "{place}: {name} isn't shown with {}", guide[whole.treatment].id);
                }
            }
        }
    });
}

#[test]
fn a_treatment_that_the_person_is_having_is_never_called_new() {
    let seen = std::cell::Cell::new(0);
    for_every_answer(|guide, _, advice, document, place| {
        let options = options(guide, document);
        for entry in recommended(guide, advice).filter(|entry| entry.verdict == Verdict::Indicated) {
            let says = options[&entry.treatment].lines.iter().any(|line| line.contains("You're having this now"));
            assert_eq!(says, entry.is_ongoing(), "{place}: {}", guide[entry.treatment].id);
            seen.set(seen.get() + usize::from(says));
        }
    });
    assert!(seen.get() > 0, "no case states that a treatment is going on");
}

#[test]
fn each_option_shows_its_reasons_open_checks_and_precautions() {
    for_every_answer(|guide, case, advice, document, place| {
        if advice.scope.covered.is_false() {
            return;
        }
        let options = options(guide, document);
        for entry in recommended(guide, advice).filter(|entry| entry.indications.contains(&Truth::True)) {
            let treatment = &guide[entry.treatment];
            let shown = &options[&entry.treatment].lines;
            let says = |head: &str, text: &str| shown.iter().any(|line| line.contains(head) && line.contains(text));
            for fact in &entry.reason {
                // The facts that aren't on the person's list share one line. Below entries that are on it, the line is about the others.
                let stated = match guide.list_of(*fact) {
                    Some(list) if list.is_absent(case.get(*fact)) => {
                        let is_below =
                            list.is_complete(case) && list.present(case).any(|present| entry.reason.contains(&present));
                        if is_below { format!("Other {}", list.items) } else { list.name.clone() }
                    }
                    _ => words::stated_sentences(guide.into(), case, [*fact]).concat(),
                };
                let is_reason = says("ecided", &stated) || says("because you said", &stated);
                assert!(is_reason, "{place}: {} doesn't say that {stated} decides: {shown:#?}", treatment.id);
            }
            let precautions = treatment.precautions.iter().zip(&entry.precautions);
            let open =
                precautions.clone().filter(|(_, truth)| **truth == Truth::Unknown).map(|(precaution, _)| &precaution.rule.when);
            let open = words::open_facts(guide.into(), case, &advice.implied, open);
            for (name, _) in &open {
                assert!(says("o be checked", name), "{place}: {} doesn't say to check {name}: {shown:#?}", treatment.id);
            }
            // A check that is shown for all options must be open for each of them.
            for line in shown.iter().filter(|line| line.contains("o be checked for all")) {
                let (_, names) = line.split_once(": ").expect("names");
                for name in names.split("; ") {
                    assert!(open.iter().any(|(other, _)| *other == name), "{place}: {name} needs no check for {}", treatment.id);
                }
            }
            // Precautions for everyone are only on the treatment's page.
            let for_this_case = precautions.filter(|(precaution, truth)| truth.is_true() && !precaution.is_for_everyone());
            for (precaution, _) in for_this_case {
                let head = if entry.is_ongoing() { "ask now" } else { "Take care" };
                assert!(says(head, &precaution.text), "{place}: {} lacks this precaution: {}", treatment.id, precaution.text);
            }
        }
    });
}
