//! The rules of a guide as decision diagrams.

use biodivine_lib_bdd::Bdd;
use sarcoguide_model::{Condition, Guide, Indication, RulePlace, Standing, TreatmentId, Verdict};

use crate::space::Space;

/// A guide whose rules are sets of cases.
#[derive(Debug)]
pub(crate) struct Compiled<'g> {
    pub guide: &'g Guide,
    pub space: Space,
    /// The cases that break no constraint.
    pub cases: Bdd,
    /// For each derived fact, for each value, the cases in which a row gives it.
    derived: Vec<Vec<Bdd>>,
    /// The possible cases that the guide covers.
    pub scope: Bdd,
    pub treatments: Vec<CompiledTreatment>,
}

/// When a treatment is held out and when something speaks against it.
#[derive(Debug)]
pub(crate) struct CompiledTreatment {
    /// For each indication, the possible cases in which it holds, the guide's scope included.
    pub indications: Vec<Bdd>,
    /// Any of them.
    pub indicated: Bdd,
    /// Any of those that reach beyond clinical trials; none where the treatment is withdrawn.
    pub offered: Bdd,
    /// For each contraindication, the possible cases in which it holds, indicated or not.
    pub contraindications: Vec<Bdd>,
    /// Any of them.
    pub against: Bdd,
}

impl<'g> Compiled<'g> {
    pub fn of(guide: &'g Guide) -> Self {
        Self::within(guide, Space::of(&[guide]))
    }

    /// The rules in a space of the guide.
    pub fn within(guide: &'g Guide, space: Space) -> Self {
        let cases = space.within(space.facts(), guide.constraints.iter());
        let scope = space.none();
        let mut compiled = Self { guide, scope, derived: Vec::new(), treatments: Vec::new(), cases, space };
        for derived in &guide.derived {
            let mut values = vec![compiled.space.none(); derived.values.len()];
            for row in &derived.rows {
                values[row.value] = values[row.value].or(&compiled.condition(&row.rule.when));
            }
            compiled.derived.push(values);
        }
        compiled.scope = compiled.possible(&guide.scope.when);
        for treatment in &guide.treatments {
            let within = |rule| if treatment.any_scope { rule } else { compiled.scope.and(&rule) };
            let indications: Vec<Bdd> =
                treatment.indications.iter().map(|entry| within(compiled.possible(&entry.rule.when))).collect();
            let contraindications: Vec<Bdd> =
                treatment.contraindications.iter().map(|entry| compiled.possible(&entry.rule.when)).collect();
            let any = |sets: &[Bdd]| sets.iter().fold(compiled.space.none(), |any, set| any.or(set));
            let (indicated, against) = (any(&indications), any(&contraindications));
            let beyond_trials = |(entry, _): &(&Indication, &Bdd)| guide.standing(entry) != Standing::TrialOnly;
            let beyond_trials = treatment.indications.iter().zip(&indications).filter(beyond_trials);
            let offered = beyond_trials.filter(|_| !treatment.is_withdrawn());
            let offered = offered.fold(compiled.space.none(), |any, (_, set)| any.or(set));
            compiled.treatments.push(CompiledTreatment { indications, indicated, offered, contraindications, against });
        }
        compiled
    }

    /// The cases, possible or not, in which a condition holds.
    pub fn condition(&self, condition: &Condition) -> Bdd {
        match condition {
            Condition::Always => self.space.all(),
            Condition::Is { .. } | Condition::Compare { .. } => self.space.atom(condition),
            Condition::Derived { derived, values } => {
                let tables = self.derived[derived.index()].iter().enumerate();
                tables.filter(|(value, _)| values.contains(*value)).fold(self.space.none(), |any, (_, set)| any.or(set))
            }
            Condition::Not(inner) => self.condition(inner).not(),
            Condition::All(parts) => parts.iter().fold(self.space.all(), |all, part| all.and(&self.condition(part))),
            Condition::Any(parts) => parts.iter().fold(self.space.none(), |any, part| any.or(&self.condition(part))),
        }
    }

    /// The possible cases in which a condition holds.
    pub fn possible(&self, condition: &Condition) -> Bdd {
        self.condition(condition).and(&self.cases)
    }

    /// The possible cases in which a rule is heard: it holds, and the treatment that it belongs to is indicated.
    pub fn heard(&self, place: RulePlace) -> Bdd {
        if let RulePlace::Indication(treatment, index) = place {
            return self.treatments[treatment.index()].indications[index].clone();
        }
        let holds = self.guide.rule(place).map_or_else(|| self.space.none(), |rule| self.possible(&rule.when));
        match place.treatment() {
            Some(treatment) => holds.and(&self.treatments[treatment.index()].indicated),
            None => holds,
        }
    }

    /// The possible cases in which a treatment has a verdict. With every fact stated none is open.
    pub fn verdict(&self, treatment: TreatmentId, verdict: Verdict) -> Bdd {
        let CompiledTreatment { indicated, against, .. } = &self.treatments[treatment.index()];
        let withdrawn = self.guide.treatments[treatment.index()].is_withdrawn();
        match verdict {
            Verdict::Possible => self.space.none(),
            Verdict::Unavailable if withdrawn => self.cases.clone(),
            Verdict::NotIndicated if !withdrawn => self.cases.and_not(indicated),
            Verdict::Contraindicated if !withdrawn => indicated.and(against),
            Verdict::Indicated if !withdrawn => indicated.and_not(against),
            Verdict::Unavailable | Verdict::NotIndicated | Verdict::Contraindicated | Verdict::Indicated => self.space.none(),
        }
    }
}
