//! The symptom check on what people may write: never told to call later than the case allows, and never told of an effect on a weak match.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read files and run the command")]

use sarcoguide_document::markdown::markdown;
use sarcoguide_model::{Effect, EffectId, Guide, TreatmentId, Urgency, Wording};
use sarcoguide_search::symptom::{Checker, Found, LATEST, Report};
use sarcoguide_views::symptom::{document, urgency_name};
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
    names: Vec<String>,
}

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("data/symptoms.toml")).expect("TOML");
    cases.case
}

/// What people wrote as a triage nurse would put it: kind, treatment, words, effects that must not be named.
fn wordings() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("data/symptom_wordings.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect("four columns"))
}

fn find(checker: &Checker, treatment: Option<TreatmentId>, words: &str) -> Found {
    checker.find(treatment, Report::Words(words))
}

fn ids<'g>(guide: &'g Guide, found: &Found) -> Vec<&'g str> {
    found.effects.iter().map(|effect| guide[*effect].id.as_str()).collect()
}

fn answer(checker: &Checker, treatment: Option<TreatmentId>, words: &str) -> String {
    markdown(&document(checker.guide().into(), checker, treatment, Report::Words(words)))
}

#[test]
fn a_symptom_is_answered_with_what_it_names_and_as_soon_as_before() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let mut wrong = Vec::new();
    for case in cases() {
        let treatment = case.treatment.as_ref().map(|id| guide.treatment(id).unwrap_or_else(|| panic!("no treatment {id}")));
        let found = find(&checker, treatment, &case.words);
        let named = ids(&guide, &found);
        let missing = case.names.iter().any(|id| !named.contains(&id.as_str()));
        if found.urgency.id() != case.urgency || missing {
            wrong.push(format!("{:?}: {}, names {named:?}", case.words, found.urgency.id()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a safety reviewer wrote, with how soon it needs an answer: `E` (now, by whichever number), `S` or `N`, a second letter where a later one
/// would do too, and `?` where the check is known to be too late. Words that are added to the guide for one of these must not be taken as a measure
/// of it.
#[test]
fn reviewed_phrases_are_urgent_enough_except_known_failures() {
    const MAX_TOO_LATE: usize = 3;
    // Most of them are right by what the guide has learned since: a cough on chemotherapy, bleeding, muscle pain on trabectedin.
    const MAX_TOO_SOON: usize = 46;
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let (mut late, mut known, mut soon, mut all) = (Vec::new(), 0, 0, 0);
    for line in include_str!("data/symptoms_reviewed.tsv").lines() {
        let [expected, treatment, words] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let allowed: Vec<Urgency> = expected.trim_end_matches('?').chars().map(latest).collect();
        let found = find(&checker, guide.treatment(treatment), words).urgency;
        all += 1;
        if found > allowed[0] {
            match expected.ends_with('?') {
                true => known += 1,
                false => late.push(format!("{words:?} on {treatment}: {}", found.id())),
            }
        }
        soon += usize::from(found <= Urgency::Now && !allowed.contains(&Urgency::Now));
    }
    println!("of {all}: {known} known to be too late, {soon} told to call now without need");
    assert!(late.is_empty(), "{}", late.join("\n"));
    assert!(known <= MAX_TOO_LATE && soon <= MAX_TOO_SOON, "{known} too late, {soon} too soon");
}

/// The latest answer that a letter allows.
fn latest(letter: char) -> Urgency {
    match letter {
        'E' => Urgency::Now,
        'S' | 'N' => Urgency::SameDay,
        other => panic!("{other}"),
    }
}

#[test]
fn every_effect_is_named_by_its_own_names_and_called_for_no_later_than_it_says() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    for (place, effect) in guide.effects.iter().enumerate() {
        for words in names(effect) {
            let found = find(&checker, None, words);
            assert!(found.urgency <= effect.urgency, "{words} ({}): {:?}", effect.id, found.urgency);
            assert!(found.effects.contains(&EffectId::new(place)), "{words} ({}) is not named", effect.id);
        }
    }
}

fn names(effect: &Effect) -> impl Iterator<Item = &String> {
    std::iter::once(&effect.name).chain(&effect.synonyms)
}

/// The sentences that begin every answer, in their order.
fn beginning(guide: &Guide) -> Vec<&str> {
    let check = guide.symptom_check.as_ref().expect("a symptom check");
    let flags = check.red_flags.iter().map(|flag| &flag.statement);
    let crisis = check.crisis.as_ref().expect("help in a crisis");
    flags.chain([&check.unsure, &crisis.always]).map(|statement| statement.text.as_str()).collect()
}

/// Whether an answer begins with the signs of an emergency, whom to call when unsure, and the crisis line, before it says anything else.
fn begins_with_the_signs(guide: &Guide, text: &str) -> bool {
    let head = format!("## {}", urgency_name(guide.into(), Urgency::Emergency));
    // In a crisis, the crisis line comes before them.
    let crisis = guide.symptom_check.as_ref().and_then(|check| check.crisis.as_ref()).expect("help in a crisis");
    let text = match text.strip_prefix(&format!("## {}", crisis.name)) {
        Some(_) => &text[text.find(&head).unwrap_or_default()..],
        None => text,
    };
    let mut rest = text;
    let in_order = beginning(guide).into_iter().all(|sentence| match rest.split_once(sentence) {
        Some((before, after)) => {
            rest = after;
            !before.trim_start_matches('#').contains("\n#")
        }
        None => false,
    });
    text.starts_with(&head) && in_order
}

#[test]
fn whatever_is_written_on_whatever_treatment_the_answer_begins_with_the_signs_and_never_reassures() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let next_visit = urgency_name((&guide).into(), Urgency::NextVisit);
    let odd = ["", " ", "a", "?!", "\u{0}\u{202e}", "schmerzen", "bit tired", "hair loss", "my elbow is odd", "lump", "suicide"];
    let cases = cases();
    let long = "pain ".repeat(400);
    let words = cases.iter().map(|case| case.words.as_str()).step_by(7).chain(odd).chain([long.as_str()]);
    let treatments = (0..guide.treatments.len()).map(TreatmentId::new).map(Some).chain([None]);
    let treatments: Vec<Option<TreatmentId>> = treatments.collect();
    for (place, words) in words.enumerate() {
        // Each treatment with some words, and some words with each treatment.
        let all = odd.contains(&words) && place % 3 == 0;
        for treatment in treatments.iter().skip(if all { 0 } else { place % 9 }).step_by(if all { 1 } else { 9 }) {
            assert!(find(&checker, *treatment, words).urgency <= LATEST, "{words:?}");
            let text = answer(&checker, *treatment, words);
            assert!(begins_with_the_signs(&guide, &text), "{words:?} on {treatment:?}: {text}");
            assert!(!text.contains(&next_visit), "{words:?} on {treatment:?}: {text}");
        }
    }
    assert!(
        beginning(&guide)
            .iter()
            .any(|sentence| sentence.contains("If you're unsure or it's getting worse, call your cancer team now, day or night"))
    );
    assert!(beginning(&guide).last().is_some_and(|line| line.contains("988")));
    let flags = guide.symptom_check.as_ref().map_or(0, |check| check.red_flags.len());
    assert!((6..=8).contains(&flags), "{flags}");
}

#[test]
fn what_was_chosen_by_its_name_is_answered_as_the_treatment_page_says() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let hair = guide.effect("hair_loss").expect("an effect");
    let chosen =
        |treatment: &str| markdown(&document(checker.guide().into(), &checker, guide.treatment(treatment), Report::Chosen(hair)));
    assert!(chosen("doxorubicin").contains(&urgency_name((&guide).into(), Urgency::NextVisit)));
    assert!(begins_with_the_signs(&guide, &chosen("doxorubicin")));
    assert!(!chosen("pembrolizumab").contains(&urgency_name((&guide).into(), Urgency::NextVisit)));
}

#[test]
fn known_wordings_begin_with_the_signs_and_name_no_effect_that_misleads() {
    const MAX_WRONG: usize = 1;
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let (mut all, mut recognized, mut emergencies, mut named, mut wrong) = (0, 0, 0, 0, Vec::new());
    for [kind, treatment, words, forbidden] in wordings() {
        let treatment = guide.treatment(treatment);
        let found = find(&checker, treatment, words);
        let text = answer(&checker, treatment, words);
        assert!(begins_with_the_signs(&guide, &text), "{words}: {text}");
        let any = forbidden.split(' ').any(|id| id == "*");
        let excepted = |id: &str| forbidden.split(' ').any(|entry| entry.strip_prefix('-') == Some(id));
        let bad = |id: &&str| forbidden.split(' ').any(|entry| entry == *id) || any && !excepted(id);
        let effects = ids(&guide, &found);
        wrong.extend(effects.iter().copied().filter(bad).map(|id| format!("{words}: {id}")));
        all += 1;
        named += effects.len();
        emergencies += usize::from(kind == "emergency");
        recognized += usize::from(kind == "emergency" && found.urgency <= Urgency::Now);
    }
    println!(
        "of {all} all begin with the signs; {recognized} of {emergencies} emergencies recognized; {} of {named} effects named mislead",
        wrong.len()
    );
    assert!(wrong.len() <= MAX_WRONG, "{}", wrong.join("\n"));
    assert!(all == 40 && recognized >= 4, "{recognized} of {all}");
}

#[test]
fn an_answer_has_one_instruction_and_says_nothing_less_urgent() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let calls = |urgency: Urgency| {
        let calls = guide.effects.iter().flat_map(|effect| &effect.calls).filter(move |call| call.urgency == urgency);
        calls.map(|call| call.statement.text.as_str()).collect::<Vec<_>>()
    };
    for (treatment, words) in [("pazopanib", "yellow skin"), ("doxorubicin", "fever"), ("pembrolizumab", "chest pain and rash")] {
        let text = answer(&checker, guide.treatment(treatment), words);
        for later in [Urgency::SameDay, Urgency::NextVisit].into_iter().flat_map(calls) {
            assert!(!text.contains(later), "{words}: {later}");
        }
    }
    let text = answer(&checker, None, "my elbow is odd");
    let check = guide.symptom_check.as_ref().expect("a symptom check");
    assert!(text.contains(&check.not_recognized.text) && !text.contains("What it may be"), "{text}");
    assert!(!text.contains(&format!("\n## {}\n", urgency_name((&guide).into(), Urgency::SameDay))), "{text}");
    // What is a sign, an effect or a crisis is recognized, whatever else is not.
    for words in ["a lump under my scar", "fever", "hair loss", "skin rash", "tiredness", "I want to kill myself", "chest pain"] {
        let found = find(&checker, None, words);
        let text = answer(&checker, None, words);
        assert!(found.recognized.is_some() && !text.contains(&check.not_recognized.text), "{words}: {text}");
        assert!(!text.contains("We don't recognize this"), "{words}: {text}");
    }
}

