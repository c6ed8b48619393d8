//! Tests that treatments available only in clinical trials are never listed among the treatments that fit, and that withdrawn treatments are never
//! offered. Each test goes through the guide's cases. Slow tests skip some of them.

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_document::{Block, Document, Line, Section, Target};
use sarcoguide_model::{Advice, Guide, TreatmentAdvice, TreatmentId, Truth, Value, Verdict};
use sarcoguide_text::{Text, t};
use sarcoguide_views::fit::Fit;
use sarcoguide_views::pathway::Pathway;
use sarcoguide_views::timeline::plan::choices;
use sarcoguide_views::visit_summary::visit_summary;
use sarcoguide_views::{Answered, answer, json};

/// Calls `check` with the guide, each of the guide's cases with its advice, and the case's file and name.
fn for_every_case(mut check: impl FnMut(&Guide, Answered<'_>, &str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    // If nothing is known, an answer only invites the person to answer questions.
    for entry in cases.iter().filter(|entry| entry.case.stated().next().is_some()) {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let place = format!("{}: {}", entry.file, entry.name);
        check(&guide, Answered { case: &entry.case, advice: &advice, preferences: &[] }, &place);
    }
}

/// Returns the treatments for which every relevant indication has the strength `trial_only`. If the verdict is `Indicated`, the relevant indications
/// are those that hold. If it's `Possible`, they are those that hold or may hold. For other verdicts, there are none.
fn only_in_trials(guide: &Guide, advice: &Advice) -> BTreeSet<TreatmentId> {
    let only = |entry: &&TreatmentAdvice| {
        let counts = |truth: Truth| match entry.verdict {
            Verdict::Indicated => truth.is_true(),
            Verdict::Possible => !truth.is_false(),
            _ => false,
        };
        let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
        let mut strengths =
            indications.filter(|(_, truth)| counts(**truth)).map(|(indication, _)| indication.strength).peekable();
        strengths.peek().is_some() && strengths.all(|strength| guide[strength].id == "trial_only")
    };
    advice.treatments.iter().filter(only).map(|entry| entry.treatment).collect()
}

/// The name of the strength `trial_only`, which is also the heading above the treatments with this strength.
const HEADING: &str = "Only in a clinical trial";

/// Returns the lines of a document. Each comes with the last heading of level 1 or 2 before it.
fn lines(document: &Document) -> Vec<(String, Line)> {
    lines_below(document, 2)
}

/// Returns the lines of a document. Each comes with the last heading of at most this level before it.
fn lines_below(document: &Document, lowest: u8) -> Vec<(String, Line)> {
    let mut heading = String::new();
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, line, .. } => {
                if *level <= lowest {
                    heading = line.bare();
                }
                found.push((heading.clone(), line.clone()));
            }
            Block::Paragraph(line) => found.push((heading.clone(), line.clone())),
            Block::Points { lines, .. } => found.extend(lines.iter().map(|line| (heading.clone(), line.clone()))),
            _ => {}
        }
    }
    found
}

/// Returns the treatments that the document shows as options, each in its own section, below a heading of level 1 or 2 that `wanted` accepts.
fn options(guide: &Guide, document: &Document, wanted: impl Fn(&str) -> bool) -> BTreeSet<TreatmentId> {
    let mut heading = String::new();
    let mut found = BTreeSet::new();
    for block in &document.blocks {
        if let Block::Heading { level, line, section } = block {
            if *level <= 2 {
                heading = line.bare();
            }
            if let Section::Treatment(treatment) = section
                && wanted(&heading)
            {
                found.insert(guide.treatment(treatment).expect("a treatment"));
            }
        }
    }
    found
}

/// Whether a line names the treatment only because it says whether the person has had it.
fn names_given(guide: &Guide, treatment: &TreatmentId, line: &str) -> bool {
    let Some((fact, list)) = guide[*treatment].given.and_then(|fact| Some((fact, guide.list_of(fact)?))) else { return false };
    let values = guide[fact].domain.values();
    let says = |value: &Value| line.contains(&format!("{}: {}", list.name_of(fact), value.name));
    line.contains(&format!("{}: ", values[list.absent].name)) || values.iter().any(says)
}

