//! Renders questions as a form, and reads the answers from it.

use maud::{Markup, html};
use sarcoguide_case::{CaseError, written_interval};
use sarcoguide_model::{Decimal, Domain, Fact, FactId, FactValue};
use sarcoguide_text::{Arg, Text, t};
use sarcoguide_views::{Edition, words};

use crate::choices::{self, Choices, MAX_CHOICES, Picked, picked};
use crate::form::field;
use crate::sealed::Session;

/// The maximum number of characters in a typed answer.
const MAX_TYPED_CHARS: usize = 30;
/// The maximum number of answers shown as radio buttons in a form that can be left open, because it can have many questions. A question with more answers
/// has a drop-down list.
const MAX_CHOICES_IF_OPEN: usize = 8;

/// What an empty answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// "I don't know".
    Unknown,
    /// The fact is open: it counts as not asked, unless it was asked before.
    Open,
}

/// An answer that was refused, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    fact: FactId,
    typed: String,
    /// Whether "I don't know" was also ticked.
    unknown: bool,
    message: String,
    /// The answers that the person may have meant.
    suggested: Vec<usize>,
}

const UNKNOWN: &str = "unknown";

/// The beginning of the name of a hidden field, before the ID of a fact. The field holds the answer that was saved when the form was made.
const BEFORE: &str = "before-";

/// The answer that a form shows for a fact and sends back, if the person changes nothing. Empty if the question is open.
fn saved_answer(guide: Edition<'_>, session: &Session, fact: FactId) -> String {
    match session.case.get(fact) {
        FactValue::Value(value) => guide[fact].domain.values()[usize::from(value)].id.clone(),
        FactValue::Unknown if session.is_ticked(fact) => UNKNOWN.to_owned(),
        known => number(&guide[fact], known),
    }
}

/// Stores the answers from a form in the session, and returns those that are refused. `blank` says what an empty answer means. A typed answer
/// counts, even if "I don't know" is still ticked from an earlier answer. If the form says which answer was saved when it was made, a field that
/// still has this answer changes nothing: the answer may have been changed in another tab since.
pub(crate) fn store_answers(
    guide: Edition<'_>,
    session: &mut Session,
    facts: &[FactId],
    fields: &[(String, String)],
    blank: Blank,
) -> Vec<Refused> {
    let mut refused = Vec::new();
    for fact in facts {
        let id = &guide[*fact].id;
        let values = || fields.iter().filter(|(name, _)| name == id).map(|(_, value)| value.trim());
        let before = field(fields, &format!("{BEFORE}{id}"));
        if before
            .is_some_and(|before| values().filter(|value| !value.is_empty()).eq(Some(before).filter(|before| !before.is_empty())))
        {
            continue;
        }
        let is_ticked = values().any(|value| value == UNKNOWN);
        let saved = saved_answer(guide, session, *fact);
        let listed = values().find(|value| !value.is_empty() && *value != UNKNOWN);
        let mut suggested = Vec::new();
        let typed = match picked(fields, id, listed, &saved) {
            Picked::Nothing => None,
            Picked::One(one) => Some(one),
            Picked::Both { typed, listed } => {
                let meant = |text: &str| match parse(guide, *fact, text) {
                    Ok(FactValue::Value(value)) => Some(usize::from(value)),
                    _ => None,
                };
                suggested = [typed, listed].into_iter().filter_map(meant).collect();
                suggested.dedup();
                Some(typed)
            }
        };
        // Someone who says now that they don't know takes back the answer that is still in the form.
        let is_taken_back =
            is_ticked && !session.is_ticked(*fact) && typed.is_some_and(|typed| is_saved(guide, *fact, typed, &saved));
        let Some(typed) = typed.filter(|_| !is_taken_back) else {
            if is_ticked || blank == Blank::Unknown {
                session.answer(*fact, FactValue::Unknown);
                if !is_ticked {
                    session.blank.push(*fact);
                }
            } else if values().next().is_some() && !session.blank.contains(fact) {
                session.withdraw(*fact);
            }
            continue;
        };
        let unknown = is_ticked && !session.is_ticked(*fact);
        let message = if unknown || suggested.len() > 1 {
            if unknown { t!(guide.text, situation_keep_one) } else { t!(guide.text, situation_choose_one) }
        } else {
            match parse(guide, *fact, typed) {
                Ok(known) => {
                    session.answer(*fact, known);
                    continue;
                }
                Err(_) if blank == Blank::Unknown && guide[*fact].domain.values().len() > MAX_CHOICES => {
                    suggested = choices::suggested(guide, *fact, typed);
                    let count = suggested.len();
                    t!(guide.text, situation_typed_unknown, words = typed, count = count)
                }
                Err(error) => words::capital(&error.in_words(guide.text)),
            }
        };
        let typed = typed.chars().take(MAX_TYPED_CHARS).collect();
        refused.push(Refused { fact: *fact, typed, unknown, message, suggested });
    }
    refused
}

