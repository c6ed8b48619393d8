//! Tests the symptom check with phrases that people may write: except for known failures, it doesn't tell people to call later than they should, and
//! it doesn't name effects that aren't meant.

#![allow(clippy::disallowed_macros, reason = "the test prints measurements")]

use sarcoguide_document::markdown::markdown;
use sarcoguide_model::{Effect, EffectId, Guide, TreatmentId, Urgency, Wording};
use sarcoguide_search::symptom::{Checker, LATEST, Report, SymptomAnswer};
use sarcoguide_views::symptom::{document, urgency_name};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A phrase in `data/symptoms.toml`.
#[derive(Deserialize)]
struct Case {
    words: String,
    treatment: Option<String>,
    /// The urgency that the check must give.
    urgency: String,
    /// The effects that the check must find. It may find others too.
    #[serde(default)]
    names: Vec<String>,
}

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("data/symptoms.toml")).expect("valid TOML");
    cases.case
}

/// Returns phrases that a triage nurse made up as examples of what people write. The columns are the kind of situation, the treatment, the phrase,
/// and the effects that the answer must not name. The comments in the file explain the columns.
fn wordings() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("data/symptom_wordings.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().expect("four columns"))
}

fn find(checker: &Checker, treatment: Option<TreatmentId>, words: &str) -> SymptomAnswer {
    checker.find(treatment, Report::Words(words))
}

fn ids<'g>(guide: &'g Guide, found: &SymptomAnswer) -> Vec<&'g str> {
    found.effects.iter().map(|effect| guide[*effect].id.as_str()).collect()
}

fn answer(checker: &Checker, treatment: Option<TreatmentId>, words: &str) -> String {
    markdown(&document(checker.guide().into(), checker, treatment, Report::Words(words)))
}

#[test]
fn known_phrases_get_the_expected_urgency_and_effects() {
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

/// The phrases were written by a safety reviewer. The first column of the file gives the urgency that the reviewer expected: `E` (emergency), `S`
/// (same day) or `N` (next visit). `E` requires an answer of `Now` or `Emergency`. `S` and `N` both require `SameDay` or sooner, because no answer is
/// later than that. If there are two letters, an answer is too late if it's later than the first one allows. An answer is too soon if it says to call
/// now although no letter is `E`. If a `?` follows, the answer may be too late, but at most `MAX_TOO_LATE` of these answers are.
///
/// Like the other phrases in `data/`, these protect against regressions. They don't measure quality, because the words in the guide were chosen to
/// match them.
#[test]
fn reviewed_phrases_are_urgent_enough_except_known_failures() {
    const MAX_TOO_LATE: usize = 3;
    // Most of these answers are correct: since the review, the guide has become stricter about symptoms such as a cough on chemotherapy, bleeding,
    // and muscle pain on trabectedin.
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
    println!(
        "of {all} phrases, {known} are known failures that are too late, and {soon} say to call now although that isn't needed"
    );
    assert!(late.is_empty(), "{}", late.join("\n"));
    assert!(known <= MAX_TOO_LATE && soon <= MAX_TOO_SOON, "{known} known failures are too late, {soon} answers are too soon");
}

/// Returns the latest urgency that a letter allows.
fn latest(letter: char) -> Urgency {
    match letter {
        'E' => Urgency::Now,
        'S' | 'N' => Urgency::SameDay,
        other => panic!("{other}"),
    }
}

#[test]
fn every_effect_is_found_by_its_names_with_at_least_its_own_urgency() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    for (index, effect) in guide.effects.iter().enumerate() {
        for words in names(effect) {
            let found = find(&checker, None, words);
            assert!(found.urgency <= effect.urgency, "{words} ({}): {:?}", effect.id, found.urgency);
            assert!(found.effects.contains(&EffectId::new(index)), "{words} ({}) isn't found", effect.id);
        }
    }
}

fn names(effect: &Effect) -> impl Iterator<Item = &String> {
    std::iter::once(&effect.name).chain(&effect.synonyms)
}

/// Returns the sentences that every answer starts with, in order.
fn beginning(guide: &Guide) -> Vec<&str> {
    let check = guide.symptom_check.as_ref().expect("a symptom check");
    let flags = check.red_flags.iter().map(|flag| &flag.statement);
    let crisis = check.crisis.as_ref().expect("help in a crisis");
    flags.chain([&check.unsure, &crisis.always]).map(|statement| statement.text.as_str()).collect()
}

