//! What is proved of a guide whose cases are fully stated.

use biodivine_lib_bdd::Bdd;
use sarcoguide_advise::{State, indication_truths, truth, verdict};
use sarcoguide_model::{DerivedId, Guide, RulePlace, Standing, TermId, Treatment, TreatmentId, Truth, Verdict};

use crate::compiled::Compiled;
use crate::describe::which;
use crate::finding::{Code, Finding, Subject};
use crate::witness::witness;

/// Every finding over the fully stated cases, in the order of the codes.
pub(crate) fn findings(compiled: &Compiled) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut found = Found { compiled, findings: &mut findings };
    tables(&mut found);
    gap(&mut found);
    conflicts(&mut found);
    dead_rules(&mut found);
    told_twice(&mut found);
    shadows(&mut found);
    crate::policies::check(&mut found);
    findings
}

pub(crate) struct Found<'f, 'g> {
    pub compiled: &'f Compiled<'g>,
    pub findings: &'f mut Vec<Finding>,
}

impl Found<'_, '_> {
    /// Reports `cases`, unless there are none. `shows` says on the reference evaluator what is claimed of them.
    pub fn cases(&mut self, finding: Finding, cases: &Bdd, shows: impl Fn(&State) -> bool) {
        if cases.is_false() {
            return;
        }
        let Compiled { guide, space, .. } = self.compiled;
        let witness = witness(guide, space, cases, |_, state| shows(state));
        self.findings.push(finding.with_cases(
            cases.exact_cardinality(),
            which(guide, space, cases, &self.compiled.cases),
            witness,
        ));
    }
}

/// A derived fact's table gives exactly one value for every possible case.
fn tables(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, derived) in guide.derived.iter().enumerate() {
        let id = DerivedId::new(index);
        let rows: Vec<Bdd> = derived.rows.iter().map(|row| found.compiled.possible(&row.rule.when)).collect();
        let none = rows.iter().fold(found.compiled.cases.clone(), |rest, row| rest.and_not(row));
        let finding = Finding::new(
            Code::NoValue,
            Subject::Derived(id),
            format!("`{}` has no value for some possible cases", derived.id),
            "add a row, or widen one",
        );
        found.cases(finding, &none, |state| derived.rows.iter().all(|row| truth(&row.rule.when, state).is_false()));
        for (first, row) in derived.rows.iter().enumerate() {
            for (second, other) in derived.rows.iter().enumerate().skip(first + 1).filter(|(_, other)| other.value != row.value) {
                let values = (&derived.values[row.value].id, &derived.values[other.value].id);
                let finding = Finding::new(
                    Code::TwoValues,
                    Subject::Rule(RulePlace::Row(id, second)),
                    format!("`{}` is both `{}` and `{}` for some possible cases", derived.id, values.0, values.1),
                    "narrow one of the two rows",
                )
                .beside(RulePlace::Row(id, first));
                found.cases(finding, &rows[first].and(&rows[second]), |state| {
                    truth(&row.rule.when, state).is_true() && truth(&other.rule.when, state).is_true()
                });
            }
        }
    }
}

/// Whether a treatment that can be had has an indication that reaches beyond clinical trials.
pub(crate) fn offered(guide: &Guide, treatment: &Treatment, state: &State) -> Truth {
    let truths = treatment.indications.iter().zip(indication_truths(guide, treatment, state));
    let beyond_trials = truths.filter(|(entry, _)| guide.standing(entry) != Standing::TrialOnly);
    beyond_trials.filter(|_| !treatment.is_withdrawn()).fold(Truth::False, |any, (_, truth)| any.or(truth))
}

/// Every possible case in scope has a treatment of the disease, or a stated reason why none.
fn gap(found: &mut Found) {
    let guide = found.compiled.guide;
    let against_the_disease = |index: &usize| !guide.is_around(TreatmentId::new(*index));
    let treatments: Vec<usize> = (0..guide.treatments.len()).filter(against_the_disease).collect();
    let mut cases = found.compiled.scope.clone();
    for index in &treatments {
        cases = cases.and_not(&found.compiled.treatments[*index].offered);
    }
    for entry in &guide.nothing_due {
        cases = cases.and_not(&found.compiled.possible(&entry.rule.when));
    }
    let finding = Finding::new(
        Code::Gap,
        Subject::Guide,
        "for some possible cases in scope the guide holds out no treatment of the disease and says no reason why".to_owned(),
        "widen an indication, or say in a `[[nothing_due]]` why there is none",
    );
    found.cases(finding, &cases, |state| {
        truth(&guide.scope.when, state).is_true()
            && treatments.iter().all(|index| offered(guide, &guide.treatments[*index], state).is_false())
            && guide.nothing_due.iter().all(|entry| truth(&entry.rule.when, state).is_false())
    });
}

