use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use sarcoguide_model::{
    Advice, Case, Condition, Constraint, Contradiction, DerivedAdvice, DerivedId, FactId, FactValue, Guide, Indication, Missing,
    NextQuestion, Rule, ScopeAdvice, Standing, Treatment, TreatmentAdvice, TreatmentId, Truth, ValueSet, Verdict,
};

use crate::answers::{AnswerClasses, answer_classes};
use crate::dependencies::Dependencies;
use crate::doubts::{doubts, unused};
use crate::evaluate::{Facts, Knowledge, State, any, constraints, decide, indication_truths, standing, truth};
use crate::evaluation::{Blank, Evaluation};
use crate::explain::Justification;
use crate::fact_set::{FactSet, only};
use crate::hypothetical::Hypothetical;
use crate::questions::{Questions, next_questions, weigh};

/// Evaluates cases with one guide. It prepares the guide once, so evaluating many cases is faster than with
/// [`advise`](crate::advise).
#[derive(Debug)]
pub struct Advisor {
    guide: Arc<Guide>,
    /// What can be derived about a case that states nothing, if no soft constraint is ignored.
    blank: Blank,
    dependencies: Dependencies,
    /// For each treatment, the possible answers to each fact, grouped into classes. The treatment's rules don't distinguish the
    /// answers in a class.
    answer_classes: Vec<AnswerClasses>,
}

impl Advisor {
    /// Prepares `guide` for evaluating cases.
    #[must_use]
    pub fn new(guide: impl Into<Arc<Guide>>) -> Self {
        let shared = guide.into();
        let guide = &*shared;
        Self {
            blank: Blank::of(guide, &[]),
            dependencies: Dependencies::of(guide),
            answer_classes: guide.treatments.iter().map(|treatment| answer_classes(guide, rules_of(guide, treatment))).collect(),
            guide: shared,
        }
    }

    /// Returns the guide that this advisor evaluates cases with.
    #[must_use]
    pub fn guide(&self) -> &Arc<Guide> {
        &self.guide
    }

