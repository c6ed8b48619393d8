//! Where the three-valued evaluation leaves open what is the same in every completion of a case.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use sarcoguide_advise::{State, truth};
use sarcoguide_model::{Case, Condition, DerivedId, FactKind, Guide, RulePlace, TreatmentId, Truth, ValueSet};

use crate::describe::{Cube, condition_text};
use crate::finding::{Code, Finding, Subject};
use crate::open::{Completions, Open, Truths};
use crate::set::{Bounded, Set};
use crate::unproved::Notes;

/// Something that the evaluation leaves open though all completions agree.
pub(crate) struct Gap {
    pub finding: Finding,
    /// The cases in which it does, less those in which a derived fact or a single rule behind it does.
    pub cases: Set,
}

/// What the evaluation leaves open in cases all of whose completions agree, with a clearer form and those cases.
pub(crate) fn gaps(open: &Open, unproved: &mut Notes) -> Vec<Gap> {
    let guide = open.guide;
    let mut search = Search { open, seen: HashMap::new() };
    let mut found = Vec::new();
    let mut note = |subject: Subject, gap: Bounded<Option<Gap>>| match gap {
        Ok(gap) => found.extend(gap),
        Err(why) => unproved.add(why, Code::KleeneGap, subject),
    };
    let mut behind: Vec<Bounded<Set>> = Vec::new();
    for index in 0..guide.derived.len() {
        let subject = Subject::Derived(DerivedId::new(index));
        let gap = derived_gap(&mut search, index, &behind).map_err(|why| why.below(subject));
        let (gap, cases) = match gap {
            Ok((gap, cases)) => (Ok(gap), Ok(cases)),
            Err(why) => (Err(why), Err(why)),
        };
        note(subject, gap);
        behind.push(cases);
    }
    for place in guide.rule_places() {
        let Some(rule) = guide.rule(place) else { continue };
        if matches!(place, RulePlace::Row(..)) {
            continue;
        }
        let subject = Subject::Rule(place);
        let known = known_below(open, &rule.when, &behind);
        note(subject, known.and_then(|known| rule_gap(&mut search, &rule.when, &known, subject)));
    }
    for (index, treatment) in guide.treatments.iter().enumerate().filter(|(_, treatment)| treatment.indications.len() > 1) {
        let subject = Subject::Treatment(TreatmentId::new(index));
        let together = Condition::Any(treatment.indications.iter().map(|entry| entry.rule.when.clone()).collect());
        // What a single rule leaves open has been said.
        let mut entries = treatment.indications.iter().enumerate();
        let known = known_below(open, &together, &behind).and_then(|known| {
            entries.try_fold(known, |known, (place, entry)| {
                let single = Subject::Rule(RulePlace::Indication(TreatmentId::new(index), place));
                let cases = search.unsettled(&entry.rule.when).map_err(|why| why.below(single))?;
                known.or(&cases.holds)?.or(&cases.fails)
            })
        });
        note(subject, known.and_then(|known| rule_gap(&mut search, &together, &known, subject)));
    }
    found
}

/// The cases in which a derived fact that a condition rests on is left open though its completions agree.
fn known_below(open: &Open, condition: &Condition, behind: &[Bounded<Set>]) -> Bounded<Set> {
    let tables = tables_under(open.guide, condition);
    tables
        .iter()
        .filter_map(|derived| behind.get(derived.index()))
        .try_fold(open.space().none(), |known, cases| known.or(cases.as_ref().map_err(|why| *why)?))
}

fn tables_under(guide: &Guide, condition: &Condition) -> BTreeSet<DerivedId> {
    let mut tables = BTreeSet::new();
    let mut look = vec![condition];
    while let Some(condition) = look.pop() {
        condition.walk(&mut |part| {
            if let Condition::Derived { derived, .. } = part
                && tables.insert(*derived)
            {
                look.extend(guide[*derived].rows.iter().map(|row| &row.rule.when));
            }
        });
    }
    tables
}

/// The cases that leave a condition unknown though it holds in all completions, and those though it fails in all. What they say of facts that
/// have nothing to do with it may be anything.
#[derive(Clone)]
struct Unsettled {
    holds: Set,
    fails: Set,
}

/// Those cases for each condition, worked out once: many entries of a guide ask for the same.
struct Search<'o, 'g> {
    open: &'o Open<'g>,
    seen: HashMap<Condition, Bounded<Rc<Unsettled>>>,
}

impl Search<'_, '_> {
    fn unsettled(&mut self, condition: &Condition) -> Bounded<Rc<Unsettled>> {
        if let Some(seen) = self.seen.get(condition) {
            return seen.clone();
        }
        let found = self.worked_out(condition).map(Rc::new);
        self.seen.insert(condition.clone(), found.clone());
        found
    }

