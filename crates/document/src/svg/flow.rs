//! Steps in columns of time with the boxes of each, as SVG: what leads to what, what branches off, what runs alongside.

use super::canvas::{Area, Canvas, Font, Shape, Toward, measure, wrap};
use super::lane::Lane;

/// A box of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowBox {
    /// Its first line.
    pub name: String,
    /// What is said below it, each on lines of its own.
    pub lines: Vec<String>,
    /// What a pointer over it shows.
    pub tooltip: String,
    /// Its shape.
    pub shape: Shape,
}

/// Boxes of one kind in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowGroup {
    /// What they have in common.
    pub name: String,
    /// The boxes.
    pub boxes: Vec<FlowBox>,
}

/// A time with its boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowColumn {
    /// Its heading.
    pub name: String,
    /// Where it stands to the others.
    pub lane: Lane,
    /// Its boxes by kind.
    pub groups: Vec<FlowGroup>,
}

/// An arrow from one column to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowEdge {
    /// The place of the column that it leaves; none for where the picture begins.
    pub from: Option<usize>,
    /// The place of the column that it leads to.
    pub to: usize,
    /// What is written on it; may be empty.
    pub label: String,
}

/// A flow from time to time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The picture's title.
    pub title: String,
    /// Whom it is for.
    pub about: String,
    /// What is said before everything else.
    pub notes: Vec<String>,
    /// What is written where the picture begins.
    pub start: String,
    /// What each shape means, of those that occur.
    pub legend: Vec<(Shape, String)>,
    /// The columns: the main way in its order.
    pub columns: Vec<FlowColumn>,
    /// The arrows, at most one to each column.
    pub edges: Vec<FlowEdge>,
    /// What stands below the picture.
    pub footnote: String,
    /// All of it in words, for readers who don't see the picture.
    pub description: String,
}

impl Flow {
    /// A flow as SVG, so many pixels wide: at 360 all stands in one column, from about 950 on the times stand side by side.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        let mut canvas = Canvas::new(width);
        let inner = canvas.width - 2.0 * MARGIN;
        let mut y = MARGIN;
        y = canvas.paragraph(MARGIN, y, inner, &self.title, Font { size: TITLE, bold: true, faint: false });
        y = canvas.paragraph(MARGIN, y + 4.0, inner, &self.about, Font::SMALL);
        for note in &self.notes {
            y = canvas.paragraph(MARGIN, y + SPACE, inner, note, Font::NAME);
        }
        y = legend(&mut canvas, self, y + 12.0) + 18.0;
        y = columns(&mut canvas, self, y);
        y = canvas.paragraph(MARGIN, y, inner, &self.footnote, Font::SMALL);
        canvas.finish(&self.title, &self.description, "pathway", y + MARGIN)
    }

    fn label_to(&self, column: usize) -> &str {
        self.edges.iter().find(|edge| edge.to == column).map_or("", |edge| &edge.label)
    }
}

const MARGIN: f32 = 16.0;
/// Left of everything that branches off, for the line that leads there.
const GUTTER: f32 = 22.0;
/// Between times that stand side by side, for the arrow.
const BETWEEN: f32 = 34.0;
/// Below each other.
const BELOW: f32 = 30.0;
const PADDING: f32 = 10.0;
const SPACE: f32 = 8.0;
/// A time is never narrower than this where times stand side by side.
const NARROWEST_COLUMN: f32 = 165.0;
/// Neither is a treatment's box where others stand beside it.
const NARROWEST_BOX: f32 = 165.0;

const TITLE: f32 = 19.0;
const HEADING: f32 = 14.5;

/// The shapes with their words.
fn legend(canvas: &mut Canvas, flow: &Flow, top: f32) -> f32 {
    let (mut x, mut y) = (MARGIN, top);
    for (shape, words) in &flow.legend {
        let needed = 34.0 + measure(words, Font::SMALL) + 22.0;
        if x > MARGIN && x + needed > canvas.width - MARGIN {
            x = MARGIN;
            y += 24.0;
        }
        canvas.shape(*shape, Area { x: x + 1.0, y, width: 24.0, height: 16.0 });
        canvas.line_of_text(x + 34.0, y + 12.5, words, Font::SMALL, false);
        x += needed;
    }
    if flow.legend.is_empty() { y } else { y + 16.0 }
}

