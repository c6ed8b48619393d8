//! Tests the page on one treatment: folding loses no statement, warnings come first, each side effect has one entry, and figures on how long people
//! lived are shown only to people who choose to see them. Also tests the pictures of figures.

use std::collections::BTreeSet;
use std::path::Path;

use sarcoguide_advise::Advisor;
use sarcoguide_compiler::Loaded;
use sarcoguide_document::terminal::{Terminal, text};
use sarcoguide_document::{Array, Block, Document, Line, Section, Shape, Target, Tone};
use sarcoguide_model::{Conclusion, Guide, StatementList, Statistic, Treatment, TreatmentId, Truth, Urgency};
use sarcoguide_views::Answered;
use sarcoguide_views::treatment::{Reader, page};

/// Calls `check` with each treatment's page: without a case, and for a part of the guide's cases. The last argument says which page it is.
fn for_every_page(check: impl Fn(&Guide, TreatmentId, Option<Answered<'_>>, &Document, &str)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guide");
    let files = sarcoguide_bundled::read_folder(&root).expect("the guide should be readable");
    let Loaded { guide, cases, .. } = sarcoguide_compiler::load(&files).loaded.expect("a guide without errors");
    let advisor = Advisor::new(guide.clone());
    let ids = || (0..guide.treatments.len()).map(TreatmentId::new);
    for id in ids() {
        let document = page((&guide).into(), id, None, Reader::Person);
        check(&guide, id, None, &document, &format!("{} without a case", guide[id].id));
    }
    let some: Vec<_> = cases.iter().step_by(cases.len() / 6).collect();
    assert!(some.len() >= 6);
    for entry in some {
        let advice = advisor.answer(&entry.case).expect("a case without contradictions");
        let answered = Answered { case: &entry.case, advice: &advice, preferences: &[] };
        for id in ids() {
            let document = page((&guide).into(), id, Some(answered), Reader::Person);
            check(&guide, id, Some(answered), &document, &format!("{} for {}: {}", guide[id].id, entry.file, entry.name));
        }
    }
}

/// Returns the text of a document on one line, without doubled spaces.
fn words(document: &Document) -> String {
    let text = text(document, Terminal { width: usize::MAX, color: false });
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the part of a document before its first folded section, and the rest.
fn split(document: &Document) -> (Document, Document) {
    let folded = |block: &Block| matches!(block, Block::Heading { section: Section::Folded, .. });
    let at = document.blocks.iter().position(folded).expect("a folded section");
    let (first, rest) = document.blocks.split_at(at);
    (Document { blocks: first.to_vec() }, Document { blocks: rest.to_vec() })
}

/// Returns the lines of a document, also of those inside pictures and columns.
fn lines(document: &Document) -> Vec<&Line> {
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } | Block::Paragraph(line) => found.push(line),
            Block::Points { lines, .. } => found.extend(lines),
            Block::Facts(facts) => found.extend(facts.iter().map(|(_, line)| line)),
            Block::Lead(line) | Block::ToFill { line, .. } => found.push(line),
            Block::Card(_) | Block::Row(_) | Block::Fold { .. } | Block::Comparison(_) => panic!("not on this page"),
            Block::People { .. } | Block::Picture { .. } | Block::Table { .. } | Block::Sources { .. } => {}
        }
    }
    found
}

fn targets(document: &Document) -> impl Iterator<Item = &Target> {
    lines(document).into_iter().flat_map(|line| &line.0).filter_map(|piece| piece.to.as_ref())
}

