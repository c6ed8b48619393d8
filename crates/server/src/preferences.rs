//! The exercise in which people say what matters to them, and the summary at its end: where their options differ on it. Pages show the answers next to
//! the options, but the answers don't change the options.

use axum::response::{IntoResponse, Response};
use maud::html;
use sarcoguide_model::{FactValue, WeighedValue};
use sarcoguide_text::t;
use sarcoguide_views::values::differences;
use sarcoguide_views::words;

use crate::form::{Fields, fields, unknown};
use crate::html::{Writer, to_question};
use crate::visit::Visit;

pub(crate) async fn ask(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let Some(exercise) = &guide.guide.exercise else { return unknown(&visit.site) };
    let session = &visit.session;
    let body = html! {
        h1 { (t!(text, preferences_page_heading)) }
        p { (exercise.statement.text) }
        form method="post" action="/matters" autocomplete="off" {
            @for (value, entry) in exercise.values.iter().enumerate() {
                fieldset {
                    legend { (entry.question) }
                    p.help { (entry.statement.text) }
                    // If the person has answered a related question in the interview, show that answer. It doesn't preselect a
                    // weight: the person still says how much the value matters.
                    @if let Some(fact) = entry.fact.filter(|fact| session.case.get(*fact) != FactValue::Unknown) {
                        p {
                            (t!(text, preferences_page_said, answer = words::stated(guide, &session.case, fact))) " "
                            (to_question(guide, fact, &t!(text, frame_change)))
                        }
                    }
                    @for (weight, answer) in exercise.weights.iter().enumerate() {
                        div {
                            label.choice {
                                input type="radio" name=(entry.id) value=(answer.id)
                                    checked[session.preferences.contains(&WeighedValue { value, weight })];
                                span { (answer.name) }
                            }
                        }
                    }
                }
            }
            div.row {
                button { (t!(text, preferences_page_button)) } " "
                a href="/options" { (t!(text, frame_my_options)) }
            }
        }
    };
    visit.page(t!(text, preferences_page_heading), body).into_response()
}

pub(crate) async fn answered(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let guide = visit.guide();
    let Some(exercise) = &guide.guide.exercise else { return unknown(&visit.site) };
    let answer = |(name, answer_id): &(String, String)| {
        let value = exercise.values.iter().position(|value| value.id == *name)?;
        let weight = exercise.weights.iter().position(|weight| weight.id == *answer_id)?;
        Some(WeighedValue { value, weight })
    };
    let mut values: Vec<WeighedValue> = form.iter().filter_map(answer).collect();
    values.sort_by_key(|weighed| weighed.value);
    values.dedup_by_key(|weighed| weighed.value);
    visit.session.preferences = values;
    visit.save_and_redirect("/matters/summary")
}

/// The end of the exercise: where the options differ on what the person marked.
pub(crate) async fn summary(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    if guide.guide.exercise.is_none() {
        return unknown(&visit.site);
    }
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&differences(guide, visit.answered(&advice)));
    writer.html(&html! {
        div.row {
            a.button href="/options" { (t!(text, frame_my_options)) } " "
            a href="/compare" { (t!(text, preferences_page_compare)) } " "
            a href="/matters" { (t!(text, preferences_page_change)) }
        }
    });
    visit.page(t!(text, differences_heading), writer.finish()).into_response()
}