#[test]
fn a_wish_to_die_is_answered_with_the_crisis_line_and_with_no_side_effect() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let crisis = guide.symptom_check.as_ref().and_then(|check| check.crisis.as_ref()).expect("help in a crisis");
    for words in [
        "suicide",
        "I want to kill myself",
        "I think of ending my life",
        "I don't want to live",
        "I wish I were dead",
        "I wish I would not wake up",
        "I might harm myself",
    ] {
        let found = find(&checker, guide.treatment("ifosfamide"), words);
        let text = answer(&checker, guide.treatment("ifosfamide"), words);
        assert!(found.crisis && found.effects.is_empty() && found.signs.is_empty(), "{words}: {found:?}");
        let (first, _) = text.split_once(&urgency_name((&guide).into(), Urgency::Emergency)).expect("the signs");
        assert!(first.starts_with(&format!("## {}", crisis.name)) && first.contains("988") && first.contains("911"), "{text}");
        assert!(text.contains(&crisis.name) && text.contains("988") && text.contains("911"), "{words}: {text}");
    }
    let text = answer(&checker, None, "I want to kill myself, and my chest hurts");
    assert!(text.contains(&crisis.name) && text.contains("Chest pain that is new"), "{text}");
    assert!(!find(&checker, None, "the waiting is killing me").crisis);
}

