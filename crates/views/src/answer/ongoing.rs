//! Shows what the person is having now.

use sarcoguide_model::{Advice, FactId, TreatmentAdvice};

use super::Answer;
use super::recommended::OPTION;
use crate::fit::{Fit, ongoing_words, verdict_label};
use crate::line::line;
use crate::links;
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::t;

impl<'a> Answer<'a> {
    /// Returns the facts about what the person is having now.
    fn ongoing_facts(&self) -> Vec<FactId> {
        let lists = &self.guide.guide.fact_lists;
        lists.iter().flat_map(|list| list.ongoing(self.case)).collect()
    }

    /// Whether the person is having a treatment of a list now.
    pub(super) fn has_ongoing(&self) -> bool {
        !self.ongoing_facts().is_empty()
    }

    /// Returns the treatments that the person is having now and that fit, now or once something is ruled out.
    pub(super) fn ongoing_that_fit(&self) -> Vec<&'a TreatmentAdvice> {
        let advice: &'a Advice = self.advice;
        let fits = |entry: &&TreatmentAdvice| entry.is_ongoing() && Fit::of(self.guide, entry).fits();
        advice.treatments.iter().filter(fits).collect()
    }

    /// Adds what the person is having now: first the treatments of the person's list, then the other treatments that are part of them and would
    /// otherwise be shown as options.
    pub(super) fn ongoing(&mut self) {
        let (guide, advice): (_, &'a Advice) = (self.guide, self.advice);
        let facts = self.ongoing_facts();
        if facts.is_empty() {
            return;
        }
        self.document.heading(2, t!(guide.text, answer_ongoing_heading));
        self.document.paragraph(t!(guide.text, answer_ongoing_intro));
        let treatment_of = |fact: FactId| advice.treatments.iter().find(|entry| guide[entry.treatment].given == Some(fact));
        for fact in facts.iter().copied().filter(|fact| treatment_of(*fact).is_none()) {
            let name = guide.guide.list_of(fact).map_or("", |list| list.name_of(fact));
            self.document.points(vec![Line::default().strong(name)]);
        }
        let listed: Vec<&TreatmentAdvice> = facts.into_iter().filter_map(treatment_of).collect();
        let is_part = |entry: &&TreatmentAdvice| entry.ongoing_in.is_some_and(|whole| whole != entry.treatment);
        let parts = advice.treatments.iter().filter(|entry| is_part(entry) && self.is_option(entry));
        for entry in listed.into_iter().chain(parts).collect::<Vec<_>>() {
            self.ongoing_treatment(entry);
        }
    }

    /// Whether the answer would show the treatment in a section of its own if the person weren't having it.
    fn is_option(&self, entry: &TreatmentAdvice) -> bool {
        let fit = Fit::of(self.guide, entry);
        !self.advice.scope.covered.is_false() && (fit.fits() || matches!(fit, Fit::MayFit | Fit::TrialOnly))
    }

    fn ongoing_treatment(&mut self, entry: &'a TreatmentAdvice) {
        let guide = self.guide;
        if !self.is_option(entry) {
            let (emphasis, fit) = verdict_label(guide, self.advice, entry);
            self.document.points(vec![self.name_and_summary(entry, Emphasis::Strong)]);
            self.document.points_at(1, vec![line!(guide => emphasis, answer_ongoing_fit, fit = fit)]);
            return;
        }
        if self.is_page {
            self.single_row(entry, None, OPTION);
            return;
        }
        self.shown.push(entry.treatment);
        let name = self.name(entry, Emphasis::Strong);
        self.document.section(OPTION, name, links::option_section(guide, entry.treatment));
        let why = self.why(entry, None);
        self.treatment(entry, why);
    }

    /// Returns a line that says that the person is having the treatment now, or `None` if not.
    pub(super) fn ongoing_line(&self, entry: &TreatmentAdvice) -> Option<Line> {
        ongoing_words(self.guide, entry).map(|words| Line::default().strong(words))
    }
}
