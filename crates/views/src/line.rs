//! Turns messages of the text catalog into lines of a document.

use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::{Arg, Fill, Filled, Message, Slots, Text};

/// A line that is the value of a variable in a message.
#[derive(Clone, Debug)]
pub(crate) struct Inner(Line);

impl<'a> Fill<'a, Inner> for Line {
    fn fill(self, slots: &mut Slots<Inner>) -> Arg<'a> {
        slots.add(Inner(self))
    }
}

/// Turns a message into a line. `slots` has the lines for the message's variables. Text in `<strong>` gets the emphasis `strong`.
pub(crate) fn build(text: &Text, message: &dyn Message, slots: Slots<Inner>, strong: Emphasis) -> Line {
    slots.fill(text.parts(message)).into_iter().fold(Line::default(), |line, part| match part {
        Filled::Text { text, emphasis } => line.add(
            match emphasis {
                sarcoguide_text::Emphasis::Plain => Emphasis::Plain,
                sarcoguide_text::Emphasis::Strong => strong,
                sarcoguide_text::Emphasis::Small => Emphasis::Faint,
            },
            text,
        ),
        Filled::Piece(Inner(inner)) => line.then(inner),
    })
}

/// Turns a message of the catalog into a line: `line!(edition, answer_depends_on, facts = links, more = 0)`.
///
/// `<strong>` and `<small>` in the message become emphasis. The value of a variable can be text, a number, or a line with its own links and emphasis.
/// With `line!(edition => Emphasis::Bad, ..)`, text in `<strong>` gets the emphasis `Bad`.
macro_rules! line {
    ($edition:expr, $($message:tt)*) => {
        $crate::line::line!($edition => sarcoguide_document::Emphasis::Strong, $($message)*)
    };
    ($edition:expr => $strong:expr, $id:ident $(, $variable:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut, reason = "a message without variables has no slots")]
        let mut slots = sarcoguide_text::Slots::<$crate::line::Inner>::default();
        let message = sarcoguide_text::messages::$id { $($variable: slots.arg($value)),* };
        $crate::line::build($edition.text, &message, slots, $strong)
    }};
}

pub(crate) use line;
