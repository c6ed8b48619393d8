//! A plan tells every part that was chosen, in the order of time, in the picture as in words, and chooses nothing by itself.

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

const NEW: &str = r#"{"age": 58, "histology": "leiomyosarcoma", "distant_metastasis": "no", "lymph_nodes": "not_involved", "grade": "high",
    "site": "lower_extremity", "size": "12 cm", "situation": "before_treatment", "resectability": "borderline",
    "fit_for_surgery": "yes", "limb_can_be_spared": "yes", "pregnant": "no", "removal_would_harm_severely": "no"}"#;

fn asked<'a>(case: &'a Case, advice: &'a Advice) -> Answered<'a> {
    Answered { case, advice, preferences: &[] }
}

fn all(choices: &[(sarcoguide_model::TimingId, Vec<Choice>)]) -> Vec<Step> {
    choices.iter().flat_map(|(_, choices)| choices.iter().map(|choice| choice.step)).collect()
}

fn picture(document: &Document) -> String {
    let plan = document.blocks.iter().find_map(|block| match block {
        Block::Picture { drawing, .. } => Some(drawing.svg(330)),
        _ => None,
    });
    plan.expect("a picture")
}

#[test]
fn every_step_has_a_name_of_its_own_that_leads_back_to_it() {
    let guide = sarcoguide_bundled::guide();
    let unknown = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &unknown).expect("advice");
    let steps = all(&choices((&guide).into(), asked(&unknown, &advice)));
    assert!(steps.len() > guide.treatments.len() / 2);
    for step in &steps {
        assert_eq!(Step::named((&guide).into(), &step.name((&guide).into())), Some(*step));
    }
    for name in ["", "/", "surgery", "surgery/", "surgery/nothing", "nothing/wide_excision", "wide_excision/surgery"] {
        assert_eq!(Step::named((&guide).into(), name), None, "{name}");
    }
}

#[test]
fn what_can_be_chosen_is_what_fits_may_fit_or_comes_at_the_end() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let choices = choices((&guide).into(), asked(&case, &advice));
    let (last, _) = choices.last().expect("times");
    let later = t!(Text::english(), plan_comes_later);
    assert_eq!(guide[*last].course, Course::Main);
    assert_eq!(last.index(), guide.timings.len() - 1, "follow-up comes for everybody");
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
fn who_is_not_covered_is_offered_care_only_and_nothing_for_later() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, r#"{"histology": "gastrointestinal_stromal_tumor"}"#);
    let advice = advise(guide.clone(), &case).expect("advice");
    assert_eq!(advice.scope.covered, Truth::False);
    for step in all(&choices((&guide).into(), asked(&case, &advice))) {
        assert_ne!(advice[step.treatment].verdict, Verdict::NotIndicated);
    }
}

#[test]
fn picture_and_words_tell_every_part_that_was_chosen_in_the_order_of_time() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let names = ["follow_up/survivorship_follow_up", "surgery/limb_sparing_surgery", "neoadjuvant/radiation_before_surgery"];
    let steps: Vec<Step> = names.iter().map(|name| Step::named((&guide).into(), name).expect("a step")).collect();
    let document = page((&guide).into(), asked(&case, &advice), &steps);
    let (written, drawn) = (markdown(&document), picture(&document));
    for text in [&written, &drawn] {
        let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is missing in {text}"));
        assert!(place("Before surgery (neoadjuvant)") < place("Limb-sparing surgery"));
        assert!(place("Limb-sparing surgery") < place("Follow-up"));
        assert!(text.contains(&t!(Text::english(), plan_comes_later)) && text.contains("fits this situation"), "{text}");
    }
    let parts = steps.iter().flat_map(|step| &guide[step.treatment].phases);
    for part in parts {
        assert!(written.contains(&part.statement.text), "{}", part.statement.text);
        assert!(drawn.contains(&format!("<title>{}</title>", part.statement.text.replace('\'', "&#39;"))), "{}", part.name);
    }
    assert!(drawn.contains("5 days a week"), "{drawn}");
    assert!(roxmltree::Document::parse(&drawn).is_ok());
    // Chosen twice, it is told once; without the others, it stands alone.
    let alone = page((&guide).into(), asked(&case, &advice), &[steps[1], steps[1]]);
    assert_eq!(markdown(&alone).matches("The operation").count(), 1, "{}", markdown(&alone));
    assert!(!markdown(&alone).contains("Before surgery (neoadjuvant)"));
}

#[test]
fn what_branches_off_is_not_told_to_come_after() {
    let guide = sarcoguide_bundled::guide();
    let case = Case::unknown(guide.facts.len());
    let advice = advise(guide.clone(), &case).expect("advice");
    let step = |name: &str| Step::named((&guide).into(), name).expect("a step");
    let both = page((&guide).into(), asked(&case, &advice), &[step("surgery/wide_excision"), step("advanced/pazopanib")]);
    let note = t!(Text::english(), plan_place_not_said);
    assert!(markdown(&both).contains(&note), "{}", markdown(&both));
    assert_eq!(
        picture(&both).matches("l-4.5 -8h9z").count(),
        2,
        "two arrows between three parts of the operation, none to the drug"
    );
    let alone = page((&guide).into(), asked(&case, &advice), &[step("advanced/pazopanib")]);
    assert!(!markdown(&alone).contains(&note));
}

#[test]
fn a_technique_and_what_is_given_so_are_one_part_of_a_plan() {
    let guide = sarcoguide_bundled::guide();
    let case = case(&guide, NEW);
    let advice = advise(guide.clone(), &case).expect("advice");
    let step = |name| Step::named((&guide).into(), name).expect("a step");
    let (whole, way) = (step("neoadjuvant/radiation_before_surgery"), step("neoadjuvant/imrt"));
    let parts = |steps: &[Step]| markdown(&page((&guide).into(), asked(&case, &advice), steps)).matches("\n### ").count();
    assert_eq!((parts(&[whole]), parts(&[way])), (parts(&[way, whole]), parts(&[way, whole])));
    let both = markdown(&page((&guide).into(), asked(&case, &advice), &[way, whole]));
    assert!(both.contains("Radiation before surgery: Intensity-modulated radiation therapy (IMRT)"), "{both}");
    // It stands behind what is given so, and says what it is.
    for (_, choices) in choices((&guide).into(), asked(&case, &advice)) {
        for (place, choice) in choices.iter().enumerate() {
            let whole = |other: &Choice| guide.is_technique_of(choice.step.treatment, other.step.treatment);
            if let Some(before) = choices.iter().position(whole) {
                let name = words::within(&guide[choices[before].step.treatment].name);
                let said = t!(Text::english(), plan_way_to_give, treatment = name, fit = "");
                assert!(before < place && choice.fit.starts_with(&said), "{}", choice.fit);
            }
        }
    }
}

#[test]
fn care_is_given_by_no_route_and_nothing_is_said_of_side_effects_that_it_has_not() {
    let guide = sarcoguide_bundled::guide();
    let none = t!(Text::english(), effects_none);
    let mut routes = 0;
    for (place, entry) in guide.treatments.iter().enumerate() {
        let id = sarcoguide_model::TreatmentId::new(place);
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
