//! The triage: a person chooses what it is about, answers closed questions one at a time, and reads how soon to call.
//!
//! The server keeps nothing of it: the answers so far are hidden fields of the form on each page.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_advise::triage::{advise, outcome};
use sarcoguide_case::parse_number;
use sarcoguide_model::{ClosedSet, FactId, Treatment, TreatmentId, Triage, TriageAdvice, TriageAnswer, TriageAnswers, Urgency};
use sarcoguide_text::t;
use sarcoguide_views::answer::full_name;
use sarcoguide_views::triage::outcome_document;

use crate::form::{Fields, fields};
use crate::html::Writer;
use crate::pages::problem;
use crate::visit::Visit;

/// The number of treatments that can be chosen.
const TREATMENTS: usize = 3;
/// The value of the field `about` once the treatments have been asked for.
const ASKED: &str = "asked";
/// The value of the field `treatment` of a person without treatment.
const NO_TREATMENT: &str = "none";
/// What comes before a question's ID in the name of its field.
const QUESTION: &str = "q-";

/// What a person has said so far.
struct Told {
    /// The indexes of the groups.
    groups: Vec<usize>,
    answers: TriageAnswers,
    /// Whether the treatments have been asked for.
    treatments_asked: bool,
    /// What is wrong with the time since the last treatment, if it can't be read.
    wrong_time: Option<String>,
    /// The fields to send again with the next answer.
    fields: Vec<(String, String)>,
}

fn told(visit: &Visit, triage: &Triage, sent: Vec<(String, String)>) -> Told {
    let guide = visit.guide();
    let mut told = Told {
        groups: Vec::new(),
        answers: TriageAnswers::none(triage),
        treatments_asked: false,
        wrong_time: None,
        fields: Vec::new(),
    };
    let mut treatments: Vec<TreatmentId> = Vec::new();
    let mut has_none = false;
    for (name, value) in sent {
        let is_known = match name.as_str() {
            "group" => {
                let group = triage.group(&value).filter(|group| !told.groups.contains(group));
                told.groups.extend(group);
                group.is_some()
            }
            "about" => {
                told.treatments_asked |= value == ASKED;
                value == ASKED
            }
            "treatment" => {
                has_none |= value == NO_TREATMENT;
                let treatment = guide.treatment(&value).filter(|treatment| !treatments.contains(treatment));
                treatments.extend(treatment);
                treatment.is_some() || value == NO_TREATMENT
            }
            "time" => match triage.time.filter(|_| !value.trim().is_empty()) {
                Some(fact) => match parse_number(&triage.facts[fact.index()], &guide.number_words, value.trim()) {
                    Ok(time) => {
                        told.answers.time = time;
                        true
                    }
                    Err(error) => {
                        told.wrong_time = Some(error.message(guide.text));
                        false
                    }
                },
                None => false,
            },
            _ => match answer(triage, &name, &value) {
                Some((fact, answer)) => {
                    told.answers.set(fact, Some(answer));
                    true
                }
                None => false,
            },
        };
        if is_known {
            told.fields.push((name, value));
        }
    }
    told.answers.treatments = (has_none || !treatments.is_empty()).then_some(treatments);
    told
}

fn answer(triage: &Triage, name: &str, value: &str) -> Option<(FactId, TriageAnswer)> {
    let fact = triage.fact(name.strip_prefix(QUESTION)?)?;
    triage.group_of(fact)?;
    Some((fact, TriageAnswer::from_id(value)?))
}

pub(crate) async fn groups(visit: Visit) -> Response {
    let Some(triage) = &visit.site.guide().triage else { return no_triage(&visit) };
    group_page(&visit, triage, None).into_response()
}

fn no_triage(visit: &Visit) -> Response {
    problem(&visit.site, StatusCode::NOT_FOUND, &t!(visit.guide().text, problem_no_page)).into_response()
}

