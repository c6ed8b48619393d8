//! Messages as parts, and pieces that are put into them.

use std::borrow::Cow;

use crate::arg::Arg;
use crate::markup::{FIRST_SLOT, LAST_SLOT, MARKS, is_reserved};

/// How a part of a text stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// It doesn't.
    #[default]
    Plain,
    /// `<strong>`: what matters most.
    Strong,
    /// `<small>`: an aside.
    Small,
}

/// A part of a formatted message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A text; not empty.
    Text {
        /// The text.
        text: String,
        /// How it stands out.
        emphasis: Emphasis,
    },
    /// The place of the piece that was given as [`Arg::slot`].
    Slot(usize),
}

/// A part of a message whose slots are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled<T> {
    /// A text; not empty.
    Text {
        /// The text.
        text: String,
        /// How it stands out.
        emphasis: Emphasis,
    },
    /// A piece.
    Piece(T),
}

/// The pieces of a message under construction: collects what is not a text or a number, and puts it where the message has it.
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
/// // `text.parts(&message)` gives the parts.
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

/// What may be given for a variable where a message is built with pieces of type `T`: texts, numbers, [`Arg`], and whatever a crate
/// implements it for. For a piece of another crate implement it with a type of your own as `T`.
pub trait Fill<'a, T> {
    /// The value of the variable; pieces are added to `slots`.
    fn fill(self, slots: &mut Slots<T>) -> Arg<'a>;
}

impl<T> Slots<T> {
    /// The value of a variable: a text or number as it is, a piece as a slot.
    pub fn arg<'a>(&mut self, value: impl Fill<'a, T>) -> Arg<'a> {
        value.fill(self)
    }

    /// Adds a piece and gives its slot.
    pub fn add(&mut self, piece: T) -> Arg<'static> {
        self.0.push(piece);
        Arg::slot(self.0.len() - 1)
    }

    /// Puts the pieces where the parts have their slots. A message may show a piece several times, or not at all.
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

/// Cuts a formatted text at its marks.
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
