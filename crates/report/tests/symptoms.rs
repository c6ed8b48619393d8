//! The symptom check on what people may write: never told to call later than the case allows.

use sarcoguide_model::{EffectId, Urgency};
use sarcoguide_report::symptom::{document, find};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    words: String,
    treatment: Option<String>,
    urgency: String,
    #[serde(default)]
    fits: Vec<String>,
}

#[test]
fn a_symptom_is_answered_with_what_fits_and_never_too_late() {
    let guide = sarcoguide_builtin::guide();
    let cases: Cases = toml::from_str(include_str!("data/symptoms.toml")).expect("TOML");
    let mut wrong = Vec::new();
    for case in cases.case {
        let treatment = case.treatment.as_ref().map(|id| guide.treatment(id).unwrap_or_else(|| panic!("no treatment {id}")));
        let found = find(&guide, treatment, &case.words);
        let fits: Vec<&str> = found.fits.iter().map(|fit| guide.effects[fit.effect.index()].id.as_str()).collect();
        let missing: Vec<&String> = case.fits.iter().filter(|id| !fits.contains(&id.as_str())).collect();
        if found.urgency.id() != case.urgency || !missing.is_empty() {
            wrong.push(format!("{:?}: {}, unsure {}, fits {fits:?}", case.words, found.urgency.id(), found.unsure));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_effect_is_found_by_its_own_name_and_called_for_no_later_than_it_says() {
    let guide = sarcoguide_builtin::guide();
    for (place, effect) in guide.effects.iter().enumerate() {
        for words in std::iter::once(&effect.name).chain(&effect.also) {
            let found = find(&guide, None, words);
            assert!(found.urgency <= effect.urgency, "{words} ({}): {:?}", effect.id, found.urgency);
            let listed = found.fits.iter().any(|fit| fit.effect == EffectId::new(place));
            assert!(listed || found.fits.len() >= 6, "{words} ({}) is not among what fits", effect.id);
        }
    }
}

#[test]
fn whatever_is_written_the_answer_says_whether_to_call() {
    let guide = sarcoguide_builtin::guide();
    for words in ["", " ", "a", "?!", "\u{0}\u{202e}", "schmerzen", &"pain ".repeat(500)] {
        let found = find(&guide, None, words);
        assert!(found.urgency <= Urgency::SameDay || !found.unsure, "{words:?}");
        let text = sarcoguide_report::text::markdown(&document(&guide, None, words));
        let names = guide.symptom_check.iter().flat_map(|check| &check.urgencies).map(|urgency| format!("## {}", urgency.name));
        assert!(names.into_iter().any(|name| text.starts_with(&name)), "{words:?}: {text}");
    }
}

#[test]
fn a_mild_effect_named_beside_a_grave_one_never_delays_the_call() {
    let guide = sarcoguide_builtin::guide();
    let treatment = guide.treatment("doxorubicin");
    let mild: Vec<&str> =
        guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit).map(|effect| effect.name.as_str()).collect();
    let grave = guide.effects.iter().filter(|effect| effect.urgency != Urgency::NextVisit);
    let mut wrong = Vec::new();
    for (place, effect) in grave.enumerate() {
        for mild in [mild[place % mild.len()], mild[(place + 7) % mild.len()]] {
            let words = format!("{mild} and {}", effect.name);
            let found = find(&guide, treatment, &words);
            if found.urgency > effect.urgency {
                wrong.push(format!("{words}: {}, alone {}", found.urgency.id(), effect.urgency.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}