/// Returns whether an answer starts with the signs of an emergency, whom to call when unsure, and the crisis line. Only the section on a crisis may
/// come before them.
fn starts_with_the_emergency_signs(guide: &Guide, text: &str) -> bool {
    let head = format!("## {}", urgency_name(guide.into(), Urgency::Emergency));
    // In a crisis (the person may harm themselves), the section on the crisis comes first.
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
fn every_answer_starts_with_the_emergency_signs_and_never_says_to_wait_until_the_next_visit() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let next_visit = urgency_name((&guide).into(), Urgency::NextVisit);
    let odd = ["", " ", "a", "?!", "\u{0}\u{202e}", "schmerzen", "bit tired", "hair loss", "my elbow is odd", "lump", "suicide"];
    let cases = cases();
    let long = "pain ".repeat(400);
    let words = cases.iter().map(|case| case.words.as_str()).step_by(7).chain(odd).chain([long.as_str()]);
    let treatments = (0..guide.treatments.len()).map(TreatmentId::new).map(Some).chain([None]);
    let treatments: Vec<Option<TreatmentId>> = treatments.collect();
    for (index, words) in words.enumerate() {
        // Try some of the odd phrases with every treatment, and the other phrases with every ninth treatment.
        let all = odd.contains(&words) && index % 3 == 0;
        for treatment in treatments.iter().skip(if all { 0 } else { index % 9 }).step_by(if all { 1 } else { 9 }) {
            assert!(find(&checker, *treatment, words).urgency <= LATEST, "{words:?}");
            let text = answer(&checker, *treatment, words);
            assert!(starts_with_the_emergency_signs(&guide, &text), "{words:?} on {treatment:?}: {text}");
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
fn an_effect_that_was_chosen_from_a_list_gets_its_urgency_during_the_treatment() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let hair = guide.effect("hair_loss").expect("an effect");
    let chosen =
        |treatment: &str| markdown(&document(checker.guide().into(), &checker, guide.treatment(treatment), Report::Chosen(hair)));
    assert!(chosen("doxorubicin").contains(&urgency_name((&guide).into(), Urgency::NextVisit)));
    assert!(starts_with_the_emergency_signs(&guide, &chosen("doxorubicin")));
    assert!(!chosen("pembrolizumab").contains(&urgency_name((&guide).into(), Urgency::NextVisit)));
}

#[test]
fn answers_to_known_wordings_start_with_the_emergency_signs_and_name_no_misleading_effect() {
    const MAX_WRONG: usize = 1;
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let (mut all, mut recognized, mut emergencies, mut named, mut wrong) = (0, 0, 0, 0, Vec::new());
    for [kind, treatment, words, forbidden] in wordings() {
        let treatment = guide.treatment(treatment);
        let found = find(&checker, treatment, words);
        let text = answer(&checker, treatment, words);
        assert!(starts_with_the_emergency_signs(&guide, &text), "{words}: {text}");
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
        "{all} answers start with the emergency signs, {recognized} of {emergencies} emergencies are recognized, {} of {named} named effects mislead",
        wrong.len()
    );
    assert!(wrong.len() <= MAX_WRONG, "{}", wrong.join("\n"));
    assert!(all == 40 && recognized >= 4, "{all} wordings instead of 40, or only {recognized} recognized emergencies");
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
    // A phrase with a sign, an effect or a crisis counts as recognized.
    for words in ["a lump under my scar", "fever", "hair loss", "skin rash", "tiredness", "I want to kill myself", "chest pain"] {
        let found = find(&checker, None, words);
        let text = answer(&checker, None, words);
        assert!(found.recognized.is_some() && !text.contains(&check.not_recognized.text), "{words}: {text}");
        assert!(!text.contains("We don't recognize this"), "{words}: {text}");
    }
}

#[test]
fn a_wish_to_die_is_answered_with_the_crisis_line_first_and_without_side_effects() {
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
        let (first, _) = text.split_once(&urgency_name((&guide).into(), Urgency::Emergency)).expect("the emergency signs");
        assert!(first.starts_with(&format!("## {}", crisis.name)) && first.contains("988") && first.contains("911"), "{text}");
        assert!(text.contains(&crisis.name) && text.contains("988") && text.contains("911"), "{words}: {text}");
    }
    let text = answer(&checker, None, "I want to kill myself, and my chest hurts");
    assert!(text.contains(&crisis.name) && text.contains("Chest pain that is new"), "{text}");
    assert!(!find(&checker, None, "the waiting is killing me").crisis);
}

#[test]
fn an_answer_about_a_new_lump_mentions_a_possible_recurrence_before_side_effects() {
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
            let position = |what: &str| text.find(what);
            let lump = position("can mean that the cancer has come back").unwrap_or_else(|| panic!("{words}: {text}"));
            assert!(position("What it may be").is_none_or(|effects| lump < effects), "{words}: {text}");
        }
    }
    let texts = guide.symptom_check.iter().flat_map(|check| &check.know).map(|statement| &statement.text);
    assert!(texts.into_iter().all(|text| !text.contains("does not have to mean")));
    assert!(find(&checker, None, "goose bumps").signs.is_empty());
}

