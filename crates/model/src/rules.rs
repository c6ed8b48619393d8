use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Condition, DerivedId, FactId, Guide, ModalityId, Rule, TreatmentId};

/// Identifies a rule by its place in the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RulePlace {
    /// The rule that says which cases the guide covers.
    Scope,
    /// The rule of an out-of-scope entry, by its index in [`Guide::out_of_scope`].
    OutOfScope(usize),
    /// The rule of an entry that explains why no treatment is indicated, by its index in [`Guide::no_treatment_indicated`].
    NoTreatmentIndicated(usize),
    /// The rule for when a policy applies, by its index in [`Guide::policies`].
    Policy(usize),
    /// The rule for when a case has a doubt, by its index in [`Guide::doubts`].
    Doubt(usize),
    /// The rule of a table row, by derived fact and row index.
    Row(DerivedId, usize),
    /// The rule for when a person declines all treatments of a kind.
    ModalityDeclined(ModalityId),
    /// The rule for when a person declines a treatment.
    TreatmentDeclined(TreatmentId),
    /// The rule of an indication, by treatment and by index in its indications.
    Indication(TreatmentId, usize),
    /// The rule of a contraindication, by treatment and by index in its contraindications.
    Contraindication(TreatmentId, usize),
    /// The rule of a precaution, by treatment and by index in its precautions.
    Precaution(TreatmentId, usize),
    /// The rule for when an adverse effect can occur, by treatment and by index in its effects.
    Effect(TreatmentId, usize),
    /// The rule for when an outcome applies, by treatment and by index in its outcomes.
    Outcome(TreatmentId, usize),
    /// The rule for when an administration applies, by treatment and by index in its administrations.
    Administration(TreatmentId, usize),
    /// The rule for when a team member is needed, by index in [`Guide::team`].
    Team(usize),
    /// The rule for when scenarios assume a value, by index in [`Guide::usual_values`].
    UsualValue(usize),
    /// The rule for when a person should ask a question, by index in [`Guide::team_questions`].
    TeamQuestion(usize),
}

impl RulePlace {
    /// Returns the treatment that the rule belongs to, if any.
    #[must_use]
    pub fn treatment(self) -> Option<TreatmentId> {
        match self {
            Self::TreatmentDeclined(treatment)
            | Self::Indication(treatment, _)
            | Self::Contraindication(treatment, _)
            | Self::Precaution(treatment, _)
            | Self::Effect(treatment, _)
            | Self::Outcome(treatment, _)
            | Self::Administration(treatment, _) => Some(treatment),
            Self::Scope
            | Self::OutOfScope(_)
            | Self::NoTreatmentIndicated(_)
            | Self::Policy(_)
            | Self::Doubt(_)
            | Self::Row(..)
            | Self::ModalityDeclined(_)
            | Self::Team(_)
            | Self::UsualValue(_)
            | Self::TeamQuestion(_) => None,
        }
    }
}

impl Guide {
    /// Returns the facts that a condition uses, directly or through derived facts.
    #[must_use]
    pub fn facts_used_by(&self, condition: &Condition) -> BTreeSet<FactId> {
        let mut facts = BTreeSet::new();
        let mut tables = BTreeSet::new();
        let mut pending = vec![condition];
        while let Some(condition) = pending.pop() {
            condition.walk(&mut |part| match part {
                Condition::Is { fact, .. } | Condition::Compare { fact, .. } => {
                    facts.insert(*fact);
                }
                Condition::Derived { derived, .. } if tables.insert(*derived) => {
                    pending.extend(self[*derived].rows.iter().map(|row| &row.rule.when));
                }
                _ => {}
            });
        }
        facts
    }

    /// Returns the places of all rules, in the order of the guide.
    #[must_use]
    pub fn rule_places(&self) -> Vec<RulePlace> {
        let mut places = vec![RulePlace::Scope];
        places.extend((0..self.out_of_scope.len()).map(RulePlace::OutOfScope));
        places.extend((0..self.no_treatment_indicated.len()).map(RulePlace::NoTreatmentIndicated));
        places.extend((0..self.policies.len()).map(RulePlace::Policy));
        places.extend((0..self.doubts.len()).map(RulePlace::Doubt));
        for (index, derived) in self.derived.iter().enumerate() {
            places.extend((0..derived.rows.len()).map(|row| RulePlace::Row(DerivedId::new(index), row)));
        }
        places.extend((0..self.modalities.len()).map(|index| RulePlace::ModalityDeclined(ModalityId::new(index))));
        for (index, treatment) in self.treatments.iter().enumerate() {
            let id = TreatmentId::new(index);
            places.push(RulePlace::TreatmentDeclined(id));
            places.extend((0..treatment.indications.len()).map(|place| RulePlace::Indication(id, place)));
            places.extend((0..treatment.contraindications.len()).map(|place| RulePlace::Contraindication(id, place)));
            places.extend((0..treatment.precautions.len()).map(|place| RulePlace::Precaution(id, place)));
            places.extend((0..treatment.effects.len()).map(|place| RulePlace::Effect(id, place)));
            places.extend((0..treatment.outcomes.len()).map(|place| RulePlace::Outcome(id, place)));
            places.extend((0..treatment.administrations.len()).map(|place| RulePlace::Administration(id, place)));
        }
        places.extend((0..self.team.len()).map(RulePlace::Team));
        places.extend((0..self.usual_values.len()).map(RulePlace::UsualValue));
        places.extend((0..self.team_questions.len()).map(RulePlace::TeamQuestion));
        places.retain(|place| self.rule(*place).is_some());
        places
    }

