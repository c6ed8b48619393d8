//! What stands at which address.

use std::time::Duration;

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::TimeoutLayer;

use crate::html::escaped;
use crate::pages::{problem, style, style_path};
use crate::secure::guard;
use crate::visit::Visit;
use crate::{Site, downloads, options, plan, preferences, reading, review, situation, symptom};

/// The most bytes of a form, and of one with a case file and what stands around it.
const MAX_FORM_BYTES: usize = 64 * 1024;
const MAX_FILE_BYTES: usize = sarcoguide_case::MAX_BYTES + 4 * 1024;

/// The fields of a form, or why it cannot be read.
pub(crate) type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The fields of a form, or the page that says why it cannot be read.
pub(crate) fn fields(fields: Fields) -> Result<Vec<(String, String)>, Box<Response>> {
    match fields {
        Ok(Form(fields)) => Ok(fields),
        Err(error) => Err(Box::new(problem(error.status(), "This form cannot be read.").into_response())),
    }
}

/// The whole site.
pub fn router(site: Site) -> Router {
    // A PDF is compressed in itself.
    let compressed = CompressionLayer::new()
        .quality(tower_http::CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/pdf")));
    Router::new()
        .route("/", get(start))
        .route("/situation", get(situation::go_on))
        .route("/situation/{page}", get(situation::ask).post(situation::answered))
        .route("/question/{fact}", get(situation::ask_again).post(situation::answered_again))
        .route("/review", get(review::review))
        .route("/options", get(options::options))
        .route("/treatment/{id}", get(options::treatment))
        .route("/compare", get(options::compared).post(options::choose))
        .route("/timeline", get(plan::plan).post(plan::choose))
        .route("/matters", get(preferences::ask).post(preferences::answered))
        .route("/symptom", get(symptom::ask).post(symptom::answered))
        .route("/guide", get(reading::contents))
        .route("/guide/{part}", get(reading::part))
        .route("/effect/{id}", get(reading::effect))
        .route("/type/{id}", get(reading::subtype))
        .route("/search", get(reading::find))
        .route("/take/case.json", get(downloads::case))
        .route("/take/options.md", get(downloads::markdown))
        .route("/take/options.json", get(downloads::json))
        .route("/take/summary.pdf", get(downloads::summary))
        .route("/take/calendar/{id}", post(downloads::calendar))
        .route("/view", post(view))
        .route("/forget", post(forget))
        .route(style_path(), get(style))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .route("/open", post(downloads::open).layer(DefaultBodyLimit::max(MAX_FILE_BYTES)))
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "There is no page at this address.") })
        .method_not_allowed_fallback(|| async { problem(StatusCode::METHOD_NOT_ALLOWED, "This page cannot be used so.") })
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(15)))
        .layer(compressed)
        .layer(middleware::from_fn_with_state(site.encrypted, guard))
        .with_state(site)
}

async fn start(visit: Visit) -> Response {
    let guide = visit.guide();
    let mut out = format!("<h1>{}</h1>", escaped(&guide.name));
    if let Some(welcome) = &guide.interview.welcome {
        out.push_str(&format!("<p class=\"lead\">{}</p>", escaped(welcome)));
    }
    out.push_str("<div class=\"row\"><a class=\"button\" href=\"/situation\">Ask about my situation</a> <a class=\"button plain\" href=\"/guide\">Read the guide</a></div>");
    if !visit.session.is_empty(*guide) {
        out.push_str("<div class=\"row\"><a href=\"/review\">Look at my answers</a> <a href=\"/options\">My options</a><form method=\"post\" action=\"/forget\"><button class=\"plain\">Forget my answers</button></form></div>");
    }
    let disclaimer = escaped(&guide.disclaimer.text);
    out.push_str(&format!("<section class=\"notice\" aria-labelledby=\"notice\"><h2 id=\"notice\">What this is, and what it is not</h2><p>{disclaimer}</p></section>"));
    out.push_str("<h2>Your answers stay with you</h2><p>What you answer stays in this browser, sealed so that only this server can read it. Nothing of it is kept on the server. The button \"Forget my answers\" takes it away at once. So does closing the browser, unless it is set to open its last pages again. A day after your last answer it can no longer be opened.</p>");
    out.push_str("<h2>Open a saved case</h2><form method=\"post\" action=\"/open\" autocomplete=\"off\" enctype=\"multipart/form-data\"><label for=\"file\">A case file that you saved before</label><div class=\"row\"><input id=\"file\" name=\"file\" type=\"file\" accept=\".json,.toml\" required> <button>Open</button></div></form>");
    visit.page(guide.name.clone(), out).into_response()
}

/// Shows the pages for the team, or for a person.
async fn view(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let field = |wanted: &str| form.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    visit.session.team = field("view") == Some("team");
    // Back to a page of this site, and to no other.
    let local = |to: &&str| {
        to.starts_with('/') && !to.starts_with("//") && to.chars().all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c))
    };
    let to = field("to").filter(local).unwrap_or("/");
    visit.onward(to)
}

async fn forget(visit: Visit) -> Response {
    visit.forgotten()
}
