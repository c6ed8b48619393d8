//! Downloads and uploads: saved cases, the advice as Markdown, JSON and PDF, and a treatment's schedule as a calendar file.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::html;
use sarcoguide_case::CaseFile;
use sarcoguide_document::markdown::markdown as as_markdown;
use sarcoguide_document::pdf::{pdf, sheet as one_page};
use sarcoguide_model::{Advice, EarlierAnswer};
use sarcoguide_text::t;
use sarcoguide_views::calendar::days_to_ask;
use sarcoguide_views::provenance::with_note;
use sarcoguide_views::visit_summary::visit_summary;
use sarcoguide_views::words::capital;
use sarcoguide_views::{answer, json, visit_sheet};

use crate::clock::{now, today};
use crate::form::{Fields, Name, fields, unknown};
use crate::guide_change::{FileChange, GuideChange};
use crate::html::day_field;
use crate::pages::{busy, problem};
use crate::sealed::{SealError, Session};
use crate::sheet;
use crate::site::Site;
use crate::visit::Visit;

/// A response that the browser saves as a file.
fn file(name: &str, kind: &str, bytes: impl Into<Vec<u8>>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, bytes.into()).into_response()
}

fn failed(site: &Site, message: &str) -> Response {
    problem(site, StatusCode::INTERNAL_SERVER_ERROR, message).into_response()
}

/// Returns the page that refuses a download, or `None` if the download is allowed. It's refused if earlier answers were lost, if the guide changed
/// and can't read some of them, or if the person hasn't yet confirmed the notice about verdicts that changed since a file was saved. The
/// downloaded file wouldn't show any of this.
pub(crate) fn refused(visit: &Visit) -> Option<Response> {
    let text = visit.guide().text;
    let why = if visit.lost {
        t!(text, download_nothing_why)
    } else if visit.session.unreadable().is_some() {
        t!(text, download_unplaced_why)
    } else if visit.session.change.iter().filter_map(|change| change.file.as_ref()).any(|file| !file.is_empty()) {
        t!(text, download_changed_why)
    } else {
        return None;
    };
    Some(visit.refusal(&t!(text, download_nothing), &why))
}

fn advised(visit: &Visit) -> Result<Advice, Box<Response>> {
    refused(visit).map_or_else(|| visit.advised(), |page| Err(Box::new(page)))
}

pub(crate) async fn case(visit: Visit) -> Response {
    if let Some(page) = refused(&visit) {
        return page;
    }
    let site = visit.site.clone();
    // The file includes the current verdicts, so that a newer guide can say what changed. If the answers contradict each other, there are
    // no verdicts.
    let work = move || {
        let guide = visit.guide();
        let advice = visit.site.services.advisor.advise(&visit.session.case).ok();
        let earlier = advice.map(|advice| EarlierAnswer::new(*guide, &advice));
        file("case.json", "application/json", CaseFile { earlier, ..visit.session.file() }.to_json(*guide))
    };
    site.services.files.run(work).await.unwrap_or_else(|| busy(&site))
}

pub(crate) async fn markdown(visit: Visit) -> Response {
    make_file(visit, |visit, advice| {
        let document = with_note(visit.guide(), answer::answer(visit.guide(), visit.answered(advice)));
        file("options.md", "text/markdown; charset=utf-8", as_markdown(&document))
    })
    .await
}

pub(crate) async fn json(visit: Visit) -> Response {
    make_file(visit, |visit, advice| {
        // Rare treatments take long to find, and only this file has them.
        let in_full = visit.site.services.advisor.answer_in_full(&visit.session.case);
        let advice = in_full.as_ref().unwrap_or(advice);
        match serde_json::to_vec_pretty(&json::advice(visit.guide(), &visit.session.case, advice, None)) {
            Ok(bytes) => file("options.json", "application/json", bytes),
            Err(_) => failed(&visit.site, &t!(visit.guide().text, download_no_json)),
        }
    })
    .await
}

pub(crate) async fn summary(visit: Visit) -> Response {
    make_file(visit, |visit, advice| {
        let document = with_note(visit.guide(), visit_summary(visit.guide(), visit.answered(advice), today()));
        match pdf(&document, &visit.guide().text.language()) {
            Ok(bytes) => file("summary.pdf", "application/pdf", bytes),
            Err(_) => failed(&visit.site, &t!(visit.guide().text, download_no_pdf)),
        }
    })
    .await
}

pub(crate) async fn visit_sheet(visit: Visit) -> Response {
    make_file(visit, |visit, advice| {
        let questions = sheet::questions_of(visit, advice);
        let document = visit_sheet::visit_sheet(visit.guide(), visit.answered(advice), &questions, today());
        match one_page(&document, &visit.guide().text.language()) {
            Ok(bytes) => file("visit.pdf", "application/pdf", bytes),
            Err(_) => failed(&visit.site, &t!(visit.guide().text, download_no_pdf)),
        }
    })
    .await
}

