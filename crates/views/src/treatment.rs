//! Everything that the guide has on one treatment, for a case or in general.

mod compare;
pub(crate) mod effects;
mod rules;

use sarcoguide_model::{Condition, FactId, Outcome, Statement, Treatment, TreatmentAdvice, TreatmentId, Truth, Verdict};

use crate::Answered;
use crate::Edition;
use crate::answer::{full_name, part_of, part_of_told, verdict};
use crate::lines::outcome_line;
use crate::links;
use crate::scope::{NOTHING_AGAINST, is_not_judged, scope};
use crate::timeline::Timeline;
use crate::values::beside;
use crate::words::{self, Citations, capital, humanize, natural_frequency, reasons};
use sarcoguide_document::svg::Drawing;
use sarcoguide_document::{Block, Document, Emphasis, Line, People, Section};

pub use compare::compare;

/// Who reads.
#[derive(Clone, Copy)]
pub enum Reader<'a> {
    /// A person with the disease, or someone close.
    Person,
    /// The team: with codes, tables of evidence, and every rule in words.
    Team {
        /// What a condition comes to in the case, where there is one.
        truth: Option<&'a dyn Fn(&Condition) -> Truth>,
    },
}

const BENEFITS: &str = "Benefits: what studies found";
const HARMS: &str = "Harms: side effects";

/// A page under way.
struct Page<'a> {
    guide: Edition<'a>,
    treatment: &'a Treatment,
    answered: Option<Answered<'a>>,
    /// What the guide says of the treatment for the case.
    entry: Option<&'a TreatmentAdvice>,
    citations: Citations,
    document: Document,
}

/// The page of a treatment.
#[must_use]
pub fn page(guide: Edition<'_>, id: TreatmentId, answered: Option<Answered<'_>>, reader: Reader<'_>) -> Document {
    let treatment = &guide[id];
    let entry = answered.map(|answered| &answered.advice[id]);
    let mut page = Page { guide, treatment, answered, entry, citations: Citations::default(), document: Document::default() };
    page.title();
    if let Some(answered) = answered {
        scope(guide, answered, &mut page.citations, &mut page.document);
    }
    if let Reader::Team { .. } = reader {
        page.codes();
    }
    page.document.paragraph(treatment.summary.clone());
    page.document.paragraph(words::reviewed_by(guide, treatment).unwrap_or_else(|| guide.review.clone()));
    page.here();
    page.in_general(reader);
    page.availability();
    page.section("What it is", &treatment.what);
    page.given();
    page.document.heading(2, BENEFITS);
    page.results();
    page.document.heading(2, HARMS);
    page.effects();
    page.tests();
    page.section("What is watched", &treatment.monitoring);
    let disagreements: Vec<Statement> = treatment.disagreements.iter().map(|entry| entry.statement.clone()).collect();
    page.section("Where sources differ", &disagreements);
    page.section("To ask", &treatment.questions);
    page.values();
    if let Reader::Team { truth } = reader {
        page.evidence();
        page.rules(truth);
    }
    page.finish()
}

/// Whether a measured result counts a side effect.
pub(crate) fn is_harm(guide: Edition<'_>, outcome: &Outcome) -> bool {
    guide.effects.iter().any(|effect| effect.measures.contains(&outcome.measure))
}

impl<'g> Page<'g> {
    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    fn section(&mut self, title: &str, statements: &[Statement]) {
        let lines = statements.iter().map(|statement| self.cited(statement)).collect();
        self.lines(title, lines);
    }

