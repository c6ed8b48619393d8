//! A request, together with the session from its cookie.

use std::borrow::Cow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use maud::{Markup, html};
use sarcoguide_advise::{State, truth};
use sarcoguide_document::{Block, Document};
use sarcoguide_model::{Advice, Condition, Contradiction, TreatmentId, Truth};
use sarcoguide_search::symptom::Checker;
use sarcoguide_text::t;
use sarcoguide_views::treatment::Reader;
use sarcoguide_views::{Answered, Edition, treatment, words};

use crate::clock::now;
use crate::html::{PageContext, Writer, line, to_question};
use crate::pages::{Frame, Page, problem};
use crate::sealed::{SealError, Session};
use crate::site::Site;

/// A request, together with the session from its cookie.
pub(crate) struct Visit {
    pub site: Site,
    pub session: Session,
    /// Whether earlier answers are lost: the browser sent this site's cookie, but the cookie can't be opened.
    pub lost: bool,
    /// Whether the browser sent a cookie of this site.
    has_cookie: bool,
    path: String,
    /// The cookie's name.
    cookie: String,
}

/// Returns the name of the cookie. Browsers send a cookie to every port of a host, so the name contains the port. That way, two guides on
/// one machine don't read each other's cookies. Over HTTPS, the name has the prefix `__Host-`, so that no other site and nobody on the
/// network can set the cookie.
fn cookie_name(encrypted: bool, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_port = |port: &&str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let port = host.rsplit_once(':').map(|(_, port)| port).filter(is_port);
    format!("{}case{}", if encrypted { "__Host-" } else { "" }, port.map(|port| format!("-{port}")).unwrap_or_default())
}

/// The query of the URL to which the first POST redirects. If the browser then requests that URL without the cookie, it doesn't keep cookies.
const COOKIE_CHECK: &str = "cookie-check";

impl FromRequestParts<Site> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let cookie = cookie_name(site.settings.served_over_https, &parts.headers);
        // Other cookies of this host may contain any bytes. Another site may have set a cookie with the same name, so try every value.
        let all = parts.headers.get_all(header::COOKIE).iter().map(|all| String::from_utf8_lossy(all.as_bytes()));
        let all: Vec<String> = all.map(Cow::into_owned).collect();
        let values = all.iter().flat_map(|all| Cookie::split_parse(all.as_str())).flatten();
        let values: Vec<Cookie> = values.filter(|one| one.name() == cookie && !one.value().is_empty()).collect();
        let session =
            values.iter().find_map(|one| Session::open(site.guide(), &site.settings.keys, one.value().as_bytes(), now()));
        let has_cookie = !values.is_empty();
        let lost = has_cookie && session.is_none();
        let session = session.unwrap_or_else(|| Session::empty(site.guide()));
        let visit = Self { site: site.clone(), session, lost, has_cookie, path: parts.uri.path().to_owned(), cookie };
        if parts.uri.query() != Some(COOKIE_CHECK) {
            return Ok(visit);
        }
        // Redirect to the same URL without the query, so that people don't bookmark the query.
        Err(if has_cookie { Redirect::to(&visit.path).into_response() } else { visit.cookie_not_kept() })
    }
}

