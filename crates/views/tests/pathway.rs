//! Tests that a pathway shows each treatment exactly once at each time for which an indication holds or may hold, and nothing else. Also tests that
//! pictures of pathways and timelines keep every label.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use sarcoguide_advise::advise;
use sarcoguide_compiler::SourceFile;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::mermaid::mermaid;
use sarcoguide_model::{
    Advice, Case, Condition, Course, Fact, FactKind, Guide, ModalityId, Phase, Standing, Statement, Term, TimingId, Truth,
    Verdict,
};
use sarcoguide_testkit::{case_of, small_guide};
use sarcoguide_text::{Text, t};
use sarcoguide_views::fit::Fit;
use sarcoguide_views::pathway::{Pathway, text};
use sarcoguide_views::timeline::Timeline;

/// A name with characters that have a special meaning in XML, Mermaid or Markdown.
const NASTY: &str = "a <b> & \"c\" 'd' ]] --> #x; |y| %% `z` {w} \u{1} é";

/// Loads the minimal guide from the compiler's tests.
fn minimal() -> Guide {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/minimal");
    let mut files = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder should be readable") {
            let path = entry.expect("the entry should be readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(&root).expect("the file should be in the folder").to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: name, text: fs::read_to_string(&path).expect("the file should be readable") });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    sarcoguide_compiler::load(&files).loaded.expect("a guide without errors").guide
}

/// Returns the pathway and the advice for a case, or `None` if the case contradicts itself.
fn pathway_of(guide: &Guide, case: &Case) -> Option<(Pathway, Advice)> {
    let advice = advise(guide.clone(), case).ok()?;
    Some((Pathway::of(guide.into(), case, &advice, &[]), advice))
}

/// Returns the indexes of the treatments and times that the pathway must show: for each treatment with a verdict other than `NotIndicated`, the times
/// of the indications that hold or may hold.
fn expected(guide: &Guide, advice: &Advice) -> BTreeSet<(usize, usize)> {
    let mut expected = BTreeSet::new();
    for entry in advice.treatments.iter().filter(|entry| entry.verdict != Verdict::NotIndicated) {
        let treatment = entry.treatment.index();
        for (indication, truth) in guide.treatments[treatment].indications.iter().zip(&entry.indications) {
            if *truth != Truth::False {
                expected.insert((treatment, indication.timing.index()));
            }
        }
    }
    expected
}

/// Asserts that the pathway for a case is complete and consistent, and that its pictures show every treatment.
fn check_pathway(guide: &Guide, case: &Case) {
    let Some((pathway, advice)) = pathway_of(guide, case) else { return };
    let mut found = Vec::new();
    for column in &pathway.columns {
        assert_eq!(column.name, guide[column.timing].name);
        for kind in &column.kinds {
            assert_eq!(kind.name, guide[kind.modality].name);
            for placed in &kind.treatments {
                let treatment = &guide[placed.treatment];
                let entry = &advice[placed.treatment];
                assert_eq!(placed.name, treatment.name);
                assert_eq!(treatment.modality, kind.modality);
                found.push((placed.treatment.index(), column.timing.index()));
                // The standings of the indications for this time that hold, and of those that may hold.
                let at_this_time = |wanted: Truth| {
                    let indications = treatment.indications.iter().zip(&entry.indications);
                    let then = indications.filter(|(indication, truth)| indication.timing == column.timing && **truth == wanted);
                    then.map(|(indication, _)| guide.standing(indication)).collect::<Vec<_>>()
                };
                let (holding, open) = (at_this_time(Truth::True), at_this_time(Truth::Unknown));
                let offered = |standings: &[Standing]| standings.iter().any(|standing| *standing != Standing::TrialOnly);
                match placed.fit {
                    Fit::Fits => assert!(entry.verdict == Verdict::Indicated && offered(&holding)),
                    Fit::FitsOnceRuledOut => assert!(entry.verdict == Verdict::Possible && offered(&holding)),
                    Fit::MayFit => assert!(holding.is_empty() && offered(&open)),
                    Fit::TrialOnly => assert!(!offered(if holding.is_empty() { &open } else { &holding })),
                    Fit::Unavailable => assert!(treatment.is_withdrawn()),
                    Fit::AdvisedAgainst => assert!(entry.contraindications.contains(&Truth::True)),
                    Fit::DoesNotFit => panic!("{} doesn't fit, but it's shown", placed.name),
                }
                if entry.verdict == Verdict::Contraindicated {
                    assert_eq!(placed.fit, Fit::AdvisedAgainst);
                }
            }
        }
    }
    let set: BTreeSet<_> = found.iter().copied().collect();
    assert_eq!(set.len(), found.len(), "a treatment appears twice at the same time");
    assert_eq!(set, expected(guide, &advice));
    assert!(pathway.columns.windows(2).all(|pair| pair[0].timing < pair[1].timing), "the columns aren't in the guide's order");
    for (index, column) in pathway.columns.iter().enumerate() {
        let steps = pathway.edges.iter().filter(|edge| edge.to == index).count();
        let begins = index == 0 && Some(column.timing) == guide.start;
        assert_eq!(steps, usize::from(column.course != Course::Alongside && !begins), "{}", column.name);
        assert!(pathway.edges.iter().all(|edge| edge.from.is_none_or(|from| from < edge.to)));
    }
    for width in [0, 360, 1200, u16::MAX] {
        let drawn = pathway.flow(guide.into()).svg(width);
        let document = roxmltree::Document::parse(&drawn).expect("XML");
        let drawn = text_of(&document);
        let boxes = document.descendants().filter(|node| node.has_tag_name("g")).count();
        assert_eq!(boxes, found.len());
        for (treatment, _) in &found {
            let name = squeezed(&guide.treatments[*treatment].name);
            assert!(squeezed(&drawn).contains(&name), "{name}");
        }
    }
    assert!(mermaid(&pathway.flow(guide.into())).starts_with("flowchart LR\n"));
    assert!(markdown(&text::document(guide.into(), &pathway)).starts_with("# "));
}

/// Returns all text in a picture. Asserts that the picture has only the elements and attributes that a picture needs.
fn text_of(document: &roxmltree::Document) -> String {
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("viewBox").is_some());
    let first: Vec<_> = root.children().filter(roxmltree::Node::is_element).take(2).map(|node| node.tag_name().name()).collect();
    assert_eq!(first, ["title", "desc"]);
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(matches!(node.tag_name().name(), "svg" | "title" | "desc" | "g" | "rect" | "path" | "circle" | "text"));
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(!name.starts_with("on") && !matches!(name, "style" | "href" | "src" | "id"), "{name}");
            assert!(!attribute.value().contains("url("));
        }
    }
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text()).collect::<Vec<_>>().join(" ")
}

