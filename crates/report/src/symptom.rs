//! Which side effects fit a symptom, and how soon to call. When unsure it errs to safety.

use std::collections::BTreeMap;

use sarcoguide_model::{AtLeast, Effect, EffectId, Guide, Sign, SymptomCheck, TreatmentId, Urgency, WordGroup};

use crate::heard::{Heard, is_aside, others};
use crate::search::{likeness, split};

mod told;

pub use told::{document, signs, urgency_name};

/// How many effects are told at most.
const MOST: usize = 6;
/// From which share of what was asked a fit is no longer weak.
const GOOD: f64 = 0.5;
/// Below this share nothing fits.
const LEAST: f64 = 0.3;

/// How well another word for a word answers it, of 10.
const SAME: u32 = 9;
/// How well a word with a slip answers, of 10.
const SLIP: f64 = 0.4;
/// How well a form of a word answers, of 10.
const FORM: f64 = 0.7;

/// The longest text that is judged, in characters: nothing is cut off in silence.
pub const LONGEST: usize = 2000;

/// An effect that may be meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The effect.
    pub effect: EffectId,
    /// How well it fits, 0 to 1: which share of the words it answers, counted by how telling they are, and how much of its name.
    pub share: f64,
    /// Whether the guide names it for the treatment.
    pub named: bool,
}

/// What is said to a symptom.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// How soon to call: the soonest of all that fits, and never later than the same day when unsure.
    pub urgency: Urgency,
    /// Whether nothing fits well.
    pub unsure: bool,
    /// The signs of an emergency that are meant, by place.
    pub signs: Vec<usize>,
    /// Whom to call first where a sign is meant: the strongest, by its place in the guide's list.
    pub call: Option<usize>,
    /// What fits, what is named for the treatment first.
    pub fits: Vec<Fit>,
}

/// A guide's symptom check with its words made ready, once for all that is asked.
#[derive(Clone, Debug)]
pub struct Checker<'g> {
    guide: &'g Guide,
    check: Option<&'g SymptomCheck>,
    small: &'g [String],
    own: &'g [String],
    groups: &'g [WordGroup],
    /// Every word of an effect once.
    vocabulary: Vec<String>,
    /// The words of each effect, by their places.
    effects: Vec<Words>,
}

/// The words of a name that tell something, beside all of its words; each with whether it says only where or how strong it is.
type Telling = Vec<(usize, bool)>;

/// The words of an effect.
#[derive(Clone, Debug)]
struct Words {
    /// Its names.
    names: Vec<(Vec<usize>, Telling)>,
    /// What it feels like.
    felt: Vec<usize>,
    /// What is said of when to call.
    told: Vec<usize>,
}

/// A word that was written.
struct Word {
    /// Whether it says only how strong something is, or where.
    aside: bool,
    /// Whether it is directly denied.
    denied: bool,
    /// How telling it is: what stands with many effects tells little.
    telling: f64,
    /// How well it answers each word of the vocabulary, 0 to 1.
    like: Vec<f64>,
    /// The same where either may be the longer form: `sore` and `sores`.
    either: Vec<f64>,
}

/// How well a word of the guide answers another, 0 to 10. Three letters begin only a form of the same word: `arm`, `arms`, but not `pee`, `peeling`; and a slip
/// spares the first letter, or `sleeping` would be `bleeding`.
fn close(wanted: &str, word: &str) -> u32 {
    let begins = word.starts_with(wanted) && (wanted.chars().count() > 3 || word.chars().count() <= 4);
    if begins || wanted.chars().next() == word.chars().next() && !word.starts_with(wanted) { likeness(wanted, word) } else { 0 }
}

/// What was written, without small words.
struct Written<'a> {
    words: Vec<&'a Word>,
}