/// Returns every sentence of the guide that the page on a treatment has to contain, with what it is. For a case, these are the sentences that apply or
/// may apply to it.
fn sentences(
    guide: &Guide,
    treatment: &Treatment,
    id: TreatmentId,
    answered: Option<Answered<'_>>,
) -> Vec<(&'static str, String)> {
    let entry = answered.map(|answered| &answered.advice[id]);
    let is_judged = answered.is_none_or(|answered| !answered.advice.scope.covered.is_false() || treatment.any_scope);
    let applies =
        |truths: Option<&Vec<Truth>>, index: usize| truths.is_none_or(|truths| truths.get(index) != Some(&Truth::False));
    let mut all: Vec<(&str, String)> = vec![("summary", treatment.summary.clone()), ("name", treatment.name.clone())];
    for list in StatementList::ALL {
        all.extend(treatment.list(list).iter().map(|statement| (list.id(), statement.text.clone())));
    }
    for (index, indication) in treatment.indications.iter().enumerate() {
        all.push(("indication", indication.sentence(Truth::Unknown).to_owned()));
        let truth = entry.and_then(|entry| entry.indications.get(index).copied()).filter(|truth| is_judged && !truth.is_false());
        all.extend(truth.map(|truth| ("reason", indication.sentence(truth).to_owned())));
    }
    for (index, one) in treatment.contraindications.iter().enumerate() {
        if is_judged && applies(entry.map(|entry| &entry.contraindications), index) {
            all.push(("contraindication", one.text.clone()));
            all.extend(one.instead.clone().map(|text| ("alternative", text)));
        }
    }
    for (index, one) in treatment.precautions.iter().enumerate() {
        if is_judged && applies(entry.map(|entry| &entry.precautions), index) {
            all.push(("precaution", one.text.clone()));
        }
    }
    all.extend(treatment.availability.iter().map(|one| ("availability", one.statement.text.clone())));
    for phase in &treatment.phases {
        all.push(("phase", phase.statement.text.clone()));
        all.extend([&phase.starts, &phase.schedule, &phase.lasts].into_iter().flatten().map(|text| ("phase", text.clone())));
    }
    for (index, one) in treatment.administrations.iter().enumerate() {
        if applies(entry.map(|entry| &entry.administrations), index) {
            all.push(("administration", one.statement.text.clone()));
            all.extend([&one.schedule, &one.duration].into_iter().flatten().map(|text| ("administration", text.clone())));
        }
    }
    for (index, outcome) in treatment.outcomes.iter().enumerate() {
        if applies(entry.map(|entry| &entry.outcomes), index) {
            all.push(("outcome", outcome.text.clone()));
            all.push(("outcome", guide[outcome.measure].name.clone()));
            let details =
                [&outcome.at, &outcome.interval, &outcome.comparator, &outcome.comparator_interval, &outcome.difference];
            let others = [&outcome.p, &outcome.trial];
            all.extend(details.into_iter().chain(others).flatten().map(|text| ("outcome", text.clone())));
            let whom = outcome.population.as_ref().map(|text| text.trim_end_matches('.').to_owned());
            all.extend(whom.map(|text| ("outcome", text)));
            let figures = [Some(&outcome.value), outcome.comparator_value.as_ref()];
            all.extend(figures.into_iter().flatten().map(|figure| ("outcome", figure.written.clone())));
        }
    }
    for (index, effect) in treatment.effects.iter().enumerate() {
        if applies(entry.map(|entry| &entry.effects), index) {
            all.push(("effect", guide[effect.effect].name.clone()));
            all.extend(effect.text.clone().map(|text| ("effect", text)));
        }
    }
    all.extend(treatment.required_tests.iter().map(|test| ("test", test.statement.text.clone())));
    all
}

#[test]
fn folding_loses_no_statement() {
    for_every_page(|guide, id, answered, document, place| {
        let words = words(document);
        for (what, sentence) in sentences(guide, &guide[id], id, answered) {
            let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(&sentence), "{what} {sentence:?} isn't on the page of {place}");
        }
    });
}

