//! The text of the user interface: a Fluent catalog, with a generated Rust type for each message.
//!
//! Every sentence of the user interface is a message in `guide/text/en.ftl`, in the syntax of [Fluent](https://projectfluent.org/fluent/guide/).
//! The build script generates a type for each message in [`messages`]. If you use a message that doesn't exist, or leave out or misspell
//! a variable, your code doesn't compile. [`t!`] formats a message:
//!
//! ```
//! use sarcoguide_text::{Text, t};
//!
//! let text = Text::english();
//! assert_eq!(t!(text, errors_count, errors = 1, warnings = 0), "1 error, 0 warnings");
//! ```
//!
//! [`Text::parts`] splits a message into parts, for documents with emphasis and links; see [`Slots`]. A guide can replace messages and
//! add other languages ([`Text::new`], [`Text::with_overrides`]). [`check`] compares such files with the program's English messages.
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
//! An unknown variable doesn't compile:
//!
//! ```compile_fail,E0560
//! # use sarcoguide_text::{Text, t};
//! t!(Text::english(), errors_count, errors = 1, warnings = 0, notes = 2);
//! ```

// The generated types refer to this crate by its name. In the crate itself, that name needs an alias.
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

/// The program's English messages: the content of `guide/text/en.ftl`.
pub const ENGLISH: &str = include_str!("../text/en.ftl");

/// A type for each message of [`ENGLISH`]. Its name is the message's ID with `_` instead of `-`. It has a field for each variable.
#[allow(non_camel_case_types, reason = "each type has the name of a message")]
pub mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// Formats a message as plain text: `t!(text, errors_count, errors = 1, warnings = 0)`.
///
/// `text` is a [`Text`]. Each value can be of any type that [converts to an `Arg`](Arg#trait-implementations).
#[macro_export]
macro_rules! t {
    ($text:expr, $id:ident $($variables:tt)*) => {
        $text.format(&$crate::message!($id $($variables)*))
    };
}

/// Creates a message with the values of its variables, for [`Text::parts`]: `message!(errors_count, errors = 1, warnings = 0)`.
#[macro_export]
macro_rules! message {
    ($id:ident $(, $variable:ident = $value:expr)* $(,)?) => {
        $crate::messages::$id { $($variable: $crate::Arg::from($value)),* }
    };
}
