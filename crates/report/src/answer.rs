//! Advice for a person, as a document.

use sarcoguide_model::{
    Advice, Case, DerivedAdvice, EffectUse, Frequency, Guide, Lasting, NextQuestion, Statement, Treatment, TreatmentAdvice,
    Truth, Urgency, Verdict,
};

use crate::document::{Document, Line, Look};
use crate::words::{self, Citations, capital, known, of_100, reasons, stated};

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
}

/// Everything that the guide says about a case, in the order in which a person needs it.
#[must_use]
pub fn answer(guide: &Guide, case: &Case, advice: &Advice) -> Document {
    let mut answer = Answer { guide, case, advice, citations: Citations::default(), document: Document::default() };
    answer.opening();
    answer.situation();
    answer.scope();
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
    let mut answer = Answer { guide, case, advice, citations: Citations::default(), document: Document::default() };
    let entry = &advice.treatments[treatment.index()];
    let name = full_name(&guide.treatments[treatment.index()]);
    answer.document.heading(1, Line::default().plain(name).plain(": ").add(look(entry, guide), verdict_words(entry, guide)));
    answer.scope();
    answer.treatment(entry, Detail::Full);
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

impl Answer<'_> {
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
        let headlines: Vec<Line> = self
            .advice
            .derived
            .iter()
            .filter(|entry| self.guide.derived[entry.derived.index()].headline)
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

    /// Treatments of the cancer that are held out, by the time on the way.
    fn options(&mut self) {
        let fitting: Vec<&TreatmentAdvice> =
            self.advice.treatments.iter().filter(|entry| entry.verdict == Verdict::Indicated && !self.is_around(entry)).collect();
        if self.advice.scope.covered.is_false() {
            return;
        }
        self.document.heading(2, "Held out for this situation");
        if fitting.is_empty() {
            self.document.paragraph("With what is known so far, no treatment of the cancer is settled. Look at what might be an option, and at what to find out next.");
            return;
        }
        self.document.paragraph("In the order of time, not of worth. Which of them is right is for you and your team to weigh.");
        let mut told = Vec::new();
        for (index, timing) in self.guide.timings.iter().enumerate() {
            let mut here: Vec<(usize, &TreatmentAdvice)> = fitting
                .iter()
                .filter_map(|entry| {
                    let treatment = &self.guide.treatments[entry.treatment.index()];
                    let holding = treatment.indications.iter().zip(&entry.indications).filter(|(_, truth)| truth.is_true());
                    holding
                        .filter(|(indication, _)| indication.timing.index() == index)
                        .map(|(indication, _)| indication.strength.index())
                        .min()
                        .map(|strength| (strength, *entry))
                })
                .collect();
            if here.is_empty() {
                continue;
            }
            here.sort_by_key(|(strength, entry)| (*strength, self.guide.treatments[entry.treatment.index()].modality));
            self.document.heading(2, timing.name.clone());
            for (strength, entry) in here {
                let name = full_name(&self.guide.treatments[entry.treatment.index()]);
                let strength = self.guide.strengths[strength].name.to_lowercase();
                let heading = Line::default().strong(name).plain(": ").add(Look::Good, strength);
                self.document.heading(3, heading);
                if told.contains(&entry.treatment) {
                    self.document.paragraph("Told above in full; here because:");
                    let lines = self.indications(entry, Some(index));
                    self.document.points(lines);
                } else {
                    told.push(entry.treatment);
                    self.treatment(entry, Detail::Short);
                }
            }
        }
    }

    /// Why it is here: indications that hold, or may hold.
    fn indications(&mut self, entry: &TreatmentAdvice, timing: Option<usize>) -> Vec<Line> {
        let guide = self.guide;
        let treatment = &guide.treatments[entry.treatment.index()];
        let mut lines = Vec::new();
        let mut holding: Vec<_> = treatment.indications.iter().zip(&entry.indications).collect();
        holding.sort_by_key(|(_, truth)| !truth.is_true());
        for (indication, truth) in holding {
            if truth.is_false() || timing.is_some_and(|timing| indication.timing.index() != timing) {
                continue;
            }
            let mark = self.citations.mark(&indication.rule.from);
            let place = format!(
                "{}, {}, aim: {}",
                guide.timings[indication.timing.index()].name,
                guide.strengths[indication.strength.index()].name.to_lowercase(),
                guide.intents[indication.intent.index()].name.to_lowercase()
            );
            let open = if *truth == Truth::Unknown { "; open" } else { "" };
            lines.push(Line::default().plain(indication.text.clone()).faint(mark).faint(format!(" ({place}{open})")));
        }
        lines
    }

    /// What is told of a treatment below its heading.
    fn treatment(&mut self, entry: &TreatmentAdvice, detail: Detail) {
        let guide = self.guide;
        let treatment = &guide.treatments[entry.treatment.index()];
        let full = detail == Detail::Full;
        self.document.paragraph(treatment.summary.clone());
        if entry.declined.is_true() {
            self.document.paragraph(
                Line::default().add(Look::Open, "You said that you do not want this. It stays listed so that nothing is hidden."),
            );
        }
        let mut points = Vec::new();
        let mut why = self.indications(entry, None);
        if entry.verdict == Verdict::Indicated && !full {
            // What may hold besides is told in full only.
            why.truncate(entry.indications.iter().filter(|truth| truth.is_true()).count().max(1));
        }
        points.extend(why.into_iter().map(|line| {
            let mut first = Line::default().strong("Why: ");
            first.0.extend(line.0);
            first
        }));
        if !entry.reason.is_empty() {
            points.push(Line::default().strong("Decided by: ").plain(reasons(guide, self.case, &entry.reason)));
        }
        if !entry.missing.is_empty() {
            points.push(Line::default().strong("Depends on: ").plain(self.missing(entry)));
        }
        points.extend(self.warnings(entry, treatment));
        if full {
            points.extend(treatment.what.iter().map(|statement| self.cited(statement)));
        }
        points.extend(self.benefits(entry, treatment, detail));
        points.extend(self.effects(entry, treatment, detail));
        for (administration, truth) in treatment.administrations.iter().zip(&entry.administrations) {
            if !truth.is_false() {
                let mut line = Line::default().strong("How it is given: ");
                line.0.extend(self.cited(&administration.statement).0);
                points.push(line);
            }
        }
        self.document.points(points);
        self.lists(treatment, detail);
    }

    fn missing(&self, entry: &TreatmentAdvice) -> String {
        let name = |missing: &sarcoguide_model::Missing| self.guide.facts[missing.fact.index()].name.clone();
        entry.missing.iter().map(name).collect::<Vec<_>>().join("; ")
    }

    /// Contraindications, precautions, availability.
    fn warnings(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let mut lines = Vec::new();
        for (contraindication, truth) in treatment.contraindications.iter().zip(&entry.contraindications) {
            let mark = self.citations.mark(&contraindication.rule.from);
            let head = match truth {
                Truth::True => "Advised against: ",
                Truth::Unknown => "To be ruled out first: ",
                Truth::False => continue,
            };
            let instead = contraindication.instead.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
            lines.push(Line::default().add(Look::Bad, head).plain(contraindication.text.clone()).plain(instead).faint(mark));
        }
        let mut to_check = Vec::new();
        for (precaution, truth) in treatment.precautions.iter().zip(&entry.precautions) {
            match truth {
                Truth::True => {
                    let mark = self.citations.mark(&precaution.rule.from);
                    lines.push(Line::default().add(Look::Open, "Take care: ").plain(precaution.text.clone()).faint(mark));
                }
                Truth::Unknown => to_check.push(words::condition(self.guide, &precaution.rule.when)),
                Truth::False => {}
            }
        }
        if !to_check.is_empty() {
            lines.push(Line::default().strong("To be checked: ").plain(to_check.join("; ")));
        }
        if let Some(availability) = treatment.availability.last() {
            let since = availability.since.map(|date| format!(", since {date}")).unwrap_or_default();
            let head = format!("{}{since}: ", capital(&words::spaced(availability.status.id())));
            let mut line =
                if treatment.is_withdrawn() { Line::default().add(Look::Bad, head) } else { Line::default().strong(head) };
            line.0.extend(self.cited(&availability.statement).0);
            lines.push(line);
        }
        lines
    }

    /// Measured results and what is not known.
    fn benefits(&mut self, entry: &TreatmentAdvice, treatment: &Treatment, detail: Detail) -> Vec<Line> {
        let mut lines = Vec::new();
        let concerning = treatment.outcomes.iter().zip(&entry.outcomes).filter(|(_, truth)| !truth.is_false());
        let most = if detail == Detail::Full { usize::MAX } else { 3 };
        let all = concerning.clone().count();
        for (outcome, _) in concerning.take(most) {
            lines.push(outcome_line(outcome, &mut self.citations));
        }
        if all > most {
            lines.push(Line::default().faint(format!("{} more figures: see this treatment in full.", all - most)));
        }
        let unknowns = treatment.unknowns.iter().take(if detail == Detail::Full { usize::MAX } else { 2 });
        for statement in unknowns {
            let mut line = Line::default().strong("Not known: ");
            line.0.extend(self.cited(statement).0);
            lines.push(line);
        }
        lines
    }

    /// Side effects in short, or one by one.
    fn effects(&mut self, entry: &TreatmentAdvice, treatment: &Treatment, detail: Detail) -> Vec<Line> {
        let guide = self.guide;
        let concerning: Vec<&EffectUse> = treatment
            .effects
            .iter()
            .zip(&entry.effects)
            .filter(|(_, truth)| !truth.is_false())
            .map(|(effect, _)| effect)
            .collect();
        if detail == Detail::Full {
            return concerning.into_iter().map(|effect| effect_line(guide, effect, &mut self.citations)).collect();
        }
        let names = |accept: &dyn Fn(&EffectUse) -> bool| {
            let mut names: Vec<String> = concerning
                .iter()
                .filter(|effect| accept(effect))
                .map(|effect| guide.effects[effect.effect.index()].name.to_lowercase())
                .collect();
            names.dedup();
            names.join(", ")
        };
        let mut lines = Vec::new();
        let mut list = |head: &str, names: String, passages: Vec<sarcoguide_model::PassageId>| {
            if !names.is_empty() {
                let mark = self.citations.mark(&passages);
                lines.push(Line::default().strong(head).plain(names).faint(mark));
            }
        };
        let from = |accept: &dyn Fn(&EffectUse) -> bool| {
            concerning.iter().filter(|effect| accept(effect)).flat_map(|effect| effect.from.clone()).collect()
        };
        let common = |effect: &EffectUse| matches!(effect.how_often, Frequency::VeryCommon | Frequency::Common);
        let serious = |effect: &EffectUse| effect.serious;
        let lasting = |effect: &EffectUse| matches!(effect.lasting, Lasting::LongLasting | Lasting::Permanent);
        let at_once = |effect: &EffectUse| effect.serious && guide.effects[effect.effect.index()].urgency == Urgency::Emergency;
        list("Common side effects: ", names(&common), from(&common));
        list("Serious side effects: ", names(&serious), from(&serious));
        list("May last or be permanent: ", names(&lasting), from(&lasting));
        list("Call at once for: ", names(&at_once), Vec::new());
        lines
    }

    /// Tests, phases, monitoring, disagreements, questions.
    fn lists(&mut self, treatment: &Treatment, detail: Detail) {
        let full = detail == Detail::Full;
        let section = |answer: &mut Self, title: &str, statements: Vec<&Statement>, most: usize| {
            if statements.is_empty() {
                return;
            }
            let lines: Vec<Line> = statements.into_iter().take(most).map(|statement| answer.cited(statement)).collect();
            answer.document.points(vec![Line::default().strong(title)]);
            answer.document.points_at(1, lines);
        };
        let all = usize::MAX;
        section(
            self,
            "Needed first",
            treatment.tests_first.iter().map(|test| &test.statement).collect(),
            if full { all } else { 3 },
        );
        if full {
            let phases: Vec<Line> = treatment
                .phases
                .iter()
                .map(|phase| {
                    let times: Vec<&str> = [phase.starts.as_deref(), phase.lasts.as_deref()].into_iter().flatten().collect();
                    let times = if times.is_empty() { String::new() } else { format!(" ({})", times.join(", ")) };
                    let mut line = Line::default().strong(format!("{}{times}: ", phase.name));
                    line.0.extend(self.cited(&phase.statement).0);
                    line
                })
                .collect();
            if !phases.is_empty() {
                self.document.points(vec![Line::default().strong("How the parts follow one another")]);
                self.document.points_at(1, phases);
            }
            section(self, "What is watched", treatment.monitoring.iter().collect(), all);
            section(self, "Where sources differ", treatment.disagreements.iter().map(|entry| &entry.statement).collect(), all);
        }
        section(self, "To ask", treatment.questions.iter().collect(), if full { all } else { 3 });
    }

    fn possible(&mut self) {
        let open: Vec<&TreatmentAdvice> = self
            .advice
            .treatments
            .iter()
            .filter(|entry| entry.verdict == Verdict::Possible && !self.is_around(entry) && !withdrawn(entry, self.guide))
            .collect();
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
                let mut lines = vec![Line::default().strong("Depends on: ").plain(self.missing(entry))];
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
                let mut lines = self.warnings(entry, treatment);
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
                lines.push(Line::default().strong("Depends on: ").plain(self.missing(entry)));
            }
            self.document.points_at(1, lines);
        }
    }

    fn not_fitting(&mut self) {
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
        if !self.citations.passages().is_empty() {
            self.document.heading(2, "Sources");
            let guide = self.guide;
            let lines: Vec<Line> = self
                .citations
                .passages()
                .iter()
                .enumerate()
                .map(|(index, passage)| Line::default().faint(format!("[{}] {}", index + 1, words::passage(guide, *passage))))
                .collect();
            self.document.points(lines);
        }
        self.document.paragraph("");
        self.document.paragraph(disclaimer);
    }
}

