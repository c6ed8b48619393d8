//! Checks the policies of a guide, which must hold in every possible case.

use sarcoguide_advise::{State, indication_truths, truth, verdict};
use sarcoguide_model::{Condition, Guide, Must, Policy, Rule, RulePlace, TreatmentId, Truth, Verdict};

use crate::compiled::Compiled;
use crate::finding::{Code, Finding, Subject};
use crate::found::{Found, offered};
use crate::set::{Bounded, Set};

pub(crate) fn check(found: &mut Found) {
    let guide = found.compiled.guide;
    for (index, policy) in guide.policies.iter().enumerate() {
        let subject = Subject::Rule(RulePlace::Policy(index));
        let finding = |message: String| {
            let help = "correct the rule that breaks the policy, or the policy itself";
            Finding::new(Code::Policy, subject, message, help)
        };
        let when = match found.compiled.possible(&policy.rule.when) {
            Ok(when) => when,
            Err(why) => {
                found.unproved.add(why, Code::Policy, subject);
                continue;
            }
        };
        if when.is_empty() || policy.over.iter().all(|id| !concerns(guide, policy, *id)) {
            found.findings.push(finding(format!(
                "the policy `{}` never applies: its condition holds in no possible case, or it requires nothing of its treatments",
                policy.id
            )));
        } else if policy.must == Must::IndicateOne {
            let none = policy.over.iter().try_fold(when, |rest, id| rest.and_not(&found.compiled.can_be_given(*id)?));
            let message = format!(
                "the policy `{}` is broken: in some cases, none of its treatments is indicated outside of a trial",
                policy.id
            );
            found.add(finding(message), none, |state| {
                truth(&policy.rule.when, state).is_true() && policy.over.iter().all(|id| cannot_be_given(guide, *id, state))
            });
        } else {
            for id in policy.over.iter().filter(|id| concerns(guide, policy, **id)) {
                let broken = breaks(found.compiled, policy, &when, *id);
                let message = format!("the policy `{}` is broken by `{}`", policy.id, guide[*id].id);
                found.add(finding(message), broken, |state| is_broken(guide, policy, *id, state));
            }
        }
    }
}

/// Whether a policy requires anything of the treatment `id`.
fn concerns(guide: &Guide, policy: &Policy, id: TreatmentId) -> bool {
    match policy.must {
        Must::ListEffectExactly => !effect_rules(guide, policy, id).is_empty(),
        // Nobody can get a withdrawn treatment, so it needs no warning.
        Must::CarryAPrecaution | Must::WarnExactly => !guide[id].is_withdrawn(),
        _ => true,
    }
}

/// Whether the reference evaluator decides that a treatment can't be given outside of clinical trials.
fn cannot_be_given(guide: &Guide, id: TreatmentId, state: &State) -> bool {
    offered(guide, &guide[id], state).is_false() || is_decided_against(guide, id, state)
}

/// Whether the reference evaluator decides on a verdict other than `Indicated`.
fn is_decided_against(guide: &Guide, id: TreatmentId, state: &State) -> bool {
    let answer = verdict(guide, &guide[id], state);
    answer.is_decided() && answer != Verdict::Indicated
}

/// Returns the possible cases in which a treatment breaks a policy. `when` is the set of possible cases in which the policy's
/// condition holds.
fn breaks(compiled: &Compiled, policy: &Policy, when: &Set, id: TreatmentId) -> Bounded<Set> {
    let any =
        |rules: Vec<&Rule>| rules.iter().try_fold(compiled.space().none(), |any, rule| any.or(&compiled.condition(&rule.when)?));
    match policy.must {
        Must::BeIndicated => when.and_not(&compiled.verdict(id, Verdict::Indicated)?),
        Must::NotBeIndicated => when.and(compiled.indicated(id)?),
        Must::NotBeOffered | Must::IndicateOne => when.and(&compiled.verdict(id, Verdict::Indicated)?),
        Must::CarryAPrecaution => when.and(compiled.indicated(id)?)?.and_not(&any(warnings(compiled.guide, policy, id))?),
        Must::WarnExactly => any(warnings(compiled.guide, policy, id))?.xor(when)?.and(compiled.indicated(id)?),
        Must::ListEffectExactly => any(effect_rules(compiled.guide, policy, id))?.xor(when)?.and(compiled.indicated(id)?),
    }
}

/// Whether a treatment breaks a policy, according to the reference evaluator.
fn is_broken(guide: &Guide, policy: &Policy, id: TreatmentId, state: &State) -> bool {
    let treatment = &guide[id];
    let when = truth(&policy.rule.when, state);
    let any = |rules: Vec<&Rule>| rules.iter().fold(Truth::False, |any, rule| any.or(truth(&rule.when, state)));
    let is_indicated = || indication_truths(guide, treatment, state).any(Truth::is_true);
    let differ = |rules| {
        let rules = any(rules);
        rules.is_decided() && when.is_decided() && rules != when && is_indicated()
    };
    match policy.must {
        Must::BeIndicated => when.is_true() && is_decided_against(guide, id, state),
        Must::NotBeIndicated => when.is_true() && is_indicated(),
        Must::NotBeOffered | Must::IndicateOne => when.is_true() && verdict(guide, treatment, state) == Verdict::Indicated,
        Must::CarryAPrecaution => when.is_true() && is_indicated() && any(warnings(guide, policy, id)).is_false(),
        Must::WarnExactly => differ(warnings(guide, policy, id)),
        Must::ListEffectExactly => differ(effect_rules(guide, policy, id)),
    }
}

/// Returns the precautions and contraindications of a treatment that are about the facts in the policy's condition. For
/// `WarnExactly`, these are the ones that use no other facts. For any other requirement, these are the ones that use at least one
/// of the facts.
fn warnings<'g>(guide: &'g Guide, policy: &Policy, id: TreatmentId) -> Vec<&'g Rule> {
    let named = guide.facts_used_by(&policy.rule.when);
    let treatment = &guide[id];
    let precautions = treatment.precautions.iter().map(|entry| &entry.rule);
    let contraindications = treatment.contraindications.iter().map(|entry| &entry.rule);
    let about = |rule: &&Rule| {
        let facts = guide.facts_used_by(&rule.when);
        match policy.must {
            Must::WarnExactly => rule.when != Condition::Always && facts.is_subset(&named),
            _ => !facts.is_disjoint(&named),
        }
    };
    precautions.chain(contraindications).filter(about).collect()
}

/// Returns the rules for the policy's adverse effect among the effects that a treatment lists. An entry that applies to everyone has
/// no rule, so it isn't included.
fn effect_rules<'g>(guide: &'g Guide, policy: &Policy, id: TreatmentId) -> Vec<&'g Rule> {
    let effects = guide[id].effects.iter().filter(|entry| Some(entry.effect) == policy.effect);
    effects.filter_map(|entry| entry.rule.as_ref()).collect()
}
