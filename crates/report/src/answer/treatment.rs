//! What an answer tells of one treatment.

use std::collections::BTreeSet;

use sarcoguide_model::{EffectUse, FactId, Frequency, Lasting, Statement, Treatment, TreatmentAdvice, Truth, Urgency};

use super::{Answer, Detail};
use crate::document::{Line, Look};
use crate::lines::{effect_line, outcome_line};
use crate::words::{self, capital, reasons};

impl<'a> Answer<'a> {
    /// Why it is here: indications that hold, or may hold. Under the heading of a time, those of that time that hold.
    pub(super) fn indications(&mut self, entry: &TreatmentAdvice, timing: Option<usize>) -> Vec<Line> {
        let guide = self.guide;
        let treatment = &guide.treatments[entry.treatment.index()];
        let mut lines = Vec::new();
        let mut holding: Vec<_> = treatment.indications.iter().zip(&entry.indications).collect();
        holding.sort_by_key(|(_, truth)| !truth.is_true());
        for (indication, truth) in holding {
            if truth.is_false() || timing.is_some_and(|timing| !truth.is_true() || indication.timing.index() != timing) {
                continue;
            }
            let mark = self.citations.mark(&indication.rule.from);
            let aim = format!("aim: {}", guide.intents[indication.intent.index()].name.to_lowercase());
            let strength = guide.strengths[indication.strength.index()].name.to_lowercase();
            let open = if *truth == Truth::Unknown { "; open" } else { "" };
            let place = match timing {
                Some(_) => format!("{strength}, {aim}"),
                None => format!("{}, {strength}, {aim}{open}", guide.timings[indication.timing.index()].name),
            };
            lines.push(Line::default().plain(indication.text.clone()).faint(mark).faint(format!(" ({place})")));
        }
        lines
    }

    /// What is told of a treatment below its heading, or below the heading of a time.
    pub(super) fn treatment(&mut self, entry: &TreatmentAdvice, detail: Detail, timing: Option<usize>) {
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
        let why = self.indications(entry, timing);
        points.extend(why.into_iter().map(|line| {
            let mut first = Line::default().strong("Why: ");
            first.0.extend(line.0);
            first
        }));
        let own: Vec<FactId> = entry.reason.iter().copied().filter(|fact| !self.shared.contains(fact)).collect();
        if !own.is_empty() {
            let head = if self.shared.is_empty() { "Decided by: " } else { "Decided by, besides: " };
            points.push(Line::default().strong(head).plain(reasons(guide, self.case, &own)));
        }
        if !entry.missing.is_empty() {
            points.push(Line::default().strong("Depends on: ").plain(self.missing(entry, detail)));
        }
        points.extend(self.warnings(entry, treatment, detail));
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

    /// The facts that a verdict depends on, what settles most first; in a short answer the first few.
    pub(super) fn missing(&self, entry: &TreatmentAdvice, detail: Detail) -> String {
        let name = |missing: &sarcoguide_model::Missing| self.guide.facts[missing.fact.index()].name.clone();
        let names: Vec<String> = entry.missing.iter().map(name).collect();
        let most = if detail == Detail::Full { names.len() } else { 6 };
        match names.len().saturating_sub(most) {
            0 | 1 => names.join("; "),
            more => format!("{}; and {more} more", names[..most].join("; ")),
        }
    }

    /// Contraindications, precautions, availability.
    pub(super) fn warnings(&mut self, entry: &TreatmentAdvice, treatment: &Treatment, detail: Detail) -> Vec<Line> {
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
                Truth::Unknown if detail == Detail::Full => {
                    let mark = self.citations.mark(&precaution.rule.from);
                    let when = words::condition(self.guide, &precaution.rule.when);
                    lines.push(
                        Line::default()
                            .strong("To be checked: ")
                            .plain(precaution.text.clone())
                            .faint(format!("{mark} (when {when})")),
                    );
                }
                Truth::Unknown => to_check.extend(words::open_facts(self.guide, self.case, &precaution.rule.when)),
                Truth::False => {}
            }
        }
        let mut seen = BTreeSet::new();
        to_check.retain(|name| seen.insert(name.clone()));
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

    /// The first of these that have not been told yet, so that a short answer says nothing twice; all of them where all are wanted.
    fn untold(&mut self, statements: &'a [Statement], most: usize) -> Vec<&'a Statement> {
        if most == usize::MAX {
            return statements.iter().collect();
        }
        let told = &mut self.told;
        statements.iter().filter(|statement| told.insert(&statement.text)).take(most).collect()
    }

    /// Measured results and what is not known.
    fn benefits(&mut self, entry: &TreatmentAdvice, treatment: &'a Treatment, detail: Detail) -> Vec<Line> {
        let mut lines = Vec::new();
        let concerning = treatment.outcomes.iter().zip(&entry.outcomes).filter(|(_, truth)| !truth.is_false());
        let full = detail == Detail::Full;
        let most = if full { usize::MAX } else { 3 };
        let all = concerning.clone().count();
        for (outcome, _) in concerning.take(most) {
            lines.push(outcome_line(outcome, &mut self.citations));
        }
        if all > most {
            let figures = if all - most == 1 { "1 more figure".to_owned() } else { format!("{} more figures", all - most) };
            lines.push(Line::default().faint(format!("{figures}: see this treatment in full (--why {}).", treatment.id)));
        }
        let unknowns: Vec<&Statement> = self.untold(&treatment.unknowns, if full { usize::MAX } else { 2 });
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
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
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
        let urgency = |effect: &EffectUse| guide.effects[effect.effect.index()].urgency;
        let at_once = |effect: &EffectUse| urgency(effect) == Urgency::Emergency;
        let same_day = |effect: &EffectUse| effect.serious && urgency(effect) == Urgency::SameDay;
        list("Common side effects: ", names(&common), from(&common));
        list("Serious side effects: ", names(&serious), from(&serious));
        list("May last or be permanent: ", names(&lasting), from(&lasting));
        list("Get help at once for: ", names(&at_once), Vec::new());
        list("Call the team the same day for: ", names(&same_day), Vec::new());
        lines
    }

    /// Tests, phases, monitoring, disagreements, questions.
    fn lists(&mut self, treatment: &'a Treatment, detail: Detail) {
        let full = detail == Detail::Full;
        let section = |answer: &mut Self, title: &str, statements: Vec<&'a Statement>, most: usize| {
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
        let questions = self.untold(&treatment.questions, if full { all } else { 3 });
        section(self, "To ask", questions, all);
    }
}
