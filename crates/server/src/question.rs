//! Renders questions as a form, and reads the answers from it.

use maud::{Markup, html};
use sarcoguide_case::written_interval;
use sarcoguide_model::{Decimal, Domain, Fact, FactId, FactValue, ScopeKind, Value};
use sarcoguide_text::{Arg, Text, t};
use sarcoguide_views::{Edition, words};

use crate::form::field;
use crate::sealed::Session;

/// The maximum number of characters in a typed answer.
const MAX_TYPED_CHARS: usize = 30;
/// The maximum number of answers shown as radio buttons. A question with more answers has a drop-down list.
const MAX_CHOICES: usize = 14;
/// The same for a form that can be left open, because it can have many questions.
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
        let Some(typed) = values().find(|value| !value.is_empty() && *value != UNKNOWN) else {
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
        let message = if unknown {
            t!(guide.text, situation_keep_one)
        } else {
            match sarcoguide_case::parse_answer(*guide, *fact, typed) {
                Ok(known) => {
                    session.answer(*fact, known);
                    continue;
                }
                Err(error) => words::capital(&error.in_words(guide.text)),
            }
        };
        let typed = typed.chars().take(MAX_TYPED_CHARS).collect();
        refused.push(Refused { fact: *fact, typed, unknown, message });
    }
    refused
}

/// Renders a question with its answers, including "I don't know". Each answer is a block element, so that text browsers show it on a line
/// of its own.
fn question(guide: Edition<'_>, fact: FactId, session: &Session, refused: Option<&Refused>, blank: Blank) -> Markup {
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
            legend id=(labelled) { (entry.question) }
            @if let Some(why) = &entry.why { p.help { (t!(text, situation_why, why = why)) } }
            @if let Some(place) = &entry.where_to_find { p.help { (t!(text, situation_where, place = place)) } }
            @if let Some(refused) = refused { p.error id={ "error-" (id) } { (refused.message) } }
            @match &entry.domain {
                Domain::Number { unit, min, max } => {
                    p.help id={ "hint-" (id) } { (range(text, unit, *min, *max)) ". " (t!(text, situation_inexact, unit = unit)) }
                    div {
                        input id=(id) name=(id) type="text" autocomplete="off" maxlength=(MAX_TYPED_CHARS)
                            value=(refused.map_or_else(|| number(entry, known), |refused| refused.typed.clone()))
                            aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid];
                    }
                    (unknown("checkbox"))
                }
                Domain::Values(values) if values.len() > max_choices(blank) => {
                    p.help id={ "hint-" (id) } {
                        (t!(text, situation_choose))
                        @if values.len() <= MAX_CHOICES {
                            @for (value, help) in values.iter().filter_map(|value| Some((value, value.help.as_ref()?))) {
                                br; (words::capital(&value.name)) ": " (help)
                            }
                        }
                    }
                    div {
                        select id=(id) name=(id) aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid] {
                            @if blank == Blank::Open { option value="" { (t!(text, situation_leave_open)) } }
                            option value=(UNKNOWN) selected[blank == Blank::Open && is_unknown] { (t!(text, situation_unknown)) }
                            (list_options(guide, entry, known))
                        }
                    }
                }
                Domain::Values(values) => {
                    @for (index, value) in values.iter().enumerate() {
                        div {
                            label.choice.kind[value.parent.is_some()] {
                                input type="radio" id=[(index == 0).then_some(id)] name=(id) value=(value.id)
                                    checked[chosen(known, index)] aria-invalid=[invalid] aria-describedby=[error.as_ref()];
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

/// Renders the answers of a drop-down list: first general values that have more specific values below them, then the types of the disease that the
/// guide covers, then those that it doesn't. In a long list, each group is in alphabetical order. Each type is followed by its synonyms.
fn list_options(guide: Edition<'_>, fact: &Fact, known: FactValue) -> Markup {
    let (text, values) = (guide.text, fact.domain.values());
    let of = |value: &Value| guide.types.iter().find(|subtype| subtype.id == value.id);
    // The value for the other kinds of a type isn't a type itself, so it's listed with its parent.
    let nearest = |value: &Value| of(value).or_else(|| of(&values[value.parent?]));
    let outside = |value: &Value| nearest(value).is_some_and(|subtype| subtype.scope == ScopeKind::Out);
    let vague = |index: usize| values[index].parent.is_none() && values.iter().any(|value| value.parent == Some(index));
    let mut indexes: Vec<usize> = (0..values.len()).collect();
    if values.len() > MAX_CHOICES {
        indexes.sort_by_cached_key(|index| values[*index].name.to_lowercase());
    }
    let (out, covered): (Vec<usize>, Vec<usize>) = indexes.into_iter().partition(|index| outside(&values[*index]));
    let (first, covered): (Vec<usize>, Vec<usize>) = covered.into_iter().partition(|index| vague(*index));
    let name = |value: &Value| {
        let synonyms = of(value).map(|subtype| subtype.synonyms.join(", ")).filter(|synonyms| !synonyms.is_empty());
        synonyms
            .map_or_else(|| value.name.clone(), |synonyms| t!(text, situation_synonyms, name = &value.name, synonyms = synonyms))
    };
    let options = |indexes: &[usize]| {
        html! {
            @for index in indexes {
                option value=(values[*index].id) selected[chosen(known, *index)] { (name(&values[*index])) }
            }
        }
    };
    let group = |label: String, indexes: &[usize]| {
        let options = options(indexes);
        if out.is_empty() || indexes.is_empty() {
            options
        } else {
            html! { optgroup label=(label) { (options) } }
        }
    };
    html! {
        (options(&first))
        (group(t!(text, situation_covered), &covered))
        (group(t!(text, situation_not_covered), &out))
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
    /// Links next to the button.
    pub links: &'a Markup,
}

impl Form<'_> {
    pub fn render(&self, guide: Edition<'_>, session: &Session) -> Markup {
        let text = guide.text;
        let refused = |fact: FactId| self.refused.iter().find(|entry| entry.fact == fact);
        html! {
            @if !self.refused.is_empty() {
                div.error role="alert" {
                    p { (t!(text, situation_refused)) }
                    ul {
                        @for entry in self.refused {
                            @let fact = &guide[entry.fact];
                            li { a href={ "#" (fact.id) } { (fact.name) } ": " (words::within(&entry.message)) }
                        }
                    }
                }
            }
            form method="post" action=(self.action) autocomplete="off" {
                @for fact in self.facts {
                    (question(guide, *fact, session, refused(*fact), self.blank))
                    input type="hidden" name="asked" value=(guide[*fact].id);
                    @if let Some(saved) = self.saved {
                        input type="hidden" name={ (BEFORE) (guide[*fact].id) } value=(saved_answer(guide, saved, *fact));
                    }
                }
                div.row { button { (t!(text, situation_next)) } " " (self.links) }
            }
        }
    }
}
