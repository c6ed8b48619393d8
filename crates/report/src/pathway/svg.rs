//! A pathway as SVG: presentational attributes only, no script, no style, nothing from elsewhere, no ids that could clash in a page.
//!
//! Text takes the color of the page (`currentColor`); lines of a box have a color of their own that is seen on light and on dark
//! ground, and a class (`pathway-fits` and so on) by which a page may give them another.

use std::fmt::Write;

use super::text::{depends, document, plain, small};
use sarcoguide_model::Course;

use super::{Column, Kind, Pathway, Placed, class_of, words_for_a_group};
use crate::fit::Fit;

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
const NAME: f32 = 13.0;
const SMALL: f32 = 12.0;

/// A pathway as SVG, so many pixels wide: at 360 all stands in one column, from about 950 on the times stand side by side.
#[must_use]
pub fn svg(pathway: &Pathway, width: u16) -> String {
    let mut canvas = Canvas::new(width);
    let inner = canvas.width - 2.0 * MARGIN;
    let mut y = MARGIN;
    y = canvas.paragraph(MARGIN, y, inner, &pathway.title(), Font { size: TITLE, bold: true, faint: false });
    y = canvas.paragraph(MARGIN, y + 4.0, inner, &pathway.about(), Font::SMALL);
    if let Some(told) = &pathway.not_covered {
        y = canvas.paragraph(MARGIN, y + SPACE, inner, told, Font::NAME);
    }
    if pathway.columns.is_empty() {
        y = canvas.paragraph(MARGIN, y + SPACE, inner, "The guide has nothing to show here.", Font::NAME);
    }
    y = legend(&mut canvas, pathway, y + 12.0) + 18.0;
    y = columns(&mut canvas, pathway, y);
    y = canvas.paragraph(MARGIN, y, inner, &pathway.disclaimer, Font::SMALL);
    canvas.finish(&pathway.title(), &plain(&document(pathway)), "pathway", y + MARGIN)
}

/// The shapes with their words.
fn legend(canvas: &mut Canvas, pathway: &Pathway, top: f32) -> f32 {
    let (mut x, mut y) = (MARGIN, top);
    let fits = pathway.fits();
    for fit in &fits {
        let words = words_for_a_group(*fit);
        let needed = 34.0 + measure(words, Font::SMALL) + 22.0;
        if x > MARGIN && x + needed > canvas.width - MARGIN {
            x = MARGIN;
            y += 24.0;
        }
        canvas.shape(*fit, Area { x: x + 1.0, y, width: 24.0, height: 16.0 });
        canvas.line_of_text(x + 34.0, y + 12.5, words, Font::SMALL, false);
        x += needed;
    }
    if fits.is_empty() { y } else { y + 16.0 }
}

/// Where a column has been drawn.
#[derive(Clone, Copy)]
struct Drawn {
    area: Area,
    /// Where its heading stands.
    heading: f32,
}

/// The way, then what branches off, then what runs alongside; gives where they end.
fn columns(canvas: &mut Canvas, pathway: &Pathway, top: f32) -> f32 {
    let of = |course: Course| (0..pathway.columns.len()).filter(move |index| pathway.columns[*index].course == course);
    let way: Vec<usize> = of(Course::Way).collect();
    let left = MARGIN + GUTTER;
    let full = canvas.width - MARGIN - left;
    let mut drawn: Vec<Option<Drawn>> = vec![None; pathway.columns.len()];
    let mut y = top;
    let count = way.len() as f32;
    let side = (full - (count - 1.0).max(0.0) * BETWEEN) / count.max(1.0);
    let only_if = |index: usize| pathway.step_to(index).map(|edge| edge.only_if.clone()).unwrap_or_default();
    if side >= NARROWEST_COLUMN && way.len() > 1 {
        let above = way.iter().map(|index| label_height(&only_if(*index), side)).fold(0.0, f32::max);
        let mut bottom = y;
        for (place, index) in way.iter().enumerate() {
            let x = left + place as f32 * (side + BETWEEN);
            let height = label_height(&only_if(*index), side);
            label(canvas, x, y + above - height, side, &only_if(*index));
            let made = column(canvas, &pathway.columns[*index], x, y + above, side);
            bottom = bottom.max(made.area.bottom());
            drawn[*index] = Some(made);
        }
        y = bottom + BELOW;
    } else {
        for index in &way {
            y = label(canvas, left, y, full - 34.0, &only_if(*index));
            let made = column(canvas, &pathway.columns[*index], left, y, full);
            y = made.area.bottom() + BELOW;
            drawn[*index] = Some(made);
        }
    }
    for index in of(Course::Branch).chain(of(Course::Alongside)) {
        y = label(canvas, left, y, full, &only_if(index));
        let made = column(canvas, &pathway.columns[index], left, y, full);
        y = made.area.bottom() + BELOW;
        drawn[index] = Some(made);
    }
    arrows(canvas, pathway, &drawn, top);
    y
}

