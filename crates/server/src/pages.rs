//! The frame around every page, and the pages for problems.

use std::sync::OnceLock;

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest, Sha256};

use sarcoguide_document::html::STYLE;
use sarcoguide_text::t;
use sarcoguide_views::{Edition, provenance};

use crate::guide_change::Notice;
use crate::html::line;
use crate::site::Site;

/// The path of the style sheet. It contains a hash of the content, so that browsers can cache the file for a long time.
pub(crate) fn style_path() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let digest = Sha256::digest(STYLE.as_bytes());
        format!("/style-{:02x}{:02x}{:02x}{:02x}.css", digest[0], digest[1], digest[2], digest[3])
    })
}

/// The parts of a page that depend on the session.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The path that the forms in the frame return to: normally the page's own path. See [`Page::at`].
    pub path: String,
    /// Whether the page is shown in the team view.
    pub team: bool,
    /// Whether the person asks for someone else.
    pub for_someone_else: bool,
    /// Whether earlier answers are lost because the cookie can no longer be opened.
    pub lost: bool,
    /// Whether the footer says whether and by whom the guide has been reviewed.
    pub review_in_footer: bool,
    /// The notice about a changed guide. `None` if there is no change, or if the person has confirmed the notice.
    pub change: Option<Notice>,
}

/// An extension of a response whose page runs the site's own script.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunsScript;

/// A page: its status, title and content.
pub(crate) struct Page {
    site: Site,
    status: StatusCode,
    title: String,
    body: Markup,
    frame: Option<Frame>,
    /// The path of the script that the page runs. Nearly all pages have none.
    script: Option<&'static str>,
}

impl Page {
    pub fn new(site: &Site, title: impl Into<String>, body: Markup) -> Self {
        Self { site: site.clone(), status: StatusCode::OK, title: title.into(), body, frame: None, script: None }
    }

    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Sets the path that the forms on the page return to, if the page's own path can't be opened with GET.
    pub fn at(mut self, path: &str) -> Self {
        if let Some(frame) = &mut self.frame {
            frame.path = path.to_owned();
        }
        self
    }

    /// Adds a script of this site to the page.
    pub fn with_script(self, path: &'static str) -> Self {
        Self { script: Some(path), ..self }
    }

    pub fn within(self, frame: Frame) -> Self {
        Self { frame: Some(frame), ..self }
    }
}

/// A page that reports a problem.
pub(crate) fn problem(site: &Site, status: StatusCode, message: &str) -> Page {
    let text = site.edition().text;
    let body = html! {
        h1 { (t!(text, problem_heading, status = status.as_u16())) }
        p { (message) }
        p { a href="/" { (t!(text, frame_start)) } }
    };
    Page::new(site, t!(text, problem_title), body).status(status)
}

/// The page that says that the server is too busy to respond.
pub(crate) fn busy(site: &Site) -> Response {
    problem(site, StatusCode::SERVICE_UNAVAILABLE, &t!(site.edition().text, problem_busy)).into_response()
}

/// The links in the navigation of every page.
fn navigation_links(guide: Edition<'_>) -> [(&'static str, String); 5] {
    let text = guide.text;
    [
        ("/", t!(text, frame_start)),
        ("/situation", t!(text, frame_my_situation)),
        ("/options", t!(text, frame_my_options)),
        ("/symptom", t!(text, frame_symptoms)),
        ("/guide", t!(text, frame_read_guide)),
    ]
}

/// The top of a page: the navigation and the search form.
fn page_header(guide: Edition<'_>, path: &str) -> Markup {
    let text = guide.text;
    let current = |address: &str| {
        let within = address != "/" && path.strip_prefix(address).is_some_and(|rest| rest.starts_with('/'));
        if address == path { Some("page") } else { within.then_some("true") }
    };
    html! {
        div { a.skip href="#main" { (t!(text, frame_skip)) } }
        header {
            nav aria-label=(t!(text, frame_site)) {
                @for (address, name) in navigation_links(guide) { a href=(address) aria-current=[current(address)] { (name) } " " }
            }
            form.search method="post" action="/search" role="search" {
                label for="q" { (t!(text, frame_search_label)) }
                input id="q" name="q" type="search" maxlength="100" autocomplete="off";
                button { (t!(text, frame_search)) }
            }
        }
    }
}

/// The line that says for whom the person asks, with a button to ask for themselves.
fn asking_for_someone(guide: Edition<'_>, path: &str) -> Markup {
    html! {
        form.asker method="post" action="/asker" autocomplete="off" {
            input type="hidden" name="to" value=(path);
            p { (t!(guide.text, frame_for_someone)) " " button.plain name="asker" value="myself" { (t!(guide.text, frame_for_myself)) } }
        }
    }
}

