//! Converts the scenarios of a case to JSON.

use sarcoguide_model::{Assumption, AssumptionKind, FactId, RareTreatment, Scenario, ScenarioTreatment, Standing, Verdict};
use serde_json::Value;

use super::declare::{Citation, FactKey, OneOf, StrengthKey, TreatmentKey, object};
use super::{StatedFacts, Writer};

object! {
    /// The case with a few assumptions, and what the guide says about it then.
    ScenarioAnswer(writer, scenario: &Scenario) {
        /// What is assumed about open facts. The indicated treatments depend on it. Show it with them.
        assumes: Vec<AssumptionAnswer> =
            scenario.assumptions.iter().map(|assumption| AssumptionAnswer::new(writer, assumption)).collect(),
        /// The treatments with the verdicts `indicated`, `possible` and `contraindicated` in the case with the assumptions stated. A technique is in
        /// `techniques` of each of its main treatments that is indicated, and is listed here only if none is.
        treatments: Vec<ScenarioTreatmentAnswer> = listed(writer, scenario)
            .into_iter()
            .map(|(entry, techniques)| ScenarioTreatmentAnswer::new(writer, scenario, entry, &techniques))
            .collect(),
    }
}

object! {
    /// A value that is assumed for an open fact.
    AssumptionAnswer(writer, assumption: &Assumption) {
        /// The fact's ID.
        fact: FactKey = writer.fact(assumption.fact),
        /// The value, as in a case.
        value: Value = writer.value(assumption.fact, assumption.value),
        /// Whether it's the usual value. Otherwise, the scenario is about what happens if it's different.
        usual: bool = assumption.is_usual(),
        /// What kind of assumption it is. `routine_check`: the team checks it for everyone before treatment, and the result is usually fine. `usual`: one
        /// value is much more usual than all others, or was chosen so that an answer can begin somewhere. `decisive`: the fact splits the plan, so other scenarios assume its other values.
        kind: OneOf<AssumptionKind> = OneOf(writer.guide.usual_values[assumption.entry].kind),
        /// What is assumed, as a clause after "we assume that" or "if". For a routine check, what the team looks at.
        says: String = assumption.says(writer.guide.guide).to_owned(),
        /// Why the value is usual.
        why: String = writer.guide.usual_values[assumption.entry].statement.text.clone(),
        /// The passages that support this. Empty if it's a judgment of the guide's authors.
        sources: Vec<Citation> = writer.citations(&writer.guide.usual_values[assumption.entry].statement.from),
    }
}

object! {
    /// The verdict on a treatment in a scenario.
    ScenarioTreatmentAnswer(writer, scenario: &Scenario, entry: &ScenarioTreatment, techniques: &[&ScenarioTreatment]) {
        /// The treatment's ID.
        id: TreatmentKey = TreatmentKey(writer.guide[entry.treatment].id.clone()),
        /// The verdict in the case with the assumptions stated.
        verdict: OneOf<Verdict> = OneOf(entry.verdict),
        /// The standing, as for the treatments of the case itself. Never count a treatment with `trial_only` among those that fit.
        standing: Option<OneOf<Standing>> = entry.standing.map(OneOf),
        /// The strengths of the indications that hold or, if none does, of those that may hold, the strongest first.
        strength: Vec<StrengthKey> =
            writer.shown(&writer.guide[entry.treatment], &entry.indications, |indication| indication.strength, |strength| StrengthKey(writer.guide[strength].id.clone())),
        /// The stated and assumed facts that force the verdict. Empty unless it's `indicated`.
        reason: Vec<ReasonAnswer> = entry.reason.iter().map(|fact| ReasonAnswer::new(writer, scenario, *fact)).collect(),
        /// The techniques of this treatment, if it's indicated.
        techniques: Vec<ScenarioTreatmentAnswer> =
            techniques.iter().map(|technique| ScenarioTreatmentAnswer::new(writer, scenario, technique, &[])).collect(),
    }
}

object! {
    /// A fact that a verdict depends on.
    ReasonAnswer(writer, scenario: &Scenario, fact: FactId) {
        /// The fact's ID.
        fact: FactKey = writer.fact(fact),
        /// Whether its value is assumed. Otherwise, the case states it.
        assumed: bool = scenario.assumes(fact),
    }
}

object! {
    /// A treatment that is possible in the case, but that no scenario indicates.
    RareAnswer(writer, entry: &RareTreatment) {
        /// The treatment's ID.
        id: TreatmentKey = TreatmentKey(writer.guide[entry.treatment].id.clone()),
        /// The facts that must have other values than usual. If no witness was found, the open facts of the treatment's rules.
        #[schemars(length(min = 1))]
        facts: Vec<FactKey> = writer.facts(&entry.facts),
        /// A case with everything that the case states, in which the treatment is indicated. Null if none was found.
        witness: Option<StatedFacts> = entry.witness.as_ref().map(|witness| StatedFacts(writer.stated(witness))),
    }
}

/// Returns the treatments to list, each with its techniques.
fn listed<'a>(writer: Writer<'_>, scenario: &'a Scenario) -> Vec<(&'a ScenarioTreatment, Vec<&'a ScenarioTreatment>)> {
    let is_indicated = |entry: &ScenarioTreatment| entry.verdict == Verdict::Indicated;
    let part_of = |technique: &ScenarioTreatment, whole: &ScenarioTreatment| {
        is_indicated(technique) && is_indicated(whole) && writer.guide.is_technique_of(technique.treatment, whole.treatment)
    };
    let decided_against = [Verdict::NotIndicated, Verdict::Unavailable];
    let shown = scenario.treatments.iter().filter(|entry| !decided_against.contains(&entry.verdict));
    let whole = shown.filter(|entry| !scenario.treatments.iter().any(|whole| part_of(entry, whole)));
    whole.map(|whole| (whole, scenario.treatments.iter().filter(|entry| part_of(entry, whole)).collect())).collect()
}