fn arrows(canvas: &mut Canvas, pathway: &Pathway, drawn: &[Option<Drawn>], top: f32) {
    let rail = MARGIN + 4.0;
    // Where the line on the left begins, and how far down it goes: solid first, dashed for what branches off.
    let mut reach = [None, None];
    let begin = pathway.edges.first().and_then(|edge| edge.from).and_then(|from| drawn[from]);
    for edge in &pathway.edges {
        let Some(to) = drawn[edge.to] else { continue };
        let branch = pathway.columns[edge.to].course == Course::Branch;
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
    if begin.is_none() && !pathway.edges.is_empty() {
        canvas.dot((rail, top + 4.0));
    }
}

/// The words on a step, above where it leads.
fn label(canvas: &mut Canvas, x: f32, y: f32, width: f32, only_if: &[String]) -> f32 {
    if only_if.is_empty() {
        return y;
    }
    canvas.paragraph(x, y, width, &format!("only if {}", only_if.join("; ")), Font::LABEL) + 6.0
}

fn label_height(only_if: &[String], width: f32) -> f32 {
    if only_if.is_empty() {
        return 0.0;
    }
    let text = format!("only if {}", only_if.join("; "));
    wrap(&text, width, Font::LABEL).len() as f32 * Font::LABEL.line() + 6.0
}

/// A time with its kinds and treatments.
fn column(canvas: &mut Canvas, column: &Column, x: f32, top: f32, width: f32) -> Drawn {
    // The ground is drawn below what stands on it, though its height is known only afterwards.
    let ground = canvas.reserve();
    let inner = width - 2.0 * PADDING;
    let heading = Font { size: HEADING, bold: true, faint: false };
    let mut y = canvas.paragraph(x + PADDING, top + PADDING, inner, &column.name, heading);
    let beside = ((inner + SPACE) / (NARROWEST_BOX + SPACE)).floor().max(1.0) as usize;
    let each = (inner - (beside as f32 - 1.0) * SPACE) / beside as f32;
    let cell = |place: usize| x + PADDING + place as f32 * (each + SPACE);
    for kinds in rows_of_kinds(&column.kinds, beside) {
        let cells = |kind: &Kind| kind.placed.len().min(beside);
        let across = |kind: &Kind| cells(kind) as f32 * (each + SPACE) - SPACE;
        let heads = kinds.iter().map(|kind| wrap(&kind.name, across(kind), Font::SMALL).len()).max().unwrap_or_default();
        let below = y + 8.0 + heads as f32 * Font::SMALL.line() + 5.0;
        let mut first = 0;
        let mut end = below;
        for kind in kinds {
            canvas.paragraph(cell(first), y + 8.0, across(kind), &kind.name, Font::SMALL);
            let mut y = below;
            for row in kind.placed.chunks(beside) {
                let height = row.iter().map(|placed| box_height(placed, each)).fold(0.0, f32::max);
                for (place, placed) in row.iter().enumerate() {
                    treatment(canvas, placed, Area { x: cell(first + place), y, width: each, height });
                }
                y += height + SPACE;
            }
            first += cells(kind);
            end = end.max(y);
        }
        y = end;
    }
    let area = Area { x, y: top, width, height: y + PADDING - SPACE - top };
    canvas.fill(ground, &area.ground(column.course == Course::Alongside));
    Drawn { area, heading: top + PADDING + HEADING * 0.62 }
}

/// Kinds that have room in one row together, in their order.
fn rows_of_kinds(kinds: &[Kind], beside: usize) -> Vec<Vec<&Kind>> {
    let mut rows: Vec<Vec<&Kind>> = Vec::new();
    let mut used = beside;
    for kind in kinds {
        used += kind.placed.len();
        match rows.last_mut() {
            Some(row) if used <= beside => row.push(kind),
            _ => {
                rows.push(vec![kind]);
                used = kind.placed.len();
            }
        }
    }
    rows
}

/// What a box says: each line with its font.
fn told(placed: &Placed, width: f32) -> Vec<(String, Font)> {
    let inner = width - 2.0 * PADDING;
    let lines = |text: &str, font: Font| wrap(text, inner, font).into_iter().map(move |line| (line, font)).collect::<Vec<_>>();
    let mut told = lines(&placed.name, Font::NAME);
    told.extend(lines(&small(&placed.strength_name), Font::SMALL));
    told.extend(lines(&placed.words(), Font::SMALL));
    told
}

fn box_height(placed: &Placed, width: f32) -> f32 {
    told(placed, width).iter().map(|(_, font)| font.line()).sum::<f32>() + 14.0
}

fn treatment(canvas: &mut Canvas, placed: &Placed, area: Area) {
    let depends = depends(placed);
    let depends = if depends.is_empty() { String::new() } else { format!("; {depends}") };
    canvas.open(&format!("{} ({}): {}{depends}", placed.name, small(&placed.strength_name), placed.words()));
    canvas.shape(placed.fit, area);
    let mut y = area.y + 7.0;
    for (line, font) in told(placed, area.width) {
        let struck = placed.fit == Fit::Unavailable && font.bold;
        canvas.line_of_text(area.x + PADDING, y + font.size, &line, font, struck);
        y += font.line();
    }
    canvas.close();
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Font {
    pub size: f32,
    pub bold: bool,
    pub faint: bool,
}

impl Font {
    /// Names.
    pub const NAME: Self = Self { size: NAME, bold: true, faint: false };
    /// What is said of them.
    pub const SMALL: Self = Self { size: SMALL, bold: false, faint: true };
    /// What stands on a step.
    pub const LABEL: Self = Self { size: SMALL, bold: true, faint: false };

    /// How high a line is.
    pub fn line(self) -> f32 {
        (self.size * 1.32).round()
    }
}

/// About how wide a text is; rather too much, as nobody knows the reader's font.
pub(crate) fn measure(text: &str, font: Font) -> f32 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.33,
        'f' | 't' | 'r' | '(' | ')' | '-' | '/' | ' ' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        c if c.is_uppercase() || c.is_ascii_digit() => 0.68,
        c if u32::from(c) > 0x2e80 => 1.05,
        _ => 0.59,
    };
    text.chars().map(of).sum::<f32>() * font.size * if font.bold { 1.14 } else { 1.0 }
}