#[test]
fn an_answer_lists_trial_only_treatments_only_under_their_own_heading() {
    let mut seen = 0;
    let in_short = t!(Text::english(), answer_in_short);
    for_every_case(|guide, answered, place| {
        let wanted =
            if answered.advice.scope.covered.is_false() { BTreeSet::new() } else { only_in_trials(guide, answered.advice) };
        seen += usize::from(!wanted.is_empty());
        let brief = answer::options(guide.into(), answered).in_words();
        // The full answer is slow, so test it only for some of the cases.
        let full = (seen % 10 == 1 && !wanted.is_empty()).then(|| answer::answer(guide.into(), answered));
        for document in std::iter::once(&brief).chain(&full) {
            assert_eq!(options(guide, document, |heading| heading == HEADING), wanted, "{place}");
            assert!(options(guide, document, |heading| heading != HEADING).is_disjoint(&wanted), "{place}");
            for (heading, line) in lines(document) {
                let is_allowed = heading == HEADING || heading == in_short && line.bare().starts_with(HEADING);
                let leads_to = |target: &Target| matches!(target, Target::Treatment(id) | Target::TreatmentSection(id) if guide.treatment(id).is_some_and(|id| wanted.contains(&id)));
                let named = line.0.iter().filter_map(|piece| piece.to.as_ref()).any(leads_to);
                assert!(is_allowed || !named, "{place}: {heading}: {}", line.bare());
            }
            let help = &guide.strengths.iter().find(|strength| strength.id == "trial_only").expect("a strength").help;
            let is_explained = lines(document).iter().any(|(heading, line)| heading == HEADING && line.bare() == *help);
            assert!(
                is_explained || wanted.is_empty(),
                "{place}: the answer doesn't explain that these treatments are available only in trials"
            );
            let forms: [&dyn Fn() -> String; 2] =
                [&|| markdown(document), &|| text(document, Terminal { width: 100, color: false })];
            for form in forms.iter().filter(|_| !wanted.is_empty()) {
                let shown = form();
                for treatment in &wanted {
                    let name = &guide[*treatment].name;
                    let before = shown.lines().take_while(|line| line.trim_start_matches("## ") != HEADING);
                    let lines: Vec<&str> = before.filter(|line| line.contains(name.as_str())).collect();
                    let is_allowed = |line: &&str| line.contains(HEADING) || names_given(guide, treatment, line);
                    assert!(lines.iter().all(is_allowed), "{place}: {name}: {lines:#?}");
                }
            }
        }
    });
    assert!(seen > 20, "only {seen} cases have a treatment that is available only in clinical trials");
}

#[test]
fn a_visit_summary_names_trial_only_treatments_only_under_their_own_heading_and_in_questions() {
    for_every_case(|guide, answered, place| {
        if answered.advice.scope.covered.is_false() {
            return;
        }
        let document = visit_summary(guide.into(), answered, None);
        for treatment in only_in_trials(guide, answered.advice) {
            let name = &guide[treatment].name;
            let mut is_named = false;
            for (heading, line) in lines(&document).iter().filter(|(_, line)| line.bare().contains(name.as_str())) {
                let is_allowed = heading == HEADING || heading == "Questions to ask the team";
                assert!(is_allowed || names_given(guide, &treatment, &line.bare()), "{place}: {heading}: {}", line.bare());
                is_named |= heading == HEADING;
            }
            assert!(is_named, "{place}: the summary doesn't name {name}");
        }
    });
}

