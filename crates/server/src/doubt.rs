//! The page that asks about a doubt: answers that probably contain a mistake. It comes before the next question.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sarcoguide_model::{Advice, Domain, DoubtAdvice, FactValue, Interval, Reading};
use sarcoguide_text::t;
use sarcoguide_views::{doubts, listed, words};

use crate::form::{Fields, field, fields};
use crate::html::Writer;
use crate::sealed::Session;
use crate::visit::Visit;

/// The value of the form field for a person who keeps their answers.
const KEEP: &str = "keep";

/// Returns the first doubt that the person hasn't been asked about yet.
pub(crate) fn next<'a>(session: &Session, advice: &'a Advice) -> Option<&'a DoubtAdvice> {
    advice.doubts.iter().find(|entry| !session.kept.contains(entry))
}

/// Puts the doubts of the case between two parts of a page. `advice` is `None` if its facts contradict each other.
pub(crate) fn between(visit: &Visit, advice: Option<&Advice>, above: &Markup, below: &Markup) -> Markup {
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(above);
    if let Some(advice) = advice {
        writer.document(&doubts::section(visit.guide(), &visit.session.case, advice));
    }
    writer.html(below);
    writer.finish()
}

pub(crate) async fn ask(visit: Visit) -> Response {
    match visit.advised() {
        Ok(advice) => page(&visit, &advice, false),
        Err(page) => *page,
    }
}

/// Asks about the next doubt: which reading is right, which answer to change, or whether to keep all answers. Redirects to the questions if no doubt is
/// left. `unanswered` is true if the form was sent without a choice.
fn page(visit: &Visit, advice: &Advice, unanswered: bool) -> Response {
    let Some(entry) = next(&visit.session, advice) else { return Redirect::to("/situation").into_response() };
    let (guide, case) = (visit.guide(), &visit.session.case);
    let text = guide.text;
    let context = visit.context();
    let mut writer = Writer::new(&context);
    let heading = t!(text, doubts_heading, count = 1);
    writer.html(&html! { h1 { (heading) } });
    writer.document(&doubts::doubt(guide, case, entry));
    let readings = guide.doubts[entry.doubt].readings.iter().enumerate();
    let choices = readings.filter(|(_, reading)| change(visit, reading).is_some());
    writer.html(&html! {
        form method="post" action="/doubt" autocomplete="off" {
            @if unanswered { p.error role="alert" { (t!(text, doubt_choose)) } }
            fieldset {
                legend { (t!(text, doubt_which)) }
                @for (index, reading) in choices { (choice(&index.to_string(), &doubts::reading(guide, case, reading))) }
                @for fact in listed::questions(guide, entry.facts.iter().copied()) {
                    @let stated = words::stated_sentences(guide, case, entry.facts.iter().copied().filter(|one| guide.question_of(*one) == fact));
                    (choice(&guide[fact].id, &t!(text, doubt_change, stated = stated.join("; "))))
                }
                (choice(KEEP, &t!(text, doubt_keep)))
            }
            input type="hidden" name="doubt" value=(guide.doubts[entry.doubt].id);
            div.row { button { (t!(text, situation_next)) } }
        }
    });
    let page = visit.page(heading, writer.finish());
    if unanswered { page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response() } else { page.into_response() }
}

fn choice(value: &str, words: &str) -> Markup {
    html! { div { label.choice { input type="radio" name="reading" value=(value); span { (words) } } } }
}

/// Returns the value that a reading gives to a fact, if the fact can have it.
fn change(visit: &Visit, reading: &Reading) -> Option<(sarcoguide_model::FactId, FactValue)> {
    let (fact, value) = reading.change(&visit.session.case)?;
    let numbers = match value {
        FactValue::Number(number) => Interval::only(number),
        FactValue::Between(numbers) => numbers,
        FactValue::Unknown | FactValue::Value(_) => return Some((fact, value)),
    };
    let domain = &visit.site.guide()[fact].domain;
    (matches!(domain, Domain::Number { .. }) && domain.interval().covers(numbers)).then_some((fact, value))
}

pub(crate) async fn answered(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    // If the answers changed since the page was sent, the form can be about a doubt that is gone. Then show what there is to ask now.
    let of_form = |entry: &&DoubtAdvice| Some(visit.site.guide().doubts[entry.doubt].id.as_str()) == field(&form, "doubt");
    let Some(entry) = next(&visit.session, &advice).filter(of_form) else { return page(&visit, &advice, false) };
    let reading = |index: &str| visit.site.guide().doubts[entry.doubt].readings.get(index.parse::<usize>().ok()?);
    let guide = visit.guide();
    let to_change = |id: &str| guide.fact(id).filter(|fact| entry.facts.iter().any(|stated| guide.question_of(*stated) == *fact));
    if let Some(fact) = field(&form, "reading").and_then(to_change) {
        return Redirect::to(&format!("/question/{}", listed::question_id(guide, fact))).into_response();
    }
    match field(&form, "reading") {
        Some(KEEP) => visit.session.kept.push(entry.clone()),
        chosen => match chosen.and_then(reading).and_then(|reading| change(&visit, reading)) {
            Some((fact, value)) => visit.session.answer(fact, value),
            None => return page(&visit, &advice, true),
        },
    }
    visit.save_and_redirect("/doubt")
}
