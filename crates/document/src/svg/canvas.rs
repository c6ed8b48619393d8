//! Draws the elements of pictures: boxes, arrows and text.
//!
//! An SVG uses only presentation attributes. It has no scripts, no style sheets and no external resources. It also has no IDs, because they
//! could conflict with those of the page. Text has the text color of the page (`currentColor`). The outline of a box has a color that's
//! visible on light and dark backgrounds. The outline also has a class, such as `pathway-fits`, so that a page can set another color.

use std::fmt::Write;

/// The font size of names, in pixels.
const NAME: f32 = 13.0;
/// The font size of most other text, in pixels.
const SMALL: f32 = 12.0;

/// The radius of a stop on a path, and of the main one, in pixels.
pub(crate) const STOP: f32 = 8.0;
pub(crate) const MAIN_STOP: f32 = 13.0;

/// The shape of a treatment's box, which shows how well the treatment fits the case. The text of the box says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// The treatment fits: rounded corners, solid line.
    Fits,
    /// Whether the treatment fits depends on unknown facts: rounded corners, dashed line.
    Open,
    /// The treatment is available only in clinical trials: rounded ends, line of dashes and dots.
    TrialOnly,
    /// The guide advises against the treatment: cut corners, solid line.
    AdvisedAgainst,
    /// Nobody can get the treatment: square corners, dotted line.
    Unavailable,
}

impl Shape {
    /// Returns the name of the shape in the picture's CSS classes.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Open => "open",
            Self::TrialOnly => "trial-only",
            Self::AdvisedAgainst => "advised-against",
            Self::Unavailable => "unavailable",
        }
    }
}

/// The appearance of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Font {
    pub size: f32,
    pub bold: bool,
    pub faint: bool,
}

impl Font {
    /// The font for names.
    pub const NAME: Self = Self { size: NAME, bold: true, faint: false };
    /// The font for most other text.
    pub const SMALL: Self = Self { size: SMALL, bold: false, faint: true };
    /// The font for the labels of arrows and for small headings.
    pub const LABEL: Self = Self { size: SMALL, bold: true, faint: false };

    /// Returns the line height in pixels.
    pub fn line(self) -> f32 {
        (self.size * 1.32).round()
    }
}

/// Estimates the width of a text in pixels. The font on the viewer's device is unknown, so the estimate is on the high side.
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

/// Wraps a text into lines that are at most `width` pixels wide. A word that's too long for one line is split, at a hyphen if it has one.
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

