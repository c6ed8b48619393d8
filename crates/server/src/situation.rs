//! The interview: which questions come next, and the pages that ask them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sarcoguide_advise::{FactSet, Questions};
use sarcoguide_model::{Advice, Contradiction, FactId, FactList, QuestionPage, Truth};
use sarcoguide_text::{Text, t};
use sarcoguide_views::fit::Fit;
use sarcoguide_views::{Edition, doubts, listed, scope, words};

use crate::doubt;
use crate::form::{Fields, Name, fields, unknown};
use crate::html::{Writer, to_question_page};
use crate::list::{self, Sent, Step};
use crate::pages::problem;
use crate::progress::steps;
use crate::question::{Blank, Form, Refused, store_answers};
use crate::sealed::Session;
use crate::site::Site;
use crate::visit::Visit;

/// The maximum number of questions on a page.
const ON_A_PAGE: usize = 4;
/// The maximum number of facts that the last page suggests finding out.
const MAX_AWAITED: usize = 10;
/// The number of answers after which the options are offered.
const OFFERED_AFTER: usize = 2;

/// The questions to ask next.
#[derive(Debug)]
struct Next {
    /// The facts that the next page asks for: one, those that are asked together with it, or the first of a list. Empty if there is nothing more to ask.
    facts: Vec<FactId>,
    /// All questions that could be asked now, and the facts that are still open.
    questions: Questions,
}

/// Returns the next page of questions.
fn next(visit: &Visit, advice: &Advice) -> Result<Next, Contradiction> {
    let (guide, advisor) = (visit.guide(), &visit.site.services.advisor);
    let questions = advisor.interview_questions(&visit.session.case, visit.session.asked())?;
    let Some(fact) = advisor.next_in_interview(&questions, advice) else { return Ok(Next { facts: Vec::new(), questions }) };
    let facts = match guide.guide.interview.group_of(fact) {
        Some(group) => group.facts.iter().copied().filter(|fact| questions.ask.contains(*fact)).take(ON_A_PAGE).collect(),
        // A list is a question with a page of its own.
        None => vec![guide.guide.question_of(fact)],
    };
    Ok(Next { facts, questions })
}

/// The address of the interview.
const SITUATION: &str = "/situation";

/// Links to the pages on which these questions can be answered together with others.
fn page_links(guide: Edition<'_>, facts: &[FactId]) -> Markup {
    let pages = guide.guide.interview.pages.iter().filter(|page| page.facts.iter().any(|fact| facts.contains(fact)));
    html! { @for page in pages { (to_question_page(page)) " " } }
}

/// The links next to the button of a form. The options are offered once there are a few answers.
fn links(visit: &Visit, facts: &[FactId]) -> Markup {
    let guide = visit.guide();
    let asked = visit.session.asked().iter().map(|fact| guide.guide.question_of(fact)).collect::<FactSet>();
    html! {
        @if asked.len() >= OFFERED_AFTER { a href="/options" { (t!(guide.text, situation_options_so_far)) } " " }
        (page_links(guide, facts))
    }
}

/// Redirects to the next page of questions.
pub(crate) async fn go_on(visit: Visit) -> Response {
    Redirect::to(&address(visit.session.trail.len() + 1)).into_response()
}

/// The URL of a page of questions. It contains the page's number and nothing about the answers.
fn address(page: usize) -> String {
    format!("{SITUATION}/{page}")
}

/// Parses the page number in a URL. Only the pages answered so far and the next one are valid.
fn page_of(visit: &Visit, page: &str) -> Option<usize> {
    page.parse().ok().filter(|page| (1..=visit.session.trail.len() + 1).contains(page))
}

fn back(text: &Text, page: usize) -> Markup {
    html! { @if page > 1 { a href=(address(page - 1)) { (t!(text, situation_back)) } " " } }
}

/// What is above the questions of a page of the interview.
fn above(visit: &Visit, page: usize, facts: &[FactId]) -> Markup {
    html! {
        @if page > 1 { p.back { (back(visit.guide().text, page)) } }
        (steps(visit, page, facts))
    }
}

/// The heading of a page with several questions. `None` if the only question is the heading.
fn heading<'g>(guide: Edition<'g>, facts: &[FactId]) -> Option<(&'g str, Option<&'g str>)> {
    let [first, _, ..] = facts else { return None };
    let interview = &guide.guide.interview;
    let part = || interview.parts.iter().find(|part| part.facts.contains(first)).map(|part| &part.title);
    let title = interview.group_of(*first).map(|group| &group.title).or_else(part);
    Some((title.map_or("", String::as_str), None))
}

