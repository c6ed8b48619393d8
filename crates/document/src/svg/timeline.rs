//! Draws treatments as SVG, with a box for each of their parts, such as phases. The sizes of the boxes don't represent durations.

use super::canvas::{Area, Canvas, Font, Toward, wrap};
use super::lane::Lane;

/// A part of a treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentPart {
    /// The name of the part.
    pub name: String,
    /// When the part starts, or where and how often it's given.
    pub starts: Option<String>,
    /// How long the part lasts.
    pub lasts: Option<String>,
    /// The tooltip of the part's box.
    pub tooltip: String,
}

/// The parts of a treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentParts {
    /// The title of the picture.
    pub title: String,
    /// The heading above `phases`.
    pub phases_heading: String,
    /// The parts that follow one another.
    pub phases: Vec<TreatmentPart>,
    /// The heading above `given`.
    pub given_heading: String,
    /// The ways in which the treatment is given, one part for each.
    pub given: Vec<TreatmentPart>,
    /// The small text at the bottom, for a picture that's saved on its own. May be empty.
    pub foot: String,
}

/// A treatment in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTreatment {
    /// The name of the treatment.
    pub name: String,
    /// How well the treatment fits the case, in words. May be empty.
    pub fit: String,
    /// The parts of the treatment.
    pub parts: TreatmentParts,
}

/// A time in the course of treatment, with the treatments that are given then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTime {
    /// The name of the time.
    pub name: String,
    /// How the time relates to the other times, in words. May be empty.
    pub note: String,
    /// Whether this time is part of the main sequence, branches off, or runs in parallel.
    pub lane: Lane,
    /// The treatments that are given at this time.
    pub treatments: Vec<PlannedTreatment>,
}

/// The treatments of a plan, grouped by time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The title of the picture.
    pub title: String,
    /// The times, in order.
    pub times: Vec<PlannedTime>,
}

impl Plan {
    /// Renders the plan as SVG, with each time below the previous one. `width` is in pixels.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        let mut canvas = Canvas::new(width);
        let outer = Span { x: MARGIN, width: canvas.width - 2.0 * MARGIN };
        let inner = Span { x: outer.x + INSET, width: outer.width - 2.0 * INSET };
        let mut y = MARGIN;
        for (index, time) in self.times.iter().enumerate() {
            if index > 0 {
                // Times that run alongside or branch off don't follow the time above, so they get no arrow.
                if time.lane == Lane::Main {
                    step_down(&mut canvas, outer.x + 18.0, y);
                }
                y += ARROW;
            }
            let top = y;
            let background = canvas.reserve();
            y = canvas.paragraph(inner.x, y + INSET, inner.width, &time.name, HEADING);
            y = canvas.paragraph(inner.x, y, inner.width, &time.note, Font::SMALL);
            for given in &time.treatments {
                y = canvas.paragraph(inner.x, y + SPACE, inner.width, &given.name, Font::NAME);
                y = canvas.paragraph(inner.x, y, inner.width, &given.fit, Font::SMALL) + SPACE;
                y = given.parts.rows(&mut canvas, inner, y, false);
            }
            let area = Area { x: outer.x, y: top, width: outer.width, height: y - top };
            canvas.fill(background, &area.background(time.lane == Lane::Alongside));
        }
        canvas.finish(&self.title, "", "timeline", y + MARGIN)
    }
}

impl TreatmentParts {
    /// Renders the parts as SVG: side by side if there is room, and stacked if not. `width` is in pixels.
    #[must_use]
    pub fn svg(&self, width: u16, description: &str) -> String {
        let mut canvas = Canvas::new(width);
        let span = Span { x: MARGIN, width: canvas.width - 2.0 * MARGIN };
        let mut end = self.rows(&mut canvas, span, MARGIN, true);
        if !self.foot.is_empty() {
            end = canvas.paragraph(span.x, end, span.width, &self.foot, Font::SMALL) + SPACE;
        }
        canvas.finish(&self.title, description, "timeline", end + MARGIN - SPACE)
    }

