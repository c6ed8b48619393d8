//! Fuzz targets that send forms and cookies to the complete website.

use std::cell::RefCell;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderValue};
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use sarcoguide_server::{Key, Settings, Site, router};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use crate::guide::GUIDE;

fn key() -> Key {
    Key::new([7; 32]).unwrap_or_else(|error| panic!("{error}"))
}

/// The paths that forms are sent to.
const FORMS: [&str; 9] = [
    "/situation/1",
    "/question/{fact}",
    "/compare",
    "/timeline",
    "/matters",
    "/symptom",
    "/view",
    "/take/calendar/{treatment}",
    "/carry",
];
/// The paths of the pages that are requested with a cookie.
const PAGES: [&str; 8] =
    ["/review", "/options", "/situation", "/compare", "/timeline", "/matters", "/take/case.json", "/treatment/{treatment}"];

/// Uses the first two bytes of an input to choose a path. Returns the path and the rest of the input.
fn chosen<'a>(paths: &[&str], bytes: &'a [u8]) -> Option<(String, &'a [u8])> {
    let ([path, item], rest) = bytes.split_first_chunk()?;
    let item = usize::from(*item);
    let fact = &GUIDE.facts[item % GUIDE.facts.len()].id;
    let treatment = &GUIDE.treatments[item % GUIDE.treatments.len()].id;
    let path = paths[usize::from(*path) % paths.len()];
    Some((path.replace("{fact}", fact).replace("{treatment}", treatment), rest))
}

thread_local! {
    static SITE: RefCell<Option<(Runtime, Router)>> = const { RefCell::new(None) };
}

/// Sends a request and returns the whole body of the response. Panics if the response is an internal server error.
fn answer(request: Request<Body>) -> Bytes {
    SITE.with_borrow_mut(|site| {
        let (runtime, router) = site.get_or_insert_with(|| {
            let runtime =
                Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("no runtime: {error}"));
            (runtime, router(Site::new(GUIDE.clone(), Settings::new(key()))))
        });
        let (status, body) = runtime.block_on(async {
            let Ok(response) = router.clone().oneshot(request).await;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap_or_else(|error| panic!("the response ended early: {error}"));
            (parts.status, body.to_bytes())
        });
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{}", String::from_utf8_lossy(&body));
        body
    })
}

/// Sends the bytes as the content of a form.
pub(crate) fn form(bytes: &[u8]) {
    let Some((path, body)) = chosen(&FORMS, bytes) else { return };
    let request = Request::post(path)
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "http://localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Ok(request) = request.body(Body::from(body.to_vec())) {
        answer(request);
    }
}

/// Sends the bytes as a cookie in two ways: unchanged, and sealed with the server's key. The second way tests content that this version of the
/// server doesn't write, but an older version may have sealed.
pub(crate) fn cookie(bytes: &[u8]) {
    let Some((path, value)) = chosen(&PAGES, bytes) else { return };
    answer_with(&path, value);
    if let Some(sealed) = sarcoguide_server::fuzzing::sealed(&key(), value) {
        answer_with(&path, sealed.as_bytes());
    }
}

/// Requests the page at `path` with this cookie. Returns `None` if the bytes aren't valid in a header.
fn answer_with(path: &str, cookie: &[u8]) -> Option<Bytes> {
    let cookie = HeaderValue::from_bytes(&[b"case=", cookie].concat()).ok()?;
    let request = Request::get(path).header(header::HOST, "localhost").header(header::COOKIE, cookie);
    request.body(Body::empty()).ok().map(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If the server couldn't read the cookies in the corpus, the target would test only the decryption.
    #[test]
    fn cookies_in_the_corpus_can_be_read() {
        for input in
            [&include_bytes!("../../../fuzz/corpus/cookie/page_0")[..], include_bytes!("../../../fuzz/corpus/cookie/deflated")]
        {
            let sealed = sarcoguide_server::fuzzing::sealed(&key(), &input[2..]).expect("random bytes");
            let page = answer_with("/review", sealed.as_bytes()).expect("a page");
            assert!(String::from_utf8_lossy(&page).contains("54 years"), "the page doesn't show the answers");
        }
    }
}
