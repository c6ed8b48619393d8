//! Advice for a person, as a document.

mod treatment;

use std::collections::BTreeSet;

use sarcoguide_model::{Advice, Case, FactId, Guide, Statement, Treatment, TreatmentAdvice, Truth, Verdict};

use crate::document::{Document, Line, Look};
use crate::lines::{derived_line, question_line};
use crate::words::{self, Citations, known, reasons};

/// How much of a treatment is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What helps to choose what to read on.
    Short,
    /// Everything.
    Full,
}

/// A case with the guide's answer, and the citations collected on the way.
struct Answer<'a> {
    guide: &'a Guide,
    case: &'a Case,
    advice: &'a Advice,
    citations: Citations,
    document: Document,
    /// Facts that every treatment held out rests on; they are said once.
    shared: Vec<FactId>,
    /// Sentences told already that need no second telling in a short answer.
    told: BTreeSet<&'a str>,
}

/// Everything that the guide says about a case, in the order in which a person needs it.
#[must_use]
pub fn answer(guide: &Guide, case: &Case, advice: &Advice) -> Document {
    let mut answer = Answer::new(guide, case, advice);
    answer.opening();
    // Who is not covered is told so first.
    if advice.scope.covered.is_false() {
        answer.scope();
    }
    answer.situation();
    if !advice.scope.covered.is_false() {
        answer.scope();
    }
    answer.overview();
    answer.options();
    answer.possible();
    answer.not_to_be_had();
    answer.around();
    answer.not_fitting();
    answer.next_questions();
    answer.closing();
    answer.document
}

/// Everything that the guide has on one treatment for a case.
#[must_use]
pub fn why(guide: &Guide, case: &Case, advice: &Advice, treatment: sarcoguide_model::TreatmentId) -> Document {
    let mut answer = Answer::new(guide, case, advice);
    let entry = &advice.treatments[treatment.index()];
    let name = full_name(&guide.treatments[treatment.index()]);
    answer.document.heading(1, Line::default().plain(name).plain(": ").add(look(entry, guide), verdict_words(entry, guide)));
    answer.scope();
    answer.treatment(entry, Detail::Full, None);
    answer.closing();
    answer.document
}

/// A name with its brands.
pub(crate) fn full_name(treatment: &Treatment) -> String {
    if treatment.brands.is_empty() {
        treatment.name.clone()
    } else {
        format!("{} ({})", treatment.name, treatment.brands.join(", "))
    }
}

fn withdrawn(entry: &TreatmentAdvice, guide: &Guide) -> bool {
    guide.treatments[entry.treatment.index()].is_withdrawn() && entry.verdict != Verdict::NotIndicated
}

fn look(entry: &TreatmentAdvice, guide: &Guide) -> Look {
    match entry.verdict {
        _ if withdrawn(entry, guide) => Look::Bad,
        Verdict::Indicated => Look::Good,
        Verdict::Possible => Look::Open,
        Verdict::Contraindicated | Verdict::Unavailable | Verdict::NotIndicated => Look::Bad,
    }
}

fn verdict_words(entry: &TreatmentAdvice, guide: &Guide) -> &'static str {
    match entry.verdict {
        Verdict::NotIndicated => "does not fit this situation",
        _ if withdrawn(entry, guide) => "withdrawn, not to be had",
        Verdict::Indicated => "held out for this situation",
        Verdict::Possible if entry.indications.iter().any(|truth| truth.is_true()) => "fits, if something is ruled out first",
        Verdict::Possible => "might be an option",
        Verdict::Contraindicated => "advised against here",
        Verdict::Unavailable => "withdrawn, not to be had",
    }
}

impl<'a> Answer<'a> {
    fn new(guide: &'a Guide, case: &'a Case, advice: &'a Advice) -> Self {
        Self {
            guide,
            case,
            advice,
            citations: Citations::default(),
            document: Document::default(),
            shared: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).faint(mark)
    }

    fn opening(&mut self) {
        self.document.heading(1, self.guide.name.clone());
        self.document.paragraph(
            "This is what the guide says about the facts given. It informs and does not prescribe: it is no medical advice, and your care team may have reasons for another plan.",
        );
        self.document.paragraph(self.guide.review.clone());
    }

