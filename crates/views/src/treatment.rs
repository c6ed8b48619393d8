//! A treatment's page, for a case or in general.

mod compare;
pub(crate) mod effects;
mod rules;

use sarcoguide_model::{
    Condition, FactId, Outcome, Statement, StatementList, Statistic, Treatment, TreatmentAdvice, TreatmentId, Truth, Verdict,
};

use crate::Answered;
use crate::Edition;
use crate::answer::full_name;
use crate::doubts::doubts;
use crate::fit::{ongoing_words, part_of, part_of_line, verdict_label};
use crate::line::line;
use crate::lines::{is_harm, outcome_line};
use crate::links;
use crate::scope::{is_not_judged, scope};
use crate::timeline::Timeline;
use crate::values::value_lines;
use crate::words::{self, Citations, capital, of_100_people, reasons};
use sarcoguide_document::svg::Drawing;
use sarcoguide_document::{Block, Document, Emphasis, Line, People, Section};
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
    page.title();
    if let Some(answered) = answered {
        scope(guide, answered, &mut page.citations, &mut page.document);
        doubts(guide, answered, &mut page.citations, &mut page.document);
    }
    if let Reader::Team { .. } = reader {
        page.codes();
    }
    page.document.paragraph(treatment.summary.clone());
    page.document.paragraph(words::reviewed_by(guide, treatment).unwrap_or_else(|| guide.review.clone()));
    page.case_section();
    page.in_general(reader);
    page.availability();
    page.list(StatementList::What);
    page.given();
    page.document.heading(2, t!(guide.text, treatment_benefits_heading));
    page.results();
    page.document.heading(2, t!(guide.text, treatment_harms_heading));
    page.effects();
    page.tests();
    StatementList::ALL.into_iter().filter(|list| !has_own_section(*list)).for_each(|list| page.list(list));
    page.values();
    if let Reader::Team { truth } = reader {
        page.evidence();
        page.rules(truth);
    }
    page.finish()
}

