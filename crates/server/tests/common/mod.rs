//! A browser for tests: keeps the cookie, sends forms, opens files.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use sarcoguide_server::{Key, Settings, Site, router};
use tower::ServiceExt;

/// Settings with a key of this byte.
pub fn settings(byte: u8) -> Settings {
    Settings::new(Key::new([byte; 32]).expect("no zeros"))
}

pub fn site() -> Router {
    router(Site::new(sarcoguide_bundled::guide(), settings(7)))
}

/// A browser: keeps the cookie.
pub struct Browser {
    pub site: Router,
    pub cookie: Option<String>,
}

/// What came back.
pub struct Seen {
    pub status: StatusCode,
    pub location: Option<String>,
    /// The body; what is no text, with marks in its place.
    pub html: String,
    /// How many bytes the body has.
    #[allow(dead_code, reason = "not every test file weighs pages")]
    pub weight: usize,
    #[allow(dead_code, reason = "not every test file looks at headers")]
    pub headers: HeaderMap,
}

impl Browser {
    pub fn new() -> Self {
        Self { site: site(), cookie: None }
    }

    /// Sends a request. Where the answer checks whether the cookie is kept, goes on as a browser does, and gives what comes then.
    pub async fn send(&mut self, request: Request<Body>) -> Seen {
        let seen = self.send_once(request).await;
        match seen.location.as_deref() {
            Some(to) if to.ends_with("?cookie-check") => {
                let checked = self.get_once(to).await;
                // What the first answer set is what is looked at.
                Seen { headers: seen.headers, ..checked }
            }
            _ => seen,
        }
    }

    pub async fn send_once(&mut self, mut request: Request<Body>) -> Seen {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a header"));
        }
        let response: Response<Body> = self.site.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            self.cookie = if text.contains("Max-Age=0") { None } else { text.split(';').next().map(str::to_owned) };
        }
        let location = parts.headers.get(header::LOCATION).map(|to| to.to_str().expect("text").to_owned());
        let bytes = body.collect().await.expect("a body").to_bytes();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        Seen { status: parts.status, location, html, weight: bytes.len(), headers: parts.headers }
    }

    /// Follows one redirect.
    pub async fn get(&mut self, path: &str) -> Seen {
        let seen = self.get_once(path).await;
        match seen.location {
            Some(to) if seen.status == StatusCode::SEE_OTHER => self.get_once(&to).await,
            _ => seen,
        }
    }

    async fn get_once(&mut self, path: &str) -> Seen {
        self.send_once(Request::get(path).header(header::HOST, "localhost").body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&mut self, path: &str, form: &str) -> Seen {
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    pub async fn open(&mut self, file: &str) -> Seen {
        let body =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"case.json\"\r\n\r\n{file}\r\n--b--\r\n");
        let request = Request::post("/open")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }
}

pub const CASE: &str =
    r#"{"facts": {"age": 41, "histology": "synovial_sarcoma", "distant_metastasis": "yes", "prior_chemotherapy": "yes"}}"#;

/// A page with its escapes read back.
#[allow(dead_code, reason = "not every test file reads pages as text")]
pub fn html_text(html: &str) -> String {
    html.replace("&#39;", "'").replace("&amp;", "&")
}