/// The message that earlier answers are lost. Every page shows it until the person starts over.
fn lost(guide: Edition<'_>) -> Markup {
    let text = guide.text;
    let start_page = html! { a href="/" { (t!(text, frame_lost_start_page)) } };
    html! {
        div.error role="alert" {
            p { (t!(text, frame_lost)) }
            p { (line!(guide, frame_lost_saved, start_page = start_page)) }
            form method="post" action="/forget" { button { (t!(text, frame_start_anew)) } }
        }
    }
}

/// The notice that the guide has changed. Every page shows it until the person confirms it. It lists the answers that the guide can no longer read.
/// The verdicts that changed since a file was saved are collapsed, because they would fill a phone's screen.
fn guide_changed(guide: Edition<'_>, Notice { unreadable, file }: &Notice, path: &str) -> Markup {
    let text = guide.text;
    let my_answers = html! { a href="/review" { (t!(text, frame_my_answers)) } };
    html! {
        div.error role="alert" {
            @if let Some(file) = file {
                p { (file.intro) }
            }
            @if unreadable.is_empty() {
                @if file.is_none() { p { (t!(text, frame_changed)) } }
            } @else {
                p { (t!(text, frame_changed_unplaced)) }
                ul { @for line in unreadable { li { (line) } } }
                p { (line!(guide, frame_changed_next, my_answers = my_answers)) }
            }
            @if let Some(file) = file {
                @if file.verdicts.is_empty() && file.more == 0 {
                    p { (t!(text, changes_no_verdict)) }
                } @else {
                    details {
                        summary { (t!(text, changes_show_verdicts, count = file.verdicts.len() + file.more)) }
                        ul {
                            @for line in &file.verdicts { li { (line) } }
                            @if file.more > 0 { li { (t!(text, changes_more, count = file.more)) } }
                        }
                        p { (t!(text, changes_edited)) }
                    }
                }
            }
            form method="post" action="/guide-change" {
                input type="hidden" name="to" value=(path);
                button { (if unreadable.is_empty() { t!(text, frame_changed_read) } else { t!(text, frame_changed_go_on) }) }
            }
        }
    }
}

/// The footer: which guide this is, how to report an error, and a button that switches between the team view and the view for a person.
fn page_footer(guide: Edition<'_>, frame: Option<&Frame>) -> Markup {
    let text = guide.text;
    html! {
        footer {
            @if let Some(warning) = provenance::warning(guide) { p { strong { (warning) } } }
            p {
                (provenance::sentence(guide))
                @if frame.is_some_and(|frame| frame.review_in_footer) { " " (guide.review) }
            }
            @if let Some(frame) = frame {
                // The path has no query, so the form doesn't contain the words of a search.
                form method="post" action="/view" {
                    input type="hidden" name="to" value=(frame.path);
                    p { (line!(guide, frame_view, button = view_button(guide, frame.team))) }
                }
            }
            p { (report(guide)) }
            @if frame.is_some() {
                p {
                    a href="/guide/sources" { (t!(text, frame_sources)) } " "
                    a href="/guide/links" { (t!(text, frame_help_lines)) } " "
                    a href="/guide/about" { (t!(text, frame_about)) }
                }
            }
        }
    }
}

fn view_button(guide: Edition<'_>, team: bool) -> Markup {
    let (view, words) =
        if team { ("person", t!(guide.text, frame_view_person)) } else { ("team", t!(guide.text, frame_view_team)) };
    html! { button.plain name="view" value=(view) { (words) } }
}

/// How to report an error.
fn report(guide: Edition<'_>) -> Markup {
    match &guide.feedback {
        Some(feedback) => line!(guide, frame_report_to, who = html! { a href=(feedback.address) { (feedback.name) } }),
        None => html! { (t!(guide.text, frame_report)) },
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let frame = self.frame.as_ref();
        let for_someone_else = frame.filter(|frame| frame.for_someone_else);
        let guide = if for_someone_else.is_some() { self.site.edition_for_someone_else() } else { self.site.edition() };
        let page = html! {
            (DOCTYPE)
            html lang=(guide.text.language()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    link rel="stylesheet" href=(style_path());
                    @if let Some(path) = self.script { script src=(path) defer {} }
                }
                body {
                    (page_header(guide, frame.map_or("", |frame| frame.path.as_str())))
                    main id="main" tabindex="-1" {
                        @if frame.is_some_and(|frame| frame.lost) { (lost(guide)) }
                        @if let Some((frame, change)) = frame.and_then(|frame| Some((frame, frame.change.as_ref()?))) {
                            (guide_changed(guide, change, &frame.path))
                        }
                        @if let Some(frame) = for_someone_else { (asking_for_someone(guide, &frame.path)) }
                        @if frame.is_some_and(|frame| frame.team) { p.help { (t!(guide.text, frame_team)) } }
                        (self.body)
                    }
                    (page_footer(guide, frame))
                }
            }
        };
        let mut response = (self.status, Html(page.0)).into_response();
        if self.script.is_some() {
            response.extensions_mut().insert(RunsScript);
        }
        response
    }
}

/// Serves the style sheet. Browsers cache it for a year, and a changed style sheet has a different path.
pub(crate) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, STYLE).into_response()
}
