//! The two font faces of PDF pages: regular and bold.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// The character that replaces characters that one of the faces lacks.
const REPLACEMENT: char = '\u{FFFD}';

/// A font face, with the data to measure and draw text.
pub(crate) struct Face {
    /// The font, for drawing.
    pub font: Font,
    /// The glyph of each character.
    glyphs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// The number of font units per em.
    units: f32,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let face = FontRef::new(bytes).ok()?;
        let font = Font::new(bytes.into(), 0)?;
        let units = font.units_per_em();
        let (glyphs, metrics) = (face.charmap(), face.glyph_metrics(Size::unscaled(), LocationRef::default()));
        Some(Self { font, glyphs, metrics, units })
    }

    /// Returns the width of a character at font size 1.
    pub fn advance(&self, letter: char) -> f32 {
        self.glyphs.map(letter).and_then(|glyph| self.metrics.advance_width(glyph)).unwrap_or_default() / self.units
    }

    /// Returns the glyphs of a text.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(start, letter): (usize, char)| {
            let id = self.glyphs.map(letter).map_or(0, |glyph| glyph.to_u32());
            let range = start..start + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(id), self.advance(letter), 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }
}

/// The font faces of a document.
pub(crate) struct Faces {
    /// The face for normal text.
    pub regular: Face,
    /// The face for bold text.
    pub bold: Face,
}

impl Faces {
    /// Loads the embedded faces. Returns `None` if they can't be read.
    pub fn embedded() -> Option<Self> {
        let (regular, bold) = (dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold());
        Some(Self { regular: Face::new(regular)?, bold: Face::new(bold)? })
    }

    /// Returns the bold face if `bold` is set, and the regular face if not.
    pub fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }

    /// Returns the character to draw for `letter`: a space for white space and control characters, `None` for invisible characters, and the
    /// replacement character for private-use characters and for those that one of the faces lacks.
    pub fn drawable(&self, letter: char) -> Option<char> {
        match letter {
            letter if letter.is_whitespace() || letter.is_control() => Some(' '),
            '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' => None,
            // Private-use characters have a different meaning in each font.
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Some(REPLACEMENT),
            letter => {
                let known = [&self.regular, &self.bold].iter().all(|face| face.glyphs.map(letter).is_some());
                Some(if known { letter } else { REPLACEMENT })
            }
        }
    }
}
