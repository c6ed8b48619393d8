//! A summary of one to three pages that a person takes to a visit with their team.
//!
//! It contains what people talk about at a visit: the situation, questions to ask, the options with the reasons for and against them, and what is
//! still open. Everything else is in the full answer.

mod ongoing;

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Case, FactId, FactKind, FactValue, Indication, PartialDate, PassageId, SourceId, Statement, StrengthId, TimingId,
    Treatment, TreatmentAdvice, Truth, Verdict, WeighedValue, Weight,
};

use crate::Answered;
use crate::Edition;
use crate::answer::{strength, wants_no_treatment};
use crate::doubts::doubts;
use crate::fit::{Fit, in_trials, offering, trial_strength};
use crate::line::line;
use crate::lines::headlines;
use crate::listed;
use crate::scope::scope;
use crate::take_along::{self, ongoing_names};
use crate::words::{Citations, open_fact_links, open_facts, reasons, within};
use sarcoguide_document::{Document, Line};
use sarcoguide_text::t;

/// Whether a treatment fits, now or once something is ruled out.
fn fits(fit: Fit) -> bool {
    matches!(fit, Fit::Fits | Fit::FitsOnceRuledOut)
}

/// The maximum number of options that are listed with their reasons. All others are listed by name only.
const MAX_OPTIONS: usize = 5;
/// The maximum number of open questions.
const MAX_OPEN: usize = 4;
/// The maximum number of questions to ask the team.
const MAX_QUESTIONS: usize = 8;

/// The summary of a case and the guide's answer. If `made` is given, the summary shows this date as the day on which it was created.
#[must_use]
pub fn visit_summary(guide: Edition<'_>, answered: Answered<'_>, made: Option<PartialDate>) -> Document {
    let Answered { case, advice, preferences } = answered;
    let (citations, document) = (Citations::default(), Document::default());
    let mut summary = Summary { guide, case, advice, preferences, citations, document };
    summary.document.heading(1, t!(guide.text, visit_title, guide = &guide.name));
    if let Some(made) = made {
        summary.document.paragraph(t!(guide.text, visit_made, date = made.to_string()));
    }
    scope(guide, answered, &mut summary.citations, &mut summary.document);
    doubts(guide, answered, &mut summary.citations, &mut summary.document);
    let disclaimer = summary.cited(&guide.disclaimer);
    summary.document.paragraph(disclaimer);
    summary.situation();
    summary.ongoing();
    summary.preferences();
    // Put the questions on the first page. Often there's no time for more during a visit.
    summary.questions();
    if advice.scope.covered.is_false() {
        summary.supportive_treatments();
    } else {
        // If no treatment fits, or if the person doesn't want treatment, put supportive treatments first.
        let new = summary.recommendations().into_iter().map(|recommended| recommended.entry);
        let recommended: Vec<&TreatmentAdvice> = new.chain(summary.ongoing_that_fit()).collect();
        let unwanted = recommended.is_empty() || wants_no_treatment(guide, advice, &recommended);
        if unwanted {
            summary.supportive_treatments();
        }
        summary.options();
        if !unwanted {
            summary.supportive_treatments();
        }
        summary.trials();
        summary.contraindications();
        summary.open();
    }
    summary.sources();
    summary.document
}

/// A treatment that fits at one time, with the strongest of its indications that hold for that time.
#[derive(Clone, Copy)]
struct Recommendation<'a> {
    entry: &'a TreatmentAdvice,
    treatment: &'a Treatment,
    reason: &'a Indication,
}

struct Summary<'a> {
    guide: Edition<'a>,
    case: &'a Case,
    advice: &'a Advice,
    preferences: &'a [WeighedValue],
    citations: Citations,
    document: Document,
}

impl<'a> Summary<'a> {
    fn cited(&mut self, statement: &Statement) -> Line {
        self.sentence(&statement.text, &statement.from)
    }

    fn sentence(&mut self, text: &str, from: &[PassageId]) -> Line {
        let mark = self.citations.mark(from);
        Line::default().plain(text).cite(mark)
    }

