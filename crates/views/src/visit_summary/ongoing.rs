//! What the person is having now.

use sarcoguide_model::{TreatmentAdvice, Truth};

use super::{Summary, fits};
use crate::fit::{Fit, verdict_label};
use crate::line::line;
use crate::take_along::{ongoing_facts, ongoing_names};
use crate::words::{open_fact_links, open_facts};
use sarcoguide_document::Line;
use sarcoguide_text::t;

impl<'a> Summary<'a> {
    /// The treatments that the person is having now and that fit, now or once something is ruled out.
    pub(super) fn ongoing_that_fit(&self) -> impl Iterator<Item = &'a TreatmentAdvice> {
        let guide = self.guide;
        self.advice.treatments.iter().filter(move |entry| entry.is_ongoing() && fits(Fit::of(guide, entry)))
    }

    /// Adds what the person is having now, with what must be kept in mind.
    pub(super) fn ongoing(&mut self) {
        let facts = ongoing_facts(self.guide, self.case, self.advice);
        let names = ongoing_names(self.guide, self.case, self.advice);
        if facts.is_empty() {
            return;
        }
        self.document.heading(2, t!(self.guide.text, visit_ongoing_heading));
        for ((_, entry), name) in facts.into_iter().zip(names) {
            self.document.points(vec![Line::default().strong(name)]);
            let lines = entry.map(|entry| self.ongoing_lines(entry)).unwrap_or_default();
            self.document.points_at(1, lines);
        }
    }

    fn ongoing_lines(&mut self, entry: &'a TreatmentAdvice) -> Vec<Line> {
        let (guide, treatment) = (self.guide, self.treatment(entry));
        let mut lines = Vec::new();
        let fit = Fit::of(guide, entry);
        if matches!(fit, Fit::AdvisedAgainst | Fit::Unavailable) {
            let (emphasis, words) = verdict_label(guide, self.advice, entry);
            lines.push(line!(guide => emphasis, visit_ongoing_fit, fit = words));
        }
        let contraindications = treatment.contraindications.iter().zip(&entry.contraindications);
        let open = contraindications.filter(|(_, truth)| **truth == Truth::Unknown).map(|(entry, _)| &entry.rule.when);
        let to_rule_out = open_facts(guide, self.case, &self.advice.implied, open);
        if fits(fit) && !to_rule_out.is_empty() {
            lines.push(line!(guide, visit_ongoing_to_rule_out, facts = open_fact_links(guide, &to_rule_out)));
        }
        let precautions = treatment.precautions.iter().zip(&entry.precautions);
        for (precaution, _) in precautions.filter(|(precaution, truth)| truth.is_true() && !precaution.is_for_everyone()) {
            let text = self.sentence(&precaution.text, &precaution.rule.from);
            lines.push(line!(guide, visit_ongoing_take_care, text = text));
        }
        lines
    }
}
