//! One treatment's own parts as they follow one another, as a small picture and in words.

pub mod plan;

use sarcoguide_model::{Guide, PassageId, Treatment, TreatmentAdvice, Truth};

use crate::document::{Block, Document, Line, Mark};
use crate::pathway::svg::{Area, Canvas, Font, Toward, wrap};
use crate::pathway::text::plain;
use crate::words::{Citations, capital, spaced};

/// A part of a treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// When it starts, or where and how often it is given.
    pub starts: Option<String>,
    /// How long it lasts.
    pub lasts: Option<String>,
    /// In a sentence.
    pub text: String,
    /// The passages behind it.
    pub from: Vec<PassageId>,
    /// The numbers of its sources, where the document numbers them.
    pub mark: Mark,
}

impl Part {
    fn told(&self, number: Option<usize>) -> Line {
        let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
        let when: Vec<&str> = [self.starts.as_deref(), self.lasts.as_deref()].into_iter().flatten().collect();
        let when = if when.is_empty() { String::new() } else { format!(" ({})", when.join("; ")) };
        let line = Line::default().strong(format!("{number}{}", self.name)).plain(format!("{when}: {}", self.text));
        line.cite(self.mark.clone())
    }
}

/// A treatment's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The treatment's name.
    pub name: String,
    /// Parts that follow one another.
    pub phases: Vec<Part>,
    /// How it is given.
    pub given: Vec<Part>,
}

impl Timeline {
    /// The parts of a treatment, without ways of giving it that do not concern the case of `entry`; none where the guide tells of none.
    #[must_use]
    pub fn of(treatment: &Treatment, entry: Option<&TreatmentAdvice>) -> Option<Self> {
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
                let form = administration.form.as_ref().map(|form| format!(", {}", spaced(form))).unwrap_or_default();
                let setting = administration.setting.as_ref().map(|setting| spaced(setting));
                // What is given by no route is named by its place.
                let (way, place) = match administration.route.as_str() {
                    NO_ROUTE => (setting.unwrap_or_else(|| treatment.name.clone()), None),
                    route => (spaced(route), setting),
                };
                Part {
                    name: format!("{}{form}", capital(&way)),
                    starts: joined([place, administration.schedule.clone()]),
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

    /// The same for a treatment by its id.
    #[must_use]
    pub fn of_id(guide: &Guide, id: &str) -> Option<Self> {
        guide.treatment(id).and_then(|treatment| Self::of(&guide.treatments[treatment.index()], None))
    }

    /// Numbers the sources of each part.
    pub(crate) fn cite(&mut self, citations: &mut Citations) {
        for part in self.phases.iter_mut().chain(&mut self.given) {
            part.mark = citations.mark(&part.from);
        }
    }

    /// The picture's title.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: how it goes", self.name)
    }

    /// In words: what the picture shows and what each part is.
    #[must_use]
    pub fn document(&self) -> Document {
        let mut document = Document::default();
        document.heading(1, self.title());
        document.blocks.extend(self.blocks());
        document
    }

    /// The same without its title.
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let mut document = Document::default();
        if !self.phases.is_empty() {
            document.heading(3, PARTS);
        }
        document.points(self.parts_told());
        if !self.given.is_empty() {
            document.heading(3, GIVEN);
        }
        document.points(self.given_told());
        document.blocks
    }

    /// What each part is.
    fn parts_told(&self) -> Vec<Line> {
        self.phases.iter().enumerate().map(|(index, part)| part.told(Some(index + 1))).collect()
    }

    /// How it is given.
    fn given_told(&self) -> Vec<Line> {
        self.given.iter().map(|part| part.told(None)).collect()
    }

