//! The page where a person reviews and changes their answers, and finds all unanswered questions.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_advise::Questions;
use sarcoguide_model::FactId;
use sarcoguide_text::t;
use sarcoguide_views::{Edition, doubts, scope, words};

use crate::html::{Writer, line, to_question};
use crate::sealed::Session;
use crate::visit::Visit;

/// Lists the known facts, grouped by part of the interview. Facts that the person doesn't know, and facts that they haven't been asked about, are in
/// collapsed sections below.
pub(crate) async fn review(visit: Visit) -> Response {
    let (guide, session) = (visit.guide(), &visit.session);
    let text = guide.text;
    let asked = session.asked();
    // `None` if the answers contradict each other. They can still be reviewed and changed here.
    let questions = visit.site.services.advisor.interview_questions(&session.case, asked).ok();
    let open = |wanted: &dyn Fn(FactId) -> bool| {
        by_part(guide, wanted, |title, facts| {
            html! { h3 { (title) } ul { @for fact in facts { (unanswered(guide, *fact, questions.as_ref())) } } }
        })
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(&html! { h1 { (t!(text, frame_my_answers)) } });
    // If the guide doesn't cover the case, say so first.
    if let Ok(advice) = visit.site.services.advisor.advise(&session.case)
        && advice.scope.covered.is_false()
    {
        writer.html(&html! { h2 { (t!(visit.guide().text, scope_not_covered)) } });
        writer.document(&scope::not_covered(guide, visit.answered(&advice)));
    }
    if let Ok(advice) = visit.site.services.advisor.advise(&session.case)
        && !advice.doubts.is_empty()
    {
        writer.html(&html! { h2 { (t!(text, doubts_heading, count = advice.doubts.len())) } });
        advice.doubts.iter().for_each(|entry| writer.document(&doubts::doubt(guide, &session.case, entry)));
    }
    let (unknown, unasked) = (session.unknown.len(), guide.facts.len() - asked.len());
    writer.html(&html! {
        (so_far(guide, session, questions.as_ref()))
        (by_part(guide, &|fact| session.case.stated().any(|stated| stated == fact), |title, facts| {
            html! { h2 { (title) } dl { @for fact in facts { (answered(guide, session, *fact)) } } }
        }))
        div.row {
            a.button href="/situation" { (t!(text, review_go_on)) } " "
            a href="/options" { (t!(text, frame_my_options)) } " "
            a href="/take/case.json" { (t!(text, frame_save_answers)) }
            form method="post" action="/forget" { button.plain { (t!(text, frame_forget_answers)) } }
        }
        @if unknown > 0 {
            details id="unknown" {
                summary { h2 { (t!(text, review_unknown, count = unknown)) } }
                (open(&|fact| session.unknown.contains(&fact)))
            }
        }
        @if unasked > 0 {
            details id="unasked" {
                summary { h2 { (t!(text, review_unasked, count = unasked)) } }
                (open(&|fact| !asked.contains(fact)))
            }
        }
    });
    visit.page(t!(text, frame_my_answers), writer.finish()).into_response()
}

/// Says how many questions are answered, or that some answers contradict each other.
fn so_far(guide: Edition<'_>, session: &Session, questions: Option<&Questions>) -> Markup {
    let text = guide.text;
    let which = html! { a href="/options" { (t!(text, review_contradiction_which)) } };
    match questions {
        _ if session.asked().is_empty() => html! { p { (t!(text, review_none)) } },
        Some(questions) => {
            let (known, unknown, more) = session.counts(questions);
            html! { p { (t!(text, review_so_far, known = known, unknown = unknown, more = more)) } }
        }
        None => html! { p.error { (line!(guide, review_contradiction, which = which)) } },
    }
}

/// Shows the facts for which `wanted` is true, under the title of their part of the interview.
fn by_part(guide: Edition<'_>, wanted: &dyn Fn(FactId) -> bool, show: impl Fn(&str, &[FactId]) -> Markup) -> Markup {
    html! {
        @for part in &guide.interview.parts {
            @let facts: Vec<FactId> = part.facts.iter().copied().filter(|fact| wanted(*fact)).collect();
            @if !facts.is_empty() { (show(&part.title, &facts)) }
        }
    }
}

/// A fact with its value and a link to change it.
fn answered(guide: Edition<'_>, session: &Session, fact: FactId) -> Markup {
    html! {
        dt { (guide[fact].name) }
        dd { (words::fact_value(guide, fact, session.case.get(fact))) }
        dd { (to_question(guide, fact, &t!(guide.text, frame_change))) }
    }
}

/// A fact without a value, and whether it could change the options.
fn unanswered(guide: Edition<'_>, fact: FactId, questions: Option<&Questions>) -> Markup {
    let matters = questions.is_some_and(|questions| questions.open.contains(fact));
    html! {
        li {
            (guide[fact].name)
            @if matters { " " small { (t!(guide.text, review_matters)) } } " "
            (to_question(guide, fact, &t!(guide.text, review_answer)))
        }
    }
}
