//! The plan: treatments in the order in which they would happen. Only the person chooses its steps.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_model::Advice;
use sarcoguide_text::t;
use sarcoguide_views::timeline::plan::{Step, choices, page};

use crate::doubt;
use crate::form::{Fields, fields};
use crate::html::{Writer, back_to_options};
use crate::visit::Visit;

/// The maximum number of steps in a plan.
const MAX_STEPS: usize = 12;

/// The page with the plan, or with the steps to choose from if none are chosen yet.
pub(crate) async fn plan(visit: Visit) -> Response {
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let text = visit.guide().text;
    let heading = t!(text, plan_page_heading);
    let steps = &visit.session.planned;
    if steps.is_empty() {
        let below = html! { p { (t!(text, plan_page_how)) } (chooser(&visit, &advice)) };
        let body = doubt::between(&visit, Some(&advice), &html! { h1 { (heading) } }, &below);
        return visit.page(heading, body).into_response();
    }
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&page(visit.guide(), visit.answered(&advice), steps));
    writer.html(&html! {
        details {
            summary { h2 id="others" { (t!(text, plan_page_others)) } }
            (chooser(&visit, &advice))
        }
        (back_to_options(text))
    });
    visit.page(heading, writer.finish()).into_response()
}

/// Stores the steps chosen for the plan. If none or too many are chosen, shows the form again with an error.
pub(crate) async fn choose(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let chosen = form.iter().filter(|(name, _)| name == "step").filter_map(|(_, step)| Step::named(visit.guide(), step));
    let mut chosen: Vec<Step> = chosen.collect();
    chosen.sort_unstable();
    chosen.dedup();
    let count = chosen.len();
    visit.session.plan(chosen);
    if (1..=MAX_STEPS).contains(&count) {
        return visit.save_and_redirect("/timeline");
    }
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let text = visit.guide().text;
    let above = html! {
        h1 { (t!(text, plan_page_heading)) }
        p.error role="alert" { (t!(text, plan_page_count, most = MAX_STEPS, count = count)) }
    };
    let body = doubt::between(&visit, Some(&advice), &above, &chooser(&visit, &advice));
    visit.page(t!(text, plan_page_again), body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// A form for choosing the treatments at each point in the course of treatment, such as before surgery.
fn chooser(visit: &Visit, advice: &Advice) -> Markup {
    let guide = visit.guide();
    html! {
        form method="post" action="/timeline" autocomplete="off" {
            @for (timing, choices) in choices(guide, visit.answered(advice)) {
                fieldset {
                    legend { (guide[timing].name) }
                    p.help { (guide[timing].help) }
                    @for choice in choices {
                        label.choice {
                            input type="checkbox" name="step" value=(choice.step.name(guide))
                                checked[visit.session.planned.contains(&choice.step)];
                            span {
                                (guide[choice.step.treatment].name)
                                // Without a case, nearly every treatment might be an option, so the labels would say little.
                                @if visit.has_a_case() { " " small { (choice.fit) } }
                            }
                        }
                    }
                }
            }
            p { button { (t!(guide.text, plan_page_button)) } }
        }
    }
}