/// Removes white space, because a picture can break lines anywhere.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Replaces the names in a guide with [`NASTY`].
fn nasty(mut guide: Guide) -> Guide {
    guide.treatments.iter_mut().for_each(|treatment| treatment.name = NASTY.to_owned());
    guide.timings.iter_mut().for_each(|timing| timing.name = NASTY.to_owned());
    guide.modalities.iter_mut().for_each(|modality| modality.name = NASTY.to_owned());
    guide.facts.iter_mut().for_each(|fact| fact.name = NASTY.to_owned());
    guide
}

#[test]
fn the_pathway_of_the_minimal_guide_has_one_time_with_a_treatment_that_may_fit() {
    let guide = minimal();
    check_pathway(&guide, &Case::unknown(guide.facts.len()));
    let (pathway, _) = pathway_of(&guide, &Case::unknown(guide.facts.len())).expect("no contradiction");
    assert_eq!(pathway.columns.len(), 1);
    assert_eq!(pathway.columns[0].kinds[0].treatments[0].fit, Fit::MayFit);
}

#[test]
fn labels_with_special_characters_are_shown_and_escaped() {
    let guide = nasty(minimal());
    let (pathway, _) = pathway_of(&guide, &Case::unknown(guide.facts.len())).expect("no contradiction");
    let drawn = pathway.flow((&guide).into()).svg(360);
    let document = roxmltree::Document::parse(&drawn).expect("XML");
    let wanted = squeezed(&NASTY.replace('\u{1}', "\u{fffd}"));
    assert!(squeezed(&text_of(&document)).contains(&wanted), "{}", text_of(&document));
    let chart = mermaid(&pathway.flow((&guide).into()));
    for line in chart.lines().filter(|line| line.contains("box")) {
        let label = line.split('"').nth(1).expect("a quoted label");
        assert_eq!(line.matches('"').count(), 2, "{line}");
        assert!(!label.replace("<br/>", "").contains(['<', '>', '&', '`', '|', '{', '}']), "{label}");
    }
}