/// Whether a list has its own section elsewhere on the page. All other lists come after the harms.
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
            self.document.heading(2, title);
            self.document.points(lines);
        }
    }

    /// Whether an item of the treatment, such as an indication or outcome, applies or may apply to the case. True if there is no case.
    ///
    /// `truths` selects the list of the items' truths from the advice, and `index` is the item's index in that list.
    fn concerns(&self, truths: impl Fn(&TreatmentAdvice) -> &[Truth], index: usize) -> bool {
        self.entry.is_none_or(|entry| truths(entry).get(index) != Some(&Truth::False))
    }

    fn title(&mut self) {
        let name = full_name(self.treatment);
        let title = match (self.answered, self.entry) {
            (Some(answered), Some(entry)) => {
                let (emphasis, words) = verdict_label(self.guide, answered.advice, entry);
                line!(self.guide, treatment_title, name = name, verdict = Line::default().add(emphasis, words))
            }
            _ => name.into(),
        };
        self.document.heading(1, title);
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

    /// If there is a case, adds the section on how the treatment fits it.
    fn case_section(&mut self) {
        let (Some(answered), Some(entry)) = (self.answered, self.entry) else { return };
        self.document.heading(2, t!(self.guide.text, treatment_here_heading));
        self.in_case(answered, entry);
    }

    /// Adds why the treatment fits or doesn't, which missing facts decide, and the reasons against it.
    fn in_case(&mut self, answered: Answered<'_>, entry: &TreatmentAdvice) {
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
        let mut points: Vec<Line> = self.availability_line(entry).into_iter().collect();
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
        points.extend(self.warnings(entry));
        self.document.points(points);
    }

    /// Adds all indications, whether or not they hold for the case. Without a case, also adds the contraindications and precautions.
    fn in_general(&mut self, reader: Reader<'_>) {
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
        if !lines.is_empty() {
            let (title, section) = match self.entry {
                Some(_) if withdrawn => (t!(guide.text, treatment_was_for_in_general_heading), Section::Folded),
                None if withdrawn => (t!(guide.text, treatment_was_for_heading), Section::Plain),
                Some(_) => (t!(guide.text, treatment_for_whom_in_general_heading), Section::Folded),
                None => (t!(guide.text, treatment_for_whom_heading), Section::Plain),
            };
            self.document.section(2, title, section);
            self.document.points(lines);
        }
        if self.entry.is_none() {
            let lines = self.cautions(team);
            self.lines(t!(guide.text, treatment_cautions_heading), lines);
        }
    }

    fn availability(&mut self) {
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
        self.lines(t!(self.guide.text, treatment_availability_heading), lines);
    }

    fn given(&mut self) {
        if let Some(mut timeline) = Timeline::of(self.guide, self.treatment, self.entry) {
            timeline.cite(&mut self.citations);
            self.document.heading(2, t!(self.guide.text, treatment_given_heading));
            let drawing = Drawing::Parts(timeline.drawing(self.guide));
            self.document.blocks.push(Block::Picture { words: timeline.blocks(self.guide), drawing });
        }
    }

    /// Adds the measured benefits, each shown as a number of people in 100 if possible, and what isn't known.
    fn results(&mut self) {
        if !self.figures(false, |_| true) {
            self.document.paragraph(t!(self.guide.text, treatment_no_figures));
        }
        let lines = self.cited_list(StatementList::Unknown);
        if !lines.is_empty() {
            self.document.heading(3, list_heading(self.guide, StatementList::Unknown));
            self.document.points(lines);
        }
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

    /// Adds the figures of [`outcomes`](Self::outcomes) that `wanted` accepts. Returns whether there are any.
    fn figures(&mut self, harms: bool, wanted: impl Fn(&Outcome) -> bool) -> bool {
        let outcomes: Vec<&Outcome> = self.outcomes(harms).into_iter().filter(|outcome| wanted(outcome)).collect();
        for outcome in &outcomes {
            self.document.points(vec![outcome_line(self.guide, outcome, &mut self.citations)]);
            self.document.blocks.extend(people_of(self.guide, self.treatment, outcome));
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

    fn tests(&mut self) {
        let lines = self.required_tests();
        self.lines(t!(self.guide.text, treatment_tests_heading), lines);
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
        // Cite the disclaimer before the sources are listed.
        let disclaimer = self.answered.map(|_| self.cited(&self.guide.disclaimer));
        words::sources(self.guide, &self.citations, &mut self.document);
        self.document.paragraph(disclaimer.unwrap_or_default());
        self.document
    }
}

/// An outcome shown as people in 100, with the treatment and, if known, with the comparator. `None` if the outcome isn't a share of
/// people.
fn people_of(guide: Edition<'_>, treatment: &Treatment, outcome: &Outcome) -> Option<Block> {
    if outcome.statistic.is_some_and(|statistic| statistic != Statistic::Rate) {
        return None;
    }
    let mut groups = vec![people(guide, &treatment.name, &outcome.value)?];
    if let (Some(name), Some(figure)) = (&outcome.comparator, &outcome.comparator_value) {
        groups.extend(people(guide, name, figure));
    }
    // The title says when and in which people the outcome was measured.
    let known = match (&outcome.at, &outcome.population) {
        (Some(_), Some(_)) => "at-and-whom",
        (Some(_), None) => "at",
        (None, Some(_)) => "whom",
        (None, None) => "neither",
    };
    let title = t!(
        guide.text,
        treatment_people_title,
        known = known,
        measure = &guide[outcome.measure].name,
        at = outcome.at.as_deref().unwrap_or_default(),
        whom = outcome.population.as_deref().unwrap_or_default().trim_end_matches('.')
    );
    Some(Block::People { title, groups })
}

/// A figure as a number of people in 100, for the group called `name`. `None` if the figure isn't a share of people.
fn people(guide: Edition<'_>, name: &str, figure: &sarcoguide_model::Figure) -> Option<People> {
    let (low, high) = figure.of_100_people()?;
    let share = |people: i64| u8::try_from(people).ok().filter(|people| *people <= 100);
    let (low, high) = (share(low)?, share(high)?);
    let (name, fewest_others, most_others) = (capital(name), 100 - high, 100 - low);
    let words = if low == high {
        t!(guide.text, treatment_people, name = name, count = low, others = most_others)
    } else {
        t!(
            guide.text,
            treatment_people_range,
            name = name,
            low = low,
            high = high,
            fewest_others = fewest_others,
            most_others = most_others
        )
    };
    Some(People { low, high, words })
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
