//! Values for the variables of messages.

use std::borrow::Cow;
use std::fmt::Display;

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use crate::markup::{FIRST_SLOT, LAST_SLOT, is_reserved};

/// The maximum number of digits of a number. A longer number is treated as text; see [`Arg::number`].
const MAX_DIGITS: usize = 15;

/// The value of a variable: text, a number, or a slot for a piece such as a link; see [`Slots`](crate::Slots).
#[derive(Clone, Debug, PartialEq)]
pub struct Arg<'a>(Value<'a>);

#[derive(Clone, Debug, PartialEq)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Number { value: f64, decimals: usize },
}

impl<'a> Arg<'a> {
    /// Creates a text value. It's shown unchanged: `<strong>` in it isn't markup. Only the characters that are reserved for markup and slots are
    /// replaced with U+FFFD.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        // The UTF-8 encoding of every reserved character begins with this byte.
        if text.bytes().any(|byte| byte == 0xf3) && text.contains(is_reserved) {
            return Self(Value::Text(Cow::Owned(text.replace(is_reserved, "\u{fffd}"))));
        }
        Self(Value::Text(text))
    }

    /// Creates a number value from its decimal notation. `2.50` keeps its final zero.
    ///
    /// The number is formatted by the rules of the language, and selects the plural form. If `number` isn't written as digits with at
    /// most one decimal point and an optional minus sign, or has more than 15 digits, it becomes a text value.
    #[must_use]
    pub fn number(number: impl Display) -> Arg<'static> {
        let written = number.to_string();
        let digits = written.strip_prefix('-').unwrap_or(&written);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let good = !whole.is_empty() && plain(whole) && plain(fraction) && whole.len() + fraction.len() <= MAX_DIGITS;
        match written.parse() {
            Ok(value) if good => Arg(Value::Number { value, decimals: fraction.len() }),
            _ => Arg::text(written),
        }
    }

    /// Creates a slot for the piece with this index. [`Text::parts`](crate::Text::parts) returns it as
    /// [`Part::Slot`](crate::Part::Slot).
    ///
    /// If `index` is 65,518 or more, the message leaves the slot out.
    #[must_use]
    pub fn slot(index: usize) -> Arg<'static> {
        let code = u32::try_from(index).ok().and_then(|index| FIRST_SLOT.checked_add(index)).filter(|code| *code <= LAST_SLOT);
        Arg(Value::Text(code.and_then(char::from_u32).map(String::from).unwrap_or_default().into()))
    }

    pub(crate) fn fluent(&self) -> FluentValue<'_> {
        match &self.0 {
            Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Value::Number { value, decimals } => {
                let minimum_fraction_digits = (*decimals > 0).then_some(*decimals);
                FluentValue::Number(FluentNumber::new(
                    *value,
                    FluentNumberOptions { minimum_fraction_digits, ..Default::default() },
                ))
            }
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::text(text)
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::text(text)
    }
}

impl From<char> for Arg<'_> {
    fn from(character: char) -> Self {
        Self::text(character.to_string())
    }
}

macro_rules! from_integers {
    ($($integer:ty)+) => { $(
        impl From<$integer> for Arg<'_> {
            fn from(number: $integer) -> Self {
                const MOST: i128 = 10_i128.pow(MAX_DIGITS as u32) - 1;
                match i128::try_from(number) {
                    Ok(whole) if (-MOST..=MOST).contains(&whole) => Self(Value::Number { value: whole as f64, decimals: 0 }),
                    _ => Self::text(number.to_string()),
                }
            }
        }
        impl From<&$integer> for Arg<'_> {
            fn from(number: &$integer) -> Self {
                Self::from(*number)
            }
        }
    )+ };
}

from_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! from_floats {
    ($($float:ty)+) => { $(
        impl From<$float> for Arg<'_> {
            fn from(number: $float) -> Self {
                match Arg::number(number) {
                    Self(Value::Number { value, .. }) => Self(Value::Number { value, decimals: 0 }),
                    text => text,
                }
            }
        }
    )+ };
}

from_floats!(f32 f64);
