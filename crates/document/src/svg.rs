//! Pictures: drawn as SVG from plain data, always with the same in words beside them.

mod canvas;
pub mod flow;
mod lane;
pub mod timeline;

pub use canvas::Shape;
pub use lane::Lane;
use timeline::{Parts, Plan};

/// A picture within a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The parts of one treatment.
    Parts(Parts),
    /// Treatments of a plan, one time below the other.
    Plan(Plan),
}

impl Drawing {
    /// The picture as SVG, so many pixels wide, without a description: its words stand beside it.
    #[must_use]
    pub fn svg(&self, width: u16) -> String {
        match self {
            Self::Parts(parts) => parts.svg(width, ""),
            Self::Plan(plan) => plan.svg(width),
        }
    }
}