    /// Returns everything that the guide says about `case`, without scenarios. [`answer`](Self::answer) adds them.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn advise(&self, case: &Case) -> Result<Advice, Contradiction> {
        let evaluation = self.evaluation(case)?;
        let mut treatments: Vec<_> = (0..self.guide.treatments.len()).map(|index| self.treatment(&evaluation, index)).collect();
        let mut standings: Vec<Option<Standing>> = treatments.iter().map(|advice| advice.standing).collect();
        self.limit_techniques(&mut standings);
        treatments.iter_mut().zip(standings).for_each(|(advice, standing)| advice.standing = standing);
        weigh(
            &self.guide,
            &self.answer_classes,
            Hypothetical::new(&self.guide, &self.dependencies, &evaluation.state),
            &mut treatments,
        );
        Ok(Advice {
            scope: self.scope(&evaluation),
            doubts: doubts(&evaluation, case),
            unused: unused(&evaluation, case),
            implied: (0..self.guide.facts.len())
                .map(FactId::new)
                .filter(|fact| case.get(*fact) == FactValue::Unknown && evaluation.state.facts[*fact].possible.len() == 1)
                .collect(),
            no_treatment_indicated: self
                .guide
                .no_treatment_indicated
                .iter()
                .map(|entry| truth(&entry.rule.when, &evaluation.state))
                .collect(),
            team_questions: self.team_questions(&evaluation.state),
            derived: (0..self.guide.derived.len()).map(|index| self.derived(&evaluation, index)).collect(),
            next_questions: next_questions(&treatments),
            scenarios: Vec::new(),
            rare: Vec::new(),
            treatments,
        })
    }

    /// Returns whether the condition of each question for the team holds.
    pub(crate) fn team_questions(&self, state: &State) -> Vec<Truth> {
        let questions = self.guide.team_questions.iter();
        questions.map(|question| question.rule.as_ref().map_or(Truth::True, |rule| truth(&rule.when, state))).collect()
    }

    /// Returns the questions that could settle a verdict, the most decisive first, as in [`Advice::next_questions`]. The list is empty if every
    /// verdict is decided. Unlike [`interview_questions`](Self::interview_questions), this ignores the order of the interview.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn next_questions(&self, case: &Case) -> Result<Vec<NextQuestion>, Contradiction> {
        self.advise(case).map(|advice| advice.next_questions)
    }

    /// Returns the facts that could still help to settle a verdict, and those that an interview asks about now. `asked` is the set of facts that
    /// the person was already asked about.
    ///
    /// # Errors
    ///
    /// If facts of the case contradict each other.
    pub fn interview_questions(&self, case: &Case, asked: FactSet) -> Result<Questions, Contradiction> {
        let state = State::of(&self.guide, case).map_err(|constraint| self.contradiction(case, constraint))?;
        let justification = Justification::of(&self.guide, case, &Facts::stated(&self.guide, case), &state);
        Ok(Questions::of(&self.guide, &justification, &state, asked))
    }

    /// Evaluates `case`.
    pub(crate) fn evaluation<'a>(&'a self, case: &'a Case) -> Result<Evaluation<'a>, Contradiction> {
        let state = State::of(&self.guide, case).map_err(|constraint| self.contradiction(case, constraint))?;
        let stated = Facts::stated(&self.guide, case);
        let ignored = state.ignored_constraints();
        Ok(Evaluation {
            case,
            facts: case.stated().collect(),
            justification: Justification::of(&self.guide, case, &stated, &state),
            stated,
            active_constraints: constraints(&self.guide, ignored)
                .filter(|(_, constraint)| is_active(constraint, &state))
                .map(|(index, _)| index)
                .collect(),
            guide: &self.guide,
            dependencies: &self.dependencies,
            blank: if ignored.is_empty() { Cow::Borrowed(&self.blank) } else { Cow::Owned(Blank::of(&self.guide, ignored)) },
            less: RefCell::default(),
            state,
        })
    }

    /// Returns, for each fact that the rules of `treatment` use, the classes of answers that they distinguish.
    pub(crate) fn answer_classes(&self, treatment: TreatmentId) -> &AnswerClasses {
        &self.answer_classes[treatment.index()]
    }

    pub(crate) fn dependencies(&self) -> &Dependencies {
        &self.dependencies
    }

    /// Explains why `case` breaks the constraint with the index `constraint`. The result can name another broken constraint.
    fn contradiction(&self, case: &Case, constraint: usize) -> Contradiction {
        let state_of = |facts: FactSet| State::of(&self.guide, &only(case, facts));
        let mut constraint = constraint;
        let mut kept: FactSet = case.stated().collect();
        // Try to remove the facts of the broken constraint last, so that the explanation is about them.
        let named: FactSet = self.guide.constraints[constraint].mutually_exclusive.iter().filter_map(Condition::fact).collect();
        let (last, first): (Vec<FactId>, Vec<FactId>) = kept.iter().partition(|fact| named.contains(*fact));
        for fact in first.into_iter().chain(last) {
            if let Err(index) = state_of(kept.without(fact)) {
                constraint = index;
                kept = kept.without(fact);
            }
        }
        Contradiction { constraint, facts: kept.iter().collect() }
    }

    fn scope(&self, evaluation: &Evaluation) -> ScopeAdvice {
        let guide = &*self.guide;
        let when = &guide.scope.when;
        let covered = truth(when, &evaluation.state);
        let entries = |wanted: Truth| {
            let all = guide.out_of_scope.iter().enumerate();
            all.filter(|(_, entry)| truth(&entry.rule.when, &evaluation.state) == wanted).map(|(index, _)| index).collect()
        };
        ScopeAdvice {
            covered,
            outside: entries(Truth::True),
            open: entries(Truth::Unknown),
            reason: if covered.is_decided() {
                let enough = evaluation.justification.of_condition(guide, when, &evaluation.state);
                let same = |hypothetical: &Hypothetical| truth(when, hypothetical) == covered;
                evaluation.minimal(enough, truth(when, &evaluation.blank.state) == covered, same).iter().collect()
            } else {
                Vec::new()
            },
            missing: evaluation.justification.open_facts(when, &evaluation.state).iter().collect(),
        }
    }

    fn derived(&self, evaluation: &Evaluation, index: usize) -> DerivedAdvice {
        let guide = &*self.guide;
        let rows = &guide.derived[index].rows;
        let possible = evaluation.state.derived[index];
        let decided = possible.len() == 1;
        let conditions = rows.iter().map(|row| &row.rule.when);
        DerivedAdvice {
            derived: DerivedId::new(index),
            possible,
            row: rows.iter().position(|row| decided && truth(&row.rule.when, &evaluation.state).is_true()),
            reason: if decided {
                let ruled_out = rows.iter().filter(|row| !possible.contains(row.value)).map(|row| &row.rule.when);
                let enough = ruled_out
                    .map(|when| evaluation.justification.of_condition(guide, when, &evaluation.state))
                    .fold(FactSet::EMPTY, FactSet::union);
                let same = |hypothetical: &Hypothetical| hypothetical.derived(DerivedId::new(index)) == possible;
                evaluation.minimal(enough, evaluation.blank.state.derived[index] == possible, same).iter().collect()
            } else {
                Vec::new()
            },
            missing: if decided {
                Vec::new()
            } else {
                conditions
                    .map(|when| evaluation.justification.open_facts(when, &evaluation.state))
                    .fold(FactSet::EMPTY, FactSet::union)
                    .iter()
                    .collect()
            },
        }
    }

    /// Limits each technique's standing to the best standing among the treatments that it's a technique of. `standings` has one for each treatment.
    pub(crate) fn limit_techniques(&self, standings: &mut [Option<Standing>]) {
        let limits: Vec<Option<Standing>> = (self.guide.treatments.iter())
            .map(|treatment| treatment.technique_of.iter().filter_map(|whole| standings[whole.index()]).min())
            .collect();
        for (standing, limit) in standings.iter_mut().zip(limits) {
            *standing = standing.map(|own| limit.map_or(own, |limit| own.max(limit)));
        }
    }

    fn treatment(&self, evaluation: &Evaluation, index: usize) -> TreatmentAdvice {
        let guide = &*self.guide;
        let treatment = &guide.treatments[index];
        let state = &evaluation.state;
        let of = |rule: &Option<Rule>| rule.as_ref().map_or(Truth::True, |rule| truth(&rule.when, state));
        let indications: Vec<Truth> = indication_truths(guide, treatment, state).collect();
        let contraindications =
            treatment.contraindications.iter().map(|entry| truth(&entry.rule.when, state)).collect::<Vec<_>>();
        let indicated = any(indications.iter().copied());
        let verdict = decide(treatment, indicated, any(contraindications.iter().copied()));
        let modality = guide[treatment.modality].declined.as_ref();
        let given = treatment.given.map(|fact| evaluation.case.get(fact));
        TreatmentAdvice {
            treatment: TreatmentId::new(index),
            verdict,
            standing: standing(guide, treatment, verdict, &indications),
            given: given.and_then(|value| if let FactValue::Value(index) = value { Some(usize::from(index)) } else { None }),
            ongoing_in: guide.ongoing_in(TreatmentId::new(index), evaluation.case),
            former_indication: treatment.is_withdrawn().then_some(indicated),
            precautions: treatment.precautions.iter().map(|entry| truth(&entry.rule.when, state)).collect(),
            effects: treatment.effects.iter().map(|entry| of(&entry.rule)).collect(),
            outcomes: treatment.outcomes.iter().map(|entry| of(&entry.rule)).collect(),
            administrations: treatment.administrations.iter().map(|entry| of(&entry.rule)).collect(),
            declined: any(modality.into_iter().chain(&treatment.declined).map(|rule| truth(&rule.when, state))),
            reason: if verdict.is_decided() { self.reason(evaluation, index, verdict, &indications) } else { Vec::new() },
            missing: if verdict.is_decided() { Vec::new() } else { self.missing(evaluation, index) },
            indications,
            contraindications,
        }
    }

    /// Returns stated facts that force the verdict `decided`. The set isn't always minimal. `indications` holds the truth of each indication.
    fn enough(&self, evaluation: &Evaluation, index: usize, decided: Verdict, indications: &[Truth]) -> FactSet {
        let guide = &*self.guide;
        let treatment = &guide.treatments[index];
        let state = &evaluation.state;
        let justification = |when: &Condition| evaluation.justification.of_condition(guide, when, state);
        let contraindications = || treatment.contraindications.iter().map(|entry| &entry.rule.when);
        // An indication fails if its rule or the scope fails. It holds only if both hold.
        let ruled_out = |entry: &Indication| {
            let failing = guide.scoped(treatment, entry).filter(|part| truth(part, state).is_false());
            smallest(failing.map(justification))
        };
        let for_indication =
            || smallest(holding(treatment, indications).map(|entry| union_of(guide.scoped(treatment, entry).map(justification))));
        match decided {
            Verdict::NotIndicated => union_of(treatment.indications.iter().map(ruled_out)),
            Verdict::Indicated => for_indication().union(union_of(contraindications().map(justification))),
            Verdict::Contraindicated => for_indication()
                .union(smallest(contraindications().filter(|when| truth(when, state).is_true()).map(justification))),
            // A withdrawn treatment is unavailable in every case.
            Verdict::Unavailable | Verdict::Possible => FactSet::EMPTY,
        }
    }

    /// Returns the facts that force the verdict `decided`. `indications` holds the truth of each indication.
    pub(crate) fn reason(&self, evaluation: &Evaluation, index: usize, decided: Verdict, indications: &[Truth]) -> Vec<FactId> {
        let guide = &*self.guide;
        let treatment = &guide.treatments[index];
        let enough = self.enough(evaluation, index, decided, indications);
        // If fewer facts are stated, no other indication can become true. So only the indications that hold now matter.
        let holding: Vec<&Indication> = holding(treatment, indications).collect();
        let contraindications = || treatment.contraindications.iter().map(|entry| &entry.rule.when);
        let all_hold = |entry: &Indication, hypothetical: &Hypothetical| {
            guide.scoped(treatment, entry).all(|part| truth(part, hypothetical).is_true())
        };
        let indicated = |hypothetical: &Hypothetical| holding.iter().any(|entry| all_hold(entry, hypothetical));
        let forced = |hypothetical: &Hypothetical| match decided {
            Verdict::Indicated => indicated(hypothetical) && contraindications().all(|when| truth(when, hypothetical).is_false()),
            Verdict::Contraindicated => {
                indicated(hypothetical) && contraindications().any(|when| truth(when, hypothetical).is_true())
            }
            Verdict::NotIndicated => (treatment.indications.iter())
                .all(|entry| guide.scoped(treatment, entry).any(|part| truth(part, hypothetical).is_false())),
            Verdict::Unavailable | Verdict::Possible => true,
        };
        let from_nothing = evaluation.blank.verdicts[index] == decided;
        evaluation.minimal(enough, from_nothing, forced).iter().collect()
    }

    /// Returns the facts that could settle a `Possible` verdict. Their `settles` values are 0 for now. `weigh` computes them later,
    /// for all treatments together.
    fn missing(&self, evaluation: &Evaluation, index: usize) -> Vec<Missing> {
        let guide = &*self.guide;
        let treatment = &guide.treatments[index];
        let open = |when: &Condition| evaluation.justification.open_facts(when, &evaluation.state);
        // The verdict depends on the scope, the indications and the contraindications. Once the rule of one indication holds, the
        // other indications don't matter.
        let mut facts = if treatment.any_scope { FactSet::EMPTY } else { open(&guide.scope.when) };
        let rules = || treatment.indications.iter().map(|indication| &indication.rule.when);
        if !rules().any(|when| truth(when, &evaluation.state).is_true()) {
            facts = rules().map(open).fold(facts, FactSet::union);
        }
        facts = treatment.contraindications.iter().map(|entry| open(&entry.rule.when)).fold(facts, FactSet::union);
        facts.iter().map(|fact| Missing { fact, settles: 0.0 }).collect()
    }

    /// Whether `case` states `fact` as precisely as possible. A value that covers more specific values isn't precise enough, even if no rule
    /// distinguishes them, and neither is an interval.
    #[must_use]
    pub fn is_settled(&self, case: &Case, fact: FactId) -> bool {
        match case.get(fact) {
            FactValue::Unknown | FactValue::Between(_) => false,
            FactValue::Number(_) => true,
            FactValue::Value(index) => self.guide[fact]
                .domain
                .values()
                .get(usize::from(index))
                .is_some_and(|value| value.covers == ValueSet::only(usize::from(index))),
        }
    }
}

/// Returns the conditions that the verdict on a treatment depends on.
fn rules_of<'a>(guide: &'a Guide, treatment: &'a Treatment) -> impl Iterator<Item = &'a Condition> {
    let indications = treatment.indications.iter().flat_map(|indication| guide.scoped(treatment, indication));
    indications.chain(treatment.contraindications.iter().map(|entry| &entry.rule.when))
}

/// Returns the indications that hold.
fn holding<'a>(treatment: &'a Treatment, indications: &'a [Truth]) -> impl Iterator<Item = &'a Indication> {
    treatment.indications.iter().zip(indications).filter(|(_, truth)| truth.is_true()).map(|(entry, _)| entry)
}

fn smallest(sets: impl Iterator<Item = FactSet>) -> FactSet {
    sets.min_by_key(|set| set.len()).unwrap_or_default()
}

fn union_of(sets: impl Iterator<Item = FactSet>) -> FactSet {
    sets.fold(FactSet::EMPTY, FactSet::union)
}

/// Whether all conditions of a constraint hold, or all except one. Only then can the constraint narrow a fact.
fn is_active(constraint: &Constraint, state: &State) -> bool {
    constraint.mutually_exclusive.iter().filter(|part| !truth(part, state).is_true()).count() <= 1
}