impl Written<'_> {
    /// How well the words answer one of the vocabulary, at best.
    fn met(&self, place: usize) -> f64 {
        self.words.iter().map(|word| word.either[place]).fold(0.0, f64::max)
    }

    /// Which share of what was written some words answer together. How strong something is, or where, tells nothing of what it is.
    fn share(&self, places: &[&[usize]]) -> f64 {
        let all: f64 = self.words.iter().map(|word| word.telling).sum();
        let best = |word: &Word| places.iter().copied().flatten().map(|place| word.like[*place]).fold(0.0, f64::max);
        let met = |aside: bool| -> f64 {
            self.words.iter().filter(|word| word.aside == aside).map(|word| word.telling * best(word)).sum()
        };
        let told = met(false);
        if told > 0.0 { (told + met(true)) / all } else { 0.0 }
    }

    /// Which share of a name was written; nothing where only how strong it is, or where, was.
    fn covers(&self, name: &[(usize, bool)]) -> f64 {
        let told: f64 = name.iter().filter(|(_, aside)| !aside).map(|(place, _)| self.met(*place)).sum();
        if told > 0.0 { name.iter().map(|(place, _)| self.met(*place)).sum::<f64>() / name.len() as f64 } else { 0.0 }
    }

    /// Whether a name was written in full, each word as well as `least` asks.
    fn names(&self, name: &[(usize, bool)], least: f64) -> bool {
        name.iter().any(|(_, aside)| !aside) && name.iter().all(|(place, _)| self.met(*place) >= least)
    }

    /// Whether an effect was named in full, slips forgiven.
    fn in_full(&self, effect: &Words) -> bool {
        effect.names.iter().any(|(_, name)| self.names(name, SLIP))
    }

    /// How well an effect fits by its names.
    fn named(&self, effect: &Words) -> f64 {
        let names: Vec<&[usize]> = effect.names.iter().map(|(all, _)| all.as_slice()).collect();
        let covered = effect.names.iter().map(|(_, name)| self.covers(name)).fold(0.0, f64::max);
        self.share(&names) * (0.7 + 0.3 * covered)
    }

    /// How well an effect fits: what carries its name before what only feels like it.
    fn fit(&self, effect: &Words) -> f64 {
        let names = effect.names.iter().map(|(all, _)| all.as_slice());
        let felt_too: Vec<&[usize]> = names.chain([effect.felt.as_slice()]).collect();
        self.named(effect).max(0.7 * self.share(&felt_too)).max(0.4 * self.share(&[&effect.told]))
    }
}

fn names(effect: &Effect) -> impl Iterator<Item = &str> {
    std::iter::once(&effect.name).chain(&effect.also).chain(&effect.term).map(String::as_str)
}

/// How late a symptom may be told on a treatment, whatever it is. Where the treatment is not known it may be one of these.
fn at_least(guide: &Guide, treatment: Option<TreatmentId>) -> impl Iterator<Item = &AtLeast> {
    let modality = treatment.map(|id| guide.treatments[id.index()].modality);
    let all = guide.symptom_check.iter().flat_map(|check| &check.at_least);
    all.filter(move |entry| modality.is_none_or(|modality| entry.modalities.contains(&modality)))
}

impl<'g> Checker<'g> {
    /// Makes the words of a guide ready.
    #[must_use]
    pub fn new(guide: &'g Guide) -> Self {
        let check = guide.symptom_check.as_ref();
        let (small, own, groups) =
            check.map_or((&[][..], &[][..], &[][..]), |check| (&check.small_words, &check.own_words, &check.groups));
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut words = |text: &str| -> Vec<usize> {
            let place = |word| {
                let next = places.len();
                *places.entry(word).or_insert(next)
            };
            split(text).map(place).collect()
        };
        let asides = |text: &str, all: &[usize]| -> Telling {
            let telling = split(text).zip(all).filter(|(word, _)| !small.contains(word));
            telling.map(|(word, place)| (*place, is_aside(groups, &word, own))).collect()
        };
        let mut effects = Vec::new();
        for effect in &guide.effects {
            let named = names(effect).map(|name| {
                let all = words(name);
                let telling = asides(name, &all);
                (all, telling)
            });
            effects.push(Words {
                names: named.collect(),
                felt: effect.feels_like.iter().flat_map(|statement| words(&statement.text)).collect(),
                told: effect.calls.iter().flat_map(|call| words(&call.statement.text)).collect(),
            });
        }
        let mut vocabulary = vec![String::new(); places.len()];
        places.into_iter().for_each(|(word, place)| vocabulary[place] = word);
        Self { guide, check, small, own, groups, vocabulary, effects }
    }

    /// The words of what was heard that tell something.
    fn words(&self, heard: &Heard) -> BTreeMap<String, Word> {
        let mut words: BTreeMap<String, Word> = BTreeMap::new();
        for (text, denied) in heard.words() {
            if text.chars().count() > 1 && !self.small.iter().any(|small| small == text) {
                let word = words.entry(text.to_owned()).or_insert_with(|| self.word(text, denied));
                word.denied &= denied;
            }
        }
        words
    }

