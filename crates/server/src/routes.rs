//! The routes of the site.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use sarcoguide_text::t;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::TimeoutLayer;

use crate::form::{Fields, field, fields, local_path};
use crate::health::health;
use crate::pages::{Page, problem, style, style_path};
use crate::secure::{guard, reserve_memory};
use crate::site::Site;
use crate::visit::Visit;
use crate::{
    board, carry, compare, doubt, downloads, options, plan, preferences, reading, review, sheet, situation, start, symptom,
    triage,
};

/// The maximum size of a form, in bytes.
const MAX_FORM_BYTES: usize = 64 * 1024;
/// The maximum size of a form with a case file, in bytes.
const MAX_FILE_BYTES: usize = sarcoguide_case::MAX_BYTES + 4 * 1024;

/// Builds the router for the whole site.
pub fn router(site: Site) -> Router {
    // PDF files are already compressed.
    let compressed = CompressionLayer::new()
        .quality(tower_http::CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/pdf")));
    Router::new()
        .route("/", get(start::start))
        .route("/situation", get(situation::go_on))
        .route("/situation/{page}", get(situation::ask).post(situation::answered))
        .route("/question/{fact}", get(situation::ask_again).post(situation::answered_again))
        .route("/doubt", get(doubt::ask).post(doubt::answered))
        .route("/review", get(review::review))
        .route("/options", get(options::options))
        .route("/treatment/{id}", get(options::treatment))
        .route("/compare", get(compare::compared).post(compare::choose))
        .route("/timeline", get(plan::plan).post(plan::choose))
        .route("/visit", get(sheet::show).post(sheet::change))
        .route("/board", get(board::show))
        .route("/board.txt", get(board::plain))
        .route("/matters", get(preferences::ask).post(preferences::answered))
        .route("/carry", get(carry::ask).post(carry::carry))
        .route(carry::script_path(), get(carry::script))
        .route("/matters/summary", get(preferences::summary))
        .route("/triage", get(triage::groups).post(triage::answered))
        .route("/symptom", get(symptom::ask).post(symptom::answered))
        .route("/guide", get(reading::contents))
        .route("/guide/{part}", get(reading::part))
        .route("/effect/{id}", get(reading::effect))
        .route("/type/{id}", get(reading::subtype))
        .route("/search", get(reading::search_by_link).post(reading::search_by_form))
        .route("/take/case.json", get(downloads::case))
        .route("/take/options.md", get(downloads::markdown))
        .route("/take/options.json", get(downloads::json))
        .route("/take/summary.pdf", get(downloads::summary))
        .route("/take/visit.pdf", get(downloads::visit_sheet))
        .route("/take/calendar/{id}", post(downloads::calendar))
        .route("/view", post(view))
        .route("/asker", post(asker))
        .route("/forget", post(forget))
        .route("/guide-change", post(guide_change_read))
        .route("/health", get(health))
        .route(style_path(), get(style))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .route("/open", post(downloads::open).layer(DefaultBodyLimit::max(MAX_FILE_BYTES)))
        .fallback(no_address)
        .method_not_allowed_fallback(no_method)
        .layer(middleware::from_fn_with_state(site.clone(), reserve_memory))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(15)))
        .layer(compressed)
        .layer(middleware::from_fn_with_state(site.clone(), guard))
        .with_state(site)
}

async fn no_address(State(site): State<Site>) -> Page {
    problem(&site, StatusCode::NOT_FOUND, &t!(site.edition().text, problem_no_address))
}

async fn no_method(State(site): State<Site>) -> Page {
    problem(&site, StatusCode::METHOD_NOT_ALLOWED, &t!(site.edition().text, problem_no_method))
}

/// Switches between the team view and the view for a person.
async fn view(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    visit.session.team = field(&form, "view") == Some("team");
    visit.save_and_redirect(field(&form, "to").and_then(local_path).unwrap_or("/"))
}

/// Sets whether the person asks for someone else.
async fn asker(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    visit.session.for_someone_else = field(&form, "asker") == Some("someone");
    visit.save_and_redirect(field(&form, "to").and_then(local_path).unwrap_or("/"))
}

/// Removes the notice about a changed guide once the person has read it.
async fn guide_change_read(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    visit.session.change = None;
    visit.save_and_redirect(field(&form, "to").and_then(local_path).unwrap_or("/"))
}

async fn forget(visit: Visit) -> Response {
    visit.delete_session()
}
