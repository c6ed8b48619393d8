//! Law 6, never milder: no page shows an effect with less urgency than the symptom check gives for the same treatment.

use std::collections::BTreeMap;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::markdown::markdown;
use sarcoguide_document::{Block, Document, Section, Target};
use sarcoguide_model::{Effect, EffectId, Guide, TreatmentId, Urgency};
use sarcoguide_search::symptom::{Checker, Report};
use sarcoguide_text::{Text, t};
use sarcoguide_views::symptom::urgency_name;
use sarcoguide_views::treatment::{self, Reader};
use sarcoguide_views::visit_summary::visit_summary;
use sarcoguide_views::{Answered, answer, json, pages};

const ALL: [Urgency; 4] = [Urgency::Emergency, Urgency::Now, Urgency::SameDay, Urgency::NextVisit];

/// What people may write for an effect: its names, and what it feels like.
fn phrases(effect: &Effect) -> impl Iterator<Item = &String> {
    let felt = effect.feels_like.iter().map(|statement| &statement.text);
    std::iter::once(&effect.name).chain(&effect.synonyms).chain(&effect.term).chain(felt)
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
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let mut milder: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut asked = 0;
    for (treatment, effect) in named(&guide) {
        let shown = guide.effect_urgency(effect, Some(treatment));
        let about = &guide[effect];
        assert_eq!(checker.find(Some(treatment), Report::Chosen(effect)).urgency, shown, "{}", about.id);
        for phrase in phrases(about) {
            asked += 1;
            if let Some(found) = checker.find(Some(treatment), Report::Words(phrase)).recognized.filter(|found| *found < shown) {
                let finding = format!("{} is {}, but {phrase:?} is {}", about.id, shown.id(), found.id());
                milder.entry(finding).or_default().push(&guide[treatment].id);
            }
        }
    }
    assert!(asked > 4000, "{asked}");
    let lines: Vec<String> = milder.iter().map(|(finding, on)| format!("{finding} on {}", on.join(", "))).collect();
    assert!(lines.is_empty(), "{} phrases:\n{}", lines.len(), lines.join("\n"));
}

/// The effects that a document says to call for, by treatment, each with how soon. Outside of an option they belong to `whole`.
fn called_for(guide: &Guide, document: &Document, whole: Option<TreatmentId>) -> BTreeMap<(TreatmentId, EffectId), Urgency> {
    let head = |urgency| t!(Text::english(), effects_call_for, urgency = urgency_name(guide.into(), urgency), effects = "");
    let heads = ALL.map(|urgency| (head(urgency), urgency));
    let mut open: Vec<(u8, TreatmentId)> = Vec::new();
    let mut called = BTreeMap::new();
    for block in &document.blocks {
        let lines = match block {
            Block::Heading { level, section, .. } => {
                open.retain(|(other, _)| other < level);
                if let Section::Option(treatment) = section {
                    open.push((*level, guide.treatment(treatment).expect("a treatment")));
                }
                continue;
            }
            Block::Points { lines, .. } => lines.as_slice(),
            Block::Paragraph(line) => std::slice::from_ref(line),
            _ => continue,
        };
        for line in lines {
            let head = line.0.first().and_then(|piece| heads.iter().find(|(head, _)| *head == piece.text));
            let treatment = open.last().map(|(_, treatment)| *treatment).or(whole);
            let (Some((_, urgency)), Some(treatment)) = (head, treatment) else { continue };
            for piece in &line.0 {
                if let Some(Target::Effect(effect)) = &piece.to {
                    let effect = guide.effect(effect).expect("an effect");
                    let earlier = called.insert((treatment, effect), *urgency);
                    assert!(earlier.is_none_or(|earlier| earlier == *urgency), "called for twice");
                }
            }
        }
    }
    called
}

/// Whether what a document says to call for is what the guide says of each effect on its treatment.
fn assert_as_urgent(guide: &Guide, called: &BTreeMap<(TreatmentId, EffectId), Urgency>, place: &str) {
    for ((treatment, effect), urgency) in called {
        let wanted = guide.effect_urgency(*effect, Some(*treatment));
        let (treatment, effect) = (&guide[*treatment].id, &guide[*effect].id);
        assert_eq!(*urgency, wanted, "{effect} on {treatment}: {place}");
    }
}

