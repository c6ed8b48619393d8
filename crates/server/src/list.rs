//! The question about a list of facts: a person adds one entry at a time, and says for each one how it went. At the end, they say whether the list is
//! complete.
//!
//! Every step is a form that works without scripts. What a person searches for is sent in the body of the form and never stored.

use maud::{Markup, html};
use sarcoguide_model::{FactId, FactList, FactValue, ModalityId};
use sarcoguide_search::search::{Found, treatment_of};
use sarcoguide_text::{Text, t};
use sarcoguide_views::{Edition, words};

use crate::form::field;
use crate::sealed::Session;
use crate::visit::Visit;

/// The name of the form field that holds the ID of the list.
const LIST: &str = "list";
/// The maximum number of characters in a search.
const MAX_SEARCH_CHARS: usize = 100;

/// What the page shows.
#[derive(Debug)]
pub(crate) enum Step {
    /// The list so far, and ways to add entries.
    List,
    /// Also what a search for these words found.
    Search { words: String },
    /// The question about one entry: how it went. `is_refused` is true if no answer was chosen.
    Entry { fact: FactId, is_refused: bool },
}

/// What follows from a form.
#[derive(Debug)]
pub(crate) enum Sent {
    /// Show this step.
    Show(Step),
    /// The list changed. Show it again.
    Changed,
    /// The question is answered.
    Answered,
}

/// Returns the list that a form is about, if it's about one.
pub(crate) fn asked<'g>(guide: Edition<'g>, fields: &[(String, String)]) -> Option<&'g FactList> {
    let id = field(fields, LIST)?;
    guide.guide.fact_lists.iter().find(|list| list.id == id)
}

/// Applies a form to the session. A form that can't come from this page changes nothing.
pub(crate) fn apply(guide: Edition<'_>, list: &FactList, session: &mut Session, fields: &[(String, String)]) -> Sent {
    let entry = |name: &str| {
        let id = field(fields, name)?;
        list.facts.iter().copied().find(|fact| guide[*fact].id == id)
    };
    if let Some(words) = field(fields, "find") {
        return Sent::Show(Step::Search { words: words.trim().chars().take(MAX_SEARCH_CHARS).collect() });
    }
    if let Some(fact) = entry("add") {
        return Sent::Show(Step::Entry { fact, is_refused: false });
    }
    if let Some(fact) = entry("remove") {
        if list.is_complete(&session.case) {
            session.answer(fact, absent(list));
        } else {
            session.withdraw(fact);
        }
        return Sent::Changed;
    }
    if let Some(fact) = entry("entry") {
        let chosen = field(fields, "how").and_then(|id| guide[fact].domain.values().iter().position(|value| value.id == id));
        let Some(value) = chosen.filter(|value| *value != list.absent).and_then(|value| u8::try_from(value).ok()) else {
            return Sent::Show(Step::Entry { fact, is_refused: true });
        };
        session.answer(fact, FactValue::Value(value));
        return Sent::Changed;
    }
    match field(fields, "done") {
        Some("none") => list.facts.iter().for_each(|fact| session.answer(*fact, absent(list))),
        Some("unknown") => finish(list, session, FactValue::Unknown),
        Some("next") => {
            finish(list, session, if field(fields, "complete").is_some() { absent(list) } else { FactValue::Unknown })
        }
        _ => return Sent::Show(Step::List),
    }
    Sent::Answered
}

/// The value of an entry that isn't on the person's list.
fn absent(list: &FactList) -> FactValue {
    u8::try_from(list.absent).map_or(FactValue::Unknown, FactValue::Value)
}

/// Sets all entries that aren't on the person's list to `rest`.
fn finish(list: &FactList, session: &mut Session, rest: FactValue) {
    let present: Vec<FactId> = list.present(&session.case).collect();
    list.facts.iter().filter(|fact| !present.contains(fact)).for_each(|fact| session.answer(*fact, rest));
}

/// The title of the page.
pub(crate) fn title(guide: Edition<'_>, list: &FactList, step: &Step) -> String {
    match step {
        Step::List => t!(guide.text, situation_title, question = &list.question),
        Step::Search { .. } => t!(guide.text, list_page_title_search, question = &list.question),
        Step::Entry { fact, .. } => t!(guide.text, situation_title, question = &guide[*fact].question),
    }
}

/// Renders the page. `action` is the address that its forms are sent to. `above` comes below the heading, and `links` at the end.
pub(crate) fn page(visit: &Visit, list: &FactList, step: &Step, action: &str, above: &Markup, links: &Markup) -> Markup {
    let guide = visit.guide();
    let page = Page { visit, guide, list, action };
    match step {
        Step::Entry { fact, is_refused } => page.entry(*fact, *is_refused),
        Step::List => page.overview(above, None, links),
        Step::Search { words } => page.overview(above, Some(words), links),
    }
}

