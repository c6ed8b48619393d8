//! "I have this symptom while on this treatment": nothing of it is kept anywhere.

use std::collections::BTreeSet;

use axum::response::{IntoResponse, Response};
use sarcoguide_model::{Treatment, TreatmentId, Verdict};
use sarcoguide_report::answer::full_name;
use sarcoguide_report::symptom::{LONGEST, document, signs};

use crate::html::escaped;
use crate::routes::{Fields, fields};
use crate::visit::Visit;

/// The treatments to choose from: what the guide holds out for the case first, then all by kind.
fn choices(visit: &Visit, chosen: Option<TreatmentId>) -> String {
    let guide = visit.guide();
    let advised = if visit.has_a_case() { visit.advised().ok() } else { None };
    let fitting = advised.iter().flat_map(|advice| &advice.treatments);
    let fitting = fitting.filter(|entry| matches!(entry.verdict, Verdict::Indicated | Verdict::Possible));
    let first: BTreeSet<TreatmentId> = fitting.map(|entry| entry.treatment).collect();
    let group = |label: &str, fits: &dyn Fn(TreatmentId, &Treatment) -> bool| {
        let here = guide.treatments.iter().enumerate().map(|(place, entry)| (TreatmentId::new(place), entry));
        let here = here.filter(|(id, entry)| !entry.effects.is_empty() && fits(*id, entry));
        let option = |(id, entry): (TreatmentId, &Treatment)| {
            let selected = if chosen == Some(id) { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", entry.id, escaped(&full_name(entry)))
        };
        let here: String = here.map(option).collect();
        if here.is_empty() { here } else { format!("<optgroup label=\"{}\">{here}</optgroup>", escaped(label)) }
    };
    let mut options = group("For my answers", &|id, _| first.contains(&id));
    for (kind, modality) in guide.modalities.iter().enumerate() {
        options.push_str(&group(&modality.name, &|id, entry| entry.modality.index() == kind && !first.contains(&id)));
    }
    options
}

fn form(visit: &Visit, treatment: Option<TreatmentId>, symptom: &str) -> String {
    format!(
        "<form method=\"post\" action=\"/symptom\" autocomplete=\"off\"><p><label for=\"treatment\">The treatment that you are on, or had</label><br>\
         <select id=\"treatment\" name=\"treatment\"><option value=\"\">I am not sure, or several</option>{}</select></p>\
         <p><label for=\"symptom\">What you notice, in a few words</label><br>\
         <textarea id=\"symptom\" name=\"symptom\" rows=\"3\" cols=\"50\" autocomplete=\"off\">{}</textarea></p><p><button>What to do</button></p></form>",
        choices(visit, treatment),
        escaped(symptom)
    )
}

/// What is said before anything is asked.
fn emergencies(visit: &Visit) -> String {
    let mut writer = visit.writer();
    writer.document(&signs(visit.guide()));
    format!("<section class=\"error\" aria-label=\"Signs of an emergency\">{}</section>", writer.finish())
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
    let symptom = field("symptom");
    let treatment = visit.guide().treatment(field("treatment"));
    // What is too long is not cut: the end may say the worst.
    let problem = if symptom.is_empty() {
        Some("Write in a few words what you notice.".to_owned())
    } else if symptom.chars().count() > LONGEST {
        Some(format!("This is too long to be judged: at most {LONGEST} characters. Write in a few words what troubles you most."))
    } else {
        None
    };
    if let Some(problem) = problem {
        let out = format!(
            "<h1>I have a symptom</h1><p class=\"error\" role=\"alert\"><a href=\"#symptom\">{problem}</a></p>{}{}",
            emergencies(&visit),
            form(&visit, treatment, symptom)
        );
        return visit
            .page("Please look at this again: symptoms", out)
            .status(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response();
    }
    let mut writer = visit.writer();
    writer.html(&format!("<h1>What to do</h1><p>You wrote: {}</p>", escaped(symptom)));
    writer.document(&document(visit.checker(), treatment, symptom));
    writer.html(&format!("<h2 id=\"ask-again\">Ask again</h2>{}", form(&visit, treatment, symptom)));
    visit.page("What to do", writer.finish()).into_response()
}