#[test]
fn warnings_come_before_everything_that_is_folded() {
    let warned = std::cell::Cell::new(0);
    for_every_page(|guide, id, answered, document, place| {
        let (first, rest) = split(document);
        let (treatment, words) = (&guide[id], words(&first));
        let is_judged = answered.is_none_or(|answered| !answered.advice.scope.covered.is_false() || treatment.any_scope);
        let truth = |index: usize, of: &dyn Fn(&sarcoguide_model::TreatmentAdvice) -> Vec<Truth>| {
            answered.map(|answered| of(&answered.advice[id])[index])
        };
        let mut expected: Vec<&str> = Vec::new();
        for (index, one) in treatment.contraindications.iter().enumerate() {
            if is_judged && truth(index, &|entry| entry.contraindications.clone()) == Some(Truth::True) {
                expected.push(&one.text);
            }
        }
        for (index, one) in treatment.precautions.iter().enumerate() {
            let truth = truth(index, &|entry| entry.precautions.clone());
            let holds = truth == Some(Truth::True) && !one.is_for_everyone();
            if is_judged && (holds || one.warning && truth != Some(Truth::False)) {
                expected.push(&one.text);
            }
        }
        if treatment.is_withdrawn() {
            expected.extend(treatment.availability.iter().map(|one| one.statement.text.as_str()));
        }
        for text in &expected {
            assert!(words.contains(text), "{text:?} isn't first on the page of {place}");
            warned.set(warned.get() + 1);
        }
        // The effects that the strongest warning on the label names are links in the first section.
        let heading = first.blocks.iter().position(|block| matches!(block, Block::Heading { section: Section::Warning, .. }));
        assert!(heading.is_some() || expected.is_empty(), "{place}");
        for (index, effect) in treatment.effects.iter().enumerate().filter(|(_, effect)| effect.warning) {
            if answered.is_none_or(|answered| answered.advice[id].effects[index] != Truth::False) {
                let list = &first.blocks[heading.expect("a warning") + 1];
                let linked = Target::EffectEntry(guide[effect.effect].id.clone());
                let list = Document { blocks: vec![list.clone()] };
                assert!(targets(&list).any(|target| *target == linked), "{place}");
            }
        }
        assert!(!rest.blocks.iter().any(|block| matches!(block, Block::Heading { section: Section::Warning, .. })), "{place}");
    });
    assert!(warned.get() > 50, "{}", warned.get());
}

#[test]
fn each_side_effect_has_one_entry_and_the_first_screen_links_to_it() {
    for_every_page(|guide, id, answered, document, place| {
        let treatment = &guide[id];
        let (first, rest) = split(document);
        let of_entry = |target: &Target| match target {
            Target::EffectOfEntry(id) => Some(id.clone()),
            _ => None,
        };
        let mut entries: Vec<String> = targets(&rest).filter_map(of_entry).collect();
        let concerns = |index: usize| answered.is_none_or(|answered| answered.advice[id].effects[index] != Truth::False);
        let concerning = treatment.effects.iter().enumerate().filter(|(index, _)| concerns(*index));
        let mut effects: Vec<String> = concerning.map(|(_, effect)| guide[effect.effect].id.clone()).collect();
        entries.sort_unstable();
        effects.sort_unstable();
        assert_eq!(entries, effects, "{place}");
        assert_eq!(targets(&first).filter_map(of_entry).count(), 0, "{place}");
        let mut named = BTreeSet::new();
        for target in targets(&first) {
            if let Target::EffectEntry(effect) = target {
                assert!(entries.contains(effect), "{effect} has no entry on the page of {place}");
                named.insert(effect.clone());
            }
        }
        // Every effect to call about is on the first screen.
        for effect in effects {
            let effect = guide.effect(&effect).expect("an effect");
            let urgency = guide.effect_urgency(effect, Some(id));
            let is_felt = urgency < Urgency::SameDay || !guide[effect].found_by_test;
            if urgency <= Urgency::SameDay && is_felt {
                assert!(named.contains(&guide[effect].id), "{} isn't on the first screen of {place}", guide[effect].id);
            }
        }
        assert!(!targets(&rest).any(|target| matches!(target, Target::EffectEntry(_))), "{place}");
    });
}

