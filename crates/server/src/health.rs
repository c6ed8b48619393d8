//! The health check for monitoring: whether the server responds, and which versions of the program and the guide it runs.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use crate::site::Site;

/// Returns the status and the versions as JSON. Doesn't read the cookie.
pub(crate) async fn health(State(site): State<Site>) -> impl IntoResponse {
    let guide = site.guide();
    let health = json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "guide": { "name": guide.name, "version": guide.version, "content_hash": guide.content_hash, "revised": guide.revised.map(|date| date.to_string()) },
    });
    ([(header::CONTENT_TYPE, "application/json")], health.to_string())
}
