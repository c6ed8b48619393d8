//! The sheet for a case conference: as a page to print, and as plain text to copy from.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sarcoguide_document::terminal::{Terminal, text as as_text};
use sarcoguide_model::Advice;
use sarcoguide_text::{Text, t};
use sarcoguide_views::Edition;
use sarcoguide_views::board::{Board, BoardOption, MAX_FIGURES, MAX_OPEN, MAX_ROWS, MAX_STATEMENTS, board};
use sarcoguide_views::derivation::derivation;
use sarcoguide_views::provenance::with_note;

use crate::downloads;
use crate::html::{Writer, line};
use crate::pages::busy;
use crate::sheet::files as sheet_files;
use crate::visit::Visit;

/// The path of the page.
const PATH: &str = "/board";
/// The width of the plain text, in columns.
const WIDTH: usize = 100;
/// The number of characters above which the sheet is printed in small and in very small type.
const MAX_NORMAL: usize = 2500;
const MAX_SMALL: usize = 5000;

pub(crate) async fn show(visit: Visit) -> Response {
    let site = visit.site.clone();
    let work = move || if visit.session.team { with_advice(&visit, page) } else { only_for_team(&visit) };
    site.services.pages.run(work).await.unwrap_or_else(|| busy(&site))
}

pub(crate) async fn plain(visit: Visit) -> Response {
    let site = visit.site.clone();
    let work = move || if visit.session.team { with_advice(&visit, plain_text) } else { only_for_team(&visit) };
    site.services.files.run(work).await.unwrap_or_else(|| busy(&site))
}

fn with_advice(visit: &Visit, make: fn(&Visit, &Advice) -> Response) -> Response {
    if let Some(page) = downloads::refused(visit) {
        return page;
    }
    match visit.advised() {
        Ok(advice) => make(visit, &advice),
        Err(page) => *page,
    }
}

/// The page for people who don't use the team view. The sheet shows figures of survival, which a person chooses to see.
fn only_for_team(visit: &Visit) -> Response {
    let text = visit.guide().text;
    let body = html! {
        h1 { (t!(text, board_title)) }
        p { (t!(text, board_page_for_team)) }
        form method="post" action="/view" {
            input type="hidden" name="to" value=(PATH);
            div.row {
                button name="view" value="team" { (t!(text, board_page_open)) } " "
                a href="/visit" { (t!(text, sheet_page_title)) }
            }
        }
    };
    visit.page(t!(text, board_title), body).at(PATH).into_response()
}

fn plain_text(visit: &Visit, advice: &Advice) -> Response {
    let guide = visit.guide();
    let document = with_note(guide, board(guide, visit.answered(advice)).document(guide));
    let written = as_text(&document, Terminal { width: WIDTH, color: false });
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], written).into_response()
}

fn page(visit: &Visit, advice: &Advice) -> Response {
    let guide = visit.guide();
    let text = guide.text;
    let board = board(guide, visit.answered(advice));
    let context = visit.context();
    let mut rules = Writer::new(&context);
    rules.document(&derivation(guide, &visit.session.case, advice));
    let mut doubts = Writer::new(&context);
    doubts.document(&board.doubts);
    let body = html! {
        div.sheet-top {
            h1 { (t!(text, board_title)) }
            div.row {
                a.button href="/board.txt" { (t!(text, board_page_text)) } " "
                a.button.plain href="/options" { (t!(text, frame_my_options)) }
            }
            p.help { (t!(text, board_page_print)) }
        }
        (sheet(guide, &board, &doubts.finish()))
        @if !board.options.is_empty() {
            details {
                summary { h2 id="figures" { (t!(text, board_page_details)) } }
                @for option in &board.options {
                    h3 { a href={ "/treatment/" (guide[option.treatment].id) } { (option.name_with_strength) } }
                    @if !option.techniques.is_empty() { p { (t!(text, board_page_techniques, names = option.techniques.join("; "))) } }
                    ul { @for figure in &option.figures_with_people { li { (figure) } } }
                }
            }
        }
        (in_full("precautions", &t!(text, board_precautions), &board.precautions, MAX_STATEMENTS))
        (in_full("conflicts", &t!(text, board_conflicts), &board.conflicts, MAX_STATEMENTS))
        (in_full("rare", &t!(text, board_rare), &board.rare, 0))
        @if board.open.len() > MAX_OPEN {
            details {
                summary { h2 id="open" { (t!(text, board_page_all_open)) } }
                p { (board.open.join("; ")) }
            }
        }
        details {
            summary { h2 id="rules" { (t!(text, board_page_rules)) } }
            (rules.finish())
        }
        (sheet_files(text, true))
    };
    visit.page_with_review(t!(text, board_title), body).into_response()
}

