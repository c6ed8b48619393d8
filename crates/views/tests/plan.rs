//! Tests which steps can be chosen for a plan, and that the plan shows each chosen step in order of time, in the picture and in words.

use sarcoguide_advise::advise;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::{Block, Document};
use sarcoguide_model::{Advice, Case, Course, Guide, Truth, Verdict};
use sarcoguide_text::{Text, t};
use sarcoguide_views::timeline::plan::{Choice, Step, choices, page};
use sarcoguide_views::{Answered, treatment, words};

fn case(guide: &Guide, facts: &str) -> Case {
    sarcoguide_case::from_json(guide, &format!("{{\"facts\": {facts}}}")).expect("a case").case
}

/// The facts of a case before any treatment.
const NEW: &str = r#"{"age": 58, "histology": "leiomyosarcoma", "distant_metastasis": "no", "lymph_nodes": "not_involved", "grade": "high",
    "site": "lower_extremity", "size": "12 cm", "situation": "before_treatment", "resectability": "borderline",
    "fit_for_surgery": "yes", "limb_can_be_spared": "yes", "pregnant": "no", "removal_would_harm_severely": "no"}"#;

/// Combines a case and its advice, without preferences.
fn answered<'a>(case: &'a Case, advice: &'a Advice) -> Answered<'a> {
    Answered { case, advice, preferences: &[] }
}

/// Returns all steps that can be chosen.
fn all_steps(choices: &[(sarcoguide_model::TimingId, Vec<Choice>)]) -> Vec<Step> {
    choices.iter().flat_map(|(_, choices)| choices.iter().map(|choice| choice.step)).collect()
}

/// Draws the picture of a plan as an SVG image.
fn picture(document: &Document) -> String {
    let plan = document.blocks.iter().find_map(|block| match block {
        Block::Picture { drawing, .. } => Some(drawing.svg(330)),
        _ => None,
    });
    plan.expect("a picture")
}

#[test]
fn every_step_can_be_found_by_its_name() {
    let guide = sarcoguide_bundled::guide();
    let unknown = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &unknown).expect("advice");
    let steps = all_steps(&choices((&guide).into(), answered(&unknown, &advice)));
    assert!(steps.len() > guide.treatments.len() / 2);
    for step in &steps {
        assert_eq!(Step::named((&guide).into(), &step.name((&guide).into())), Some(*step));
    }
    for name in ["", "/", "surgery", "surgery/", "surgery/nothing", "nothing/wide_excision", "wide_excision/surgery"] {
        assert_eq!(Step::named((&guide).into(), name), None, "{name}");
    }
}

#[test]
fn treatments_that_are_not_indicated_can_be_chosen_only_for_the_last_time() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let choices = choices((&guide).into(), answered(&case, &advice));
    let (last, _) = choices.last().expect("times");
    let later = t!(Text::english(), plan_comes_later);
    assert_eq!(guide[*last].course, Course::Main);
    assert_eq!(last.index(), guide.timings.len() - 1, "the last time should be a choice in every case");
    for (timing, choices) in &choices {
        for Choice { step, fit } in choices {
            let entry = &advice[step.treatment];
            let treatment = &guide[step.treatment];
            assert!(!treatment.is_withdrawn(), "{}", treatment.id);
            assert!(treatment.indications.iter().any(|indication| indication.timing == *timing), "{}", treatment.id);
            assert!(entry.verdict != Verdict::NotIndicated || (timing == last && *fit == later), "{}", treatment.id);
        }
    }
}

#[test]
fn no_later_treatment_can_be_chosen_if_the_guide_does_not_cover_the_case() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, r#"{"histology": "gastrointestinal_stromal_tumor"}"#);
    let advice = advise(guide.clone(), &case).expect("advice");
    assert_eq!(advice.scope.covered, Truth::False);
    for step in all_steps(&choices((&guide).into(), answered(&case, &advice))) {
        assert_ne!(advice[step.treatment].verdict, Verdict::NotIndicated);
    }
}