    fn lines(&mut self, title: &str, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    /// What is not false in the case. Without a case, that is everything.
    fn concerns(&self, truths: impl Fn(&TreatmentAdvice) -> &[Truth], index: usize) -> bool {
        self.entry.is_none_or(|entry| truths(entry).get(index) != Some(&Truth::False))
    }

    fn title(&mut self) {
        let mut title = Line::default().plain(full_name(self.treatment));
        if let (Some(answered), Some(entry)) = (self.answered, self.entry) {
            let (emphasis, words) = verdict(self.guide, answered.advice, entry);
            title = title.plain(": ").add(emphasis, words);
        }
        self.document.heading(1, title);
    }

    fn codes(&mut self) {
        let codes: Vec<String> = self.treatment.codes.iter().map(|(system, code)| format!("{system} {code}")).collect();
        let codes = if codes.is_empty() { String::new() } else { format!("; codes: {}", codes.join(", ")) };
        let kind = &self.guide[self.treatment.modality].name;
        self.document.paragraph(Line::default().faint(format!("{kind}; {}{codes}", self.treatment.id)));
    }

    /// What the guide says of it for the case: why, why not, what is still to be known.
    fn here(&mut self) {
        let (Some(answered), Some(entry)) = (self.answered, self.entry) else { return };
        self.document.heading(2, "In this situation");
        self.in_case(answered, entry);
    }

    /// Why it is here, on what that depends, and what speaks against it.
    fn in_case(&mut self, answered: Answered<'_>, entry: &TreatmentAdvice) {
        if entry.declined.is_true() {
            let note = "You said that you do not want this. It stays listed so that nothing is hidden.";
            self.document.paragraph(Line::default().add(Emphasis::Open, note));
        }
        if is_not_judged(self.guide, answered.advice, entry.treatment) {
            self.document.paragraph(format!("This guide doesn't cover your situation. {NOTHING_AGAINST}"));
            return;
        }
        let mut points: Vec<Line> = self.fit_here(entry).into_iter().collect();
        points.extend(self.indications_here(entry));
        points.extend(part_of_told(self.guide, &part_of(self.guide, answered.advice, entry)));
        if !entry.reason.is_empty() {
            points.push(Line::default().strong("Decided by: ").plain(reasons(self.guide, answered.case, &entry.reason)));
        }
        if entry.verdict == Verdict::NotIndicated && entry.reason.is_empty() {
            points.push(Line::from("The guide names it for no one."));
        }
        if !entry.missing.is_empty() {
            let facts: Vec<FactId> = entry.missing.iter().map(|missing| missing.fact).collect();
            points.push(Line::default().strong("Depends on: ").then(words::questions(self.guide, &facts)));
        }
        points.extend(self.warnings(entry));
        self.document.points(points);
    }

    /// For whom the guide holds it out, whatever the case.
    fn in_general(&mut self, reader: Reader<'_>) {
        let guide = self.guide;
        let team = matches!(reader, Reader::Team { .. });
        let withdrawn = self.treatment.is_withdrawn();
        let mut lines = Vec::new();
        for indication in &self.treatment.indications {
            let mark = self.citations.mark(&indication.rule.from);
            let timing = &guide[indication.timing].name;
            let strength = &guide[indication.strength].name;
            let strength = if withdrawn { String::new() } else { format!("; {strength}") };
            let place = format!("{timing}{strength}; aim: {}", guide[indication.intent].name);
            let when = if team { format!(". When {}", words::condition(guide, &indication.rule.when)) } else { String::new() };
            lines.push(Line::default().plain(indication.sentence(Truth::Unknown)).cite(mark).faint(format!(" ({place}{when})")));
        }
        if !lines.is_empty() {
            let (title, section) = match self.entry {
                Some(_) if withdrawn => ("Who it was for, in general", Section::Folded),
                None if withdrawn => ("Who it was for", Section::Plain),
                Some(_) => ("For whom, in general", Section::Folded),
                None => ("For whom", Section::Plain),
            };
            self.document.section(2, title, section);
            self.document.points(lines);
        }
        if self.entry.is_none() {
            let lines = self.cautions(team);
            self.lines("To take care of", lines);
        }
    }

    fn availability(&mut self) {
        let mut lines = Vec::new();
        for entry in &self.treatment.availability {
            let since = entry.since.map(|date| format!(", since {date}")).unwrap_or_default();
            let jurisdiction = entry.jurisdiction.as_ref().map(|jurisdiction| format!(" ({jurisdiction})")).unwrap_or_default();
            let head = format!("{}{since}{jurisdiction}: ", capital(&humanize(entry.status.id())));
            let text = self.cited(&entry.statement);
            lines.push(Line::default().strong(head).then(text));
        }
        self.lines("Availability", lines);
    }

    fn given(&mut self) {
        if let Some(mut timeline) = Timeline::of(self.guide, self.treatment, self.entry) {
            timeline.cite(&mut self.citations);
            self.document.heading(2, "How it goes");
            self.document.blocks.push(Block::Picture { words: timeline.blocks(), drawing: Drawing::Parts(timeline.drawing()) });
        }
    }

    /// Measured results, each with its people of 100, and what is not known.
    fn results(&mut self) {
        if !self.figures(false, |_| true) {
            self.document.paragraph("The guide has no figures on what it achieves.");
        }
        if !self.treatment.unknowns.is_empty() {
            let lines = self.treatment.unknowns.iter().map(|statement| self.cited(statement)).collect();
            self.document.heading(3, "What is not known");
            self.document.points(lines);
        }
    }

    /// The measured results that concern the case: those of harms, or the others.
    fn outcomes(&self, harms: bool) -> Vec<&'g Outcome> {
        let concerning =
            self.treatment.outcomes.iter().enumerate().filter(|(index, outcome)| {
                self.concerns(|entry| &entry.outcomes, *index) && is_harm(self.guide, outcome) == harms
            });
        concerning.map(|(_, outcome)| outcome).collect()
    }

