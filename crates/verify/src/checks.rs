//! The proofs about complete cases, in which every fact is stated.

use sarcoguide_advise::{State, truth, verdict};
use sarcoguide_model::{DerivedId, Guide, RulePlace, Treatment, TreatmentId, Verdict};

use crate::accepted::both_hold;
use crate::compiled::Compiled;
use crate::finding::{Code, Finding, Subject};
use crate::found::{Found, offered};
use crate::set::{Bounded, Set, TooLarge};
use crate::unproved::Notes;
use crate::witness::witness;

/// Returns all findings about complete cases.
pub(crate) fn findings(compiled: &Compiled, unproved: &mut Notes) -> Vec<Finding> {
    let mut found = Found { compiled, findings: Vec::new(), unproved };
    compiled.left_out.iter().take(1).for_each(|place| found.unproved.leave_out(Subject::Constraint(*place)));
    tables(&mut found);
    gap(&mut found);
    conflicts(&mut found);
    dead_rules(&mut found);
    repeated_effects(&mut found);
    shadows(&mut found);
    crate::policies::check(&mut found);
    found.findings
}

/// Whether a treatment might be given outside of clinical trials, according to the reference evaluator: an indication holds or is
/// unknown, and no contraindication holds.
fn may_be_given(guide: &Guide, treatment: &Treatment, state: &State) -> bool {
    let against = || treatment.contraindications.iter().any(|entry| truth(&entry.rule.when, state).is_true());
    !offered(guide, treatment, state).is_false() && !against()
}

/// Checks that the table of each derived fact gives exactly one value in every possible case.
fn tables(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, derived) in guide.derived.iter().enumerate() {
        let id = DerivedId::new(index);
        let rows: Vec<Bounded<Set>> = derived.rows.iter().map(|row| found.compiled.possible(&row.rule.when)).collect();
        let row = |place: usize| rows[place].as_ref().map_err(|why: &TooLarge| why.below(Subject::Derived(id)));
        let none = (0..rows.len()).try_fold(found.compiled.cases.clone(), |rest, place| rest.and_not(row(place)?));
        let finding = Finding::new(
            Code::NoValue,
            Subject::Derived(id),
            format!("`{}` has no value in some possible cases", derived.id),
            "add a row, or broaden the condition of a row",
        );
        found.add(finding, none, |state| derived.rows.iter().all(|row| truth(&row.rule.when, state).is_false()));
        for (first, this) in derived.rows.iter().enumerate() {
            for (second, other) in derived.rows.iter().enumerate().skip(first + 1).filter(|(_, other)| other.value != this.value)
            {
                let values = (&derived.values[this.value].id, &derived.values[other.value].id);
                let finding = Finding::new(
                    Code::TwoValues,
                    Subject::Rule(RulePlace::Row(id, second)),
                    format!("`{}` is both `{}` and `{}` in some possible cases", derived.id, values.0, values.1),
                    "narrow the condition of one of the two rows",
                )
                .beside(RulePlace::Row(id, first));
                let both = row(first).and_then(|one| one.and(row(second)?));
                found.add(finding, both, |state| {
                    truth(&this.rule.when, state).is_true() && truth(&other.rule.when, state).is_true()
                });
            }
        }
    }
}

/// Checks that every possible case in scope has a treatment, or a stated reason why it has none.
fn gap(found: &mut Found) {
    let guide = found.compiled.guide;
    let compiled = found.compiled;
    let is_not_supportive = |index: &usize| !guide.is_supportive(TreatmentId::new(*index));
    let treatments: Vec<usize> = (0..guide.treatments.len()).filter(is_not_supportive).collect();
    let mut left = None;
    let mut without = |cases: Set, taken: &Bounded<Set>| match taken {
        Ok(taken) => cases.and_not(taken),
        Err(why) => {
            left = Some(*why);
            Ok(cases)
        }
    };
    let mut offered_in = treatments.iter().map(|index| &compiled.treatments[*index].offered);
    let cases = compiled.scope().cloned().and_then(|scope| offered_in.try_fold(scope, &mut without));
    let cases = cases.and_then(|cases| {
        guide.no_treatment_indicated.iter().try_fold(cases, |cases, entry| without(cases, &compiled.possible(&entry.rule.when)))
    });
    let finding = Finding::new(
        Code::Gap,
        Subject::Guide,
        "in some possible cases in scope, no treatment except supportive treatment is indicated, and no reason is given"
            .to_owned(),
        "broaden an indication, or add a `[[no_treatment_indicated]]` entry that gives the reason",
    );
    found.add_inexact(finding, cases, left, |state| {
        truth(&guide.scope.when, state).is_true()
            && treatments.iter().all(|index| offered(guide, &guide.treatments[*index], state).is_false())
            && guide.no_treatment_indicated.iter().all(|entry| truth(&entry.rule.when, state).is_false())
    });
}