/// The first question of a page. It is used in the page's title, so that no two pages have the same title.
fn first_question<'g>(guide: Edition<'g>, facts: &[FactId]) -> &'g str {
    facts.first().map_or("", |fact| guide.guide[*fact].question.as_str())
}

fn title(guide: Edition<'_>, facts: &[FactId]) -> String {
    t!(guide.text, situation_title, question = first_question(guide, facts))
}

pub(crate) async fn ask(visit: Visit, Name(page): Name) -> Response {
    let Some(page) = page_of(&visit, &page) else { return go_on(visit).await };
    let advice = match visit.advised() {
        Ok(advice) => advice,
        Err(page) => return *page,
    };
    let found = match next(&visit, &advice) {
        Ok(next) => next,
        Err(contradiction) => return visit.contradicted(&contradiction),
    };
    let guide = visit.guide();
    let facts = visit.session.trail.get(page - 1).unwrap_or(&found.facts);
    // If answers are doubtful, ask about them first. If the guide doesn't cover the case, ask nothing more. The person can still go back to the pages they have answered.
    if page > visit.session.trail.len() {
        if doubt::next(&visit.session, &advice).is_some() {
            return Redirect::to("/doubt").into_response();
        }
        if advice.scope.covered.is_false() {
            return not_covered(&visit, &advice, page);
        }
    }
    if facts.is_empty() {
        return finished(&visit, &found.questions, &advice, page);
    }
    let above = above(&visit, page, facts);
    let links = links(&visit, facts);
    if let Some(list) = list_of(guide, facts) {
        return list_page(&visit, list, &Step::List, &address(page), &above, &links);
    }
    let form = Form {
        facts,
        refused: &[],
        action: &address(page),
        blank: Blank::Unknown,
        saved: None,
        heading: heading(guide, facts),
        above: &above,
        links: &links,
    };
    visit.page(title(guide, facts), form.render(guide, &visit.session)).into_response()
}

/// The list that a page asks about, if it asks about one.
fn list_of<'g>(guide: Edition<'g>, facts: &[FactId]) -> Option<&'g FactList> {
    facts.first().and_then(|fact| guide.guide.list_of(*fact))
}

fn list_page(visit: &Visit, list: &FactList, step: &Step, action: &str, above: &Markup, links: &Markup) -> Response {
    let is_refused = matches!(step, Step::Entry { is_refused: true, .. });
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = list::page(visit, list, step, action, above, links);
    visit.page(list::title(visit.guide(), list, step), body).status(status).into_response()
}

/// Applies a form about a list. `action` is the page that it was sent from, and `to` the one that follows once the question is answered.
fn list_sent(mut visit: Visit, list: &FactList, fields: &[(String, String)], action: &str, to: &str) -> Response {
    let site = visit.site.clone();
    match list::apply(site.edition(), list, &mut visit.session, fields) {
        Sent::Show(step) => {
            let facts = list.facts.get(..1).unwrap_or_default();
            let page = action.strip_prefix(SITUATION).and_then(|page| page_of(&visit, page.trim_start_matches('/')));
            let above = page.map_or_else(|| html! {}, |page| above(&visit, page, facts));
            list_page(&visit, list, &step, action, &above, &links(&visit, facts))
        }
        Sent::Changed => visit.save_and_redirect(action),
        Sent::Answered => save_and_go_on(&visit, to),
    }
}

/// The page that ends the interview because the guide doesn't cover the case. It says where to look instead, and has links to the answers that put
/// the case out of scope, in case one of them is a mistake.
fn not_covered(visit: &Visit, advice: &Advice, page: usize) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(&html! { h1 { (t!(visit.guide().text, scope_not_covered)) } });
    writer.document(&scope::not_covered(guide, visit.answered(advice)));
    writer.document(&doubts::section(guide, &visit.session.case, advice));
    writer.html(&html! {
        p { (t!(text, situation_ended)) }
        div.row {
            a.button href="/options" { (t!(text, situation_care)) } " "
            (back(text, page))
            @for fact in &advice.scope.reason {
                @let fact = &guide[*fact];
                a href={ "/question/" (fact.id) } { (t!(text, situation_change, fact = &fact.name)) } " "
            }
            a href="/review" { (t!(text, frame_my_answers)) }
        }
    });
    visit.page(t!(visit.guide().text, scope_not_covered), writer.finish()).into_response()
}

