//! Tests what documents say about treatments that the person is having now: they're in a part of their own, and in no list of new treatments.

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::html::{Context, Labels, Writer};
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_document::{Block, Document, Target};
use sarcoguide_model::{Advice, Case, FactValue, Guide, TreatmentId};
use sarcoguide_text::{Text, t};
use sarcoguide_views::timeline::plan;
use sarcoguide_views::{Answered, answer, treatment, visit_summary};

fn loaded() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors")
}

/// Calls `check` with every sixteenth of the guide's cases, changed so that one treatment is being given, for each treatment of the list. Leaves out
/// contradictory cases.
fn for_every_running_treatment(check: impl Fn(&Guide, &Case, &Advice, TreatmentId, &str)) {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let mut seen = BTreeSet::new();
    for entry in cases.iter().step_by(16) {
        for id in (0..guide.treatments.len()).map(TreatmentId::new) {
            let Some((fact, list)) = guide[id].given.and_then(|fact| Some((fact, guide.list_of(fact)?))) else { continue };
            let mut case = entry.case.clone();
            case = case.with(fact, FactValue::Value(list.ongoing.try_into().expect("few values")));
            let Ok(advice) = advisor.answer(&case) else { continue };
            seen.insert(id);
            check(&guide, &case, &advice, id, &format!("{}, having {}", entry.file, guide[id].id));
        }
    }
    let expected: BTreeSet<TreatmentId> =
        (0..guide.treatments.len()).map(TreatmentId::new).filter(|id| guide[*id].given.is_some()).collect();
    assert_eq!(seen, expected);
}

/// Returns the lines below the headings of level 2 and 3, each with the last heading of level 2. Techniques and options have headings of a higher
/// level, which count as lines.
fn lines(document: &Document) -> Vec<(String, String)> {
    let mut part = String::new();
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, line, .. } if *level <= 2 => part = line.bare(),
            Block::Heading { line, .. } | Block::Paragraph(line) => found.push((part.clone(), line.bare())),
            Block::Points { lines, .. } => found.extend(lines.iter().map(|line| (part.clone(), line.bare()))),
            _ => {}
        }
    }
    found
}

/// Whether a line offers the treatment: the line begins with its name, or lists it among other names. A line about the facts that decide doesn't.
fn offers(line: &str, name: &str) -> bool {
    if line.contains("ecided ") || line.contains("because you said") {
        return false;
    }
    let names = line.split(": ").flat_map(|part| part.split("; ")).map(|item| item.split(" (").next().unwrap_or_default());
    names.map(str::trim).any(|item| item == name)
}

/// Returns the headings of the parts of an answer or summary that list new treatments.
fn lists_of_new_treatments(guide: &Guide) -> Vec<String> {
    let text = Text::english();
    let parts = [
        t!(text, answer_title),
        t!(text, answer_in_short),
        t!(text, options_course),
        t!(text, options_otherwise, count = 1),
        t!(text, answer_fits),
        t!(text, answer_open),
        t!(text, visit_options),
        t!(text, visit_open),
        t!(text, answer_supportive_care),
        t!(text, visit_supportive),
    ];
    let named = guide.timings.iter().map(|timing| &timing.name).chain(guide.strengths.iter().map(|strength| &strength.name));
    parts.into_iter().chain(named.cloned()).collect()
}

