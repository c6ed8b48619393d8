//! Draws a flow as SVG: columns for the times in the course of treatment, with boxes for treatments, and arrows between the columns.

use super::canvas::{Area, Canvas, Font, Shape, Toward, measure, wrap};
use super::lane::Lane;

/// A box in a column, for one treatment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowBox {
    /// The name of the treatment, on the first line.
    pub name: String,
    /// The texts below the name. Each begins on a new line.
    pub lines: Vec<String>,
    /// The tooltip of the box.
    pub tooltip: String,
    /// The shape of the box.
    pub shape: Shape,
}

/// The boxes in a column for one kind of treatment, such as surgery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowGroup {
    /// The name of the kind of treatment.
    pub name: String,
    /// The boxes.
    pub boxes: Vec<FlowBox>,
}

/// A time in the course of treatment, with its boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowColumn {
    /// The heading of the column.
    pub name: String,
    /// Whether this time is part of the main sequence, branches off, or runs in parallel.
    pub lane: Lane,
    /// The boxes, grouped by kind of treatment.
    pub groups: Vec<FlowGroup>,
}

/// An arrow from one column to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowEdge {
    /// The index of the column where the arrow begins, or `None` for the start of the flow.
    pub from: Option<usize>,
    /// The index of the column where the arrow ends.
    pub to: usize,
    /// The label of the arrow. May be empty.
    pub label: String,
}

/// The course of treatment: columns for its times, and arrows between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The title of the picture.
    pub title: String,
    /// Whom the flow applies to, in words.
    pub about: String,
    /// Notes above the picture.
    pub notes: Vec<String>,
    /// The label of the start of the flow. Only Mermaid shows it.
    pub start: String,
    /// The meaning of each shape that occurs in the picture.
    pub legend: Vec<(Shape, String)>,
    /// The columns. Those of the main lane are in chronological order.
    pub columns: Vec<FlowColumn>,
    /// The arrows. At most one leads to each column.
    pub edges: Vec<FlowEdge>,
    /// The text below the picture.
    pub footnote: String,
    /// The whole content as text, for people who can't see the picture.
    pub description: String,
}

impl Flow {
    /// Renders the flow as SVG. `width` is in pixels.
    ///
    /// The columns of the main lane are side by side if there are about 200 pixels for each. If not, they're stacked.
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

    /// Returns the label of the arrow to a column, or an empty string if the arrow has no label.
    fn label_to(&self, column: usize) -> &str {
        self.edges.iter().find(|edge| edge.to == column).map_or("", |edge| &edge.label)
    }
}

const MARGIN: f32 = 16.0;
/// The space to the left of the columns, for the line that leads from the start to the first column and the branches.
const GUTTER: f32 = 22.0;
/// The space between two columns that are side by side, for the arrow.
const BETWEEN: f32 = 34.0;
/// The space between two stacked columns.
const BELOW: f32 = 30.0;
/// The space between the border of a column or box and its content.
const PADDING: f32 = 10.0;
/// The space between boxes.
const SPACE: f32 = 8.0;
/// The minimum width of columns that are side by side.
const NARROWEST_COLUMN: f32 = 165.0;
/// The minimum width of boxes that are side by side.
const NARROWEST_BOX: f32 = 165.0;

/// The font size of the title.
const TITLE: f32 = 19.0;
/// The font size of the columns' headings.
const HEADING: f32 = 14.5;

/// Draws the legend: each shape with its meaning. Returns the y coordinate of its end.
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

/// The position of a column that has been drawn.
#[derive(Clone, Copy)]
struct Drawn {
    area: Area,
    /// The y coordinate of its heading, where horizontal arrows begin and end.
    heading: f32,
}