/// The sheet itself, which is all that is printed.
fn sheet(guide: Edition<'_>, board: &Board, doubts: &Markup) -> Markup {
    let text = guide.text;
    let letters = letters(board);
    let size = if letters <= MAX_NORMAL {
        "normal-type"
    } else if letters <= MAX_SMALL {
        "small-type"
    } else {
        "very-small-type"
    };
    let more = board.open.len().saturating_sub(MAX_OPEN);
    let open: Vec<&str> = board.open.iter().take(MAX_OPEN).map(String::as_str).collect();
    html! {
        article class={ "sheet board " (size) } aria-label=(t!(text, board_title)) {
            h2 { (if board.title.is_empty() { t!(text, board_page_nothing) } else { board.title.clone() }) }
            @if let Some(scope) = &board.scope { p.bad { (scope) } }
            (doubts)
            dl.facts { @for (name, value) in &board.facts { div { dt { (name) } dd { (value) } } } }
            @if !board.no.is_empty() { p { (line!(guide, visit_no, facts = board.no.join("; "))) } }
            (inline(&t!(text, board_assumed), &board.assumed))
            (inline(&t!(text, board_checks), &board.checks))
            @if !board.options.is_empty() { (options(text, guide, board)) }
            (inline(&t!(text, board_further), &board.further_options()))
            @for (difference, names) in &board.others {
                p { (line!(guide, board_other, difference = difference, treatments = names.join("; "))) }
            }
            (inline(&t!(text, board_trials), &board.trials))
            (pairs(&t!(text, board_against), &board.against))
            (inline(&t!(text, board_rare), &board.rare.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()))
            (statements(text, "precautions", &t!(text, board_precautions), &board.precautions))
            (statements(text, "conflicts", &t!(text, board_conflicts), &board.conflicts))
            @if !open.is_empty() {
                p {
                    strong { (t!(text, board_open)) ": " }
                    (if more > 0 { t!(text, board_page_more, names = open.join("; "), count = more) } else { open.join("; ") })
                }
            }
            div.decision { h3 { (t!(text, board_page_decision)) } div.rule {} div.rule {} }
            p.closing { small { (t!(text, board_sources)) ": " (board.sources.join("; ")) "." } }
            p.closing { small { (board.closing) } }
        }
    }
}

/// The number of characters of what is printed.
fn letters(board: &Board) -> usize {
    let count = |text: &String| text.chars().count();
    let all = |texts: &[String]| texts.iter().map(count).sum::<usize>();
    let both = |pairs: &[(String, String)]| pairs.iter().map(|(one, two)| count(one) + count(two)).sum::<usize>();
    let option = |option: &BoardOption| {
        let figures: usize = option.figures.iter().take(MAX_FIGURES).map(count).sum();
        count(&option.name) + count(&option.strength) + figures + count(&option.check)
    };
    let others = board.others.iter().map(|(one, names)| count(one) + all(names)).sum::<usize>();
    let lists = [&board.assumed, &board.checks, &board.trials, &board.sources].into_iter().map(|texts| all(texts)).sum::<usize>();
    let first = |entries: &[(String, String)]| both(&entries[..entries.len().min(MAX_STATEMENTS)]);
    let pairs = both(&board.facts) + both(&board.against) + first(&board.precautions) + first(&board.conflicts);
    let rare = board.rare.iter().map(|(name, _)| count(name)).sum::<usize>();
    let options = board.options.iter().take(MAX_ROWS).map(option).sum::<usize>() + all(&board.further_options());
    options + others + lists + pairs + rare + all(&board.no) + count(&board.title)
}

fn inline(heading: &str, entries: &[String]) -> Markup {
    html! { @if !entries.is_empty() { p { strong { (heading) ": " } (entries.join("; ")) } } }
}

/// The first statements, with a link to the others.
fn statements(text: &Text, id: &str, heading: &str, entries: &[(String, String)]) -> Markup {
    let more = entries.len().saturating_sub(MAX_STATEMENTS);
    html! {
        @if !entries.is_empty() {
            h3 { (heading) }
            ul { @for (name, statement) in entries.iter().take(MAX_STATEMENTS) { li { strong { (name) ": " } (statement) } } }
            @if more > 0 { p.more { a href={ "#" (id) } { (t!(text, board_page_more_figures, count = more)) } } }
        }
    }
}

/// All entries, folded, if there are more than `shown`.
fn in_full(id: &str, heading: &str, entries: &[(String, String)], shown: usize) -> Markup {
    html! {
        @if entries.len() > shown {
            details {
                summary { h2 id=(id) { (heading) } }
                ul { @for (name, statement) in entries { li { strong { (name) ": " } (statement) } } }
            }
        }
    }
}

fn pairs(heading: &str, entries: &[(String, String)]) -> Markup {
    let written = entries.iter().map(|(name, value)| if value.is_empty() { name.clone() } else { format!("{name} ({value})") });
    inline(heading, &written.collect::<Vec<_>>())
}

fn options(text: &Text, guide: Edition<'_>, board: &Board) -> Markup {
    let heads =
        [t!(text, board_page_option), t!(text, board_page_strength), t!(text, board_page_evidence), t!(text, board_page_check)];
    html! {
        table.options {
            thead { tr { @for head in &heads { th scope="col" { (head) } } } }
            tbody {
                @for option in board.options.iter().take(MAX_ROWS) {
                    tr {
                        th scope="row" data-head=(heads[0]) { a href={ "/treatment/" (guide[option.treatment].id) } { (option.name) } }
                        td data-head=(heads[1]) { (option.strength) }
                        td data-head=(heads[2]) {
                            @if option.figures.is_empty() { (t!(text, board_no_figures)) }
                            @for figure in option.figures.iter().take(MAX_FIGURES) { span.figure { (figure) " " } }
                            @if option.figures.len() > MAX_FIGURES {
                                a.more href="#figures" { (t!(text, board_page_more_figures, count = option.figures.len() - MAX_FIGURES)) }
                            }
                        }
                        td data-head=(heads[3]) { (option.check) }
                    }
                }
            }
        }
    }
}