#[test]
fn a_new_lump_names_a_possible_return_before_anything_else() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    for words in [
        "a lump under my scar",
        "new lumps",
        "small nodule near the scar",
        "a bump in the scar",
        "swelling at my scar",
        "a growth on my leg",
    ] {
        for treatment in [None, guide.treatment("limb_sparing_surgery"), guide.treatment("pembrolizumab")] {
            let text = answer(&checker, treatment, words);
            let place = |what: &str| text.find(what);
            let lump = place("can mean that the cancer has come back").unwrap_or_else(|| panic!("{words}: {text}"));
            assert!(place("What it may be").is_none_or(|effects| lump < effects), "{words}: {text}");
        }
    }
    let texts = guide.symptom_check.iter().flat_map(|check| &check.know).map(|statement| &statement.text);
    assert!(texts.into_iter().all(|text| !text.contains("does not have to mean")));
    assert!(find(&checker, None, "goose bumps").signs.is_empty());
}

#[test]
fn a_mild_effect_named_beside_a_grave_one_never_delays_the_call() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let treatment = guide.treatment("doxorubicin");
    let mild: Vec<&str> =
        guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit).map(|effect| effect.name.as_str()).collect();
    let grave = guide.effects.iter().filter(|effect| effect.urgency != Urgency::NextVisit);
    let mut wrong = Vec::new();
    for (place, effect) in grave.enumerate() {
        for mild in [mild[place % mild.len()], mild[(place + 7) % mild.len()]] {
            let words = format!("{mild} and {}", effect.name);
            let found = find(&checker, treatment, &words);
            if found.urgency > effect.urgency {
                wrong.push(format!("{words}: {}, alone {}", found.urgency.id(), effect.urgency.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mild_effect_with_the_figure_of_a_fever_is_to_be_called_for_now() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    for effect in guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit) {
        for figure in ["39", "38.5 C", "and 101.5", "at 103 F", "temperature 37.6", "temp 35.2"] {
            let words = format!("{} {figure}", effect.name);
            assert!(find(&checker, None, &words).urgency <= Urgency::Now, "{words}");
        }
    }
}

#[test]
fn there_is_one_rule_for_fever() {
    let guide = sarcoguide_bundled::guide();
    let effects = guide.effects.iter().flat_map(|effect| {
        let statements = effect.what.iter().chain(&effect.feels_like).chain(&effect.helps);
        statements.chain(effect.calls.iter().map(|call| &call.statement))
    });
    let check = guide
        .symptom_check
        .iter()
        .flat_map(|check| check.recognized_signs.iter().map(|sign| &sign.statement).chain([&check.unsure]));
    let mut count = 0;
    for text in effects.chain(check).map(|statement| &statement.text).filter(|text| text.contains("38 °C")) {
        count += 1;
        // 38 °C is 100.4 °F, and what is called for at 38 °C is called for at that.
        let whole = text.contains("100.4 °F (38 °C) or higher") || text.contains("38 °C (100.4 °F) or more");
        assert!(whole && !text.contains("100.5"), "{text}");
    }
    assert!(count > 15, "{count}");
}

/// What people write in full words: names of effects, and signs that need no group.
fn written(guide: &Guide) -> Vec<String> {
    let effects = guide.effects.iter().flat_map(names).cloned();
    let signs = guide.symptom_check.iter().flat_map(|check| &check.recognized_signs).filter(|sign| sign.effects.is_empty());
    let signs = signs.flat_map(|sign| &sign.words).filter_map(plain);
    effects.chain(signs).collect()
}

fn plain(wording: &Wording) -> Option<String> {
    match wording {
        Wording::Word(word) => Some(word.clone()),
        Wording::All(parts) | Wording::Then { parts, .. } => Some(parts.iter().map(plain).collect::<Option<Vec<_>>>()?.join(" ")),
        Wording::Number(..) | Wording::Any { .. } => None,
    }
}

#[test]
fn filler_words_never_make_the_answer_less_urgent() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let mut wrong = Vec::new();
    let cases = cases().into_iter().map(|case| case.words);
    for words in written(&guide).into_iter().step_by(2).chain(cases) {
        let alone = find(&checker, None, &words).urgency;
        for filled in [
            format!("I really think I have {words}"),
            format!("{words} since yesterday, please help"),
            format!("my daughter says it is {words} again today"),
        ] {
            if find(&checker, None, &filled).urgency > alone {
                wrong.push(filled);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_slip_in_a_long_word_never_makes_the_answer_later() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let own = &guide.symptom_check.as_ref().expect("a symptom check").exact_words;
    let mut wrong = Vec::new();
    for words in written(&guide).iter().step_by(2) {
        let alone = find(&checker, None, words).urgency;
        let parts: Vec<&str> = words.split(' ').collect();
        for (place, part) in parts.iter().enumerate() {
            // What is not all letters is no word that one mistypes; the first letter is taken as right.
            if part.chars().count() < 5 || !part.chars().all(char::is_alphabetic) {
                continue;
            }
            for slip in misspellings(part) {
                if own.contains(&slip.to_lowercase()) {
                    continue;
                }
                let mut parts = parts.clone();
                parts[place] = &slip;
                let slipped = parts.join(" ");
                if find(&checker, None, &slipped).urgency > alone {
                    wrong.push(format!("{words}: {slipped}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

/// A letter in the middle left out, two exchanged, one doubled.
fn misspellings(word: &str) -> [String; 3] {
    let letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    let without = letters.iter().enumerate().filter(|(place, _)| *place != middle).map(|(_, letter)| *letter).collect();
    let mut swapped = letters.clone();
    swapped.swap(middle, middle - 1);
    let mut doubled = letters.clone();
    doubled.insert(middle, letters[middle]);
    [without, swapped.into_iter().collect(), doubled.into_iter().collect()]
}

#[test]
fn the_order_of_two_words_that_name_an_effect_does_not_matter() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let small = &guide.symptom_check.as_ref().expect("a symptom check").stop_words;
    let mut wrong = Vec::new();
    for words in guide.effects.iter().flat_map(names) {
        if let [first, second] = words.split(' ').collect::<Vec<_>>()[..] {
            // `The runs` is a name only as it stands.
            let stands = [first, second].iter().any(|word| small.contains(&word.to_lowercase()));
            let turned = format!("{second} {first}");
            if !stands && find(&checker, None, &turned).urgency > find(&checker, None, words).urgency {
                wrong.push(turned);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_symptoms_are_never_answered_later_than_the_sooner_one_alone() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let cases = cases();
    let alone: Vec<Urgency> = cases.iter().map(|case| find(&checker, None, &case.words).urgency).collect();
    let mut wrong = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        for step in [1, 17, 101] {
            let next = (place + step) % cases.len();
            let both = format!("{} and {}", case.words, cases[next].words);
            if find(&checker, None, &both).urgency > alone[place].min(alone[next]) {
                wrong.push(both);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}
