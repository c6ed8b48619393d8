//! What fits and what may fit, by the time on the way.

use sarcoguide_model::{Advice, AvailabilityStatus, FactId, TermId, TreatmentAdvice, Truth, Verdict};

use super::{Answer, full_name, is_near, look, strength, withdrawn};
use crate::document::{Line, Look, Section, Target};
use crate::words::reasons;

/// More than so many that may fit are folded by the time on the way.
const MANY: usize = 8;
/// How many names of what may fit are told in short for each time, and how many questions.
const NAMES: usize = 4;
const QUESTIONS: usize = 3;

/// Treatments at one time, each with how strongly it is held out then.
type Here<'a> = Vec<(TermId, &'a TreatmentAdvice)>;

impl<'a> Answer<'a> {
    /// Whether it is a treatment of the cancer that fits, or that only waits for something to be ruled out.
    fn fits(&self, entry: &TreatmentAdvice) -> bool {
        let fits = entry.verdict == Verdict::Indicated || is_near(entry) && !withdrawn(entry, self.guide);
        fits && !self.is_around(entry)
    }

    /// Whether it is a treatment of the cancer that may fit, as far as is known.
    fn may_fit(&self, entry: &TreatmentAdvice) -> bool {
        entry.verdict == Verdict::Possible && !is_near(entry) && !self.is_around(entry) && !withdrawn(entry, self.guide)
    }

    /// The treatments of the cancer that fit, by the time on the way: the strongest first, approved before off label.
    pub(super) fn by_time(&self) -> Vec<(TermId, Here<'a>)> {
        let guide = self.guide;
        let advice: &'a Advice = self.advice;
        let times = (0..guide.timings.len()).map(TermId::new).map(|time| {
            let mut here: Here<'a> = Vec::new();
            for entry in advice.treatments.iter().filter(|entry| self.fits(entry)) {
                let indications = guide.treatments[entry.treatment.index()].indications.iter().zip(&entry.indications);
                let holding = indications.filter(|(indication, truth)| truth.is_true() && indication.timing == time);
                here.extend(holding.map(|(indication, _)| indication.strength).min().map(|strength| (strength, entry)));
            }
            let order = |strength: TermId, entry: &TreatmentAdvice| {
                let treatment = &guide.treatments[entry.treatment.index()];
                let status =
                    treatment.availability.last().map_or(AvailabilityStatus::Approved, |availability| availability.status);
                (strength, status, treatment.modality)
            };
            here.sort_by_key(|(strength, entry)| order(*strength, entry));
            (time, here)
        });
        times.filter(|(_, here)| !here.is_empty()).collect()
    }

    /// What may fit, by the time on the way at which it would be strongest.
    fn open_by_time(&self) -> Vec<(TermId, Here<'a>)> {
        let advice: &'a Advice = self.advice;
        let mut open: Vec<(TermId, TermId, &TreatmentAdvice)> = Vec::new();
        for entry in advice.treatments.iter().filter(|entry| self.may_fit(entry)) {
            open.extend(strength(self.guide, entry).map(|(strength, timing)| (timing, strength, entry)));
        }
        let modality = |entry: &TreatmentAdvice| self.guide.treatments[entry.treatment.index()].modality;
        open.sort_by_key(|(timing, strength, entry)| (*timing, *strength, modality(entry)));
        let together = open.chunk_by(|one, other| one.0 == other.0);
        together.map(|here| (here[0].0, here.iter().map(|(_, strength, entry)| (*strength, *entry)).collect())).collect()
    }