    fn treatment(&self, entry: &TreatmentAdvice) -> &'a Treatment {
        &self.guide[entry.treatment]
    }

    /// The treatments whose fit the function `fit` accepts. Leaves out supportive treatments, and those that the person is having now unless they're
    /// advised against or unavailable.
    fn entries(&self, fit: impl Fn(Fit) -> bool) -> Vec<&'a TreatmentAdvice> {
        let guide = self.guide;
        let is_listed = |entry: &&TreatmentAdvice| {
            let warns = matches!(Fit::of(guide, entry), Fit::AdvisedAgainst | Fit::Unavailable);
            !guide.is_supportive(entry.treatment) && (warns || !entry.is_ongoing())
        };
        self.advice.treatments.iter().filter(|entry| fit(Fit::of(guide, entry))).filter(is_listed).collect()
    }

    fn situation(&mut self) {
        let guide = self.guide;
        self.document.heading(2, t!(guide.text, visit_situation));
        // Put all facts with the answer "no" on one line.
        let is_no = |fact: &FactId| guide[*fact].kind == FactKind::YesNo && self.case.get(*fact) == FactValue::Value(0);
        let (no, other): (Vec<FactId>, Vec<FactId>) = self.case.stated().partition(is_no);
        let other = listed::stated_lines(guide, self.case, other);
        let mut facts: Vec<Line> =
            other.iter().map(|fact| line!(guide, visit_fact, fact = &fact.name, value = &fact.value)).collect();
        if !no.is_empty() {
            let names: Vec<&str> = no.iter().map(|fact| guide[*fact].name.as_str()).collect();
            facts.push(line!(guide, visit_no, facts = names.join("; ")));
        }
        if facts.is_empty() {
            self.document.paragraph(t!(guide.text, visit_nothing_stated));
        }
        self.document.points(facts);
        if self.advice.scope.covered.is_false() {
            return;
        }
        let answered = Answered { case: self.case, advice: self.advice, preferences: self.preferences };
        let headlines = headlines(guide, answered, &mut self.citations);
        if !headlines.is_empty() {
            self.document.heading(3, t!(guide.text, visit_derived));
            self.document.points(headlines);
        }
    }

    fn options(&mut self) {
        self.document.heading(2, t!(self.guide.text, visit_options));
        if self.entries(fits).is_empty() && self.ongoing_that_fit().next().is_some() {
            self.document.paragraph(t!(self.guide.text, visit_nothing_new));
            return;
        }
        if self.entries(fits).is_empty() {
            let due = self
                .guide
                .no_treatment_indicated
                .iter()
                .zip(&self.advice.no_treatment_indicated)
                .filter(|(_, truth)| truth.is_true());
            let reasons: Vec<Line> = due.map(|(entry, _)| self.cited(&entry.statement)).collect();
            let settled = !reasons.is_empty();
            reasons.into_iter().for_each(|reason| self.document.paragraph(reason));
            if !settled {
                let ongoing = !ongoing_names(self.guide, self.case, self.advice).is_empty();
                let text = self.guide.text;
                self.document.paragraph(if ongoing { t!(text, visit_nothing_new) } else { t!(text, visit_nothing_settled) });
            }
            return;
        }
        self.document.paragraph(t!(self.guide.text, visit_order));
        // List a technique below its main treatment if both are recommended for the same time, not as an option of its own.
        let (guide, recommendations) = (self.guide, self.recommendations());
        let (ways, main_treatments): (Vec<_>, Vec<_>) =
            recommendations.iter().copied().partition(|one| recommendations.iter().any(|whole| is_way(guide, one, whole)));
        // Give reasons for the most strongly recommended options, and only once for each treatment. Choosing the earliest options instead could leave
        // out the main treatment.
        let mut in_full_ids: BTreeSet<usize> = BTreeSet::new();
        let (in_full, named): (Vec<_>, Vec<_>) = main_treatments
            .iter()
            .copied()
            .partition(|one| in_full_ids.len() < MAX_OPTIONS && in_full_ids.insert(one.entry.treatment.index()));
        let mut shared = precautions(in_full.iter().map(|one| (one.treatment, one.entry)));
        shared.retain(|precaution| precaution.treatments.len() > 1);
        for (time, timing) in guide.timings.iter().enumerate() {
            let here = |one: &&Recommendation<'a>| one.reason.timing.index() == time;
            if !main_treatments.iter().any(|one| here(&one)) {
                continue;
            }
            self.document.heading(3, timing.name.clone());
            for one in in_full.iter().filter(here) {
                self.option(one, &shared);
                let ways = ways.iter().filter(|way| is_way(guide, way, one)).map(|way| self.name(way));
                let ways = Line::joined(ways, "; ");
                if !ways.0.is_empty() {
                    self.document.points_at(1, vec![line!(guide, visit_ways, ways = ways)]);
                }
            }
            let others = Line::joined(named.iter().filter(here).map(|one| self.name_with_ways(one, &ways)), "; ");
            if !others.0.is_empty() {
                self.document.points(vec![line!(guide, visit_also, treatments = others)]);
            }
        }
        let precautions = in_full.iter().flat_map(|one| one.treatment.precautions.iter().zip(&one.entry.precautions));
        let open = precautions.filter(|(_, truth)| **truth == Truth::Unknown).map(|(precaution, _)| &precaution.rule.when);
        let to_check = open_facts(guide, self.case, &self.advice.implied, open);
        let contraindications =
            main_treatments.iter().flat_map(|one| one.treatment.contraindications.iter().zip(&one.entry.contraindications));
        let contraindications =
            contraindications.filter(|(_, truth)| **truth == Truth::Unknown).map(|(entry, _)| &entry.rule.when);
        let to_rule_out = open_facts(guide, self.case, &self.advice.implied, contraindications);
        if !to_rule_out.is_empty() {
            self.document.heading(3, t!(guide.text, visit_to_rule_out));
            self.document.paragraph(open_fact_links(self.guide, &to_rule_out));
        }
        let to_check: Vec<_> = to_check.into_iter().filter(|open| !to_rule_out.contains(open)).collect();
        if !to_check.is_empty() {
            self.document.heading(3, t!(guide.text, visit_to_check));
            self.document.paragraph(open_fact_links(self.guide, &to_check));
        }
        if !shared.is_empty() {
            self.document.heading(3, t!(guide.text, visit_shared_precautions));
            let lines = shared.iter().map(|precaution| {
                let text = self.sentence(precaution.text, &precaution.from);
                line!(guide, visit_named, name = precaution.treatments.join("; "), text = text)
            });
            let lines = lines.collect();
            self.document.points(lines);
        }
    }

    /// The treatments that may fit, the strongest recommendation first.
    fn possible(&self) -> Vec<&'a TreatmentAdvice> {
        let mut possible = self.entries(|fit| fit == Fit::MayFit);
        possible.sort_by_key(|entry| strength(self.guide, entry));
        possible
    }

    /// Adds the names of the supportive treatments that are indicated, or that are possible and come before any decision.
    fn supportive_treatments(&mut self) {
        // The treatments for the guide's first time (`start`) come before any decision. List them even if they are only possible, for instance
        // because it isn't known yet whether the guide covers the case.
        let mut entries = self.all_supportive();
        entries.retain(|entry| {
            let first = self.when(entry).is_some_and(|(timing, _)| Some(timing) == self.guide.start);
            entry.verdict == Verdict::Indicated || entry.verdict == Verdict::Possible && first
        });
        let names: Vec<&str> = entries.into_iter().map(|entry| self.treatment(entry).name.as_str()).collect();
        if !names.is_empty() {
            self.document.heading(2, t!(self.guide.text, visit_supportive));
            self.document.paragraph(Line::default().plain(names.join("; ")));
        }
    }

    /// All supportive treatments, regardless of the verdict, in order of time.
    fn all_supportive(&self) -> Vec<&'a TreatmentAdvice> {
        let supportive = self.advice.treatments.iter().filter(|entry| self.guide.is_supportive(entry.treatment));
        let mut entries: Vec<&TreatmentAdvice> = supportive.collect();
        entries.sort_by_key(|entry| self.when(entry));
        entries
    }

    /// The time and strength of the strongest indication that holds or may hold.
    fn when(&self, entry: &TreatmentAdvice) -> Option<(TimingId, StrengthId)> {
        strength(self.guide, entry).map(|(strength, timing)| (timing, strength))
    }

    /// The treatments that fit at each time, the strongest recommendation first.
    fn recommendations(&self) -> Vec<Recommendation<'a>> {
        let entries = self.entries(fits);
        let times = 0..self.guide.timings.len();
        let mut recommendations: Vec<Recommendation<'a>> =
            times.flat_map(|time| entries.iter().filter_map(move |entry| self.strongest(entry, time))).collect();
        recommendations.sort_by_key(|one| (one.reason.strength, one.reason.timing, one.treatment.modality));
        recommendations
    }

    /// The treatment with the strongest of its indications that hold for this time. `None` if there are none. Indications that are limited to
    /// clinical trials don't count.
    fn strongest(&self, entry: &'a TreatmentAdvice, time: usize) -> Option<Recommendation<'a>> {
        let (guide, treatment) = (self.guide, self.treatment(entry));
        let reasons = offering(guide, entry).filter(|(reason, truth)| truth.is_true() && reason.timing.index() == time);
        let reason = reasons.map(|(reason, _)| reason).min_by_key(|reason| reason.strength.index())?;
        Some(Recommendation { entry, treatment, reason })
    }

    /// The treatment's name, how strongly it's recommended, and whether something must be ruled out first.
    fn name(&self, recommendation: &Recommendation<'_>) -> Line {
        let strength = within(&self.guide[recommendation.reason.strength].name);
        let treatment = &recommendation.treatment.name;
        match Fit::of(self.guide, recommendation.entry) {
            Fit::FitsOnceRuledOut => {
                line!(self.guide, visit_option_if_ruled_out, treatment = treatment, strength = strength)
            }
            _ => line!(self.guide, visit_option, treatment = treatment, strength = strength),
        }
    }

    /// Like [`name`](Self::name), but adds the techniques of the treatment that are in `ways`. If something must be ruled out before a technique but
    /// not before the treatment itself, a note after the technique's name says so.
    fn name_with_ways(&self, recommendation: &Recommendation<'_>, ways: &[Recommendation<'_>]) -> Line {
        let is_open = |entry: &TreatmentAdvice| Fit::of(self.guide, entry) == Fit::FitsOnceRuledOut;
        let whole_is_open = is_open(recommendation.entry);
        let way = |way: &Recommendation<'_>| match &way.treatment.name {
            name if is_open(way.entry) && !whole_is_open => t!(self.guide.text, visit_way_if_ruled_out, treatment = name),
            name => name.clone(),
        };
        let ways: Vec<String> = ways.iter().filter(|way| is_way(self.guide, way, recommendation)).map(way).collect();
        if ways.is_empty() {
            return self.name(recommendation);
        }
        let ways = ways.join("; ");
        let strength = within(&self.guide[recommendation.reason.strength].name);
        let treatment = &recommendation.treatment.name;
        if whole_is_open {
            line!(self.guide, visit_option_ways_if_ruled_out, treatment = treatment, strength = strength, ways = ways)
        } else {
            line!(self.guide, visit_option_ways, treatment = treatment, strength = strength, ways = ways)
        }
    }

    fn option(&mut self, recommendation: &Recommendation<'a>, shared: &[SharedPrecaution<'_>]) {
        let Recommendation { entry, treatment, reason } = *recommendation;
        let why = self.sentence(&reason.text, &reason.rule.from);
        self.document.points(vec![line!(self.guide, visit_option_why, option = self.name(recommendation), why = why)]);
        let mut lines = Vec::new();
        if entry.declined.is_true() {
            lines.push(t!(self.guide.text, visit_declined).into());
        }
        let precautions = || treatment.precautions.iter().zip(&entry.precautions);
        for (precaution, _) in precautions().filter(|(precaution, truth)| truth.is_true() && !precaution.is_for_everyone()) {
            if !shared.iter().any(|other| other.text == precaution.text) {
                let text = self.sentence(&precaution.text, &precaution.rule.from);
                lines.push(line!(self.guide, visit_take_care, text = text));
            }
        }
        self.document.points_at(1, lines);
    }

    /// Adds the treatments that are available only in clinical trials. They are never counted among those that fit.
    fn trials(&mut self) {
        let entries = self.entries(|fit| fit == Fit::TrialOnly);
        let Some(strength) = trial_strength(self.guide).filter(|_| !entries.is_empty()) else { return };
        self.document.heading(2, strength.name.clone());
        self.document.paragraph(strength.help.clone());
        for entry in entries {
            let reason = in_trials(self.guide, entry).filter(|(_, truth)| !truth.is_false()).max_by_key(|(_, truth)| *truth);
            let why = reason.map(|(reason, truth)| self.sentence(&reason.sentence(truth), &reason.rule.from));
            let name = &self.treatment(entry).name;
            self.document.points(vec![line!(self.guide, visit_named, name = name, text = why.unwrap_or_default())]);
        }
    }

    /// Adds the treatments that are advised against, and those that would fit but are no longer available.
    fn contraindications(&mut self) {
        // Group treatments by the facts that rule them out. Each treatment's page explains why.
        let mut ruled_out: Vec<(Vec<FactId>, Vec<&str>)> = Vec::new();
        for entry in self.entries(|fit| fit == Fit::AdvisedAgainst) {
            let treatment = self.treatment(entry);
            let holding = treatment.contraindications.iter().zip(&entry.contraindications).filter(|(_, truth)| truth.is_true());
            let named = holding.flat_map(|(contraindication, _)| self.guide.facts_used_by(&contraindication.rule.when));
            let facts: BTreeSet<FactId> = named.filter(|fact| self.case.get(*fact) != FactValue::Unknown).collect();
            let facts: Vec<FactId> = facts.into_iter().collect();
            match ruled_out.iter_mut().find(|(others, _)| *others == facts) {
                Some((_, names)) => names.push(&treatment.name),
                None => ruled_out.push((facts, vec![&treatment.name])),
            }
        }
        let line = |(facts, names): (Vec<FactId>, Vec<&str>)| {
            let facts = reasons(self.guide, self.case, &facts);
            line!(self.guide, visit_because, treatments = names.join("; "), facts = facts)
        };
        let mut lines: Vec<Line> = ruled_out.into_iter().map(line).collect();
        let mut gone = self.entries(|fit| fit == Fit::Unavailable);
        gone.retain(|entry| entry.former_indication == Some(Truth::True));
        for entry in gone {
            let treatment = self.treatment(entry);
            if let Some(last) = treatment.availability.last() {
                let text = self.cited(&last.statement);
                lines.push(line!(self.guide, visit_named, name = &treatment.name, text = text));
            }
        }
        if !lines.is_empty() {
            self.document.heading(2, t!(self.guide.text, visit_contraindications));
            self.document.points(lines);
        }
    }

    /// Adds the most decisive open questions, each with the treatments that it matters for.
    fn open(&mut self) {
        let possible = self.possible();
        if possible.is_empty() {
            return;
        }
        self.document.heading(2, t!(self.guide.text, visit_open));
        for question in listed::next_questions(self.guide, self.advice).iter().take(MAX_OPEN) {
            let words = listed::question(self.guide, question.fact);
            let line = match &self.guide[question.fact].where_to_find {
                Some(place) => line!(self.guide, visit_open_where, question = words, place = place),
                None => Line::default().strong(words),
            };
            let asked = self.guide.guide.question_of(question.fact);
            let waits =
                |entry: &TreatmentAdvice| entry.missing.iter().any(|missing| self.guide.guide.question_of(missing.fact) == asked);
            let waiting = possible.iter().filter(|entry| waits(entry));
            let names: Vec<&str> = waiting.map(|entry| self.treatment(entry).name.as_str()).collect();
            let more = names.len().saturating_sub(5);
            let names = names.into_iter().take(5).collect::<Vec<_>>().join("; ");
            self.document.points(vec![line]);
            if !names.is_empty() {
                self.document.points_at(1, vec![t!(self.guide.text, visit_matters_for, treatments = names, more = more).into()]);
            }
        }
    }

    /// Adds a line for each weight with the values that the person gave this weight.
    fn preferences(&mut self) {
        let Some(exercise) = &self.guide.exercise else { return };
        let line = |(index, weight): (usize, &Weight)| {
            let weighed = self.preferences.iter().filter(|weighed| weighed.weight == index);
            let names: Vec<&str> =
                weighed.filter_map(|weighed| Some(exercise.values.get(weighed.value)?.name.as_str())).collect();
            (!names.is_empty()).then(|| line!(self.guide, visit_value, weight = &weight.name, values = names.join("; ")))
        };
        let lines: Vec<Line> = exercise.weights.iter().enumerate().filter_map(line).collect();
        if !lines.is_empty() {
            self.document.heading(2, t!(self.guide.text, visit_values));
            self.document.points(lines);
        }
    }

    /// Adds the questions to ask: the five that are proposed for a visit, then a few more.
    fn questions(&mut self) {
        let guide = self.guide;
        let answered = Answered { case: self.case, advice: self.advice, preferences: self.preferences };
        let mut lines: Vec<Line> = Vec::new();
        for question in take_along::up_to(guide, answered, MAX_QUESTIONS) {
            let text = self.sentence(&question.text, &question.from);
            lines.push(match question.about {
                Some(name) => line!(guide, visit_named, name = name, text = text),
                None => text,
            });
        }
        if !lines.is_empty() {
            self.document.heading(2, t!(guide.text, visit_questions));
            self.document.points(lines);
        }
    }

    fn sources(&mut self) {
        let guide = self.guide;
        self.document.heading(2, t!(guide.text, visit_sources));
        self.document.paragraph(line!(guide, visit_guide, guide = &guide.name, version = &guide.version, review = &guide.review));
        let passages = self.citations.passages();
        let line = |(index, id): (usize, &PassageId)| format!("[{}] {}", index + 1, guide.citation(*id));
        let lines: Vec<String> = passages.iter().enumerate().map(line).collect();
        if !lines.is_empty() {
            self.document.paragraph(Line::default().faint(lines.join("; ")));
        }
        let works: BTreeSet<SourceId> = passages.iter().map(|id| guide[*id].source).collect();
        let lines = works.iter().map(|id| {
            let source = &guide[*id];
            let revised = source.revised.map(|date| t!(guide.text, visit_source_revised, date = date.to_string()));
            let read = source.read.map(|date| t!(guide.text, visit_source_read, date = date.to_string()));
            let work = format!("{}: {}, {}", source.id, source.publisher, source.title);
            let parts: Vec<String> = std::iter::once(work).chain(revised).chain(read).collect();
            Line::default().faint(parts.join("; "))
        });
        self.document.points(lines.collect());
    }
}