#[test]
fn pathways_and_plans_mark_trial_only_treatments() {
    for_every_case(|guide, answered, place| {
        let wanted = only_in_trials(guide, answered.advice);
        let pathway = Pathway::of(guide.into(), answered.case, answered.advice, &[]);
        let placed = pathway.columns.iter().flat_map(|column| &column.kinds).flat_map(|kind| &kind.treatments);
        for placed in placed.filter(|placed| wanted.contains(&placed.treatment)) {
            assert!(matches!(placed.fit, Fit::TrialOnly | Fit::AdvisedAgainst), "{place}: {}: {:?}", placed.name, placed.fit);
        }
        for choice in choices(guide.into(), answered).iter().flat_map(|(_, choices)| choices) {
            let is_marked = choice.fit.contains("only in clinical trials") || choice.fit.contains("advised against");
            assert!(is_marked || !wanted.contains(&choice.step.treatment), "{place}: {}", choice.fit);
        }
    });
}

#[test]
fn json_contains_standings_and_former_indications() {
    let (mut cases, mut seen) = (0, 0);
    for_every_case(|guide, answered, place| {
        // This is slow, so test only every eighth case.
        cases += 1;
        if cases % 8 != 0 {
            return;
        }
        let document = serde_json::to_value(json::advice(guide.into(), answered.case, answered.advice, None)).expect("JSON");
        let wanted = only_in_trials(guide, answered.advice);
        for entry in &answered.advice.treatments {
            let treatment = &guide[entry.treatment];
            let answer = &document["treatments"][entry.treatment.index()];
            assert_eq!(answer["id"], treatment.id.as_str());
            let standing = answer["standing"].as_str();
            assert_eq!(wanted.contains(&entry.treatment), standing == Some("trial_only"), "{place}: {}", treatment.id);
            let has_none = ["unavailable", "not_indicated"].iter().any(|verdict| answer["verdict"] == *verdict);
            assert_eq!(standing.is_none(), has_none, "{place}: {}", treatment.id);
            assert_eq!(answer["verdict"] == "unavailable", treatment.is_withdrawn(), "{place}: {}", treatment.id);
            assert_eq!(answer.get("former_indication").is_some(), treatment.is_withdrawn(), "{place}: {}", treatment.id);
            for indication in answer["indications"].as_array().expect("indications") {
                assert!(indication["standing"].is_string(), "{place}: {}", treatment.id);
            }
        }
        seen += usize::from(!wanted.is_empty());
    });
    assert!(seen > 5, "only {seen} of the tested cases have a treatment that is available only in clinical trials");
}

#[test]
fn a_withdrawn_treatment_is_shown_with_its_date_and_is_never_an_option() {
    let (mut gone, mut never) = (0, 0);
    for_every_case(|guide, answered, place| {
        if answered.advice.scope.covered.is_false() {
            return;
        }
        let document = answer::options(guide.into(), answered).in_words();
        let withdrawn: Vec<&TreatmentAdvice> =
            answered.advice.treatments.iter().filter(|entry| guide[entry.treatment].is_withdrawn()).collect();
        for entry in withdrawn {
            let treatment = &guide[entry.treatment];
            assert!(!options(guide, &document, |_| true).contains(&entry.treatment), "{place}: {} is an option", treatment.id);
            let wanted = match entry.former_indication.expect("a withdrawn treatment has a former indication") {
                Truth::False => "Does not fit this situation, and why",
                _ => "No longer available",
            };
            (gone, never) = if wanted == "No longer available" { (gone + 1, never) } else { (gone, never + 1) };
            let since =
                treatment.availability.last().and_then(|last| last.since).expect("a withdrawn treatment has a date").to_string();
            let all = lines_below(&document, 3);
            let leads_to = |line: &Line| line.0.iter().any(|piece| piece.to == Some(Target::Treatment(treatment.id.clone())));
            let headings: Vec<&str> =
                all.iter().filter(|(_, line)| leads_to(line)).map(|(heading, _)| heading.as_str()).collect();
            assert_eq!(headings, [wanted], "{place}: {}", treatment.id);
            let dated = all.iter().any(|(heading, line)| heading == wanted && line.bare().contains(&since));
            assert!(dated, "{place}: {} is shown without its date", treatment.id);
        }
    });
    assert!(gone > 20 && never > 20, "too few withdrawn treatments: {gone} shown as no longer available, {never} as not fitting");
}
