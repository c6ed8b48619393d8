//! What an answer tells of one treatment.

use sarcoguide_model::{
    EffectUse, FactId, Frequency, PassageId, Precaution, Statement, TimingId, Treatment, TreatmentAdvice, Truth, Urgency,
};

use super::Answer;
use crate::lines::outcome_line;
use crate::links;
use crate::symptom::urgency_name;
use crate::treatment::effects::{lasts, named};
use crate::treatment::is_harm;
use crate::values::beside;
use crate::words::{self, OpenFact, capital, reasons};
use sarcoguide_document::{Emphasis, Line};

/// The facts that a verdict depends on, what settles most first.
pub(super) fn missing_facts(entry: &TreatmentAdvice) -> Vec<FactId> {
    entry.missing.iter().map(|missing| missing.fact).collect()
}

/// The precautions that hold for this case. Those for everyone are on the treatment's page.
pub(super) fn precautions<'t>(entry: &TreatmentAdvice, treatment: &'t Treatment) -> impl Iterator<Item = &'t Precaution> {
    let holding = treatment.precautions.iter().zip(&entry.precautions).filter(|(_, truth)| truth.is_true());
    holding.map(|(precaution, _)| precaution).filter(|precaution| !precaution.is_for_everyone())
}

impl<'a> Answer<'a> {
    /// Why it is here: indications of which so much is known, what holds first; under the heading of a time, those of that time.
    pub(super) fn indications(
        &mut self,
        entry: &TreatmentAdvice,
        timing: Option<TimingId>,
        is_shown: impl Fn(Truth) -> bool,
    ) -> Vec<Line> {
        let guide = self.guide;
        let treatment = &guide[entry.treatment];
        let mut lines = Vec::new();
        let mut holding: Vec<_> = treatment.indications.iter().zip(&entry.indications).collect();
        holding.sort_by_key(|(_, truth)| !truth.is_true());
        for (indication, truth) in holding {
            if !is_shown(*truth) || timing.is_some_and(|timing| indication.timing != timing) {
                continue;
            }
            let mark = self.citations.mark(&indication.rule.from);
            let intent = guide[indication.intent].name.to_lowercase();
            let strength = guide[indication.strength].name.to_lowercase();
            let (time, comma) = match timing {
                Some(_) => ("", ""),
                None => (guide[indication.timing].name.as_str(), ", "),
            };
            let place = [" (", time, comma, &strength, ", aim: ", &intent, ")"].concat();
            let head = if *truth == Truth::Unknown { Line::default().strong("When it would fit: ") } else { Line::default() };
            lines.push(head.plain(indication.sentence(*truth)).cite(mark).faint(place));
        }
        lines
    }

    /// Why it is here, each reason led by a word: those that hold, under the heading of a time those of that time.
    pub(super) fn why(&mut self, entry: &TreatmentAdvice, timing: Option<TimingId>) -> Vec<Line> {
        let why = self.indications(entry, timing, Truth::is_true);
        why.into_iter().map(|line| Line::default().strong("Why: ").then(line)).collect()
    }

    /// Everything under a treatment's heading, after the reasons for it. In a brief answer, a technique doesn't repeat what matters to the person: the
    /// treatment it belongs to says it.
    pub(super) fn treatment(&mut self, entry: &TreatmentAdvice, why: Vec<Line>, by_itself: bool) {
        let guide = self.guide;
        let treatment = &guide[entry.treatment];
        self.document.paragraph(treatment.summary.clone());
        if entry.declined.is_true() {
            self.document.paragraph(
                Line::default()
                    .add(Emphasis::Open, "You said that you do not want this. It stays listed so that nothing is hidden."),
            );
        }
        let mut points = why;
        let own: Vec<FactId> = entry.reason.iter().copied().filter(|fact| !self.shared.decided_by.contains(fact)).collect();
        if !own.is_empty() {
            let head = if self.shared.decided_by.is_empty() { "Decided by: " } else { "Decided by, besides: " };
            let facts = reasons(guide, self.case, &own);
            points.push(if self.brief {
                Line::default().faint([head, &facts].concat())
            } else {
                Line::default().strong(head).plain(facts)
            });
        }
        points.extend(self.missing(entry));
        points.extend(self.warnings(entry, treatment));
        if self.brief {
            if by_itself {
                points.extend(beside(guide, self.preferences, treatment, Some(entry), false));
                let more = "Benefits, harms and how it goes";
                points.push(Line::default().link(Emphasis::Strong, more, links::treatment(self.guide, entry.treatment)));
            }
            self.document.points(points);
            return;
        }
        points.extend(self.benefits(entry, treatment));
        points.extend(self.effects(entry, treatment));
        for (administration, truth) in treatment.administrations.iter().zip(&entry.administrations) {
            if !truth.is_false() {
                let line = self.cited(&administration.statement);
                points.push(Line::default().strong("How it is given: ").then(line));
            }
        }
        points.extend(words::reviewed(treatment).map(|review| Line::default().faint(review)));
        self.document.points(points);
        self.lists(treatment);
    }