    /// The figures of harms, or the others, where they are wanted; whether there are any.
    fn figures(&mut self, harms: bool, wanted: impl Fn(&Outcome) -> bool) -> bool {
        let outcomes: Vec<&Outcome> = self.outcomes(harms).into_iter().filter(|outcome| wanted(outcome)).collect();
        for outcome in &outcomes {
            self.document.points(vec![outcome_line(self.guide, outcome, &mut self.citations)]);
            self.document.blocks.extend(people_of(self.guide, self.treatment, outcome));
        }
        !outcomes.is_empty()
    }

    /// What the guide names of it that touches what matters to the person.
    fn values(&mut self) {
        let lines = self.beside_values();
        self.lines("What matters to you", lines);
    }

    fn beside_values(&self) -> Vec<Line> {
        let values = self.answered.map(|answered| answered.preferences).unwrap_or_default();
        beside(self.guide, values, self.treatment, self.entry, true)
    }

    fn tests(&mut self) {
        let lines = self.required_tests();
        self.lines("Tests needed first", lines);
    }

    fn required_tests(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for test in &self.treatment.required_tests {
            let line = self.cited(&test.statement);
            lines.push(match test.fact {
                Some(fact) => line.plain(" ").link(Emphasis::Plain, self.guide[fact].name.clone(), links::fact(self.guide, fact)),
                None => line,
            });
        }
        lines
    }

    fn finish(mut self) -> Document {
        // It is cited before the sources are numbered for good.
        let disclaimer = self.answered.map(|_| self.cited(&self.guide.disclaimer));
        words::sources(self.guide, &self.citations, &mut self.document);
        self.document.paragraph(disclaimer.unwrap_or_default());
        self.document
    }
}

/// What an outcome says of 100 people, with the treatment and with what it is compared; none for what is no share of people.
#[must_use]
pub fn people_of(guide: Edition<'_>, treatment: &Treatment, outcome: &Outcome) -> Option<Block> {
    if outcome.statistic.as_deref().is_some_and(|statistic| statistic != "rate") {
        return None;
    }
    let mut groups = vec![people(&treatment.name, &outcome.value)?];
    if let (Some(name), Some(figure)) = (&outcome.comparator, &outcome.comparator_value) {
        groups.extend(people(name, figure));
    }
    let at = outcome.at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
    // Of whom the figure is belongs to it.
    let whom = outcome.population.as_ref().map(|people| format!(" ({})", people.trim_end_matches('.'))).unwrap_or_default();
    Some(Block::People { title: format!("{}{at}{whom}", guide[outcome.measure].name), groups })
}

/// So many of 100 people; none for what is no share of people.
fn people(name: &str, figure: &sarcoguide_model::Figure) -> Option<People> {
    let (low, high) = figure.of_100_people()?;
    let share = |people: i64| u8::try_from(people).ok().filter(|people| *people <= 100);
    let (low, high) = (share(low)?, share(high)?);
    let (least, most) = (100 - high, 100 - low);
    let words = if low == high {
        format!("{name}: {low} of 100 people; not so for the other {most}")
    } else {
        format!("{name}: {low} to {high} of 100 people; not so for the other {least} to {most}")
    };
    Some(People { low, high, words: capital(&words) })
}

/// A figure as it is written, with people of 100 where it is a share.
fn figure(figure: &sarcoguide_model::Figure) -> String {
    // A whole number of percent says nothing that the people do not say.
    let rounded = |people: &String| !people.starts_with(figure.written.trim_end_matches('%').trim_end());
    match natural_frequency(figure) {
        Some(people) if rounded(&people) => format!("{} = {people}", figure.written),
        Some(people) => people,
        None => figure.written.clone(),
    }
}
