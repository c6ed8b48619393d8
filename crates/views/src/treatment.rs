//! A treatment's page, for a case or in general: first one screen with what most people need, then everything in folded parts.

mod caution;
mod compare;
pub(crate) mod effects;
mod first_screen;
mod rules;

use sarcoguide_model::{
    Condition, FactId, Outcome, Statement, StatementList, Treatment, TreatmentAdvice, TreatmentId, Truth, Verdict,
};

use crate::Answered;
use crate::Edition;
use crate::answer::full_name;
use crate::doubts::doubts;
use crate::figures;
use crate::fit::{Fit, ongoing_words, part_of, part_of_line};
use crate::line::line;
use crate::lines::{is_harm, outcome_line};
use crate::links;
use crate::scope::{is_not_judged, scope};
use crate::timeline::Timeline;
use crate::values::value_lines;
use crate::words::{self, Citations, of_100_people, reasons};
use caution::Caution;
use sarcoguide_document::svg::Drawing;
use sarcoguide_document::{Block, Document, Emphasis, Line, Section};
use sarcoguide_text::t;

pub use compare::compare;

/// The people that a page is for.
#[derive(Clone, Copy)]
pub enum Reader<'a> {
    /// A person with the disease, or someone close to them.
    Person,
    /// The care team. The page adds codes, tables of the evidence, and every rule in words.
    Team {
        /// Evaluates a condition for the case. `None` if there is no case.
        truth: Option<&'a dyn Fn(&Condition) -> Truth>,
    },
}

/// A page that is being built.
struct Page<'a> {
    guide: Edition<'a>,
    treatment: &'a Treatment,
    answered: Option<Answered<'a>>,
    /// The guide's advice on the treatment for the case; `None` if there is no case.
    entry: Option<&'a TreatmentAdvice>,
    citations: Citations,
    document: Document,
}

/// Builds a treatment's page. If there is a case (`answered`), the page says how the treatment fits the case.
#[must_use]
pub fn page(guide: Edition<'_>, id: TreatmentId, answered: Option<Answered<'_>>, reader: Reader<'_>) -> Document {
    let treatment = &guide[id];
    let entry = answered.map(|answered| &answered.advice[id]);
    let mut page = Page { guide, treatment, answered, entry, citations: Citations::default(), document: Document::default() };
    page.document.heading(1, full_name(treatment));
    if let Some(answered) = answered {
        scope(guide, answered, &mut page.citations, &mut page.document);
        doubts(guide, answered, &mut page.citations, &mut page.document);
    }
    page.first_screen();
    page.why(reader);
    page.course();
    page.studies();
    page.all_effects();
    page.safety(reader);
    page.tests();
    StatementList::ALL.into_iter().filter(|list| !is_in_another_part(*list)).for_each(|list| page.list(list));
    page.availability();
    page.values();
    page.for_the_team(reader);
    page.finish()
}

/// Whether a list is in another part of the page. All other lists have their own parts.
fn is_in_another_part(list: StatementList) -> bool {
    has_own_section(list) || matches!(list, StatementList::Monitoring | StatementList::Disagreement)
}

/// Whether a list has its own place in a comparison. All other lists come after the harms.
fn has_own_section(list: StatementList) -> bool {
    matches!(list, StatementList::What | StatementList::Unknown)
}

fn list_heading(guide: Edition<'_>, list: StatementList) -> String {
    t!(guide.text, treatment_list_heading, list = list.id())
}

impl<'g> Page<'g> {
    fn cited(&mut self, statement: &Statement) -> Line {
        let mark = self.citations.mark(&statement.from);
        Line::default().plain(statement.text.clone()).cite(mark)
    }

    /// Adds a list of statements under its heading.
    fn list(&mut self, list: StatementList) {
        let lines = self.cited_list(list);
        self.lines(list_heading(self.guide, list), lines);
    }

    fn cited_list(&mut self, list: StatementList) -> Vec<Line> {
        self.treatment.list(list).iter().map(|statement| self.cited(statement)).collect()
    }