    fn worked_out(&self, condition: &Condition) -> Bounded<Unsettled> {
        let Truths { holds, fails } = self.open.truths(condition)?;
        let Completions { some_hold, some_fail } = self.open.completions(condition)?;
        Ok(Unsettled {
            holds: some_hold.and_not(&some_fail)?.and_not(&holds)?,
            fails: some_fail.and_not(&some_hold)?.and_not(&fails)?,
        })
    }
}

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
        Some(if outcome { format!("write `(...) or ({sure})`") } else { format!("write `(...) and not ({sure})`") })
    });
    let words = if outcome { "holds" } else { "does not hold" };
    let message = match subject {
        Subject::Treatment(id) => format!(
            "an indication of `{}` {words} however the unknown facts turn out, yet the evaluation leaves open whether",
            guide[id].id
        ),
        _ => format!("the condition {words} however the unknown facts turn out, yet the evaluation leaves it open"),
    };
    let finding = Finding::new(Code::KleeneGap, subject, message, clearer.unwrap_or_default()).witnessed(witness);
    Ok(Some(Gap { finding, cases }))
}

/// What a case says, in as few words as suffice for `wanted`, in the language of conditions.
fn certain(open: &Open, condition: &Condition, case: &Case, wanted: &Set) -> Bounded<String> {
    let guide = open.guide;
    let possible = open.within(&open.cone(condition))?;
    let sure = Cube::of_case(open.space(), guide, case).widened(open.space(), &possible, wanted)?;
    Ok(condition_text(guide, open.space(), &sure))
}

/// A derived fact whose value is left open though it is the same in every completion, and the cases in which that is so.
fn derived_gap(search: &mut Search, index: usize, behind: &[Bounded<Set>]) -> Bounded<(Option<Gap>, Set)> {
    let (open, guide) = (search.open, search.open.guide);
    let derived = &guide.derived[index];
    let is = |value: usize| Condition::Derived { derived: DerivedId::new(index), values: ValueSet::only(value) };
    let known =
        derived.rows.iter().try_fold(open.space().none(), |known, row| known.or(&known_below(open, &row.rule.when, behind)?))?;
    let mut all = open.space().none();
    let values = if derived.kind == FactKind::YesNo { 1..2 } else { 0..derived.values.len() };
    for value in values {
        let Unsettled { holds, fails } = &*search.unsettled(&is(value))?;
        // That it is another value in every completion does not settle which; only for yes and no it does.
        let cases = if derived.kind == FactKind::YesNo { holds.or(fails)? } else { holds.clone() };
        all = all.or(&cases)?;
    }
    let cases = all.and_not(&known)?;
    let gap = (!cases.is_empty()).then(|| {
        let id = DerivedId::new(index);
        let witness = open.witness(&cases, |state| state.derived[index].len() > 1);
        let value = witness.as_ref().and_then(|case| settled_value(open, id, case)).unwrap_or_default();
        let clearer = witness.as_ref().and_then(|case| {
            let state = State::of(guide, case).ok();
            let sure = certain(open, &is(value), case, &open.condition(&is(value)).ok()?).ok()?;
            let open_rows = derived
                .rows
                .iter()
                .filter(|row| row.value != value && state.as_ref().is_some_and(|state| !truth(&row.rule.when, state).is_false()));
            let rows: Vec<String> = open_rows.map(|row| format!("`{}`", derived.values[row.value].id)).collect();
            Some(if derived.kind == FactKind::YesNo {
                if value == 1 { format!("write `(...) or ({sure})`") } else { format!("write `(...) and not ({sure})`") }
            } else {
                format!("add `and not ({sure})` to the row for {}", rows.join(" and "))
            })
        });
        let message = format!(
            "`{}` is `{}` however the unknown facts turn out, yet the evaluation leaves it open",
            derived.id, derived.values[value].id
        );
        let finding = Finding::new(Code::KleeneGap, Subject::Derived(id), message, clearer.unwrap_or_default());
        Gap { finding: finding.witnessed(witness), cases }
    });
    Ok((gap, all))
}

/// The value that a derived fact has in every completion of a case.
fn settled_value(open: &Open, id: DerivedId, case: &Case) -> Option<usize> {
    let valuation = open.valuation(case);
    let is = |value: usize| Condition::Derived { derived: id, values: ValueSet::only(value) };
    (0..open.guide[id].values.len()).find(|value| {
        open.completions(&is(*value))
            .is_ok_and(|completions| completions.some_hold.contains(&valuation) && !completions.some_fail.contains(&valuation))
    })
}
