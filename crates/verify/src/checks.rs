//! What is proved of a guide whose cases are fully stated.

use biodivine_lib_bdd::Bdd;
use sarcoguide_advise::{State, truth, verdict};
use sarcoguide_model::{DerivedId, Guide, Indication, Must, Policy, RulePlace, TermId, TreatmentId, Verdict};

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
    shadows(&mut found);
    policies(&mut found);
    findings
}

struct Found<'f, 'g> {
    compiled: &'f Compiled<'g>,
    findings: &'f mut Vec<Finding>,
}

impl Found<'_, '_> {
    /// Reports `cases`, unless there are none. `shows` says on the reference evaluator what is claimed of them.
    fn cases(&mut self, finding: Finding, cases: &Bdd, shows: impl Fn(&State) -> bool) {
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

/// Every possible case in scope has a treatment of the disease, or a stated reason why none.
fn gap(found: &mut Found) {
    let guide = found.compiled.guide;
    let against_the_disease = |index: &usize| !guide.modalities[guide.treatments[*index].modality.index()].around;
    let treatments: Vec<usize> = (0..guide.treatments.len()).filter(against_the_disease).collect();
    let mut cases = found.compiled.scope.clone();
    for index in &treatments {
        cases = cases.and_not(&found.compiled.treatments[*index].indicated);
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
            && treatments.iter().all(|index| verdict(guide, &guide.treatments[*index], state) == Verdict::NotIndicated)
            && guide.nothing_due.iter().all(|entry| truth(&entry.rule.when, state).is_false())
    });
}

/// No main treatment is advised against with nothing in its place: neither another treatment of the disease nor a word on what to do.
fn conflicts(found: &mut Found) {
    let guide = found.compiled.guide;
    let of_the_disease = |index: usize| !guide.modalities[guide.treatments[index].modality.index()].around;
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
            if !guide.treatments[other].is_withdrawn() {
                alone = alone.and_not(&others.indicated.and_not(&others.against));
            }
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

/// What must hold whatever the rules say.
fn policies(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, policy) in guide.policies.iter().enumerate() {
        let when = found.compiled.possible(&policy.rule.when);
        let finding = |message: String| {
            Finding::new(
                Code::Policy,
                Subject::Rule(RulePlace::Policy(index)),
                message,
                "correct the rule that breaks it, or the policy",
            )
        };
        if when.is_false() {
            found.findings.push(finding(format!("the policy `{}` speaks of no possible case", policy.id)));
            continue;
        }
        if policy.must == Must::OneBeIndicated {
            let none = policy.over.iter().fold(when, |rest, id| {
                let treatment = &found.compiled.treatments[id.index()];
                rest.and_not(&treatment.indicated.and_not(&treatment.against))
            });
            found.cases(
                finding(format!("the policy `{}` is broken: none of its treatments is indicated", policy.id)),
                &none,
                |state| {
                    policy.over.iter().all(|id| {
                        let answer = verdict(guide, &guide.treatments[id.index()], state);
                        answer.is_decided() && answer != Verdict::Indicated
                    })
                },
            );
            continue;
        }
        for id in &policy.over {
            let treatment = &guide.treatments[id.index()];
            let broken = when.and(&breaks(found.compiled, policy, *id));
            let finding = finding(format!("the policy `{}` is broken by `{}`", policy.id, treatment.id));
            found.cases(finding, &broken, |state| {
                truth(&policy.rule.when, state).is_true() && is_broken(guide, policy, *id, state)
            });
        }
    }
}

/// The possible cases in which a treatment does not do what a policy asks.
fn breaks(compiled: &Compiled, policy: &Policy, id: TreatmentId) -> Bdd {
    let verdict = |verdict| compiled.verdict(id, verdict);
    match policy.must {
        Must::BeIndicated => compiled.cases.and_not(&verdict(Verdict::Indicated)),
        Must::NotBeIndicated => compiled.treatments[id.index()].indicated.clone(),
        Must::NotBeOffered | Must::OneBeIndicated => verdict(Verdict::Indicated),
        Must::CarryAPrecaution => {
            let warnings = warnings(compiled.guide, policy, id).into_iter().filter_map(|place| compiled.guide.rule(place));
            warnings.fold(compiled.treatments[id.index()].indicated.clone(), |rest, rule| {
                rest.and_not(&compiled.condition(&rule.when))
            })
        }
    }
}

/// The same on the reference evaluator.
fn is_broken(guide: &Guide, policy: &Policy, id: TreatmentId, state: &State) -> bool {
    let treatment = &guide.treatments[id.index()];
    let verdict = verdict(guide, treatment, state);
    match policy.must {
        Must::BeIndicated => verdict.is_decided() && verdict != Verdict::Indicated,
        Must::NotBeIndicated => verdict.is_decided() && verdict != Verdict::NotIndicated,
        Must::NotBeOffered | Must::OneBeIndicated => verdict == Verdict::Indicated,
        Must::CarryAPrecaution => {
            let silent = |place| guide.rule(place).is_some_and(|rule| truth(&rule.when, state).is_false());
            let holds = |entry: &Indication| guide.scoped(treatment, entry).all(|part| truth(part, state).is_true());
            treatment.indications.iter().any(holds) && warnings(guide, policy, id).into_iter().all(silent)
        }
    }
}

/// The precautions and contraindications of a treatment that rest on a fact that the policy's condition names.
fn warnings(guide: &Guide, policy: &Policy, id: TreatmentId) -> Vec<RulePlace> {
    let named = guide.facts_under(&policy.rule.when);
    let treatment = &guide.treatments[id.index()];
    let precautions = (0..treatment.precautions.len()).map(|place| RulePlace::Precaution(id, place));
    let contraindications = (0..treatment.contraindications.len()).map(|place| RulePlace::Contraindication(id, place));
    let about = |place: &RulePlace| {
        guide.rule(*place).is_some_and(|rule| guide.facts_under(&rule.when).iter().any(|fact| named.contains(fact)))
    };
    precautions.chain(contraindications).filter(about).collect()
}
