//! Law 6, never milder: no page shows an effect with less urgency than the symptom check gives for the same treatment.

use std::collections::BTreeMap;

use sarcoguide_model::{Effect, EffectId, Guide, TreatmentId, Urgency};
use sarcoguide_report::symptom::{Checker, Report, urgency_name};
use sarcoguide_report::text::markdown;
use sarcoguide_report::treatment::Reader;

const ALL: [Urgency; 4] = [Urgency::Emergency, Urgency::Now, Urgency::SameDay, Urgency::NextVisit];

/// What people may write for an effect: its names, and what it feels like.
fn phrases(effect: &Effect) -> impl Iterator<Item = &String> {
    let felt = effect.feels_like.iter().map(|statement| &statement.text);
    std::iter::once(&effect.name).chain(&effect.also).chain(&effect.term).chain(felt)
}

fn named(guide: &Guide) -> impl Iterator<Item = (TreatmentId, EffectId)> {
    let treatments = guide.treatments.iter().enumerate().map(|(place, treatment)| (TreatmentId::new(place), treatment));
    treatments.flat_map(|(id, treatment)| {
        let mut effects: Vec<EffectId> = treatment.effects.iter().map(|entry| entry.effect).collect();
        effects.sort_unstable();
        effects.dedup();
        effects.into_iter().map(move |effect| (id, effect))
    })
}

#[test]
fn no_effect_is_less_urgent_on_a_treatment_than_the_symptom_check_says_of_its_words() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let mut milder: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut asked = 0;
    for (treatment, effect) in named(&guide) {
        let shown = guide.urgency_on(effect, Some(treatment));
        let about = &guide.effects[effect.index()];
        assert_eq!(checker.find(Some(treatment), Report::Chosen(effect)).urgency, shown, "{}", about.id);
        for phrase in phrases(about) {
            asked += 1;
            if let Some(found) = checker.find(Some(treatment), Report::Words(phrase)).recognized.filter(|found| *found < shown) {
                let told = format!("{} is {}, but {phrase:?} is {}", about.id, shown.id(), found.id());
                milder.entry(told).or_default().push(&guide.treatments[treatment.index()].id);
            }
        }
    }
    assert!(asked > 4000, "{asked}");
    let lines: Vec<String> = milder.iter().map(|(told, on)| format!("{told} on {}", on.join(", "))).collect();
    assert!(lines.is_empty(), "{} phrases:\n{}", lines.len(), lines.join("\n"));
}

/// With how much urgency a document lists each effect by name, at its mildest.
fn listed(guide: &Guide, text: &str) -> BTreeMap<String, Urgency> {
    let mut listed: BTreeMap<String, Urgency> = BTreeMap::new();
    for urgency in ALL {
        let head = format!("{} for: ", urgency_name(guide, urgency));
        for line in text.lines().filter_map(|line| line.split(&head).nth(1)) {
            let names =
                line.split(", ").map(|name| name.trim_matches(|c| "*[].".contains(c)).split("](").next().unwrap_or_default());
            for name in names {
                let mildest = listed.entry(name.to_lowercase()).or_insert(urgency);
                *mildest = urgency.max(*mildest);
            }
        }
    }
    listed
}
