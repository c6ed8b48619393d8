//! Renders documents as PDF files. The files are tagged for screen readers (PDF/UA-1), have a title, a language and an outline, and their text can be
//! copied.

use std::num::NonZeroU16;
use std::sync::OnceLock;

use crate::block::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree};

mod font;
mod layout;

use font::Faces;
use layout::{INDENT, MARGIN, PAGE, Pages, Part, PlacedLine, Role, Run, Shape, lay_out};

/// The error if a PDF can't be created.
#[derive(Debug)]
pub struct PdfError(String);

impl std::fmt::Display for PdfError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "couldn't create the PDF: {}", self.0)
    }
}

impl std::error::Error for PdfError {}

/// Renders a document as a PDF file that can be printed on both A4 and Letter paper.
///
/// `language` is the document's language as a BCP 47 tag. The document's first heading becomes the title of the PDF. The same document
/// always results in the same bytes.
///
/// # Errors
///
/// If the PDF wouldn't conform to PDF/UA-1, or the embedded fonts can't be read.
pub fn pdf(document: &Document, language: &str) -> Result<Vec<u8>, PdfError> {
    let faces = faces()?;
    render(&lay_out(document, faces, 1.0), faces, language)
}

/// Like [`pdf`], but makes the text as large as it can be on one page, within limits. If the text is too long for one page even at its smallest, the
/// file has more pages.
///
/// # Errors
///
/// Those of [`pdf`].
pub fn sheet(document: &Document, language: &str) -> Result<Vec<u8>, PdfError> {
    let faces = faces()?;
    let fits = |scale: &f32| lay_out(document, faces, *scale).pages.len() == 1;
    let scale = SHEET_SCALES.into_iter().find(fits).unwrap_or(1.0);
    render(&lay_out(document, faces, scale), faces, language)
}

/// The sizes of text on a sheet, as multiples of the usual one, from the largest to the smallest.
const SHEET_SCALES: [f32; 10] = [1.5, 1.4, 1.3, 1.2, 1.1, 1.0, 0.9, 0.85, 0.8, 0.75];

fn faces() -> Result<&'static Faces, PdfError> {
    static FACES: OnceLock<Option<Faces>> = OnceLock::new();
    FACES.get_or_init(Faces::embedded).as_ref().ok_or_else(|| PdfError("the embedded fonts can't be read".to_owned()))
}

fn render(pages: &Pages, faces: &Faces, language: &str) -> Result<Vec<u8>, PdfError> {
    let failed = |error: &dyn std::fmt::Debug| PdfError(format!("{error:?}"));
    let configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().map_err(|error| failed(&error))?;
    let mut file = krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let drawn = draw(&mut file, pages, faces)?;
    let title = pages.parts.iter().find(|part| matches!(part.role, Role::Heading(_))).map_or("-", |part| part.text.as_str());
    file.set_outline(outline(pages, title));
    file.set_tag_tree(tags(&pages.parts, drawn, language));
    file.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()).creator("sarcoguide".to_owned()));
    file.finish().map_err(|error| failed(&error))
}

/// The tagged content of a part.
#[derive(Default)]
struct Drawn {
    /// The bullet of a list item.
    label: Option<Identifier>,
    /// The lines of text.
    lines: Vec<Identifier>,
}

/// Draws all pages, and returns the tagged content of each part.
fn draw(file: &mut krilla::Document, pages: &Pages, faces: &Faces) -> Result<Vec<Drawn>, PdfError> {
    let mut drawn: Vec<Drawn> = pages.parts.iter().map(|_| Drawn::default()).collect();
    let count = pages.pages.len();
    for (number, lines) in pages.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| PdfError("the page size is invalid".to_owned()))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for line in lines {
            let part = &mut drawn[line.part];
            if line.begins && matches!(pages.parts[line.part].role, Role::Point(_)) {
                part.label = Some(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
                write(&mut surface, faces, &plain("•"), (line.x - INDENT * 0.75, line.y), line.size);
                surface.end_tagged();
            }
            part.lines.push(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            write_line(&mut surface, faces, line);
            surface.end_tagged();
        }
        if let Some(shapes) = pages.shapes.get(number).filter(|shapes| !shapes.is_empty()) {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
            shapes.iter().for_each(|shape| draw_shape(&mut surface, shape));
            surface.end_tagged();
        }
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
        write(&mut surface, faces, &plain(&format!("{} / {count}", number + 1)), (PAGE.0 - MARGIN - 20.0, PAGE.1 - 32.0), 8.0);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    Ok(drawn)
}

fn draw_shape(surface: &mut Surface<'_>, shape: &Shape) {
    let mut path = PathBuilder::new();
    match *shape {
        Shape::Square { x, y, side, ticked } => {
            if let Some(square) = Rect::from_xywh(x, y, side, side) {
                path.push_rect(square);
            }
            if ticked {
                path.move_to(x + 0.2 * side, y + 0.5 * side);
                path.line_to(x + 0.45 * side, y + 0.75 * side);
                path.line_to(x + 0.8 * side, y + 0.25 * side);
            }
        }
        Shape::Rule { x, y, length } => {
            path.move_to(x, y);
            path.line_to(x + length, y);
        }
    }
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: rgb::Color::new(0x55, 0x55, 0x55).into(), width: 0.7, ..Stroke::default() }));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
}

