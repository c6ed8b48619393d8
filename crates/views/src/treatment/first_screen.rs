//! The first screen of a treatment's page: warnings, what the treatment is, how long it takes, what it does, and its main side effects.

use std::collections::BTreeSet;

use sarcoguide_model::{Outcome, Standing, TreatmentAdvice};

use super::Page;
use super::caution::Caution;
use crate::figures;
use crate::fit::{trial_strength, unavailable_since, verdict_label};
use crate::line::line;
use crate::lines::effect_names_to;
use crate::links;
use crate::scope::is_not_judged;
use crate::timeline::{Part, Timeline};
use crate::words::{capital, within};
use sarcoguide_document::{Block, Emphasis, Line, Section};
use sarcoguide_text::t;

/// The maximum number of ways to give a treatment, and of its phases, on the first screen.
const MAX_PARTS: usize = 2;

impl<'g> Page<'g> {
    /// Adds what a person needs first. All of it is further down the page too, in full, except for the warnings.
    pub(super) fn first_screen(&mut self) {
        self.know_first();
        self.document.paragraph(self.treatment.summary.clone());
        self.at_first_glance();
        self.first_result();
        self.first_effects();
    }

    /// Adds the warnings: that people can't get the treatment, or only in a trial; what rules it out or needs care in the case; and the strongest
    /// warning on its label.
    fn know_first(&mut self) {
        let guide = self.guide;
        let mut lines = Vec::new();
        if let Some(entry) = self.judged() {
            lines.extend(self.availability_line(entry));
            lines.extend(self.withdrawal_lines());
            lines.extend(self.warnings(entry, |truth, caution| caution.comes_first(truth)));
        } else {
            if self.treatment.is_withdrawn() {
                let gone = capital(&unavailable_since(guide, self.treatment));
                lines.push(Line::default().add(Emphasis::Bad, format!("{gone}.")));
            } else if self.is_only_in_trials() {
                lines.extend(trial_strength(guide).map(|strength| {
                    Line::default().add(Emphasis::Open, format!("{}: ", strength.name)).plain(strength.help.clone())
                }));
            }
            lines.extend(self.withdrawal_lines());
            lines.extend(self.cautions(false, |caution| caution == Caution::OnLabel));
        }
        let named = effect_names_to(guide, &self.label_warnings(), links::effect_entry);
        lines.extend(named.map(|effects| line!(guide => Emphasis::Bad, treatment_label_warning, effects = effects)));
        if !lines.is_empty() {
            self.document.section(2, t!(guide.text, treatment_warning_heading), Section::Warning);
            self.document.points(lines);
        }
    }

    /// The advice on the treatment. `None` if there is no case, or if the guide can't judge the treatment because it doesn't cover the case.
    pub(super) fn judged(&self) -> Option<&'g TreatmentAdvice> {
        let answered = self.answered?;
        self.entry.filter(|entry| !is_not_judged(self.guide, answered.advice, entry.treatment))
    }

    /// For a withdrawn treatment, where it was available and why it was withdrawn.
    fn withdrawal_lines(&mut self) -> Vec<Line> {
        if self.treatment.is_withdrawn() { self.availability_lines() } else { Vec::new() }
    }

    fn is_only_in_trials(&self) -> bool {
        let indications = &self.treatment.indications;
        !indications.is_empty() && indications.iter().all(|indication| self.guide.standing(indication) == Standing::TrialOnly)
    }

    /// Adds whether the treatment fits the case, when and why it's given, how, and for how long.
    fn at_first_glance(&mut self) {
        let guide = self.guide;
        let mut facts: Vec<(String, Line)> = Vec::new();
        if let (Some(answered), Some(entry)) = (self.answered, self.entry) {
            let (emphasis, words) = verdict_label(guide, answered.advice, entry);
            facts.push((t!(guide.text, treatment_glance_you), Line::default().add(emphasis, capital(&words))));
        }
        if !self.treatment.is_withdrawn() {
            let all = self.treatment.indications.iter().enumerate();
            let concerning: Vec<_> = all.filter(|(index, _)| self.concerns(|entry| &entry.indications, *index)).collect();
            let timings = distinct(concerning.iter().map(|(_, indication)| guide[indication.timing].name.as_str()));
            let aims = distinct(concerning.iter().map(|(_, indication)| guide[indication.intent].name.as_str()));
            facts.push((t!(guide.text, treatment_glance_when), timings.into()));
            facts.push((t!(guide.text, treatment_glance_aim), aims.into()));
        }
        if let Some(timeline) = Timeline::of(guide, self.treatment, self.entry) {
            let ways: Vec<String> = timeline.given.iter().map(way).collect();
            let (shown, rest) = ways.split_at(ways.len().min(MAX_PARTS));
            let how = match rest.len() {
                0 => shown.join("; "),
                count => t!(guide.text, treatment_glance_more_ways, ways = shown.join("; "), count = count),
            };
            facts.push((t!(guide.text, treatment_glance_how), how.into()));
            // A way to give the treatment can say how long it lasts.
            let is_said = timeline.given.iter().any(|part| part.lasts.is_some());
            let lasting = timeline.phases.iter().filter(|_| !is_said).filter_map(|part| Some((&part.name, part.lasts.as_ref()?)));
            let lasting = lasting.map(|(part, lasts)| t!(guide.text, treatment_glance_lasts, part = part, duration = lasts));
            let lasting: Vec<String> = lasting.collect();
            let (shown, rest) = lasting.split_at(lasting.len().min(MAX_PARTS));
            let how_long = match rest.len() {
                0 => shown.join("; "),
                count => t!(guide.text, treatment_glance_more_parts, parts = shown.join("; "), count = count),
            };
            facts.push((t!(guide.text, treatment_glance_how_long), how_long.into()));
        }
        facts.retain(|(_, fact)| !fact.0.is_empty());
        if !facts.is_empty() {
            self.document.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds the first result of studies, in the guide's order, and the first comparison that has a picture. Results on how long people lived are
    /// further down, for people who want to know.
    fn first_result(&mut self) {
        let guide = self.guide;
        let all = self.outcomes(false);
        if all.is_empty() {
            return;
        }
        self.document.heading(2, t!(guide.text, treatment_first_result_heading));
        let known: Vec<&Outcome> = all.into_iter().filter(|outcome| !guide[outcome.measure].by_choice).collect();
        let Some(first) = known.first() else {
            self.document.paragraph(t!(guide.text, treatment_first_result_by_choice));
            return;
        };
        let pictures = known.iter().filter_map(|outcome| Some((*outcome, figures::of_outcome(guide, self.treatment, outcome)?)));
        let mut pictures: Vec<(&Outcome, Block)> = pictures.collect();
        pictures.sort_by_key(|(outcome, _)| outcome.comparator_value.is_none());
        let shown = pictures.into_iter().next();
        if shown.as_ref().is_none_or(|(outcome, _)| !std::ptr::eq(*outcome, *first)) {
            let mark = self.citations.mark(&first.from);
            self.document.paragraph(Line::default().plain(first.text.clone()).cite(mark));
        }
        self.document.blocks.extend(shown.map(|(_, picture)| picture));
    }
}

/// How, where, how often and how long a treatment is given, in one line.
fn way(part: &Part) -> String {
    let parts = [Some(part.name.as_str()), part.starts.as_deref(), part.lasts.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Joins the texts, each once.
fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut seen = BTreeSet::new();
    let texts = texts.filter(|text| seen.insert(*text)).enumerate();
    let texts: Vec<String> = texts.map(|(index, text)| if index == 0 { text.to_owned() } else { within(text) }).collect();
    texts.join("; ")
}
