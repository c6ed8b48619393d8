//! Finds the missing facts that could settle verdicts, and decides which ones to ask about next.

use sarcoguide_model::{Condition, Constraint, FactId, Guide, NextQuestion, TreatmentAdvice, Truth, ValueSet};

use crate::answers::{AnswerClass, AnswerClasses};
use crate::evaluate::{Knowledge, State, truth, verdict};
use crate::explain::Justification;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// The facts that a person can be asked about in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Questions {
    /// All facts that could help to settle a `Possible` verdict.
    pub open: FactSet,
    /// The facts to ask about now. While a rule needs facts from an earlier part of the interview, its facts from later parts must
    /// wait. A fact that can only rule out a treatment must wait until an indication of the treatment holds within the guide's
    /// scope. A fact must also wait if an earlier fact could still rule out some of its values, and the person was asked about that
    /// earlier fact but doesn't know it. Includes facts that settle no verdict themselves: those from which open facts that the person doesn't know
    /// usually follow, those that settle a derived fact with [`asks`](sarcoguide_model::DerivedFact::asks), and those of
    /// [`Interview::always`](sarcoguide_model::Interview::always). Never includes a fact whose
    /// [`QuestionCondition`](sarcoguide_model::QuestionCondition) doesn't hold.
    pub ask: FactSet,
    /// The facts that the person was already asked about but that aren't fully known, although a rule or a later question needs
    /// them.
    pub awaited: FactSet,
}

impl Questions {
    /// Finds the questions for a case with the state `state`. `asked` is the set of facts that the person was already asked about.
    pub(crate) fn of(guide: &Guide, justification: &Justification, state: &State, asked: FactSet) -> Self {
        let ranks = ranks(guide);
        let open = |when: &Condition| justification.open_facts(when, state);
        let mut found = Self::default();
        // Adds the open facts of one rule. A person can be asked about them now only if `is_due` is true.
        let mut add = |facts: FactSet, is_due: bool| {
            found.open = found.open.union(facts);
            let earliest = facts.iter().map(|fact| ranks[fact.index()]).min();
            let first: FactSet = facts.iter().filter(|fact| Some(ranks[fact.index()]) == earliest).collect();
            let unasked: FactSet = first.iter().filter(|fact| !asked.contains(*fact)).collect();
            if is_due {
                found.ask = found.ask.union(unasked);
                found.awaited = if unasked.is_empty() { found.awaited.union(first) } else { found.awaited };
            }
        };
        for treatment in guide.treatments.iter().filter(|treatment| !verdict(guide, treatment, state).is_decided()) {
            let scope = if treatment.any_scope { FactSet::EMPTY } else { open(&guide.scope.when) };
            let rules = || treatment.indications.iter().map(|indication| &indication.rule.when);
            let holds = rules().any(|when| truth(when, state).is_true());
            if holds {
                add(scope, true);
            } else {
                let undecided = rules().map(open).filter(|facts| !facts.is_empty());
                undecided.for_each(|facts| add(facts.union(scope), true));
            }
            let contraindications = treatment.contraindications.iter().map(|entry| open(&entry.rule.when));
            contraindications.for_each(|facts| add(facts, holds && scope.is_empty()));
        }
        // Facts that settle a derived fact, but perhaps no verdict. The facts from earlier parts of the interview come first.
        for (index, _) in guide.derived.iter().enumerate().filter(|(_, derived)| derived.asks) {
            let facts = justification.open_of_derived(index);
            let earliest = facts.iter().map(|fact| ranks[fact.index()]).min();
            let first = facts.iter().filter(|fact| Some(ranks[fact.index()]) == earliest);
            found.ask = first.filter(|fact| !asked.contains(*fact)).collect::<FactSet>().union(found.ask);
        }
        found.ask_lists_first(guide, state, asked, &ranks);
        found.wait_for_dependencies(guide, state, asked, &ranks);
        found.ask_instead(guide, state, asked);
        let is_open = |fact: &FactId| !asked.contains(*fact) && state.facts[*fact].possible.len() != 1;
        found.ask = guide.interview.always.iter().copied().filter(is_open).collect::<FactSet>().union(found.ask);
        for condition in guide.interview.conditions.iter().filter(|condition| !truth(&condition.when, state).is_true()) {
            found.ask = condition.facts.iter().fold(found.ask, |ask, fact| ask.without(*fact));
        }
        found
    }