/// The page that ends the interview because there is nothing more to ask now. It leads to the options and lists facts that are worth
/// finding out.
fn finished(visit: &Visit, questions: &Questions, advice: &Advice, page: usize) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let (known, unknown, more) = visit.session.counts(*guide, questions);
    let (title, heading, note) = if more == 0 {
        (t!(text, situation_all_title), t!(text, situation_all_heading), t!(text, situation_all))
    } else {
        let note = t!(text, situation_enough, known = known, unknown = unknown, more = more);
        (t!(text, situation_enough_title), t!(text, situation_enough_heading), note)
    };
    let awaited = guide.interview.parts.iter().flat_map(|part| &part.facts).filter(|fact| questions.awaited.contains(**fact));
    let awaited: Vec<FactId> = listed::questions(guide, awaited.copied()).into_iter().take(MAX_AWAITED).collect();
    let above = html! {
        h1 { (heading) }
        p { (note) }
        div.row {
            a.button href="/options" { (t!(text, frame_my_options)) } " "
            (back(text, page))
            a href="/review" { (t!(text, situation_answers_and_questions)) } " "
            @for page in &guide.interview.pages { (to_question_page(page)) " " }
        }
    };
    let below = html! {
        (to_answer(guide, &t!(text, situation_awaited_heading), &t!(text, situation_awaited), &awaited))
        (to_answer(guide, &t!(text, situation_cautions_heading), &t!(text, situation_cautions), &cautions(visit, advice)))
    };
    visit.page(title, doubt::between(visit, Some(advice), &above, &below)).into_response()
}

/// A list of facts with links to their questions. Empty if there are no facts.
fn to_answer(guide: Edition<'_>, heading: &str, why: &str, facts: &[FactId]) -> Markup {
    html! {
        @if !facts.is_empty() {
            h2 { (heading) }
            p { (why) }
            ul {
                @for fact in facts {
                    @let entry = &guide[*fact];
                    li {
                        a href={ "/question/" (listed::question_id(guide, *fact)) } { (listed::question(guide, *fact)) }
                        @if let Some(place) = &entry.where_to_find { br; small { (place) } }
                    }
                }
            }
        }
    }
}

/// The open facts that decide whether a precaution of a fitting treatment applies, except those that the person said they don't know.
fn cautions(visit: &Visit, advice: &Advice) -> Vec<FactId> {
    let (guide, case) = (visit.guide(), &visit.session.case);
    let mut facts = Vec::new();
    for entry in advice.treatments.iter().filter(|entry| Fit::of(guide, entry).fits()) {
        let precautions = guide[entry.treatment].precautions.iter().zip(&entry.precautions);
        for (precaution, _) in precautions.filter(|(_, truth)| **truth == Truth::Unknown) {
            let open = words::open_facts(guide, case, &advice.implied, std::iter::once(&precaution.rule.when));
            facts.extend(open.into_iter().filter_map(|(_, fact)| fact).filter(|fact| !visit.session.is_unknown(*guide, *fact)));
        }
    }
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// The facts that a submitted form asked about, without duplicates. A form with more questions than a page can have isn't from this site and is
/// refused.
fn asked(site: &Site, fields: &[(String, String)]) -> Result<Vec<FactId>, Box<Response>> {
    let guide = site.edition();
    let mut facts = Vec::new();
    for fact in fields.iter().filter(|(name, _)| name == "asked").filter_map(|(_, id)| guide.fact(id)) {
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    if facts.len() > ON_A_PAGE {
        let message = t!(guide.text, problem_form_asks);
        return Err(Box::new(problem(site, StatusCode::BAD_REQUEST, &message).into_response()));
    }
    Ok(facts)
}

pub(crate) async fn answered(mut visit: Visit, Name(page): Name, form: Fields) -> Response {
    let fields = match fields(&visit.site, form) {
        Ok(fields) => fields,
        Err(page) => return *page,
    };
    // If the person went back to an earlier page, forget the pages after it. Their answers stay, but the next pages may ask other questions.
    let page = page_of(&visit, &page).unwrap_or(visit.session.trail.len() + 1);
    visit.session.trail.truncate(page - 1);
    let site = visit.site.clone();
    if let Some(list) = list::asked(site.edition(), &fields) {
        // The page counts as answered from the first entry on, so that it stays until the person says that the list is done.
        visit.session.trail.extend(list.facts.first().map(|fact| vec![*fact]));
        return list_sent(visit, list, &fields, &address(page), &address(page + 1));
    }
    let asked = match asked(&visit.site, &fields) {
        Ok(asked) => asked,
        Err(page) => return *page,
    };
    if !asked.is_empty() {
        visit.session.trail.push(asked.clone());
    }
    let to = address(visit.session.trail.len() + 1);
    store_or_ask_again(visit, &asked, &fields, &address(page), &to)
}

/// Saves the session and redirects to `to`. If the answers contradict each other or are doubtful, says so right away.
fn save_and_go_on(visit: &Visit, to: &str) -> Response {
    let to = match visit.site.services.advisor.advise(&visit.session.case) {
        Err(_) => "/situation",
        Ok(advice) if doubt::next(&visit.session, &advice).is_some() => "/doubt",
        Ok(_) => to,
    };
    visit.save_and_redirect(to)
}

/// Stores the answers and redirects to `to`. If an answer is refused, shows the form again instead.
fn store_or_ask_again(mut visit: Visit, facts: &[FactId], fields: &[(String, String)], action: &str, to: &str) -> Response {
    let site = visit.site.clone();
    let guide = site.edition();
    let refused = store_answers(guide, &mut visit.session, facts, fields, Blank::Unknown);
    if refused.is_empty() {
        return save_and_go_on(&visit, to);
    }
    let page = action.strip_prefix(SITUATION).map(|_| visit.session.trail.len().max(1));
    let above = page.map_or_else(|| html! {}, |page| above(&visit, page, facts));
    let links = links(&visit, facts);
    let form = Form {
        facts,
        refused: &refused,
        action,
        blank: Blank::Unknown,
        saved: None,
        heading: heading(guide, facts),
        above: &above,
        links: &links,
    };
    let title = t!(guide.text, situation_title_again, question = first_question(guide, facts));
    let body = form.render(guide, &visit.session);
    visit.page(title, body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// Returns the list with this ID, or the list of the fact with this ID.
fn list_named<'g>(guide: Edition<'g>, id: &str) -> Option<&'g FactList> {
    let guide = guide.guide;
    let of_fact = || guide.list_of(guide.fact(id)?);
    guide.fact_lists.iter().find(|list| list.id == id).or_else(of_fact)
}

/// Returns the page of questions with this ID.
fn page_named<'g>(guide: Edition<'g>, id: &str) -> Option<&'g QuestionPage> {
    guide.guide.interview.pages.iter().find(|page| page.id == id)
}

