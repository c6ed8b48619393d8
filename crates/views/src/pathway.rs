//! The pathway for a group of cases: which treatments may be given at which time (an entry of `Guide::timings`), and the order of these times.
//!
//! A group is described by a [`Case`]. All members of the group share its stated facts. All other facts are unknown. This module works out the
//! content of a pathway. Its submodules turn the content into a picture or a text.

mod fork;
mod picture;
pub mod text;

use sarcoguide_document::Document;
use sarcoguide_document::svg::{Lane, Shape};
use sarcoguide_model::{
    Advice, Case, Course, ModalityId, OutOfScope, StrengthId, TimingId, TreatmentAdvice, TreatmentId, Truth, Verdict,
};

use crate::Edition;
use crate::doubts;
use crate::fit::Fit;
use crate::listed;
use crate::scope::outside;
use crate::words;
use sarcoguide_text::t;

/// How a treatment fits a group, in words. In the picture, the shape of the treatment's box shows the same, so nobody has to rely on color.
#[must_use]
pub fn group_fit_label(guide: Edition<'_>, fit: Fit) -> String {
    match fit {
        Fit::Fits => t!(guide.text, pathway_fits),
        Fit::MayFit => t!(guide.text, pathway_may_fit),
        Fit::AdvisedAgainst => t!(guide.text, pathway_advised_against),
        other => other.label(guide),
    }
}

/// The shape of a box for a treatment that fits in this way.
fn shape(fit: Fit) -> Shape {
    match fit {
        Fit::Fits => Shape::Fits,
        Fit::FitsOnceRuledOut | Fit::MayFit => Shape::Open,
        Fit::TrialOnly => Shape::TrialOnly,
        Fit::AdvisedAgainst => Shape::AdvisedAgainst,
        Fit::Unavailable | Fit::DoesNotFit => Shape::Unavailable,
    }
}

/// The lane of the picture in which a time with this course is drawn.
pub(crate) fn lane(course: Course) -> Lane {
    match course {
        Course::Main => Lane::Main,
        Course::Branch => Lane::Branch,
        Course::Alongside => Lane::Alongside,
    }
}

/// A treatment at one time of the pathway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedTreatment {
    /// The treatment.
    pub treatment: TreatmentId,
    /// The treatment's name.
    pub name: String,
    /// How it fits the group at this time.
    pub fit: Fit,
    /// Whether it's being given now, by itself or as part of a combination.
    pub ongoing: bool,
    /// Whether the members of the group decline it.
    pub declined: bool,
    /// The strength of the strongest recommendation for it at this time, among the indications that hold or, if none holds, those that may hold.
    pub strength: StrengthId,
    /// The name of the strength.
    pub strength_name: String,
    /// The names of the missing facts that decide whether it fits, the most decisive first. Empty if the fit is already decided, or if it's being
    /// given now.
    pub missing: Vec<String>,
}

impl TimedTreatment {
    /// How it fits, in words, and whether it's being given now or declined.
    #[must_use]
    pub fn words(&self, guide: Edition<'_>) -> String {
        let words = match (self.ongoing, group_fit_label(guide, self.fit)) {
            (true, _) if self.fit.fits() || self.fit == Fit::MayFit => t!(guide.text, pathway_ongoing),
            (true, words) => t!(guide.text, pathway_ongoing_and, fit = words),
            (false, words) => words,
        };
        if self.declined { t!(guide.text, pathway_declined, fit = words) } else { words }
    }
}

/// Treatments of one kind at one time. They can be alternatives or parts of one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The kind of treatment.
    pub modality: ModalityId,
    /// The name of the kind.
    pub name: String,
    /// The treatments, the best fit first, then the strongest recommendation.
    pub treatments: Vec<TimedTreatment>,
}

/// A time with the treatments that may be given then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The time.
    pub timing: TimingId,
    /// The name of the time.
    pub name: String,
    /// An explanation of the time.
    pub help: String,
    /// Whether the time follows the one before it, branches off, or runs alongside the others.
    pub course: Course,
    /// The treatments by kind. The kinds are in the guide's order.
    pub kinds: Vec<Kind>,
}

