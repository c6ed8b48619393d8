//! Assumes usual values for the open facts of a case.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Assumption, AssumptionKind, Case, Condition, Domain, FactId, FactValue, Guide, Interval, Standing, TreatmentId, Truth,
    UsualValue, Verdict,
};

use crate::answers::AnswerClass;
use crate::evaluate::{Knowledge, indication_truths, numbers_of, possible_of, standing, truth, verdict};
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// The usual values of the facts that matter for an answer, in the order of [`Guide::usual_values`].
pub(crate) struct UsualEntries(Vec<(usize, usize, FactId)>);

impl UsualEntries {
    pub fn of(guide: &Guide, relevant: FactSet) -> Self {
        let entries = guide.usual_values.iter().enumerate();
        let of_facts =
            entries.flat_map(|(entry, usual)| usual.facts.iter().enumerate().map(move |(index, fact)| (entry, index, *fact)));
        Self(of_facts.filter(|(_, _, fact)| relevant.contains(*fact)).collect())
    }
}

/// A case with assumptions, some of which may not be needed for any verdict.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'a> {
    guide: &'a Guide,
    pub assumptions: Vec<Assumption>,
    /// The case with the assumptions stated.
    pub case: Case,
    known: Hypothetical<'a>,
}

impl<'a> Draft<'a> {
    /// Starts from a case without assumptions. `known` is what is known of it.
    pub fn new(guide: &'a Guide, case: &Case, known: Hypothetical<'a>) -> Self {
        Self { guide, assumptions: Vec::new(), case: case.clone(), known }
    }

    /// States a value. Returns `false` and changes nothing if it contradicts the case or says nothing new.
    pub fn state(&mut self, fact: FactId, value: FactValue) -> bool {
        let Some(answer) = narrowing(self.guide, &self.case, &self.known, fact, value) else { return false };
        if !self.known.suppose(fact, answer) {
            self.known.undo();
            return false;
        }
        self.case.set(fact, value);
        true
    }

    /// Adds an assumption. Returns `None` if it contradicts the case or says nothing new.
    pub fn with(mut self, assumption: Assumption) -> Option<Self> {
        let stated = self.state(assumption.fact, assumption.value);
        self.assumptions.push(assumption);
        stated.then_some(self)
    }

    /// Assumes the usual values, again and again until nothing more can be assumed.
    pub fn assume(mut self, usual: &UsualEntries) -> Self {
        loop {
            let before = self.assumptions.len();
            for (entry, index, fact) in &usual.0 {
                let UsualValue { values, rule, .. } = &self.guide.usual_values[*entry];
                let value = values[*index];
                if narrowing(self.guide, &self.case, &self.known, *fact, value).is_some()
                    && truth(&rule.when, &self.known).is_true()
                    && self.state(*fact, value)
                {
                    self.assumptions.push(Assumption { fact: *fact, value, entry: *entry, alternative: None });
                }
            }
            if self.assumptions.len() == before {
                return self;
            }
        }
    }

    /// Returns the unusual values of this draft with one more: another value of a decisive fact for which this draft assumes the usual one. They are in
    /// the order of the guide.
    pub fn alternatives(&self) -> impl Iterator<Item = Vec<Assumption>> {
        let (mut decisive, unusual): (Vec<Assumption>, Vec<Assumption>) =
            self.assumptions.iter().partition(|assumption| assumption.is_usual());
        decisive.retain(|assumption| self.guide.usual_values[assumption.entry].kind == AssumptionKind::Decisive);
        decisive.sort_by_key(|assumption| assumption.entry);
        decisive.into_iter().flat_map(move |assumption| {
            let usual = &self.guide.usual_values[assumption.entry];
            let fact = usual.facts.iter().position(|fact| *fact == assumption.fact).unwrap_or_default();
            let unusual = unusual.clone();
            usual.alternatives.iter().enumerate().map(move |(index, other)| {
                let other = Assumption { value: other.values[fact], alternative: Some(index), ..assumption };
                unusual.iter().copied().chain([other]).collect()
            })
        })
    }

    /// Evaluates a condition in the case with the assumptions.
    pub fn truth(&self, when: &Condition) -> Truth {
        truth(when, &self.known)
    }

    pub fn verdict(&self, treatment: TreatmentId) -> Verdict {
        verdict(self.guide, &self.guide[treatment], &self.known)
    }

    /// Returns the treatments that are indicated, and not only for trials.
    pub fn indicated(&self) -> BTreeSet<TreatmentId> {
        let shown = |id: &TreatmentId| {
            let treatment = &self.guide[*id];
            let truths: Vec<_> = indication_truths(self.guide, treatment, &self.known).collect();
            let verdict = self.verdict(*id);
            verdict == Verdict::Indicated && standing(self.guide, treatment, verdict, &truths) != Some(Standing::TrialOnly)
        };
        (0..self.guide.treatments.len()).map(TreatmentId::new).filter(shown).collect()
    }
}

/// Returns what is known of `fact` if `case` states `value`, or `None` if that says nothing new or contradicts what is known. If the case already states
/// something about the fact, `value` must be more precise.
fn narrowing(guide: &Guide, case: &Case, known: &impl Knowledge, fact: FactId, value: FactValue) -> Option<AnswerClass> {
    let domain = &guide[fact].domain;
    let (before, after) = (case.get(fact), value);
    match domain {
        Domain::Values(_) => {
            let covered = |value| possible_of(&guide[fact], value);
            let (possible, left) = (known.possible(fact), known.possible(fact).intersection(covered(after)));
            let fits = covered(after).is_subset(covered(before)) && !left.is_empty() && left != possible;
            fits.then_some(AnswerClass::Values(left))
        }
        Domain::Number { .. } => {
            let (known, stated) = (known.numbers(fact), numbers_of(&guide[fact], after));
            let left = Interval::new(known.low().max(stated.low()), known.high().min(stated.high()))?;
            (numbers_of(&guide[fact], before).covers(stated) && left != known).then_some(AnswerClass::Numbers(left))
        }
    }
}
