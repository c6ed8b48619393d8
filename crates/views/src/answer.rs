//! Shows the advice for a case as a document.

mod grouping;
mod ongoing;
mod options;
mod recommended;
mod scenarios;
mod treatment;
mod trials;

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Case, Condition, FactId, Indication, Statement, StrengthId, TimingId, TreatmentAdvice, TreatmentId, Truth, Verdict,
    WeighedValue,
};

use crate::Answered;
use crate::Edition;
use crate::doubts::doubts;
use crate::fit::{Fit, former_fit, in_trials, offering, ongoing_words, part_of_line, unavailable_since};
use crate::line::line;
use crate::lines::{headlines, question_line};
use crate::scope::{open_kinds, open_line, scope};
use crate::values::render_preferences;
use crate::words::{self, Citations, OpenFact, reasons};
use crate::{links, listed};
use sarcoguide_document::{Document, Emphasis, Line, Section};
use sarcoguide_text::t;

pub(crate) use crate::fit::part_of;
pub use crate::words::full_name;
pub use options::options;

/// The maximum number of questions listed at the end of an answer.
const QUESTIONS: usize = 8;

/// An answer that is being written: the case with its advice, the document so far, and what the document already contains.
struct Answer<'a> {
    guide: Edition<'a>,
    case: &'a Case,
    advice: &'a Advice,
    /// The advice without assumptions. It's `advice` itself, except on the page "My options".
    open: &'a Advice,
    citations: Citations,
    document: Document,
    /// What the document has already stated for all treatments in the current group.
    shared: Shared<'a>,
    /// Treatments that already have a section of their own in the document.
    shown: Vec<TreatmentId>,
    /// The text of statements already written. They aren't repeated for other treatments.
    printed: BTreeSet<&'a str>,
    /// Whether this is the page "My options", which folds what few people need right away.
    is_page: bool,
    preferences: &'a [WeighedValue],
}

/// Statements that apply to several treatments. They're written once for all of them and not repeated for each.
#[derive(Clone, Default)]
struct Shared<'a> {
    /// The stated facts that force the verdict `Indicated` of these treatments. Treatments with an open verdict have no such facts.
    decided_by: Vec<FactId>,
    /// The unknown facts that would settle the verdicts of all these treatments.
    missing: Vec<FactId>,
    /// The unknown facts that decide whether the precautions of all these treatments hold.
    to_check: Vec<OpenFact<'a>>,
    /// The texts of the precautions that hold for all these treatments.
    precautions: Vec<&'a str>,
}

impl Shared<'_> {
    fn add(&mut self, more: Self) {
        self.decided_by.extend(more.decided_by);
        self.missing.extend(more.missing);
        self.to_check.extend(more.to_check);
        self.precautions.extend(more.precautions);
    }
}

/// Shows the guide's advice for a case in full, with what a person needs most at the top.
#[must_use]
pub fn answer(guide: Edition<'_>, answered: Answered<'_>) -> Document {
    let mut answer = Answer::new(guide, answered, false);
    let advice = answer.advice;
    answer.opening();
    if answer.case.stated().next().is_none() {
        answer.invitation();
        answer.open_scope();
        answer.notes();
        return answer.closing();
    }
    let in_scenarios = answer.scenarios();
    answer.open_scope();
    answer.notes();
    answer.situation();
    answer.ongoing();
    let grouping = answer.grouping();
    if !in_scenarios {
        answer.overview(&grouping);
    }
    render_preferences(answer.guide, answer.preferences, &mut answer.citations, &mut answer.document);
    // If the person wants no treatment, supportive treatments come first.
    let new = grouping.recommended.iter().flat_map(|(_, here)| here).map(|whole| whole.entry);
    let recommended: Vec<&TreatmentAdvice> = new.chain(answer.ongoing_that_fit()).collect();
    let unwanted = wants_no_treatment(answer.guide, advice, &recommended);
    if unwanted {
        answer.supportive_treatments();
    }
    answer.planning();
    answer.options(&grouping.recommended);
    answer.possible(&grouping);
    answer.trials();
    answer.advised_against();
    answer.unavailable();
    if !unwanted {
        answer.supportive_treatments();
    }
    answer.not_fitting();
    answer.next_questions();
    answer.closing()
}