    /// Draws the parts below `top`. Returns the y coordinate where the next element can begin.
    ///
    /// `with_heading` adds the heading of the phases, and makes the heading of the ways of administration larger.
    fn rows(&self, canvas: &mut Canvas, span: Span, top: f32, with_heading: bool) -> f32 {
        let mut y = top;
        if !self.phases.is_empty() {
            if with_heading {
                y = canvas.paragraph(span.x, y, span.width, &self.phases_heading, HEADING) + SPACE;
            }
            y = self.phases(canvas, span, y) + SPACE;
        }
        if !self.given.is_empty() {
            let font = if with_heading { HEADING } else { Font::LABEL };
            y = canvas.paragraph(span.x, y, span.width, &self.given_heading, font) + SPACE;
            let boxes_per_row = ((span.width + SPACE) / (NARROWEST + SPACE)).floor().max(1.0);
            let boxes_per_row = boxes_per_row.min(self.given.len() as f32);
            let each = (span.width - (boxes_per_row - 1.0) * SPACE) / boxes_per_row;
            for row in self.given.chunks(boxes_per_row as usize) {
                let height = row.iter().map(|part| part_height(part, each)).fold(0.0, f32::max);
                for (index, part) in row.iter().enumerate() {
                    draw(canvas, part, Area { x: span.x + index as f32 * (each + SPACE), y, width: each, height }, None);
                }
                y += height + SPACE;
            }
        }
        y
    }

    fn phases(&self, canvas: &mut Canvas, span: Span, top: f32) -> f32 {
        let count = self.phases.len();
        let side = (span.width - (count as f32 - 1.0) * ARROW) / count as f32;
        if side >= NARROWEST_PHASE && count > 1 {
            let height = self.phases.iter().map(|part| part_height(part, side)).fold(0.0, f32::max);
            for (index, part) in self.phases.iter().enumerate() {
                let x = span.x + index as f32 * (side + ARROW);
                draw(canvas, part, Area { x, y: top, width: side, height }, Some(index + 1));
                if index + 1 < count {
                    let (from, to, y) = (x + side + 4.0, x + side + ARROW - 4.0, top + height / 2.0);
                    canvas.path(&[(from, y), (to, y)], false);
                    canvas.head((to + 1.0, y), Toward::Right);
                }
            }
            return top + height + SPACE;
        }
        let mut y = top;
        for (index, part) in self.phases.iter().enumerate() {
            let height = part_height(part, span.width);
            draw(canvas, part, Area { x: span.x, y, width: span.width, height }, Some(index + 1));
            y += height;
            if index + 1 < count {
                step_down(canvas, span.x + 18.0, y);
                y += ARROW;
            }
        }
        y + SPACE
    }
}

/// The horizontal space for a row of parts.
#[derive(Clone, Copy)]
struct Span {
    x: f32,
    width: f32,
}

/// Draws an arrow down from an element that ends at `y` to the next one.
fn step_down(canvas: &mut Canvas, x: f32, y: f32) {
    canvas.path(&[(x, y + 4.0), (x, y + ARROW - 4.0)], false);
    canvas.head((x, y + ARROW - 3.0), Toward::Down);
}

/// The space between the border of a time and its content.
const INSET: f32 = 10.0;
/// The space between the edge of the picture and its content.
const MARGIN: f32 = 12.0;
/// The space between elements.
const SPACE: f32 = 10.0;
/// The space between the border of a box and its text.
const PADDING: f32 = 10.0;
/// The space for an arrow between two boxes.
const ARROW: f32 = 28.0;
/// The minimum width of the boxes in `given` that are side by side.
const NARROWEST: f32 = 170.0;
/// The minimum width of phases that are side by side. Seven phases fit into 1,200 pixels, the default width of `sarcoguide show`.
const NARROWEST_PHASE: f32 = 136.0;
const HEADING: Font = Font { size: 14.5, bold: true, faint: false };

/// Returns the wrapped lines of a part's box, each with its font. `number` is the part's number among the phases.
fn lines_of(part: &TreatmentPart, width: f32, number: Option<usize>) -> Vec<(String, Font)> {
    let name = number.map_or_else(|| part.name.clone(), |number| format!("{number}. {}", part.name));
    let lines = |text: &str, font: Font| {
        wrap(text, width - 2.0 * PADDING, font).into_iter().map(move |line| (line, font)).collect::<Vec<_>>()
    };
    let mut all = lines(&name, Font::NAME);
    all.extend(part.starts.iter().flat_map(|starts| lines(starts, Font::SMALL)));
    all.extend(part.lasts.iter().flat_map(|lasts| lines(lasts, Font::SMALL)));
    all
}

fn part_height(part: &TreatmentPart, width: f32) -> f32 {
    // Assume a number with two digits, so that the height doesn't depend on the number.
    lines_of(part, width, Some(99)).iter().map(|(_, font)| font.line()).sum::<f32>() + 2.0 * PADDING - 4.0
}

fn draw(canvas: &mut Canvas, part: &TreatmentPart, area: Area, number: Option<usize>) {
    canvas.open(&part.tooltip);
    let background = canvas.reserve();
    canvas.fill(background, &area.background(false));
    let mut y = area.y + PADDING - 2.0;
    for (line, font) in lines_of(part, area.width, number) {
        canvas.line_of_text(area.x + PADDING, y + font.size, &line, font, false);
        y += font.line();
    }
    canvas.close();
}