fn question_line(guide: &Guide, question: &NextQuestion) -> Line {
    let fact = &guide.facts[question.fact.index()];
    let mut line = Line::default().strong(fact.question.clone());
    if let Some(why) = &fact.why {
        line = line.plain(format!(" {why}"));
    }
    if let Some(found) = &fact.found {
        line = line.faint(format!(" Found in: {found}"));
    }
    line.faint(format!(" (open in {} treatments; an answer settles {:.1} of them on average)", question.open, question.settles))
}

/// A derived fact with its value, the row that gives it and the facts behind it; or what is still possible and missing.
fn derived_line(guide: &Guide, case: &Case, entry: &DerivedAdvice, citations: &mut Citations) -> Line {
    let fact = &guide.derived[entry.derived.index()];
    let names: Vec<&str> = entry.possible.iter().map(|index| fact.values[index].name.as_str()).collect();
    let mark = citations.mark(&fact.from);
    let line = Line::default().plain(format!("{}: ", fact.name));
    if entry.possible.len() == 1 {
        let row = entry.row.and_then(|row| fact.rows[row].text.clone()).map(|text| format!(". {text}")).unwrap_or_default();
        let because = entry.reason.iter().map(|fact| stated(guide, case, *fact)).collect::<Vec<_>>().join("; ");
        line.strong(names.concat()).plain(format!("{row} (from {because})")).faint(mark)
    } else {
        let missing: Vec<&str> = entry.missing.iter().map(|fact| guide.facts[fact.index()].name.as_str()).collect();
        line.add(Look::Open, "open").plain(format!(", {}; depends on: {}", names.join(" or "), missing.join("; "))).faint(mark)
    }
}

