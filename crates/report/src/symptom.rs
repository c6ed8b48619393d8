//! Which side effects fit a symptom, and how soon to call. When unsure it errs to safety.

use std::collections::BTreeMap;

use sarcoguide_model::{AtLeast, Effect, EffectId, Guide, Sign, Statement, SymptomCheck, TreatmentId, Urgency, WordGroup};

use crate::document::{Document, Line, Look, Section, Target};
use crate::heard::{Heard, is_aside, others};
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

/// How well another word for a word answers it, of 10.
const SAME: u32 = 9;

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

/// A word that was written.
struct Word<'g> {
    text: String,
    /// Other words for it.
    others: Vec<&'g str>,
    /// Whether it says only how strong something is, or where.
    aside: bool,
    /// How telling it is: what stands with many effects tells little.
    telling: f64,
}

impl Word<'_> {
    /// How well some words answer it, 0 to 1.
    fn best(&self, there: &[String]) -> f64 {
        there.iter().map(|other| self.like(other)).fold(0.0, f64::max)
    }

    fn like(&self, other: &str) -> f64 {
        // Another word for it is taken as it stands, without slips.
        let same = self.others.iter().any(|same| other.starts_with(same) && close(same, other) > 0);
        f64::from(close(&self.text, other).max(if same { SAME } else { 0 })) / 10.0
    }
}

/// How well a word of the guide answers another, 0 to 10. Three letters begin only a form of the same word: `arm`, `arms`, but not `pee`, `peeling`; and a slip
/// spares the first letter, or `sleeping` would be `bleeding`.
fn close(wanted: &str, word: &str) -> u32 {
    let begins = word.starts_with(wanted) && (wanted.chars().count() > 3 || word.chars().count() <= 4);
    if begins || wanted.chars().next() == word.chars().next() && !word.starts_with(wanted) { likeness(wanted, word) } else { 0 }
}

/// What was written, without small words.
struct Written<'g> {
    words: Vec<Word<'g>>,
    small: &'g [String],
    groups: &'g [WordGroup],
}

impl<'g> Written<'g> {
    fn of(guide: &'g Guide, heard: &Heard) -> Self {
        let check = guide.symptom_check.as_ref();
        let (small, groups) = check.map_or((&[][..], &[][..]), |check| (&check.small_words, &check.groups));
        let mut words: Vec<&String> =
            heard.words().iter().filter(|word| word.chars().count() > 1 && !small.contains(word)).collect();
        words.sort_unstable();
        words.dedup();
        let effects: Vec<Vec<String>> =
            guide.effects.iter().map(|effect| names(effect).chain(signs(effect)).flat_map(split).collect()).collect();
        let word = |text: &String| {
            let with = effects.iter().filter(|words| words.iter().any(|other| close(text, other) >= 7)).count();
            let telling = ((1.0 + effects.len() as f64) / (1.0 + with as f64)).ln();
            Word { text: text.clone(), others: others(groups, text), aside: is_aside(groups, text), telling }
        };
        Self { words: words.into_iter().map(word).collect(), small, groups }
    }

    /// Which share of what was written some texts answer together. How strong something is, or where, tells nothing of what it is.
    fn share<'t>(&self, texts: impl Iterator<Item = &'t str>) -> f64 {
        let there: Vec<String> = texts.flat_map(split).collect();
        let all: f64 = self.words.iter().map(|word| word.telling).sum();
        let met = |aside: bool| -> f64 {
            self.words.iter().filter(|word| word.aside == aside).map(|word| word.telling * word.best(&there)).sum()
        };
        let told = met(false);
        if told > 0.0 { (told + met(true)) / all } else { 0.0 }
    }

    /// Which share of a name was written; nothing where only how strong it is, or where, was.
    fn covers(&self, name: &str) -> f64 {
        let words: Vec<String> = split(name).filter(|word| !self.small.contains(word)).collect();
        // Either may be the longer form: `sore` and `sores`.
        let either = |written: &Word, word: &str| written.like(word).max(f64::from(close(word, &written.text)) / 10.0);
        let met = |word: &String| self.words.iter().map(|written| either(written, word)).fold(0.0, f64::max);
        let told: f64 = words.iter().filter(|word| !is_aside(self.groups, word)).map(met).sum();
        if told > 0.0 { words.iter().map(met).sum::<f64>() / words.len() as f64 } else { 0.0 }
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

fn names(effect: &Effect) -> impl Iterator<Item = &str> {
    std::iter::once(&effect.name).chain(&effect.also).chain(&effect.term).map(String::as_str)
}

/// What an effect feels like.
fn signs(effect: &Effect) -> impl Iterator<Item = &str> {
    effect.feels_like.iter().map(|statement| statement.text.as_str())
}

/// Whether a sign is meant on a treatment.
fn is_meant(guide: &Guide, check: &SymptomCheck, sign: &Sign, treatment: Option<TreatmentId>, heard: &Heard) -> bool {
    let names = |id: TreatmentId| guide.treatments[id.index()].effects.iter().any(|entry| sign.effects.contains(&entry.effect));
    let concerns = sign.effects.is_empty() || treatment.map_or(sign.treatment_unknown, names);
    concerns && sign.words.iter().any(|wording| heard.means(wording, &check.small_words))
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
    let heard = Heard::new(symptom);
    let written = Written::of(guide, &heard);
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
    let signs = guide
        .symptom_check
        .iter()
        .flat_map(|check| check.signs.iter().enumerate().map(move |(place, sign)| (check, place, sign)));
    let meant = signs.filter(|(check, _, sign)| is_meant(guide, check, sign, treatment, &heard));
    let signs: Vec<usize> = meant.map(|(_, place, _)| place).collect();
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
