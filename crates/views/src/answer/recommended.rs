//! Shows the treatments that fit and those that may fit, grouped by timing.

use sarcoguide_model::{Advice, TimingId, TreatmentAdvice, Verdict};

use super::grouping::{Grouping, Recommendation, Whole, count_names};
use super::treatment::{missing_facts, precautions};
use super::{Answer, Shared};
use crate::fit::Fit;
use crate::line::line;
use crate::words::{full_name, open_fact_links, reasons, within};
use crate::{links, listed};
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::t;

/// The heading level of an option. The headings of its techniques are one level lower.
pub(super) const OPTION: u8 = 3;
/// If more treatments than this may fit, each timing gets its own section.
const MANY: usize = 8;
/// The maximum number of treatments that the overview names for each timing, among those that may fit.
const NAMES: usize = 4;
/// The maximum number of questions in the overview.
const QUESTIONS: usize = 3;

/// Returns the items that aren't in `other`.
fn without<T: Copy + PartialEq>(items: &[T], other: &[T]) -> Vec<T> {
    items.iter().copied().filter(|item| !other.contains(item)).collect()
}

/// Returns the items that are in every list. Returns nothing if there are fewer than two lists.
fn in_all<T: Copy + PartialEq>(lists: Vec<Vec<T>>) -> Vec<T> {
    match lists.split_first() {
        Some((first, others)) if !others.is_empty() => {
            first.iter().copied().filter(|item| others.iter().all(|other| other.contains(item))).collect()
        }
        _ => Vec::new(),
    }
}

impl<'a> Answer<'a> {
    /// Returns the treatment's name as a link to its section in this document. A note follows if the person declines it, or if
    /// something must be ruled out first.
    pub(super) fn link_to_section(&self, entry: &TreatmentAdvice) -> Line {
        let guide = self.guide;
        let name = guide[entry.treatment].name.clone();
        let name = Line::default().link(Emphasis::Plain, name, links::option(guide, entry.treatment));
        if entry.declined.is_true() {
            line!(guide, answer_not_wanted, treatment = name)
        } else if Fit::of(guide, entry) == Fit::FitsOnceRuledOut {
            line!(guide, answer_named_if_ruled_out, treatment = name)
        } else {
            name
        }
    }

