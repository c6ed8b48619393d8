//! A plan: the treatments that a person has chosen to look at, in order of time.

use sarcoguide_model::{Advice, Course, TimingId, Treatment, TreatmentId, Truth, Verdict};

use super::Timeline;
use crate::Answered;
use crate::Edition;
use crate::doubts::doubts;
use crate::fit::{Fit, verdict_label};
use crate::links;
use crate::pathway::lane;
use crate::pathway::{Pathway, TimedTreatment};
use crate::scope::scope;
use crate::words::{Citations, sources, within};
use sarcoguide_document::svg::{Drawing, timeline};
use sarcoguide_document::{Block, Document, Emphasis, Line};
use sarcoguide_text::{Text, t};

/// A treatment at one time of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The time. This field comes first, so that steps sort by time, in the guide's order.
    pub timing: TimingId,
    /// The treatment.
    pub treatment: TreatmentId,
}

impl Step {
    /// A unique name for the step: the ID of the time, a slash, and the ID of the treatment.
    #[must_use]
    pub fn name(self, guide: Edition<'_>) -> String {
        format!("{}/{}", guide[self.timing].id, guide[self.treatment].id)
    }

    /// Whether the step is at the guide's last time (`end`), which is still to come in every case.
    fn is_at_the_end(self, guide: Edition<'_>) -> bool {
        guide.end == Some(self.timing)
    }

    /// The step with this name, or `None` if the guide has no such time or treatment.
    #[must_use]
    pub fn named(guide: Edition<'_>, name: &str) -> Option<Self> {
        let (timing, treatment) = name.split_once('/')?;
        let timing = guide.timings.iter().position(|term| term.id == timing).map(TimingId::new)?;
        Some(Self { timing, treatment: guide.treatment(treatment)? })
    }
}

/// A step that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The step.
    pub step: Step,
    /// How the treatment fits the case at that time, in words.
    pub fit: String,
}

/// The steps that can be chosen, by time. Times without such steps are left out.
///
/// A treatment can be chosen if it fits, may fit, fits only in clinical trials or is advised against, but not if it was withdrawn. If no such
/// treatment is at the guide's last time (`end`) and the guide may cover the case, all treatments for that time can be chosen, although they don't
/// fit yet.
#[must_use]
pub fn choices(guide: Edition<'_>, answered: Answered<'_>) -> Vec<(TimingId, Vec<Choice>)> {
    let mut times: Vec<(TimingId, Vec<Choice>)> = Vec::new();
    for column in Pathway::of(guide, answered.case, answered.advice, &[]).columns {
        let placed = column.kinds.iter().flat_map(|kind| &kind.treatments);
        let placed = placed.filter(|placed| placed.fit != Fit::Unavailable);
        let choice = |placed: &TimedTreatment| Choice {
            step: Step { timing: column.timing, treatment: placed.treatment },
            fit: placed.words(guide),
        };
        let mut choices: Vec<Choice> = placed.map(choice).collect();
        place_techniques(guide, &mut choices);
        times.push((column.timing, choices));
    }
    if let Some(timing) = guide.end.filter(|end| times.iter().all(|(timing, _)| timing != end)) {
        let later = later(guide, answered.advice, timing);
        let choice = |treatment| Choice { step: Step { timing, treatment }, fit: t!(guide.text, plan_comes_later) };
        times.push((timing, later.map(choice).collect()));
    }
    times.retain(|(_, choices)| !choices.is_empty());
    times
}

/// Moves each technique to the place after its main treatment, and says in its text that it's a way to give that treatment.
fn place_techniques(guide: Edition<'_>, choices: &mut Vec<Choice>) {
    let treatments: Vec<TreatmentId> = choices.iter().map(|choice| choice.step.treatment).collect();
    let whole = |technique: TreatmentId| treatments.iter().position(|whole| guide.is_technique_of(technique, *whole));
    let mut ranked: Vec<(usize, bool, Choice)> = Vec::new();
    for (index, mut choice) in choices.drain(..).enumerate() {
        let whole = whole(choice.step.treatment);
        if let Some(whole) = whole {
            let name = within(&guide[treatments[whole]].name);
            choice.fit = t!(guide.text, plan_way_to_give, treatment = name, fit = &choice.fit);
        }
        ranked.push((whole.unwrap_or(index), whole.is_some(), choice));
    }
    ranked.sort_by_key(|(index, technique, _)| (*index, *technique));
    choices.extend(ranked.into_iter().map(|(_, _, choice)| choice));
}

/// The treatments for a later time, unless the guide doesn't cover the case. Leaves out withdrawn treatments.
fn later<'a>(guide: Edition<'a>, advice: &Advice, timing: TimingId) -> impl Iterator<Item = TreatmentId> + use<'a> {
    let covered = advice.scope.covered != Truth::False;
    let at = move |treatment: &Treatment| {
        covered && !treatment.is_withdrawn() && treatment.indications.iter().any(|indication| indication.timing == timing)
    };
    let treatments = guide.treatments.iter().enumerate().filter(move |(_, treatment)| at(treatment));
    treatments.map(|(index, _)| TreatmentId::new(index))
}

/// A time in the plan, with its treatments.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Time {
    name: String,
    course: Course,
    treatments: Vec<PlanTreatment>,
}

/// A treatment in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PlanTreatment {
    treatment: TreatmentId,
    /// How the treatment fits the case, in words; `None` if the case states no facts.
    fit: Option<(Emphasis, String)>,
    summary: String,
    /// The name and parts of the treatment. The parts are empty if the guide doesn't describe any.
    timeline: Timeline,
}

