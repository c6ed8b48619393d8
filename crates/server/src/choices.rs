//! A question with a long list of answers: a text field that takes any of their names, and the answers in groups. Works without scripts: browsers suggest
//! names from the list of a text field, and the server suggests some if it doesn't know the typed one.

use maud::{Markup, html};
use sarcoguide_case::{value_misspelled, values_meant};
use sarcoguide_model::{Fact, FactId, FactValue, ScopeKind, Subtype, Value};
use sarcoguide_text::t;
use sarcoguide_views::{Edition, words};

use crate::form::field;

/// The maximum number of answers in a list that a person can take in at once.
pub(crate) const MAX_CHOICES: usize = 14;
/// The maximum number of answers that are suggested for a typed one.
const MAX_SUGGESTED: usize = 8;
/// The maximum number of characters in a typed answer.
const MAX_TYPED_CHARS: usize = 100;

/// The beginnings of the names of the text field and of the hidden field with what it showed when the form was made, before the ID of the fact.
const TYPED: &str = "typed-";
const SHOWN: &str = "shown-";

/// What a form says about a question with a text field and a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Picked<'a> {
    Nothing,
    /// The ID of an answer from the list, or a typed answer.
    One(&'a str),
    /// A typed answer and an answer from the list, which were both changed.
    Both {
        typed: &'a str,
        listed: &'a str,
    },
}

/// Returns what a form says. A text that the person didn't change doesn't count if an answer from the list is chosen. `saved` is the saved answer: one
/// from the list that is still chosen doesn't count if the person typed another one.
pub(crate) fn picked<'a>(fields: &'a [(String, String)], id: &str, listed: Option<&'a str>, saved: &str) -> Picked<'a> {
    let text = |name: &str| field(fields, &format!("{name}{id}")).map(str::trim).filter(|text| !text.is_empty());
    let typed = text(TYPED);
    let is_changed = typed != text(SHOWN);
    match (typed, listed) {
        (Some(typed), Some(listed)) if is_changed && listed != saved => Picked::Both { typed, listed },
        (Some(typed), Some(listed)) => Picked::One(if is_changed { typed } else { listed }),
        (Some(one), None) | (None, Some(one)) => Picked::One(one),
        (None, None) => Picked::Nothing,
    }
}

/// Returns the answer whose ID, name or other name was typed, if it's the name of only one. Upper and lower case make no difference.
pub(crate) fn named(guide: Edition<'_>, fact: FactId, typed: &str) -> Option<FactValue> {
    let typed = typed.trim().to_lowercase();
    let is_typed = |name: &String| name.to_lowercase() == typed;
    let values = guide[fact].domain.values();
    let only = |is_named: &dyn Fn(&Value) -> bool| {
        let mut found = values.iter().enumerate().filter(|(_, value)| is_named(value)).map(|(index, _)| index);
        found.next().filter(|_| found.next().is_none())
    };
    let index = only(&|value| is_typed(&value.id) || is_typed(&value.name));
    let index = index.or_else(|| only(&|value| synonyms(guide, value).iter().any(is_typed)));
    index.and_then(|index| u8::try_from(index).ok()).map(FactValue::Value)
}

/// The other names of an answer: those of the type of the guide that it stands for, or its own.
fn synonyms<'a>(guide: Edition<'a>, value: &'a Value) -> &'a [String] {
    let subtype = guide.guide.types.iter().find(|subtype| subtype.id == value.id);
    subtype.map_or(value.synonyms.as_slice(), |subtype| subtype.synonyms.as_slice())
}

/// Returns the answers that a typed one can mean, if it isn't the name of one of them.
pub(crate) fn suggested(guide: Edition<'_>, fact: FactId, typed: &str) -> Vec<usize> {
    let values = guide[fact].domain.values();
    let mut found = values_meant(*guide, fact, typed);
    if found.is_empty() {
        found.extend(value_misspelled(*guide, fact, typed));
        let kinds =
            |of: usize| values.iter().enumerate().filter(move |(_, value)| value.parent == Some(of)).map(|(index, _)| index);
        found = found.iter().copied().chain(found.iter().copied().flat_map(kinds)).collect();
    }
    found.truncate(MAX_SUGGESTED);
    found
}

/// What the text field and the list of a question show.
pub(crate) struct Choices<'a> {
    pub guide: Edition<'a>,
    pub fact: FactId,
    pub chosen: Option<usize>,
    /// The typed text, if it was refused.
    pub typed: Option<&'a str>,
    /// The answers that are suggested instead.
    pub suggested: &'a [usize],
    /// The IDs of the elements that describe the text field.
    pub described: &'a str,
    /// Whether the text field has the focus when the page opens.
    pub focus: bool,
    /// The checkbox for "I don't know".
    pub unknown: &'a Markup,
}

