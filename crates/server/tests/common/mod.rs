//! A simulated browser for tests. It keeps the site's cookie, sends forms and uploads saved cases.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use sarcoguide_server::{Key, Settings, Site, router};
use tower::ServiceExt;

/// Settings with a key that consists of 32 copies of `byte`.
pub fn settings(byte: u8) -> Settings {
    Settings::new(Key::new([byte; 32]).expect("the key isn't all zeros"))
}

pub fn site() -> Router {
    router(Site::new(sarcoguide_bundled::guide(), settings(7)))
}

/// A browser that keeps the site's cookie.
pub struct Browser {
    pub site: Router,
    pub cookie: Option<String>,
}

/// A response whose body was read completely.
pub struct SeenResponse {
    pub status: StatusCode,
    pub location: Option<String>,
    /// The body as text. Invalid UTF-8 is replaced with U+FFFD.
    pub html: String,
    #[allow(dead_code, reason = "not every test file reads files")]
    pub bytes: Vec<u8>,
    /// The size of the body, in bytes.
    #[allow(dead_code, reason = "not every test file checks the size")]
    pub size: usize,
    #[allow(dead_code, reason = "not every test file looks at headers")]
    pub headers: HeaderMap,
}

impl Browser {
    pub fn new() -> Self {
        Self { site: site(), cookie: None }
    }

    /// Sends a request. If the server redirects to check whether the browser keeps cookies, follows the redirect as a browser does.
    pub async fn send(&mut self, request: Request<Body>) -> SeenResponse {
        let seen = self.send_once(request).await;
        match seen.location.as_deref() {
            Some(to) if to.ends_with("?cookie-check") => {
                let checked = self.get_once(to).await;
                // Tests look at the headers of the first response, because it sets the cookie.
                SeenResponse { headers: seen.headers, ..checked }
            }
            _ => seen,
        }
    }

    /// Sends a request without following redirects.
    pub async fn send_once(&mut self, mut request: Request<Body>) -> SeenResponse {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a header"));
        }
        let response: Response<Body> = self.site.clone().oneshot(request).await.expect("a response");
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let text = cookie.to_str().expect("text");
            self.cookie = if text.contains("Max-Age=0") { None } else { text.split(';').next().map(str::to_owned) };
        }
        let location = parts.headers.get(header::LOCATION).map(|to| to.to_str().expect("text").to_owned());
        let bytes = body.collect().await.expect("a body").to_bytes();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        SeenResponse { status: parts.status, location, html, size: bytes.len(), bytes: bytes.to_vec(), headers: parts.headers }
    }

    /// Requests a page, and follows at most one redirect.
    pub async fn get(&mut self, path: &str) -> SeenResponse {
        let seen = self.get_once(path).await;
        match seen.location {
            Some(to) if seen.status == StatusCode::SEE_OTHER => self.get_once(&to).await,
            _ => seen,
        }
    }

    async fn get_once(&mut self, path: &str) -> SeenResponse {
        self.send_once(Request::get(path).header(header::HOST, "localhost").body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&mut self, path: &str, form: &str) -> SeenResponse {
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    /// Sends a form. If the site asks about doubts then, keeps what was answered.
    #[allow(dead_code, reason = "not every test file answers questions")]
    pub async fn post_and_keep(&mut self, path: &str, form: &str) -> SeenResponse {
        let mut seen = self.post(path, form).await;
        while seen.location.as_deref() == Some("/doubt") {
            let page = self.get("/doubt").await;
            let doubt = page.html.split("name=\"doubt\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
            let Some(doubt) = doubt else { return page };
            seen = self.post("/doubt", &format!("doubt={doubt}&reading=keep")).await;
        }
        seen
    }

    /// Uploads a file with this content as a saved case.
    #[allow(dead_code, reason = "not every test file uploads a case")]
    pub async fn open(&mut self, content: &str) -> SeenResponse {
        let body =
            format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"case.json\"\r\n\r\n{content}\r\n--b--\r\n");
        let request = Request::post("/open")
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }
}

#[allow(dead_code, reason = "not every test file needs a case")]
pub const CASE: &str =
    r#"{"facts": {"age": 41, "histology": "synovial_sarcoma", "distant_metastasis": "yes", "prior_chemotherapy": "yes"}}"#;

/// Returns the page with `&#39;` and `&amp;` decoded.
#[allow(dead_code, reason = "not every test file reads pages as text")]
pub fn html_text(html: &str) -> String {
    html.replace("&#39;", "'").replace("&amp;", "&")
}