/// A precaution with the names of the treatments that it applies to. If there are several, it's listed once for all of them.
struct SharedPrecaution<'a> {
    text: &'a str,
    treatments: Vec<&'a str>,
    from: Vec<PassageId>,
}

/// The precautions that apply to these treatments, each once, in the order of the treatments. Leaves out precautions for everyone.
fn precautions<'a>(treatments: impl Iterator<Item = (&'a Treatment, &'a TreatmentAdvice)>) -> Vec<SharedPrecaution<'a>> {
    let mut found: Vec<SharedPrecaution<'a>> = Vec::new();
    for (treatment, entry) in treatments {
        let holding = treatment.precautions.iter().zip(&entry.precautions).filter(|(_, truth)| truth.is_true());
        for (precaution, _) in holding.filter(|(precaution, _)| !precaution.is_for_everyone()) {
            let index = found.iter().position(|shared| shared.text == precaution.text).unwrap_or(found.len());
            if index == found.len() {
                found.push(SharedPrecaution { text: &precaution.text, treatments: Vec::new(), from: Vec::new() });
            }
            let shared = &mut found[index];
            if shared.treatments.last() != Some(&treatment.name.as_str()) {
                shared.treatments.push(&treatment.name);
            }
            shared.from.extend(&precaution.rule.from);
        }
    }
    found
}

/// Whether `way` is a technique of `whole` and both are recommended for the same time.
fn is_way(guide: Edition<'_>, way: &Recommendation<'_>, whole: &Recommendation<'_>) -> bool {
    way.reason.timing == whole.reason.timing && guide.is_technique_of(way.entry.treatment, whole.entry.treatment)
}
