//! "I have this symptom while on this treatment": nothing of it is kept anywhere.

use axum::response::{IntoResponse, Response};
use sarcoguide_model::TreatmentId;
use sarcoguide_report::symptom::document;

use crate::html::escaped;
use crate::routes::{Fields, fields};
use crate::visit::Visit;

fn form(visit: &Visit, treatment: Option<TreatmentId>, symptom: &str) -> String {
    let guide = visit.guide();
    let mut options = String::new();
    for (kind, modality) in guide.modalities.iter().enumerate() {
        let here =
            guide.treatments.iter().enumerate().filter(|(_, entry)| entry.modality.index() == kind && !entry.effects.is_empty());
        let here: String = here
            .map(|(place, entry)| {
                let selected = if treatment == Some(TreatmentId::new(place)) { " selected" } else { "" };
                format!("<option value=\"{}\"{selected}>{}</option>", entry.id, escaped(&entry.name))
            })
            .collect();
        if !here.is_empty() {
            options.push_str(&format!("<optgroup label=\"{}\">{here}</optgroup>", escaped(&modality.name)));
        }
    }
    format!(
        "<form method=\"post\" action=\"/symptom\" autocomplete=\"off\"><p><label for=\"treatment\">The treatment that you are on, or had</label><br>\
         <select id=\"treatment\" name=\"treatment\"><option value=\"\">I am not sure, or several</option>{options}</select></p>\
         <p><label for=\"symptom\">What you notice, in a few words</label><br>\
         <input id=\"symptom\" name=\"symptom\" type=\"text\" maxlength=\"200\" autocomplete=\"off\" value=\"{}\"></p><p><button>What to do</button></p></form>",
        escaped(symptom)
    )
}

/// What is said before anything is asked.
fn emergencies(visit: &Visit) -> String {
    let Some(check) = &visit.guide().symptom_check else { return String::new() };
    let signs: String = check.signs.iter().map(|sign| format!("<li>{}</li>", escaped(&sign.statement.text))).collect();
    let words = check.urgencies.iter().min_by_key(|words| words.urgency);
    let name = words.map_or("", |words| words.name.as_str());
    format!(
        "<section class=\"error\" aria-labelledby=\"at-once\"><h2 id=\"at-once\">{}</h2><ul>{signs}</ul></section>",
        escaped(name)
    )
}

pub(crate) async fn ask(visit: Visit) -> Response {
    let out = format!(
        "<h1>I have a symptom</h1>{}<h2>Something else</h2>{}<p><a href=\"/guide/effects\">All side effects by the part of the body</a></p>",
        emergencies(&visit),
        form(&visit, None, "")
    );
    visit.page("Symptoms", out).into_response()
}

pub(crate) async fn answered(visit: Visit, sent: Fields) -> Response {
    let sent = match fields(sent) {
        Ok(sent) => sent,
        Err(page) => return *page,
    };
    let field = |wanted: &str| sent.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.trim());
    let symptom: String = field("symptom").chars().take(200).collect();
    let treatment = visit.guide().treatment(field("treatment"));
    if symptom.is_empty() {
        let out = format!(
            "<h1>I have a symptom</h1><p class=\"error\" role=\"alert\"><a href=\"#symptom\">Write in a few words what you notice.</a></p>{}{}",
            emergencies(&visit),
            form(&visit, treatment, "")
        );
        return visit
            .page("Please look at this again: symptoms", out)
            .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response();
    }
    let mut writer = visit.writer();
    writer.html(&format!("<h1>What to do: {}</h1>", escaped(&symptom)));
    writer.document(&document(visit.guide(), treatment, &symptom));
    writer.html(&format!("<h2 id=\"ask-again\">Ask again</h2>{}", form(&visit, treatment, &symptom)));
    visit.page("What to do", writer.finish()).into_response()
}