/// The page on which a person chooses one or more groups.
fn group_page(visit: &Visit, triage: &Triage, error: Option<String>) -> crate::pages::Page {
    let text = visit.guide().text;
    let body = html! {
        h1 { (t!(text, triage_page_heading)) }
        @if let Some(error) = &error { p.error role="alert" { a href="#groups" { (error) } } }
        (emergency_line(visit))
        form.triage method="post" action="/triage" autocomplete="off" {
            fieldset id="groups" {
                legend { (t!(text, triage_page_groups)) }
                @for group in &triage.groups {
                    label.choice {
                        input type="checkbox" name="group" value=(group.id);
                        span { strong { (group.name) } @if let Some(help) = &group.help { br; small { (help) } } }
                    }
                }
            }
            p { button { (t!(text, triage_page_next)) } }
        }
        p { a href="/symptom" { (t!(text, triage_page_words)) } }
    };
    let page = visit.page(t!(text, triage_page_heading), body);
    if error.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}

/// Whom to call at once, above the questions.
fn emergency_line(visit: &Visit) -> Markup {
    let guide = visit.guide();
    let words =
        guide.guide.symptom_check.iter().flat_map(|check| &check.urgencies).find(|words| words.urgency == Urgency::Emergency);
    html! { @if let Some(words) = words { p { (t!(guide.text, triage_page_emergency, call = &words.name)) } } }
}

pub(crate) async fn answered(visit: Visit, sent: Fields) -> Response {
    let sent = match fields(&visit.site, sent) {
        Ok(sent) => sent,
        Err(page) => return *page,
    };
    let Some(triage) = &visit.site.guide().triage else { return no_triage(&visit) };
    let told = told(&visit, triage, sent);
    if told.groups.is_empty() {
        let error = t!(visit.guide().text, triage_page_choose);
        return group_page(&visit, triage, Some(error)).into_response();
    }
    if !told.treatments_asked || told.wrong_time.is_some() {
        return treatment_page(&visit, triage, &told);
    }
    let mut advice = advise(visit.site.guide(), triage, &told.answers, &told.groups);
    let is_emergency = advice.outcome.as_ref().is_some_and(|outcome| outcome.urgency == Urgency::Emergency);
    match advice.open.iter().flatten().next().copied().filter(|_| !is_emergency) {
        Some(fact) => question_page(&visit, triage, &told, &advice, fact),
        None => {
            if advice.outcome.is_none() {
                advice.outcome = Some(outcome(visit.site.guide(), triage, &told.answers));
            }
            outcome_page(&visit, triage, &told, &advice)
        }
    }
}

/// The fields that say what has been told so far.
fn hidden(told: &Told) -> Markup {
    html! { @for (name, value) in &told.fields { input type="hidden" name=(name) value=(value); } }
}