/// A plan, in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Plan {
    times: Vec<Time>,
}

impl Plan {
    /// Builds a plan from these steps. Leaves out the ways of giving a treatment that don't apply to the case.
    fn of(guide: Edition<'_>, answered: Answered<'_>, steps: &[Step], citations: &mut Citations) -> Self {
        let mut steps = steps.to_vec();
        steps.sort_by_key(|step| (step.timing, guide[step.treatment].modality, step.treatment));
        steps.dedup();
        // Merge a technique into its main treatment if both are chosen for the same time.
        let chosen = steps.clone();
        let is_technique =
            |step: &Step, whole: &Step| step.timing == whole.timing && guide.is_technique_of(step.treatment, whole.treatment);
        steps.retain(|step| !chosen.iter().any(|whole| is_technique(step, whole)));
        let has_a_case = answered.case.stated().next().is_some();
        let mut given = |step: &Step| {
            let treatment = &guide[step.treatment];
            let entry = &answered.advice[step.treatment];
            let fit = has_a_case.then(|| match entry.verdict {
                Verdict::NotIndicated if step.is_at_the_end(guide) => (Emphasis::Open, t!(guide.text, plan_comes_later)),
                _ => match Fit::at(guide, entry, step.timing) {
                    // The verdict covers all times, so check whether the treatment is available only in trials at this time.
                    Some(fit @ Fit::TrialOnly) => (fit.emphasis(), fit.label(guide)),
                    _ => verdict_label(guide, answered.advice, entry),
                },
            });
            let parts = Timeline::of(guide, treatment, Some(entry));
            let mut timeline =
                parts.unwrap_or_else(|| Timeline { name: treatment.name.clone(), phases: Vec::new(), given: Vec::new() });
            let ways = chosen.iter().filter(|other| is_technique(other, step));
            let ways: Vec<&str> = ways.map(|way| guide[way.treatment].name.as_str()).collect();
            if !ways.is_empty() {
                timeline.name = format!("{}: {}", timeline.name, ways.join(", "));
            }
            timeline.cite(citations);
            PlanTreatment { treatment: step.treatment, fit, summary: treatment.summary.clone(), timeline }
        };
        let times = steps.chunk_by(|a, b| a.timing == b.timing).map(|together| {
            let term = &guide[together[0].timing];
            Time { name: term.name.clone(), course: term.course, treatments: together.iter().map(&mut given).collect() }
        });
        Self { times: times.collect() }
    }

    /// A note on how a time relates to the other times of the plan, or `None` if it simply follows them.
    fn course_note(&self, text: &Text, index: usize) -> Option<String> {
        match self.times[index].course {
            Course::Alongside => Some(t!(text, plan_alongside)),
            Course::Branch if index > 0 => Some(t!(text, plan_place_not_said)),
            Course::Main | Course::Branch => None,
        }
    }

    /// The plan in words: for each time, its treatments and their parts.
    fn blocks(&self, guide: Edition<'_>) -> Vec<Block> {
        let mut document = Document::default();
        for (index, time) in self.times.iter().enumerate() {
            document.heading(2, time.name.clone());
            document.paragraph(self.course_note(guide.text, index).unwrap_or_default());
            for given in &time.treatments {
                let name = given.timeline.name.clone();
                let mut head = Line::default().link(Emphasis::Plain, name, links::treatment(guide, given.treatment));
                if let Some((emphasis, words)) = &given.fit {
                    head = head.plain(": ").add(*emphasis, words);
                }
                document.heading(3, head);
                document.paragraph(given.summary.clone());
                document.points(given.timeline.phase_lines());
                let ways = given.timeline.administration_lines();
                if !ways.is_empty() {
                    document.heading(4, t!(guide.text, timeline_given_heading));
                }
                document.points(ways);
            }
        }
        document.blocks
    }

    /// The plan as a drawing.
    fn drawing(&self, guide: Edition<'_>) -> timeline::Plan {
        let given = |given: &PlanTreatment| timeline::PlannedTreatment {
            name: given.timeline.name.clone(),
            fit: given.fit.as_ref().map_or_else(String::new, |(_, words)| words.clone()),
            parts: given.timeline.drawing(guide),
        };
        let time = |(index, time): (usize, &Time)| timeline::PlannedTime {
            name: time.name.clone(),
            note: self.course_note(guide.text, index).unwrap_or_default(),
            lane: lane(time.course),
            treatments: time.treatments.iter().map(given).collect(),
        };
        timeline::Plan { title: t!(guide.text, plan_title), times: self.times.iter().enumerate().map(time).collect() }
    }
}

/// The page that shows a plan: a picture, the same content in words, and the sources.
#[must_use]
pub fn page(guide: Edition<'_>, answered: Answered<'_>, steps: &[Step]) -> Document {
    let mut document = Document::default();
    let mut citations = Citations::default();
    let plan = Plan::of(guide, answered, steps, &mut citations);
    document.heading(1, t!(guide.text, plan_title));
    scope(guide, answered, &mut citations, &mut document);
    doubts(guide, answered, &mut citations, &mut document);
    document.paragraph(t!(guide.text, plan_intro));
    document.blocks.push(Block::Picture { drawing: Drawing::Plan(plan.drawing(guide)), words: plan.blocks(guide) });
    sources(guide, &citations, &mut document);
    document
}