#[test]
fn the_picture_and_the_words_show_every_chosen_step_in_order_of_time() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let names = ["follow_up/survivorship_follow_up", "surgery/limb_sparing_surgery", "neoadjuvant/radiation_before_surgery"];
    let steps: Vec<Step> = names.iter().map(|name| Step::named((&guide).into(), name).expect("a step")).collect();
    let document = page((&guide).into(), answered(&case, &advice), &steps);
    let (written, drawn) = (markdown(&document), picture(&document));
    for text in [&written, &drawn] {
        let position = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is missing in {text}"));
        assert!(position("Before surgery (neoadjuvant)") < position("Limb-sparing surgery"));
        assert!(position("Limb-sparing surgery") < position("Follow-up"));
        assert!(text.contains(&t!(Text::english(), plan_comes_later)) && text.contains("fits this situation"), "{text}");
    }
    let parts = steps.iter().flat_map(|step| &guide[step.treatment].phases);
    for part in parts {
        assert!(written.contains(&part.statement.text), "{}", part.statement.text);
        assert!(drawn.contains(&format!("<title>{}</title>", part.statement.text.replace('\'', "&#39;"))), "{}", part.name);
    }
    assert!(drawn.contains("5 days a week"), "{drawn}");
    assert!(roxmltree::Document::parse(&drawn).is_ok());
    // A step that is chosen twice is shown once. Steps that aren't chosen aren't shown.
    let alone = page((&guide).into(), answered(&case, &advice), &[steps[1], steps[1]]);
    assert_eq!(markdown(&alone).matches("The operation").count(), 1, "{}", markdown(&alone));
    assert!(!markdown(&alone).contains("Before surgery (neoadjuvant)"));
}

#[test]
fn a_time_that_branches_off_is_not_shown_as_the_next_time() {
    let guide = sarcoguide_bundled::guide();
    let case = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &case).expect("advice");
    let step = |name: &str| Step::named((&guide).into(), name).expect("a step");
    let both = page((&guide).into(), answered(&case, &advice), &[step("surgery/wide_excision"), step("advanced/pazopanib")]);
    let note = t!(Text::english(), plan_place_not_said);
    assert!(markdown(&both).contains(&note), "{}", markdown(&both));
    assert_eq!(
        picture(&both).matches("l-4.5 -8h9z").count(),
        2,
        "there should be two arrows between the three parts of the operation, and none to the drug"
    );
    let alone = page((&guide).into(), answered(&case, &advice), &[step("advanced/pazopanib")]);
    assert!(!markdown(&alone).contains(&note));
}

#[test]
fn a_technique_and_its_main_treatment_are_one_part_of_a_plan() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let step = |name| Step::named((&guide).into(), name).expect("a step");
    let (whole, way) = (step("neoadjuvant/radiation_before_surgery"), step("neoadjuvant/imrt"));
    let parts = |steps: &[Step]| markdown(&page((&guide).into(), answered(&case, &advice), steps)).matches("\n### ").count();
    assert_eq!((parts(&[whole]), parts(&[way])), (parts(&[way, whole]), parts(&[way, whole])));
    let both = markdown(&page((&guide).into(), answered(&case, &advice), &[way, whole]));
    assert!(both.contains("Radiation before surgery: Intensity-modulated radiation therapy (IMRT)"), "{both}");
    // Among the choices, a technique comes after its main treatment and says that it's a way to give it.
    for (_, choices) in choices((&guide).into(), answered(&case, &advice)) {
        for (index, choice) in choices.iter().enumerate() {
            let whole = |other: &Choice| guide.is_technique_of(choice.step.treatment, other.step.treatment);
            if let Some(before) = choices.iter().position(whole) {
                let name = words::within(&guide[choices[before].step.treatment].name);
                let said = t!(Text::english(), plan_way_to_give, treatment = name, fit = "");
                assert!(before < index && choice.fit.starts_with(&said), "{}", choice.fit);
            }
        }
    }
}

#[test]
fn no_page_shows_none_as_a_route_or_says_that_a_supportive_treatment_has_no_side_effects() {
    let guide = sarcoguide_bundled::guide();
    let none = t!(Text::english(), effects_none);
    let mut routes = 0;
    for (index, entry) in guide.treatments.iter().enumerate() {
        let id = sarcoguide_model::TreatmentId::new(index);
        let page = treatment::page((&guide).into(), id, None, treatment::Reader::Person);
        let written = markdown(&page);
        assert!(!guide.is_supportive(id) || !written.contains(&none), "{}: {written}", entry.id);
        if entry.administrations.iter().any(|way| way.route.is_none()) {
            routes += 1;
            let timeline = sarcoguide_views::timeline::Timeline::of_id((&guide).into(), &entry.id).expect("a way to give it");
            let shown = markdown(&Document { blocks: timeline.blocks((&guide).into()) });
            assert!(!shown.contains("None") && !written.contains("None ("), "{}: {shown}", entry.id);
        }
    }
    assert!(routes > 0);
}
