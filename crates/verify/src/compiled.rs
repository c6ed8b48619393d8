//! The rules of a guide as decision diagrams.

use sarcoguide_model::{Condition, Guide, RulePlace, Standing, TreatmentId, Verdict};

use crate::finding::Subject;
use crate::rules::Rules;
use crate::set::{Bounded, Limits, Set};
use crate::space::Space;

/// A guide whose rules are converted to sets of complete cases, except for rules whose sets are too large.
#[derive(Debug)]
pub(crate) struct Compiled<'g> {
    pub guide: &'g Guide,
    rules: Rules,
    /// The possible cases: the complete cases that break no constraint. Constraints in `left_out` are ignored.
    pub cases: Set,
    /// The indexes of the constraints that are ignored, because the set of possible cases would be too large with them.
    pub left_out: Vec<usize>,
    /// The possible cases that the guide covers.
    pub scope: Bounded<Set>,
    pub treatments: Vec<CompiledTreatment>,
}

/// The cases in which a treatment's indications and contraindications hold.
#[derive(Debug)]
pub(crate) struct CompiledTreatment {
    /// For each indication, the possible cases in which it holds. Unless the treatment has `any_scope`, these are only cases in
    /// scope.
    pub indications: Vec<Bounded<Set>>,
    /// The possible cases in which at least one indication holds.
    pub indicated: Bounded<Set>,
    /// The possible cases in which at least one indication outside of clinical trials holds. Empty if the treatment is withdrawn.
    pub offered: Bounded<Set>,
    /// For each contraindication, the possible cases in which it holds, whether or not the treatment is indicated.
    pub contraindications: Vec<Bounded<Set>>,
    /// The possible cases in which at least one contraindication holds.
    pub contraindicated: Bounded<Set>,
}

impl<'g> Compiled<'g> {
    pub fn of(guide: &'g Guide, limits: Limits) -> Bounded<Self> {
        Self::within(guide, Space::of(&[guide], limits)?)
    }

    /// Compiles the rules of `guide`. `space` must be a space of this guide's facts.
    pub fn within(guide: &'g Guide, space: Space) -> Bounded<Self> {
        let mut cases = space.stated(space.facts()).map_err(|why| why.below(Subject::Guide))?;
        let mut left_out = Vec::new();
        // A case that breaks a soft constraint is possible.
        for (place, constraint) in guide.hard_constraints() {
            match space.keeping(&cases, constraint).and_then(Set::shared) {
                Ok(fewer) => cases = fewer,
                Err(_) => left_out.push(place),
            }
        }
        let (scope, rules) = (Ok(space.none()), Rules::new(guide, space));
        let mut compiled = Self { guide, rules, cases, left_out, scope, treatments: Vec::new() };
        compiled.scope = compiled.at(RulePlace::Scope, compiled.possible(&guide.scope.when));
        for index in 0..guide.treatments.len() {
            let treatment = compiled.treatment(TreatmentId::new(index));
            compiled.treatments.push(treatment);
        }
        Ok(compiled)
    }

    fn treatment(&self, id: TreatmentId) -> CompiledTreatment {
        let treatment = &self.guide[id];
        let indication = |condition| {
            let rule = self.possible(condition)?;
            if treatment.any_scope { Ok(rule) } else { self.scope()?.and(&rule) }
        };
        let places = treatment.indications.iter().enumerate();
        let indications: Vec<Bounded<Set>> =
            places.map(|(place, entry)| self.at(RulePlace::Indication(id, place), indication(&entry.rule.when))).collect();
        let places = treatment.contraindications.iter().enumerate();
        let contraindications: Vec<Bounded<Set>> = places
            .map(|(place, entry)| self.at(RulePlace::Contraindication(id, place), self.possible(&entry.rule.when)))
            .collect();
        let any = |sets: Vec<&Bounded<Set>>| {
            let sets: Vec<&Set> = sets.into_iter().map(|set| set.as_ref().map_err(|why| *why)).collect::<Bounded<_>>()?;
            self.space().any(sets).and_then(Set::kept).map_err(|why| why.below(Subject::Treatment(id)))
        };
        let beyond_trials = treatment.indications.iter().zip(&indications);
        let beyond_trials = beyond_trials.filter(|(entry, _)| self.guide.standing(entry) != Standing::TrialOnly);
        let offered = beyond_trials.filter(|_| !treatment.is_withdrawn()).map(|(_, set)| set);
        let (indicated, offered) = (any(indications.iter().collect()), any(offered.collect()));
        let contraindicated = any(contraindications.iter().collect());
        CompiledTreatment { indications, indicated, offered, contraindications, contraindicated }
    }

