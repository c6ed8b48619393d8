//! What the person is having now.

use sarcoguide_model::{FactId, TreatmentAdvice, Truth};

use super::{Summary, fits};
use crate::fit::{Fit, verdict_label};
use crate::line::line;
use crate::words::{open_fact_links, open_facts};
use sarcoguide_document::Line;
use sarcoguide_text::t;

impl<'a> Summary<'a> {
    /// The facts about what the person is having now, each with its treatment if the guide has one for it.
    fn ongoing_facts(&self) -> Vec<(FactId, Option<&'a TreatmentAdvice>)> {
        let (guide, advice) = (self.guide, self.advice);
        let facts = guide.guide.fact_lists.iter().flat_map(|list| list.ongoing(self.case));
        let treatment_of = |fact: FactId| advice.treatments.iter().find(|entry| guide[entry.treatment].given == Some(fact));
        facts.map(|fact| (fact, treatment_of(fact))).collect()
    }

    /// The names of what the person is having now.
    pub(super) fn ongoing_names(&self) -> Vec<String> {
        let name = |(fact, entry): (FactId, Option<&TreatmentAdvice>)| match entry {
            Some(entry) => self.treatment(entry).name.clone(),
            None => self.guide.guide.list_of(fact).map_or_else(String::new, |list| list.name_of(fact).to_owned()),
        };
        self.ongoing_facts().into_iter().map(name).collect()
    }

    /// The treatments that the person is having now and that fit, now or once something is ruled out.
    pub(super) fn ongoing_that_fit(&self) -> impl Iterator<Item = &'a TreatmentAdvice> {
        let guide = self.guide;
        self.advice.treatments.iter().filter(move |entry| entry.is_ongoing() && fits(Fit::of(guide, entry)))
    }

    /// Adds what the person is having now, with what must be kept in mind.
    pub(super) fn ongoing(&mut self) {
        let (facts, names) = (self.ongoing_facts(), self.ongoing_names());
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
