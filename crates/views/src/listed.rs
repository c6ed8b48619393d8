//! Shows the facts of a list as one question and in few lines. See [`FactList`].

use std::collections::BTreeSet;

use sarcoguide_model::{Advice, Case, FactId, FactList, NextQuestion};
use sarcoguide_text::t;

use crate::Edition;
use crate::fact_value::fact_value;

/// A line about what a case states: one fact, or all facts of a list that aren't on the person's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedLine {
    /// The fact, or one of the facts of the list.
    pub fact: FactId,
    pub name: String,
    pub value: String,
}

/// Returns a line for each of these facts, which the case must state. The facts of a list that aren't on the person's list share one line.
#[must_use]
pub fn stated_lines(guide: Edition<'_>, case: &Case, facts: impl IntoIterator<Item = FactId>) -> Vec<StatedLine> {
    let mut lines: Vec<StatedLine> = Vec::new();
    // For each list, in the order of its first fact: where its lines end, and the facts that aren't on the person's list.
    let mut absent: Vec<(&FactList, usize, Vec<FactId>)> = Vec::new();
    for fact in facts {
        let value = || fact_value(guide, fact, case.get(fact)).into_owned();
        let Some(list) = guide.guide.list_of(fact) else {
            lines.push(StatedLine { fact, name: guide[fact].name.clone(), value: value() });
            continue;
        };
        let place = match absent.iter().position(|(other, ..)| other.id == list.id) {
            Some(place) => place,
            None => {
                absent.push((list, lines.len(), Vec::new()));
                absent.len() - 1
            }
        };
        if list.is_absent(case.get(fact)) {
            absent[place].2.push(fact);
        } else {
            lines.push(StatedLine { fact, name: list.name_of(fact).to_owned(), value: value() });
            absent[place].1 = lines.len();
        }
    }
    for (list, end, facts) in absent.into_iter().rev() {
        let Some(fact) = facts.first().copied() else { continue };
        // Below the entries on the person's list, the line is about the others.
        let is_below = lines.iter().any(|line| list.facts.contains(&line.fact));
        let (name, value) = if list.is_complete(case) && is_below {
            (others_name(guide, list), t!(guide.text, listed_none))
        } else {
            (list.name.clone(), absent_value(guide, case, list, &facts))
        };
        lines.insert(end, StatedLine { fact, name, value });
    }
    lines
}

/// The name of what isn't on the person's list.
#[must_use]
pub fn others_name(guide: Edition<'_>, list: &FactList) -> String {
    t!(guide.text, listed_others, items = &list.items)
}

/// Says that nothing else is on the person's list or, if the list isn't complete, which items aren't on it.
fn absent_value(guide: Edition<'_>, case: &Case, list: &FactList, facts: &[FactId]) -> String {
    if list.is_complete(case) {
        let others = list.present(case).count();
        return t!(guide.text, listed_nothing_else, others = others);
    }
    let value = facts.first().map(|fact| fact_value(guide, *fact, case.get(*fact))).unwrap_or_default();
    let names: Vec<&str> = facts.iter().map(|fact| list.name_of(*fact)).collect();
    t!(guide.text, listed_absent, value = value, names = names.join("; "))
}

/// Returns each fact once, with the facts of a list replaced by the one that stands for the list's question.
#[must_use]
pub fn questions(guide: Edition<'_>, facts: impl IntoIterator<Item = FactId>) -> Vec<FactId> {
    let mut seen = BTreeSet::new();
    facts.into_iter().map(|fact| guide.guide.question_of(fact)).filter(|fact| seen.insert(*fact)).collect()
}

/// The name of what a question asks about: of the fact, or of its list.
#[must_use]
pub fn question_name<'g>(guide: Edition<'g>, fact: FactId) -> &'g str {
    let guide = guide.guide;
    guide.list_of(fact).map_or(&guide[fact].name, |list| &list.name)
}

/// The question about a fact, or about its list.
#[must_use]
pub fn question<'g>(guide: Edition<'g>, fact: FactId) -> &'g str {
    let guide = guide.guide;
    guide.list_of(fact).map_or(&guide[fact].question, |list| &list.question)
}

/// The ID of what a question asks about, for addresses: of the fact, or of its list.
#[must_use]
pub fn question_id<'g>(guide: Edition<'g>, fact: FactId) -> &'g str {
    let guide = guide.guide;
    guide.list_of(fact).map_or(&guide[fact].id, |list| &list.id)
}

/// Returns the questions that could settle verdicts, the most decisive first. A list is one question, as decisive as the most decisive of its facts.
#[must_use]
pub fn next_questions(guide: Edition<'_>, advice: &Advice) -> Vec<NextQuestion> {
    // The most decisive fact of a list comes first, so the list takes its place.
    let mut seen = BTreeSet::new();
    let first = |question: &&NextQuestion| seen.insert(guide.guide.question_of(question.fact));
    advice.next_questions.iter().filter(first).copied().collect()
}
