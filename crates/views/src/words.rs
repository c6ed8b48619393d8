//! Puts facts, conditions, figures and citations into words.

use sarcoguide_model::{
    Administration, AvailabilityStatus, Case, Comparison, Condition, Domain, FactId, FactKind, FactValue, Figure, PartialDate,
    PassageId, SourceId, Statistic, Treatment, Value, ValueSet, covered,
};

use crate::Edition;
pub use crate::fact_value::fact_value;
use crate::line::line;
use crate::{links, listed};
use sarcoguide_document::{Block, Document, Emphasis, Line, Mark, Section};
use sarcoguide_text::{Arg, t};

/// A fact with its value in the case, for instance `Grade (FNCLCC): G3, high grade`.
#[must_use]
pub fn stated(guide: Edition<'_>, case: &Case, fact: FactId) -> String {
    fact_and_value(guide, &guide[fact].name, &fact_value(guide, fact, case.get(fact)))
}

/// A sentence on who reviewed the guide's text on a treatment, and when. `None` if nobody has.
#[must_use]
pub fn reviewed_by(guide: Edition<'_>, treatment: &Treatment) -> Option<String> {
    let review = treatment.review.as_ref()?;
    Some(t!(guide.text, words_reviewed, by = &review.by, date = review.on.to_string()))
}

/// Facts with their values in the case, joined by semicolons.
#[must_use]
pub fn reasons(guide: Edition<'_>, case: &Case, facts: &[FactId]) -> String {
    stated_sentences(guide, case, facts.iter().copied()).join("; ")
}

/// Facts with their values in the case. The facts of a list that aren't on the person's list are together.
#[must_use]
pub fn stated_sentences(guide: Edition<'_>, case: &Case, facts: impl IntoIterator<Item = FactId>) -> Vec<String> {
    listed::stated_lines(guide, case, facts).iter().map(|line| fact_and_value(guide, &line.name, &line.value)).collect()
}

fn fact_and_value(guide: Edition<'_>, name: &str, value: &str) -> String {
    if name.ends_with('?') {
        t!(guide.text, words_fact_question, fact = name, value = value)
    } else {
        t!(guide.text, words_fact, fact = name, value = value)
    }
}

/// The names of facts, joined by semicolons. Each links to its question. A list of facts is named once.
#[must_use]
pub fn questions(guide: Edition<'_>, facts: &[FactId]) -> Line {
    let facts = listed::questions(guide, facts.iter().copied());
    let open: Vec<OpenFact<'_>> = facts.into_iter().map(|fact| (listed::question_name(guide, fact), Some(fact))).collect();
    open_fact_links(guide, &open)
}

/// A condition in words, for instance `site is arm or leg, and size is more than 5 cm`.
#[must_use]
pub fn condition(guide: Edition<'_>, condition: &Condition) -> String {
    phrase(guide, condition, false)
}

/// The open facts that a condition depends on, in small print. See [`open_facts`].
#[must_use]
pub fn depends_on(guide: Edition<'_>, case: &Case, implied: &[FactId], condition: &Condition) -> Line {
    let names: Vec<String> =
        open_facts(guide, case, implied, std::iter::once(condition)).iter().map(|(name, _)| within(name)).collect();
    line!(guide, words_depends_on, facts = names.join("; "))
}

/// The name of an unknown fact, and the fact itself. The fact is `None` if it's derived, because there's no question about it to link to.
pub type OpenFact<'g> = (&'g str, Option<FactId>);

/// The open facts in these conditions, each listed once: the facts that the case doesn't state and that aren't in `implied` (facts that follow from
/// the stated ones), and all derived facts. The open facts of a list are listed as one.
#[must_use]
pub fn open_facts<'g, 'c>(
    guide: Edition<'g>,
    case: &Case,
    implied: &[FactId],
    conditions: impl Iterator<Item = &'c Condition>,
) -> Vec<OpenFact<'g>> {
    let mut open: Vec<OpenFact<'g>> = Vec::new();
    for condition in conditions {
        condition.walk(&mut |part| {
            let found = match part {
                Condition::Is { fact, .. } | Condition::Compare { fact, .. }
                    if case.get(*fact) == FactValue::Unknown && !implied.contains(fact) =>
                {
                    (listed::question_name(guide, *fact), Some(guide.guide.question_of(*fact)))
                }
                Condition::Derived { derived, .. } => (guide[*derived].name.as_str(), None),
                _ => return,
            };
            if !open.contains(&found) {
                open.push(found);
            }
        });
    }
    open
}