#[test]
fn how_long_people_lived_is_in_a_part_that_people_choose_to_open() {
    let found = std::cell::Cell::new(0);
    for_every_page(|guide, id, _, document, place| {
        let mut is_chosen = false;
        for block in &document.blocks {
            if let Block::Heading { level: ..=2, section, line } = block {
                is_chosen = *section == Section::Folded && line.bare() == "How long people lived, if you want to know";
            }
            let one = Document { blocks: vec![block.clone()] };
            let words = words(&one);
            for outcome in guide[id].outcomes.iter().filter(|outcome| guide[outcome.measure].by_choice) {
                let is_shown = words.contains(&outcome.text)
                    && !guide[id].outcomes.iter().any(|other| !guide[other.measure].by_choice && other.text == outcome.text);
                assert!(!is_shown || is_chosen, "{:?} is open on the page of {place}", outcome.text);
                found.set(found.get() + usize::from(is_shown));
            }
            if is_chosen {
                assert!(!matches!(block, Block::People { .. }), "it is drawn on the page of {place}");
            }
        }
    });
    assert!(found.get() > 100, "{}", found.get());
}

#[test]
fn a_picture_shows_100_people_and_never_calls_a_difference_real_that_the_source_does_not() {
    let seen = std::cell::RefCell::new(BTreeSet::new());
    for_every_page(|guide, id, answered, document, place| {
        if answered.is_some() {
            return;
        }
        for block in &document.blocks {
            let Block::People { title, groups, array } = block else { continue };
            let Array { difference, tone, shares, caption } = array;
            assert_eq!(shares.iter().map(|share| u32::from(share.count)).sum::<u32>(), 100, "{title} on {place}");
            for share in shares {
                let differs = matches!(share.shape, Shape::Fewer | Shape::More) && share.count > 0;
                assert!(!differs || share.certain == (*tone != Tone::Neutral), "{title} on {place}");
                assert!(differs || share.count == 0 || share.certain, "{title} on {place}");
            }
            if groups.len() == 2 {
                let words = format!("{} {}", difference.bare(), caption.bare());
                let is_hedged = words.contains("couldn't show a difference")
                    || words.contains("doesn't say whether the difference could be chance")
                    || words.contains("don't show whether the difference could be chance")
                    || words.contains("same in both groups");
                assert_eq!(is_hedged, *tone == Tone::Neutral, "{title} on {place}: {words}");
                seen.borrow_mut().insert((format!("{tone:?}"), words.contains("couldn't show")));
            }
        }
        for outcome in &guide[id].outcomes {
            let is_rate = outcome.statistic.is_none_or(|statistic| statistic == Statistic::Rate);
            let is_drawn = is_rate && !guide[outcome.measure].by_choice && outcome.value.of_100_people().is_some();
            let compared = outcome.comparator_value.as_ref().and_then(|value| value.of_100_people());
            let Some(((low, high), (least, most))) = outcome.value.of_100_people().filter(|_| is_drawn).zip(compared) else {
                continue;
            };
            if low != high || least != most {
                continue;
            }
            let event = guide[outcome.measure].event.clone().expect("an event");
            let has_tone = match outcome.conclusion {
                Conclusion::Better => Tone::Better,
                Conclusion::Worse => Tone::Worse,
                Conclusion::NoDifferenceShown | Conclusion::NotCompared => Tone::Neutral,
            };
            let matches = |block: &Block| match block {
                Block::People { title, groups, array } => {
                    *title == event
                        && groups
                            .iter()
                            .map(|group| (i64::from(group.low), i64::from(group.high)))
                            .eq([(low, high), (least, most)])
                        && array.tone == has_tone
                        && (low == least || array.difference.bare().contains(&format!("{} ", (low - least).abs())))
                        && (low >= least || array.difference.bare().contains("fewer in 100"))
                        && (low <= least || array.difference.bare().contains("more in 100"))
                }
                _ => false,
            };
            assert!(document.blocks.iter().any(matches), "{:?} has no picture on the page of {place}", outcome.text);
        }
    });
    assert!(seen.borrow().len() >= 4, "{seen:?}");
}
