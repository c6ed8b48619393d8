//! What is taken along, and what is brought back: case files, the answer as Markdown, JSON and PDF, a treatment's schedule.

use axum::extract::Multipart;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use sarcoguide_print::calendar::named_days;
use sarcoguide_print::pdf::pdf;
use sarcoguide_report::take_along::take_along;
use sarcoguide_report::words::capital;
use sarcoguide_report::{answer, json, text};

use crate::html::escaped;
use crate::options::day_field;
use crate::pages::problem;
use crate::routes::{Fields, fields};
use crate::sealed::Held;
use crate::visit::{Name, Visit, unknown};

/// A file to save.
fn file(name: &str, kind: &str, bytes: impl Into<Vec<u8>>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, bytes.into()).into_response()
}

fn failed(message: &str) -> Response {
    problem(StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}

pub(crate) async fn case(visit: Visit) -> Response {
    file("case.json", "application/json", visit.held.file().to_json(visit.guide()))
}

pub(crate) async fn markdown(visit: Visit) -> Response {
    match visit.advised() {
        Ok(advice) => {
            let document = answer::answer(visit.guide(), visit.answered(&advice));
            file("options.md", "text/markdown; charset=utf-8", text::markdown(&document))
        }
        Err(page) => *page,
    }
}

pub(crate) async fn json(visit: Visit) -> Response {
    match visit.advised() {
        Ok(advice) => match serde_json::to_vec_pretty(&json::advice(visit.guide(), &visit.held.case, &advice)) {
            Ok(bytes) => file("options.json", "application/json", bytes),
            Err(_) => failed("The answer could not be written as JSON."),
        },
        Err(page) => *page,
    }
}

pub(crate) async fn summary(visit: Visit) -> Response {
    match visit.advised() {
        Ok(advice) => {
            let document = take_along(visit.guide(), visit.answered(&advice));
            let language = visit.guide().language.clone();
            // Setting a page takes longer than answering; others should not wait for it.
            match tokio::task::spawn_blocking(move || pdf(&document, &language)).await {
                Ok(Ok(bytes)) => file("summary.pdf", "application/pdf", bytes),
                Ok(Err(_)) | Err(_) => failed("The summary could not be made as a PDF. It can be had as Markdown."),
            }
        }
        Err(page) => *page,
    }
}

pub(crate) async fn calendar(visit: Visit, Name(id): Name, form: Fields) -> Response {
    let guide = visit.guide();
    let Some(treatment) = guide.treatment(&id).map(|id| &guide.treatments[id.index()]) else { return unknown() };
    let form = match fields(form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let refused = |message: &str| {
        let name = escaped(&treatment.name);
        let out = format!(
            "<h1>{name}: calendar</h1><p class=\"error\" role=\"alert\">{}</p><p><a href=\"/treatment/{id}#calendar\">Back to {name}</a></p>",
            escaped(message)
        );
        visit.page("Please look at this again: calendar", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    };
    if treatment.is_withdrawn() {
        return refused("This treatment is withdrawn and not to be had, so it has no schedule.");
    }
    let names = named_days(treatment);
    let mut days: Vec<Option<Date>> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let field = day_field(place);
        let typed = form.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value.trim());
        match typed.parse::<Date>() {
            // Further off, schedules would leave the calendar.
            Ok(day) if !(1990..=2200).contains(&day.year()) => {
                return refused(&format!("This day lies too far away. Write {name}, as 2026-12-01."));
            }
            Ok(day) if days.first().is_some_and(|start| Some(day) < *start) => {
                return refused(&format!("{} cannot lie before {}.", capital(name), names[0]));
            }
            Ok(day) => days.push(Some(day)),
            Err(_) if typed.is_empty() && place > 0 => days.push(None),
            Err(_) => return refused(&format!("This is not a day. Write {name} as year, month and day: 2026-12-01.")),
        }
    }
    let Some(start) = days.first().copied().flatten() else { return refused("Write a day as 2026-12-01.") };
    let text = sarcoguide_print::calendar::calendar(guide, treatment, start, &days[1..], Timestamp::now());
    file(&format!("{id}.ics"), "text/calendar; charset=utf-8", text)
}

/// Opens a case that was saved.
pub(crate) async fn open(mut visit: Visit, form: Result<Multipart, axum::extract::multipart::MultipartRejection>) -> Response {
    let refused = |visit: &Visit, message: &str| {
        let out = format!(
            "<h1>This file was not opened</h1><p class=\"error\" role=\"alert\">{}</p><p><a href=\"/\">Start</a></p>",
            escaped(message)
        );
        visit.page("This file was not opened", out).status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    };
    let Ok(mut form) = form else { return refused(&visit, "Choose a file to open.") };
    let bytes = match form.next_field().await {
        Ok(Some(field)) => match field.bytes().await {
            Ok(bytes) => bytes,
            Err(_) => return problem(StatusCode::PAYLOAD_TOO_LARGE, "This file is larger than a case can be.").into_response(),
        },
        Ok(None) => return refused(&visit, "Choose a file to open."),
        Err(error) => return problem(error.status(), "This file cannot be taken as a case.").into_response(),
    };
    match sarcoguide_case::read(visit.guide(), &bytes, sarcoguide_case::Format::guess(&bytes)) {
        Ok(file) => {
            let mut held = Held { team: visit.held.team, ..Held::nothing(visit.guide()) };
            held.add(file);
            visit.held = held;
            visit.onward("/review")
        }
        Err(error) => {
            let told = "This is no file of answers that this guide can open, or it is damaged. Choose one that you saved with \"Save my answers\".";
            refused(&visit, &format!("{told} What is wrong: {error}."))
        }
    }
}
