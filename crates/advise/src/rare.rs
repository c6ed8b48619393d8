//! Finds the rarer circumstances in which a treatment is indicated that no scenario shows.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Case, Condition, Contradiction, Domain, FactId, FactValue, RareTreatment, Scenario, TreatmentId, Truth, ValueSet,
    Verdict,
};

use crate::advisor::Advisor;
use crate::answers::AnswerClass;
use crate::draft::{Draft, UsualEntries};
use crate::hypothetical::Hypothetical;
use crate::scenarios::{blocking_facts, relevant_facts};

/// The largest number of facts with unusual values in a rare circumstance.
const MAX_CHANGES: usize = 4;

/// The largest number of cases that the search for one witness evaluates.
const MAX_TRIALS: usize = 200;

impl Advisor {
    /// Returns the treatments that are possible in `case`, but that none of its `scenarios` indicates, in the order of the guide. `open` is the advice
    /// for the case.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn rare_treatments(
        &self,
        case: &Case,
        open: &Advice,
        scenarios: &[Scenario],
    ) -> Result<Vec<RareTreatment>, Contradiction> {
        let guide = &**self.guide();
        let evaluation = self.evaluation(case)?;
        let start = Hypothetical::new(guide, self.dependencies(), &evaluation.state);
        let usual = UsualEntries::of(guide, relevant_facts(open));
        let is_shown = |treatment: TreatmentId| {
            scenarios.iter().any(|scenario| scenario.treatments[treatment.index()].verdict == Verdict::Indicated)
        };
        let draft = Draft::new(guide, case, start);
        let rare = open.treatments.iter().filter(|entry| entry.verdict == Verdict::Possible && !is_shown(entry.treatment));
        let found = rare.map(|entry| {
            let missing = || entry.missing.iter().map(|missing| missing.fact).collect();
            let search = Search { advisor: self, treatment: entry.treatment, usual: &usual, open: &draft };
            let (facts, witness) = match search.fewest_changes(case).or_else(|| search.construct()) {
                Some((facts, witness)) => (facts, Some(witness)),
                None => (missing(), None),
            };
            RareTreatment { treatment: entry.treatment, facts, witness }
        });
        Ok(found.collect())
    }
}

/// The search for circumstances in which a treatment is indicated.
struct Search<'a> {
    advisor: &'a Advisor,
    treatment: TreatmentId,
    usual: &'a UsualEntries,
    /// The case without assumptions.
    open: &'a Draft<'a>,
}

impl<'a> Search<'a> {
    /// Searches for the fewest unusual values with which the treatment is indicated. Returns their facts and the case. `case` is the open case.
    fn fewest_changes(&self, case: &Case) -> Option<(Vec<FactId>, Case)> {
        let mut seen: BTreeSet<Vec<(FactId, FactValue)>> = BTreeSet::new();
        let mut level: Vec<Vec<(FactId, FactValue)>> = vec![Vec::new()];
        let mut trials = 0;
        for _ in 0..=MAX_CHANGES {
            let mut next = Vec::new();
            for changes in level {
                let mut draft = self.open.clone();
                if !changes.iter().all(|(fact, value)| draft.state(*fact, *value)) {
                    continue;
                }
                trials += 1;
                if trials > MAX_TRIALS {
                    return None;
                }
                let draft = draft.assume(self.usual);
                if draft.verdict(self.treatment) == Verdict::Indicated {
                    return Some((changes.iter().map(|(fact, _)| *fact).collect(), draft.case));
                }
                let Ok(evaluation) = self.advisor.evaluation(&draft.case) else { continue };
                let is_open =
                    |fact: &FactId| case.get(*fact) == FactValue::Unknown && changes.iter().all(|(other, _)| other != fact);
                for fact in blocking_facts(self.advisor, &evaluation, self.treatment).iter().filter(is_open) {
                    for value in self.representatives(fact).into_iter().filter(|value| draft.case.get(fact) != *value) {
                        let more = [changes.as_slice(), &[(fact, value)]].concat();
                        let mut sorted = more.clone();
                        sorted.sort_unstable();
                        if seen.insert(sorted) {
                            next.push(more);
                        }
                    }
                }
            }
            level = next;
        }
        None
    }

