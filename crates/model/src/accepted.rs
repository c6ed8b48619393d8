use serde::{Deserialize, Serialize};

use crate::{Case, Condition, DerivedId, Guide, RulePlace, TreatmentId};

/// A kind of warning that a guide can accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Acceptable {
    /// An indication holds only where another of the same treatment, strength, timing and intent does.
    Shadow,
    /// The same, with another timing or intent.
    ShadowElsewhere,
    /// The evaluation is unknown although every completion of the case gives the same result.
    KleeneGap,
}

impl Acceptable {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Shadow, Self::ShadowElsewhere, Self::KleeneGap];

    /// The code in files and output.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Shadow => "V101",
            Self::ShadowElsewhere => "V102",
            Self::KleeneGap => "V103",
        }
    }
}

/// A warning of a proof that the guide accepts. It changes no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub warning: Acceptable,
    /// Why it is accepted.
    pub reason: String,
    /// The places with the warning, and the cases that show it; at least one.
    pub shown: Vec<Shown>,
}

/// Places with the same warning, and a case that shows it at each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The names of the places: [`Guide::place_name`], [`Guide::derived_name`], [`Guide::indications_name`].
    pub places: Vec<String>,
    /// A case that shows it, without facts that aren't needed.
    pub case: Case,
    /// The line in `accepted.toml` where it starts, from 1.
    pub line: u32,
}

impl Guide {
    /// The name of a rule's place, which doesn't change when entries are reordered.
    ///
    /// Two rules have the same name if they're of the same kind and use the same facts.
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
            RulePlace::NoTreatmentIndicated(index) => format!("nothing due {}", self.no_treatment_indicated[index].id),
            RulePlace::Policy(index) => format!("policy {}", self.policies[index].id),
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
        }
    }

    /// The name of a derived fact's table.
    #[must_use]
    pub fn derived_name(&self, id: DerivedId) -> String {
        format!("derived {}", self[id].id)
    }

    /// The name for all indications of a treatment.
    #[must_use]
    pub fn indications_name(&self, id: TreatmentId) -> String {
        format!("treatment {}: indications", self[id].id)
    }

    /// The IDs of the facts and derived facts in a condition, in the order of the condition.
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
