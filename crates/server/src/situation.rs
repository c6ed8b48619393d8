//! The interview: which questions come next, and the pages that ask them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sarcoguide_advise::{Advisor, Questions};
use sarcoguide_case::written_interval;
use sarcoguide_model::{
    Advice, Contradiction, Decimal, Domain, Fact, FactId, FactList, FactValue, QuestionPart, ScopeKind, Truth, Value,
};
use sarcoguide_text::{Arg, Text, t};
use sarcoguide_views::fit::Fit;
use sarcoguide_views::{Edition, listed, scope, words};

use crate::doubt;
use crate::form::{Fields, Name, fields, unknown};
use crate::html::Writer;
use crate::list::{self, Sent, Step};
use crate::pages::problem;
use crate::progress::so_far;
use crate::sealed::Session;
use crate::site::Site;
use crate::visit::Visit;

/// The maximum number of questions on a page.
const ON_A_PAGE: usize = 4;
/// The maximum number of characters in a typed answer.
const MAX_TYPED_CHARS: usize = 30;
/// The maximum number of facts that the last page suggests finding out.
const MAX_AWAITED: usize = 10;
/// If a question has at most this many answers, each answer is tried to see which later questions it would make unnecessary.
const FEW_VALUES: usize = 8;
/// The maximum number of answers shown as radio buttons. A question with more answers has a drop-down list.
const MAX_CHOICES: usize = 14;

/// The questions to ask next.
#[derive(Debug)]
struct Next {
    /// A few questions from one part of the interview. Empty if there is nothing more to ask.
    facts: Vec<FactId>,
    /// All questions that could be asked now, and the facts that are still open.
    questions: Questions,
}

/// Returns the next questions: a few from the first part of the interview that has any left. In a part that the
/// guide doesn't mark with `first = true`, a question is held back while an answer to an earlier question of the part could make it unnecessary.
fn next(advisor: &Advisor, session: &Session) -> Result<Next, Contradiction> {
    let guide = advisor.guide();
    let asked = session.asked();
    let questions = advisor.interview_questions(&session.case, asked)?;
    let to_ask = |part: &QuestionPart| -> Vec<FactId> {
        part.facts.iter().copied().filter(|fact| questions.ask.contains(*fact)).collect()
    };
    let parts = guide.interview.parts.iter().map(|part| (part.first, to_ask(part)));
    let (first, here) = parts.into_iter().find(|(_, facts)| !facts.is_empty()).unwrap_or_default();
    // A list is a question with a page of its own.
    let (lists, here): (Vec<FactId>, Vec<FactId>) = here.into_iter().partition(|fact| guide.list_of(*fact).is_some());
    if let Some(list) = lists.first().filter(|_| here.is_empty()) {
        return Ok(Next { facts: vec![guide.question_of(*list)], questions });
    }
    let mut facts = here.clone();
    for (index, earlier) in here.iter().enumerate().filter(|_| !first) {
        let Domain::Values(values) = &guide[*earlier].domain else { continue };
        if values.len() > FEW_VALUES {
            continue;
        }
        for value in (0..values.len()).filter_map(|value| u8::try_from(value).ok()) {
            // Skip an answer that contradicts the case.
            let Ok(then) = advisor.interview_questions(&session.case.with(*earlier, FactValue::Value(value)), asked) else {
                continue;
            };
            facts.retain(|fact| here[..=index].contains(fact) || then.open.contains(*fact));
        }
    }
    // If only one question is held back, ask it now. A separate page for it would take people more time than a needless question.
    if facts.len() + 1 == here.len() {
        facts = here;
    }
    facts.truncate(ON_A_PAGE);
    Ok(Next { facts, questions })
}

/// An answer that was refused, and why.
#[derive(Debug)]
struct Refused {
    fact: FactId,
    typed: String,
    /// Whether "I don't know" was also ticked.
    unknown: bool,
    message: String,
}

/// The address of the interview.
const SITUATION: &str = "/situation";
const UNKNOWN: &str = "unknown";