/// Where a column has been drawn.
#[derive(Clone, Copy)]
struct Drawn {
    area: Area,
    /// Where its heading stands.
    heading: f32,
}

/// The way, then what branches off, then what runs alongside; gives where they end.
fn columns(canvas: &mut Canvas, flow: &Flow, top: f32) -> f32 {
    let of = |lane: Lane| (0..flow.columns.len()).filter(move |index| flow.columns[*index].lane == lane);
    let way: Vec<usize> = of(Lane::Main).collect();
    let left = MARGIN + GUTTER;
    let full = canvas.width - MARGIN - left;
    let mut drawn: Vec<Option<Drawn>> = vec![None; flow.columns.len()];
    let mut y = top;
    let count = way.len() as f32;
    let side = (full - (count - 1.0).max(0.0) * BETWEEN) / count.max(1.0);
    if side >= NARROWEST_COLUMN && way.len() > 1 {
        let above = way.iter().map(|index| label_height(flow.label_to(*index), side)).fold(0.0, f32::max);
        let mut bottom = y;
        for (place, index) in way.iter().enumerate() {
            let x = left + place as f32 * (side + BETWEEN);
            let height = label_height(flow.label_to(*index), side);
            label(canvas, x, y + above - height, side, flow.label_to(*index));
            let made = column(canvas, &flow.columns[*index], x, y + above, side);
            bottom = bottom.max(made.area.bottom());
            drawn[*index] = Some(made);
        }
        y = bottom + BELOW;
    } else {
        for index in &way {
            y = label(canvas, left, y, full - 34.0, flow.label_to(*index));
            let made = column(canvas, &flow.columns[*index], left, y, full);
            y = made.area.bottom() + BELOW;
            drawn[*index] = Some(made);
        }
    }
    for index in of(Lane::Branch).chain(of(Lane::Alongside)) {
        y = label(canvas, left, y, full, flow.label_to(index));
        let made = column(canvas, &flow.columns[index], left, y, full);
        y = made.area.bottom() + BELOW;
        drawn[index] = Some(made);
    }
    arrows(canvas, flow, &drawn, top);
    y
}

fn arrows(canvas: &mut Canvas, flow: &Flow, drawn: &[Option<Drawn>], top: f32) {
    let rail = MARGIN + 4.0;
    // Where the line on the left begins, and how far down it goes: solid first, dashed for what branches off.
    let mut reach = [None, None];
    let begin = flow.edges.first().and_then(|edge| edge.from).and_then(|from| drawn[from]);
    for edge in &flow.edges {
        let Some(to) = drawn[edge.to] else { continue };
        let branch = flow.columns[edge.to].lane == Lane::Branch;
        let from = edge.from.and_then(|from| drawn[from]);
        match from.filter(|_| !branch) {
            // Side by side: straight on.
            Some(from) if to.area.x > from.area.right() => {
                canvas.path(&[(from.area.right() + 5.0, from.heading), (to.area.x - 5.0, from.heading)], false);
                canvas.head((to.area.x - 4.0, from.heading), Toward::Right);
            }
            // Below each other: straight down, beside what is written on the step.
            Some(from) => {
                let x = to.area.right() - 18.0;
                canvas.path(&[(x, from.area.bottom() + 4.0), (x, to.area.y - 5.0)], false);
                canvas.head((x, to.area.y - 4.0), Toward::Down);
            }
            None => {
                canvas.path(&[(rail, to.heading), (to.area.x - 5.0, to.heading)], branch);
                canvas.head((to.area.x - 4.0, to.heading), Toward::Right);
                reach[usize::from(branch)] = Some(to.heading);
            }
        }
    }
    let mut start = begin.map_or(top + 4.0, |begin| begin.heading);
    for (reach, dashed) in reach.into_iter().zip([false, true]) {
        let Some(end) = reach else { continue };
        match begin {
            Some(begin) => canvas.path(&[(begin.area.x, start), (rail, start), (rail, end)], dashed),
            None => canvas.path(&[(rail, start), (rail, end)], dashed),
        }
        start = end;
    }
    if begin.is_none() && !flow.edges.is_empty() {
        canvas.dot((rail, top + 4.0));
    }
}