#[test]
fn a_mild_effect_next_to_a_more_urgent_one_never_delays_the_call() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let treatment = guide.treatment("doxorubicin");
    let mild: Vec<&str> =
        guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit).map(|effect| effect.name.as_str()).collect();
    let urgent = guide.effects.iter().filter(|effect| effect.urgency != Urgency::NextVisit);
    let mut wrong = Vec::new();
    for (index, effect) in urgent.enumerate() {
        for mild in [mild[index % mild.len()], mild[(index + 7) % mild.len()]] {
            let words = format!("{mild} and {}", effect.name);
            let found = find(&checker, treatment, &words);
            if found.urgency > effect.urgency {
                wrong.push(format!("{words}: {}, alone {}", found.urgency.id(), effect.urgency.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases are wrong: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mild_effect_with_an_abnormal_temperature_needs_a_call_now() {
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
fn every_text_about_fever_has_the_same_threshold_of_38_degrees() {
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
        // The threshold is 38 °C, which is 100.4 °F. A text with only one of the units, or with 100.5 °F, is wrong.
        let whole = text.contains("100.4 °F (38 °C) or higher") || text.contains("38 °C (100.4 °F) or more");
        assert!(whole && !text.contains("100.5"), "{text}");
    }
    assert!(count > 15, "{count}");
}

/// Returns phrases that people may write: all names of effects, and the phrases of signs that apply to every treatment, if they consist of plain
/// words.
fn written(guide: &Guide) -> Vec<String> {
    let effects = guide.effects.iter().flat_map(names).cloned();
    let signs = guide.symptom_check.iter().flat_map(|check| &check.recognized_signs).filter(|sign| sign.effects.is_empty());
    let signs = signs.flat_map(|sign| &sign.words).filter_map(plain);
    effects.chain(signs).collect()
}

/// Returns the words of a pattern. Returns `None` if it contains a number or alternatives.
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
    assert!(wrong.is_empty(), "{} phrases are wrong: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_misspelling_of_a_long_word_never_makes_the_answer_less_urgent() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let exact = &guide.symptom_check.as_ref().expect("a symptom check").exact_words;
    let mut wrong = Vec::new();
    for words in written(&guide).iter().step_by(2) {
        let alone = find(&checker, None, words).urgency;
        let parts: Vec<&str> = words.split(' ').collect();
        for (index, part) in parts.iter().enumerate() {
            // The check tolerates misspellings only in words of five or more characters, and only after the first letter.
            if part.chars().count() < 5 || !part.chars().all(char::is_alphabetic) {
                continue;
            }
            for slip in misspellings(part) {
                if exact.contains(&slip.to_lowercase()) {
                    continue;
                }
                let mut parts = parts.clone();
                parts[index] = &slip;
                let slipped = parts.join(" ");
                if find(&checker, None, &slipped).urgency > alone {
                    wrong.push(format!("{words}: {slipped}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases are wrong: {}", wrong.len(), wrong.join("\n"));
}

/// Returns misspellings of a word: with a letter in the middle left out, with two letters swapped, and with one letter doubled.
fn misspellings(word: &str) -> [String; 3] {
    let letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    let without = letters.iter().enumerate().filter(|(index, _)| *index != middle).map(|(_, letter)| *letter).collect();
    let mut swapped = letters.clone();
    swapped.swap(middle, middle - 1);
    let mut doubled = letters.clone();
    doubled.insert(middle, letters[middle]);
    [without, swapped.into_iter().collect(), doubled.into_iter().collect()]
}

#[test]
fn swapping_the_two_words_of_an_effects_name_never_makes_the_answer_less_urgent() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let stop_words = &guide.symptom_check.as_ref().expect("a symptom check").stop_words;
    let mut wrong = Vec::new();
    for words in guide.effects.iter().flat_map(names) {
        if let [first, second] = words.split(' ').collect::<Vec<_>>()[..] {
            // A name with a stop word, such as `the runs`, has a fixed order.
            let is_fixed = [first, second].iter().any(|word| stop_words.contains(&word.to_lowercase()));
            let swapped = format!("{second} {first}");
            if !is_fixed && find(&checker, None, &swapped).urgency > find(&checker, None, words).urgency {
                wrong.push(swapped);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_symptoms_are_never_less_urgent_than_the_more_urgent_one_alone() {
    let guide = sarcoguide_bundled::guide();
    let checker = Checker::new(guide.clone());
    let cases = cases();
    let alone: Vec<Urgency> = cases.iter().map(|case| find(&checker, None, &case.words).urgency).collect();
    let mut wrong = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        for step in [1, 17, 101] {
            let next = (index + step) % cases.len();
            let both = format!("{} and {}", case.words, cases[next].words);
            if find(&checker, None, &both).urgency > alone[index].min(alone[next]) {
                wrong.push(both);
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases are wrong: {}", wrong.len(), wrong.join("\n"));
}