    fn lines(&mut self, title: String, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.fold(title);
            self.document.points(lines);
        }
    }

    /// Begins a part of the page that people open if they want to read it.
    fn fold(&mut self, title: String) {
        self.document.section(2, title, Section::Folded);
    }

    /// Whether an item of the treatment, such as an indication or outcome, applies or may apply to the case. True if there is no case.
    ///
    /// `truths` selects the list of the items' truths from the advice, and `index` is the item's index in that list.
    fn concerns(&self, truths: impl Fn(&TreatmentAdvice) -> &[Truth], index: usize) -> bool {
        self.entry.is_none_or(|entry| truths(entry).get(index) != Some(&Truth::False))
    }

    /// If there is a case, adds why the treatment fits it or doesn't. Then adds whom the treatment is for in general.
    fn why(&mut self, reader: Reader<'_>) {
        let (guide, withdrawn) = (self.guide, self.treatment.is_withdrawn());
        let (Some(answered), Some(entry)) = (self.answered, self.entry) else {
            let title =
                if withdrawn { t!(guide.text, treatment_was_for_heading) } else { t!(guide.text, treatment_for_whom_heading) };
            let indications = self.all_indications(reader);
            self.lines(title, indications);
            return;
        };
        let is_judged = !is_not_judged(guide, answered.advice, entry.treatment);
        let is_plain = is_judged && part_of(guide, answered.advice, entry).is_empty();
        self.fold(match Fit::of(guide, entry) {
            Fit::AdvisedAgainst | Fit::DoesNotFit if is_plain => t!(guide.text, treatment_not_for_you_heading),
            Fit::Fits | Fit::FitsOnceRuledOut | Fit::MayFit | Fit::TrialOnly if is_plain => t!(guide.text, treatment_why_heading),
            _ => t!(guide.text, treatment_here_heading),
        });
        self.reasons_in_case(answered, entry, false);
        let indications = self.all_indications(reader);
        if !indications.is_empty() {
            let title = if withdrawn {
                t!(guide.text, treatment_was_for_in_general_heading)
            } else {
                t!(guide.text, treatment_for_whom_in_general_heading)
            };
            self.document.heading(3, title);
            self.document.points(indications);
        }
    }

    /// Adds why the treatment fits or doesn't, which missing facts decide, and the reasons against it.
    fn in_case(&mut self, answered: Answered<'_>, entry: &TreatmentAdvice) {
        self.reasons_in_case(answered, entry, true);
    }

    /// Does the same as [`Self::in_case`]. Unless `all` is set, leaves out what [`Self::know_first`] and [`Self::safety`] say.
    fn reasons_in_case(&mut self, answered: Answered<'_>, entry: &TreatmentAdvice, all: bool) {
        if let Some(words) = ongoing_words(self.guide, entry) {
            self.document.paragraph(Line::default().strong(words));
        }
        if entry.declined.is_true() {
            self.document.paragraph(Line::default().add(Emphasis::Open, t!(self.guide.text, treatment_declined)));
        }
        if is_not_judged(self.guide, answered.advice, entry.treatment) {
            self.document.paragraph(t!(
                self.guide.text,
                treatment_not_covered,
                nothing_against = t!(self.guide.text, scope_nothing_against)
            ));
            return;
        }
        let mut points: Vec<Line> = Vec::new();
        points.extend(self.availability_line(entry).filter(|_| all));
        points.extend(self.indication_lines(entry));
        points.extend(part_of_line(self.guide, &part_of(self.guide, answered.advice, entry)));
        if !entry.reason.is_empty() {
            let facts = reasons(self.guide, answered.case, &entry.reason);
            points.push(line!(self.guide, treatment_decided_by, facts = facts));
        }
        if entry.verdict == Verdict::NotIndicated && entry.reason.is_empty() {
            points.push(t!(self.guide.text, treatment_named_for_no_one).into());
        }
        if !entry.missing.is_empty() {
            let facts: Vec<FactId> = entry.missing.iter().map(|missing| missing.fact).collect();
            points.push(line!(self.guide, treatment_depends_on, facts = words::questions(self.guide, &facts)));
        }
        if all {
            points.extend(self.warnings(entry, |_, _| true));
        }
        self.document.points(points);
    }

    /// A line for each indication, whether or not it holds for the case.
    fn all_indications(&mut self, reader: Reader<'_>) -> Vec<Line> {
        let guide = self.guide;
        let team = matches!(reader, Reader::Team { .. });
        let withdrawn = self.treatment.is_withdrawn();
        let mut lines = Vec::new();
        for indication in &self.treatment.indications {
            let sentence = indication.sentence(Truth::Unknown);
            let sources = Line::default().cite(self.citations.mark(&indication.rule.from));
            let (timing, aim) = (&guide[indication.timing].name, &guide[indication.intent].name);
            let strength = &guide[indication.strength].name;
            let condition = team.then(|| words::condition(guide, &indication.rule.when));
            lines.push(match (condition, withdrawn) {
                (None, false) => line!(
                    guide,
                    treatment_indication,
                    sentence = sentence,
                    sources = sources,
                    timing = timing,
                    strength = strength,
                    aim = aim
                ),
                (Some(condition), false) => line!(
                    guide,
                    treatment_indication_with_rule,
                    sentence = sentence,
                    sources = sources,
                    timing = timing,
                    strength = strength,
                    aim = aim,
                    condition = condition
                ),
                (None, true) => {
                    line!(guide, treatment_past_indication, sentence = sentence, sources = sources, timing = timing, aim = aim)
                }
                (Some(condition), true) => line!(
                    guide,
                    treatment_past_indication_with_rule,
                    sentence = sentence,
                    sources = sources,
                    timing = timing,
                    aim = aim,
                    condition = condition
                ),
            });
        }
        lines
    }

    /// Adds where the treatment is approved. A withdrawn treatment says so first on its page instead.
    fn availability(&mut self) {
        if !self.treatment.is_withdrawn() {
            let lines = self.availability_lines();
            self.lines(t!(self.guide.text, treatment_availability_heading), lines);
        }
    }

    fn availability_lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for entry in &self.treatment.availability {
            let known = match (entry.since, &entry.jurisdiction) {
                (Some(_), Some(_)) => "since-and-jurisdiction",
                (Some(_), None) => "since",
                (None, Some(_)) => "jurisdiction",
                (None, None) => "neither",
            };
            let status = t!(
                self.guide.text,
                treatment_availability_status,
                status = words::availability_status(self.guide, entry.status),
                known = known,
                since = entry.since.map(|date| date.to_string()).unwrap_or_default(),
                jurisdiction = entry.jurisdiction.as_deref().unwrap_or_default()
            );
            lines.push(line!(self.guide, treatment_availability, status = status, statement = self.cited(&entry.statement)));
        }
        lines
    }

    /// Adds what the treatment is, its phases, and how it's given.
    fn course(&mut self) {
        let what = self.cited_list(StatementList::What);
        self.lines(t!(self.guide.text, treatment_course_heading), what);
        if let Some(mut timeline) = Timeline::of(self.guide, self.treatment, self.entry) {
            timeline.cite(&mut self.citations);
            let drawing = Drawing::Parts(timeline.drawing(self.guide));
            self.document.blocks.push(Block::Picture { words: timeline.blocks(self.guide), drawing });
        }
    }

    /// Adds the results of studies, what isn't known, and where sources differ. How long people lived is in a part of its own, for people who want to know.
    fn studies(&mut self) {
        let guide = self.guide;
        let by_choice = |outcome: &Outcome| guide[outcome.measure].by_choice;
        let outcomes = self.outcomes(false);
        let are_by_choice = !outcomes.is_empty() && outcomes.iter().all(|outcome| by_choice(outcome));
        let lists = [StatementList::Unknown, StatementList::Disagreement];
        if !are_by_choice || lists.iter().any(|list| !self.treatment.list(*list).is_empty()) {
            self.fold(t!(guide.text, treatment_studies_heading));
            if !self.figures(false, |outcome| !by_choice(outcome)) && !are_by_choice {
                self.document.paragraph(t!(guide.text, treatment_no_figures));
            }
            for list in lists {
                let lines = self.cited_list(list);
                if !lines.is_empty() {
                    self.document.heading(3, list_heading(guide, list));
                    self.document.points(lines);
                }
            }
        }
        if outcomes.iter().any(|outcome| by_choice(outcome)) {
            self.fold(t!(guide.text, treatment_by_choice_heading));
            self.document.paragraph(t!(guide.text, treatment_by_choice_about));
            self.figures(false, by_choice);
        }
    }

    /// Adds the contraindications and precautions that don't stand first on the page. If there is a case, these are the ones that may apply to it.
    fn safety(&mut self, reader: Reader<'_>) {
        let lines = match (self.entry, self.judged()) {
            (None, _) => self.cautions(matches!(reader, Reader::Team { .. }), |caution| caution != Caution::OnLabel),
            (Some(_), Some(entry)) => self.warnings(entry, |truth, caution| !caution.comes_first(truth)),
            (Some(_), None) => Vec::new(),
        };
        self.lines(t!(self.guide.text, treatment_care_heading), lines);
    }

    /// The outcomes that apply or may apply to the case. If `harms` is true, returns only those that count a side effect. If not, returns only the
    /// others.
    fn outcomes(&self, harms: bool) -> Vec<&'g Outcome> {
        let concerning =
            self.treatment.outcomes.iter().enumerate().filter(|(index, outcome)| {
                self.concerns(|entry| &entry.outcomes, *index) && is_harm(self.guide, outcome) == harms
            });
        concerning.map(|(_, outcome)| outcome).collect()
    }

    /// Adds the figures of [`outcomes`](Self::outcomes) that `wanted` accepts, with a picture if possible. Returns whether there are any.
    fn figures(&mut self, harms: bool, wanted: impl Fn(&Outcome) -> bool) -> bool {
        let outcomes: Vec<&Outcome> = self.outcomes(harms).into_iter().filter(|outcome| wanted(outcome)).collect();
        for outcome in &outcomes {
            self.document.points(vec![outcome_line(self.guide, outcome, &mut self.citations)]);
            self.document.blocks.extend(figures::of_outcome(self.guide, self.treatment, outcome));
        }
        !outcomes.is_empty()
    }

    /// Adds how the treatment affects what matters to the person.
    fn values(&mut self) {
        let lines = self.value_lines();
        self.lines(t!(self.guide.text, preferences_heading), lines);
    }

    fn value_lines(&self) -> Vec<Line> {
        let values = self.answered.map(|answered| answered.preferences).unwrap_or_default();
        value_lines(self.guide, values, self.treatment, self.entry, true)
    }

    /// Adds the tests that come before the treatment, and what the team monitors during and after it.
    fn tests(&mut self) {
        let (tests, monitoring) = (self.required_tests(), self.cited_list(StatementList::Monitoring));
        let headings = [t!(self.guide.text, treatment_tests_heading), list_heading(self.guide, StatementList::Monitoring)];
        let [tests_heading, monitoring_heading] = headings;
        if tests.is_empty() || monitoring.is_empty() {
            self.lines(tests_heading, tests);
            self.lines(monitoring_heading, monitoring);
        } else {
            self.fold(t!(self.guide.text, treatment_before_heading));
            self.document.heading(3, tests_heading);
            self.document.points(tests);
            self.document.heading(3, monitoring_heading);
            self.document.points(monitoring);
        }
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

    /// For the care team, adds codes, tables of the evidence, and the rules in words.
    fn for_the_team(&mut self, reader: Reader<'_>) {
        if let Reader::Team { truth } = reader {
            self.fold(t!(self.guide.text, treatment_team_heading));
            self.codes();
            self.evidence();
            self.rules(truth);
        }
    }

    fn codes(&mut self) {
        let codes: Vec<String> = self.treatment.codes.iter().map(|(system, code)| format!("{system} {code}")).collect();
        let (kind, id) = (&self.guide[self.treatment.modality].name, &self.treatment.id);
        self.document.paragraph(if codes.is_empty() {
            line!(self.guide, treatment_no_codes, kind = kind, id = id)
        } else {
            line!(self.guide, treatment_codes, kind = kind, id = id, codes = codes.join(", "))
        });
    }

    fn finish(mut self) -> Document {
        let disclaimer = self.answered.map(|_| self.cited(&self.guide.disclaimer));
        let mut sources = Document::default();
        words::sources(self.guide, &self.citations, &mut sources);
        let heading = sources.blocks.iter().take(1).cloned();
        self.document.blocks.extend(heading);
        self.document.paragraph(disclaimer.unwrap_or_default());
        self.document.blocks.extend(sources.blocks.into_iter().skip(1));
        self.document.paragraph(words::reviewed_by(self.guide, self.treatment).unwrap_or_else(|| self.guide.review.clone()));
        self.document
    }
}

/// A figure in words: as written, as people in 100 if it's a percentage, or both if the percentage isn't a whole number.
fn figure(guide: Edition<'_>, figure: &sarcoguide_model::Figure) -> String {
    // A whole percentage says the same as the number of people, so leave it out.
    let is_rounded = |people: &String| !people.starts_with(figure.written.trim_end_matches('%').trim_end());
    match of_100_people(guide, figure) {
        Some(people) if is_rounded(&people) => format!("{} = {people}", figure.written),
        Some(people) => people,
        None => figure.written.clone(),
    }
}

#[cfg(test)]
mod tests {
    use sarcoguide_text::Text;

    use super::*;

    #[test]
    fn every_list_has_a_heading() {
        for list in StatementList::ALL {
            let heading = t!(Text::english(), treatment_list_heading, list = list.id());
            assert_ne!(heading, list.id(), "add [{}] to `treatment-list-heading` in guide/text/en.ftl", list.id());
        }
    }
}
