//! What a request brings besides its cookie: the fields of a form, a name in its address; and the pages that say why it cannot be read.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use sarcoguide_text::t;

use crate::pages::problem;
use crate::site::Site;

/// The fields of a form, or why it cannot be read.
pub(crate) type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The fields of a form, or the page that says why it cannot be read.
pub(crate) fn fields(site: &Site, fields: Fields) -> Result<Vec<(String, String)>, Box<Response>> {
    match fields {
        Ok(Form(fields)) => Ok(fields),
        Err(error) => {
            let message = t!(site.edition().text, problem_form);
            Err(Box::new(problem(site, error.status(), &message).into_response()))
        }
    }
}

/// The first value of a field.
pub(crate) fn field<'a>(form: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    form.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// The name in an address, for instance of a treatment. What is no name leads to the page that says so.
pub(crate) struct Name(pub String);

impl FromRequestParts<Site> for Name {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        Path::from_request_parts(parts, site).await.map(|Path(name)| Self(name)).map_err(|_| unknown(site))
    }
}

/// An address that a form names, if it leads to a page of this site and to no other.
pub(crate) fn local(to: &str) -> Option<&str> {
    let is_local = to.starts_with('/') && !to.starts_with("//");
    (is_local && to.chars().all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c))).then_some(to)
}

/// There is no such thing in the guide.
pub(crate) fn unknown(site: &Site) -> Response {
    problem(site, StatusCode::NOT_FOUND, &t!(site.edition().text, problem_no_page)).into_response()
}