/// The page that asks for treatments and, if the guide's conditions use it, for the time since the last one.
fn treatment_page(visit: &Visit, triage: &Triage, told: &Told) -> Response {
    let text = visit.guide().text;
    let body = html! {
        h1 { (t!(text, triage_page_treatments)) }
        p.help { (t!(text, triage_page_treatments_help)) }
        @if let Some(error) = &told.wrong_time { p.error #wrong-time role="alert" { a href="#time" { (error) } } }
        form.triage method="post" action="/triage" autocomplete="off" {
            @for group in &told.groups { input type="hidden" name="group" value=(triage.groups[*group].id); }
            input type="hidden" name="about" value=(ASKED);
            @for number in 1..=TREATMENTS {
                p {
                    label for={ "treatment-" (number) } { (t!(text, triage_page_treatment, number = number)) } br;
                    select id={ "treatment-" (number) } name="treatment" {
                        option value="" { @if number == 1 { (t!(text, triage_page_treatment_unsure)) } @else { (t!(text, triage_page_no_other)) } }
                        @if number == 1 { option value=(NO_TREATMENT) { (t!(text, triage_page_no_treatment)) } }
                        (treatments(visit, told.answers.treatments.as_ref().and_then(|chosen| chosen.get(number - 1).copied())))
                    }
                }
            }
            @if let Some(time) = triage.time {
                p {
                    label for="time" { (triage.facts[time.index()].question) } br;
                    input id="time" name="time" type="text" inputmode="numeric" autocomplete="off" aria-describedby=[told.wrong_time.as_ref().map(|_| "wrong-time")];
                }
            }
            p { button { (t!(text, triage_page_next)) } }
        }
    };
    let page = visit.page(t!(text, triage_page_treatments), body);
    if told.wrong_time.is_some() { page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response() } else { page.into_response() }
}

/// The treatments to choose from, by kind.
fn treatments(visit: &Visit, chosen: Option<TreatmentId>) -> Markup {
    let guide = visit.guide();
    let of = |kind: usize| move |entry: &&Treatment| entry.modality.index() == kind && !entry.effects.is_empty();
    html! {
           @for (kind, modality) in guide.modalities.iter().enumerate() {
               @if guide.treatments.iter().any(|entry| of(kind)(&entry)) {
                   optgroup label=(modality.name) {
                       @for entry in guide.treatments.iter().filter(of(kind)) {
    option value=(entry.id) selected[chosen.is_some_and(|chosen| guide[chosen].id == entry.id)] { (full_name(entry)) } }
                   }
               }
           }
       }
}

/// The page that asks one question.
fn question_page(visit: &Visit, triage: &Triage, told: &Told, advice: &TriageAdvice, fact: FactId) -> Response {
    let text = visit.guide().text;
    let asked = &triage.facts[fact.index()];
    let open: usize = advice.open.iter().map(Vec::len).sum();
    let group = triage.group_of(fact).map(|group| triage.groups[group].name.as_str());
    let name = format!("{QUESTION}{}", asked.id);
    let body = html! {
        p.help { @if let Some(group) = group { (t!(text, triage_page_left, group = group, count = open)) } }
        h1 { (asked.question) }
        @if let Some(help) = &asked.where_to_find { p.help { (help) } }
        form.triage method="post" action="/triage" autocomplete="off" {
            (hidden(told))
            div.row {
                button name=(name) value=(TriageAnswer::Yes.id()) { (t!(text, triage_page_yes)) } " "
                button.plain name=(name) value=(TriageAnswer::No.id()) { (t!(text, triage_page_no)) } " "
                button.plain name=(name) value=(TriageAnswer::NotSure.id()) { (t!(text, triage_page_not_sure)) }
            }
        }
        (emergency_line(visit))
        p { a href="/triage" { (t!(text, triage_page_again)) } }
    };
    visit.page(asked.question.clone(), body).into_response()
}

/// The page that says how soon to call.
fn outcome_page(visit: &Visit, triage: &Triage, told: &Told, advice: &TriageAdvice) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let context = visit.context();
    let mut writer = Writer::new(&context);
    writer.html(&html! { h1 { (t!(text, triage_page_outcome)) } });
    writer.document(&outcome_document(guide, triage, advice));
    let given = triage.questions().filter_map(|(_, question)| Some((question.fact, told.answers.get(question.fact)?)));
    writer.html(&html! {
        details {
            summary { h2 { (t!(text, triage_page_answers)) } }
            ul {
                @for (fact, answer) in given {
                    li { (triage.facts[fact.index()].question) " " strong { (said(visit, answer)) } }
                }
            }
        }
        p { a href="/triage" { (t!(text, triage_page_again)) } }
    });
    visit.page(t!(text, triage_page_outcome), writer.finish()).into_response()
}

fn said(visit: &Visit, answer: TriageAnswer) -> String {
    let text = visit.guide().text;
    match answer {
        TriageAnswer::Yes => t!(text, triage_page_yes),
        TriageAnswer::No => t!(text, triage_page_no),
        TriageAnswer::NotSure => t!(text, triage_page_not_sure),
    }
}