/// A step from one time to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The index of the column where the step starts; `None` if it starts at the beginning of the picture.
    pub from: Option<usize>,
    /// The index of the column where the step ends.
    pub to: usize,
    /// The facts that decide whether to take this step, each with the values that the step requires, for instance `Grade: low`. Empty if no
    /// single fact decides, and for steps that don't leave the start.
    pub only_if: Vec<String>,
}

/// The pathway for a group of cases. See the [module documentation](self).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pathway {
    /// The guide's name.
    pub guide: String,
    /// The facts that the members of the group share, with their values. Empty for the whole guide.
    pub group: Vec<String>,
    /// The names of the kinds of treatment to which the pathway is limited. Empty if it shows all kinds.
    pub limited_to: Vec<String>,
    /// Why the guide doesn't cover the group and where to look instead; `None` if it covers the group or may cover it.
    pub not_covered: Option<String>,
    /// A section with the [doubts] about the group's shared facts. Empty if there are none.
    pub doubts: Document,
    /// The times that have treatments, in the guide's order.
    pub columns: Vec<Column>,
    /// The steps between the columns, by index.
    pub edges: Vec<Edge>,
    /// The guide's disclaimer.
    pub disclaimer: String,
}

impl Pathway {
    /// Builds the pathway for `case`, which describes the group, from the advice for it.
    ///
    /// If `only` isn't empty, the pathway is limited to these kinds of treatment.
    #[must_use]
    pub fn of(guide: Edition<'_>, case: &Case, advice: &Advice, only: &[ModalityId]) -> Self {
        let shown = |entry: &&TreatmentAdvice| {
            let modality = guide[entry.treatment].modality;
            entry.verdict != Verdict::NotIndicated && (only.is_empty() || only.contains(&modality))
        };
        let entries: Vec<&TreatmentAdvice> = advice.treatments.iter().filter(shown).collect();
        let columns: Vec<Column> = (0..guide.timings.len())
            .map(|index| column(guide, &entries, TimingId::new(index)))
            .filter(|column| !column.kinds.is_empty())
            .collect();
        let edges = edges(guide, case, advice, &entries, &columns);
        let not_covered = advice.scope.covered.is_false().then(|| {
            let kind = |entry: &OutOfScope| {
                let (statement, elsewhere) = (&entry.statement.text, &entry.where_to_look);
                t!(guide.text, pathway_not_covered, statement = statement, elsewhere = elsewhere)
            };
            let said = std::iter::once(format!("{}.", t!(guide.text, scope_not_covered))).chain(outside(guide, advice).map(kind));
            said.collect::<Vec<_>>().join(" ")
        });
        Self {
            guide: guide.name.clone(),
            group: words::stated_sentences(guide, case, case.stated()),
            limited_to: only.iter().map(|modality| guide[*modality].name.clone()).collect(),
            not_covered,
            doubts: doubts::section(guide, case, advice),
            columns,
            edges,
            disclaimer: guide.disclaimer.text.clone(),
        }
    }

    /// The picture's title.
    #[must_use]
    pub fn title(&self, guide: Edition<'_>) -> String {
        t!(guide.text, pathway_title)
    }

    /// Says whom the pathway is for and, if it's limited to some kinds of treatment, which ones.
    #[must_use]
    pub fn about(&self, guide: Edition<'_>) -> String {
        let mut about = if self.group.is_empty() {
            t!(guide.text, pathway_about_all)
        } else {
            t!(guide.text, pathway_about_group, facts = self.group.join("; "))
        };
        if !self.limited_to.is_empty() {
            about.push(' ');
            about.push_str(&t!(guide.text, pathway_limited_to, kinds = self.limited_to.join(", ")));
        }
        about
    }

    /// The step that ends at a column. `None` if the column is the guide's start or runs alongside the others.
    #[must_use]
    pub fn step_to(&self, column: usize) -> Option<&Edge> {
        self.edges.iter().find(|edge| edge.to == column)
    }

    /// The kinds of fit that occur in the pathway, in display order, for a legend of the shapes.
    ///
    /// [`Fit::MayFit`] also represents [`Fit::FitsOnceRuledOut`], because both have the same shape.
    #[must_use]
    pub fn fits(&self) -> Vec<Fit> {
        let placed = || self.columns.iter().flat_map(|column| &column.kinds).flat_map(|kind| &kind.treatments);
        let shapes = Fit::ALL.into_iter().filter(|fit| !matches!(fit, Fit::FitsOnceRuledOut | Fit::DoesNotFit));
        shapes.filter(|fit| placed().any(|placed| shape(placed.fit) == shape(*fit))).collect()
    }
}