/// No main treatment is advised against with nothing in its place: neither another treatment of the disease nor a word on what to do.
fn conflicts(found: &mut Found) {
    let guide = found.compiled.guide;
    let of_the_disease = |index: usize| !guide.is_around(TreatmentId::new(index));
    let main = TermId::new(0);
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let compiled = &found.compiled.treatments[index];
        if treatment.is_withdrawn() || treatment.contraindications.is_empty() {
            continue;
        }
        let is_main = treatment.indications.iter().zip(&compiled.indications).filter(|(entry, _)| entry.strength == main);
        let mut alone = is_main.fold(found.compiled.space.none(), |any, (_, set)| any.or(set));
        for other in (0..guide.treatments.len()).filter(|other| *other != index && of_the_disease(*other)) {
            let others = &found.compiled.treatments[other];
            alone = alone.and_not(&others.offered.and_not(&others.against));
        }
        for (place, entry) in treatment.contraindications.iter().enumerate().filter(|(_, entry)| entry.instead.is_none()) {
            let cases = alone.and(&compiled.contraindications[place]);
            let finding = Finding::new(
                Code::Conflict,
                Subject::Rule(RulePlace::Contraindication(TreatmentId::new(index), place)),
                format!("`{}` is the main treatment and advised against, with nothing in its place", treatment.id),
                "say with `instead` what to do, or hold out another treatment",
            );
            found.cases(finding, &cases, |state| {
                verdict(guide, treatment, state) == Verdict::Contraindicated && truth(&entry.rule.when, state).is_true()
            });
        }
    }
}

/// Every rule can be heard.
fn dead_rules(found: &mut Found) {
    let guide = found.compiled.guide;
    for place in guide.rule_places() {
        if found.compiled.heard(place).is_false() {
            let why = match place {
                RulePlace::Precaution(..)
                | RulePlace::Contraindication(..)
                | RulePlace::Effect(..)
                | RulePlace::Outcome(..)
                | RulePlace::Administration(..) => " while the treatment is indicated",
                _ => "",
            };
            found.findings.push(Finding::new(
                Code::DeadRule,
                Subject::Rule(place),
                format!("this condition holds in no possible case{why}"),
                "correct the condition, or take the entry out",
            ));
        }
    }
}

/// An adverse effect of a treatment that stands there several times is told of only once to each person.
fn told_twice(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let id = TreatmentId::new(index);
        for (first, entry) in treatment.effects.iter().enumerate() {
            for (second, other) in treatment.effects.iter().enumerate().skip(first + 1) {
                let (Some(rule), Some(wider)) = (&entry.rule, &other.rule) else { continue };
                if entry.effect != other.effect || entry.onset != other.onset || entry.lasting != other.lasting {
                    continue;
                }
                let both = found.compiled.heard(RulePlace::Effect(id, first)).and(&found.compiled.condition(&wider.when));
                let finding = Finding::new(
                    Code::ToldTwice,
                    Subject::Rule(RulePlace::Effect(id, second)),
                    format!("`{}` tells some people twice of `{}`", treatment.id, guide.effects[entry.effect.index()].id),
                    "join the two entries, or part their conditions",
                )
                .beside(RulePlace::Effect(id, first));
                found.cases(finding, &both, |state| truth(&rule.when, state).is_true() && truth(&wider.when, state).is_true());
            }
        }
    }
}

/// No indication says less than another of the same treatment with the same strength.
fn shadows(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, treatment) in guide.treatments.iter().enumerate() {
        let sets = &found.compiled.treatments[index].indications;
        for (narrow, entry) in treatment.indications.iter().enumerate() {
            for (wide, other) in treatment.indications.iter().enumerate() {
                let same = entry.strength == other.strength && entry.timing == other.timing && entry.intent == other.intent;
                let implied = narrow != wide && !sets[narrow].is_false() && sets[narrow].and_not(&sets[wide]).is_false();
                // Of two that say the same the later one is reported.
                let equal = sets[wide].and_not(&sets[narrow]).is_false();
                if entry.strength == other.strength && implied && !(equal && narrow < wide) {
                    let place = |entry| RulePlace::Indication(TreatmentId::new(index), entry);
                    let apart = if same { "" } else { " (they differ in timing or aim)" };
                    found.findings.push(
                        Finding::new(
                            if same { Code::Shadow } else { Code::ShadowElsewhere },
                            Subject::Rule(place(narrow)),
                            format!(
                                "wherever this indication of `{}` holds, another of the same strength does{apart}",
                                treatment.id
                            ),
                            "take one out, or narrow the wider one",
                        )
                        .beside(place(wide)),
                    );
                }
            }
        }
    }
}
