//! What is taken along: a document as PDF, a treatment's schedule as a calendar file.
//!
//! Pure functions: the clock is the door's. All text is data; nothing of it is read as markup.

pub mod calendar;
mod font;
mod ics;
mod layout;
pub mod pdf;
mod span;