    /// Adds facts to `ask` from which facts usually follow that the person was asked about but doesn't know. For example, a person who doesn't know
    /// how tall a tree is may know its kind.
    fn ask_instead(&mut self, guide: &Guide, state: &State, asked: FactSet) {
        let asks = |constraint: &&Constraint| constraint.doubt.is_some_and(|doubt| guide.doubts[doubt].asks);
        for constraint in guide.constraints.iter().filter(asks) {
            let Some((last, given)) = constraint.mutually_exclusive.split_last() else { continue };
            let is_awaited = truth(last, state) == Truth::Unknown
                && last.fact().is_some_and(|fact| self.open.contains(fact) && asked.contains(fact));
            // Ask about the facts in the order of the condition, and stop at the first one that the person doesn't know.
            let next = given.iter().find(|part| !truth(part, state).is_true()).filter(|part| !truth(part, state).is_false());
            if let Some(fact) = next.filter(|_| is_awaited).and_then(Condition::fact).filter(|fact| !asked.contains(*fact)) {
                self.ask = self.ask.union(FactSet::only(fact));
            }
        }
    }

    /// Asks about a list instead of a fact that comes later in the interview, if the list could settle that fact. For example, a person who lists
    /// every treatment so far isn't asked whether they have had one of a certain kind.
    fn ask_lists_first(&mut self, guide: &Guide, state: &State, asked: FactSet, ranks: &[usize]) {
        for list in &guide.fact_lists {
            let listed: FactSet = list.facts.iter().copied().collect();
            let Some(rank) = list.facts.first().map(|fact| ranks[fact.index()]) else { continue };
            for constraint in &guide.constraints {
                let open = constraint.mutually_exclusive.iter().filter(|part| truth(part, state) == Truth::Unknown);
                let dependent = open.filter_map(Condition::fact).collect::<FactSet>();
                let unasked: FactSet = dependent.intersection(listed).iter().filter(|fact| !asked.contains(*fact)).collect();
                for fact in dependent.intersection(self.ask).iter().filter(|fact| ranks[fact.index()] > rank) {
                    if !unasked.is_empty() {
                        self.ask = self.ask.without(fact).union(unasked);
                    }
                }
            }
        }
    }

    /// Removes a fact from `ask` if an earlier fact could rule out some of its values, and the person was asked about that earlier
    /// fact but doesn't know it. For example, a person who doesn't know whether they take a medicine isn't asked which one.
    fn wait_for_dependencies(&mut self, guide: &Guide, state: &State, asked: FactSet, ranks: &[usize]) {
        let undecided = |part: &Condition| truth(part, state) == Truth::Unknown;
        let listed: FactSet = guide.fact_lists.iter().flat_map(|list| &list.facts).copied().collect();
        for (_, constraint) in guide.hard_constraints() {
            let dependent = constraint
                .mutually_exclusive
                .iter()
                .filter(|part| undecided(part))
                .filter_map(Condition::fact)
                .collect::<FactSet>();
            let known_too_little = dependent.intersection(asked).intersection(self.open).iter();
            // Someone who doesn't know every entry of a list may still know whether there was one of a certain kind.
            let known_too_little: FactSet = known_too_little.filter(|fact| !listed.contains(*fact)).collect();
            for fact in dependent.intersection(self.ask).iter() {
                let earlier = |other: &FactId| ranks[other.index()] < ranks[fact.index()];
                let awaited: FactSet = known_too_little.iter().filter(earlier).collect();
                if !awaited.is_empty() {
                    self.ask = self.ask.without(fact);
                    self.awaited = self.awaited.union(awaited);
                }
            }
        }
    }
}