    /// Returns the rule at a place, or `None` if the guide has no rule there.
    #[must_use]
    pub fn rule(&self, place: RulePlace) -> Option<&Rule> {
        let treatment = |id: TreatmentId| self.treatments.get(id.index());
        match place {
            RulePlace::Scope => Some(&self.scope),
            RulePlace::OutOfScope(index) => self.out_of_scope.get(index).map(|entry| &entry.rule),
            RulePlace::NoTreatmentIndicated(index) => self.no_treatment_indicated.get(index).map(|entry| &entry.rule),
            RulePlace::Policy(index) => self.policies.get(index).map(|entry| &entry.rule),
            RulePlace::Doubt(index) => self.doubts.get(index).map(|entry| &entry.rule),
            RulePlace::Row(derived, row) => self.derived.get(derived.index())?.rows.get(row).map(|row| &row.rule),
            RulePlace::ModalityDeclined(modality) => self.modalities.get(modality.index())?.declined.as_ref(),
            RulePlace::TreatmentDeclined(id) => treatment(id)?.declined.as_ref(),
            RulePlace::Indication(id, index) => treatment(id)?.indications.get(index).map(|entry| &entry.rule),
            RulePlace::Contraindication(id, index) => treatment(id)?.contraindications.get(index).map(|entry| &entry.rule),
            RulePlace::Precaution(id, index) => treatment(id)?.precautions.get(index).map(|entry| &entry.rule),
            RulePlace::Effect(id, index) => treatment(id)?.effects.get(index)?.rule.as_ref(),
            RulePlace::Outcome(id, index) => treatment(id)?.outcomes.get(index)?.rule.as_ref(),
            RulePlace::Administration(id, index) => treatment(id)?.administrations.get(index)?.rule.as_ref(),
            RulePlace::Team(index) => self.team.get(index)?.rule.as_ref(),
            RulePlace::UsualValue(index) => self.usual_values.get(index).map(|entry| &entry.rule),
            RulePlace::TeamQuestion(index) => self.team_questions.get(index)?.rule.as_ref(),
        }
    }

    /// Returns a mutable reference to the rule at a place, or `None` if the guide has no rule there.
    #[must_use]
    pub fn rule_mut(&mut self, place: RulePlace) -> Option<&mut Rule> {
        let treatments = &mut self.treatments;
        match place {
            RulePlace::Scope => Some(&mut self.scope),
            RulePlace::OutOfScope(index) => self.out_of_scope.get_mut(index).map(|entry| &mut entry.rule),
            RulePlace::NoTreatmentIndicated(index) => self.no_treatment_indicated.get_mut(index).map(|entry| &mut entry.rule),
            RulePlace::Policy(index) => self.policies.get_mut(index).map(|entry| &mut entry.rule),
            RulePlace::Doubt(index) => self.doubts.get_mut(index).map(|entry| &mut entry.rule),
            RulePlace::Row(derived, row) => self.derived.get_mut(derived.index())?.rows.get_mut(row).map(|row| &mut row.rule),
            RulePlace::ModalityDeclined(modality) => self.modalities.get_mut(modality.index())?.declined.as_mut(),
            RulePlace::TreatmentDeclined(id) => treatments.get_mut(id.index())?.declined.as_mut(),
            RulePlace::Indication(id, index) => {
                treatments.get_mut(id.index())?.indications.get_mut(index).map(|entry| &mut entry.rule)
            }
            RulePlace::Contraindication(id, index) => {
                treatments.get_mut(id.index())?.contraindications.get_mut(index).map(|entry| &mut entry.rule)
            }
            RulePlace::Precaution(id, index) => {
                treatments.get_mut(id.index())?.precautions.get_mut(index).map(|entry| &mut entry.rule)
            }
            RulePlace::Effect(id, index) => treatments.get_mut(id.index())?.effects.get_mut(index)?.rule.as_mut(),
            RulePlace::Outcome(id, index) => treatments.get_mut(id.index())?.outcomes.get_mut(index)?.rule.as_mut(),
            RulePlace::Administration(id, index) => treatments.get_mut(id.index())?.administrations.get_mut(index)?.rule.as_mut(),
            RulePlace::Team(index) => self.team.get_mut(index)?.rule.as_mut(),
            RulePlace::UsualValue(index) => self.usual_values.get_mut(index).map(|entry| &mut entry.rule),
            RulePlace::TeamQuestion(index) => self.team_questions.get_mut(index)?.rule.as_mut(),
        }
    }
}

