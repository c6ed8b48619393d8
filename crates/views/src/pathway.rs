//! How treatments follow one another for a group of cases, as a picture: what stands in it, before it is drawn.
//!
//! A group is a case: the facts that it states are what its members share, everything else is open. Every word on the picture but the
//! frame comes from the guide.

mod fork;
mod picture;
pub mod text;

use sarcoguide_document::svg::{Lane, Shape};
use sarcoguide_model::{
    Advice, Case, Course, ModalityId, OutOfScope, StrengthId, TimingId, TreatmentAdvice, TreatmentId, Truth, Verdict,
};

use crate::Edition;
use crate::fit::Fit;
use crate::scope::outside;
use crate::words;
use sarcoguide_text::t;

/// How a treatment fits a group, in words. It is told by the shape of a box too, never by color alone.
#[must_use]
pub fn words_for_a_group(guide: Edition<'_>, fit: Fit) -> String {
    match fit {
        Fit::Fits => t!(guide.text, pathway_fits),
        Fit::MayFit => t!(guide.text, pathway_may_fit),
        Fit::AdvisedAgainst => t!(guide.text, pathway_advised_against),
        other => other.label(guide),
    }
}

/// The shape of a box.
fn shape(fit: Fit) -> Shape {
    match fit {
        Fit::Fits => Shape::Fits,
        Fit::FitsOnceRuledOut | Fit::MayFit => Shape::Open,
        Fit::TrialOnly => Shape::TrialOnly,
        Fit::AdvisedAgainst => Shape::AdvisedAgainst,
        Fit::Unavailable | Fit::DoesNotFit => Shape::Unavailable,
    }
}

/// Where a time stands to the others.
pub(crate) fn lane(course: Course) -> Lane {
    match course {
        Course::Main => Lane::Main,
        Course::Branch => Lane::Branch,
        Course::Alongside => Lane::Alongside,
    }
}

/// A treatment at one time on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The treatment.
    pub treatment: TreatmentId,
    /// Its name.
    pub name: String,
    /// How it fits at this time.
    pub fit: Fit,
    /// Whether the case declines it.
    pub declined: bool,
    /// How strongly the guide holds it out at this time, at most.
    pub strength: StrengthId,
    /// That in words.
    pub strength_name: String,
    /// The facts that it depends on where it is open, what settles most first.
    pub missing: Vec<String>,
}

impl Placed {
    /// How it fits, in words.
    #[must_use]
    pub fn words(&self, guide: Edition<'_>) -> String {
        let words = words_for_a_group(guide, self.fit);
        if self.declined { t!(guide.text, pathway_declined, fit = words) } else { words }
    }
}

/// Treatments of one kind at one time: alternatives, or parts of one plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The modality.
    pub modality: ModalityId,
    /// Its name.
    pub name: String,
    /// The treatments.
    pub placed: Vec<Placed>,
}

/// A time with what may be given then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The timing.
    pub timing: TimingId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub help: String,
    /// Where it stands.
    pub course: Course,
    /// The treatments by kind, in the guide's order.
    pub kinds: Vec<Kind>,
}

/// A step from one time to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The place of the column that it leaves; none for where the picture begins.
    pub from: Option<usize>,
    /// The place of the column that it leads to.
    pub to: usize,
    /// The facts that decide for this way and against another one, each with its values; empty where no single fact does.
    pub only_if: Vec<String>,
}

/// How treatments follow one another for a group of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pathway {
    /// The guide's name.
    pub guide: String,
    /// What the members of the group share; empty for the whole guide.
    pub group: Vec<String>,
    /// The kinds of treatment to which the picture is limited; empty where it is not.
    pub limited_to: Vec<String>,
    /// What the guide says where it does not cover the group.
    pub not_covered: Option<String>,
    /// The times that hold something, in the guide's order.
    pub columns: Vec<Column>,
    /// How they follow one another.
    pub edges: Vec<Edge>,
    /// What it is not.
    pub disclaimer: String,
}

impl Pathway {
    /// What `advice` holds for `case`, the group; of the modalities `only`, or of all where it is empty.
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
            group: case.stated().map(|fact| words::stated(guide, case, fact)).collect(),
            limited_to: only.iter().map(|modality| guide[*modality].name.clone()).collect(),
            not_covered,
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

