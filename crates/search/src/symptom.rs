//! How soon to call for a symptom, and which side effects were named. When unsure it errs to safety.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sarcoguide_model::{Effect, EffectId, Guide, RecognizedSign, SymptomCheck, TreatmentId, Urgency};

pub(crate) mod text;

use text::{Name, SymptomText};

/// The longest text that is judged, in characters: nothing is cut off in silence.
pub const LONGEST: usize = 2000;

/// No answer to words that were typed is later than this: what is meant is not always understood.
pub const LATEST: Urgency = Urgency::SameDay;

/// What a person reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report<'a> {
    /// Words that were typed.
    Words(&'a str),
    /// A side effect that was chosen by its name.
    Chosen(EffectId),
}

/// How soon to call for a report, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How soon to call: the soonest of all that was recognized; for words never later than [`LATEST`].
    pub urgency: Urgency,
    /// The same for what was recognized alone.
    pub recognized: Option<Urgency>,
    /// Whether the person may harm themself.
    pub crisis: bool,
    /// The signs that are meant, by place, the most urgent first.
    pub signs: Vec<usize>,
    /// The side effects that were named, the most urgent first.
    pub effects: Vec<EffectId>,
}

/// A guide's symptom check with its words made ready, once for all that is asked.
#[derive(Clone, Debug)]
pub struct Checker {
    guide: Arc<Guide>,
    names: Vec<(EffectId, Name)>,
    /// Every word of a name.
    known: BTreeSet<String>,
}

/// The names of an effect, without the explanations in parentheses.
fn names(effect: &Effect) -> impl Iterator<Item = &str> {
    let all = std::iter::once(&effect.name).chain(&effect.synonyms).chain(&effect.term);
    all.map(|name| name.split(" (").next().unwrap_or(name))
}

impl Checker {
    /// Makes the words of a guide ready.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>) -> Self {
        let guide = guide.into();
        let check = guide.symptom_check.as_ref();
        let small = check.map_or(&[][..], |check| &check.stop_words);
        let mut names_of_all = Vec::new();
        for (place, effect) in guide.effects.iter().enumerate() {
            names_of_all.extend(names(effect).map(|name| (EffectId::new(place), Name::new(name, small))));
        }
        let known = names_of_all.iter().flat_map(|(_, name)| name.wanted().iter().cloned()).collect();
        Self { guide, names: names_of_all, known }
    }

    /// The guide.
    #[must_use]
    pub fn guide(&self) -> &Arc<Guide> {
        &self.guide
    }

    /// What the guide has for a person with a symptom.
    #[must_use]
    pub fn check(&self) -> Option<&SymptomCheck> {
        self.guide.symptom_check.as_ref()
    }

    /// How soon to call, and what was recognized.
    #[must_use]
    pub fn find(&self, treatment: Option<TreatmentId>, report: Report) -> Found {
        match report {
            Report::Words(words) => self.find_words(treatment, words),
            Report::Chosen(effect) => {
                let urgency = self.guide.urgency_on(effect, treatment);
                Found { urgency, recognized: Some(urgency), crisis: false, signs: Vec::new(), effects: vec![effect] }
            }
        }
    }

    fn find_words(&self, treatment: Option<TreatmentId>, words: &str) -> Found {
        let mut text = SymptomText::new(words, self.check());
        // "Not wake up" is then no seizure.
        let crisis = self.check().and_then(|check| check.crisis.as_ref()).is_some_and(|crisis| text.take_away(&crisis.words));
        let mut signs: Vec<(Urgency, usize)> = Vec::new();
        if let Some(check) = self.check() {
            let meant = check.recognized_signs.iter().enumerate().filter(|(_, sign)| self.is_meant(sign, treatment, &text));
            signs.extend(meant.map(|(place, sign)| (check.calls[sign.call].urgency, place)));
        }
        let named = self.named(treatment, &text).into_iter();
        let mut effects: Vec<(Urgency, EffectId)> =
            named.map(|effect| (self.guide.urgency_on(effect, treatment), effect)).collect();
        signs.sort_unstable();
        effects.sort_unstable();
        let crisis_urgency = crisis.then_some(Urgency::Emergency);
        let first = |found: Option<Urgency>| found.into_iter();
        let recognized = first(signs.first().map(|(urgency, _)| *urgency))
            .chain(first(effects.first().map(|(urgency, _)| *urgency)))
            .chain(first(crisis_urgency))
            .min();
        let floors = self.guide.floors_on(treatment).filter(|floor| floor.effects.is_empty()).map(|floor| floor.urgency);
        let urgency = floors.chain(recognized).fold(LATEST, Urgency::min);
        Found {
            urgency,
            recognized,
            crisis,
            signs: signs.into_iter().map(|(_, place)| place).collect(),
            effects: effects.into_iter().map(|(_, effect)| effect).collect(),
        }
    }

    /// Whether a sign is meant on a treatment.
    fn is_meant(&self, sign: &RecognizedSign, treatment: Option<TreatmentId>, text: &SymptomText) -> bool {
        let on = |id: TreatmentId| signs_on(&self.guide, id).any(|other| std::ptr::eq(other, sign));
        let concerns = sign.effects.is_empty() || treatment.map_or(sign.treatment_unknown, on) || text.means(&sign.on, &[], true);
        concerns && text.means(&sign.words, &sign.but, false)
    }

    /// The effects whose name is in a text. Of several with the same name, those of the treatment are meant where it has any.
    fn named(&self, treatment: Option<TreatmentId>, text: &SymptomText) -> Vec<EffectId> {
        let mut by_name: BTreeMap<&Name, Vec<EffectId>> = BTreeMap::new();
        for (effect, name) in self.names.iter().filter(|(_, name)| text.has_name(name, &self.known)) {
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

/// The signs that count on a treatment.
pub fn signs_on(guide: &Guide, treatment: TreatmentId) -> impl Iterator<Item = &RecognizedSign> {
    let effects = &guide[treatment].effects;
    let names = move |sign: &&RecognizedSign| effects.iter().any(|entry| sign.effects.contains(&entry.effect));
    let signs = guide.symptom_check.iter().flat_map(|check| &check.recognized_signs);
    signs.filter(move |sign| sign.effects.is_empty() || names(sign))
}