/// The names of open facts, joined by semicolons. Each links to its question, if it has one.
#[must_use]
pub fn open_fact_links(guide: Edition<'_>, open: &[OpenFact<'_>]) -> Line {
    let names = open.iter().map(|(name, fact)| match fact {
        Some(fact) => Line::default().link(Emphasis::Plain, *name, links::fact(guide, *fact)),
        None => Line::from(*name),
    });
    Line::joined(names, "; ")
}

/// A condition in words. If it has several parts and is itself part of another condition (`inner`), it's put in parentheses.
fn phrase(guide: Edition<'_>, condition: &Condition, inner: bool) -> String {
    let text = guide.text;
    let join = |parts: &[Condition], two: &dyn Fn(String, String) -> String| {
        let whole = parts.iter().map(|part| phrase(guide, part, true)).reduce(two).unwrap_or_default();
        if inner { t!(text, words_group, condition = whole) } else { whole }
    };
    match condition {
        Condition::Always => t!(text, words_always),
        Condition::Is { fact, values } => {
            let fact = &guide[*fact];
            value_of(guide, &fact.name, fact.kind, fact.domain.values(), *values)
        }
        Condition::Derived { derived, values } => {
            let fact = &guide[*derived];
            value_of(guide, &fact.name, fact.kind, &fact.values, *values)
        }
        Condition::Compare { fact, comparison, threshold } => {
            let fact = &guide[*fact];
            let amount = match &fact.domain {
                Domain::Number { unit, .. } => t!(text, words_number, number = Arg::number(threshold), unit = unit),
                Domain::Values(_) => threshold.to_string(),
            };
            let fact = within(&fact.name);
            match comparison {
                Comparison::Less => t!(text, words_is_less, fact = fact, amount = amount),
                Comparison::AtMost => t!(text, words_is_at_most, fact = fact, amount = amount),
                Comparison::Equal => t!(text, words_is_equal, fact = fact, amount = amount),
                Comparison::AtLeast => t!(text, words_is_at_least, fact = fact, amount = amount),
                Comparison::Greater => t!(text, words_is_more, fact = fact, amount = amount),
            }
        }
        Condition::Not(part) => t!(text, words_not, condition = phrase(guide, part, false)),
        Condition::All(parts) => join(parts, &|first, second| t!(text, words_and, first = first, second = second)),
        Condition::Any(parts) => join(parts, &|first, second| t!(text, words_or, first = first, second = second)),
    }
}

/// A fact and its values in words. For a yes/no fact, the name alone means yes.
fn value_of(guide: Edition<'_>, name: &str, kind: FactKind, values: &[Value], set: ValueSet) -> String {
    let fact = within(name);
    if kind != FactKind::YesNo {
        t!(guide.text, words_is, fact = fact, values = choices(guide, values, set))
    } else if set == ValueSet::only(1) {
        fact
    } else {
        t!(guide.text, words_is_not, fact = fact)
    }
}

/// A set of values in words. If the set includes most values, names the values that it excludes instead.
fn choices(guide: Edition<'_>, values: &[Value], set: ValueSet) -> String {
    let named = |set: ValueSet| {
        // Name a value if the set includes all that it covers, but not if that is also true of its parent.
        let is_whole = |value: &Value| value.covers.is_subset(set);
        let is_named = |value: &&Value| is_whole(value) && value.parent.is_none_or(|parent| !is_whole(&values[parent]));
        let names = values.iter().filter(is_named).map(|value| value.name.clone());
        names.reduce(|first, second| t!(guide.text, words_values_or, first = first, second = second)).unwrap_or_default()
    };
    let rest = covered(values).difference(set);
    if rest.len() < set.len() && values.len() > 3 { t!(guide.text, words_values_not, values = named(rest)) } else { named(set) }
}

