//! Proves properties of the triage by trying every combination of answers to the questions of a group.

use std::collections::BTreeSet;

use sarcoguide_advise::triage::outcome;
use sarcoguide_model::{
    Condition, Decimal, Domain, FactId, FactValue, Guide, TreatmentId, Triage, TriageAnswer, TriageAnswers, TriageFinding,
    TriageGroup, Truth, Urgency,
};

use crate::finding::{Code, Finding, Subject};

/// The maximum number of combinations of answers that are tried for a group.
const MAX_COMBINATIONS: usize = 400_000;

/// Returns what is wrong with the triage of a guide.
pub(crate) fn findings(guide: &Guide) -> Vec<Finding> {
    let Some(triage) = &guide.triage else { return Vec::new() };
    triage.groups.iter().enumerate().flat_map(|(place, group)| Space::of(triage, group).findings(guide, place)).collect()
}

/// What a person can tell about a group of questions.
struct Space<'g> {
    /// A triage with only this group. Groups don't depend on each other.
    triage: Triage,
    group: &'g TriageGroup,
    /// Combinations of treatments that differ for the conditions of the group, and treatments that aren't known.
    treatments: Vec<Option<Vec<TreatmentId>>>,
    /// Times that differ for the conditions of the group, and a time that isn't known.
    times: Vec<FactValue>,
}

impl<'g> Space<'g> {
    fn of(triage: &'g Triage, group: &'g TriageGroup) -> Self {
        let mut used = BTreeSet::new();
        let mut thresholds = BTreeSet::new();
        let rules =
            group.questions.iter().flat_map(|question| question.rules.iter().map(|rule| &rule.rule).chain(&question.when));
        for rule in rules {
            rule.when.walk(&mut |part| match part {
                Condition::Is { fact, .. } => {
                    used.insert(*fact);
                }
                Condition::Compare { threshold, .. } => {
                    thresholds.insert(*threshold);
                }
                _ => {}
            });
        }
        // One treatment of each group stands for the group. It can be in other groups, too.
        let groups = triage.treatment_groups.iter().filter(|group| used.contains(&group.fact));
        let named: BTreeSet<TreatmentId> = groups.flat_map(|group| group.treatments.first().copied()).collect();
        let mut treatments = vec![None, Some(Vec::new())];
        treatments.extend(named.iter().map(|treatment| Some(vec![*treatment])));
        treatments.push(Some(named.into_iter().collect()));
        let times = times(triage, &thresholds);
        Self { triage: Triage { groups: vec![group.clone()], ..triage.clone() }, group, treatments, times }
    }

    fn findings(&self, guide: &Guide, place: usize) -> Vec<Finding> {
        let combinations = 3_usize
            .checked_pow(u32::try_from(self.group.questions.len()).unwrap_or(u32::MAX))
            .and_then(|answers| answers.checked_mul(self.treatments.len() * self.times.len()));
        let Some(combinations) = combinations.filter(|count| *count <= MAX_COMBINATIONS) else {
            let message = format!("the group `{}` has too many combinations of answers to try all of them", self.group.id);
            return vec![Finding::new(Code::TooLarge, Subject::Triage(place, 0), message, "ask fewer questions in it")];
        };
        let mut found = Found { lowers: BTreeSet::new(), unsure: BTreeSet::new(), reached: BTreeSet::new() };
        for number in 0..combinations {
            self.try_one(guide, number, &mut found);
        }
        self.report(place, &found)
    }

    /// Tries the combination with this number.
    fn try_one(&self, guide: &Guide, number: usize, found: &mut Found) {
        let mut answers = TriageAnswers::none(&self.triage);
        let mut rest = number;
        let mut digit = |base: usize| {
            let digit = rest % base;
            rest /= base;
            digit
        };
        answers.treatments.clone_from(&self.treatments[digit(self.treatments.len())]);
        answers.time = self.times[digit(self.times.len())];
        let all = [TriageAnswer::No, TriageAnswer::NotSure, TriageAnswer::Yes];
        for question in &self.group.questions {
            answers.set(question.fact, Some(all[digit(all.len())]));
        }
        let result = outcome(guide, &self.triage, &answers);
        let decides = |finding: &&TriageFinding| finding.truth == Truth::True;
        found.reached.extend(result.findings.iter().filter(decides).map(|finding| (finding.question, finding.rule)));
        for (index, question) in self.group.questions.iter().enumerate() {
            if answers.get(question.fact) != Some(TriageAnswer::No) {
                continue;
            }
            let with = |answer: TriageAnswer| -> (Urgency, bool) {
                let mut changed = answers.clone();
                changed.set(question.fact, Some(answer));
                let result = outcome(guide, &self.triage, &changed);
                (result.urgency, result.crisis)
            };
            let (yes, unsure) = (with(TriageAnswer::Yes), with(TriageAnswer::NotSure));
            // A smaller urgency is a higher one.
            if yes.0 > result.urgency || (result.crisis && !yes.1) {
                found.lowers.insert(index);
            }
            if unsure != yes {
                found.unsure.insert(index);
            }
        }
    }

    fn report(&self, place: usize, found: &Found) -> Vec<Finding> {
        let id = |fact: FactId| self.triage.facts[fact.index()].id.as_str();
        let mut findings = Vec::new();
        for (index, question) in self.group.questions.iter().enumerate() {
            let name = id(question.fact);
            let subject = Subject::Triage(place, index);
            let mut add = |message: String, help: &str| findings.push(Finding::new(Code::Triage, subject, message, help));
            if found.lowers.contains(&index) {
                add(format!("a yes to `{name}` can lower the urgency"), "change the conditions that use it");
            }
            if found.unsure.contains(&index) {
                add(
                    format!("\"not sure\" about `{name}` can give another urgency than a yes"),
                    "change the conditions that use it",
                );
            }
            for rule in 0..question.rules.len() {
                if !found.reached.contains(&(index, rule)) {
                    add(format!("rule {} of `{name}` never holds", rule + 1), "change its condition, or remove it");
                }
            }
        }
        findings
    }
}

/// What trying all combinations has shown. The numbers are indexes of questions in the group and of rules in a question.
struct Found {
    /// The questions to which a yes lowers the urgency.
    lowers: BTreeSet<usize>,
    /// The questions for which "not sure" gives another urgency than a yes.
    unsure: BTreeSet<usize>,
    /// The rules that hold in some combination.
    reached: BTreeSet<(usize, usize)>,
}

/// Returns a time below, at and above each threshold, and one that isn't known.
fn times(triage: &Triage, thresholds: &BTreeSet<Decimal>) -> Vec<FactValue> {
    let mut times = vec![FactValue::Unknown];
    let Some(fact) = triage.time.filter(|_| !thresholds.is_empty()) else { return times };
    let Domain::Number { min, max, .. } = triage.facts[fact.index()].domain else { return times };
    let step = |threshold: &Decimal, by: i64| Decimal::from_thousandths(threshold.thousandths() + by);
    let points = thresholds.iter().flat_map(|threshold| [step(threshold, -1), *threshold, step(threshold, 1)]);
    let points: BTreeSet<Decimal> = points.filter(|point| *point >= min && *point <= max).collect();
    times.extend(points.into_iter().map(FactValue::Number));
    times
}
