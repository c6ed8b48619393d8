//! A summary to take along to a visit, as a document of one to three pages.
//!
//! It holds what is talked about there: the situation, the options with what speaks for and against each, what is still open, and
//! what to ask. Everything else stands in the full answer.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Case, FactId, FactKind, FactValue, Indication, PartialDate, PassageId, SourceId, Statement, StrengthId, TimingId,
    Treatment, TreatmentAdvice, Truth, Verdict, WeighedValue, Weight,
};

use crate::Answered;
use crate::Edition;
use crate::answer::{declining, fits_because, is_unwanted, strength};
use crate::fit::{Fit, in_trials, offering, trial_strength};
use crate::lines::derived_line;
use crate::scope::scope;
use crate::words::{Citations, fact_value, open_facts, open_names, reasons, within};
use sarcoguide_document::{Document, Line};

/// Whether a treatment is among what fits: it does, or it does once something is ruled out.
fn fits(fit: Fit) -> bool {
    matches!(fit, Fit::Fits | Fit::FitsOnceRuledOut)
}

/// How many options are told with their reasons; the names of the others follow.
const OPTIONS: usize = 5;
/// How many open questions are told.
const OPEN: usize = 4;
/// How many questions to ask are told.
const QUESTIONS: usize = 8;
/// How many of these are on what matters to the person, at most.
const QUESTIONS_OF_VALUES: usize = 4;

