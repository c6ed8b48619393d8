//! Which side effects fit a symptom, and how soon to call. When unsure it errs to safety.

use std::collections::BTreeMap;

use sarcoguide_model::{AtLeast, Effect, EffectId, Guide, Sign, Statement, SymptomCheck, TreatmentId, Urgency, slips};

use crate::document::{Document, Line, Look, Section, Target};
use crate::search::{likeness, split};
use crate::words::{self, Citations};

/// How many effects are told at most.
const MOST: usize = 6;
/// From which share of what was asked a fit is no longer weak.
const GOOD: f64 = 0.5;
/// Below this share nothing fits.
const LEAST: f64 = 0.3;
/// From which share of a name's words an effect is named in full.
const IN_FULL: f64 = 0.95;
/// From which share of what was written an effect explains it all.
const EXPLAINED: f64 = 0.9;

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
    /// What fits, what is named for the treatment first.
    pub fits: Vec<Fit>,
}

/// What was written, with how telling each word is: what stands with many effects tells little.
struct Written<'g> {
    words: Vec<(String, f64)>,
    small: &'g [String],
}

impl<'g> Written<'g> {
    fn of(guide: &'g Guide, text: &str) -> Self {
        let listed = guide.symptom_check.as_ref().map_or(&[][..], |check| &check.small_words);
        let small = |word: &String| listed.contains(word);
        let mut words: Vec<String> = split(text).filter(|word| word.chars().count() > 1 && !small(word)).collect();
        words.sort_unstable();
        words.dedup();
        let effects: Vec<Vec<String>> =
            guide.effects.iter().map(|effect| names(effect).chain(signs(effect)).flat_map(split).collect()).collect();
        let telling = |word: &String| {
            let with = effects.iter().filter(|words| words.iter().any(|other| likeness(word, other) >= 7)).count();
            ((1.0 + effects.len() as f64) / (1.0 + with as f64)).ln()
        };
        Self { words: words.iter().map(|word| (word.clone(), telling(word))).collect(), small: listed }
    }

    /// Which share of what was written some texts answer together.
    fn share<'t>(&self, texts: impl Iterator<Item = &'t str>) -> f64 {
        let there: Vec<String> = texts.flat_map(split).collect();
        let all: f64 = self.words.iter().map(|(_, telling)| telling).sum();
        let met: f64 = self.words.iter().map(|(word, telling)| telling * best(word, &there)).sum();
        if all > 0.0 { met / all } else { 0.0 }
    }

    /// Which share of a name was written.
    fn covers(&self, name: &str) -> f64 {
        let there: Vec<String> = self.words.iter().map(|(word, _)| word.clone()).collect();
        let words: Vec<String> = split(name).filter(|word| !self.small.contains(word)).collect();
        // Either may be the longer form: `sore` and `sores`.
        let either = |word: &String| {
            there.iter().map(|other| f64::from(likeness(other, word).max(likeness(word, other))) / 10.0).fold(0.0, f64::max)
        };
        words.iter().map(either).sum::<f64>() / words.len().max(1) as f64
    }

    /// How well an effect fits: what carries its name before what only feels like it.
    fn fit(&self, effect: &Effect) -> f64 {
        let covered = names(effect).map(|name| self.covers(name)).fold(0.0, f64::max);
        let named = self.share(names(effect)) * (0.7 + 0.3 * covered);
        let felt = self.share(names(effect).chain(signs(effect)));
        let told = self.share(effect.calls.iter().map(|call| call.statement.text.as_str()));
        named.max(0.7 * felt).max(0.4 * told)
    }
}

/// How well some words answer one, 0 to 1.
fn best(word: &str, there: &[String]) -> f64 {
    there.iter().map(|other| f64::from(likeness(word, other))).fold(0.0, f64::max) / 10.0
}

fn names(effect: &Effect) -> impl Iterator<Item = &str> {
    std::iter::once(&effect.name).chain(&effect.also).chain(&effect.term).map(String::as_str)
}

/// What an effect feels like.
fn signs(effect: &Effect) -> impl Iterator<Item = &str> {
    effect.feels_like.iter().map(|statement| statement.text.as_str())
}