    /// Constructs a case in which the treatment is indicated from one of its indications. Returns the facts with unusual values, not always the fewest,
    /// and the case.
    fn construct(&self) -> Option<(Vec<FactId>, Case)> {
        let guide = &**self.advisor.guide();
        let treatment = &guide[self.treatment];
        let usual = self.open.clone().assume(self.usual);
        treatment.indications.iter().find_map(|indication| {
            let indicated =
                guide.scoped(treatment, indication).try_fold(self.open.clone(), |draft, when| self.make(draft, when, true))?;
            let mut rules = treatment.contraindications.iter().map(|contraindication| &contraindication.rule.when);
            let draft = rules.try_fold(indicated, |draft, when| self.make(draft, when, false))?.assume(self.usual);
            let differs = |fact: &FactId| draft.case.get(*fact) != usual.case.get(*fact);
            let facts = draft.case.stated().filter(differs).collect();
            (draft.verdict(self.treatment) == Verdict::Indicated).then_some((facts, draft.case))
        })
    }

    /// States values of open facts until `when` has the truth value `wanted`.
    fn make(&self, mut draft: Draft<'a>, when: &Condition, wanted: bool) -> Option<Draft<'a>> {
        let truth = draft.truth(when);
        if truth.is_decided() {
            return (truth.is_true() == wanted).then_some(draft);
        }
        match when {
            Condition::Always => None,
            Condition::Is { fact, .. } | Condition::Compare { fact, .. } => {
                self.representatives(*fact).into_iter().find_map(|value| {
                    let mut draft = draft.clone();
                    (draft.state(*fact, value) && draft.truth(when) == Truth::from(wanted)).then_some(draft)
                })
            }
            Condition::Not(inner) => self.make(draft, inner, !wanted),
            Condition::All(parts) | Condition::Any(parts) => {
                if matches!(when, Condition::All(_)) == wanted {
                    for part in parts {
                        draft = self.make(draft, part, wanted)?;
                    }
                    Some(draft)
                } else {
                    parts.iter().find_map(|part| self.make(draft.clone(), part, wanted))
                }
            }
            Condition::Derived { derived, values } => {
                let rows = self.advisor.guide()[*derived].rows.iter().filter(|row| values.contains(row.value) == wanted);
                let mut made = rows.filter_map(|row| self.make(draft.clone(), &row.rule.when, true));
                made.find(|draft| draft.truth(when) == Truth::from(wanted))
            }
        }
    }

    /// Returns a value of `fact` for each class of answers that the treatment's rules distinguish or, if they don't use the fact, all values.
    fn representatives(&self, fact: FactId) -> Vec<FactValue> {
        let domain = &self.advisor.guide()[fact].domain;
        let values = |within: Option<ValueSet>| -> Vec<FactValue> {
            let all = domain.values().iter().enumerate();
            let fitting = all.filter(|(_, value)| within.is_none_or(|class| value.covers.is_subset(class)));
            fitting.filter_map(|(index, _)| u8::try_from(index).ok().map(FactValue::Value)).collect()
        };
        match (self.advisor.answer_classes(self.treatment).get(&fact), domain) {
            (Some(classes), _) => classes
                .iter()
                .filter_map(|class| match class {
                    AnswerClass::Values(class) => values(Some(*class)).first().copied(),
                    AnswerClass::Numbers(numbers) => Some(FactValue::Between(*numbers)),
                })
                .collect(),
            (None, Domain::Values(_)) => values(None),
            (None, Domain::Number { .. }) => Vec::new(),
        }
    }
}
