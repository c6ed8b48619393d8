//! The page where a person reviews and changes their answers, and finds all unanswered questions.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_advise::Questions;
use sarcoguide_model::FactId;
use sarcoguide_text::t;
use sarcoguide_views::listed::StatedLine;
use sarcoguide_views::{Edition, doubts, listed, scope};

use crate::html::{Writer, line, to_question, to_question_page};
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
            let facts = listed::questions(guide, facts.iter().copied());
            html! { h3 { (title) } ul { @for fact in facts { (unanswered(guide, fact, questions.as_ref())) } } }
        })
    };
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(&html! { h1 { (t!(text, frame_my_answers)) } });
    // If the guide doesn't cover the case, say so first.
    if let Ok(advice) = visit.site.services.advisor.advise(&session.case) {
        if advice.scope.covered.is_false() {
            writer.html(&html! { h2 { (t!(visit.guide().text, scope_not_covered)) } });
            writer.document(&scope::not_covered(guide, visit.answered(&advice)));
        }
        writer.document(&doubts::section(guide, &session.case, &advice));
    }
    // A list of which anything is known is shown with the known facts, and says there that the rest isn't known.
    let started: Vec<FactId> = listed::questions(guide, session.case.stated());
    let is_started = |fact: FactId| started.contains(&guide.question_of(fact));
    let is_unknown = |fact: FactId| session.unknown.contains(&fact) && !is_started(fact);
    let is_unasked = |fact: FactId| !asked.contains(fact) && !is_started(fact);
    let count = |wanted: &dyn Fn(FactId) -> bool| {
        listed::questions(guide, (0..guide.facts.len()).map(FactId::new).filter(|fact| wanted(*fact))).len()
    };
    let (unknown, unasked) = (count(&is_unknown), count(&is_unasked));
    writer.html(&html! {
        (so_far(guide, session, questions.as_ref()))
        (by_part(guide, &|fact| session.case.stated().any(|stated| stated == fact), |title, facts| {
            html! { h2 { (title) } dl { (answered(guide, session, facts)) } }
        }))
        div.row {
            a.button href="/situation" { (t!(text, review_go_on)) } " "
            a href="/options" { (t!(text, frame_my_options)) } " "
            @for page in &guide.interview.pages { (to_question_page(page)) " " }
            a href="/take/case.json" { (t!(text, frame_save_answers)) } " "
            a href="/carry" { (t!(text, carry_title)) }
            form method="post" action="/forget" { button.plain { (t!(text, frame_forget_answers)) } }
        }
        @if unknown > 0 {
            details id="unknown" {
                summary { h2 { (t!(text, review_unknown, count = unknown)) } }
                (open(&is_unknown))
            }
        }
        @if unasked > 0 {
            details id="unasked" {
                summary { h2 { (t!(text, review_unasked, count = unasked)) } }
                (open(&is_unasked))
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
            let (known, unknown, more) = session.counts(*guide, questions);
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

/// Facts with their values, each with a link to change it. A list has one link, below its last line.
fn answered(guide: Edition<'_>, session: &Session, facts: &[FactId]) -> Markup {
    let case = &session.case;
    let mut lines = listed::stated_lines(guide, case, facts.iter().copied());
    for list in guide.fact_lists.iter().filter(|list| !list.is_complete(case)) {
        let last = lines.iter().rposition(|line| list.facts.contains(&line.fact));
        if let Some((place, fact)) = last.map(|place| (place, lines[place].fact)) {
            let value = t!(guide.text, review_others_not_known);
            lines.insert(place + 1, StatedLine { fact, name: listed::others_name(guide, list), value });
        }
    }
    let is_last = |place: usize| {
        let next = lines.get(place + 1).map(|next| guide.question_of(next.fact));
        next != Some(guide.question_of(lines[place].fact))
    };
    html! {
        @for (place, line) in lines.iter().enumerate() {
            dt { (line.name) }
            dd { (line.value) }
            @if is_last(place) { dd { (to_question(guide, line.fact, &t!(guide.text, frame_change))) } }
        }
    }
}

/// A fact or a list without a value, and whether it could change the options.
fn unanswered(guide: Edition<'_>, fact: FactId, questions: Option<&Questions>) -> Markup {
    let is_of = |open: FactId| guide.question_of(open) == fact;
    let matters = questions.is_some_and(|questions| questions.open.iter().any(is_of));
    html! {
        li {
            (listed::question_name(guide, fact))
            @if matters { " " small { (t!(guide.text, review_matters)) } } " "
            (to_question(guide, fact, &t!(guide.text, review_answer)))
        }
    }
}
