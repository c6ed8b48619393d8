//! The page "My options": the answer in short, then how treatment could go, with one row for each treatment, and everything else folded.
//!
//! What the most usual scenario of the case indicates comes first. What only other scenarios indicate, or what depends on more, is folded.

mod course;
mod differences;
mod in_short;
mod others;
mod row;

use sarcoguide_model::{Advice, FactValue, Scenario, TreatmentAdvice, Verdict};

use super::{Answer, wants_no_treatment};
use crate::values::render_preferences;
use crate::words::{self, within};
use crate::{Answered, Edition};
use sarcoguide_document::{Block, Document, Line, Section};
use sarcoguide_text::t;

/// The heading level of a row that isn't inside another one.
const ROW: u8 = 4;

/// Shows the guide's advice for a case as a page whose first lines say what most people come for.
#[must_use]
pub fn options(guide: Edition<'_>, answered: Answered<'_>) -> Document {
    let Answered { case, advice: open, preferences } = answered;
    let scenario = open.scenarios.first();
    let assumed = assume(open, scenario);
    let mut answer = Answer::new(guide, Answered { case, advice: &assumed, preferences }, true);
    answer.open = open;
    Page { answer, open, scenario }.build()
}

/// Returns the advice in which the treatments that the scenario indicates are indicated. All others have the verdicts of the case itself.
fn assume(open: &Advice, scenario: Option<&Scenario>) -> Advice {
    let mut advice = open.clone();
    for entry in scenario.iter().flat_map(|scenario| scenario.indicated()) {
        let own = &mut advice.treatments[entry.treatment.index()];
        // What follows from the stated facts alone doesn't rest on assumptions.
        if own.verdict != Verdict::Indicated {
            own.verdict = Verdict::Indicated;
            own.reason.clone_from(&entry.reason);
        }
        own.standing = entry.standing;
        // A reason that the assumptions rule out is still open.
        for (truth, assumed) in own.indications.iter_mut().zip(&entry.indications).filter(|(_, assumed)| assumed.is_true()) {
            *truth = *assumed;
        }
    }
    advice
}

/// The page that is being written.
struct Page<'a> {
    /// The answer under the assumptions of the scenario.
    answer: Answer<'a>,
    /// The advice for what is known.
    open: &'a Advice,
    /// The most usual scenario.
    scenario: Option<&'a Scenario>,
}

impl<'a> Page<'a> {
    fn build(mut self) -> Document {
        self.answer.opening();
        if self.answer.case.stated().next().is_none() {
            self.answer.invitation();
            self.answer.open_scope();
            self.answer.notes();
            return self.answer.closing();
        }
        let guide = self.answer.guide;
        let is_covered = !self.open.scope.covered.is_false();
        let grouping = self.answer.grouping();
        let new = grouping.recommended.iter().flat_map(|(_, here)| here).map(|whole| whole.entry);
        let recommended: Vec<&TreatmentAdvice> = new.chain(self.answer.ongoing_that_fit()).collect();
        let is_unwanted = wants_no_treatment(guide, self.answer.advice, &recommended);
        if is_covered {
            self.lead();
            self.in_short(&grouping, is_unwanted);
        }
        self.answer.document.paragraph(Line::default().faint(guide.review.clone()));
        self.answer.ongoing();
        if is_unwanted {
            self.supportive(Section::Plain);
        }
        if is_covered {
            self.course(&grouping, is_unwanted);
        }
        let preferences = self.answer.preferences;
        render_preferences(guide, preferences, &mut self.answer.citations, &mut self.answer.document);
        if is_covered {
            self.before_deciding();
            self.other_scenarios(&grouping);
        }
        self.trials();
        self.answer.advised_against();
        if !is_unwanted {
            self.supportive(Section::Folded);
        }
        self.not_fitting();
        self.answer.next_questions();
        self.answer.open_scope();
        self.situation();
        self.closing()
    }

    /// Adds what the person said about themselves, and what follows from it, in sentences to the person.
    fn lead(&mut self) {
        let (guide, case) = (self.answer.guide, self.answer.case);
        let stated = case.stated().filter_map(|fact| match case.get(fact) {
            FactValue::Value(value) => guide[fact].domain.values().get(usize::from(value))?.says.as_deref(),
            FactValue::Unknown | FactValue::Number(_) | FactValue::Between(_) => None,
        });
        let mut sentences: Vec<&str> = stated.collect();
        let mut open: Vec<String> = Vec::new();
        for entry in &self.open.derived {
            let fact = &guide.guide[entry.derived];
            let says: Vec<&str> = entry.possible.iter().filter_map(|value| fact.values[value].says.as_deref()).collect();
            let is_open = fact.headline && entry.possible.intersection(fact.not_shown).is_empty();
            match says.as_slice() {
                [says] if entry.possible.len() == 1 => sentences.push(says),
                [_, _, ..] if is_open => open.push(within(&fact.name)),
                _ => {}
            }
        }
        let mut lead = sentences.join(" ");
        if !open.is_empty() {
            lead.push_str(if lead.is_empty() { "" } else { " " });
            lead.push_str(&t!(guide.text, options_not_clear_yet, facts = open.join("; ")));
        }
        if !lead.is_empty() {
            self.answer.document.blocks.push(Block::Lead(lead.into()));
        }
    }

    /// Adds what is no longer available or doesn't fit, in one part. If the guide doesn't cover the case, adds that it doesn't judge other treatments.
    fn not_fitting(&mut self) {
        if self.open.scope.covered.is_false() {
            self.answer.unavailable();
            self.answer.not_fitting();
            return;
        }
        let inside = self.answer.captured(|answer| {
            answer.unavailable();
            answer.not_fitting();
        });
        if !inside.blocks.is_empty() {
            let heading = t!(self.answer.guide.text, options_not_fitting);
            self.answer.document.section(2, heading, Section::FoldedExtra);
            self.answer.document.blocks.extend(inside.blocks);
        }
    }

    /// Adds the facts, what follows from them and what is assumed.
    fn situation(&mut self) {
        self.answer.situation();
        let assumed = self.scenario.map_or(Vec::new(), |scenario| self.answer.assumed(scenario));
        if !assumed.is_empty() {
            self.answer.document.heading(3, t!(self.answer.guide.text, options_assumed));
            self.answer.document.points(assumed);
        }
    }

    /// Adds what the guide is and isn't, and the sources.
    fn closing(mut self) -> Document {
        let guide = self.answer.guide;
        let disclaimer = self.answer.cited(&guide.disclaimer);
        let document = &mut self.answer.document;
        document.section(2, t!(guide.text, options_about), Section::FoldedExtra);
        document.paragraph(t!(guide.text, answer_informs));
        document.paragraph(disclaimer);
        words::sources_below(guide, &self.answer.citations, document);
        self.answer.document
    }
}
