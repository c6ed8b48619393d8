//! Shows the treatments that a person can get only in clinical trials. They're never counted among the treatments that fit.

use sarcoguide_model::{Advice, Strength, TreatmentAdvice, Truth};

use super::Answer;
use super::recommended::OPTION;
use crate::Edition;
use crate::fit::{Fit, in_trials, trial_strength};
use crate::line::line;
use crate::links;
use crate::words::full_name;
use sarcoguide_document::{Emphasis, Line, Support, Tag};

impl<'a> Answer<'a> {
    /// Returns the guide's strength of recommendation for treatments available only in clinical trials.
    pub(super) fn trial_strength(&self) -> Option<&'a Strength> {
        trial_strength(self.guide)
    }

    /// Returns the treatments that fit or may fit, but only in clinical trials. Supportive treatments, and those that the
    /// person is having now, aren't included.
    pub(super) fn in_trials(&self) -> Vec<&'a TreatmentAdvice> {
        let advice: &'a Advice = self.advice;
        let only = |entry: &&TreatmentAdvice| Fit::of(self.guide, entry) == Fit::TrialOnly && self.is_new(entry);
        advice.treatments.iter().filter(only).collect()
    }

    /// Returns the treatments that fit outside of clinical trials and also have an indication for clinical trials that holds.
    fn in_trials_too(&self) -> Vec<&'a TreatmentAdvice> {
        let (guide, advice): (Edition<'a>, &'a Advice) = (self.guide, self.advice);
        let holds = |entry: &TreatmentAdvice| in_trials(guide, entry).any(|(_, truth)| truth.is_true());
        advice.treatments.iter().filter(|entry| self.fits(entry) && holds(entry)).collect()
    }

    /// Adds the treatments available only in clinical trials, and those also available in them, under one heading.
    pub(super) fn trials(&mut self) {
        let (only, too) = (self.in_trials(), self.in_trials_too());
        let Some(strength) = self.trial_strength().filter(|_| !only.is_empty() || !too.is_empty()) else { return };
        self.document.section(2, Line::default().add(Emphasis::Open, strength.name.clone()), self.aside());
        self.document.paragraph(strength.help.clone());
        for entry in only {
            if self.is_page {
                let tag = Tag { words: strength.name.clone(), support: Support::TrialOnly };
                self.single_row(entry, Some(tag), OPTION);
                continue;
            }
            self.shown.push(entry.treatment);
            let treatment = &self.guide[entry.treatment];
            let heading =
                Line::default().link(Emphasis::Open, full_name(treatment), links::treatment(self.guide, entry.treatment));
            self.document.section(OPTION, heading, links::option_section(self.guide, entry.treatment));
            let mut why = self.why(entry, None);
            why.extend(self.indications(entry, None, |truth| truth == Truth::Unknown));
            self.treatment(entry, why);
        }
        for entry in too {
            let why = Line::joined(self.trial_reasons(entry).into_iter(), " ");
            let name = self.name(entry, Emphasis::Open);
            self.document.paragraph(line!(self.guide, answer_named_see_above, treatment = name, why = why));
        }
    }

    /// Returns the indications for clinical trials that hold, as lines.
    fn trial_reasons(&mut self, entry: &TreatmentAdvice) -> Vec<Line> {
        let guide = self.guide;
        let holding = in_trials(guide, entry).filter(|(_, truth)| truth.is_true());
        let line = |(indication, truth): (&sarcoguide_model::Indication, Truth)| {
            let mark = self.citations.mark(&indication.rule.from);
            let text = Line::from(indication.sentence(truth)).cite(mark);
            line!(guide, answer_trial_reason, text = text, time = &guide[indication.timing].name)
        };
        holding.map(line).collect()
    }
}