    fn situation(&mut self) {
        self.document.heading(2, "The situation");
        let facts: Vec<Line> = self
            .case
            .stated()
            .map(|fact| {
                Line::default().plain(format!("{}: ", self.guide.facts[fact.index()].name)).strong(known(
                    self.guide,
                    fact,
                    self.case.get(fact),
                ))
            })
            .collect();
        if facts.is_empty() {
            self.document.paragraph("Nothing is stated yet.");
        }
        self.document.points(facts);
        let covered = !self.advice.scope.covered.is_false();
        let headlines: Vec<Line> = self
            .advice
            .derived
            .iter()
            .filter(|entry| covered && self.guide.derived[entry.derived.index()].headline)
            .map(|entry| derived_line(self.guide, self.case, entry, &mut self.citations))
            .collect();
        if !headlines.is_empty() {
            self.document.heading(3, "What follows from it");
            self.document.points(headlines);
        }
    }

    fn scope(&mut self) {
        let scope = &self.advice.scope;
        match scope.covered {
            Truth::True => {}
            Truth::Unknown => {
                let missing: Vec<&str> = scope.missing.iter().map(|fact| self.guide.facts[fact.index()].name.as_str()).collect();
                let text =
                    format!("Whether the guide covers this situation is not settled. It depends on: {}.", missing.join(", "));
                self.document.paragraph(Line::default().add(Look::Open, text));
            }
            Truth::False => {
                self.document.heading(2, Line::default().add(Look::Bad, "Not covered by this guide"));
                for index in &scope.outside {
                    let entry = &self.guide.out_of_scope[*index];
                    let line = self.cited(&entry.statement);
                    let mut full = Line::default().strong(format!("{}. ", entry.name));
                    full.0.extend(line.0);
                    self.document.paragraph(full);
                    self.document.paragraph(Line::default().plain("Where to look: ").strong(entry.where_to_look.clone()));
                }
                self.document
                    .paragraph("No treatment of the cancer is listed here for that reason. Care around it is for everyone.");
            }
        }
    }

    fn is_around(&self, entry: &TreatmentAdvice) -> bool {
        self.guide.modalities[self.guide.treatments[entry.treatment.index()].modality.index()].around
    }