/// Whether a word of a sign was written: as it is, as the beginning of a longer one, or with a slip, two in long words. The first letter must
/// be right, or `blurred` would be `slurred`.
fn is_written(word: &str, written: &str) -> bool {
    let length = word.chars().count();
    let slip = || word.chars().next() == written.chars().next() && slips(word, written) <= if length < 8 { 1 } else { 2 };
    word == written || length >= 3 && written.starts_with(word) || length >= 5 && slip()
}

/// Whether a sign is meant on a treatment: every word of one of the ways to write it is there.
fn is_meant(guide: &Guide, sign: &Sign, treatment: Option<TreatmentId>, symptom: &str) -> bool {
    let names = |id: TreatmentId| guide.treatments[id.index()].effects.iter().any(|entry| sign.effects.contains(&entry.effect));
    let written: Vec<String> = split(symptom).collect();
    let stands = |word: String| written.iter().any(|other| is_written(&word, other));
    let concerns = sign.effects.is_empty() || treatment.map_or(sign.treatment_unknown, names);
    concerns && sign.words.iter().any(|words| split(words).all(stands))
}

/// How late a symptom may be told on a treatment, whatever it is. Where the treatment is not known it may be one of these.
fn at_least(guide: &Guide, treatment: Option<TreatmentId>) -> impl Iterator<Item = &AtLeast> {
    let modality = treatment.map(|id| guide.treatments[id.index()].modality);
    let all = guide.symptom_check.iter().flat_map(|check| &check.at_least);
    all.filter(move |entry| modality.is_none_or(|modality| entry.modalities.contains(&modality)))
}

/// Which effects fit some words, and how soon to call.
#[must_use]
pub fn find(guide: &Guide, treatment: Option<TreatmentId>, symptom: &str) -> Found {
    let written = Written::of(guide, symptom);
    let of_treatment = treatment.map(|id| &guide.treatments[id.index()].effects);
    let named = |id: EffectId| of_treatment.is_some_and(|effects| effects.iter().any(|entry| entry.effect == id));
    let fits = guide.effects.iter().enumerate().map(|(place, effect)| {
        let id = EffectId::new(place);
        Fit { effect: id, share: written.fit(effect), named: named(id) }
    });
    let in_full = |effect: &Effect| names(effect).any(|name| written.covers(name) >= IN_FULL);
    let mut fits: Vec<Fit> = fits.filter(|fit| fit.share >= LEAST || in_full(&guide.effects[fit.effect.index()])).collect();
    let best = fits.iter().map(|fit| fit.share).fold(0.0, f64::max);
    let unsure = best < GOOD;
    // What fits about as well as the best counts, and what is named in full, whatever else is written: a mild effect must not hide a grave one.
    let counts = |fit: &&Fit| fit.share >= best * 0.9 || in_full(&guide.effects[fit.effect.index()]);
    // Only what the mild effects explain nearly to the last word waits for a visit: `severe`, or a word that nothing explains, does not.
    let mild = guide.effects.iter().filter(|effect| effect.urgency == Urgency::NextVisit);
    let explained = mild.map(|effect| written.share(names(effect).chain(signs(effect)))).fold(0.0, f64::max);
    let latest = if unsure || explained < EXPLAINED { Urgency::SameDay } else { Urgency::NextVisit };
    let mut urgency = fits.iter().filter(counts).map(|fit| guide.effects[fit.effect.index()].urgency).fold(latest, Urgency::min);
    let signs = guide.symptom_check.iter().flat_map(|check| check.signs.iter().enumerate());
    let signs: Vec<usize> = signs.filter(|(_, sign)| is_meant(guide, sign, treatment, symptom)).map(|(place, _)| place).collect();
    if !signs.is_empty() {
        urgency = Urgency::Emergency;
    }
    urgency = at_least(guide, treatment).map(|entry| entry.urgency).fold(urgency, Urgency::min);
    fits.retain(|fit| fit.share >= best * 0.6 || in_full(&guide.effects[fit.effect.index()]));
    // What is named for the treatment first, but never before what fits much better.
    let rank = |fit: &Fit| fit.share + if fit.named { 0.2 } else { 0.0 };
    fits.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    fits.truncate(MOST);
    Found { urgency, unsure, signs, fits }
}