/// Draws the columns of the main lane, then those that branch off, then those that run alongside. Returns the y coordinate where the next element can
/// begin.
fn columns(canvas: &mut Canvas, flow: &Flow, top: f32) -> f32 {
    let of = |lane: Lane| (0..flow.columns.len()).filter(move |index| flow.columns[*index].lane == lane);
    let main: Vec<usize> = of(Lane::Main).collect();
    let left = MARGIN + GUTTER;
    let full = canvas.width - MARGIN - left;
    let mut drawn: Vec<Option<Drawn>> = vec![None; flow.columns.len()];
    let mut y = top;
    let count = main.len() as f32;
    let side = (full - (count - 1.0).max(0.0) * BETWEEN) / count.max(1.0);
    if side >= NARROWEST_COLUMN && main.len() > 1 {
        let above = main.iter().map(|index| label_height(flow.label_to(*index), side)).fold(0.0, f32::max);
        let mut bottom = y;
        for (position, index) in main.iter().enumerate() {
            let x = left + position as f32 * (side + BETWEEN);
            let height = label_height(flow.label_to(*index), side);
            label(canvas, x, y + above - height, side, flow.label_to(*index));
            let made = column(canvas, &flow.columns[*index], x, y + above, side);
            bottom = bottom.max(made.area.bottom());
            drawn[*index] = Some(made);
        }
        y = bottom + BELOW;
    } else {
        for index in &main {
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

/// Draws the arrows between the columns, and the line on the left that leads from the start to the first column and the branches.
fn arrows(canvas: &mut Canvas, flow: &Flow, drawn: &[Option<Drawn>], top: f32) {
    let rail = MARGIN + 4.0;
    // The y coordinate where the line on the left ends: for its solid part, and for the dashed part that leads to branches.
    let mut reach = [None, None];
    // The column where the line on the left begins, or `None` if the line begins at a dot.
    let begin = flow.edges.first().and_then(|edge| edge.from).and_then(|from| drawn[from]);
    for edge in &flow.edges {
        let Some(to) = drawn[edge.to] else { continue };
        let branch = flow.columns[edge.to].lane == Lane::Branch;
        let from = edge.from.and_then(|from| drawn[from]);
        match from.filter(|_| !branch) {
            // The columns are side by side: a horizontal arrow.
            Some(from) if to.area.x > from.area.right() => {
                canvas.path(&[(from.area.right() + 5.0, from.heading), (to.area.x - 5.0, from.heading)], false);
                canvas.head((to.area.x - 4.0, from.heading), Toward::Right);
            }
            // The columns are stacked: a vertical arrow, next to the label.
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

/// Draws the label of an arrow above the column where the arrow ends. Returns the y coordinate where the column can begin.
fn label(canvas: &mut Canvas, x: f32, y: f32, width: f32, text: &str) -> f32 {
    if text.is_empty() { y } else { canvas.paragraph(x, y, width, text, Font::LABEL) + 6.0 }
}

fn label_height(text: &str, width: f32) -> f32 {
    if text.is_empty() { 0.0 } else { wrap(text, width, Font::LABEL).len() as f32 * Font::LABEL.line() + 6.0 }
}

/// Draws a column with its heading, groups and boxes.
fn column(canvas: &mut Canvas, column: &FlowColumn, x: f32, top: f32, width: f32) -> Drawn {
    // The background must be behind everything else, but its height is known only at the end.
    let background = canvas.reserve();
    let inner = width - 2.0 * PADDING;
    let heading = Font { size: HEADING, bold: true, faint: false };
    let mut y = canvas.paragraph(x + PADDING, top + PADDING, inner, &column.name, heading);
    let boxes_per_row = ((inner + SPACE) / (NARROWEST_BOX + SPACE)).floor().max(1.0) as usize;
    let each = (inner - (boxes_per_row as f32 - 1.0) * SPACE) / boxes_per_row as f32;
    let cell = |position: usize| x + PADDING + position as f32 * (each + SPACE);
    for groups in rows_of_groups(&column.groups, boxes_per_row) {
        let cells = |group: &FlowGroup| group.boxes.len().min(boxes_per_row);
        let across = |group: &FlowGroup| cells(group) as f32 * (each + SPACE) - SPACE;
        let heads = groups.iter().map(|group| wrap(&group.name, across(group), Font::SMALL).len()).max().unwrap_or_default();
        let below = y + 8.0 + heads as f32 * Font::SMALL.line() + 5.0;
        let mut first = 0;
        let mut end = below;
        for group in groups {
            canvas.paragraph(cell(first), y + 8.0, across(group), &group.name, Font::SMALL);
            let mut y = below;
            for row in group.boxes.chunks(boxes_per_row) {
                let height = row.iter().map(|entry| box_height(entry, each)).fold(0.0, f32::max);
                for (position, entry) in row.iter().enumerate() {
                    draw_box(canvas, entry, Area { x: cell(first + position), y, width: each, height });
                }
                y += height + SPACE;
            }
            first += cells(group);
            end = end.max(y);
        }
        y = end;
    }
    let area = Area { x, y: top, width, height: y + PADDING - SPACE - top };
    canvas.fill(background, &area.background(column.lane == Lane::Alongside));
    Drawn { area, heading: top + PADDING + HEADING * 0.62 }
}

/// Puts groups into rows, in order. Groups share a row if they have at most `boxes_per_row` boxes together, so that all these boxes fit side by side.
///
/// A group with more than `boxes_per_row` boxes gets its own row.
fn rows_of_groups(groups: &[FlowGroup], boxes_per_row: usize) -> Vec<Vec<&FlowGroup>> {
    let mut rows: Vec<Vec<&FlowGroup>> = Vec::new();
    let mut used = boxes_per_row;
    for group in groups {
        used += group.boxes.len();
        match rows.last_mut() {
            Some(row) if used <= boxes_per_row => row.push(group),
            _ => {
                rows.push(vec![group]);
                used = group.boxes.len();
            }
        }
    }
    rows
}

/// Returns the wrapped lines of a box, each with its font.
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