    /// Care that belongs to the first time on the way, before anything is decided.
    fn before_all(&self) -> Here<'a> {
        let guide = self.guide;
        let advice: &'a Advice = self.advice;
        let mut here: Here<'a> = Vec::new();
        for entry in advice.treatments.iter().filter(|entry| self.is_around(entry)) {
            let indications = guide.treatments[entry.treatment.index()].indications.iter().zip(&entry.indications);
            let first = indications.filter(|(indication, truth)| !truth.is_false() && indication.timing.index() == 0);
            let strength = first.map(|(indication, _)| indication.strength).min();
            let wanted = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible);
            here.extend(strength.filter(|_| wanted).map(|strength| (strength, entry)));
        }
        here.sort_by_key(|(strength, _)| *strength);
        here
    }

    /// The names of treatments, each leading to where it is told on the page, with how strongly they are held out.
    fn names(&self, here: &[(TermId, &TreatmentAdvice)]) -> Line {
        let names = here.iter().map(|(_, entry)| {
            let name = self.guide.treatments[entry.treatment.index()].name.clone();
            let line = Line::default().link(Look::Plain, name, Target::Option(entry.treatment));
            match entry.verdict {
                _ if entry.declined.is_true() => line.plain(" (not wanted)"),
                Verdict::Possible if is_near(entry) => line.plain(" (if something is ruled out first)"),
                _ => line,
            }
        });
        names.reduce(|line, name| line.plain("; ").then(name)).unwrap_or_default()
    }

    /// The answer in a few lines, for who reads no further: names with how strongly each is held out.
    pub(super) fn overview(&mut self) {
        let guide = self.guide;
        let (times, open) = (self.by_time(), self.open_by_time());
        if times.is_empty() && open.is_empty() {
            return;
        }
        self.document.heading(2, "In short");
        let before_all = self.before_all();
        if !before_all.is_empty() {
            let head = Line::default().add(Look::Good, guide.timings[0].name.clone()).plain(": ");
            let names = before_all.iter().map(|(_, entry)| {
                let name = guide.treatments[entry.treatment.index()].name.clone();
                Line::default().link(Look::Plain, name, Target::Treatment(entry.treatment))
            });
            let names = names.reduce(|line, name| line.plain("; ").then(name)).unwrap_or_default();
            self.document.points(vec![head.then(names)]);
        }
        for (time, here) in times {
            self.document.points(vec![Line::default().add(Look::Good, guide.timings[time.index()].name.clone())]);
            let alike = here.chunk_by(|(one, _), (other, _)| one == other);
            let line = |alike: &[(TermId, &TreatmentAdvice)]| {
                let head = Line::from(format!("{}: ", guide.strengths[alike[0].0.index()].name));
                head.then(self.names(alike))
            };
            let lines = alike.map(line).collect();
            self.document.points_at(1, lines);
        }
        if !open.is_empty() {
            let many: usize = open.iter().map(|(_, here)| here.len()).sum();
            let count = match many {
                1 => "1 treatment; it depends on what is not known yet".to_owned(),
                many => format!("{many} treatments; they depend on what is not known yet"),
            };
            self.document.points(vec![Line::default().add(Look::Open, "Might be an option: ").plain(count)]);
            let line = |(time, here): &(TermId, Here<'_>)| {
                let told = &here[..here.len().min(NAMES)];
                let more = here.len() - told.len();
                let more = if more == 0 { String::new() } else { format!("; and {more} more") };
                Line::from(format!("{}: ", guide.timings[time.index()].name)).then(self.names(told)).plain(more)
            };
            let lines = open.iter().map(line).collect();
            self.document.points_at(1, lines);
        }
        let waits = self.advice.treatments.iter().any(|entry| self.may_fit(entry) || self.fits(entry) && is_near(entry));
        let questions = if waits { &self.advice.next_questions[..] } else { &[] };
        let question = |question: &sarcoguide_model::NextQuestion| {
            let text = guide.facts[question.fact.index()].question.clone();
            Line::default().link(Look::Plain, text, Target::Fact(question.fact))
        };
        let questions: Vec<Line> = questions.iter().take(QUESTIONS).map(question).collect();
        if !questions.is_empty() {
            self.document.points(vec![Line::default().strong("To find out first, as it settles most: ")]);
            self.document.points_at(1, questions);
        }
    }

    /// Care that belongs before every decision: who plans, what to find out.
    pub(super) fn planning(&mut self) {
        let here = self.before_all();
        if here.is_empty() || self.advice.scope.covered.is_false() {
            return;
        }
        let first = &self.guide.timings[0];
        self.document.heading(2, first.name.clone());
        self.document.paragraph(first.help.clone());
        here.into_iter().for_each(|(_, entry)| self.beside(entry, Some(TermId::new(0))));
    }

    /// Care around treatment, but for what belongs before every decision.
    pub(super) fn around(&mut self, section: Section) {
        let advice: &'a Advice = self.advice;
        let told = if advice.scope.covered.is_false() { Vec::new() } else { self.before_all() };
        let entries = advice.treatments.iter().filter(|entry| {
            let wanted = matches!(entry.verdict, Verdict::Indicated | Verdict::Possible);
            wanted && self.is_around(entry) && told.iter().all(|(_, other)| other.treatment != entry.treatment)
        });
        let entries: Vec<&TreatmentAdvice> = entries.collect();
        if entries.is_empty() {
            return;
        }
        self.document.section(2, "Around treatment", section);
        entries.into_iter().for_each(|entry| self.beside(entry, None));
    }

    /// Care in short: what it is, why (at one time, or at all of them), and on what it depends.
    fn beside(&mut self, entry: &TreatmentAdvice, time: Option<TermId>) {
        let treatment = &self.guide.treatments[entry.treatment.index()];
        let line = self.name(entry, look(entry, self.guide)).plain(": ").plain(treatment.summary.clone());
        self.document.points(vec![line]);
        let mut lines = self.indications(entry, time, |truth| !truth.is_false());
        if entry.verdict == Verdict::Possible {
            lines.push(self.missing(entry));
        }
        self.document.points_at(1, lines);
    }

    /// Facts that decide for every one of these that is decided.
    fn shared_by(&self, entries: &[&TreatmentAdvice]) -> Vec<FactId> {
        let decided: Vec<_> = entries.iter().filter(|entry| entry.verdict == Verdict::Indicated).collect();
        let Some((first, others)) = decided.split_first() else { return Vec::new() };
        if others.iter().all(|other| other.treatment == first.treatment) {
            return Vec::new();
        }
        let everywhere = |fact: &FactId| others.iter().all(|other| other.reason.contains(fact));
        first.reason.iter().copied().filter(|fact| !self.shared.contains(fact) && everywhere(fact)).collect()
    }

    /// Treatments of the cancer that fit, in full or in short, by the time on the way.
    pub(super) fn options(&mut self) {
        if self.advice.scope.covered.is_false() {
            return;
        }
        self.document.heading(2, "Fits this situation");
        let times = self.by_time();
        let fitting: Vec<&TreatmentAdvice> = times.iter().flat_map(|(_, here)| here).map(|(_, entry)| *entry).collect();
        if !fitting.iter().any(|entry| entry.verdict == Verdict::Indicated) {
            let due = self.guide.nothing_due.iter().zip(&self.advice.nothing_due);
            let reasons: Vec<Line> =
                due.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| self.cited(&entry.statement)).collect();
            if reasons.is_empty() {
                self.document.paragraph("With what is known so far, no treatment of the cancer is settled. Look at what might be an option, and at what to find out next.");
            }
            reasons.into_iter().for_each(|reason| self.document.paragraph(reason));
        }
        if fitting.is_empty() {
            return;
        }
        self.document.paragraph(
            "In the order of time. At each time, what the guide holds out most strongly stands first. Which of them is right is for you and your team to weigh.",
        );
        let shared = self.shared_by(&fitting);
        if !shared.is_empty() {
            let facts = reasons(self.guide, self.case, &shared);
            self.document.paragraph(Line::default().strong("All of them are decided by: ").plain(facts));
        }
        self.shared = shared;
        let mut told = Vec::new();
        for (time, here) in times {
            self.document.heading(2, self.guide.timings[time.index()].name.clone());
            let new: Vec<&TreatmentAdvice> =
                here.iter().map(|(_, entry)| *entry).filter(|entry| !told.contains(&entry.treatment)).collect();
            let shared = self.shared_by(&new);
            if !shared.is_empty() {
                let facts = reasons(self.guide, self.case, &shared);
                self.document.paragraph(Line::default().faint(format!("What is new here is decided, besides, by: {facts}")));
            }
            let before = self.shared.len();
            self.shared.extend(shared);
            for (strength, entry) in here {
                let strength = self.guide.strengths[strength.index()].name.to_lowercase();
                let heading = self.name(entry, Look::Strong).plain(": ");
                let heading = match entry.verdict {
                    Verdict::Indicated => heading.add(Look::Good, strength),
                    _ => heading.add(Look::Open, format!("{strength}, if something is ruled out first")),
                };
                let again = told.contains(&entry.treatment);
                let section = if again { Section::Plain } else { Section::Option(entry.treatment) };
                self.document.section(3, heading, section);
                if again {
                    let mut line = Line::default().plain("See above. ");
                    line.0.extend(self.indications(entry, Some(time), Truth::is_true).into_iter().flat_map(|line| line.0));
                    self.document.paragraph(line);
                } else {
                    told.push(entry.treatment);
                    self.treatment(entry, time);
                }
            }
            self.shared.truncate(before);
        }
    }

    /// What may fit: by the time on the way, folded where there is much of it.
    pub(super) fn possible(&mut self) {
        let mut open = self.open_by_time();
        let many: usize = open.iter().map(|(_, here)| here.len()).sum();
        if many == 0 {
            return;
        }
        self.document.heading(2, "Might be an option: more needs to be known");
        if many <= MANY {
            let mut all: Here<'a> = open.drain(..).flat_map(|(_, here)| here).collect();
            // So that the main treatment does not stand behind what is only tried.
            all.sort_by_key(|(strength, _)| *strength);
            all.into_iter().for_each(|(_, entry)| self.open(entry, 3));
            return;
        }
        self.document.paragraph("You need not read all of this. Each answer to what should be found out first makes it shorter.");
        for (time, here) in open {
            let time = &self.guide.timings[time.index()].name;
            self.document.section(3, format!("{time}: {}", here.len()), self.aside());
            here.into_iter().for_each(|(_, entry)| self.open(entry, 4));
        }
    }

    /// A treatment that may fit: on what that depends, and what speaks against it.
    fn open(&mut self, entry: &TreatmentAdvice, level: u8) {
        let treatment = &self.guide.treatments[entry.treatment.index()];
        let heading = Line::default().link(Look::Open, full_name(treatment), Target::Treatment(entry.treatment));
        self.document.section(level, heading, Section::Option(entry.treatment));
        self.document.paragraph(treatment.summary.clone());
        let mut lines = vec![self.missing(entry)];
        lines.extend(self.indications(entry, None, |truth| !truth.is_false()).into_iter().take(2));
        if entry.declined.is_true() {
            lines.push(Line::default().add(Look::Open, "You said that you do not want this."));
        }
        lines.extend(self.speaks_against(entry, treatment));
        lines.extend(self.availability(treatment));
        self.document.points(lines);
    }
}