    /// Returns the names of treatments. The techniques of each follow in parentheses, grouped by how strongly they're recommended.
    fn names(&self, here: &[Whole<'_>]) -> Line {
        let guide = self.guide;
        let names = here.iter().map(|whole| {
            let treatment = self.link_to_section(whole.entry);
            let alike = whole.ways.chunk_by(|(one, _), (other, _)| one == other).map(|alike| {
                let names = alike.iter().map(|(_, technique)| self.link_to_section(technique));
                let strength = within(&guide[alike[0].0].name);
                line!(guide, answer_ways_strength, techniques = Line::joined(names, ", "), strength = strength)
            });
            if whole.ways.is_empty() {
                treatment
            } else {
                line!(guide, answer_ways, treatment = treatment, ways = Line::joined(alike, "; "))
            }
        });
        Line::joined(names, "; ")
    }

    /// Adds the answer in a few lines, for people who read no further: the names of treatments, how strongly those that fit are recommended, and the
    /// first questions to ask.
    pub(super) fn overview(&mut self, all: &Grouping<'a>) {
        let guide = self.guide;
        let in_trials = self.in_trials();
        if all.recommended.is_empty() && all.open.is_empty() && in_trials.is_empty() {
            return;
        }
        self.document.heading(2, t!(guide.text, answer_in_short));
        let initial_care = self.initial_care();
        if let Some(start) = guide.start.filter(|_| !initial_care.is_empty()) {
            let names = initial_care.iter().map(|(_, entry)| {
                let name = guide[entry.treatment].name.clone();
                Line::default().link(Emphasis::Plain, name, links::treatment(guide, entry.treatment))
            });
            let (time, names) = (&guide[start].name, Line::joined(names, "; "));
            self.document.points(vec![line!(guide => Emphasis::Good, answer_treatments_at, name = time, treatments = names)]);
        }
        for (time, here) in &all.recommended {
            self.document.points(vec![Line::default().add(Emphasis::Good, guide[*time].name.clone())]);
            let line = |alike: &[Whole<'_>]| {
                let strength = &guide[alike[0].strength].name;
                line!(guide, answer_treatments_recommended, strength = strength, treatments = self.names(alike))
            };
            let lines = here.chunk_by(|one, other| one.strength == other.strength).map(line).collect();
            self.document.points_at(1, lines);
        }
        if !all.open.is_empty() {
            self.document.points(vec![line!(guide => Emphasis::Open, answer_open_count, count = self.count_open(all))]);
            let line = |(time, here): &(TimingId, Vec<Whole<'_>>)| {
                let (first, others) = here.split_at(here.len().min(NAMES));
                let (time, names) = (&guide[*time].name, self.names(first));
                line!(guide, answer_open_at, time = time, treatments = names, more = count_names(others))
            };
            let lines = all.open.iter().map(line).collect();
            self.document.points_at(1, lines);
        }
        if let Some(strength) = self.trial_strength().filter(|_| !in_trials.is_empty()) {
            let names = in_trials.iter().map(|entry| self.link_to_section(entry));
            let (name, names) = (&strength.name, Line::joined(names, "; "));
            self.document.points(vec![line!(guide => Emphasis::Open, answer_treatments_at, name = name, treatments = names)]);
        }
        let questions = self.first_questions();
        if !questions.is_empty() {
            self.document.points(vec![line!(guide, answer_find_out_first)]);
            self.document.points_at(1, questions);
        }
    }

    /// Returns the questions that settle most, if the verdict on a treatment that isn't supportive is open.
    pub(super) fn first_questions(&self) -> Vec<Line> {
        let guide = self.guide;
        let open = |entry: &TreatmentAdvice| entry.verdict == Verdict::Possible && !self.is_supportive(entry);
        let waits = self.advice.treatments.iter().any(open);
        let questions = if waits { listed::next_questions(guide, self.advice) } else { Vec::new() };
        let question = |question: &sarcoguide_model::NextQuestion| {
            let text = listed::question(guide, question.fact);
            Line::default().link(Emphasis::Plain, text, links::fact(self.guide, question.fact))
        };
        questions.iter().take(QUESTIONS).map(question).collect()
    }

    /// Adds the supportive treatments to give before any decision, under the name of the guide's first timing. Adds nothing if the guide doesn't
    /// cover the case.
    pub(super) fn planning(&mut self) {
        let here = self.initial_care();
        let Some(start) = self.guide.start.filter(|_| !here.is_empty() && !self.advice.scope.covered.is_false()) else { return };
        let first = &self.guide[start];
        self.document.heading(2, first.name.clone());
        self.document.paragraph(first.help.clone());
        here.into_iter().for_each(|(_, entry)| self.supportive_entry(entry, Some(start)));
    }

    /// Adds the supportive treatments that are indicated or possible, except those that `planning` adds.
    pub(super) fn supportive_treatments(&mut self) {
        let advice: &'a Advice = self.advice;
        let before = if advice.scope.covered.is_false() { Vec::new() } else { self.initial_care() };
        let entries = advice.treatments.iter().filter(|entry| {
            let wanted = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible);
            wanted && self.is_supportive(entry) && before.iter().all(|(_, other)| other.treatment != entry.treatment)
        });
        let entries: Vec<&TreatmentAdvice> = entries.collect();
        if entries.is_empty() {
            return;
        }
        self.document.heading(2, t!(self.guide.text, answer_supportive_care));
        entries.into_iter().for_each(|entry| self.supportive_entry(entry, None));
    }

    /// Adds a short entry for a supportive treatment: what it is, why it's given, and which missing facts decide. If `time` is given, only the
    /// reasons at that timing are included.
    fn supportive_entry(&mut self, entry: &TreatmentAdvice, time: Option<TimingId>) {
        self.document.points(vec![self.name_and_summary(entry, Fit::of(self.guide, entry).emphasis())]);
        let mut lines = self.indications(entry, time, |truth| !truth.is_false());
        if entry.verdict == Verdict::Possible {
            lines.extend(self.missing(entry));
        }
        self.document.points_at(1, lines);
    }