/// The answer in words.
#[must_use]
pub fn document(guide: &Guide, treatment: Option<TreatmentId>, symptom: &str) -> Document {
    let found = find(guide, treatment, symptom);
    let mut page = Told { guide, treatment, citations: Citations::default(), document: Document::default() };
    if let Some(check) = &guide.symptom_check {
        page.call(check, &found);
    }
    page.fits(&found);
    if let Some(check) = &guide.symptom_check {
        page.list("What else to know", &check.know);
    }
    words::sources(guide, &page.citations, &mut page.document);
    page.document
}

struct Told<'g> {
    guide: &'g Guide,
    treatment: Option<TreatmentId>,
    citations: Citations,
    document: Document,
}

impl Told<'_> {
    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    fn list(&mut self, title: &str, statements: &[Statement]) {
        if !statements.is_empty() {
            let lines = statements.iter().map(|statement| self.cited(statement)).collect();
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    fn call(&mut self, check: &SymptomCheck, found: &Found) {
        if let Some(words) = check.urgencies.iter().find(|words| words.urgency == found.urgency) {
            self.document.section(2, Line::default().add(look(found.urgency), words.name.clone()), Section::Call);
            let line = self.cited(&words.statement);
            self.document.paragraph(line);
        }
        let meant: Vec<Line> = found.signs.iter().map(|place| self.cited(&check.signs[*place].statement)).collect();
        self.document.points(meant);
        let always: Vec<Line> = at_least(self.guide, self.treatment).map(|entry| self.cited(&entry.statement)).collect();
        self.document.points(always);
        if found.urgency == Urgency::Emergency {
            return;
        }
        if found.unsure {
            let line = self.cited(&check.unsure);
            self.document.paragraph(line);
        }
        let name = urgency_name(self.guide, Urgency::Emergency);
        self.document.heading(2, Line::default().add(Look::Bad, format!("{name} for any of these")));
        let lines = check.signs.iter().map(|sign| self.cited(&sign.statement)).collect();
        self.document.points(lines);
    }

    fn fits(&mut self, found: &Found) {
        self.document.heading(2, "What it may be");
        if found.fits.is_empty() {
            self.document.paragraph("No side effect of this guide fits these words. That does not mean that it is harmless.");
            return;
        }
        let guide = self.guide;
        for fit in &found.fits {
            let effect = &guide.effects[fit.effect.index()];
            self.document.heading(3, Line::default().link(Look::Strong, effect.name.clone(), Target::Effect(fit.effect)));
            if let Some(id) = self.treatment {
                let name = &guide.treatments[id.index()].name;
                if fit.named {
                    self.document.paragraph(Line::default().strong(format!("A side effect that the guide names for {name}.")));
                } else if effect.urgency != Urgency::Emergency {
                    // Of an emergency that would sound as if it could not be.
                    let told = format!("The guide does not name it for {name}; the guide may not name all.");
                    self.document.paragraph(Line::default().faint(told));
                }
            }
            let mut lines: Vec<Line> = effect.feels_like.iter().map(|statement| self.cited(statement)).collect();
            let mut calls: BTreeMap<Urgency, Vec<&Statement>> = BTreeMap::new();
            effect.calls.iter().for_each(|call| calls.entry(call.urgency).or_default().push(&call.statement));
            for (urgency, statements) in calls {
                for statement in statements {
                    let line = self.cited(statement);
                    let head = urgency_name(guide, urgency);
                    lines.push(Line::default().add(look(urgency), format!("{head}: ")).then(line));
                }
            }
            self.document.points(lines);
        }
    }
}

/// An urgency in a few words, for instance `Call your team today`.
#[must_use]
pub fn urgency_name(guide: &Guide, urgency: Urgency) -> String {
    let words = guide.symptom_check.iter().flat_map(|check| &check.urgencies).find(|words| words.urgency == urgency);
    words.map_or_else(|| words::capital(&words::spaced(urgency.id())), |words| words.name.clone())
}

fn look(urgency: Urgency) -> Look {
    match urgency {
        Urgency::Emergency => Look::Bad,
        Urgency::SameDay => Look::Open,
        Urgency::NextVisit => Look::Good,
    }
}
