//! The pages for the options of a case and for a single treatment.

use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use sarcoguide_document::{Block, Document, Row};
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

/// Links to what a person does next: the questions for a visit, changed answers, and other pages and files.
fn next_steps(text: &Text) -> Markup {
    html! {
        div.row.next {
            a.button href="/visit" { (t!(text, options_page_visit)) } " "
            a href="/review" { (t!(text, options_page_change)) }
        }
        details.fold.more {
            summary { (t!(text, options_page_more)) }
            ul {
                li { a href="/matters" { (t!(text, options_page_preferences)) } }
                li { a href="/timeline" { (t!(text, options_page_plan)) } }
                li { a href="/take/summary.pdf" { (t!(text, options_page_summary)) } }
                li { a href="/take/options.md" { (t!(text, options_page_markdown)) } }
                li { a href="/take/options.json" { (t!(text, options_page_json)) } }
                li { a href="/take/case.json" { (t!(text, frame_save_answers)) } }
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
    let mut writer = Writer::new(&context);
    let document = answer::options(guide, visit.answered(&advice));
    // The writer renders the document into this `div`, so the tags are written separately.
    writer.html(&PreEscaped("<div class=\"options full\">".to_owned()));
    writer.document(&document);
    // A comparison needs at least two options. If the guide doesn't cover the case, there are none.
    if choices(&document) > 1 {
        writer.html(&compare::bar(text));
    }
    writer.html(&next_steps(text));
    writer.html(&PreEscaped("</div>".to_owned()));
    if visit.session.team {
        writer.document(&derivation(guide, &visit.session.case, &advice));
    }
    visit.page_with_review(t!(text, frame_my_options), writer.finish()).into_response()
}

/// The number of rows in a document that can be ticked for comparison.
fn choices(document: &Document) -> usize {
    let of_row = |row: &Row| usize::from(row.option.is_some()) + choices(&row.inside);
    document.blocks.iter().map(|block| if let Block::Row(row) = block { of_row(row) } else { 0 }).sum()
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