impl Visit {
    /// The guide with its interface text.
    pub fn guide(&self) -> Edition<'_> {
        if self.session.for_someone_else { self.site.edition_for_someone_else() } else { self.site.edition() }
    }

    /// The symptom checker for this guide.
    pub fn checker(&self) -> &Checker {
        &self.site.services.checker
    }

    /// Returns a page whose footer says whether and by whom the guide has been reviewed.
    pub fn page(&self, title: impl Into<String>, body: Markup) -> Page {
        self.framed(title.into(), body, true)
    }

    /// Returns a page whose footer doesn't mention the review, because the page's content already says who has reviewed it.
    pub fn page_with_review(&self, title: impl Into<String>, body: Markup) -> Page {
        self.framed(title.into(), body, false)
    }

    fn framed(&self, title: String, body: Markup, review_in_footer: bool) -> Page {
        let guide = self.guide();
        let title = if title == guide.name { title } else { t!(guide.text, frame_title, title = title, guide = &guide.name) };
        let change = self.session.change.as_ref().map(|change| change.notice(guide, &self.session.case));
        let Session { team, for_someone_else, .. } = self.session;
        let frame = Frame { path: self.path.clone(), team, for_someone_else, lost: self.lost, change, review_in_footer };
        Page::new(&self.site, title, body).within(frame)
    }

    /// The context in which documents are rendered: the targets of links, and the explanations of terms.
    pub fn context(&self) -> PageContext<'_> {
        PageContext::new(self.guide(), &self.site.services.glossary)
    }

    /// Renders a document as a page.
    pub fn document(&self, title: impl Into<String>, document: &Document) -> Response {
        let context = self.context();
        let mut writer = Writer::new(&context);
        writer.document(document);
        let review = |block: &Block| matches!(block, Block::Paragraph(line) if line.bare() == self.guide().review);
        let page = if document.blocks.iter().any(review) { Self::page_with_review } else { Self::page };
        page(self, title, writer.finish()).into_response()
    }

    /// Stores the session in the cookie and redirects to another page. If earlier answers were lost, nothing is stored until the person
    /// starts over: the new answers alone would lead to different advice.
    pub fn save_and_redirect(&self, to: &str) -> Response {
        let text = self.guide().text;
        if self.lost {
            return self.refusal(&t!(text, problem_not_kept), &t!(text, problem_not_kept_why));
        }
        let (status, message) = match self.session.seal(*self.guide(), &self.site.settings.keys, now()) {
            Ok(value) if self.has_cookie => return self.with_cookie(&value, None, to),
            // The browser sent no cookie, so check whether it keeps cookies.
            Ok(value) => return self.with_cookie(&value, None, &format!("{to}?{COOKIE_CHECK}")),
            Err(SealError::NoRandomBytes) => (StatusCode::INTERNAL_SERVER_ERROR, t!(text, problem_no_random)),
            Err(SealError::TooLong) => (StatusCode::PAYLOAD_TOO_LARGE, t!(text, problem_too_much)),
        };
        problem(&self.site, status, &message).into_response()
    }

    /// The page that says that the answers can't be kept, because the browser didn't send the cookie back.
    fn cookie_not_kept(&self) -> Response {
        let guide = self.guide();
        let text = guide.text;
        let heading = t!(text, problem_no_cookie);
        let read = html! { a href="/guide" { (t!(text, problem_no_cookie_read)) } };
        let check = html! { a href="/symptom" { (t!(text, problem_no_cookie_check)) } };
        let body = html! {
            h1 { (heading) }
            @if self.site.settings.served_over_https { p { (t!(text, problem_no_cookie_encrypted)) } }
            p { (t!(text, problem_no_cookie_why)) }
            p { (t!(text, problem_no_cookie_allow)) }
            p { (line!(guide, problem_no_cookie_still, read = read, check = check)) }
        };
        self.page(heading, body).at("/").status(StatusCode::CONFLICT).into_response()
    }

    /// A page that refuses an action because earlier answers are lost or can't be read, or because a notice isn't confirmed yet.
    pub fn refusal(&self, title: &str, why: &str) -> Response {
        let page = self.page(title, html! { h1 { (title) } p { (why) } });
        page.at("/").status(StatusCode::CONFLICT).into_response()
    }

    /// Deletes the cookie and redirects to the start page.
    pub fn delete_session(&self) -> Response {
        self.with_cookie("", Some(Duration::ZERO), "/")
    }

    fn with_cookie(&self, value: &str, max_age: Option<Duration>, to: &str) -> Response {
        let mut cookie = Cookie::new(self.cookie.as_str(), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Strict);
        cookie.set_secure(self.site.settings.served_over_https.then_some(true));
        cookie.set_max_age(max_age);
        ([(header::SET_COOKIE, cookie.to_string())], Redirect::to(to)).into_response()
    }

    /// Whether the case states any facts.
    pub fn has_a_case(&self) -> bool {
        self.session.case.stated().next().is_some()
    }

    /// Returns the advice for the case, or an error page if the answers contradict each other.
    pub fn advised(&self) -> Result<Advice, Box<Response>> {
        let advice = self.site.services.advisor.answer(&self.session.case);
        advice.map_err(|contradiction| Box::new(self.contradicted(&contradiction)))
    }

    /// Combines the case with its advice and the person's preferences.
    pub fn answered<'a>(&'a self, advice: &'a Advice) -> Answered<'a> {
        Answered { case: &self.session.case, advice, preferences: &self.session.preferences }
    }

    /// Returns the page about a treatment: for this case, or in general if there is no case.
    pub fn treatment(&self, id: TreatmentId) -> Result<Document, Box<Response>> {
        let guide = self.guide();
        if !self.has_a_case() {
            let reader = if self.session.team { Reader::Team { truth: None } } else { Reader::Person };
            return Ok(treatment::page(guide, id, None, reader));
        }
        let advice = self.advised()?;
        let state = State::of(*guide, &self.session.case).ok();
        let truth_of = |condition: &Condition| state.as_ref().map_or(Truth::Unknown, |state| truth(condition, state));
        let reader = if self.session.team { Reader::Team { truth: Some(&truth_of) } } else { Reader::Person };
        Ok(treatment::page(guide, id, Some(self.answered(&advice)), reader))
    }

    /// The page that says which answers contradict each other, with links to change them.
    pub fn contradicted(&self, contradiction: &Contradiction) -> Response {
        let guide = self.guide();
        let text = guide.text;
        let heading = t!(text, problem_contradiction);
        let body = html! {
            h1 { (heading) }
            p.error { (guide.constraints[contradiction.constraint].text) }
            p { (t!(text, problem_contradiction_which)) }
            ul {
                @for fact in &contradiction.facts {
                    li { (words::stated(guide, &self.session.case, *fact)) " " (to_question(guide, *fact, &t!(text, frame_change))) }
                }
            }
            p { a href="/review" { (t!(text, frame_my_answers)) } }
        };
        self.page(heading, body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    }
}
