//! Facts, conditions, figures and citations in words.

use std::borrow::Cow;

use sarcoguide_model::{
    AvailabilityStatus, Case, Comparison, Condition, Domain, FactId, FactKind, FactValue, Figure, PartialDate, PassageId,
    SourceId, Statistic, Treatment, Value, ValueSet,
};

use crate::Edition;
use crate::line::line;
use crate::links;
use sarcoguide_document::{Block, Document, Emphasis, Line, Mark, Section};
use sarcoguide_text::{Arg, t};

/// What a case says about a fact, for instance `12 cm`.
#[must_use]
pub fn fact_value(guide: Edition<'_>, fact: FactId, known: FactValue) -> Cow<'_, str> {
    let fact = &guide[fact];
    match (&fact.domain, known) {
        (Domain::Values(values), FactValue::Value(index)) => values[usize::from(index)].name.as_str().into(),
        (Domain::Number { unit, .. }, FactValue::Number(number)) => {
            t!(guide.text, words_number, number = Arg::number(number), unit = unit).into()
        }
        _ => t!(guide.text, words_not_known).into(),
    }
}

/// A fact with what the case says about it, for instance `Grade (FNCLCC): G3, high grade`.
#[must_use]
pub fn stated(guide: Edition<'_>, case: &Case, fact: FactId) -> String {
    let (name, value) = (&guide[fact].name, fact_value(guide, fact, case.get(fact)));
    if name.ends_with('?') {
        t!(guide.text, words_fact_question, fact = name, value = value)
    } else {
        t!(guide.text, words_fact, fact = name, value = value)
    }
}

/// Who has reviewed what the guide says of a treatment, and when.
#[must_use]
pub fn reviewed_by(guide: Edition<'_>, treatment: &Treatment) -> Option<String> {
    let review = treatment.review.as_ref()?;
    Some(t!(guide.text, words_reviewed, by = &review.by, date = review.on.to_string()))
}

/// Facts with what the case says, joined by semicolons.
#[must_use]
pub fn reasons(guide: Edition<'_>, case: &Case, facts: &[FactId]) -> String {
    facts.iter().map(|fact| stated(guide, case, *fact)).collect::<Vec<_>>().join("; ")
}

/// The names of facts, each leading to its question, joined by semicolons.
#[must_use]
pub fn questions(guide: Edition<'_>, facts: &[FactId]) -> Line {
    let open: Vec<OpenFact<'_>> = facts.iter().map(|fact| (guide[*fact].name.as_str(), Some(*fact))).collect();
    open_names(guide, &open)
}

/// A condition in words, for instance `site is arm or leg, and size is more than 5 cm`.
#[must_use]
pub fn condition(guide: Edition<'_>, condition: &Condition) -> String {
    phrase(guide, condition, false)
}

/// On what a rule depends in a case that leaves it open, in small print.
#[must_use]
pub fn depends_on(guide: Edition<'_>, case: &Case, implied: &[FactId], condition: &Condition) -> Line {
    let names: Vec<String> =
        open_facts(guide, case, implied, std::iter::once(condition)).iter().map(|(name, _)| within(name)).collect();
    line!(guide, words_depends_on, facts = names.join("; "))
}

/// The name of a fact that is open, and the fact, if a person can answer it: what is derived has no question.
pub type OpenFact<'g> = (&'g str, Option<FactId>);

/// The facts in these conditions that a case neither states nor implies, and the derived facts in them, each once.
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
                    (guide[*fact].name.as_str(), Some(*fact))
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

/// Open facts by name, joined by semicolons; what can be answered leads to its question.
#[must_use]
pub fn open_names(guide: Edition<'_>, open: &[OpenFact<'_>]) -> Line {
    let names = open.iter().map(|(name, fact)| match fact {
        Some(fact) => Line::default().link(Emphasis::Plain, *name, links::fact(guide, *fact)),
        None => Line::from(*name),
    });
    Line::joined(names, "; ")
}

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

/// A fact with values in words; of a yes/no fact its name says enough.
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

/// Values in words; where most are meant, those that are not.
fn choices(guide: Edition<'_>, values: &[Value], set: ValueSet) -> String {
    let named = |set: ValueSet| {
        // A value whose parent is meant too goes without saying.
        let is_named = |index: &usize| values[*index].parent.is_none_or(|parent| !values[parent].covers.is_subset(set));
        let names = set.iter().filter(is_named).map(|index| values[index].name.clone());
        names.reduce(|first, second| t!(guide.text, words_values_or, first = first, second = second)).unwrap_or_default()
    };
    let rest = ValueSet::first(values.len()).difference(set);
    if rest.len() < set.len() && values.len() > 3 { t!(guide.text, words_values_not, values = named(rest)) } else { named(set) }
}

/// People of 100 in words: `41 of 100 people`, `17 to 32 of 100 people`; none for what is no percentage.
#[must_use]
pub fn of_100_people(guide: Edition<'_>, figure: &Figure) -> Option<String> {
    let (low, high) = figure.of_100_people()?;
    Some(if low == high {
        t!(guide.text, words_of_100, people = low)
    } else {
        t!(guide.text, words_of_100_range, low = low, high = high)
    })
}

/// Whether a treatment can be had, for instance `Off label`.
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

/// What kind of figure an outcome gives, for instance `hazard ratio`.
#[must_use]
pub fn statistic(guide: Edition<'_>, statistic: Statistic) -> String {
    t!(guide.text, words_statistic, statistic = statistic.id())
}

