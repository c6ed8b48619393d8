use std::cell::RefCell;
use std::collections::BTreeMap;

use sarcoguide_model::{
    Advice, Case, Condition, Constraint, Contradiction, DerivedAdvice, DerivedId, FactId, Guide, Indication, Known, Missing,
    NextQuestion, Rule, ScopeAdvice, Standing, Treatment, TreatmentAdvice, TreatmentId, Truth, ValueSet, Verdict,
};

use crate::answers::{Answers, answers_of};
use crate::evaluate::{Facts, Knowledge, State, any, decide, indication_truths, standing, truth, verdict};
use crate::explain::{Grounds, minimal};
use crate::fact_set::FactSet;
use crate::questions::{Questions, next_questions, weigh};
use crate::reason::only;
use crate::ties::{Ties, fact_of};
use crate::trial::Trial;

/// A guide made ready to answer many cases.
#[derive(Debug)]
pub struct Advisor<'g> {
    guide: &'g Guide,
    /// Nothing known.
    blank: State,
    /// The verdicts when nothing is known.
    verdicts_of_nothing: Vec<Verdict>,
    ties: Ties,
    /// For each treatment, the answers that its rules tell apart.
    answers: Vec<Answers>,
}

/// One case with what follows from it.
pub(crate) struct Sitting<'a> {
    /// The facts that it states.
    pub facts: FactSet,
    /// What it says and nothing more.
    pub stated: Facts,
    /// What it says with what follows from it.
    pub state: State,
    /// The constraints that act on the case, or would if one fact less were stated: on a part of the case no others can act.
    pub live: Vec<usize>,
    advisor: &'a Advisor<'a>,
    /// What would be if only these facts were stated, as far as it was asked: many treatments rest on the same few.
    less: RefCell<BTreeMap<FactSet, Trial<'a>>>,
    grounds: Grounds,
}

impl<'a> Sitting<'a> {
    /// Whether something is forced if of the case only the facts in `kept` are stated.
    pub fn stating(&self, kept: FactSet, forced: impl Fn(&Trial) -> bool) -> bool {
        let mut less = self.less.borrow_mut();
        forced(less.entry(kept).or_insert_with(|| self.only(kept)))
    }

    fn only(&self, kept: FactSet) -> Trial<'a> {
        let Advisor { guide, ties, blank, .. } = self.advisor;
        Trial::with(guide, ties, blank, (kept, &self.stated), &self.live)
    }
}

