//! The symptom check on what people may write: never told to call later than the case allows.

use sarcoguide_model::{Effect, EffectId, Guide, Urgency, Wording};
use sarcoguide_report::symptom::{Checker, document};
use sarcoguide_report::text::markdown;
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

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("data/symptoms.toml")).expect("TOML");
    cases.case
}

#[test]
fn a_symptom_is_answered_with_what_fits_and_never_too_late() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let mut wrong = Vec::new();
    for case in cases() {
        let treatment = case.treatment.as_ref().map(|id| guide.treatment(id).unwrap_or_else(|| panic!("no treatment {id}")));
        let found = checker.find(treatment, &case.words);
        let fits: Vec<&str> = found.fits.iter().map(|fit| guide.effects[fit.effect.index()].id.as_str()).collect();
        let missing: Vec<&String> = case.fits.iter().filter(|id| !fits.contains(&id.as_str())).collect();
        if found.urgency.id() != case.urgency || !missing.is_empty() {
            wrong.push(format!("{:?}: {}, unsure {}, fits {fits:?}", case.words, found.urgency.id(), found.unsure));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a safety reviewer wrote, with how soon it needs an answer: `E`, `S` or `N`, a second letter where a later one would do too, and `?` where the check is
/// known to be too late. Words that are added to the guide for one of these must not be taken as a measure of it.
#[test]
fn what_a_reviewer_wrote_is_not_answered_too_late_but_for_what_is_known() {
    const MOST_TOO_LATE: usize = 3;
    const MOST_TOO_SOON: usize = 19;
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let (mut late, mut known, mut soon, mut all) = (Vec::new(), 0, 0, 0);
    for line in include_str!("data/symptoms_reviewed.tsv").lines() {
        let [expected, treatment, words] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let allowed: Vec<Urgency> = expected.trim_end_matches('?').chars().map(urgency).collect();
        let found = checker.find(guide.treatment(treatment), words).urgency;
        all += 1;
        if found > allowed[0] {
            match expected.ends_with('?') {
                true => known += 1,
                false => late.push(format!("{words:?} on {treatment}: {}", found.id())),
            }
        }
        soon += usize::from(found == Urgency::Emergency && allowed.last() > Some(&Urgency::Emergency));
    }
    println!("of {all}: {known} known to be too late, {soon} emergencies too many");
    assert!(late.is_empty(), "{}", late.join("\n"));
    assert!(known <= MOST_TOO_LATE && soon <= MOST_TOO_SOON, "{known} too late, {soon} too soon");
}

fn urgency(letter: char) -> Urgency {
    match letter {
        'E' => Urgency::Emergency,
        'S' => Urgency::SameDay,
        'N' => Urgency::NextVisit,
        other => panic!("{other}"),
    }
}

#[test]
fn every_effect_is_found_by_its_own_name_and_called_for_no_later_than_it_says() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    for (place, effect) in guide.effects.iter().enumerate() {
        for words in names(effect) {
            let found = checker.find(None, words);
            assert!(found.urgency <= effect.urgency, "{words} ({}): {:?}", effect.id, found.urgency);
            let listed = found.fits.iter().any(|fit| fit.effect == EffectId::new(place));
            assert!(listed || found.fits.len() >= 6, "{words} ({}) is not among what fits", effect.id);
        }
    }
}

fn names(effect: &Effect) -> impl Iterator<Item = &String> {
    std::iter::once(&effect.name).chain(&effect.also)
}

#[test]
fn whatever_is_written_the_answer_says_whether_to_call() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let check = guide.symptom_check.as_ref().expect("a symptom check");
    for words in ["", " ", "a", "?!", "\u{0}\u{202e}", "schmerzen", &"pain ".repeat(400)] {
        let found = checker.find(None, words);
        assert!(found.urgency <= Urgency::SameDay || !found.unsure, "{words:?}");
        let text = markdown(&guide, &document(&checker, None, words));
        let names = check.urgencies.iter().map(|urgency| &urgency.name).chain([&check.unsure.any]);
        assert!(names.into_iter().any(|name| text.starts_with(&format!("## {name}"))), "{words:?}: {text}");
    }
}

/// Every sentence of the guide that tells to call at that urgency.
fn calls(guide: &Guide, urgency: Urgency) -> Vec<&str> {
    let calls = guide.effects.iter().flat_map(|effect| &effect.calls).filter(|call| call.urgency == urgency);
    calls.map(|call| call.statement.text.as_str()).collect()
}

#[test]
fn an_emergency_is_answered_with_one_instruction_and_doubt_with_the_signs_first() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let check = guide.symptom_check.as_ref().expect("a symptom check");
    for (treatment, words) in [("pazopanib", "yellow skin"), ("doxorubicin", "fever"), ("pembrolizumab", "chest pain and rash")] {
        let text = markdown(&guide, &document(&checker, guide.treatment(treatment), words));
        assert_eq!(check.calls.iter().filter(|call| text.contains(&call.name)).count(), 1, "{text}");
        for later in [Urgency::SameDay, Urgency::NextVisit].into_iter().flat_map(|later| calls(&guide, later)) {
            assert!(!text.contains(later), "{words}: {later}");
        }
    }
    let text = markdown(&guide, &document(&checker, None, "my elbow is odd"));
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in {text}"));
    assert!(text.starts_with(&format!("## {}", check.unsure.any)), "{text}");
    assert!(place(&check.signs[0].statement.text) < place(&check.unsure.none), "{text}");
}