/// An outcome as a plain sentence with its figures behind it.
pub(crate) fn outcome_line(outcome: &sarcoguide_model::Outcome, citations: &mut Citations) -> Line {
    let mut figures = Vec::new();
    let value = |figure: &sarcoguide_model::Figure| {
        of_100(figure).map_or_else(|| figure.written.clone(), |people| format!("{} = {people}", figure.written))
    };
    let with_interval = |text: String, interval: &Option<String>| match interval {
        Some(interval) => format!("{text} ({} interval {interval})", outcome.interval_level.as_deref().unwrap_or("95 %")),
        None => text,
    };
    let people = |n: Option<u32>| n.map(|n| format!(", n = {n}")).unwrap_or_default();
    figures.push(format!("{}{}", with_interval(value(&outcome.value), &outcome.interval), people(outcome.n)));
    if let Some(comparator) = &outcome.comparator {
        let other = outcome
            .comparator_value
            .as_ref()
            .map(|figure| format!(": {}", with_interval(value(figure), &outcome.comparator_interval)));
        figures.push(format!("against {comparator}{}{}", other.unwrap_or_default(), people(outcome.comparator_n)));
    }
    figures.extend(outcome.difference.clone());
    figures.extend(outcome.p.as_ref().map(|p| format!("p {p}")));
    figures.extend(outcome.trial.clone());
    figures.extend(outcome.population.clone());
    let at = outcome.at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
    let statistic = outcome.statistic.as_ref().map(|statistic| format!(", {}", words::spaced(statistic))).unwrap_or_default();
    let mark = citations.mark(&outcome.from);
    Line::default()
        .strong(format!("{}{at}: ", capital(&words::spaced(&outcome.measure))))
        .plain(outcome.text.clone())
        .faint(format!(" ({}{statistic}; {})", figures.join("; "), words::spaced(outcome.conclusion.id())))
        .faint(mark)
}

