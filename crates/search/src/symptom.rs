//! Decides how soon to call about a symptom, and finds the side effects that a text names. When unsure, it errs on the side of safety.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sarcoguide_model::{Effect, EffectId, Guide, RecognizedSign, SymptomCheck, TreatmentId, Urgency};

pub(crate) mod text;

use text::{Name, SymptomText};

/// The maximum length of a text, in characters. Callers must reject longer texts, not cut them off.
pub const MAX_CHARACTERS: usize = 2000;

/// The least urgent answer to a text. The program may misunderstand a text, so it never tells a person to call later than this.
pub const LATEST: Urgency = Urgency::SameDay;

/// A symptom that a person reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report<'a> {
    /// A description in the person's own words.
    Words(&'a str),
    /// A side effect that the person chose from a list.
    Chosen(EffectId),
}

/// The answer to a report: how soon to call, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct SymptomAnswer {
    /// How soon to call. For a chosen side effect, this is its urgency. For a report in words, it's the most urgent of everything that was
    /// recognized, of the urgency floors for any symptom, and of [`LATEST`]. The floors are those of the treatment, or of all treatments if it's
    /// unknown.
    pub urgency: Urgency,
    /// How soon to call because of what was recognized alone, or `None` if nothing was recognized.
    pub recognized: Option<Urgency>,
    /// Whether the report says that the person may harm themselves.
    pub crisis: bool,
    /// The signs that were recognized, the most urgent first, as indexes into [`SymptomCheck::recognized_signs`].
    pub signs: Vec<usize>,
    /// The side effects that the person named or chose, the most urgent first.
    pub effects: Vec<EffectId>,
}

/// A guide's symptom check. Create it once: it prepares the names of all effects, so that each check is fast.
#[derive(Clone, Debug)]
pub struct Checker {
    guide: Arc<Guide>,
    /// Every name of every effect.
    names: Vec<(EffectId, Name)>,
    /// The words that these names are matched by. None of them counts as a misspelling of another word.
    name_words: BTreeSet<String>,
}

/// Returns the names of an effect, without explanations in parentheses.
fn names(effect: &Effect) -> impl Iterator<Item = &str> {
    let all = std::iter::once(&effect.name).chain(&effect.synonyms).chain(&effect.term);
    all.map(|name| name.split(" (").next().unwrap_or(name))
}