/// Checks that whenever a contraindication of a main treatment holds, the guide offers another treatment or says what to do instead.
fn conflicts(found: &mut Found) {
    let guide = found.compiled.guide;
    let compiled = found.compiled;
    let is_not_supportive = |index: &usize| !guide.is_supportive(TreatmentId::new(*index));
    let others: Vec<Bounded<Set>> =
        (0..guide.treatments.len()).map(|index| compiled.can_be_given(TreatmentId::new(index))).collect();
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let id = TreatmentId::new(index);
        if treatment.is_withdrawn() || treatment.contraindications.is_empty() {
            continue;
        }
        let indications = treatment.indications.iter().zip(&compiled.treatments[index].indications);
        let main_sets = indications.filter(|(entry, _)| guide.strengths[entry.strength.index()].main).map(|(_, set)| set);
        let as_main =
            main_sets.into_iter().try_fold(compiled.space().none(), |any, set| any.or(set.as_ref().map_err(|why| *why)?));
        let mut left = None;
        let other_treatments = || (0..guide.treatments.len()).filter(|other| *other != index).filter(is_not_supportive);
        let alone = as_main.and_then(|as_main| {
            other_treatments().try_fold(as_main, |alone, other| match &others[other] {
                Ok(other) => alone.and_not(other),
                Err(why) => {
                    left = Some(*why);
                    Ok(alone)
                }
            })
        });
        for (place, entry) in treatment.contraindications.iter().enumerate().filter(|(_, entry)| entry.instead.is_none()) {
            let contraindicated = compiled.treatments[index].contraindications[place].as_ref();
            let cases = alone.as_ref().map_err(|why| *why).and_then(|alone| alone.and(contraindicated.map_err(|why| *why)?));
            let finding = Finding::new(
                Code::Conflict,
                Subject::Rule(RulePlace::Contraindication(id, place)),
                format!(
                    "in some possible cases, the main treatment `{}` is contraindicated and the guide offers nothing instead",
                    treatment.id
                ),
                "add `instead` to say what to do, or offer another treatment in these cases",
            );
            found.add_inexact(finding, cases, left, |state| {
                verdict(guide, treatment, state) == Verdict::Contraindicated
                    && truth(&entry.rule.when, state).is_true()
                    && other_treatments().all(|other| !may_be_given(guide, &guide.treatments[other], state))
            });
        }
    }
}

/// Checks that every rule applies in at least one possible case.
fn dead_rules(found: &mut Found) {
    let guide = found.compiled.guide;
    // A generated rule is for safety. It stays, even if the treatment's indications already exclude its cases.
    let is_written = |place: &RulePlace| guide.rule(*place).is_some_and(|rule| !rule.generated);
    for place in guide.rule_places().into_iter().filter(is_written) {
        let why = match place {
            RulePlace::Precaution(..)
            | RulePlace::Contraindication(..)
            | RulePlace::Effect(..)
            | RulePlace::Outcome(..)
            | RulePlace::Administration(..) => " in which the treatment is indicated",
            _ => "",
        };
        match found.compiled.cases_of_rule(place) {
            Ok(cases) if cases.is_empty() => found.findings.push(Finding::new(
                Code::DeadRule,
                Subject::Rule(place),
                format!("this condition doesn't hold in any possible case{why}"),
                "correct the condition, or remove the entry",
            )),
            Ok(_) => {}
            Err(why) => {
                let subject = Subject::Rule(place);
                // If a row is too large, so is its table. Report the table instead.
                let why = if let RulePlace::Row(id, _) = place { why.below(Subject::Derived(id)) } else { why };
                found.unproved.add(why, Code::DeadRule, subject);
            }
        }
    }
}

