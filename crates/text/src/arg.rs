//! The values of a message's variables.

use std::borrow::Cow;
use std::fmt::Display;

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

use crate::markup::{FIRST_SLOT, LAST_SLOT, is_reserved};

/// The most digits of a number that is written and chosen by as a number; see [`Arg::number`].
const MAX_DIGITS: usize = 15;

/// The value of a variable: a text, a number, or a slot for a piece that is already built.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg<'a>(Value<'a>);

#[derive(Clone, Debug, PartialEq)]
enum Value<'a> {
    Text(Cow<'a, str>),
    Number { value: f64, decimals: usize },
}

impl<'a> Arg<'a> {
    /// A text, which is shown as it is: `<strong>` in it is no markup.
    #[must_use]
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        // The bytes that begin the reserved characters.
        if text.bytes().any(|byte| byte == 0xf3) && text.contains(is_reserved) {
            return Self(Value::Text(Cow::Owned(text.replace(is_reserved, "\u{fffd}"))));
        }
        Self(Value::Text(text))
    }

    /// A number by its digits, as an exact decimal writes it: `2.50` keeps its zero. It is written by the language's rules and chooses
    /// between plurals. What is not digits with at most one point, or has more than 15 digits, is a text.
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

    /// The place of piece `index`, which [`Text::parts`](crate::Text::parts) gives back as [`Part::Slot`](crate::Part::Slot). Slots from
    /// 65,518 on are left out of the text.
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