/// The indexes of the treatment's indications that are for this time and that hold or may hold.
fn open_indications(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Vec<usize> {
    let indications = &guide[entry.treatment].indications;
    let at = |index: &usize| indications[*index].timing == timing && !entry.indications[*index].is_false();
    (0..indications.len()).filter(at).collect()
}

fn column(guide: Edition<'_>, entries: &[&TreatmentAdvice], timing: TimingId) -> Column {
    let kinds = (0..guide.modalities.len()).map(|index| {
        let modality = ModalityId::new(index);
        let of_kind = entries.iter().filter(|entry| guide[entry.treatment].modality == modality);
        let mut treatments: Vec<TimedTreatment> = of_kind.filter_map(|entry| timed_at(guide, entry, timing)).collect();
        treatments.sort_by_key(|entry| (entry.fit, entry.strength));
        Kind { modality, name: guide.modalities[index].name.clone(), treatments }
    });
    let term = &guide[timing];
    Column {
        timing,
        name: term.name.clone(),
        help: term.help.clone(),
        course: term.course,
        kinds: kinds.filter(|kind| !kind.treatments.is_empty()).collect(),
    }
}

/// A treatment at one time, or `None` if it has no indication at that time that holds or may hold.
fn timed_at(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Option<TimedTreatment> {
    let treatment = &guide[entry.treatment];
    let fit = Fit::at(guide, entry, timing)?;
    let open = open_indications(guide, entry, timing);
    let holding: Vec<usize> = open.iter().copied().filter(|index| entry.indications[*index].is_true()).collect();
    let relevant = if holding.is_empty() { &open } else { &holding };
    let strength = relevant.iter().map(|index| treatment.indications[*index].strength).min()?;
    let missing = listed::questions(guide, entry.missing.iter().map(|missing| missing.fact));
    let waits = !entry.is_ongoing() && matches!(fit, Fit::FitsOnceRuledOut | Fit::MayFit | Fit::TrialOnly);
    Some(TimedTreatment {
        treatment: entry.treatment,
        name: treatment.name.clone(),
        fit,
        ongoing: entry.is_ongoing(),
        declined: entry.declined == Truth::True,
        strength,
        strength_name: guide[strength].name.clone(),
        missing: if waits {
            missing.into_iter().map(|fact| listed::question_name(guide, fact).to_owned()).collect()
        } else {
            Vec::new()
        },
    })
}

/// The steps between columns. One step ends at each column, except at the start and at the columns that run alongside the others.
fn edges(guide: Edition<'_>, case: &Case, advice: &Advice, entries: &[&TreatmentAdvice], columns: &[Column]) -> Vec<Edge> {
    // If the guide's start has treatments, it's the first column, and the first main step and all branches begin there.
    let begin = columns.first().filter(|column| Some(column.timing) == guide.start).map(|_| 0);
    let mut last = begin;
    let mut edges = Vec::new();
    for (to, column) in columns.iter().enumerate() {
        match column.course {
            Course::Main if begin == Some(to) => {}
            Course::Main => {
                edges.push(Edge { from: last, to, only_if: Vec::new() });
                last = Some(to);
            }
            Course::Branch => edges.push(Edge { from: begin, to, only_if: Vec::new() }),
            Course::Alongside => {}
        }
    }
    // Label the steps that leave the start with the facts that decide between them.
    let from_start: Vec<usize> = (0..edges.len()).filter(|index| edges[*index].from == begin).collect();
    let indications_on = |edge: &Edge| {
        let timing = columns[edge.to].timing;
        let of_treatment = |entry: &&TreatmentAdvice| {
            open_indications(guide, entry, timing).into_iter().map(|index| (entry.treatment, index)).collect::<Vec<_>>()
        };
        entries.iter().flat_map(of_treatment).collect::<Vec<_>>()
    };
    let branches: Vec<Vec<(TreatmentId, usize)>> = from_start.iter().map(|index| indications_on(&edges[*index])).collect();
    let labels = fork::labels(guide, case, advice, &branches);
    for (index, only_if) in from_start.into_iter().zip(labels) {
        edges[index].only_if = only_if;
    }
    edges
}