    /// Whom the picture is for, in words.
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

    /// The step that leads to a column.
    #[must_use]
    pub fn step_to(&self, column: usize) -> Option<&Edge> {
        self.edges.iter().find(|edge| edge.to == column)
    }

    /// How the treatments fit, each as it occurs, in the order in which they are shown. What waits for something to be ruled out has the shape of
    /// what may fit.
    #[must_use]
    pub fn fits(&self) -> Vec<Fit> {
        let placed = || self.columns.iter().flat_map(|column| &column.kinds).flat_map(|kind| &kind.placed);
        let shapes = Fit::ALL.into_iter().filter(|fit| !matches!(fit, Fit::FitsOnceRuledOut | Fit::DoesNotFit));
        shapes.filter(|fit| placed().any(|placed| shape(placed.fit) == shape(*fit))).collect()
    }
}

/// The indications of a treatment at one time that are not ruled out, by place.
fn open_indications(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Vec<usize> {
    let indications = &guide[entry.treatment].indications;
    let at = |index: &usize| indications[*index].timing == timing && !entry.indications[*index].is_false();
    (0..indications.len()).filter(at).collect()
}

fn column(guide: Edition<'_>, entries: &[&TreatmentAdvice], timing: TimingId) -> Column {
    let kinds = (0..guide.modalities.len()).map(|index| {
        let modality = ModalityId::new(index);
        let of_kind = entries.iter().filter(|entry| guide[entry.treatment].modality == modality);
        let mut placed: Vec<Placed> = of_kind.filter_map(|entry| place(guide, entry, timing)).collect();
        placed.sort_by_key(|placed| (placed.fit, placed.strength));
        Kind { modality, name: guide.modalities[index].name.clone(), placed }
    });
    let term = &guide[timing];
    Column {
        timing,
        name: term.name.clone(),
        help: term.help.clone(),
        course: term.course,
        kinds: kinds.filter(|kind| !kind.placed.is_empty()).collect(),
    }
}

/// A treatment at one time, where it has something to do there.
fn place(guide: Edition<'_>, entry: &TreatmentAdvice, timing: TimingId) -> Option<Placed> {
    let treatment = &guide[entry.treatment];
    let fit = Fit::at(guide, entry, timing)?;
    let open = open_indications(guide, entry, timing);
    let holding: Vec<usize> = open.iter().copied().filter(|index| entry.indications[*index].is_true()).collect();
    let telling = if holding.is_empty() { &open } else { &holding };
    let strength = telling.iter().map(|index| treatment.indications[*index].strength).min()?;
    let name = |missing: &sarcoguide_model::Missing| guide[missing.fact].name.clone();
    let waits = matches!(fit, Fit::FitsOnceRuledOut | Fit::MayFit | Fit::TrialOnly);
    Some(Placed {
        treatment: entry.treatment,
        name: treatment.name.clone(),
        fit,
        declined: entry.declined == Truth::True,
        strength,
        strength_name: guide[strength].name.clone(),
        missing: if waits { entry.missing.iter().map(name).collect() } else { Vec::new() },
    })
}

/// One step to each column that does not run alongside.
fn edges(guide: Edition<'_>, case: &Case, advice: &Advice, entries: &[&TreatmentAdvice], columns: &[Column]) -> Vec<Edge> {
    // All ways begin at the guide's start, where the picture has it.
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
    // Those that leave where the ways part are told apart by the fact that decides.
    let parting: Vec<usize> = (0..edges.len()).filter(|index| edges[*index].from == begin).collect();
    let rules = |edge: &Edge| {
        let timing = columns[edge.to].timing;
        let of_entry = |entry: &&TreatmentAdvice| {
            open_indications(guide, entry, timing).into_iter().map(|index| (entry.treatment, index)).collect::<Vec<_>>()
        };
        entries.iter().flat_map(of_entry).collect::<Vec<_>>()
    };
    let branches: Vec<Vec<(TreatmentId, usize)>> = parting.iter().map(|index| rules(&edges[*index])).collect();
    let labels = fork::labels(guide, case, advice, &branches);
    for (index, only_if) in parting.into_iter().zip(labels) {
        edges[index].only_if = only_if;
    }
    edges
}