/// An adverse effect of a treatment with what is said of it.
pub(crate) fn effect_line(guide: &Guide, effect: &EffectUse, citations: &mut Citations) -> Line {
    let about = &guide.effects[effect.effect.index()];
    let mut details = Vec::new();
    if effect.how_often != Frequency::NotStated {
        details.push(words::spaced(effect.how_often.id()));
    }
    if effect.serious {
        details.push("serious".to_owned());
    }
    if effect.lasting != Lasting::NotStated {
        details.push(words::spaced(effect.lasting.id()));
    }
    details.extend(effect.onset.map(|onset| format!("{} onset", onset.id())));
    if let Some(value) = &effect.value {
        let grade = effect.grade.as_ref().map(|grade| format!(", grade {grade}")).unwrap_or_default();
        let against = match (&effect.comparator, &effect.comparator_value) {
            (Some(comparator), Some(other)) => format!(" against {} with {comparator}", other.written),
            _ => String::new(),
        };
        let people = of_100(value).map(|people| format!(" = {people}")).unwrap_or_default();
        details.push(format!("{}{people}{grade}{against}", value.written));
    }
    let urgency = match about.urgency {
        Urgency::Emergency => "; call at once",
        Urgency::SameDay => "; call the team the same day",
        Urgency::NextVisit => "",
    };
    let mark = citations.mark(&effect.from);
    let text = effect.text.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
    let details = if details.is_empty() { "how often is not said".to_owned() } else { details.join(", ") };
    Line::default().strong("Side effect: ").plain(format!("{} ({details}{urgency}).{text}", about.name)).faint(mark)
}
