//! Facts, conditions, figures and citations in words.

use std::borrow::Cow;

use sarcoguide_model::{
    Case, Comparison, Condition, FactId, FactValue, Figure, PartialDate, PassageId, SourceId, Treatment, ValueSet,
};

use crate::Edition;
use crate::links;
use sarcoguide_document::{Block, Document, Emphasis, Line, Mark, Section};

/// What a case says about a fact, for instance `12 cm`.
#[must_use]
pub fn fact_value(guide: Edition<'_>, fact: FactId, known: FactValue) -> Cow<'_, str> {
    let fact = &guide[fact];
    match (&fact.domain, known) {
        (sarcoguide_model::Domain::Values(values), FactValue::Value(index)) => values[usize::from(index)].name.as_str().into(),
        (sarcoguide_model::Domain::Number { unit, .. }, FactValue::Number(number)) => format!("{number} {unit}").into(),
        _ => "not known".into(),
    }
}

/// A fact with what the case says about it, for instance `Grade (FNCLCC): G3, high grade`.
#[must_use]
pub fn stated(guide: Edition<'_>, case: &Case, fact: FactId) -> String {
    let mut out = String::new();
    state(&mut out, guide, case, fact);
    out
}

fn state(out: &mut String, guide: Edition<'_>, case: &Case, fact: FactId) {
    let name = &guide[fact].name;
    out.push_str(name);
    // A name may be a question in itself.
    out.push_str(if name.ends_with('?') { " " } else { ": " });
    out.push_str(&fact_value(guide, fact, case.get(fact)));
}

/// Who has reviewed what the guide says of a treatment, and when.
#[must_use]
pub fn reviewed(treatment: &Treatment) -> Option<String> {
    treatment.review.as_ref().map(|review| format!("Reviewed by {}, on {}.", review.by, review.on))
}

/// Facts with what the case says, joined by semicolons.
#[must_use]
pub fn reasons(guide: Edition<'_>, case: &Case, facts: &[FactId]) -> String {
    let mut out = String::with_capacity(facts.len() * 64);
    for fact in facts {
        out.push_str(if out.is_empty() { "" } else { "; " });
        state(&mut out, guide, case, *fact);
    }
    out
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
    Line::default().faint(format!(" (depends on: {})", names.join("; ")))
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
    let mut line = Line::default();
    for (place, (name, fact)) in open.iter().enumerate() {
        line = line.plain(if place == 0 { "" } else { "; " });
        line = match fact {
            Some(fact) => line.link(Emphasis::Plain, *name, links::fact(guide, *fact)),
            None => line.plain(*name),
        };
    }
    line
}

fn phrase(guide: Edition<'_>, condition: &Condition, inner: bool) -> String {
    let join = |parts: &[Condition], word: &str| {
        let text = parts.iter().map(|part| phrase(guide, part, true)).collect::<Vec<_>>().join(word);
        if inner { format!("({text})") } else { text }
    };
    match condition {
        Condition::Always => "always".to_owned(),
        Condition::Is { fact, values } => {
            let fact = &guide[*fact];
            value_of(&fact.name, fact.kind, fact.domain.values(), *values)
        }
        Condition::Derived { derived, values } => {
            let fact = &guide[*derived];
            value_of(&fact.name, fact.kind, &fact.values, *values)
        }
        Condition::Compare { fact, comparison, threshold } => {
            let fact = &guide[*fact];
            let unit = match &fact.domain {
                sarcoguide_model::Domain::Number { unit, .. } => unit.as_str(),
                sarcoguide_model::Domain::Values(_) => "",
            };
            let how = match comparison {
                Comparison::Less => "less than ",
                Comparison::AtMost => "at most ",
                Comparison::Equal => "",
                Comparison::AtLeast => "at least ",
                Comparison::Greater => "more than ",
            };
            format!("{} is {how}{threshold} {unit}", within(&fact.name))
        }
        Condition::Not(part) => format!("not ({})", phrase(guide, part, false)),
        Condition::All(parts) => join(parts, ", and "),
        Condition::Any(parts) => join(parts, ", or "),
    }
}

/// A fact with values in words; of a yes/no fact its name says enough.
fn value_of(name: &str, kind: sarcoguide_model::FactKind, values: &[sarcoguide_model::Value], set: ValueSet) -> String {
    if kind == sarcoguide_model::FactKind::YesNo {
        if set == ValueSet::only(1) { within(name) } else { format!("not: {}", within(name)) }
    } else {
        format!("{} is {}", within(name), choices(values, set))
    }
}

/// Values in words; where most are meant, those that are not.
fn choices(values: &[sarcoguide_model::Value], set: ValueSet) -> String {
    let named = |set: ValueSet| {
        // A value whose parent is meant too goes without saying.
        let is_named = |index: &usize| values[*index].parent.is_none_or(|parent| !values[parent].covers.is_subset(set));
        let names: Vec<&str> = set.iter().filter(is_named).map(|index| values[index].name.as_str()).collect();
        names.join(" or ")
    };
    let rest = ValueSet::first(values.len()).difference(set);
    if rest.len() < set.len() && values.len() > 3 { format!("not {}", named(rest)) } else { named(set) }
}

/// People of 100 in words: `41 of 100 people`, `17 to 32 of 100 people`; none for what is no percentage.
#[must_use]
pub fn natural_frequency(figure: &Figure) -> Option<String> {
    figure
        .of_100_people()
        .map(|(low, high)| if low == high { format!("{low} of 100 people") } else { format!("{low} to {high} of 100 people") })
}

/// A word of the output such as `no_difference_shown` for a person.
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
pub fn age(date: PartialDate, today: PartialDate) -> String {
    let months = |date: PartialDate| i64::from(date.year) * 12 + i64::from(date.month.unwrap_or(1)) - 1;
    let begun = date.day.zip(today.day).is_some_and(|(day, today)| today < day);
    match months(today) - months(date) - i64::from(begun) {
        ..=0 => "less than a month".to_owned(),
        1 => "1 month".to_owned(),
        months @ 2..24 => format!("{months} months"),
        months => format!("{} years", months / 12),
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
        document.section(2, "Sources", Section::Folded);
        let passages = citations.order.iter().map(|id| cited(guide, *id)).collect();
        let (heading, works) = ("Where these passages stand".to_owned(), works(guide, &citations.order));
        document.blocks.push(Block::Sources { passages, heading, works });
    }
}

/// A passage in a document's list of what it cites: first what a reader can look up; where it stands in the copies that the guide was made
/// from comes last.
#[must_use]
pub fn cited(guide: Edition<'_>, id: PassageId) -> String {
    let passage = &guide[id];
    let (work, kept) = match &passage.quoted_from {
        Some(quoted) => (quoted.clone(), format!(", {}", passage.locator)),
        None => (format!("{}, {}", guide[passage.source].publisher, passage.locator), String::new()),
    };
    let revised = passage.revised.map(|date| format!("; revised {date}")).unwrap_or_default();
    let address = passage.address.as_ref().map(|address| format!("; {address}")).unwrap_or_default();
    format!("{work}{revised}{address} ({}{kept})", guide.citation(id))
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
    let mut text = format!(": {}, {}", source.publisher, source.title);
    text.extend(source.edition.as_ref().map(|edition| format!(", {}", edition.trim_end_matches('.'))));
    match (source.revised, source.read) {
        (Some(date), _) => text.push_str(&format!("; revised {date}")),
        (None, Some(date)) => text.push_str(&format!("; no date of its own, read {date}")),
        (None, None) => {}
    }
    text.extend(source.address.as_ref().map(|address| format!("; {address}")));
    text
}

/// A passage as a line of a list of sources: title, place, date, address.
#[must_use]
pub fn passage(guide: Edition<'_>, id: PassageId) -> String {
    let passage = &guide[id];
    let source = &guide[passage.source];
    let mut text = format!("{}, {}", source.publisher, source.title);
    if let Some(quoted) = &passage.quoted_from {
        text.push_str(&format!(", quoting: {quoted}"));
    }
    if !passage.locator.is_empty() {
        text.push_str(&format!("; {}", passage.locator));
    }
    match (passage.revised.or(source.revised), source.read) {
        (Some(date), _) => text.push_str(&format!("; revised {date}")),
        (None, Some(date)) => text.push_str(&format!("; no date of its own, read {date}")),
        (None, None) => {}
    }
    if let Some(address) = passage.address.as_ref().or(source.address.as_ref()) {
        text.push_str(&format!("; {address}"));
    }
    format!("{text} ({})", guide.citation(id))
}

#[cfg(test)]
mod tests {
    use sarcoguide_model::PartialDate;

    use super::{age, ranges};

    #[test]
    fn ages_are_whole_months_or_years() {
        let age = |date: &str, today: &str| {
            let read = |text: &str| PartialDate::parse(text).expect("a date");
            age(read(date), read(today))
        };
        assert_eq!(age("2018-04-06", "2026-11-23"), "8 years");
        assert_eq!(age("2025-02", "2026-11-23"), "21 months");
        assert_eq!(age("2026-10-24", "2026-11-23"), "less than a month");
        assert_eq!(age("2026-10-23", "2026-11-23"), "1 month");
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