/// Checks that no treatment lists the same adverse effect twice for the same person, with the same onset and duration. Ignores entries
/// without a condition, which apply to everyone.
fn repeated_effects(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let id = TreatmentId::new(index);
        for (first, entry) in treatment.effects.iter().enumerate() {
            for (second, other) in treatment.effects.iter().enumerate().skip(first + 1) {
                let (Some(rule), Some(later)) = (&entry.rule, &other.rule) else { continue };
                if entry.effect != other.effect || entry.onset != other.onset || entry.duration != other.duration {
                    continue;
                }
                let shown = found.compiled.cases_of_rule(RulePlace::Effect(id, first));
                let both = shown.and_then(|shown| shown.and(&found.compiled.condition(&later.when)?));
                let finding = Finding::new(
                    Code::RepeatedEffect,
                    Subject::Rule(RulePlace::Effect(id, second)),
                    format!("`{}` lists `{}` twice for some people", treatment.id, guide[entry.effect].id),
                    "merge the two entries, or make sure that their conditions never hold together",
                )
                .beside(RulePlace::Effect(id, first));
                found.add(finding, both, |state| truth(&rule.when, state).is_true() && truth(&later.when, state).is_true());
            }
        }
    }
}

/// Finds indications that hold only where another indication of the same treatment and strength holds.
fn shadows(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let sets = &found.compiled.treatments[index].indications;
        for (narrow, entry) in treatment.indications.iter().enumerate() {
            for (wide, other) in treatment.indications.iter().enumerate() {
                if narrow == wide || entry.strength != other.strength {
                    continue;
                }
                let same = entry.timing == other.timing && entry.intent == other.intent;
                let place = |entry| RulePlace::Indication(TreatmentId::new(index), entry);
                let code = if same { Code::Shadow } else { Code::ShadowOtherTiming };
                match (&sets[narrow], &sets[wide]) {
                    (Ok(inner), Ok(outer)) => match is_shadow(inner, outer, narrow < wide) {
                        Ok(true) => {
                            let apart = if same { "" } else { " but a different timing or intent" };
                            let message = format!(
                                "this indication of `{}` holds only in cases in which another indication of the same treatment with the same strength{apart} also holds",
                                treatment.id
                            );
                            let help = "remove one of the two, or narrow the broader one";
                            let finding = Finding::new(code, Subject::Rule(place(narrow)), message, help).beside(place(wide));
                            let shown =
                                witness(guide, found.compiled.space(), inner, |_, state| both_hold(guide, &finding, state));
                            match found.compiled.left_out.first() {
                                // The set can contain impossible cases because a constraint was left out. Perhaps the indication
                                // holds only in those.
                                Some(constraint) if shown.is_none() => {
                                    let why = TooLarge::Below(Subject::Constraint(*constraint));
                                    found.unproved.add(why, code, finding.subject);
                                }
                                _ => found.findings.push(finding.witnessed(shown)),
                            }
                        }
                        Ok(false) => {}
                        Err(why) => found.unproved.add(why, code, Subject::Rule(place(narrow))),
                    },
                    (Err(why), _) | (_, Err(why)) => found.unproved.add(*why, code, Subject::Rule(place(narrow))),
                }
            }
        }
    }
}

/// Whether an indication that holds in the cases `inner` is a shadow of one that holds in the cases `outer`: it holds in at least
/// one case, and only where the other one holds. If both sets are equal, only the later indication counts as a shadow. `is_first`
/// is whether the indication with `inner` comes first.
fn is_shadow(inner: &Set, outer: &Set, is_first: bool) -> Bounded<bool> {
    Ok(!inner.is_empty() && inner.and_not(outer)?.is_empty() && !(is_first && outer.and_not(inner)?.is_empty()))
}