/// The words on an arrow, above where it leads.
fn label(canvas: &mut Canvas, x: f32, y: f32, width: f32, text: &str) -> f32 {
    if text.is_empty() { y } else { canvas.paragraph(x, y, width, text, Font::LABEL) + 6.0 }
}

fn label_height(text: &str, width: f32) -> f32 {
    if text.is_empty() { 0.0 } else { wrap(text, width, Font::LABEL).len() as f32 * Font::LABEL.line() + 6.0 }
}

/// A time with its kinds and treatments.
fn column(canvas: &mut Canvas, column: &FlowColumn, x: f32, top: f32, width: f32) -> Drawn {
    // The ground is drawn below what stands on it, though its height is known only afterwards.
    let ground = canvas.reserve();
    let inner = width - 2.0 * PADDING;
    let heading = Font { size: HEADING, bold: true, faint: false };
    let mut y = canvas.paragraph(x + PADDING, top + PADDING, inner, &column.name, heading);
    let beside = ((inner + SPACE) / (NARROWEST_BOX + SPACE)).floor().max(1.0) as usize;
    let each = (inner - (beside as f32 - 1.0) * SPACE) / beside as f32;
    let cell = |place: usize| x + PADDING + place as f32 * (each + SPACE);
    for kinds in rows_of_groups(&column.groups, beside) {
        let cells = |kind: &FlowGroup| kind.boxes.len().min(beside);
        let across = |kind: &FlowGroup| cells(kind) as f32 * (each + SPACE) - SPACE;
        let heads = kinds.iter().map(|kind| wrap(&kind.name, across(kind), Font::SMALL).len()).max().unwrap_or_default();
        let below = y + 8.0 + heads as f32 * Font::SMALL.line() + 5.0;
        let mut first = 0;
        let mut end = below;
        for kind in kinds {
            canvas.paragraph(cell(first), y + 8.0, across(kind), &kind.name, Font::SMALL);
            let mut y = below;
            for row in kind.boxes.chunks(beside) {
                let height = row.iter().map(|entry| box_height(entry, each)).fold(0.0, f32::max);
                for (place, entry) in row.iter().enumerate() {
                    draw_box(canvas, entry, Area { x: cell(first + place), y, width: each, height });
                }
                y += height + SPACE;
            }
            first += cells(kind);
            end = end.max(y);
        }
        y = end;
    }
    let area = Area { x, y: top, width, height: y + PADDING - SPACE - top };
    canvas.fill(ground, &area.ground(column.lane == Lane::Alongside));
    Drawn { area, heading: top + PADDING + HEADING * 0.62 }
}

/// Kinds that have room in one row together, in their order.
fn rows_of_groups(groups: &[FlowGroup], beside: usize) -> Vec<Vec<&FlowGroup>> {
    let mut rows: Vec<Vec<&FlowGroup>> = Vec::new();
    let mut used = beside;
    for kind in groups {
        used += kind.boxes.len();
        match rows.last_mut() {
            Some(row) if used <= beside => row.push(kind),
            _ => {
                rows.push(vec![kind]);
                used = kind.boxes.len();
            }
        }
    }
    rows
}

/// What a box says: each line with its font.
fn text_of(entry: &FlowBox, width: f32) -> Vec<(String, Font)> {
    let inner = width - 2.0 * PADDING;
    let lines = |text: &str, font: Font| wrap(text, inner, font).into_iter().map(move |line| (line, font)).collect::<Vec<_>>();
    let mut all = lines(&entry.name, Font::NAME);
    all.extend(entry.lines.iter().flat_map(|line| lines(line, Font::SMALL)));
    all
}

fn box_height(entry: &FlowBox, width: f32) -> f32 {
    text_of(entry, width).iter().map(|(_, font)| font.line()).sum::<f32>() + 14.0
}

fn draw_box(canvas: &mut Canvas, entry: &FlowBox, area: Area) {
    canvas.open(&entry.tooltip);
    canvas.shape(entry.shape, area);
    let mut y = area.y + 7.0;
    for (line, font) in text_of(entry, area.width) {
        let struck = entry.shape == Shape::Unavailable && font.bold;
        canvas.line_of_text(area.x + PADDING, y + font.size, &line, font, struck);
        y += font.line();
    }
    canvas.close();
}
