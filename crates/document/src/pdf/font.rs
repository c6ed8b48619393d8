//! The two faces that pages are set in, and which characters they have.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// Stands for a character that the faces do not have.
const REPLACEMENT: char = '\u{FFFD}';

/// A face with what is needed to measure and draw it.
pub(crate) struct Face {
    /// For drawing.
    pub font: Font,
    glyphs: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
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

    /// How wide a character is, of a type of size 1.
    pub fn advance(&self, letter: char) -> f32 {
        self.glyphs.map(letter).and_then(|glyph| self.metrics.advance_width(glyph)).unwrap_or_default() / self.units
    }

    /// The glyphs of a text.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(place, letter): (usize, char)| {
            let id = self.glyphs.map(letter).map_or(0, |glyph| glyph.to_u32());
            let range = place..place + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(id), self.advance(letter), 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }
}

/// The faces of a document.
pub(crate) struct Faces {
    /// For most text.
    pub regular: Face,
    /// For what stands out.
    pub bold: Face,
}

impl Faces {
    /// The embedded faces; none if they could not be read.
    pub fn embedded() -> Option<Self> {
        let (regular, bold) = (dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold());
        Some(Self { regular: Face::new(regular)?, bold: Face::new(bold)? })
    }

    /// The face of bold or other text.
    pub fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }

    /// The character as it is set: white space as a space, nothing for invisible marks, a mark for what no face has.
    pub fn set(&self, letter: char) -> Option<char> {
        match letter {
            letter if letter.is_whitespace() || letter.is_control() => Some(' '),
            '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' => None,
            // Characters of private use mean nothing outside of one font.
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Some(REPLACEMENT),
            letter => {
                let known = [&self.regular, &self.bold].iter().all(|face| face.glyphs.map(letter).is_some());
                Some(if known { letter } else { REPLACEMENT })
            }
        }
    }
}
