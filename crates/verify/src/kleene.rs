//! Finds gaps in the three-valued evaluation: cases with unknown facts in which a condition is unknown, although it has the same
//! truth in every completion of the case. A completion is a complete case that agrees with everything that the case states.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use sarcoguide_advise::{State, truth};
use sarcoguide_model::{Case, Condition, DerivedId, FactKind, Guide, RulePlace, TreatmentId, Truth, ValueSet};

use crate::describe::{Cube, condition_text};
use crate::finding::{Code, Finding, Subject};
use crate::open_cases::{Completions, OpenCases, Truths};
use crate::set::{Bounded, Set};
use crate::unproved::Notes;

/// A result that the evaluation leaves unknown although all completions agree on it.
pub(crate) struct Gap {
    pub finding: Finding,
    /// The cases with this gap, except those in which a derived fact or single rule that the result depends on has a gap of its own.
    pub cases: Set,
}

/// The gaps of a guide.
#[derive(Default)]
pub(crate) struct Gaps {
    pub found: Vec<Gap>,
    /// Whether a part of the guide was too large to look for gaps in it.
    pub incomplete: bool,
}

/// Returns the gaps of a guide. Each finding suggests a change that closes the gap, at least for the finding's witness.
pub(crate) fn gaps(open: &OpenCases, unproved: &mut Notes) -> Gaps {
    let guide = open.guide;
    let mut search = Search { open, seen: HashMap::new() };
    let mut gaps = Gaps::default();
    let mut note = |subject: Subject, gap: Bounded<Option<Gap>>| match gap {
        Ok(gap) => gaps.found.extend(gap),
        Err(why) => {
            gaps.incomplete = true;
            unproved.add(why, Code::KleeneGap, subject);
        }
    };
    let mut table_gaps: Vec<Bounded<Set>> = Vec::new();
    for index in 0..guide.derived.len() {
        let subject = Subject::Derived(DerivedId::new(index));
        let gap = derived_gap(&mut search, index, &table_gaps).map_err(|why| why.below(subject));
        let (gap, cases) = match gap {
            Ok((gap, cases)) => (Ok(gap), Ok(cases)),
            Err(why) => (Err(why), Err(why)),
        };
        note(subject, gap);
        table_gaps.push(cases);
    }
    for place in guide.rule_places() {
        let Some(rule) = guide.rule(place) else { continue };
        // A doubt that is still unknown delays no verdict: it's shown only once it's certain. A scenario assumes a value only if it's certain that the
        // value is usual. And a question comes up only if it's certain that it applies.
        if matches!(place, RulePlace::Row(..) | RulePlace::Doubt(_) | RulePlace::UsualValue(_) | RulePlace::TeamQuestion(_)) {
            continue;
        }
        let subject = Subject::Rule(place);
        let known = known_below(open, &rule.when, &table_gaps);
        note(subject, known.and_then(|known| rule_gap(&mut search, &rule.when, &known, subject)));
    }
    for (index, treatment) in guide.treatments.iter().enumerate().filter(|(_, treatment)| treatment.indications.len() > 1) {
        let subject = Subject::Treatment(TreatmentId::new(index));
        let together = Condition::Any(treatment.indications.iter().map(|entry| entry.rule.when.clone()).collect());
        // Gaps of a single rule were already reported above.
        let mut entries = treatment.indications.iter().enumerate();
        let known = known_below(open, &together, &table_gaps).and_then(|known| {
            entries.try_fold(known, |known, (place, entry)| {
                let single = Subject::Rule(RulePlace::Indication(TreatmentId::new(index), place));
                let cases = search.unsettled(&entry.rule.when).map_err(|why| why.below(single))?;
                known.or(&cases.holds)?.or(&cases.fails)
            })
        });
        note(subject, known.and_then(|known| rule_gap(&mut search, &together, &known, subject)));
    }
    gaps
}