#[test]
fn a_running_treatment_is_in_no_list_of_new_treatments() {
    for_every_running_treatment(|guide, case, advice, id, place| {
        let new = lists_of_new_treatments(guide);
        let asked = Answered { case, advice, preferences: &[] };
        let running: Vec<&str> =
            advice.treatments.iter().filter(|entry| entry.is_ongoing()).map(|entry| &*guide[entry.treatment].name).collect();
        assert!(running.contains(&&*guide[id].name), "{place}");
        let summary = visit_summary::visit_summary(guide.into(), asked, None);
        let question = format!("{}: {}", guide[id].name, t!(Text::english(), visit_ongoing_question));
        assert!(lines(&summary).iter().any(|(_, line)| *line == question), "{place}: the summary doesn't ask about it");
        let choices = plan::choices(guide.into(), asked);
        for choice in
            choices.iter().flat_map(|(_, choices)| choices).filter(|choice| choice.fit != t!(Text::english(), plan_comes_later))
        {
            let is_running = advice[choice.step.treatment].is_ongoing();
            assert_eq!(choice.fit.contains("being given now"), is_running, "{place}: {}", choice.step.name(guide.into()));
        }
        for (document, what) in [(answer::options(guide.into(), asked).in_words(), "answer"), (summary, "summary")] {
            for (part, line) in lines(&document).iter().filter(|(part, _)| new.contains(part)) {
                for name in &running {
                    assert!(!offers(line, name), "{place}: the {what} lists {name} under `{part}`: {line}");
                }
            }
            let own = t!(Text::english(), answer_ongoing_heading);
            let lines = lines(&document);
            let name = guide[id].name.to_lowercase();
            assert!(lines.iter().any(|(part, line)| *part == own && line.to_lowercase().contains(&name)), "{place}: {what}");
            assert!(!lines.iter().any(|(_, line)| line.contains("no treatment of the cancer is settled")), "{place}: {what}");
            let below = lines.iter().filter(|(part, _)| *part == own);
            for (_, line) in below {
                assert!(!line.contains("ruled out first") && !line.contains("safety checks"), "{place}: {what}: {line}");
            }
        }
    });
}

/// The words around a page of HTML.
struct Page(Labels);

impl Context for Page {
    fn labels(&self) -> &Labels {
        &self.0
    }

    fn address(&self, _target: &Target) -> Option<String> {
        None
    }
}

fn page_of(document: &Document) -> String {
    let page = Page(Labels { contents: String::new(), terms: String::new(), table: String::new() });
    let mut writer = Writer::new(&page);
    writer.document(document);
    writer.finish().into_string()
}

#[test]
fn what_the_person_is_having_comes_before_what_is_new_in_all_formats() {
    let Loaded { guide, cases, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    let is_running = |case: &Case| guide.fact_lists.iter().any(|list| list.ongoing(case).next().is_some());
    let running: Vec<_> = cases.iter().filter(|entry| is_running(&entry.case)).collect();
    assert!(!running.is_empty());
    for entry in running {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let asked = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let document = answer::answer((&guide).into(), asked);
        for shown in [text(&document, Terminal { color: false, width: 120 }), markdown(&document), page_of(&document)] {
            let place = |words: String| shown.to_lowercase().find(&words.to_lowercase());
            let (own, new) = (place(t!(Text::english(), answer_ongoing_heading)), place(t!(Text::english(), answer_fits)));
            assert!(own.is_some() && own < new, "{}", entry.file);
        }
    }
}

#[test]
fn a_drug_of_a_running_combination_is_being_given_with_the_others() {
    let Loaded { guide, .. } = loaded();
    let advisor = Advisor::new(guide.clone());
    for whole in (0..guide.treatments.len()).map(TreatmentId::new).filter(|id| guide[*id].components.len() > 1) {
        let Some((fact, list)) = guide[whole].given.and_then(|fact| Some((fact, guide.list_of(fact)?))) else { continue };
        let ongoing = FactValue::Value(list.ongoing.try_into().expect("few values"));
        let case = Case::unknown(guide.facts.len()).with(fact, ongoing);
        let advice = advisor.answer(&case).expect("a case without contradictions");
        for entry in &advice.treatments {
            let components = &guide[entry.treatment].components;
            let is_part = !components.is_empty() && components.iter().all(|part| guide[whole].components.contains(part));
            assert_eq!(entry.ongoing_in, is_part.then_some(whole), "{}", guide[entry.treatment].id);
            if is_part && entry.treatment != whole {
                let asked = Answered { case: &case, advice: &advice, preferences: &[] };
                let page = treatment::page((&guide).into(), entry.treatment, Some(asked), treatment::Reader::Person);
                assert!(markdown(&page).contains("You're having this now, "), "{}", guide[entry.treatment].id);
            }
        }
    }
}
