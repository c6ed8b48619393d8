//! The sheet for a visit: the person's own list of questions, which they can change, print and save as a PDF.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_model::{Advice, OwnQuestion};
use sarcoguide_text::{Text, t};
use sarcoguide_views::visit_sheet::{self, Around};

use crate::clock::now;
use crate::form::{Fields, field, fields};
use crate::html::{Writer, back_to_options};
use crate::pages::busy;
use crate::sealed::SealError;
use crate::visit::Visit;

/// The path of the page.
const PATH: &str = "/visit";

/// A question as it was typed.
#[derive(Clone)]
struct Row {
    text: String,
    ticked: bool,
}

impl Row {
    /// The text on one line. Empty if there is no question.
    fn on_one_line(&self) -> String {
        let letters = self.text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Why a list wasn't saved.
enum Refused {
    /// The question with this index is too long.
    TooLong(usize),
    /// There are too many questions.
    TooMany,
    /// The cookie has no room for the list.
    NoRoom,
    /// Earlier answers are lost, so nothing can be saved.
    Lost,
}

/// What the page shows.
struct Shown<'a> {
    rows: Vec<Row>,
    /// The questions that are proposed now and that aren't on the list, with their indexes.
    more: Vec<(usize, &'a OwnQuestion)>,
    refused: Option<Refused>,
}

/// The list of a person: their own, or what is proposed if they haven't changed it.
pub(crate) fn questions_of(visit: &Visit, advice: &Advice) -> Vec<OwnQuestion> {
    if visit.session.questions.is_empty() {
        visit_sheet::proposed(visit.guide(), visit.answered(advice))
    } else {
        visit.session.questions.clone()
    }
}

pub(crate) async fn show(visit: Visit) -> Response {
    let site = visit.site.clone();
    let work = move || match visit.advised() {
        Ok(advice) => {
            let rows = questions_of(&visit, &advice);
            let rows = rows.into_iter().map(|OwnQuestion { text, ticked }| Row { text, ticked }).collect();
            page(&visit, &advice, rows, None)
        }
        Err(page) => *page,
    };
    site.services.pages.run(work).await.unwrap_or_else(|| busy(&site))
}

/// Saves the list as it was typed, after what the button says. If the list can't be saved, shows it again with the reason.
pub(crate) async fn change(mut visit: Visit, form: Fields) -> Response {
    let form = match fields(&visit.site, form) {
        Ok(form) => form,
        Err(page) => return *page,
    };
    let site = visit.site.clone();
    let work = move || {
        let advice = match visit.advised() {
            Ok(advice) => advice,
            Err(page) => return *page,
        };
        let typed = form.iter().filter(|(name, _)| name == "question").enumerate();
        let is_ticked = |index: usize| form.iter().any(|(name, value)| name == "ticked" && *value == index.to_string());
        let mut rows: Vec<Row> = typed.map(|(index, (_, text))| Row { text: text.clone(), ticked: is_ticked(index) }).collect();
        let action = field(&form, "do").unwrap_or_default();
        let index_after = |start: &str| action.strip_prefix(start).and_then(|index| index.parse::<usize>().ok());
        if action == "propose" {
            rows.clear();
        }
        if let Some(index) = index_after("remove-").filter(|index| *index < rows.len()) {
            rows.remove(index);
        }
        if let Some(index) = index_after("add-") {
            let proposed = visit_sheet::proposed(visit.guide(), visit.answered(&advice));
            rows.extend(proposed.into_iter().nth(index).map(|OwnQuestion { text, ticked }| Row { text, ticked }));
        }
        rows.retain(|row| !row.on_one_line().is_empty());
        if let Some(refused) = keep(&mut visit, &rows) {
            return page(&visit, &advice, rows, Some(refused));
        }
        visit.save_and_redirect(PATH)
    };
    site.services.pages.run(work).await.unwrap_or_else(|| busy(&site))
}

/// Stores the rows in the session. Returns why they can't be stored; the session then stays as it is.
fn keep(visit: &mut Visit, rows: &[Row]) -> Option<Refused> {
    if visit.lost {
        return Some(Refused::Lost);
    }
    let is_long = |row: &Row| row.on_one_line().chars().count() > OwnQuestion::MAX_CHARS;
    if let Some(index) = rows.iter().position(is_long) {
        return Some(Refused::TooLong(index));
    }
    if rows.len() > OwnQuestion::MAX_COUNT {
        return Some(Refused::TooMany);
    }
    let questions = rows.iter().map(|row| OwnQuestion { text: row.on_one_line(), ticked: row.ticked }).collect();
    let before = std::mem::replace(&mut visit.session.questions, questions);
    let sealed = visit.session.seal(*visit.guide(), &visit.site.settings.keys, now());
    if sealed == Err(SealError::TooLong) {
        visit.session.questions = before;
        return Some(Refused::NoRoom);
    }
    None
}

fn page(visit: &Visit, advice: &Advice, rows: Vec<Row>, refused: Option<Refused>) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let proposed = visit_sheet::proposed(guide, visit.answered(advice));
    let is_new = |question: &OwnQuestion| rows.iter().all(|row| row.text != question.text);
    let more: Vec<(usize, &OwnQuestion)> = proposed.iter().enumerate().filter(|(_, question)| is_new(question)).collect();
    let around = visit_sheet::around(guide, visit.answered(advice));
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = Shown { rows, more, refused };
    let body = html! {
        div.sheet-top {
            h1 { (t!(text, sheet_page_title)) }
            p.lead { (t!(text, sheet_page_lead)) }
            @if let Some(refused) = &shown.refused { (refusal(text, refused)) }
            div.row {
                a.button href="/take/visit.pdf" { (t!(text, sheet_page_pdf)) } " "
                a.button.plain href="/options" { (t!(text, frame_my_options)) }
            }
        }
        (sheet(visit, &shown, &around))
        (files(text, visit.session.team))
        (back_to_options(text))
    };
    visit.page_with_review(t!(text, sheet_page_title), body).at(PATH).status(status).into_response()
}

/// Links to download the summary and the saved answers and, for the team, the answer in formats for programs.
pub(crate) fn files(text: &Text, team: bool) -> Markup {
    html! {
        section.take aria-labelledby="take-along" {
            h2 id="take-along" { (t!(text, sheet_page_files)) }
            div.row {
                a.button.plain href="/take/summary.pdf" { (t!(text, options_page_summary)) } " "
                a href="/take/case.json" { (t!(text, frame_save_answers)) }
                @if team {
                    " " a href="/take/options.md" { (t!(text, options_page_markdown)) }
                    " " a href="/take/options.json" { (t!(text, options_page_json)) }
                    " " a href="/board" { (t!(text, board_title)) }
                }
            }
        }
    }
}

/// The summary of what went wrong, with a link to the question.
fn refusal(text: &Text, refused: &Refused) -> Markup {
    let (count, characters) = (OwnQuestion::MAX_COUNT, OwnQuestion::MAX_CHARS);
    html! {
        div.error role="alert" {
            p {
                @match refused {
                    Refused::TooLong(index) => {
                        a href={ "#question-" (index + 1) } {
                            (t!(text, sheet_page_too_long, number = index + 1, characters = characters))
                        }
                    }
                    Refused::TooMany => (t!(text, sheet_page_too_many, count = count)),
                    Refused::NoRoom => (t!(text, sheet_page_no_room)),
                    Refused::Lost => (t!(text, sheet_page_lost)),
                }
            }
            p { (t!(text, sheet_page_not_saved)) }
        }
    }
}

/// The sheet itself, which is all that is printed. It's a form, so that what was typed is printed even if it wasn't saved.
fn sheet(visit: &Visit, shown: &Shown<'_>, around: &Around) -> Markup {
    let text = visit.guide().text;
    let count = shown.rows.len();
    let lines = visit_sheet::lines_for_answer(count);
    // One more empty field, unless the sheet is full.
    let own = count < OwnQuestion::MAX_COUNT;
    let empty = Row { text: String::new(), ticked: false };
    let rows = shown.rows.iter().chain(own.then_some(&empty)).enumerate();
    let letters: usize = shown.rows.iter().map(|row| row.text.chars().count()).sum();
    let context = visit.context();
    html! {
        form.sheet.full-sheet[count > 6 || letters > 700] method="post" action=(PATH) autocomplete="off" {
            h2 { (t!(text, visit_sheet_heading)) }
            p.on-paper { (t!(text, visit_sheet_blanks)) }
            @if !around.situation.is_empty() { p.situation { (around.situation.join(" ")) } }
            // Pressing Enter saves. Without this, the first button of the form would count, which removes a question.
            button.unseen name="do" value="save" tabindex="-1" aria-hidden="true" { (t!(text, sheet_page_save)) }
            ol.ask {
                @for (index, row) in rows {
                    @let number = index + 1;
                    @let is_own = index == count;
                    @let long = matches!(shown.refused, Some(Refused::TooLong(wrong)) if wrong == index);
                    li.own[is_own] {
                        input type="checkbox" name="ticked" value=(index) checked[row.ticked]
                            aria-label=(t!(text, sheet_page_tick, number = number));
                        div {
                            @if is_own { label for={ "question-" (number) } { (t!(text, sheet_page_own)) } }
                            textarea id={ "question-" (number) } name="question" rows=(rows_for(&row.text))
                                aria-label=[(!is_own).then(|| t!(text, sheet_page_question, number = number))]
                                aria-invalid=[long.then_some("true")] { (row.text) }
                            @if long { p.error { (t!(text, sheet_page_too_long_here, characters = OwnQuestion::MAX_CHARS, count = row.on_one_line().chars().count())) } }
                            @if !is_own {
                                button.plain.remove name="do" value={ "remove-" (index) } {
                                    (t!(text, sheet_page_remove)) span.unseen { ": " (t!(text, sheet_page_question, number = number)) }
                                }
                            }
                            @for _ in 0..(if is_own { 1 } else { lines }) { div.rule {} }
                        }
                    }
                }
            }
            div.row {
                button name="do" value="save" { (t!(text, sheet_page_save)) } " "
                @if !visit.session.questions.is_empty() {
                    button.plain name="do" value="propose" { (t!(text, sheet_page_propose)) }
                }
            }
            @if own && !shown.more.is_empty() {
                div.proposals {
                    h3 { (t!(text, sheet_page_more)) }
                    ul {
                        @for (index, question) in &shown.more {
                            li { (question.text) " " button.plain name="do" value={ "add-" (index) } { (t!(text, sheet_page_add)) span.unseen { ": " (question.text) } } }
                        }
                    }
                }
            }
            div.on-paper {
                h3 { (t!(text, visit_sheet_agreed)) } div.rule {} div.rule {}
                p.beside-line { strong { (t!(text, visit_sheet_next)) } span.rule {} }
                p.beside-line { strong { (t!(text, visit_sheet_team)) } span.rule {} }
            }
            @if !around.calls.is_empty() {
                h3 { (t!(text, sheet_page_calls)) }
                ul.calls { @for call in &around.calls { li { ({ let mut writer = Writer::new(&context); writer.document(&one_line(call)); writer.finish() }) } } }
            }
            div.doubts { ({ let mut writer = Writer::new(&context); writer.document(&around.doubts); writer.finish() }) }
            p.closing { small { (around.closing) } }
        }
    }
}

/// A document with this line only.
fn one_line(line: &sarcoguide_document::Line) -> sarcoguide_document::Document {
    let mut document = sarcoguide_document::Document::default();
    document.paragraph(line.clone());
    document
}

/// The number of lines of a field, for browsers that don't fit it to its content.
fn rows_for(text: &str) -> usize {
    const LETTERS_IN_A_LINE: usize = 34;
    text.chars().count().div_ceil(LETTERS_IN_A_LINE).max(1)
}
