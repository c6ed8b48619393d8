//! Which missing fact would settle how much, and so what to ask next.

use sarcoguide_model::{Guide, NextQuestion, TreatmentAdvice, ValueSet};

use crate::answers::{Answer, Answers};
use crate::evaluate::{Knowledge, verdict};
use crate::fact_set::FactSet;
use crate::trial::Trial;

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
/// `trial` starts from what is known. Each answer is supposed once, for all treatments that tell it apart.
pub(crate) fn weigh(guide: &Guide, answers: &[Answers], mut trial: Trial, treatments: &mut [TreatmentAdvice]) {
    let facts: FactSet = treatments.iter().flat_map(|advice| &advice.missing).map(|missing| missing.fact).collect();
    for fact in facts.iter() {
        let mut asks: Vec<Ask> = Vec::new();
        for (treatment, advice) in treatments.iter().enumerate() {
            let Some(place) = advice.missing.iter().position(|missing| missing.fact == fact) else { continue };
            for answer in answers[treatment].get(&fact).into_iter().flatten() {
                let (answer, weight) = match answer {
                    Answer::Number(_) => (*answer, 1),
                    Answer::Values(values) => {
                        let possible = values.intersection(trial.possible(fact));
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
            if trial.suppose(fact, same[0].answer) {
                for ask in same {
                    let (settling, all) = &mut shares[ask.treatment];
                    *all += ask.weight;
                    if verdict(guide, &guide.treatments[ask.treatment], &trial).is_decided() {
                        *settling += ask.weight;
                    }
                }
            }
            trial.undo();
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
