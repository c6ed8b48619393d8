//! The parts of a plan in the order of time. The person chooses them; nothing is chosen for anybody.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sarcoguide_model::Advice;
use sarcoguide_views::timeline::plan::{Choice, Step, choices, page};

use crate::html::{Raw, Writer, escaped};
use crate::routes::{Fields, fields};
use crate::visit::Visit;

/// How many parts a plan has at most.
const MAX_STEPS: usize = 12;

const TITLE: &str = "One after the other";

/// The plan, or the parts to choose from.
pub(crate) async fn plan(visit: Visit) -> Response {
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let steps = &visit.session.planned;
    if steps.is_empty() {
        let out = format!(
            "<h1>{TITLE}</h1><p>Choose the parts that your team has spoken of. You then see them in the order of time, with what each is like.</p>{}",
            chooser(&visit, &advice)
        );
        return visit.page(TITLE, out).into_response();
    }
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&page(visit.guide(), visit.answered(&advice), steps));
    writer.raw(&format!(
        "<details><summary><h2 id=\"others\">Choose other parts</h2></summary>{}</details>",
        chooser(&visit, &advice)
    ));
    writer.raw("<p><a href=\"/options\">Back to my options</a></p>");
    visit.page(TITLE, writer.finish().0).into_response()
}

/// Keeps which parts the plan has.
pub(crate) async fn choose(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let chosen = form.iter().filter(|(name, _)| name == "step").filter_map(|(_, step)| Step::named(visit.guide(), step));
    let mut chosen: Vec<Step> = chosen.collect();
    chosen.sort_unstable();
    chosen.dedup();
    let many = chosen.len();
    visit.session.planned = chosen;
    if (1..=MAX_STEPS).contains(&many) {
        return visit.onward("/timeline");
    }
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let out = format!(
        "<h1>{TITLE}</h1><p class=\"error\" role=\"alert\">Choose one to {MAX_STEPS} parts. You chose {many}.</p>{}",
        chooser(&visit, &advice)
    );
    visit.page("Please look at this again: one after the other", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// What may be chosen at each time.
fn chooser(visit: &Visit, advice: &Advice) -> String {
    let guide = visit.guide();
    let mut out = "<form method=\"post\" action=\"/timeline\" autocomplete=\"off\">".to_owned();
    for (timing, choices) in choices(guide, visit.answered(advice)) {
        let timing = &guide[timing];
        out.push_str(&format!(
            "<fieldset><legend>{}</legend><p class=\"help\">{}</p>",
            escaped(&timing.name),
            escaped(&timing.help)
        ));
        for Choice { step, fit } in choices {
            let checked = if visit.session.planned.contains(&step) { " checked" } else { "" };
            // Without a case everything is open, which needs no telling.
            let fit = if visit.has_a_case() { format!(" <small>{}</small>", escaped(&fit)) } else { String::new() };
            out.push_str(&format!(
                "<label class=\"choice\"><input type=\"checkbox\" name=\"step\" value=\"{}\"{checked}><span>{}{fit}</span></label>",
                step.name(guide),
                escaped(&guide[step.treatment].name)
            ));
        }
        out.push_str("</fieldset>");
    }
    out.push_str("<p><button>Show them one after the other</button></p></form>");
    out
}
