//! Renders documents and messages as HTML for this site, with links, explanations of terms, and checkboxes to choose options.

use maud::{Markup, html};
use sarcoguide_document::Target;
use sarcoguide_document::html::{Context, Labels, Mention, anchor};
use sarcoguide_model::{FactId, QuestionPage, TreatmentId};
use sarcoguide_text::{Arg, Emphasis, Fill, Filled, Message, Slots, Text, t};
use sarcoguide_views::glossary::Glossary;
use sarcoguide_views::{Edition, listed};

pub(crate) use sarcoguide_document::html::Writer;

/// HTML within a message, such as a link or a button.
#[derive(Clone, Debug)]
pub(crate) struct Piece(Markup);

impl<'a> Fill<'a, Piece> for Markup {
    fn fill(self, slots: &mut Slots<Piece>) -> Arg<'a> {
        slots.add(Piece(self))
    }
}

/// Renders a message and the HTML within it.
pub(crate) fn build(text: &Text, message: &dyn Message, slots: Slots<Piece>) -> Markup {
    html! {
        @for part in slots.fill(text.parts(message)) {
            @match part {
                Filled::Text { text, emphasis: Emphasis::Plain } => (text),
                Filled::Text { text, emphasis: Emphasis::Strong } => strong { (text) },
                Filled::Text { text, emphasis: Emphasis::Small } => small { (text) },
                Filled::Piece(Piece(piece)) => (piece),
            }
        }
    }
}

/// Renders a message as HTML, for example `line!(guide, frame_view, button = html! { .. })`. A variable is text, a number or HTML.
macro_rules! line {
    ($edition:expr, $id:ident $(, $variable:ident = $value:expr)* $(,)?) => {{
        let mut slots = sarcoguide_text::Slots::<$crate::html::Piece>::default();
        let message = sarcoguide_text::messages::$id { $($variable: slots.arg($value)),* };
        $crate::html::build($edition.text, &message, slots)
    }};
}

pub(crate) use line;

/// A link to a question. For screen readers, it also contains the name of the fact.
pub(crate) fn to_question(guide: Edition<'_>, fact: FactId, words: &str) -> Markup {
    let (id, name) = (listed::question_id(guide, fact), listed::question_name(guide, fact));
    html! { a href={ "/question/" (id) } { (words) span.unseen { ": " (name) } } }
}

/// A link to a page on which several questions can be answered at once.
pub(crate) fn to_question_page(page: &QuestionPage) -> Markup {
    html! { a href={ "/question/" (page.id) } { (page.link) } }
}

/// A link back to the options.
pub(crate) fn back_to_options(text: &Text) -> Markup {
    html! { p { a href="/options" { (t!(text, options_page_back)) } } }
}

/// The name of the form field for one of the dates that a schedule counts from. The first field is `start`.
pub(crate) fn day_field(index: usize) -> String {
    if index == 0 { "start".to_owned() } else { format!("day{index}") }
}

/// The context in which documents are rendered on a page.
pub(crate) struct PageContext<'a> {
    guide: Edition<'a>,
    glossary: &'a Glossary,
    /// The treatments that are ticked for comparison. `None` if the page has no checkboxes to compare options.
    chosen: Option<&'a [TreatmentId]>,
}

impl<'a> PageContext<'a> {
    pub fn new(guide: Edition<'a>, glossary: &'a Glossary) -> Self {
        Self { guide, glossary, chosen: None }
    }

    /// Adds checkboxes for comparing options.
    pub fn choosing(self, chosen: &'a [TreatmentId]) -> Self {
        Self { chosen: Some(chosen), ..self }
    }
}

impl Context for PageContext<'_> {
    fn labels(&self) -> &Labels {
        self.glossary.labels()
    }

    fn address(&self, target: &Target) -> Option<String> {
        Some(match target {
            Target::Treatment(id) => format!("/treatment/{id}"),
            Target::TreatmentSection(id) => format!("#option-{id}"),
            Target::Effect(id) | Target::EffectOfEntry(id) => format!("/effect/{id}"),
            Target::EffectEntry(id) => format!("#effect-{id}"),
            Target::Subtype(id) => format!("/type/{id}"),
            Target::Fact(id) => format!("/question/{id}"),
            Target::Source(number) => format!("#source-{number}"),
            Target::Phone(number) => format!("tel:{number}"),
            Target::Message(number) => format!("sms:{number}"),
            Target::Visit => "/visit".to_owned(),
        })
    }

    fn phones(&self) -> &[(String, String)] {
        self.glossary.phones()
    }

    fn mentions(&self, text: &str) -> Vec<Mention> {
        self.glossary.mentions(text)
    }

    fn explanation(&self, term: usize) -> Option<(&str, Markup)> {
        let term = self.guide.guide.glossary.get(term)?;
        let text = self.guide.text;
        let (id, name) = (&term.id, &term.name);
        let explanation = html! {
            p {
                strong { (name) } ": " (term.statement.text) " " a href={ "#at-" (id) } { (t!(text, frame_back_to_text)) } " "
                a href={ "/guide/glossary#" (anchor(name)) } aria-label=(t!(text, frame_sources_of, term = name)) {
                    (t!(text, frame_sources))
                }
            }
        };
        Some((id, explanation))
    }

    fn control(&self, option: &str) -> Option<Markup> {
        let chosen = self.chosen?;
        let id = self.guide.treatment(option)?;
        let name = &self.guide[id].name;
        Some(html! {
            label.pick {
                input type="checkbox" form="compare" name="compare" value=(option) checked[chosen.contains(&id)];
                " " (t!(self.guide.text, options_page_compare)) span.unseen { " " (name) }
            }
        })
    }
}
