//! The pages for reading and searching the guide.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_document::Document;
use sarcoguide_search::search::{Hit, Kind};
use sarcoguide_text::{Text, t};
use sarcoguide_views::pages;
use sarcoguide_views::search::kind_heading;

use crate::clock::today;
use crate::form::{Fields, Name, fields, unknown};
use crate::pages::search_form;
use crate::visit::Visit;

/// A part of the guide that has its own page.
struct Part {
    /// The last segment of the page's URL.
    id: &'static str,
    title: fn(&Text) -> String,
    document: fn(&Visit) -> Document,
}

const PARTS: [Part; 9] = [
    Part {
        id: "treatments",
        title: |text| t!(text, reading_treatments),
        document: |visit| pages::treatments(visit.guide(), visit.session.team),
    },
    Part {
        id: "effects",
        title: |text| t!(text, reading_effects),
        document: |visit| pages::effects(visit.guide(), visit.session.team),
    },
    Part {
        id: "types",
        title: |text| t!(text, reading_types),
        document: |visit| pages::types(visit.guide(), visit.session.team),
    },
    Part {
        id: "stages",
        title: |text| t!(text, reading_stages),
        document: |visit| pages::stages(visit.guide(), visit.session.team),
    },
    Part { id: "team", title: |text| t!(text, reading_team), document: |visit| pages::team(visit.guide()) },
    Part { id: "glossary", title: |text| t!(text, reading_glossary), document: |visit| pages::glossary(visit.guide()) },
    Part { id: "links", title: |text| t!(text, reading_links), document: |visit| pages::links(visit.guide()) },
    Part { id: "sources", title: |text| t!(text, reading_sources), document: |visit| pages::sources(visit.guide(), today()) },
    Part {
        id: "about",
        title: |text| t!(text, reading_about),
        document: |visit| pages::this_guide(visit.guide(), today(), visit.site.readability()),
    },
];

pub(crate) async fn contents(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let of_kind = |kind: usize| guide.treatments.iter().filter(move |treatment| treatment.modality.index() == kind);
    let body = html! {
        h1 { (t!(text, frame_read_guide)) }
        ul { @for part in &PARTS { li { a href={ "/guide/" (part.id) } { ((part.title)(text)) } } } }
        @for (kind, modality) in guide.modalities.iter().enumerate() {
            h2 { (modality.name) }
            ul {
                @for treatment in of_kind(kind) {
                    li {
                        a href={ "/treatment/" (treatment.id) } { (treatment.name) }
                        @if treatment.is_withdrawn() { " " strong.bad { (t!(text, reading_withdrawn)) } }
                    }
                }
            }
        }
    };
    visit.page(t!(text, frame_read_guide), body).into_response()
}

pub(crate) async fn part(visit: Visit, Name(part): Name) -> Response {
    match PARTS.iter().find(|known| known.id == part) {
        Some(part) => visit.document((part.title)(visit.guide().text), &(part.document)(&visit)),
        None => unknown(&visit.site),
    }
}

pub(crate) async fn effect(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    match guide.effects.iter().find(|effect| effect.id == id) {
        Some(effect) => visit.document(effect.name.clone(), &pages::effect(guide, effect, visit.session.team)),
        None => unknown(&visit.site),
    }
}

pub(crate) async fn subtype(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    match guide.types.iter().find(|subtype| subtype.id == id) {
        Some(subtype) => visit.document(subtype.name.clone(), &pages::subtype(guide, subtype, visit.session.team)),
        None => unknown(&visit.site),
    }
}

/// Shows the results for a link such as `/search?q=...`. The words are in the URL because the author of the link put them there.
pub(crate) async fn search_by_link(visit: Visit, query: Result<Query<Vec<(String, String)>>, QueryRejection>) -> Response {
    results(&visit, &query.map(|Query(fields)| fields).unwrap_or_default())
}

/// Shows the results for the search form. The words may say something about a person, so the browser sends them in the body and not in the URL.
pub(crate) async fn search_by_form(visit: Visit, form: Fields) -> Response {
    match fields(&visit.site, form) {
        Ok(form) => results(&visit, &form),
        Err(page) => *page,
    }
}

fn results(visit: &Visit, asked: &[(String, String)]) -> Response {
    let words = asked.iter().find(|(name, _)| name == "q").map_or("", |(_, words)| words);
    let words: String = words.chars().take(100).collect();
    if words.trim().is_empty() {
        let text = visit.guide().text;
        let body = html! { h1 { (t!(text, frame_search_label)) } p { (t!(text, reading_search_empty)) } (search_form(text, "")) };
        return visit.page(t!(text, frame_search), body).into_response();
    }
    let mut hits = visit.site.services.index.search(&words, 30);
    // Derived facts are shown only in the team view.
    hits.retain(|hit| hit.kind != Kind::Derived || visit.session.team);
    // Group the hits by kind, in the order of each kind's best hit.
    let mut kinds: Vec<Kind> = Vec::new();
    for hit in &hits {
        if !kinds.contains(&hit.kind) {
            kinds.push(hit.kind);
        }
    }
    let text = visit.guide().text;
    let body = html! {
        h1 { (t!(text, reading_found, words = &words)) }
        (search_form(text, &words))
        @if hits.is_empty() { p { (t!(text, reading_found_nothing)) } }
        @for kind in kinds {
            h2 { (kind_heading(visit.guide(), kind)) }
            ul.hits { @for hit in hits.iter().filter(|hit| hit.kind == kind) { (item(hit)) } }
        }
    };
    visit.page(t!(text, frame_search), body).into_response()
}

/// A hit with a link to its page.
fn item(hit: &Hit) -> Markup {
    let id = &hit.id;
    let address = match hit.kind {
        Kind::Treatment => format!("/treatment/{id}"),
        Kind::Effect => format!("/effect/{id}"),
        Kind::Type => format!("/type/{id}"),
        Kind::Term => format!("/guide/glossary#{}", sarcoguide_document::html::anchor(&hit.title)),
        Kind::Team => "/guide/team".to_owned(),
        Kind::Link => "/guide/links".to_owned(),
        Kind::Fact => format!("/question/{id}"),
        Kind::Derived => "/guide/stages".to_owned(),
        Kind::Guide => "/guide/about".to_owned(),
    };
    html! {
        li {
            a href=(address) { (hit.title) }
            @if hit.snippet != hit.title { br; (hit.snippet) }
        }
    }
}