impl Checker {
    /// Prepares the symptom check of a guide.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>) -> Self {
        let guide = guide.into();
        let check = guide.symptom_check.as_ref();
        let stop_words = check.map_or(&[][..], |check| &check.stop_words);
        let mut names_of_all = Vec::new();
        for (index, effect) in guide.effects.iter().enumerate() {
            names_of_all.extend(names(effect).map(|name| (EffectId::new(index), Name::new(name, stop_words))));
        }
        let name_words = names_of_all.iter().flat_map(|(_, name)| name.wanted().iter().cloned()).collect();
        Self { guide, names: names_of_all, name_words }
    }

    /// Returns the guide.
    #[must_use]
    pub fn guide(&self) -> &Arc<Guide> {
        &self.guide
    }

    /// Returns the guide's texts and rules for symptoms, or `None` if the guide has no symptom check.
    #[must_use]
    pub fn symptom_check(&self) -> Option<&SymptomCheck> {
        self.guide.symptom_check.as_ref()
    }

    /// Decides how soon the person should call, and finds what the report mentions. `treatment` is the treatment that the person gets, or `None` if
    /// it's unknown.
    #[must_use]
    pub fn find(&self, treatment: Option<TreatmentId>, report: Report) -> SymptomAnswer {
        match report {
            Report::Words(words) => self.find_words(treatment, words),
            Report::Chosen(effect) => {
                let urgency = self.guide.effect_urgency(effect, treatment);
                SymptomAnswer { urgency, recognized: Some(urgency), crisis: false, signs: Vec::new(), effects: vec![effect] }
            }
        }
    }

    fn find_words(&self, treatment: Option<TreatmentId>, words: &str) -> SymptomAnswer {
        let mut text = SymptomText::new(words, self.symptom_check());
        // Remove the words about self-harm, so that a wish to "not wake up" isn't also taken as a sign of being hard to wake.
        let crisis =
            self.symptom_check().and_then(|check| check.crisis.as_ref()).is_some_and(|crisis| text.remove_words(&crisis.words));
        let mut signs: Vec<(Urgency, usize)> = Vec::new();
        if let Some(check) = self.symptom_check() {
            let meant = check.recognized_signs.iter().enumerate().filter(|(_, sign)| self.is_meant(sign, treatment, &text));
            signs.extend(meant.map(|(index, sign)| (check.calls[sign.call].urgency, index)));
        }
        let named = self.named(treatment, &text).into_iter();
        let mut effects: Vec<(Urgency, EffectId)> =
            named.map(|effect| (self.guide.effect_urgency(effect, treatment), effect)).collect();
        signs.sort_unstable();
        effects.sort_unstable();
        let crisis_urgency = crisis.then_some(Urgency::Emergency);
        let sign_urgency = signs.first().map(|(urgency, _)| *urgency);
        let effect_urgency = effects.first().map(|(urgency, _)| *urgency);
        let recognized = sign_urgency.into_iter().chain(effect_urgency).chain(crisis_urgency).min();
        let floors = self.guide.urgency_floors(treatment).filter(|floor| floor.effects.is_empty()).map(|floor| floor.urgency);
        let urgency = floors.chain(recognized).fold(LATEST, Urgency::min);
        SymptomAnswer {
            urgency,
            recognized,
            crisis,
            signs: signs.into_iter().map(|(_, index)| index).collect(),
            effects: effects.into_iter().map(|(_, effect)| effect).collect(),
        }
    }

    /// Whether a text describes a sign, and the sign applies to the person's treatment or to a treatment that the text names. If the person's
    /// treatment is unknown, the sign also applies if its `treatment_unknown` is true.
    fn is_meant(&self, sign: &RecognizedSign, treatment: Option<TreatmentId>, text: &SymptomText) -> bool {
        let on = |id: TreatmentId| signs_on(&self.guide, id).any(|other| std::ptr::eq(other, sign));
        let applies = sign.effects.is_empty() || treatment.map_or(sign.treatment_unknown, on) || text.means(&sign.on, &[], true);
        applies && text.means(&sign.words, &sign.but, false)
    }

    /// Returns the effects that a text names. If several effects have the same name, returns only those of the treatment, or all of them
    /// if the treatment has none of them.
    fn named(&self, treatment: Option<TreatmentId>, text: &SymptomText) -> Vec<EffectId> {
        let mut by_name: BTreeMap<&Name, Vec<EffectId>> = BTreeMap::new();
        for (effect, name) in self.names.iter().filter(|(_, name)| text.has_name(name, &self.name_words)) {
            by_name.entry(name).or_default().push(*effect);
        }
        let of_treatment =
            |effect: &EffectId| treatment.is_some_and(|id| self.guide[id].effects.iter().any(|entry| entry.effect == *effect));
        let meant = by_name.into_values().flat_map(|effects| {
            let own: Vec<EffectId> = effects.iter().copied().filter(of_treatment).collect();
            if own.is_empty() { effects } else { own }
        });
        let mut meant: Vec<EffectId> = meant.collect();
        meant.sort_unstable();
        meant.dedup();
        meant
    }
}

/// Returns the signs that apply to a treatment: those for any treatment, and those for one of its effects.
pub fn signs_on(guide: &Guide, treatment: TreatmentId) -> impl Iterator<Item = &RecognizedSign> {
    let effects = &guide[treatment].effects;
    let has_effect = move |sign: &&RecognizedSign| effects.iter().any(|entry| sign.effects.contains(&entry.effect));
    let signs = guide.symptom_check.iter().flat_map(|check| &check.recognized_signs);
    signs.filter(move |sign| sign.effects.is_empty() || has_effect(sign))
}
