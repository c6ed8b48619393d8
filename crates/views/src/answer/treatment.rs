//! Shows one treatment as part of an answer.

use sarcoguide_model::{
    EffectUse, FactId, Frequency, PassageId, Precaution, Statement, StatementList, TimingId, Treatment, TreatmentAdvice, Truth,
    Urgency,
};

use super::Answer;
use crate::Edition;
use crate::line::line;
use crate::lines::{effect_names, is_harm, is_lasting, outcome_line};
use crate::listed;
use crate::urgency::urgency_name;
use crate::words::{self, OpenFact, availability_status, reasons};
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::t;

/// Returns the facts that a verdict depends on, the most decisive first. One fact stands for all facts of a list.
pub(super) fn missing_facts(guide: Edition<'_>, entry: &TreatmentAdvice) -> Vec<FactId> {
    listed::questions(guide, entry.missing.iter().map(|missing| missing.fact))
}

/// Returns the precautions that hold for this case. Precautions for everyone are left out, because the treatment's page shows them.
pub(super) fn precautions<'t>(entry: &TreatmentAdvice, treatment: &'t Treatment) -> impl Iterator<Item = &'t Precaution> {
    let holding = treatment.precautions.iter().zip(&entry.precautions).filter(|(_, truth)| truth.is_true());
    holding.map(|(precaution, _)| precaution).filter(|precaution| !precaution.is_for_everyone())
}

impl<'a> Answer<'a> {
    /// Returns the reasons for a treatment: a line for each indication whose truth `is_shown` accepts. Those that hold come first. If `timing`
    /// is given, only indications with that timing are included.
    pub(super) fn indications(
        &mut self,
        entry: &TreatmentAdvice,
        timing: Option<TimingId>,
        is_shown: impl Fn(Truth) -> bool,
    ) -> Vec<Line> {
        let guide = self.guide;
        let treatment = &guide[entry.treatment];
        let mut lines = Vec::new();
        // The sentence about the people for whom the reason doesn't hold is there as long as the stated facts alone don't decide.
        let stated = &self.open[entry.treatment].indications;
        let mut indications: Vec<_> = treatment.indications.iter().zip(&entry.indications).zip(stated).collect();
        indications.sort_by_key(|((_, truth), _)| !truth.is_true());
        for ((indication, truth), stated) in indications {
            if !is_shown(*truth) || timing.is_some_and(|timing| indication.timing != timing) {
                continue;
            }
            let mark = self.citations.mark(&indication.rule.from);
            let intent = guide[indication.intent].name.to_lowercase();
            let strength = guide[indication.strength].name.to_lowercase();
            let text = Line::from(indication.sentence(*stated)).cite(mark);
            let line = match timing {
                Some(_) => line!(guide, answer_indication_at_time, text = text, strength = strength, intent = intent),
                None => {
                    let time = &guide[indication.timing].name;
                    line!(guide, answer_indication, text = text, time = time, strength = strength, intent = intent)
                }
            };
            let is_open = *truth == Truth::Unknown;
            lines.push(if is_open { line!(guide, answer_would_fit, indication = line) } else { line });
        }
        lines
    }

    /// Returns the indications that hold, each introduced as a reason. If `timing` is given, only indications with that timing are included.
    pub(super) fn why(&mut self, entry: &TreatmentAdvice, timing: Option<TimingId>) -> Vec<Line> {
        let why = self.indications(entry, timing, Truth::is_true);
        why.into_iter().map(|line| line!(self.guide, answer_why, indication = line)).collect()
    }

    /// Adds everything below a treatment's heading: its summary, the reasons (`why`), and all other parts.
    pub(super) fn treatment(&mut self, entry: &TreatmentAdvice, why: Vec<Line>) {
        let guide = self.guide;
        let treatment = &guide.guide[entry.treatment];
        self.document.paragraph(treatment.summary.clone());
        if let Some(line) = self.ongoing_line(entry) {
            self.document.paragraph(line);
        }
        if entry.declined.is_true() {
            self.document.paragraph(Line::default().add(Emphasis::Open, t!(guide.text, answer_declined_listed)));
        }
        let mut points = why;
        let own: Vec<FactId> = entry.reason.iter().copied().filter(|fact| !self.shared.decided_by.contains(fact)).collect();
        if !own.is_empty() {
            let which = if self.shared.decided_by.is_empty() { "all" } else { "more" };
            points.push(line!(guide, answer_decided_by, which = which, facts = reasons(guide, self.case, &own)));
        }
        if !entry.is_ongoing() {
            points.extend(self.missing(entry));
        }
        points.extend(self.warnings(entry, treatment));
        self.document.points(points);
        self.details(entry, treatment);
    }

