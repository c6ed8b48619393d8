//! Documents as blocks, and everything that writes them: terminal text, Markdown, HTML, PDF, and SVG for their pictures.
//!
//! A document holds finished words. This crate knows nothing of guides, cases or languages.

mod autolink;
pub mod block;
pub mod html;
pub mod markdown;
pub mod mermaid;
pub mod pdf;
pub mod svg;
pub mod terminal;

pub use block::{Block, Column, Document, Emphasis, Line, Mark, People, Piece, Section, Target};