/// Returns the cases in which at least one of the derived facts that `condition` depends on has a gap. These gaps are already known,
/// so they aren't reported again for `condition`.
fn known_below(open: &OpenCases, condition: &Condition, table_gaps: &[Bounded<Set>]) -> Bounded<Set> {
    let tables = tables_under(open.guide, condition);
    tables
        .iter()
        .filter_map(|derived| table_gaps.get(derived.index()))
        .try_fold(open.space().none(), |known, cases| known.or(cases.as_ref().map_err(|why| *why)?))
}

/// Returns the derived facts that `condition` depends on, directly or through other derived facts.
fn tables_under(guide: &Guide, condition: &Condition) -> BTreeSet<DerivedId> {
    let mut tables = BTreeSet::new();
    let mut pending = vec![condition];
    while let Some(condition) = pending.pop() {
        condition.walk(&mut |part| {
            if let Condition::Derived { derived, .. } = part
                && tables.insert(*derived)
            {
                pending.extend(guide[*derived].rows.iter().map(|row| &row.rule.when));
            }
        });
    }
    tables
}

/// The cases in which a condition is unknown, although it holds in all completions (`holds`) or fails in all completions
/// (`fails`). Facts that the condition doesn't depend on can have any value, even an impossible one.
#[derive(Clone)]
struct Unsettled {
    holds: Set,
    fails: Set,
}

/// Finds the unsettled cases of conditions. Results are cached because many entries of a guide have the same condition.
struct Search<'o, 'g> {
    open: &'o OpenCases<'g>,
    seen: HashMap<Condition, Bounded<Rc<Unsettled>>>,
}

impl Search<'_, '_> {
    fn unsettled(&mut self, condition: &Condition) -> Bounded<Rc<Unsettled>> {
        if let Some(seen) = self.seen.get(condition) {
            return seen.clone();
        }
        let found = self.compute(condition).map(Rc::new);
        self.seen.insert(condition.clone(), found.clone());
        found
    }

    fn compute(&self, condition: &Condition) -> Bounded<Unsettled> {
        let Truths { holds, fails } = self.open.truths(condition)?;
        let Completions { some_hold, some_fail } = self.open.completions(condition)?;
        Ok(Unsettled {
            holds: some_hold.and_not(&some_fail)?.and_not(&holds)?,
            fails: some_fail.and_not(&some_hold)?.and_not(&fails)?,
        })
    }
}

/// Returns the gap of a condition, if any. Leaves out the cases in `known`, whose gaps are reported elsewhere.
fn rule_gap(search: &mut Search, condition: &Condition, known: &Set, subject: Subject) -> Bounded<Option<Gap>> {
    let (open, guide) = (search.open, search.open.guide);
    let cases = search.unsettled(condition)?;
    let (holds, fails) = (cases.holds.and_not(known)?, cases.fails.and_not(known)?);
    let cases = holds.or(&fails)?;
    if cases.is_empty() {
        return Ok(None);
    }
    let witness = open.witness(&cases, |state| truth(condition, state) == Truth::Unknown);
    let outcome = witness.as_ref().is_none_or(|case| holds.contains(&open.valuation(case)));
    let clearer = witness.as_ref().and_then(|case| {
        let wanted = open.condition(condition).ok()?;
        let sure = certain(open, condition, case, &if outcome { wanted } else { wanted.not() }).ok()?;
        let condition = match (subject, outcome) {
            (Subject::Treatment(_), true) => "the condition of one of its indications",
            (Subject::Treatment(_), false) => "the condition of each of its indications",
            _ => "the condition",
        };
        Some(replacement(condition, outcome, &sure))
    });
    let words = if outcome { "holds" } else { "doesn't hold" };
    let message = match subject {
        Subject::Treatment(id) => format!(
            "{} indication of `{}` holds whatever the unknown facts are, but the evaluation leaves this unknown",
            if outcome { "an" } else { "no" },
            guide[id].id
        ),
        _ => format!("the condition {words} whatever the unknown facts are, but the evaluation leaves it unknown"),
    };
    let finding = Finding::new(Code::KleeneGap, subject, message, clearer.unwrap_or_default()).witnessed(witness);
    Ok(Some(Gap { finding, cases }))
}

