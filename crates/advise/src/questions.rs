//! Which missing fact would settle how much, and so what to ask next.

use sarcoguide_model::{Condition, FactId, Guide, NextQuestion, TreatmentAdvice, Truth, ValueSet};

use crate::answers::{Answer, Answers};
use crate::dependencies::fact_of;
use crate::evaluate::{Knowledge, State, truth, verdict};
use crate::explain::Justification;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// The questions that a person can be asked about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Questions {
    /// Every fact that could still settle an open verdict.
    pub open: FactSet,
    /// The facts to ask now, in the order of the guide's interview. A rule that waits for an earlier part asks nothing. A fact that can only rule
    /// out a treatment is asked once the treatment fits. A fact that an earlier answer could make impossible isn't asked.
    pub ask: FactSet,
    /// The facts that were asked, aren't known completely, and could still make a rule hold.
    pub awaited: FactSet,
}

impl Questions {
    /// The questions for what is known and the facts that were asked.
    pub(crate) fn of(guide: &Guide, justification: &Justification, state: &State, asked: FactSet) -> Self {
        let ranks = ranks(guide);
        let open = |when: &Condition| justification.open_facts(when, state);
        let mut found = Self::default();
        // A rule with these facts open.
        let mut add = |facts: FactSet, fits: bool| {
            found.open = found.open.union(facts);
            let earliest = facts.iter().map(|fact| ranks[fact.index()]).min();
            let first: FactSet = facts.iter().filter(|fact| Some(ranks[fact.index()]) == earliest).collect();
            let unasked: FactSet = first.iter().filter(|fact| !asked.contains(*fact)).collect();
            if fits {
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
        found.wait_for_dependencies(guide, state, asked, &ranks);
        found
    }

    /// Lets a fact wait for one of an earlier part that was asked, is still open, and rules some of its answers out: where a spread is said to
    /// be not known, it is not asked where it is.
    fn wait_for_dependencies(&mut self, guide: &Guide, state: &State, asked: FactSet, ranks: &[usize]) {
        let undecided = |part: &Condition| truth(part, state) == Truth::Unknown;
        for constraint in &guide.constraints {
            let dependent =
                constraint.mutually_exclusive.iter().filter(|part| undecided(part)).filter_map(fact_of).collect::<FactSet>();
            let known_too_little = dependent.intersection(asked).intersection(self.open);
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

/// For each fact, how early its part comes in the interview; the parts that come first are one.
fn ranks(guide: &Guide) -> Vec<usize> {
    let mut ranks = vec![0; guide.facts.len()];
    for (place, part) in guide.interview.parts.iter().enumerate().filter(|(_, part)| !part.first) {
        part.facts.iter().for_each(|fact: &FactId| ranks[fact.index()] = place + 1);
    }
    ranks
}

/// What one treatment waits for: whether one answer to a missing fact would settle it.
struct Ask {
    /// Stands for all answers of its class.
    answer: Answer,
    /// The treatment, and the place of the fact among those that it misses.
    treatment: usize,
    place: usize,
    /// How many answers the class holds.
    weight: usize,
}

/// Fills in, for each fact that a treatment misses, the share of its possible answers that would settle the verdict, and sorts by it.
///
/// `hypothetical` starts from what is known. Each answer is supposed once, for all treatments that tell it apart.
pub(crate) fn weigh(guide: &Guide, answers: &[Answers], mut hypothetical: Hypothetical, treatments: &mut [TreatmentAdvice]) {
    let facts: FactSet = treatments.iter().flat_map(|advice| &advice.missing).map(|missing| missing.fact).collect();
    for fact in facts.iter() {
        let mut asks: Vec<Ask> = Vec::new();
        for (treatment, advice) in treatments.iter().enumerate() {
            let Some(place) = advice.missing.iter().position(|missing| missing.fact == fact) else { continue };
            for answer in answers[treatment].get(&fact).into_iter().flatten() {
                let (answer, weight) = match answer {
                    Answer::Number(_) => (*answer, 1),
                    Answer::Values(values) => {
                        let possible = values.intersection(hypothetical.possible(fact));
                        let Some(first) = possible.iter().next() else { continue };
                        (Answer::Values(ValueSet::only(first)), possible.len())
                    }
                };
                asks.push(Ask { answer, treatment, place, weight });
            }
        }
        asks.sort_by_key(|ask| ask.answer);
        let mut shares = vec![(0_usize, 0_usize); treatments.len()];
        for same in asks.chunk_by(|a, b| a.answer == b.answer) {
            if hypothetical.suppose(fact, same[0].answer) {
                for ask in same {
                    let (settling, all) = &mut shares[ask.treatment];
                    *all += ask.weight;
                    if verdict(guide, &guide.treatments[ask.treatment], &hypothetical).is_decided() {
                        *settling += ask.weight;
                    }
                }
            }
            hypothetical.undo();
        }
        for ask in asks {
            let (settling, all) = shares[ask.treatment];
            if all > 0 {
                treatments[ask.treatment].missing[ask.place].settles = settling as f64 / all as f64;
            }
        }
    }
    for advice in treatments {
        advice.missing.sort_by(|a, b| b.settles.total_cmp(&a.settles));
    }
}

/// The facts that are missing anywhere, with how many verdicts they would settle.
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
