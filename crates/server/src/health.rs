//! Whether the server answers, and with what: for a program that watches it.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use crate::site::Site;

/// Takes no case and gives none.
pub(crate) async fn health(State(site): State<Site>) -> impl IntoResponse {
    let guide = site.guide();
    let health = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "guide": { "name": guide.name, "version": guide.version, "content_hash": guide.content_hash, "revised": guide.revised.map(|date| date.to_string()) },
    });
    ([(header::CONTENT_TYPE, "application/json")], health.to_string())
}