impl Guide {
    /// Returns the name of a rule's place, for example `treatment ID: precaution on FACT`, with the IDs of the treatment and the
    /// fact. The name doesn't depend on the order of the guide's entries.
    ///
    /// A name isn't always unique. For example, two precautions of a treatment have the same name if their conditions use the same facts
    /// in the same order. Two indications of a treatment have the same name if they have the same timing, intent and strength.
    ///
    /// # Panics
    ///
    /// If the guide has no entry at the place.
    #[must_use]
    pub fn place_name(&self, place: RulePlace) -> String {
        let treatment = |id: TreatmentId| format!("treatment {}", self[id].id);
        let on = |what: &str| match self.rule(place) {
            Some(rule) if rule.when != Condition::Always => format!("{what} on {}", self.names_in(&rule.when).join(", ")),
            _ => what.to_owned(),
        };
        match place {
            RulePlace::Scope => "scope".to_owned(),
            RulePlace::OutOfScope(index) => format!("out of scope {}", self.out_of_scope[index].id),
            RulePlace::NoTreatmentIndicated(index) => format!("no treatment indicated {}", self.no_treatment_indicated[index].id),
            RulePlace::Policy(index) => format!("policy {}", self.policies[index].id),
            RulePlace::Doubt(index) => format!("doubt {}", self.doubts[index].id),
            RulePlace::Row(id, row) => {
                let derived = &self[id];
                format!("derived {} = {}", derived.id, derived.values[derived.rows[row].value].id)
            }
            RulePlace::ModalityDeclined(id) => format!("modality {}: declined", self[id].id),
            RulePlace::TreatmentDeclined(id) => format!("{}: declined", treatment(id)),
            RulePlace::Indication(id, index) => {
                let entry = &self[id].indications[index];
                let timing = &self[entry.timing].id;
                let intent = &self[entry.intent].id;
                let strength = &self[entry.strength].id;
                format!("{}: indication {timing}, {intent}, {strength}", treatment(id))
            }
            RulePlace::Contraindication(id, _) => format!("{}: {}", treatment(id), on("contraindication")),
            RulePlace::Precaution(id, _) => format!("{}: {}", treatment(id), on("precaution")),
            RulePlace::Effect(id, index) => {
                let effect = self[id].effects[index].effect;
                format!("{}: {}", treatment(id), on(&format!("effect {}", self[effect].id)))
            }
            RulePlace::Outcome(id, index) => {
                let measure = &self[self[id].outcomes[index].measure].id;
                format!("{}: {}", treatment(id), on(&format!("outcome {measure}")))
            }
            RulePlace::Administration(id, index) => {
                let route = self.route_id(self[id].administrations[index].route);
                format!("{}: {}", treatment(id), on(&format!("administration {route}")))
            }
            RulePlace::Team(index) => format!("team {}", self.team[index].id),
            RulePlace::UsualValue(index) => {
                let facts: Vec<&str> = self.usual_values[index].facts.iter().map(|fact| self[*fact].id.as_str()).collect();
                format!("usual value of {}", facts.join(", "))
            }
            RulePlace::TeamQuestion(index) => format!("question {}", self.team_questions[index].id),
        }
    }

    /// Returns the name of a derived fact's table, for example `derived stage`.
    #[must_use]
    pub fn derived_name(&self, id: DerivedId) -> String {
        format!("derived {}", self[id].id)
    }

    /// Returns the name for all indications of a treatment together, for example `treatment ID: indications`.
    #[must_use]
    pub fn indications_name(&self, id: TreatmentId) -> String {
        format!("treatment {}: indications", self[id].id)
    }

    /// Returns the IDs of the facts and derived facts in a condition, without duplicates and in the order of the condition.
    fn names_in(&self, condition: &Condition) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        condition.walk(&mut |part| {
            let name = match part {
                Condition::Is { fact, .. } | Condition::Compare { fact, .. } => &self[*fact].id,
                Condition::Derived { derived, .. } => &self[*derived].id,
                _ => return,
            };
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        });
        names
    }
}
