//! Reads form fields, and names in URLs, such as the ID of a treatment. If a field or name can't be read, the response is an error page.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use sarcoguide_text::t;

use crate::pages::problem;
use crate::site::Site;

/// The fields of a form, or the reason why it can't be read.
pub(crate) type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// Returns the fields of a form, or an error page if it can't be read.
pub(crate) fn fields(site: &Site, fields: Fields) -> Result<Vec<(String, String)>, Box<Response>> {
    match fields {
        Ok(Form(fields)) => Ok(fields),
        Err(error) => {
            let message = t!(site.edition().text, problem_form);
            Err(Box::new(problem(site, error.status(), &message).into_response()))
        }
    }
}

/// Returns the value of the first field with this name.
pub(crate) fn field<'a>(form: &'a [(String, String)], wanted: &str) -> Option<&'a str> {
    form.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

/// A name in a URL, such as the ID of a treatment. If it can't be decoded, the response is the error page for unknown names.
pub(crate) struct Name(pub String);

impl FromRequestParts<Site> for Name {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        Path::from_request_parts(parts, site).await.map(|Path(name)| Self(name)).map_err(|_| unknown(site))
    }
}

/// Returns `to`, the URL to open after a form was sent, if it is a plain path on this site. Returns `None` if it has a query or other special
/// characters, or could lead to another site.
pub(crate) fn local_path(to: &str) -> Option<&str> {
    let is_local = to.starts_with('/') && !to.starts_with("//");
    (is_local && to.chars().all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c))).then_some(to)
}

/// The error page for a name that isn't in the guide.
pub(crate) fn unknown(site: &Site) -> Response {
    problem(site, StatusCode::NOT_FOUND, &t!(site.edition().text, problem_no_page)).into_response()
}
