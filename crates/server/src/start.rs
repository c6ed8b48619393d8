//! The start page.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_text::{Text, t};

use crate::pages::{feeling_ill, search_form, view_switch};
use crate::visit::Visit;

pub(crate) async fn start(visit: Visit) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let is_new = visit.session.is_empty(*guide);
    let body = html! {
        h1 { (guide.interview.heading.as_ref().unwrap_or(&guide.name)) }
        @if let Some(welcome) = &guide.interview.welcome { p.lead { (welcome) } }
        ol.way {
            li { strong { (t!(text, start_way_answer)) } " " (t!(text, start_way_answer_what)) }
            li { strong { (t!(text, start_way_see)) } " " (t!(text, start_way_see_what)) }
            li { strong { (t!(text, start_way_ask)) } " " (t!(text, start_way_ask_what)) }
        }
        div.row { a.button.go href="/situation" { (if is_new { t!(text, start_ask) } else { t!(text, start_go_on) }) } }
        @if !visit.session.for_someone_else {
            form method="post" action="/asker" autocomplete="off" {
                input type="hidden" name="to" value="/situation";
                button.link name="asker" value="someone" { (t!(text, start_for_someone)) }
            }
        }
        @if is_new { (promises(text)) } @else { (earlier(text)) }
        div.doors {
            div {
                h2 { (t!(text, start_ill)) }
                p { a href=(feeling_ill(guide)) { (t!(text, start_ill_check)) } }
            }
            div {
                h2 { (t!(text, start_search)) }
                (search_form(text, ""))
            }
        }
        (fold("notice", &t!(text, start_notice), &html! {
            p { (guide.disclaimer.text) }
            p { a href="/guide/about" { (t!(text, frame_about)) } }
        }))
        (fold("kept", &t!(text, start_answers_heading), &html! { p { (t!(text, start_answers)) } }))
        (fold("saved", &t!(text, start_open_heading), &html! { (open_form(text)) p { a href="/carry" { (t!(text, start_link)) } } }))
        (fold("team", &t!(text, start_team), &html! {
            p { (t!(text, start_team_what)) }
            (view_switch(text, visit.session.team))
        }))
    };
    visit.page(guide.name.clone(), body).into_response()
}

/// What a person can rely on.
fn promises(text: &Text) -> Markup {
    html! {
        ul {
            li { (t!(text, start_soon)) }
            li { (t!(text, start_skip)) }
            li { (t!(text, start_private)) }
        }
    }
}

/// Links for a person who has already answered something.
fn earlier(text: &Text) -> Markup {
    html! {
        div.row {
            a href="/options" { (t!(text, frame_my_options)) } " "
            a href="/review" { (t!(text, start_look)) }
            form method="post" action="/forget" { button.plain { (t!(text, frame_forget_answers)) } }
        }
    }
}

/// The form that opens a saved case.
fn open_form(text: &Text) -> Markup {
    html! {
        form method="post" action="/open" autocomplete="off" enctype="multipart/form-data" {
            label for="file" { (t!(text, start_open_label)) }
            div.row {
                input id="file" name="file" type="file" accept=".json,.toml" required; " "
                button { (t!(text, start_open)) }
            }
            p.help { (t!(text, start_open_kept)) }
        }
    }
}

fn fold(id: &str, title: &str, content: &Markup) -> Markup {
    html! {
        details.fold id=(id) {
            summary { h2 { (title) } }
            div { (content) }
        }
    }
}