/// Returns the strength and timing of the strongest indication that holds or may hold. Indications for clinical trials count only if there are no
/// others.
pub(crate) fn strength(guide: Edition<'_>, entry: &TreatmentAdvice) -> Option<(StrengthId, TimingId)> {
    let open =
        |(indication, truth): (&Indication, Truth)| (!truth.is_false()).then_some((indication.strength, indication.timing));
    offering(guide, entry).filter_map(open).min().or_else(|| in_trials(guide, entry).filter_map(open).min())
}

/// Whether the person wants no treatment: they decline every recommended treatment, or they decline some of them and a supportive treatment is
/// indicated for the same reason.
pub(crate) fn wants_no_treatment(guide: Edition<'_>, advice: &Advice, recommended: &[&TreatmentAdvice]) -> bool {
    let declined = recommended.iter().filter(|entry| entry.declined.is_true()).count();
    declined > 0 && (declined == recommended.len() || !care_instead(guide, advice, recommended).is_empty())
}

/// Returns the supportive treatments that are indicated because the person declines some of these treatments.
fn care_instead<'a>(guide: Edition<'_>, advice: &'a Advice, recommended: &[&TreatmentAdvice]) -> Vec<&'a TreatmentAdvice> {
    let declined: Vec<&TreatmentAdvice> = recommended.iter().copied().filter(|entry| entry.declined.is_true()).collect();
    let because = declining(guide, &declined);
    let supportive = advice.treatments.iter().filter(|entry| guide.is_supportive(entry.treatment));
    supportive.filter(|entry| fits_because(guide, entry, &because)).collect()
}

/// Returns the facts named in the conditions under which a person declines these treatments.
pub(crate) fn declining(guide: Edition<'_>, declined: &[&TreatmentAdvice]) -> BTreeSet<FactId> {
    let rules = declined.iter().flat_map(|entry| {
        let treatment = &guide[entry.treatment];
        guide[treatment.modality].declined.iter().chain(&treatment.declined)
    });
    rules.flat_map(|rule| named(&rule.when)).collect()
}

/// Whether the treatment is indicated, and one of the indications that hold names one of these facts.
pub(crate) fn fits_because(guide: Edition<'_>, entry: &TreatmentAdvice, facts: &BTreeSet<FactId>) -> bool {
    let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
    let holding = indications.filter(|(_, truth)| truth.is_true() && entry.verdict == Verdict::Indicated);
    holding.flat_map(|(indication, _)| named(&indication.rule.when)).any(|fact| facts.contains(&fact))
}

/// Returns the facts whose values a condition names directly. Numeric facts, and facts that the condition depends on only through derived facts, are
/// left out, because they don't say what a person wants.
fn named(condition: &Condition) -> Vec<FactId> {
    let mut facts = Vec::new();
    condition.walk(&mut |part| {
        if let Condition::Is { fact, .. } = part {
            facts.push(*fact);
        }
    });
    facts
}

impl<'a> Answer<'a> {
    fn new(guide: Edition<'a>, answered: Answered<'a>, is_page: bool) -> Self {
        Self {
            guide,
            case: answered.case,
            advice: answered.advice,
            open: answered.advice,
            preferences: answered.preferences,
            citations: Citations::default(),
            document: Document::default(),
            shared: Shared::default(),
            shown: Vec::new(),
            printed: BTreeSet::new(),
            is_page,
        }
    }

    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    /// Returns the treatment's name as a link to its page.
    fn name(&self, entry: &TreatmentAdvice, emphasis: Emphasis) -> Line {
        let name = full_name(&self.guide[entry.treatment]);
        Line::default().link(emphasis, name, links::treatment(self.guide, entry.treatment))
    }

    /// Returns the treatment's name as a link, followed by its summary.
    fn name_and_summary(&self, entry: &TreatmentAdvice, emphasis: Emphasis) -> Line {
        let summary = &self.guide[entry.treatment].summary;
        let line = line!(self.guide, answer_treatment, treatment = self.name(entry, emphasis), summary = summary);
        self.with_ongoing(entry, line)
    }