    fn word(&self, text: &str, denied: bool) -> Word {
        let others = others(self.groups, text, self.own);
        let own = self.own.iter().any(|own| own == text);
        // Another word for it is taken as it stands, without slips, and so is a word that is no slip.
        let kept = |like: u32| if own && like <= 4 { 0 } else { like };
        let like = |other: &String| {
            let same = others.iter().any(|same| other.starts_with(same) && close(same, other) > 0);
            f64::from(kept(close(text, other)).max(if same { SAME } else { 0 })) / 10.0
        };
        // Words that begin with another letter are never alike.
        let firsts: Vec<char> = others.iter().copied().chain([text]).filter_map(|word| word.chars().next()).collect();
        let begins = |other: &String| other.chars().next().is_some_and(|first| firsts.contains(&first));
        let like: Vec<f64> = self.vocabulary.iter().map(|other| if begins(other) { like(other) } else { 0.0 }).collect();
        let longer = |(like, other): (&f64, &String)| {
            if begins(other) { like.max(f64::from(kept(close(other, text))) / 10.0) } else { 0.0 }
        };
        let either = like.iter().zip(&self.vocabulary).map(longer).collect();
        let direct: Vec<bool> = self.vocabulary.iter().map(|other| begins(other) && close(text, other) >= 7).collect();
        let with = |words: &&Words| {
            let mut all = words.names.iter().flat_map(|(all, _)| all).chain(&words.felt);
            all.any(|place| direct[*place])
        };
        let with = self.effects.iter().filter(with).count();
        let telling = ((1.0 + self.effects.len() as f64) / (1.0 + with as f64)).ln();
        Word { aside: is_aside(self.groups, text, self.own), denied, telling, like, either }
    }

    /// Whether a sign is meant on a treatment.
    fn is_meant(&self, sign: &'g Sign, treatment: Option<TreatmentId>, heard: &Heard<'g>, denied_too: bool) -> bool {
        let of = |id: TreatmentId| signs_on(self.guide, id).any(|other| std::ptr::eq(other, sign));
        let concerns =
            sign.effects.is_empty() || treatment.map_or(sign.treatment_unknown, of) || heard.means(&sign.on, &[], true);
        concerns && heard.means(&sign.words, &sign.but, denied_too)
    }

    /// How soon to call for the effects that fit some words, which do, and how well the best does.
    fn effects(&self, words: &[&Word]) -> (Urgency, Vec<(EffectId, f64)>, f64) {
        let written = Written { words: words.to_vec() };
        // What is directly denied makes no emergency.
        let said = Written { words: words.iter().copied().filter(|word| !word.denied).collect() };
        let fits = self.effects.iter().enumerate().map(|(place, effect)| (EffectId::new(place), written.fit(effect)));
        let fits: Vec<(EffectId, f64)> =
            fits.filter(|(id, share)| *share >= LEAST || written.in_full(&self.effects[id.index()])).collect();
        let best = fits.iter().map(|(_, share)| *share).fold(0.0, f64::max);
        let mut urgency = Urgency::NextVisit;
        for (id, share) in &fits {
            let words = &self.effects[id.index()];
            // What fits about as well as the best counts, and what is named in full, whatever else is written: a mild effect must not hide a grave one.
            if *share >= best * 0.9 || written.in_full(words) {
                // An emergency goes by its name: what only feels like it is left to the signs, and is not to be left for the next visit.
                let by_name = said.in_full(words);
                let latest = self.guide.effects[id.index()].urgency;
                urgency = urgency.min(if by_name { latest } else { latest.max(Urgency::SameDay) });
            }
        }
        (urgency, fits, best)
    }

    /// Whether one mild effect, named in full, explains every word.
    fn is_mild(&self, words: &[&Word]) -> bool {
        let written = Written { words: words.to_vec() };
        let explains = |effect: &Words| {
            let named: Vec<usize> =
                effect.names.iter().filter(|(_, name)| written.names(name, FORM)).flat_map(|(all, _)| all).copied().collect();
            words.iter().all(|word| named.iter().any(|place| word.either[*place] >= FORM))
        };
        let mild = self.effects.iter().zip(&self.guide.effects).filter(|(_, effect)| effect.urgency == Urgency::NextVisit);
        !words.is_empty() && mild.into_iter().any(|(effect, _)| explains(effect))
    }