    /// The treatments of the cancer that are held out, by the time on the way: each with its strongest indication there.
    fn by_time(&self) -> Vec<(usize, Vec<(usize, &'a TreatmentAdvice)>)> {
        let advice: &'a Advice = self.advice;
        let fitting = || advice.treatments.iter().filter(|entry| entry.verdict == Verdict::Indicated && !self.is_around(entry));
        let times = self.guide.timings.iter().enumerate().map(|(time, _)| {
            let mut here: Vec<(usize, &TreatmentAdvice)> = fitting()
                .filter_map(|entry| {
                    let treatment = &self.guide.treatments[entry.treatment.index()];
                    let holding = treatment.indications.iter().zip(&entry.indications).filter(|(_, truth)| truth.is_true());
                    let here = holding.filter(|(indication, _)| indication.timing.index() == time);
                    here.map(|(indication, _)| indication.strength.index()).min().map(|strength| (strength, entry))
                })
                .collect();
            here.sort_by_key(|(strength, entry)| (*strength, self.guide.treatments[entry.treatment.index()].modality));
            (time, here)
        });
        times.filter(|(_, here)| !here.is_empty()).collect()
    }

    /// The answer in a few lines, for who reads no further.
    fn overview(&mut self) {
        let guide = self.guide;
        let name = |entry: &TreatmentAdvice| {
            let declined = if entry.declined.is_true() { " (not wanted)" } else { "" };
            format!("{}{declined}", guide.treatments[entry.treatment.index()].name)
        };
        let mut lines: Vec<Line> = Vec::new();
        for (time, here) in self.by_time() {
            let names: Vec<String> = here.iter().map(|(_, entry)| name(entry)).collect();
            lines.push(Line::default().add(Look::Good, format!("{}: ", guide.timings[time].name)).plain(names.join("; ")));
        }
        let open = self.advice.treatments.iter().filter(|entry| self.is_open(entry)).count();
        if open > 0 {
            lines.push(Line::default().add(Look::Open, "Might be an option: ").plain(match open {
                1 => "1 treatment; it depends on what is not known yet".to_owned(),
                open => format!("{open} treatments; they depend on what is not known yet"),
            }));
        }
        if let (true, Some(question)) = (open > 0, self.advice.next_questions.first()) {
            let question = guide.facts[question.fact.index()].question.clone();
            lines.push(Line::default().strong("To find out first: ").plain(question));
        }
        if !lines.is_empty() {
            self.document.heading(2, "In short");
            self.document.points(lines);
        }
    }

    /// Whether it is a treatment of the cancer that may yet be an option.
    fn is_open(&self, entry: &TreatmentAdvice) -> bool {
        entry.verdict == Verdict::Possible && !self.is_around(entry) && !withdrawn(entry, self.guide)
    }

    /// Treatments of the cancer that are held out, in full or in short, by the time on the way.
    fn options(&mut self) {
        if self.advice.scope.covered.is_false() {
            return;
        }
        self.document.heading(2, "Held out for this situation");
        let times = self.by_time();
        if times.is_empty() {
            let due = self.guide.nothing_due.iter().zip(&self.advice.nothing_due);
            let reasons: Vec<Line> =
                due.filter(|(_, truth)| truth.is_true()).map(|(entry, _)| self.cited(&entry.statement)).collect();
            if !reasons.is_empty() {
                reasons.into_iter().for_each(|reason| self.document.paragraph(reason));
                return;
            }
            self.document.paragraph("With what is known so far, no treatment of the cancer is settled. Look at what might be an option, and at what to find out next.");
            return;
        }
        self.document.paragraph("In the order of time, not of worth. Which of them is right is for you and your team to weigh.");
        let fitting: Vec<&TreatmentAdvice> = times.iter().flat_map(|(_, here)| here).map(|(_, entry)| *entry).collect();
        let alone = fitting.iter().all(|entry| entry.treatment == fitting[0].treatment);
        if !alone {
            let everywhere = |fact: &FactId| fitting.iter().all(|entry| entry.reason.contains(fact));
            self.shared = fitting[0].reason.iter().copied().filter(everywhere).collect();
        }
        if !self.shared.is_empty() {
            let facts = reasons(self.guide, self.case, &self.shared);
            self.document.paragraph(Line::default().strong("All of them are decided by: ").plain(facts));
        }
        let mut told = Vec::new();
        for (time, here) in times {
            self.document.heading(2, self.guide.timings[time].name.clone());
            for (strength, entry) in here {
                let name = full_name(&self.guide.treatments[entry.treatment.index()]);
                let strength = self.guide.strengths[strength].name.to_lowercase();
                let heading = Line::default().strong(name).plain(": ").add(Look::Good, strength);
                self.document.heading(3, heading);
                if told.contains(&entry.treatment) {
                    let mut line = Line::default().plain("See above. ");
                    line.0.extend(self.indications(entry, Some(time)).into_iter().flat_map(|line| line.0));
                    self.document.paragraph(line);
                } else {
                    told.push(entry.treatment);
                    self.treatment(entry, Detail::Short, Some(time));
                }
            }
        }
    }

    fn possible(&mut self) {
        let open: Vec<&TreatmentAdvice> = self.advice.treatments.iter().filter(|entry| self.is_open(entry)).collect();
        let (nearly, open): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|entry| entry.indications.iter().any(|truth| truth.is_true()));
        for (title, entries) in
            [("Fits, if something is ruled out first", nearly), ("Might be an option: more needs to be known", open)]
        {
            if entries.is_empty() {
                continue;
            }
            self.document.heading(2, title);
            for entry in entries {
                let treatment = &self.guide.treatments[entry.treatment.index()];
                let line = Line::default().add(Look::Open, full_name(treatment)).plain(": ").plain(treatment.summary.clone());
                self.document.points(vec![line]);
                let mut lines = vec![Line::default().strong("Depends on: ").plain(self.missing(entry, Detail::Short))];
                lines.extend(self.indications(entry, None).into_iter().take(2));
                if entry.declined.is_true() {
                    lines.push(Line::default().add(Look::Open, "You said that you do not want this."));
                }
                for (contraindication, truth) in treatment.contraindications.iter().zip(&entry.contraindications) {
                    if *truth == Truth::Unknown {
                        let mark = self.citations.mark(&contraindication.rule.from);
                        lines.push(Line::default().strong("To be ruled out: ").plain(contraindication.text.clone()).faint(mark));
                    }
                }
                self.document.points_at(1, lines);
            }
        }
    }