/// A rectangle, in pixels.
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

    /// Returns a rounded rectangle as SVG, for the background of other elements. The border is dashed if `dashed` is set, and solid if not.
    pub fn background(self, dashed: bool) -> String {
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

/// The direction of an arrow.
#[derive(Clone, Copy)]
pub(crate) enum Toward {
    Right,
    Down,
}

/// A picture that is being drawn.
pub(crate) struct Canvas {
    /// The SVG elements, from back to front.
    parts: Vec<String>,
    /// The width in pixels.
    pub width: f32,
}

impl Canvas {
    /// Creates an empty picture of the given width in pixels. A width below 280 counts as 280, so that words fit.
    pub fn new(width: u16) -> Self {
        Self { parts: Vec::new(), width: f32::from(width.max(280)) }
    }

    /// Reserves a position for an element that is drawn later, behind all elements that are added from now on. Returns its index for
    /// [`Self::fill`].
    pub fn reserve(&mut self) -> usize {
        self.parts.push(String::new());
        self.parts.len() - 1
    }

    /// Sets the element at a reserved position.
    pub fn fill(&mut self, index: usize, part: &str) {
        part.clone_into(&mut self.parts[index]);
    }

    /// Begins a group with a tooltip.
    pub fn open(&mut self, title: &str) {
        self.parts.push(format!("<g><title>{}</title>", escaped(title)));
    }

    /// Ends the group.
    pub fn close(&mut self) {
        self.parts.push("</g>".to_owned());
    }

    /// Writes text below `y`, wrapped to `width`, and returns the y coordinate of its end.
    pub fn paragraph(&mut self, x: f32, y: f32, width: f32, text: &str, font: Font) -> f32 {
        let mut y = y;
        for line in wrap(text, width, font) {
            self.line_of_text(x, y + font.size, &line, font, false);
            y += font.line();
        }
        y
    }

    /// Writes one line of text with its baseline at `y`, and strikes it through if `struck` is set.
    pub fn line_of_text(&mut self, x: f32, y: f32, text: &str, font: Font, struck: bool) {
        let mut part = format!(r#"<text x="{x:.1}" y="{y:.1}" font-size="{}""#, font.size);
        part.push_str(if font.bold { r#" font-weight="600""# } else { "" });
        part.push_str(if font.faint { r#" fill-opacity="0.86""# } else { "" });
        part.push_str(if struck { r#" text-decoration="line-through""# } else { "" });
        self.parts.push(format!("{part}>{}</text>", escaped(text)));
    }

    /// Writes text below `y`, wrapped to `width` and centered at `x`, and returns the y coordinate of its end.
    pub fn centered(&mut self, x: f32, y: f32, width: f32, text: &str, font: Font) -> f32 {
        let mut y = y;
        for line in wrap(text, width, font) {
            let weight = if font.bold { r#" font-weight="650""# } else { "" };
            self.parts.push(format!(
                r#"<text x="{x:.1}" y="{:.1}" font-size="{}" text-anchor="middle"{weight}>{}</text>"#,
                y + font.size,
                font.size,
                escaped(&line)
            ));
            y += font.line();
        }
        y
    }

    /// Draws a stop on a path: a ring, or a larger disk if it's the main one.
    pub fn stop(&mut self, at: (f32, f32), is_main: bool) {
        let (class, radius) = if is_main { ("stop full-stop", MAIN_STOP) } else { ("stop", STOP) };
        let fill = if is_main { "currentColor" } else { "none" };
        self.parts.push(format!(
            r#"<circle class="{class}" cx="{:.1}" cy="{:.1}" r="{radius}" fill="{fill}" stroke="currentColor" stroke-width="3"/>"#,
            at.0, at.1
        ));
    }

    /// Draws the line of a path, behind its stops.
    pub fn rail(&mut self, from: (f32, f32), to: (f32, f32), dashed: bool) {
        let dashes = if dashed { r#" stroke-dasharray="2 7" stroke-linecap="round""# } else { "" };
        self.parts.push(format!(
            r#"<path class="rail" d="M{:.1} {:.1}L{:.1} {:.1}" fill="none" stroke="currentColor" stroke-width="3"{dashes}/>"#,
            from.0, from.1, to.0, to.1
        ));
    }

    /// Draws a line through the points.
    pub fn path(&mut self, points: &[(f32, f32)], dashed: bool) {
        let mut data = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let letter = if index == 0 { 'M' } else { 'L' };
            // Writing to a string can't fail.
            let _ = write!(data, "{letter}{x:.1} {y:.1}");
        }
        let dashes = if dashed { r#" stroke-dasharray="5 4""# } else { "" };
        self.parts.push(format!(
            r#"<path class="pathway-step" d="{data}" fill="none" stroke="currentColor" stroke-opacity="0.7" stroke-width="1.5"{dashes}/>"#
        ));
    }

    /// Draws the head of an arrow with its tip at `tip`.
    pub fn head(&mut self, tip: (f32, f32), toward: Toward) {
        let (x, y) = tip;
        let data = match toward {
            Toward::Right => format!("M{x:.1} {y:.1}l-8 -4.5v9z"),
            Toward::Down => format!("M{x:.1} {y:.1}l-4.5 -8h9z"),
        };
        self.parts.push(format!(r#"<path class="pathway-step" d="{data}" fill="currentColor" fill-opacity="0.8"/>"#));
    }

    /// Draws the dot where the arrows begin.
    pub fn dot(&mut self, at: (f32, f32)) {
        self.parts.push(format!(
            r#"<circle class="pathway-step" cx="{:.1}" cy="{:.1}" r="3.5" fill="currentColor" fill-opacity="0.8"/>"#,
            at.0, at.1
        ));
    }

    /// Draws a box.
    pub fn shape(&mut self, shape: Shape, area: Area) {
        let class = format!("pathway-box pathway-{}", shape.class());
        let part = match shape {
            Shape::Fits => {
                format!(r##"<rect class="{class}" {area} rx="8" fill="none" stroke="#2e8b57" stroke-width="2.2"/>"##)
            }
            Shape::Open => format!(
                r##"<rect class="{class}" {area} rx="8" fill="none" stroke="#a8720c" stroke-width="1.6" stroke-dasharray="6 4"/>"##
            ),
            Shape::TrialOnly => {
                let round = (area.height / 2.0).min(18.0);
                format!(
                    r##"<rect class="{class}" {area} rx="{round:.1}" fill="none" stroke="#6a5acd" stroke-width="1.8" stroke-dasharray="10 3 2 3"/>"##
                )
            }
            Shape::AdvisedAgainst => {
                let cut = (area.height / 3.0).min(9.0);
                let (across, down) = (area.width - 2.0 * cut, area.height - 2.0 * cut);
                format!(
                    r##"<path class="{class}" d="M{:.1} {:.1}h{across:.1}l{cut:.1} {cut:.1}v{down:.1}l-{cut:.1} {cut:.1}h-{across:.1}l-{cut:.1} -{cut:.1}v-{down:.1}z" fill="none" stroke="#cc4437" stroke-width="2.4"/>"##,
                    area.x + cut,
                    area.y
                )
            }
            Shape::Unavailable => format!(
                r##"<rect class="{class}" {area} fill="none" stroke="#7a7a7a" stroke-width="1.8" stroke-dasharray="1.5 3.5"/>"##
            ),
        };
        self.parts.push(part);
    }

    /// Returns the picture as SVG. An empty `description` is left out.
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

/// Escapes text for XML.
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
            // XML can't contain most of these characters, not even escaped.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