/// The summary of a case with the guide's answer, as of the day on which it is made, where that is known.
#[must_use]
pub fn visit_summary(guide: Edition<'_>, answered: Answered<'_>, made: Option<PartialDate>) -> Document {
    let Answered { case, advice, preferences } = answered;
    let (citations, document) = (Citations::default(), Document::default());
    let mut summary = Summary { guide, case, advice, preferences, citations, printed: BTreeSet::new(), document };
    summary.document.heading(1, format!("{}: summary for a visit", guide.name));
    if let Some(made) = made {
        summary.document.paragraph(format!("Made on {made}."));
    }
    scope(guide, answered, &mut summary.citations, &mut summary.document);
    let disclaimer = summary.cited(&guide.disclaimer);
    summary.document.paragraph(disclaimer);
    summary.situation();
    summary.preferences();
    // At a visit there is mostly time for the first page.
    summary.questions();
    if advice.scope.covered.is_false() {
        summary.supportive_treatments();
    } else {
        // Who wants no treatment of the cancer reads of care first.
        let recommended: Vec<&TreatmentAdvice> = summary.recommendations().iter().map(|recommended| recommended.entry).collect();
        let unwanted = recommended.is_empty() || is_unwanted(guide, advice, &recommended);
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

/// A treatment recommended at a time, with the strongest of its reasons then.
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
    /// Precautions that stand with the options.
    printed: BTreeSet<&'a str>,
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

    /// The treatments of the cancer that fit so.
    fn entries(&self, fit: impl Fn(Fit) -> bool) -> Vec<&'a TreatmentAdvice> {
        let guide = self.guide;
        let is_proper = |entry: &&TreatmentAdvice| !guide.is_supportive(entry.treatment);
        self.advice.treatments.iter().filter(|entry| fit(Fit::of(guide, entry))).filter(is_proper).collect()
    }

    fn situation(&mut self) {
        self.document.heading(2, "The situation");
        let guide = self.guide;
        let fact = |fact: FactId| {
            Line::default().plain(format!("{}: ", guide[fact].name)).strong(fact_value(guide, fact, self.case.get(fact)))
        };
        // What a person answered "no" to takes one line.
        let is_no = |fact: &FactId| guide[*fact].kind == FactKind::YesNo && self.case.get(*fact) == FactValue::Value(0);
        let (no, other): (Vec<FactId>, Vec<FactId>) = self.case.stated().partition(is_no);
        let mut facts: Vec<Line> = other.into_iter().map(fact).collect();
        if !no.is_empty() {
            let names: Vec<&str> = no.iter().map(|fact| guide[*fact].name.as_str()).collect();
            facts.push(Line::default().strong("No: ").plain(names.join("; ")));
        }
        if facts.is_empty() {
            self.document.paragraph("Nothing is stated yet.");
        }
        self.document.points(facts);
        if self.advice.scope.covered.is_false() {
            return;
        }
        let headlines = self.advice.derived.iter().filter(|entry| guide[entry.derived].headline);
        let headlines: Vec<Line> = headlines.map(|entry| derived_line(guide, self.case, entry, &mut self.citations)).collect();
        if !headlines.is_empty() {
            self.document.heading(3, "What follows from it");
            self.document.points(headlines);
        }
    }

    fn options(&mut self) {
        self.document.heading(2, "What fits this situation");
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
                self.document.paragraph("With what is known so far, no treatment of the cancer is settled.");
            }
            return;
        }
        self.document.paragraph("In the order of time, not of worth.");
        // What is a way to give something else at the same time stands with that, and takes no room of its own.
        let (guide, recommendations) = (self.guide, self.recommendations());
        let (ways, wholes): (Vec<_>, Vec<_>) =
            recommendations.iter().copied().partition(|one| recommendations.iter().any(|whole| is_way(guide, one, whole)));
        // The strongest are told with their reasons, each once, so that what comes first in time takes no room from the main treatment.
        let mut in_full_ids: BTreeSet<usize> = BTreeSet::new();
        let (in_full, named): (Vec<_>, Vec<_>) = wholes
            .iter()
            .copied()
            .partition(|one| in_full_ids.len() < OPTIONS && in_full_ids.insert(one.entry.treatment.index()));
        let mut shared = precautions(in_full.iter().map(|one| (one.treatment, one.entry)));
        shared.retain(|precaution| precaution.treatments.len() > 1);
        for (time, timing) in guide.timings.iter().enumerate() {
            let here = |one: &&Recommendation<'a>| one.reason.timing.index() == time;
            if !wholes.iter().any(|one| here(&one)) {
                continue;
            }
            self.document.heading(3, timing.name.clone());
            for one in in_full.iter().filter(here) {
                self.option(one, &shared);
                let ways = ways.iter().filter(|way| is_way(guide, way, one)).map(|way| self.name(way));
                let ways = Line::joined(ways, "; ");
                if !ways.0.is_empty() {
                    self.document.points_at(1, vec![Line::from("Ways to give it: ").then(ways)]);
                }
            }
            let others = Line::joined(named.iter().filter(here).map(|one| self.name_with_ways(one, &ways)), "; ");
            if !others.0.is_empty() {
                self.document.points(vec![Line::from("Also: ").then(others)]);
            }
        }
        let precautions = in_full.iter().flat_map(|one| one.treatment.precautions.iter().zip(&one.entry.precautions));
        let open = precautions.filter(|(_, truth)| **truth == Truth::Unknown).map(|(precaution, _)| &precaution.rule.when);
        let to_check = open_facts(guide, self.case, &self.advice.implied, open);
        let contraindications =
            wholes.iter().flat_map(|one| one.treatment.contraindications.iter().zip(&one.entry.contraindications));
        let contraindications =
            contraindications.filter(|(_, truth)| **truth == Truth::Unknown).map(|(entry, _)| &entry.rule.when);
        let to_rule_out = open_facts(guide, self.case, &self.advice.implied, contraindications);
        if !to_rule_out.is_empty() {
            self.document.heading(3, "Safety checks, before some of these");
            self.document.paragraph(open_names(self.guide, &to_rule_out));
        }
        let to_check: Vec<_> = to_check.into_iter().filter(|open| !to_rule_out.contains(open)).collect();
        if !to_check.is_empty() {
            self.document.heading(3, "Your team will also check");
            self.document.paragraph(open_names(self.guide, &to_check));
        }
        if !shared.is_empty() {
            self.document.heading(3, "Take care with several of them");
            let lines = shared.iter().map(|precaution| {
                let text = self.sentence(precaution.text, &precaution.from);
                led_by(&format!("{}: ", precaution.treatments.join("; ")), text)
            });
            let lines = lines.collect();
            self.document.points(lines);
        }
    }

    /// What may yet be an option, the strongest first.
    fn possible(&self) -> Vec<&'a TreatmentAdvice> {
        let mut possible = self.entries(|fit| fit == Fit::MayFit);
        possible.sort_by_key(|entry| strength(self.guide, entry));
        possible
    }

    /// Care around treatment, trials and choices, by name.
    fn supportive_treatments(&mut self) {
        // What comes before every decision is told first, also where it is not settled yet whether the guide covers the case.
        let mut entries = self.all_around();
        entries.retain(|entry| {
            let first = self.when(entry).is_some_and(|(timing, _)| Some(timing) == self.guide.start);
            entry.verdict == Verdict::Indicated || entry.verdict == Verdict::Possible && first
        });
        let names: Vec<&str> = entries.into_iter().map(|entry| self.treatment(entry).name.as_str()).collect();
        if !names.is_empty() {
            self.document.heading(2, "Around treatment, for you too");
            self.document.paragraph(Line::default().plain(names.join("; ")));
        }
    }

    /// What goes around treatment of the cancer, whatever its verdict, in the order of time.
    fn all_around(&self) -> Vec<&'a TreatmentAdvice> {
        let supportive = self.advice.treatments.iter().filter(|entry| self.guide.is_supportive(entry.treatment));
        let mut entries: Vec<&TreatmentAdvice> = supportive.collect();
        entries.sort_by_key(|entry| self.when(entry));
        entries
    }

    /// When it would be given by the strongest of its reasons, and how strong that is.
    fn when(&self, entry: &TreatmentAdvice) -> Option<(TimingId, StrengthId)> {
        strength(self.guide, entry).map(|(strength, timing)| (timing, strength))
    }

    /// What is recommended, at each time, the strongest first.
    fn recommendations(&self) -> Vec<Recommendation<'a>> {
        let entries = self.entries(fits);
        let times = 0..self.guide.timings.len();
        let mut recommendations: Vec<Recommendation<'a>> =
            times.flat_map(|time| entries.iter().filter_map(move |entry| self.strongest(entry, time))).collect();
        recommendations.sort_by_key(|one| (one.reason.strength, one.reason.timing, one.treatment.modality));
        recommendations
    }

    /// The strongest indication that holds at a time, and not only in clinical trials.
    fn strongest(&self, entry: &'a TreatmentAdvice, time: usize) -> Option<Recommendation<'a>> {
        let (guide, treatment) = (self.guide, self.treatment(entry));
        let reasons = offering(guide, entry).filter(|(reason, truth)| truth.is_true() && reason.timing.index() == time);
        let reason = reasons.map(|(reason, _)| reason).min_by_key(|reason| reason.strength.index())?;
        Some(Recommendation { entry, treatment, reason })
    }

    /// A treatment's name with how strongly it is recommended.
    fn name(&self, recommendation: &Recommendation<'_>) -> Line {
        let strength = &self.guide[recommendation.reason.strength];
        let checks = match Fit::of(self.guide, recommendation.entry) {
            Fit::FitsOnceRuledOut => ", after a few safety checks",
            _ => "",
        };
        Line::default().strong(recommendation.treatment.name.clone()).plain(format!(" ({}{checks})", within(&strength.name)))
    }

    /// The same, and by which of these ways it can be given.
    fn name_with_ways(&self, recommendation: &Recommendation<'_>, ways: &[Recommendation<'_>]) -> Line {
        let ways = ways.iter().filter(|way| is_way(self.guide, way, recommendation)).map(|way| way.treatment.name.as_str());
        let ways = ways.collect::<Vec<_>>().join("; ");
        if ways.is_empty() {
            return self.name(recommendation);
        }
        let strength = within(&self.guide[recommendation.reason.strength].name);
        Line::default().strong(recommendation.treatment.name.clone()).plain(format!(" ({strength}; ways to give it: {ways})"))
    }

    fn option(&mut self, recommendation: &Recommendation<'a>, shared: &[Shared<'_>]) {
        let Recommendation { entry, treatment, reason } = *recommendation;
        let why = self.sentence(&reason.text, &reason.rule.from);
        self.document.points(vec![self.name(recommendation).plain(": ").then(why)]);
        let mut lines = Vec::new();
        if entry.declined.is_true() {
            lines.push(Line::from("You said that you do not want this."));
        }
        let precautions = || treatment.precautions.iter().zip(&entry.precautions);
        for (precaution, _) in precautions().filter(|(precaution, truth)| truth.is_true() && !precaution.is_for_everyone()) {
            self.printed.insert(&precaution.text);
            if !shared.iter().any(|other| other.text == precaution.text) {
                let text = self.sentence(&precaution.text, &precaution.rule.from);
                lines.push(led_by("Take care: ", text));
            }
        }
        self.document.points_at(1, lines);
    }

    /// What can be had only in clinical trials. It is counted with nothing that fits.
    fn trials(&mut self) {
        let entries = self.entries(|fit| fit == Fit::TrialOnly);
        let Some(strength) = trial_strength(self.guide).filter(|_| !entries.is_empty()) else { return };
        self.document.heading(2, strength.name.clone());
        self.document.paragraph(strength.help.clone());
        for entry in entries {
            let name = led_by(&format!("{}: ", self.treatment(entry).name), Line::default());
            let reason = in_trials(self.guide, entry).filter(|(_, truth)| !truth.is_false()).max_by_key(|(_, truth)| *truth);
            let why = reason.map(|(reason, truth)| self.sentence(&reason.sentence(truth), &reason.rule.from));
            self.document.points(vec![name.then(why.unwrap_or_default())]);
        }
    }

    /// What would fit, but is advised against or no longer available.
    fn contraindications(&mut self) {
        // By the facts that rule them out: the why of each is on its page.
        let mut ruled_out: Vec<(Vec<FactId>, Vec<&str>)> = Vec::new();
        for entry in self.entries(|fit| fit == Fit::AdvisedAgainst) {
            let treatment = self.treatment(entry);
            let holding = treatment.contraindications.iter().zip(&entry.contraindications).filter(|(_, truth)| truth.is_true());
            let named = holding.flat_map(|(contraindication, _)| self.guide.facts_under(&contraindication.rule.when));
            let facts: BTreeSet<FactId> = named.filter(|fact| self.case.get(*fact) != FactValue::Unknown).collect();
            let facts: Vec<FactId> = facts.into_iter().collect();
            match ruled_out.iter_mut().find(|(others, _)| *others == facts) {
                Some((_, names)) => names.push(&treatment.name),
                None => ruled_out.push((facts, vec![&treatment.name])),
            }
        }
        let line = |(facts, names): (Vec<FactId>, Vec<&str>)| {
            let because = format!("because of {}", reasons(self.guide, self.case, &facts));
            led_by(&format!("{}: ", names.join("; ")), Line::from(because))
        };
        let mut lines: Vec<Line> = ruled_out.into_iter().map(line).collect();
        let mut gone = self.entries(|fit| fit == Fit::Unavailable);
        gone.retain(|entry| entry.former_indication == Some(Truth::True));
        for entry in gone {
            let treatment = self.treatment(entry);
            if let Some(last) = treatment.availability.last() {
                let text = self.cited(&last.statement);
                lines.push(led_by(&format!("{}: ", treatment.name), text));
            }
        }
        if !lines.is_empty() {
            self.document.heading(2, "Would fit, but is advised against or no longer available");
            self.document.points(lines);
        }
    }

    fn open(&mut self) {
        let possible = self.possible();
        if possible.is_empty() {
            return;
        }
        self.document.heading(2, "Still open, and what would settle it");
        for question in self.advice.next_questions.iter().take(OPEN) {
            let fact = &self.guide[question.fact];
            let mut line = Line::default().strong(fact.question.clone());
            if let Some(found) = &fact.where_to_find {
                line = line.plain(format!(" Where to find it: {found}"));
            }
            let waiting = possible.iter().filter(|entry| entry.missing.iter().any(|missing| missing.fact == question.fact));
            let names: Vec<&str> = waiting.map(|entry| self.treatment(entry).name.as_str()).collect();
            let more = names.len().saturating_sub(5);
            let names = names.into_iter().take(5).collect::<Vec<_>>().join("; ");
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            self.document.points(vec![line]);
            if !names.is_empty() {
                self.document.points_at(1, vec![Line::from(format!("Matters for: {names}{more}"))]);
            }
        }
    }

    /// A line for each answer with what was answered so.
    fn preferences(&mut self) {
        let Some(exercise) = &self.guide.exercise else { return };
        let line = |(place, weight): (usize, &Weight)| {
            let weighed = self.preferences.iter().filter(|weighed| weighed.weight == place);
            let names: Vec<&str> =
                weighed.filter_map(|weighed| Some(exercise.values.get(weighed.value)?.name.as_str())).collect();
            (!names.is_empty()).then(|| Line::default().plain(format!("{}: ", weight.name)).strong(names.join("; ")))
        };
        let lines: Vec<Line> = exercise.weights.iter().enumerate().filter_map(line).collect();
        if !lines.is_empty() {
            self.document.heading(2, "What matters to me");
            self.document.points(lines);
        }
    }

    /// The treatments that ask questions, in the order in which they do: the strongest first. What is declined asks none.
    fn asking(&self) -> Vec<&'a TreatmentAdvice> {
        let recommendation: Vec<&TreatmentAdvice> =
            self.recommendations().into_iter().map(|recommendation| recommendation.entry).collect();
        let possible = self.possible();
        // Before anything is settled, what may fit stands for what fits.
        let mut asking = self.care_instead(if recommendation.is_empty() { &possible } else { &recommendation });
        // A way to give what is as sure asks none: the question is first whether to have that at all.
        let is_way = |one: &TreatmentAdvice, whole: &TreatmentAdvice| {
            let as_sure = whole.verdict == Verdict::Indicated || whole.verdict == one.verdict;
            as_sure && self.guide.is_technique_of(one.treatment, whole.treatment)
        };
        let entries = [recommendation, possible, self.entries(|fit| fit == Fit::TrialOnly)].concat();
        asking.extend(entries.iter().filter(|one| !entries.iter().any(|whole| is_way(one, whole))));
        asking.retain(|entry| !entry.declined.is_true());
        asking
    }

    /// Care and choices for who declines some of these: what fits because of that, and where nothing else is left, then the others in the
    /// order of time.
    fn care_instead(&self, recommended: &[&TreatmentAdvice]) -> Vec<&'a TreatmentAdvice> {
        let declined: Vec<&TreatmentAdvice> = recommended.iter().copied().filter(|entry| entry.declined.is_true()).collect();
        if declined.is_empty() {
            return Vec::new();
        }
        let declining = declining(self.guide, &declined);
        let is_because = |entry: &TreatmentAdvice| fits_because(self.guide, entry, &declining);
        let nothing_left = declined.len() == recommended.len();
        let mut entries = self.all_around();
        entries.retain(|entry| entry.verdict == Verdict::Indicated && (nothing_left || is_because(entry)));
        entries.sort_by_key(|entry| !is_because(entry));
        entries
    }

    /// Questions of what matters most, then of the treatments, one from each in turn, so that no treatment takes all the room.
    fn questions(&mut self) {
        let entries = self.asking();
        let longest = entries.iter().map(|entry| self.treatment(entry).questions.len()).max().unwrap_or_default();
        let mut printed: BTreeSet<&str> = BTreeSet::new();
        let most = self.preferences.iter().filter(|weighed| weighed.weight == 0).take(QUESTIONS_OF_VALUES);
        let most = most.filter_map(|weighed| self.guide.exercise.as_ref()?.values.get(weighed.value));
        let mut lines: Vec<Line> = most.map(|value| led_by(&format!("{}: ", value.name), value.ask.clone().into())).collect();
        for place in 0..longest {
            for entry in &entries {
                let treatment = self.treatment(entry);
                if let Some(question) = treatment.questions.get(place)
                    && lines.len() < QUESTIONS
                    && printed.insert(&question.text)
                {
                    let text = self.cited(question);
                    lines.push(led_by(&format!("{}: ", treatment.name), text));
                }
            }
        }
        if !lines.is_empty() {
            self.document.heading(2, "Questions to ask the team");
            self.document.points(lines);
        }
    }

    fn sources(&mut self) {
        let guide = self.guide;
        self.document.heading(2, "Sources");
        self.document.paragraph(Line::default().faint(format!("{}, version {}. {}", guide.name, guide.version, guide.review)));
        let passages = self.citations.passages();
        let line = |(place, id): (usize, &PassageId)| format!("[{}] {}", place + 1, guide.citation(*id));
        let lines: Vec<String> = passages.iter().enumerate().map(line).collect();
        if !lines.is_empty() {
            self.document.paragraph(Line::default().faint(lines.join("; ")));
        }
        let works: BTreeSet<SourceId> = passages.iter().map(|id| guide[*id].source).collect();
        let dated = |word: &str, date: Option<PartialDate>| date.map(|date| format!("; {word} {date}")).unwrap_or_default();
        let lines = works.iter().map(|id| {
            let source = &guide[*id];
            let dates = format!("{}{}", dated("revised", source.revised), dated("read", source.read));
            Line::default().faint(format!("{}: {}, {}{dates}", source.id, source.publisher, source.title))
        });
        self.document.points(lines.collect());
    }
}

