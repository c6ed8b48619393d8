//! What stands at which address.

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use sarcoguide_advise::Advisor;
use sarcoguide_model::{Advice, Contradiction, FactId, Guide, Verdict};
use sarcoguide_report::document::Document;
use sarcoguide_report::{answer, pages as report, search, text, words};
use serde::Deserialize;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

use crate::Site;
use crate::html::{body, escaped};
use crate::pages::{Page, problem, style, style_path};
use crate::sealed::{COOKIE, Held};
use crate::secure::guard;
use crate::situation::{self, Refused};

/// The most bytes of a form, and of a case file.
const MOST_OF_A_FORM: usize = 64 * 1024;
const MOST_OF_A_FILE: usize = 1024 * 1024;

/// The whole site.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/situation", get(ask).post(answered))
        .route("/question/{fact}", get(ask_again).post(answered_again))
        .route("/review", get(review))
        .route("/options", get(options))
        .route("/treatment/{id}", get(treatment))
        .route("/guide", get(read))
        .route("/guide/{part}", get(read_part))
        .route("/effect/{id}", get(effect))
        .route("/type/{id}", get(histology))
        .route("/search", get(find))
        .route("/take/case.json", get(take_case))
        .route("/take/options.md", get(take_markdown))
        .route("/forget", post(forget))
        .route(&style_path(), get(style))
        .layer(DefaultBodyLimit::max(MOST_OF_A_FORM))
        .route("/open", post(open).layer(DefaultBodyLimit::max(MOST_OF_A_FILE)))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "There is no page at this address.") })
        .method_not_allowed_fallback(|| async { problem(StatusCode::METHOD_NOT_ALLOWED, "This page cannot be used so.") })
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(15)))
        .layer(middleware::from_fn(guard))
        .with_state(site)
}

