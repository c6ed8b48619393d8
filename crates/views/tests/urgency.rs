//! Tests that no page shows an effect with less urgency than the symptom check gives for the same treatment.

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

/// Returns what people may write if they have an effect: its names, and descriptions of what it feels like.
fn phrases(effect: &Effect) -> impl Iterator<Item = &String> {
    let felt = effect.feels_like.iter().map(|statement| &statement.text);
    std::iter::once(&effect.name).chain(&effect.synonyms).chain(&effect.term).chain(felt)
}

/// Returns each treatment with each of its effects, without duplicates.
fn effects_by_treatment(guide: &Guide) -> impl Iterator<Item = (TreatmentId, EffectId)> {
    let treatments = guide.treatments.iter().enumerate().map(|(index, treatment)| (TreatmentId::new(index), treatment));
    treatments.flat_map(|(id, treatment)| {
        let mut effects: Vec<EffectId> = treatment.effects.iter().map(|entry| entry.effect).collect();
        effects.sort_unstable();
        effects.dedup();
        effects.into_iter().map(move |effect| (id, effect))
    })
}

#[test]
fn no_effect_is_less_urgent_than_the_symptom_check_says_for_its_names_and_descriptions() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let mut milder: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut asked = 0;
    for (treatment, effect) in effects_by_treatment(&guide) {
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

/// Returns the effects that a document says to call about, each with its treatment and urgency. Outside of the sections of options, effects belong to
/// `page_treatment`.
fn called_for(
    guide: &Guide,
    document: &Document,
    page_treatment: Option<TreatmentId>,
) -> BTreeMap<(TreatmentId, EffectId), Urgency> {
    let head = |urgency| t!(Text::english(), effects_call_for, urgency = urgency_name(guide.into(), urgency), effects = "");
    let heads = ALL.map(|urgency| (head(urgency), urgency));
    let mut open: Vec<(u8, TreatmentId)> = Vec::new();
    let mut called = BTreeMap::new();
    for block in &document.blocks {
        let lines = match block {
            Block::Heading { level, section, .. } => {
                open.retain(|(other, _)| other < level);
                if let Section::Treatment(treatment) = section {
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
            let treatment = open.last().map(|(_, treatment)| *treatment).or(page_treatment);
            let (Some((_, urgency)), Some(treatment)) = (head, treatment) else { continue };
            for piece in &line.0 {
                if let Some(Target::Effect(effect) | Target::EffectEntry(effect)) = &piece.to {
                    let effect = guide.effect(effect).expect("an effect");
                    let earlier = called.insert((treatment, effect), *urgency);
                    assert!(
                        earlier.is_none_or(|earlier| earlier == *urgency),
                        "the document gives two urgencies for the same effect"
                    );
                }
            }
        }
    }
    called
}

/// Asserts that each urgency in a document is the guide's urgency of the effect during the treatment.
fn assert_as_urgent(guide: &Guide, called: &BTreeMap<(TreatmentId, EffectId), Urgency>, place: &str) {
    for ((treatment, effect), urgency) in called {
        let wanted = guide.effect_urgency(*effect, Some(*treatment));
        let (treatment, effect) = (&guide[*treatment].id, &guide[*effect].id);
        assert_eq!(*urgency, wanted, "{effect} on {treatment}: {place}");
    }
}

#[test]
fn a_treatment_page_says_how_soon_to_call_about_each_effect() {
    let guide = sarcoguide_bundled::guide();
    let mut pages: BTreeMap<TreatmentId, BTreeMap<(TreatmentId, EffectId), Urgency>> = BTreeMap::new();
    for (id, effect) in effects_by_treatment(&guide) {
        let called = pages.entry(id).or_insert_with(|| {
            let called = called_for(&guide, &treatment::page((&guide).into(), id, None, Reader::Person), Some(id));
            assert_as_urgent(&guide, &called, "its page");
            called
        });
        let about = &guide[effect];
        let wanted = guide.effect_urgency(effect, Some(id));
        // Effects that only a test finds have their own list unless they are more urgent than `SameDay`. Effects that can wait until the next visit
        // aren't listed.
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
    // A treatment can make an effect more urgent even if the guide doesn't list the effect for that treatment.
    let headache = guide.effect("headache").expect("an effect");
    assert_eq!(guide.effect_urgency(headache, guide.treatment("letetresgene_autoleucel")), Urgency::Now);
}

#[test]
fn options_answers_summaries_and_json_show_the_urgencies_of_the_guide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    let (mut called, mut written) = (0, 0);
    for (index, entry) in cases.iter().enumerate() {
        let advice = advisor.advise(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        let mut documents = vec![answer::options((&guide).into(), answered).in_words()];
        if index % 8 == 0 {
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

/// Asserts that each effect in the JSON of an answer has the guide's urgency during its treatment. Returns the number of effects.
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
fn the_pages_about_side_effects_show_the_highest_urgency_during_any_treatment() {
    let guide = sarcoguide_bundled::guide();
    let list = markdown(&pages::effects((&guide).into(), false)).to_lowercase();
    let mut soonest: BTreeMap<EffectId, Urgency> = BTreeMap::new();
    for (treatment, effect) in effects_by_treatment(&guide) {
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
