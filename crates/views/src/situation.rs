//! Says a person's situation in one sentence.

use sarcoguide_model::{Advice, AssumptionKind, Case, DerivedAdvice, FactId, FactKind, FactValue, Guide};
use sarcoguide_text::t;

use crate::Edition;
use crate::fact_value::fact_value;
use crate::words::{stated, within};

/// Returns what is known of the situation, as short clauses: what most people are asked first, in the order of the interview, then the decided derived
/// facts at the start of answers that reports give too, such as a stage. Empty if none of it is known.
#[must_use]
pub fn clauses(guide: Edition<'_>, case: &Case, advice: &Advice) -> Vec<String> {
    let first = guide.interview.parts.iter().filter(|part| part.first).flat_map(|part| &part.facts);
    let known = first.filter(|fact| case.get(**fact) != FactValue::Unknown);
    let clauses = known.map(|fact| clause(guide, case, *fact));
    clauses.chain(headlines(guide, advice)).collect()
}

/// The number of parts of the interview whose facts are in [`values`].
const PARTS: usize = 2;

/// Returns what is known of the facts that people are asked first of all, as values only, and then the derived facts as in [`clauses`].
#[must_use]
pub fn values(guide: Edition<'_>, case: &Case, advice: &Advice) -> Vec<String> {
    let first = guide.interview.parts.iter().filter(|part| part.first).take(PARTS).flat_map(|part| &part.facts);
    let known = first.filter(|fact| case.get(**fact) != FactValue::Unknown);
    let values = known.map(|fact| match guide[*fact].kind {
        FactKind::YesNo => stated(guide, case, *fact),
        _ => fact_value(guide, *fact, case.get(*fact)).into_owned(),
    });
    values.chain(headlines(guide, advice)).collect()
}

/// Returns the decided derived facts at the start of answers that reports give too. None if the guide doesn't cover the case.
fn headlines(guide: Edition<'_>, advice: &Advice) -> Vec<String> {
    let covered = !advice.scope.covered.is_false();
    headline_derived(guide.guide, advice).filter(|_| covered).map(|entry| value_of(guide, entry)).collect()
}

/// Returns the derived facts at the start of answers that reports give too, if their value is decided.
fn headline_derived<'a>(guide: &'a Guide, advice: &'a Advice) -> impl Iterator<Item = &'a DerivedAdvice> {
    advice.derived.iter().filter(|entry| {
        let fact = &guide[entry.derived];
        let is_reported = fact.headline && fact.reported_as.is_some();
        is_reported && entry.possible.len() == 1 && entry.possible.intersection(fact.not_shown).is_empty()
    })
}

/// Returns a derived fact with its decided value.
fn value_of(guide: Edition<'_>, entry: &DerivedAdvice) -> String {
    let fact = &guide[entry.derived];
    let value = entry.possible.iter().map(|index| fact.values[index].name.clone()).collect::<String>();
    t!(guide.text, words_fact, fact = within(&fact.name), value = value)
}

/// Returns a stated fact as a clause: as scenarios would say it, if the guide has words for it, or its value. If the value says little without the name
/// of the fact, returns both.
fn clause(guide: Edition<'_>, case: &Case, fact: FactId) -> String {
    let value = case.get(fact);
    if let Some(says) = says(guide.guide, fact, value) {
        return says.to_owned();
    }
    let words = fact_value(guide, fact, value);
    let needs_name = guide[fact].kind == FactKind::YesNo || words.contains(':');
    if needs_name { within(&stated(guide, case, fact)) } else { within(&words) }
}

/// Returns the clause with which scenarios assume this value of this fact alone.
fn says(guide: &Guide, fact: FactId, value: FactValue) -> Option<&str> {
    guide.usual_values.iter().filter(|usual| usual.facts == [fact] && usual.kind != AssumptionKind::RoutineCheck).find_map(
        |usual| {
            if usual.values == [value] {
                return Some(usual.says.as_str());
            }
            usual.alternatives.iter().find(|other| other.values == [value]).map(|other| other.says.as_str())
        },
    )
}