    pub fn space(&self) -> &Space {
        &self.rules.space
    }

    /// Returns `set` if it's small enough to be kept. If not, returns an error about the rule at `place`.
    fn at(&self, place: RulePlace, set: Bounded<Set>) -> Bounded<Set> {
        set.and_then(Set::kept).map_err(|why| why.below(Subject::Rule(place)))
    }

    /// Returns the possible cases that the guide covers.
    pub fn scope(&self) -> Bounded<&Set> {
        self.scope.as_ref().map_err(|why| *why)
    }

    /// Returns the possible cases in which at least one indication of a treatment holds.
    pub fn indicated(&self, treatment: TreatmentId) -> Bounded<&Set> {
        self.treatments[treatment.index()].indicated.as_ref().map_err(|why| *why)
    }

    /// Returns the possible cases in which a treatment is indicated outside of clinical trials and isn't contraindicated.
    pub fn can_be_given(&self, treatment: TreatmentId) -> Bounded<Set> {
        let offered = self.treatments[treatment.index()].offered.as_ref().map_err(|why| *why)?;
        offered.and_not(self.contraindicated(treatment)?)
    }

    /// Returns the possible cases in which at least one contraindication of a treatment holds.
    pub fn contraindicated(&self, treatment: TreatmentId) -> Bounded<&Set> {
        self.treatments[treatment.index()].contraindicated.as_ref().map_err(|why| *why)
    }

    /// Returns the cases, possible or not, in which a condition holds.
    pub fn condition(&self, condition: &Condition) -> Bounded<Set> {
        self.rules.condition(condition)
    }

    /// Returns the possible cases in which a condition holds.
    pub fn possible(&self, condition: &Condition) -> Bounded<Set> {
        self.condition(condition)?.and(&self.cases)
    }

    /// Returns the possible cases in which a rule applies: it holds, and if it belongs to a treatment, an indication of the
    /// treatment holds.
    pub fn cases_of_rule(&self, place: RulePlace) -> Bounded<Set> {
        if let RulePlace::Indication(treatment, index) = place {
            return self.treatments[treatment.index()].indications[index].clone();
        }
        let holds = self.guide.rule(place).map_or_else(|| Ok(self.space().none()), |rule| self.possible(&rule.when))?;
        match place.treatment() {
            Some(treatment) => holds.and(self.indicated(treatment)?),
            None => Ok(holds),
        }
    }

    /// Returns the possible cases in which a treatment has `verdict`. In complete cases, no verdict is `Possible`. A withdrawn
    /// treatment is `Unavailable` in every case, whether or not it was indicated.
    pub fn verdict(&self, treatment: TreatmentId, verdict: Verdict) -> Bounded<Set> {
        if self.guide[treatment].is_withdrawn() {
            return Ok(if verdict == Verdict::Unavailable { self.cases.clone() } else { self.space().none() });
        }
        match verdict {
            Verdict::Possible | Verdict::Unavailable => Ok(self.space().none()),
            Verdict::NotIndicated => self.cases.and_not(self.indicated(treatment)?),
            Verdict::Contraindicated => self.indicated(treatment)?.and(self.contraindicated(treatment)?),
            Verdict::Indicated => self.indicated(treatment)?.and_not(self.contraindicated(treatment)?),
        }
    }
}