#[test]
fn a_mild_effect_named_beside_a_grave_one_never_delays_the_call() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let treatment = guide.treatment("doxorubicin");
    let mild: Vec<&str> =
        guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit).map(|effect| effect.name.as_str()).collect();
    let grave = guide.effects.iter().filter(|effect| effect.urgency != Urgency::NextVisit);
    let mut wrong = Vec::new();
    for (place, effect) in grave.enumerate() {
        for mild in [mild[place % mild.len()], mild[(place + 7) % mild.len()]] {
            let words = format!("{mild} and {}", effect.name);
            let found = checker.find(treatment, &words);
            if found.urgency > effect.urgency {
                wrong.push(format!("{words}: {}, alone {}", found.urgency.id(), effect.urgency.id()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mild_effect_with_the_figure_of_a_fever_is_an_emergency() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    for effect in guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit) {
        for figure in ["39", "38.5 C", "and 101.5", "at 103 F"] {
            let words = format!("{} {figure}", effect.name);
            assert_eq!(checker.find(None, &words).urgency, Urgency::Emergency, "{words}");
        }
        let counted = checker.find(guide.treatment("doxorubicin"), &format!("{} 5", effect.name));
        assert!(counted.urgency <= Urgency::SameDay, "{} 5", effect.name);
    }
}

/// What people write in full words: names of effects, and signs that need no group.
fn written(guide: &Guide) -> Vec<String> {
    let effects = guide.effects.iter().flat_map(names).cloned();
    let signs = guide.symptom_check.iter().flat_map(|check| &check.signs).filter(|sign| sign.effects.is_empty());
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
fn words_that_tell_nothing_never_make_the_answer_later() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let mut wrong = Vec::new();
    let cases = cases().into_iter().map(|case| case.words);
    for words in written(&guide).into_iter().step_by(2).chain(cases) {
        let alone = checker.find(None, &words).urgency;
        for filled in [
            format!("I really think I have {words}"),
            format!("{words} since yesterday, please help"),
            format!("my daughter says it is {words} again today"),
        ] {
            if checker.find(None, &filled).urgency > alone {
                wrong.push(filled);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_slip_in_a_long_word_never_makes_the_answer_later() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let own = &guide.symptom_check.as_ref().expect("a symptom check").own_words;
    let mut wrong = Vec::new();
    for words in written(&guide).iter().step_by(2) {
        let alone = checker.find(None, words).urgency;
        let parts: Vec<&str> = words.split(' ').collect();
        for (place, part) in parts.iter().enumerate() {
            // What is not all letters is no word that one mistypes; the first letter is taken as right.
            if part.chars().count() < 5 || !part.chars().all(char::is_alphabetic) {
                continue;
            }
            for slip in slips(part) {
                if own.contains(&slip.to_lowercase()) {
                    continue;
                }
                let mut parts = parts.clone();
                parts[place] = &slip;
                let slipped = parts.join(" ");
                if checker.find(None, &slipped).urgency > alone {
                    wrong.push(format!("{words}: {slipped}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

/// A letter in the middle left out, two exchanged, one doubled.
fn slips(word: &str) -> [String; 3] {
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
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let mut wrong = Vec::new();
    for words in guide.effects.iter().flat_map(names) {
        if let [first, second] = words.split(' ').collect::<Vec<_>>()[..] {
            let turned = format!("{second} {first}");
            if checker.find(None, &turned).urgency > checker.find(None, words).urgency {
                wrong.push(turned);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_symptoms_are_never_answered_later_than_the_sooner_one_alone() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let cases = cases();
    let alone: Vec<Urgency> = cases.iter().map(|case| checker.find(None, &case.words).urgency).collect();
    let mut wrong = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        for step in [1, 17, 101] {
            let next = (place + step) % cases.len();
            let both = format!("{} and {}", case.words, cases[next].words);
            if checker.find(None, &both).urgency > alone[place].min(alone[next]) {
                wrong.push(both);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_treatment_page_is_milder_than_the_symptom_check() {
    let guide = sarcoguide_builtin::guide();
    let checker = Checker::new(&guide);
    let mut wrong = Vec::new();
    for (place, treatment) in guide.treatments.iter().enumerate() {
        let id = sarcoguide_model::TreatmentId::new(place);
        let reader = sarcoguide_report::treatment::Reader::Person;
        let text = markdown(&guide, &sarcoguide_report::treatment::page(&guide, id, None, reader));
        let line = |head: &str| text.lines().find(|line| line.contains(head)).unwrap_or_default().to_lowercase();
        let later = [line("Call the team the same day for:"), line("Found by tests:")].concat();
        for used in &treatment.effects {
            let effect = &guide.effects[used.effect.index()];
            let listed = later.contains(&format!("[{}]", effect.name.to_lowercase()))
                || later.split([',', ':']).any(|name| name.trim().trim_end_matches('.') == effect.name.to_lowercase());
            if listed && checker.find(Some(id), &effect.name).urgency == Urgency::Emergency {
                wrong.push(format!("{}: {}", treatment.id, effect.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {}", wrong.len(), wrong.join("\n"));
    let text = |id: &str| {
        let id = guide.treatment(id).expect("a treatment");
        markdown(&guide, &sarcoguide_report::treatment::page(&guide, id, None, sarcoguide_report::treatment::Reader::Person))
    };
    assert!(text("doxorubicin").contains("Found by tests:"));
    let cells = text("afamitresgene_autoleucel");
    let now = cells.lines().find(|line| line.contains("Get help now for:")).unwrap_or_default().to_lowercase();
    assert!(now.contains("fever"), "{cells}");
}
