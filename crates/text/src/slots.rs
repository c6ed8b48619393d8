//! Splits formatted messages into parts, and inserts values that aren't text, such as links.

use std::borrow::Cow;

use crate::arg::Arg;
use crate::markup::{FIRST_SLOT, LAST_SLOT, MARKS, is_reserved};

/// The emphasis of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// No emphasis.
    #[default]
    Plain,
    /// Text in `<strong>`: the most important words.
    Strong,
    /// Text in `<small>`: side notes and sources.
    Small,
}

/// A part of a formatted message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text with one emphasis.
    Text {
        /// The text; never empty.
        text: String,
        /// The emphasis of the text.
        emphasis: Emphasis,
    },
    /// The place of a variable whose value was [`Arg::slot`] with this index. [`Slots::fill`] puts the piece with this index there.
    Slot(usize),
}

/// A part of a message after its slots were replaced by pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled<T> {
    /// Text with one emphasis.
    Text {
        /// The text; never empty.
        text: String,
        /// The emphasis of the text.
        emphasis: Emphasis,
    },
    /// The piece that replaced a slot.
    Piece(T),
}

/// Collects the pieces of a message: values that aren't text or numbers, such as links.
///
/// Each piece becomes a numbered slot in the formatted message. [`Slots::fill`] then replaces the slots with the pieces.
///
/// ```
/// # use sarcoguide_text::{Arg, Emphasis, Fill, Filled, Part, Slots};
/// #[derive(Clone, Debug, PartialEq)]
/// struct Link(&'static str);
///
/// impl Fill<'static, Link> for Link {
///     fn fill(self, slots: &mut Slots<Link>) -> Arg<'static> {
///         slots.add(self)
///     }
/// }
///
/// let mut slots = Slots::<Link>::default();
/// let (number, link) = (slots.arg(3), slots.arg(Link("/options")));
/// assert_eq!((number, link), (Arg::from(3), Arg::slot(0)));
/// // In a program, `text.parts(&message)` returns the parts.
/// let parts = vec![Part::Text { text: "3 options: ".into(), emphasis: Emphasis::Plain }, Part::Slot(0)];
/// assert_eq!(slots.fill(parts)[1], Filled::Piece(Link("/options")));
/// ```
#[derive(Clone, Debug)]
pub struct Slots<T>(Vec<T>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A value for a variable of a message whose pieces have the type `T`.
///
/// Text, numbers and [`Arg`] implement this trait. Implement it for the types of your own pieces too. To use a type from another crate
/// as a piece, implement `Fill<T>` for it with a `T` from your crate.
pub trait Fill<'a, T> {
    /// Returns the value of the variable. If `self` is a piece, adds it to `slots` and returns its slot.
    fn fill(self, slots: &mut Slots<T>) -> Arg<'a>;
}

impl<T> Slots<T> {
    /// Returns the value of a variable: text and numbers unchanged, and a slot for a piece.
    pub fn arg<'a>(&mut self, value: impl Fill<'a, T>) -> Arg<'a> {
        value.fill(self)
    }

    /// Adds a piece and returns its slot.
    pub fn add(&mut self, piece: T) -> Arg<'static> {
        self.0.push(piece);
        Arg::slot(self.0.len() - 1)
    }

    /// Replaces each slot with its piece. A message can use a piece several times, or not at all.
    #[must_use]
    pub fn fill(self, parts: Vec<Part>) -> Vec<Filled<T>>
    where
        T: Clone,
    {
        let filled = |part| match part {
            Part::Text { text, emphasis } => Some(Filled::Text { text, emphasis }),
            Part::Slot(index) => self.0.get(index).cloned().map(Filled::Piece),
        };
        parts.into_iter().filter_map(filled).collect()
    }
}

impl<'a, T> Fill<'a, T> for Arg<'a> {
    fn fill(self, _: &mut Slots<T>) -> Arg<'a> {
        self
    }
}

macro_rules! fill {
    ($($value:ty)+) => { $(
        impl<'a, T> Fill<'a, T> for $value {
            fn fill(self, _: &mut Slots<T>) -> Arg<'a> {
                self.into()
            }
        }
    )+ };
}

fill!(&'a str &'a String String Cow<'a, str> char f32 f64);
fill!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
fill!(&i8 & i16 & i32 & i64 & i128 & isize & u8 & u16 & u32 & u64 & u128 & usize);

/// Splits a formatted message at the reserved characters that mark emphasis and slots.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut emphasis = Emphasis::Plain;
    let mut from = 0;
    let push = |parts: &mut Vec<Part>, text: &str, emphasis| {
        if !text.is_empty() {
            parts.push(Part::Text { text: text.to_owned(), emphasis });
        }
    };
    for (at, mark) in text.match_indices(is_reserved) {
        push(&mut parts, &text[from..at], emphasis);
        from = at + mark.len();
        let mark = mark.chars().next().unwrap_or_default();
        let code = u32::from(mark);
        if (FIRST_SLOT..=LAST_SLOT).contains(&code) {
            parts.push(Part::Slot((code - FIRST_SLOT) as usize));
        } else if let Some((start, _, name)) = MARKS.iter().find(|(start, end, _)| mark == *start || mark == *end) {
            let opened = if *name == "strong" { Emphasis::Strong } else { Emphasis::Small };
            emphasis = if mark == *start { opened } else { Emphasis::Plain };
        }
    }
    push(&mut parts, &text[from..], emphasis);
    parts
}