/// An ID that the guide doesn't know, as well as it can be read: `low_grade` as `low grade`.
#[must_use]
pub fn humanize(word: &str) -> String {
    word.replace('_', " ")
}

/// A name within a sentence: without its capital, unless it begins with an abbreviation.
#[must_use]
pub fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        // An article is lowered, a letter that names something (`T cell`) is not.
        (Some(first), Some(second)) if second.is_lowercase() || name.starts_with("A ") => {
            let mut lowered = String::with_capacity(name.len());
            lowered.extend(first.to_lowercase());
            lowered.push_str(&name[first.len_utf8()..]);
            lowered
        }
        _ => name.to_owned(),
    }
}

/// How long ago a date is, in whole years, or in months below two years: `8 years`, `14 months`, `less than a month`.
#[must_use]
pub fn time_since(guide: Edition<'_>, date: PartialDate, today: PartialDate) -> String {
    match months_since(date, today) {
        months @ ..24 => t!(guide.text, words_months, count = months),
        months => t!(guide.text, words_years, count = months / 12),
    }
}

/// The whole months from a date to today, none where it lies ahead.
fn months_since(date: PartialDate, today: PartialDate) -> i64 {
    let months = |date: PartialDate| i64::from(date.year) * 12 + i64::from(date.month.unwrap_or(1)) - 1;
    let begun = date.day.zip(today.day).is_some_and(|(day, today)| today < day);
    (months(today) - months(date) - i64::from(begun)).max(0)
}

/// A name with its brands.
#[must_use]
pub fn full_name(treatment: &Treatment) -> String {
    if treatment.brands.is_empty() {
        treatment.name.clone()
    } else {
        [&treatment.name, " (", &treatment.brands.join(", "), ")"].concat()
    }
}

/// The first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// Numbers the passages that a document cites, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    order: Vec<PassageId>,
    /// For each passage of the guide its number, 0 where it has none; as long as it had to be so far.
    numbers: Vec<usize>,
}

impl Citations {
    /// The numbers of these passages, as ` [1, 4-6]`; empty for none.
    pub fn mark(&mut self, passages: &[PassageId]) -> Mark {
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

    /// The passages in the order of their numbers.
    #[must_use]
    pub fn passages(&self) -> &[PassageId] {
        &self.order
    }
}

/// Ascending numbers, with three or more in a row as a range.
fn ranges(out: &mut String, numbers: &[usize]) {
    for (place, run) in numbers.chunk_by(|one, next| one + 1 == *next).enumerate() {
        out.push_str(if place == 0 { "" } else { ", " });
        out.push_str(&run[0].to_string());
        if let [_, .., last] = run {
            out.push_str(if run.len() == 2 { ", " } else { "-" });
            out.push_str(&last.to_string());
        }
    }
}

/// Ends a document with what it cites.
pub(crate) fn sources(guide: Edition<'_>, citations: &Citations, document: &mut Document) {
    if !citations.order.is_empty() {
        document.section(2, t!(guide.text, words_sources), Section::Folded);
        let passages = citations.order.iter().map(|id| cited(guide, *id)).collect();
        let (heading, works) = (t!(guide.text, words_works), works(guide, &citations.order));
        document.blocks.push(Block::Sources { passages, heading, works });
    }
}

/// A passage in a document's list of what it cites: first what a reader can look up; where it stands in the copies that the guide was made
/// from comes last.
#[must_use]
pub fn cited(guide: Edition<'_>, id: PassageId) -> String {
    let passage = &guide[id];
    let (work, kept) = match &passage.quoted_from {
        Some(quoted) => (quoted.clone(), Some(&passage.locator)),
        None => ([&guide[passage.source].publisher, ", ", &passage.locator].concat(), None),
    };
    let mut parts = vec![work];
    parts.extend(passage.revised.map(|date| t!(guide.text, words_revised, date = date.to_string())));
    parts.extend(passage.address.clone());
    let mut place = guide.citation(id).to_string();
    place.extend(kept.into_iter().flat_map(|locator| [", ", locator]));
    format!("{} ({place})", parts.join("; "))
}

/// The works that passages stand in, with date and address.
fn works(guide: Edition<'_>, passages: &[PassageId]) -> Vec<Line> {
    let mut works: Vec<SourceId> = passages.iter().map(|id| guide[*id].source).collect();
    works.sort_unstable();
    works.dedup();
    let line = |id: &SourceId| Line::default().strong(guide[*id].id.clone()).faint(work(guide, *id));
    works.iter().map(line).collect()
}

/// A source with publisher, title, edition, date and address.
fn work(guide: Edition<'_>, id: SourceId) -> String {
    let source = &guide[id];
    let mut title = format!(": {}, {}", source.publisher, source.title);
    title.extend(source.edition.as_ref().map(|edition| format!(", {}", edition.trim_end_matches('.'))));
    let mut parts = vec![title];
    parts.extend(dated(guide, source.revised, source.read));
    parts.extend(source.address.clone());
    parts.join("; ")
}

/// When a source was revised, or read where it has no date.
fn dated(guide: Edition<'_>, revised: Option<PartialDate>, read: Option<PartialDate>) -> Option<String> {
    match (revised, read) {
        (Some(date), _) => Some(t!(guide.text, words_revised, date = date.to_string())),
        (None, Some(date)) => Some(t!(guide.text, words_no_date, date = date.to_string())),
        (None, None) => None,
    }
}

/// A passage as a line of a list of sources: title, place, date, address.
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
    fn months_are_whole() {
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
