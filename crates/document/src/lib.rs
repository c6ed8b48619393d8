//! Documents as lists of blocks, and renderers for them: terminal text, Markdown, HTML, PDF, SVG and Mermaid.
//!
//! A [`Document`] contains finished sentences, so this crate doesn't need to know about guides, cases or languages. A link has a [`Target`], such as
//! the page for a treatment. In HTML, an [`html::Context`] returns the address of the target. The other renderers show only the text of the link.
//!
//! ```
//! use sarcoguide_document::markdown::markdown;
//! use sarcoguide_document::{Document, Line};
//!
//! let mut document = Document::default();
//! document.heading(1, "Options");
//! document.points(vec![Line::default().strong("Rest").plain(": for a week")]);
//!
//! assert_eq!(markdown(&document), "# Options\n\n- **Rest**: for a week\n\n");
//! ```

mod autolink;
pub mod block;
pub mod html;
pub mod markdown;
pub mod mermaid;
pub mod pdf;
pub mod svg;
pub mod terminal;

pub use block::{
    Array, Block, CardPart, CellLine, Comparison, ComparisonRow, Document, Emphasis, Line, Mark, People, Piece, Row, Section,
    Shape, Share, Support, Tag, Target, Tone,
};