/// Says how to replace a condition, so that it certainly holds (or, if `holds` is false, certainly doesn't hold) in the cases in which `sure` holds.
fn replacement(condition: &str, holds: bool, sure: &str) -> String {
    let operator = if holds { "or" } else { "and not" };
    format!("replace {condition} with `(CONDITION) {operator} ({sure})`, where CONDITION is its current text")
}

/// Returns a condition, as text in the guide's condition language, that holds in `case`. Every other possible case in which it holds
/// is in `wanted`. The condition is made as broad as possible.
fn certain(open: &OpenCases, condition: &Condition, case: &Case, wanted: &Set) -> Bounded<String> {
    let guide = open.guide;
    let possible = open.possible_cases(&open.relevant_facts(condition))?;
    let sure = Cube::of_case(open.space(), guide, case).widened(open.space(), &possible, wanted)?;
    Ok(condition_text(guide, open.space(), &sure))
}

/// Returns the gap of a derived fact, if any. Also returns all cases in which its value is left unknown although every completion
/// has the same value.
fn derived_gap(search: &mut Search, index: usize, table_gaps: &[Bounded<Set>]) -> Bounded<(Option<Gap>, Set)> {
    let (open, guide) = (search.open, search.open.guide);
    let derived = &guide.derived[index];
    let is = |value: usize| Condition::Derived { derived: DerivedId::new(index), values: ValueSet::only(value) };
    let known = derived
        .rows
        .iter()
        .try_fold(open.space().none(), |known, row| known.or(&known_below(open, &row.rule.when, table_gaps)?))?;
    let mut all = open.space().none();
    let values = if derived.kind == FactKind::YesNo { 1..2 } else { 0..derived.values.len() };
    for value in values {
        let Unsettled { holds, fails } = &*search.unsettled(&is(value))?;
        // If no completion has this value, it's still open which other value applies, unless yes and no are the only values.
        let cases = if derived.kind == FactKind::YesNo { holds.or(fails)? } else { holds.clone() };
        all = all.or(&cases)?;
    }
    let cases = all.and_not(&known)?;
    let gap = (!cases.is_empty()).then(|| {
        let id = DerivedId::new(index);
        let witness = open.witness(&cases, |state| state.derived[index].len() > 1);
        let value = witness.as_ref().and_then(|case| settled_value(open, id, case)).unwrap_or_default();
        let clearer = witness.as_ref().and_then(|case| {
            let state = State::without_soft_constraints(guide, case).ok();
            let sure = certain(open, &is(value), case, &open.condition(&is(value)).ok()?).ok()?;
            let open_rows = derived
                .rows
                .iter()
                .filter(|row| row.value != value && state.as_ref().is_some_and(|state| !truth(&row.rule.when, state).is_false()));
            let rows: Vec<String> = open_rows.map(|row| format!("`{}`", derived.values[row.value].id)).collect();
            Some(if derived.kind == FactKind::YesNo {
                replacement("the condition", value == 1, &sure)
            } else {
                format!("add `and not ({sure})` to the row for {}", rows.join(" and "))
            })
        });
        let message = format!(
            "`{}` is `{}` whatever the unknown facts are, but the evaluation leaves it unknown",
            derived.id, derived.values[value].id
        );
        let finding = Finding::new(Code::KleeneGap, Subject::Derived(id), message, clearer.unwrap_or_default());
        Gap { finding: finding.witnessed(witness), cases }
    });
    Ok((gap, all))
}

/// Returns the value that a derived fact has in every completion of a case.
fn settled_value(open: &OpenCases, id: DerivedId, case: &Case) -> Option<usize> {
    let valuation = open.valuation(case);
    let is = |value: usize| Condition::Derived { derived: id, values: ValueSet::only(value) };
    (0..open.guide[id].values.len()).find(|value| {
        open.completions(&is(*value))
            .is_ok_and(|completions| completions.some_hold.contains(&valuation) && !completions.some_fail.contains(&valuation))
    })
}
