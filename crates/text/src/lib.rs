//! The sentences of the interface: a Fluent catalog with a checked Rust type for each message.
//!
//! Every sentence of the interface is a message in `guide/text/en.ftl`, in the syntax of [Fluent](https://projectfluent.org/fluent/guide/).
//! The build makes a type for each message in [`messages`]. A message that doesn't exist, or a variable that is missing or misspelled, is a
//! compile error where you use it. [`t!`] formats a message:
//!
//! ```
//! use sarcoguide_text::{Text, t};
//!
//! let text = Text::english();
//! assert_eq!(t!(text, errors_count, errors = 1, warnings = 0), "1 error, 0 warnings");
//! ```
//!
//! [`Text::parts`] splits a message into parts, for documents with emphasis and links; see [`Slots`]. A guide can bring its own
//! sentences and other languages ([`Text::new`], [`Text::with_overrides`]). [`check`] compares them with the English ones.
//!
//! An unknown message doesn't compile:
//!
//! ```compile_fail,E0422
//! # use sarcoguide_text::{Text, t};
//! t!(Text::english(), errors_cuont, errors = 1, warnings = 0);
//! ```
//!
//! A missing variable doesn't compile:
//!
//! ```compile_fail,E0063
//! # use sarcoguide_text::{Text, t};
//! t!(Text::english(), errors_count, errors = 1);
//! ```
//!
//! A variable that the message doesn't have doesn't compile:
//!
//! ```compile_fail,E0560
//! # use sarcoguide_text::{Text, t};
//! t!(Text::english(), errors_count, errors = 1, warnings = 0, notes = 2);
//! ```

// The generated types name this crate as others do.
extern crate self as sarcoguide_text;

mod arg;
mod catalog;
mod check;
mod error;
mod markup;
mod numbers;
mod pseudo;
mod slots;
mod suggestion;
mod text;

pub use arg::Arg;
pub use check::{check, check_against};
pub use error::{Problem, TextError};
pub use pseudo::pseudo;
pub use slots::{Emphasis, Fill, Filled, Part, Slots};
pub use suggestion::suggestion;
pub use text::{Message, Text};

/// The messages of the program: `guide/text/en.ftl`.
pub const ENGLISH: &str = include_str!("../text/en.ftl");

/// A type for each message of [`ENGLISH`], named like its id with `_` for `-`; each field is a variable.
#[allow(non_camel_case_types, reason = "a message is called like its id")]
pub mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// Formats a message as plain text: `t!(text, options_heading, count = 3)`, where `text` is a [`Text`] and the values are anything that
/// an [`Arg`] is made [from](Arg#trait-implementations).
#[macro_export]
macro_rules! t {
    ($text:expr, $id:ident $($variables:tt)*) => {
        $text.format(&$crate::message!($id $($variables)*))
    };
}

/// A message with its values: `message!(options_heading, count = 3)`, for [`Text::parts`].
#[macro_export]
macro_rules! message {
    ($id:ident $(, $variable:ident = $value:expr)* $(,)?) => {
        $crate::messages::$id { $($variable: $crate::Arg::from($value)),* }
    };
}