    /// The facts that a verdict depends on, what settles most first; the first few.
    pub(super) fn missing(&self, entry: &TreatmentAdvice) -> Option<Line> {
        let facts = missing_facts(entry);
        if facts.is_empty() || facts == self.shared.missing {
            return None;
        }
        let line = Line::default().strong("Depends on: ");
        Some(match facts.len().saturating_sub(MISSING) {
            0 | 1 => line.then(words::questions(self.guide, &facts)),
            more => line.then(words::questions(self.guide, &facts[..MISSING])).plain(format!("; and {more} more")),
        })
    }

    /// Contraindications, precautions, what is still to be checked, availability.
    pub(super) fn warnings(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let mut lines = self.speaks_against(entry, treatment);
        let mut to_check = self.to_check(entry);
        to_check.retain(|open| !self.shared.to_check.contains(open));
        if !to_check.is_empty() {
            let head = if self.shared.to_check.is_empty() { "To be checked: " } else { "To be checked, besides: " };
            lines.push(Line::default().strong(head).then(words::open_names(self.guide, &to_check)));
        }
        lines.extend(self.availability(treatment));
        lines
    }

    /// What is open in its precautions.
    pub(super) fn to_check(&self, entry: &TreatmentAdvice) -> Vec<OpenFact<'a>> {
        let precautions = self.guide[entry.treatment].precautions.iter().zip(&entry.precautions);
        let open = precautions.filter(|(_, truth)| **truth == Truth::Unknown);
        words::open_facts(self.guide, self.case, &self.advice.implied, open.map(|(precaution, _)| &precaution.rule.when))
    }

    /// Contraindications that hold, what must be ruled out because another may hold, and precautions that hold for this case.
    pub(super) fn speaks_against(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let mut lines = Vec::new();
        let contraindications = || treatment.contraindications.iter().zip(&entry.contraindications);
        for (contraindication, _) in contraindications().filter(|(_, truth)| truth.is_true()) {
            let mark = self.citations.mark(&contraindication.rule.from);
            let line = Line::default().add(Emphasis::Bad, "Advised against: ").plain(contraindication.text.clone());
            let line = match &contraindication.instead {
                Some(instead) => line.plain([" ", instead].concat()),
                None => line,
            };
            lines.push(line.cite(mark));
        }
        let open = contraindications().filter(|(_, truth)| **truth == Truth::Unknown).map(|(entry, _)| &entry.rule.when);
        let open = words::open_facts(self.guide, self.case, &self.advice.implied, open);
        if !open.is_empty() {
            lines.push(Line::default().add(Emphasis::Bad, "To be ruled out first: ").then(words::open_names(self.guide, &open)));
        }
        for precaution in precautions(entry, treatment).filter(|precaution| !self.shared.precautions.contains(&&*precaution.text))
        {
            let mark = self.citations.mark(&precaution.rule.from);
            lines.push(Line::default().add(Emphasis::Open, "Take care: ").plain(precaution.text.clone()).cite(mark));
        }
        lines
    }

    /// Whether it can be had, as of last.
    pub(super) fn availability(&mut self, treatment: &Treatment) -> Option<Line> {
        let availability = treatment.availability.last()?;
        let since = availability.since.map(|date| format!(", since {date}")).unwrap_or_default();
        let head = format!("{}{since}: ", capital(&words::humanize(availability.status.id())));
        let line = if treatment.is_withdrawn() { Line::default().add(Emphasis::Bad, head) } else { Line::default().strong(head) };
        let text = self.cited(&availability.statement);
        Some(line.then(text))
    }

    /// The first of these that have not been told yet, so that the answer says nothing twice.
    fn new_statements(&mut self, statements: &'a [Statement], most: usize) -> Vec<&'a Statement> {
        let printed = &mut self.printed;
        statements.iter().filter(|statement| printed.insert(&statement.text)).take(most).collect()
    }

    /// Measured results and what is not known.
    fn benefits(&mut self, entry: &TreatmentAdvice, treatment: &'a Treatment) -> Vec<Line> {
        let mut lines = Vec::new();
        let concerning = treatment.outcomes.iter().zip(&entry.outcomes).filter(|(_, truth)| !truth.is_false());
        let concerning = concerning.filter(|(outcome, _)| !is_harm(self.guide, outcome));
        let all = concerning.clone().count();
        for (outcome, _) in concerning.take(OUTCOMES) {
            lines.push(outcome_line(self.guide, outcome, &mut self.citations));
        }
        if all > OUTCOMES {
            let figures =
                if all - OUTCOMES == 1 { "1 more figure".to_owned() } else { format!("{} more figures", all - OUTCOMES) };
            lines.push(Line::default().faint(format!("{figures}: see this treatment in full.")));
        }
        for statement in self.new_statements(&treatment.unknowns, 2) {
            let line = self.cited(statement);
            lines.push(Line::default().strong("Not known: ").then(line));
        }
        lines
    }

    /// Side effects in short.
    fn effects(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let guide = self.guide;
        let concerning: Vec<&EffectUse> = treatment
            .effects
            .iter()
            .zip(&entry.effects)
            .filter(|(_, truth)| !truth.is_false())
            .map(|(effect, _)| effect)
            .collect();
        let mut lines = Vec::new();
        let mut list = |head: &str, cited: bool, accept: &dyn Fn(&EffectUse) -> bool| {
            let effects: Vec<&EffectUse> = concerning.iter().copied().filter(|effect| accept(effect)).collect();
            if let Some(line) = named(guide, head, &effects) {
                let from: Vec<PassageId> = effects.iter().flat_map(|effect| effect.from.clone()).collect();
                lines.push(if cited { line.cite(self.citations.mark(&from)) } else { line });
            }
        };
        let is = |effect: &EffectUse, urgency: Urgency| guide.urgency_on(effect.effect, Some(entry.treatment)) == urgency;
        let felt = |effect: &EffectUse| !guide[effect.effect].found_by_test;
        list("Common side effects: ", true, &|effect| matches!(effect.frequency, Frequency::VeryCommon | Frequency::Common));
        list("Serious side effects: ", true, &|effect| effect.serious);
        list("May last or be permanent: ", true, &lasts);
        let call = |urgency: Urgency| format!("{} for: ", urgency_name(guide, urgency));
        list(&call(Urgency::Emergency), false, &|effect| is(effect, Urgency::Emergency));
        list(&call(Urgency::Now), false, &|effect| is(effect, Urgency::Now));
        list(&call(Urgency::SameDay), false, &|effect| effect.serious && felt(effect) && is(effect, Urgency::SameDay));
        lines
    }

    /// Tests and questions.
    fn lists(&mut self, treatment: &'a Treatment) {
        let section = |answer: &mut Self, title: &str, statements: Vec<&'a Statement>| {
            if !statements.is_empty() {
                let lines: Vec<Line> = statements.into_iter().map(|statement| answer.cited(statement)).collect();
                answer.document.points(vec![Line::default().strong(title)]);
                answer.document.points_at(1, lines);
            }
        };
        section(self, "Needed first", treatment.required_tests.iter().take(3).map(|test| &test.statement).collect());
        let questions = self.new_statements(&treatment.questions, 3);
        section(self, "To ask", questions);
    }
}

/// How many missing facts, and how many figures, a short answer tells.
const MISSING: usize = 6;
const OUTCOMES: usize = 3;
