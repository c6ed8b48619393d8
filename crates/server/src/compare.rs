//! The page that compares treatments, and the bar on other pages that leads to it.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_model::{Advice, TreatmentId};
use sarcoguide_text::{Text, t};
use sarcoguide_views::treatment::compare;

use crate::doubt;
use crate::form::{Fields, fields};
use crate::html::{Writer, back_to_options};
use crate::visit::Visit;

/// The maximum number of treatments on one comparison page.
const MAX_COMPARED: usize = 3;
/// The maximum number of ticked treatments that are kept, so that they fit into the cookie.
pub(crate) const MAX_TICKED: usize = 4;

/// The bar that submits the treatments ticked on a page. The checkboxes are next to the treatments and name the form `compare`; the bar comes after
/// them. The style sheet keeps it in view, hides it until something is ticked, and adds the number of ticks to the button.
pub(crate) fn bar(text: &Text) -> Markup {
    html! {
        form.compare-bar id="compare" method="post" action="/compare" autocomplete="off" {
            p { (t!(text, compare_bar_how)) }
            button { (t!(text, options_page_compare)) span.ticks {} }
        }
    }
}

/// Keeps the ticked treatments and shows the comparison. All ticks are kept, also if there are too few or too many for a comparison. If there are more
/// than the cookie can hold, shows the form again with all of them.
pub(crate) async fn choose(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let chosen = form.iter().filter(|(name, _)| name == "compare").filter_map(|(_, id)| visit.guide().treatment(id));
    let mut chosen: Vec<TreatmentId> = chosen.collect();
    // Sort by kind of treatment, in the guide's order.
    chosen.sort_by_key(|id| (visit.guide()[*id].modality, *id));
    chosen.dedup();
    if chosen.is_empty() || chosen.len() > MAX_TICKED {
        let text = visit.guide().text;
        let problem = match chosen.len() {
            0 => t!(text, options_page_compare_choose),
            count => t!(text, compare_too_many, count = count),
        };
        let problem = html! { p.error role="alert" { (problem) } };
        let page = visit.page(t!(text, options_page_compare_again), choosing(&visit, &chosen, &problem));
        return page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response();
    }
    visit.session.compare(chosen);
    visit.save_and_redirect("/compare")
}

/// The advice for the case, or `None` if there is no case or its answers contradict each other.
fn advised(visit: &Visit) -> Option<Advice> {
    visit.has_a_case().then(|| visit.advised().ok()).flatten()
}

pub(crate) async fn compared(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let chosen = visit.session.compared.as_slice();
    let (shown, others) = chosen.split_at(chosen.len().min(MAX_COMPARED));
    match shown {
        [] => {
            let how = html! { p { (t!(text, options_page_compare_choose)) } };
            return visit.page(t!(text, options_page_compare), choosing(&visit, chosen, &how)).into_response();
        }
        [one] => {
            let name = &guide[*one].name;
            let how = html! { p.notice role="status" { (t!(text, compare_one_ticked, treatment = name)) } };
            return visit.page(t!(text, options_page_compare), choosing(&visit, chosen, &how)).into_response();
        }
        _ => {}
    }
    let advice = match visit.has_a_case().then(|| visit.advised()).transpose() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let answered = advice.as_ref().map(|advice| visit.answered(advice));
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.document(&compare(guide, shown, answered));
    let left_out: Vec<&str> = others.iter().map(|id| guide[*id].name.as_str()).collect();
    writer.html(&html! {
        @if !left_out.is_empty() {
            p.notice role="status" {
                (t!(text, compare_left_out, most = MAX_COMPARED, count = chosen.len(), treatments = left_out.join("; ")))
            }
        } @else {
            (less_treatment(&visit))
        }
        details open[!left_out.is_empty()] {
            summary { h2 id="others" { (t!(text, options_page_compare_others)) } }
            (chooser(&visit, chosen))
        }
        (back_to_options(text))
    });
    visit.page(t!(text, options_page_compare), writer.finish()).into_response()
}

/// The page on which treatments are chosen, with the `chosen` ones ticked: `how` says what to do.
fn choosing(visit: &Visit, chosen: &[TreatmentId], how: &Markup) -> Markup {
    let above = html! { h1 { (t!(visit.guide().text, options_page_compare)) } };
    let below = html! { (how) (less_treatment(visit)) (chooser(visit, chosen)) };
    doubt::between(visit, advised(visit).as_ref(), &above, &below)
}

/// Buttons that add a choice of less treatment, or none, to the ticked treatments, if there is room for one more.
fn less_treatment(visit: &Visit) -> Markup {
    let guide = visit.guide();
    let chosen = &visit.session.compared;
    let choices: Vec<_> = guide
        .treatments
        .iter()
        .enumerate()
        .filter(|(index, treatment)| guide[treatment.modality].less_treatment && !chosen.contains(&TreatmentId::new(*index)))
        .map(|(_, treatment)| treatment)
        .collect();
    html! {
        @if !choices.is_empty() && (1..MAX_COMPARED).contains(&chosen.len()) {
            form.add-column method="post" action="/compare" autocomplete="off" {
                p { (t!(guide.text, compare_add)) }
                @for id in chosen { input type="hidden" name="compare" value=(guide[*id].id); }
                div.row { @for choice in choices { button.plain name="compare" value=(choice.id) { (choice.name) } " " } }
            }
        }
    }
}

/// A form to choose the treatments to compare, from all treatments in the guide. The `chosen` ones are ticked.
fn chooser(visit: &Visit, chosen: &[TreatmentId]) -> Markup {
    let guide = visit.guide();
    html! {
        form method="post" action="/compare" autocomplete="off" {
            @for (kind, modality) in guide.modalities.iter().enumerate() {
                fieldset {
                    legend { (modality.name) }
                    @for (index, treatment) in guide.treatments.iter().enumerate().filter(|(_, treatment)| treatment.modality.index() == kind) {
                        label.choice {
                            input type="checkbox" name="compare" value=(treatment.id)
                                checked[chosen.contains(&TreatmentId::new(index))];
                            span { (treatment.name) }
                        }
                    }
                }
            }
            p { button { (t!(guide.text, options_page_compare_button)) } }
        }
    }
}
