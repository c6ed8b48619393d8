//! The guide to read and to search.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::{IntoResponse, Response};
use jiff::Zoned;
use sarcoguide_document::Document;
use sarcoguide_model::PartialDate;
use sarcoguide_search::search::{Hit, Kind};
use sarcoguide_views::pages as report;

use crate::html::escaped;
use crate::visit::{Name, Visit, unknown};

/// A part of the guide to read: its address, its name, and what stands there.
type Part = (&'static str, &'static str, fn(&Visit) -> Document);

const PARTS: [Part; 9] = [
    ("treatments", "Treatments", |visit| report::treatments(visit.guide(), visit.session.team)),
    ("effects", "Side effects", |visit| report::effects(visit.guide(), visit.session.team)),
    ("types", "Types of tumors", |visit| report::types(visit.guide(), visit.session.team)),
    ("stages", "Stages and how they are reached", |visit| report::stages(visit.guide(), visit.session.team)),
    ("team", "The treatment team", |visit| report::team(visit.guide())),
    ("glossary", "Words explained", |visit| report::glossary(visit.guide())),
    ("links", "Help lines and further reading", |visit| report::links(visit.guide())),
    ("sources", "Sources and how old they are", |visit| report::sources(visit.guide(), today())),
    ("about", "About this guide: who made it, and what was not done", |visit| {
        report::this_guide(visit.guide(), today(), visit.site.reading())
    }),
];

/// The day of the server's clock.
pub(crate) fn today() -> Option<PartialDate> {
    PartialDate::parse(&Zoned::now().date().to_string())
}

pub(crate) async fn contents(visit: Visit) -> Response {
    let guide = visit.guide();
    let parts: String = PARTS.iter().map(|(id, name, _)| format!("<li><a href=\"/guide/{id}\">{name}</a></li>")).collect();
    let of_kind = |kind: usize| -> String {
        let treatments = guide.treatments.iter().filter(|treatment| treatment.modality.index() == kind);
        let line = |treatment: &sarcoguide_model::Treatment| {
            let gone = if treatment.is_withdrawn() { " <strong class=\"bad\">no longer available</strong>" } else { "" };
            format!("<li><a href=\"/treatment/{}\">{}</a>{gone}</li>", treatment.id, escaped(&treatment.name))
        };
        treatments.map(line).collect()
    };
    let kinds: String = (guide.modalities.iter().enumerate())
        .map(|(index, modality)| format!("<h2>{}</h2><ul>{}</ul>", escaped(&modality.name), of_kind(index)))
        .collect();
    visit.page("Read the guide", format!("<h1>Read the guide</h1><ul>{parts}</ul>{kinds}")).into_response()
}

pub(crate) async fn part(visit: Visit, Name(part): Name) -> Response {
    match PARTS.iter().find(|(id, ..)| *id == part) {
        Some((_, name, document)) => visit.document(*name, &document(&visit)),
        None => unknown(),
    }
}

pub(crate) async fn effect(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    match guide.effects.iter().find(|effect| effect.id == id) {
        Some(effect) => visit.document(effect.name.clone(), &report::effect(guide, effect, visit.session.team)),
        None => unknown(),
    }
}

pub(crate) async fn subtype(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    match guide.types.iter().find(|subtype| subtype.id == id) {
        Some(subtype) => visit.document(subtype.name.clone(), &report::subtype(guide, subtype, visit.session.team)),
        None => unknown(),
    }
}

pub(crate) async fn find(visit: Visit, query: Result<Query<Vec<(String, String)>>, QueryRejection>) -> Response {
    let asked = query.map(|Query(fields)| fields).unwrap_or_default();
    let words = asked.iter().find(|(name, _)| name == "q").map_or("", |(_, words)| words);
    let words: String = words.chars().take(100).collect();
    let mut hits = visit.site.services.index.search(&words, 30);
    // What follows from facts has its own page only for the team.
    hits.retain(|hit| hit.kind != Kind::Derived || visit.session.team);
    // What is of one kind stands together; the kind of the best hit first.
    let mut kinds: Vec<Kind> = Vec::new();
    for hit in &hits {
        if !kinds.contains(&hit.kind) {
            kinds.push(hit.kind);
        }
    }
    let mut out = format!("<h1>Search: {}</h1>", escaped(&words));
    if hits.is_empty() {
        out.push_str("<p>Nothing in the guide answers these words. Try fewer words, or one word only.</p>");
    }
    for kind in kinds {
        let items: String = hits.iter().filter(|hit| hit.kind == kind).map(item).collect();
        out.push_str(&format!("<h2>{}</h2><ul class=\"hits\">{items}</ul>", kind.heading()));
    }
    visit.page("Search", out).into_response()
}

/// A hit with the page on which it stands.
fn item(hit: &Hit) -> String {
    let id = &hit.id;
    let place = match hit.kind {
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
    let snippet = if hit.snippet == hit.title { String::new() } else { format!("<br>{}", escaped(&hit.snippet)) };
    format!("<li><a href=\"{place}\">{}</a>{snippet}</li>", escaped(&hit.title))
}
