//! Which side effects fit a symptom, and how soon to call. When unsure it errs to safety.

use std::collections::BTreeMap;

use sarcoguide_model::{Effect, EffectId, Guide, Sign, Statement, SymptomCheck, TreatmentId, Urgency};

use crate::document::{Document, Line, Look, Section, Target};
use crate::search::{likeness, split};
use crate::words::{self, Citations};

/// How many effects are told at most.
const MOST: usize = 6;
/// From which share of what was asked a fit is no longer weak.
const GOOD: f64 = 0.5;
/// Below this share nothing fits.
const LEAST: f64 = 0.15;

/// An effect that may be meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The effect.
    pub effect: EffectId,
    /// Which share of the words, counted by how telling they are, it answers: 0 to 1.
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
    /// What fits, what is named for the treatment first.
    pub fits: Vec<Fit>,
}

/// Words with how telling each is: what stands with many effects tells little.
struct Words {
    wanted: Vec<(String, f64)>,
}

impl Words {
    fn of(guide: &Guide, text: &str) -> Self {
        let mut wanted: Vec<String> = split(text).filter(|word| word.chars().count() > 1).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let sets: Vec<Vec<String>> = guide
            .effects
            .iter()
            .map(|effect| texts(effect).into_iter().flat_map(|(text, _)| split(text).collect::<Vec<_>>()).collect())
            .collect();
        let telling = |word: &String| {
            let with = sets.iter().filter(|set| set.iter().any(|other| likeness(word, other) >= 7)).count();
            ((1.0 + sets.len() as f64) / (1.0 + with as f64)).ln()
        };
        Self { wanted: wanted.iter().map(|word| (word.clone(), telling(word))).collect() }
    }

    /// Which share of the words a text answers.
    fn share<'t>(&self, texts: impl IntoIterator<Item = (&'t str, f64)>) -> f64 {
        let all: f64 = self.wanted.iter().map(|(_, telling)| telling).sum();
        let texts: Vec<(Vec<String>, f64)> = texts.into_iter().map(|(text, weight)| (split(text).collect(), weight)).collect();
        let best = |word: &str| {
            let here = |(words, weight): &(Vec<String>, f64)| {
                words.iter().map(|other| f64::from(likeness(word, other))).fold(0.0, f64::max) / 10.0 * weight
            };
            texts.iter().map(here).fold(0.0, f64::max)
        };
        let met: f64 = self.wanted.iter().map(|(word, telling)| telling * best(word)).sum();
        if all > 0.0 { met / all } else { 0.0 }
    }
}

/// What a person may call an effect, with how much it counts.
fn texts(effect: &Effect) -> Vec<(&str, f64)> {
    let mut texts = vec![(effect.name.as_str(), 1.0)];
    texts.extend(effect.also.iter().map(|text| (text.as_str(), 1.0)));
    texts.extend(effect.term.iter().map(|text| (text.as_str(), 1.0)));
    texts.extend(effect.feels_like.iter().map(|statement| (statement.text.as_str(), 0.9)));
    texts.extend(effect.calls.iter().map(|call| (call.statement.text.as_str(), 0.7)));
    texts.extend(effect.what.iter().map(|statement| (statement.text.as_str(), 0.5)));
    texts
}

/// Whether every word of one of the ways to write a sign stands in what was written.
fn is_meant(sign: &Sign, symptom: &str) -> bool {
    let written: Vec<String> = split(symptom).collect();
    let stands = |word: String| written.iter().any(|other| likeness(&word, other) > 0);
    sign.words.iter().any(|words| split(words).all(stands))
}

/// Which effects fit some words, and how soon to call.
#[must_use]
pub fn find(guide: &Guide, treatment: Option<TreatmentId>, symptom: &str) -> Found {
    let words = Words::of(guide, symptom);
    let of_treatment = treatment.map(|id| &guide.treatments[id.index()].effects);
    let named = |id: EffectId| of_treatment.is_some_and(|effects| effects.iter().any(|entry| entry.effect == id));
    let fits = guide.effects.iter().enumerate().map(|(place, effect)| {
        let id = EffectId::new(place);
        Fit { effect: id, share: words.share(texts(effect)), named: named(id) }
    });
    let mut fits: Vec<Fit> = fits.filter(|fit| fit.share >= LEAST).collect();
    let best = fits.iter().map(|fit| fit.share).fold(0.0, f64::max);
    fits.retain(|fit| fit.share >= best * 0.6);
    fits.sort_by(|a, b| b.named.cmp(&a.named).then(b.share.total_cmp(&a.share)));
    fits.truncate(MOST);
    let unsure = best < GOOD;
    // The soonest of what fits, and of the signs that are an emergency whatever the treatment.
    let mut urgency = if unsure { Urgency::SameDay } else { Urgency::NextVisit };
    urgency = fits.iter().map(|fit| guide.effects[fit.effect.index()].urgency).fold(urgency, Urgency::min);
    if guide.symptom_check.iter().flat_map(|check| &check.signs).any(|sign| is_meant(sign, symptom)) {
        urgency = Urgency::Emergency;
    }
    Found { urgency, unsure, fits }
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
        if found.unsure {
            let line = self.cited(&check.unsure);
            self.document.paragraph(line);
        }
        if let (false, Some(words)) =
            (found.urgency == Urgency::Emergency, check.urgencies.iter().find(|words| words.urgency == Urgency::Emergency))
        {
            self.document.heading(2, Line::default().add(Look::Bad, format!("{} for any of these", words.name)));
            let lines = check.signs.iter().map(|sign| self.cited(&sign.statement)).collect();
            self.document.points(lines);
        } else {
            let signs: Vec<Statement> = check.signs.iter().map(|sign| sign.statement.clone()).collect();
            self.list("Signs that are always an emergency", &signs);
        }
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
                self.document.paragraph(if fit.named {
                    Line::default().strong(format!("A side effect that the guide names for {name}."))
                } else {
                    Line::default().faint(format!("The guide does not name it for {name}; the guide may not name all."))
                });
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

/// An urgency in a few words, for instance `Call an ambulance`.
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