/// Whether a typed answer is the saved one.
fn is_saved(guide: Edition<'_>, fact: FactId, typed: &str, saved: &str) -> bool {
    let known = |text: &str| parse(guide, fact, text).ok();
    !saved.is_empty() && (typed == saved || known(typed).is_some_and(|typed| known(saved) == Some(typed)))
}

/// Parses an answer. Takes all names that the text field of a long list suggests.
fn parse(guide: Edition<'_>, fact: FactId, typed: &str) -> Result<FactValue, CaseError> {
    choices::named(guide, fact, typed).map_or_else(|| sarcoguide_case::parse_answer(*guide, fact, typed), Ok)
}

/// How a question is rendered.
struct Shown<'a> {
    session: &'a Session,
    refused: Option<&'a Refused>,
    blank: Blank,
    /// Whether the question is the heading of the page.
    is_heading: bool,
    /// Whether its field has the focus when the page opens.
    focus: bool,
}

/// Renders a question with its answers, including "I don't know". Each answer is a block element, so that text browsers show it on a line
/// of its own.
fn question(guide: Edition<'_>, fact: FactId, shown: &Shown<'_>) -> Markup {
    let Shown { session, refused, blank, is_heading, focus } = *shown;
    let (entry, text) = (&guide[fact], guide.text);
    let known = session.case.get(fact);
    let id = &entry.id;
    let is_unknown = refused.map_or_else(|| session.is_ticked(fact), |refused| refused.unknown);
    let unknown = |kind: &str| {
        html! {
            div {
                label.choice.unknown {
                    input type=(kind) name=(id) value=(UNKNOWN) checked[is_unknown];
                    span { (t!(text, situation_unknown)) }
                }
            }
        }
    };
    // For screen readers, the question is the name of a text field or list. The error and the hint are its description.
    let invalid = refused.map(|_| "true");
    let error = refused.map(|_| format!("error-{id}"));
    let labelled = format!("question-{id}");
    let described = error.iter().cloned().chain([format!("hint-{id}")]).collect::<Vec<_>>().join(" ");
    html! {
        fieldset id={ "ask-" (id) } {
            legend id=(labelled) { @if is_heading { h1 { (entry.question) } } @else { (entry.question) } }
            (hint(guide, fact))
            @if let Some(refused) = refused { p.error id={ "error-" (id) } { (refused.message) } }
            @match &entry.domain {
                Domain::Number { unit, min, max } => {
                    p.help id={ "hint-" (id) } { (range(text, unit, *min, *max)) ". " (t!(text, situation_inexact, unit = unit)) }
                    div {
                        input.short id=(id) name=(id) type="text" autocomplete="off" maxlength=(MAX_TYPED_CHARS)
                            value=(refused.map_or_else(|| number(entry, known), |refused| refused.typed.clone()))
                            aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid] autofocus[focus];
                        @if !unit.starts_with("per_") { " " span.unit { (unit) } }
                    }
                    (unknown("checkbox"))
                }
                Domain::Values(values) if values.len() > max_choices(blank) && blank == Blank::Open => {
                    p.help id={ "hint-" (id) } {
                        (t!(text, situation_choose))
                        @for (value, help) in values.iter().filter_map(|value| Some((value, value.help.as_ref()?))) {
                            br; (words::capital(&value.name)) ": " (help)
                        }
                    }
                    div {
                        select id=(id) name=(id) aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid]
                            autofocus[focus] {
                            option value="" { (t!(text, situation_leave_open)) }
                            option value=(UNKNOWN) selected[is_unknown] { (t!(text, situation_unknown)) }
                            @for (index, value) in values.iter().enumerate() {
                                option value=(value.id) selected[chosen(known, index)] { (value.name) }
                            }
                        }
                    }
                }
                Domain::Values(values) if values.len() > max_choices(blank) => {
                    @let choices = Choices {
                        guide,
                        fact,
                        chosen: (0..values.len()).find(|index| chosen(known, *index)),
                        typed: refused.map(|refused| refused.typed.as_str()),
                        suggested: refused.map_or(&[], |refused| &refused.suggested),
                        described: error.as_deref().unwrap_or_default(),
                        focus,
                        unknown: &unknown("checkbox"),
                    };
                    (choices.render())
                }
                Domain::Values(values) => {
                    @for (index, value) in values.iter().enumerate() {
                        div {
                            label.choice.kind[value.parent.is_some()] {
                                input type="radio" id=[(index == 0).then_some(id)] name=(id) value=(value.id)
                                    checked[chosen(known, index)] aria-invalid=[invalid] aria-describedby=[error.as_ref()]
                                    autofocus[focus && index == 0];
                                span {
                                    (words::capital(&value.name))
                                    @if let Some(help) = &value.help { " " small { (help) } }
                                }
                            }
                        }
                    }
                    (unknown("radio"))
                }
            }
        }
    }
}