    /// Returns what all of these treatments have in common and the document hasn't stated yet. Returns nothing for a single treatment. `decided_by`
    /// covers only the indicated treatments, because the verdicts of the others are still open.
    fn shared_by(&self, entries: &[&TreatmentAdvice]) -> Shared<'a> {
        let decided = entries.iter().filter(|entry| entry.verdict == Verdict::Indicated);
        let decided = decided.map(|entry| without(&entry.reason, &self.shared.decided_by)).collect();
        let to_check = entries.iter().map(|entry| without(&self.to_check(entry), &self.shared.to_check)).collect();
        Shared { decided_by: in_all(decided), to_check: in_all(to_check), ..Shared::default() }
    }

    /// Writes what several treatments have in common, and records it so that it isn't repeated for each of them. `decided_by` and `to_check` turn the
    /// facts into sentences.
    fn share(&mut self, shared: Shared<'a>, decided_by: impl FnOnce(String) -> Line, to_check: impl FnOnce(Line) -> Line) {
        if !shared.decided_by.is_empty() {
            self.document.paragraph(decided_by(reasons(self.guide, self.case, &shared.decided_by)));
        }
        if !shared.to_check.is_empty() {
            self.document.paragraph(to_check(open_fact_links(self.guide, &shared.to_check)));
        }
        self.shared.add(shared);
    }

    /// Adds the treatments that fit, grouped by timing.
    pub(super) fn options(&mut self, times: &[(TimingId, Vec<Whole<'a>>)]) {
        if self.advice.scope.covered.is_false() {
            return;
        }
        let guide = self.guide;
        self.document.heading(2, t!(guide.text, answer_fits));
        let recommended = self.all_recommended(times.iter().flat_map(|(_, here)| here));
        let ongoing = self.ongoing_that_fit();
        if !recommended.iter().chain(&ongoing).any(|entry| entry.verdict == Verdict::Indicated) {
            let due = self.guide.no_treatment_indicated.iter().zip(&self.advice.no_treatment_indicated);
            let reasons: Vec<Line> =
                due.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| self.cited(&entry.statement)).collect();
            if reasons.is_empty() && !self.has_ongoing() {
                self.document.paragraph(t!(guide.text, answer_nothing_settled));
            }
            reasons.into_iter().for_each(|reason| self.document.paragraph(reason));
        }
        if recommended.is_empty() {
            if self.has_ongoing() {
                self.document.paragraph(t!(guide.text, answer_nothing_new));
            }
            return;
        }
        self.document.paragraph(t!(guide.text, answer_order));
        self.share(
            self.shared_by(&recommended),
            |facts| line!(guide, answer_all_decided_by, facts = facts),
            |facts| line!(guide, answer_all_to_check, facts = facts),
        );
        for (time, here) in times {
            self.document.heading(2, self.guide[*time].name.clone());
            let these = self.all_recommended(here.iter());
            let new: Vec<&TreatmentAdvice> =
                these.iter().copied().filter(|entry| !self.shown.contains(&entry.treatment)).collect();
            let before = self.shared.clone();
            let which = |any_before: bool| match (new.len() == these.len(), any_before) {
                (true, false) => "all",
                (true, true) => "all-more",
                (false, false) => "new",
                (false, true) => "new-more",
            };
            let (decided_by, to_check) = (which(!before.decided_by.is_empty()), which(!before.to_check.is_empty()));
            self.share(
                self.shared_by(&new),
                |facts| line!(guide, answer_these_decided_by, which = decided_by, facts = facts),
                |facts| line!(guide, answer_these_to_check, which = to_check, facts = facts),
            );
            for whole in here {
                self.option((whole.strength, whole.entry), *time, OPTION);
                self.techniques(whole, OPTION + 1);
            }
            self.shared = before;
        }
        self.shared = Shared::default();
    }

    /// Adds the techniques of a treatment below it.
    fn techniques(&mut self, whole: &Whole<'a>, level: u8) {
        if whole.ways.is_empty() {
            return;
        }
        self.document.paragraph(Line::default().strong(t!(self.guide.text, answer_ways_follow)));
        let before = self.shared.clone();
        self.shared.add(self.stated_for(whole.entry));
        // A technique that is already shown needs only one line. These lines come before the techniques with a heading. After a heading, a line would
        // seem to belong to it.
        let is_above = |(_, technique): &&Recommendation<'_>| self.shown.contains(&technique.treatment);
        let (above, new): (Vec<&Recommendation<'a>>, Vec<&Recommendation<'a>>) = whole.ways.iter().partition(is_above);
        for (strength, technique) in above.into_iter().chain(new) {
            if self.fits_at(technique, whole.time) || self.shown.contains(&technique.treatment) {
                self.option((*strength, technique), whole.time, level);
            } else {
                self.open(technique, Some(whole.time), level);
            }
        }
        self.shared = before;
    }

    /// Returns what was stated for a treatment and also applies to its techniques.
    fn stated_for(&self, entry: &TreatmentAdvice) -> Shared<'a> {
        let treatment = &self.guide[entry.treatment];
        Shared {
            decided_by: entry.reason.clone(),
            missing: missing_facts(self.guide, entry),
            to_check: self.to_check(entry),
            precautions: precautions(entry, treatment).map(|precaution| precaution.text.as_str()).collect(),
        }
    }

    /// Adds a treatment at a timing. If the document already has a section for the treatment, only adds a reference to that section and the reasons
    /// at this timing.
    fn option(&mut self, (strength, entry): Recommendation<'a>, time: TimingId, level: u8) {
        let guide = self.guide;
        let (name, strength) = (self.name(entry, Emphasis::Strong), within(&guide[strength].name));
        let heading = if !self.fits_at(entry, time) {
            line!(guide => Emphasis::Open, answer_option, treatment = name, strength = strength)
        } else if entry.verdict == Verdict::Indicated {
            line!(guide => Emphasis::Good, answer_option, treatment = name, strength = strength)
        } else {
            line!(guide => Emphasis::Open, answer_option_if_ruled_out, treatment = name, strength = strength)
        };
        if !self.shown.contains(&entry.treatment) {
            self.shown.push(entry.treatment);
            self.document.section(level, heading, links::option_section(self.guide, entry.treatment));
            let why = self.why(entry, Some(time));
            self.treatment(entry, why);
            return;
        }
        let why = self.indications(entry, Some(time), |truth| !truth.is_false());
        let why = Line::joined(why.into_iter(), " ");
        if level == OPTION {
            self.document.heading(level, heading);
            self.document.paragraph(line!(guide, answer_see_above, why = why));
        } else {
            // A single line about a technique needs no heading.
            self.document.paragraph(line!(guide, answer_named_see_above, treatment = heading, why = why));
        }
    }

    /// Adds the treatments that may fit. If there are more than [`MANY`], they're grouped by timing.
    pub(super) fn possible(&mut self, all: &Grouping<'a>) {
        let guide = self.guide;
        if all.open.is_empty() {
            return;
        }
        self.document.heading(2, t!(guide.text, answer_open));
        if self.count_open(all) <= MANY {
            let mut main_treatments: Vec<&Whole<'a>> = all.open.iter().flat_map(|(_, here)| here).collect();
            // List the most strongly recommended treatments first, regardless of timing.
            main_treatments.sort_by_key(|whole| whole.strength);
            main_treatments.into_iter().for_each(|whole| self.open_whole(whole, OPTION));
            return;
        }
        self.document.paragraph(t!(guide.text, answer_open_many));
        for (time, here) in &all.open {
            let heading = t!(guide.text, answer_open_time, time = &guide[*time].name, count = count_names(here));
            self.document.heading(3, heading);
            here.iter().for_each(|whole| self.open_whole(whole, OPTION + 1));
        }
    }

    /// Adds a treatment that may fit, followed by its techniques.
    fn open_whole(&mut self, whole: &Whole<'a>, level: u8) {
        self.open(whole.entry, None, level);
        self.techniques(whole, level + 1);
    }

    /// Adds a treatment that may fit: the facts that it depends on, at most two of its reasons, and the reasons against it. If `time` is given, only
    /// the reasons at that timing are included.
    fn open(&mut self, entry: &TreatmentAdvice, time: Option<TimingId>, level: u8) {
        self.shown.push(entry.treatment);
        let treatment = &self.guide[entry.treatment];
        let heading = Line::default().link(Emphasis::Open, full_name(treatment), links::treatment(self.guide, entry.treatment));
        self.document.section(level, heading, links::option_section(self.guide, entry.treatment));
        self.document.paragraph(treatment.summary.clone());
        let mut lines: Vec<Line> = self.missing(entry).into_iter().collect();
        lines.extend(self.indications(entry, time, |truth| !truth.is_false()).into_iter().take(2));
        if entry.declined.is_true() {
            lines.push(Line::default().add(Emphasis::Open, t!(self.guide.text, answer_declined)));
        }
        lines.extend(self.reasons_against(entry, treatment));
        lines.extend(self.availability(treatment));
        self.document.points(lines);
    }
}