struct Page<'a> {
    visit: &'a Visit,
    guide: Edition<'a>,
    list: &'a FactList,
    action: &'a str,
}

impl Page<'_> {
    fn text(&self) -> &Text {
        self.guide.text
    }

    /// A form that is sent to this page.
    fn form(&self, content: &Markup) -> Markup {
        html! {
            form method="post" action=(self.action) autocomplete="off" {
                input type="hidden" name=(LIST) value=(self.list.id);
                (content)
            }
        }
    }

    fn overview(&self, above: &Markup, searched: Option<&str>, links: &Markup) -> Markup {
        let (text, list) = (self.text(), self.list);
        let about = list.facts.first().map(|fact| &self.guide[*fact]);
        html! {
            h1 { (list.name) }
            (above)
            p.lead { (list.question) }
            @if searched.is_none() {
                @if let Some(why) = about.and_then(|fact| fact.why.as_ref()) { p.help { (t!(text, situation_why, why = why)) } }
                @if let Some(place) = about.and_then(|fact| fact.where_to_find.as_ref()) {
                    p.help { (t!(text, situation_where, place = place)) }
                }
                (self.chosen())
            }
            (self.search(searched))
            @if searched.is_some() { (self.chosen()) }
            (self.groups())
            (self.done(searched.is_some(), links))
        }
    }

    /// The entries on the person's list, each with buttons to change and remove it.
    fn chosen(&self) -> Markup {
        let (text, case) = (self.text(), &self.visit.session.case);
        let present: Vec<FactId> = self.list.present(case).collect();
        let row = |fact: FactId| {
            let (name, id) = (self.list.name_of(fact), &self.guide[fact].id);
            html! {
                li {
                    span { strong { (name) } ": " (words::fact_value(self.guide, fact, case.get(fact))) } " "
                    span {
                        button.plain name="add" value=(id) { (t!(text, frame_change)) span.unseen { ": " (name) } } " "
                        button.plain name="remove" value=(id) { (t!(text, list_page_remove)) span.unseen { ": " (name) } }
                    }
                }
            }
        };
        html! {
            @if !present.is_empty() {
                h2 id="chosen" { (t!(text, list_page_chosen)) }
                (self.form(&html! { ul.chosen aria-labelledby="chosen" { @for fact in present { (row(fact)) } } }))
            } @else if self.list.is_complete(case) {
                p { strong { (t!(text, list_page_said_none, items = &self.list.items)) } }
            }
        }
    }

    /// The search field, and what a search found.
    fn search(&self, searched: Option<&str>) -> Markup {
        let text = self.text();
        let is_empty = searched.is_some_and(str::is_empty);
        html! {
            (self.form(&html! {
                h2 { label for="find" { (t!(text, list_page_search, items = &self.list.items)) } }
                p.help id="hint-find" { (t!(text, list_page_search_hint)) }
                @if is_empty { p.error id="error-find" { (t!(text, list_page_search_empty)) } }
                div.row {
                    input id="find" name="find" type="search" maxlength=(MAX_SEARCH_CHARS) autocomplete="off" spellcheck="false"
                        value=[searched] aria-describedby=(if is_empty { "error-find hint-find" } else { "hint-find" })
                        aria-invalid=[is_empty.then_some("true")];
                    " " button { (t!(text, frame_search)) }
                }
            }))
            @if let Some(words) = searched.filter(|words| !words.is_empty()) {
                section role="status" {
                    @match self.found(words) {
                        Found::Matches(facts) => {
                            p { strong { (t!(text, list_page_found, count = facts.len(), words = words)) } }
                            (self.to_add(&facts))
                        }
                        Found::Nearest(facts) if !facts.is_empty() => {
                            p { strong { (t!(text, list_page_nearest, words = words)) } }
                            (self.to_add(&facts))
                        }
                        Found::Nearest(_) => {
                            p { strong { (t!(text, list_page_not_found, words = words)) } }
                            (self.to_add(&self.unnamed()))
                        }
                    }
                }
            }
        }
    }

    fn found(&self, words: &str) -> Found {
        let place = self.guide.guide.fact_lists.iter().position(|list| list.id == self.list.id);
        let index = place.and_then(|place| self.visit.site.services.lists.get(place));
        index.map_or_else(|| Found::Nearest(Vec::new()), |index| index.find(self.guide.guide, words))
    }

    /// The entries that can be added and that no treatment of the guide stands for. They can be about anything that isn't named.
    fn unnamed(&self) -> Vec<FactId> {
        self.to_choose().into_iter().filter(|fact| treatment_of(self.guide.guide, *fact).is_none()).collect()
    }

    /// The entries that aren't on the person's list, by name.
    fn to_choose(&self) -> Vec<FactId> {
        let present: Vec<FactId> = self.list.present(&self.visit.session.case).collect();
        let mut facts: Vec<FactId> = self.list.facts.iter().copied().filter(|fact| !present.contains(fact)).collect();
        facts.sort_by_cached_key(|fact| self.list.name_of(*fact).to_lowercase());
        facts
    }

    /// Buttons that add these entries.
    fn to_add(&self, facts: &[FactId]) -> Markup {
        let name = |fact: FactId| {
            treatment_of(self.guide.guide, fact).map_or_else(|| self.list.name_of(fact).to_owned(), words::full_name)
        };
        self.form(&html! {
            ul.entries {
                @for fact in facts {
                    li {
                        button.plain name="add" value=(self.guide[*fact].id) {
                            span.unseen { (t!(self.text(), list_page_add)) " " } (name(*fact))
                        }
                    }
                }
            }
        })
    }

    /// All entries that can be added, in groups: by the kind of treatment, then those that aren't treatments of the guide. The groups are collapsed.
    fn groups(&self) -> Markup {
        let (text, guide) = (self.text(), self.guide.guide);
        let modality = |fact: FactId| treatment_of(guide, fact).map(|treatment| treatment.modality);
        let facts = self.to_choose();
        let kinds = (0..guide.modalities.len()).map(|index| Some(ModalityId::new(index))).chain([None]);
        let groups = kinds.filter_map(|kind| {
            let facts: Vec<FactId> = facts.iter().copied().filter(|fact| modality(*fact) == kind).collect();
            let name = kind.map_or_else(|| t!(text, list_page_others), |kind| guide[kind].name.clone());
            (!facts.is_empty()).then_some((name, facts))
        });
        html! {
            section.groups {
                h2 { (t!(text, list_page_groups)) }
                @for (name, facts) in groups {
                    details {
                        summary { (t!(text, list_page_group, name = name, count = facts.len())) }
                        (self.to_add(&facts))
                    }
                }
            }
        }
    }

    /// The end of the question: whether the list is complete. A person with nothing on the list has one button for that, except below the results of
    /// a search, where the button would seem to be about the results.
    fn done(&self, is_search: bool, links: &Markup) -> Markup {
        let (text, case) = (self.text(), &self.visit.session.case);
        let is_empty = self.list.present(case).next().is_none();
        self.form(&html! {
            @if is_empty && is_search {
                div.row { a href=(self.action) { (t!(text, list_page_back)) } " " (links) }
            } @else if is_empty {
                h2 { (t!(text, list_page_nothing)) }
                div.row {
                    button.plain name="done" value="none" { (t!(text, list_page_none, items = &self.list.items)) } " "
                    button.plain name="done" value="unknown" { (t!(text, situation_unknown)) } " "
                    (links)
                }
            } @else {
                fieldset {
                    legend { (self.list.confirmation) }
                    div {
                        label.choice {
                            input type="checkbox" name="complete" value="yes" checked[self.list.is_complete(case)]
                                aria-describedby="hint-complete";
                            span { (t!(text, list_page_complete)) }
                        }
                    }
                    p.help id="hint-complete" { (t!(text, list_page_incomplete)) }
                }
                div.row { button name="done" value="next" { (t!(text, situation_next)) } " " (links) }
            }
        })
    }

    /// The question about one entry. The most general answer comes last.
    fn entry(&self, fact: FactId, is_refused: bool) -> Markup {
        let (text, entry, known) = (self.text(), &self.guide[fact], self.visit.session.case.get(fact));
        let all = entry.domain.values().iter().enumerate().filter(|(place, _)| *place != self.list.absent);
        let (general, kinds): (Vec<_>, Vec<_>) = all.partition(|(_, value)| value.parent.is_none());
        let is_chosen = |place: usize| matches!(known, FactValue::Value(value) if usize::from(value) == place);
        let choices = kinds.into_iter().chain(general).enumerate();
        let invalid = is_refused.then_some("true");
        html! {
            h1 { (self.list.name_of(fact)) }
            @if is_refused {
                div.error role="alert" { p { a href="#how" { (t!(text, list_page_choose)) } } }
            }
            (self.form(&html! {
                input type="hidden" name="entry" value=(entry.id);
                fieldset {
                    legend { (entry.question) }
                    @if is_refused { p.error id="error-how" { (t!(text, list_page_choose)) } }
                    @for (number, (place, value)) in choices {
                        div {
                            label.choice {
                                input type="radio" id=[(number == 0).then_some("how")] name="how" value=(value.id)
                                    checked[is_chosen(place)] aria-invalid=[invalid]
                                    aria-describedby=[is_refused.then_some("error-how")];
                                span { (words::capital(&value.name)) }
                            }
                        }
                    }
                }
                div.row { button { (t!(text, list_page_save)) } " " a href=(self.action) { (t!(text, list_page_cancel)) } }
            }))
        }
    }
}