/// Stores the answers from a form in the session, and returns those that are refused. An empty answer counts as "I don't know". A typed answer
/// counts, even if "I don't know" is still ticked from an earlier answer.
fn store_answers(guide: Edition<'_>, session: &mut Session, facts: &[FactId], fields: &[(String, String)]) -> Vec<Refused> {
    let mut refused = Vec::new();
    for fact in facts {
        let id = &guide[*fact].id;
        let values = || fields.iter().filter(|(name, _)| name == id).map(|(_, value)| value.trim());
        let is_ticked = values().any(|value| value == UNKNOWN);
        let Some(typed) = values().find(|value| !value.is_empty() && *value != UNKNOWN) else {
            session.answer(*fact, FactValue::Unknown);
            if !is_ticked {
                session.blank.push(*fact);
            }
            continue;
        };
        let unknown = is_ticked && !session.is_ticked(*fact);
        let message = if unknown {
            t!(guide.text, situation_keep_one)
        } else {
            match sarcoguide_case::parse_answer(*guide, *fact, typed) {
                Ok(known) => {
                    session.answer(*fact, known);
                    continue;
                }
                Err(error) => words::capital(&error.in_words(guide.text)),
            }
        };
        let typed = typed.chars().take(MAX_TYPED_CHARS).collect();
        refused.push(Refused { fact: *fact, typed, unknown, message });
    }
    refused
}

/// Renders a question with its answers, including "I don't know". Each answer is a block element, so that text browsers show it on a line
/// of its own.
fn question(guide: Edition<'_>, fact: FactId, session: &Session, refused: Option<&Refused>) -> Markup {
    let (entry, text) = (&guide[fact], guide.text);
    let known = session.case.get(fact);
    let id = &entry.id;
    let is_unknown = refused.map_or_else(|| session.is_ticked(fact), |refused| refused.unknown);
    let unknown = |kind: &str| {
        html! {
            div {
                label.choice.unknown {
                    input type=(kind) name=(id) value=(UNKNOWN) checked[is_unknown];
                    span { (t!(text, situation_unknown)) }
                }
            }
        }
    };
    // For screen readers, the question is the name of a text field or list. The error and the hint are its description.
    let invalid = refused.map(|_| "true");
    let error = refused.map(|_| format!("error-{id}"));
    let labelled = format!("question-{id}");
    let described = error.iter().cloned().chain([format!("hint-{id}")]).collect::<Vec<_>>().join(" ");
    html! {
        fieldset id={ "ask-" (id) } {
            legend id=(labelled) { (entry.question) }
            @if let Some(why) = &entry.why { p.help { (t!(text, situation_why, why = why)) } }
            @if let Some(place) = &entry.where_to_find { p.help { (t!(text, situation_where, place = place)) } }
            @if let Some(refused) = refused { p.error id={ "error-" (id) } { (refused.message) } }
            @match &entry.domain {
                Domain::Number { unit, min, max } => {
                    p.help id={ "hint-" (id) } { (range(text, unit, *min, *max)) ". " (t!(text, situation_inexact, unit = unit)) }
                    div {
                        input id=(id) name=(id) type="text" autocomplete="off" maxlength=(MAX_TYPED_CHARS)
                            value=(refused.map_or_else(|| number(entry, known), |refused| refused.typed.clone()))
                            aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid];
                    }
                    (unknown("checkbox"))
                }
                Domain::Values(values) if values.len() > MAX_CHOICES => {
                    p.help id={ "hint-" (id) } { (t!(text, situation_choose)) }
                    div {
                        select id=(id) name=(id) aria-labelledby=(labelled) aria-describedby=(described) aria-invalid=[invalid] {
                            (list_options(guide, entry, known))
                        }
                    }
                }
                Domain::Values(values) => {
                    @for (index, value) in values.iter().enumerate() {
                        div {
                            label.choice.kind[value.parent.is_some()] {
                                input type="radio" id=[(index == 0).then_some(id)] name=(id) value=(value.id)
                                    checked[chosen(known, index)] aria-invalid=[invalid] aria-describedby=[error.as_ref()];
                                span {
                                    (words::capital(&value.name))
                                    @if let Some(help) = &value.help { " " small { (help) } }
                                }
                            }
                        }
                    }
                    (unknown("radio"))
                }
            }
        }
    }
}

/// Describes the numbers that a person may enter, with their unit, such as `in cm` or `per 10 fields`.
fn range(text: &Text, unit: &str, min: Decimal, max: Decimal) -> String {
    let unit = unit.replace('_', " ");
    let (min, max) = (Arg::number(min), Arg::number(max));
    if unit.starts_with("per ") {
        t!(text, situation_range_per, min = min, max = max, unit = unit)
    } else {
        t!(text, situation_range, min = min, max = max, unit = unit)
    }
}