    /// Adds the figures, the side effects, how the treatment is given, the tests before it and what to ask about it.
    pub(super) fn details(&mut self, entry: &TreatmentAdvice, treatment: &'a Treatment) {
        let guide = self.guide;
        let mut points = self.benefits(entry, treatment);
        points.extend(self.effects(entry, treatment));
        for (administration, truth) in treatment.administrations.iter().zip(&entry.administrations) {
            if !truth.is_false() {
                let line = self.cited(&administration.statement);
                points.push(line!(guide, answer_given, text = line));
            }
        }
        points.extend(words::reviewed_by(guide, treatment).map(|review| Line::default().faint(review)));
        self.document.points(points);
        self.lists(entry, treatment);
    }

    /// Returns a line with the first facts that the verdict depends on, the most decisive first. Returns `None` if there are none, or if the same
    /// facts were already stated for the group.
    pub(super) fn missing(&self, entry: &TreatmentAdvice) -> Option<Line> {
        let facts = missing_facts(self.guide, entry);
        if facts.is_empty() || facts == self.shared.missing {
            return None;
        }
        let (named, more) = match facts.len().saturating_sub(MISSING) {
            0 | 1 => (&facts[..], 0),
            more => (&facts[..MISSING], more),
        };
        Some(line!(self.guide, answer_depends_on, facts = words::questions(self.guide, named), more = more))
    }

    /// Returns lines about contraindications, precautions, the facts still to check, and availability.
    pub(super) fn warnings(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let mut lines = self.reasons_against(entry, treatment);
        let mut to_check = self.to_check(entry);
        to_check.retain(|open| !self.shared.to_check.contains(open));
        if !to_check.is_empty() {
            let which = if self.shared.to_check.is_empty() { "all" } else { "more" };
            let facts = words::open_fact_links(self.guide, &to_check);
            lines.push(line!(self.guide, answer_to_check, which = which, facts = facts));
        }
        lines.extend(self.availability(treatment));
        lines
    }

