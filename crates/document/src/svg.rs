//! Draws pictures as SVG. The pictures are described by plain data types. Wherever a picture is shown, its content is also available as text.

mod canvas;
pub mod flow;
mod lane;
pub mod path;
pub mod timeline;

pub use canvas::Shape;
pub use lane::Lane;
use path::Path;
use timeline::{Plan, TreatmentParts};

/// A picture in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The parts of one treatment.
    Parts(TreatmentParts),
    /// The treatments of a plan, grouped by time.
    Plan(Plan),
    /// The times of a course of treatment, as stops on a line.
    Path(Path),
}

impl Drawing {
    /// Renders the picture as SVG. `width` is in pixels. The SVG has no description, because the document also has the picture's content as text.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        match self {
            Self::Parts(parts) => parts.svg(width, ""),
            Self::Plan(plan) => plan.svg(width),
            Self::Path(path) => path.svg(width),
        }
    }
}