fn chosen(known: FactValue, index: usize) -> bool {
    matches!(known, FactValue::Value(value) if usize::from(value) == index)
}

fn number(fact: &Fact, known: FactValue) -> String {
    match known {
        FactValue::Number(number) => number.to_string(),
        FactValue::Between(interval) => written_interval(fact, interval),
        FactValue::Unknown | FactValue::Value(_) => String::new(),
    }
}

/// Renders the options of a drop-down list: first "I don't know", then general values that have more specific values below them, then the types of
/// the disease that the guide covers, then those that it doesn't. Each group is in alphabetical order, and each type is followed by its synonyms.
fn list_options(guide: Edition<'_>, fact: &Fact, known: FactValue) -> Markup {
    let (text, values) = (guide.text, fact.domain.values());
    let of = |value: &Value| guide.types.iter().find(|subtype| subtype.id == value.id);
    // The value for the other kinds of a type isn't a type itself, so it's listed with its parent.
    let nearest = |value: &Value| of(value).or_else(|| of(&values[value.parent?]));
    let outside = |value: &Value| nearest(value).is_some_and(|subtype| subtype.scope == ScopeKind::Out);
    let vague = |index: usize| values[index].parent.is_none() && values.iter().any(|value| value.parent == Some(index));
    let mut indexes: Vec<usize> = (0..values.len()).collect();
    indexes.sort_by_cached_key(|index| values[*index].name.to_lowercase());
    let (out, covered): (Vec<usize>, Vec<usize>) = indexes.into_iter().partition(|index| outside(&values[*index]));
    let (first, covered): (Vec<usize>, Vec<usize>) = covered.into_iter().partition(|index| vague(*index));
    let name = |value: &Value| {
        let synonyms = of(value).map(|subtype| subtype.synonyms.join(", ")).filter(|synonyms| !synonyms.is_empty());
        synonyms
            .map_or_else(|| value.name.clone(), |synonyms| t!(text, situation_synonyms, name = &value.name, synonyms = synonyms))
    };
    let options = |indexes: &[usize]| {
        html! {
            @for index in indexes {
                option value=(values[*index].id) selected[chosen(known, *index)] { (name(&values[*index])) }
            }
        }
    };
    let group = |label: String, indexes: &[usize]| {
        let options = options(indexes);
        if out.is_empty() || indexes.is_empty() {
            options
        } else {
            html! { optgroup label=(label) { (options) } }
        }
    };
    html! {
        option value=(UNKNOWN) { (t!(text, situation_unknown)) }
        (options(&first))
        (group(t!(text, situation_covered), &covered))
        (group(t!(text, situation_not_covered), &out))
    }
}

/// Renders the questions of a page as a form. Refused answers are summarized at the top.
fn form(guide: Edition<'_>, session: &Session, facts: &[FactId], refused: &[Refused], action: &str, more: &Markup) -> Markup {
    let text = guide.text;
    html! {
        @if !refused.is_empty() {
            div.error role="alert" {
                p { (t!(text, situation_refused)) }
                ul {
                    @for entry in refused {
                        @let fact = &guide[entry.fact];
                        li { a href={ "#" (fact.id) } { (fact.name) } ": " (words::within(&entry.message)) }
                    }
                }
            }
        }
        form method="post" action=(action) autocomplete="off" {
            @for fact in facts {
                (question(guide, *fact, session, refused.iter().find(|entry| entry.fact == *fact)))
                input type="hidden" name="asked" value=(guide[*fact].id);
            }
            div.row { button { (t!(text, situation_next)) } " " (more) }
        }
    }
}

