//! The frame around every page. Its words are the only ones that do not come from the guide.

use std::sync::OnceLock;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use sha2::{Digest, Sha256};

use sarcoguide_document::html::STYLE;

use crate::html::{escaped, put};

/// Where the style sheet is found; it changes with what it holds, so that it can be kept for long.
pub(crate) fn style_path() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let digest = Sha256::digest(STYLE.as_bytes());
        format!("/style-{:02x}{:02x}{:02x}{:02x}.css", digest[0], digest[1], digest[2], digest[3])
    })
}

/// What stands around a page.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Where the page is.
    pub path: String,
    /// Whether it is shown for the team.
    pub team: bool,
    /// Whether earlier answers can no longer be opened.
    pub lost: bool,
    /// What stands at the foot.
    pub note: String,
}

/// A page: its status, its title, and what stands in it.
#[derive(Debug)]
pub(crate) struct Page {
    status: StatusCode,
    title: String,
    body: String,
    frame: Option<Frame>,
}

impl Page {
    pub fn new(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self { status: StatusCode::OK, title: title.into(), body: body.into(), frame: None }
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The foot leads back to this address: that of the page cannot be got.
    pub fn at(mut self, path: &str) -> Self {
        if let Some(frame) = &mut self.frame {
            frame.path = path.to_owned();
        }
        self
    }

    pub fn within(self, frame: Frame) -> Self {
        Self { frame: Some(frame), ..self }
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

/// More bytes than the frame of a page has.
const FRAME: usize = 8 << 10;

/// The places that every page leads to.
const PLACES: [(&str, &str); 5] = [
    ("/", "Start"),
    ("/situation", "My situation"),
    ("/options", "My options"),
    ("/symptom", "Symptoms"),
    ("/guide", "Read the guide"),
];

const HEAD: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
     <meta name=\"color-scheme\" content=\"light dark\">";

const NAMED: &str =
    "\"></head><body><div><a class=\"skip\" href=\"#main\">Skip to the page</a></div><header><nav aria-label=\"Site\">";

const SEARCH: &str = "</nav><form class=\"search\" action=\"/search\" role=\"search\"><label for=\"q\">Search the guide</label>\
     <input id=\"q\" name=\"q\" type=\"search\" maxlength=\"100\" autocomplete=\"off\"><button>Search</button></form></header><main id=\"main\" tabindex=\"-1\">";

const TEAM: &str =
    "<p class=\"help\">For the team: with codes, rules and evidence. The way back to plain words stands at the foot.</p>";

/// What is said on every page until the person starts anew.
const LOST: &str = "<div class=\"error\" role=\"alert\"><p>Your earlier answers can no longer be opened. They are more than a day old, or the server was started anew. \
     Nothing on this page counts them in.</p><p>If you saved them, open the file on the <a href=\"/\">start page</a>. If not, start anew.</p>\
     <form method=\"post\" action=\"/forget\"><button>Start anew</button></form></div>";

fn foot(frame: &Frame) -> String {
    // Only addresses without a query lead back: what was searched for stays out of forms.
    let path = escaped(&frame.path);
    let (view, words) =
        if frame.team { ("person", "Show it in plain words") } else { ("team", "Show codes, rules and evidence") };
    format!(
        "<footer><p>{}</p><form method=\"post\" action=\"/view\"><input type=\"hidden\" name=\"to\" value=\"{path}\">\
         <p>For the team: <button class=\"plain\" name=\"view\" value=\"{view}\">{words}</button></p></form>\
         <p><a href=\"/guide/sources\">Sources</a> <a href=\"/guide/links\">Help lines</a> <a href=\"/guide/about\">About</a></p></footer>",
        escaped(&frame.note)
    )
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let path = self.frame.as_ref().map_or("", |frame| frame.path.as_str());
        let team = if self.frame.as_ref().is_some_and(|frame| frame.team) { TEAM } else { "" };
        let lost = if self.frame.as_ref().is_some_and(|frame| frame.lost) { LOST } else { "" };
        let mut html = String::with_capacity(self.body.len() + FRAME);
        put(
            &mut html,
            &[HEAD, "<title>", &escaped(&self.title), "</title><link rel=\"stylesheet\" href=\"", style_path(), NAMED],
        );
        for (address, name) in PLACES {
            let within = address != "/" && path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
            let current = match address == path {
                true => " aria-current=\"page\"",
                false if within => " aria-current=\"true\"",
                false => "",
            };
            put(&mut html, &["<a href=\"", address, "\"", current, ">", name, "</a> "]);
        }
        put(&mut html, &[SEARCH, lost, team, &self.body, "</main>"]);
        html.extend(self.frame.as_ref().map(foot));
        html.push_str("</body></html>");
        (self.status, Html(html)).into_response()
    }
}

/// The style sheet, kept by the browser for a year: another one has another address.
pub(crate) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, STYLE).into_response()
}
