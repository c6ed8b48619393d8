//! The pages for the options of a case, for a single treatment, and for comparing treatments.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use sarcoguide_document::{Block, Document, Section};
use sarcoguide_model::{Advice, Treatment, TreatmentId};
use sarcoguide_text::{Text, t};
use sarcoguide_views::Edition;
use sarcoguide_views::answer;
use sarcoguide_views::derivation::derivation;
use sarcoguide_views::treatment::compare;
use sarcoguide_views::words::capital;

use crate::doubt;
use crate::form::{Fields, Name, fields, unknown};
use crate::html::{Writer, back_to_options, day_field};
use crate::pages::busy;
use crate::visit::Visit;

/// The maximum number of treatments on one comparison page.
const MAX_COMPARED: usize = 3;

/// Links to download the summary, the options and the case.
fn downloads(text: &Text) -> Markup {
    html! {
        section.take aria-labelledby="take-along" {
            h2 id="take-along" { (t!(text, options_page_take_along)) }
            p { (t!(text, options_page_take_along_for)) }
            div.row {
                a.button.plain href="/take/summary.pdf" { (t!(text, options_page_summary)) } " "
                a href="/take/options.md" { (t!(text, options_page_markdown)) } " "
                a href="/take/options.json" { (t!(text, options_page_json)) } " "
                a href="/take/case.json" { (t!(text, frame_save_answers)) }
            }
        }
    }
}

/// The form that submits the options ticked for comparison. Its checkboxes are next to the options.
fn compare_form(text: &Text) -> Markup {
    html! {
        section.comparing aria-labelledby="compare-options" {
            h2 id="compare-options" { (t!(text, options_page_compare)) }
            form id="compare" method="post" action="/compare" autocomplete="off" {
                p { (t!(text, options_page_compare_how)) }
                p { button { (t!(text, options_page_compare_button)) } }
            }
        }
    }
}

pub(crate) async fn options(visit: Visit) -> Response {
    let site = visit.site.clone();
    site.services.pages.run(move || options_of(&visit)).await.unwrap_or_else(|| busy(&site))
}

fn options_of(visit: &Visit) -> Response {
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let guide = visit.guide();
    let text = guide.text;
    let context = visit.context().choosing(&visit.session.compared);
    let mut writer = Writer::new(&context).with_contents();
    writer.html(&html! {
        div.row.beside {
            a href="/review" { (t!(text, frame_my_answers)) } " "
            a href="/situation" { (t!(text, options_page_answer_more)) } " "
            a href="/matters" { (t!(text, options_page_preferences)) } " "
            a href="/timeline" { (t!(text, options_page_plan)) } " "
            a href="#take-along" { (t!(text, options_page_take_along)) }
        }
    });
    let document = answer::options(guide, visit.answered(&advice));
    writer.document(&document);
    if visit.session.team {
        writer.document(&derivation(guide, &visit.session.case, &advice));
    }
    // A comparison needs at least two options. If the guide doesn't cover the case, there are none.
    if choices(&document) > 1 {
        writer.html(&compare_form(text));
    }
    writer.html(&downloads(text));
    visit.page_with_review(t!(text, frame_my_options), writer.finish()).into_response()
}

/// The number of options in a document that can be ticked for comparison.
fn choices(document: &Document) -> usize {
    let option = |block: &&Block| matches!(block, Block::Heading { section: Section::Treatment(_), .. });
    document.blocks.iter().filter(option).count()
}

pub(crate) async fn treatment(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    let Some(index) = guide.treatment(&id) else { return unknown(&visit.site) };
    let document = match visit.treatment(index) {
        Ok(document) => document,
        Err(page) => return *page,
    };
    let treatment = &guide[index];
    let context = visit.context();
    let mut writer = Writer::new(&context).with_contents();
    writer.document(&document);
    if !treatment.is_withdrawn() && treatment.index_date.is_some() {
        writer.html(&calendar_form(guide, treatment));
    }
    if visit.has_a_case() {
        writer.html(&back_to_options(guide.text));
    }
    visit.page_with_review(treatment.name.clone(), writer.finish()).into_response()
}

/// Asks for the dates that a treatment's schedule counts from. Only the first is required.
fn calendar_form(guide: Edition<'_>, treatment: &Treatment) -> Markup {
    let text = guide.text;
    let days = sarcoguide_views::calendar::days_to_ask(guide, treatment);
    let label = |index: usize, name: &str| match index {
        0 => capital(name),
        _ => t!(text, options_page_calendar_optional, day = capital(name)),
    };
    html! {
        section.take aria-labelledby="calendar" {
            h2 id="calendar" { (t!(text, options_page_calendar)) }
            p { (t!(text, options_page_calendar_how, day = &days[0])) }
            form method="post" action={ "/take/calendar/" (treatment.id) } autocomplete="off" {
                @for (index, name) in days.iter().enumerate() {
                    @let id = day_field(index);
                    p {
                        label for=(id) { (label(index, name)) } br;
                        input id=(id) name=(id) type="date" required[index == 0];
                    }
                }
                p { button { (t!(text, options_page_calendar_button)) } }
            }
        }
    }
}

/// Stores the treatments chosen for comparison. If too few or too many are chosen, shows the form again with an error.
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
    if !(2..=MAX_COMPARED).contains(&chosen.len()) {
        let text = visit.guide().text;
        let above = html! {
            h1 { (t!(text, options_page_compare)) }
            p.error role="alert" { (t!(text, options_page_compare_count, count = chosen.len())) }
        };
        let body = doubt::between(&visit, advised(&visit).as_ref(), &above, &chooser(&visit, &chosen));
        let page = visit.page(t!(text, options_page_compare_again), body);
        return page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response();
    }
    visit.session.compare(chosen);
    visit.save_and_redirect("/compare")
}

/// The advice for the case, or `None` if there is no case or its answers contradict each other.
fn advised(visit: &Visit) -> Option<Advice> {
    visit.has_a_case().then(|| visit.advised().ok()).flatten()
}

/// A form to choose the treatments to compare, from all treatments in the guide.
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

pub(crate) async fn compared(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    if visit.session.compared.is_empty() {
        let above = html! { h1 { (t!(text, options_page_compare)) } };
        let below = html! { p { (t!(text, options_page_compare_choose)) } (chooser(&visit, &[])) };
        let body = doubt::between(&visit, advised(&visit).as_ref(), &above, &below);
        return visit.page(t!(text, options_page_compare), body).into_response();
    }
    let advice = match visit.has_a_case().then(|| visit.advised()).transpose() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let answered = advice.as_ref().map(|advice| visit.answered(advice));
    let context = visit.context();
    let mut writer = Writer::new(&context).with_contents();
    // The writer later inserts the table of contents below the document's title, so the document can't be rendered first and then
    // wrapped in this `div`. The tags of the `div` are written separately.
    writer.html(&PreEscaped("<div class=\"comparison\">".to_owned()));
    writer.document(&compare(guide, &visit.session.compared, answered));
    writer.html(&PreEscaped("</div>".to_owned()));
    writer.html(&html! {
        details {
            summary { h2 id="others" { (t!(text, options_page_compare_others)) } }
            (chooser(&visit, &visit.session.compared))
        }
        (back_to_options(text))
    });
    visit.page(t!(text, options_page_compare), writer.finish()).into_response()
}