    /// Adds to a line about a treatment that the person is having it now, if so.
    fn with_ongoing(&self, entry: &TreatmentAdvice, line: Line) -> Line {
        match ongoing_words(self.guide, entry) {
            Some(words) => line!(self.guide, answer_with_ongoing, treatment = line, ongoing = words),
            None => line,
        }
    }

    /// Returns the kind of section for parts that few people need right away. The page "My options" shows these parts collapsed.
    fn aside(&self) -> Section {
        if self.is_page { Section::Folded } else { Section::Plain }
    }

    /// Like [`Self::aside`], for parts that a printed page doesn't need.
    fn extra(&self) -> Section {
        if self.is_page { Section::FoldedExtra } else { Section::Plain }
    }

    fn opening(&mut self) {
        let text = self.guide.text;
        let title = if self.is_page { t!(text, answer_title) } else { self.guide.name.clone() };
        self.document.heading(1, title);
        let answered = Answered { case: self.case, advice: self.advice, preferences: self.preferences };
        if self.advice.scope.covered == Truth::Unknown {
            // The rest is in `open_scope`.
            self.document.paragraph(open_line(self.guide, self.advice));
        } else {
            scope(self.guide, answered, &mut self.citations, &mut self.document);
        }
        doubts(self.guide, answered, &mut self.citations, &mut self.document);
        let for_all = |entry: &TreatmentAdvice| {
            matches!(entry.verdict, Verdict::Indicated | Verdict::Possible) && self.is_supportive(entry)
        };
        if self.advice.scope.covered.is_false() && self.advice.treatments.iter().any(for_all) {
            self.document.paragraph(t!(text, answer_care_for_everyone));
        }
    }

    /// Adds the kinds of situations that the guide doesn't cover, if this may be one of them.
    fn open_scope(&mut self) {
        let kinds = open_kinds(self.guide, self.advice);
        if !kinds.is_empty() {
            self.document.section(2, t!(self.guide.text, scope_open_heading), self.extra());
            self.document.paragraph(kinds.join("; "));
        }
    }

    /// Adds what everyone has to know about answers of the guide.
    fn notes(&mut self) {
        self.document.paragraph(t!(self.guide.text, answer_informs));
        self.document.paragraph(self.guide.review.clone());
    }

    fn situation(&mut self) {
        let (guide, text) = (self.guide, self.guide.text);
        self.document.section(2, t!(text, answer_situation), self.extra());
        let facts = listed::stated_lines(guide, self.case, self.case.stated());
        let facts: Vec<Line> =
            facts.iter().map(|fact| line!(guide, answer_fact, fact = &fact.name, value = &fact.value)).collect();
        if facts.is_empty() {
            self.document.paragraph(t!(text, answer_nothing_stated));
        }
        self.document.points(facts);
        let answered = Answered { case: self.case, advice: self.advice, preferences: self.preferences };
        let headlines = headlines(guide, answered, &mut self.citations);
        if !headlines.is_empty() {
            self.document.heading(3, t!(text, answer_derived_heading));
            self.document.points(headlines);
        }
    }

    fn is_supportive(&self, entry: &TreatmentAdvice) -> bool {
        self.guide.is_supportive(entry.treatment)
    }

    /// Adds the treatments that are or may be indicated but must not be given, because a contraindication holds.
    fn advised_against(&mut self) {
        let (guide, advice): (Edition<'a>, &'a Advice) = (self.guide, self.advice);
        let entries = advice.treatments.iter().filter(|entry| Fit::of(guide, entry) == Fit::AdvisedAgainst);
        let entries: Vec<&TreatmentAdvice> = entries.collect();
        if entries.is_empty() {
            return;
        }
        let heading = Line::default().add(Emphasis::Bad, t!(guide.text, answer_advised_against_heading));
        self.document.section(2, heading, self.aside());
        for entry in entries {
            let treatment = &guide[entry.treatment];
            self.document.points(vec![self.name_and_summary(entry, Emphasis::Bad)]);
            let mut lines = self.warnings(entry, treatment);
            if !entry.reason.is_empty() {
                lines.push(line!(guide, answer_decided_by, which = "all", facts = reasons(guide, self.case, &entry.reason)));
            }
            self.document.points_at(1, lines);
        }
    }

