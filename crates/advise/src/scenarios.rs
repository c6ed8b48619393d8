//! Answers a partly known case with a few scenarios: the case with some usual values assumed for its open facts.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Assumption, Case, Contradiction, Scenario, ScenarioTreatment, Standing, TreatmentId, Truth, Verdict,
};

use crate::advisor::Advisor;
use crate::draft::{Draft, UsualEntries};
use crate::evaluate::{indication_truths, standing, truth, verdict};
use crate::evaluation::Evaluation;
use crate::fact_set::FactSet;
use crate::hypothetical::Hypothetical;

/// The largest number of scenarios for one case.
pub const MAX_SCENARIOS: usize = 4;

impl Advisor {
    /// Returns everything that the guide says about `case`, with its scenarios, but without the rare treatments.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn answer(&self, case: &Case) -> Result<Advice, Contradiction> {
        let mut advice = self.advise(case)?;
        if !advice.scope.covered.is_false() {
            advice.scenarios = self.scenarios(case, &advice)?;
            if let Some(usual) = advice.scenarios.first() {
                advice.team_questions = self.team_questions(&self.evaluation(&usual.case)?.state);
            }
        }
        Ok(advice)
    }

    /// Like [`answer`](Self::answer), with the rare treatments. Takes several times as long.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn answer_in_full(&self, case: &Case) -> Result<Advice, Contradiction> {
        let mut advice = self.answer(case)?;
        if !advice.scenarios.is_empty() {
            advice.rare = self.rare_treatments(case, &advice, &advice.scenarios)?;
        }
        Ok(advice)
    }

    /// Returns the scenarios of `case`, the most usual first: at least one, and at most [`MAX_SCENARIOS`]. `open` is the advice for the case itself.
    /// If nothing can be assumed, the only scenario is the case itself.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn scenarios(&self, case: &Case, open: &Advice) -> Result<Vec<Scenario>, Contradiction> {
        let guide = &**self.guide();
        let evaluation = self.evaluation(case)?;
        let start = Hypothetical::new(guide, self.dependencies(), &evaluation.state);
        let usual = UsualEntries::of(guide, relevant_facts(open));
        let first = Draft::new(guide, case, start.clone()).assume(&usual);
        let alternatives = |of: &Draft| -> Vec<(Draft, BTreeSet<TreatmentId>)> {
            let start = || Draft::new(guide, case, start.clone());
            let other = of.alternatives().filter_map(|unusual| unusual.into_iter().try_fold(start(), Draft::with));
            other.map(|draft| draft.assume(&usual)).map(|draft| (draft.clone(), draft.indicated())).collect()
        };
        let mut candidates = alternatives(&first);
        let mut shown = first.indicated();
        let mut chosen = vec![first];
        while chosen.len() < MAX_SCENARIOS {
            let news = candidates.iter().map(|(_, indicated)| indicated.difference(&shown).count());
            // The first of the candidates that add most.
            let best = news.enumerate().max_by_key(|(index, count)| (*count, std::cmp::Reverse(*index)));
            let Some((index, _)) = best.filter(|(_, count)| *count > 0) else { break };
            let (draft, indicated) = candidates.remove(index);
            shown.extend(indicated);
            candidates.extend(alternatives(&draft));
            chosen.push(draft);
        }
        chosen.into_iter().map(|draft| self.scenario(draft, case)).collect()
    }

    /// Removes the usual values that no indicated treatment needs, and evaluates the case that remains.
    fn scenario(&self, draft: Draft, open: &Case) -> Result<Scenario, Contradiction> {
        let Draft { mut assumptions, mut case, .. } = draft;
        let evaluation = self.evaluation(&case)?;
        let needed = (0..self.guide().treatments.len())
            .map(|index| self.facts_of_indications(&evaluation, TreatmentId::new(index)))
            .fold(FactSet::EMPTY, FactSet::union);
        // An unusual value is what the scenario is about, so it's kept in any case.
        let is_kept = |assumption: &Assumption| needed.contains(assumption.fact) || !assumption.is_usual();
        for assumption in assumptions.iter().filter(|assumption| !is_kept(assumption)) {
            case.set(assumption.fact, open.get(assumption.fact));
        }
        assumptions.retain(is_kept);
        assumptions.sort_by_key(|assumption| (assumption.entry, assumption.fact));
        let treatments = self.verdicts(&case)?;
        Ok(Scenario { assumptions, case, treatments })
    }

    /// If `treatment` is indicated, returns facts that force this and each indication that holds.
    fn facts_of_indications(&self, evaluation: &Evaluation, treatment: TreatmentId) -> FactSet {
        let guide = &**self.guide();
        let entry = &guide[treatment];
        if verdict(guide, entry, &evaluation.state) != Verdict::Indicated {
            return FactSet::EMPTY;
        }
        let truths = indication_truths(guide, entry, &evaluation.state);
        let holding = entry.indications.iter().zip(truths).filter(|(_, truth)| truth.is_true());
        let rules = holding.flat_map(|(indication, _)| guide.scoped(entry, indication));
        let all = rules.chain(entry.contraindications.iter().map(|contraindication| &contraindication.rule.when));
        all.map(|when| evaluation.justification.of_condition(guide, when, &evaluation.state)).fold(FactSet::EMPTY, FactSet::union)
    }

    /// Returns the verdict on every treatment.
    fn verdicts(&self, case: &Case) -> Result<Vec<ScenarioTreatment>, Contradiction> {
        let guide = &**self.guide();
        let evaluation = self.evaluation(case)?;
        let of_treatment = |index: usize| {
            let treatment = &guide.treatments[index];
            let indications: Vec<Truth> = indication_truths(guide, treatment, &evaluation.state).collect();
            let verdict = verdict(guide, treatment, &evaluation.state);
            let reason = match verdict {
                Verdict::Indicated => self.reason(&evaluation, index, verdict, &indications),
                _ => Vec::new(),
            };
            let standing = standing(guide, treatment, verdict, &indications);
            ScenarioTreatment { treatment: TreatmentId::new(index), verdict, standing, indications, reason }
        };
        let mut treatments: Vec<ScenarioTreatment> = (0..guide.treatments.len()).map(of_treatment).collect();
        let mut standings: Vec<Option<Standing>> = treatments.iter().map(|entry| entry.standing).collect();
        self.limit_techniques(&mut standings);
        treatments.iter_mut().zip(standings).for_each(|(entry, standing)| entry.standing = standing);
        Ok(treatments)
    }
}

/// Returns the unknown facts that could settle a verdict.
pub(crate) fn relevant_facts(open: &Advice) -> FactSet {
    open.treatments.iter().flat_map(|entry| &entry.missing).map(|missing| missing.fact).collect()
}

/// Returns the facts that keep `treatment` from being indicated: those that force or leave open each indication that doesn't hold, and each
/// contraindication that isn't ruled out.
pub(crate) fn blocking_facts(advisor: &Advisor, evaluation: &Evaluation, treatment: TreatmentId) -> FactSet {
    let guide = &**advisor.guide();
    let (entry, state) = (&guide[treatment], &evaluation.state);
    let facts = |when| match truth(when, state) {
        Truth::Unknown => evaluation.justification.open_facts(when, state),
        Truth::True | Truth::False => evaluation.justification.of_condition(guide, when, state),
    };
    let parts = entry.indications.iter().flat_map(|indication| guide.scoped(entry, indication));
    let failing = parts.filter(|when| !truth(when, state).is_true());
    let contraindications = entry.contraindications.iter().map(|contraindication| &contraindication.rule.when);
    let ruling_out = contraindications.filter(|when| !truth(when, state).is_false());
    failing.chain(ruling_out).map(facts).fold(FactSet::EMPTY, FactSet::union)
}
