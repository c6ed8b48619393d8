//! What keeps a page from being misused: headers on every answer, and a look at where a post comes from.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sarcoguide_text::t;

use crate::Site;
use crate::pages::problem;

/// On every answer of the site; what is refused before it is a request at all gets an empty one without them. Nothing is loaded from
/// anywhere else, nothing runs, nobody frames the page.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // With `no-referrer` a browser tells `Origin: null` for the forms of this site, and without encryption it tells no `Sec-Fetch-Site`.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_DNS_PREFETCH_CONTROL, "off"),
];

/// Refuses posts from elsewhere and sets the headers.
pub(crate) async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let refused =
        request.method() != Method::GET && request.method() != Method::HEAD && !is_from_here(request.headers(), site.encrypted);
    let mut response = if refused {
        let message = t!(site.edition().text, problem_other_site);
        problem(&site, StatusCode::FORBIDDEN, &message).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A page may show a case; only what says otherwise is kept anywhere.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether a post comes from a page of this site. A browser that tells neither where is left to the cookie's own limit to this site. What is
/// told twice must be right twice.
fn is_from_here(headers: &HeaderMap, encrypted: bool) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin" || site == "none");
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
        // A proxy may encrypt without that having been told here.
        origin.is_some_and(|(scheme, from)| Some(from) == host && (scheme == "https" || scheme == "http" && !encrypted))
    })
}