/// Why a question is asked and where to find the answer, folded.
fn hint(guide: Edition<'_>, fact: FactId) -> Markup {
    let (entry, text) = (&guide[fact], guide.text);
    html! {
        @if entry.why.is_some() || entry.where_to_find.is_some() {
            details.why {
                summary { (if entry.where_to_find.is_some() { t!(text, situation_hint) } else { t!(text, situation_hint_why) }) }
                @if let Some(place) = &entry.where_to_find { p { (place) } }
                @if let Some(why) = &entry.why { p { (t!(text, situation_why, why = why)) } }
            }
        }
    }
}

/// The maximum number of answers shown as radio buttons.
fn max_choices(blank: Blank) -> usize {
    match blank {
        Blank::Unknown => MAX_CHOICES,
        Blank::Open => MAX_CHOICES_IF_OPEN,
    }
}

/// Describes the numbers that a person may enter, with their unit, such as `in cm` or `per 10 fields`.
fn range(text: &Text, unit: &str, min: Decimal, max: Decimal) -> String {
    let unit = unit.replace('_', " ");
    let (min, max) = (Arg::number(min), Arg::number(max));
    if unit.starts_with("per ") {
        t!(text, situation_range_per, min = min, max = max, unit = unit)
    } else {
        t!(text, situation_range, min = min, max = max, unit = unit)
    }
}

fn chosen(known: FactValue, index: usize) -> bool {
    matches!(known, FactValue::Value(value) if usize::from(value) == index)
}

fn number(fact: &Fact, known: FactValue) -> String {
    match known {
        FactValue::Number(number) => number.to_string(),
        FactValue::Between(interval) => written_interval(fact, interval),
        FactValue::Unknown | FactValue::Value(_) => String::new(),
    }
}

/// A form with the questions of a page.
pub(crate) struct Form<'a> {
    pub facts: &'a [FactId],
    /// The answers that were refused. They're summarized at the top.
    pub refused: &'a [Refused],
    /// The address that the form is sent to.
    pub action: &'a str,
    /// What an empty answer means.
    pub blank: Blank,
    /// The session as it's saved, for a form that changes only the answers that differ from it.
    pub saved: Option<&'a Session>,
    /// The heading of the page and a text below it. `None` if the only question is the heading.
    pub heading: Option<(&'a str, Option<&'a str>)>,
    /// What is above the heading.
    pub above: &'a Markup,
    /// Links next to the button.
    pub links: &'a Markup,
}

impl Form<'_> {
    pub fn render(&self, guide: Edition<'_>, session: &Session) -> Markup {
        let text = guide.text;
        let refused = |fact: FactId| self.refused.iter().find(|entry| entry.fact == fact);
        let first = self.refused.first().map(|entry| entry.fact);
        let is_heading = self.heading.is_none();
        html! {
            (self.summary(guide))
            (self.above)
            @if let Some((title, lead)) = self.heading {
                h1 { (title) }
                @if let Some(lead) = lead { p.lead { (lead) } }
            }
            form method="post" action=(self.action) autocomplete="off" {
                @for fact in self.facts {
                    @let focus = first == Some(*fact);
                    (question(guide, *fact, &Shown { session, refused: refused(*fact), blank: self.blank, is_heading, focus }))
                    input type="hidden" name="asked" value=(guide[*fact].id);
                    @if let Some(saved) = self.saved {
                        input type="hidden" name={ (BEFORE) (guide[*fact].id) } value=(saved_answer(guide, saved, *fact));
                    }
                }
                div.row { button { (t!(text, situation_next)) } " " (self.links) }
            }
        }
    }

    /// What was refused, with links to the questions.
    fn summary(&self, guide: Edition<'_>) -> Markup {
        html! {
            @if !self.refused.is_empty() {
                div.error role="alert" {
                    h2 { (t!(guide.text, situation_refused)) }
                    ul {
                        @for entry in self.refused {
                            @let fact = &guide[entry.fact];
                            li { a href={ "#" (fact.id) } { (fact.name) ": " (words::within(&entry.message)) } }
                        }
                    }
                }
            }
        }
    }
}
