//! The pages for the options of a case and for a single treatment.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_document::{Block, Document, Section};
use sarcoguide_model::Treatment;
use sarcoguide_text::{Text, t};
use sarcoguide_views::Edition;
use sarcoguide_views::answer;
use sarcoguide_views::derivation::derivation;
use sarcoguide_views::words::capital;

use crate::compare;
use crate::form::{Name, unknown};
use crate::html::{Writer, back_to_options, day_field};
use crate::pages::busy;
use crate::visit::Visit;

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
        writer.html(&compare::bar(text));
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
    let mut writer = Writer::new(&context);
    writer.document(&document);
    let page = html! {
        div.treatment {
            (writer.finish())
            @if !treatment.is_withdrawn() && treatment.index_date.is_some() { (calendar_form(guide, treatment)) }
            @if visit.has_a_case() { (back_to_options(guide.text)) }
        }
    };
    visit.page_with_review(treatment.name.clone(), page).into_response()
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
        details {
            summary { h2 id="calendar" { (t!(text, options_page_calendar)) } }
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
