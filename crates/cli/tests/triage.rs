//! Checks the triage of the built-in guide against its sources.

#![allow(clippy::disallowed_methods, reason = "tests run the guide")]

use sarcoguide_advise::triage::outcome;
use sarcoguide_model::{FactValue, Guide, PassageId, TreatmentId, Triage, TriageAnswer, TriageAnswers, Urgency};

fn triage(guide: &Guide) -> &Triage {
    guide.triage.as_ref().expect("the guide has a triage")
}

/// Passages on how soon to call begin their ID with this.
const SIGN: &str = "triage.";

/// What the summaries of these passages say about an emergency.
const EMERGENCY: &str = "Emergency number now";

#[test]
fn every_sign_of_an_emergency_is_asked_for() {
    let guide = sarcoguide_bundled::guide();
    let rules = || triage(&guide).questions().flat_map(|(_, question)| &question.rules);
    let mut missing = Vec::new();
    let mut signs = 0;
    for (index, passage) in guide.passages.iter().enumerate() {
        if !passage.id.starts_with(SIGN) || !passage.summary.contains(EMERGENCY) {
            continue;
        }
        signs += 1;
        let id = PassageId::new(index);
        if !rules().any(|rule| rule.urgency == Urgency::Emergency && rule.statement.from.contains(&id)) {
            missing.push(passage.id.as_str());
        }
    }
    assert!(signs > 40, "{signs}");
    assert!(missing.is_empty(), "no question leads to these emergencies: {missing:?}");
}

/// Whatever a person on a treatment with a general urgency floor feels, the outcome is at least as urgent as the floor.
#[test]
fn the_floors_of_treatments_hold_for_every_answer() {
    let guide = sarcoguide_bundled::guide();
    let triage = triage(&guide);
    let mut floors = 0;
    for treatment in (0..guide.treatments.len()).map(TreatmentId::new) {
        let general =
            guide.urgency_floors(Some(treatment)).filter(|floor| floor.effects.is_empty()).map(|floor| floor.urgency).min();
        let Some(floor) = general else { continue };
        floors += 1;
        let mut answers = TriageAnswers::none(triage);
        answers.treatments = Some(vec![treatment]);
        answers.time = FactValue::Unknown;
        assert!(outcome(&guide, triage, &answers).urgency <= floor, "{} without a yes", guide[treatment].id);
        for (_, question) in triage.questions() {
            let mut answers = answers.clone();
            answers.set(question.fact, Some(TriageAnswer::Yes));
            assert!(outcome(&guide, triage, &answers).urgency <= floor, "{}", guide[treatment].id);
        }
    }
    assert!(floors > 2, "{floors}");
}

/// What is said about an effect on its own page isn't contradicted: an answer that names an effect of a treatment is as urgent as the guide says of that
/// effect on that treatment.
#[test]
fn the_floors_of_effects_hold() {
    let guide = sarcoguide_bundled::guide();
    let triage = triage(&guide);
    let mut milder = Vec::new();
    for (group, question) in triage.questions() {
        for (place, rule) in question.rules.iter().enumerate() {
            for effect in &rule.effects {
                for treatment in (0..guide.treatments.len()).map(TreatmentId::new) {
                    let floors = guide.urgency_floors(Some(treatment)).filter(|floor| floor.effects.contains(effect));
                    let Some(floor) = floors.map(|floor| floor.urgency).min() else { continue };
                    let mut answers = TriageAnswers::none(triage);
                    answers.treatments = Some(vec![treatment]);
                    answers.set(question.fact, Some(TriageAnswer::Yes));
                    if outcome(&guide, triage, &answers).urgency > floor {
                        milder.push(format!(
                            "{}: rule {} names {} on {}",
                            group.id,
                            place + 1,
                            guide[*effect].id,
                            guide[treatment].id
                        ));
                    }
                }
            }
        }
    }
    milder.sort();
    milder.dedup();
    assert!(milder.is_empty(), "{} answers are milder than the guide says elsewhere:\n{}", milder.len(), milder.join("\n"));
}