/// A percentage as a number of people out of 100, in words: `41 of 100 people`, `17 to 32 of 100 people`. `None` if the figure isn't a percentage.
#[must_use]
pub fn of_100_people(guide: Edition<'_>, figure: &Figure) -> Option<String> {
    let (low, high) = figure.of_100_people()?;
    Some(if low == high {
        t!(guide.text, words_of_100, people = low)
    } else {
        t!(guide.text, words_of_100_range, low = low, high = high)
    })
}

/// An availability status in words, for instance `Off label`.
#[must_use]
pub fn availability_status(guide: Edition<'_>, status: AvailabilityStatus) -> String {
    match status {
        AvailabilityStatus::Approved => t!(guide.text, words_status_approved),
        AvailabilityStatus::Accelerated => t!(guide.text, words_status_accelerated),
        AvailabilityStatus::OffLabel => t!(guide.text, words_status_off_label),
        AvailabilityStatus::Investigational => t!(guide.text, words_status_investigational),
        AvailabilityStatus::Withdrawn => t!(guide.text, words_status_withdrawn),
    }
}

/// The kind of figure in words, for instance `hazard ratio`.
#[must_use]
pub fn statistic(guide: Edition<'_>, statistic: Statistic) -> String {
    t!(guide.text, words_statistic, statistic = statistic.id())
}

/// Makes an ID readable, for use when the guide has no name for it: `low_grade` becomes `low grade`.
#[must_use]
pub fn humanize(word: &str) -> String {
    word.replace('_', " ")
}

/// The route of an administration with its form. If there's no route, the setting is used, or else the treatment's name.
#[must_use]
pub fn administration_name(guide: Edition<'_>, treatment: &Treatment, administration: &Administration) -> String {
    let setting = || administration.setting.map(|setting| guide[setting].name.as_str());
    let way = administration.route.map(|route| guide[route].name.as_str()).or_else(setting).unwrap_or(&treatment.name);
    match &administration.form {
        Some(form) => t!(guide.text, words_way_and_form, way = way, form = humanize(form)),
        None => way.to_owned(),
    }
}

/// A name for use inside a sentence: its first letter becomes lowercase, unless the name starts with an abbreviation.
#[must_use]
pub fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        // The article `A` becomes lowercase. A single letter that is part of a name (`T cell`) doesn't change.
        (Some(first), Some(second)) if second.is_lowercase() || name.starts_with("A ") => {
            let mut lowered = String::with_capacity(name.len());
            lowered.extend(first.to_lowercase());
            lowered.push_str(&name[first.len_utf8()..]);
            lowered
        }
        _ => name.to_owned(),
    }
}

/// The time since a date, in whole years, or in months if it's less than two years: `8 years`, `14 months`, `less than a month`.
#[must_use]
pub fn time_since(guide: Edition<'_>, date: PartialDate, today: PartialDate) -> String {
    match months_since(date, today) {
        months @ ..24 => t!(guide.text, words_months, count = months),
        months => t!(guide.text, words_years, count = months / 12),
    }
}

/// The number of whole months from a date to today; 0 if the date is in the future. A date without a month counts as January.
fn months_since(date: PartialDate, today: PartialDate) -> i64 {
    let months = |date: PartialDate| i64::from(date.year) * 12 + i64::from(date.month.unwrap_or(1)) - 1;
    let last_is_partial = date.day.zip(today.day).is_some_and(|(day, today)| today < day);
    (months(today) - months(date) - i64::from(last_is_partial)).max(0)
}

/// The treatment's name, followed by its brand names in parentheses.
#[must_use]
pub fn full_name(treatment: &Treatment) -> String {
    if treatment.brands.is_empty() {
        treatment.name.clone()
    } else {
        [&treatment.name, " (", &treatment.brands.join(", "), ")"].concat()
    }
}