/// Text in lines that are not wider than `width`; a word that is wider is cut, at a hyphen where it has one.
pub(crate) fn wrap(text: &str, width: f32, font: Font) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            let longer = format!("{last} {word}");
            if measure(&longer, font) <= width {
                *last = longer;
                continue;
            }
        }
        lines.push(String::new());
        if measure(word, font) <= width {
            lines.last_mut().into_iter().for_each(|last| last.push_str(word));
            continue;
        }
        for piece in word.split_inclusive('-') {
            let longer = |last: &String| measure(&format!("{last}{piece}"), font) > width;
            if lines.last().is_some_and(|last| !last.is_empty() && longer(last)) {
                lines.push(String::new());
            }
            for c in piece.chars() {
                let Some(last) = lines.last_mut() else { break };
                if !last.is_empty() && measure(&format!("{last}{c}"), font) > width {
                    lines.push(c.to_string());
                } else {
                    last.push(c);
                }
            }
        }
    }
    lines
}

/// A rectangle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The ground on which a group stands, with a dashed edge where it runs alongside.
    pub fn ground(self, dashed: bool) -> String {
        let edge = if dashed { r#" stroke-opacity="0.5" stroke-dasharray="2 5""# } else { r#" stroke-opacity="0.22""# };
        format!(
            r#"<rect class="pathway-time" {self} rx="10" fill="currentColor" fill-opacity="0.035" stroke="currentColor"{edge}/>"#
        )
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, r#"x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}""#, self.x, self.y, self.width, self.height)
    }
}

/// Where an arrow points.
#[derive(Clone, Copy)]
pub(crate) enum Toward {
    Right,
    Down,
}

/// The parts of a picture as they are drawn.
pub(crate) struct Canvas {
    parts: Vec<String>,
    pub width: f32,
}

impl Canvas {
    /// A picture of this width, but never too narrow for a word.
    pub fn new(width: u16) -> Self {
        Self { parts: Vec::new(), width: f32::from(width.max(280)) }
    }

    /// A place for what is drawn later, but lies below.
    pub fn reserve(&mut self) -> usize {
        self.parts.push(String::new());
        self.parts.len() - 1
    }

    pub fn fill(&mut self, place: usize, part: &str) {
        part.clone_into(&mut self.parts[place]);
    }

    /// Begins a group with a tooltip.
    pub fn open(&mut self, title: &str) {
        self.parts.push(format!("<g><title>{}</title>", escaped(title)));
    }

    pub fn close(&mut self) {
        self.parts.push("</g>".to_owned());
    }

