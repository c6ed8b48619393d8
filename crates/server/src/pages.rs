//! The frame around every page. Its words are the only ones that do not come from the guide.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::html::escaped;

/// The style sheet, embedded.
pub(crate) const STYLE: &str = include_str!("style.css");

/// Where the style sheet is found; it changes with what it holds, so that it can be kept for long.
pub(crate) fn style_path() -> String {
    let digest = Sha256::digest(STYLE.as_bytes());
    format!("/style-{:02x}{:02x}{:02x}{:02x}.css", digest[0], digest[1], digest[2], digest[3])
}

/// A page: its status, its title, and what stands in it.
#[derive(Debug)]
pub(crate) struct Page {
    status: StatusCode,
    title: String,
    body: String,
}

impl Page {
    pub fn new(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self { status: StatusCode::OK, title: title.into(), body: body.into() }
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

/// What went wrong, as a page.
pub(crate) fn problem(status: StatusCode, message: &str) -> Page {
    let body = format!(
        "<h1>{}</h1><p>{}</p><p><a href=\"/\">Start</a></p>",
        status.canonical_reason().unwrap_or("Error"),
        escaped(message)
    );
    Page::new("This did not work", body).status(status)
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"></head><body>\
             <a class=\"skip\" href=\"#main\">Skip to the page</a>\
             <header><nav aria-label=\"Site\"><a href=\"/\">Start</a> <a href=\"/situation\">My situation</a> <a href=\"/options\">My options</a> \
             <a href=\"/guide\">Read the guide</a></nav>\
             <form class=\"search\" action=\"/search\" role=\"search\"><label for=\"q\">Search the guide</label><input id=\"q\" name=\"q\" type=\"search\" maxlength=\"100\">\
             <button>Search</button></form></header>\
             <main id=\"main\">{}</main></body></html>",
            escaped(&self.title),
            style_path(),
            self.body
        );
        (self.status, Html(html)).into_response()
    }
}

/// The style sheet, kept by the browser for a year: another one has another address.
pub(crate) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, STYLE).into_response()
}