/// Returns the text with its first letter capitalized.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Numbers the passages that a document cites, in the order of their first citation.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    order: Vec<PassageId>,
    /// The number of each passage, by the passage's index; 0 if it isn't cited yet. Grows as needed.
    numbers: Vec<usize>,
    /// The passages cited since the last call of [`Self::take_recent`].
    recent: Vec<PassageId>,
}

impl Citations {
    /// The citation mark for these passages, for instance ` [1, 4-6]`. Assigns numbers to the passages that aren't cited yet. Empty if there are no
    /// passages.
    pub fn mark(&mut self, passages: &[PassageId]) -> Mark {
        self.recent.extend(passages);
        let mut numbers: Vec<usize> = passages.iter().map(|passage| self.number(*passage)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let Some(first) = numbers.first().copied() else { return Mark::default() };
        let mut text = String::with_capacity(32);
        text.push_str(" [");
        ranges(&mut text, &numbers);
        text.push(']');
        Mark { text, first: Some(first) }
    }

    fn number(&mut self, passage: PassageId) -> usize {
        if self.numbers.len() <= passage.index() {
            self.numbers.resize(passage.index() + 1, 0);
        }
        let number = &mut self.numbers[passage.index()];
        if *number == 0 {
            self.order.push(passage);
            *number = self.order.len();
        }
        *number
    }

    /// Returns the passages cited since the last call.
    pub(crate) fn take_recent(&mut self) -> Vec<PassageId> {
        std::mem::take(&mut self.recent)
    }

    /// Sets the passages that the next call of [`Self::take_recent`] returns first.
    pub(crate) fn restore_recent(&mut self, passages: Vec<PassageId>) {
        self.recent = passages;
    }

    /// The passages in the order of their numbers.
    #[must_use]
    pub fn passages(&self) -> &[PassageId] {
        &self.order
    }
}

/// Writes ascending numbers. Three or more in a row become a range.
fn ranges(out: &mut String, numbers: &[usize]) {
    for (index, run) in numbers.chunk_by(|one, next| one + 1 == *next).enumerate() {
        out.push_str(if index == 0 { "" } else { ", " });
        out.push_str(&run[0].to_string());
        if let [_, .., last] = run {
            out.push_str(if run.len() == 2 { ", " } else { "-" });
            out.push_str(&last.to_string());
        }
    }
}

/// Adds the list of cited passages, and of the works that contain them, to the end of a document that cites any.
pub(crate) fn sources(guide: Edition<'_>, citations: &Citations, document: &mut Document) {
    if !citations.order.is_empty() {
        document.section(2, t!(guide.text, words_sources), Section::Folded);
        sources_below(guide, citations, document);
    }
}

/// Adds the list of cited passages and works without a heading.
pub(crate) fn sources_below(guide: Edition<'_>, citations: &Citations, document: &mut Document) {
    if !citations.order.is_empty() {
        let passages = citations.order.iter().map(|id| cited(guide, *id)).collect();
        let (heading, works) = (t!(guide.text, words_works), works(guide, &citations.order));
        document.blocks.push(Block::Sources { passages, heading, works });
    }
}

/// A passage in a document's list of citations.
///
/// It starts with the work, date and address that a reader can look up. The passage's citation in the guide comes last, in parentheses.
#[must_use]
pub fn cited(guide: Edition<'_>, id: PassageId) -> String {
    let passage = &guide[id];
    let (work, locator) = match &passage.quoted_from {
        Some(quoted) => (quoted.clone(), Some(&passage.locator)),
        None => ([&guide[passage.source].publisher, ", ", &passage.locator].concat(), None),
    };
    let mut parts = vec![work];
    parts.extend(passage.revised.map(|date| t!(guide.text, words_revised, date = date.to_string())));
    parts.extend(passage.address.clone());
    let mut citation = guide.citation(id).to_string();
    citation.extend(locator.into_iter().flat_map(|locator| [", ", locator]));
    format!("{} ({citation})", parts.join("; "))
}

/// The publishers of these passages, each with the numbers of its passages.
pub(crate) fn publishers_cited(guide: Edition<'_>, citations: &mut Citations, passages: &[PassageId]) -> Line {
    let mut by_publisher: Vec<(&str, Vec<PassageId>)> = Vec::new();
    for passage in passages {
        let publisher = guide.guide[guide[*passage].source].publisher.as_str();
        match by_publisher.iter_mut().find(|(other, _)| *other == publisher) {
            Some((_, passages)) => passages.push(*passage),
            None => by_publisher.push((publisher, vec![*passage])),
        }
    }
    let lines = by_publisher.iter().map(|(publisher, passages)| Line::from(*publisher).cite(citations.mark(passages)));
    Line::joined(lines, "; ")
}

/// The sources of these passages, each once, with date and address.
fn works(guide: Edition<'_>, passages: &[PassageId]) -> Vec<Line> {
    let mut works: Vec<SourceId> = passages.iter().map(|id| guide[*id].source).collect();
    works.sort_unstable();
    works.dedup();
    let line = |id: &SourceId| Line::default().strong(guide[*id].id.clone()).faint(work(guide, *id));
    works.iter().map(line).collect()
}

/// The publisher, title, edition, date and address of a source.
fn work(guide: Edition<'_>, id: SourceId) -> String {
    let source = &guide[id];
    let mut title = format!(": {}, {}", source.publisher, source.title);
    title.extend(source.edition.as_ref().map(|edition| format!(", {}", edition.trim_end_matches('.'))));
    let mut parts = vec![title];
    parts.extend(dated(guide, source.revised, source.read));
    parts.extend(source.address.clone());
    parts.join("; ")
}

/// When a source was revised or, if it has no date of its own, when it was read.
fn dated(guide: Edition<'_>, revised: Option<PartialDate>, read: Option<PartialDate>) -> Option<String> {
    match (revised, read) {
        (Some(date), _) => Some(t!(guide.text, words_revised, date = date.to_string())),
        (None, Some(date)) => Some(t!(guide.text, words_no_date, date = date.to_string())),
        (None, None) => None,
    }
}

/// A passage in words: publisher and title of its source, the work that it quotes, its location in the source, its date and address, and its
/// citation.
#[must_use]
pub fn passage(guide: Edition<'_>, id: PassageId) -> String {
    let passage = &guide[id];
    let source = &guide[passage.source];
    let mut title = format!("{}, {}", source.publisher, source.title);
    if let Some(quoted) = &passage.quoted_from {
        title.push_str(", ");
        title.push_str(&t!(guide.text, words_quoting, work = quoted));
    }
    let mut parts = vec![title];
    parts.extend(Some(passage.locator.clone()).filter(|locator| !locator.is_empty()));
    parts.extend(dated(guide, passage.revised.or(source.revised), source.read));
    parts.extend(passage.address.as_ref().or(source.address.as_ref()).cloned());
    format!("{} ({})", parts.join("; "), guide.citation(id))
}

#[cfg(test)]
mod tests {
    use sarcoguide_model::PartialDate;

    use super::{months_since, ranges};

    #[test]
    fn only_whole_months_are_counted() {
        let months = |date: &str, today: &str| {
            let read = |text: &str| PartialDate::parse(text).expect("a date");
            months_since(read(date), read(today))
        };
        assert_eq!(months("2018-04-06", "2026-11-23"), 8 * 12 + 7);
        assert_eq!(months("2025-02", "2026-11-23"), 21);
        assert_eq!(months("2026-10-24", "2026-11-23"), 0);
        assert_eq!(months("2026-10-23", "2026-11-23"), 1);
        assert_eq!(months("2027-01", "2026-11-23"), 0);
    }

    #[test]
    fn three_numbers_in_a_row_become_a_range() {
        let range_text = |numbers: &[usize]| {
            let mut out = String::new();
            ranges(&mut out, numbers);
            out
        };
        assert_eq!(range_text(&[1, 2, 4, 5, 6, 9]), "1, 2, 4-6, 9");
        assert_eq!(range_text(&[7]), "7");
    }
}