    /// As SVG with its words as description, so many pixels wide: parts stand side by side where there is room, else below one another.
    /// It is not to scale.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        self.drawn(width, &plain(&self.document()))
    }

    /// The same where the words stand beside it.
    #[must_use]
    pub fn picture(&self, width: u16) -> String {
        self.drawn(width, "")
    }

    fn drawn(&self, width: u16, description: &str) -> String {
        let mut canvas = Canvas::new(width);
        let room = Room { x: MARGIN, width: canvas.width - 2.0 * MARGIN };
        let end = self.rows(&mut canvas, room, MARGIN, Some(PARTS));
        canvas.finish(&self.title(), description, "timeline", end + MARGIN - SPACE)
    }

    /// Draws the parts below `top`, under this heading, and gives where the next thing may stand.
    fn rows(&self, canvas: &mut Canvas, room: Room, top: f32, heading: Option<&str>) -> f32 {
        let mut y = top;
        if !self.phases.is_empty() {
            if let Some(heading) = heading {
                y = canvas.paragraph(room.x, y, room.width, heading, HEADING) + SPACE;
            }
            y = self.phases(canvas, room, y) + SPACE;
        }
        if !self.given.is_empty() {
            let font = if heading.is_some() { HEADING } else { Font::LABEL };
            y = canvas.paragraph(room.x, y, room.width, GIVEN, font) + SPACE;
            let beside = ((room.width + SPACE) / (NARROWEST + SPACE)).floor().max(1.0);
            let beside = beside.min(self.given.len() as f32);
            let each = (room.width - (beside - 1.0) * SPACE) / beside;
            for row in self.given.chunks(beside as usize) {
                let height = row.iter().map(|part| part_height(part, each)).fold(0.0, f32::max);
                for (place, part) in row.iter().enumerate() {
                    draw(canvas, part, Area { x: room.x + place as f32 * (each + SPACE), y, width: each, height }, None);
                }
                y += height + SPACE;
            }
        }
        y
    }

    fn phases(&self, canvas: &mut Canvas, room: Room, top: f32) -> f32 {
        let count = self.phases.len();
        let side = (room.width - (count as f32 - 1.0) * ARROW) / count as f32;
        if side >= NARROWEST_PHASE && count > 1 {
            let height = self.phases.iter().map(|part| part_height(part, side)).fold(0.0, f32::max);
            for (place, part) in self.phases.iter().enumerate() {
                let x = room.x + place as f32 * (side + ARROW);
                draw(canvas, part, Area { x, y: top, width: side, height }, Some(place + 1));
                if place + 1 < count {
                    let (from, to, y) = (x + side + 4.0, x + side + ARROW - 4.0, top + height / 2.0);
                    canvas.path(&[(from, y), (to, y)], false);
                    canvas.head((to + 1.0, y), Toward::Right);
                }
            }
            return top + height + SPACE;
        }
        let mut y = top;
        for (place, part) in self.phases.iter().enumerate() {
            let height = part_height(part, room.width);
            draw(canvas, part, Area { x: room.x, y, width: room.width, height }, Some(place + 1));
            y += height;
            if place + 1 < count {
                step_down(canvas, room.x + 18.0, y);
                y += ARROW;
            }
        }
        y + SPACE
    }
}

fn joined(texts: [Option<String>; 2]) -> Option<String> {
    texts.into_iter().flatten().reduce(|first, second| format!("{first}, {second}"))
}

/// Where a row of parts may stand.
#[derive(Clone, Copy)]
struct Room {
    x: f32,
    width: f32,
}

/// An arrow from what ends at `y` to what begins below.
fn step_down(canvas: &mut Canvas, x: f32, y: f32) {
    canvas.path(&[(x, y + 4.0), (x, y + ARROW - 4.0)], false);
    canvas.head((x, y + ARROW - 3.0), Toward::Down);
}

const PARTS: &str = "The parts, one after the other (not to scale)";
/// The route of what is not given into or onto the body.
const NO_ROUTE: &str = "none";
const GIVEN: &str = "How it is given";
const MARGIN: f32 = 12.0;
const SPACE: f32 = 10.0;
const PADDING: f32 = 10.0;
const ARROW: f32 = 28.0;
const NARROWEST: f32 = 170.0;
/// Seven parts side by side fit on a desk's screen.
const NARROWEST_PHASE: f32 = 136.0;
const HEADING: Font = Font { size: 14.5, bold: true, faint: false };

fn told(part: &Part, width: f32, number: Option<usize>) -> Vec<(String, Font)> {
    let name = number.map_or_else(|| part.name.clone(), |number| format!("{number}. {}", part.name));
    let lines = |text: &str, font: Font| {
        wrap(text, width - 2.0 * PADDING, font).into_iter().map(move |line| (line, font)).collect::<Vec<_>>()
    };
    let mut told = lines(&name, Font::NAME);
    told.extend(part.starts.iter().flat_map(|starts| lines(starts, Font::SMALL)));
    told.extend(part.lasts.iter().flat_map(|lasts| lines(&format!("lasts: {lasts}"), Font::SMALL)));
    told
}

fn part_height(part: &Part, width: f32) -> f32 {
    // Two digits of a number leave room for every number that there may be.
    told(part, width, Some(99)).iter().map(|(_, font)| font.line()).sum::<f32>() + 2.0 * PADDING - 4.0
}

fn draw(canvas: &mut Canvas, part: &Part, area: Area, number: Option<usize>) {
    canvas.open(&part.text);
    let ground = canvas.reserve();
    canvas.fill(ground, &area.ground(false));
    let mut y = area.y + PADDING - 2.0;
    for (line, font) in told(part, area.width, number) {
        canvas.line_of_text(area.x + PADDING, y + font.size, &line, font, false);
        y += font.line();
    }
    canvas.close();
}