/// Returns the rank of each fact: the position of its part in the interview, from 1. The rank is 0 for facts in parts with
/// `first = true`, and for facts in no part.
fn ranks(guide: &Guide) -> Vec<usize> {
    let mut ranks = vec![0; guide.facts.len()];
    for (index, part) in guide.interview.parts.iter().enumerate().filter(|(_, part)| !part.first) {
        part.facts.iter().for_each(|fact: &FactId| ranks[fact.index()] = index + 1);
    }
    ranks
}

/// One possible answer to a missing fact, tried to see whether it settles the verdict on one treatment.
struct Candidate {
    /// The answer, which represents all answers that the treatment's conditions don't distinguish from it.
    answer: AnswerClass,
    /// The index of the treatment.
    treatment: usize,
    /// The index of the fact in the `missing` list of the treatment.
    missing: usize,
    /// The number of possible answers that `answer` represents. Always 1 for numbers.
    weight: usize,
}

/// For each missing fact of each treatment, computes the share of possible answers that would settle the verdict. Sorts the
/// missing facts by this share, largest first.
///
/// `hypothetical` must start from the state of the case. Each answer is tried only once, for all treatments that need it.
pub(crate) fn weigh(
    guide: &Guide,
    classes: &[AnswerClasses],
    mut hypothetical: Hypothetical,
    treatments: &mut [TreatmentAdvice],
) {
    let facts: FactSet = treatments.iter().flat_map(|advice| &advice.missing).map(|missing| missing.fact).collect();
    for fact in facts.iter() {
        let mut candidates: Vec<Candidate> = Vec::new();
        for (treatment, advice) in treatments.iter().enumerate() {
            let Some(missing) = advice.missing.iter().position(|missing| missing.fact == fact) else { continue };
            for class in classes[treatment].get(&fact).into_iter().flatten() {
                let (answer, weight) = match class {
                    AnswerClass::Numbers(numbers) => {
                        let Some(possible) = numbers.intersection(hypothetical.numbers(fact)) else { continue };
                        (AnswerClass::Numbers(possible), 1)
                    }
                    AnswerClass::Values(values) => {
                        let possible = values.intersection(hypothetical.possible(fact));
                        let Some(first) = possible.iter().next() else { continue };
                        (AnswerClass::Values(ValueSet::only(first)), possible.len())
                    }
                };
                candidates.push(Candidate { answer, treatment, missing, weight });
            }
        }
        candidates.sort_by_key(|candidate| candidate.answer);
        let mut shares = vec![(0_usize, 0_usize); treatments.len()];
        for same in candidates.chunk_by(|a, b| a.answer == b.answer) {
            if hypothetical.suppose(fact, same[0].answer) {
                for candidate in same {
                    let (settling, all) = &mut shares[candidate.treatment];
                    *all += candidate.weight;
                    if verdict(guide, &guide.treatments[candidate.treatment], &hypothetical).is_decided() {
                        *settling += candidate.weight;
                    }
                }
            }
            hypothetical.undo();
        }
        for candidate in candidates {
            let (settling, all) = shares[candidate.treatment];
            if all > 0 {
                treatments[candidate.treatment].missing[candidate.missing].settles = settling as f64 / all as f64;
            }
        }
    }
    for advice in treatments {
        advice.missing.sort_by(|a, b| b.settles.total_cmp(&a.settles));
    }
}

/// Returns a question for each missing fact of any treatment. The questions that settle the most verdicts come first.
pub(crate) fn next_questions(treatments: &[TreatmentAdvice]) -> Vec<NextQuestion> {
    let mut questions: Vec<NextQuestion> = Vec::new();
    for missing in treatments.iter().flat_map(|advice| &advice.missing) {
        match questions.iter_mut().find(|question| question.fact == missing.fact) {
            Some(question) => {
                question.settles += missing.settles;
                question.open += 1;
            }
            None => questions.push(NextQuestion { fact: missing.fact, settles: missing.settles, open: 1 }),
        }
    }
    questions.sort_by(|a, b| b.settles.total_cmp(&a.settles).then(b.open.cmp(&a.open)).then(a.fact.cmp(&b.fact)));
    questions
}
