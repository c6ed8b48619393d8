//! The exercise about what matters to a person. Its answers stand beside the options and change none.

use axum::response::{IntoResponse, Response};
use sarcoguide_model::{FactValue, WeighedValue};
use sarcoguide_views::words;

use crate::html::escaped;
use crate::routes::{Fields, fields};
use crate::visit::{Visit, unknown};

pub(crate) async fn ask(visit: Visit) -> Response {
    let Some(exercise) = &visit.guide().exercise else { return unknown() };
    let mut out = format!(
        "<h1>What matters to me</h1><p>{}</p><form method=\"post\" action=\"/matters\" autocomplete=\"off\">",
        escaped(&exercise.statement.text)
    );
    for (value, entry) in exercise.values.iter().enumerate() {
        let id = &entry.id;
        out.push_str(&format!(
            "<fieldset><legend>{}</legend><p class=\"help\">{}</p>",
            escaped(&entry.question),
            escaped(&entry.statement.text)
        ));
        // What was said to a question close to this one is told; it weighs nothing by itself.
        if let Some(fact) = entry.fact.filter(|fact| visit.session.case.get(*fact) != FactValue::Unknown) {
            let asked = &visit.guide()[fact];
            out.push_str(&format!(
                "<p>You have said: {} <a href=\"/question/{}\">Change<span class=\"unseen\">: {}</span></a></p>",
                escaped(&words::stated(visit.guide(), &visit.session.case, fact)),
                asked.id,
                escaped(&asked.name)
            ));
        }
        for (weight, answer) in exercise.weights.iter().enumerate() {
            let checked = if visit.session.preferences.contains(&WeighedValue { value, weight }) { " checked" } else { "" };
            out.push_str(&format!(
                "<div><label class=\"choice\"><input type=\"radio\" name=\"{id}\" value=\"{}\"{checked}><span>{}</span></label></div>",
                answer.id,
                escaped(&answer.name)
            ));
        }
        out.push_str("</fieldset>");
    }
    out.push_str(
        "<div class=\"row\"><button>Keep and show beside my options</button> <a href=\"/options\">My options</a></div></form>",
    );
    visit.page("What matters to me", out).into_response()
}

pub(crate) async fn answered(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let Some(exercise) = &visit.guide().exercise else { return unknown() };
    let answer = |(name, answer_id): &(String, String)| {
        let value = exercise.values.iter().position(|value| value.id == *name)?;
        let weight = exercise.weights.iter().position(|weight| weight.id == *answer_id)?;
        Some(WeighedValue { value, weight })
    };
    let mut values: Vec<WeighedValue> = form.iter().filter_map(answer).collect();
    values.sort_by_key(|weighed| weighed.value);
    values.dedup_by_key(|weighed| weighed.value);
    visit.session.preferences = values;
    visit.onward("/options")
}