/// What the cookie of a request holds.
fn held(site: &Site, headers: &HeaderMap) -> Held {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = cookies.flat_map(|all| all.split(';')).find_map(|one| one.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    value.and_then(|value| Held::open(&site.guide, &site.key, value)).unwrap_or_else(|| Held::nothing(&site.guide))
}

/// Goes on to another page with what is held now.
fn onward(site: &Site, held: &Held, to: &str) -> Response {
    let secure = if site.encrypted { "; Secure" } else { "" };
    match held.seal(&site.guide, &site.key) {
        Some(value) => {
            let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict{secure}");
            ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
        }
        None => {
            problem(StatusCode::INTERNAL_SERVER_ERROR, "The system gave no random bytes to seal the case with.").into_response()
        }
    }
}

async fn start(State(site): State<Site>, headers: HeaderMap) -> Page {
    let guide = &site.guide;
    let held = held(&site, &headers);
    let mut out = format!(
        "<h1>{}</h1><p>{}</p><p class=\"note\">{}</p>",
        escaped(&guide.name),
        escaped(&guide.disclaimer.text),
        escaped(&guide.review)
    );
    out.push_str("<div class=\"row\"><a class=\"button\" href=\"/situation\">Ask about my situation</a> <a href=\"/guide\">Read the guide</a></div>");
    out.push_str("<p>What you answer stays in this browser, sealed so that only this server can read it. Nothing of it is kept on the server. Closing the browser or the button below forgets it.</p>");
    if !held.is_empty() {
        out.push_str("<div class=\"row\"><a href=\"/review\">Look at my answers</a> <a href=\"/options\">My options</a><form method=\"post\" action=\"/forget\"><button class=\"plain\">Forget my answers</button></form></div>");
    }
    out.push_str("<h2>Open a saved case</h2><form method=\"post\" action=\"/open\" enctype=\"multipart/form-data\"><label for=\"file\">A case file that you saved before</label><div class=\"row\"><input id=\"file\" name=\"file\" type=\"file\" accept=\".json,.toml\" required> <button>Open</button></div></form>");
    Page::new(guide.name.clone(), out)
}

/// The questions of a page, with a summary of what was refused.
fn form(guide: &Guide, held: &Held, facts: &[FactId], refused: &[Refused], action: &str, more: &str) -> String {
    let mut out = String::new();
    if !refused.is_empty() {
        out.push_str("<div class=\"error\" role=\"alert\" tabindex=\"-1\"><p>Please look at this again:</p><ul>");
        for entry in refused {
            let fact = &guide.facts[entry.fact.index()];
            out.push_str(&format!("<li><a href=\"#ask-{}\">{}</a></li>", fact.id, escaped(&fact.name)));
        }
        out.push_str("</ul></div>");
    }
    out.push_str(&format!("<form method=\"post\" action=\"{action}\">"));
    for fact in facts {
        let refused = refused.iter().find(|entry| entry.fact == *fact);
        out.push_str(&situation::question(guide, *fact, &held.case, refused));
        out.push_str(&format!("<input type=\"hidden\" name=\"asked\" value=\"{}\">", guide.facts[fact.index()].id));
    }
    out.push_str(&format!("<div class=\"row\"><button>Next</button>{more}</div></form>"));
    out
}

const LEAVE: &str = "<a href=\"/review\">My answers</a> <a href=\"/options\">My options with what is known so far</a>";

async fn ask(State(site): State<Site>, headers: HeaderMap) -> Response {
    let held = held(&site, &headers);
    match situation::next(&site.guide, &held) {
        Ok(next) if next.facts.is_empty() => {
            let out = "<h1>My situation</h1><p>There is nothing left to ask that would change the answer.</p>";
            Page::new("My situation", format!("{out}<div class=\"row\"><a class=\"button\" href=\"/options\">My options</a> <a href=\"/review\">My answers</a></div>"))
                .into_response()
        }
        Ok(next) => {
            let answered = held.case.stated().count() + held.unknown.len();
            let form = form(&site.guide, &held, &next.facts, &[], "/situation", LEAVE);
            let out = format!(
                "<h1>My situation</h1><p>{answered} answered; {} more could matter. \"I don't know\" is always an answer.</p>{form}",
                next.open
            );
            Page::new("My situation", out).into_response()
        }
        Err(contradiction) => contradicted(&site, &held, &contradiction).into_response(),
    }
}

/// Which of the answers cannot hold together, and the way to change them.
fn contradicted(site: &Site, held: &Held, contradiction: &Contradiction) -> Page {
    let guide = &site.guide;
    let facts: String = (contradiction.facts.iter())
        .map(|fact| {
            let entry = &guide.facts[fact.index()];
            format!(
                "<li>{} <a href=\"/question/{}\">Change this answer</a></li>",
                escaped(&words::stated(guide, &held.case, *fact)),
                entry.id
            )
        })
        .collect();
    let text = escaped(&guide.constraints[contradiction.constraint].text);
    let out = format!("<h1>Two answers do not go together</h1><p class=\"error\">{text}</p><ul>{facts}</ul>");
    Page::new("Two answers do not go together", out).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The facts that a form says it asked.
fn asked(guide: &Guide, fields: &[(String, String)]) -> Vec<FactId> {
    fields.iter().filter(|(name, _)| name == "asked").filter_map(|(_, id)| guide.fact(id)).collect()
}

/// The fields of a form, or why it cannot be read.
type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

async fn answered(State(site): State<Site>, headers: HeaderMap, fields: Fields) -> Response {
    match fields {
        Ok(Form(fields)) => keep(&site, &headers, &fields, "/situation", "/situation"),
        Err(error) => problem(error.status(), "This form cannot be read.").into_response(),
    }
}

fn keep(site: &Site, headers: &HeaderMap, fields: &[(String, String)], action: &str, to: &str) -> Response {
    let mut held = held(site, headers);
    let facts = asked(&site.guide, fields);
    let refused = situation::take(&site.guide, &mut held, &facts, fields);
    if refused.is_empty() {
        return onward(site, &held, to);
    }
    let out = format!("<h1>My situation</h1>{}", form(&site.guide, &held, &facts, &refused, action, LEAVE));
    Page::new("Please look at this again: my situation", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

async fn ask_again(State(site): State<Site>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let Some(fact) = site.guide.fact(&id) else { return unknown() };
    let held = held(&site, &headers);
    let form = form(&site.guide, &held, &[fact], &[], &format!("/question/{id}"), "<a href=\"/review\">Back to my answers</a>");
    Page::new("Change an answer", format!("<h1>Change an answer</h1>{form}")).into_response()
}

async fn answered_again(State(site): State<Site>, headers: HeaderMap, Path(id): Path<String>, fields: Fields) -> Response {
    if site.guide.fact(&id).is_none() {
        return unknown();
    }
    match fields {
        Ok(Form(fields)) => keep(&site, &headers, &fields, &format!("/question/{id}"), "/review"),
        Err(error) => problem(error.status(), "This form cannot be read.").into_response(),
    }
}

async fn review(State(site): State<Site>, headers: HeaderMap) -> Response {
    let guide = &site.guide;
    let held = held(&site, &headers);
    let row = |fact: FactId, said: &str| {
        let entry = &guide.facts[fact.index()];
        format!(
            "<dt>{}</dt><dd>{}</dd><dd><a href=\"/question/{}\" aria-label=\"Change: {}\">Change</a></dd>",
            escaped(&entry.name),
            escaped(said),
            entry.id,
            escaped(&entry.name)
        )
    };
    let mut rows: String = held.case.stated().map(|fact| row(fact, &words::known(guide, fact, held.case.get(fact)))).collect();
    rows.extend(held.unknown.iter().map(|fact| row(*fact, "I don't know")));
    if rows.is_empty() {
        rows = "<dt>Nothing is answered yet.</dt>".to_owned();
    }
    let out = format!(
        "<h1>My answers</h1><dl>{rows}</dl><div class=\"row\"><a class=\"button\" href=\"/situation\">Go on</a> <a href=\"/options\">My options</a> \
         <a href=\"/take/case.json\">Save the case</a><form method=\"post\" action=\"/forget\"><button class=\"plain\">Forget my answers</button></form></div>"
    );
    Page::new("My answers", out).into_response()
}

/// The advice on what is held, or the page that says what contradicts itself.
fn advised(site: &Site, held: &Held) -> Result<Advice, Box<Page>> {
    Advisor::new(&site.guide).advise(&held.case).map_err(|contradiction| Box::new(contradicted(site, held, &contradiction)))
}

async fn options(State(site): State<Site>, headers: HeaderMap) -> Response {
    let held = held(&site, &headers);
    let advice = match advised(&site, &held) {
        Ok(advice) => advice,
        Err(page) => return page.into_response(),
    };
    let links = "<div class=\"row\"><a href=\"/review\">My answers</a> <a href=\"/situation\">Answer more</a> <a href=\"/take/options.md\">Save as Markdown</a> \
                 <a href=\"/take/case.json\">Save the case</a></div><p>To take it along, print this page.</p>";
    let each = advice.treatments.iter().filter(|entry| entry.verdict != Verdict::NotIndicated).map(|entry| {
        let treatment = &site.guide.treatments[entry.treatment.index()];
        format!("<li><a href=\"/treatment/{}\">{}</a></li>", treatment.id, escaped(&treatment.name))
    });
    let each: String = each.collect();
    let document = body(&answer::answer(&site.guide, &held.case, &advice));
    let more = format!("<h2 id=\"each\">Everything on one treatment</h2><ul>{each}</ul>");
    Page::new("My options", format!("{links}<p><a href=\"#each\">Everything on one treatment</a></p>{document}{more}"))
        .into_response()
}

async fn treatment(State(site): State<Site>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let Some(index) = site.guide.treatment(&id) else { return unknown() };
    let held = held(&site, &headers);
    if held.case.stated().next().is_none() {
        let treatment = &site.guide.treatments[index.index()];
        return Page::new(treatment.name.clone(), body(&report::treatment(&site.guide, treatment))).into_response();
    }
    match advised(&site, &held) {
        Ok(advice) => {
            let document = answer::why(&site.guide, &held.case, &advice, index);
            Page::new(site.guide.treatments[index.index()].name.clone(), body(&document)).into_response()
        }
        Err(page) => page.into_response(),
    }
}

/// A part of the guide to read: its address, its name, and what stands there.
type Part = (&'static str, &'static str, fn(&Guide) -> Document);

const PARTS: [Part; 8] = [
    ("treatments", "Treatments", report::treatments),
    ("effects", "Side effects", report::effects),
    ("types", "Types of tumors", report::types),
    ("stages", "Stages and how they are reached", report::stages),
    ("team", "The treatment team", report::team),
    ("glossary", "Words explained", report::glossary),
    ("links", "Help lines and further reading", report::links),
    ("sources", "Sources and their dates", report::sources),
];

async fn read(State(site): State<Site>) -> Page {
    let parts: String = PARTS.iter().map(|(id, name, _)| format!("<li><a href=\"/guide/{id}\">{name}</a></li>")).collect();
    let guide = &site.guide;
    let of_kind = |kind: usize| -> String {
        let treatments = guide.treatments.iter().filter(|treatment| treatment.modality.index() == kind);
        treatments
            .map(|treatment| format!("<li><a href=\"/treatment/{}\">{}</a></li>", treatment.id, escaped(&treatment.name)))
            .collect()
    };
    let kinds: String = (guide.modalities.iter().enumerate())
        .map(|(index, modality)| format!("<h2>{}</h2><ul>{}</ul>", escaped(&modality.name), of_kind(index)))
        .collect();
    Page::new("Read the guide", format!("<h1>Read the guide</h1><ul>{parts}</ul>{kinds}"))
}

async fn read_part(State(site): State<Site>, Path(part): Path<String>) -> Response {
    match PARTS.iter().find(|(id, ..)| *id == part) {
        Some((_, name, document)) => Page::new(*name, body(&document(&site.guide))).into_response(),
        None => unknown(),
    }
}

async fn effect(State(site): State<Site>, Path(id): Path<String>) -> Response {
    match site.guide.effect(&id) {
        Some(index) => {
            let effect = &site.guide.effects[index.index()];
            Page::new(effect.name.clone(), body(&report::effect(&site.guide, effect))).into_response()
        }
        None => unknown(),
    }
}

async fn histology(State(site): State<Site>, Path(id): Path<String>) -> Response {
    match site.guide.histologies.iter().find(|histology| histology.id == id) {
        Some(histology) => Page::new(histology.name.clone(), body(&report::histology(&site.guide, histology))).into_response(),
        None => unknown(),
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    q: String,
}

async fn find(State(site): State<Site>, Query(wanted): Query<Wanted>) -> Page {
    let words: String = wanted.q.chars().take(100).collect();
    let hits = search::search(&site.guide, &words, 20);
    let mut out = format!("<h1>Search: {}</h1>", escaped(&words));
    if hits.is_empty() {
        out.push_str("<p>Nothing in the guide answers these words.</p>");
    }
    out.push_str("<ul>");
    for hit in hits {
        let place = match hit.kind.name() {
            "treatment" => Some(format!("/treatment/{}", hit.id)),
            "effect" => Some(format!("/effect/{}", hit.id)),
            "type" => Some(format!("/type/{}", hit.id)),
            _ => None,
        };
        let title = escaped(&hit.title);
        let title = place.map_or_else(|| format!("<strong>{title}</strong>"), |place| format!("<a href=\"{place}\">{title}</a>"));
        out.push_str(&format!("<li>{title} <small>{}</small><br>{}</li>", hit.kind.name(), escaped(&hit.snippet)));
    }
    out.push_str("</ul>");
    Page::new("Search", out)
}

/// A file to save.
fn file(name: &str, kind: &str, text: String) -> Response {
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, text).into_response()
}

async fn take_case(State(site): State<Site>, headers: HeaderMap) -> Response {
    let held = held(&site, &headers);
    file("case.json", "application/json", sarcoguide_case::to_json(&site.guide, &held.case))
}

async fn take_markdown(State(site): State<Site>, headers: HeaderMap) -> Response {
    let held = held(&site, &headers);
    match advised(&site, &held) {
        Ok(advice) => {
            let document = answer::answer(&site.guide, &held.case, &advice);
            file("options.md", "text/markdown; charset=utf-8", text::markdown(&document))
        }
        Err(page) => page.into_response(),
    }
}

/// Opens a case that was saved.
async fn open(State(site): State<Site>, form: Result<Multipart, axum::extract::multipart::MultipartRejection>) -> Response {
    let refused = |message: &str| problem(StatusCode::UNPROCESSABLE_ENTITY, message).into_response();
    let Ok(mut form) = form else { return refused("Choose a file to open.") };
    let bytes = match form.next_field().await {
        Ok(Some(field)) => match field.bytes().await {
            Ok(bytes) => bytes,
            Err(_) => return problem(StatusCode::PAYLOAD_TOO_LARGE, "This file is larger than a case can be.").into_response(),
        },
        Ok(None) => return refused("Choose a file to open."),
        Err(error) => return problem(error.status(), "This file cannot be taken as a case.").into_response(),
    };
    match sarcoguide_case::read(&site.guide, &bytes, sarcoguide_case::Format::guess(&bytes)) {
        Ok(case) => onward(&site, &Held { case, ..Held::nothing(&site.guide) }, "/review"),
        Err(error) => refused(&format!("This is not a case: {error}")),
    }
}

async fn forget(State(_): State<Site>, _: Request) -> Response {
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    ([(header::SET_COOKIE, gone)], Redirect::to("/")).into_response()
}

fn unknown() -> Response {
    problem(StatusCode::NOT_FOUND, "The guide has no such page.").into_response()
}
