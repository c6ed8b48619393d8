//! Shows what the guide says about a partly known case under assumptions: what is usual, and what if something is different.

use std::collections::BTreeSet;

use sarcoguide_model::{
    Advice, Assumption, AssumptionKind, Condition, FactId, Indication, Scenario, ScenarioTreatment, Standing, StrengthId,
    TimingId, TreatmentId, Verdict,
};

use super::Answer;
use crate::line::line;
use crate::words::within;
use crate::{links, listed};
use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::t;

/// The number of questions in the invitation of an answer to a case of which nothing is known.
const INVITED: usize = 2;

impl<'a> Answer<'a> {
    /// Adds the first questions of the interview, as an invitation to answer them.
    pub(super) fn invitation(&mut self) {
        let guide = self.guide;
        self.document.paragraph(t!(guide.text, scenarios_invitation));
        let first = guide.interview.parts.iter().flat_map(|part| &part.facts).take(INVITED);
        let questions =
            first.map(|fact| Line::default().link(Emphasis::Plain, listed::question(guide, *fact), links::fact(guide, *fact)));
        self.document.points(questions.collect());
    }

    /// Adds the scenarios of the case, and what the next answers would change. Adds nothing and returns `false` if nothing has to be assumed.
    pub(super) fn scenarios(&mut self) -> bool {
        let advice: &'a Advice = self.advice;
        let (guide, text) = (self.guide, self.guide.text);
        let Some((first, others)) = advice.scenarios.split_first().filter(|(first, _)| !first.assumptions.is_empty()) else {
            return false;
        };
        self.document.heading(2, t!(text, scenarios_heading));
        let plan = self.plan(first, &BTreeSet::new());
        if plan.is_empty() {
            self.document.paragraph(t!(text, scenarios_nothing));
        }
        self.document.points(plan);
        let assumed = self.assumed(first);
        if !assumed.is_empty() {
            self.document.paragraph(t!(text, scenarios_assumed));
            self.document.points(assumed);
        }
        let checks = checks(guide.guide, first, |_| true);
        if !checks.is_empty() {
            self.document.paragraph(t!(text, scenarios_checks, checks = checks.join("; ")));
        }
        let mut shown: BTreeSet<TreatmentId> = first.indicated().map(|entry| entry.treatment).collect();
        let mut told: BTreeSet<&str> = first.assumptions.iter().map(|one| one.says(guide.guide)).collect();
        for other in others {
            let plan = self.plan(other, &shown);
            if plan.is_empty() {
                continue;
            }
            let unusual: Vec<&str> =
                other.assumptions.iter().filter(|one| !one.is_usual()).map(|one| one.says(guide.guide)).collect();
            self.document.paragraph(line!(guide, scenarios_if, difference = text_and(guide, &unusual)));
            self.document.points(plan);
            told.extend(&unusual);
            let also = other.assumptions.iter().filter(|one| !is_check(guide.guide, one)).map(|one| one.says(guide.guide));
            let mut seen = told.clone();
            let also: Vec<&str> = also.filter(|says| seen.insert(says)).collect();
            if !also.is_empty() {
                self.document.paragraph(t!(text, scenarios_also_assumed, assumed = also.join("; ")));
            }
            shown.extend(other.indicated().map(|entry| entry.treatment));
        }
        let questions = self.first_questions();
        if !questions.is_empty() {
            self.document.paragraph(t!(text, scenarios_questions));
            self.document.points(questions);
        }
        true
    }

    /// Returns what a scenario assumes, without the routine checks: one line for each clause.
    pub(super) fn assumed(&mut self, scenario: &Scenario) -> Vec<Line> {
        let guide = self.guide;
        let mut seen = BTreeSet::new();
        let mut lines = Vec::new();
        for assumption in &scenario.assumptions {
            let usual = &guide.usual_values[assumption.entry];
            let says = assumption.says(guide.guide);
            if usual.kind != AssumptionKind::RoutineCheck && seen.insert(says) {
                lines.push(Line::from(says.to_owned()).cite(self.citations.mark(&usual.statement.from)));
            }
        }
        lines
    }

