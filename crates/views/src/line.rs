//! Messages of the catalog as lines of a document.

use sarcoguide_document::{Emphasis, Line};
use sarcoguide_text::{Arg, Fill, Filled, Message, Slots, Text};

/// A line that a message holds.
#[derive(Clone, Debug)]
pub(crate) struct Inner(Line);

impl<'a> Fill<'a, Inner> for Line {
    fn fill(self, slots: &mut Slots<Inner>) -> Arg<'a> {
        slots.add(Inner(self))
    }
}

/// A message with the lines that it holds, as one line; `strong` is how its `<strong>` looks.
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

/// A message as a line: `line!(edition, depends_on, facts = links)`. Its `<strong>` and `<small>` become emphasis. Its variables are texts,
/// numbers, or lines with links and emphasis of their own. `line!(edition => Emphasis::Bad, advised_against, ..)` shows `<strong>` as bad.
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
