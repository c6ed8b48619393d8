//! Protects the site from misuse: sets security headers on every response, requires one valid host per request, checks that forms are sent from this
//! site, and limits the memory for responses.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sarcoguide_text::t;

use crate::connections::Connection;
use crate::pages::{RunsScript, busy, problem};
use crate::site::{Settings, Site};

/// The security headers. With them, pages load nothing from other sites, run no scripts and can't be framed. Every response has them, except the
/// empty response to a request that can't be parsed as HTTP. A page that [`RunsScript`] has another policy.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // With `no-referrer`, a browser would send `Origin: null` for the forms of this site. Over plain HTTP it sends no `Sec-Fetch-Site`
    // either, so the forms would be refused.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::X_DNS_PREFETCH_CONTROL, "off"),
];

/// The policy of a page that runs the site's own script. It still forbids scripts within the page and from other sites.
const WITH_SCRIPT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Tells browsers to open the site only over HTTPS for the next year.
const ENCRYPTED_FOR_A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// How many seconds a client should wait before it tries again if the server is busy.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// Refuses requests without exactly one valid `Host` header (HTTP/1.0 requests may have none), and forms that were sent from other sites. Also sets
/// the security headers of every response.
pub(crate) async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let settings = &site.settings;
    let reads_only = request.method() == Method::GET || request.method() == Method::HEAD;
    let mut response = if !has_one_host(request.version(), request.headers()) {
        problem(&site, StatusCode::BAD_REQUEST, &t!(site.edition().text, problem_no_host)).into_response()
    } else if reads_only || is_from_here(request.headers(), settings) {
        next.run(request).await
    } else {
        problem(&site, StatusCode::FORBIDDEN, &t!(site.edition().text, problem_other_site)).into_response()
    };
    let busy = response.status() == StatusCode::SERVICE_UNAVAILABLE;
    let runs_script = response.extensions().get::<RunsScript>().is_some();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if runs_script {
        headers.insert(header::CONTENT_SECURITY_POLICY, WITH_SCRIPT);
    }
    if settings.served_over_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ENCRYPTED_FOR_A_YEAR);
    }
    if busy {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    // A page may show a case, so caching is off unless a response allows it.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Reserves memory for a response until the client has read it. If too many bytes are waiting already, responds that the server is busy.
pub(crate) async fn reserve_memory(State(site): State<Site>, request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<Connection>().cloned();
    let may_be_compressed = accepts_gzip(request.headers());
    let (parts, body) = next.run(request).await.into_parts();
    // The whole body is already in memory, so this doesn't wait.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return busy(&site) };
    match site.services.buffers.body(bytes, may_be_compressed, connection) {
        Some(body) => Response::from_parts(parts, body),
        None => busy(&site),
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().any(|value| value.to_str().is_ok_and(|value| value.contains("gzip")))
}

/// Whether a request has exactly one valid `Host` header, as HTTP/1.1 requires. Older versions may have none. With two hosts, a proxy and
/// this server could each use a different one.
fn has_one_host(version: Version, headers: &HeaderMap) -> bool {
    let is_host = |host: &HeaderValue| {
        let authority = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
        authority.is_some_and(|authority| !authority.host().is_empty() && !authority.as_str().contains('@'))
    };
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (None, _) => version < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

/// Whether a form comes from a page of this site. If the request has the `Sec-Fetch-Site` header, which a page can't set, this header decides: the
/// sender must be this site or the person themselves. Without this header, `Origin` must be the public address or the requested host. A request with
/// neither header is allowed, because the cookie's `SameSite` attribute protects it. If a header is repeated, every copy must be valid.
fn is_from_here(headers: &HeaderMap, settings: &Settings) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| site == "same-origin" || site == "none");
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let Ok(origin) = origin.to_str() else { return false };
        let is_public = settings.public_address.as_ref().is_some_and(|address| address.is_origin(origin));
        is_public
            || origin.split_once("://").is_some_and(|(scheme, from)| {
                // A proxy may use HTTPS even if the settings don't say so.
                Some(from) == host && (scheme == "https" || scheme == "http" && !settings.served_over_https)
            })
    })
}