    /// Returns the treatments that a scenario indicates and that aren't in `shown`: first what starts the treatment, then one line for each standing, then
    /// what is around treatment. What the person is having now is left out, as are techniques of treatments that are listed.
    fn plan(&self, scenario: &Scenario, shown: &BTreeSet<TreatmentId>) -> Vec<Line> {
        let (guide, text) = (self.guide, self.guide.text);
        let indicated: BTreeSet<TreatmentId> = scenario.indicated().map(|entry| entry.treatment).collect();
        let is_new = |entry: &&ScenarioTreatment| {
            let part = guide[entry.treatment].technique_of.iter().any(|whole| indicated.contains(whole));
            let ongoing = self.advice.treatments[entry.treatment.index()].is_ongoing();
            !part && !ongoing && !shown.contains(&entry.treatment)
        };
        let mut entries: Vec<(TimingId, StrengthId, &ScenarioTreatment)> = scenario
            .indicated()
            .filter(is_new)
            .filter_map(|entry| best(guide.guide, entry).map(|(strength, timing)| (timing, strength, entry)))
            .collect();
        entries.sort_by_key(|(timing, strength, entry)| (*timing, *strength, entry.treatment));
        let supportive = |entry: &ScenarioTreatment| guide.is_supportive(entry.treatment);
        let of = |standing: Standing| move |entry: &ScenarioTreatment| entry.standing == Some(standing);
        let (recommended, option, not_proven) = (of(Standing::Recommended), of(Standing::Option), of(Standing::NotProven));
        let starts =
            |timing: TimingId, entry: &ScenarioTreatment| supportive(entry) && recommended(entry) && Some(timing) == guide.start;
        // A scenario with something unusual doesn't repeat what is around treatment.
        let around =
            |timing: TimingId, entry: &ScenarioTreatment| shown.is_empty() && supportive(entry) && !starts(timing, entry);
        let is_main = |entry: &ScenarioTreatment| !supportive(entry);
        let groups: [(String, Vec<_>); 5] = [
            (t!(text, scenarios_first), entries.iter().filter(|(timing, _, entry)| starts(*timing, entry)).collect()),
            (t!(text, scenarios_usual), entries.iter().filter(|(.., entry)| is_main(entry) && recommended(entry)).collect()),
            (t!(text, scenarios_option), entries.iter().filter(|(.., entry)| is_main(entry) && option(entry)).collect()),
            (t!(text, scenarios_not_proven), entries.iter().filter(|(.., entry)| is_main(entry) && not_proven(entry)).collect()),
            (t!(text, scenarios_around), entries.iter().filter(|(timing, _, entry)| around(*timing, entry)).collect()),
        ];
        let filled = groups.into_iter().filter(|(_, entries)| !entries.is_empty());
        let lines = filled.map(|(name, entries)| {
            let names = entries.iter().map(|(_, _, entry)| self.planned(scenario, entry));
            line!(guide, answer_treatments_at, name = name, treatments = Line::joined(names, "; "))
        });
        lines.collect()
    }

    /// Returns a treatment's name, its recommended techniques, and what the team must check before.
    fn planned(&self, scenario: &Scenario, entry: &ScenarioTreatment) -> Line {
        let guide = self.guide;
        let name = guide[entry.treatment].name.clone();
        let name = Line::default().link(Emphasis::Plain, name, links::treatment(guide, entry.treatment));
        let declined = self.advice.treatments[entry.treatment.index()].declined.is_true();
        let name = if declined { line!(guide, answer_not_wanted, treatment = name) } else { name };
        // What the person stated makes a precaution hold.
        let precautions =
            guide[entry.treatment].precautions.iter().zip(&self.advice.treatments[entry.treatment.index()].precautions);
        let with_care =
            precautions.filter(|(precaution, _)| precaution.rule.when != Condition::Always).any(|(_, truth)| truth.is_true());
        let name = if with_care && !guide.is_supportive(entry.treatment) {
            line!(guide, scenarios_with_care, treatment = name)
        } else {
            name
        };
        let is_way = |other: &&ScenarioTreatment| {
            other.standing == Some(Standing::Recommended) && guide.is_technique_of(other.treatment, entry.treatment)
        };
        let ways: Vec<Line> = scenario
            .indicated()
            .filter(is_way)
            .map(|way| {
                let link = links::treatment(guide, way.treatment);
                Line::default().link(Emphasis::Plain, within(&guide[way.treatment].name), link)
            })
            .collect();
        let name = if ways.is_empty() {
            name
        } else {
            line!(guide, scenarios_ways, treatment = name, ways = Line::joined(ways.into_iter(), ", "))
        };
        let checks = checks(guide.guide, scenario, |fact| entry.reason.contains(&fact));
        if checks.is_empty() { name } else { line!(guide, scenarios_checked, treatment = name, checks = checks.join(", ")) }
    }
}

pub(super) fn is_check(guide: &sarcoguide_model::Guide, assumption: &Assumption) -> bool {
    guide.usual_values[assumption.entry].kind == AssumptionKind::RoutineCheck
}

/// Returns what the team checks before treatment, according to the assumptions about the facts that `wanted` accepts.
pub(super) fn checks<'g>(
    guide: &'g sarcoguide_model::Guide,
    scenario: &Scenario,
    wanted: impl Fn(FactId) -> bool,
) -> Vec<&'g str> {
    let mut checks: Vec<&str> = Vec::new();
    for assumption in scenario.assumptions.iter().filter(|assumption| wanted(assumption.fact)) {
        let usual = &guide.usual_values[assumption.entry];
        if usual.kind == AssumptionKind::RoutineCheck && !checks.contains(&usual.says.as_str()) {
            checks.push(&usual.says);
        }
    }
    checks
}

/// Returns the strength and timing of the strongest indication that holds, other than for clinical trials.
fn best(guide: &sarcoguide_model::Guide, entry: &ScenarioTreatment) -> Option<(StrengthId, TimingId)> {
    let indications = guide[entry.treatment].indications.iter().zip(&entry.indications);
    let holding = indications.filter(|(indication, truth)| truth.is_true() && guide.standing(indication) != Standing::TrialOnly);
    debug_assert!(entry.verdict == Verdict::Indicated);
    holding.map(|(indication, _): (&Indication, _)| (indication.strength, indication.timing)).min()
}

/// Joins clauses with "and".
pub(super) fn text_and(guide: crate::Edition<'_>, clauses: &[&str]) -> String {
    let join = |first: String, second: &str| t!(guide.text, scenarios_and, first = first, second = second);
    let mut clauses = clauses.iter();
    let first = clauses.next().map_or_else(String::new, |clause| (*clause).to_owned());
    clauses.fold(first, |joined, clause| join(joined, clause))
}