    /// Which effects fit some words, and how soon to call.
    #[must_use]
    pub fn find(&self, treatment: Option<TreatmentId>, symptom: &str) -> Found {
        let heard = Heard::new(symptom, self.check);
        let words = self.words(&heard);
        let all: Vec<&Word> = words.values().collect();
        let (mut urgency, fits, best) = self.effects(&all);
        let unsure = best < GOOD;
        if unsure || heard.has_a_number() || !self.is_mild(&all) {
            urgency = urgency.min(Urgency::SameDay);
        }
        // What would be an emergency alone stays one beside anything else.
        let joining = self.check.map_or(&[][..], |check| &check.joining_words);
        let pieces = heard.pieces(joining);
        for piece in pieces.iter().filter(|_| pieces.len() > 1) {
            let here: Vec<&Word> = piece.words().filter_map(|(text, _)| words.get(text)).collect();
            let (alone, _, best) = self.effects(&here);
            if best >= GOOD {
                urgency = urgency.min(alone);
            }
        }
        let signs = || self.check.iter().flat_map(|check| check.signs.iter().enumerate());
        let meant = signs().filter(|(_, sign)| self.is_meant(sign, treatment, &heard, false));
        let meant: Vec<(usize, usize)> = meant.map(|(place, sign)| (place, sign.call)).collect();
        if !meant.is_empty() {
            urgency = Urgency::Emergency;
        } else if signs().any(|(_, sign)| self.is_meant(sign, treatment, &heard, true)) {
            // A sign that is denied is not left for the next visit.
            urgency = urgency.min(Urgency::SameDay);
        }
        urgency = at_least(self.guide, treatment).map(|entry| entry.urgency).fold(urgency, Urgency::min);
        let call = meant.iter().map(|(_, call)| *call).min();
        let signs = meant.into_iter().map(|(place, _)| place).collect();
        Found { urgency, unsure, signs, call, fits: self.told(treatment, &all, fits, best) }
    }

    /// What is told of what fits, what is named for the treatment first, but never before what fits much better.
    fn told(&self, treatment: Option<TreatmentId>, words: &[&Word], fits: Vec<(EffectId, f64)>, best: f64) -> Vec<Fit> {
        let written = Written { words: words.to_vec() };
        let of = treatment.map(|id| &self.guide.treatments[id.index()].effects);
        let named = |id: EffectId| of.is_some_and(|effects| effects.iter().any(|entry| entry.effect == id));
        let fits = fits.into_iter().filter(|(id, share)| *share >= best * 0.6 || written.in_full(&self.effects[id.index()]));
        let mut fits: Vec<Fit> = fits.map(|(effect, share)| Fit { effect, share, named: named(effect) }).collect();
        let rank = |fit: &Fit| fit.share + if fit.named { 0.2 } else { 0.0 };
        fits.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        fits.truncate(MOST);
        fits
    }
}

/// How soon to call for each effect of a treatment: as the guide says, or sooner where its name is a sign of an emergency there.
pub(crate) fn urgencies_on(guide: &Guide, treatment: TreatmentId) -> BTreeMap<EffectId, Urgency> {
    let signs: Vec<&Sign> = signs_on(guide, treatment).collect();
    let urgency = |id: EffectId| {
        let effect = &guide.effects[id.index()];
        let heard = Heard::of_the_guide(&effect.name, guide.symptom_check.as_ref());
        let emergency = signs.iter().any(|sign| heard.means(&sign.words, &sign.but, false));
        if emergency { Urgency::Emergency } else { effect.urgency }
    };
    let mut urgencies = BTreeMap::new();
    for entry in &guide.treatments[treatment.index()].effects {
        urgencies.entry(entry.effect).or_insert_with_key(|id| urgency(*id));
    }
    urgencies
}

/// The signs of an emergency on a treatment.
pub(crate) fn signs_on(guide: &Guide, treatment: TreatmentId) -> impl Iterator<Item = &Sign> {
    let effects = &guide.treatments[treatment.index()].effects;
    let names = move |sign: &&Sign| effects.iter().any(|entry| sign.effects.contains(&entry.effect));
    let signs = guide.symptom_check.iter().flat_map(|check| &check.signs);
    signs.filter(move |sign| sign.effects.is_empty() || names(sign))
}

/// Which effects fit some words, and how soon to call. Whoever asks often makes a [`Checker`] once.
#[must_use]
pub fn find(guide: &Guide, treatment: Option<TreatmentId>, symptom: &str) -> Found {
    Checker::new(guide).find(treatment, symptom)
}