impl<'g> Advisor<'g> {
    /// Makes `guide` ready.
    #[must_use]
    pub fn new(guide: &'g Guide) -> Self {
        let rules = |treatment: &'g Treatment| {
            let indications = treatment.indications.iter().flat_map(|indication| guide.scoped(treatment, indication));
            indications.chain(treatment.contraindications.iter().map(|entry| &entry.rule.when))
        };
        let nothing = Case::unknown(guide.facts.len());
        // A guide whose constraints are broken by nothing at all would refuse every case; then no verdict is asked for either.
        let blank = State::of(guide, &nothing).unwrap_or_else(|_| State::with_derived(guide, Facts::stated(guide, &nothing)));
        Self {
            guide,
            verdicts_of_nothing: guide.treatments.iter().map(|treatment| verdict(guide, treatment, &blank)).collect(),
            blank,
            ties: Ties::of(guide),
            answers: guide.treatments.iter().map(|treatment| answers_of(guide, rules(treatment))).collect(),
        }
    }

    /// The guide that it answers with.
    #[must_use]
    pub fn guide(&self) -> &'g Guide {
        self.guide
    }

    /// Everything that the guide says about `case`.
    ///
    /// # Errors
    ///
    /// If the case states facts that the guide says cannot hold together.
    pub fn advise(&self, case: &Case) -> Result<Advice, Contradiction> {
        let state = State::of(self.guide, case).map_err(|constraint| self.contradiction(case, constraint))?;
        let stated = Facts::stated(self.guide, case);
        let sitting = Sitting {
            facts: case.stated().collect(),
            grounds: Grounds::of(self.guide, case, &stated, &state),
            stated,
            live: (0..self.guide.constraints.len())
                .filter(|place| at_most_one_open(&self.guide.constraints[*place], &state))
                .collect(),
            advisor: self,
            less: RefCell::default(),
            state,
        };
        let mut treatments: Vec<_> = (0..self.guide.treatments.len()).map(|index| self.treatment(&sitting, index)).collect();
        self.limit_techniques(&mut treatments);
        weigh(self.guide, &self.answers, Trial::new(self.guide, &self.ties, &sitting.state), &mut treatments);
        Ok(Advice {
            scope: self.scope(&sitting),
            implied: (0..self.guide.facts.len())
                .map(FactId::new)
                .filter(|fact| case.get(*fact) == Known::Unknown && sitting.state.facts[*fact].possible.len() == 1)
                .collect(),
            nothing_due: self.guide.nothing_due.iter().map(|entry| truth(&entry.rule.when, &sitting.state)).collect(),
            derived: (0..self.guide.derived.len()).map(|index| self.derived(&sitting, index)).collect(),
            next_questions: next_questions(&treatments),
            treatments,
        })
    }

    /// What to ask next, what settles most first; empty when nothing is open.
    ///
    /// # Errors
    ///
    /// If the case states facts that the guide says cannot hold together.
    pub fn relevant_questions(&self, case: &Case) -> Result<Vec<NextQuestion>, Contradiction> {
        self.advise(case).map(|advice| advice.next_questions)
    }

    /// What can be asked of a person: what could still matter, and what is worth asking now, given the facts that were `asked` already.
    ///
    /// # Errors
    ///
    /// If the case states facts that the guide says cannot hold together.
    pub fn questions(&self, case: &Case, asked: FactSet) -> Result<Questions, Contradiction> {
        let state = State::of(self.guide, case).map_err(|constraint| self.contradiction(case, constraint))?;
        let grounds = Grounds::of(self.guide, case, &Facts::stated(self.guide, case), &state);
        Ok(Questions::of(self.guide, &grounds, &state, asked))
    }

    fn contradiction(&self, case: &Case, constraint: usize) -> Contradiction {
        let broken = |facts: FactSet| State::of(self.guide, &only(case, facts));
        let mut constraint = constraint;
        let mut kept: FactSet = case.stated().collect();
        // The facts that the broken constraint names are tried last, so that the explanation is about them.
        let named: FactSet = self.guide.constraints[constraint].never.iter().filter_map(fact_of).collect();
        let (last, first): (Vec<FactId>, Vec<FactId>) = kept.iter().partition(|fact| named.contains(*fact));
        for fact in first.into_iter().chain(last) {
            if let Err(index) = broken(kept.without(fact)) {
                constraint = index;
                kept = kept.without(fact);
            }
        }
        Contradiction { constraint, facts: kept.iter().collect() }
    }

    fn scope(&self, sitting: &Sitting) -> ScopeAdvice {
        let guide = self.guide;
        let when = &guide.scope.when;
        let covered = truth(when, &sitting.state);
        let kinds = |wanted: Truth| {
            let kinds = guide.out_of_scope.iter().enumerate();
            kinds.filter(|(_, entry)| truth(&entry.rule.when, &sitting.state) == wanted).map(|(index, _)| index).collect()
        };
        ScopeAdvice {
            covered,
            outside: kinds(Truth::True),
            open: kinds(Truth::Unknown),
            reason: if covered.is_decided() {
                let enough = sitting.grounds.of_condition(guide, when, &sitting.state);
                let same = |trial: &Trial| truth(when, trial) == covered;
                minimal(sitting, enough, truth(when, &self.blank) == covered, same).iter().collect()
            } else {
                Vec::new()
            },
            missing: sitting.grounds.open_facts(when, &sitting.state).iter().collect(),
        }
    }

    fn derived(&self, sitting: &Sitting, index: usize) -> DerivedAdvice {
        let guide = self.guide;
        let rows = &guide.derived[index].rows;
        let possible = sitting.state.derived[index];
        let decided = possible.len() == 1;
        let conditions = rows.iter().map(|row| &row.rule.when);
        DerivedAdvice {
            derived: DerivedId::new(index),
            possible,
            row: rows.iter().position(|row| decided && truth(&row.rule.when, &sitting.state).is_true()),
            reason: if decided {
                let ruled_out = rows.iter().filter(|row| !possible.contains(row.value)).map(|row| &row.rule.when);
                let enough = ruled_out
                    .map(|when| sitting.grounds.of_condition(guide, when, &sitting.state))
                    .fold(FactSet::EMPTY, FactSet::union);
                let same = |trial: &Trial| trial.derived(DerivedId::new(index)) == possible;
                minimal(sitting, enough, self.blank.derived[index] == possible, same).iter().collect()
            } else {
                Vec::new()
            },
            missing: if decided {
                Vec::new()
            } else {
                conditions
                    .map(|when| sitting.grounds.open_facts(when, &sitting.state))
                    .fold(FactSet::EMPTY, FactSet::union)
                    .iter()
                    .collect()
            },
        }
    }

    /// A way to give a treatment has no better standing than the best of the treatments that are given so.
    fn limit_techniques(&self, treatments: &mut [TreatmentAdvice]) {
        let limits: Vec<Option<Standing>> = (self.guide.treatments.iter())
            .map(|treatment| treatment.technique_of.iter().filter_map(|whole| treatments[whole.index()].standing).min())
            .collect();
        for (advice, limit) in treatments.iter_mut().zip(limits) {
            advice.standing = advice.standing.map(|own| limit.map_or(own, |limit| own.max(limit)));
        }
    }

    fn treatment(&self, sitting: &Sitting, index: usize) -> TreatmentAdvice {
        let guide = self.guide;
        let treatment = &guide.treatments[index];
        let state = &sitting.state;
        let of = |rule: &Option<Rule>| rule.as_ref().map_or(Truth::True, |rule| truth(&rule.when, state));
        let indications: Vec<Truth> = indication_truths(guide, treatment, state).collect();
        let contraindications =
            treatment.contraindications.iter().map(|entry| truth(&entry.rule.when, state)).collect::<Vec<_>>();
        let indicated = any(indications.iter().copied());
        let verdict = decide(treatment, indicated, any(contraindications.iter().copied()));
        let modality = guide.modalities[treatment.modality.index()].declined.as_ref();
        TreatmentAdvice {
            treatment: TreatmentId::new(index),
            verdict,
            standing: standing(guide, treatment, verdict, &indications),
            former_indication: treatment.is_withdrawn().then_some(indicated),
            precautions: treatment.precautions.iter().map(|entry| truth(&entry.rule.when, state)).collect(),
            effects: treatment.effects.iter().map(|entry| of(&entry.rule)).collect(),
            outcomes: treatment.outcomes.iter().map(|entry| of(&entry.rule)).collect(),
            administrations: treatment.administrations.iter().map(|entry| of(&entry.rule)).collect(),
            declined: any(modality.into_iter().chain(&treatment.declined).map(|rule| truth(&rule.when, state))),
            reason: if verdict.is_decided() { self.reason(sitting, index, verdict, &indications) } else { Vec::new() },
            missing: if verdict.is_decided() { Vec::new() } else { self.missing(sitting, index) },
            indications,
            contraindications,
        }
    }

    /// The facts that force a decided verdict, where the treatment's indications are so.
    fn reason(&self, sitting: &Sitting, index: usize, decided: Verdict, indications: &[Truth]) -> Vec<FactId> {
        let guide = self.guide;
        let treatment = &guide.treatments[index];
        let state = &sitting.state;
        let grounds = |when: &Condition| sitting.grounds.of_condition(guide, when, state);
        // With fewer facts no other indication comes to hold, so only those that hold now are looked at.
        let holding: Vec<&Indication> =
            treatment.indications.iter().zip(indications).filter(|(_, truth)| truth.is_true()).map(|(entry, _)| entry).collect();
        let against = || treatment.contraindications.iter().map(|entry| &entry.rule.when);
        // An indication that does not hold is ruled out by its rule or by the scope, one that holds needs both.
        let ruled_out = |entry: &Indication| {
            let outs = guide.scoped(treatment, entry).filter(|part| truth(part, state).is_false());
            fewest(outs.map(grounds))
        };
        let held_out = || fewest(holding.iter().map(|entry| together(guide.scoped(treatment, entry).map(grounds))));
        let enough = match decided {
            Verdict::NotIndicated => together(treatment.indications.iter().map(ruled_out)),
            Verdict::Indicated => held_out().union(together(against().map(grounds))),
            Verdict::Contraindicated => {
                held_out().union(fewest(against().filter(|when| truth(when, state).is_true()).map(grounds)))
            }
            // What is withdrawn is so whatever the case.
            Verdict::Unavailable | Verdict::Possible => FactSet::EMPTY,
        };
        let all_hold =
            |entry: &Indication, trial: &Trial| guide.scoped(treatment, entry).all(|part| truth(part, trial).is_true());
        let indicated = |trial: &Trial| holding.iter().any(|entry| all_hold(entry, trial));
        let forced = |trial: &Trial| match decided {
            Verdict::Indicated => indicated(trial) && against().all(|when| truth(when, trial).is_false()),
            Verdict::Contraindicated => indicated(trial) && against().any(|when| truth(when, trial).is_true()),
            Verdict::NotIndicated => (treatment.indications.iter())
                .all(|entry| guide.scoped(treatment, entry).any(|part| truth(part, trial).is_false())),
            Verdict::Unavailable | Verdict::Possible => true,
        };
        let from_nothing = self.verdicts_of_nothing[index] == decided;
        minimal(sitting, enough, from_nothing, forced).iter().collect()
    }

    /// The facts that would settle an open verdict. What share of their answers does is worked out for all treatments together.
    fn missing(&self, sitting: &Sitting, index: usize) -> Vec<Missing> {
        let guide = self.guide;
        let treatment = &guide.treatments[index];
        let open = |when: &Condition| sitting.grounds.open_facts(when, &sitting.state);
        // The scope and the rules must both be settled; one rule that holds settles the rules.
        let mut facts = if treatment.any_scope { FactSet::EMPTY } else { open(&guide.scope.when) };
        let rules = || treatment.indications.iter().map(|indication| &indication.rule.when);
        if !rules().any(|when| truth(when, &sitting.state).is_true()) {
            facts = rules().map(open).fold(facts, FactSet::union);
        }
        facts = treatment.contraindications.iter().map(|entry| open(&entry.rule.when)).fold(facts, FactSet::union);
        facts.iter().map(|fact| Missing { fact, settles: 0.0 }).collect()
    }

    /// Whether `case` states of `fact` all that can be stated.
    #[must_use]
    pub fn is_settled(&self, case: &Case, fact: FactId) -> bool {
        match case.get(fact) {
            Known::Unknown => false,
            Known::Number(_) => true,
            Known::Value(index) => self.guide.facts[fact.index()]
                .domain
                .values()
                .get(usize::from(index))
                .is_some_and(|value| value.covers == ValueSet::only(usize::from(index))),
        }
    }
}

fn fewest(sets: impl Iterator<Item = FactSet>) -> FactSet {
    sets.min_by_key(|set| set.len()).unwrap_or_default()
}

fn together(sets: impl Iterator<Item = FactSet>) -> FactSet {
    sets.fold(FactSet::EMPTY, FactSet::union)
}

/// Whether all conditions of a constraint hold but one at most.
fn at_most_one_open(constraint: &Constraint, state: &State) -> bool {
    constraint.never.iter().filter(|part| !truth(part, state).is_true()).count() <= 1
}
