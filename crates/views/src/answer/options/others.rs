//! What comes after the rows: what the team checks, other scenarios, rarer circumstances, trials, and care around treatment.

use std::collections::BTreeSet;

use sarcoguide_model::{Scenario, Standing, TreatmentId, Verdict};

use super::{Page, ROW};
use crate::answer::grouping::{Grouping, Whole, count_names};
use crate::answer::scenarios::{checks, is_check, text_and};
use crate::answer::strength;
use crate::line::line;
use sarcoguide_document::{Block, Section};
use sarcoguide_text::t;

impl<'a> Page<'a> {
    /// Adds what the team checks before treatment.
    pub(super) fn before_deciding(&mut self) {
        let guide = self.answer.guide;
        self.answer.document.heading(2, t!(guide.text, options_before));
        let checks = self.scenario.map_or(Vec::new(), |scenario| checks(guide.guide, scenario, |_| true));
        if !checks.is_empty() {
            self.answer.document.paragraph(line!(guide, options_checks, checks = checks.join("; ")));
        }
    }

    /// Adds the treatments that only other scenarios indicate, and those that no scenario indicates.
    pub(super) fn other_scenarios(&mut self, all: &Grouping<'a>) {
        let guide = self.answer.guide;
        let mut left: Vec<&Whole<'a>> = all.open.iter().flat_map(|(_, here)| here).collect();
        let first = self.scenario;
        let others: &'a [Scenario] = self.open.scenarios.get(1..).unwrap_or_default();
        let mut said: BTreeSet<&str> =
            first.iter().flat_map(|first| &first.assumptions).map(|assumption| assumption.says(guide.guide)).collect();
        let paths = self.answer.document.blocks.len();
        for other in others {
            let indicated: BTreeSet<TreatmentId> = other.indicated().map(|entry| entry.treatment).collect();
            let is_here = |whole: &&Whole<'a>| indicated.contains(&whole.entry.treatment);
            let (here, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(is_here);
            left = rest;
            if here.is_empty() {
                continue;
            }
            let unusual: Vec<&str> =
                other.assumptions.iter().filter(|one| !one.is_usual()).map(|one| one.says(guide.guide)).collect();
            self.answer.document.heading(3, t!(guide.text, options_if, difference = text_and(guide, &unusual)));
            said.extend(&unusual);
            let also = other.assumptions.iter().filter(|one| !is_check(guide.guide, one)).map(|one| one.says(guide.guide));
            let mut seen = said.clone();
            let also: Vec<&str> = also.filter(|says| seen.insert(says)).collect();
            if !also.is_empty() {
                self.answer.document.paragraph(t!(guide.text, scenarios_also_assumed, assumed = also.join("; ")));
            }
            for whole in here {
                if self.answer.shown.contains(&whole.entry.treatment) {
                    continue;
                }
                let indicated = other.treatments.iter().find(|entry| entry.treatment == whole.entry.treatment);
                let checked =
                    indicated.map_or(Vec::new(), |entry| checks(guide.guide, other, |fact| entry.reason.contains(&fact)));
                let tag = self.answer.strength_tag(whole.entry, whole.strength);
                self.answer.open_row(whole, tag, &checked, ROW);
            }
        }
        left.retain(|whole| !self.answer.shown.contains(&whole.entry.treatment));
        if !left.is_empty() {
            self.answer.document.heading(3, t!(guide.text, options_rare));
            self.answer.document.paragraph(t!(guide.text, options_rare_depends));
        }
        for whole in left {
            let tag = self.answer.open_tag();
            self.answer.open_row(whole, tag, &[], ROW);
        }
        if self.answer.document.blocks.len() > paths {
            let count: usize = all.open.iter().map(|(_, here)| count_names(here)).sum();
            let heading = Block::Heading {
                level: 2,
                line: t!(guide.text, options_otherwise, count = count).into(),
                section: Section::Folded,
            };
            self.answer.document.blocks.insert(paths, heading);
        }
    }

    /// Adds the treatments that are available only in clinical trials.
    pub(super) fn trials(&mut self) {
        if !self.open.scope.covered.is_false() {
            self.answer.trials();
        }
    }

    /// Adds the care around treatment that isn't part of the course above.
    pub(super) fn supportive(&mut self, section: Section) {
        let guide = self.answer.guide;
        let first: BTreeSet<TreatmentId> = if self.open.scope.covered.is_false() {
            BTreeSet::new()
        } else {
            self.first_care().iter().map(|(_, entry)| entry.treatment).collect()
        };
        let advice = self.answer.advice;
        let wanted: Vec<_> = advice
            .treatments
            .iter()
            .filter(|entry| guide.is_supportive(entry.treatment) && !first.contains(&entry.treatment))
            .filter(|entry| matches!(entry.verdict, Verdict::Indicated | Verdict::Possible))
            .filter_map(|entry| strength(guide, entry).map(|(strength, _)| (strength, entry)))
            .collect();
        if wanted.is_empty() {
            return;
        }
        let visible = if section == Section::Plain { Standing::Recommended } else { Standing::TrialOnly };
        self.answer.document.section(2, t!(guide.text, answer_supportive_care), section);
        self.care_rows(&wanted, None, visible);
    }
}