impl Choices<'_> {
    fn entry(&self) -> &Fact {
        &self.guide[self.fact]
    }

    fn values(&self) -> &[Value] {
        self.entry().domain.values()
    }

    /// The type of the guide that an answer stands for, if it stands for one.
    fn subtype(&self, index: usize) -> Option<&Subtype> {
        let id = &self.values()[index].id;
        self.guide.types.iter().find(|subtype| subtype.id == *id)
    }

    /// Whether an answer stands for the other kinds of a type, which aren't in the list. Such an answer isn't a type itself.
    fn is_rest(&self, index: usize) -> bool {
        self.subtype(index).is_none() && self.values()[index].parent.is_some_and(|parent| self.subtype(parent).is_some())
    }

    pub fn render(&self) -> Markup {
        let (text, entry) = (self.guide.text, self.entry());
        let id = &entry.id;
        let name = self.chosen.map(|index| words::capital(&self.values()[index].name));
        let shown = self.typed.map(str::to_owned).or(name).unwrap_or_default();
        let (names, field) = (format!("names-{id}"), format!("{TYPED}{id}"));
        html! {
            @if !self.suggested.is_empty() { div { @for index in self.suggested { (self.choice(*index)) } } }
            label.name for=(id) { (t!(text, situation_typed)) }
            input id=(id) name=(field) type="text" list=(names) value=(shown) autocomplete="off" spellcheck="false"
                maxlength=(MAX_TYPED_CHARS) aria-describedby=[(!self.described.is_empty()).then_some(self.described)]
                aria-invalid=[self.typed.map(|_| "true")] autofocus[self.focus];
            input type="hidden" name={ (SHOWN) (id) } value=(shown);
            datalist id=(names) { @for index in 0..self.values().len() { (self.names(index)) } }
            (self.unknown)
            p.or { (t!(text, situation_or_choose)) }
            @for (name, values) in self.groups() { (self.group(name.as_deref(), &values)) }
        }
    }

    /// The names of an answer, for the suggestions of the browser.
    fn names(&self, index: usize) -> Markup {
        let value = &self.values()[index];
        let name = words::capital(&value.name);
        html! {
            option value=(name) {}
            @for synonym in synonyms(self.guide, value) { option value=(words::capital(synonym)) label=(name) {} }
        }
    }

    fn choice(&self, index: usize) -> Markup {
        let value = &self.values()[index];
        // Other names of a type help to find it. Those of other answers are only for the text field.
        let synonyms = self.subtype(index).map(|subtype| subtype.synonyms.join(", ")).filter(|synonyms| !synonyms.is_empty());
        html! {
            div {
                label.choice {
                    input type="radio" name=(self.entry().id) value=(value.id) checked[self.chosen == Some(index)];
                    span {
                        (words::capital(&value.name))
                        @if let Some(synonyms) = synonyms { " " small { (t!(self.guide.text, situation_also, names = synonyms)) } }
                        @if let Some(help) = &value.help { " " small { (help) } }
                    }
                }
            }
        }
    }

    fn group(&self, name: Option<&str>, values: &[usize]) -> Markup {
        let choices = html! { @for index in values { (self.choice(*index)) } };
        match name {
            None => choices,
            Some(name) => html! {
                details.fold open[self.chosen.is_some_and(|chosen| values.contains(&chosen))] {
                    summary { (t!(self.guide.text, situation_group, name = name, count = values.len())) }
                    div { (choices) }
                }
            },
        }
    }

    /// The answers in groups. A group without a name isn't folded. An answer with more specific answers below it is a group with them. If there are many
    /// other answers, those that the guide covers are in groups by their first letters, and those that it doesn't cover in one.
    fn groups(&self) -> Vec<(Option<String>, Vec<usize>)> {
        let (text, values) = (self.guide.text, self.values());
        let parents = |index: usize| std::iter::successors(Some(index), |index| values[*index].parent);
        let is_vast = |index: usize| {
            (0..values.len()).filter(|other| *other != index && parents(*other).any(|parent| parent == index)).count()
                > MAX_CHOICES
        };
        let top = |index: usize| parents(index).take_while(|parent| !is_vast(*parent)).last().unwrap_or(index);
        let tops: Vec<usize> = (0..values.len()).map(top).collect();
        let below = |top: usize| -> Vec<usize> { (0..values.len()).filter(|index| tops[*index] == top).collect() };
        let mut groups = Vec::new();
        let mut alone = Vec::new();
        for index in (0..values.len()).filter(|index| tops[*index] == *index) {
            match below(index) {
                members if members.len() > 1 => groups.push((Some(words::capital(&values[index].name)), members)),
                // The answer for everything that isn't in the list comes right after the one that says least.
                members if is_vast(index) || self.is_rest(index) => {
                    groups.insert(usize::from(!is_vast(index)).min(groups.len()), (None, members))
                }
                members => {
                    alone.push(index);
                    groups.push((None, members));
                }
            }
        }
        if alone.len() <= MAX_CHOICES {
            return groups;
        }
        groups.retain(|(_, members)| members.iter().all(|index| !alone.contains(index)));
        groups.sort_by_cached_key(|(name, _)| name.as_ref().map(|name| name.to_lowercase()));
        alone.sort_by_cached_key(|index| values[*index].name.to_lowercase());
        let is_outside = |index: &usize| self.subtype(*index).is_some_and(|subtype| subtype.scope == ScopeKind::Out);
        let (outside, covered): (Vec<usize>, Vec<usize>) = alone.into_iter().partition(is_outside);
        let letter =
            |index: &usize| values[*index].name.chars().next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        for members in by_letter(&covered, letter) {
            let ends = (members.first().map(letter).unwrap_or_default(), members.last().map(letter).unwrap_or_default());
            groups.push((Some(t!(text, situation_others, first = ends.0, last = ends.1)), members));
        }
        groups.push((Some(t!(text, situation_not_covered)), outside));
        groups
    }
}

/// Splits a sorted list into groups of at most [`MAX_CHOICES`] entries, unless more have the same first letter, which stay together.
fn by_letter(sorted: &[usize], letter: impl Fn(&usize) -> String) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for same in sorted.chunk_by(|one, other| letter(one) == letter(other)) {
        match groups.last_mut().filter(|group| group.len() + same.len() <= MAX_CHOICES) {
            Some(group) => group.extend(same),
            None => groups.push(same.to_vec()),
        }
    }
    groups
}