fn plain(text: &str) -> Run {
    Run { bold: false, faint: false, text: text.to_owned() }
}

fn write_line(surface: &mut Surface<'_>, faces: &Faces, line: &PlacedLine) {
    let mut x = line.x;
    for run in &line.runs {
        x += write(surface, faces, run, (x, line.y), line.size);
    }
}

/// Draws a run with its baseline at `(x, y)`, and returns its width in points.
fn write(surface: &mut Surface<'_>, faces: &Faces, run: &Run, (x, y): (f32, f32), size: f32) -> f32 {
    // Even faint text has a contrast of at least 7 to 1 on white.
    let gray = if run.faint { 0x55 } else { 0x11 };
    surface.set_fill(Some(Fill { paint: rgb::Color::new(gray, gray, gray).into(), ..Fill::default() }));
    let face = faces.face(run.bold);
    surface.draw_glyphs(Point::from_xy(x, y), &face.glyphs(&run.text), face.font.clone(), &run.text, size, false);
    run.text.chars().map(|letter| face.advance(letter) * size).sum()
}

/// Returns the outline: the headings of levels 1 and 2, or only the title if there are none.
fn outline(pages: &Pages, title: &str) -> Outline {
    let mut outline = Outline::new();
    let mut empty = true;
    for (number, line) in pages.pages.iter().enumerate().flat_map(|(number, page)| page.iter().map(move |line| (number, line))) {
        let part = &pages.parts[line.part];
        if line.begins && matches!(part.role, Role::Heading(1 | 2)) {
            let destination = XyzDestination::new(number, Point::from_xy(line.x, line.y - line.size));
            outline.push_child(OutlineNode::new(part.text.clone(), destination));
            empty = false;
        }
    }
    if empty {
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    }
    outline
}

/// Returns the tags that tell screen readers the structure of the document.
fn tags(parts: &[Part], drawn: Vec<Drawn>, language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    let mut rest = parts.iter().zip(drawn).peekable();
    while let Some((part, _)) = rest.peek() {
        if matches!(part.role, Role::Point(_)) {
            tree.push(list(&mut rest, 0));
        } else if let Some((part, drawn)) = rest.next() {
            let children = drawn.lines.into_iter().map(Node::from).collect();
            tree.push(match part.role {
                Role::Heading(level) => {
                    let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
                    TagGroup::with_children(Tag::Hn(level, Some(part.text.clone())), children)
                }
                Role::Paragraph | Role::Point(_) => TagGroup::with_children(Tag::P, children),
            });
        }
    }
    tree
}

/// Takes the next list items with a depth of at least `depth` from `rest`, and returns them as a list tag. Deeper items become a list inside the item
/// before them.
fn list<'a>(rest: &mut std::iter::Peekable<impl Iterator<Item = (&'a Part, Drawn)>>, depth: u8) -> TagGroup {
    let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
    while let Some((part, drawn)) = rest.next_if(|(part, _)| matches!(part.role, Role::Point(at) if at >= depth)) {
        let at = if let Role::Point(at) = part.role { at } else { depth };
        let mut body = TagGroup::with_children(Tag::LBody, drawn.lines.into_iter().map(Node::from).collect());
        if matches!(rest.peek(), Some((next, _)) if matches!(next.role, Role::Point(deeper) if deeper > at)) {
            body.push(self::list(rest, at.saturating_add(1)));
        }
        let mut item = TagGroup::new(Tag::LI);
        if let Some(label) = drawn.label {
            item.push(TagGroup::with_children(Tag::Lbl, vec![label.into()]));
        }
        item.push(body);
        list.push(item);
    }
    list
}