    /// Writes wrapped text and gives where it ends.
    pub fn paragraph(&mut self, x: f32, y: f32, width: f32, text: &str, font: Font) -> f32 {
        let mut y = y;
        for line in wrap(text, width, font) {
            self.line_of_text(x, y + font.size, &line, font, false);
            y += font.line();
        }
        y
    }

    /// Writes one line on this ground line.
    pub fn line_of_text(&mut self, x: f32, y: f32, text: &str, font: Font, struck: bool) {
        let mut part = format!(r#"<text x="{x:.1}" y="{y:.1}" font-size="{}""#, font.size);
        part.push_str(if font.bold { r#" font-weight="600""# } else { "" });
        part.push_str(if font.faint { r#" fill-opacity="0.86""# } else { "" });
        part.push_str(if struck { r#" text-decoration="line-through""# } else { "" });
        self.parts.push(format!("{part}>{}</text>", escaped(text)));
    }

    /// A line through these points.
    pub fn path(&mut self, points: &[(f32, f32)], dashed: bool) {
        let mut data = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            // Writing to a string cannot fail.
            let _ = write!(data, "{letter}{x:.1} {y:.1}");
        }
        let dashes = if dashed { r#" stroke-dasharray="5 4""# } else { "" };
        self.parts.push(format!(
            r#"<path class="pathway-step" d="{data}" fill="none" stroke="currentColor" stroke-opacity="0.7" stroke-width="1.5"{dashes}/>"#
        ));
    }

    /// The head of an arrow with its tip here.
    pub fn head(&mut self, tip: (f32, f32), toward: Toward) {
        let (x, y) = tip;
        let data = match toward {
            Toward::Right => format!("M{x:.1} {y:.1}l-8 -4.5v9z"),
            Toward::Down => format!("M{x:.1} {y:.1}l-4.5 -8h9z"),
        };
        self.parts.push(format!(r#"<path class="pathway-step" d="{data}" fill="currentColor" fill-opacity="0.8"/>"#));
    }

    /// Where a way begins.
    pub fn dot(&mut self, at: (f32, f32)) {
        self.parts.push(format!(
            r#"<circle class="pathway-step" cx="{:.1}" cy="{:.1}" r="3.5" fill="currentColor" fill-opacity="0.8"/>"#,
            at.0, at.1
        ));
    }

    /// A box whose form tells how a treatment fits: round and whole, round and dashed, as a pill, with cut corners, square and dotted.
    pub fn shape(&mut self, fit: Fit, area: Area) {
        let class = format!("pathway-box pathway-{}", class_of(fit));
        let part = match fit {
            Fit::Fits => {
                format!(r##"<rect class="{class}" {area} rx="8" fill="none" stroke="#2e8b57" stroke-width="2.2"/>"##)
            }
            Fit::FitsOnceRuledOut | Fit::MayFit => format!(
                r##"<rect class="{class}" {area} rx="8" fill="none" stroke="#a8720c" stroke-width="1.6" stroke-dasharray="6 4"/>"##
            ),
            Fit::TrialOnly => {
                let round = (area.height / 2.0).min(18.0);
                format!(
                    r##"<rect class="{class}" {area} rx="{round:.1}" fill="none" stroke="#6a5acd" stroke-width="1.8" stroke-dasharray="10 3 2 3"/>"##
                )
            }
            Fit::AdvisedAgainst => {
                let cut = (area.height / 3.0).min(9.0);
                let (across, down) = (area.width - 2.0 * cut, area.height - 2.0 * cut);
                format!(
                    r##"<path class="{class}" d="M{:.1} {:.1}h{across:.1}l{cut:.1} {cut:.1}v{down:.1}l-{cut:.1} {cut:.1}h-{across:.1}l-{cut:.1} -{cut:.1}v-{down:.1}z" fill="none" stroke="#cc4437" stroke-width="2.4"/>"##,
                    area.x + cut,
                    area.y
                )
            }
            Fit::Unavailable | Fit::DoesNotFit => format!(
                r##"<rect class="{class}" {area} fill="none" stroke="#7a7a7a" stroke-width="1.8" stroke-dasharray="1.5 3.5"/>"##
            ),
        };
        self.parts.push(part);
    }

    /// The whole picture.
    pub fn finish(self, title: &str, description: &str, class: &str, height: f32) -> String {
        let (width, height) = (self.width, height.ceil());
        let description = if description.is_empty() { String::new() } else { format!("<desc>{}</desc>\n", escaped(description)) };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui, sans-serif\" fill=\"currentColor\">\n<title>{}</title>\n{description}{}\n</svg>\n",
            escaped(title),
            self.parts.join("\n")
        )
    }
}

/// Text as XML takes it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // XML has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
