//! A request with what its cookie holds.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use sarcoguide_advise::{State, truth};
use sarcoguide_model::{Advice, Condition, Contradiction, Guide, TreatmentId, Truth};
use sarcoguide_report::document::Document;
use sarcoguide_report::symptom::Checker;
use sarcoguide_report::treatment::Reader;
use sarcoguide_report::{Answered, treatment, words};

use crate::Site;
use crate::html::{Writer, escaped};
use crate::pages::{Frame, Page, problem};
use crate::sealed::{COOKIE, Held};

/// The name in an address, for instance of a treatment. What is no name leads to the page that says so.
pub(crate) struct Name(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        Path::from_request_parts(parts, state).await.map(|Path(name)| Self(name)).map_err(|_| unknown())
    }
}

/// A request with what its cookie holds.
pub(crate) struct Visit {
    pub site: Site,
    pub held: Held,
    path: String,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let value = cookies.flat_map(|all| all.split(';')).find_map(|one| one.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        let held = value.and_then(|value| Held::open(site.guide(), &site.key, value));
        let held = held.unwrap_or_else(|| Held::nothing(site.guide()));
        Ok(Self { site: site.clone(), held, path: parts.uri.path().to_owned() })
    }
}

impl Visit {
    pub fn guide(&self) -> &'static Guide {
        self.site.guide()
    }

    /// The guide's symptom check.
    pub fn checker(&self) -> &'static Checker<'static> {
        &self.site.knowledge.checker
    }

    /// A page in its frame.
    pub fn page(&self, title: impl Into<String>, body: impl Into<String>) -> Page {
        let guide = self.guide();
        let note = format!("{}, version {}. {}", guide.name, guide.version, guide.review);
        Page::new(title, body).within(Frame { path: self.path.clone(), team: self.held.team, note })
    }

    /// What writes documents of this guide, with terms explained.
    pub fn writer(&self) -> Writer<'_> {
        Writer::new(self.guide(), Some(&self.site.knowledge.terms))
    }

    /// A document as a page.
    pub fn document(&self, title: impl Into<String>, document: &Document) -> Response {
        let mut writer = self.writer();
        writer.document(document);
        self.page(title, writer.finish()).into_response()
    }

    /// Goes on to another page with what is held now.
    pub fn onward(&self, to: &str) -> Response {
        let secure = if self.site.encrypted { "; Secure" } else { "" };
        match self.held.seal(self.guide(), &self.site.key) {
            Some(value) => {
                let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict{secure}");
                ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
            }
            None => problem(StatusCode::INTERNAL_SERVER_ERROR, "The system gave no random bytes to seal the case with.")
                .into_response(),
        }
    }

    /// Whether a case is stated.
    pub fn has_a_case(&self) -> bool {
        self.held.case.stated().next().is_some()
    }

    /// The advice on what is held, or the page that says what contradicts itself.
    pub fn advised(&self) -> Result<Advice, Box<Response>> {
        let advice = self.site.knowledge.advisor.advise(&self.held.case);
        advice.map_err(|contradiction| Box::new(self.contradicted(&contradiction)))
    }

    /// What is held with the advice on it.
    pub fn answered<'a>(&'a self, advice: &'a Advice) -> Answered<'a> {
        Answered { case: &self.held.case, advice, what_matters: &self.held.what_matters }
    }

    /// The page of a treatment for the case, or in general where there is none.
    pub fn treatment(&self, id: TreatmentId) -> Result<Document, Box<Response>> {
        let guide = self.guide();
        if !self.has_a_case() {
            let reader = if self.held.team { Reader::Team { truth: None } } else { Reader::Person };
            return Ok(treatment::page(guide, id, None, reader));
        }
        let advice = self.advised()?;
        let state = State::of(guide, &self.held.case).ok();
        let truth_of = |condition: &Condition| state.as_ref().map_or(Truth::Unknown, |state| truth(condition, state));
        let reader = if self.held.team { Reader::Team { truth: Some(&truth_of) } } else { Reader::Person };
        Ok(treatment::page(guide, id, Some(self.answered(&advice)), reader))
    }

    /// Which of the answers cannot hold together, and the way to change them.
    pub fn contradicted(&self, contradiction: &Contradiction) -> Response {
        let guide = self.guide();
        let line = |fact: &sarcoguide_model::FactId| {
            let entry = &guide.facts[fact.index()];
            let said = escaped(&words::stated(guide, &self.held.case, *fact));
            let name = escaped(&entry.name);
            format!("<li>{said} <a href=\"/question/{}\">Change<span class=\"unseen\">: {name}</span></a></li>", entry.id)
        };
        let facts: String = contradiction.facts.iter().map(line).collect();
        let text = escaped(&guide.constraints[contradiction.constraint].text);
        let out = format!(
            "<h1>Two answers do not go together</h1><p class=\"error\">{text}</p><p>Which of them should change?</p><ul>{facts}</ul><p><a href=\"/review\">My answers</a></p>"
        );
        self.page("Two answers do not go together", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    }
}

/// There is no such thing in the guide.
pub(crate) fn unknown() -> Response {
    problem(StatusCode::NOT_FOUND, "The guide has no such page.").into_response()
}