/// A page on which several questions can be answered at once. What is left open there stays open. `saved` is the session without the answers that
/// were sent with those that were `refused`.
fn question_page(visit: &Visit, page: &QuestionPage, refused: &[Refused], saved: &Session) -> Response {
    let guide = visit.guide();
    let links = html! { a href="/review" { (t!(guide.text, situation_back_to_answers)) } };
    let action = format!("/question/{}", page.id);
    let form = Form {
        facts: &page.facts,
        refused,
        action: &action,
        blank: Blank::Open,
        saved: Some(saved),
        heading: Some((&page.title, Some(&page.text))),
        above: &html! {},
        links: &links,
    };
    let body = form.render(guide, &visit.session);
    if refused.is_empty() {
        return visit.page(page.title.clone(), body).into_response();
    }
    let title = t!(guide.text, situation_page_again, title = &page.title);
    visit.page(title, body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

pub(crate) async fn ask_again(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    let back = html! { a href="/review" { (t!(guide.text, situation_back_to_answers)) } };
    if let Some(list) = list_named(guide, &id) {
        return list_page(&visit, list, &Step::List, &format!("/question/{}", list.id), &html! {}, &back);
    }
    if let Some(page) = page_named(guide, &id) {
        return question_page(&visit, page, &[], &visit.session);
    }
    let Some(fact) = guide.fact(&id) else { return unknown(&visit.site) };
    let links = html! { (page_links(guide, &[fact])) (back) };
    let form = Form {
        facts: &[fact],
        refused: &[],
        action: &format!("/question/{id}"),
        blank: Blank::Unknown,
        saved: None,
        heading: None,
        above: &html! {},
        links: &links,
    };
    visit.page(title(guide, &[fact]), form.render(guide, &visit.session)).into_response()
}

pub(crate) async fn answered_again(mut visit: Visit, Name(id): Name, form: Fields) -> Response {
    let site = visit.site.clone();
    if let Some(list) = list_named(site.edition(), &id) {
        return match fields(&visit.site, form) {
            Ok(fields) => list_sent(visit, list, &fields, &format!("/question/{}", list.id), "/review"),
            Err(page) => *page,
        };
    }
    if let Some(page) = page_named(site.edition(), &id) {
        let fields = match fields(&site, form) {
            Ok(fields) => fields,
            Err(page) => return *page,
        };
        let saved = visit.session.clone();
        let refused = store_answers(site.edition(), &mut visit.session, &page.facts, &fields, Blank::Open);
        return if refused.is_empty() {
            save_and_go_on(&visit, SITUATION)
        } else {
            question_page(&visit, page, &refused, &saved)
        };
    }
    if visit.guide().fact(&id).is_none() {
        return unknown(&visit.site);
    }
    let read = fields(&visit.site, form).and_then(|fields| Ok((asked(&visit.site, &fields)?, fields)));
    match read {
        Ok((asked, fields)) => store_or_ask_again(visit, &asked, &fields, &format!("/question/{id}"), "/review"),
        Err(page) => *page,
    }
}
