//! What speaks for one treatment or another at the same time, from the guide's data. It's a table without a ranking.

use std::collections::BTreeSet;

use sarcoguide_model::{EffectUse, Outcome, TreatmentAdvice, Truth};

use super::Page;
use crate::answer::grouping::{Grouping, Whole};
use crate::lines::{conclusion_words, is_harm, is_lasting};
use crate::words::within;
use sarcoguide_document::{Document, Line, Section};
use sarcoguide_text::t;

/// The maximum number of comparisons with other treatments that a cell has.
const COMPARISONS: usize = 2;
/// The maximum number of side effects that a cell names.
const EFFECTS: usize = 3;

impl<'a> Page<'a> {
    /// Adds a folded table for each time with several treatments.
    pub(super) fn differences(&mut self, all: &Grouping<'a>) {
        let (guide, text) = (self.answer.guide, self.answer.guide.text);
        let heads = [
            t!(text, options_difference_treatment),
            t!(text, options_difference_strength),
            t!(text, options_difference_aim),
            t!(text, options_difference_evidence),
            t!(text, options_difference_harms),
            t!(text, options_difference_place),
        ];
        let mut inside = Document::default();
        for (time, here) in all.recommended.iter().filter(|(_, here)| here.len() > 1) {
            inside.paragraph(Line::default().strong(guide[*time].name.clone()));
            let row = |whole: &Whole<'a>| {
                vec![
                    guide[whole.entry.treatment].name.clone(),
                    guide[whole.strength].name.clone(),
                    self.aim(whole),
                    self.evidence(whole.entry),
                    self.harms(whole.entry),
                    self.place(whole.entry),
                ]
            };
            inside.table(&heads.each_ref().map(String::as_str), here.iter().map(row).collect());
        }
        if !inside.blocks.is_empty() {
            let document = &mut self.answer.document;
            document.section(3, t!(text, options_differences), Section::FoldedExtra);
            document.paragraph(Line::default().faint(t!(text, options_differences_order)));
            document.blocks.extend(inside.blocks);
        }
    }

    /// Returns what the treatment is given for at this time.
    fn aim(&self, whole: &Whole<'a>) -> String {
        let guide = self.answer.guide;
        let indications = guide[whole.entry.treatment].indications.iter().zip(&whole.entry.indications);
        let mut intents: Vec<&str> = indications
            .filter(|(indication, truth)| truth.is_true() && indication.timing == whole.time)
            .map(|(indication, _)| guide[indication.intent].name.as_str())
            .collect();
        intents.dedup();
        unique(intents.into_iter().map(str::to_owned)).join("; ")
    }

    /// Returns what the treatment was compared with, and the result.
    fn evidence(&self, entry: &TreatmentAdvice) -> String {
        let (guide, text) = (self.answer.guide, self.answer.guide.text);
        let outcomes = guide.guide[entry.treatment].outcomes.iter().zip(&entry.outcomes);
        let concerning = outcomes.filter(|(outcome, truth)| !truth.is_false() && !is_harm(guide, outcome));
        let outcomes: Vec<&Outcome> = concerning.map(|(outcome, _)| outcome).collect();
        let compared = outcomes.iter().filter_map(|outcome| {
            let comparator = outcome.comparator.as_ref()?;
            let result = conclusion_words(guide, outcome);
            let measure = &guide[outcome.measure].name;
            Some(t!(text, options_compared, measure = measure, comparator = comparator, result = result))
        });
        let compared = unique(compared);
        match (outcomes.is_empty(), compared.is_empty()) {
            (true, _) => t!(text, options_no_figures),
            (false, true) => t!(text, options_figures_alone),
            (false, false) => compared.into_iter().take(COMPARISONS).collect::<Vec<_>>().join("; "),
        }
    }

    /// Returns the serious side effects, and those that may last.
    fn harms(&self, entry: &TreatmentAdvice) -> String {
        let (guide, text) = (self.answer.guide, self.answer.guide.text);
        let names = |wanted: &dyn Fn(&EffectUse) -> bool| {
            let effects = guide.guide[entry.treatment].effects.iter().zip(&entry.effects);
            let wanted = effects.filter(|(effect, truth)| **truth != Truth::False && wanted(effect));
            unique(wanted.map(|(effect, _)| within(&guide[effect.effect].name)))
        };
        let named = |all: &[String]| {
            let (named, others) = all.split_at(all.len().min(EFFECTS));
            t!(text, options_names_and_more, names = named.join(", "), more = others.len())
        };
        let (serious, lasting) = (names(&|effect| effect.serious), names(&is_lasting));
        let mut parts = Vec::new();
        if !serious.is_empty() {
            parts.push(t!(text, options_serious, effects = named(&serious)));
        }
        if !lasting.is_empty() {
            parts.push(t!(text, options_lasting, effects = named(&lasting)));
        }
        if parts.is_empty() { t!(text, options_no_harms) } else { parts.join(" ") }
    }

    /// Returns where the treatment is given, how often and for how long.
    fn place(&self, entry: &TreatmentAdvice) -> String {
        let guide = self.answer.guide;
        let given = guide.guide[entry.treatment].administrations.iter().zip(&entry.administrations);
        let places = given.filter(|(_, truth)| !truth.is_false()).filter_map(|(given, _)| {
            let place = given.setting.map(|setting| guide[setting].name.clone());
            let parts: Vec<String> = place.into_iter().chain(given.schedule.clone()).chain(given.duration.clone()).collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        });
        let places = unique(places);
        if places.is_empty() { t!(guide.text, options_place_not_said) } else { places.join("; ") }
    }
}

/// Returns each text once.
fn unique(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}
