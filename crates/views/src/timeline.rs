//! The timeline of one treatment: its phases and how it's given, as a small picture and in words.

pub mod plan;

use sarcoguide_model::{PassageId, Treatment, TreatmentAdvice, Truth};

use sarcoguide_document::svg::timeline::{self, TreatmentParts};
use sarcoguide_document::{Block, Document, Line, Mark};

use crate::Edition;
use crate::pathway::text::plain;
use crate::provenance::note;
use crate::words::{Citations, administration_name, within};
use sarcoguide_text::t;

/// A phase of a treatment or a way in which it's given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name of the phase, or the route and form in which the treatment is given.
    pub name: String,
    /// For a phase, when it starts and how often something happens. For a way of giving the treatment, where and how often.
    pub starts: Option<String>,
    /// How long the phase lasts, or how long the treatment is given.
    pub lasts: Option<String>,
    /// A sentence that describes the part.
    pub text: String,
    /// The passages that support the sentence.
    pub from: Vec<PassageId>,
    /// The citation mark for these passages. Empty if the document doesn't number its sources.
    pub mark: Mark,
}

impl Part {
    fn drawing(&self, guide: Edition<'_>) -> timeline::TreatmentPart {
        timeline::TreatmentPart {
            name: self.name.clone(),
            starts: self.starts.clone(),
            lasts: self.lasts.as_ref().map(|lasts| t!(guide.text, timeline_lasts, duration = lasts)),
            tooltip: self.text.clone(),
        }
    }

    fn line(&self, number: Option<usize>) -> Line {
        let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
        let when: Vec<&str> = [self.starts.as_deref(), self.lasts.as_deref()].into_iter().flatten().collect();
        let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join("; ")) };
        let line = Line::default().strong(format!("{number}{}", self.name)).plain(format!("{when}: {}", self.text));
        line.cite(self.mark.clone())
    }
}

/// The phases of a treatment and how it's given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The treatment's name.
    pub name: String,
    /// The phases, in order of time.
    pub phases: Vec<Part>,
    /// The ways in which it's given.
    pub given: Vec<Part>,
}

impl Timeline {
    /// The timeline of a treatment, or `None` if the guide describes neither phases nor how it's given.
    ///
    /// If there is an `entry`, leaves out the ways of giving the treatment that don't apply to its case.
    #[must_use]
    pub fn of(guide: Edition<'_>, treatment: &Treatment, entry: Option<&TreatmentAdvice>) -> Option<Self> {
        let phases: Vec<Part> = treatment
            .phases
            .iter()
            .map(|phase| Part {
                name: phase.name.clone(),
                starts: joined([phase.starts.clone(), phase.schedule.clone()]),
                lasts: phase.lasts.clone(),
                text: phase.statement.text.clone(),
                from: phase.statement.from.clone(),
                mark: Mark::default(),
            })
            .collect();
        let concerns = |index: usize| entry.is_none_or(|entry| entry.administrations.get(index) != Some(&Truth::False));
        let given: Vec<Part> = treatment
            .administrations
            .iter()
            .enumerate()
            .filter(|(index, _)| concerns(*index))
            .map(|(_, administration)| {
                // Without a route, the name is the setting.
                let setting = administration.route.and(administration.setting).map(|setting| within(&guide[setting].name));
                Part {
                    name: administration_name(guide, treatment, administration),
                    starts: joined([setting, administration.schedule.clone()]),
                    lasts: administration.duration.clone(),
                    text: administration.statement.text.clone(),
                    from: administration.statement.from.clone(),
                    mark: Mark::default(),
                }
            })
            .collect();
        let found = !phases.is_empty() || !given.is_empty();
        found.then(|| Self { name: treatment.name.clone(), phases, given })
    }

    /// The timeline of the treatment with this ID, without a case. Returns `None` if the guide has no such treatment or describes no parts of it.
    #[must_use]
    pub fn of_id(guide: Edition<'_>, id: &str) -> Option<Self> {
        guide.treatment(id).and_then(|treatment| Self::of(guide, &guide[treatment], None))
    }

    /// Sets the citation mark of each part.
    pub(crate) fn cite(&mut self, citations: &mut Citations) {
        for part in self.phases.iter_mut().chain(&mut self.given) {
            part.mark = citations.mark(&part.from);
        }
    }

    /// The picture's title.
    #[must_use]
    pub fn title(&self, guide: Edition<'_>) -> String {
        t!(guide.text, timeline_title, treatment = &self.name)
    }

    /// The timeline in words, as a document with a title.
    #[must_use]
    pub fn document(&self, guide: Edition<'_>) -> Document {
        let mut document = Document::default();
        document.heading(1, self.title(guide));
        document.blocks.extend(self.blocks(guide));
        document
    }

    /// The timeline in words, without a title.
    #[must_use]
    pub fn blocks(&self, guide: Edition<'_>) -> Vec<Block> {
        let mut document = Document::default();
        if !self.phases.is_empty() {
            document.heading(3, t!(guide.text, timeline_parts_heading));
        }
        document.points(self.phase_lines());
        if !self.given.is_empty() {
            document.heading(3, t!(guide.text, timeline_given_heading));
        }
        document.points(self.administration_lines());
        document.blocks
    }

    /// A numbered line for each phase.
    fn phase_lines(&self) -> Vec<Line> {
        self.phases.iter().enumerate().map(|(index, part)| part.line(Some(index + 1))).collect()
    }

    /// A line for each way in which the treatment is given.
    fn administration_lines(&self) -> Vec<Line> {
        self.given.iter().map(|part| part.line(None)).collect()
    }

    /// The timeline as a drawing, without the note that names the guide and the program.
    #[must_use]
    pub fn drawing(&self, guide: Edition<'_>) -> TreatmentParts {
        let drawn = |parts: &[Part]| parts.iter().map(|part| part.drawing(guide)).collect();
        TreatmentParts {
            title: self.title(guide),
            phases_heading: t!(guide.text, timeline_parts_heading),
            phases: drawn(&self.phases),
            given_heading: t!(guide.text, timeline_given_heading),
            given: drawn(&self.given),
            foot: String::new(),
        }
    }

    /// The timeline as an SVG image of the given width in pixels.
    ///
    /// The SVG's description is the text of [`document`](Self::document). Because the image can be used on its own, it names the guide and
    /// the program.
    #[must_use]
    pub fn svg(&self, guide: Edition<'_>, width: u16) -> String {
        let drawing = TreatmentParts { foot: note(guide), ..self.drawing(guide) };
        drawing.svg(width, &plain(&self.document(guide)))
    }
}

fn joined(texts: [Option<String>; 2]) -> Option<String> {
    texts.into_iter().flatten().reduce(|first, second| format!("{first}, {second}"))
}