    /// Returns the open facts that decide whether the treatment's precautions hold.
    pub(super) fn to_check(&self, entry: &TreatmentAdvice) -> Vec<OpenFact<'a>> {
        let precautions = self.guide[entry.treatment].precautions.iter().zip(&entry.precautions);
        let open = precautions.filter(|(_, truth)| **truth == Truth::Unknown);
        words::open_facts(self.guide, self.case, &self.advice.implied, open.map(|(precaution, _)| &precaution.rule.when))
    }

    /// Returns lines about the contraindications that hold, the facts to rule out because a contraindication may hold, and the precautions that hold
    /// for this case.
    pub(super) fn reasons_against(&mut self, entry: &TreatmentAdvice, treatment: &Treatment) -> Vec<Line> {
        let guide = self.guide;
        let mut lines = Vec::new();
        let contraindications = || treatment.contraindications.iter().zip(&entry.contraindications);
        for (contraindication, _) in contraindications().filter(|(_, truth)| truth.is_true()) {
            let mark = self.citations.mark(&contraindication.rule.from);
            let instead = contraindication.instead.iter().flat_map(|instead| [" ", instead]);
            let reason: String = std::iter::once(contraindication.text.as_str()).chain(instead).collect();
            let reason = Line::from(reason).cite(mark);
            lines.push(line!(guide => Emphasis::Bad, answer_advised_against, reason = reason));
        }
        let open = contraindications().filter(|(_, truth)| **truth == Truth::Unknown).map(|(entry, _)| &entry.rule.when);
        let open = words::open_facts(self.guide, self.case, &self.advice.implied, open);
        if !open.is_empty() {
            let facts = words::open_fact_links(guide, &open);
            lines.push(if entry.is_ongoing() {
                line!(guide => Emphasis::Open, answer_ongoing_to_rule_out, facts = facts)
            } else {
                line!(guide => Emphasis::Bad, answer_to_rule_out, facts = facts)
            });
        }
        for precaution in precautions(entry, treatment).filter(|precaution| !self.shared.precautions.contains(&&*precaution.text))
        {
            let mark = self.citations.mark(&precaution.rule.from);
            let text = Line::from(precaution.text.as_str()).cite(mark);
            lines.push(if entry.is_ongoing() {
                line!(guide => Emphasis::Open, answer_ongoing_take_care, text = text)
            } else {
                line!(guide => Emphasis::Open, answer_take_care, text = text)
            });
        }
        lines
    }

    /// Returns a line about the latest regulatory status, or `None` if the guide gives no status.
    pub(super) fn availability(&mut self, treatment: &Treatment) -> Option<Line> {
        let availability = treatment.availability.last()?;
        let guide = self.guide;
        let status = availability_status(guide, availability.status);
        let emphasis = if treatment.is_withdrawn() { Emphasis::Bad } else { Emphasis::Strong };
        let text = self.cited(&availability.statement);
        Some(match availability.since {
            Some(since) => {
                let date = since.to_string();
                line!(guide => emphasis, answer_availability_since, status = status, date = date, text = text)
            }
            None => line!(guide => emphasis, answer_availability, status = status, text = text),
        })
    }

    /// Returns the first statements that the document doesn't contain yet, up to `most` of them, and marks them as written.
    fn new_statements(&mut self, statements: &'a [Statement], most: usize) -> Vec<&'a Statement> {
        let printed = &mut self.printed;
        statements.iter().filter(|statement| printed.insert(&statement.text)).take(most).collect()
    }

    /// Returns lines about measured results, and about what isn't known.
    fn benefits(&mut self, entry: &TreatmentAdvice, treatment: &'a Treatment) -> Vec<Line> {
        let guide = self.guide;
        let mut lines = Vec::new();
        let concerning = treatment.outcomes.iter().zip(&entry.outcomes).filter(|(_, truth)| !truth.is_false());
        let concerning = concerning.filter(|(outcome, _)| !is_harm(self.guide, outcome));
        let all = concerning.clone().count();
        for (outcome, _) in concerning.take(OUTCOMES) {
            lines.push(outcome_line(guide, outcome, &mut self.citations));
        }
        if all > OUTCOMES {
            lines.push(line!(guide, answer_more_figures, count = all - OUTCOMES));
        }
        for statement in self.new_statements(treatment.list(StatementList::Unknown), 2) {
            let line = self.cited(statement);
            lines.push(line!(guide, answer_unknown, text = line));
        }
        lines
    }

    /// Returns lines about common, serious and lasting side effects, and about when to call the team.
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
        let mut list = |cited: bool, accept: &dyn Fn(&EffectUse) -> bool, sentence: &dyn Fn(Line) -> Line| {
            let effects: Vec<&EffectUse> = concerning.iter().copied().filter(|effect| accept(effect)).collect();
            if let Some(names) = effect_names(guide, &effects) {
                let from: Vec<PassageId> = effects.iter().flat_map(|effect| effect.from.clone()).collect();
                let names = if cited { names.cite(self.citations.mark(&from)) } else { names };
                lines.push(sentence(names));
            }
        };
        let is_common = |effect: &EffectUse| matches!(effect.frequency, Frequency::VeryCommon | Frequency::Common);
        list(true, &is_common, &|names| line!(guide, answer_common_effects, effects = names));
        list(true, &|effect| effect.serious, &|names| line!(guide, answer_serious_effects, effects = names));
        list(true, &is_lasting, &|names| line!(guide, answer_lasting_effects, effects = names));
        for urgency in [Urgency::Emergency, Urgency::Now, Urgency::SameDay] {
            let is_named = |effect: &EffectUse| {
                let soon = urgency < Urgency::SameDay || effect.serious && !guide[effect.effect].found_by_test;
                soon && guide.effect_urgency(effect.effect, Some(entry.treatment)) == urgency
            };
            let sentence = |names| line!(guide, answer_call_for, urgency = urgency_name(guide, urgency), effects = names);
            list(false, &is_named, &sentence);
        }
        lines
    }

    /// Adds the tests needed before the treatment and the questions to ask the team. Adds nothing if the person is having the treatment now,
    /// because both are about the time before the start.
    fn lists(&mut self, entry: &TreatmentAdvice, treatment: &'a Treatment) {
        if entry.is_ongoing() {
            return;
        }
        let text = self.guide.text;
        let section = |answer: &mut Self, title: String, statements: Vec<&'a Statement>| {
            if !statements.is_empty() {
                let lines: Vec<Line> = statements.into_iter().map(|statement| answer.cited(statement)).collect();
                answer.document.points(vec![Line::default().strong(title)]);
                answer.document.points_at(1, lines);
            }
        };
        section(
            self,
            t!(text, answer_tests_first),
            treatment.required_tests.iter().take(3).map(|test| &test.statement).collect(),
        );
        let questions = self.new_statements(treatment.list(StatementList::Question), 3);
        section(self, t!(text, answer_to_ask), questions);
    }
}

/// The maximum number of missing facts that a line names before it counts the rest. If the rest is a single fact, the line names it too.
const MISSING: usize = 6;
/// The maximum number of measured results shown for a treatment.
const OUTCOMES: usize = 3;