/// The links that lead away from the questions.
fn leave_links(text: &Text) -> Markup {
    html! {
        a href="/review" { (t!(text, frame_my_answers)) } " "
        a href="/options" { (t!(text, situation_options_so_far)) }
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

/// The heading of a page: the title of the part of the interview that its questions belong to.
fn part_title(guide: Edition<'_>, facts: &[FactId]) -> String {
    let part = facts.first().and_then(|fact| guide.interview.parts.iter().find(|part| part.facts.contains(fact)));
    part.map_or_else(|| t!(guide.text, frame_my_situation), |part| part.title.clone())
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
    let found = match next(&visit.site.services.advisor, &visit.session) {
        Ok(next) => next,
        Err(contradiction) => return visit.contradicted(&contradiction),
    };
    let guide = visit.guide();
    let facts = visit.session.trail.get(page - 1).unwrap_or(&found.facts);
    // If answers are doubtful, ask about them first. If the guide doesn't cover the case, ask nothing more. The person can still go back to the pages they have answered.
    if page > visit.session.trail.len() {
        match visit.advised() {
            Ok(advice) if doubt::next(&visit.session, &advice).is_some() => return Redirect::to("/doubt").into_response(),
            Ok(advice) if advice.scope.covered.is_false() => return not_covered(&visit, &advice, page),
            Ok(_) => {}
            Err(page) => return *page,
        }
    }
    if facts.is_empty() {
        return finished(&visit, &found.questions, page);
    }
    let text = guide.text;
    let more = html! { (back(text, page)) (leave_links(text)) };
    let so_far = so_far(&visit, &found.questions);
    if let Some(list) = list_of(guide, facts) {
        return list_page(&visit, list, &Step::List, &address(page), &so_far, &more);
    }
    let body = html! {
        h1 { (part_title(guide, facts)) }
        (so_far)
        (form(guide, &visit.session, facts, &[], &address(page), &more))
    };
    visit.page(title(guide, facts), body).into_response()
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
            // Like the other pages of the interview, say how many questions are left.
            let session = &visit.session;
            let questions = || site.services.advisor.interview_questions(&session.case, session.asked()).ok();
            let above = action.starts_with(SITUATION).then(questions).flatten();
            let above = above.map_or_else(|| html! {}, |questions| so_far(&visit, &questions));
            list_page(&visit, list, &step, action, &above, &leave_links(site.edition().text))
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
fn finished(visit: &Visit, questions: &Questions, page: usize) -> Response {
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
    let body = html! {
        h1 { (heading) }
        p { (note) }
        div.row {
            a.button href="/options" { (t!(text, frame_my_options)) } " "
            (back(text, page))
            a href="/review" { (t!(text, situation_answers_and_questions)) }
        }
        (to_answer(guide, &t!(text, situation_awaited_heading), &t!(text, situation_awaited), &awaited))
        (to_answer(guide, &t!(text, situation_cautions_heading), &t!(text, situation_cautions), &cautions(visit)))
    };
    visit.page(title, body).into_response()
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
fn cautions(visit: &Visit) -> Vec<FactId> {
    let (guide, case) = (visit.guide(), &visit.session.case);
    let Ok(advice) = visit.site.services.advisor.advise(case) else { return Vec::new() };
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
    let refused = store_answers(guide, &mut visit.session, facts, fields);
    if refused.is_empty() {
        return save_and_go_on(&visit, to);
    }
    let body = html! {
        h1 { (part_title(guide, facts)) }
        (form(guide, &visit.session, facts, &refused, action, &leave_links(guide.text)))
    };
    let title = t!(guide.text, situation_title_again, question = first_question(guide, facts));
    visit.page(title, body).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// Returns the list with this ID, or the list of the fact with this ID.
fn list_named<'g>(guide: Edition<'g>, id: &str) -> Option<&'g FactList> {
    let guide = guide.guide;
    let of_fact = || guide.list_of(guide.fact(id)?);
    guide.fact_lists.iter().find(|list| list.id == id).or_else(of_fact)
}

pub(crate) async fn ask_again(visit: Visit, Name(id): Name) -> Response {
    let guide = visit.guide();
    let back = html! { a href="/review" { (t!(guide.text, situation_back_to_answers)) } };
    if let Some(list) = list_named(guide, &id) {
        return list_page(&visit, list, &Step::List, &format!("/question/{}", list.id), &html! {}, &back);
    }
    let Some(fact) = guide.fact(&id) else { return unknown(&visit.site) };
    let body = html! {
        h1 { (words::capital(&guide[fact].name)) }
        (form(guide, &visit.session, &[fact], &[], &format!("/question/{id}"), &back))
    };
    visit.page(title(guide, &[fact]), body).into_response()
}

pub(crate) async fn answered_again(visit: Visit, Name(id): Name, form: Fields) -> Response {
    let site = visit.site.clone();
    if let Some(list) = list_named(site.edition(), &id) {
        return match fields(&visit.site, form) {
            Ok(fields) => list_sent(visit, list, &fields, &format!("/question/{}", list.id), "/review"),
            Err(page) => *page,
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