    /// Adds the withdrawn treatments that were an option in this situation, or may have been one. `not_fitting` lists the others.
    fn unavailable(&mut self) {
        let (guide, advice): (Edition<'a>, &'a Advice) = (self.guide, self.advice);
        let former = |entry: &'a TreatmentAdvice| Some((entry, entry.former_indication.filter(|truth| !truth.is_false())?));
        let entries: Vec<(&TreatmentAdvice, Truth)> = advice.treatments.iter().filter_map(former).collect();
        if entries.is_empty() {
            return;
        }
        let heading = Line::default().add(Emphasis::Bad, t!(guide.text, answer_unavailable));
        self.document.heading(if self.is_page { 3 } else { 2 }, heading);
        for (entry, former) in entries {
            let treatment = &guide[entry.treatment];
            self.document.points(vec![self.name_and_summary(entry, Emphasis::Bad)]);
            let lines = std::iter::once(Line::from(former_fit(guide, former))).chain(self.availability(treatment)).collect();
            self.document.points_at(1, lines);
        }
    }

    /// Adds the treatments that don't fit, each with the reason. If the guide doesn't cover the case, only adds a note that it doesn't judge the
    /// other treatments.
    fn not_fitting(&mut self) {
        let guide = self.guide;
        if self.advice.scope.covered.is_false() {
            self.document.heading(2, t!(guide.text, answer_not_judged));
            let nothing_against = t!(guide.text, scope_nothing_against);
            self.document.paragraph(t!(guide.text, answer_not_judged_others, nothing_against = nothing_against));
            return;
        }
        let never_fits = |entry: &&TreatmentAdvice| match entry.former_indication {
            Some(former) => former.is_false(),
            None => entry.verdict == Verdict::NotIndicated,
        };
        let lines: Vec<Line> = (self.advice.treatments.iter().filter(never_fits))
            .map(|entry| {
                let name = self.name(entry, Emphasis::Strong);
                if let Some(former) = entry.former_indication {
                    let gone = unavailable_since(guide, &guide[entry.treatment]);
                    return line!(
                        guide,
                        answer_never_fitted,
                        treatment = name,
                        gone = gone,
                        formerly = former_fit(guide, former)
                    );
                }
                let reason = if entry.reason.is_empty() {
                    line!(guide, answer_for_no_one, treatment = name)
                } else {
                    line!(guide, answer_because, treatment = name, facts = reasons(guide, self.case, &entry.reason))
                };
                let line = match part_of_line(guide, &part_of(guide, self.advice, entry)) {
                    Some(part) => line!(guide, answer_because_part, reason = reason, part = part),
                    None => reason,
                };
                self.with_ongoing(entry, line)
            })
            .collect();
        if !lines.is_empty() {
            self.document.heading(if self.is_page { 3 } else { 2 }, t!(guide.text, answer_not_fitting));
            self.document.points(lines);
        }
    }

    fn next_questions(&mut self) {
        let (text, questions) = (self.guide.text, listed::next_questions(self.guide, self.advice));
        // If the guide doesn't cover the case, more answers can't change that.
        if questions.is_empty() || self.advice.scope.covered.is_false() {
            return;
        }
        self.document.section(2, t!(text, answer_next_questions), self.extra());
        self.document.paragraph(t!(text, answer_next_questions_order));
        let lines: Vec<Line> = questions.iter().take(QUESTIONS).map(|question| question_line(self.guide, question)).collect();
        self.document.points(lines);
        if questions.len() > QUESTIONS {
            self.document.paragraph(t!(text, answer_more_questions, count = questions.len() - QUESTIONS));
        }
    }

    fn closing(mut self) -> Document {
        let disclaimer = self.cited(&self.guide.disclaimer);
        words::sources(self.guide, &self.citations, &mut self.document);
        self.document.paragraph(disclaimer);
        self.document
    }
}