    fn not_to_be_had(&mut self) {
        for (title, verdict) in
            [("Advised against here", Verdict::Contraindicated), ("Withdrawn: known, but not to be had", Verdict::Unavailable)]
        {
            let entries: Vec<&TreatmentAdvice> = self
                .advice
                .treatments
                .iter()
                .filter(
                    |entry| if verdict == Verdict::Unavailable { withdrawn(entry, self.guide) } else { entry.verdict == verdict },
                )
                .collect();
            if entries.is_empty() {
                continue;
            }
            self.document.heading(2, Line::default().add(Look::Bad, title));
            for entry in entries {
                let treatment = &self.guide.treatments[entry.treatment.index()];
                self.document.points(vec![
                    Line::default().add(Look::Bad, full_name(treatment)).plain(": ").plain(treatment.summary.clone()),
                ]);
                let mut lines = self.warnings(entry, treatment, Detail::Short);
                if !entry.reason.is_empty() {
                    lines.push(Line::default().strong("Decided by: ").plain(reasons(self.guide, self.case, &entry.reason)));
                }
                self.document.points_at(1, lines);
            }
        }
    }

    fn around(&mut self) {
        let entries: Vec<&TreatmentAdvice> = self
            .advice
            .treatments
            .iter()
            .filter(|entry| self.is_around(entry) && matches!(entry.verdict, Verdict::Indicated | Verdict::Possible))
            .collect();
        if entries.is_empty() {
            return;
        }
        self.document.heading(2, "Around treatment");
        for entry in entries {
            let treatment = &self.guide.treatments[entry.treatment.index()];
            let line =
                Line::default().add(look(entry, self.guide), treatment.name.clone()).plain(": ").plain(treatment.summary.clone());
            self.document.points(vec![line]);
            let mut lines = self.indications(entry, None);
            if entry.verdict == Verdict::Possible {
                lines.push(Line::default().strong("Depends on: ").plain(self.missing(entry, Detail::Short)));
            }
            self.document.points_at(1, lines);
        }
    }

    fn not_fitting(&mut self) {
        let scope = &self.advice.scope;
        if scope.covered.is_false() && !scope.reason.is_empty() {
            self.document.heading(2, "Not listed, and why");
            let because = reasons(self.guide, self.case, &scope.reason);
            self.document
                .paragraph(format!("The other treatments of this guide are not for this situation because of {because}."));
            return;
        }
        let entries = self.advice.treatments.iter().filter(|entry| entry.verdict == Verdict::NotIndicated);
        let lines: Vec<Line> = entries
            .map(|entry| {
                let treatment = &self.guide.treatments[entry.treatment.index()];
                let because = reasons(self.guide, self.case, &entry.reason);
                let because = if because.is_empty() { "the guide holds it out for no one".to_owned() } else { because };
                Line::default().strong(treatment.name.clone()).plain(": because of ").plain(because)
            })
            .collect();
        if !lines.is_empty() {
            self.document.heading(2, "Does not fit this situation, and why");
            self.document.points(lines);
        }
    }

    fn next_questions(&mut self) {
        let questions = &self.advice.next_questions;
        if questions.is_empty() {
            return;
        }
        self.document.heading(2, "What to find out next");
        self.document.paragraph("The facts that would settle most, first.");
        let lines: Vec<Line> = questions.iter().take(8).map(|question| question_line(self.guide, question)).collect();
        self.document.points(lines);
        if questions.len() > 8 {
            self.document.paragraph(format!("{} more facts matter for some treatment.", questions.len() - 8));
        }
    }

    fn closing(&mut self) {
        let disclaimer = self.cited(&self.guide.disclaimer);
        words::sources(self.guide, &self.citations, &mut self.document);
        self.document.paragraph(disclaimer);
    }
}