/// Makes a file from the advice. This takes a while, so it runs in the queue for files and doesn't delay pages.
async fn make_file(visit: Visit, make: fn(&Visit, &Advice) -> Response) -> Response {
    let site = visit.site.clone();
    let work = move || match advised(&visit) {
        Ok(advice) => make(&visit, &advice),
        Err(page) => *page,
    };
    site.services.files.run(work).await.unwrap_or_else(|| busy(&site))
}

pub(crate) async fn calendar(visit: Visit, Name(id): Name, form: Fields) -> Response {
    let guide = visit.guide();
    let Some(treatment) = guide.treatment(&id).map(|id| &guide[id]) else { return unknown(&visit.site) };
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let text = guide.text;
    let refused = |message: &str| {
        let name = &treatment.name;
        let body = html! {
            h1 { (t!(text, download_calendar, treatment = name)) }
            p.error role="alert" { (message) }
            p { a href={ "/treatment/" (id) "#calendar" } { (t!(text, download_calendar_back, treatment = name)) } }
        };
        let page = visit.page(t!(text, download_calendar_again), body).at(&format!("/treatment/{id}"));
        page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
    };
    if treatment.is_withdrawn() {
        return refused(&t!(text, download_calendar_withdrawn));
    }
    let names = days_to_ask(guide, treatment);
    let mut days: Vec<Option<Date>> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let field = day_field(index);
        let typed = form.iter().find(|(name, _)| *name == field).map_or("", |(_, value)| value.trim());
        // Accept only the format of a date field, such as `2026-11-30`. `Date` also parses other formats.
        match typed.parse::<Date>().ok().filter(|day| day.to_string() == typed) {
            // A date outside these years is probably a typing error, and a schedule that counts from it could go beyond the range of
            // valid dates.
            Some(day) if !(1990..=2200).contains(&day.year()) => {
                return refused(&t!(text, download_calendar_far, day = name));
            }
            Some(day) if days.first().is_some_and(|start| Some(day) < *start) => {
                return refused(&t!(text, download_calendar_early, day = capital(name), start = &names[0]));
            }
            Some(day) => days.push(Some(day)),
            None if typed.is_empty() && index > 0 => days.push(None),
            None => return refused(&t!(text, download_calendar_no_day, day = name)),
        }
    }
    let Some(start) = days.first().copied().flatten() else { return refused(&t!(text, download_calendar_empty)) };
    match sarcoguide_views::calendar::calendar(guide, treatment, start, &days[1..], Timestamp::now()) {
        Some(calendar) => file(&format!("{id}.ics"), "text/calendar; charset=utf-8", calendar),
        None => refused(&t!(text, download_calendar_schedule_far)),
    }
}

/// Returns the bytes of the uploaded file, or `None` if the form has no file.
async fn uploaded_file(form: &mut Multipart) -> Result<Option<Bytes>, MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            return field.bytes().await.map(Some);
        }
    }
    Ok(None)
}

fn not_opened(visit: &Visit, message: &str) -> Response {
    let text = visit.guide().text;
    let heading = t!(text, download_not_opened);
    let body = html! {
        h1 { (heading) }
        p.error role="alert" { (message) }
        p { a href="/" { (t!(text, frame_start)) } }
    };
    visit.page(heading, body).at("/").status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// Opens a saved case that the person uploads.
pub(crate) async fn open(mut visit: Visit, form: Result<Multipart, MultipartRejection>) -> Response {
    let site = visit.site.clone();
    let text = site.edition().text;
    let Ok(mut form) = form else { return not_opened(&visit, &t!(text, download_choose)) };
    let bytes = match uploaded_file(&mut form).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return not_opened(&visit, &t!(text, download_choose)),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return problem(&site, error.status(), &t!(text, download_too_large)).into_response();
        }
        Err(error) => return problem(&site, error.status(), &t!(text, download_not_taken)).into_response(),
    };
    let read = move || match sarcoguide_case::read(*visit.guide(), &bytes, sarcoguide_case::Format::guess(&bytes)) {
        Ok(file) => {
            let (team, for_someone_else) = (visit.session.team, visit.session.for_someone_else);
            let mut session = Session { team, for_someone_else, ..Session::empty(*visit.guide()) };
            let advice = visit.site.services.advisor.advise(&file.case).ok();
            let change = GuideChange::of_file(visit.guide(), &file, advice.as_ref());
            session.add(file);
            session.change = change;
            let sealed = session.seal(*visit.guide(), &visit.site.settings.keys, now());
            if sealed == Err(SealError::TooLong) {
                session.change.iter_mut().flat_map(|change| &mut change.file).for_each(FileChange::count_only);
            }
            visit.session = session;
            // The opened case replaces the answers that were lost.
            visit.lost = false;
            visit.save_and_redirect("/review")
        }
        Err(error) => not_opened(&visit, &t!(visit.guide().text, download_no_case, error = error.in_words(visit.guide().text))),
    };
    site.services.pages.run(read).await.unwrap_or_else(|| busy(&site))
}