/// A precaution with the treatments that have it: it is told once, and names them.
struct Shared<'a> {
    text: &'a str,
    treatments: Vec<&'a str>,
    from: Vec<PassageId>,
}

/// The precautions that hold for these treatments, in the order in which they first hold.
fn precautions<'a>(treatments: impl Iterator<Item = (&'a Treatment, &'a TreatmentAdvice)>) -> Vec<Shared<'a>> {
    let mut found: Vec<Shared<'a>> = Vec::new();
    for (treatment, entry) in treatments {
        let holding = treatment.precautions.iter().zip(&entry.precautions).filter(|(_, truth)| truth.is_true());
        for (precaution, _) in holding.filter(|(precaution, _)| !precaution.is_for_everyone()) {
            let place = found.iter().position(|shared| shared.text == precaution.text).unwrap_or(found.len());
            if place == found.len() {
                found.push(Shared { text: &precaution.text, treatments: Vec::new(), from: Vec::new() });
            }
            let shared = &mut found[place];
            if shared.treatments.last() != Some(&treatment.name.as_str()) {
                shared.treatments.push(&treatment.name);
            }
            shared.from.extend(&precaution.rule.from);
        }
    }
    found
}

/// Whether one is a way to give the other at the time at which both are recommended.
fn is_way(guide: Edition<'_>, way: &Recommendation<'_>, whole: &Recommendation<'_>) -> bool {
    way.reason.timing == whole.reason.timing && guide.is_technique_of(way.entry.treatment, whole.entry.treatment)
}

fn led_by(lead: &str, line: Line) -> Line {
    let mut whole = Line::default().strong(lead);
    whole.0.extend(line.0);
    whole
}