#[test]
fn a_limited_pathway_shows_only_the_chosen_kinds() {
    let mut guide = minimal();
    guide.modalities.push(guide.modalities[0].clone());
    let mut second = guide.treatments[0].clone();
    second.modality = ModalityId::new(1);
    guide.treatments.push(second);
    let case = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &case).expect("no contradiction");
    let kinds = |only: &[ModalityId]| -> Vec<ModalityId> {
        let pathway = Pathway::of((&guide).into(), &case, &advice, only);
        pathway.columns.iter().flat_map(|column| &column.kinds).map(|kind| kind.modality).collect()
    };
    assert_eq!(kinds(&[]), [ModalityId::new(0), ModalityId::new(1)]);
    assert_eq!(kinds(&[ModalityId::new(1)]), [ModalityId::new(1)]);
}

/// Two branches need different values of the same fact, so each step has a label with this fact.
#[test]
fn each_step_is_labeled_with_the_fact_that_decides() {
    let mut guide = minimal();
    let spread = guide.fact("spread").expect("a fact of the minimal guide");
    assert_eq!(guide[spread].kind, FactKind::YesNo);
    let term = |id: &str| Term { id: id.to_owned(), name: id.to_owned(), help: String::new(), course: course(id) };
    guide.timings = vec![term("planning"), term("surgery"), term("advanced")];
    let when = |value| Condition::Is { fact: spread, values: sarcoguide_model::ValueSet::only(value) };
    let mut second = guide.treatments[0].clone();
    guide.treatments[0].indications[0].rule.when = when(0);
    guide.treatments[0].indications[0].timing = TimingId::new(1);
    second.indications[0].rule.when = when(1);
    second.indications[0].timing = TimingId::new(2);
    guide.treatments.push(second);
    let (pathway, _) = pathway_of(&guide, &Case::unknown(guide.facts.len())).expect("no contradiction");
    let fact: &Fact = &guide[spread];
    let labels: Vec<_> = pathway.edges.iter().map(|edge| edge.only_if.clone()).collect();
    let value = |index: usize| format!("{}: {}", fact.name, fact.domain.values()[index].name);
    assert_eq!(labels, [vec![value(0)], vec![value(1)]]);
    assert!(
        mermaid(&pathway.flow((&guide).into()))
            .contains(&format!("|\"{}", t!(Text::english(), pathway_step_only_if, facts = "Spread")))
    );
}

#[test]
fn a_timeline_shows_every_phase_with_its_number() {
    let guide = minimal();
    let mut treatment = guide.treatments[0].clone();
    assert_eq!(Timeline::of((&guide).into(), &treatment, None), None, "the guide describes no parts, so there is no timeline");
    for name in ["first", NASTY, "third"] {
        treatment.phases.push(Phase {
            name: name.to_owned(),
            starts: Some("at the start".to_owned()),
            lasts: None,
            schedule: None,
            timing: None,
            statement: Statement { text: NASTY.to_owned(), from: Vec::new() },
        });
    }
    let timeline = Timeline::of((&guide).into(), &treatment, None).expect("a timeline");
    for width in [0, 360, 1200] {
        let drawn = timeline.svg((&guide).into(), width);
        let document = roxmltree::Document::parse(&drawn).expect("XML");
        let drawn = squeezed(&text_of(&document));
        assert!(drawn.contains("1.first") && drawn.contains("3.third") && drawn.contains("2.a<b>&"), "{drawn}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn each_treatment_is_shown_once_for_each_time_of_its_indications_that_may_hold(
        (guide, case) in small_guide().prop_flat_map(|guide| {
            let cases = case_of(&guide, 0.5);
            (Just(guide), cases)
        }),
        spread in proptest::collection::vec(0..5_usize, 6),
        starts in any::<bool>(),
    ) {
        let mut guide = guide;
        let term = |id: &str| Term { id: id.to_owned(), name: id.to_owned(), help: String::new(), course: course(id) };
        guide.timings = ["planning", "surgery", "advanced", "supportive", "follow_up"].map(term).to_vec();
        guide.start = starts.then_some(TimingId::new(0));
        let indications = guide.treatments.iter_mut().flat_map(|treatment| &mut treatment.indications);
        for (indication, timing) in indications.zip(spread) {
            indication.timing = TimingId::new(timing);
        }
        check_pathway(&guide, &case);
    }
}

/// Returns the course of a timing in these tests.
fn course(timing: &str) -> Course {
    match timing {
        "advanced" => Course::Branch,
        "supportive" => Course::Alongside,
        _ => Course::Main,
    }
}