#[test]
fn a_treatment_page_says_of_each_effect_how_soon_to_call() {
    let guide = sarcoguide_bundled::guide();
    let mut pages: BTreeMap<TreatmentId, BTreeMap<(TreatmentId, EffectId), Urgency>> = BTreeMap::new();
    for (id, effect) in named(&guide) {
        let called = pages.entry(id).or_insert_with(|| {
            let called = called_for(&guide, &treatment::page((&guide).into(), id, None, Reader::Person), Some(id));
            assert_as_urgent(&guide, &called, "its page");
            called
        });
        let about = &guide[effect];
        let wanted = guide.effect_urgency(effect, Some(id));
        // What only a test finds stands by itself, and what can wait in no list.
        let listed = wanted < Urgency::SameDay || wanted == Urgency::SameDay && !about.found_by_test;
        assert_eq!(called.contains_key(&(id, effect)), listed, "{} on {}", about.id, guide[id].id);
    }
    let on = |treatment: &str, effect: &str| {
        let (treatment, effect) = (guide.treatment(treatment).expect("a treatment"), guide.effect(effect).expect("an effect"));
        pages[&treatment].get(&(treatment, effect)).copied()
    };
    for treatment in ["pembrolizumab", "atezolizumab"] {
        for effect in ["fatigue", "constipation", "low_thyroid"] {
            assert_eq!(on(treatment, effect), Some(Urgency::SameDay), "{effect} on {treatment}");
        }
        for effect in ["immune_colitis", "immune_hepatitis", "immune_kidney_inflammation", "immune_muscle_inflammation", "cough"]
        {
            assert_eq!(on(treatment, effect), Some(Urgency::Now), "{effect} on {treatment}");
        }
    }
    for (treatment, effect) in [
        ("ifosfamide", "bladder_bleeding"),
        ("radiation_after_surgery", "lung_damage"),
        ("doxorubicin", "low_platelets"),
        ("afamitresgene_autoleucel", "fatigue"),
        ("afamitresgene_autoleucel", "vomiting"),
        ("crizotinib", "fever"),
        ("nab_sirolimus", "high_blood_sugar"),
    ] {
        assert_eq!(on(treatment, effect), Some(Urgency::Now), "{effect} on {treatment}");
    }
    assert_eq!(on("doxorubicin", "fatigue"), None);
    // Also what the guide does not name for the treatment.
    let headache = guide.effect("headache").expect("an effect");
    assert_eq!(guide.effect_urgency(headache, guide.treatment("letetresgene_autoleucel")), Urgency::Now);
}

#[test]
fn options_summaries_comparisons_and_json_say_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    let (mut called, mut written) = (0, 0);
    for (place, entry) in cases.iter().enumerate() {
        let advice = advisor.advise(&entry.case).expect("a case that can be");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let mut documents = vec![answer::options((&guide).into(), answered)];
        if place % 8 == 0 {
            documents.push(answer::answer((&guide).into(), answered));
            documents.push(visit_summary((&guide).into(), answered, None));
            let json = serde_json::to_value(json::advice((&guide).into(), &entry.case, &advice, None)).expect("JSON");
            written += assert_json(&guide, &json);
        }
        for document in &documents {
            let urgencies = called_for(&guide, document, None);
            called += urgencies.len();
            assert_as_urgent(&guide, &urgencies, &entry.name);
        }
    }
    assert!(called > 500 && written > 5000, "{called}, {written}");
}

/// How many effects the JSON of an answer has; each as urgent as the guide says on its treatment.
fn assert_json(guide: &Guide, json: &serde_json::Value) -> usize {
    let treatments = json["treatments"].as_array().expect("treatments");
    let effects = treatments.iter().flat_map(|treatment| {
        let id = treatment["treatment"].as_str().or_else(|| treatment["id"].as_str()).and_then(|id| guide.treatment(id));
        treatment["effects"].as_array().into_iter().flatten().map(move |effect| (id.expect("a treatment"), effect))
    });
    let mut all = 0;
    for (treatment, effect) in effects {
        let id = effect["effect"].as_str().and_then(|id| guide.effect(id)).expect("an effect");
        assert_eq!(effect["urgency"], guide.effect_urgency(id, Some(treatment)).id(), "{effect}");
        all += 1;
    }
    all
}

#[test]
fn the_pages_of_side_effects_say_where_one_is_more_urgent() {
    let guide = sarcoguide_bundled::guide();
    let list = markdown(&pages::effects((&guide).into(), false)).to_lowercase();
    let mut soonest: BTreeMap<EffectId, Urgency> = BTreeMap::new();
    for (treatment, effect) in named(&guide) {
        let urgency = guide.effect_urgency(effect, Some(treatment));
        soonest.entry(effect).and_modify(|soonest| *soonest = urgency.min(*soonest)).or_insert(urgency);
    }
    for (effect, urgency) in soonest {
        let about = &guide[effect];
        let name = urgency_name((&guide).into(), urgency).to_lowercase();
        let line = list.lines().find(|line| line.contains(&format!("**{}**", about.name.to_lowercase())));
        assert!(line.is_some_and(|line| line.contains(&name)), "{}: {line:?}", about.id);
        let page = markdown(&pages::effect((&guide).into(), about, false)).to_lowercase();
        assert!(page.contains(&name), "{}: {page}", about.id);
    }
}
